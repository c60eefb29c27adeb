//! `audit`: one that recurs, or that an event calls for.

use nom::Parser;
use nom::combinator::cut;
use nom::multi::separated_list1;

use crate::ast::{Audit, AuditClause, AuditClauseKind, Name, Spelling};
use crate::expected::{Expectation, Expected};
use crate::grammar::basic::{any_word, duration, heading, keyword, symbol, text, texts, within, word_of};
use crate::grammar::rows::rows;
use crate::grammar::{Context, Parsed, block, choose, to};
use crate::keyword::Keyword;
use crate::token::{Symbol, Tokens};
use crate::vocabulary::{AUDIT_KINDS, AUDITORS, CURRENT_PARTS, PREVIOUS_PARTS};

pub(super) fn audit<'a>(context: Context<'a>, doc: String, input: Tokens<'a>) -> Parsed<'a, Audit> {
    let (input, (name, label)) = heading(Keyword::Audit, context, input)?;
    let (input, clauses) = block(|input| clause(context, input), input)?;
    Ok((input, Audit { doc, name, label, clauses }))
}

fn clause<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, AuditClause> {
    let span = input.here();
    let (rest, kind) = choose(
        input,
        &[
            (Keyword::Covers, &|input| to(AuditClauseKind::Covers, texts(context, input))),
            (Keyword::Kind, &|input| to(AuditClauseKind::Kind, word_of(AUDIT_KINDS, input))),
            (Keyword::Schedule, &|input| schedule(context, input)),
            (Keyword::AfterEach, &|input| after(context, input)),
            (Keyword::OverPeriod, &|input| over(input)),
            (Keyword::Scope, &|input| to(AuditClauseKind::Scope, scope(context, input))),
            (Keyword::Auditor, &|input| to(AuditClauseKind::Auditor, word_of(AUDITORS, input))),
            (Keyword::Remind, &|input| remind(input)),
            (Keyword::Report, &|input| {
                to(|(n, unit, at)| AuditClauseKind::Report(n, unit, at), within(input))
            }),
            (Keyword::CloseFindings, &|input| {
                to(|(n, unit, at)| AuditClauseKind::Close(n, unit, at), within(input))
            }),
        ],
    )?;
    Ok((rest, AuditClause { span, kind }))
}

/// `"0 0 9 1 10 *" in "Asia/Tokyo"`
fn schedule<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, AuditClauseKind> {
    let (input, cron) = text(context, input)?;
    let (input, _) = keyword(Keyword::InZone)(input)?;
    to(|zone| AuditClauseKind::Schedule { cron, zone }, text(context, input))
}

/// `i in incident where … within 14 days`, `事故 i、… の後 14日以内`
fn after<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, AuditClauseKind> {
    let (input, rows) = rows(context, input)?;
    let (input, _) = keyword(Keyword::After)(input)?;
    to(|within| AuditClauseKind::After { rows, within }, within(input))
}

/// `previous fiscal_year`, `fiscal_year`; `前年度`, `当年度`
fn over(input: Tokens<'_>) -> Parsed<'_, AuditClauseKind> {
    let error = nom::Err::Error(Expected::new(input, Expectation::Part));
    if input.spelling == Spelling::English {
        let (rest, previous) = match input.skip_keyword(Keyword::Previous) {
            Some(rest) => (rest, true),
            None => (input, false),
        };
        return to(|part| AuditClauseKind::Over { previous, part }, any_word(rest));
    }
    let (rest, Name { text, span }) = any_word(input).map_err(|_| error)?;
    let previous = PREVIOUS_PARTS.english(&text, input.spelling);
    let english = previous.or_else(|| CURRENT_PARTS.english(&text, input.spelling)).map(str::to_owned);
    let part = Name { text: english.unwrap_or(text), span };
    Ok((rest, AuditClauseKind::Over { previous: previous.is_some(), part }))
}

/// `all`, which is no texts, or `"5(1)", …`
fn scope<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Vec<crate::ast::Text>> {
    match input.skip_keyword(Keyword::All) {
        Some(rest) => Ok((rest, Vec::new())),
        None => texts(context, input).map_err(|error| {
            let all = Expectation::Word(Keyword::All.spelling(input.spelling));
            error.map(|found| nom::error::ParseError::or(Expected::new(input, all), found))
        }),
    }
}

/// `30 days, 7 days before`
fn remind(input: Tokens<'_>) -> Parsed<'_, AuditClauseKind> {
    let (input, times) = separated_list1(symbol(Symbol::Comma), duration).parse(input)?;
    let (input, _) = cut(keyword(Keyword::BeforeIt)).parse(input)?;
    Ok((input, AuditClauseKind::Remind(times)))
}
