//! Expressions, loosest operator first.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};
use nom::multi::separated_list0;

use crate::ast::{BinaryOp, Expr, ExprKind, Rows, Unit};
use crate::expected::{Expectation, Expected};
use crate::grammar::basic::{any_word, integer, keyword, name, symbol, text};
use crate::grammar::{Context, Parsed};
use crate::keyword::Keyword;
use crate::token::{Symbol, TokenKind, Tokens};

/// How deep expressions may stand in each other, and how many operators of one level may follow each other.
const DEEPEST: u16 = 32;
const LONGEST: usize = 512;

/// Whether `else` may be read as an operator: not in the branch of an `if`, which ends with it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Else {
    Operator,
    EndsBranch,
}

/// An expression.
pub(super) fn expr<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    any(context, Else::Operator, input)
}

/// An expression that holds no truth: what a row of a test may give.
pub(super) fn operand<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    deeper(input, |input| sum(context, input))
}

/// `x in F where …`
pub(super) fn rows<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Rows> {
    let (input, var) = name(input)?;
    let (input, _) = keyword(Keyword::In)(input)?;
    let (input, fact) = name(input)?;
    let (input, condition) = match keyword(Keyword::Where)(input) {
        Ok((rest, _)) => {
            let (rest, condition) = cut(|input| expr(context, input)).parse(rest)?;
            (rest, Some(Box::new(condition)))
        }
        Err(_) => (input, None),
    };
    Ok((input, Rows { var, fact, condition }))
}

/// Reads one level deeper, and no deeper than can be read.
fn deeper<'a>(input: Tokens<'a>, read: impl FnOnce(Tokens<'a>) -> Parsed<'a, Expr>) -> Parsed<'a, Expr> {
    if input.depth >= DEEPEST {
        return Err(nom::Err::Failure(Expected::new(input, Expectation::Shallower)));
    }
    let depth = input.depth;
    let (rest, expr) = read(Tokens { depth: depth + 1, ..input })?;
    Ok((Tokens { depth, ..rest }, expr))
}

fn any<'a>(context: Context<'a>, otherwise: Else, input: Tokens<'a>) -> Parsed<'a, Expr> {
    deeper(input, |input| {
        let or = |input: Tokens<'a>| {
            let (rest, _) = keyword(Keyword::Or)(input)?;
            // `or none` ends the population of a rule; no disjunction ends in `none`.
            match keyword(Keyword::None)(rest) {
                Ok(_) => Err(nom::Err::Error(Expected::new(rest, Expectation::Expression))),
                Err(_) => Ok((rest, BinaryOp::Or)),
            }
        };
        chain(input, or, |input| conjunction(context, otherwise, input))
    })
}

fn conjunction<'a>(context: Context<'a>, otherwise: Else, input: Tokens<'a>) -> Parsed<'a, Expr> {
    chain(
        input,
        |input| keyword(Keyword::And).map(|_| BinaryOp::And).parse(input),
        |input| negation(context, otherwise, input),
    )
}

fn negation<'a>(context: Context<'a>, otherwise: Else, input: Tokens<'a>) -> Parsed<'a, Expr> {
    match keyword(Keyword::Not)(input) {
        Ok((rest, token)) => {
            let (rest, inner) =
                cut(|input| deeper(input, |input| negation(context, otherwise, input))).parse(rest)?;
            let span = token.span.to(inner.span);
            Ok((rest, Expr { kind: ExprKind::Not(Box::new(inner)), span }))
        }
        Err(_) => comparison(context, otherwise, input),
    }
}

fn comparison<'a>(context: Context<'a>, otherwise: Else, input: Tokens<'a>) -> Parsed<'a, Expr> {
    let (input, left) = defaulted(context, otherwise, input)?;
    if let Ok((rest, op)) = comparison_operator(input) {
        let (rest, right) = cut(|input| defaulted(context, otherwise, input)).parse(rest)?;
        return Ok((rest, binary(op, left, right)));
    }
    if let Ok((rest, _)) = keyword(Keyword::In)(input) {
        return membership(context, left, rest);
    }
    if let Ok((rest, _)) = keyword(Keyword::Is)(input) {
        let (rest, not) = opt(keyword(Keyword::Not)).parse(rest)?;
        let (rest, none) = cut(keyword(Keyword::None)).parse(rest)?;
        let span = left.span.to(none.span);
        let kind = if not.is_some() { ExprKind::IsNotNone } else { ExprKind::IsNone };
        return Ok((rest, Expr { kind: kind(Box::new(left)), span }));
    }
    if let Ok((rest, _)) = keyword(Keyword::Starts)(input) {
        let (rest, _) = cut(keyword(Keyword::With)).parse(rest)?;
        let (rest, prefix) = cut(|input| sum(context, input)).parse(rest)?;
        let span = left.span.to(prefix.span);
        return Ok((rest, Expr { kind: ExprKind::StartsWith(Box::new(left), Box::new(prefix)), span }));
    }
    Ok((input, left))
}

