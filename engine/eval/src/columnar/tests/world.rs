//! A small world for tests: two facts, expressions over them, evidence row by row.

use std::sync::Arc;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use kijun_ir::{
    Binding, Cell, Class, CompareOp, Duration, DutyId, EnumId, Expr, ExprKind, Fact, FactId, FactKind, Field,
    FieldId, IndexVec, Kind, Population, Program, Quantifier, Rule, RuleId, Severity, Template, Truth, Type,
    Value, VarId, Verdict, invariants,
};
use kijun_source::Span;

use crate::columnar::evaluate_by;
use crate::columnar::run::Strategy;
use crate::{
    Evidence, Held, Occasion, Origin, Outcome, Snapshot, SourceCoverage, Stretch, TableBuilder, Taken,
};

/// A state.
pub(super) const PERSON: FactId = FactId(0);
/// An event, timed to the instant.
pub(super) const ENTRY: FactId = FactId(1);
/// An event, timed to the day.
pub(super) const SESSION: FactId = FactId(2);

pub(super) const LEVEL: Kind = Kind::Enum(EnumId(0));

/// The fields of the facts with their kinds; all may be `none` but the times of events.
pub(super) const FIELDS: [&[(&str, Kind)]; 3] = [
    &[
        ("id", Kind::Ref(PERSON)),
        ("boss", Kind::Ref(PERSON)),
        ("left", Kind::Date),
        ("grade", Kind::Int),
        ("trusted", Kind::Bool),
        ("level", LEVEL),
        ("pay", Kind::Decimal),
        ("term", Kind::Duration),
        ("since", Kind::DateTime),
        ("weight", Kind::Int),
    ],
    &[
        ("at", Kind::DateTime),
        ("who", Kind::Ref(PERSON)),
        ("door", Kind::Text),
        ("number", Kind::Int),
        ("day", Kind::Date),
        ("ok", Kind::Bool),
        ("level", LEVEL),
        ("weight", Kind::Int),
    ],
    &[("on", Kind::Date), ("who", Kind::Ref(PERSON)), ("topic", Kind::Text), ("passed", Kind::Bool)],
];

pub(super) const TODAY: Date = date(2026, 4, 20);

/// Rules and the evidence that they judge.
#[derive(Debug)]
pub(super) struct World {
    pub(super) program: Program,
    pub(super) rows: Vec<(FactId, Vec<Cell>)>,
    pub(super) coverage: IndexVec<FactId, Vec<SourceCoverage>>,
    pub(super) occasion: Occasion,
}

impl World {
    /// No rows, whole evidence.
    pub(super) fn new(rules: Vec<Rule>) -> Self {
        let program = program(rules);
        assert_eq!(invariants::check(&program), None);
        let occasion =
            Occasion { today: TODAY, period_start: date(2026, 4, 1), period_end: date(2026, 4, 30) };
        let log = || Held::Log(vec![stretch("2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z")]);
        let coverage = [Held::State(Some(taken())), log(), log()].map(|held| vec![source(held)]);
        Self { program, rows: Vec::new(), coverage: coverage.into_iter().collect(), occasion }
    }

    /// Adds a row, its cells by name; those not named are `none`.
    #[must_use]
    pub(super) fn row(mut self, fact: FactId, cells: &[(&str, Cell)]) -> Self {
        let mut row = vec![Cell::None; FIELDS[fact.0 as usize].len()];
        for (name, cell) in cells {
            row[field_id(fact, name).0 as usize] = cell.clone();
        }
        self.rows.push((fact, row));
        self
    }

    /// The log of entries covers this alone.
    #[must_use]
    pub(super) fn entries_cover(mut self, from: &str, to: &str) -> Self {
        self.coverage[ENTRY] = vec![source(Held::Log(vec![stretch(from, to)]))];
        self
    }

    pub(super) fn evidence(&self) -> Evidence {
        let mut evidence = Evidence::empty(&self.program);
        let facts = self.program.facts.iter();
        let tables = facts.map(|(id, fact)| {
            let mut table = TableBuilder::new(fact);
            for (line, (_, cells)) in (1..).zip(self.rows.iter().filter(|(fact, _)| *fact == id)) {
                table.push(cells.clone(), Origin { source: 0, artifact: 0, line });
            }
            table.finish(&mut evidence.dictionary)
        });
        evidence.tables = tables.collect();
        evidence.coverage = self.coverage.clone();
        evidence
    }

