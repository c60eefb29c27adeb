//! `enum`, `state`, `event`, `table`, `define`, `param`: what rules speak of.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};
use nom::multi::separated_list0;

use crate::ast::{
    CellValue, Class, Define, End, Enum, Fact, Field, Fresh, Freshness, Kept, Name, Param, Row, Spelling,
    Table, Text, TypeName, Validity,
};
use crate::expected::{Expectation, Expected};
use crate::grammar::basic::{
    any_word, duration, end_of_list, heading, keyword, name, symbol, text, type_name,
};
use crate::grammar::expr::{self, expr};
use crate::grammar::{Context, Parsed, block, to};
use crate::keyword::Keyword;
use crate::token::{Symbol, Token, TokenKind, Tokens};

pub(super) fn enumeration<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Enum> {
    let (input, (name, label)) = heading(Keyword::Enum, context, input)?;
    let (input, values) = block(|input| enum_value(context, input), input)?;
    Ok((input, Enum { name, label, values }))
}

fn enum_value<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, (Name, Text)> {
    let (input, value) = name(input)?;
    let (input, label) = cut(|input| text(context, input)).parse(input)?;
    let (input, _) = opt(symbol(Symbol::Comma)).parse(input)?;
    Ok((input, (value, label)))
}

enum Entry {
    Field(Field),
    Fresh(Fresh),
    Kept(Kept),
    Valid(Validity),
    Row(Row),
}

pub(super) fn fact<'a>(
    context: Context<'a>,
    doc: String,
    word: Keyword,
    input: Tokens<'a>,
) -> Parsed<'a, Fact> {
    let (mut input, (name, label)) = heading(word, context, input)?;
    let mut at = None;
    if word == Keyword::Event {
        let (rest, _) = cut(keyword(Keyword::At)).parse(input)?;
        let (rest, field) = cut(any_word).parse(rest)?;
        (input, at) = (rest, Some(field));
    }
    let (input, entries) = block(|input| fact_entry(context, input), input)?;
    let mut fact = Fact { doc, name, label, at, fields: Vec::new(), valid: None, fresh: None, kept: None };
    for entry in entries {
        match entry {
            Entry::Field(field) => fact.fields.push(field),
            Entry::Fresh(fresh) => fact.fresh = Some(fresh),
            Entry::Kept(kept) => fact.kept = Some(kept),
            Entry::Valid(valid) => fact.valid = Some(valid),
            Entry::Row(_) => {}
        }
    }
    Ok((input, fact))
}

/// What follows the first word tells a field, whatever its name, from the other entries.
fn fact_entry<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Entry> {
    if begins_field(input) {
        return to(Entry::Field, field(context, input));
    }
    alt((
        |input| to(Entry::Fresh, fresh(input)),
        |input| to(Entry::Kept, kept(input)),
        |input| to(Entry::Valid, validity(input)),
        no_field,
    ))
    .parse(input)
}

