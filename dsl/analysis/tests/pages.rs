//! Every page of the language: what it says to avoid gives its code, what it says to write instead does not.

#![expect(clippy::unwrap_used, reason = "a test stops where its premises fail")]

#[expect(dead_code, reason = "other tests draw what is found")]
mod support;

use kijun_source::{Code, Diagnostic, Example, Level, Page};

fn codes() -> impl Iterator<Item = &'static Code> {
    kijun_syntax::CODES.iter().chain(kijun_analysis::CODES).copied()
}

/// The code that only writing in the other spelling reports; the formatter's tests have its case.
const OF_FORMATTER: &str = "KJ0008";

/// What is said of the texts of an example, with what the examples of the page need around them. A fence with a path is
/// a ruleset of that name, which the others may `use`.
fn check(page: &Page, example: &[Example]) -> Vec<Diagnostic> {
    let all = || page.prelude.iter().chain(example);
    let mut text: String = all().filter(|text| text.path.is_none()).map(|text| text.text.as_str()).collect();
    for (path, named) in all().filter_map(|text| Some((text.path.as_ref()?, text))) {
        text.push_str(&format!("#### {path}\n{}", named.text));
    }
    support::check(&text, &[]).analysis.diagnostics
}

/// The codes of the errors, and that of the page whatever its level.
fn found(code: &Code, diagnostics: &[Diagnostic]) -> Vec<&'static str> {
    let counts = |diagnostic: &&Diagnostic| diagnostic.is_error() || diagnostic.code.id == code.id;
    let mut found: Vec<_> = diagnostics.iter().filter(counts).map(|diagnostic| diagnostic.code.id).collect();
    found.dedup();
    found
}

#[test]
fn every_page_keeps_to_the_layout() {
    for code in codes() {
        assert!(Page::parse(code).is_ok(), "pages/{}.md: {}", code.id, Page::parse(code).unwrap_err());
    }
}

#[test]
fn what_is_to_be_avoided_gives_the_code_and_no_other_error() {
    expect(|code, page| (found(code, &check(page, &page.avoid)), vec![code.id]));
}

#[test]
fn what_is_preferred_gives_neither_the_code_nor_an_error() {
    expect(|code, page| (found(code, &check(page, &page.prefer)), Vec::new()));
}

#[test]
fn every_lint_names_what_it_is_about() {
    for code in codes().filter(|code| code.level != Level::Error) {
        let page = Page::parse(code).unwrap();
        let found = check(&page, &page.avoid);
        let nameless = found.iter().filter(|found| found.code.id == code.id && found.about.is_empty());
        assert_eq!(nameless.count(), 0, "{}: add `.about(name)`, so that `[[ignore]]` can name it", code.id);
    }
}

/// All pages whose examples give other codes than expected, in one failure.
fn expect(outcome: impl Fn(&Code, &Page) -> (Vec<&'static str>, Vec<&'static str>)) {
    let mut wrong = Vec::new();
    for code in codes().filter(|code| code.id != OF_FORMATTER) {
        let page = Page::parse(code).unwrap();
        let (found, expected) = outcome(code, &page);
        if found != expected {
            wrong.push(format!("pages/{}.md: found {found:?}, expected {expected:?}", code.id));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
