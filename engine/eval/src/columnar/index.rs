//! The rows of a fact by the values of some of its fields.

use kijun_ir::{FactId, FieldId};
use rustc_hash::FxHashMap;

use super::vector::{Values, Vector};
use crate::{Column, Snapshot, Table};

/// What an index is asked for; quantifiers that ask the same share it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct IndexKey {
    pub(super) fact: FactId,
    /// At least one.
    pub(super) fields: Vec<FieldId>,
}

/// The visible rows of a fact in groups. Rows of equal keys are in one group; where [`KeyIndex::is_exact`], only those.
#[derive(Debug)]
pub(super) struct KeyIndex {
    groups: FxHashMap<u64, u32>,
    /// The rows, group by group, ascending within a group.
    rows: Vec<u32>,
    /// Where each group begins, and where the last ends.
    starts: Vec<u32>,
    /// The rows with a key that is not wholly known: for all that is known they could be in any group.
    pub(super) loose: Vec<u32>,
    /// Whether different keys are never in the same group.
    pub(super) is_exact: bool,
}

impl KeyIndex {
    pub(super) fn new(snapshot: &Snapshot<'_>, key: &IndexKey) -> Self {
        let table = snapshot.table(key.fact);
        let mut index = Self {
            groups: FxHashMap::default(),
            rows: Vec::new(),
            starts: Vec::new(),
            loose: Vec::new(),
            is_exact: is_exact(table, &key.fields),
        };
        let placed = index.place(snapshot.visible(key.fact), |row| key_of_row(table, &key.fields, row));
        index.fill(&placed);
        index
    }

    /// The rows with their groups, in the order of the rows.
    fn place(&mut self, visible: &[u32], key: impl Fn(u32) -> Option<u64>) -> Vec<(u32, u32)> {
        let mut placed = Vec::with_capacity(visible.len());
        for row in visible {
            match key(*row) {
                Some(key) => {
                    let next = count32(self.groups.len());
                    placed.push((*self.groups.entry(key).or_insert(next), *row));
                }
                None => self.loose.push(*row),
            }
        }
        placed
    }

    fn fill(&mut self, placed: &[(u32, u32)]) {
        let mut ends = vec![0; self.groups.len() + 1];
        for (group, _) in placed {
            ends[*group as usize + 1] += 1;
        }
        for group in 1..ends.len() {
            ends[group] += ends[group - 1];
        }
        self.starts.clone_from(&ends);
        self.rows.resize(placed.len(), 0);
        for (group, row) in placed {
            let next = &mut ends[*group as usize];
            self.rows[*next as usize] = *row;
            *next += 1;
        }
    }

    pub(super) fn group(&self, key: u64) -> Option<u32> {
        self.groups.get(&key).copied()
    }

    pub(super) fn group_count(&self) -> usize {
        self.groups.len()
    }

    pub(super) fn rows_of(&self, group: u32) -> &[u32] {
        let group = group as usize;
        &self.rows[self.starts[group] as usize..self.starts[group + 1] as usize]
    }
}

/// Whether a field can be part of a key. Kinds whose equal values may differ in form, such as 1.0 and 1.00, cannot.
pub(super) fn is_keyable(table: &Table, field: FieldId) -> bool {
    matches!(
        table.column(field),
        Column::Text(_) | Column::Int(_) | Column::Bool(_) | Column::Date(_) | Column::Enum(_)
    )
}

/// The keys that an outer row asks for, one a position; `None` where it is not known, or not of the columns' types.
pub(super) fn probes(table: &Table, fields: &[FieldId], values: &[Vector], len: usize) -> Vec<Option<u64>> {
    let same_types = fields.iter().zip(values).all(|(field, vector)| is_same_type(table, *field, vector));
    if !same_types {
        return vec![None; len];
    }
    let known = values.iter().map(|vector| vector.known.clone()).reduce(|a, b| a.and(&b));
    let is_known = |at: usize| known.as_ref().is_some_and(|known| known.get(at));
    let key = |at: usize| packed(values.iter().map(|vector| word_of_value(vector, at)));
    (0..len).map(|at| if is_known(at) { key(at) } else { None }).collect()
}

fn key_of_row(table: &Table, fields: &[FieldId], row: u32) -> Option<u64> {
    packed(fields.iter().map(|field| {
        let known = table.is_known(row, *field);
        if known { word_of_cell(table.column(*field), row as usize) } else { None }
    }))
}

/// Two words of 32 bits side by side, more or longer ones mixed. A single word is itself.
fn packed(words: impl Iterator<Item = Option<u64>>) -> Option<u64> {
    let mix = |key: u64, word: u64| match (u32::try_from(key), u32::try_from(word)) {
        (Ok(key), Ok(word)) => u64::from(key) << 32 | u64::from(word),
        _ => (key.rotate_left(26) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15),
    };
    let mut words = words;
    let first = words.next()??;
    words.try_fold(first, |key, word| word.map(|word| mix(key, word)))
}

fn is_exact(table: &Table, fields: &[FieldId]) -> bool {
    let is_short = |field: &FieldId| !matches!(table.column(*field), Column::Int(_));
    fields.len() == 1 || (fields.len() == 2 && fields.iter().all(is_short))
}

fn word_of_cell(column: &Column, row: usize) -> Option<u64> {
    match column {
        Column::Text(values) => Some(u64::from(values[row])),
        Column::Int(values) => Some(values[row].cast_unsigned()),
        Column::Bool(values) => Some(u64::from(values[row])),
        Column::Date(values) => Some(word_of_day(values[row])),
        Column::Enum(values) => Some(u64::from(values[row])),
        Column::Decimal(_) | Column::DateTime(_) | Column::Duration(_) => None,
    }
}

fn word_of_value(vector: &Vector, at: usize) -> Option<u64> {
    match &vector.values {
        Values::Text(values) => Some(u64::from(values[at])),
        Values::Int(values) => Some(values[at].cast_unsigned()),
        Values::Bool(values) => Some(u64::from(values.get(at))),
        Values::Date(values) => Some(word_of_day(values[at])),
        Values::Enum(values) => Some(u64::from(values[at])),
        Values::Absent | Values::Decimal(_) | Values::DateTime(_) | Values::Duration(_) => None,
    }
}

/// Different days have different words of 32 bits.
fn word_of_day(day: jiff::civil::Date) -> u64 {
    let month_and_day = u64::from(day.month().cast_unsigned()) << 8 | u64::from(day.day().cast_unsigned());
    u64::from(day.year().cast_unsigned()) << 16 | month_and_day
}

fn is_same_type(table: &Table, field: FieldId, vector: &Vector) -> bool {
    matches!(
        (table.column(field), &vector.values),
        (Column::Text(_), Values::Text(_))
            | (Column::Int(_), Values::Int(_))
            | (Column::Bool(_), Values::Bool(_))
            | (Column::Date(_), Values::Date(_))
            | (Column::Enum(_), Values::Enum(_))
    )
}

/// A table has fewer than 2³² rows.
fn count32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
