//! Where a parser stopped: the diagnostic that says so.

use kijun_source::{Bilingual, Diagnostic, Span, bilingual};

use crate::ast::{Spelling, Unit};
use crate::diagnostics::{OTHER_SPELLING, RESERVED, TOO_DEEP, UNEXPECTED, out_of_range};
use crate::expected::{Expectation, Expected};
use crate::grammar::brackets;
use crate::keyword::Keyword;
use crate::token::{Symbol, TokenKind, Tokens};

/// The diagnostic of a parser that stopped.
pub(super) fn unexpected(input: Tokens<'_>, error: nom::Err<Expected>) -> Diagnostic {
    let expected = match error {
        nom::Err::Error(expected) | nom::Err::Failure(expected) => expected,
        nom::Err::Incomplete(_) => Expected { left: 0, what: Vec::new() },
    };
    let index = input.rest.len().saturating_sub(expected.left);
    let at = input.skip(index);
    if expected.what.contains(&Expectation::Shallower) {
        return too_deep(at.here());
    }
    let before = input.skip(index.saturating_sub(1));
    let is_counted = index > 0 && before.first().is_some_and(|token| token.kind == TokenKind::Int);
    let place = if is_counted { Place::BehindNumber } else { Place::Here };
    if let Some(diagnostic) = other_spelling(at, place).or_else(|| other_spelling(before, Place::Before)) {
        return diagnostic;
    }
    if expected.what.contains(&Expectation::UnreservedName) {
        return reserved(at);
    }
    let named = expected.what.iter().find_map(|expectation| named(at, before, *expectation));
    if let Some(diagnostic) = named.or_else(|| brackets::trouble(input, index)) {
        return diagnostic;
    }
    brackets::point_at_open(input, index, misfit(at, &expected.what))
}

/// The diagnostic of a mistake that the parser itself knew.
fn named(at: Tokens<'_>, before: Tokens<'_>, expectation: Expectation) -> Option<Diagnostic> {
    Some(match expectation {
        Expectation::SmallerNumber => too_large(at),
        Expectation::Comparison => no_comparison(at),
        Expectation::OneComparison { middle } => chained(at, middle),
        Expectation::NotBefore => not_before(at),
        Expectation::Absence => not_absence(at, before),
        _ => return None,
    })
}

fn too_large(at: Tokens<'_>) -> Diagnostic {
    let largest = i64::MAX;
    out_of_range(at.here()).help(bilingual!("整数は {largest} まで", "whole numbers go up to {largest}"))
}

fn no_comparison(at: Tokens<'_>) -> Diagnostic {
    let found = at.slice(at.here());
    let message = bilingual!("`{found}` では比べられない", "`{found}` does not compare");
    let title = Bilingual::new("等しいことは `==` と書く", "equality is written `==`");
    Diagnostic::new(&UNEXPECTED, at.here(), message).help(title.clone()).fix(at.here(), "==", title)
}

fn chained(at: Tokens<'_>, middle: Span) -> Diagnostic {
    let (sign, value) = (at.slice(at.here()), at.slice(middle));
    let (and, to) = (Keyword::And.spelling(at.spelling), Keyword::To.spelling(at.spelling));
    let message = Bilingual::new("比較は続けて書けない", "comparisons cannot be chained");
    Diagnostic::new(&UNEXPECTED, at.here(), message)
        .and(middle, Bilingual::new("一つ目の比較はここで終わる", "the first comparison ends here"))
        .help(bilingual!(
            "`{value}` を繰り返し、`{sign}` を `{and} {value} {sign}` とする",
            "repeat `{value}`: write `{and} {value} {sign}` instead of `{sign}`"
        ))
        .help(match at.spelling {
            Spelling::English => bilingual!(
                "両端を含む範囲なら `{value} in … {to} …` と書ける",
                "a range with both its ends is `{value} in … {to} …`"
            ),
            Spelling::Japanese => bilingual!(
                "両端を含む範囲なら `{value} が … から … まで にある` と書ける",
                "a range with both its ends is `{value} が … から … まで にある`"
            ),
        })
}

