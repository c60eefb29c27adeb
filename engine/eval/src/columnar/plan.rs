//! How a quantifier finds its rows in one view: what its text says, with what of the view can be prepared.

use std::sync::Arc;

use kijun_ir::{Cell, Truth};
use rayon::prelude::*;

use super::aggregate;
use super::bits::Bits;
use super::coverage;
use super::expr::conjunction;
use super::frame::{Bound, Frame};
use super::index::KeyIndex;
use super::run::Run;
use super::shape::Shape;
use super::tally::Tally;
use super::truths::Truths;
use crate::View;

/// So many rows are filtered at a time.
const CHUNK: usize = 1 << 14;

/// The plan of one quantifier over one view, at one moment where that matters.
#[derive(Debug)]
pub(super) struct Plan<'e> {
    pub(super) view: Arc<View<'e>>,
    /// For each row of the table the truth of the filters, and whether it is there.
    pub(super) filter: Option<Truths>,
    /// The rows that are not surely filtered out, ascending, where some are: the candidates where no key is known.
    kept: Option<Vec<u32>>,
    /// The index that serves the equalities, if there are any.
    pub(super) index: Option<Arc<KeyIndex<'e>>>,
    /// What each group of the index contributes, where key and filter are the whole condition.
    pub(super) totals: Option<Vec<Tally>>,
    /// How many rows there are, where that is the same everywhere.
    pub(super) closed: Option<Tally>,
    /// What an aggregate is if the question is covered, where that is the same everywhere.
    pub(super) closed_value: Option<Cell>,
    /// Whether the question is covered, where that is the same everywhere and at every moment.
    pub(super) covered: Option<bool>,
}

impl<'e> Plan<'e> {
    /// Plans a quantifier over a view. `frame` has one position and no variables.
    pub(super) fn new<'r>(
        run: &Run<'r, 'e>,
        shape: &Shape<'r>,
        view: &Arc<View<'e>>,
        frame: &Frame<'e>,
    ) -> Self {
        let fields = shape.fields();
        let mut plan = Self {
            view: Arc::clone(view),
            filter: None,
            kept: None,
            index: (!fields.is_empty()).then(|| run.index(view, &fields)),
            totals: None,
            closed: None,
            closed_value: None,
            covered: coverage::everywhere(run, shape, view, frame),
        };
        if !shape.filters.is_empty() || !view.is_sure() {
            plan.filter(run, shape, frame);
        }
        if shape.is_closed {
            plan.closed = Some(plan.tally(plan.candidates()));
            plan.closed_value =
                shape.aggregated.map(|aggregated| aggregate::closed(run, shape, &plan, frame, aggregated));
        } else if shape.is_looked_up {
            let exact = plan.index.as_ref().filter(|index| index.is_exact);
            plan.totals = exact.map(|index| plan.totals(index));
        }
        plan
    }

    /// The rows that are tried where no key is known.
    pub(super) fn candidates(&self) -> &[u32] {
        self.kept.as_deref().unwrap_or(self.view.rows())
    }

    fn filter<'r>(&mut self, run: &Run<'r, 'e>, shape: &Shape<'r>, frame: &Frame<'e>) {
        let filter = self.filtered(run, shape, frame);
        let rows = self.view.rows().iter().copied();
        self.kept = Some(rows.filter(|row| !filter.no.get(*row as usize)).collect());
        self.filter = Some(filter);
    }

    fn filtered<'r>(&self, run: &Run<'r, 'e>, shape: &Shape<'r>, frame: &Frame<'e>) -> Truths {
        let truths = |rows: &[u32]| {
            let there = truths_of_rows(&self.view, rows);
            let bound = Bound::new(shape.quantifier.var, &self.view, rows.to_vec());
            conjunction(run, &Frame::of_rows(frame.moment, bound), there, &shape.filters)
        };
        let chunks: Vec<Truths> = self.view.rows().par_chunks(CHUNK).map(truths).collect();
        let len = self.view.table().len() as usize;
        let mut filter = Truths { sure: Bits::none(len), no: Bits::none(len) };
        for (rows, truths) in self.view.rows().chunks(CHUNK).zip(&chunks) {
            truths.put(&mut filter, rows);
        }
        filter
    }

    fn totals(&self, index: &KeyIndex<'_>) -> Vec<Tally> {
        let groups = 0..index.group_count();
        groups.map(|group| self.tally(index.rows_of(u32::try_from(group).unwrap_or(u32::MAX)))).collect()
    }

    /// How many rows pass the filter.
    fn tally(&self, rows: &[u32]) -> Tally {
        let Some(filter) = &self.filter else { return Tally { sure: rows.len(), possible: rows.len() } };
        let count = |bits: &Bits| rows.iter().filter(|row| bits.get(**row as usize)).count();
        let possible = rows.iter().filter(|row| !filter.no.get(**row as usize));
        let possible = possible.fold(0usize, |sum, row| sum.saturating_add(self.at_most(*row)));
        Tally { sure: count(&filter.sure), possible }
    }

    /// How many rows a row that may count stands for at most.
    pub(super) fn at_most(&self, row: u32) -> usize {
        if self.view.may_be_several(row) { Tally::MANY } else { 1 }
    }
}

/// Whether rows of a view are there.
pub(super) fn truths_of_rows(view: &View<'_>, rows: &[u32]) -> Truths {
    let sure = Bits::from_fn(rows.len(), |at| view.truth(rows[at]) == Truth::True);
    Truths { sure, no: Bits::none(rows.len()) }
}
