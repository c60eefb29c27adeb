//! Words of a standard that no duty quotes.

use kijun_ir::DutyId;
use kijun_source::{Bilingual, Diagnostic, bilingual};

use crate::diagnostics::UNCOVERED_TEXT;
use crate::fidelity;
use crate::lints::Linted;

pub(super) fn lint(linted: &Linted<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let program = linted.program;
    let quotes = |duties: &[DutyId]| -> Vec<&str> {
        duties.iter().map(|duty| program.duties[*duty].quote.as_str()).collect()
    };
    let criteria = program.criteria.values().map(|criterion| {
        let notes = criterion.notes.iter().map(|note| note.quote.as_str());
        let quotes: Vec<&str> = quotes(&criterion.duties).into_iter().chain(notes).collect();
        (criterion.id.as_str(), criterion.text.as_str(), criterion.span, quotes)
    });
    let sections = program.sections.values().filter_map(|section| {
        let text = section.text.as_deref()?;
        let notes = section.notes.iter().map(|note| note.quote.as_str());
        let quotes: Vec<&str> = quotes(&section.duties).into_iter().chain(notes).collect();
        Some((section.id.as_str(), text, section.span, quotes))
    });
    for (id, text, span, quotes) in sections.chain(criteria) {
        for passage in fidelity::uncovered(text, &quotes) {
            diagnostics.push(
                Diagnostic::new(
                    &UNCOVERED_TEXT,
                    span,
                    bilingual!(
                        "{id} の「{passage}」をどの義務も引用していない",
                        "no duty of {id} quotes 「{passage}」"
                    ),
                )
                .about(id)
                .help(Bilingual::new(
                    "義務として引用する。義務でなければ `note` で引用する",
                    "quote it in a duty, or in a `note` if it is none",
                )),
            );
        }
    }
}
