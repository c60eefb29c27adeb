//! Expressions, loosest operator first.

use kijun_source::Span;
use nom::Parser;
use nom::combinator::cut;

use crate::ast::{BinaryOp, Expr, ExprKind, Spelling};
use crate::expected::{Expectation, Expected};
use crate::grammar::basic::{keyword, pattern};
use crate::grammar::primary::{access, primary};
use crate::grammar::{Context, Otherwise, Parsed, choose, to};
use crate::keyword::Keyword;
use crate::token::{Symbol, TokenKind, Tokens};

/// How deep expressions may stand in each other: a stack of 2 MiB is enough, without optimisation.
const DEEPEST: u16 = 24;

/// How many operators of one level may follow each other.
pub(super) const LONGEST: usize = 512;

/// An expression.
pub(super) fn expr<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    deeper(input, |input| chain(input, disjunction_operator, |input| conjunction(context, input)))
}

/// An expression that holds no truth: what arithmetic makes.
pub(super) fn operand<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    let is_day = input.first().is_some_and(|token| token.kind == TokenKind::Date);
    if is_day && !behind_literal(input).is_at_symbol() {
        return primary(context, input);
    }
    deeper(input, |input| sum(context, input))
}

/// A value, a period among them: what a row of a test may give.
pub(super) fn value<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    let behind = behind_literal(input);
    let is_alone = behind.is_at(Symbol::Comma) || behind.is_at(Symbol::CloseBrace);
    if is_alone && !input.is_at_symbol() {
        return primary(context, input);
    }
    deeper(input, |input| range(context, input))
}

/// What follows a literal or a name. Where no operator stands there nothing needs to be tried: most values are of this kind.
fn behind_literal(input: Tokens<'_>) -> Tokens<'_> {
    let behind = input.skip(1);
    let is_longer = match (input.first(), behind.first()) {
        (Some(first), Some(next)) => matches!(
            (first.kind, next.kind),
            (TokenKind::Date, TokenKind::Time) | (TokenKind::Int, TokenKind::Word)
        ),
        _ => false,
    };
    if is_longer { behind.skip(1) } else { behind }
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

/// `or`; but `or none` ends the population of a rule: no disjunction ends in `none`.
fn disjunction_operator(input: Tokens<'_>) -> Option<(Tokens<'_>, BinaryOp)> {
    let rest = input.skip_keyword(Keyword::Or)?;
    rest.skip_keyword(Keyword::None).is_none().then_some((rest, BinaryOp::Or))
}

fn conjunction<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    let operator = |input: Tokens<'a>| Some((input.skip_keyword(Keyword::And)?, BinaryOp::And));
    chain(input, operator, |input| negation(context, input))
}

/// `not …`; the Japanese spelling also has one behind, `… でない`.
fn negation<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    if let Some(rest) = input.skip_keyword(Keyword::Not) {
        let (rest, inner) = cut(|input| deeper(input, |input| negation(context, input))).parse(rest)?;
        return Ok((rest, Expr { kind: ExprKind::Not(Box::new(inner)), span: input.until(rest) }));
    }
    let (rest, inner) = comparison(context, input)?;
    match rest.skip_keyword(Keyword::NotThat) {
        Some(behind) if input.spelling == Spelling::Japanese => {
            Ok((behind, Expr { kind: ExprKind::Not(Box::new(inner)), span: input.until(behind) }))
        }
        _ => Ok((rest, inner)),
    }
}

fn comparison<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    let (rest, left) = range(context, input)?;
    if let Some((rest, op)) = comparison_operator(rest) {
        let (rest, right) = cut(|input| range(context, input)).parse(rest)?;
        no_other_comparison(rest, &right)?;
        return Ok((rest, binary(op, left, right)));
    }
    if rest.is_at(Symbol::Equal) {
        return Err(nom::Err::Failure(Expected::new(rest, Expectation::Comparison)));
    }
    let (rest, kind) = match input.spelling {
        Spelling::English => english_predicate(context, left, rest)?,
        Spelling::Japanese => japanese_predicate(context, left, rest)?,
    };
    Ok((rest, Expr { kind, span: input.until(rest) }))
}

/// Nothing is compared twice at once: `a < b < c` would compare a truth.
fn no_other_comparison<'a>(input: Tokens<'a>, right: &Expr) -> Parsed<'a, ()> {
    let middle = right.span;
    match comparison_operator(input) {
        Some(_) => Err(nom::Err::Failure(Expected::new(input, Expectation::OneComparison { middle }))),
        None => Ok((input, ())),
    }
}

fn comparison_operator(input: Tokens<'_>) -> Option<(Tokens<'_>, BinaryOp)> {
    let TokenKind::Symbol(symbol) = input.first()?.kind else { return None };
    let op = match symbol {
        Symbol::EqualEqual => BinaryOp::Eq,
        Symbol::NotEqual => BinaryOp::Ne,
        Symbol::LessEqual => BinaryOp::Le,
        Symbol::GreaterEqual => BinaryOp::Ge,
        Symbol::Less => BinaryOp::Lt,
        Symbol::Greater => BinaryOp::Gt,
        _ => return None,
    };
    Some((input.skip(1), op))
}

