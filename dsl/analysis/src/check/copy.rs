//! Copies of expressions: each variable stays bound in one place only.

use kijun_ir::{Expr, ExprKind, Quantifier, VarId};

use crate::check::scope::Scope;

/// A copy whose quantifiers bind variables of their own.
pub(super) fn copy(scope: &mut Scope, expr: &Expr) -> Expr {
    let mut copied = expr.clone();
    rebind(scope, &mut copied, &mut Vec::new());
    copied
}

/// Conditions that were made of clones of one expression, each with variables of its own.
pub(super) fn apart(scope: &mut Scope, conditions: Vec<Expr>) -> Vec<Expr> {
    let mut conditions = conditions;
    for condition in conditions.iter_mut().skip(1) {
        rebind(scope, condition, &mut Vec::new());
    }
    conditions
}

fn rebind(scope: &mut Scope, expr: &mut Expr, renamed: &mut Vec<(VarId, VarId)>) {
    let known = renamed.len();
    match &mut expr.kind {
        ExprKind::Field { var, .. } => {
            *var = renamed.iter().rev().find(|(old, _)| old == var).map_or(*var, |(_, new)| *new);
        }
        ExprKind::Some(quantifier)
        | ExprKind::Count { quantifier, .. }
        | ExprKind::Aggregate { quantifier, .. } => bind(scope, quantifier, renamed),
        _ => {}
    }
    for child in expr.children_mut() {
        rebind(scope, child, renamed);
    }
    renamed.truncate(known);
}

fn bind(scope: &mut Scope, quantifier: &mut Quantifier, renamed: &mut Vec<(VarId, VarId)>) {
    let binding = scope.vars[quantifier.var].clone();
    let new = scope.vars.push(binding);
    renamed.push((quantifier.var, new));
    quantifier.var = new;
}
