//! Makes one row of those that speak of the same thing.

use std::collections::{BTreeMap, HashMap};

use kijun_eval::Origin;
use kijun_ir::{Cell, Fact, FieldId, Index, Value};

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

/// What says that two rows speak of the same thing: the key, and where rows carry their own validity, since when they hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Identity {
    key: Option<FieldId>,
    since: Option<FieldId>,
}

impl Identity {
    pub(super) fn of(fact: &Fact) -> Self {
        let validity = fact.valid;
        let since = validity.and_then(|validity| {
            validity.from.or(validity.within).or(validity.until.map(|(field, _)| field))
        });
        Self { key: fact.key, since }
    }

    /// Rows of which it is not known since when they hold may speak of different times, and stay apart.
    fn is_same(self, a: &Row, b: &Row) -> bool {
        let mut fields = self.key.into_iter().chain(self.since);
        let is_told = self.since.is_none_or(|since| a.cells.get(since.index()) != Some(&Cell::Unknown));
        is_told && fields.all(|field| a.cells.get(field.index()) == b.cells.get(field.index()))
    }
}

/// Merges rows by their identity, or where there is no key, by all cells: those that `counts` holds for with each other, the others only
/// with those of the same collection. A picture that is too old must neither contradict a fresh one nor fill it up.
pub(super) fn merge(identity: Identity, rows: Vec<Row>, counts: impl Fn(&Origin) -> bool) -> Merged {
    let mut groups: BTreeMap<Option<(u32, u32)>, Vec<Row>> = BTreeMap::new();
    for row in rows {
        let past = (!counts(&row.origin)).then_some((row.origin.source, row.origin.collection));
        groups.entry(past).or_default().push(row);
    }
    let mut merged = Merged { rows: Vec::new(), duplicates: 0, conflicts: Vec::new() };
    for (past, rows) in groups {
        let before = rows.len();
        let kept = match identity.key {
            Some(key) => merge_by_key(identity, key, rows, &mut merged.conflicts),
            None => merge_equal(rows),
        };
        merged.duplicates += if past.is_none() { before - kept.len() } else { 0 };
        merged.rows.extend(kept);
    }
    merged
}

fn merge_by_key(
    identity: Identity,
    key: FieldId,
    mut rows: Vec<Row>,
    conflicts: &mut Vec<Conflict>,
) -> Vec<Row> {
    let text = |row: &Row| match row.cells.get(key.index()) {
        Some(Cell::Known(Value::Text(text))) => Some(text.clone()),
        _ => None,
    };
    let since = |row: &Row| match identity.since.and_then(|field| row.cells.get(field.index())) {
        Some(Cell::Known(value)) => format!("{value:?}"),
        other => format!("{other:?}"),
    };
    rows.sort_by_cached_key(|row| (text(row), since(row), row.origin));
    let same = rows.chunk_by(|a, b| identity.is_same(a, b));
    same.map(|same| merge_group(key, same, conflicts)).collect()
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

    const BY_KEY: Identity = Identity { key: Some(FieldId(0)), since: None };

    fn row(artifact: u32, line: u32, cells: &[&str]) -> Row {
        let cell = |text: &&str| match *text {
            "?" => Cell::Unknown,
            "-" => Cell::None,
            text => Cell::Known(Value::text(text)),
        };
        Row {
            cells: cells.iter().map(cell).collect(),
            origin: Origin { source: artifact, collection: 0, artifact, line },
        }
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
        let merged = merge(BY_KEY, rows, |_| true);
        assert_eq!(
            cells(&merged),
            [row(0, 0, &["乙", "a", "x", "-"]).cells, row(0, 0, &["甲", "?", "x", "?"]).cells]
        );
        assert_eq!(merged.duplicates, 2);
        let [conflict] = &merged.conflicts[..] else { panic!("{merged:?}") };
        assert_eq!((conflict.first.line, conflict.second.artifact), (2, 1));
        assert_eq!(merged, merge(BY_KEY, turned, |_| true));
    }

    #[test]
    fn rows_that_do_not_count_stay_apart() {
        let rows = vec![row(0, 2, &["甲", "a"]), row(1, 2, &["甲", "b"])];
        let merged = merge(BY_KEY, rows, |origin| origin.source == 1);
        assert_eq!((merged.rows.len(), merged.conflicts.len()), (2, 0));
    }

    #[test]
    fn rows_of_one_key_that_hold_since_different_days_are_different() {
        let rows =
            vec![row(0, 2, &["甲", "a", "x"]), row(0, 3, &["甲", "b", "y"]), row(1, 2, &["甲", "a", "z"])];
        let merged = merge(Identity { since: Some(FieldId(1)), ..BY_KEY }, rows, |_| true);
        assert_eq!(cells(&merged), [row(0, 0, &["甲", "a", "?"]).cells, row(0, 0, &["甲", "b", "y"]).cells]);
        assert_eq!((merged.duplicates, merged.conflicts.len()), (1, 1));
    }

    #[test]
    fn rows_of_one_key_that_hold_since_nobody_knows_when_stay_apart() {
        let rows = vec![row(0, 2, &["甲", "?", "x"]), row(0, 3, &["甲", "?", "y"])];
        let merged = merge(Identity { since: Some(FieldId(1)), ..BY_KEY }, rows, |_| true);
        assert_eq!((merged.rows.len(), merged.duplicates, merged.conflicts.len()), (2, 0, 0));
    }

    #[test]
    fn rows_that_do_not_count_are_merged_within_their_collection() {
        let rows = vec![row(0, 2, &["甲", "a"]), row(0, 3, &["甲", "b"]), row(1, 2, &["甲", "c"])];
        let merged = merge(BY_KEY, rows, |origin| origin.source == 1);
        assert_eq!(cells(&merged), [row(0, 0, &["甲", "c"]).cells, row(0, 0, &["甲", "?"]).cells]);
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
        let merged = merge(Identity { key: None, since: None }, rows, |_| true);
        let places: Vec<(u32, u32)> =
            merged.rows.iter().map(|row| (row.origin.artifact, row.origin.line)).collect();
        assert_eq!((places, merged.duplicates), (vec![(1, 2), (1, 3), (2, 3)], 2));
    }
}
