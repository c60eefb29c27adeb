//! Which words may be names.

use kijun_syntax::Keyword;
use kijun_syntax::ast::{Builtin, Spelling};
use kijun_syntax::vocabulary::TYPES;

use crate::given::{ANSWERS, ITEMS};

/// Words that are values, or stand where names of rows do.
const VALUES: [Keyword; 6] =
    [Keyword::Today, Keyword::Period, Keyword::Moment, Keyword::Unknown, Keyword::Covered, Keyword::Gaps];

/// The two spellings.
pub(crate) const SPELLINGS: [Spelling; 2] = [Spelling::English, Spelling::Japanese];

/// Whether the language itself gives a meaning to a name in either spelling, so that nothing may be declared by it.
pub(crate) fn is_given(name: &str) -> bool {
    let is_value = |spelling| {
        Keyword::from_word(name, spelling).is_some_and(|keyword| VALUES.contains(&keyword))
            || TYPES.english(name, spelling).is_some()
    };
    let is_register = name == ANSWERS || name == ITEMS;
    is_register || Builtin::from_spelling(name).is_some() || SPELLINGS.into_iter().any(is_value)
}

/// Whether a label may stand where a name does, other than that of a field: an identifier that is no word of the language.
pub(crate) fn may_be_name(label: &str) -> bool {
    let is_word = |spelling| Keyword::from_word(label, spelling).is_some();
    is_identifier(label) && !is_given(label) && !SPELLINGS.into_iter().any(is_word)
}

/// Whether a label may stand where the name of a field does: an identifier that is no word of expressions.
pub(crate) fn may_be_field(label: &str) -> bool {
    let is_reserved =
        |spelling| Keyword::from_word(label, spelling).is_some_and(|keyword| keyword.is_reserved(spelling));
    is_identifier(label) && !SPELLINGS.into_iter().any(is_reserved)
}

fn is_identifier(label: &str) -> bool {
    let mut chars = label.chars();
    let starts = chars.next().is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c));
    starts && chars.all(unicode_ident::is_xid_continue)
}
