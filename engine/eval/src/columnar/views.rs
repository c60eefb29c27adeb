//! As of when a fact is read at the positions of a frame, and what it shows then.

use std::sync::Arc;

use jiff::civil::Date;
use kijun_ir::{Cell, Expr, FactId, Value};
use rustc_hash::FxHashMap;

use super::expr::value;
use super::frame::Frame;
use super::reads::free_vars;
use super::run::{Run, Strategy};
use super::vector::{Values, Vector};
use crate::{AsOf, View};

/// As of when something is read.
#[derive(Debug, Clone)]
pub(super) enum Moments {
    /// It is the same at every position.
    Same(AsOf),
    /// One a position.
    Each(Vec<AsOf>),
}

/// Positions at which a fact shows the same.
#[derive(Debug)]
pub(super) struct Group<'e> {
    /// What it shows; `None` where it is not known as of when it is read, or the moment has not come.
    pub(super) view: Option<Arc<View<'e>>>,
    /// As of when it is read at one of the positions.
    pub(super) as_of: AsOf,
    /// The positions, ascending; `None` for all of the frame.
    pub(super) positions: Option<Vec<u32>>,
}

impl Moments {
    /// As of when, at the positions of a frame, something is read that says so by `at`.
    pub(super) fn of<'r, 'e>(run: &Run<'r, 'e>, frame: &Frame<'e>, at: Option<&'r Expr>) -> Self {
        let Some(at) = at else { return Self::Same(AsOf::Today) };
        let snapshot = run.snapshot;
        if free_vars(at).is_empty() {
            let moment = value(run, &Frame::unit(frame.moment), at);
            return Self::Same(snapshot.as_of(&moment.cell(0, &snapshot.texts)));
        }
        Self::Each(as_of(run, &value(run, frame, at)))
    }

    pub(super) fn at(&self, position: usize) -> AsOf {
        match self {
            Self::Same(as_of) => *as_of,
            Self::Each(moments) => moments[position],
        }
    }

    /// What a fact shows, position by position.
    pub(super) fn groups<'e>(&self, run: &Run<'_, 'e>, fact: FactId) -> Vec<Group<'e>> {
        match self {
            Self::Same(as_of) => {
                vec![Group { view: run.snapshot.view(fact, *as_of), as_of: *as_of, positions: None }]
            }
            Self::Each(moments) => grouped(run, fact, moments),
        }
    }
}

/// The moments that dates and datetimes mean, equal days once.
fn as_of(run: &Run<'_, '_>, moments: &Vector) -> Vec<AsOf> {
    let mut of_day: FxHashMap<Date, AsOf> = FxHashMap::default();
    let mut as_of = |at: usize| match &moments.values {
        _ if !moments.known.get(at) => AsOf::Unknown,
        Values::DateTime(instants) => AsOf::Moment(instants[at]),
        Values::Date(days) => {
            let day = days[at];
            *of_day.entry(day).or_insert_with(|| run.snapshot.as_of(&Cell::Known(Value::Date(day))))
        }
        _ => AsOf::Unknown,
    };
    (0..moments.len()).map(&mut as_of).collect()
}

/// Groups positions by what a fact shows. It is asked for once in each stretch of time in which that does not change.
fn grouped<'e>(run: &Run<'_, 'e>, fact: FactId, moments: &[AsOf]) -> Vec<Group<'e>> {
    let mut groups: Vec<Group<'e>> = Vec::new();
    let mut of_stretch: FxHashMap<Stretch, usize> = FxHashMap::default();
    // Positions of no view are told apart by whether it is known when.
    let mut of_view: FxHashMap<(Option<usize>, bool), usize> = FxHashMap::default();
    let is_timed = run.snapshot.program.is_timed(fact);
    for (position, as_of) in (0..).zip(moments) {
        // What is the same at every moment is asked for once.
        let as_of = if is_timed || *as_of == AsOf::Unknown { *as_of } else { AsOf::Today };
        let group = *of_stretch.entry(Stretch::of(run, fact, as_of)).or_insert_with(|| {
            let view = run.snapshot.view(fact, as_of);
            let key = (view.as_ref().map(address), as_of == AsOf::Unknown);
            *of_view.entry(key).or_insert_with(|| {
                groups.push(Group { view, as_of, positions: Some(Vec::new()) });
                groups.len() - 1
            })
        });
        if let Some(positions) = &mut groups[group].positions {
            positions.push(position);
        }
    }
    groups
}

/// Moments as of which a fact surely shows the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Stretch {
    /// From one step to the next, of which so many come before.
    After(usize),
    /// This one alone.
    At(AsOf),
}

impl Stretch {
    fn of(run: &Run<'_, '_>, fact: FactId, as_of: AsOf) -> Self {
        match (as_of, run.steps(fact)) {
            (AsOf::Moment(moment), Some(steps)) if run.strategy == Strategy::Indexed => {
                Stretch::After(steps.partition_point(|step| *step <= moment))
            }
            _ => Stretch::At(as_of),
        }
    }
}

/// What tells views apart as long as both are there.
pub(super) fn address(view: &Arc<View<'_>>) -> usize {
    Arc::as_ptr(view).addr()
}

impl<'e> Group<'e> {
    /// The frame at its positions.
    pub(super) fn frame(&self, frame: &Frame<'e>) -> Frame<'e> {
        match &self.positions {
            Some(positions) => frame.select(positions),
            None => frame.clone(),
        }
    }
}
