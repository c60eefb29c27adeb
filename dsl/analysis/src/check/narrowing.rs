//! What a condition says about values being `none`.

use kijun_ir::{Expr, ExprKind, FieldId, VarId};

/// A field of a variable's row, through any number of references.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path {
    var: VarId,
    fields: Vec<FieldId>,
}

/// The path that an expression is, if it is one.
pub(super) fn path(expr: &Expr) -> Option<Path> {
    match &expr.kind {
        ExprKind::Field { var, field } => Some(Path { var: *var, fields: vec![*field] }),
        ExprKind::Follow { base, field, .. } => {
            let mut path = path(base)?;
            path.fields.push(*field);
            Some(path)
        }
        ExprKind::Named { body, .. } => path(body),
        _ => None,
    }
}

/// The paths that are not `none` where the condition came to `outcome`.
pub(super) fn present_if(condition: &Expr, outcome: bool) -> Vec<Path> {
    match &condition.kind {
        ExprKind::IsNone(value) if !outcome => path(value).into_iter().collect(),
        ExprKind::Not(inner) => present_if(inner, !outcome),
        ExprKind::Named { body, .. } => present_if(body, outcome),
        ExprKind::And(parts) if outcome => parts.iter().flat_map(|part| present_if(part, true)).collect(),
        ExprKind::Or(parts) if !outcome => parts.iter().flat_map(|part| present_if(part, false)).collect(),
        _ => Vec::new(),
    }
}
