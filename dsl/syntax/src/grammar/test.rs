//! `test`: facts, dates and the verdicts expected.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};
use nom::multi::separated_list1;

use crate::ast::{Answer, Expectation, Expr, Name, ShortfallKind, Spelling, Test, TestClause};
use crate::expected::{self, Expected};
use crate::grammar::basic::{any_word, integer, keyword, name, symbol, text, texts};
use crate::grammar::expr::{expr, operand};
use crate::grammar::fact::cells;
use crate::grammar::{Context, Parsed, block, choose, to};
use crate::keyword::Keyword;
use crate::token::{Symbol, Tokens};
use crate::vocabulary::VERDICTS;

pub(super) fn test<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Test> {
    let (input, _) = keyword(Keyword::Test)(input)?;
    let (input, label) = cut(|input| text(context, input)).parse(input)?;
    let (input, rule) = match input.skip_keyword(Keyword::For) {
        Some(rest) => to(Some, cut(name).parse(rest))?,
        None => (input, None),
    };
    let (input, clauses) = block(|input| clause(context, input), input)?;
    Ok((input, Test { label, rule, clauses }))
}

fn clause<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, TestClause> {
    if input.skip(1).is_at(Symbol::OpenBrace) {
        return row(context, input);
    }
    match worded_clause(context, input) {
        // Either could have stood here.
        Err(nom::Err::Error(_)) => {
            alt((|input| row(context, input), |input| worded_clause(context, input))).parse(input)
        }
        parsed => parsed,
    }
}

fn worded_clause<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, TestClause> {
    choose(
        input,
        &[
            (Keyword::Today, &|input| to(TestClause::Today, operand(context, input))),
            (Keyword::Period, &|input| to(|(from, to)| TestClause::Period(from, to), dates(context, input))),
            (Keyword::Param, &|input| param(context, input)),
            (Keyword::Empty, &|input| empty(context, input)),
            (Keyword::Missing, &|input| shortfall(ShortfallKind::Missing, input)),
            (Keyword::Stale, &|input| shortfall(ShortfallKind::Stale, input)),
            (Keyword::Incomplete, &|input| shortfall(ShortfallKind::Incomplete, input)),
            (Keyword::Gap, &|input| gap(context, input)),
            (Keyword::Expect, &|input| expect(context, input)),
        ],
    )
}

/// `NAME = VALUE`
fn param<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, TestClause> {
    let (input, name) = name(input)?;
    let (input, _) = symbol(Symbol::Equal)(input)?;
    to(|value| TestClause::Param(name, value), expr(context, input))
}

/// `FACT { field: value, … } at DATE`; a name is a fact's only if a brace follows, so that facts may be named like
/// clauses.
fn row<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, TestClause> {
    let (rest, fact) = name(input)?;
    if !rest.is_at(Symbol::OpenBrace) {
        let settled = input.keyword().is_some();
        let at = if settled { input } else { rest };
        return Err(nom::Err::Error(Expected::new(at, expected::Expectation::Symbol(Symbol::OpenBrace))));
    }
    let (rest, cells) = cells(context, rest)?;
    let (rest, at) = match behind_word(Keyword::At, rest) {
        Some(behind) => to(Some, cut(|input| operand(context, input)).parse(behind))?,
        None => (rest, None),
    };
    Ok((rest, TestClause::Row { fact, cells, at }))
}

/// What follows a keyword that is not the name of the next row's fact.
fn behind_word(word: Keyword, input: Tokens<'_>) -> Option<Tokens<'_>> {
    input.skip_keyword(word).filter(|rest| !rest.is_at(Symbol::OpenBrace))
}

/// `FACT at DATE`
fn empty<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, TestClause> {
    let (input, fact) = name(input)?;
    let (input, _) = keyword(Keyword::At)(input)?;
    to(|at| TestClause::Empty(fact, at), operand(context, input))
}

fn shortfall(kind: ShortfallKind, input: Tokens<'_>) -> Parsed<'_, TestClause> {
    to(|fact| TestClause::Shortfall(kind, fact), name(input))
}

fn gap<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, TestClause> {
    let (input, fact) = name(input)?;
    to(|(from, to)| TestClause::Gap(fact, from, to), dates(context, input))
}

/// `DATE to DATE`, `DATE から DATE まで`
fn dates<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, (Expr, Expr)> {
    let (input, from) = operand(context, input)?;
    let (input, _) = keyword(Keyword::To)(input)?;
    let (input, until) = operand(context, input)?;
    to(|_| (from, until), keyword(Keyword::Until)(input))
}

/// `true EXPR`, or verdicts
fn expect<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, TestClause> {
    let answers = [
        (Keyword::Holds, Answer::True),
        (Keyword::Fails, Answer::False),
        (Keyword::Unknown, Answer::Unknown),
    ];
    for (word, answer) in answers {
        if let Some(rest) = input.skip_keyword(word) {
            return to(|asked| TestClause::Ask(answer, asked), expr(context, rest));
        }
    }
    let expectations = separated_list1(symbol(Symbol::Comma), |input| expectation(context, input));
    to(TestClause::Expect, { expectations }.parse(input))
}

fn expectation<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expectation> {
    let error = |_| nom::Err::Error(Expected::new(input, expected::Expectation::Verdict));
    let (rest, Name { text, span }) = any_word(input).map_err(error)?;
    let english = VERDICTS.english(&text, input.spelling).map(str::to_owned);
    let verdict = Name { text: english.unwrap_or(text), span };
    let (rest, count) = opt(integer).parse(rest)?;
    let (rest, subjects) = match count {
        Some(_) => (rest, Vec::new()),
        None => opt(|input| texts(context, input)).map(Option::unwrap_or_default).parse(rest)?,
    };
    let (rest, between) = between(context, count.is_some(), rest)?;
    let count = count.and_then(|(count, _)| usize::try_from(count).ok());
    Ok((rest, Expectation { verdict, count, subjects, between, span: input.until(rest) }))
}

type Between = Option<(Box<Expr>, Box<Expr>)>;

/// `from DATE to DATE`, `、DATE から DATE まで`, if it follows
fn between<'a>(context: Context<'a>, is_counted: bool, input: Tokens<'a>) -> Parsed<'a, Between> {
    let from = match input.spelling {
        Spelling::English => behind_word(Keyword::Since, input),
        Spelling::Japanese => input.skip_symbol(Symbol::Touten),
    };
    match from.filter(|_| !is_counted) {
        Some(rest) => {
            let dates = cut(|input| dates(context, input)).parse(rest);
            to(|(from, until)| Some((Box::new(from), Box::new(until))), dates)
        }
        None => Ok((input, None)),
    }
}
