//! Compares what is reported of a case with the marks `//~ KJ0000` beside the mistakes.
//!
//! A mark names what must be reported on its line; each `^` behind the tilde means one line further up.

use std::collections::BTreeSet;

use kijun_source::{Diagnostic, SourceFile};

use super::drawn;
use super::read::{Case, Read};
use super::spelling::clashes;

/// A code, and the file and line where it is reported.
type Place = (String, String, usize);

/// What is reported and not marked, or marked and not reported.
pub(super) fn differences(case: &Case, read: &Read) -> Vec<String> {
    let wanted: BTreeSet<Place> = read.sources.iter().flat_map(marks).collect();
    let named = |code: &str| wanted.iter().any(|(wanted, ..)| wanted == code);
    // That a name cannot stand in the other spelling is said only when it is asked for.
    let of_formatter = if case.of_diagnostics { clashes(read) } else { Vec::new() };
    // What a sound ruleset is asked about is compared only where the case is about it: the smallest text that shows one thing leaves much undone.
    let counts =
        |found: &&Diagnostic| found.is_error() || named(found.code.id) || case.is_about(found.code.id);
    let found: Vec<&Diagnostic> = read.diagnostics.iter().chain(&of_formatter).filter(counts).collect();
    let unmarked = found.iter().filter(|found| !wanted.contains(&place(read, found)));
    let extra = drawn(read, unmarked.copied());
    let places: BTreeSet<Place> = found.iter().map(|found| place(read, found)).collect();
    let missing = wanted.difference(&places);
    let missing = missing.map(|(code, path, line)| format!("{path}:{line}: {code} is not reported\n"));
    let extra = (!extra.is_empty()).then(|| format!("{}: reported without a mark:\n{extra}", case.path));
    extra.into_iter().chain(missing).collect()
}

fn place(read: &Read, found: &Diagnostic) -> Place {
    let place = found.span().map(|span| {
        let file = read.sources.file(span.file);
        (file.path.clone(), line_of(file, span.start as usize))
    });
    let (path, line) = place.unwrap_or_default();
    (found.code.id.to_owned(), path, line)
}

fn line_of(file: &SourceFile, byte: usize) -> usize {
    1 + file.text.bytes().take(byte).filter(|byte| *byte == b'\n').count()
}

/// The marks of a file.
pub(super) fn marks(file: &SourceFile) -> Vec<Place> {
    let mut marks = Vec::new();
    for (line, text) in (1..).zip(file.text.lines()) {
        for mark in text.split("//~").skip(1) {
            let code = mark.trim_start_matches('^');
            let up = mark.len() - code.len();
            marks.push((code.trim().to_owned(), file.path.clone(), line - up));
        }
    }
    marks
}
