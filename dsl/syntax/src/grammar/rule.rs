//! `rule`: one obligation.

use nom::Parser;
use nom::combinator::cut;
use nom::multi::separated_list1;

use crate::ast::{Clause, ClauseKind, Judged, Name, Rule, Spelling};
use crate::grammar::basic::{any_word, heading, keyword, name, symbol, template, text, texts, word_of};
use crate::grammar::expr::expr;
use crate::grammar::rows::{before_condition, rows};
use crate::grammar::{Context, Parsed, block, choose, to};
use crate::keyword::Keyword;
use crate::token::{Symbol, Tokens};
use crate::vocabulary::SEVERITIES;

pub(super) fn rule<'a>(context: Context<'a>, doc: String, input: Tokens<'a>) -> Parsed<'a, Rule> {
    let (input, (name, label)) = heading(Keyword::Rule, context, input)?;
    let (input, clauses) = block(|input| clause(context, input), input)?;
    Ok((input, Rule { doc, name, label, clauses }))
}

fn clause<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Clause> {
    let span = input.here();
    let (rest, kind) = choose(
        input,
        &[
            (Keyword::Covers, &|input| to(ClauseKind::Covers, texts(context, input))),
            (Keyword::Severity, &|input| to(ClauseKind::Severity, word_of(SEVERITIES, input))),
            (Keyword::Judged, &|input| to(ClauseKind::Judged, judged(input))),
            (Keyword::ForEach, &|input| for_each(context, input)),
            (Keyword::Needs, &|input| to(ClauseKind::Needs, expr(context, input))),
            (Keyword::Require, &|input| to(ClauseKind::Require, expr(context, input))),
            (Keyword::ExcusedBy, &|input| to(ClauseKind::Excused, rows(context, input))),
            (Keyword::Due, &|input| to(ClauseKind::Due, expr(context, input))),
            (Keyword::Message, &|input| to(ClauseKind::Message, template(context, input))),
            (Keyword::Remedy, &|input| to(ClauseKind::Remedy, text(context, input))),
        ],
    )?;
    Ok((rest, Clause { span, kind }))
}

fn judged(input: Tokens<'_>) -> Parsed<'_, Judged> {
    choose(
        input,
        &[
            (Keyword::AtToday, &|input| Ok((input, Judged::AtToday))),
            (Keyword::ThroughoutPeriod, &|input| Ok((input, Judged::ThroughoutPeriod))),
        ],
    )
}

fn for_each<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, ClauseKind> {
    if let Some(parsed) = pair(context, input) {
        return parsed;
    }
    let (input, rows) = rows(context, input)?;
    let (input, or_none) = or_none(input)?;
    Ok((input, ClauseKind::ForEach { rows, or_none }))
}

/// `or none`, `、なくてもよい`
fn or_none(input: Tokens<'_>) -> Parsed<'_, bool> {
    let joint = match input.spelling {
        Spelling::English => Some(input),
        Spelling::Japanese => input.skip_symbol(Symbol::Touten),
    };
    Ok(match joint.and_then(|input| input.skip_keyword(Keyword::OrNone)) {
        Some(rest) => (rest, true),
        None => (input, false),
    })
}

/// `pair (a, b) in E by f where …`, `E の前後 (a, b)、f ごと、…`, if it is that.
fn pair<'a>(context: Context<'a>, input: Tokens<'a>) -> Option<Parsed<'a, ClauseKind>> {
    let behind_word = match input.spelling {
        Spelling::English => input.skip_keyword(Keyword::Pair)?,
        Spelling::Japanese => input.skip(1).skip_keyword(Keyword::Pair)?,
    };
    behind_word.skip_symbol(Symbol::OpenParen)?;
    let read = |input| {
        let (rest, (fact, first, second)) = pair_of(input)?;
        let (rest, by) = pair_by(rest)?;
        let (rest, condition) = match before_condition(rest) {
            Some(rest) => to(Some, expr(context, rest))?,
            None => (rest, None),
        };
        let (rest, or_none) = or_none(rest)?;
        Ok((rest, ClauseKind::ForEachPair { first, second, fact, by, condition, or_none }))
    };
    Some(cut(read).parse(input))
}

/// The event and the variables of its pairs.
fn pair_of(input: Tokens<'_>) -> Parsed<'_, (Name, Name, Name)> {
    match input.spelling {
        Spelling::English => {
            let (rest, _) = keyword(Keyword::Pair)(input)?;
            let (rest, (first, second)) = variables(rest)?;
            let (rest, _) = keyword(Keyword::In)(rest)?;
            to(|fact| (fact, first, second), name(rest))
        }
        Spelling::Japanese => {
            let (rest, fact) = name(input)?;
            let (rest, _) = keyword(Keyword::Pair)(rest)?;
            to(|(first, second)| (fact, first, second), variables(rest))
        }
    }
}

/// `(a, b)`
fn variables(input: Tokens<'_>) -> Parsed<'_, (Name, Name)> {
    let (rest, _) = symbol(Symbol::OpenParen)(input)?;
    let (rest, first) = name(rest)?;
    let (rest, _) = symbol(Symbol::Comma)(rest)?;
    let (rest, second) = name(rest)?;
    to(|_| (first, second), symbol(Symbol::CloseParen)(rest))
}

/// `by f, g`, `、f, g ごと`
fn pair_by(input: Tokens<'_>) -> Parsed<'_, Vec<Name>> {
    let mut fields = separated_list1(symbol(Symbol::Comma), any_word);
    match input.spelling {
        Spelling::English => {
            let (rest, _) = keyword(Keyword::By)(input)?;
            fields.parse(rest)
        }
        Spelling::Japanese => {
            let (rest, _) = symbol(Symbol::Touten)(input)?;
            let (rest, fields) = fields.parse(rest)?;
            to(|_| fields, keyword(Keyword::By)(rest))
        }
    }
}
