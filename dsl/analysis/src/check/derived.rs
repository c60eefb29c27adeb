//! Facts that the language gives and a program reads: the parts of the calendar, the gaps of a log.

use kijun_ir::{Class, Fact, FactId, FactKind, Field, Freshness, IndexVec, Kind, Part, Type};
use kijun_source::Span;
use kijun_syntax::ast;

use crate::check::Checker;

/// Names and labels of the days of a part of the calendar, and of any period.
pub(super) const EDGES: [(&str, &str); 2] = [("start", "初日"), ("end", "末日")];

impl Checker<'_> {
    /// The parts of the calendar of one kind.
    pub(super) fn calendar(&mut self, part: ast::Part, span: Span) -> FactId {
        let (part, name, label) = match part {
            ast::Part::Days => (Part::Day, "days", "日"),
            ast::Part::Months => (Part::Month, "months", "月"),
            ast::Part::Quarters => (Part::Quarter, "quarters", "四半期"),
            ast::Part::FiscalYears => (Part::FiscalYear, "fiscal_years", "年度"),
        };
        if let Some(known) = self.parts.get(&part) {
            return *known;
        }
        let fields = EDGES.map(|(name, label)| field(name, label, Kind::Date));
        let id = self.program.to_mut().facts.push(given(name, label, FactKind::Calendar(part), fields, span));
        self.parts.insert(part, id);
        id
    }

    /// The gaps of a log.
    pub(super) fn gaps_of(&mut self, event: FactId, span: Span) -> FactId {
        if let Some(known) = self.gaps.get(&event) {
            return *known;
        }
        let fields = [
            field("source", "系統", Kind::Text),
            field("from", "始まり", Kind::DateTime),
            field("to", "終わり", Kind::DateTime),
        ];
        let (name, label) = (&self.program.facts[event].name, &self.program.facts[event].label);
        let (name, label) = (format!("gaps({name})"), format!("{label}の記録の抜け"));
        let id = self.program.to_mut().facts.push(given(&name, &label, FactKind::Gaps(event), fields, span));
        self.gaps.insert(event, id);
        id
    }
}

fn field(name: &str, label: &str, kind: Kind) -> Field {
    Field { name: name.to_owned(), label: label.to_owned(), ty: Type::required(kind), class: Class::Open }
}

fn given(
    name: &str,
    label: &str,
    kind: FactKind,
    fields: impl IntoIterator<Item = Field>,
    span: Span,
) -> Fact {
    Fact {
        name: name.to_owned(),
        label: label.to_owned(),
        doc: String::new(),
        kind,
        fields: IndexVec::from_iter(fields),
        key: None,
        valid: None,
        fresh: Freshness::default(),
        kept: None,
        rows: Vec::new(),
        span,
    }
}
