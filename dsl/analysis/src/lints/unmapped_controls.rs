//! Controls that a crosswalk between two catalogues passes over.

use std::collections::{BTreeMap, BTreeSet};

use kijun_ir::{Catalogue, CatalogueId, Crosswalk, CrosswalkSide};
use kijun_source::{Bilingual, Diagnostic, bilingual};

use crate::diagnostics::UNMAPPED_CONTROL;
use crate::lints::Linted;

/// At most one warning a pair of catalogues and side, however many crosswalks there are between them.
pub(super) fn lint(linted: &Linted<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let program = linted.program;
    let mut crosswalks: BTreeMap<(CatalogueId, CatalogueId), Vec<&Crosswalk>> = BTreeMap::new();
    for crosswalk in &program.crosswalks {
        if let CrosswalkSide::Catalogue(from) = crosswalk.from {
            crosswalks.entry((from, crosswalk.to)).or_default().push(crosswalk);
        }
    }
    for ((from, to), crosswalks) in crosswalks {
        let (from, to) = (&program.catalogues[from], &program.catalogues[to]);
        diagnostics.extend(unmapped(from, to, &crosswalks));
        diagnostics.extend(unanswered(from, to, &crosswalks));
    }
}

fn unmapped(from: &Catalogue, to: &Catalogue, crosswalks: &[&Crosswalk]) -> Option<Diagnostic> {
    let linked = crosswalks.iter().flat_map(|crosswalk| &crosswalk.links).map(|link| &link.from);
    let nothing = crosswalks.iter().flat_map(|crosswalk| &crosswalk.unmapped);
    let missing = missing(from, &linked.chain(nothing).collect());
    let first = missing.first()?;
    let (names, from, to) = (missing.join("、"), &from.name, &to.name);
    let message = bilingual!(
        "`{to}` への対応表に `{from}` の管理策 {names} がない",
        "no crosswalk to `{to}` mentions {names} of `{from}`"
    );
    let help = Bilingual::new(
        format!("対応するものがなければ ⟦\"{first}\" -> none|\"{first}\" -> なし⟧ と書く"),
        format!("where nothing answers to it, write ⟦\"{first}\" -> none|\"{first}\" -> なし⟧"),
    );
    Some(Diagnostic::new(&UNMAPPED_CONTROL, crosswalks.first()?.span, message).about(from).help(help))
}

/// Only a crosswalk that says which controls have nothing on the left claims to say it of all; others map one standard into a larger one.
fn unanswered(from: &Catalogue, to: &Catalogue, crosswalks: &[&Crosswalk]) -> Option<Diagnostic> {
    let claims = crosswalks.iter().find(|crosswalk| !crosswalk.unanswered.is_empty())?;
    let linked = crosswalks.iter().flat_map(|crosswalk| &crosswalk.links).map(|link| &link.control);
    let nothing = crosswalks.iter().flat_map(|crosswalk| &crosswalk.unanswered);
    let missing = missing(to, &linked.chain(nothing).collect());
    let first = missing.first()?;
    let (names, from, to) = (missing.join("、"), &from.name, &to.name);
    let message = bilingual!(
        "`{from}` からの対応表に `{to}` の管理策 {names} がない",
        "no crosswalk from `{from}` reaches {names} of `{to}`"
    );
    let help = Bilingual::new(
        format!("対応元がなければ ⟦none -> \"{first}\"|なし -> \"{first}\"⟧ と書く"),
        format!("where nothing maps to it, write ⟦none -> \"{first}\"|なし -> \"{first}\"⟧"),
    );
    Some(Diagnostic::new(&UNMAPPED_CONTROL, claims.span, message).about(to).help(help))
}

fn missing<'a>(catalogue: &'a Catalogue, mentioned: &BTreeSet<&String>) -> Vec<&'a str> {
    let ids = catalogue.controls.iter().map(|control| &control.id);
    ids.filter(|id| !mentioned.contains(id)).map(String::as_str).collect()
}
