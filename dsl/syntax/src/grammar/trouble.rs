//! Where a parser stopped: the diagnostic that says so.

use kijun_source::{Bilingual, Diagnostic, Span, bilingual};

use crate::ast::{Spelling, Unit};
use crate::diagnostics::{OTHER_SPELLING, RESERVED, TOO_DEEP, UNEXPECTED};
use crate::expected::{Expectation, Expected};
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
    misfit(at, &expected.what)
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
    match slip(found, what, at.spelling).filter(|nearest| *nearest != found) {
        Some(nearest) => diagnostic.suggest(nearest),
        None => diagnostic,
    }
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
    kijun_source::nearest(found, words)
}

/// Two sentences in one line.
fn joined(first: Bilingual, second: &Bilingual) -> Bilingual {
    if second.ja.is_empty() {
        return first;
    }
    Bilingual::new(format!("{}。{}", first.ja, second.ja), format!("{}: {}", first.en, second.en))
}
