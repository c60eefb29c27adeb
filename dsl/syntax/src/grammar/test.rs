//! `test`: facts, dates and the verdicts expected.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};
use nom::multi::{separated_list0, separated_list1};

use crate::ast::{CellValue, Expectation, Expr, Name, ShortfallKind, Test, TestClause};
use crate::expected::{self, Expected};
use crate::grammar::basic::{any_word, integer, keyword, name, symbol, text, texts};
use crate::grammar::expr::operand;
use crate::grammar::{Context, Parsed, block};
use crate::keyword::Keyword;
use crate::token::{Symbol, Tokens};

pub(super) fn test<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Test> {
    let (input, _) = keyword(Keyword::Test)(input)?;
    let (input, label) = cut(|input| text(context, input)).parse(input)?;
    let (input, _) = cut(keyword(Keyword::For)).parse(input)?;
    let (input, rule) = cut(name).parse(input)?;
    let (input, clauses) = block(|input| clause(context, input), input)?;
    Ok((input, Test { label, rule, clauses }))
}

fn clause<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, TestClause> {
    alt((
        |input| row(context, input),
        |input| {
            let (input, _) = keyword(Keyword::Today)(input)?;
            cut(|input| operand(context, input)).map(TestClause::Today).parse(input)
        },
        |input| {
            let (input, _) = keyword(Keyword::Period)(input)?;
            cut(|input| range(context, input)).map(|(from, to)| TestClause::Period(from, to)).parse(input)
        },
        |input| shortfall(Keyword::Missing, ShortfallKind::Missing, input),
        |input| shortfall(Keyword::Stale, ShortfallKind::Stale, input),
        |input| shortfall(Keyword::Incomplete, ShortfallKind::Incomplete, input),
        |input| {
            let (input, _) = keyword(Keyword::Gap)(input)?;
            let (input, fact) = cut(name).parse(input)?;
            cut(|input| range(context, input))
                .map(|(from, to)| TestClause::Gap(fact.clone(), from, to))
                .parse(input)
        },
        |input| {
            let (input, _) = keyword(Keyword::Expect)(input)?;
            let expectations = separated_list1(symbol(Symbol::Comma), |input| expectation(context, input));
            cut(expectations).map(TestClause::Expect).parse(input)
        },
    ))
    .parse(input)
}

/// `FACT { field: value, … }`; a name is a fact's only if a brace follows, so that facts may be named like clauses.
fn row<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, TestClause> {
    let (rest, fact) = name(input)?;
    if symbol(Symbol::OpenBrace)(rest).is_err() {
        let settled = Keyword::from_spelling(&fact.text).is_some();
        let at = if settled { input } else { rest };
        return Err(nom::Err::Error(Expected::new(at, expected::Expectation::Symbol(Symbol::OpenBrace))));
    }
    let (rest, _) = symbol(Symbol::OpenBrace)(rest)?;
    let (rest, cells) =
        cut(separated_list0(symbol(Symbol::Comma), |input| cell(context, input))).parse(rest)?;
    let (rest, _) = opt(symbol(Symbol::Comma)).parse(rest)?;
    let (rest, _) = cut(symbol(Symbol::CloseBrace)).parse(rest)?;
    Ok((rest, TestClause::Row { fact, cells }))
}

fn cell<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, (Name, CellValue)> {
    let (input, field) = any_word(input)?;
    let (input, _) = cut(symbol(Symbol::Colon)).parse(input)?;
    let (input, value) =
        cut(alt((keyword(Keyword::Unknown).map(|token| CellValue::Unknown(token.span)), |input| {
            operand(context, input).map(|(rest, expr)| (rest, CellValue::Expr(expr)))
        })))
        .parse(input)?;
    Ok((input, (field, value)))
}

fn range<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, (Expr, Expr)> {
    let (input, from) = operand(context, input)?;
    let (input, _) = keyword(Keyword::To)(input)?;
    let (input, to) = operand(context, input)?;
    Ok((input, (from, to)))
}

fn shortfall(word: Keyword, kind: ShortfallKind, input: Tokens<'_>) -> Parsed<'_, TestClause> {
    let (input, _) = keyword(word)(input)?;
    cut(name).map(|fact| TestClause::Shortfall(kind, fact)).parse(input)
}

fn expectation<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expectation> {
    let error = nom::Err::Error(Expected::new(input, expected::Expectation::Verdict));
    let (input, verdict) = any_word(input).map_err(|_| error)?;
    let (input, count) = opt(integer).parse(input)?;
    let (input, subjects) = match count {
        Some(_) => (input, Vec::new()),
        None => opt(|input| texts(context, input)).map(Option::unwrap_or_default).parse(input)?,
    };
    let last =
        count.map(|(_, span)| span).or_else(|| subjects.last().map(|text| text.span)).unwrap_or(verdict.span);
    let span = verdict.span.to(last);
    let count = count.and_then(|(count, _)| usize::try_from(count).ok());
    Ok((input, Expectation { verdict, count, subjects, span }))
}
