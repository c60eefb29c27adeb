//! Tree to text: the one layout of the language.
//!
//! The tree says where lines may break; the tokens are printed in their order, as they were written, with the comments
//! between them, so that no layout can lose or change a word.

mod clause;
mod document;
mod expr;
mod item;
mod lexeme;
mod printer;

use kijun_source::{Diagnostic, SourceFile};

use crate::format::document::Document;
use crate::format::lexeme::{Lexeme, lexemes};
use crate::token::{Symbol, TokenKind};
use crate::{grammar, lexer};

/// How many columns a line may take; full-width characters take two. Texts and comments are never broken.
pub const WIDTH: usize = 120;

/// How far what stands in a block stands from the block.
const INDENT: usize = 2;

/// The file in the layout of the language, or `None` if it does not parse.
///
/// ```
/// let mut sources = kijun_source::Sources::new();
/// let id = sources.add("a.kijun", r#"enum way  "入退" {enter "入室",leave "退室"}"#);
/// let formatted = kijun_syntax::format(sources.file(id));
/// assert_eq!(formatted.as_deref(), Some("enum way \"入退\" { enter \"入室\", leave \"退室\" }\n"));
/// ```
pub fn format(file: &SourceFile) -> Option<String> {
    let (tokens, mut diagnostics) = lexer::lex(file);
    let (tree, mut problems) = grammar::file(file, &tokens);
    diagnostics.append(&mut problems);
    if diagnostics.iter().any(Diagnostic::is_error) {
        return None;
    }
    let mut reader = Reader { lexemes: lexemes(file, &tokens), at: 0 };
    let document = reader.file(&tree);
    Some(printer::print(&document))
}

/// Goes through the lexemes of a file while the tree is walked, and makes documents of them.
struct Reader<'a> {
    lexemes: Vec<Lexeme<'a>>,
    at: usize,
}

/// What stands between something on a line of its own and what comes before it.
#[derive(Clone, Copy)]
enum Gap {
    /// The beginning of a block: no empty line.
    Start,
    /// At most one empty line, where the author put one.
    Kept,
    /// One empty line.
    Empty,
}

impl<'a> Reader<'a> {
    /// The next lexeme with its comments.
    fn next(&mut self) -> Document<'a> {
        let Some(lexeme) = self.lexemes.get_mut(self.at) else { return Document::nothing() };
        self.at += 1;
        let text = Document::Text(lexeme.text);
        if lexeme.leading.is_empty() && lexeme.trailing.is_none() {
            return text;
        }
        let comments = std::mem::take(&mut lexeme.leading);
        let mut parts: Vec<_> = comments.iter().map(|comment| Document::OwnLine(comment.text)).collect();
        parts.push(text);
        parts.extend(lexeme.trailing.map(Document::Trailing));
        Document::Sequence(parts)
    }

    /// The comments of the next lexeme, which itself is left out.
    fn drop_next(&mut self) -> Document<'a> {
        if let Some(lexeme) = self.lexemes.get_mut(self.at) {
            lexeme.text = "";
        }
        self.next()
    }

    /// The next lexemes with a space between them.
    fn words(&mut self, count: usize) -> Document<'a> {
        let mut parts = Vec::new();
        for index in 0..count {
            if index > 0 {
                parts.push(Document::Space(1));
            }
            parts.push(self.next());
        }
        Document::Sequence(parts)
    }

    /// The document with the comma behind it, if one follows.
    fn with_comma(&mut self, document: Document<'a>) -> Document<'a> {
        if !self.is_at(Symbol::Comma) {
            return document;
        }
        Document::Sequence(vec![document, self.next()])
    }

    fn is_at(&self, symbol: Symbol) -> bool {
        self.kind_of(self.at) == Some(TokenKind::Symbol(symbol))
    }

    fn is_at_word(&self, word: &str) -> bool {
        self.kind_of(self.at) == Some(TokenKind::Word) && self.text(self.at) == word
    }

    /// What a lexeme is; nothing at the end of the file.
    fn kind_of(&self, at: usize) -> Option<TokenKind> {
        self.lexemes.get(at).and_then(|lexeme| lexeme.kind)
    }

    fn text(&self, at: usize) -> &'a str {
        self.lexemes.get(at).map_or("", |lexeme| lexeme.text)
    }

    /// Begins a line for the next lexeme, below the comments that stand above it.
    fn begin_line(&mut self, gap: Gap) -> Document<'a> {
        let (mut parts, gap) = self.comments_above(gap);
        let empty_line = self.lexemes.get(self.at).is_some_and(|lexeme| lexeme.after_empty_line);
        parts.push(line_break(gap, empty_line));
        Document::Sequence(parts)
    }

    /// The comments above the next lexeme, each on its line, and the gap that is left below them.
    fn comments_above(&mut self, mut gap: Gap) -> (Vec<Document<'a>>, Gap) {
        let mut parts = Vec::new();
        let comments = self
            .lexemes
            .get_mut(self.at)
            .map(|lexeme| std::mem::take(&mut lexeme.leading))
            .unwrap_or_default();
        for comment in comments {
            parts.push(line_break(gap, comment.after_empty_line));
            parts.push(Document::OwnLine(comment.text));
            gap = Gap::Kept;
        }
        (parts, gap)
    }

    fn has_comments_above(&self) -> bool {
        self.lexemes.get(self.at).is_some_and(|lexeme| !lexeme.leading.is_empty())
    }

    /// `{ … }` with each entry on a line of its own; every entry takes at least one lexeme.
    fn block(&mut self, mut entry: impl FnMut(&mut Self) -> Document<'a>) -> Document<'a> {
        let open = self.next();
        let mut inner = Vec::new();
        let mut gap = Gap::Start;
        while self.kind_of(self.at).is_some() && !self.is_at(Symbol::CloseBrace) {
            inner.push(self.begin_line(gap));
            inner.push(entry(self));
            gap = Gap::Kept;
        }
        let (comments, _) = self.comments_above(gap);
        inner.extend(comments);
        if inner.is_empty() {
            return Document::Sequence(vec![open, self.next()]);
        }
        let inner = Document::indented(INDENT, inner);
        Document::Sequence(vec![open, inner, Document::Break { empty_line: false }, self.next()])
    }

    /// Whether a line ends behind the brace that comes next.
    fn is_broken_behind_brace(&self) -> bool {
        self.lexemes.get(self.at + 1).is_some_and(|lexeme| lexeme.begins_line)
    }
}

fn line_break<'a>(gap: Gap, written_empty: bool) -> Document<'a> {
    let empty_line = match gap {
        Gap::Start => false,
        Gap::Kept => written_empty,
        Gap::Empty => true,
    };
    Document::Break { empty_line }
}
