//! Tokens with the comments around them.

use kijun_source::{SourceFile, Span};

use crate::token::{Token, TokenKind};

/// A token as written, with its comments. The last one of a file is empty and holds the comments at its end.
pub(super) struct Lexeme<'a> {
    /// What the token is; nothing at the end of the file.
    pub(super) kind: Option<TokenKind>,
    pub(super) text: &'a str,
    pub(super) span: Span,
    /// The comments above it, each on a line of its own.
    pub(super) leading: Vec<Comment<'a>>,
    /// The comment behind it in its line.
    pub(super) trailing: Option<&'a str>,
    /// Whether it begins a line.
    pub(super) begins_line: bool,
    /// Whether an empty line stands before it, comments aside.
    pub(super) after_empty_line: bool,
}

/// A comment on a line of its own.
pub(super) struct Comment<'a> {
    pub(super) text: &'a str,
    /// Whether an empty line stands before it.
    pub(super) after_empty_line: bool,
}

/// The tokens of a part of a file that holds nothing but tokens, white space and comments.
pub(super) fn lexemes<'a>(file: &'a SourceFile, part: Span, tokens: &[Token]) -> Vec<Lexeme<'a>> {
    let mut lexemes: Vec<Lexeme<'a>> = Vec::with_capacity(tokens.len() + 1);
    let mut gap = Span { end: part.start, ..part };
    for token in tokens {
        gap = Span { start: gap.end, end: token.span.start, ..gap };
        let lexeme = after_gap(file.slice(gap), token.span, lexemes.last_mut());
        let text = file.slice(token.span).trim_end();
        lexemes.push(Lexeme { kind: Some(token.kind), text, ..lexeme });
        gap.end = token.span.end;
    }
    let last = Span { start: gap.end, ..part };
    let last = after_gap(file.slice(last), part.after(), lexemes.last_mut());
    lexemes.push(last);
    lexemes
}

/// The lexeme after a gap, still without its text. A comment in the line of the one before is that one's.
fn after_gap<'a>(gap: &'a str, span: Span, mut before: Option<&mut Lexeme<'a>>) -> Lexeme<'a> {
    let mut leading = Vec::new();
    let mut rest = gap;
    let mut begins_line = false;
    while let Some(at) = rest.find("//") {
        let (space, comment) = rest.split_at(at);
        let (text, next) = comment.split_once('\n').unwrap_or((comment, ""));
        let breaks = space.matches('\n').count() + usize::from(begins_line);
        let text = text.trim_end();
        match before.take().filter(|_| breaks == 0) {
            Some(before) => before.trailing = Some(text),
            None => leading.push(Comment { text, after_empty_line: breaks > 1 }),
        }
        begins_line = true;
        rest = next;
    }
    let breaks = rest.matches('\n').count() + usize::from(begins_line);
    Lexeme {
        kind: None,
        text: "",
        span,
        leading,
        trailing: None,
        begins_line: breaks > 0,
        after_empty_line: breaks > 1,
    }
}
