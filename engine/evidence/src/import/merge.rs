//! Makes one row of those that speak of the same thing.

use std::collections::HashMap;

use kijun_eval::Origin;
use kijun_ir::{Cell, FieldId, Index, Value};

/// A row of a fact.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    pub(super) origin: Origin,
}

/// Rows of which no two speak of the same thing.
#[derive(Debug, PartialEq)]
pub(super) struct Merged {
    pub(super) rows: Vec<Row>,
    /// How many rows were dropped.
    pub(super) duplicates: usize,
    pub(super) conflicts: Vec<Conflict>,
}

/// A field about which two rows of one key differ.
#[derive(Debug, PartialEq)]
pub(super) struct Conflict {
    pub(super) key: Cell,
    pub(super) field: FieldId,
    pub(super) first: Origin,
    pub(super) second: Origin,
}

/// Merges the rows that `counts` holds for by key, or where there is none, by all cells. The others stay as they are:
/// a picture that is too old must neither contradict a fresh one nor fill it up.
pub(super) fn merge(key: Option<FieldId>, rows: Vec<Row>, counts: impl Fn(&Origin) -> bool) -> Merged {
    let (counting, others): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| counts(&row.origin));
    let before = counting.len();
    let mut merged = match key {
        Some(key) => merge_by_key(key, counting),
        None => Merged { rows: merge_equal(counting), duplicates: 0, conflicts: Vec::new() },
    };
    merged.duplicates = before - merged.rows.len();
    merged.rows.extend(others);
    merged
}

fn merge_by_key(key: FieldId, mut rows: Vec<Row>) -> Merged {
    let text = |row: &Row| match row.cells.get(key.index()) {
        Some(Cell::Known(Value::Text(text))) => Some(text.clone()),
        _ => None,
    };
    rows.sort_by_cached_key(|row| (text(row), row.origin));
    let mut merged = Merged { rows: Vec::new(), duplicates: 0, conflicts: Vec::new() };
    for same in rows.chunk_by(|a, b| a.cells.get(key.index()) == b.cells.get(key.index())) {
        merged.rows.push(merge_group(key, same, &mut merged.conflicts));
    }
    merged
}

/// One row of rows with the same key: what they agree on stays, the rest is unknown.
fn merge_group(key: FieldId, same: &[Row], conflicts: &mut Vec<Conflict>) -> Row {
    let mut row = same[0].clone();
    for (position, cell) in row.cells.iter_mut().enumerate() {
        if same.iter().all(|other| other.cells[position] == *cell) {
            continue;
        }
        let mut said = same.iter().filter(|other| other.cells[position] != Cell::Unknown);
        if let Some(first) = said.next()
            && let Some(second) = said.find(|other| other.cells[position] != first.cells[position])
        {
            conflicts.push(Conflict {
                key: same[0].cells[key.index()].clone(),
                field: FieldId::from_index(position),
                first: first.origin,
                second: second.origin,
            });
        }
        *cell = Cell::Unknown;
    }
    row
}

/// Equal rows of several files are one event that several files tell of; equal rows of one file are several events.
/// So of each row as many stay as the file has that tells of it most often.
fn merge_equal(mut rows: Vec<Row>) -> Vec<Row> {
    struct Tally {
        current: (u32, usize),
        best: (u32, usize),
    }
    rows.sort_by_key(|row| row.origin.artifact);
    if rows.first().map(|row| row.origin.artifact) == rows.last().map(|row| row.origin.artifact) {
        return rows;
    }
    let mut tallies: HashMap<&[Cell], Tally> = HashMap::new();
    for row in &rows {
        let artifact = row.origin.artifact;
        let tally =
            tallies.entry(&row.cells).or_insert(Tally { current: (artifact, 0), best: (artifact, 0) });
        if tally.current.0 != artifact {
            tally.current = (artifact, 0);
        }
        tally.current.1 += 1;
        if tally.current.1 > tally.best.1 {
            tally.best = tally.current;
        }
    }
    let keep: Vec<bool> = rows
        .iter()
        .map(|row| tallies.get(&row.cells[..]).is_none_or(|tally| tally.best.0 == row.origin.artifact))
        .collect();
    let mut keep = keep.into_iter();
    rows.retain(|_| keep.next().unwrap_or(true));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(artifact: u32, line: u32, cells: &[&str]) -> Row {
        let cell = |text: &&str| match *text {
            "?" => Cell::Unknown,
            "-" => Cell::None,
            text => Cell::Known(Value::text(text)),
        };
        Row { cells: cells.iter().map(cell).collect(), origin: Origin { source: artifact, artifact, line } }
    }

    fn cells(merged: &Merged) -> Vec<Vec<Cell>> {
        merged.rows.iter().map(|row| row.cells.clone()).collect()
    }

    #[test]
    fn rows_of_one_key_agree_or_are_unknown() {
        let rows = vec![
            row(0, 2, &["甲", "a", "x", "-"]),
            row(1, 2, &["甲", "b", "x", "?"]),
            row(1, 3, &["乙", "a", "x", "-"]),
            row(0, 9, &["甲", "a", "x", "-"]),
        ];
        let mut turned = rows.clone();
        turned.reverse();
        let merged = merge(Some(FieldId(0)), rows, |_| true);
        assert_eq!(
            cells(&merged),
            [row(0, 0, &["乙", "a", "x", "-"]).cells, row(0, 0, &["甲", "?", "x", "?"]).cells]
        );
        assert_eq!(merged.duplicates, 2);
        let [conflict] = &merged.conflicts[..] else { panic!("{merged:?}") };
        assert_eq!((conflict.first.line, conflict.second.artifact), (2, 1));
        assert_eq!(merged, merge(Some(FieldId(0)), turned, |_| true));
    }

    #[test]
    fn rows_that_do_not_count_stay_apart() {
        let rows = vec![row(0, 2, &["甲", "a"]), row(1, 2, &["甲", "b"])];
        let merged = merge(Some(FieldId(0)), rows, |origin| origin.source == 1);
        assert_eq!((merged.rows.len(), merged.conflicts.len()), (2, 0));
    }

    #[test]
    fn equal_rows_of_several_files_are_one() {
        let rows = vec![
            row(0, 2, &["甲"]),
            row(1, 2, &["甲"]),
            row(1, 3, &["甲"]),
            row(2, 2, &["甲"]),
            row(2, 3, &["乙"]),
        ];
        let merged = merge(None, rows, |_| true);
        let places: Vec<(u32, u32)> =
            merged.rows.iter().map(|row| (row.origin.artifact, row.origin.line)).collect();
        assert_eq!((places, merged.duplicates), (vec![(1, 2), (1, 3), (2, 3)], 2));
    }
}
