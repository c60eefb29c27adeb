//! What an expression reads: which variables of outside, which quantifiers, whether the moment.

use kijun_ir::{AggregateOp, Expr, ExprKind, Quantifier, VarId};

/// A quantifier with what is made of its rows, where that is a value.
pub(super) type Asking<'r> = (&'r Quantifier, Option<(AggregateOp, Option<&'r Expr>)>);

/// The variables that the expression reads and does not bind itself, ascending, each once.
pub(super) fn free_vars(expr: &Expr) -> Vec<VarId> {
    let mut read = Vec::new();
    let mut bound = Vec::new();
    expr.walk(&mut |expr| match &expr.kind {
        ExprKind::Field { var, .. } => read.push(*var),
        _ => bound.extend(quantifier_of(expr).map(|quantifier| quantifier.var)),
    });
    // A variable is bound once in a rule, so that it is never both bound here and read from outside.
    read.retain(|var| !bound.contains(var));
    read.sort_unstable();
    read.dedup();
    read
}

/// Whether evaluating the expression reads rows other than those of its frame and those they refer to.
pub(super) fn has_quantifier(expr: &Expr) -> bool {
    any(expr, |expr| quantifier_of(expr).is_some())
}

/// Whether the value depends on the moment at which it is evaluated.
pub(super) fn reads_moment(expr: &Expr) -> bool {
    any(expr, |expr| matches!(expr.kind, ExprKind::Moment))
}

fn any(expr: &Expr, is: impl Fn(&Expr) -> bool) -> bool {
    let mut found = false;
    expr.walk(&mut |expr| found |= is(expr));
    found
}

fn quantifier_of(expr: &Expr) -> Option<&Quantifier> {
    match &expr.kind {
        ExprKind::Some(quantifier)
        | ExprKind::Count { quantifier, .. }
        | ExprKind::Aggregate { quantifier, .. } => Some(quantifier),
        _ => None,
    }
}

/// Adds the quantifiers of the expression, inner ones before those that contain them.
pub(super) fn push_quantifiers<'r>(expr: &'r Expr, asking: &mut Vec<Asking<'r>>) {
    for child in expr.children() {
        push_quantifiers(child, asking);
    }
    match &expr.kind {
        ExprKind::Some(quantifier) | ExprKind::Count { quantifier, .. } => asking.push((quantifier, None)),
        ExprKind::Aggregate { op, value, quantifier } => {
            asking.push((quantifier, Some((*op, value.as_deref()))));
        }
        _ => {}
    }
}

/// The expression that a definition's name stands for.
pub(super) fn unnamed(expr: &Expr) -> &Expr {
    match &expr.kind {
        ExprKind::Named { body, .. } => unnamed(body),
        _ => expr,
    }
}
