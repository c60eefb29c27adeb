//! Which values a row of a relation takes over from the rows that it comes from, and which are made of them.

use kijun_ir::{Branch, Expr, ExprKind, Field, FieldId, Program, Relation, VarId};

/// Where the value of one or more fields comes from.
#[derive(Debug)]
pub(super) enum Taken<'a> {
    /// The fields of the same names of a row.
    Over(Vec<FieldId>, VarId),
    /// An expression.
    Made(FieldId, &'a Expr),
}

/// The fields of a row in order; those that are taken over from one row stand together, at the place of the first.
pub(super) fn taken<'a>(
    program: &Program,
    relation: &Relation,
    branch: &'a Branch,
    same: impl Fn(&Field, &Field) -> bool,
) -> Vec<Taken<'a>> {
    let fields = &program.facts[relation.fact].fields;
    let mut groups: Vec<Taken<'a>> = Vec::new();
    for (own, expr) in fields.ids().zip(&branch.yields) {
        let row = match &expr.kind {
            ExprKind::Field { var, field } => {
                let theirs = &program.facts[branch.vars[*var].fact].fields[*field];
                same(&fields[own], theirs).then_some(*var)
            }
            _ => None,
        };
        let known = groups.iter_mut().find_map(|group| match group {
            Taken::Over(fields, from) if Some(*from) == row => Some(fields),
            _ => None,
        });
        match (known, row) {
            (Some(fields), _) => fields.push(own),
            (None, Some(row)) => groups.push(Taken::Over(vec![own], row)),
            (None, None) => groups.push(Taken::Made(own, expr)),
        }
    }
    groups
}
