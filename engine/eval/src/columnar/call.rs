//! Functions of values, applied once to equal arguments.

use kijun_ir::{Cell, Function, Value};
use rustc_hash::FxHashMap;

use super::vector::Vector;
use crate::Snapshot;

/// The value of a function at each position; unknown where an argument is not known, or there is no value.
pub(super) fn call(snapshot: &Snapshot<'_>, function: Function, arguments: &[Vector], len: usize) -> Vector {
    let (_, kind) = function.signature();
    let mut known: FxHashMap<[u64; 2], Cell> = FxHashMap::default();
    let cells = (0..len).map(|at| {
        let apply = || applied(snapshot, function, arguments, at);
        match words(arguments, at) {
            Some(words) => known.entry(words).or_insert_with(apply).clone(),
            None => apply(),
        }
    });
    let cells: Vec<Cell> = cells.collect();
    Vector::of_cells(kind, &cells, &snapshot.texts)
}

fn applied(snapshot: &Snapshot<'_>, function: Function, arguments: &[Vector], at: usize) -> Cell {
    let values: Option<Vec<Value>> =
        arguments.iter().map(|argument| argument.value(at, &snapshot.texts)).collect();
    let value = values.and_then(|values| function.apply(&values, &snapshot.program.calendar));
    value.map_or(Cell::Unknown, Cell::Known)
}

/// Words that tell the arguments of this call from those at other positions, if they have such.
fn words(arguments: &[Vector], at: usize) -> Option<[u64; 2]> {
    match arguments {
        [only] => Some([only.word(at)?, 0]),
        [first, second] => Some([first.word(at)?, second.word(at)?]),
        _ => None,
    }
}
