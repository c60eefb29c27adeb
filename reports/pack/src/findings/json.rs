//! Findings as JSON, for programs. Its schema is `schema/check-1.schema.json`.

use kijun_audit::Ignored;
use kijun_ir::Program;
use kijun_source::{Bilingual, Diagnostic, Fix, Label, Level, Span};
use serde::Serialize;

use super::Findings;
use crate::Error;

/// The JSON Schema (2020-12) of what [`render`] writes.
pub const SCHEMA: &str = include_str!("../../schema/check-1.schema.json");

/// The findings as JSON: keys in a fixed order, indented by two, with a line break at the end.
pub fn render(findings: &Findings<'_>) -> Result<String, Error> {
    let mut text = serde_json::to_string_pretty(&check(findings))?;
    text.push('\n');
    Ok(text)
}

/// The whole file, version 1. The types only ever grow, and only with a new minor schema.
#[derive(Debug, Serialize)]
struct Check {
    schema_version: &'static str,
    generator: Generator,
    as_of: String,
    checked: Checked,
    counts: Counts,
    diagnostics: Vec<Found>,
    ignored: Vec<IgnoredFound>,
}

#[derive(Debug, Serialize)]
struct Generator {
    name: &'static str,
    version: &'static str,
}

#[derive(Debug, Serialize)]
struct Checked {
    files: usize,
    duties: usize,
    duties_with_rules: usize,
    rules: usize,
    tests: usize,
    facts: usize,
}

#[derive(Debug, Serialize)]
struct Counts {
    error: usize,
    warning: usize,
    note: usize,
    ignored: usize,
    off: usize,
}

#[derive(Debug, Serialize)]
struct Found {
    code: &'static str,
    level: &'static str,
    title: Text,
    message: Text,
    place: Option<Place>,
    related: Vec<Place>,
    about: Vec<String>,
    help: Vec<Text>,
    fixes: Vec<FoundFix>,
}

#[derive(Debug, Serialize)]
struct IgnoredFound {
    #[serde(flatten)]
    found: Found,
    reason: String,
    until: String,
}

/// A text in both languages.
#[derive(Debug, Serialize)]
struct Text {
    ja: String,
    en: String,
}

#[derive(Debug, Serialize)]
struct Place {
    path: String,
    start: Position,
    end: Position,
    label: Text,
}

#[derive(Debug, Serialize)]
struct Position {
    byte: u32,
    line: u32,
    column: u32,
}

#[derive(Debug, Serialize)]
struct FoundFix {
    title: Text,
    edits: Vec<FoundEdit>,
}

#[derive(Debug, Serialize)]
struct FoundEdit {
    path: String,
    start: Position,
    end: Position,
    text: String,
}

fn check(findings: &Findings<'_>) -> Check {
    let review = findings.review;
    Check {
        schema_version: "1",
        generator: Generator { name: "kijun", version: env!("CARGO_PKG_VERSION") },
        as_of: findings.today.to_string(),
        checked: checked(findings, findings.program),
        counts: Counts {
            error: review.count(Level::Error),
            warning: review.count(Level::Warning),
            note: review.count(Level::Note),
            ignored: review.ignored.len(),
            off: review.off,
        },
        diagnostics: review.diagnostics.iter().map(|diagnostic| found(findings, diagnostic)).collect(),
        ignored: review.ignored.iter().map(|ignored| ignored_found(findings, ignored)).collect(),
    }
}

fn checked(findings: &Findings<'_>, program: &Program) -> Checked {
    Checked {
        files: findings.sources.iter().count(),
        duties: program.duties.len(),
        duties_with_rules: program.duties.ids().filter(|duty| program.is_decided(*duty)).count(),
        rules: program.rules.len(),
        tests: program.tests.len(),
        facts: program.facts.len(),
    }
}

fn ignored_found(findings: &Findings<'_>, ignored: &Ignored) -> IgnoredFound {
    IgnoredFound {
        found: found(findings, &ignored.diagnostic),
        reason: ignored.reason.clone(),
        until: ignored.until.to_string(),
    }
}

fn found(findings: &Findings<'_>, diagnostic: &Diagnostic) -> Found {
    Found {
        code: diagnostic.code.id,
        level: diagnostic.level.name(),
        title: text(&diagnostic.code.title()),
        message: text(&diagnostic.message),
        place: diagnostic.primary.as_ref().map(|label| place(findings, label)),
        related: diagnostic.secondary.iter().map(|label| place(findings, label)).collect(),
        about: diagnostic.about.clone(),
        help: diagnostic.help.iter().map(text).collect(),
        fixes: diagnostic.fixes.iter().map(|fix| found_fix(findings, fix)).collect(),
    }
}

fn found_fix(findings: &Findings<'_>, fix: &Fix) -> FoundFix {
    let edits = fix.edits.iter().map(|edit| {
        let (path, start, end) = range(findings, edit.span);
        FoundEdit { path, start, end, text: edit.text.clone() }
    });
    FoundFix { title: text(&fix.title), edits: edits.collect() }
}

fn place(findings: &Findings<'_>, label: &Label) -> Place {
    let (path, start, end) = range(findings, label.span);
    Place { path, start, end, label: text(&label.text) }
}

fn range(findings: &Findings<'_>, span: Span) -> (String, Position, Position) {
    let file = findings.sources.file(span.file);
    let position = |byte| {
        let at = file.line_column(byte);
        Position { byte, line: at.line, column: at.column }
    };
    (findings.path(span.file), position(span.start), position(span.end))
}

fn text(text: &Bilingual) -> Text {
    Text { ja: text.ja.clone(), en: text.en.clone() }
}
