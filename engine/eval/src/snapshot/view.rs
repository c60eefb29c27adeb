//! A fact as it counts as of one moment: which rows, how sure, by which keys, and what may be missing.

use std::borrow::Cow;

use kijun_ir::{FactId, FieldId, Truth};
use rustc_hash::FxHashMap;

use crate::{Column, Gap, Table};

/// The rows of a fact as of a moment.
#[derive(Debug)]
pub struct View<'a> {
    table: Cow<'a, Table>,
    rows: Vec<u32>,
    /// Empty where all rows are sure.
    certainty: Certainty,
    by_key: FxHashMap<u32, Keyed>,
    /// Of a relation, by row of its table: the rows that it was derived from.
    support: Vec<Vec<(FactId, u32)>>,
    gaps: Vec<Gap>,
}

/// By row of the table, in what way it is not sure.
#[derive(Debug, Default)]
pub(super) struct Certainty {
    /// Whether it is only possible.
    pub(super) possible: Vec<bool>,
    /// Whether it may stand for several, because not all of its cells are known.
    pub(super) many: Vec<bool>,
}

/// The rows of one key.
#[derive(Debug, PartialEq, Eq)]
enum Keyed {
    One(u32),
    More(Vec<u32>),
}

/// A row that a relation derives.
#[derive(Debug, Clone, PartialEq)]
pub struct DerivedRow {
    /// One cell a field; decimals without zeros at their end.
    pub cells: Vec<kijun_ir::Cell>,
    /// Whether it is surely there.
    pub sure: bool,
    /// The rows that it was derived from, those of one way: of the sure ones, or else of the possible ones, the least.
    pub support: Vec<(FactId, u32)>,
}

/// The rows of a relation as of a moment. No two of them have the same cells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Derivation {
    /// Its rows in any order.
    pub rows: Vec<DerivedRow>,
    /// Why further rows may be missing.
    pub gaps: Vec<Gap>,
}

impl<'a> View<'a> {
    /// All of these rows are sure.
    pub(super) fn new(table: Cow<'a, Table>, rows: Vec<u32>, key: Option<FieldId>, gaps: Vec<Gap>) -> Self {
        let by_key = by_key(&table, &rows, key);
        Self { table, rows, certainty: Certainty::default(), by_key, support: Vec::new(), gaps }
    }

    pub(super) fn derived(
        table: Table,
        certainty: Certainty,
        support: Vec<Vec<(FactId, u32)>>,
        gaps: Vec<Gap>,
    ) -> Self {
        let rows = (0..table.len()).collect();
        Self { table: Cow::Owned(table), rows, certainty, by_key: FxHashMap::default(), support, gaps }
    }

    /// Makes a key name no row, because more rows may have it than are seen.
    pub(super) fn obscure(&mut self, code: u32) {
        self.by_key.insert(code, Keyed::More(Vec::new()));
    }

    /// Rows with one key, as several sources showed them at an earlier moment, may contradict each other: each is only possible.
    pub(super) fn doubt_keys_told_twice(&mut self) {
        let told: Vec<&Vec<u32>> = self
            .by_key
            .values()
            .filter_map(|keyed| match keyed {
                Keyed::More(rows) => Some(rows),
                Keyed::One(_) => None,
            })
            .collect();
        if told.is_empty() {
            return;
        }
        let mut possible = vec![false; self.table.len() as usize];
        told.into_iter().flatten().for_each(|row| possible[*row as usize] = true);
        self.certainty.possible = possible;
    }

    /// The table of the fact, rows that do not count included.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The rows that count, ascending.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// True for a row that is surely there, unknown for one that is only possible.
    pub fn truth(&self, row: u32) -> Truth {
        match self.certainty.possible.get(row as usize) {
            Some(true) => Truth::Unknown,
            _ => Truth::True,
        }
    }

    /// Whether a row, which is then only possible, may stand for several: a relation has rows with equal cells once, and cells that are not known
    /// may be different ones.
    pub fn may_be_several(&self, row: u32) -> bool {
        self.certainty.many.get(row as usize) == Some(&true)
    }

    /// Whether no row is only possible.
    pub fn is_sure(&self) -> bool {
        !self.certainty.possible.contains(&true)
    }

    /// The rows with a key of this code. More than one, none, or too few to say mean that the key names no row by itself.
    pub fn rows_of_key(&self, code: u32) -> &[u32] {
        match self.by_key.get(&code) {
            Some(Keyed::One(row)) => std::slice::from_ref(row),
            Some(Keyed::More(rows)) => rows,
            None => &[],
        }
    }

    /// Of a relation: the rows that a row was derived from.
    pub fn support(&self, row: u32) -> &[(FactId, u32)] {
        self.support.get(row as usize).map_or(&[], |support| support)
    }

    /// Why rows may be missing, whatever is asked. Of an event it depends on the time asked about, and is not said here.
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }
}

fn by_key(table: &Table, rows: &[u32], key: Option<FieldId>) -> FxHashMap<u32, Keyed> {
    let mut by_key = FxHashMap::default();
    let Some(key) = key else { return by_key };
    let Column::Text(codes) = table.column(key) else { return by_key };
    for row in rows.iter().copied().filter(|row| table.is_known(*row, key)) {
        by_key
            .entry(codes[row as usize])
            .and_modify(|keyed: &mut Keyed| keyed.add(row))
            .or_insert(Keyed::One(row));
    }
    by_key
}

impl Keyed {
    fn add(&mut self, row: u32) {
        match self {
            Keyed::One(first) => *self = Keyed::More(vec![*first, row]),
            Keyed::More(rows) => rows.push(row),
        }
    }
}
