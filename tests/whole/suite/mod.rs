//! Runs the cases of `tests/suite`, which are written in the language itself with what must come out beside it.

mod bytes;
mod marks;
mod read;
mod seen;
mod spelling;
mod tidy;
mod tree;

use std::io::Write;

use kijun_audit::run_tests;
use kijun_source::{Diagnostic, Lang, Style, render};
use rayon::prelude::*;

use self::read::{Case, Read};

#[test]
fn every_case_comes_out_as_it_says() {
    assert_none(failures(outcome));
}

#[test]
fn every_case_is_in_the_layout_of_the_language() {
    assert_none(failures(layout));
}

#[test]
fn every_case_reads_the_same_in_the_other_spelling() {
    let copy = tempfile::tempdir().expect("a folder for the copy");
    let spelling::Outcome { failures, same, in_own_words } = spelling::outcome(copy.path());
    let all = spelling::count();
    writeln!(
        std::io::stdout(),
        "{same} of {all} files compared, and {in_own_words} in the words of their spelling"
    )
    .expect("a place for the figures");
    assert!(same * 10 >= all * 9, "{same} of {all} files are in the words of their spelling");
    assert_none(failures);
}

/// What is wrong with any case, in the order of the cases.
fn failures(of: fn(&Case, &Read) -> Vec<String>) -> Vec<String> {
    let failures: Vec<Vec<String>> = read::all().par_iter().map(|(case, read)| of(case, read)).collect();
    failures.concat()
}

fn assert_none(failures: Vec<String>) {
    assert!(failures.is_empty(), "{} differences:\n\n{}", failures.len(), failures.join("\n"));
}

/// What a case comes to otherwise than it says: other diagnostics than are marked, expectations that are not met.
fn outcome(case: &Case, read: &Read) -> Vec<String> {
    let mut failures = marks::differences(case, read);
    if !read.diagnostics.iter().any(Diagnostic::is_error) {
        failures.extend(unmet(read));
    }
    failures
}

/// The expectations of a sound case that are not met, by either evaluator.
fn unmet(read: &Read) -> Vec<String> {
    let outcomes = run_tests(&read.program);
    let failures = outcomes.iter().flat_map(|outcome| {
        outcome.failures.iter().map(|failure| {
            let (place, written) = (read.sources.locate(failure.span), read.sources.slice(failure.span));
            format!("{place}: {}\n  {}\n  {}\n  {written}\n", outcome.label, failure.text.ja, failure.text.en)
        })
    });
    failures.collect()
}

/// The files that `kijun fmt` would change. A file that does not parse has no layout.
fn layout(_: &Case, read: &Read) -> Vec<String> {
    let differs = |file: &&kijun_source::SourceFile| {
        kijun_syntax::format(file).is_some_and(|formatted| *formatted != *file.text)
    };
    let files = read.sources.iter().filter(differs);
    files.map(|file| format!("{}: run `kijun fmt` on it\n", file.path)).collect()
}

/// Diagnostics as people see them.
fn drawn<'a>(read: &Read, diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> String {
    let drawn =
        diagnostics.into_iter().map(|found| render(found, &read.sources, Lang::En, Style::Plain).to_string());
    drawn.collect()
}
