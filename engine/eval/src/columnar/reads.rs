//! What an expression reads: which variables of outside, which quantifiers.

use kijun_ir::{Expr, ExprKind, Quantifier, VarId};

/// The variables that the expression reads and does not bind itself, ascending, each once.
pub(super) fn free_vars(expr: &Expr) -> Vec<VarId> {
    let mut read = Vec::new();
    let mut bound = Vec::new();
    expr.walk(&mut |expr| match &expr.kind {
        ExprKind::Field { var, .. } => read.push(*var),
        ExprKind::Some(quantifier) | ExprKind::Count { quantifier, .. } => bound.push(quantifier.var),
        _ => {}
    });
    // A variable is bound once in a rule, so that it is never both bound here and read from outside.
    read.retain(|var| !bound.contains(var));
    read.sort_unstable();
    read.dedup();
    read
}

/// Whether evaluating the expression reads rows other than those of its frame and those they refer to.
pub(super) fn has_quantifier(expr: &Expr) -> bool {
    let mut found = false;
    expr.walk(&mut |expr| found |= matches!(expr.kind, ExprKind::Some(_) | ExprKind::Count { .. }));
    found
}

/// Adds the quantifiers of the expression, inner ones before those that contain them.
pub(super) fn push_quantifiers<'a>(expr: &'a Expr, quantifiers: &mut Vec<&'a Quantifier>) {
    for child in expr.children() {
        push_quantifiers(child, quantifiers);
    }
    if let ExprKind::Some(quantifier) | ExprKind::Count { quantifier, .. } = &expr.kind {
        quantifiers.push(quantifier);
    }
}

/// The expression that a definition's name stands for.
pub(super) fn unnamed(expr: &Expr) -> &Expr {
    match &expr.kind {
        ExprKind::Named { body, .. } => unnamed(body),
        _ => expr,
    }
}
