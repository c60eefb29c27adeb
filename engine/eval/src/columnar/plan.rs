//! How a quantifier finds its rows: by which key, within which time, leaving out which rows.

use std::borrow::Cow;

use kijun_ir::{CompareOp, Expr, ExprKind, FactKind, FieldId, Quantifier, Truth, VarId, conjuncts};
use rayon::prelude::*;

use super::bits::Bits;
use super::coverage::Coverage;
use super::expr::condition;
use super::frame::Frame;
use super::index::{IndexKey, KeyIndex, is_keyable};
use super::reads::{free_vars, has_quantifier, unnamed};
use super::run::{Run, Strategy};
use super::tally::Tally;
use super::timeline::TimeLimit;
use super::truths::Truths;
use crate::Snapshot;

/// So many rows are filtered at a time.
const CHUNK: usize = 1 << 14;

/// The plan of one quantifier.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub(super) quantifier: &'a Quantifier,
    /// The variables of outside that the condition reads.
    pub(super) outer: Vec<VarId>,
    /// The equalities by which rows are looked up; empty where there are none.
    pub(super) equalities: Vec<Equality<'a>>,
    /// The bounds of the row's time.
    pub(super) limits: Vec<TimeLimit<'a>>,
    /// For each row of the table the truth of the conjuncts that read only the row.
    pub(super) filter: Option<Truths>,
    /// The visible rows that are not surely filtered out, ascending: the candidates where no key is known.
    pub(super) candidates: Cow<'a, [u32]>,
    /// What each group of the index contributes, where key and filter are the whole condition.
    pub(super) totals: Option<Vec<Tally>>,
    /// The answer, where the condition reads nothing of outside.
    pub(super) closed: Option<Tally>,
    pub(super) coverage: Coverage<'a>,
}

/// `row.field == probe`, where the probe does not depend on the row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Equality<'a> {
    pub(super) field: FieldId,
    pub(super) probe: &'a Expr,
}

impl<'a> Plan<'a> {
    /// Quantifiers within the condition have been planned before.
    pub(super) fn new(run: &Run<'a>, quantifier: &'a Quantifier, strategy: Strategy) -> Self {
        let mut outer = quantifier.condition.as_ref().map_or_else(Vec::new, free_vars);
        outer.retain(|var| *var != quantifier.var);
        let mut plan = Self {
            quantifier,
            outer,
            equalities: Vec::new(),
            limits: Vec::new(),
            filter: None,
            candidates: Cow::Borrowed(run.snapshot.visible(quantifier.fact)),
            totals: None,
            closed: None,
            coverage: Coverage::new(run, quantifier),
        };
        if strategy == Strategy::Indexed {
            plan.prune(run);
        }
        plan
    }

    fn prune(&mut self, run: &Run<'a>) {
        let quantifier = self.quantifier;
        let parts: Vec<&Expr> = quantifier.condition.iter().flat_map(conjuncts).collect();
        self.equalities = equalities(run.snapshot, quantifier);
        if let FactKind::Event { at } = run.snapshot.program.facts[quantifier.fact].kind {
            self.limits = parts.iter().filter_map(|part| TimeLimit::of(part, quantifier.var, at)).collect();
        }
        let filters: Vec<&Expr> = parts.iter().copied().filter(|part| self.is_filter(part)).collect();
        if !filters.is_empty() {
            let filter = self.filtered(run, &filters);
            let rows = self.candidates.iter().copied().filter(|row| !filter.no.get(*row as usize));
            self.candidates = Cow::Owned(rows.collect());
            self.filter = Some(filter);
        }
        if self.outer.is_empty() {
            self.closed = Some(self.tally(&self.candidates));
        } else if parts.len() == filters.len() + self.equalities.len() {
            self.totals = self.index(run).filter(|index| index.is_exact).map(|index| self.totals(index));
        }
    }

