//! Duties that a crosswalk passes over.

use std::collections::{BTreeMap, BTreeSet};

use kijun_ir::{CatalogueId, Crosswalk, CrosswalkSide, Program};
use kijun_source::{Bilingual, Diagnostic, bilingual};

use crate::diagnostics::UNMAPPED_DUTY;
use crate::lints::Linted;
use crate::standards::duties_of;

/// One warning a standard and catalogue, however many crosswalks there are between them.
pub(super) fn lint(linted: &Linted<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let program = linted.program;
    let mut crosswalks: BTreeMap<(usize, CatalogueId), Vec<&Crosswalk>> = BTreeMap::new();
    for crosswalk in &program.crosswalks {
        if let CrosswalkSide::Standard(standard) = crosswalk.from {
            crosswalks.entry((standard, crosswalk.to)).or_default().push(crosswalk);
        }
    }
    for ((standard, catalogue), crosswalks) in crosswalks {
        diagnostics.extend(unmapped(program, standard, catalogue, &crosswalks));
    }
}

fn unmapped(
    program: &Program,
    standard: usize,
    catalogue: CatalogueId,
    crosswalks: &[&Crosswalk],
) -> Option<Diagnostic> {
    let linked = crosswalks.iter().flat_map(|crosswalk| &crosswalk.links).map(|link| &link.from);
    let nothing = crosswalks.iter().flat_map(|crosswalk| &crosswalk.unmapped);
    let mentioned: BTreeSet<&String> = linked.chain(nothing).collect();
    let ids = duties_of(program, standard).map(|duty| &duty.id);
    let missing: Vec<&str> = ids.filter(|id| !mentioned.contains(id)).map(String::as_str).collect();
    let first = missing.first()?;
    let (names, to) = (missing.join("、"), &program.catalogues[catalogue].name);
    let message =
        bilingual!("`{to}` への対応表に義務 {names} がない", "no crosswalk to `{to}` mentions {names}");
    let help = Bilingual::new(
        format!("対応するものがなければ ⟦\"{first}\" -> none|\"{first}\" -> なし⟧ と書く"),
        format!("where nothing answers to it, write ⟦\"{first}\" -> none|\"{first}\" -> なし⟧"),
    );
    let span = crosswalks.first()?.span;
    Some(Diagnostic::new(&UNMAPPED_DUTY, span, message).about(to).help(help))
}
