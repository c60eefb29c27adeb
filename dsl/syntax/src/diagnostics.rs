//! The codes of what can be wrong with the text itself.

use kijun_source::{Code, Level};

/// A character that no token begins with.
pub(crate) static STRAY_CHARACTER: Code = Code {
    id: "KJ0001",
    level: Level::Error,
    ja: "使えない文字がある",
    en: "a character has no meaning here",
};

/// A text without its closing quote.
pub(crate) static OPEN_TEXT: Code =
    Code {
        id: "KJ0002", level: Level::Error, ja: "文字列が閉じていない", en: "a text is not closed"
    };

/// A backslash before a character that it does not escape.
pub(crate) static BAD_ESCAPE: Code =
    Code {
        id: "KJ0003", level: Level::Error, ja: "エスケープが正しくない", en: "an escape is not known"
    };

/// Something else was expected.
pub(crate) static UNEXPECTED: Code = Code {
    id: "KJ0004",
    level: Level::Error,
    ja: "構文が正しくない",
    en: "something else was expected here",
};

/// A name that is a word of the language.
pub(crate) static RESERVED: Code = Code {
    id: "KJ0005",
    level: Level::Error,
    ja: "予約語は名前にできない",
    en: "a reserved word cannot be a name",
};

/// Expressions within expressions beyond what can be read.
pub(crate) static TOO_DEEP: Code =
    Code { id: "KJ0006", level: Level::Error, ja: "入れ子が深すぎる", en: "nesting is too deep" };

/// Every code of this crate.
pub static CODES: &[&Code] = &[&STRAY_CHARACTER, &OPEN_TEXT, &BAD_ESCAPE, &UNEXPECTED, &RESERVED, &TOO_DEEP];
