//! The fields whose values a reader sees where a value is shown.

use kijun_ir::{Binding, Class, Expr, ExprKind, Field, IndexVec, Program, Quantifier, VarId};

/// The fields that are read for the value of an expression, with the place of each. The rows that it counts or makes something of are chosen by
/// fields that are not shown.
pub(crate) fn shown<'a>(
    program: &'a Program,
    vars: &IndexVec<VarId, Binding>,
    expr: &'a Expr,
) -> Vec<(&'a Field, &'a Expr)> {
    let mut found = Vec::new();
    collect(program, vars, expr, &mut found);
    found
}

/// The strictest class of the fields that a value shows.
pub(crate) fn class(program: &Program, vars: &IndexVec<VarId, Binding>, expr: &Expr) -> Class {
    shown(program, vars, expr).into_iter().map(|(field, _)| field.class).max().unwrap_or(Class::Open)
}

fn collect<'a>(
    program: &'a Program,
    vars: &IndexVec<VarId, Binding>,
    expr: &'a Expr,
    found: &mut Vec<(&'a Field, &'a Expr)>,
) {
    let field = match &expr.kind {
        ExprKind::Field { var, field } => program.facts[vars[*var].fact].fields.get(*field),
        ExprKind::Follow { fact, field, .. } => program.facts[*fact].fields.get(*field),
        _ => None,
    };
    found.extend(field.map(|field| (field, expr)));
    let hidden: Vec<&Expr> = chosen_by(expr).map(|rows| rows.children().collect()).unwrap_or_default();
    for child in expr.children() {
        if !hidden.iter().any(|hidden| std::ptr::eq(*hidden, child)) {
            collect(program, vars, child, found);
        }
    }
}

/// The rows that an expression reads.
fn chosen_by(expr: &Expr) -> Option<&Quantifier> {
    match &expr.kind {
        ExprKind::Some(quantifier)
        | ExprKind::Count { quantifier, .. }
        | ExprKind::Aggregate { quantifier, .. } => Some(quantifier),
        _ => None,
    }
}
