//! Tokens to tree: one parser a declaration, and going on after a broken one.

mod attest;
mod audit;
mod basic;
mod brackets;
mod expr;
mod fact;
mod mapping;
mod primary;
mod relation;
mod rows;
mod rule;
mod standard;
mod test;
mod trouble;

use kijun_source::{Diagnostic, SourceFile, Span};
use nom::combinator::cut;
use nom::{IResult, Parser};

use crate::ast::{Expr, File, Item, ItemKind, Name, Spelling};
use crate::expected::{Expectation, Expected};
use crate::keyword::Keyword;
use crate::token::{Symbol, Token, TokenKind, Tokens};
use crate::{lexer, spelling};

/// What every parser of the grammar returns.
type Parsed<'a, T> = IResult<Tokens<'a>, T, Expected>;

/// What all parsers of a file share.
#[derive(Clone, Copy)]
struct Context<'a> {
    file: &'a SourceFile,
    /// Problems inside texts (escapes, expressions in messages), found while the text itself reads well.
    problems: &'a std::cell::RefCell<Vec<Diagnostic>>,
    otherwise: Otherwise,
    quantifiers: Quantifiers,
}

/// Whether `else` may be read as an operator: not in the branch of an `if`, which ends with it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Otherwise {
    Operator,
    EndsBranch,
}

/// Whether a quantifier, which reaches as far to the right as it can, may stand without parentheses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quantifiers {
    Bare,
    InParentheses,
}

impl<'a> Context<'a> {
    fn new(file: &'a SourceFile, problems: &'a std::cell::RefCell<Vec<Diagnostic>>) -> Self {
        Self { file, problems, otherwise: Otherwise::Operator, quantifiers: Quantifiers::Bare }
    }

    /// Within brackets, where what stands around them does not matter.
    fn enclosed(self) -> Self {
        Self { otherwise: Otherwise::Operator, quantifiers: Quantifiers::Bare, ..self }
    }

    fn with_else(self, otherwise: Otherwise) -> Self {
        Self { otherwise, ..self }
    }

    fn without_quantifiers(self) -> Self {
        Self { quantifiers: Quantifiers::InParentheses, ..self }
    }
}

/// The tree of a file and what is wrong with its syntax.
pub(crate) fn file(file: &SourceFile, spelling: Spelling, tokens: &[Token]) -> (File, Vec<Diagnostic>) {
    let problems = std::cell::RefCell::new(Vec::new());
    let context = Context::new(file, &problems);
    let end = Span::new(file.id, file.text.len(), file.text.len());
    let mut input = Tokens { rest: tokens, text: &file.text, spelling, end, depth: 0 };
    let mut items = Vec::new();
    while input.first().is_some() {
        let found_before = problems.borrow().len();
        match item(context, input) {
            Ok((rest, item)) => {
                items.push(item);
                input = rest;
            }
            Err(error) => {
                problems.borrow_mut().truncate(found_before);
                let rest = next_declaration(input);
                problems.borrow_mut().push(trouble::unexpected(input, error));
                let kind = ItemKind::Broken(input.until(rest), declared_name(input));
                items.push(Item { exported: None, kind });
                input = rest;
            }
        }
    }
    (File { spelling, items }, problems.into_inner())
}

/// The one expression that a file holds.
pub(crate) fn lone_expr(
    file: &SourceFile,
    spelling: Spelling,
    tokens: &[Token],
) -> (Option<Expr>, Vec<Diagnostic>) {
    let problems = std::cell::RefCell::new(Vec::new());
    let whole = Span::new(file.id, 0, file.text.len());
    let parsed = embedded_expr(Context::new(file, &problems), spelling, tokens, whole);
    (parsed, problems.into_inner())
}

/// An expression that fills `span`.
fn embedded_expr(context: Context<'_>, spelling: Spelling, tokens: &[Token], span: Span) -> Option<Expr> {
    let input = Tokens { rest: tokens, text: &context.file.text, spelling, end: span.after(), depth: 0 };
    let parsed = expr::expr(context.enclosed(), input).and_then(|(rest, expr)| match rest.first() {
        Some(_) => Err(nom::Err::Failure(Expected { left: rest.rest.len(), what: Vec::new() })),
        None => Ok(expr),
    });
    parsed.map_err(|error| context.problems.borrow_mut().push(trouble::unexpected(input, error))).ok()
}

/// An expression between the braces of a text.
fn expr_in_text(context: Context<'_>, spelling: Spelling, span: Span) -> Option<Expr> {
    let (mut tokens, mut problems) = lexer::lex_part(context.file, span.start as usize, span.end as usize);
    problems.append(&mut spelling::settle(context.file, spelling, &mut tokens));
    context.problems.borrow_mut().append(&mut problems);
    embedded_expr(context, spelling, &tokens, span)
}

/// The declarations whose names other rulesets may use.
const EXPORTED: [Keyword; 7] = [
    Keyword::Enum,
    Keyword::State,
    Keyword::Event,
    Keyword::Table,
    Keyword::Relation,
    Keyword::Define,
    Keyword::Param,
];