fn comparison_operator(input: Tokens<'_>) -> Parsed<'_, BinaryOp> {
    alt((
        symbol(Symbol::EqualEqual).map(|_| BinaryOp::Eq),
        symbol(Symbol::NotEqual).map(|_| BinaryOp::Ne),
        symbol(Symbol::LessEqual).map(|_| BinaryOp::Le),
        symbol(Symbol::GreaterEqual).map(|_| BinaryOp::Ge),
        symbol(Symbol::Less).map(|_| BinaryOp::Lt),
        symbol(Symbol::Greater).map(|_| BinaryOp::Gt),
    ))
    .parse(input)
}

/// What follows `x in`: a list, the period under audit, or a range with both ends.
fn membership<'a>(context: Context<'a>, item: Expr, input: Tokens<'a>) -> Parsed<'a, Expr> {
    if let Ok((rest, _)) = symbol(Symbol::OpenBracket)(input) {
        let element = |input| sum(context, input);
        let (rest, list) = cut(separated_list0(symbol(Symbol::Comma), element)).parse(rest)?;
        let (rest, close) = cut(symbol(Symbol::CloseBracket)).parse(rest)?;
        let span = item.span.to(close.span);
        return Ok((rest, Expr { kind: ExprKind::InList(Box::new(item), list), span }));
    }
    let dotted = |rest| symbol(Symbol::Dot)(rest).is_ok();
    if let Ok((rest, token)) = keyword(Keyword::Period)(input)
        && !dotted(rest)
    {
        let span = item.span.to(token.span);
        return Ok((rest, Expr { kind: ExprKind::InPeriod(Box::new(item)), span }));
    }
    let (rest, from) = cut(|input| sum(context, input)).parse(input)?;
    let (rest, _) = cut(keyword(Keyword::To)).parse(rest)?;
    let (rest, to) = cut(|input| sum(context, input)).parse(rest)?;
    let span = item.span.to(to.span);
    Ok((rest, Expr { kind: ExprKind::InRange(Box::new(item), Box::new(from), Box::new(to)), span }))
}

fn defaulted<'a>(context: Context<'a>, otherwise: Else, input: Tokens<'a>) -> Parsed<'a, Expr> {
    let (input, value) = sum(context, input)?;
    match keyword(Keyword::Else)(input) {
        Ok((rest, _)) if otherwise == Else::Operator => {
            let (rest, default) = cut(|input| sum(context, input)).parse(rest)?;
            let span = value.span.to(default.span);
            Ok((rest, Expr { kind: ExprKind::Else(Box::new(value), Box::new(default)), span }))
        }
        _ => Ok((input, value)),
    }
}

fn sum<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    let operator = |input| {
        alt((symbol(Symbol::Plus).map(|_| BinaryOp::Add), symbol(Symbol::Minus).map(|_| BinaryOp::Sub)))
            .parse(input)
    };
    chain(input, operator, |input| product(context, input))
}

fn product<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    chain(
        input,
        |input| symbol(Symbol::Star).map(|_| BinaryOp::Mul).parse(input),
        |input| sign(context, input),
    )
}

fn sign<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    match symbol(Symbol::Minus)(input) {
        Ok((rest, token)) => {
            let (rest, inner) = cut(|input| deeper(input, |input| sign(context, input))).parse(rest)?;
            let span = token.span.to(inner.span);
            Ok((rest, Expr { kind: ExprKind::Negate(Box::new(inner)), span }))
        }
        Err(_) => access(context, input),
    }
}

fn access<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    let (mut input, mut expr) = primary(context, input)?;
    let mut length = 0;
    while let Ok((rest, _)) = symbol(Symbol::Dot)(input) {
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

fn primary<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    let error = nom::Err::Error(Expected::new(input, Expectation::Expression));
    let Some(token) = input.first() else { return Err(error) };
    match token.kind {
        TokenKind::Int => number(input),
        TokenKind::Decimal => {
            let kind = ExprKind::Decimal(input.slice(token.span).to_owned());
            Ok((input.skip(1), Expr { kind, span: token.span }))
        }
        TokenKind::Date => date(input),
        TokenKind::Text => {
            let (rest, text) = text(context, input)?;
            Ok((rest, Expr { span: text.span, kind: ExprKind::Text(text.value) }))
        }
        TokenKind::Symbol(Symbol::OpenParen) => group(context, input),
        TokenKind::Word => {
            match Keyword::from_spelling(input.slice(token.span)).filter(|word| word.is_reserved()) {
                Some(word) => word_expression(context, word, input),
                None => name_or_call(context, input),
            }
        }
        TokenKind::Time | TokenKind::Doc | TokenKind::Symbol(_) => Err(error),
    }
}

