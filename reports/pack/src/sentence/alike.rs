//! Whether two expressions say the same, wherever they stand and whatever their variables are numbered.

use kijun_ir::{Expr, ExprKind, Quantifier, TemplatePart, VarId};

/// Whether the two have the same meaning by their form.
pub(super) fn alike(a: &Expr, b: &Expr) -> bool {
    matches(a, b, &mut Vec::new())
}

/// Whether the two have the same meaning where the row of the one variable in the first stands for that of the other in the second.
pub(super) fn alike_of(a: &Expr, b: &Expr, rows: Option<(VarId, VarId)>) -> bool {
    matches(a, b, &mut rows.into_iter().collect())
}

/// The variables of the one that stand for those of the other.
pub(super) type Rows = Vec<(VarId, VarId)>;

/// As [`alike`], with the variables that correspond.
fn matches(a: &Expr, b: &Expr, vars: &mut Rows) -> bool {
    let bound = vars.len();
    let heads = head_alike(a, b, vars);
    let (left, right) = (a.children(), b.children());
    let same = heads
        && left.len() == right.len()
        && left.into_iter().zip(right).all(|(left, right)| matches(left, right, vars));
    vars.truncate(bound);
    same
}

/// Whether the two are the same but for the expressions in them; binds the variables of quantifiers.
pub(super) fn head_alike(a: &Expr, b: &Expr, vars: &mut Rows) -> bool {
    use ExprKind::{
        Aggregate, Arithmetic, Call, Compare, Count, Covered, Edge, Field, Follow, Format, Literal, Matches,
        Named, Param, Some,
    };
    match (&a.kind, &b.kind) {
        (Literal(a), Literal(b)) => a == b,
        (Param(a), Param(b)) => a == b,
        (Field { var: a, field: x }, Field { var: b, field: y }) => {
            x == y && vars.iter().rev().find(|(left, _)| left == a).map_or(a == b, |(_, right)| right == b)
        }
        (Follow { fact: a, field: x, .. }, Follow { fact: b, field: y, .. }) => (a, x) == (b, y),
        (Edge { edge: a, .. }, Edge { edge: b, .. }) => a == b,
        (Arithmetic { op: a, .. }, Arithmetic { op: b, .. }) => a == b,
        (Compare { op: a, .. }, Compare { op: b, .. }) => a == b,
        (Call { function: a, .. }, Call { function: b, .. }) => a == b,
        (Matches { pattern: a, .. }, Matches { pattern: b, .. }) => a == b,
        (Covered { fact: a, .. }, Covered { fact: b, .. }) => a == b,
        (Named { name: a, .. }, Named { name: b, .. }) => a == b,
        (Format(a), Format(b)) => {
            let texts = |parts: &[TemplatePart]| -> Vec<Option<String>> {
                let text = |part: &TemplatePart| match part {
                    TemplatePart::Text(text) => Option::Some(text.clone()),
                    TemplatePart::Value(_) => None,
                };
                parts.iter().map(text).collect()
            };
            texts(&a.parts) == texts(&b.parts)
        }
        (Some(a), Some(b)) => rows_match(a, b, vars),
        (Count { quantifier: a, op: x, .. }, Count { quantifier: b, op: y, .. }) => {
            x == y && rows_match(a, b, vars)
        }
        (Aggregate { op: x, quantifier: a, .. }, Aggregate { op: y, quantifier: b, .. }) => {
            x == y && rows_match(a, b, vars)
        }
        (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

fn rows_match(a: &Quantifier, b: &Quantifier, vars: &mut Rows) -> bool {
    vars.push((a.var, b.var));
    let present = |quantifier: &Quantifier| (quantifier.at.is_some(), quantifier.condition.is_some());
    a.fact == b.fact && present(a) == present(b)
}
