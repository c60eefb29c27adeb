//! Findings as SARIF 2.1.0 (OASIS, errata 01), for code scanning.

use kijun_source::{Code, Diagnostic, Edit, FileId, Fix, Label, Lang, Level, Page, Span};
use serde_json::{Value, json};

use super::{Findings, path};
use crate::{Error, page};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The findings as SARIF in one language. What is ignored is in it, marked as suppressed and why.
pub fn render(findings: &Findings<'_>, lang: Lang) -> Result<String, Error> {
    let ignored = findings.review.ignored.iter().map(|ignored| &ignored.diagnostic);
    let rules = codes(findings.review.diagnostics.iter().chain(ignored));
    let writer = Writer { findings, rules: &rules, lang };
    let mut text = serde_json::to_string_pretty(&writer.log())?;
    text.push('\n');
    Ok(text)
}

/// The codes of diagnostics, each once, sorted.
fn codes<'a>(diagnostics: impl Iterator<Item = &'a Diagnostic>) -> Vec<&'static Code> {
    let mut codes: Vec<&'static Code> = diagnostics.map(|diagnostic| diagnostic.code).collect();
    codes.sort_unstable_by_key(|code| code.id);
    codes.dedup_by_key(|code| code.id);
    codes
}

struct Writer<'a> {
    findings: &'a Findings<'a>,
    rules: &'a [&'static Code],
    lang: Lang,
}

impl Writer<'_> {
    fn log(&self) -> Value {
        let language = match self.lang {
            Lang::Ja => "ja",
            Lang::En => "en",
        };
        let review = self.findings.review;
        let reported = review.diagnostics.iter().map(|diagnostic| self.result(diagnostic));
        let ignored = review.ignored.iter().map(|ignored| {
            let mut result = self.result(&ignored.diagnostic);
            let (reason, until) = (&ignored.reason, ignored.until);
            let justification = format!("{reason} (until {until})");
            result["suppressions"] =
                json!([{ "kind": "external", "status": "accepted", "justification": justification }]);
            result
        });
        json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "kijun",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": self.rules.iter().map(|code| self.rule(code)).collect::<Vec<_>>(),
                } },
                "language": language,
                // A column is a character (a code point), full-width or not.
                "columnKind": "unicodeCodePoints",
                "results": reported.chain(ignored).collect::<Vec<_>>(),
            }],
        })
    }

    fn rule(&self, code: &Code) -> Value {
        let what = Page::parse(code).map(|page| page.what.get(self.lang).to_owned());
        json!({
            "id": code.id,
            "shortDescription": { "text": code.title().get(self.lang) },
            "fullDescription": { "text": what.unwrap_or_else(|_| code.title().get(self.lang).to_owned()) },
            "help": {
                "text": page::render(code, self.lang),
                "markdown": page::markdown(code, self.lang),
            },
            "defaultConfiguration": { "level": level(code.level), "enabled": code.level != Level::Off },
        })
    }

    fn result(&self, diagnostic: &Diagnostic) -> Value {
        let index = self.rules.iter().position(|code| code.id == diagnostic.code.id);
        let help = diagnostic.help.iter().map(|help| help.get(self.lang));
        let lines: Vec<&str> = std::iter::once(diagnostic.message.get(self.lang)).chain(help).collect();
        let mut result = json!({
            "ruleId": diagnostic.code.id,
            "ruleIndex": index,
            "level": level(diagnostic.level),
            "message": { "text": lines.join("\n") },
        });
        if let Some(label) = &diagnostic.primary {
            result["locations"] = json!([self.location(label)]);
        }
        if !diagnostic.secondary.is_empty() {
            let related = diagnostic.secondary.iter().map(|label| self.location(label));
            result["relatedLocations"] = related.collect();
        }
        if !diagnostic.fixes.is_empty() {
            result["fixes"] = diagnostic.fixes.iter().map(|fix| self.fix(fix)).collect();
        }
        result
    }

    fn location(&self, label: &Label) -> Value {
        let mut location = json!({ "physicalLocation": {
            "artifactLocation": self.artifact(label.span.file),
            "region": self.region(label.span),
        } });
        let text = label.text.get(self.lang);
        if !text.is_empty() {
            location["message"] = json!({ "text": text });
        }
        location
    }

    /// The edits of a fix, those of a file together.
    fn fix(&self, fix: &Fix) -> Value {
        let mut changes: Vec<(FileId, Vec<Value>)> = Vec::new();
        for edit in &fix.edits {
            let replacement = self.replacement(edit);
            match changes.iter_mut().find(|(file, _)| *file == edit.span.file) {
                Some((_, replacements)) => replacements.push(replacement),
                None => changes.push((edit.span.file, vec![replacement])),
            }
        }
        let changes = changes.into_iter().map(|(file, replacements)| {
            json!({ "artifactLocation": self.artifact(file), "replacements": replacements })
        });
        json!({
            "description": { "text": fix.title.get(self.lang) },
            "artifactChanges": changes.collect::<Vec<_>>(),
        })
    }

    fn replacement(&self, edit: &Edit) -> Value {
        json!({ "deletedRegion": self.region(edit.span), "insertedContent": { "text": edit.text } })
    }

    fn artifact(&self, file: FileId) -> Value {
        json!({ "uri": path::uri(&self.findings.path(file)) })
    }

    fn region(&self, span: Span) -> Value {
        let file = self.findings.sources.file(span.file);
        let (start, end) = (file.line_column(span.start), file.line_column(span.end));
        json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        })
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
        Level::Off => "none",
    }
}