fn not_before(at: Tokens<'_>) -> Diagnostic {
    let message = Bilingual::new("`not` は `in` の前に置けない", "`not` cannot stand before `in`");
    Diagnostic::new(&UNEXPECTED, at.here(), message)
        .help(Bilingual::new("`not (x in …)` と書く", "write `not (x in …)`"))
}

/// `is` before something other than `none`.
fn not_absence(at: Tokens<'_>, before: Tokens<'_>) -> Diagnostic {
    let found = at.slice(at.here());
    let absent = ["null", "nil", "None", "undefined", "NULL", "empty", "missing", "absent"];
    if absent.contains(&found) {
        let message = bilingual!("`{found}` ではなく `none` と書く", "`{found}` is written `none`");
        let title = Bilingual::new("`none` に直す", "write `none`");
        return Diagnostic::new(&UNEXPECTED, at.here(), message).help(title.clone()).fix(
            at.here(),
            "none",
            title,
        );
    }
    let is_negated = before.keyword() == Some(Keyword::Not) || at.keyword() == Some(Keyword::Not);
    let sign = if is_negated { "!=" } else { "==" };
    misfit(at, &[Expectation::Absence]).help(bilingual!(
        "`is` は値の有無だけを問う。値は `{sign}` で比べる",
        "`is` only asks whether there is a value; compare values with `{sign}`"
    ))
}

fn too_deep(span: Span) -> Diagnostic {
    let message = Bilingual::new("式の入れ子が深すぎる", "the expression is nested too deeply");
    Diagnostic::new(&TOO_DEEP, span, message)
        .help(Bilingual::new("`define` で名前を付けて分ける", "give parts of it a name with `define`"))
}

fn reserved(at: Tokens<'_>) -> Diagnostic {
    let found = at.slice(at.here());
    let message = bilingual!(
        "`{found}` は予約語なので名前にできない",
        "`{found}` is a reserved word and cannot be a name"
    );
    Diagnostic::new(&RESERVED, at.here(), message)
        .help(Bilingual::new("別の名前を選ぶ", "choose another name"))
}

/// Where a word of the other spelling stands, seen from where reading stopped.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Here,
    /// Here, and it may be a unit.
    BehindNumber,
    /// Before, where it may have been read as a name, so that only a reserved word is to blame.
    Before,
}

/// A keyword or a unit of the spelling that the file is not written in.
fn other_spelling(at: Tokens<'_>, place: Place) -> Option<Diagnostic> {
    let word = at.word()?;
    let other = at.spelling.other();
    if at.keyword().is_some() {
        return None;
    }
    let keyword = Keyword::from_word(word, other)
        .filter(|keyword| place != Place::Before || keyword.is_reserved(other))
        .map(|keyword| (keyword.spelling(other), keyword.spelling(at.spelling)));
    let unit = Unit::from_word(word, other).map(|unit| (word, unit.spelling(2, at.spelling)));
    let (found, meant) = unit.filter(|_| place == Place::BehindNumber).or(keyword)?;
    let message = match at.spelling {
        Spelling::English => bilingual!(
            "このファイルは英語表記なのに、日本語表記の `{found}` が使われている",
            "`{found}` is a word of the Japanese spelling, but this file is in the English one"
        ),
        Spelling::Japanese => bilingual!(
            "このファイルは日本語表記なのに、英語表記の `{found}` が使われている",
            "`{found}` is a word of the English spelling, but this file is in the Japanese one"
        ),
    };
    let diagnostic = Diagnostic::new(&OTHER_SPELLING, at.here(), message);
    let diagnostic = match meant {
        "" => diagnostic,
        _ => diagnostic.help(bilingual!("`{meant}` と書く", "write `{meant}`")),
    };
    Some(diagnostic.help(Bilingual::new(
        "表記は最初の宣言で決まる。`kijun fmt --spelling ja` か `--spelling en` でまとめて書き換えられる",
        "the first declaration settles the spelling; `kijun fmt --spelling ja` or `--spelling en` rewrites a file",
    )))
}

