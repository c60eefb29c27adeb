//! The ways in which a piece of evidence that is missing may turn out.

use kijun_eval::{
    Gap, GapKind, Lack, Reason, Snapshot, Spot, Subject, cell_text, class_of_field, evidence_of,
};
use kijun_ir::{Cell, Class, FactId, FieldId, Rule, Value};
use kijun_source::{Bilingual, bilingual};

use super::change::Change;
use super::row::new_rows;
use super::value::candidates;

/// One way.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    /// What is supposed of it; `None` where there is but one way.
    pub(super) supposed: Option<Bilingual>,
    /// How the evidence changes.
    pub(super) changes: Vec<Change>,
}

/// The ways of supplying what is missing; none where it cannot be tried.
pub(super) fn choices(
    snapshot: &Snapshot<'_>,
    rule: &Rule,
    subject: Option<Subject>,
    lack: &Lack,
) -> Vec<Choice> {
    match lack {
        Lack::Missing(Reason::Gap(gap)) => covering(gap).into_iter().map(only).collect(),
        Lack::Missing(Reason::Missing { fact, row, field }) => filling(snapshot, rule, *fact, *row, *field),
        Lack::Missing(Reason::Dangling { fact, key, .. }) => {
            naming(snapshot, *fact, key).into_iter().map(only).collect()
        }
        Lack::Missing(Reason::Simultaneous { fact, second, .. }) => {
            apart(snapshot, *fact, *second).into_iter().map(only).collect()
        }
        Lack::Missing(Reason::Derived { .. } | Reason::BeyondCalendar | Reason::OutOfRange) => Vec::new(),
        Lack::Rows { span, count, .. } => {
            let subject = subject.filter(|_| *count > 0);
            let rows =
                subject.map(|subject| new_rows(snapshot, rule, subject, *span, *count)).unwrap_or_default();
            rows.into_iter().map(|changes| Choice { supposed: None, changes }).collect()
        }
        Lack::Extra { fact, row, as_of } => {
            let rests_on = evidence_of(snapshot, *fact, *row, *as_of);
            let gone = rests_on.first().map(|(fact, row)| Change::Remove { fact: *fact, row: *row });
            gone.into_iter().map(only).collect()
        }
        Lack::Cells(spots) => {
            let filled = |spot: &Spot| filling(snapshot, rule, spot.fact, spot.row, spot.field);
            spots.iter().flat_map(filled).collect()
        }
    }
}

fn only(change: Change) -> Choice {
    Choice { supposed: None, changes: vec![change] }
}

/// How a gap is closed.
fn covering(gap: &Gap) -> Option<Change> {
    let fact = gap.fact;
    let Some(source) = gap.source.clone() else {
        return matches!(gap.kind, GapKind::NoSource).then_some(Change::Deliver { fact, source: None });
    };
    match &gap.kind {
        GapKind::NoSource | GapKind::NoCollection => Some(Change::Deliver { fact, source: Some(source) }),
        GapKind::Stale(at) => Some(Change::Refresh { fact, source, at: *at }),
        GapKind::Later(_) => Some(Change::Precede { fact, source }),
        GapKind::Defect(_) => Some(Change::Mend { fact, source }),
        GapKind::Uncollected { from, to } => Some(Change::Cover { fact, source, from: *from, to: *to }),
        GapKind::Unpaired(_) | GapKind::NoMoment | GapKind::Ahead | GapKind::BeyondCalendar => None,
    }
}

/// The values that a cell may hold.
fn filling(snapshot: &Snapshot<'_>, rule: &Rule, fact: FactId, row: u32, field: FieldId) -> Vec<Choice> {
    let declared = &snapshot.program.facts[fact];
    if !declared.is_collected() {
        return Vec::new();
    }
    let now = snapshot.evidence.tables[fact].cell(&snapshot.evidence.dictionary, row, field);
    let ty = declared.fields[field].ty;
    let open = class_of_field(snapshot, fact, field) == Class::Open;
    let values = candidates(snapshot, rule, fact, field).into_iter().filter(|cell| *cell != now);
    let choice = |cell: Cell| {
        let label = &declared.fields[field].label;
        let name = &declared.fields[field].name;
        let shown = cell_text(snapshot, &cell, ty);
        let supposed = match open {
            true => bilingual!("「{label}」が「{shown}」", "{name} is `{shown}`"),
            false => bilingual!("「{label}」がある値", "{name} has some other value"),
        };
        Choice { supposed: Some(supposed), changes: vec![Change::Fill { fact, row, field, cell }] }
    };
    values.map(choice).collect()
}

/// A row with that key: a further one like others, or but one of several.
fn naming(snapshot: &Snapshot<'_>, fact: FactId, key: &str) -> Option<Change> {
    let declared = &snapshot.program.facts[fact];
    let field = declared.key.filter(|_| declared.is_collected())?;
    let table = &snapshot.evidence.tables[fact];
    let row = table.len().checked_sub(1);
    let mut cells: Vec<Cell> = match row {
        Some(row) => {
            declared.fields.ids().map(|field| table.cell(&snapshot.evidence.dictionary, row, field)).collect()
        }
        None => declared.fields.ids().map(|_| Cell::Unknown).collect(),
    };
    cells[field.0 as usize] = Cell::Known(Value::text(key));
    Some(Change::Add { fact, cells })
}

/// The later of two events, a microsecond later still.
fn apart(snapshot: &Snapshot<'_>, fact: FactId, row: u32) -> Option<Change> {
    let field = snapshot.program.facts[fact].time()?;
    let cell = snapshot.evidence.tables[fact].cell(&snapshot.evidence.dictionary, row, field);
    let Cell::Known(Value::DateTime(at)) = cell else { return None };
    let later = at.checked_add(jiff::Span::new().microseconds(1)).ok()?;
    Some(Change::Fill { fact, row, field, cell: Cell::Known(Value::DateTime(later)) })
}
