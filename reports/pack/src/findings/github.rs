//! Workflow commands: GitHub shows each finding beside the line that it is about.

use kijun_source::{Diagnostic, Lang, Level};

use super::Findings;

/// One command a finding, in one language. What is ignored is left out.
pub fn render(findings: &Findings<'_>, lang: Lang) -> String {
    findings.review.diagnostics.iter().map(|diagnostic| command(findings, diagnostic, lang)).collect()
}

fn command(findings: &Findings<'_>, diagnostic: &Diagnostic, lang: Lang) -> String {
    let command = match diagnostic.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note | Level::Off => "notice",
    };
    let mut properties = Vec::new();
    if let Some(span) = diagnostic.span() {
        let file = findings.sources.file(span.file);
        let (start, end) = (file.line_column(span.start), file.line_column(span.end));
        properties.push(("file", findings.path(span.file)));
        properties.push(("line", start.line.to_string()));
        properties.push(("endLine", end.line.to_string()));
        // Columns of a finding over several lines would be read as columns of one.
        if start.line == end.line {
            properties.push(("col", start.column.to_string()));
            properties.push(("endColumn", end.column.to_string()));
        }
    }
    properties.push(("title", diagnostic.code.id.to_owned()));
    let properties: Vec<String> =
        properties.into_iter().map(|(name, value)| format!("{name}={}", property(&value))).collect();
    let help = diagnostic.help.iter().map(|help| help.get(lang));
    let lines: Vec<&str> = std::iter::once(diagnostic.message.get(lang)).chain(help).collect();
    format!("::{command} {}::{}\n", properties.join(","), message(&lines.join("\n")))
}

/// A text behind the second `::`: it must neither end the line nor be taken for an escape.
fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which ends with a comma or a colon.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_become_another_command() {
        assert_eq!(message("100%\n::error::x"), "100%25%0A::error::x");
        assert_eq!(property("a:b,c"), "a%3Ab%2Cc");
    }
}
