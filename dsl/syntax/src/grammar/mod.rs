//! Tokens to tree: one parser a declaration, and going on after a broken one.

mod basic;
mod expr;
mod fact;
mod rule;
mod standard;
mod test;

use kijun_source::{Bilingual, Diagnostic, SourceFile, Span, bilingual};
use nom::branch::alt;
use nom::combinator::cut;
use nom::{IResult, Parser};

use crate::ast::{File, Item};
use crate::diagnostics::{RESERVED, TOO_DEEP, UNEXPECTED};
use crate::expected::{Expectation, Expected};
use crate::keyword::Keyword;
use crate::token::{Token, TokenKind, Tokens};

/// What every parser of the grammar returns.
type Parsed<'a, T> = IResult<Tokens<'a>, T, Expected>;

/// What all parsers of a file share.
#[derive(Clone, Copy)]
struct Context<'a> {
    file: &'a SourceFile,
    /// Problems inside texts (escapes, expressions in messages), found while the text itself reads well.
    problems: &'a std::cell::RefCell<Vec<Diagnostic>>,
}

/// The tree of a file and what is wrong with its syntax.
pub(crate) fn file(file: &SourceFile, tokens: &[Token]) -> (File, Vec<Diagnostic>) {
    let problems = std::cell::RefCell::new(Vec::new());
    let context = Context { file, problems: &problems };
    let end = Span::new(file.id, file.text.len(), file.text.len());
    let mut input = Tokens { rest: tokens, text: &file.text, end, depth: 0 };
    let mut items = Vec::new();
    while input.first().is_some() {
        let found_before = problems.borrow().len();
        match item(context, input) {
            Ok((rest, item)) => {
                items.push(item);
                input = rest;
            }
            Err(error) => {
                problems.borrow_mut().truncate(found_before);
                let rest = next_declaration(input);
                let broken = &input.rest[..input.rest.len() - rest.rest.len()];
                problems.borrow_mut().push(unexpected(input, error));
                items.push(Item::Broken(cover(broken, end), declared_name(input)));
                input = rest;
            }
        }
    }
    (File { items }, problems.into_inner())
}

/// The one expression that a file holds.
pub(crate) fn lone_expr(file: &SourceFile, tokens: &[Token]) -> (Option<crate::ast::Expr>, Vec<Diagnostic>) {
    let problems = std::cell::RefCell::new(Vec::new());
    let whole = Span::new(file.id, 0, file.text.len());
    let parsed = embedded_expr(Context { file, problems: &problems }, tokens, whole);
    (parsed, problems.into_inner())
}

/// An expression that fills `span`.
fn embedded_expr(context: Context<'_>, tokens: &[Token], span: Span) -> Option<crate::ast::Expr> {
    let input = Tokens { rest: tokens, text: &context.file.text, end: span.after(), depth: 0 };
    let parsed = expr::expr(context, input).and_then(|(rest, expr)| match rest.first() {
        Some(_) => Err(nom::Err::Failure(Expected { left: rest.rest.len(), what: Vec::new() })),
        None => Ok(expr),
    });
    parsed.map_err(|error| context.problems.borrow_mut().push(unexpected(input, error))).ok()
}

fn item<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Item> {
    let (input, doc) = basic::doc(input)?;
    let error = Expected::new(input, Expectation::Declaration);
    let result = alt((
        |input| standard::standard(context, input).map(|(rest, item)| (rest, Item::Standard(item))),
        |input| fact::enumeration(context, input).map(|(rest, item)| (rest, Item::Enum(item))),
        |input| fact::fact(context, &doc, input).map(|(rest, item)| (rest, Item::Fact(item))),
        |input| fact::define(context, input).map(|(rest, item)| (rest, Item::Define(item))),
        |input| fact::param(context, input).map(|(rest, item)| (rest, Item::Param(item))),
        |input| rule::rule(context, &doc, input).map(|(rest, item)| (rest, Item::Rule(Box::new(item)))),
        |input| test::test(context, input).map(|(rest, item)| (rest, Item::Test(item))),
    ))
    .parse(input);
    result.map_err(|found| match found {
        nom::Err::Error(_) => nom::Err::Error(error),
        other => other,
    })
}

/// `{ entry… }` where each entry begins with a word that settles what it is.
fn block<'a, T>(mut entry: impl FnMut(Tokens<'a>) -> Parsed<'a, T>, input: Tokens<'a>) -> Parsed<'a, Vec<T>> {
    let (mut input, _) = cut(basic::symbol(crate::token::Symbol::OpenBrace)).parse(input)?;
    let mut entries = Vec::new();
    loop {
        match basic::symbol(crate::token::Symbol::CloseBrace)(input) {
            Ok((rest, _)) => return Ok((rest, entries)),
            Err(nom::Err::Error(close)) => match entry(input) {
                Ok((rest, parsed)) => {
                    entries.push(parsed);
                    input = rest;
                }
                Err(nom::Err::Error(found)) => {
                    return Err(nom::Err::Failure(nom::error::ParseError::or(found, close)));
                }
                Err(other) => return Err(other),
            },
            Err(other) => return Err(other),
        }
    }
}

