//! Quantifiers over a frame: for each position, how the number of rows that satisfy the condition compares with a bound.

use kijun_ir::{CompareOp, Truth};
use rayon::prelude::*;

use super::expr::{condition, value};
use super::frame::{Bound, Frame};
use super::index::probes;
use super::plan::Plan;
use super::run::Run;
use super::tally::{Comparison, Tally};
use super::truths::Truths;
use super::vector::{Values, Vector};

/// So many candidates of a position are looked at before it is asked whether that was enough.
const FIRST: usize = 16;

/// So many pairs of a position and a candidate are evaluated together.
const BLOCK: usize = 1 << 15;

/// Candidates of one position: rows that are to be tried there.
#[derive(Debug, Clone, Copy)]
struct Segment<'p> {
    position: u32,
    rows: &'p [u32],
}

/// Whether there is a row.
pub(super) fn some(run: &Run<'_>, frame: &Frame, plan: &Plan<'_>) -> Truths {
    answer(run, frame, plan, &vec![Some(Comparison::ANY); frame.len()])
}

/// How the number of rows compares with the bound; unknown where the bound is.
pub(super) fn count(run: &Run<'_>, frame: &Frame, plan: &Plan<'_>, op: CompareOp, bound: &Vector) -> Truths {
    let comparison = |at: usize| match &bound.values {
        Values::Int(bounds) if bound.known.get(at) => Some(Comparison { op, bound: bounds[at] }),
        _ => None,
    };
    answer(run, frame, plan, &(0..frame.len()).map(comparison).collect::<Vec<_>>())
}

fn answer(run: &Run<'_>, frame: &Frame, plan: &Plan<'_>, asked: &[Option<Comparison>]) -> Truths {
    let tallies = tallies(run, frame, plan, asked);
    let mut coverage = None;
    Truths::from_fn(frame.len(), |at| {
        let Some(comparison) = asked[at] else { return Truth::Unknown };
        let Tally { sure, possible } = tallies[at];
        let uncovered = comparison.among(sure, None);
        let covered = comparison.among(sure, Some(possible));
        if uncovered != Truth::Unknown || covered == Truth::Unknown {
            return uncovered;
        }
        let coverage = coverage.get_or_insert_with(|| plan.coverage.over(run, frame));
        if coverage.at(at) { covered } else { Truth::Unknown }
    })
}

/// Counts the rows at each position, at least until the answer there is known whatever else there may be.
fn tallies(run: &Run<'_>, frame: &Frame, plan: &Plan<'_>, asked: &[Option<Comparison>]) -> Vec<Tally> {
    if let Some(tally) = plan.closed {
        return vec![tally; frame.len()];
    }
    let mut tallies = vec![Tally::default(); frame.len()];
    let is_open = |tallies: &[Tally], at: usize| {
        let answer = asked[at].map(|comparison| comparison.among(tallies[at].sure, None));
        answer == Some(Truth::Unknown)
    };
    let segments = segments(run, frame, plan, &mut tallies);
    let (first, rest) = first_and_rest(&segments);
    for mut segments in [first, rest] {
        segments.retain(|segment| is_open(&tallies, segment.position as usize));
        for (position, tally) in evaluated(run, frame, plan, &segments) {
            tallies[position as usize].add(tally);
        }
    }
    tallies
}

