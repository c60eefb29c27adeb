//! The time about which a quantifier over events asks, read off its condition.

use kijun_ir::{CompareOp, Expr, ExprKind, FactKind, FieldId, Program, Quantifier, VarId, conjuncts};

/// The bounds that a condition puts on the time of an event. What is not among them (a bound inside an
/// `or`, say) bounds nothing, so that more is asked for than needed, never less.
#[derive(Debug, Clone, Default)]
pub struct TimeBounds<'a> {
    /// Whether the event must lie in the period under audit.
    pub in_period: bool,
    /// Whether the event must not lie after the period under audit.
    pub until_period_end: bool,
    /// Comparisons of the event's time, or its date, with something else.
    pub bounds: Vec<Bound<'a>>,
}

/// `time op limit`, where the limit does not depend on the event.
#[derive(Debug, Clone, Copy)]
pub struct Bound<'a> {
    /// The operator, the event's time on the left. Never `!=`.
    pub op: CompareOp,
    /// A date or a datetime.
    pub limit: &'a Expr,
}

/// The time bounds of a quantifier; `None` where its fact is a state.
pub fn time_bounds<'a>(program: &Program, quantifier: &'a Quantifier) -> Option<TimeBounds<'a>> {
    let FactKind::Event { at } = program.facts[quantifier.fact].kind else { return None };
    let mut bounds = TimeBounds::default();
    for conjunct in quantifier.condition.iter().flat_map(conjuncts) {
        match &conjunct.kind {
            ExprKind::InPeriod(time) if is_time(time, quantifier.var, at) => bounds.in_period = true,
            ExprKind::Compare { op, left, right } if *op != CompareOp::Ne => {
                if is_time(left, quantifier.var, at) && !right.mentions(quantifier.var) {
                    bounds.add(*op, right);
                } else if is_time(right, quantifier.var, at) && !left.mentions(quantifier.var) {
                    bounds.add(op.flipped(), left);
                }
            }
            _ => {}
        }
    }
    Some(bounds)
}

impl<'a> TimeBounds<'a> {
    /// Adds `time op limit`. A question that ends with the period or on the date of judgement has no end of its own: it
    /// reaches as far as the log is due.
    fn add(&mut self, op: CompareOp, limit: &'a Expr) {
        match (op, &limit.kind) {
            (CompareOp::Le, ExprKind::PeriodEnd) => self.until_period_end = true,
            (CompareOp::Le, ExprKind::Today) => {}
            _ => self.bounds.push(Bound { op, limit }),
        }
    }
}

/// Whether the expression is the event's time, or the date of it.
fn is_time(expr: &Expr, event: VarId, at: FieldId) -> bool {
    match &expr.kind {
        ExprKind::Field { var, field } => *var == event && *field == at,
        ExprKind::DateOf(inner) | ExprKind::Named { body: inner, .. } => is_time(inner, event, at),
        _ => false,
    }
}
