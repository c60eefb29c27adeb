//! Whether the collections cover what a quantifier asks for.

use kijun_ir::{Cell, Truth};
use rustc_hash::FxHashMap;

use super::bits::Bits;
use super::expr::{conjunction, value};
use super::frame::Frame;
use super::plan::Plan;
use super::reads::reads_moment;
use super::run::Run;
use super::shape::Shape;
use super::truths::Truths;
use super::vector::Vector;
use crate::{AsOf, TimeBounds, View};

/// Whether a question is covered, where that is the same at every position and moment. `frame` has one position and no variables.
pub(super) fn everywhere<'r, 'e>(
    run: &Run<'r, 'e>,
    shape: &Shape<'r>,
    view: &View<'_>,
    frame: &Frame<'e>,
) -> Option<bool> {
    let Some(bounds) = &shape.bounds else { return Some(view.gaps().is_empty()) };
    let changes = shape.bounds_vary || bounds.bounds.iter().any(|bound| reads_moment(bound.limit));
    (!changes).then(|| is_covered(run, shape, bounds, &cells(run, &limits(run, frame, bounds), 0)))
}

/// The coverage at the positions of a frame: asked position by position, equal bounds once.
#[derive(Debug)]
pub(super) struct CoverageOver<'c, 'r, 'e> {
    run: &'c Run<'r, 'e>,
    shape: &'c Shape<'r>,
    everywhere: Option<bool>,
    limits: Vec<Vector>,
    known: FxHashMap<Vec<Cell>, bool>,
    /// Where the condition surely holds for no row, whatever rows there are.
    excluded: Option<Bits>,
}

impl<'c, 'r, 'e> CoverageOver<'c, 'r, 'e> {
    pub(super) fn new(
        run: &'c Run<'r, 'e>,
        shape: &'c Shape<'r>,
        plan: &Plan<'e>,
        frame: &Frame<'e>,
    ) -> Self {
        let mut coverage = Self {
            run,
            shape,
            everywhere: plan.covered,
            limits: Vec::new(),
            known: FxHashMap::default(),
            excluded: excluded(run, shape, frame),
        };
        if let (None, Some(bounds)) = (plan.covered, &shape.bounds) {
            if shape.bounds_vary {
                coverage.limits = limits(run, frame, bounds);
            } else {
                let limits = limits(run, &Frame::unit(frame.moment), bounds);
                coverage.everywhere = Some(is_covered(run, shape, bounds, &cells(run, &limits, 0)));
            }
        }
        coverage
    }

    /// Whether nothing is missing of what is asked for at this position.
    pub(super) fn at(&mut self, position: usize) -> bool {
        if self.excluded.as_ref().is_some_and(|excluded| excluded.get(position)) {
            return true;
        }
        let (None, Some(bounds)) = (self.everywhere, &self.shape.bounds) else {
            return self.everywhere == Some(true);
        };
        let cells = cells(self.run, &self.limits, position);
        if let Some(covered) = self.known.get(&cells) {
            return *covered;
        }
        let covered = is_covered(self.run, self.shape, bounds, &cells);
        self.known.insert(cells, covered);
        covered
    }
}

/// Where a conjunct that reads nothing of the row surely fails.
fn excluded<'r, 'e>(run: &Run<'r, 'e>, shape: &Shape<'r>, frame: &Frame<'e>) -> Option<Bits> {
    if shape.outside.is_empty() || frame.len() == 0 {
        return None;
    }
    let any_row = Truths::uniform(frame.len(), Truth::True);
    Some(conjunction(run, frame, any_row, &shape.outside).no)
}

fn limits<'r, 'e>(run: &Run<'r, 'e>, frame: &Frame<'e>, bounds: &TimeBounds<'r>) -> Vec<Vector> {
    bounds.bounds.iter().map(|bound| value(run, frame, bound.limit)).collect()
}

fn cells(run: &Run<'_, '_>, limits: &[Vector], position: usize) -> Vec<Cell> {
    limits.iter().map(|limit| limit.cell(position, &run.snapshot.texts)).collect()
}

/// Of what has a time, gaps do not depend on the moment as of which it is read.
fn is_covered(run: &Run<'_, '_>, shape: &Shape<'_>, bounds: &TimeBounds<'_>, limits: &[Cell]) -> bool {
    let fact = shape.quantifier.fact;
    run.snapshot.quantifier_gaps(fact, AsOf::Today, Some((bounds, limits))).is_empty()
}
