//! `catalogue` and `crosswalk`: the controls of other standards, and what duties map to.

use nom::Parser;
use nom::combinator::{cut, opt};
use nom::multi::separated_list1;

use crate::ast::{Catalogue, Control, Crosswalk, CrosswalkEntry, CrosswalkTarget};
use crate::expected::{Expectation, Expected};
use crate::grammar::basic::{heading, keyword, name, symbol, text, word_of};
use crate::grammar::{Context, Parsed, block};
use crate::keyword::Keyword;
use crate::token::{Symbol, Tokens};
use crate::vocabulary::STRENGTHS;

pub(super) fn catalogue<'a>(context: Context<'a>, doc: String, input: Tokens<'a>) -> Parsed<'a, Catalogue> {
    let (input, (name, title)) = heading(Keyword::Catalogue, context, input)?;
    let (input, controls) = block(|input| control(context, input), input)?;
    Ok((input, Catalogue { doc, name, title, controls }))
}

/// `control "A.5.15" "アクセス制御" "access control" unverified`
fn control<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Control> {
    let (input, _) = keyword(Keyword::Control)(input)?;
    let (input, id) = cut(|input| text(context, input)).parse(input)?;
    let (input, title) = cut(|input| text(context, input)).parse(input)?;
    let (input, english) = opt(|input| text(context, input)).parse(input)?;
    let (input, unverified) = opt(keyword(Keyword::Unverified)).parse(input)?;
    Ok((input, Control { id, title, english, unverified }))
}

pub(super) fn crosswalk<'a>(context: Context<'a>, doc: String, input: Tokens<'a>) -> Parsed<'a, Crosswalk> {
    let (input, _) = keyword(Keyword::Crosswalk)(input)?;
    let (input, from) = cut(name).parse(input)?;
    let (input, _) = cut(keyword(Keyword::To)).parse(input)?;
    let (input, to) = cut(name).parse(input)?;
    let (input, entries) = block(|input| entry(context, input), input)?;
    Ok((input, Crosswalk { doc, from, to, entries }))
}

/// `"5(3)a" -> "A.5.15" full, …`, `"5(3)b" -> none` or `none -> "A.5.7", …`
fn entry<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, CrosswalkEntry> {
    if let Some(rest) = input.skip_keyword(Keyword::None) {
        return unanswered(context, rest);
    }
    let (input, from) = text(context, input)?;
    let (input, _) = cut(symbol(Symbol::Arrow)).parse(input)?;
    if let Some(rest) = input.skip_keyword(Keyword::None) {
        return Ok((rest, CrosswalkEntry::Mapped { from, targets: Vec::new() }));
    }
    let mut targets = separated_list1(symbol(Symbol::Comma), |input| target(context, input));
    match targets.parse(input) {
        Ok((rest, targets)) => Ok((rest, CrosswalkEntry::Mapped { from, targets })),
        Err(nom::Err::Error(found)) => {
            let none = Expectation::Word(Keyword::None.spelling(input.spelling));
            Err(nom::Err::Failure(nom::error::ParseError::or(found, Expected::new(input, none))))
        }
        Err(error) => Err(error),
    }
}

/// What follows on `none`: `-> "A.5.7", "A.5.23"`
fn unanswered<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, CrosswalkEntry> {
    let (input, _) = cut(symbol(Symbol::Arrow)).parse(input)?;
    let controls = separated_list1(symbol(Symbol::Comma), |input| text(context, input));
    let (input, controls) = cut(controls).parse(input)?;
    Ok((input, CrosswalkEntry::Unanswered(controls)))
}

/// `"A.5.15" full "basis" unverified`
fn target<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, CrosswalkTarget> {
    let (input, control) = text(context, input)?;
    let (input, strength) = cut(|input| word_of(STRENGTHS, input)).parse(input)?;
    let (input, basis) = match input.skip(1).is_at(Symbol::Arrow) {
        true => (input, None),
        false => opt(|input| text(context, input)).parse(input)?,
    };
    let (input, unverified) = opt(keyword(Keyword::Unverified)).parse(input)?;
    Ok((input, CrosswalkTarget { control, strength, basis, unverified }))
}
