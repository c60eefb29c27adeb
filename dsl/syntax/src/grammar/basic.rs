//! The parsers that all declarations share: words, signs, names, texts.

use kijun_source::Span;
use nom::Parser;
use nom::combinator::{cut, opt};
use nom::error::ParseError;
use nom::multi::separated_list1;

use crate::ast::{Name, Spelling, Template, Text, TypeName, Unit};
use crate::expected::{Expectation, Expected};
use crate::foreign::half_width;
use crate::grammar::{Context, Parsed, expr_in_text};
use crate::keyword::Keyword;
use crate::text;
use crate::token::{Symbol, Token, TokenKind, Tokens};
use crate::vocabulary::{TYPES, Vocabulary};

/// The next token if it is of a kind that fits.
fn token<'a>(input: Tokens<'a>, what: Expectation, fits: impl FnOnce(Token) -> bool) -> Parsed<'a, Token> {
    match input.first() {
        Some(token) if fits(token) => Ok((input.skip(1), token)),
        _ => Err(nom::Err::Error(Expected::new(input, what))),
    }
}

pub(super) fn symbol<'a>(symbol: Symbol) -> impl Fn(Tokens<'a>) -> Parsed<'a, Token> {
    move |input| token(input, Expectation::Symbol(symbol), |token| token.kind == TokenKind::Symbol(symbol))
}

/// The end of a list, which may go on.
pub(super) fn end_of_list<'a>(close: Symbol) -> impl Fn(Tokens<'a>) -> Parsed<'a, Token> {
    move |input| {
        let comma = || Expected::new(input, Expectation::Symbol(Symbol::Comma));
        symbol(close)(input).map_err(|error| error.map(|found| ParseError::or(comma(), found)))
    }
}

/// The words of a keyword, one after the other; nothing where the spelling has none for it.
pub(super) fn keyword<'a>(keyword: Keyword) -> impl Fn(Tokens<'a>) -> Parsed<'a, Span> {
    move |input| match input.skip_keyword(keyword) {
        Some(rest) => Ok((rest, input.until(rest))),
        None => Err(nom::Err::Error(missing_word(keyword, input))),
    }
}

/// The first word of a keyword that does not stand where it should.
fn missing_word(keyword: Keyword, input: Tokens<'_>) -> Expected {
    let mut rest = input;
    let missing = keyword.words(input.spelling).find(|word| match rest.skip_word(word) {
        Some(next) => {
            rest = next;
            false
        }
        None => true,
    });
    Expected { left: rest.rest.len(), what: missing.map(Expectation::Word).into_iter().collect() }
}

