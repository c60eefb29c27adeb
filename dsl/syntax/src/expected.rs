//! What a parser expected where it stopped: the error type of the nom parsers.

use kijun_source::Bilingual;
use nom::error::{ErrorKind, ParseError};

use crate::keyword::Keyword;
use crate::token::{Symbol, Tokens};

/// What was expected, at the furthest place that any alternative reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expected {
    /// How many tokens were left there.
    pub(crate) left: usize,
    /// What would have been understood there, each once.
    pub(crate) what: Vec<Expectation>,
}

/// Something that would have been understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expectation {
    Keyword(Keyword),
    Symbol(Symbol),
    Name,
    Text,
    Number,
    Expression,
    Declaration,
    Verdict,
    Unit,
    /// A word that may be a name, was it not reserved.
    UnreservedName,
    /// Less nesting.
    Shallower,
}

impl Expected {
    pub(crate) fn new(input: Tokens<'_>, what: Expectation) -> Self {
        Self { left: input.rest.len(), what: vec![what] }
    }
}

impl Expectation {
    /// As people read it.
    pub(crate) fn label(self) -> Bilingual {
        match self {
            Expectation::Keyword(keyword) => Bilingual::same(format!("`{}`", keyword.spelling())),
            Expectation::Symbol(symbol) => Bilingual::same(format!("`{}`", symbol.spelling())),
            Expectation::Name | Expectation::UnreservedName => Bilingual::new("名前", "a name"),
            Expectation::Text => Bilingual::new("文字列 `\"…\"`", "a text `\"…\"`"),
            Expectation::Number => Bilingual::new("整数", "an integer"),
            Expectation::Expression => Bilingual::new("式", "an expression"),
            Expectation::Declaration => Bilingual::new(
                "宣言（`standard` `enum` `state` `event` `define` `param` `rule` `test`）",
                "a declaration (`standard` `enum` `state` `event` `define` `param` `rule` `test`)",
            ),
            Expectation::Verdict => Bilingual::new(
                "判定（`met` `violated` `undetermined` `pending` `excused` `not_applicable`）",
                "a verdict (`met` `violated` `undetermined` `pending` `excused` `not_applicable`)",
            ),
            Expectation::Unit => Bilingual::new(
                "単位（`years` `months` `weeks` `days` `hours` `minutes` `seconds`）",
                "a unit (`years` `months` `weeks` `days` `hours` `minutes` `seconds`)",
            ),
            Expectation::Shallower => Bilingual::new("より浅い入れ子", "less nesting"),
        }
    }
}

impl<'a> ParseError<Tokens<'a>> for Expected {
    fn from_error_kind(input: Tokens<'a>, _: ErrorKind) -> Self {
        Self { left: input.rest.len(), what: Vec::new() }
    }

    fn append(_: Tokens<'a>, _: ErrorKind, other: Self) -> Self {
        other
    }

    /// The alternative that came further speaks; where both came as far, both do.
    fn or(mut self, other: Self) -> Self {
        match self.left.cmp(&other.left) {
            std::cmp::Ordering::Less => self,
            std::cmp::Ordering::Greater => other,
            std::cmp::Ordering::Equal => {
                for what in other.what {
                    if !self.what.contains(&what) {
                        self.what.push(what);
                    }
                }
                self
            }
        }
    }
}
