//! The language reference: every example of both pages is sound, laid out, and passes its tests; the Japanese page shows the English examples
//! in the other spelling.

use std::path::Path;

use kijun_analysis::{Analysis, NameUse, Options, Unit, analyze, name_uses};
use kijun_source::{Diagnostic, Lang, Sources, Style, render};
use kijun_syntax::ast::Spelling;

/// The examples of each chapter, in order; those of the first stand before all others.
fn chapters(page: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dsl/reference").join(page);
    let text = std::fs::read_to_string(path).expect("a page of the reference");
    let chapters = text.split("\n## ").skip(1).map(examples);
    let chapters: Vec<String> = chapters.collect();
    let first = chapters[0].clone();
    let others = chapters[1..].iter().map(|examples| format!("{first}\n{examples}"));
    std::iter::once(first.clone()).chain(others).collect()
}

fn examples(chapter: &str) -> String {
    let fences = chapter.split("```kijun\n").skip(1);
    let fences: Vec<&str> = fences.map(|rest| rest.split("```").next().unwrap_or("")).collect();
    fences.join("\n")
}

/// A chapter's examples as a ruleset.
struct Chapter {
    sources: Sources,
    analysis: Analysis,
    names: Vec<NameUse>,
}

impl Chapter {
    fn new(page: &str, text: &str) -> Self {
        let mut sources = Sources::new();
        let file = sources.add(page, text);
        let (tree, mut problems) = kijun_syntax::parse(sources.file(file));
        let options = Options { calendar: kijun_ir::Calendar::japan(), overrides: Vec::new() };
        let units = [Unit { files: vec![tree], uses: Vec::new() }];
        let mut analysis = analyze(&units, &options);
        let names = name_uses(&units, &options);
        problems.append(&mut analysis.diagnostics);
        problems.retain(Diagnostic::is_error);
        let drawn: String =
            problems.iter().map(|problem| render(problem, &sources, Lang::En, Style::Plain)).collect();
        assert_eq!(drawn, "", "{page}");
        Self { sources, analysis, names }
    }

    fn file(&self) -> &kijun_source::SourceFile {
        self.sources.iter().next().expect("the chapter")
    }
}

#[test]
fn examples_of_the_reference_pass_their_tests() {
    for page in ["en.md", "ja.md"] {
        for text in chapters(page) {
            let chapter = Chapter::new(page, &text);
            let outcomes = kijun_audit::run_tests(&chapter.analysis.program);
            let failures: Vec<_> = outcomes.iter().flat_map(|outcome| &outcome.failures).collect();
            assert!(failures.is_empty(), "{page}: {failures:?}\n{text}");
            let formatted = kijun_syntax::format(chapter.file());
            assert_eq!(
                formatted.as_deref(),
                Some(text.as_str()),
                "{page}: lay the examples out as `kijun fmt` does"
            );
        }
    }
}

#[test]
fn the_japanese_page_shows_the_same_examples_in_the_other_spelling() {
    for (english, japanese) in chapters("en.md").iter().zip(chapters("ja.md")) {
        let chapter = Chapter::new("en.md", english);
        let names = chapter.names.iter().map(|name| (name.span, name.japanese.to_string())).collect();
        let translated = kijun_syntax::format_as(chapter.file(), Spelling::Japanese, &names);
        assert_eq!(translated.as_deref(), Ok(japanese.as_str()), "write this into ja.md");
        let chapter = Chapter::new("ja.md", &japanese);
        let names = chapter.names.iter().map(|name| (name.span, name.english.to_string())).collect();
        let back = kijun_syntax::format_as(chapter.file(), Spelling::English, &names);
        assert_eq!(back.as_deref(), Ok(english.as_str()), "comes back otherwise");
    }
    assert_eq!(chapters("en.md").len(), chapters("ja.md").len());
}
