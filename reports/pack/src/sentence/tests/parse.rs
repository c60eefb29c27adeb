//! A program of a text, with the words of its definitions.

use kijun_analysis::{Options, Unit, analyze};
use kijun_ir::{Calendar, Program};
use kijun_source::{Diagnostic, Lang, Sources, Style, render};
use kijun_syntax::ast::ItemKind;

use crate::sentence::Definitions;

/// The program of a text without errors.
pub(crate) fn parse(text: &str) -> (Program, Definitions) {
    let mut sources = Sources::new();
    let id = sources.add("rules.kijun", text);
    let (file, mut diagnostics) = kijun_syntax::parse(sources.file(id));
    let mut definitions = Definitions::default();
    for item in &file.items {
        if let ItemKind::Define(define) = &item.kind {
            definitions.add(&define.name.text, &define.doc);
        }
    }
    let unit = Unit { files: vec![file], uses: Vec::new() };
    let options = Options { calendar: Calendar::japan(), overrides: Vec::new() };
    let mut analysis = analyze(&[unit], &options);
    diagnostics.append(&mut analysis.diagnostics);
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    let errors: Vec<String> =
        errors.map(|diagnostic: &Diagnostic| render(diagnostic, &sources, Lang::En, Style::Plain)).collect();
    assert!(errors.is_empty(), "{}", errors.concat());
    (analysis.program, definitions)
}
