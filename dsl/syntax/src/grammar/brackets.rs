//! Brackets that do not go together: where reading stopped, which are open, and which of them was left so.

use kijun_source::{Bilingual, Diagnostic, bilingual};

use crate::diagnostics::UNEXPECTED;
use crate::keyword::Keyword;
use crate::token::{Symbol, Token, TokenKind, Tokens};

/// The diagnostic of a bracket that closes another or nothing, or is never closed, seen from the token at `index`.
pub(super) fn trouble(input: Tokens<'_>, index: usize) -> Option<Diagnostic> {
    let nesting = Nesting::before(input, index);
    let at = input.skip(index);
    match (nesting.open.last(), at.first()) {
        (Some(open), None) => Some(unclosed(input, &nesting, *open, at)),
        (Some(open), Some(token)) if begins_declaration(token) => Some(unclosed(input, &nesting, *open, at)),
        (open, Some(token)) if opening(token).is_some() => wrong_close(at, open.copied(), token),
        _ => None,
    }
}

/// Points at the innermost parenthesis or list that is open where reading stopped.
pub(super) fn point_at_open(input: Tokens<'_>, index: usize, diagnostic: Diagnostic) -> Diagnostic {
    let nesting = Nesting::before(input, index);
    match nesting.open.last().filter(|open| open.kind != TokenKind::Symbol(Symbol::OpenBrace)) {
        Some(open) => diagnostic.and(open.span, opened_here()),
        None => diagnostic,
    }
}

/// What stands in what.
struct Nesting {
    /// The brackets that are open, outermost first.
    open: Vec<Token>,
    /// Those that are closed, with what closes them.
    pairs: Vec<(Token, Token)>,
}

impl Nesting {
    /// Of the first `count` tokens.
    fn before(input: Tokens<'_>, count: usize) -> Self {
        let mut nesting = Nesting { open: Vec::new(), pairs: Vec::new() };
        for token in input.rest.iter().take(count) {
            if closing(*token).is_some() {
                nesting.open.push(*token);
            } else if opening(*token).is_some()
                && let Some(open) = nesting.open.pop()
            {
                nesting.pairs.push((open, *token));
            }
        }
        nesting
    }

    /// The first brace whose end stands further out than its beginning: the end was meant for what stands around it.
    fn crooked(&self, input: Tokens<'_>) -> Option<(Token, Token)> {
        let is_crooked = |(open, close): &&(Token, Token)| {
            let ends = indent(input.text, close.span.start);
            ends.stands_first && ends.width < indent(input.text, open.span.start).width
        };
        self.pairs.iter().find(is_crooked).copied()
    }
}

fn unclosed(input: Tokens<'_>, nesting: &Nesting, innermost: Token, at: Tokens<'_>) -> Diagnostic {
    let crooked = nesting.crooked(input);
    let open = crooked.map_or(innermost, |(open, _)| open);
    let sign = input.slice(open.span);
    let close = closing(open).map_or("", Symbol::spelling);
    let diagnostic = Diagnostic::new(
        &UNEXPECTED,
        open.span,
        bilingual!("`{sign}` が閉じていない", "`{sign}` is not closed"),
    )
    .at(opened_here())
    .help(bilingual!("`{close}` を補う", "add the closing `{close}`"));
    let diagnostic = match crooked {
        Some((_, end)) => diagnostic.and(
            end.span,
            bilingual!(
                "字下げによれば、この `{close}` は外側のもの",
                "by its indentation, this `{close}` closes what stands around it"
            ),
        ),
        None => diagnostic,
    };
    match at.first() {
        Some(next) => diagnostic
            .and(next.span, Bilingual::new("ここで次の宣言が始まる", "the next declaration begins here")),
        None => diagnostic,
    }
}

/// A closing bracket where another one is open, or none.
fn wrong_close(at: Tokens<'_>, open: Option<Token>, found: Token) -> Option<Diagnostic> {
    let sign = at.slice(found.span);
    let is_brace = |token: Token| token.kind == TokenKind::Symbol(Symbol::OpenBrace);
    let Some(open) = open.filter(|open| !is_brace(*open)) else {
        let is_surplus = open.is_none() || found.kind != TokenKind::Symbol(Symbol::CloseBrace);
        let message = bilingual!("この `{sign}` で閉じるものがない", "this `{sign}` closes nothing");
        let help = bilingual!("`{sign}` を消す", "remove this `{sign}`");
        return is_surplus.then(|| Diagnostic::new(&UNEXPECTED, found.span, message).help(help));
    };
    let close = closing(open).filter(|close| found.kind != TokenKind::Symbol(*close))?.spelling();
    let opened = at.slice(open.span);
    let message = bilingual!("`{sign}` では `{opened}` は閉じない", "`{sign}` does not close `{opened}`");
    let diagnostic = Diagnostic::new(&UNEXPECTED, found.span, message).and(open.span, opened_here());
    Some(diagnostic.help(bilingual!("`{opened}` は `{close}` で閉じる", "close `{opened}` with `{close}`")))
}

fn opened_here() -> Bilingual {
    Bilingual::new("ここで開いている", "opened here")
}

fn begins_declaration(token: Token) -> bool {
    token.at_line_start && token.keyword.is_some_and(Keyword::begins_declaration)
}

/// What closes an opening bracket.
fn closing(token: Token) -> Option<Symbol> {
    pair(token, |(open, _)| open).map(|(_, close)| close)
}

/// What opens what a closing bracket closes.
fn opening(token: Token) -> Option<Symbol> {
    pair(token, |(_, close)| close).map(|(open, _)| open)
}

const PAIRS: [(Symbol, Symbol); 3] = [
    (Symbol::OpenBrace, Symbol::CloseBrace),
    (Symbol::OpenParen, Symbol::CloseParen),
    (Symbol::OpenBracket, Symbol::CloseBracket),
];

fn pair(token: Token, side: impl Fn((Symbol, Symbol)) -> Symbol) -> Option<(Symbol, Symbol)> {
    PAIRS.into_iter().find(|pair| token.kind == TokenKind::Symbol(side(*pair)))
}

/// How far in the line of a place begins, and whether nothing stands before the place in it.
struct Indent {
    width: usize,
    stands_first: bool,
}

fn indent(text: &str, at: u32) -> Indent {
    let before = text.get(..at as usize).unwrap_or("");
    let line = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
    let width = line.len() - line.trim_start().len();
    Indent { width, stands_first: width == line.len() }
}