/// A name that may be declared or used: any word that is not reserved.
pub(super) fn name(input: Tokens<'_>) -> Parsed<'_, Name> {
    if input.keyword().is_some_and(|keyword| keyword.is_reserved(input.spelling)) {
        return Err(nom::Err::Error(Expected::new(input, Expectation::UnreservedName)));
    }
    any_word(input)
}

/// Any word: the name of a field.
pub(super) fn any_word(input: Tokens<'_>) -> Parsed<'_, Name> {
    let (rest, token) = token(input, Expectation::Name, |token| token.kind == TokenKind::Word)?;
    Ok((rest, Name { text: input.slice(token.span).to_owned(), span: token.span }))
}

/// A word of a closed list, the English one in either spelling; one that is not in it stays as it is written.
pub(super) fn word_of(vocabulary: Vocabulary, input: Tokens<'_>) -> Parsed<'_, Name> {
    let (rest, Name { text, span }) = any_word(input)?;
    let english = vocabulary.english(&text, input.spelling).map(str::to_owned);
    Ok((rest, Name { text: english.unwrap_or(text), span }))
}

pub(super) fn text<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Text> {
    let (rest, token) = text_token(input)?;
    let (value, problems) = text::unescape(input.slice(token.span), token.span);
    context.problems.borrow_mut().extend(problems);
    Ok((rest, Text { value, span: token.span }))
}

fn text_token(input: Tokens<'_>) -> Parsed<'_, Token> {
    token(input, Expectation::Text, |token| token.kind == TokenKind::Text)
}

/// A text with `{expression}`s, each read as an expression of its own.
pub(super) fn template<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Template> {
    let (rest, token) = text_token(input)?;
    let part = |span| expr_in_text(context, input.spelling, span);
    let (template, problems) = text::template(context.file, token.span, part);
    context.problems.borrow_mut().extend(problems);
    Ok((rest, template))
}

pub(super) fn texts<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Vec<Text>> {
    separated_list1(symbol(Symbol::Comma), |input| text(context, input)).parse(input)
}

/// `/…/`: the pattern between the slashes and its place.
pub(super) fn pattern(input: Tokens<'_>) -> Parsed<'_, (String, Span)> {
    let (rest, token) = token(input, Expectation::Pattern, |token| token.kind == TokenKind::Regex)?;
    let written = input.slice(token.span);
    let inner = written.strip_prefix('/').unwrap_or(written);
    Ok((rest, (inner.strip_suffix('/').unwrap_or(inner).to_owned(), token.span)))
}

pub(super) fn integer(input: Tokens<'_>) -> Parsed<'_, (i64, Span)> {
    let (rest, token) = token(input, Expectation::Number, |token| token.kind == TokenKind::Int)?;
    let digits: String = input.slice(token.span).chars().map(half_width).collect();
    match digits.parse() {
        Ok(number) => Ok((rest, (number, token.span))),
        Err(_) => Err(nom::Err::Failure(Expected::new(input, Expectation::SmallerNumber))),
    }
}

/// `31 days`, `3 business days`, `31日`
pub(super) fn duration(input: Tokens<'_>) -> Parsed<'_, (i64, Unit, Span)> {
    let (rest, (amount, _)) = integer(input)?;
    match unit(rest) {
        Some((rest, unit)) => Ok((rest, (amount, unit, input.until(rest)))),
        None => Err(nom::Err::Error(Expected::new(rest, Expectation::Unit))),
    }
}

/// A unit, if one stands here.
pub(super) fn unit(input: Tokens<'_>) -> Option<(Tokens<'_>, Unit)> {
    if input.spelling == Spelling::English
        && let Some(rest) = input.skip_word("business")
        && let Some(rest) = rest.skip_word("day").or_else(|| rest.skip_word("days"))
    {
        return Some((rest, Unit::BusinessDays));
    }
    Some((input.skip(1), Unit::from_word(input.word()?, input.spelling)?))
}

/// `within 31 days`, `31日以内`
pub(super) fn within(input: Tokens<'_>) -> Parsed<'_, (i64, Unit, Span)> {
    match input.spelling {
        Spelling::English => {
            let (rest, _) = keyword(Keyword::Within)(input)?;
            duration(rest)
        }
        Spelling::Japanese => {
            let (rest, duration) = duration(input)?;
            let (rest, _) = keyword(Keyword::Within)(rest)?;
            Ok((rest, duration))
        }
    }
}

/// `ref person?`, `date`, `[text]?`
pub(super) fn type_name(input: Tokens<'_>) -> Parsed<'_, TypeName> {
    let (input, open) = opt(symbol(Symbol::OpenBracket)).parse(input)?;
    let (input, reference) = match input.skip_keyword(Keyword::Ref) {
        Some(rest) if name(rest).is_ok() => (rest, true),
        _ => (input, false),
    };
    name(input)?;
    let (input, name) = if reference { name(input)? } else { word_of(TYPES, input)? };
    let input = match open {
        Some(_) => cut(symbol(Symbol::CloseBracket)).parse(input)?.0,
        None => input,
    };
    let (input, question) = opt(symbol(Symbol::Question)).parse(input)?;
    Ok((input, TypeName { list: open.is_some(), reference, name, optional: question.is_some() }))
}

/// The comments above a declaration, one line each, without the slashes.
pub(super) fn doc(mut input: Tokens<'_>) -> Parsed<'_, String> {
    let mut lines: Vec<&str> = Vec::new();
    while let Some(token) = input.first().filter(|token| token.kind == TokenKind::Doc) {
        lines.push(input.slice(token.span).trim_start_matches('/').trim());
        input = input.skip(1);
    }
    Ok((input, lines.join("\n")))
}

/// `KEYWORD NAME "label"`, settled by the keyword.
pub(super) fn heading<'a>(
    word: Keyword,
    context: Context<'a>,
    input: Tokens<'a>,
) -> Parsed<'a, (Name, Text)> {
    let (input, _) = keyword(word)(input)?;
    let (input, name) = cut(name).parse(input)?;
    let (input, label) = cut(|input| text(context, input)).parse(input)?;
    Ok((input, (name, label)))
}
