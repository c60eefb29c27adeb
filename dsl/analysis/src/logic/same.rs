//! Which expressions say the same: part by part, but for the names of variables and the order of what `and` and `or` join.

use kijun_ir::{Expr, ExprKind, Quantifier, TemplatePart, VarId};

use crate::logic::Logic;

/// Conditions joined beyond this number are compared in the order written.
const MOST: usize = 32;

/// The variables bound on the way, of both sides, the innermost last.
type Renamed = Vec<(VarId, VarId)>;

impl Logic<'_> {
    /// Whether two expressions over the same variables have the same value whatever the evidence.
    pub(crate) fn same(&self, left: &Expr, right: &Expr) -> bool {
        self.same_expr(left, right, &mut Vec::new())
    }

    /// Whether two quantifiers read the same rows.
    pub(crate) fn same_rows(&self, left: &Quantifier, right: &Quantifier) -> bool {
        let mut renamed = vec![(left.var, right.var)];
        left.fact == right.fact
            && self.same_optional(left.at.as_ref(), right.at.as_ref(), &mut renamed)
            && self.same_optional(left.condition.as_ref(), right.condition.as_ref(), &mut renamed)
    }

    fn same_optional(&self, left: Option<&Expr>, right: Option<&Expr>, renamed: &mut Renamed) -> bool {
        match (left, right) {
            (Some(left), Some(right)) => self.same_expr(left, right, renamed),
            (None, None) => true,
            _ => false,
        }
    }

    fn same_expr(&self, left: &Expr, right: &Expr, renamed: &mut Renamed) -> bool {
        let (left, right) = (self.unnamed(left), self.unnamed(right));
        match (&left.kind, &right.kind) {
            (ExprKind::Field { var, field }, ExprKind::Field { var: other, field: other_field }) => {
                field == other_field && stands_for(renamed, *var, *other)
            }
            (ExprKind::And(left), ExprKind::And(right)) | (ExprKind::Or(left), ExprKind::Or(right)) => {
                self.same_parts(left, right, renamed)
            }
            (
                ExprKind::Compare { op, left, right },
                ExprKind::Compare { op: other, left: other_left, right: other_right },
            ) => {
                let mut pair = |a, b| self.same_expr(left, a, renamed) && self.same_expr(right, b, renamed);
                (op == other && pair(other_left, other_right))
                    || (*op == other.flipped() && pair(other_right, other_left))
            }
            _ => {
                let known = renamed.len();
                renamed.extend(bound(left).zip(bound(right)));
                let same = same_head(&left.kind, &right.kind)
                    && self.same_each(&left.children(), &right.children(), renamed);
                renamed.truncate(known);
                same
            }
        }
    }

    fn same_each(&self, left: &[&Expr], right: &[&Expr], renamed: &mut Renamed) -> bool {
        left.len() == right.len()
            && left.iter().zip(right).all(|(left, right)| self.same_expr(left, right, renamed))
    }

    /// Whether each of some conditions is among the others, and the other way round.
    fn same_parts(&self, left: &[Expr], right: &[Expr], renamed: &mut Renamed) -> bool {
        if left.len().max(right.len()) > MOST {
            return left.len() == right.len()
                && left.iter().zip(right).all(|(left, right)| self.same_expr(left, right, renamed));
        }
        left.iter().all(|left| right.iter().any(|right| self.same_expr(left, right, renamed)))
            && right.iter().all(|right| left.iter().any(|left| self.same_expr(left, right, renamed)))
    }
}

/// Whether a variable of the left side is the one of the right.
fn stands_for(renamed: &Renamed, left: VarId, right: VarId) -> bool {
    let bound = renamed.iter().rev().find(|(a, b)| *a == left || *b == right);
    bound.map_or(left == right, |pair| *pair == (left, right))
}

fn quantifier(expr: &Expr) -> Option<&Quantifier> {
    match &expr.kind {
        ExprKind::Some(quantifier)
        | ExprKind::Count { quantifier, .. }
        | ExprKind::Aggregate { quantifier, .. } => Some(quantifier),
        _ => None,
    }
}

/// The variable that an expression binds.
fn bound(expr: &Expr) -> impl Iterator<Item = VarId> {
    quantifier(expr).map(|quantifier| quantifier.var).into_iter()
}

/// Whether two expressions are of one kind, their parts aside. Those with the same number of parts have the same parts.
fn same_head(left: &ExprKind, right: &ExprKind) -> bool {
    use ExprKind as E;
    match (left, right) {
        (E::Literal(left), E::Literal(right)) => left == right,
        (E::Param(left), E::Param(right)) => left == right,
        (E::Edge { edge: left, .. }, E::Edge { edge: right, .. }) => left == right,
        (E::Follow { fact, field, .. }, E::Follow { fact: other, field: other_field, .. }) => {
            (fact, field) == (other, other_field)
        }
        (E::Matches { pattern: left, .. }, E::Matches { pattern: right, .. }) => left == right,
        (E::Arithmetic { op: left, .. }, E::Arithmetic { op: right, .. }) => left == right,
        (E::Call { function: left, .. }, E::Call { function: right, .. }) => left == right,
        (E::Covered { fact: left, .. }, E::Covered { fact: right, .. }) => left == right,
        (E::Named { name: left, .. }, E::Named { name: right, .. }) => left == right,
        (E::Format(left), E::Format(right)) => {
            let same = |(left, right): (&TemplatePart, &TemplatePart)| match (left, right) {
                (TemplatePart::Text(left), TemplatePart::Text(right)) => left == right,
                (TemplatePart::Value(_), TemplatePart::Value(_)) => true,
                _ => false,
            };
            left.parts.len() == right.parts.len() && left.parts.iter().zip(&right.parts).all(same)
        }
        (E::Some(left), E::Some(right)) => same_shape(left, right),
        (E::Count { quantifier, op, .. }, E::Count { quantifier: other, op: other_op, .. }) => {
            op == other_op && same_shape(quantifier, other)
        }
        (E::Aggregate { quantifier, op, .. }, E::Aggregate { quantifier: other, op: other_op, .. }) => {
            op == other_op && same_shape(quantifier, other)
        }
        _ => std::mem::discriminant(left) == std::mem::discriminant(right),
    }
}

/// Whether two quantifiers read the same fact and have the same parts, whatever these say.
fn same_shape(left: &Quantifier, right: &Quantifier) -> bool {
    left.fact == right.fact
        && left.at.is_some() == right.at.is_some()
        && left.condition.is_some() == right.condition.is_some()
}
