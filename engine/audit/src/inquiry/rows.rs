//! The rows that a question finds: those of the quantifier that it consists of.

use kijun_eval::{AsOf, RowsRead, Snapshot, Step, StepKind, cell_text, class_of_field, row_name};
use kijun_ir::{FactId, Truth};

use crate::record::{FactName, Piece};

/// How many rows are listed.
pub const LISTED_ROWS: usize = 20;

/// The rows for which the condition of a quantifier holds, or may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundRows {
    /// The fact.
    pub fact: FactName,
    /// How many rows were looked at.
    pub read: usize,
    /// For how many the condition holds.
    pub sure: usize,
    /// For how many it may hold.
    pub unsure: usize,
    /// The first of them, [`LISTED_ROWS`] at most.
    pub listed: Vec<FoundRow>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundRow {
    /// What people call it.
    pub name: String,
    /// Whether the condition holds for it, or may hold.
    pub truth: Truth,
    /// Where it comes from; `None` for a row that rules make.
    pub place: Option<FoundPlace>,
    /// Its cells in the order of the fields.
    pub cells: Vec<FoundCell>,
}

/// Where a row of evidence comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPlace {
    /// The file, relative to the workspace.
    pub path: String,
    /// The line on which the row begins, from 1.
    pub line: u32,
}

/// A cell of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCell {
    /// The name of the field.
    pub field: String,
    /// Its label.
    pub label: String,
    /// The value as people read it.
    pub value: Piece,
}

/// The rows of the quantifier that a step consists of; `None` where it is of another kind, or of several.
pub(super) fn of_step(snapshot: &Snapshot<'_>, step: &Step) -> Option<FoundRows> {
    read_of(step).map(|read| found(snapshot, read))
}

/// The rows that a step consists of reading, negations and names of definitions looked through.
fn read_of(step: &Step) -> Option<&RowsRead> {
    match (&step.kind, step.parts.as_slice()) {
        (StepKind::Rows(read) | StepKind::Aggregate { read, .. }, _) => Some(read),
        (StepKind::Not | StepKind::Admissible | StepKind::Named(_), [part]) => read_of(part),
        (StepKind::Values(values), [part]) if values.len() == 1 => read_of(part),
        _ => None,
    }
}

fn found(snapshot: &Snapshot<'_>, read: &RowsRead) -> FoundRows {
    let fact = &snapshot.program.facts[read.fact];
    let sure = read.rows.iter().filter(|(_, truth)| *truth == Truth::True).count();
    let listed = read.rows.iter().take(LISTED_ROWS);
    FoundRows {
        fact: FactName { name: fact.name.clone(), label: fact.label.clone() },
        read: read.read,
        sure,
        unsure: read.rows.len() - sure,
        listed: listed.map(|(row, truth)| found_row(snapshot, read, *row, *truth)).collect(),
    }
}

fn found_row(snapshot: &Snapshot<'_>, read: &RowsRead, row: u32, truth: Truth) -> FoundRow {
    FoundRow {
        name: row_name(snapshot, read.fact, row, read.as_of),
        truth,
        place: place(snapshot, read.fact, row),
        cells: cells(snapshot, read.fact, row, read.as_of),
    }
}

fn place(snapshot: &Snapshot<'_>, fact: FactId, row: u32) -> Option<FoundPlace> {
    if !snapshot.program.facts[fact].is_collected() {
        return None;
    }
    let origin = snapshot.evidence.tables[fact].origin(row);
    let artifact = snapshot.evidence.artifacts.get(origin.artifact as usize)?;
    Some(FoundPlace { path: artifact.path.clone(), line: origin.line })
}

fn cells(snapshot: &Snapshot<'_>, fact: FactId, row: u32, as_of: AsOf) -> Vec<FoundCell> {
    let Some(view) = snapshot.view(fact, as_of) else { return Vec::new() };
    let cell = |(id, field): (kijun_ir::FieldId, &kijun_ir::Field)| {
        let cell = view.table().cell(&&snapshot.texts, row, id);
        let value =
            Piece { text: cell_text(snapshot, &cell, field.ty), class: class_of_field(snapshot, fact, id) };
        FoundCell { field: field.name.clone(), label: field.label.clone(), value }
    };
    snapshot.program.facts[fact].fields.iter().map(cell).collect()
}