    /// The outcome, by index and without one alike.
    pub(super) fn outcome(&self) -> Outcome {
        let evidence = self.evidence();
        let snapshot = Snapshot::new(&self.program, &evidence, self.occasion);
        let outcome = evaluate_by(&snapshot, Strategy::Indexed);
        assert_eq!(outcome, evaluate_by(&snapshot, Strategy::Exhaustive));
        outcome
    }

    /// The verdicts of the subjects of the first rule.
    pub(super) fn verdicts(&self) -> Vec<Verdict> {
        let outcome = self.outcome();
        outcome.rules[RuleId(0)].subjects.iter().map(|subject| subject.verdict).collect()
    }

    /// What the requirement of the first rule is for each subject.
    pub(super) fn truths(&self) -> Vec<Truth> {
        let truth = |verdict| match verdict {
            Verdict::Met => Truth::True,
            Verdict::Violated => Truth::False,
            _ => Truth::Unknown,
        };
        self.verdicts().into_iter().map(truth).collect()
    }
}

fn source(held: Held) -> SourceCoverage {
    SourceCoverage { source: "invented".to_owned(), held }
}

pub(super) fn taken() -> Taken {
    Taken { at: "2026-04-20T00:00:00Z".parse().unwrap(), defects: Vec::new() }
}

pub(super) fn stretch(from: &str, to: &str) -> Stretch {
    Stretch { from: from.parse().unwrap(), to: to.parse().unwrap(), defects: Vec::new() }
}

fn program(rules: Vec<Rule>) -> Program {
    Program {
        zone: TimeZone::get("Asia/Tokyo").unwrap(),
        standards: Vec::new(),
        sections: IndexVec::new(),
        criteria: IndexVec::new(),
        duties: IndexVec::new(),
        enums: IndexVec::new(),
        facts: [
            fact(PERSON, FactKind::State, Some(FieldId(0))),
            fact(ENTRY, FactKind::Event { at: FieldId(0) }, None),
            fact(SESSION, FactKind::Event { at: FieldId(0) }, None),
        ]
        .into_iter()
        .collect(),
        params: IndexVec::new(),
        rules: rules.into_iter().collect(),
        tests: Vec::new(),
    }
}

fn fact(id: FactId, kind: FactKind, key: Option<FieldId>) -> Fact {
    let is_time = |index: usize| matches!(kind, FactKind::Event { at } if at.0 as usize == index);
    let field = |(index, (name, kind)): (usize, &(&str, Kind))| Field {
        name: (*name).to_owned(),
        label: (*name).to_owned(),
        ty: Type { kind: *kind, optional: !is_time(index) },
        class: Class::Open,
    };
    Fact {
        name: format!("fact{}", id.0),
        label: String::new(),
        doc: String::new(),
        kind,
        fields: FIELDS[id.0 as usize].iter().enumerate().map(field).collect(),
        key,
        fresh: Duration::days(if key.is_some() { 31 } else { 0 }),
        span: Span::default(),
    }
}

/// A rule about each row of `population`, the variable 0, or about the organisation.
pub(super) fn rule(population: Option<FactId>, require: Expr) -> Rule {
    let mut vars = IndexVec::new();
    for fact in population.into_iter().chain([PERSON, ENTRY, SESSION, PERSON, ENTRY, SESSION]) {
        vars.push(Binding { name: "x".to_owned(), fact });
    }
    Rule {
        name: "rule".to_owned(),
        label: String::new(),
        doc: String::new(),
        covers: vec![DutyId(0)],
        severity: Severity::Major,
        population: population.map(|fact| Population {
            rows: Quantifier { var: VarId(0), fact, condition: None, span: Span::default() },
            or_none: false,
        }),
        require,
        excused: Vec::new(),
        due: None,
        message: Template::default(),
        remedy: None,
        vars,
        span: Span::default(),
    }
}

