//! Tokens without order.

use kijun_syntax::Keyword;
use kijun_syntax::ast::Spelling;

use crate::program::{NAMES, TEXTS};
use crate::random::Random;

/// Tokens and stray ones in any order.
pub(crate) fn soup(random: &mut Random) -> String {
    const OTHERS: &[&str] = &[
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ",",
        ":",
        ".",
        "?",
        "=",
        "==",
        "-",
        "*",
        "\"",
        "\\",
        "/",
        "///",
        "//",
        "全",
        "1",
        "1.5",
        "2026-04-01",
        "10:00",
        "\n",
        "\u{3000}",
        "、",
        "->",
        "令和8年4月1日",
        "2026年度",
        "日",
        "/a/",
        "/a",
        "business",
        "\"{a}\"",
        "\"{\"",
    ];
    let spelling = random.pick(&Spelling::ALL);
    let mut text = String::new();
    for _ in 0..random.below(30) {
        match random.below(4) {
            0 => text.push_str(random.pick(Keyword::ALL).spelling(spelling)),
            1 => text.push_str(random.pick(NAMES)),
            2 => text.push_str(random.pick(TEXTS)),
            _ => text.push_str(random.pick(OTHERS)),
        }
        if !random.one_in(4) {
            text.push(' ');
        }
    }
    text
}