/// What `x in …`, `x is none` and the like say of `x`; it alone where none of them follows.
fn english_predicate<'a>(context: Context<'a>, left: Expr, input: Tokens<'a>) -> Parsed<'a, ExprKind> {
    let Some(word) = input.keyword() else { return Ok((input, left.kind)) };
    let said = Box::new(left);
    let right = |rest| cut(|input| range(context, input)).parse(rest);
    match word {
        Keyword::In => to(|right| ExprKind::In(said, Box::new(right)), right(input.skip(1))),
        Keyword::IsNotNone => {
            let (kind, rest): (fn(Box<Expr>) -> ExprKind, _) = match input.skip_keyword(Keyword::IsNotNone) {
                Some(rest) => (ExprKind::IsNotNone, rest),
                None => (ExprKind::IsNone, cut(is_none).parse(input)?.0),
            };
            Ok((rest, kind(said)))
        }
        Keyword::Not if input.skip(1).keyword() == Some(Keyword::In) => {
            Err(nom::Err::Failure(Expected::new(input, Expectation::NotBefore)))
        }
        Keyword::StartsWith => {
            let (rest, _) = cut(keyword(Keyword::StartsWith)).parse(input)?;
            to(|right| ExprKind::StartsWith(said, Box::new(right)), right(rest))
        }
        Keyword::Contains => to(|right| ExprKind::Contains(said, Box::new(right)), right(input.skip(1))),
        Keyword::Matches => {
            to(|(text, span)| ExprKind::Matches(said, text, span), cut(pattern).parse(input.skip(1)))
        }
        _ => Ok((input, said.kind)),
    }
}

fn is_none(input: Tokens<'_>) -> Parsed<'_, Span> {
    keyword(Keyword::IsNone)(input)
        .map_err(|error| error.map(|found| Expected { what: vec![Expectation::Absence], ..found }))
}

/// What `x が … にある`, `x が 空である` and the like say of `x`.
fn japanese_predicate<'a>(context: Context<'a>, left: Expr, input: Tokens<'a>) -> Parsed<'a, ExprKind> {
    let Some(rest) = input.skip_keyword(Keyword::Subject) else { return Ok((input, left.kind)) };
    let said = Box::new(left);
    if let Some(rest) = rest.skip_keyword(Keyword::IsNone) {
        return Ok((rest, ExprKind::IsNone(said)));
    }
    if let Some(rest) = rest.skip_keyword(Keyword::IsNotNone) {
        return Ok((rest, ExprKind::IsNotNone(said)));
    }
    if let Ok((rest, (text, span))) = pattern(rest) {
        let (rest, _) = cut(keyword(Keyword::Matches)).parse(rest)?;
        return Ok((rest, ExprKind::Matches(said, text, span)));
    }
    let (rest, right) = cut(|input| range(context, input)).parse(rest)?;
    let (rest, make) = cut(predicate_end).parse(rest)?;
    Ok((rest, make(said, Box::new(right))))
}

type Predicate = fn(Box<Expr>, Box<Expr>) -> ExprKind;

/// The word at the end of a Japanese sentence, which says what it is about.
fn predicate_end(input: Tokens<'_>) -> Parsed<'_, Predicate> {
    choose::<Predicate>(
        input,
        &[
            (Keyword::In, &|input| Ok((input, ExprKind::In as Predicate))),
            (Keyword::StartsWith, &|input| Ok((input, ExprKind::StartsWith as Predicate))),
            (Keyword::Contains, &|input| Ok((input, ExprKind::Contains as Predicate))),
        ],
    )
}

/// `a to b`, `a から b まで`
fn range<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    let (rest, from) = defaulted(context, input)?;
    let Some(rest) = rest.skip_keyword(Keyword::To) else { return Ok((rest, from)) };
    let (rest, until) = cut(|input| defaulted(context, input)).parse(rest)?;
    let (rest, _) = cut(keyword(Keyword::Until)).parse(rest)?;
    let kind = ExprKind::Range(Box::new(from), Box::new(until));
    Ok((rest, Expr { kind, span: input.until(rest) }))
}

fn defaulted<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    let (rest, value) = sum(context, input)?;
    match rest.skip_keyword(Keyword::Else) {
        Some(rest) if context.otherwise == Otherwise::Operator => {
            let (rest, default) = cut(|input| sum(context, input)).parse(rest)?;
            let span = value.span.to(default.span);
            Ok((rest, Expr { kind: ExprKind::Else(Box::new(value), Box::new(default)), span }))
        }
        _ => Ok((rest, value)),
    }
}

/// What arithmetic makes: the loosest expression that holds no truth and has no end of its own.
pub(super) fn sum<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    let operator = |input: Tokens<'a>| {
        let op = match input.first()?.kind {
            TokenKind::Symbol(Symbol::Plus) => BinaryOp::Add,
            TokenKind::Symbol(Symbol::Minus) => BinaryOp::Sub,
            _ => return None,
        };
        Some((input.skip(1), op))
    };
    chain(input, operator, |input| product(context, input))
}

fn product<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    let operator = |input: Tokens<'a>| Some((input.skip_symbol(Symbol::Star)?, BinaryOp::Mul));
    chain(input, operator, |input| sign(context, input))
}

fn sign<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Expr> {
    let Some(rest) = input.skip_symbol(Symbol::Minus) else { return access(context, input) };
    let (rest, inner) = cut(|input| deeper(input, |input| sign(context, input))).parse(rest)?;
    Ok((rest, Expr { kind: ExprKind::Negate(Box::new(inner)), span: input.until(rest) }))
}

/// `a op b op c`, grouped from the left.
fn chain<'a>(
    input: Tokens<'a>,
    operator: impl Fn(Tokens<'a>) -> Option<(Tokens<'a>, BinaryOp)>,
    operand: impl Fn(Tokens<'a>) -> Parsed<'a, Expr>,
) -> Parsed<'a, Expr> {
    let (mut input, mut left) = operand(input)?;
    let mut length = 0;
    while let Some((rest, op)) = operator(input) {
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
