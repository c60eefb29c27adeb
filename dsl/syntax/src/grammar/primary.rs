//! What operators stand between: literals, names, calls, parentheses, quantifiers, `if`.

use nom::Parser;
use nom::combinator::cut;
use nom::multi::separated_list0;

use crate::ast::{AggregateOp, Builtin, Expr, ExprKind, Rows};
use crate::expected::{Expectation, Expected};
use crate::foreign;
use crate::grammar::basic::{any_word, end_of_list, integer, keyword, name, symbol, template, text, unit};
use crate::grammar::expr::{LONGEST, expr, operand};
use crate::grammar::rows::{over, rows};
use crate::grammar::{Context, Otherwise, Parsed, Quantifiers, to};
use crate::keyword::Keyword;
use crate::text::is_template;
use crate::token::{Symbol, TokenKind, Tokens};

/// `a.b.c`
pub(super) fn access<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    let (mut input, mut expr) = primary(context, input)?;
    let mut length = 0;
    while let Some(rest) = input.skip_symbol(Symbol::Dot) {
        length += 1;
        if length > LONGEST {
            return Err(nom::Err::Failure(Expected::new(rest, Expectation::Shallower)));
        }
        let (rest, field) = cut(any_word).parse(rest)?;
        let span = expr.span.to(field.span);
        expr = Expr { kind: ExprKind::Field(Box::new(expr), field), span };
        input = rest;
    }
    Ok((input, expr))
}

/// What stands between operators and dots.
pub(super) fn primary<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    let error = || nom::Err::Error(Expected::new(input, Expectation::Expression));
    let Some(token) = input.first() else { return Err(error()) };
    let written = || input.slice(token.span).to_owned();
    let simple = |kind| Ok((input.skip(1), kind));
    let (rest, kind) = match token.kind {
        TokenKind::Int => number(input),
        TokenKind::Decimal => simple(ExprKind::Decimal(written())),
        TokenKind::Date => date(input),
        TokenKind::FiscalYear => simple(ExprKind::FiscalYear(written())),
        TokenKind::Text if is_template(input.slice(token.span)) => {
            to(ExprKind::Template, template(context, input))
        }
        TokenKind::Text => to(|text| ExprKind::Text(text.value), text(context, input)),
        TokenKind::Symbol(Symbol::OpenParen) => group(context, input),
        TokenKind::Symbol(Symbol::OpenBracket) => {
            to(ExprKind::List, list(context, Symbol::CloseBracket, input.skip(1)))
        }
        TokenKind::Word | TokenKind::Meant(_) => {
            match input.keyword().filter(|word| word.is_reserved(input.spelling)) {
                Some(word) => reserved_word(context, word, input),
                None => free_word(context, input),
            }
        }
        TokenKind::Time | TokenKind::Doc | TokenKind::Regex | TokenKind::Symbol(_) => Err(error()),
    }?;
    Ok((rest, Expr { kind, span: input.until(rest) }))
}

