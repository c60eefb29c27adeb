//! Tokens, and slices of them as the input of nom's parsers.

use kijun_source::Span;
use nom::{Input, Needed};

use crate::ast::Spelling;
use crate::keyword::Keyword;

/// A word, number, text or sign, with where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Span,
    /// The keyword that it begins, once the spelling is settled.
    pub(crate) keyword: Option<Keyword>,
    /// Whether nothing but white space stands before it in its line, not even that.
    pub(crate) at_line_start: bool,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A keyword or a name.
    Word,
    /// `42`
    Int,
    /// `0.5`
    Decimal,
    /// `2026-04-01` or `令和8年4月1日`
    Date,
    /// `10:00` or `10:00:30`
    Time,
    /// `2026年度` or `令和8年度`
    FiscalYear,
    /// `"…"`, quotes included.
    Text,
    /// `/…/`, slashes included: behind a word that takes a pattern.
    Regex,
    /// A comment that documents what follows: `/// …`.
    Doc,
    /// A sign.
    Symbol(Symbol),
    /// A sign of another language, read as the word that it means.
    Meant(Keyword),
}

/// Declares the signs: longer ones before those they begin with, and the commonest first, for they are tried in this order.
macro_rules! symbols {
    ($($name:ident $spelling:literal,)*) => {
        /// A sign of the language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Symbol { $($name,)* }

        impl Symbol {
            pub(crate) const ALL: &'static [Symbol] = &[$(Symbol::$name,)*];

            pub(crate) fn spelling(self) -> &'static str {
                match self { $(Symbol::$name => $spelling,)* }
            }

            /// The longest sign that a text begins with.
            pub(crate) fn beginning(text: &str) -> Option<Symbol> {
                $(
                    // A constant pattern is compared in place; with a spelling from a table each sign would be a call.
                    if text.as_bytes().starts_with($spelling.as_bytes()) {
                        return Some(Symbol::$name);
                    }
                )*
                None
            }
        }
    };
}

symbols! {
    Comma ",",
    Colon ":",
    OpenBrace "{",
    CloseBrace "}",
    Dot ".",
    OpenParen "(",
    CloseParen ")",
    OpenBracket "[",
    CloseBracket "]",
    EqualEqual "==",
    NotEqual "!=",
    LessEqual "<=",
    GreaterEqual ">=",
    Arrow "->",
    Question "?",
    Equal "=",
    Less "<",
    Greater ">",
    Plus "+",
    Minus "-",
    Star "*",
    Touten "、",
}

/// The tokens still to be read, with the text that they stand in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tokens<'a> {
    pub(crate) rest: &'a [Token],
    pub(crate) text: &'a str,
    /// In which spelling the keywords among them are read.
    pub(crate) spelling: Spelling,
    /// The empty span at the end of the file.
    pub(crate) end: Span,
    /// How many expressions the next token stands in.
    pub(crate) depth: u16,
}

impl<'a> Tokens<'a> {
    pub(crate) fn first(self) -> Option<Token> {
        self.rest.first().copied()
    }

    /// The text of a token.
    pub(crate) fn slice(self, span: Span) -> &'a str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// The next token's text if it is a word.
    pub(crate) fn word(self) -> Option<&'a str> {
        let token = self.first()?;
        match token.kind {
            TokenKind::Word => Some(self.slice(token.span)),
            TokenKind::Meant(keyword) => Some(keyword.spelling(self.spelling)),
            _ => None,
        }
    }

    /// The keyword that the next token begins.
    pub(crate) fn keyword(self) -> Option<Keyword> {
        self.rest.first()?.keyword
    }

    /// What follows a keyword, if it stands here.
    pub(crate) fn skip_keyword(self, keyword: Keyword) -> Option<Self> {
        let Some(told) = keyword.told_by_first_word(self.spelling) else { return Some(self) };
        // Nearly no token begins the keyword that is looked for.
        if self.keyword() != Some(told) {
            return None;
        }
        keyword.words(self.spelling).skip(1).try_fold(self.skip(1), Self::skip_word)
    }

    /// What follows a word, if it stands here.
    pub(crate) fn skip_word(self, word: &str) -> Option<Self> {
        (self.word() == Some(word)).then(|| self.skip(1))
    }

    /// What follows a sign, if it stands here.
    pub(crate) fn skip_symbol(self, symbol: Symbol) -> Option<Self> {
        self.is_at(symbol).then(|| self.skip(1))
    }

    pub(crate) fn is_at(self, symbol: Symbol) -> bool {
        self.first().is_some_and(|token| token.kind == TokenKind::Symbol(symbol))
    }

    /// Whether a sign stands here, whichever.
    pub(crate) fn is_at_symbol(self) -> bool {
        self.first().is_some_and(|token| matches!(token.kind, TokenKind::Symbol(_)))
    }

    /// The place of the tokens up to `rest`, which follows them.
    pub(crate) fn until(self, rest: Self) -> Span {
        let count = self.rest.len().saturating_sub(rest.rest.len());
        match (self.rest.first(), self.rest.get(count.saturating_sub(1))) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => self.end,
        }
    }

    /// The next token's place, or the end of the file.
    pub(crate) fn here(self) -> Span {
        self.first().map_or(self.end, |token| token.span)
    }

    /// The tokens after the first `count`.
    pub(crate) fn skip(self, count: usize) -> Self {
        Self { rest: self.rest.get(count..).unwrap_or(&[]), ..self }
    }
}

impl<'a> Input for Tokens<'a> {
    type Item = Token;
    type Iter = std::iter::Copied<std::slice::Iter<'a, Token>>;
    type IterIndices = std::iter::Enumerate<Self::Iter>;

    fn input_len(&self) -> usize {
        self.rest.len()
    }

    fn take(&self, index: usize) -> Self {
        Self { rest: &self.rest[..index], ..*self }
    }

    fn take_from(&self, index: usize) -> Self {
        self.skip(index)
    }

    fn take_split(&self, index: usize) -> (Self, Self) {
        (self.take_from(index), self.take(index))
    }

    fn position<P: Fn(Self::Item) -> bool>(&self, predicate: P) -> Option<usize> {
        self.rest.iter().position(|token| predicate(*token))
    }

    fn iter_elements(&self) -> Self::Iter {
        self.rest.iter().copied()
    }

    fn iter_indices(&self) -> Self::IterIndices {
        self.iter_elements().enumerate()
    }

    fn slice_index(&self, count: usize) -> Result<usize, Needed> {
        if count <= self.rest.len() { Ok(count) } else { Err(Needed::new(count - self.rest.len())) }
    }
}
