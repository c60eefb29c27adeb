//! Tree to text: the one layout of the language, in either spelling.
//!
//! The tree says where lines may break and in which order things stand; the tokens are taken in the order in which they
//! were written, with the comments around them, so that no layout can lose or change a word.
//!
//! A comment stands only between two parts of the tree that follow each other in both spellings, behind the first in its
//! line or on lines of its own: so it is at the same place of the tree in either, wherever lines break.

mod audit;
mod clause;
mod document;
mod expr;
mod item;
mod lexeme;
mod names;
mod printer;
mod rows;
mod standard;

use kijun_source::{Diagnostic, SourceFile, Span};

use crate::ast::Spelling;
use crate::format::document::Document;
use crate::format::lexeme::{Comment, Lexeme, lexemes};
use crate::keyword::Keyword;
use crate::token::{Symbol, TokenKind};

pub use names::Names;

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
    let (tree, _, _) = crate::read(file);
    format_as(file, tree.spelling, &Names::new()).ok()
}

/// The file in the layout of the language, in that spelling, with other words for the names that stand at the spans in
/// `names`. A word that the spelling reads as something else than a name is not taken; the name stays as it is.
///
/// # Errors
///
/// What is wrong with the file, if it does not parse; the names that the spelling reads as words of the language
/// (`KJ0008`).
///
/// ```
/// use kijun_syntax::{Names, ast::Spelling, format_as};
/// let mut sources = kijun_source::Sources::new();
/// let text = r#"rule r "甲" { severity major require x in period }"#;
/// let id = sources.add("a.kijun", text);
/// let at = text.find("x in").unwrap();
/// let names = Names::from([(kijun_source::Span::new(id, at, at + 1), "日".to_owned())]);
/// let japanese = format_as(sources.file(id), Spelling::Japanese, &names);
/// assert_eq!(japanese.as_deref(), Ok("規則 r \"甲\" {\n  重大度   重大\n  要件     日 が 期間 にある\n}\n"));
/// ```
pub fn format_as(file: &SourceFile, spelling: Spelling, names: &Names) -> Result<String, Vec<Diagnostic>> {
    let (tree, tokens, diagnostics) = crate::read(file);
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Err(diagnostics);
    }
    let whole = Span::new(file.id, 0, file.text.len());
    let lexemes = lexemes(file, whole, &tokens);
    let mut reader =
        Reader { file, lexemes, at: 0, source: tree.spelling, target: spelling, names, clashes: Vec::new() };
    let document = reader.file(&tree);
    match reader.clashes.is_empty() {
        true => Ok(printer::print(&document)),
        false => Err(reader.clashes),
    }
}

/// Goes through the lexemes of a file while the tree is walked, and makes documents of them.
struct Reader<'a> {
    file: &'a SourceFile,
    lexemes: Vec<Lexeme<'a>>,
    at: usize,
    /// In which spelling the file is written.
    source: Spelling,
    /// In which one it is printed.
    target: Spelling,
    names: &'a Names,
    /// The names that cannot stand in the target.
    clashes: Vec<Diagnostic>,
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

/// The comments of a few lexemes that are printed as one.
struct Comments<'a> {
    /// Those that stand before or among them.
    leading: Vec<&'a str>,
    /// The one behind the last of them.
    trailing: Option<&'a str>,
}

impl<'a> Reader<'a> {
    /// Takes so many lexemes and prints a text for them, below their comments.
    fn phrase(&mut self, count: usize, text: impl Into<std::borrow::Cow<'a, str>>) -> Document<'a> {
        let text = Document::text(text);
        let Comments { leading, trailing } = self.comments(count);
        if leading.is_empty() && trailing.is_none() {
            return text;
        }
        let leading = leading.into_iter().map(Document::OwnLine);
        Document::Sequence(leading.chain([text]).chain(trailing.map(Document::Trailing)).collect())
    }

    /// Takes so many lexemes and keeps of them nothing but the comments.
    fn comments(&mut self, count: usize) -> Comments<'a> {
        let mut comments = Comments { leading: Vec::new(), trailing: None };
        for _ in 0..count {
            let Some(lexeme) = self.lexemes.get(self.at) else { break };
            comments.leading.extend(comments.trailing.take());
            comments.leading.extend(lexeme.leading.iter().map(|comment| comment.text));
            comments.trailing = lexeme.trailing;
            self.at += 1;
        }
        comments
    }