/// The subject of a rule with a population.
pub(super) const SUBJECT: VarId = VarId(0);
/// A variable for a row of `PERSON` in a rule with a population.
pub(super) const P: VarId = VarId(1);
/// A variable for a row of `ENTRY` in a rule with a population.
pub(super) const E: VarId = VarId(2);

pub(super) fn field_id(fact: FactId, name: &str) -> FieldId {
    let fields = FIELDS[fact.0 as usize];
    let index = fields.iter().position(|(field, _)| *field == name).unwrap();
    FieldId(u32::try_from(index).unwrap())
}

pub(super) fn field(var: VarId, fact: FactId, name: &str) -> Expr {
    let id = field_id(fact, name);
    new(ExprKind::Field { var, field: id }, FIELDS[fact.0 as usize][id.0 as usize].1)
}

pub(super) fn new(kind: ExprKind, ty: Kind) -> Expr {
    Expr::new(kind, ty, Span::default())
}

pub(super) fn truth(kind: ExprKind) -> Expr {
    new(kind, Kind::Bool)
}

pub(super) fn literal(value: Value) -> Expr {
    let kind = match value {
        Value::Text(_) => Kind::Text,
        Value::Int(_) => Kind::Int,
        Value::Decimal(_) => Kind::Decimal,
        Value::Bool(_) => Kind::Bool,
        Value::Date(_) => Kind::Date,
        Value::DateTime(_) => Kind::DateTime,
        Value::Duration(_) => Kind::Duration,
        Value::Enum(_) => LEVEL,
    };
    new(ExprKind::Literal(value), kind)
}

pub(super) fn int(value: i64) -> Expr {
    literal(Value::Int(value))
}

pub(super) fn compare(left: Expr, op: CompareOp, right: Expr) -> Expr {
    truth(ExprKind::Compare { op, left: Box::new(left), right: Box::new(right) })
}

pub(super) fn eq(left: Expr, right: Expr) -> Expr {
    compare(left, CompareOp::Eq, right)
}

pub(super) fn and<const N: usize>(parts: [Expr; N]) -> Expr {
    truth(ExprKind::And(parts.into()))
}

pub(super) fn or<const N: usize>(parts: [Expr; N]) -> Expr {
    truth(ExprKind::Or(parts.into()))
}

pub(super) fn not(inner: Expr) -> Expr {
    truth(ExprKind::Not(Box::new(inner)))
}

/// Whether an entry lies in the period: without a bound no log covers the question.
pub(super) fn in_period(var: VarId) -> Expr {
    truth(ExprKind::InPeriod(Box::new(field(var, ENTRY, "at"))))
}

pub(super) fn date_of(inner: Expr) -> Expr {
    new(ExprKind::DateOf(Box::new(inner)), Kind::Date)
}

pub(super) fn quantifier(var: VarId, fact: FactId, condition: Option<Expr>) -> Quantifier {
    Quantifier { var, fact, condition, span: Span::default() }
}

pub(super) fn some(var: VarId, fact: FactId, condition: Expr) -> Expr {
    truth(ExprKind::Some(Box::new(quantifier(var, fact, Some(condition)))))
}

pub(super) fn count(var: VarId, fact: FactId, condition: Expr, op: CompareOp, bound: Expr) -> Expr {
    let quantifier = Box::new(quantifier(var, fact, Some(condition)));
    truth(ExprKind::Count { quantifier, op, bound: Box::new(bound) })
}

pub(super) fn known_text(text: &str) -> Cell {
    Cell::Known(Value::Text(Arc::from(text)))
}

pub(super) fn known_int(value: i64) -> Cell {
    Cell::Known(Value::Int(value))
}

pub(super) fn known_day(day: Date) -> Cell {
    Cell::Known(Value::Date(day))
}

pub(super) fn known_instant(at: &str) -> Cell {
    Cell::Known(Value::DateTime(at.parse().unwrap()))
}

/// The cell of a truth value.
pub(super) fn cell(truth: Truth) -> Cell {
    match truth {
        Truth::True => Cell::Known(Value::Bool(true)),
        Truth::False => Cell::Known(Value::Bool(false)),
        Truth::Unknown => Cell::Unknown,
    }
}
