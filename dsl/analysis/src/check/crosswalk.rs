//! How duties and controls map to the controls of other standards.

use std::collections::{BTreeMap, BTreeSet};

use kijun_ir::{CatalogueId, Crosswalk, CrosswalkSide, Index, Link, Strength};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual, nearest};
use kijun_syntax::ast;
use kijun_syntax::vocabulary::STRENGTHS;

use crate::check::{Checker, Lookup};
use crate::diagnostics::{CROSSWALK, UNKNOWN_CONTROL, UNKNOWN_DOCUMENT, UNKNOWN_DUTY};
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
        checker.program.crosswalks.extend(crosswalk);
    }
}

fn crosswalk(checker: &mut Checker<'_>, tree: &ast::Crosswalk) -> Option<Crosswalk> {
    let from = side(checker, &tree.from, true);
    let to = side(checker, &tree.to, false);
    let (from, CrosswalkSide::Catalogue(to)) = (from?, to?) else { return None };
    let lines = Lines { from, left: ids(checker, from), right: ids(checker, CrosswalkSide::Catalogue(to)) };
    let links = lines.links(checker, &tree.entries);
    lines.once(checker, &tree.entries);
    let unmapped = tree.entries.iter().filter(|entry| entry.targets.is_empty());
    let unmapped = unmapped.map(|entry| entry.from.value.clone()).collect();
    Some(Crosswalk { from, to, links, unmapped, span: tree.from.span })
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
        for entry in entries {
            let known = self.left.contains(&entry.from.value);
            if !known {
                self.unknown_left(checker, &entry.from);
            }
            for target in &entry.targets {
                let strength = checker.meaning(&target.strength, STRENGTHS, &STRONG);
                let reached = self.right.contains(&target.control.value);
                if !reached {
                    unknown_control(checker, &target.control, &self.right);
                }
                links.extend(strength.filter(|_| known && reached).map(|strength| Link {
                    from: entry.from.value.clone(),
                    control: target.control.value.clone(),
                    strength,
                    basis: target.basis.as_ref().map(|basis| basis.value.clone()),
                    unverified: target.unverified.is_some(),
                }));
            }
        }
        links
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

    /// Reports pairs that are linked twice, and what maps to nothing and to something.
    fn once(&self, checker: &mut Checker<'_>, entries: &[ast::CrosswalkEntry]) {
        let mut pairs: BTreeMap<(&str, &str), Span> = BTreeMap::new();
        let mut nothing: BTreeMap<&str, Span> = BTreeMap::new();
        let mut something: BTreeMap<&str, Span> = BTreeMap::new();
        for entry in entries {
            let (from, span) = (entry.from.value.as_str(), entry.from.span);
            if entry.targets.is_empty() {
                if let Some(first) = nothing.insert(from, span) {
                    let message = bilingual!("{from} は既に書かれている", "{from} is written already");
                    contradiction(checker, span, message, first);
                }
            } else {
                something.entry(from).or_insert(span);
            }
            for target in &entry.targets {
                let control = target.control.value.as_str();
                if let Some(first) = pairs.insert((from, control), target.control.span) {
                    let message = bilingual!(
                        "{from} と {control} は既に対応付けられている",
                        "{from} is mapped to {control} already"
                    );
                    contradiction(checker, target.control.span, message, first);
                }
            }
        }
        for (from, span) in nothing {
            if let Some(other) = something.get(from) {
                let message = bilingual!(
                    "{from} は対応なしとされ、対応先も書かれている",
                    "{from} is mapped to nothing and to something"
                );
                contradiction(checker, span, message, *other);
            }
        }
    }
}

fn unknown_control(checker: &mut Checker<'_>, text: &ast::Text, known: &BTreeSet<String>) {
    let id = &text.value;
    let message = bilingual!("管理策 {id} は管理策集にない", "no control has the id {id}");
    let near = nearest(id, known.iter().map(String::as_str));
    checker.report(suggest(Diagnostic::new(&UNKNOWN_CONTROL, text.span, message), near));
}

fn contradiction(checker: &mut Checker<'_>, span: Span, message: Bilingual, other: Span) {
    checker.report(
        Diagnostic::new(&CROSSWALK, span, message)
            .and(other, Bilingual::new("もう一つ", "the other"))
            .help(Bilingual::new("どちらかを消す", "remove one of the two")),
    );
}
