//! `relation`: derived rows.

use nom::Parser;
use nom::combinator::{cut, opt};
use nom::multi::{separated_list0, separated_list1};

use crate::ast::{Branch, Field, Relation, Rows, Spelling};
use crate::grammar::basic::{any_word, keyword, name, symbol, text, type_name};
use crate::grammar::expr::expr;
use crate::grammar::rows::{atom, before_condition};
use crate::grammar::{Context, Parsed, block};
use crate::keyword::Keyword;
use crate::token::{Symbol, Tokens};

pub(super) fn relation<'a>(context: Context<'a>, doc: String, input: Tokens<'a>) -> Parsed<'a, Relation> {
    let (input, _) = keyword(Keyword::Relation)(input)?;
    let (input, name) = cut(name).parse(input)?;
    let (input, label) = opt(|input| text(context, input)).parse(input)?;
    let (input, _) = cut(symbol(Symbol::OpenParen)).parse(input)?;
    let (input, fields) =
        separated_list0(symbol(Symbol::Comma), |input| field(context, input)).parse(input)?;
    let (input, _) = cut(symbol(Symbol::CloseParen)).parse(input)?;
    let (input, branches) = block(|input| branch(context, input), input)?;
    Ok((input, Relation { doc, name, label, fields, branches }))
}

/// `name: TYPE "label"`
fn field<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Field> {
    let (input, name) = any_word(input)?;
    let (input, _) = cut(symbol(Symbol::Colon)).parse(input)?;
    let (input, ty) = cut(type_name).parse(input)?;
    let (input, label) = opt(|input| text(context, input)).parse(input)?;
    Ok((input, Field { key: None, name, ty, class: None, label }))
}

/// `from x in R, y in S where … yield …`
fn branch<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Branch> {
    let (rest, span) = keyword(Keyword::From)(input)?;
    let (rest, first) = cut(|input| atom(context, input)).parse(rest)?;
    let (rest, atoms) = more_atoms(context, first, rest)?;
    let (rest, condition) = match before_condition(rest) {
        Some(rest) => {
            let (rest, condition) = cut(|input| expr(context, input)).parse(rest)?;
            (rest, Some(condition))
        }
        None => (rest, None),
    };
    let (rest, _) = cut(keyword(Keyword::Yield)).parse(rest)?;
    let (rest, yields) =
        cut(separated_list1(symbol(Symbol::Comma), |input| expr(context, input))).parse(rest)?;
    Ok((rest, Branch { atoms, condition, yields, span }))
}

/// The rows behind the first. In the Japanese spelling a condition stands behind the same sign: what is no rows is it.
fn more_atoms<'a>(context: Context<'a>, first: Rows, input: Tokens<'a>) -> Parsed<'a, Vec<Rows>> {
    let (separator, is_settled) = match input.spelling {
        Spelling::English => (Symbol::Comma, true),
        Spelling::Japanese => (Symbol::Touten, false),
    };
    let mut atoms = vec![first];
    let mut input = input;
    while let Some(rest) = input.skip_symbol(separator) {
        match atom(context, rest) {
            Ok((rest, atom)) => {
                atoms.push(atom);
                input = rest;
            }
            Err(nom::Err::Error(_)) if !is_settled => break,
            Err(nom::Err::Error(error)) => return Err(nom::Err::Failure(error)),
            Err(error) => return Err(error),
        }
    }
    Ok((input, atoms))
}
