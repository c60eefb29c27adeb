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
    /// What is supposed of it, as a clause.
    pub(super) supposed: Bilingual,
    /// How the evidence changes.
    pub(super) changes: Vec<Change>,
}

impl Choice {
    /// The same beside an entry that brings a row itself.
    pub(super) fn beside_another(self) -> Self {
        let brings_none = |change: &Change| matches!(change, Change::Deliver { .. } | Change::Mend { .. });
        if !self.changes.iter().any(brings_none) {
            return self;
        }
        let supposed = Bilingual::new("ほかに回答がなければ", "there is no other answer");
        Self { supposed, ..self }
    }
}

/// The ways of supplying what is missing; none where it cannot be tried.
pub(super) fn choices(
    snapshot: &Snapshot<'_>,
    rule: &Rule,
    subject: Option<Subject>,
    lack: &Lack,
) -> Vec<Choice> {
    match lack {
        Lack::Missing(Reason::Gap(gap)) => covering(gap).into_iter().collect(),
        Lack::Missing(Reason::Missing { fact, row, field }) => filling(snapshot, rule, *fact, *row, *field),
        Lack::Missing(Reason::Dangling { fact, key, .. }) => {
            let supposed = Bilingual::new("その行がほかの行と同じようなら", "that row is like others");
            let changes = naming(snapshot, *fact, key);
            if changes.is_empty() { Vec::new() } else { vec![Choice { supposed, changes }] }
        }
        Lack::Missing(Reason::Simultaneous { fact, second, .. }) => {
            let supposed =
                Bilingual::new("後に書かれた方が後なら", "the one written later was the later one");
            apart(snapshot, *fact, *second).into_iter().map(|change| only(&supposed, change)).collect()
        }
        Lack::Missing(
            Reason::Derived { .. }
            | Reason::Inadmissible { .. }
            | Reason::NotShown { .. }
            | Reason::BeyondCalendar
            | Reason::OutOfRange,
        ) => Vec::new(),
        Lack::Rows { span, count, .. } => {
            let subject = subject.filter(|_| *count > 0);
            let rows =
                subject.map(|subject| new_rows(snapshot, rule, subject, *span, *count)).unwrap_or_default();
            let supposed = Bilingual::new("その行があれば", "there are such rows");
            rows.into_iter().map(|changes| Choice { supposed: supposed.clone(), changes }).collect()
        }
        Lack::Extra { fact, row, as_of } => {
            let rests_on = evidence_of(snapshot, *fact, *row, *as_of);
            let gone = rests_on.first().map(|(fact, row)| Change::Remove { fact: *fact, row: *row });
            let supposed = Bilingual::new("その行がなければ", "that row is not there");
            gone.into_iter().map(|change| only(&supposed, change)).collect()
        }
        Lack::Cells(spots) => {
            let filled = |spot: &Spot| filling(snapshot, rule, spot.fact, spot.row, spot.field);
            spots.iter().flat_map(filled).collect()
        }
    }
}

fn only(supposed: &Bilingual, change: Change) -> Choice {
    Choice { supposed: supposed.clone(), changes: vec![change] }
}

/// How a gap is closed, by evidence that brings nothing new.
fn covering(gap: &Gap) -> Option<Choice> {
    let fact = gap.fact;
    let Some(source) = gap.source.clone() else {
        let nothing = Bilingual::new("届いた記録に行がなければ", "it brings no row");
        let is_open = matches!(gap.kind, GapKind::NoSource);
        return is_open.then(|| only(&nothing, Change::Deliver { fact, source: None }));
    };
    let (supposed, change) = match &gap.kind {
        GapKind::NoSource | GapKind::NoCollection => (
            Bilingual::new("届いた記録に行がなければ", "it brings no row"),
            Change::Deliver { fact, source: Some(source) },
        ),
        GapKind::Stale(at) => (
            Bilingual::new("新しい写しが前の写しと同じなら", "the new export shows what the last one showed"),
            Change::Refresh { fact, source, at: *at },
        ),
        GapKind::Later(_) => (
            Bilingual::new(
                "その時点の写しが後の写しと同じなら",
                "that export shows what the later one shows",
            ),
            Change::Precede { fact, source },
        ),
        GapKind::Defect(_) => (
            Bilingual::new("今ある行のほかに行がなければ", "there are no rows but those that are there now"),
            Change::Mend { fact, source },
        ),
        GapKind::Uncollected { from, to } => (
            Bilingual::new("その間の記録に行がなければ", "nothing is recorded of that time"),
            Change::Cover { fact, source, from: *from, to: *to },
        ),
        GapKind::Unpaired(_) | GapKind::NoMoment | GapKind::Ahead | GapKind::BeyondCalendar => return None,
    };
    Some(only(&supposed, change))
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
            true => bilingual!("「{label}」が「{shown}」なら", "{name} is `{shown}`"),
            false => bilingual!("「{label}」が別のある値なら", "{name} has some other value"),
        };
        Choice { supposed, changes: vec![Change::Fill { fact, row, field, cell }] }
    };
    values.map(choice).collect()
}

/// A row with that key: a further one like others, or but the first of several.
fn naming(snapshot: &Snapshot<'_>, fact: FactId, key: &str) -> Vec<Change> {
    let declared = &snapshot.program.facts[fact];
    let Some(field) = declared.key.filter(|_| declared.is_collected()) else { return Vec::new() };
    let table = &snapshot.evidence.tables[fact];
    let cell = |row, field| table.cell(&snapshot.evidence.dictionary, row, field);
    let key = Cell::Known(Value::text(key));
    let named: Vec<u32> = (0..table.len()).filter(|row| cell(*row, field) == key).collect();
    if let [_, others @ ..] = named.as_slice() {
        return others.iter().map(|row| Change::Remove { fact, row: *row }).collect();
    }
    let mut cells: Vec<Cell> = match table.len().checked_sub(1) {
        Some(row) => declared.fields.ids().map(|field| cell(row, field)).collect(),
        None => declared.fields.ids().map(|_| Cell::Unknown).collect(),
    };
    cells[field.0 as usize] = key;
    vec![Change::Add { fact, cells }]
}

/// The later of two events, a microsecond later still.
fn apart(snapshot: &Snapshot<'_>, fact: FactId, row: u32) -> Option<Change> {
    let field = snapshot.program.facts[fact].time()?;
    let cell = snapshot.evidence.tables[fact].cell(&snapshot.evidence.dictionary, row, field);
    let Cell::Known(Value::DateTime(at)) = cell else { return None };
    let later = at.checked_add(jiff::Span::new().microseconds(1)).ok()?;
    Some(Change::Fill { fact, row, field, cell: Cell::Known(Value::DateTime(later)) })
}
