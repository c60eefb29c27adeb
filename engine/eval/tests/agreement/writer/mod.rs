//! Generates expressions: every kind, in the shapes that people write and in shapes that nobody would.

mod condition;
mod quantifier;
mod value;

use kijun_ir::{
    Binding, CompareOp, Expr, ExprKind, FactId, FactKind, FieldId, IndexVec, Kind, Program, Type, Value,
    VarId,
};
use kijun_source::Span;

use super::choices::Choices;
use super::values::Days;

/// Quantifiers stand in quantifiers no deeper than this.
const NESTING: usize = 2;

/// Where expressions stand: it says as of when they read by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// A rule judged on the date of judgement.
    Today,
    /// A rule judged throughout the period.
    Throughout,
    /// A branch of a relation.
    Relation,
}

pub(crate) struct Writer<'a> {
    pub(crate) choices: &'a mut Choices,
    pub(crate) program: &'a Program,
    pub(crate) days: &'a Days,
    pub(crate) place: Place,
    /// The facts that may be read anywhere.
    readable: Vec<FactId>,
    pub(crate) vars: IndexVec<VarId, Binding>,
    scope: Vec<VarId>,
    nesting: usize,
}

pub(crate) fn condition(kind: ExprKind) -> Expr {
    Expr::new(kind, Kind::Bool, Span::default())
}

pub(crate) fn compare(op: CompareOp, left: Expr, right: Expr) -> Expr {
    condition(ExprKind::Compare { op, left: Box::new(left), right: Box::new(right) })
}

pub(crate) fn date_of(time: Expr) -> Expr {
    Expr::new(ExprKind::DateOf(Box::new(time)), Kind::Date, Span::default())
}

/// `body` by a name, as a call of a definition.
fn named(body: Expr) -> Expr {
    let ty = body.ty;
    let kind = ExprKind::Named { name: "define".to_owned(), param: None, body: Box::new(body) };
    Expr { kind, ty, span: Span::default() }
}

/// A conjunction of any number of parts.
pub(crate) fn all(mut parts: Vec<Expr>) -> Option<Expr> {
    if parts.len() < 2 { parts.pop() } else { Some(condition(ExprKind::And(parts))) }
}

impl<'a> Writer<'a> {
    /// A writer that may read everything but gaps, and those relations only that are there already.
    pub(crate) fn new(choices: &'a mut Choices, program: &'a Program, days: &'a Days, place: Place) -> Self {
        let may_be_read = |fact: &FactId| match program.facts[*fact].kind {
            FactKind::Gaps(_) => false,
            FactKind::Relation(relation) => program.relations.get(relation).is_some(),
            _ => true,
        };
        let readable = program.facts.ids().filter(may_be_read).collect();
        Self { choices, program, days, place, readable, vars: IndexVec::new(), scope: Vec::new(), nesting: 0 }
    }

    /// A new variable over a fact, not in scope yet.
    pub(crate) fn bind(&mut self, fact: FactId) -> VarId {
        self.vars.push(Binding { name: format!("x{}", self.vars.len()), fact })
    }

    /// Brings a variable into scope for good.
    pub(crate) fn enter(&mut self, var: VarId) {
        self.scope.push(var);
    }

    /// A fact that may be read. Parts of the calendar are many rows, so that they are rare.
    pub(crate) fn any_fact(&mut self) -> FactId {
        let fact = self.choices.pick(&self.readable);
        match self.program.facts[fact].kind {
            FactKind::Calendar(_) if self.nesting > 0 => self.choices.pick(&self.readable),
            _ => fact,
        }
    }

    /// An event, if one may be read.
    fn any_event(&mut self) -> Option<FactId> {
        let is_event = |fact: &&FactId| matches!(self.program.facts[**fact].kind, FactKind::Event { .. });
        let events: Vec<FactId> = self.readable.iter().filter(is_event).copied().collect();
        if events.is_empty() { None } else { Some(self.choices.pick(&events)) }
    }

    /// A relation, if one may be read.
    fn any_relation(&mut self) -> Option<FactId> {
        let is_relation = |fact: &&FactId| matches!(self.program.facts[**fact].kind, FactKind::Relation(_));
        let relations: Vec<FactId> = self.readable.iter().filter(is_relation).copied().collect();
        if relations.is_empty() { None } else { Some(self.choices.pick(&relations)) }
    }

    /// A kind, mostly one that a field in scope has.
    pub(crate) fn any_kind(&mut self) -> Kind {
        let facts = self.scope.iter().map(|var| &self.program.facts[self.vars[*var].fact]);
        let kinds: Vec<Kind> =
            facts.flat_map(|fact| fact.fields.values().map(|field| field.ty.kind)).collect();
        if kinds.is_empty() || self.choices.chance(15) {
            let kinds = [
                Kind::Int,
                Kind::Date,
                Kind::Text,
                Kind::DateTime,
                Kind::Duration,
                Kind::Decimal,
                Kind::Bool,
                Kind::Period,
            ];
            return self.choices.pick(&kinds);
        }
        self.choices.pick(&kinds)
    }

    pub(crate) fn field(&self, var: VarId, field: FieldId) -> Expr {
        let ty = self.program.facts[self.vars[var].fact].fields[field].ty;
        Expr { kind: ExprKind::Field { var, field }, ty, span: Span::default() }
    }

    pub(crate) fn literal(&mut self, kind: Kind) -> Expr {
        let value = self.days.value(self.choices, kind);
        known(value, kind)
    }

    fn fields_in_scope(&self, kind: Kind) -> Vec<(VarId, FieldId)> {
        let mut found = Vec::new();
        for var in &self.scope {
            let fields = self.program.facts[self.vars[*var].fact].fields.iter();
            found.extend(fields.filter(|(_, field)| field.ty.kind == kind).map(|(id, _)| (*var, id)));
        }
        found
    }

    /// The time fields of the events in scope.
    fn times_in_scope(&self) -> Vec<(VarId, FieldId)> {
        let time = |var: &VarId| match self.program.facts[self.vars[*var].fact].kind {
            FactKind::Event { at } => Some((*var, at)),
            _ => None,
        };
        self.scope.iter().filter_map(time).collect()
    }
}

pub(crate) fn known(value: Value, kind: Kind) -> Expr {
    Expr::new(ExprKind::Literal(value), kind, Span::default())
}

pub(crate) fn moment() -> Expr {
    Expr::new(ExprKind::Moment, Kind::DateTime, Span::default())
}

fn optional(kind: ExprKind, of: Kind) -> Expr {
    Expr { kind, ty: Type { kind: of, optional: true }, span: Span::default() }
}