fn item<'a>(context: Context<'a>, input: Tokens<'a>) -> Parsed<'a, Item> {
    let (input, doc) = basic::doc(input)?;
    let (input, exported) = match input.skip_keyword(Keyword::Export) {
        Some(rest) => (rest, Some(input.here())),
        None => (input, None),
    };
    let error = || nom::Err::Error(Expected::new(input, Expectation::Declaration));
    let Some(keyword) = input.keyword() else { return Err(error()) };
    if exported.is_some() && !EXPORTED.contains(&keyword) {
        let what = EXPORTED.iter().map(|word| Expectation::Word(word.spelling(input.spelling))).collect();
        return Err(nom::Err::Error(Expected { left: input.rest.len(), what }));
    }
    let (rest, kind) = match keyword {
        Keyword::Ruleset => to(ItemKind::Ruleset, standard::ruleset(context, input)),
        Keyword::Use => to(ItemKind::Use, standard::import(context, input)),
        Keyword::Standard => to(ItemKind::Standard, standard::standard(context, input)),
        Keyword::Enum => to(ItemKind::Enum, fact::enumeration(context, input)),
        Keyword::State | Keyword::Event => to(ItemKind::Fact, fact::fact(context, doc, keyword, input)),
        Keyword::Table => to(ItemKind::Table, fact::table(context, doc, input)),
        Keyword::Relation => to(ItemKind::Relation, relation::relation(context, doc, input)),
        Keyword::Define => to(ItemKind::Define, fact::define(context, doc, input)),
        Keyword::Param => to(ItemKind::Param, fact::param(context, input)),
        Keyword::Rule => to(|rule| ItemKind::Rule(Box::new(rule)), rule::rule(context, doc, input)),
        Keyword::Attest => to(ItemKind::Attest, attest::attest(context, doc, input)),
        Keyword::Audit => to(ItemKind::Audit, audit::audit(context, doc, input)),
        Keyword::Catalogue => to(ItemKind::Catalogue, mapping::catalogue(context, doc, input)),
        Keyword::Crosswalk => to(ItemKind::Crosswalk, mapping::crosswalk(context, doc, input)),
        Keyword::Test => to(ItemKind::Test, test::test(context, input)),
        _ => Err(error()),
    }?;
    Ok((rest, Item { exported, kind }))
}

/// What was parsed, as part of something.
fn to<'a, T, U>(make: impl FnOnce(T) -> U, parsed: Parsed<'a, T>) -> Parsed<'a, U> {
    parsed.map(|(rest, value)| (rest, make(value)))
}

/// What may stand behind a keyword.
type Behind<'c, 'a, T> = &'c dyn Fn(Tokens<'a>) -> Parsed<'a, T>;

/// What stands behind the first of the keywords that is found; where none is, all of them were expected.
fn choose<'a, T>(input: Tokens<'a>, choices: &[(Keyword, Behind<'_, 'a, T>)]) -> Parsed<'a, T> {
    for (keyword, behind) in choices {
        if let Some(rest) = input.skip_keyword(*keyword) {
            return cut(*behind).parse(rest);
        }
    }
    let mut error = Expected { left: input.rest.len(), what: Vec::new() };
    for (keyword, _) in choices {
        if let Err(nom::Err::Error(found)) = basic::keyword(*keyword)(input) {
            error = nom::error::ParseError::or(error, found);
        }
    }
    Err(nom::Err::Error(error))
}

/// `{ entry… }` where each entry begins with a word that settles what it is.
fn block<'a, T>(mut entry: impl FnMut(Tokens<'a>) -> Parsed<'a, T>, input: Tokens<'a>) -> Parsed<'a, Vec<T>> {
    let (mut input, _) = cut(basic::symbol(Symbol::OpenBrace)).parse(input)?;
    let mut entries = Vec::new();
    while input.first().is_some() && !input.is_at(Symbol::CloseBrace) {
        match entry(input) {
            Ok((rest, parsed)) => {
                entries.push(parsed);
                input = rest;
            }
            Err(nom::Err::Error(found)) => {
                let close = Expected::new(input, Expectation::Symbol(Symbol::CloseBrace));
                return Err(nom::Err::Failure(nom::error::ParseError::or(found, close)));
            }
            Err(other) => return Err(other),
        }
    }
    let (input, _) = cut(basic::symbol(Symbol::CloseBrace)).parse(input)?;
    Ok((input, entries))
}

/// The tokens from the next declaration on: a word that begins one, at the very start of a line.
fn next_declaration(input: Tokens<'_>) -> Tokens<'_> {
    let begins = |token: &Token| {
        let word = input.slice(token.span);
        let is_declaration = |spelling: &Spelling| {
            Keyword::from_word(word, *spelling).is_some_and(Keyword::begins_declaration)
        };
        token.at_line_start && (token.kind == TokenKind::Doc || Spelling::ALL.iter().any(is_declaration))
    };
    let docs = input.rest.iter().take_while(|token| token.kind == TokenKind::Doc).count();
    let rest = input.skip(docs + 1);
    let skipped = rest.rest.iter().position(begins).unwrap_or(rest.rest.len());
    rest.skip(skipped)
}

/// The name that a declaration would have declared: the word after the one that it begins with.
fn declared_name(input: Tokens<'_>) -> Option<Name> {
    let (input, _) = basic::doc(input).ok()?;
    let input = input.skip_keyword(Keyword::Export).unwrap_or(input);
    let (input, _) = basic::any_word(input).ok()?;
    basic::any_word(input).ok().map(|(_, name)| name)
}