/// The candidates of each position, by position. What the index knows to count is counted at once.
fn segments<'p>(
    run: &'p Run<'_>,
    frame: &Frame,
    plan: &'p Plan<'_>,
    tallies: &mut [Tally],
) -> Vec<Segment<'p>> {
    let table = run.snapshot.table(plan.quantifier.fact);
    let keys: Vec<Vector> =
        plan.equalities.iter().map(|equality| value(run, frame, equality.probe)).collect();
    let keys = probes(table, &plan.fields(), &keys, frame.len());
    let limits: Vec<_> = plan.limits.iter().map(|limit| (*limit, value(run, frame, limit.limit))).collect();
    let timeline = run.timelines[plan.quantifier.fact].as_ref().filter(|_| !limits.is_empty());
    let index = plan.index(run);
    let mut segments = Vec::new();
    for (position, (key, tally)) in (0..).zip(keys.into_iter().zip(tallies)) {
        let window = timeline.map(|timeline| timeline.window(&limits, position as usize));
        let mut push = |rows: &'p [u32]| {
            let parts = window.as_ref().map_or([rows, &[]], |window| window.cut(rows));
            let parts = parts.into_iter().filter(|rows| !rows.is_empty());
            segments.extend(parts.map(|rows| Segment { position, rows }));
        };
        let (Some(index), Some(key)) = (index, key) else {
            push(&plan.candidates);
            continue;
        };
        match (index.group(key), &plan.totals) {
            (Some(group), Some(totals)) => tally.add(totals[group as usize]),
            (Some(group), None) => push(index.rows_of(group)),
            (None, _) => {}
        }
        push(&index.loose);
    }
    segments
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
fn evaluated(run: &Run<'_>, frame: &Frame, plan: &Plan<'_>, segments: &[Segment<'_>]) -> Vec<(u32, Tally)> {
    let blocks = blocks(segments);
    match &blocks[..] {
        [] => Vec::new(),
        [block] => evaluated_block(run, frame, plan, block),
        blocks => blocks.par_iter().flat_map_iter(|block| evaluated_block(run, frame, plan, block)).collect(),
    }
}

/// The segments in blocks of limited size, cut where need be.
fn blocks<'p>(segments: &[Segment<'p>]) -> Vec<Vec<Segment<'p>>> {
    let mut blocks = Vec::new();
    let mut block = Vec::new();
    let mut room = BLOCK;
    for Segment { position, mut rows } in segments.iter().copied() {
        while rows.len() > room {
            let (now, later) = rows.split_at(room);
            block.push(Segment { position, rows: now });
            blocks.push(std::mem::take(&mut block));
            (rows, room) = (later, BLOCK);
        }
        room -= rows.len();
        block.push(Segment { position, rows });
    }
    blocks.push(block);
    blocks.retain(|block| !block.is_empty());
    blocks
}

fn evaluated_block(
    run: &Run<'_>,
    frame: &Frame,
    plan: &Plan<'_>,
    block: &[Segment<'_>],
) -> Vec<(u32, Tally)> {
    let (mut positions, mut rows) = (Vec::new(), Vec::new());
    let stays = |row: &u32| plan.filter.as_ref().is_none_or(|filter| !filter.no.get(*row as usize));
    for segment in block {
        rows.extend(segment.rows.iter().copied().filter(stays));
        positions.resize(rows.len(), segment.position);
    }
    let truths = truths_of_pairs(run, frame, plan, &positions, rows);
    let mut tallies: Vec<(u32, Tally)> = Vec::new();
    for (at, position) in positions.iter().enumerate().filter(|(at, _)| !truths.no.get(*at)) {
        let tally = Tally { sure: usize::from(truths.sure.get(at)), possible: 1 };
        match tallies.last_mut() {
            Some((last, sum)) if last == position => sum.add(tally),
            _ => tallies.push((*position, tally)),
        }
    }
    tallies
}

fn truths_of_pairs(
    run: &Run<'_>,
    frame: &Frame,
    plan: &Plan<'_>,
    positions: &[u32],
    rows: Vec<u32>,
) -> Truths {
    let Some(expr) = &plan.quantifier.condition else {
        return Truths::uniform(positions.len(), Truth::True);
    };
    let inner = Bound::new(plan.quantifier.var, plan.quantifier.fact, rows);
    condition(run, &frame.paired(&plan.outer, positions, inner), expr)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_hold_every_candidate_once() {
        let rows: Vec<u32> = (0..3 * 32_768 + 5).collect();
        let parts = [&rows[..7], &rows[7..40_000], &rows[40_000..40_000], &rows[40_000..]];
        let segments: Vec<Segment<'_>> =
            (0..).zip(parts).map(|(position, rows)| Segment { position, rows }).collect();
        let blocks = blocks(&segments);
        let size = |block: &Vec<Segment<'_>>| block.iter().map(|segment| segment.rows.len()).sum::<usize>();
        assert_eq!(blocks.iter().map(size).collect::<Vec<_>>(), [BLOCK, BLOCK, BLOCK, 5]);
        let held = |position| {
            let segments = blocks.iter().flatten().filter(move |segment| segment.position == position);
            segments.flat_map(|segment| segment.rows.iter().copied()).collect::<Vec<_>>()
        };
        for (position, part) in (0..).zip(parts) {
            assert_eq!(held(position), part);
        }
    }
}
