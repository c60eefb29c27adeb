//! Texts: escapes and the expressions in them.

use kijun_source::{Bilingual, Diagnostic, SourceFile, Span};

use crate::ast::{Template, TemplatePart};
use crate::diagnostics::BAD_ESCAPE;
use crate::foreign::closing_quote;

/// The characters of a text token, escapes resolved. Escapes that are not known stay as written and are reported.
pub(crate) fn unescape(raw: &str, span: Span) -> (String, Vec<Diagnostic>) {
    if let Some(plain) = plain(raw) {
        return (plain.to_owned(), Vec::new());
    }
    let mut value = String::new();
    let mut diagnostics = Vec::new();
    for piece in pieces(raw) {
        match piece {
            Piece::Char(c) => value.push(c),
            Piece::Open(_) => value.push('{'),
            Piece::Close(_) => value.push('}'),
            Piece::Unknown(at, c) => {
                diagnostics.push(bad_escape(span, at, c));
                value.push(c);
            }
        }
    }
    (value, diagnostics)
}

/// What stands between the quotes where every character of it stands for itself, as nearly always.
fn plain(raw: &str) -> Option<&str> {
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    (!inner.contains(['\\', '{', '}'])).then_some(inner)
}

/// A text token taken apart at its `{expression}`s; each is read by `parse` from its span of the file.
pub(crate) fn template(
    file: &SourceFile,
    span: Span,
    mut parse: impl FnMut(Span) -> Option<crate::ast::Expr>,
) -> (Template, Vec<Diagnostic>) {
    let raw = file.slice(span);
    let mut template = Template { parts: Vec::new(), span };
    let mut diagnostics = Vec::new();
    let mut plain = String::new();
    let mut open: Option<usize> = None;
    for piece in pieces(raw) {
        match (piece, open) {
            (Piece::Open(at), None) => open = Some(at + 1),
            (Piece::Close(at), Some(start)) => {
                open = None;
                if !plain.is_empty() {
                    template.parts.push(TemplatePart::Text(std::mem::take(&mut plain)));
                }
                let base = span.start as usize;
                if let Some(expr) = parse(Span::new(file.id, base + start, base + at)) {
                    template.parts.push(TemplatePart::Value(expr));
                }
            }
            (Piece::Unknown(at, c), None) => {
                diagnostics.push(bad_escape(span, at, c));
                plain.push(c);
            }
            (Piece::Char(c), None) => plain.push(c),
            (Piece::Close(_), None) => plain.push('}'),
            (_, Some(_)) => {}
        }
    }
    if let Some(start) = open {
        let at = span.start as usize + start;
        let message = Bilingual::new("`{` が閉じていない", "`{` is not closed");
        diagnostics.push(Diagnostic::new(&BAD_ESCAPE, Span::new(file.id, at - 1, at), message).help(
            Bilingual::new(
                "`}` を補う。文字としての `{` は `\\{` と書く",
                "add `}`, or write `\\{` for the character",
            ),
        ));
    }
    if !plain.is_empty() {
        template.parts.push(TemplatePart::Text(plain));
    }
    (template, diagnostics)
}

/// Whether a text token holds an `{expression}`.
pub(crate) fn is_template(raw: &str) -> bool {
    raw.contains('{') && pieces(raw).iter().any(|piece| matches!(piece, Piece::Open(_)))
}

/// The parts of a text token that are expressions, as offsets in the token.
pub(crate) fn embedded(raw: &str) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut open = None;
    for piece in pieces(raw) {
        match (piece, open) {
            (Piece::Open(at), None) => open = Some(at + 1),
            (Piece::Close(at), Some(start)) => {
                ranges.push(start..at);
                open = None;
            }
            _ => {}
        }
    }
    ranges
}

/// A piece of a text token with its offset in the token.
enum Piece {
    Char(char),
    Open(usize),
    Close(usize),
    Unknown(usize, char),
}

/// The pieces between the quotes.
fn pieces(raw: &str) -> Vec<Piece> {
    let close = raw.chars().next().and_then(closing_quote).unwrap_or('"');
    let is_closed = raw.chars().count() > 1 && raw.ends_with(close);
    let end = if is_closed { raw.len() - close.len_utf8() } else { raw.len() };
    let mut pieces = Vec::new();
    let mut chars = raw[..end].char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        pieces.push(match c {
            '{' => Piece::Open(at),
            '}' => Piece::Close(at),
            '\\' => match chars.next() {
                Some((_, 'n')) => Piece::Char('\n'),
                Some((_, escaped @ ('"' | '\\' | '{' | '}'))) => Piece::Char(escaped),
                Some((_, other)) => Piece::Unknown(at, other),
                None => Piece::Unknown(at, '\\'),
            },
            c => Piece::Char(c),
        });
    }
    pieces
}

fn bad_escape(text: Span, at: usize, c: char) -> Diagnostic {
    let start = text.start as usize + at;
    let span = Span::new(text.file, start, start + 1 + c.len_utf8());
    Diagnostic::new(
        &BAD_ESCAPE,
        span,
        Bilingual::new(format!("`\\{c}` は使えない"), format!("`\\{c}` is not an escape")),
    )
    .help(Bilingual::new(
        "使えるのは `\\\"` `\\\\` `\\n` `\\{` `\\}`",
        "the escapes are `\\\"` `\\\\` `\\n` `\\{` `\\}`",
    ))
}
