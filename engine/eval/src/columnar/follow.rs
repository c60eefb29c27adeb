//! References, followed to the one row that they name as of a moment.

use kijun_ir::{Expr, FactId, FieldId};
use rustc_hash::FxHashMap;

use super::frame::Frame;
use super::run::Run;
use super::vector::{Values, Vector};
use super::views::Moments;
use crate::{AsOf, View};

/// No row has this number: what is gathered there is unknown.
const NO_ROW: u32 = u32::MAX;

/// A field of the row that each reference names, as of the moments that `at` says.
pub(super) fn follow<'r, 'e>(
    run: &Run<'r, 'e>,
    frame: &Frame<'e>,
    base: &Vector,
    fact: FactId,
    field: FieldId,
    at: Option<&'r Expr>,
) -> Vector {
    let Values::Text(codes) = &base.values else { return Vector::unknown(frame.len()) };
    let codes = |at: u32| base.known.get(at as usize).then_some(codes[at as usize]);
    let moments = Moments::of(run, frame, at);
    let by_validity = run.snapshot.program.facts[fact].valid.is_some();
    let mut parts: Vec<(Vec<u32>, Vector)> = Vec::new();
    for group in moments.groups(run, fact) {
        let Some(view) = &group.view else { continue };
        let len = u32::try_from(frame.len()).unwrap_or(u32::MAX);
        let positions = group.positions.unwrap_or_else(|| (0..len).collect());
        let rows = if by_validity {
            rows_that_hold(run, fact, &positions, codes, &moments)
        } else {
            positions
                .iter()
                .map(|at| codes(*at).and_then(|code| only_row(view, code)).unwrap_or(NO_ROW))
                .collect()
        };
        let vector = Vector::gather(view.table(), field, &rows);
        if positions.len() == frame.len() {
            return vector;
        }
        parts.push((positions, vector));
    }
    Vector::assembled(frame.len(), &parts)
}

fn only_row(view: &View<'_>, code: u32) -> Option<u32> {
    match view.rows_of_key(code) {
        [row] => Some(*row),
        _ => None,
    }
}

/// The rows of a state whose rows say themselves when they hold: equal questions are asked once.
fn rows_that_hold(
    run: &Run<'_, '_>,
    fact: FactId,
    positions: &[u32],
    code: impl Fn(u32) -> Option<u32>,
    moments: &Moments,
) -> Vec<u32> {
    let mut known: FxHashMap<(u32, AsOf), u32> = FxHashMap::default();
    let mut row = |code: u32, as_of: AsOf| {
        let ask = || run.snapshot.row_of_key(fact, code, as_of).unwrap_or(NO_ROW);
        *known.entry((code, as_of)).or_insert_with(ask)
    };
    let rows =
        positions.iter().map(|at| code(*at).map_or(NO_ROW, |code| row(code, moments.at(*at as usize))));
    rows.collect()
}