    /// Whether a conjunct is evaluated once for all rows: it reads nothing of outside. One that asks further
    /// quantifiers is not worth it where a key leaves few rows.
    fn is_filter(&self, part: &Expr) -> bool {
        let closed = free_vars(part).iter().all(|var| *var == self.quantifier.var);
        closed && (self.equalities.is_empty() || !has_quantifier(part))
    }

    fn filtered(&self, run: &Run<'a>, filters: &[&Expr]) -> Truths {
        let Quantifier { var, fact, .. } = *self.quantifier;
        let chunks: Vec<Truths> = self
            .candidates
            .par_chunks(CHUNK)
            .map(|rows| {
                let frame = Frame::of_rows(var, fact, rows.to_vec());
                let truths = filters.iter().map(|filter| condition(run, &frame, filter));
                truths.fold(Truths::uniform(rows.len(), Truth::True), |all, one| all.and(&one))
            })
            .collect();
        let len = run.snapshot.table(fact).len() as usize;
        let mut filter = Truths { sure: Bits::none(len), no: Bits::none(len) };
        for (rows, truths) in self.candidates.chunks(CHUNK).zip(&chunks) {
            truths.sure.ones().for_each(|at| filter.sure.set(rows[at] as usize));
            truths.no.ones().for_each(|at| filter.no.set(rows[at] as usize));
        }
        filter
    }

    fn totals(&self, index: &KeyIndex) -> Vec<Tally> {
        let groups = 0..index.group_count();
        groups.map(|group| self.tally(index.rows_of(u32::try_from(group).unwrap_or(u32::MAX)))).collect()
    }

    /// How many rows pass the filter.
    fn tally(&self, rows: &[u32]) -> Tally {
        let Some(filter) = &self.filter else { return Tally { sure: rows.len(), possible: rows.len() } };
        let count = |bits: &Bits| rows.iter().filter(|row| bits.get(**row as usize)).count();
        Tally { sure: count(&filter.sure), possible: rows.len() - count(&filter.no) }
    }

    /// The index that serves the equalities, if there are any.
    pub(super) fn index<'r>(&self, run: &'r Run<'a>) -> Option<&'r KeyIndex> {
        run.indexes.get(&IndexKey { fact: self.quantifier.fact, fields: self.fields() })
    }

    pub(super) fn fields(&self) -> Vec<FieldId> {
        self.equalities.iter().map(|equality| equality.field).collect()
    }
}

/// The index that a quantifier asks for.
pub(super) fn index_key(snapshot: &Snapshot<'_>, quantifier: &Quantifier) -> Option<IndexKey> {
    let fields: Vec<FieldId> =
        equalities(snapshot, quantifier).iter().map(|equality| equality.field).collect();
    (!fields.is_empty()).then_some(IndexKey { fact: quantifier.fact, fields })
}

/// The conjuncts by which rows are looked up, ascending by field, one a field. What reads nothing of outside is left to the filter.
fn equalities<'a>(snapshot: &Snapshot<'_>, quantifier: &'a Quantifier) -> Vec<Equality<'a>> {
    let table = snapshot.table(quantifier.fact);
    let parts = quantifier.condition.iter().flat_map(conjuncts);
    let mut equalities: Vec<Equality<'_>> = parts
        .filter_map(|part| equality(part, quantifier.var))
        .filter(|equality| is_keyable(table, equality.field) && !free_vars(equality.probe).is_empty())
        .collect();
    equalities.sort_by_key(|equality| equality.field);
    equalities.dedup_by_key(|equality| equality.field);
    equalities
}

fn equality(part: &Expr, row: VarId) -> Option<Equality<'_>> {
    let ExprKind::Compare { op: CompareOp::Eq, left, right } = &part.kind else { return None };
    by_field(left, right, row).or_else(|| by_field(right, left, row))
}

fn by_field<'a>(side: &Expr, probe: &'a Expr, row: VarId) -> Option<Equality<'a>> {
    let ExprKind::Field { var, field } = unnamed(side).kind else { return None };
    (var == row && !probe.mentions(row)).then_some(Equality { field, probe })
}
