//! Which rows are tried at which positions, in blocks of limited size, and whether they count there.

use kijun_ir::Truth;

use super::expr::{conjunction, value};
use super::frame::{Bound, Frame};
use super::plan::Plan;
use super::run::Run;
use super::shape::Shape;
use super::tally::Tally;
use super::timeline::cut;
use super::truths::Truths;
use super::vector::Vector;

/// So many pairs of a position and a candidate are evaluated together.
pub(super) const BLOCK: usize = 1 << 15;

/// Candidates of one position: rows that are to be tried there, ascending.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment<'p> {
    pub(super) position: u32,
    pub(super) rows: &'p [u32],
}

/// A quantifier with its plan, asked over a frame.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question<'q, 'r, 'e> {
    pub(super) run: &'q Run<'r, 'e>,
    pub(super) shape: &'q Shape<'r>,
    pub(super) plan: &'q Plan<'e>,
    pub(super) frame: &'q Frame<'e>,
}

/// Pairs of a position and a row that does not surely fail there, with whether it counts.
#[derive(Debug)]
pub(super) struct Pairs<'e> {
    pub(super) positions: Vec<u32>,
    /// The rows, and those of the variables that are read of each pair.
    pub(super) frame: Frame<'e>,
    pub(super) truths: Truths,
}

impl<'q, 'e> Question<'q, '_, 'e> {
    /// The candidates of each position, by position. What the index knows to count is counted at once where tallies are given.
    pub(super) fn segments(&self, mut tallies: Option<&mut [Tally]>) -> Vec<Segment<'q>> {
        let Self { run, shape, plan, frame } = *self;
        let index = plan.index.as_deref();
        let probes: Vec<Vector> =
            shape.equalities.iter().map(|equality| value(run, frame, equality.probe)).collect();
        let keys = index.map(|index| index.probes(&probes, frame.len()));
        let limits: Vec<_> = shape.limits.iter().map(|limit| (*limit, limit.values(run, frame))).collect();
        let timeline = run.timeline(shape.quantifier.fact).filter(|_| !limits.is_empty());
        let mut segments = Vec::new();
        for position in 0..frame.len() {
            let window = timeline.map(|timeline| timeline.window(&limits, position));
            let mut push = |rows: &'q [u32]| {
                let rows = window.as_ref().map_or(rows, |window| cut(window, rows));
                let position = u32::try_from(position).unwrap_or(u32::MAX);
                segments.extend((!rows.is_empty()).then_some(Segment { position, rows }));
            };
            let key = keys.as_ref().and_then(|keys| keys[position]);
            let (Some(index), Some(key)) = (index, key) else {
                push(plan.candidates());
                continue;
            };
            match (index.group(key), &plan.totals, &mut tallies) {
                (Some(group), Some(totals), Some(tallies)) => tallies[position].add(totals[group as usize]),
                (Some(group), ..) => push(index.rows_of(group)),
                (None, ..) => {}
            }
            push(&index.loose);
        }
        segments
    }

    /// The pairs of a block.
    pub(super) fn pairs(&self, block: &[Segment<'_>]) -> Pairs<'e> {
        let Self { run, shape, plan, frame } = *self;
        let (mut positions, mut rows) = (Vec::new(), Vec::new());
        let stays = |row: &u32| plan.filter.as_ref().is_none_or(|filter| !filter.no.get(*row as usize));
        for segment in block {
            rows.extend(segment.rows.iter().copied().filter(stays));
            positions.resize(rows.len(), segment.position);
        }
        let there = match &plan.filter {
            Some(filter) => filter.select(&rows),
            None => Truths::uniform(rows.len(), Truth::True),
        };
        let inner = Bound::new(shape.quantifier.var, &plan.view, rows);
        let frame = frame.paired(&shape.outer, &positions, inner);
        let truths = conjunction(run, &frame, there, &shape.residual);
        Pairs { positions, frame, truths }
    }
}

/// The segments in blocks of limited size, cut where need be.
pub(super) fn blocks<'p>(segments: &[Segment<'p>]) -> Vec<Vec<Segment<'p>>> {
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
