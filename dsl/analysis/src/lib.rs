//! Tree to checked program: resolve, check, lower, lint.
//!
//! [`analyze`] never fails: what is wrong is left out of the program and reported. A program made with errors
//! must not be run; that is the caller's to see to.
#![deny(clippy::disallowed_methods)]

mod check;
mod cycles;
mod diagnostics;
mod fidelity;
mod lints;
mod names;

use jiff::tz::TimeZone;
use kijun_ir::Program;
use kijun_source::{Diagnostic, Span};
use kijun_syntax::ast;

pub use diagnostics::CODES;

/// What a workspace says about the rulesets that it uses.
#[derive(Debug, Clone)]
pub struct Options {
    /// The zone in which instants become days and datetimes without a zone are read.
    pub zone: TimeZone,
    /// Values of parameters other than their defaults.
    pub overrides: Vec<Override>,
}

/// The value that a workspace gives to a parameter.
#[derive(Debug, Clone)]
pub struct Override {
    /// The parameter.
    pub name: String,
    /// Where the name stands.
    pub name_span: Span,
    /// The value as written: the text of a text, otherwise a literal of the language (`3 years`, `2026-04-01`, `5`).
    pub value: String,
    /// Where the value stands.
    pub value_span: Span,
}

/// Makes a program of the files of a ruleset, in their order, and says what is wrong with them.
pub fn analyze(files: &[ast::File], options: &Options) -> (Program, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let names = names::collect(files, &mut diagnostics);
    let program = check::check(files, &names, options, &mut diagnostics);
    let broken = files.iter().flat_map(|file| &file.items).any(|item| matches!(item, ast::Item::Broken(..)));
    if !broken && !diagnostics.iter().any(Diagnostic::is_error) {
        debug_assert_eq!(kijun_ir::invariants::check(&program), None);
        lints::lint(&program, &mut diagnostics);
    }
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span(), diagnostic.code.id));
    (program, diagnostics)
}
