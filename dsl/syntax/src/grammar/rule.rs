//! `rule`: one obligation.

use kijun_source::Span;
use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};
use nom::sequence::pair;

use crate::ast::{Clause, ClauseKind, Rows, Rule, Template};
use crate::grammar::basic::{heading, keyword, name, text, text_token, texts};
use crate::grammar::expr::{self, expr};
use crate::grammar::{Context, Parsed, block, embedded_expr};
use crate::keyword::Keyword;
use crate::token::Tokens;
use crate::{lexer, text as texts_of};

pub(super) fn rule<'a>(context: Context<'a>, doc: &str, input: Tokens<'a>) -> Parsed<'a, Rule> {
    let (input, (_, name, label)) = heading(Keyword::Rule, context, input)?;
    let (input, clauses) = block(|input| clause(context, input), input)?;
    Ok((input, Rule { doc: doc.to_owned(), name, label, clauses }))
}

fn clause<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Clause> {
    let span = input.here();
    let (rest, kind) = alt((
        |input| {
            let (input, _) = keyword(Keyword::Covers)(input)?;
            cut(|input| texts(context, input)).map(ClauseKind::Covers).parse(input)
        },
        |input| {
            let (input, _) = keyword(Keyword::Severity)(input)?;
            cut(name).map(ClauseKind::Severity).parse(input)
        },
        |input| for_each(context, input),
        |input| {
            let (input, _) = keyword(Keyword::Require)(input)?;
            cut(|input| expr(context, input)).map(ClauseKind::Require).parse(input)
        },
        |input| {
            let (input, _) = keyword(Keyword::Excused)(input)?;
            let (input, _) = cut(keyword(Keyword::By)).parse(input)?;
            cut(|input| expr::rows(context, input)).map(ClauseKind::Excused).parse(input)
        },
        |input| {
            let (input, _) = keyword(Keyword::Due)(input)?;
            cut(|input| expr(context, input)).map(ClauseKind::Due).parse(input)
        },
        |input| {
            let (input, _) = keyword(Keyword::Message)(input)?;
            cut(|input| template(context, input)).map(ClauseKind::Message).parse(input)
        },
        |input| {
            let (input, _) = keyword(Keyword::Remedy)(input)?;
            cut(|input| text(context, input)).map(ClauseKind::Remedy).parse(input)
        },
    ))
    .parse(input)?;
    Ok((rest, Clause { span, kind }))
}

fn for_each<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, ClauseKind> {
    let (input, _) = keyword(Keyword::For)(input)?;
    let (input, _) = cut(keyword(Keyword::Each)).parse(input)?;
    let (input, rows): (_, Rows) = cut(|input| expr::rows(context, input)).parse(input)?;
    let (input, or_none) = opt(pair(keyword(Keyword::Or), keyword(Keyword::None))).parse(input)?;
    Ok((input, ClauseKind::ForEach { rows, or_none: or_none.is_some() }))
}

/// A text with `{expression}`s, each read as an expression of its own.
fn template<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Template> {
    let (rest, token) = text_token(input)?;
    let (template, problems) = texts_of::template(context.file, token.span, |span| part(context, span));
    context.problems.borrow_mut().extend(problems);
    Ok((rest, template))
}

fn part(context: Context<'_>, span: Span) -> Option<crate::ast::Expr> {
    let (tokens, problems) = lexer::lex_part(context.file, span.start as usize, span.end as usize);
    context.problems.borrow_mut().extend(problems);
    embedded_expr(context, &tokens, span)
}
