//! What may leave the house: personal values are masked, secret ones left out, signs that change what a reader sees made visible.

use kijun_audit::Piece;
use kijun_ir::Class;

/// Stands for the value of a personal field.
pub(crate) const PERSONAL: &str = "＊＊＊";

/// Stands for the value of a secret field.
pub(crate) const SECRET: &str = "（非公開）";

/// A piece as anyone may see it.
pub(crate) fn shown(piece: &Piece) -> &str {
    match piece.class {
        Class::Open => &piece.text,
        Class::Personal => PERSONAL,
        Class::Secret => SECRET,
    }
}

/// A message as anyone may see it.
pub(crate) fn joined(pieces: &[Piece]) -> String {
    pieces.iter().map(shown).collect()
}

/// A text on one line, without controls: evidence must not move the cursor, colour the screen or turn the order of letters round.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(plain_char).collect()
}

/// Lines of text, each plain.
pub fn plain_lines(text: &str) -> String {
    let lines = text.split_inclusive('\n');
    lines.map(|line| line.strip_suffix('\n').map_or_else(|| plain(line), |line| plain(line) + "\n")).collect()
}

/// As [`plain`], of one character.
pub(crate) fn plain_char(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => ' ',
        // Unicode Standard Annex 9: embeddings, overrides, isolates and marks.
        '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            '\u{fffd}'
        }
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_cannot_steer_the_reader() {
        assert_eq!(plain("甲\u{1b}[2J乙\n丙\u{202e}丁"), "甲\u{fffd}[2J乙 丙\u{fffd}丁");
        assert_eq!(plain("株式会社みなと　架空"), "株式会社みなと　架空");
    }

    #[test]
    fn only_open_pieces_are_shown() {
        let piece = |text: &str, class| Piece { text: text.to_owned(), class };
        let message = [
            piece("端末 PC-1 を", Class::Open),
            piece("架空 一郎", Class::Personal),
            piece("k3y", Class::Secret),
        ];
        assert_eq!(joined(&message), "端末 PC-1 を＊＊＊（非公開）");
    }
}
