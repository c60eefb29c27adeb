//! Quantifiers over a frame: for each position, how the number of rows that satisfy the condition compares with a bound.

use kijun_ir::{AggregateOp, Cell, CompareOp, Expr, Quantifier, Truth, Value};
use rayon::prelude::*;

use super::aggregate;
use super::candidates::{Question, Segment, blocks};
use super::coverage::CoverageOver;
use super::frame::Frame;
use super::run::Run;
use super::shape::Shape;
use super::tally::{Comparison, Tally};
use super::truths::Truths;
use super::vector::{Values, Vector};
use super::views::{Group, Moments};

/// So many candidates of a position are looked at before it is asked whether that was enough.
const FIRST: usize = 16;

/// What is asked of the number of rows at each position.
#[derive(Debug)]
enum Asked {
    /// Whether there is any.
    Any,
    /// How it compares; nothing is known where `None`.
    Compared(Vec<Option<Comparison>>),
    /// The number itself.
    Exactly,
}

/// Whether there is a row.
pub(super) fn some<'r, 'e>(run: &Run<'r, 'e>, frame: &Frame<'e>, quantifier: &'r Quantifier) -> Truths {
    truths(run, frame, quantifier, &Asked::Any)
}

/// How the number of rows compares with the bound; unknown where the bound is.
pub(super) fn count<'r, 'e>(
    run: &Run<'r, 'e>,
    frame: &Frame<'e>,
    quantifier: &'r Quantifier,
    op: CompareOp,
    bound: &Vector,
) -> Truths {
    let comparison = |at: usize| match &bound.values {
        Values::Int(bounds) if bound.known.get(at) => Some(Comparison { op, bound: bounds[at] }),
        _ => None,
    };
    truths(run, frame, quantifier, &Asked::Compared((0..frame.len()).map(comparison).collect()))
}

/// What is made of the rows.
pub(super) fn aggregate<'r, 'e>(
    run: &Run<'r, 'e>,
    frame: &Frame<'e>,
    op: AggregateOp,
    of: Option<&'r Expr>,
    quantifier: &'r Quantifier,
) -> Vector {
    let Some(shape) = run.shape(quantifier) else { return Vector::unknown(frame.len()) };
    let parts = Moments::of(run, frame, quantifier.at.as_ref()).groups(run, quantifier.fact);
    let kind = aggregate::kind(op, of);
    let texts = &run.snapshot.texts;
    let part = |group: Group<'e>| {
        let frame = group.frame(frame);
        let Some(view) = &group.view else { return (group.positions, Vector::unknown(frame.len())) };
        let plan = run.plan(shape, view, frame.moment);
        let question = Question { run, shape, plan: &plan, frame: &frame };
        let vector = match &plan.closed_value {
            Some(cell) => {
                let covered = CoverageOver::new(run, shape, &plan, &frame).at(0);
                Vector::repeated(frame.len(), if covered { cell } else { &Cell::Unknown }, texts)
            }
            None => Vector::of_cells(kind, &aggregated(&question, op, of), texts),
        };
        (group.positions, vector)
    };
    let mut parts: Vec<(Option<Vec<u32>>, Vector)> = parts.into_iter().map(part).collect();
    if let [(None, vector)] = &mut parts[..] {
        return std::mem::replace(vector, Vector::unknown(0));
    }
    let parts: Vec<(Vec<u32>, Vector)> =
        parts.into_iter().map(|(positions, vector)| (positions.unwrap_or_default(), vector)).collect();
    Vector::assembled(frame.len(), &parts)
}

fn aggregated<'r>(question: &Question<'_, 'r, '_>, op: AggregateOp, of: Option<&'r Expr>) -> Vec<Cell> {
    let Question { run, shape, plan, frame } = *question;
    let mut cells = match op {
        AggregateOp::Count => {
            let cell = |tally: Tally| match i64::try_from(tally.sure) {
                Ok(count) if tally.sure == tally.possible => Cell::Known(Value::Int(count)),
                _ => Cell::Unknown,
            };
            tallies(question, &Asked::Exactly).into_iter().map(cell).collect()
        }
        _ => aggregate::cells(question, &question.segments(None), op, of),
    };
    let mut coverage = None;
    for (at, cell) in cells.iter_mut().enumerate().filter(|(_, cell)| **cell != Cell::Unknown) {
        let coverage = coverage.get_or_insert_with(|| CoverageOver::new(run, shape, plan, frame));
        if !coverage.at(at) {
            *cell = Cell::Unknown;
        }
    }
    cells
}

fn truths<'r, 'e>(run: &Run<'r, 'e>, frame: &Frame<'e>, quantifier: &'r Quantifier, asked: &Asked) -> Truths {
    let Some(shape) = run.shape(quantifier) else { return Truths::uniform(frame.len(), Truth::Unknown) };
    let mut whole = Truths::uniform(frame.len(), Truth::Unknown);
    for group in Moments::of(run, frame, quantifier.at.as_ref()).groups(run, quantifier.fact) {
        match &group.positions {
            None => whole = answer(run, shape, &group, frame, asked),
            Some(positions) => {
                let asked = asked.select(positions);
                answer(run, shape, &group, &group.frame(frame), &asked).put(&mut whole, positions);
            }
        }
    }
    whole
}

