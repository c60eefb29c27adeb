//! Whether a question is complete, or goes on in the next line.

use kijun_syntax::Keyword;
use kijun_syntax::ast::Spelling;

/// Words behind which something must follow.
const JOINING: &[Keyword] = &[
    Keyword::And,
    Keyword::Or,
    Keyword::Not,
    Keyword::In,
    Keyword::Where,
    Keyword::Has,
    Keyword::Else,
    Keyword::If,
    Keyword::Then,
    Keyword::Otherwise,
    Keyword::Over,
    Keyword::Some,
    Keyword::No,
    Keyword::Every,
    Keyword::Count,
    Keyword::Sum,
    Keyword::Min,
    Keyword::Max,
    Keyword::First,
    Keyword::Latest,
    Keyword::At,
];

/// Whether no bracket and no quotation is open and the text does not end in an operator.
pub(super) fn is_complete(text: &str) -> bool {
    let mut open = 0_i64;
    let mut quoted = false;
    let mut escaped = false;
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '[' | '{' | '（' | '［' | '｛' if !quoted => open += 1,
            ')' | ']' | '}' | '）' | '］' | '｝' if !quoted => open -= 1,
            _ => {}
        }
    }
    open <= 0 && !quoted && !ends_in_operator(text)
}

fn ends_in_operator(text: &str) -> bool {
    let text = text.trim_end();
    if text.ends_with(['+', '-', '*', '=', '<', '>', ',', '、', '.']) {
        return true;
    }
    let word = text.rsplit(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("");
    let joins = |spelling| JOINING.iter().any(|keyword| keyword.spelling(spelling) == word);
    !word.is_empty() && Spelling::ALL.into_iter().any(joins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_goes_on() {
        for text in [
            "(1 + 2",
            "\"甲",
            "some e in employee where",
            "e.left is none and",
            "ある 従業者 e、",
            "1 +",
            "x in [\"a\",",
            "件数",
        ] {
            assert!(!is_complete(text), "{text}");
        }
        for text in
            ["(1 + 2)", "\"(\"", "\"\\\"\"", "e.left is none", "ある 従業者 e、e.退職日 が 空でない", "today"]
        {
            assert!(is_complete(text), "{text}");
        }
    }
}
