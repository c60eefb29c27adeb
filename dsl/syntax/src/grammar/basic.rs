//! The parsers that all declarations share: words, signs, names, texts.

use crate::ast::{Name, Text, TypeName, Unit};
use crate::expected::{Expectation, Expected};
use crate::grammar::{Context, Parsed};
use crate::keyword::Keyword;
use crate::text;
use crate::token::{Symbol, Token, TokenKind, Tokens};
use nom::Parser;
use nom::combinator::{cut, opt};
use nom::multi::separated_list1;

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

pub(super) fn keyword<'a>(keyword: Keyword) -> impl Fn(Tokens<'a>) -> Parsed<'a, Token> {
    move |input| {
        token(input, Expectation::Keyword(keyword), |token| {
            token.kind == TokenKind::Word && input.slice(token.span) == keyword.spelling()
        })
    }
}

/// A name that may be declared or used: any word that is not reserved.
pub(super) fn name(input: Tokens<'_>) -> Parsed<'_, Name> {
    let (rest, name) = any_word(input)?;
    if Keyword::from_spelling(&name.text).is_some_and(Keyword::is_reserved) {
        return Err(nom::Err::Error(Expected::new(input, Expectation::UnreservedName)));
    }
    Ok((rest, name))
}

/// Any word: what stands behind a dot.
pub(super) fn any_word(input: Tokens<'_>) -> Parsed<'_, Name> {
    let (rest, token) = token(input, Expectation::Name, |token| token.kind == TokenKind::Word)?;
    Ok((rest, Name { text: input.slice(token.span).to_owned(), span: token.span }))
}

pub(super) fn text<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Text> {
    let (rest, token) = text_token(input)?;
    let (value, problems) = text::unescape(input.slice(token.span), token.span);
    context.problems.borrow_mut().extend(problems);
    Ok((rest, Text { value, span: token.span }))
}

pub(super) fn text_token(input: Tokens<'_>) -> Parsed<'_, Token> {
    token(input, Expectation::Text, |token| token.kind == TokenKind::Text)
}

pub(super) fn texts<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Vec<Text>> {
    separated_list1(symbol(Symbol::Comma), |input| text(context, input)).parse(input)
}

pub(super) fn integer(input: Tokens<'_>) -> Parsed<'_, (i64, kijun_source::Span)> {
    let (rest, token) = token(input, Expectation::Number, |token| token.kind == TokenKind::Int)?;
    match input.slice(token.span).parse() {
        Ok(number) => Ok((rest, (number, token.span))),
        Err(_) => Err(nom::Err::Error(Expected::new(input, Expectation::Number))),
    }
}

pub(super) fn unit(input: Tokens<'_>) -> Parsed<'_, (Unit, kijun_source::Span)> {
    let error = nom::Err::Error(Expected::new(input, Expectation::Unit));
    let (rest, word) = any_word(input).map_err(|_| error.clone())?;
    Unit::from_name(&word.text).map(|unit| (rest, (unit, word.span))).ok_or(error)
}

/// `ref person?`, `date`
pub(super) fn type_name(input: Tokens<'_>) -> Parsed<'_, TypeName> {
    let (input, reference) = match keyword(Keyword::Ref)(input) {
        Ok((rest, _)) if name(rest).is_ok() => (rest, true),
        _ => (input, false),
    };
    let (input, name) = name(input)?;
    let (input, question) = opt(symbol(Symbol::Question)).parse(input)?;
    Ok((input, TypeName { reference, name, optional: question.is_some() }))
}

/// The comments above a declaration, one line each, without the slashes.
pub(super) fn doc(mut input: Tokens<'_>) -> Parsed<'_, String> {
    let mut lines: Vec<&str> = Vec::new();
    while let Ok((rest, token)) = token(input, Expectation::Declaration, |token| token.kind == TokenKind::Doc)
    {
        lines.push(input.slice(token.span).trim_start_matches('/').trim());
        input = rest;
    }
    Ok((input, lines.join("\n")))
}

/// `KEYWORD NAME "label"`, settled by the keyword.
pub(super) fn heading<'a>(
    word: Keyword,
    context: Context<'a>,
    input: Tokens<'a>,
) -> Parsed<'a, (Token, Name, Text)> {
    let (input, first) = keyword(word)(input)?;
    let (input, name) = cut(name).parse(input)?;
    let (input, label) = cut(|input| text(context, input)).parse(input)?;
    Ok((input, (first, name, label)))
}
