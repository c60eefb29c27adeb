//! When rows hold that say so themselves.

use kijun_ir::{CompareOp, End, Expr, ExprKind, Fact, FieldId, Kind, Validity, VarId};
use kijun_source::Span;

/// The conditions that a row of a fact with this validity holds at a moment: a date, which is its last instant, or a datetime.
pub(super) fn holds_at(fact: &Fact, valid: Validity, var: VarId, at: &Expr, span: Span) -> Vec<Expr> {
    let row = Row { fact, var, at, span };
    let from = valid.from.map(|field| row.present_or_none(field, row.has_begun(field)));
    let until = valid.until.map(|(field, end)| row.present_or_none(field, row.has_not_ended(field, end)));
    let within = valid.within.map(|field| row.present_or_none(field, row.is_in(field)));
    from.into_iter().chain(until).chain(within).collect()
}

struct Row<'a> {
    fact: &'a Fact,
    var: VarId,
    at: &'a Expr,
    span: Span,
}

impl Row<'_> {
    /// `from <= at`
    fn has_begun(&self, field: FieldId) -> Expr {
        let (from, at) = self.alike(field);
        self.compare(CompareOp::Le, from, at)
    }

    /// `at <= until`, or `at < until` where the end does not belong to it.
    fn has_not_ended(&self, field: FieldId, end: End) -> Expr {
        let by_date = (self.at.ty.kind, self.kind(field)) == (Kind::Date, Kind::DateTime);
        let (until, at) = self.alike(field);
        let op = match end {
            // The last instant of a day is past every instant of that day.
            End::Included if !by_date => CompareOp::Le,
            End::Included | End::Excluded => CompareOp::Lt,
        };
        self.compare(op, at, until)
    }

    fn is_in(&self, field: FieldId) -> Expr {
        let kind =
            ExprKind::InPeriod { time: Box::new(self.at.clone()), period: Box::new(self.value(field)) };
        Expr::new(kind, Kind::Bool, self.span)
    }

    /// The field and the moment, both as instants or both as days.
    fn alike(&self, field: FieldId) -> (Expr, Expr) {
        let (value, at) = (self.value(field), self.at.clone());
        match (self.kind(field), at.ty.kind) {
            (Kind::Date, Kind::DateTime) => (value, self.day_of(at)),
            (Kind::DateTime, Kind::Date) => (self.day_of(value), at),
            _ => (value, at),
        }
    }

    /// The condition, which also holds where the field is `none`, if it may be.
    fn present_or_none(&self, field: FieldId, condition: Expr) -> Expr {
        if !self.fact.fields[field].ty.optional {
            return condition;
        }
        let value = Expr { ty: self.fact.fields[field].ty, ..self.value(field) };
        let is_none = Expr::new(ExprKind::IsNone(Box::new(value)), Kind::Bool, self.span);
        Expr::new(ExprKind::Or(vec![is_none, condition]), Kind::Bool, self.span)
    }

    /// The field, where it is there.
    fn value(&self, field: FieldId) -> Expr {
        Expr::new(ExprKind::Field { var: self.var, field }, self.kind(field), self.span)
    }

    fn kind(&self, field: FieldId) -> Kind {
        self.fact.fields[field].ty.kind
    }

    fn day_of(&self, instant: Expr) -> Expr {
        Expr::new(ExprKind::DateOf(Box::new(instant)), Kind::Date, self.span)
    }

    fn compare(&self, op: CompareOp, left: Expr, right: Expr) -> Expr {
        let kind = ExprKind::Compare { op, left: Box::new(left), right: Box::new(right) };
        Expr::new(kind, Kind::Bool, self.span)
    }
}