/// The answers for positions that have a view in common.
fn answer<'r, 'e>(
    run: &Run<'r, 'e>,
    shape: &Shape<'r>,
    group: &Group<'e>,
    frame: &Frame<'e>,
    asked: &Asked,
) -> Truths {
    let Some(view) = &group.view else {
        // No row is read, and none is excluded.
        return Truths::from_fn(frame.len(), |at| asked.among(at, 0, None));
    };
    let plan = run.plan(shape, view, frame.moment);
    let tallies = tallies(&Question { run, shape, plan: &plan, frame }, asked);
    let mut coverage = None;
    Truths::from_fn(frame.len(), |at| {
        let Tally { sure, possible } = tallies[at];
        let uncovered = asked.among(at, sure, None);
        let covered = asked.among(at, sure, Some(possible));
        if uncovered != Truth::Unknown || covered == Truth::Unknown {
            return uncovered;
        }
        let coverage = coverage.get_or_insert_with(|| CoverageOver::new(run, shape, &plan, frame));
        if coverage.at(at) { covered } else { Truth::Unknown }
    })
}

/// Counts the rows at each position, at least until the answer there is known whatever else there may be.
fn tallies(question: &Question<'_, '_, '_>, asked: &Asked) -> Vec<Tally> {
    let len = question.frame.len();
    if let Some(tally) = question.plan.closed {
        return vec![tally; len];
    }
    let mut tallies = vec![Tally::default(); len];
    let segments = question.segments(Some(&mut tallies));
    let (first, rest) = first_and_rest(&segments);
    for mut segments in [first, rest] {
        segments.retain(|segment| asked.is_open(segment.position as usize, &tallies));
        for (position, tally) in evaluated(question, &segments) {
            tallies[position as usize].add(tally);
        }
    }
    tallies
}

/// The first candidates of each position, and the others.
fn first_and_rest<'p>(segments: &[Segment<'p>]) -> (Vec<Segment<'p>>, Vec<Segment<'p>>) {
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    let mut taken = 0;
    let mut last = None;
    for Segment { position, rows } in segments.iter().copied() {
        if last != Some(position) {
            (last, taken) = (Some(position), 0);
        }
        let (now, later) = rows.split_at(rows.len().min(FIRST - taken));
        taken += now.len();
        first.extend((!now.is_empty()).then_some(Segment { position, rows: now }));
        rest.extend((!later.is_empty()).then_some(Segment { position, rows: later }));
    }
    (first, rest)
}

/// What the candidates contribute; a position may come several times.
fn evaluated(question: &Question<'_, '_, '_>, segments: &[Segment<'_>]) -> Vec<(u32, Tally)> {
    let blocks = blocks(segments);
    match &blocks[..] {
        [] => Vec::new(),
        [block] => evaluated_block(question, block),
        blocks => blocks.par_iter().flat_map_iter(|block| evaluated_block(question, block)).collect(),
    }
}

fn evaluated_block(question: &Question<'_, '_, '_>, block: &[Segment<'_>]) -> Vec<(u32, Tally)> {
    let pairs = question.pairs(block);
    let mut tallies: Vec<(u32, Tally)> = Vec::new();
    let rows = pairs.frame.bound(question.shape.quantifier.var).map_or(&[][..], |bound| &bound.rows);
    let positions = pairs.positions.iter().zip(rows).enumerate();
    for (at, (position, row)) in positions.filter(|(at, _)| !pairs.truths.no.get(*at)) {
        let possible = question.plan.at_most(*row);
        let tally = Tally { sure: usize::from(pairs.truths.sure.get(at)), possible };
        match tallies.last_mut() {
            Some((last, sum)) if last == position => sum.add(tally),
            _ => tallies.push((*position, tally)),
        }
    }
    tallies
}

impl Asked {
    /// The answer at a position for every number from `least` to `most`, without upper end where `None`.
    fn among(&self, position: usize, least: usize, most: Option<usize>) -> Truth {
        match self {
            Asked::Any => Comparison::ANY.among(least, most),
            Asked::Compared(comparisons) => {
                comparisons[position].map_or(Truth::Unknown, |comparison| comparison.among(least, most))
            }
            Asked::Exactly => Truth::Unknown,
        }
    }

    /// Whether more rows may change the answer at a position.
    fn is_open(&self, position: usize, tallies: &[Tally]) -> bool {
        let Tally { sure, possible } = tallies[position];
        match self {
            Asked::Any | Asked::Compared(_) => self.among(position, sure, None) == Truth::Unknown,
            Asked::Exactly => sure == possible,
        }
    }

    fn select(&self, positions: &[u32]) -> Self {
        match self {
            Asked::Any => Asked::Any,
            Asked::Compared(comparisons) => {
                Asked::Compared(positions.iter().map(|at| comparisons[*at as usize]).collect())
            }
            Asked::Exactly => Asked::Exactly,
        }
    }
}
