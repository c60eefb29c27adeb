//! The codes of what can be wrong with the text itself.

use kijun_source::{Bilingual, Diagnostic, Span, codes};

codes! {
    /// Every code of this crate.
    pub CODES;
    /// A character that no token begins with.
    STRAY_CHARACTER "KJ0001" Error "使えない文字がある" "a character has no meaning here";
    /// A text without its closing quote.
    OPEN_TEXT "KJ0002" Error "文字列が閉じていない" "a text is not closed";
    /// A backslash before a character that it does not escape.
    BAD_ESCAPE "KJ0003" Error "エスケープが正しくない" "an escape is not known";
    /// Something else was expected.
    UNEXPECTED "KJ0004" Error "構文が正しくない" "something else was expected here";
    /// A name that is a word of the language.
    RESERVED "KJ0005" Error "予約語は名前にできない" "a reserved word cannot be a name";
    /// Expressions within expressions beyond what can be read.
    TOO_DEEP "KJ0006" Error "入れ子が深すぎる" "nesting is too deep";
    /// A word of the spelling that the file is not written in.
    OTHER_SPELLING "KJ0007" Error "もう一方の表記の語が使われている" "a word of the other spelling is used";
    /// A name that would be a word of the language in the spelling that is asked for.
    NAME_IS_WORD "KJ0008" Error "名前が書き換え先の表記の語と重なる" "a name is a word of the spelling that is asked for";
    /// A number is out of range.
    NUMBER_RANGE "KJ0209" Error "数が大きすぎる" "a number is out of range";
}

/// A number, or a length of time, that is too large to be reckoned with.
pub fn out_of_range(span: Span) -> Diagnostic {
    Diagnostic::new(
        &NUMBER_RANGE,
        span,
        Bilingual::new("数が大きすぎて扱えない", "the number is out of range"),
    )
}
