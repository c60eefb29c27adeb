//! The time about which a quantifier over events asks, read off its condition.

use kijun_ir::{CompareOp, Edge, Expr, ExprKind, FieldId, Program, Quantifier, VarId, conjuncts};

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
    /// A date or a datetime, or a period of which an end is meant.
    pub limit: &'a Expr,
    /// Which end of a period is meant.
    pub edge: Option<Edge>,
}

impl Bound<'_> {
    /// Whether it says until when.
    pub fn is_end(&self) -> bool {
        matches!(self.op, CompareOp::Le | CompareOp::Lt | CompareOp::Eq)
    }
}

/// The time bounds of a quantifier; `None` where its rows have no time.
pub fn time_bounds<'a>(program: &Program, quantifier: &'a Quantifier) -> Option<TimeBounds<'a>> {
    let at = program.facts[quantifier.fact].time()?;
    let mut bounds = TimeBounds::default();
    for conjunct in quantifier.condition.iter().flat_map(conjuncts) {
        match &conjunct.kind {
            ExprKind::InPeriod { time, period }
                if is_time(time, quantifier.var, at) && !period.mentions(quantifier.var) =>
            {
                bounds.within(period);
            }
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
    /// Adds `time in period`.
    fn within(&mut self, period: &'a Expr) {
        match &period.kind {
            ExprKind::Period => self.in_period = true,
            ExprKind::Range { from, to } => {
                self.add(CompareOp::Ge, from);
                self.add(CompareOp::Le, to);
            }
            ExprKind::Named { body, .. } => self.within(body),
            _ => {
                self.bounds.push(Bound { op: CompareOp::Ge, limit: period, edge: Some(Edge::Start) });
                self.bounds.push(Bound { op: CompareOp::Le, limit: period, edge: Some(Edge::End) });
            }
        }
    }

    /// Adds `time op limit`. A question that ends with the period or on the date of judgement has no end of its own: it
    /// reaches as far as the log is due.
    fn add(&mut self, op: CompareOp, limit: &'a Expr) {
        match (op, &limit.kind) {
            (CompareOp::Le, ExprKind::Edge { period, edge: Edge::End })
                if matches!(period.kind, ExprKind::Period) =>
            {
                self.until_period_end = true;
            }
            (CompareOp::Le, ExprKind::Today) => {}
            _ => self.bounds.push(Bound { op, limit, edge: None }),
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
