//! `attest`: an obligation that a person must judge.

use crate::ast::{Attest, AttestClause, AttestClauseKind};
use crate::grammar::basic::{duration, heading, text, texts, word_of};
use crate::grammar::{Context, Parsed, block, choose, to};
use crate::keyword::Keyword;
use crate::token::Tokens;
use crate::vocabulary::SEVERITIES;

pub(super) fn attest<'a>(context: Context<'a>, doc: String, input: Tokens<'a>) -> Parsed<'a, Attest> {
    let (input, (name, label)) = heading(Keyword::Attest, context, input)?;
    let (input, clauses) = block(|input| clause(context, input), input)?;
    Ok((input, Attest { doc, name, label, clauses }))
}

fn clause<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, AttestClause> {
    let span = input.here();
    let (rest, kind) = choose(
        input,
        &[
            (Keyword::Covers, &|input| to(AttestClauseKind::Covers, texts(context, input))),
            (Keyword::Severity, &|input| to(AttestClauseKind::Severity, word_of(SEVERITIES, input))),
            (Keyword::Question, &|input| to(AttestClauseKind::Question, text(context, input))),
            (Keyword::AnsweredBy, &|input| to(AttestClauseKind::AnsweredBy, texts(context, input))),
            (Keyword::Attach, &|input| to(AttestClauseKind::Attach, texts(context, input))),
            (Keyword::HoldsFor, &|input| to(holds_for, duration(input))),
        ],
    )?;
    Ok((rest, AttestClause { span, kind }))
}

fn holds_for((amount, unit, span): (i64, crate::ast::Unit, kijun_source::Span)) -> AttestClauseKind {
    AttestClauseKind::HoldsFor(amount, unit, span)
}
