//! `enum`, `state`, `event`, `define`, `param`: what rules speak of.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};
use nom::multi::separated_list0;

use crate::ast::{Class, Define, Enum, Fact, Field, Name, Param, Text, TypeName, Unit};
use crate::grammar::basic::{heading, integer, keyword, name, symbol, text, type_name, unit};
use crate::grammar::expr::expr;
use crate::grammar::{Context, Parsed, block};
use crate::keyword::Keyword;
use crate::token::{Symbol, Tokens};

pub(super) fn enumeration<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Enum> {
    let (input, (_, name, label)) = heading(Keyword::Enum, context, input)?;
    let (input, values) = block(|input| enum_value(context, input), input)?;
    Ok((input, Enum { name, label, values }))
}

fn enum_value<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, (Name, Text)> {
    let (input, value) = name(input)?;
    let (input, label) = cut(|input| text(context, input)).parse(input)?;
    let (input, _) = opt(symbol(Symbol::Comma)).parse(input)?;
    Ok((input, (value, label)))
}

enum Entry {
    Field(Field),
    Fresh(i64, Unit, kijun_source::Span),
}

pub(super) fn fact<'a>(context: Context<'a>, doc: &str, input: Tokens<'a>) -> Parsed<'a, Fact> {
    let event = keyword(Keyword::Event)(input).is_ok();
    let word = if event { Keyword::Event } else { Keyword::State };
    let (mut input, (_, name, label)) = heading(word, context, input)?;
    let mut at = None;
    if event {
        let (rest, _) = cut(keyword(Keyword::At)).parse(input)?;
        let (rest, field) = cut(self::name).parse(rest)?;
        (input, at) = (rest, Some(field));
    }
    let (input, entries) = block(|input| alt((fresh, |input| field(context, input))).parse(input), input)?;
    let mut fact = Fact { doc: doc.to_owned(), name, label, at, fields: Vec::new(), fresh: None };
    for entry in entries {
        match entry {
            Entry::Field(field) => fact.fields.push(field),
            Entry::Fresh(amount, unit, span) => fact.fresh = Some((amount, unit, span)),
        }
    }
    Ok((input, fact))
}

fn fresh(input: Tokens<'_>) -> Parsed<'_, Entry> {
    let (input, first) = keyword(Keyword::Fresh)(input)?;
    let (input, _) = keyword(Keyword::Within)(input)?;
    let (input, (amount, _)) = cut(integer).parse(input)?;
    let (input, (unit, last)) = cut(unit).parse(input)?;
    Ok((input, Entry::Fresh(amount, unit, first.span.to(last))))
}

fn field<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Entry> {
    let (input, key) = match keyword(Keyword::Key)(input) {
        Ok((rest, token)) if name(rest).is_ok() => (rest, Some(token.span)),
        _ => (input, None),
    };
    let (input, name) = name(input)?;
    let (input, _) = cut(symbol(Symbol::Colon)).parse(input)?;
    let (input, ty) = cut(type_name).parse(input)?;
    let (input, class) = opt(alt((
        keyword(Keyword::Personal).map(|_| Class::Personal),
        keyword(Keyword::Secret).map(|_| Class::Secret),
    )))
    .parse(input)?;
    let (input, label) = opt(|input| text(context, input)).parse(input)?;
    Ok((input, Entry::Field(Field { key, name, ty, class, label })))
}

pub(super) fn define<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Define> {
    let (input, _) = keyword(Keyword::Define)(input)?;
    let (input, name) = cut(name).parse(input)?;
    let (input, _) = cut(symbol(Symbol::OpenParen)).parse(input)?;
    let (input, parameters) = separated_list0(symbol(Symbol::Comma), parameter).parse(input)?;
    let (input, _) = cut(symbol(Symbol::CloseParen)).parse(input)?;
    let (input, _) = cut(symbol(Symbol::Equal)).parse(input)?;
    let (input, body) = cut(|input| expr(context, input)).parse(input)?;
    Ok((input, Define { name, parameters, body }))
}

fn parameter(input: Tokens<'_>) -> Parsed<'_, (Name, TypeName)> {
    let (input, name) = name(input)?;
    let (input, _) = cut(symbol(Symbol::Colon)).parse(input)?;
    let (input, ty) = cut(type_name).parse(input)?;
    Ok((input, (name, ty)))
}

pub(super) fn param<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Param> {
    let (input, (_, name, label)) = heading(Keyword::Param, context, input)?;
    let (input, _) = cut(symbol(Symbol::Colon)).parse(input)?;
    let (input, ty) = cut(type_name).parse(input)?;
    let (input, _) = cut(symbol(Symbol::Equal)).parse(input)?;
    let (input, default) = cut(|input| expr(context, input)).parse(input)?;
    let (input, _) = cut(keyword(Keyword::Because)).parse(input)?;
    let (input, rationale) = cut(|input| text(context, input)).parse(input)?;
    Ok((input, Param { name, label, ty, default, rationale }))
}
