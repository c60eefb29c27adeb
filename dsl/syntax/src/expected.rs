//! What a parser expected where it stopped: the error type of the nom parsers.

use kijun_source::{Bilingual, Span};
use nom::error::{ErrorKind, ParseError};

use crate::ast::{Spelling, Unit};
use crate::keyword::Keyword;
use crate::token::{Symbol, Tokens};
use crate::vocabulary::{CURRENT_PARTS, VERDICTS, Vocabulary};

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
    /// One of the words of a keyword.
    Word(&'static str),
    Symbol(Symbol),
    Name,
    Text,
    Number,
    Pattern,
    Expression,
    Declaration,
    Verdict,
    /// A part of the calendar: `fiscal_year`.
    Part,
    Unit,
    /// A word that may be a name, was it not reserved.
    UnreservedName,
    /// Less nesting.
    Shallower,
    /// A number that can be held.
    SmallerNumber,
    /// A comparison, where there is the sign of a declaration.
    Comparison,
    /// The end of a comparison: what stands in the middle of two is compared once.
    OneComparison {
        middle: Span,
    },
    /// The negation of a membership before what it denies.
    NotBefore,
    /// `none`: only that is asked with `is`.
    Absence,
}

impl Expected {
    pub(crate) fn new(input: Tokens<'_>, what: Expectation) -> Self {
        Self { left: input.rest.len(), what: vec![what] }
    }
}

impl Expectation {
    /// As people read it, with words of the spelling that they write.
    pub(crate) fn label(self, spelling: Spelling) -> Bilingual {
        let listed = |ja: &str, en: &str, words: String| {
            Bilingual::new(format!("{ja}（{words}）"), format!("{en} ({words})"))
        };
        match self {
            Expectation::Word(word) => Bilingual::same(format!("`{word}`")),
            Expectation::Symbol(symbol) => Bilingual::same(format!("`{}`", symbol.spelling())),
            Expectation::Name | Expectation::UnreservedName => Bilingual::new("名前", "a name"),
            Expectation::Text => Bilingual::new("文字列 `\"…\"`", "a text `\"…\"`"),
            Expectation::Number | Expectation::SmallerNumber => Bilingual::new("整数", "an integer"),
            Expectation::Comparison => Bilingual::same("`==`"),
            Expectation::OneComparison { .. } | Expectation::NotBefore => {
                quoted_words(&[Keyword::And, Keyword::Or], spelling)
            }
            Expectation::Absence => quoted_words(&[Keyword::None], spelling),
            Expectation::Pattern => Bilingual::new("パターン `/…/`", "a pattern `/…/`"),
            Expectation::Expression => Bilingual::new("式", "an expression"),
            Expectation::Declaration => listed("宣言", "a declaration", declarations(spelling)),
            Expectation::Verdict => listed("判定", "a verdict", vocabulary(VERDICTS, spelling)),
            Expectation::Part => {
                listed("暦の区切り", "a part of the calendar", vocabulary(CURRENT_PARTS, spelling))
            }
            Expectation::Unit => listed("単位", "a unit", units(spelling)),
            Expectation::Shallower => Bilingual::new("より浅い入れ子", "less nesting"),
        }
    }
}

fn quoted_words(words: &[Keyword], spelling: Spelling) -> Bilingual {
    Bilingual::same(quoted(words.iter().map(|word| word.spelling(spelling))))
}

fn declarations(spelling: Spelling) -> String {
    quoted(Keyword::DECLARATIONS.iter().map(|keyword| keyword.spelling(spelling)))
}

fn vocabulary(vocabulary: Vocabulary, spelling: Spelling) -> String {
    quoted(vocabulary.words(spelling))
}

fn units(spelling: Spelling) -> String {
    const UNITS: [Unit; 8] = [
        Unit::Years,
        Unit::Months,
        Unit::Weeks,
        Unit::Days,
        Unit::BusinessDays,
        Unit::Hours,
        Unit::Minutes,
        Unit::Seconds,
    ];
    quoted(UNITS.iter().map(|unit| unit.spelling(2, spelling)))
}

fn quoted<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" ")
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