fn misfit(at: Tokens<'_>, what: &[Expectation]) -> Diagnostic {
    let found = at.slice(at.here());
    let wanted = list(what, at.spelling);
    let message = if at.first().is_none() {
        joined(bilingual!("ファイルがここで終わっている", "the file ends here"), &wanted)
    } else {
        joined(bilingual!("ここに `{found}` は書けない", "`{found}` does not fit here"), &wanted)
    };
    let diagnostic = Diagnostic::new(&UNEXPECTED, at.here(), message);
    if at.is_at(Symbol::Touten) {
        return diagnostic.help(Bilingual::new(
            "並べるものは半角の `,` で区切る。`、` は行とその時点や条件の間に置く",
            "what stands in a list is separated by `,`; `、` stands between rows and their moment or condition",
        ));
    }
    let wants_comma = what.contains(&Expectation::Symbol(Symbol::Comma));
    let is_sign = at.first().is_none_or(|token| matches!(token.kind, TokenKind::Symbol(_)));
    // A clause that begins the next line is no part of a list that should have ended.
    let begins_clause = at.keyword().is_some() && begins_line(at);
    if wants_comma && !is_sign && !begins_clause {
        return diagnostic
            .help(bilingual!("`{found}` の前に `,` が抜けていないか", "is a `,` missing before `{found}`?"));
    }
    match slip(found, what, at.spelling).filter(|nearest| *nearest != found) {
        Some(nearest) => diagnostic.suggest(nearest),
        None => diagnostic,
    }
}

/// Whether nothing stands before the next token in its line.
fn begins_line(at: Tokens<'_>) -> bool {
    let before = at.text.get(..at.here().start as usize).unwrap_or("");
    before.trim_end_matches([' ', '\t', '\u{3000}']).ends_with('\n')
}

/// `a, b or c`; empty where nothing is known to fit.
fn list(what: &[Expectation], spelling: Spelling) -> Bilingual {
    let labels: Vec<Bilingual> = what.iter().map(|expectation| expectation.label(spelling)).collect();
    let ja: Vec<&str> = labels.iter().map(|label| label.ja.as_str()).collect();
    let en: Vec<&str> = labels.iter().map(|label| label.en.as_str()).collect();
    match labels.len() {
        0 => Bilingual::default(),
        _ => Bilingual::new(format!("{} が要る", ja.join("、")), format!("expected {}", en.join(", "))),
    }
}

/// The expected word that the found one is a slip of.
fn slip(found: &str, what: &[Expectation], spelling: Spelling) -> Option<&'static str> {
    let words = what.iter().flat_map(|expectation| match expectation {
        Expectation::Word(word) => vec![*word],
        Expectation::Declaration => {
            Keyword::DECLARATIONS.iter().map(|keyword| keyword.spelling(spelling)).collect()
        }
        _ => Vec::new(),
    });
    kijun_source::nearest(found, words).or_else(|| in_capitals(found, spelling))
}

/// The reserved word that is written in capitals.
fn in_capitals(found: &str, spelling: Spelling) -> Option<&'static str> {
    let keyword = Keyword::from_word(&found.to_ascii_lowercase(), spelling)?;
    keyword.is_reserved(spelling).then(|| keyword.spelling(spelling))
}

/// Two sentences in one line.
fn joined(first: Bilingual, second: &Bilingual) -> Bilingual {
    if second.ja.is_empty() {
        return first;
    }
    Bilingual::new(format!("{}。{}", first.ja, second.ja), format!("{}: {}", first.en, second.en))
}