/// `42` or `31 days`
fn number(input: Tokens<'_>) -> Parsed<'_, ExprKind> {
    let (rest, (number, _)) = integer(input)?;
    Ok(match unit(rest) {
        Some((rest, unit)) => (rest, ExprKind::Duration(number, unit)),
        None => (rest, ExprKind::Int(number)),
    })
}

/// `2026-04-01` or `2026-04-01 10:00`
fn date(input: Tokens<'_>) -> Parsed<'_, ExprKind> {
    let written = input.slice(input.here());
    let date = foreign::day(written).map_or_else(|| written.to_owned(), |(day, _)| day);
    let rest = input.skip(1);
    Ok(match rest.first().filter(|token| token.kind == TokenKind::Time) {
        Some(time) => (rest.skip(1), ExprKind::DateTime(date, rest.slice(time.span).to_owned())),
        None => (rest, ExprKind::Date(date)),
    })
}

fn group<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, ExprKind> {
    let (rest, _) = symbol(Symbol::OpenParen)(input)?;
    let (rest, inner) = cut(|input| expr(context.enclosed(), input)).parse(rest)?;
    let (rest, _) = cut(symbol(Symbol::CloseParen)).parse(rest)?;
    Ok((rest, ExprKind::Group(Box::new(inner))))
}

/// `a, b)`
fn list<'a>(context: Context<'a>, close: Symbol, input: Tokens<'a>) -> Parsed<'a, Vec<Expr>> {
    let element = |input| expr(context.enclosed(), input);
    let (rest, list) = match input.is_at(close) {
        true => (input, Vec::new()),
        false => cut(separated_list0(symbol(Symbol::Comma), element)).parse(input)?,
    };
    let (rest, _) = cut(end_of_list(close)).parse(rest)?;
    Ok((rest, list))
}

/// An expression that begins with a reserved word.
fn reserved_word<'a>(context: Context<'a>, word: Keyword, input: Tokens<'a>) -> Parsed<'a, ExprKind> {
    let aggregate = |op, word| aggregate(context, op, word, input);
    match word {
        Keyword::True => Ok((input.skip(1), ExprKind::Bool(true))),
        Keyword::False => Ok((input.skip(1), ExprKind::Bool(false))),
        Keyword::None => Ok((input.skip(1), ExprKind::None)),
        Keyword::If => conditional(context, input.skip(1)),
        _ if context.quantifiers == Quantifiers::InParentheses => {
            Err(nom::Err::Error(Expected::new(input, Expectation::Expression)))
        }
        Keyword::Count if is_distinct(input) => aggregate(AggregateOp::CountDistinct, Keyword::CountDistinct),
        Keyword::CountDistinct => aggregate(AggregateOp::CountDistinct, Keyword::CountDistinct),
        Keyword::Some => to(ExprKind::Some, quantified(context, input)),
        Keyword::No => to(ExprKind::No, quantified(context, input)),
        Keyword::Count => to(ExprKind::Count, quantified(context, input)),
        Keyword::Every => {
            let (rest, rows) = quantified(context, input)?;
            let (rest, _) = cut(keyword(Keyword::Has)).parse(rest)?;
            let body = cut(|input| expr(context, input)).parse(rest);
            to(|body| ExprKind::Every(rows, Box::new(body)), body)
        }
        Keyword::Sum => aggregate(AggregateOp::Sum, word),
        Keyword::Min => aggregate(AggregateOp::Min, word),
        Keyword::Max => aggregate(AggregateOp::Max, word),
        Keyword::First => aggregate(AggregateOp::First, word),
        Keyword::Latest => aggregate(AggregateOp::Latest, word),
        _ => Err(nom::Err::Error(Expected::new(input, Expectation::Expression))),
    }
}

/// Whether `count distinct …` follows, rather than `count distinct in …`, where that is a variable.
fn is_distinct(input: Tokens<'_>) -> bool {
    let behind = input.skip_keyword(Keyword::CountDistinct);
    behind.is_some_and(|behind| behind.skip_keyword(Keyword::In).is_none())
}

/// The rows behind the word of a quantifier.
fn quantified<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Box<Rows>> {
    to(Box::new, cut(|input| rows(context, input)).parse(input.skip(1)))
}

/// `sum E over ROWS`
fn aggregate<'a>(
    context: Context<'a>,
    op: AggregateOp,
    word: Keyword,
    input: Tokens<'a>,
) -> Parsed<'a, ExprKind> {
    let (rest, _) = keyword(word)(input)?;
    let (rest, value) = cut(|input| operand(context.without_quantifiers(), input)).parse(rest)?;
    let (rest, _) = cut(over).parse(rest)?;
    let rows = cut(|input| rows(context, input)).parse(rest);
    to(|rows| ExprKind::Aggregate(op, Box::new(value), Box::new(rows)), rows)
}

/// `if c then a else b`, from the condition on.
fn conditional<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, ExprKind> {
    let condition = context.with_else(Otherwise::Operator);
    let branch = context.with_else(Otherwise::EndsBranch);
    let (input, condition) = cut(|input| expr(condition, input)).parse(input)?;
    let (input, _) = cut(keyword(Keyword::Then)).parse(input)?;
    let (input, then) = cut(|input| expr(branch, input)).parse(input)?;
    let (input, _) = cut(keyword(Keyword::Otherwise)).parse(input)?;
    let (input, otherwise) = cut(|input| expr(context, input)).parse(input)?;
    Ok((input, ExprKind::If(Box::new(condition), Box::new(then), Box::new(otherwise))))
}

/// A name, a call, or a word that names a value of the language.
fn free_word<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, ExprKind> {
    let (rest, name) = name(input)?;
    if let Some(arguments) = rest.skip_symbol(Symbol::OpenParen) {
        if input.keyword() == Some(Keyword::Covered) {
            return covered(context, arguments);
        }
        let arguments = list(context, Symbol::CloseParen, arguments);
        let builtin = |function: &&Builtin| function.spelling(input.spelling) == name.text;
        return match Builtin::ALL.iter().find(builtin) {
            Some(function) => to(|arguments| ExprKind::Builtin(*function, name.span, arguments), arguments),
            None => to(|arguments| ExprKind::Call(name, arguments), arguments),
        };
    }
    let kind = match input.keyword() {
        Some(Keyword::Today) => ExprKind::Today,
        Some(Keyword::Period) => ExprKind::Period,
        Some(Keyword::Moment) => ExprKind::Moment,
        _ => ExprKind::Name(name.text),
    };
    Ok((rest, kind))
}

/// `F)` or `F, PERIOD)`
fn covered<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, ExprKind> {
    let (rest, fact) = cut(name).parse(input)?;
    let (rest, period) = match rest.skip_symbol(Symbol::Comma) {
        Some(rest) => {
            let (rest, period) = cut(|input| expr(context.enclosed(), input)).parse(rest)?;
            (rest, Some(Box::new(period)))
        }
        None => (rest, None),
    };
    let (rest, _) = cut(symbol(Symbol::CloseParen)).parse(rest)?;
    Ok((rest, ExprKind::Covered(fact, period)))
}
