//! The direct parts of expressions as written.

use kijun_syntax::ast::{At, Expr, ExprKind, Rows, Source, Template, TemplatePart};

/// The direct parts of an expression, in the order written.
pub(crate) fn children(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::Name(_)
        | ExprKind::Today
        | ExprKind::Period
        | ExprKind::Moment
        | ExprKind::Int(_)
        | ExprKind::Decimal(_)
        | ExprKind::Text(_)
        | ExprKind::Date(_)
        | ExprKind::DateTime(..)
        | ExprKind::FiscalYear(_)
        | ExprKind::Duration(..)
        | ExprKind::Bool(_)
        | ExprKind::None => Vec::new(),
        ExprKind::Template(template) => values(template).collect(),
        ExprKind::Group(inner)
        | ExprKind::Field(inner, _)
        | ExprKind::Not(inner)
        | ExprKind::Negate(inner)
        | ExprKind::IsNone(inner)
        | ExprKind::IsNotNone(inner)
        | ExprKind::Matches(inner, ..) => vec![inner],
        ExprKind::Covered(_, period) => period.iter().map(|period| &**period).collect(),
        ExprKind::Call(_, parts) | ExprKind::Builtin(_, _, parts) | ExprKind::List(parts) => {
            parts.iter().collect()
        }
        ExprKind::Binary(_, left, right)
        | ExprKind::Range(left, right)
        | ExprKind::In(left, right)
        | ExprKind::StartsWith(left, right)
        | ExprKind::Contains(left, right)
        | ExprKind::Else(left, right) => vec![left, right],
        ExprKind::If(condition, then, otherwise) => vec![condition, then, otherwise],
        ExprKind::Some(rows) | ExprKind::No(rows) | ExprKind::Count(rows) => parts_of(rows),
        ExprKind::Every(rows, has) => parts_of(rows).into_iter().chain([&**has]).collect(),
        ExprKind::Aggregate(_, value, rows) => std::iter::once(&**value).chain(parts_of(rows)).collect(),
    }
}

/// The expressions in a text, in order.
pub(crate) fn values(template: &Template) -> impl Iterator<Item = &Expr> {
    template.parts.iter().filter_map(|part| match part {
        TemplatePart::Value(expr) => Some(expr),
        TemplatePart::Text(_) => None,
    })
}

/// The expressions that say which rows are meant.
pub(crate) fn parts_of(rows: &Rows) -> Vec<&Expr> {
    let period = match &rows.source {
        Source::Parts { period, .. } => Some(&**period),
        Source::Named(_) | Source::Gaps { .. } => None,
    };
    let at = match &rows.at {
        Some(At::Moment(at)) => Some(&**at),
        Some(At::AnyTime(_)) | None => None,
    };
    period.into_iter().chain(at).chain(rows.condition.as_deref()).collect()
}
