//! The crosswalks line by line, in the order of the standard and of the catalogue.

use std::collections::BTreeMap;

use kijun_ir::{Catalogue, CatalogueId, Control, Crosswalk, CrosswalkSide, Duty, Program, Strength};
use kijun_source::Lang;

use super::Selection;

/// One line: a link, or that an end has nothing on the other side. At least one end is there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// The document on the left.
    pub(super) from: CrosswalkSide,
    /// The catalogue on the right.
    pub(super) to: CatalogueId,
    /// What stands on the left.
    pub(super) left: Option<End<'a>>,
    /// What stands on the right.
    pub(super) right: Option<End<'a>>,
    /// How far, where both ends are there.
    pub(super) strength: Option<Strength>,
    /// On what the link rests.
    pub(super) basis: Option<&'a str>,
    /// Whether nobody has checked the link, or an end of it, against its source.
    pub(super) unverified: bool,
}

/// An end of a line: a duty or a control.
#[derive(Debug, Clone, Copy)]
pub(super) struct End<'a> {
    pub(super) id: &'a str,
    /// The quotation of a duty, the short title of a control.
    pub(super) title: &'a str,
    pub(super) english: Option<&'a str>,
    pub(super) unverified: bool,
    /// Its position in its document.
    position: usize,
}

impl<'a> End<'a> {
    /// The title in a language, where there is one.
    pub(super) fn title(&self, lang: Lang) -> &'a str {
        self.english.filter(|_| lang == Lang::En).unwrap_or(self.title)
    }
}

/// The ends of one document by id.
pub(super) type Ends<'a> = BTreeMap<&'a str, End<'a>>;

/// Whether a crosswalk has a catalogue on either side.
pub fn concerns(crosswalk: &Crosswalk, catalogue: CatalogueId) -> bool {
    crosswalk.to == catalogue || crosswalk.from == CrosswalkSide::Catalogue(catalogue)
}

/// The documents that crosswalks link, each pair once, in the order in which they are declared.
pub(super) fn pairs(selection: Selection<'_>) -> Vec<(CrosswalkSide, CatalogueId)> {
    let mut pairs = Vec::new();
    for crosswalk in &selection.program.crosswalks {
        let pair = (crosswalk.from, crosswalk.to);
        let is_wanted = selection.catalogue.is_none_or(|only| concerns(crosswalk, only));
        if is_wanted && !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    pairs
}

/// The lines between two documents.
pub(super) fn lines<'a>(program: &'a Program, (from, to): (CrosswalkSide, CatalogueId)) -> Vec<Line<'a>> {
    let (left, right) = (ends(program, from), ends(program, CrosswalkSide::Catalogue(to)));
    let crosswalks = program.crosswalks.iter().filter(|each| each.from == from && each.to == to);
    let mut lines: Vec<Line<'a>> =
        crosswalks.flat_map(|crosswalk| lines_of(crosswalk, &left, &right)).collect();
    let position = |end: Option<End<'_>>| end.map_or(usize::MAX, |end| end.position);
    lines.sort_by_key(|line| (position(line.left), position(line.right)));
    lines
}

fn lines_of<'a>(crosswalk: &'a Crosswalk, left: &Ends<'a>, right: &Ends<'a>) -> Vec<Line<'a>> {
    let (from, to) = (crosswalk.from, crosswalk.to);
    let alone = |left: Option<End<'a>>, right: Option<End<'a>>| {
        let unverified = left.or(right).is_some_and(|end| end.unverified);
        Line { from, to, left, right, strength: None, basis: None, unverified }
    };
    let links = crosswalk.links.iter().filter_map(|link| {
        let (left, right) = (*left.get(link.from.as_str())?, *right.get(link.control.as_str())?);
        Some(Line {
            strength: Some(link.strength),
            basis: link.basis.as_deref(),
            unverified: link.unverified || left.unverified || right.unverified,
            ..alone(Some(left), Some(right))
        })
    });
    let unmapped = crosswalk.unmapped.iter().filter_map(|id| left.get(id.as_str()));
    let unanswered = crosswalk.unanswered.iter().filter_map(|id| right.get(id.as_str()));
    let without_right = unmapped.map(|end| alone(Some(*end), None));
    let without_left = unanswered.map(|end| alone(None, Some(*end)));
    links.chain(without_right).chain(without_left).collect()
}

/// All that may stand on a side.
pub(super) fn ends<'a>(program: &'a Program, side: CrosswalkSide) -> Ends<'a> {
    let ends: Vec<End<'a>> = match side {
        CrosswalkSide::Standard(standard) => {
            duties(program, standard).into_iter().enumerate().map(|(at, duty)| of_duty(at, duty)).collect()
        }
        CrosswalkSide::Catalogue(catalogue) => {
            let Catalogue { controls, .. } = &program.catalogues[catalogue];
            controls.iter().enumerate().map(|(at, control)| of_control(at, control)).collect()
        }
    };
    ends.into_iter().map(|end| (end.id, end)).collect()
}

fn of_duty(position: usize, duty: &Duty) -> End<'_> {
    End { id: &duty.id, title: &duty.quote, english: None, unverified: false, position }
}

fn of_control(position: usize, control: &Control) -> End<'_> {
    let Control { id, title, english, unverified } = control;
    End { id, title, english: english.as_deref(), unverified: *unverified, position }
}

/// The duties of a standard, in the order of its text.
pub(super) fn duties(program: &Program, standard: usize) -> Vec<&Duty> {
    let sections = program.standards.get(standard).into_iter().flat_map(|standard| &standard.sections);
    let duties = sections.flat_map(|section| {
        let section = &program.sections[*section];
        let criteria = section.criteria.iter().flat_map(|criterion| &program.criteria[*criterion].duties);
        section.duties.iter().chain(criteria)
    });
    duties.map(|duty| &program.duties[*duty]).collect()
}

/// The name and the title of a document.
pub(super) fn document(program: &Program, side: CrosswalkSide) -> (&str, &str) {
    match side {
        CrosswalkSide::Standard(standard) => {
            program.standards.get(standard).map_or(("", ""), |standard| (&standard.name, &standard.title))
        }
        CrosswalkSide::Catalogue(catalogue) => {
            let catalogue = &program.catalogues[catalogue];
            (&catalogue.name, &catalogue.title)
        }
    }
}