/// What a field lacks that does not begin here.
fn no_field(input: Tokens<'_>) -> Parsed<'_, Entry> {
    let (rest, _) = any_word(input)?;
    let at = if input.keyword().is_some() { input } else { rest };
    Err(nom::Err::Error(Expected::new(at, Expectation::Symbol(Symbol::Colon))))
}

/// Whether a field begins here: `name:` or `key name:`.
fn begins_field(input: Tokens<'_>) -> bool {
    let named = |input: Tokens<'_>| input.word().is_some() && input.skip(1).is_at(Symbol::Colon);
    named(input) || input.skip_keyword(Keyword::Key).is_some_and(named)
}

/// `fresh within 31 days`, `更新 31日以内`; `fresh within PARAM`, `更新 PARAM 以内`
fn fresh(input: Tokens<'_>) -> Parsed<'_, Fresh> {
    let (rest, _) = keyword(Keyword::FreshWithin)(input)?;
    let (rest, within) = cut(freshness).parse(rest)?;
    let (rest, _) = match input.spelling {
        Spelling::English => (rest, rest.here()),
        Spelling::Japanese => cut(keyword(Keyword::Within)).parse(rest)?,
    };
    Ok((rest, Fresh { within, span: input.until(rest) }))
}

/// A word that a colon follows is the next field, not the name of a parameter.
fn freshness(input: Tokens<'_>) -> Parsed<'_, Freshness> {
    let length = |input| to(|(amount, unit, _)| Freshness::Length(amount, unit), duration(input));
    let param = |input| to(Freshness::Param, name(input));
    if input.skip(1).is_at(Symbol::Colon) {
        return length(input);
    }
    alt((length, param)).parse(input)
}

/// `kept for 1 year after contract end`, `保存 契約終了後 1年`
fn kept(input: Tokens<'_>) -> Parsed<'_, Kept> {
    let (rest, _) = keyword(Keyword::KeptFor)(input)?;
    let (rest, before) = match input.spelling {
        Spelling::English => (rest, None),
        Spelling::Japanese => opt(keyword(Keyword::AfterContractEnd)).parse(rest)?,
    };
    let (rest, (amount, unit, _)) = cut(duration).parse(rest)?;
    let (rest, behind) = match input.spelling {
        Spelling::English => opt(keyword(Keyword::AfterContractEnd)).parse(rest)?,
        Spelling::Japanese => (rest, None),
    };
    let after_contract_end = before.or(behind).is_some();
    Ok((rest, Kept { length: (amount, unit), after_contract_end, span: input.until(rest) }))
}

/// `valid from F to G`, `有効 F から G まで`, and the like
fn validity(input: Tokens<'_>) -> Parsed<'_, Validity> {
    let (rest, _) = keyword(Keyword::Valid)(input)?;
    let (rest, (from, until, within)) = match input.spelling {
        Spelling::English => cut(english_validity).parse(rest)?,
        Spelling::Japanese => cut(japanese_validity).parse(rest)?,
    };
    Ok((rest, Validity { from, until, within, span: input.until(rest) }))
}

type Ends = (Option<Name>, Option<(End, Name)>, Option<Name>);

fn english_validity(input: Tokens<'_>) -> Parsed<'_, Ends> {
    if let Some(rest) = input.skip_keyword(Keyword::During) {
        return to(|within| (None, None, Some(within)), any_word(rest));
    }
    let (rest, from) = match input.skip_keyword(Keyword::Since) {
        Some(rest) => to(Some, any_word(rest))?,
        None => (input, None),
    };
    let (rest, end) = match from {
        Some(_) if begins_field(rest) => (rest, None),
        Some(_) => opt(|input| end(Keyword::To, input)).parse(rest)?,
        None => {
            to(Some, end(Keyword::To, rest)).map_err(|error| alternative(error, input, Keyword::Since))?
        }
    };
    match end {
        Some(end) => to(|name| (from, Some((end, name)), None), any_word(rest)),
        None => Ok((rest, (from, None, None))),
    }
}

fn japanese_validity(input: Tokens<'_>) -> Parsed<'_, Ends> {
    let (rest, first) = any_word(input)?;
    if let Some(rest) = rest.skip_keyword(Keyword::During) {
        return Ok((rest, (None, None, Some(first))));
    }
    let Some(rest) = rest.skip_keyword(Keyword::Since) else {
        return to(|end| (None, Some((end, first)), None), end(Keyword::Until, rest))
            .map_err(|error| alternative(error, rest, Keyword::Since));
    };
    if begins_field(rest) || rest.word().is_none() || end(Keyword::Until, rest.skip(1)).is_err() {
        return Ok((rest, (Some(first), None, None)));
    }
    let (rest, last) = any_word(rest)?;
    to(|end| (Some(first), Some((end, last)), None), end(Keyword::Until, rest))
}

/// Whether the end belongs to it, as a word says: `to` or `before`, `まで` or `より前`.
fn end(included: Keyword, input: Tokens<'_>) -> Parsed<'_, End> {
    let excluded = keyword(Keyword::Before).map(|_| End::Excluded);
    alt((keyword(included).map(|_| End::Included), excluded)).parse(input)
}

/// The error with a keyword that would have fitted as well.
fn alternative(error: nom::Err<Expected>, input: Tokens<'_>, keyword: Keyword) -> nom::Err<Expected> {
    let word = Expectation::Word(keyword.spelling(input.spelling));
    error.map(|found| nom::error::ParseError::or(Expected::new(input, word), found))
}

/// `key id: text personal "label"`
pub(super) fn field<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Field> {
    let (input, key) = match input.skip_keyword(Keyword::Key) {
        Some(rest) if rest.word().is_some() => (rest, Some(input.here())),
        _ => (input, None),
    };
    let (input, name) = any_word(input)?;
    let (input, _) = cut(symbol(Symbol::Colon)).parse(input)?;
    let (input, ty) = cut(type_name).parse(input)?;
    let (input, class) = match input.keyword() {
        _ if begins_field(input) => (input, None),
        Some(Keyword::Personal) => (input.skip(1), Some(Class::Personal)),
        Some(Keyword::Secret) => (input.skip(1), Some(Class::Secret)),
        _ => (input, None),
    };
    let (input, label) = opt(|input| text(context, input)).parse(input)?;
    Ok((input, Field { key, name, ty, class, label }))
}

pub(super) fn table<'a>(context: Context<'a>, doc: String, input: Tokens<'a>) -> Parsed<'a, Table> {
    let (input, (name, label)) = heading(Keyword::Table, context, input)?;
    let (input, entries) = block(|input| table_entry(context, input), input)?;
    let mut table = Table { doc, name, label, fields: Vec::new(), rows: Vec::new() };
    for entry in entries {
        match entry {
            Entry::Field(field) => table.fields.push(field),
            Entry::Row(row) => table.rows.push(row),
            Entry::Fresh(_) | Entry::Kept(_) | Entry::Valid(_) => {}
        }
    }
    Ok((input, table))
}

fn table_entry<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Entry> {
    if begins_field(input) {
        return to(Entry::Field, field(context, input));
    }
    let row = |input| {
        let (rest, span) = keyword(Keyword::Row)(input)?;
        to(|cells| Entry::Row(Row { span, cells }), cut(|input| cells(context, input)).parse(rest))
    };
    alt((row, no_field)).parse(input)
}

/// `{ field: value, … }`
pub(super) fn cells<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Vec<(Name, CellValue)>> {
    let (mut rest, _) = symbol(Symbol::OpenBrace)(input)?;
    let mut cells = Vec::with_capacity(most_cells(rest));
    let mut next = Some(rest).filter(begins_cell);
    while let Some(input) = next {
        let (behind, cell) = cell(context, input)?;
        cells.push(cell);
        rest = behind;
        next = rest.skip_symbol(Symbol::Comma).filter(begins_cell);
    }
    let (rest, _) = match rest.skip_symbol(Symbol::Comma) {
        Some(rest) => cut(symbol(Symbol::CloseBrace)).parse(rest)?,
        None => cut(end_of_list(Symbol::CloseBrace)).parse(rest)?,
    };
    Ok((rest, cells))
}

/// How many cells stand before the next closing brace, unless a value holds commas or braces.
fn most_cells(input: Tokens<'_>) -> usize {
    let is = |token: &&Token, symbol| token.kind == TokenKind::Symbol(symbol);
    let row = input.rest.iter().take_while(|token| !is(token, Symbol::CloseBrace));
    1 + row.filter(|token| is(token, Symbol::Comma)).count()
}

fn begins_cell(input: &Tokens<'_>) -> bool {
    input.first().is_some_and(|token| token.kind == TokenKind::Word)
}

fn cell<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, (Name, CellValue)> {
    let (input, field) = any_word(input)?;
    let (input, _) = cut(symbol(Symbol::Colon)).parse(input)?;
    if let Some(rest) = input.skip_keyword(Keyword::Unknown) {
        return Ok((rest, (field, CellValue::Unknown(input.until(rest)))));
    }
    let value = |input| match expr::value(context, input) {
        Err(error) => Err(alternative(error, input, Keyword::Unknown)),
        value => value,
    };
    to(|value| (field, CellValue::Expr(value)), cut(value).parse(input))
}

pub(super) fn define<'a>(context: Context<'a>, doc: String, input: Tokens<'a>) -> Parsed<'a, Define> {
    let (input, _) = keyword(Keyword::Define)(input)?;
    let (input, name) = cut(name).parse(input)?;
    let (input, _) = cut(symbol(Symbol::OpenParen)).parse(input)?;
    let (input, parameters) = separated_list0(symbol(Symbol::Comma), parameter).parse(input)?;
    let (input, _) = cut(end_of_list(Symbol::CloseParen)).parse(input)?;
    let (input, _) = cut(symbol(Symbol::Equal)).parse(input)?;
    let (input, body) = cut(|input| expr(context, input)).parse(input)?;
    Ok((input, Define { doc, name, parameters, body }))
}

fn parameter(input: Tokens<'_>) -> Parsed<'_, (Name, TypeName)> {
    let (input, name) = name(input)?;
    let (input, _) = cut(symbol(Symbol::Colon)).parse(input)?;
    let (input, ty) = cut(type_name).parse(input)?;
    Ok((input, (name, ty)))
}

pub(super) fn param<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Param> {
    let (input, (name, label)) = heading(Keyword::Param, context, input)?;
    let (input, _) = cut(symbol(Symbol::Colon)).parse(input)?;
    let (input, ty) = cut(type_name).parse(input)?;
    let (input, _) = cut(symbol(Symbol::Equal)).parse(input)?;
    let (input, default) = cut(|input| expr(context, input)).parse(input)?;
    let (input, _) = cut(keyword(Keyword::Because)).parse(input)?;
    let (input, rationale) = cut(|input| text(context, input)).parse(input)?;
    Ok((input, Param { name, label, ty, default, rationale }))
}
