//! What the text of a quantifier says of how its rows are found: by which key, within which time, leaving out which rows.

use kijun_ir::{
    AggregateOp, CompareOp, Expr, ExprKind, FieldId, Kind, Program, Quantifier, VarId, conjuncts,
};

use super::index::is_keyable;
use super::reads::{Asking, free_vars, has_quantifier, reads_moment, unnamed};
use super::run::Strategy;
use super::timeline::TimeLimit;
use crate::{TimeBounds, time_bounds};

/// The shape of one quantifier.
#[derive(Debug)]
pub(super) struct Shape<'r> {
    pub(super) quantifier: &'r Quantifier,
    /// What is made of the rows, where that is a value.
    pub(super) aggregated: Option<(AggregateOp, Option<&'r Expr>)>,
    /// The variables of outside that are read of each row.
    pub(super) outer: Vec<VarId>,
    /// The equalities by which rows are looked up, ascending by field, one a field.
    pub(super) equalities: Vec<Equality<'r>>,
    /// The bounds of the row's time.
    pub(super) limits: Vec<TimeLimit<'r>>,
    /// The conjuncts that are evaluated once for all rows.
    pub(super) filters: Vec<&'r Expr>,
    /// The other conjuncts, those that are looked up included.
    pub(super) residual: Vec<&'r Expr>,
    /// The conjuncts that read nothing of the row: where one fails, no row counts, whatever rows are missing.
    pub(super) outside: Vec<&'r Expr>,
    /// Whether key and filters are the whole condition.
    pub(super) is_looked_up: bool,
    /// Whether nothing of outside is read, so that the answer is the same everywhere.
    pub(super) is_closed: bool,
    /// Whether what is evaluated once depends on the moment.
    pub(super) by_moment: bool,
    /// What the question says of the time of its rows; `None` where they have none.
    pub(super) bounds: Option<TimeBounds<'r>>,
    /// Whether the limits of that time depend on the position.
    pub(super) bounds_vary: bool,
}

/// `row.field == probe`, where the probe does not depend on the row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Equality<'r> {
    pub(super) field: FieldId,
    pub(super) probe: &'r Expr,
}

impl<'r> Shape<'r> {
    pub(super) fn new(program: &Program, (quantifier, aggregated): Asking<'r>, strategy: Strategy) -> Self {
        let parts: Vec<&Expr> = quantifier.condition.iter().flat_map(conjuncts).collect();
        let value = aggregated.and_then(|(_, value)| value);
        let bounds = time_bounds(program, quantifier);
        let limits = bounds.iter().flat_map(|bounds| &bounds.bounds);
        let mut shape = Self {
            quantifier,
            aggregated,
            outer: outer_vars(quantifier, value),
            equalities: Vec::new(),
            limits: Vec::new(),
            filters: Vec::new(),
            residual: parts.clone(),
            outside: parts.iter().copied().filter(|part| !part.mentions(quantifier.var)).collect(),
            is_looked_up: false,
            is_closed: false,
            by_moment: false,
            bounds_vary: limits.into_iter().any(|bound| !free_vars(bound.limit).is_empty()),
            bounds,
        };
        if strategy == Strategy::Indexed {
            shape.prune(program, &parts, value);
        }
        shape
    }

    fn prune(&mut self, program: &Program, parts: &[&'r Expr], value: Option<&Expr>) {
        let Quantifier { var, fact, .. } = *self.quantifier;
        let fields = &program.facts[fact].fields;
        let kind = |field: FieldId| fields.get(field).map(|field| field.ty.kind);
        self.equalities = equalities(parts, var, kind);
        if let Some(time) = program.facts[fact].time()
            && let Some(kind) = kind(time)
        {
            self.limits = parts.iter().flat_map(|part| TimeLimit::of(part, var, (time, kind))).collect();
        }
        (self.filters, self.residual) = parts.iter().partition(|part| self.is_filter(part));
        self.is_looked_up = parts.len() == self.filters.len() + self.equalities.len();
        self.is_closed = self.outer.is_empty();
        let by_moment = |exprs: &[&Expr]| exprs.iter().any(|expr| reads_moment(expr));
        self.by_moment = by_moment(&self.filters) || (self.is_closed && value.is_some_and(reads_moment));
    }

    /// Whether a conjunct is evaluated once for all rows: it reads nothing of outside. One that asks further
    /// quantifiers, or that has to be evaluated again at each moment, is not worth it where a key leaves few rows.
    fn is_filter(&self, part: &Expr) -> bool {
        let closed = free_vars(part).iter().all(|var| *var == self.quantifier.var);
        closed && (self.equalities.is_empty() || !(has_quantifier(part) || reads_moment(part)))
    }

    /// The fields by which rows are looked up.
    pub(super) fn fields(&self) -> Vec<FieldId> {
        self.equalities.iter().map(|equality| equality.field).collect()
    }
}

fn outer_vars(quantifier: &Quantifier, value: Option<&Expr>) -> Vec<VarId> {
    let mut outer: Vec<VarId> = quantifier.condition.iter().chain(value).flat_map(free_vars).collect();
    outer.retain(|var| *var != quantifier.var);
    outer.sort_unstable();
    outer.dedup();
    outer
}

/// The conjuncts by which rows are looked up. What reads nothing of outside is left to the filters.
pub(super) fn equalities<'r>(
    parts: &[&'r Expr],
    row: VarId,
    kind: impl Fn(FieldId) -> Option<Kind>,
) -> Vec<Equality<'r>> {
    let mut equalities: Vec<Equality<'_>> = parts
        .iter()
        .filter_map(|part| equality(part, row))
        .filter(|equality| {
            kind(equality.field).is_some_and(is_keyable) && !free_vars(equality.probe).is_empty()
        })
        .collect();
    equalities.sort_by_key(|equality| equality.field);
    equalities.dedup_by_key(|equality| equality.field);
    equalities
}

fn equality(part: &Expr, row: VarId) -> Option<Equality<'_>> {
    let ExprKind::Compare { op: CompareOp::Eq, left, right } = &part.kind else { return None };
    by_field(left, right, row).or_else(|| by_field(right, left, row))
}

fn by_field<'r>(side: &Expr, probe: &'r Expr, row: VarId) -> Option<Equality<'r>> {
    let ExprKind::Field { var, field } = unnamed(side).kind else { return None };
    (var == row && !probe.mentions(row)).then_some(Equality { field, probe })
}