    /// A word that opens what is said, for which the comments were taken. Another spelling may have none there, or others:
    /// the comments between the two stand before them both, each on a line of its own.
    fn opened(&self, opening: Comments<'a>, word: Document<'a>, mut said: Document<'a>) -> Document<'a> {
        let comments = opening.leading.into_iter().chain(opening.trailing).chain(said.take_first_comments());
        Document::Sequence(comments.map(Document::OwnLine).chain([word, said]).collect())
    }

    /// What is said, and the word that closes it, for which so many lexemes are taken. Another spelling may have none
    /// there, or others: the comments between the two stand behind them both, and above what follows if they are several.
    fn closed(&mut self, mut said: Document<'a>, count: usize, word: Document<'a>) -> Document<'a> {
        let last = said.take_last_comment();
        let Comments { mut leading, trailing } = self.comments(count);
        let (behind, further) = match last {
            None if leading.is_empty() => (trailing, None),
            last => (last, trailing),
        };
        leading.extend(further);
        self.put_above_next(leading);
        Document::Sequence([said, word].into_iter().chain(behind.map(Document::Trailing)).collect())
    }

    /// The same with a keyword for which one of the spellings has no word.
    fn closed_by(&mut self, said: Document<'a>, keyword: Keyword) -> Document<'a> {
        self.closed(said, self.count(keyword), Document::word_behind(keyword.spelling(self.target)))
    }

    /// Puts comments above the next lexeme, before those that stand there.
    fn put_above_next(&mut self, comments: Vec<&'a str>) {
        if let Some(lexeme) = self.lexemes.get_mut(self.at) {
            let comments = comments.into_iter().map(|text| Comment { text, after_empty_line: false });
            lexeme.leading.splice(0..0, comments);
        }
    }

    /// The next lexeme as it is written.
    fn next(&mut self) -> Document<'a> {
        let text = self.text(self.at);
        self.phrase(usize::from(self.at < self.lexemes.len()), text)
    }

    /// The next lexemes as they are written, with a space between them.
    fn words(&mut self, count: usize) -> Document<'a> {
        Document::spaced((0..count).map(|_| self.next()).collect())
    }

    /// The words of a keyword, in the target's spelling.
    fn keyword(&mut self, keyword: Keyword) -> Document<'a> {
        self.phrase(self.count(keyword), keyword.spelling(self.target))
    }

    /// How many words the source has for a keyword.
    fn count(&self, keyword: Keyword) -> usize {
        keyword.words(self.source).count()
    }

    /// The comments of the next lexeme, which itself is left out.
    fn drop_next(&mut self) -> Document<'a> {
        self.phrase(1, "")
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

    /// Whether a keyword begins here.
    fn is_at_keyword(&self, keyword: Keyword) -> bool {
        self.kind_of(self.at) == Some(TokenKind::Word)
            && keyword.words(self.source).next() == Some(self.text(self.at))
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

    /// So many words and a block of entries that each begin with the word that says how they go on.
    fn headed_block(
        &mut self,
        head: Document<'a>,
        entry: impl FnMut(&mut Self) -> Document<'a>,
    ) -> Document<'a> {
        Document::Sequence(vec![head, Document::Space(1), self.block(entry)])
    }

    /// Whether no comment stands between two lexemes.
    fn is_in_one_line(&self, first: usize, last: usize) -> bool {
        let between = self.lexemes.get(first..=last).unwrap_or_default();
        between.windows(2).all(|pair| pair[0].trailing.is_none() && pair[1].leading.is_empty())
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
