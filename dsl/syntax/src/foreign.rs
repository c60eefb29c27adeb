//! Signs that other languages or a Japanese keyboard give, and which sign or word of this language they mean.

use crate::keyword::Keyword;
use crate::token::Symbol;

/// What a foreign sign means here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meant {
    Symbol(Symbol),
    Word(Keyword),
    /// Nothing is needed in its place.
    Nothing,
    /// There is no such operator; reading goes on as if another one stood here.
    NoOperator(Symbol),
}

/// Signs of other languages, and those of mathematics.
const SIGNS: [(&str, Meant); 21] = [
    ("===", Meant::Symbol(Symbol::EqualEqual)),
    ("!==", Meant::Symbol(Symbol::NotEqual)),
    ("&&", Meant::Word(Keyword::And)),
    ("||", Meant::Word(Keyword::Or)),
    ("<>", Meant::Symbol(Symbol::NotEqual)),
    ("=>", Meant::Symbol(Symbol::GreaterEqual)),
    ("=<", Meant::Symbol(Symbol::LessEqual)),
    ("≠", Meant::Symbol(Symbol::NotEqual)),
    ("≧", Meant::Symbol(Symbol::GreaterEqual)),
    ("≥", Meant::Symbol(Symbol::GreaterEqual)),
    ("≦", Meant::Symbol(Symbol::LessEqual)),
    ("≤", Meant::Symbol(Symbol::LessEqual)),
    ("−", Meant::Symbol(Symbol::Minus)),
    ("×", Meant::Symbol(Symbol::Star)),
    ("&", Meant::Word(Keyword::And)),
    ("|", Meant::Word(Keyword::Or)),
    ("!", Meant::Word(Keyword::Not)),
    (";", Meant::Nothing),
    ("/", Meant::NoOperator(Symbol::Star)),
    ("÷", Meant::NoOperator(Symbol::Star)),
    ("%", Meant::NoOperator(Symbol::Star)),
];

/// Whether a text may begin with anything of this page: a quick look, for nearly nothing in a file does.
pub(crate) fn may_begin(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_wide_sign =
        |at: usize| text[at..].starts_with(|c: char| !c.is_ascii() && !unicode_ident::is_xid_start(c));
    match bytes.first() {
        None | Some(b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'"') => false,
        Some(b'0'..=b'9') => !is_own_day(bytes) && begins_like_day(bytes),
        Some(b'#' | b'\'' | b'/' | b';' | b'!' | b'&' | b'|' | b'%') => true,
        // A sign of this language is foreign only with what follows it: `=>`, `<＝`.
        Some(byte) if byte.is_ascii() => match bytes.get(1) {
            Some(b'=' | b'<' | b'>') => true,
            Some(next) => !next.is_ascii() && is_wide_sign(1),
            None => false,
        },
        Some(_) => is_wide_sign(0),
    }
}

/// Whether a text begins with four digits and a sign that may stand behind a year.
fn begins_like_day(bytes: &[u8]) -> bool {
    let is_year = |year: &[u8]| year.iter().all(u8::is_ascii_digit);
    bytes.get(..4).is_some_and(is_year)
        && (matches!(bytes.get(4), Some(b'-' | b'/' | b'.')) || bytes[4..].starts_with("年".as_bytes()))
}

/// How many bytes a day has as it is written here.
pub(crate) const OWN_DAY: usize = "2026-04-01".len();

/// Whether a text begins with a day as it is written here.
pub(crate) fn is_own_day(bytes: &[u8]) -> bool {
    let Some(day) = bytes.get(..OWN_DAY) else { return false };
    let fits = |(index, byte): (usize, &u8)| match index {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    day.iter().enumerate().all(fits) && !bytes.get(OWN_DAY).is_some_and(u8::is_ascii_digit)
}

/// The longest foreign sign that a text begins with: how many bytes it has, and what it means. A sign in half width that
/// is one of this language is none, nor is the beginning of one.
pub(crate) fn foreign(text: &str) -> Option<(usize, Meant)> {
    let own = Symbol::beginning(text).map_or(0, |symbol| symbol.spelling().chars().count());
    (own + 1..=3).rev().chain([1]).filter(|count| *count > own).find_map(|count| {
        let end = text.char_indices().nth(count).map_or(text.len(), |(end, _)| end);
        let written = &text[..end];
        let half: String = written.chars().map(half_width).collect();
        let sign = SIGNS.iter().find(|(sign, _)| *sign == half).map(|(_, meant)| *meant);
        let symbol = || Symbol::ALL.iter().find(|symbol| symbol.spelling() == half);
        let meant = sign.or_else(|| symbol().map(|symbol| Meant::Symbol(*symbol)))?;
        (written.chars().count() == count).then_some((end, meant))
    })
}

/// The half-width form of a sign or digit that is in full width: U+FF01 to U+FF5E are those of ASCII in their order.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => {
            let offset = u32::from(c) - 0xff01;
            char::from_u32(offset + 0x21).unwrap_or(c)
        }
        c => c,
    }
}

