//! Rows: a variable, where its rows come from, as of when, and on which condition.

use nom::Parser;
use nom::combinator::cut;
use nom::error::ParseError;

use crate::ast::{At, Part, Rows, Source, Spelling};
use crate::expected::{Expectation, Expected};
use crate::grammar::basic::{keyword, name, symbol};
use crate::grammar::expr::{expr, operand};
use crate::grammar::{Context, Parsed, choose};
use crate::keyword::Keyword;
use crate::token::{Symbol, Tokens};

/// `x in F at T where …`, `F x、時点 T、…`
pub(super) fn rows<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Rows> {
    let (rest, mut rows) = atom(context, input)?;
    let Some(behind) = before_condition(rest) else { return Ok((rest, rows)) };
    let (rest, condition) = cut(|input| expr(context, input)).parse(behind)?;
    rows.condition = Some(Box::new(condition));
    Ok((rest, rows))
}

/// Where a condition begins, if one follows: behind `where` or `、`.
pub(super) fn before_condition(input: Tokens<'_>) -> Option<Tokens<'_>> {
    match input.spelling {
        Spelling::English => input.skip_keyword(Keyword::Where),
        Spelling::Japanese => {
            input.skip_symbol(Symbol::Touten).filter(|rest| rest.skip_keyword(Keyword::OrNone).is_none())
        }
    }
}

/// Rows without a condition.
pub(super) fn atom<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Rows> {
    let (rest, var, source) = match input.spelling {
        Spelling::English => {
            let (rest, var) = name(input)?;
            let (rest, _) = keyword(Keyword::In)(rest)?;
            let (rest, source) = english_source(context, rest)?;
            (rest, var, source)
        }
        Spelling::Japanese => {
            let (rest, source) = japanese_source(context, input)?;
            let (rest, var) = name(rest)?;
            (rest, var, source)
        }
    };
    let (rest, at) = at(context, rest)?;
    Ok((rest, Rows { var, source, at, condition: None }))
}

/// What stands between a value and the rows that it is made over.
pub(super) fn over(input: Tokens<'_>) -> Parsed<'_, ()> {
    let (rest, _) = match input.spelling {
        Spelling::English => keyword(Keyword::Over).map(|_| ()).parse(input)?,
        Spelling::Japanese => symbol(Symbol::Touten).map(|_| ()).parse(input)?,
    };
    Ok((rest, ()))
}

/// `at T`, `at any time`, if they follow.
fn at<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Option<At>> {
    let joint = match input.spelling {
        Spelling::English => Some(input),
        Spelling::Japanese => input.skip_symbol(Symbol::Touten),
    };
    let Some(joint) = joint else { return Ok((input, None)) };
    if let Some(rest) = joint.skip_keyword(Keyword::AtAnyTime) {
        return Ok((rest, Some(At::AnyTime(joint.until(rest)))));
    }
    // Before a brace it is the name of a fact: a row of a test follows.
    let behind = joint.skip_keyword(Keyword::At).filter(|rest| !rest.is_at(Symbol::OpenBrace));
    let Some(rest) = behind else { return Ok((input, None)) };
    let (rest, moment) = cut(|input| operand(context.without_quantifiers(), input)).parse(rest)?;
    Ok((rest, Some(At::Moment(Box::new(moment)))))
}

/// `F`, `months(P)` or `gaps(F)`
fn english_source<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Source> {
    let (rest, named) = name(input)?;
    let Some(inner) = rest.skip_symbol(Symbol::OpenParen) else {
        return Ok((rest, Source::Named(named)));
    };
    let span = named.span;
    let (rest, source) = match input.keyword() {
        Some(Keyword::Gaps) => {
            let (rest, fact) = cut(name).parse(inner)?;
            (rest, Source::Gaps { span, fact })
        }
        Some(word) if part(word).is_some() => {
            let (rest, period) = cut(|input| expr(context.enclosed(), input)).parse(inner)?;
            let part = part(word).unwrap_or(Part::Days);
            (rest, Source::Parts { part, span, period: Box::new(period) })
        }
        _ => return Ok((rest, Source::Named(named))),
    };
    let (rest, _) = cut(symbol(Symbol::CloseParen)).parse(rest)?;
    Ok((rest, source))
}

/// `F`, `P の各月` or `F の欠落`
fn japanese_source<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Source> {
    if let Ok((rest, named)) = name(input) {
        if let Some(behind) = rest.skip_keyword(Keyword::Gaps) {
            return Ok((behind, Source::Gaps { span: rest.here(), fact: named }));
        }
        if name(rest).is_ok() || rest.skip_keyword(Keyword::Pair).is_some() {
            return Ok((rest, Source::Named(named)));
        }
    }
    let (rest, period) = expr(context.enclosed(), input)?;
    let span = rest.here();
    let variable = || Expected::new(rest, Expectation::Name);
    let (behind, part) = choose(
        rest,
        &[
            (Keyword::Days, &|input| Ok((input, Part::Days))),
            (Keyword::Months, &|input| Ok((input, Part::Months))),
            (Keyword::Quarters, &|input| Ok((input, Part::Quarters))),
            (Keyword::FiscalYears, &|input| Ok((input, Part::FiscalYears))),
        ],
    )
    .map_err(|error| error.map(|found| ParseError::or(variable(), found)))?;
    Ok((behind, Source::Parts { part, span, period: Box::new(period) }))
}

/// The part of the calendar that a keyword names.
fn part(word: Keyword) -> Option<Part> {
    Some(match word {
        Keyword::Days => Part::Days,
        Keyword::Months => Part::Months,
        Keyword::Quarters => Part::Quarters,
        Keyword::FiscalYears => Part::FiscalYears,
        _ => return None,
    })
}
