//! Whether the collections cover what a quantifier asks for.

use kijun_ir::{Cell, FactId, Quantifier};
use rustc_hash::FxHashMap;

use super::expr::value;
use super::frame::Frame;
use super::reads::free_vars;
use super::run::Run;
use super::vector::Vector;
use crate::{TimeBounds, time_bounds};

/// What decides whether a quantifier's question is covered.
#[derive(Debug)]
pub(super) enum Coverage<'a> {
    /// It is the same everywhere.
    Everywhere(bool),
    /// It depends on the values of the bounds.
    ByBounds(FactId, TimeBounds<'a>),
}

impl<'a> Coverage<'a> {
    pub(super) fn new(run: &Run<'a>, quantifier: &'a Quantifier) -> Self {
        let Some(bounds) = time_bounds(run.snapshot.program, quantifier) else {
            return Self::Everywhere(run.snapshot.quantifier_gaps(quantifier.fact, None).is_empty());
        };
        let is_same = bounds.bounds.iter().all(|bound| free_vars(bound.limit).is_empty());
        let coverage = Self::ByBounds(quantifier.fact, bounds);
        if is_same { Self::Everywhere(coverage.over(run, &Frame::unit()).at(0)) } else { coverage }
    }

    /// The coverage at the positions of a frame.
    pub(super) fn over<'c>(&'c self, run: &'c Run<'a>, frame: &Frame) -> CoverageOver<'c, 'a> {
        let limits = match self {
            Self::Everywhere(_) => Vec::new(),
            Self::ByBounds(_, bounds) => {
                bounds.bounds.iter().map(|bound| value(run, frame, bound.limit)).collect()
            }
        };
        CoverageOver { run, coverage: self, limits, known: FxHashMap::default() }
    }
}

/// Answers position by position; equal bounds are asked about once.
#[derive(Debug)]
pub(super) struct CoverageOver<'c, 'a> {
    run: &'c Run<'a>,
    coverage: &'c Coverage<'a>,
    limits: Vec<Vector>,
    known: FxHashMap<Vec<Cell>, bool>,
}

impl CoverageOver<'_, '_> {
    /// Whether nothing is missing of what is asked for at this position.
    pub(super) fn at(&mut self, position: usize) -> bool {
        let (fact, bounds) = match self.coverage {
            Coverage::Everywhere(covered) => return *covered,
            Coverage::ByBounds(fact, bounds) => (*fact, bounds),
        };
        let cells: Vec<Cell> =
            self.limits.iter().map(|limit| limit.cell(position, &self.run.texts)).collect();
        if let Some(covered) = self.known.get(&cells) {
            return *covered;
        }
        let covered = self.run.snapshot.quantifier_gaps(fact, Some((bounds, &cells))).is_empty();
        self.known.insert(cells, covered);
        covered
    }
}