/// The quotation marks of others and what closes them.
const QUOTES: [(char, char); 8] = [
    ('“', '”'),
    ('”', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('＂', '＂'),
    ('＇', '＇'),
    ('\'', '\''),
];

/// What closes a text that begins with this character.
pub(crate) fn closing_quote(open: char) -> Option<char> {
    QUOTES.iter().find(|(quote, _)| *quote == open).map(|(_, close)| *close).or((open == '"').then_some('"'))
}

/// The text in foreign quotation marks that begins here, if it is closed within its line.
pub(crate) fn quoted(text: &str) -> Option<&str> {
    let open = text.chars().next().filter(|open| *open != '"')?;
    let close = closing_quote(open)?;
    let line = text.lines().next()?;
    let inner = line.get(open.len_utf8()..)?;
    let end = inner.find(close)?;
    text.get(..open.len_utf8() + end + close.len_utf8())
}

/// A comment as other languages have them: all of it, as far as it can be told, and the sign that begins it.
pub(crate) fn comment(text: &str) -> Option<(&str, &str)> {
    let line = text.lines().next().unwrap_or("");
    if text.starts_with('#') {
        return Some((line, "#"));
    }
    let inner = text.strip_prefix("/*")?;
    let whole = inner.find("*/").map_or(line, |end| &text[..end + 4]);
    Some((whole, "/*"))
}

/// The digits in full width that a text begins with.
pub(crate) fn wide_digits(text: &str) -> Option<&str> {
    let is_wide = |c: char| matches!(c, '０'..='９');
    let end = text.find(|c| !is_wide(c)).unwrap_or(text.len());
    (end > 0).then(|| &text[..end])
}

/// A day that is written otherwise than here: `2026/4/1`, `2026.4.1`, `2026-4-1`, `2026年4月1日`. As it is written here, and its length.
pub(crate) fn day(text: &str) -> Option<(String, usize)> {
    const SIGNS: [[&str; 3]; 4] = [["-", "-", ""], ["/", "/", ""], [".", ".", ""], ["年", "月", "日"]];
    if is_own_day(text.as_bytes()) {
        return None;
    }
    let (year, rest) = digits(text).filter(|(year, _)| year.len() == 4)?;
    let begins = |[year_end, ..]: &&[&str; 3]| rest.starts_with(year_end);
    let [year_end, month_end, day_end] = SIGNS.iter().find(begins)?;
    let (month, rest) = digits(rest.strip_prefix(year_end)?)?;
    let (day, rest) = digits(rest.strip_prefix(month_end)?)?;
    let rest = rest.strip_prefix(day_end)?;
    let is_short = month.len() <= 2 && day.len() <= 2;
    is_short.then(|| (format!("{year}-{month:0>2}-{day:0>2}"), text.len() - rest.len()))
}

/// The digits that a text begins with, and what follows them.
fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_longest_sign_is_meant() {
        let symbol = |symbol| Some(Meant::Symbol(symbol));
        for (text, expected) in [
            ("&& x", Some(Meant::Word(Keyword::And))),
            ("|x", Some(Meant::Word(Keyword::Or))),
            ("=== x", symbol(Symbol::EqualEqual)),
            ("＝＝ x", symbol(Symbol::EqualEqual)),
            ("＞=x", symbol(Symbol::GreaterEqual)),
            ("｛", symbol(Symbol::OpenBrace)),
            ("<>", symbol(Symbol::NotEqual)),
            ("!x", Some(Meant::Word(Keyword::Not))),
            ("!= x", None),
            ("= =", None),
            ("->", None),
            ("、", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(foreign(text).map(|(_, meant)| meant), expected, "{text}");
        }
    }

    /// Every text of three characters, of the signs of both widths and what may stand beside them.
    #[test]
    fn the_quick_look_overlooks_nothing() {
        let signs = SIGNS.iter().map(|(sign, _)| *sign).chain(Symbol::ALL.iter().map(|own| own.spelling()));
        let halves: BTreeSet<char> = signs.flat_map(str::chars).chain("#*1a'\" ".chars()).collect();
        let wide = |c: &char| char::from_u32(u32::from(*c) + 0xfee0).filter(|_| c.is_ascii_graphic());
        let quotes = QUOTES.iter().map(|(open, _)| *open);
        let alphabet: BTreeSet<char> =
            halves.iter().copied().chain(halves.iter().filter_map(wide)).chain(quotes).collect();
        for text in alphabet.iter().flat_map(|a| alphabet.iter().map(move |b| [*a, *b])) {
            for last in &alphabet {
                let text: String = text.iter().chain([last]).collect();
                let is_foreign = foreign(&text).is_some()
                    || quoted(&text).is_some()
                    || comment(&text).is_some()
                    || wide_digits(&text).is_some();
                assert!(may_begin(&text) || !is_foreign, "{text}");
            }
        }
    }

    #[test]
    fn a_day_has_one_way_to_be_written() {
        for (text, expected) in [
            ("2026/4/1)", Some(("2026-04-01", 8))),
            ("2026.04.01", Some(("2026-04-01", 10))),
            ("2026-4-01", Some(("2026-04-01", 9))),
            ("2026年4月1日", Some(("2026-04-01", 15))),
            ("2026-04-01", None),
            ("2026-04-011", None),
            ("2026年度", None),
            ("2026 - 4 - 1", None),
            ("26/4/1", None),
            ("0.5", None),
        ] {
            let found = day(text);
            assert_eq!(found.as_ref().map(|(day, length)| (day.as_str(), *length)), expected, "{text}");
            assert!(may_begin(text) || found.is_none(), "{text}");
        }
    }

    #[test]
    fn quotes_end_within_their_line() {
        assert_eq!(quoted("“甲” x"), Some("“甲”"));
        assert_eq!(quoted("「甲」"), Some("「甲」"));
        assert_eq!(quoted("「甲\n」"), None);
        assert_eq!(quoted("\"甲\""), None);
    }
}
