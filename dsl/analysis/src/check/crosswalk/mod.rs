//! How duties and controls map to the controls of other standards.

mod contradictions;

use std::collections::BTreeSet;

use kijun_ir::{CatalogueId, Crosswalk, CrosswalkSide, Index, Link, Strength};
use kijun_source::{Bilingual, Diagnostic, bilingual, nearest};
use kijun_syntax::ast;
use kijun_syntax::vocabulary::STRENGTHS;

use crate::check::{Checker, Lookup};
use crate::diagnostics::{UNKNOWN_CONTROL, UNKNOWN_DOCUMENT, UNKNOWN_DUTY};
use crate::names::{Entity, suggest};
use crate::standards::duties_of;

const STRONG: [(&str, Strength); 3] =
    [("full", Strength::Full), ("partial", Strength::Partial), ("supports", Strength::Supports)];

/// Checks every crosswalk, after standards and catalogues.
pub(super) fn crosswalks(checker: &mut Checker<'_>) {
    let names = checker.names;
    for declared in &names.crosswalks {
        checker.unit = declared.unit;
        let crosswalk = crosswalk(checker, declared.tree);
        checker.program.to_mut().crosswalks.extend(crosswalk);
    }
}

fn crosswalk(checker: &mut Checker<'_>, tree: &ast::Crosswalk) -> Option<Crosswalk> {
    let from = side(checker, &tree.from, true);
    let to = side(checker, &tree.to, false);
    let (from, CrosswalkSide::Catalogue(to)) = (from?, to?) else { return None };
    let lines = Lines { from, left: ids(checker, from), right: ids(checker, CrosswalkSide::Catalogue(to)) };
    let links = lines.links(checker, &tree.entries);
    let unanswered = lines.unanswered(checker, &tree.entries);
    contradictions::report(checker, &tree.entries);
    let unmapped = mapped(&tree.entries).filter(|(_, targets)| targets.is_empty());
    let unmapped = unmapped.map(|(from, _)| from.value.clone()).collect();
    Some(Crosswalk { from, to, links, unmapped, unanswered, span: tree.from.span })
}

/// The lines with something of the left side, and what it maps to.
fn mapped(entries: &[ast::CrosswalkEntry]) -> impl Iterator<Item = (&ast::Text, &[ast::CrosswalkTarget])> {
    entries.iter().filter_map(|entry| match entry {
        ast::CrosswalkEntry::Mapped { from, targets } => Some((from, targets.as_slice())),
        ast::CrosswalkEntry::Unanswered(_) => None,
    })
}

/// The controls of the right side that are declared to have nothing on the left.
fn unanswered(entries: &[ast::CrosswalkEntry]) -> impl Iterator<Item = &ast::Text> {
    let controls = entries.iter().filter_map(|entry| match entry {
        ast::CrosswalkEntry::Unanswered(controls) => Some(controls),
        ast::CrosswalkEntry::Mapped { .. } => None,
    });
    controls.flatten()
}

/// The standard or the catalogue of that name; reports where there is none.
fn side(checker: &mut Checker<'_>, name: &ast::Name, standards: bool) -> Option<CrosswalkSide> {
    let fits = |entity| match entity {
        Entity::Standard(index) if standards => Some(CrosswalkSide::Standard(index)),
        Entity::Catalogue(index) => Some(CrosswalkSide::Catalogue(CatalogueId::from_index(index))),
        _ => None,
    };
    let found = match checker.lookup(&name.text, name.span) {
        Lookup::Found(entity) => fits(entity).map(|side| (entity, side)),
        Lookup::Settled => return None,
        Lookup::Missing => None,
    };
    if let Some((entity, side)) = found {
        checker.note(entity, name.span);
        return Some(side);
    }
    let text = &name.text;
    let message = if standards {
        bilingual!("基準・管理策集 `{text}` は宣言されていない", "no standard or catalogue is named `{text}`")
    } else {
        bilingual!("管理策集 `{text}` は宣言されていない", "no catalogue is named `{text}`")
    };
    let near = checker.names.nearest(checker.unit, text, |entity| fits(entity).is_some());
    let help = Bilingual::new(
        "左に書けるのは ⟦standard|基準⟧ か ⟦catalogue|管理策集⟧、右に書けるのは ⟦catalogue|管理策集⟧",
        "a ⟦standard|基準⟧ or a ⟦catalogue|管理策集⟧ stands on the left, a ⟦catalogue|管理策集⟧ on the right",
    );
    checker.report(suggest(Diagnostic::new(&UNKNOWN_DOCUMENT, name.span, message), near).help(help));
    None
}

/// The ids of the duties of a standard, or of the controls of a catalogue.
fn ids(checker: &Checker<'_>, side: CrosswalkSide) -> BTreeSet<String> {
    match side {
        CrosswalkSide::Standard(index) => {
            duties_of(&checker.program, index).map(|duty| duty.id.clone()).collect()
        }
        CrosswalkSide::Catalogue(catalogue) => {
            let controls = checker.program.catalogues[catalogue].controls.iter();
            controls.map(|control| control.id.clone()).collect()
        }
    }
}

/// The lines of a crosswalk, and the ids that may stand on their two sides.
struct Lines {
    from: CrosswalkSide,
    left: BTreeSet<String>,
    right: BTreeSet<String>,
}

impl Lines {
    /// The links whose both ends exist; reports the ends that do not.
    fn links(&self, checker: &mut Checker<'_>, entries: &[ast::CrosswalkEntry]) -> Vec<Link> {
        let mut links = Vec::new();
        for (from, targets) in mapped(entries) {
            let known = self.left.contains(&from.value);
            if !known {
                self.unknown_left(checker, from);
            }
            for target in targets {
                let strength = checker.meaning(&target.strength, STRENGTHS, &STRONG);
                let reached = self.right.contains(&target.control.value);
                if !reached {
                    unknown_control(checker, &target.control, &self.right);
                }
                links.extend(strength.filter(|_| known && reached).map(|strength| Link {
                    from: from.value.clone(),
                    control: target.control.value.clone(),
                    strength,
                    basis: target.basis.as_ref().map(|basis| basis.value.clone()),
                    unverified: target.unverified.is_some(),
                }));
            }
        }
        links
    }

    /// The controls declared to have nothing on the left; reports those that the catalogue does not have.
    fn unanswered(&self, checker: &mut Checker<'_>, entries: &[ast::CrosswalkEntry]) -> Vec<String> {
        let mut known = Vec::new();
        for control in unanswered(entries) {
            if self.right.contains(&control.value) {
                known.push(control.value.clone());
            } else {
                unknown_control(checker, control, &self.right);
            }
        }
        known
    }

    fn unknown_left(&self, checker: &mut Checker<'_>, text: &ast::Text) {
        if matches!(self.from, CrosswalkSide::Catalogue(_)) {
            return unknown_control(checker, text, &self.left);
        }
        let id = &text.value;
        let message = bilingual!("義務 {id} はこの基準にない", "no duty of this standard has the id {id}");
        let near = nearest(id, self.left.iter().map(String::as_str));
        checker.report(suggest(Diagnostic::new(&UNKNOWN_DUTY, text.span, message), near));
    }
}

fn unknown_control(checker: &mut Checker<'_>, text: &ast::Text, known: &BTreeSet<String>) {
    let id = &text.value;
    let message = bilingual!("管理策 {id} は管理策集にない", "no control has the id {id}");
    let near = nearest(id, known.iter().map(String::as_str));
    checker.report(suggest(Diagnostic::new(&UNKNOWN_CONTROL, text.span, message), near));
}
