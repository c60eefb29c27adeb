//! Which of the two spellings a file is written in.

use kijun_source::{Diagnostic, SourceFile};

use crate::ast::{Spelling, Unit};
use crate::keyword::Keyword;
use crate::lexer::{foreign_word, stray};
use crate::token::{Symbol, Token, TokenKind};

impl Spelling {
    /// Both.
    pub const ALL: [Spelling; 2] = [Spelling::English, Spelling::Japanese];

    /// The other one.
    pub fn other(self) -> Spelling {
        match self {
            Spelling::English => Spelling::Japanese,
            Spelling::Japanese => Spelling::English,
        }
    }
}

/// The spelling of the first word that begins a declaration; English where there is none.
pub(crate) fn of_file(file: &SourceFile, tokens: &[Token]) -> Spelling {
    let words = tokens.iter().filter(|token| token.kind == TokenKind::Word);
    let mut settling = words.enumerate().filter(|(index, token)| *index == 0 || token.at_line_start);
    settling.find_map(|(_, token)| begins_declaration(file.slice(token.span))).unwrap_or_default()
}

/// The spelling of an expression: that of the first word or sign in it that only one spelling has.
pub(crate) fn of_expr(file: &SourceFile, tokens: &[Token]) -> Spelling {
    let before = std::iter::once(None).chain(tokens.iter().map(Some));
    let telling = |(before, token): (Option<&Token>, &Token)| match token.kind {
        TokenKind::Symbol(Symbol::Touten) => Some(Spelling::Japanese),
        TokenKind::Word => {
            let word = file.slice(token.span);
            let is_unit = |spelling| Unit::from_word(word, spelling).is_some();
            let counts = before.is_some_and(|before| before.kind == TokenKind::Int);
            let tells =
                |spelling: &Spelling| is_expression_word(word, *spelling) || counts && is_unit(*spelling);
            Spelling::ALL.into_iter().find(tells)
        }
        _ => None,
    };
    before.zip(tokens).find_map(telling).unwrap_or_default()
}

/// Whether a word cannot be a name within an expression.
pub(crate) fn is_expression_word(word: &str, spelling: Spelling) -> bool {
    Keyword::from_word(word, spelling).is_some_and(|keyword| {
        let stands_alone = [Keyword::Today, Keyword::Period, Keyword::Moment, Keyword::Covered];
        keyword.is_reserved(spelling) || stands_alone.contains(&keyword)
    })
}

/// Tells the keywords of the spelling, and reports the signs that it has no use for.
pub(crate) fn settle(file: &SourceFile, spelling: Spelling, tokens: &mut [Token]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for token in tokens {
        match token.kind {
            TokenKind::Word => token.keyword = Keyword::from_word(file.slice(token.span), spelling),
            TokenKind::Meant(keyword) => {
                token.keyword = Some(keyword);
                diagnostics.push(foreign_word(file, token.span, keyword.spelling(spelling)));
            }
            TokenKind::Symbol(Symbol::Touten) if spelling == Spelling::English => {
                diagnostics.push(stray(file, token.span.start as usize, "、".len()));
                // What was meant is read, so that one mistake gives one message.
                token.kind = TokenKind::Symbol(Symbol::Comma);
            }
            _ => {}
        }
    }
    diagnostics
}

/// In which spelling a word begins a declaration.
fn begins_declaration(word: &str) -> Option<Spelling> {
    let begins =
        |spelling: &Spelling| Keyword::from_word(word, *spelling).is_some_and(Keyword::begins_declaration);
    Spelling::ALL.into_iter().find(begins)
}
