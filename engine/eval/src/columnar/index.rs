//! The rows of a view by the values of some of its fields.

use std::sync::Arc;

use kijun_ir::{FieldId, Kind};
use rustc_hash::FxHashMap;

use super::vector::{Values, Vector, word_of_day};
use crate::{Column, Table, View};

/// The rows of a view in groups. Rows of equal keys are in one group; where [`KeyIndex::is_exact`], only those.
#[derive(Debug)]
pub(super) struct KeyIndex<'e> {
    view: Arc<View<'e>>,
    fields: Vec<FieldId>,
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

impl<'e> KeyIndex<'e> {
    /// Groups the rows by fields that are keyable, of which there is at least one.
    pub(super) fn new(view: &Arc<View<'e>>, fields: &[FieldId]) -> Self {
        let table = view.table();
        let mut index = Self {
            view: Arc::clone(view),
            fields: fields.to_vec(),
            groups: FxHashMap::default(),
            rows: Vec::new(),
            starts: Vec::new(),
            loose: Vec::new(),
            is_exact: is_exact(table, fields),
        };
        let placed = index.place(view.rows(), |row| key_of_row(table, fields, row));
        index.fill(&placed);
        index
    }

    /// The rows with their groups, in the order of the rows.
    fn place(&mut self, rows: &[u32], key: impl Fn(u32) -> Option<u64>) -> Vec<(u32, u32)> {
        let mut placed = Vec::with_capacity(rows.len());
        for row in rows {
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

    /// The keys that an outer row asks for, one a position, given the values of the fields; `None` where it is not known, or not of the columns' types.
    pub(super) fn probes(&self, values: &[Vector], len: usize) -> Vec<Option<u64>> {
        let table = self.view.table();
        let mut sides = self.fields.iter().zip(values);
        if !sides.all(|(field, vector)| is_same_type(table, *field, vector)) {
            return vec![None; len];
        }
        (0..len).map(|at| packed(values.iter().map(|vector| vector.word(at)))).collect()
    }
}

/// Whether a field of this kind can be part of a key. Kinds whose equal values may differ in form, such as 1.0 and 1.00, cannot.
pub(super) fn is_keyable(kind: Kind) -> bool {
    matches!(kind, Kind::Text | Kind::Ref(_) | Kind::Int | Kind::Bool | Kind::Date | Kind::Enum(_))
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
        Column::Decimal(_)
        | Column::DateTime(_)
        | Column::Duration(_)
        | Column::Period(_)
        | Column::Ip(_)
        | Column::Cidr(_) => None,
    }
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