/// `42` or `31 days`
fn number(input: Tokens<'_>) -> Parsed<'_, Expr> {
    let (rest, (number, span)) = integer(input)?;
    let unit =
        any_word(rest).ok().and_then(|(rest, word)| Some((rest, Unit::from_name(&word.text)?, word.span)));
    Ok(match unit {
        Some((rest, unit, last)) => {
            (rest, Expr { kind: ExprKind::Duration(number, unit), span: span.to(last) })
        }
        None => (rest, Expr { kind: ExprKind::Int(number), span }),
    })
}

/// `2026-04-01` or `2026-04-01 10:00`
fn date(input: Tokens<'_>) -> Parsed<'_, Expr> {
    let span = input.here();
    let date = input.slice(span).to_owned();
    let rest = input.skip(1);
    Ok(match rest.first().filter(|token| token.kind == TokenKind::Time) {
        Some(time) => {
            let kind = ExprKind::DateTime(date, rest.slice(time.span).to_owned());
            (rest.skip(1), Expr { kind, span: span.to(time.span) })
        }
        None => (rest, Expr { kind: ExprKind::Date(date), span }),
    })
}

fn group<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    let (rest, open) = symbol(Symbol::OpenParen)(input)?;
    let (rest, inner) = cut(|input| expr(context, input)).parse(rest)?;
    let (rest, close) = cut(symbol(Symbol::CloseParen)).parse(rest)?;
    Ok((rest, Expr { kind: ExprKind::Group(Box::new(inner)), span: open.span.to(close.span) }))
}

/// An expression that begins with a reserved word.
fn word_expression<'a>(context: Context<'a>, word: Keyword, input: Tokens<'a>) -> Parsed<'a, Expr> {
    let span = input.here();
    let rest = input.skip(1);
    let simple = |kind| Ok((rest, Expr { kind, span }));
    match word {
        Keyword::True => simple(ExprKind::Bool(true)),
        Keyword::False => simple(ExprKind::Bool(false)),
        Keyword::None => simple(ExprKind::None),
        Keyword::Some | Keyword::No | Keyword::Count => {
            let (rest, rows) = cut(|input| rows(context, input)).parse(rest)?;
            let last = rows.condition.as_ref().map_or(rows.fact.span, |condition| condition.span);
            let kind = match word {
                Keyword::Some => ExprKind::Some(rows),
                Keyword::No => ExprKind::No(rows),
                _ => ExprKind::Count(rows),
            };
            Ok((rest, Expr { kind, span: span.to(last) }))
        }
        Keyword::If => conditional(context, span, rest),
        _ => Err(nom::Err::Error(Expected::new(input, Expectation::Expression))),
    }
}

fn conditional<'a>(context: Context<'a>, span: kijun_source::Span, input: Tokens<'a>) -> Parsed<'a, Expr> {
    let (input, condition) = cut(|input| expr(context, input)).parse(input)?;
    let (input, _) = cut(keyword(Keyword::Then)).parse(input)?;
    let (input, then) = cut(|input| any(context, Else::EndsBranch, input)).parse(input)?;
    let (input, _) = cut(keyword(Keyword::Else)).parse(input)?;
    let (input, otherwise) = cut(|input| expr(context, input)).parse(input)?;
    let span = span.to(otherwise.span);
    Ok((input, Expr { kind: ExprKind::If(Box::new(condition), Box::new(then), Box::new(otherwise)), span }))
}

fn name_or_call<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    let (rest, name) = name(input)?;
    let Ok((rest, _)) = symbol(Symbol::OpenParen)(rest) else {
        return Ok((rest, Expr { span: name.span, kind: ExprKind::Name(name.text) }));
    };
    let argument = |input| expr(context, input);
    let (rest, arguments) = cut(separated_list0(symbol(Symbol::Comma), argument)).parse(rest)?;
    let (rest, close) = cut(symbol(Symbol::CloseParen)).parse(rest)?;
    let span = name.span.to(close.span);
    Ok((rest, Expr { kind: ExprKind::Call(name, arguments), span }))
}

/// `a op b op c`, grouped from the left.
fn chain<'a>(
    input: Tokens<'a>,
    operator: impl Fn(Tokens<'a>) -> Parsed<'a, BinaryOp>,
    operand: impl Fn(Tokens<'a>) -> Parsed<'a, Expr>,
) -> Parsed<'a, Expr> {
    let (mut input, mut left) = operand(input)?;
    let mut length = 0;
    while let Ok((rest, op)) = operator(input) {
        length += 1;
        if length > LONGEST {
            return Err(nom::Err::Failure(Expected::new(rest, Expectation::Shallower)));
        }
        let (rest, right) = cut(&operand).parse(rest)?;
        left = binary(op, left, right);
        input = rest;
    }
    Ok((input, left))
}

fn binary(op: BinaryOp, left: Expr, right: Expr) -> Expr {
    let span = left.span.to(right.span);
    Expr { kind: ExprKind::Binary(op, Box::new(left), Box::new(right)), span }
}
