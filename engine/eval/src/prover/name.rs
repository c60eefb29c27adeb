//! What people call rows and subjects.

use jiff::civil::Date;
use kijun_ir::{Calendar, Cell, Class, Fact, FactId, FactKind, FieldId, Kind, Part, Rule, Value};

use super::text::{cell_text, class_of_field};
use crate::{AsOf, Snapshot, Subject, View};

/// What people call a subject; `None` for the organisation.
pub fn subject_name(snapshot: &Snapshot<'_>, rule: &Rule, subject: Subject) -> Option<String> {
    let fact = rule.population.as_ref()?.rows.fact;
    match subject {
        Subject::Organisation(_) => None,
        Subject::Row(row, _) => Some(row_name(snapshot, fact, row, snapshot.row_as_of(rule, subject))),
        Subject::Pair(first, second) => {
            let name = |row| row_name(snapshot, fact, row, AsOf::Today);
            Some(format!("{} → {}", name(first), name(second)))
        }
    }
}

/// What people call a row of a fact as of a moment. Only what anyone may see: a personal or secret field is passed over, be it the key.
///
/// Its key; without one, of evidence the time and the first two other fields that name something, of a relation all cells, of the calendar
/// the month `2026-04`, of the gaps of a log the source and the time.
pub fn row_name(snapshot: &Snapshot<'_>, fact: FactId, row: u32, as_of: AsOf) -> String {
    let Some(view) = snapshot.view(fact, as_of) else { return line_name(row + 1) };
    let named = Named { snapshot, fact, view: &view, row };
    let declared = &snapshot.program.facts[fact];
    let words = match declared.kind {
        FactKind::State | FactKind::Event { .. } | FactKind::Table => {
            if let Some(name) = declared.key.and_then(|key| named.known(key)) {
                return name;
            }
            named.evidence(declared)
        }
        FactKind::Relation(_) => named.open_cells(declared),
        FactKind::Calendar(part) => named
            .start()
            .map(|start| part_name(&snapshot.program.calendar, part, start))
            .into_iter()
            .collect(),
        FactKind::Gaps(_) => vec![named.shown(FieldId(0)), named.stretch()],
    };
    match declared.kind {
        _ if !words.is_empty() => words.join(" "),
        FactKind::Relation(_) => line_name(row + 1),
        _ => line_name(view.table().origin(row).line),
    }
}

fn line_name(line: u32) -> String {
    format!("{line}行目")
}

/// A row that is to be named.
struct Named<'a, 'e> {
    snapshot: &'a Snapshot<'e>,
    fact: FactId,
    view: &'a View<'e>,
    row: u32,
}

impl Named<'_, '_> {
    fn cell(&self, field: FieldId) -> Cell {
        self.view.table().cell(&&self.snapshot.texts, self.row, field)
    }

    /// A cell as people read it.
    fn shown(&self, field: FieldId) -> String {
        let ty = self.snapshot.program.facts[self.fact].fields[field].ty;
        cell_text(self.snapshot, &self.cell(field), ty)
    }

    fn is_open(&self, field: FieldId) -> bool {
        class_of_field(self.snapshot, self.fact, field) == Class::Open
    }

    /// The value of an open field as people read it, if it is known.
    fn known(&self, field: FieldId) -> Option<String> {
        let shown = self.is_open(field) && matches!(self.cell(field), Cell::Known(_));
        shown.then(|| self.shown(field))
    }

    /// The time and the first two fields that name something.
    fn evidence(&self, fact: &Fact) -> Vec<String> {
        let names = naming_fields(fact).filter_map(|field| self.known(field)).take(2);
        fact.time().and_then(|time| self.known(time)).into_iter().chain(names).collect()
    }

    fn open_cells(&self, fact: &Fact) -> Vec<String> {
        let open = fact.fields.ids().filter(|field| self.is_open(*field));
        open.map(|field| self.shown(field)).collect()
    }

    /// The first day of a part of the calendar.
    fn start(&self) -> Option<Date> {
        match self.cell(FieldId(0)) {
            Cell::Known(Value::Date(start)) => Some(start),
            _ => None,
        }
    }

    /// From when to when a log has a gap.
    fn stretch(&self) -> String {
        format!("{}〜{}", self.shown(FieldId(1)), self.shown(FieldId(2)))
    }
}

/// The fields other than the key that hold texts or references.
fn naming_fields(fact: &Fact) -> impl Iterator<Item = FieldId> {
    let names = |kind| matches!(kind, Kind::Text | Kind::Ref(_));
    let fields = fact.fields.iter().filter(move |(id, field)| names(field.ty.kind) && fact.key != Some(*id));
    fields.map(|(id, _)| id)
}

/// The part of the calendar that begins on a day. A fiscal year is called after the year in which it begins.
pub(super) fn part_name(calendar: &Calendar, part: Part, start: Date) -> String {
    match part {
        Part::Day => start.to_string(),
        Part::Month => start.strftime("%Y-%m").to_string(),
        Part::Quarter => {
            let year = calendar.fiscal_year_of(start).map_or(start.year(), |year| year.start.year());
            let quarter = (start.month() - calendar.fiscal_month).rem_euclid(12) / 3 + 1;
            format!("{year}年度第{quarter}四半期")
        }
        Part::FiscalYear => format!("{}年度", start.year()),
    }
}