/// The tokens from the next declaration on: a word that begins one, at the very start of a line.
fn next_declaration(input: Tokens<'_>) -> Tokens<'_> {
    let begins = |token: &Token| {
        token.at_line_start
            && (token.kind == TokenKind::Doc
                || Keyword::from_spelling(input.slice(token.span)).is_some_and(Keyword::begins_declaration))
    };
    let docs = input.rest.iter().take_while(|token| token.kind == TokenKind::Doc).count();
    let rest = input.skip(docs + 1);
    let skipped = rest.rest.iter().position(begins).unwrap_or(rest.rest.len());
    rest.skip(skipped)
}

/// The name that a declaration would have declared: the word after the one that it begins with.
fn declared_name(input: Tokens<'_>) -> Option<crate::ast::Name> {
    let (input, _) = basic::doc(input).ok()?;
    let (input, _) = basic::any_word(input).ok()?;
    basic::any_word(input).ok().map(|(_, name)| name)
}

fn cover(tokens: &[Token], end: Span) -> Span {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => end,
    }
}

/// The diagnostic of a parser that stopped.
fn unexpected(input: Tokens<'_>, error: nom::Err<Expected>) -> Diagnostic {
    let expected = match error {
        nom::Err::Error(expected) | nom::Err::Failure(expected) => expected,
        nom::Err::Incomplete(_) => Expected { left: 0, what: Vec::new() },
    };
    let at = input.skip(input.rest.len().saturating_sub(expected.left));
    let found = at.slice(at.here());
    if expected.what.contains(&Expectation::Shallower) {
        return Diagnostic::new(
            &TOO_DEEP,
            at.here(),
            Bilingual::new("式の入れ子が深すぎる", "the expression is nested too deeply"),
        )
        .help(Bilingual::new("`define` で名前を付けて分ける", "give parts of it a name with `define`"));
    }
    if expected.what.contains(&Expectation::UnreservedName) {
        return Diagnostic::new(
            &RESERVED,
            at.here(),
            bilingual!(
                "`{found}` は予約語なので名前にできない",
                "`{found}` is a reserved word and cannot be a name"
            ),
        )
        .help(Bilingual::new("別の名前を選ぶ", "choose another name"));
    }
    let wanted = list(&expected.what);
    let message = if at.first().is_none() {
        bilingual!("ファイルがここで終わっている", "the file ends here").joined(&wanted)
    } else {
        bilingual!("ここに `{found}` は書けない", "`{found}` does not fit here").joined(&wanted)
    };
    let diagnostic = Diagnostic::new(&UNEXPECTED, at.here(), message);
    match slip(found, &expected.what) {
        Some(nearest) => diagnostic.help(bilingual!("`{nearest}` のことか", "did you mean `{nearest}`?")),
        None => diagnostic,
    }
}

/// `a, b or c`; empty where nothing is known to fit.
fn list(what: &[Expectation]) -> Bilingual {
    let labels: Vec<Bilingual> = what.iter().map(|expectation| expectation.label()).collect();
    let ja: Vec<&str> = labels.iter().map(|label| label.ja.as_str()).collect();
    let en: Vec<&str> = labels.iter().map(|label| label.en.as_str()).collect();
    match labels.len() {
        0 => Bilingual::default(),
        _ => Bilingual::new(format!("{} が要る", ja.join("、")), format!("expected {}", en.join(", "))),
    }
}

/// The expected word that the found one is a slip of.
fn slip(found: &str, what: &[Expectation]) -> Option<&'static str> {
    let words = what.iter().flat_map(|expectation| match expectation {
        Expectation::Keyword(keyword) => vec![keyword.spelling()],
        Expectation::Declaration => Keyword::ALL
            .iter()
            .filter(|keyword| keyword.begins_declaration())
            .map(|keyword| keyword.spelling())
            .collect(),
        _ => Vec::new(),
    });
    kijun_source::nearest(found, words)
}

/// Two sentences in one line.
trait Joined {
    fn joined(self, second: &Bilingual) -> Bilingual;
}

impl Joined for Bilingual {
    fn joined(self, second: &Bilingual) -> Bilingual {
        if second.ja.is_empty() {
            return self;
        }
        Bilingual::new(format!("{}。{}", self.ja, second.ja), format!("{}: {}", self.en, second.en))
    }
}
