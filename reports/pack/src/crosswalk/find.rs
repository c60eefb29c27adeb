//! What a word on the command line stands for: duties, controls, a catalogue.

use kijun_ir::{CatalogueId, Clause, Duty, DutyId, Program};

use super::Selection;

/// A duty or a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// A duty.
    Duty(DutyId),
    /// A control, by its position in its catalogue.
    Control(CatalogueId, usize),
}

/// The duties of that id, or of the criterion or section of that id, and the controls of that id, whatever the catalogue. The error is the
/// nearest id there is.
pub fn find(selection: Selection<'_>, id: &str) -> Result<Vec<Found>, Option<String>> {
    let program = selection.program;
    let duties = program.duties.iter().filter(|(_, duty)| is_of(program, duty, id));
    let duties = duties.map(|(duty, _)| Found::Duty(duty));
    let controls = controls(selection).filter(|(_, _, control)| *control == id);
    let found: Vec<Found> =
        duties.chain(controls.map(|(catalogue, at, _)| Found::Control(catalogue, at))).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let ids = program.duties.values().map(|duty| duty.id.as_str());
    let ids = ids.chain(controls_ids(selection));
    Err(kijun_source::nearest(id, ids).map(str::to_owned))
}

/// The catalogue of that name or title; else the nearest name there is.
pub fn catalogue(program: &Program, name: &str) -> Result<CatalogueId, Option<String>> {
    let mut catalogues = program.catalogues.iter();
    let found = catalogues.find(|(_, catalogue)| catalogue.name == name || catalogue.title == name);
    let names = program.catalogues.values().map(|catalogue| catalogue.name.as_str());
    found.map(|(id, _)| id).ok_or_else(|| kijun_source::nearest(name, names).map(str::to_owned))
}

fn is_of(program: &Program, duty: &Duty, id: &str) -> bool {
    let (criterion, section) = match duty.clause {
        Clause::Section(section) => (None, section),
        Clause::Criterion(criterion) => (Some(criterion), program.criteria[criterion].section),
    };
    duty.id == id
        || criterion.is_some_and(|criterion| program.criteria[criterion].id == id)
        || program.sections[section].id == id
}

fn controls<'a>(selection: Selection<'a>) -> impl Iterator<Item = (CatalogueId, usize, &'a str)> {
    let catalogues = selection.program.catalogues.iter();
    let wanted = catalogues.filter(move |(id, _)| selection.catalogue.is_none_or(|only| only == *id));
    wanted.flat_map(|(id, catalogue)| {
        catalogue.controls.iter().enumerate().map(move |(at, control)| (id, at, control.id.as_str()))
    })
}

fn controls_ids<'a>(selection: Selection<'a>) -> impl Iterator<Item = &'a str> {
    controls(selection).map(|(_, _, id)| id)
}
