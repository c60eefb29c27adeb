//! Bytes as text, or not at all: nothing is replaced or skipped.

use encoding_rs::SHIFT_JIS;
use kijun_source::{Bilingual, bilingual};

use crate::manifest::Encoding;

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Why bytes are not the text that they were said to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Undecodable {
    /// What is wrong.
    pub(crate) reason: Bilingual,
    /// What to do.
    pub(crate) help: Option<Bilingual>,
    /// The line of the first wrong byte, from 1, if there is one.
    pub(crate) line: Option<usize>,
}

/// The text of a file. Its lines end in `\n`, also where the system wrote `\r` alone.
pub(crate) fn decode(bytes: &[u8], encoding: Encoding) -> Result<String, Undecodable> {
    let text = match encoding {
        Encoding::Utf8 => utf8(bytes)?,
        Encoding::Cp932 => cp932(bytes)?,
    };
    if let Some(position) = text.find('\u{FFFD}') {
        return Err(Undecodable {
            reason: bilingual!(
                "置換文字 U+FFFD がある（取り出したときに文字が失われている）",
                "it contains U+FFFD: characters were lost when it was exported"
            ),
            help: None,
            line: Some(line_of(&text.as_bytes()[..position])),
        });
    }
    if text.contains('\r') && !text.contains('\n') {
        return Ok(text.replace('\r', "\n"));
    }
    Ok(text)
}

/// The text of a file of which nobody says how it is encoded: UTF-8, or else CP932.
pub fn japanese_text(bytes: &[u8]) -> Result<String, Bilingual> {
    let text = decode(bytes, Encoding::Utf8).or_else(|_| decode(bytes, Encoding::Cp932));
    text.map_err(|error| error.reason)
}

fn utf8(bytes: &[u8]) -> Result<String, Undecodable> {
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| {
        let other = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes);
        Undecodable {
            reason: bilingual!("UTF-8 として正しくない", "it is not valid UTF-8"),
            help: other.map(|_| {
                bilingual!(
                    "CP932 なら encoding = \"cp932\" と書く",
                    "if it is CP932, write encoding = \"cp932\""
                )
            }),
            line: Some(line_of(&bytes[..error.valid_up_to()])),
        }
    })
}

fn cp932(bytes: &[u8]) -> Result<String, Undecodable> {
    if bytes.starts_with(BOM) || is_japanese_utf8(bytes) {
        return Err(Undecodable {
            reason: bilingual!("CP932 とされているが UTF-8 である", "it is said to be CP932 but is UTF-8"),
            help: Some(bilingual!("encoding = \"utf-8\" と書く", "write encoding = \"utf-8\"")),
            line: None,
        });
    }
    let text = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(std::borrow::Cow::into_owned).ok_or_else(|| Undecodable {
        reason: bilingual!("CP932 として正しくない", "it is not valid CP932"),
        help: None,
        line: Some(first_wrong_line(bytes)),
    })
}

/// Whether the bytes are UTF-8 with kana or kanji. CP932 text is practically never valid UTF-8 by chance.
fn is_japanese_utf8(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes)
        .is_ok_and(|text| text.chars().any(|char| ('\u{3040}'..='\u{9FFF}').contains(&char)))
}

/// The first line that is not CP932 by itself. A line feed is no second byte in CP932.
fn first_wrong_line(bytes: &[u8]) -> usize {
    let wrong = |line: &[u8]| SHIFT_JIS.decode_without_bom_handling_and_without_replacement(line).is_none();
    bytes.split(|byte| *byte == b'\n').position(wrong).map_or(1, |position| position + 1)
}

fn line_of(before: &[u8]) -> usize {
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_its_encoding() {
        assert_eq!(decode("\u{FEFF}氏名\n".as_bytes(), Encoding::Utf8), Ok("氏名\n".to_owned()));
        assert_eq!(decode(b"\x8E\x81\x96\xBC\n", Encoding::Cp932), Ok("氏名\n".to_owned()));
        assert_eq!(decode(b"id,name\n", Encoding::Cp932), Ok("id,name\n".to_owned()));
        assert_eq!(decode(b"a\rb\r", Encoding::Utf8), Ok("a\nb\n".to_owned()));
    }

    #[test]
    fn text_in_another_encoding_is_refused() {
        let line = |bytes: &[u8], encoding| decode(bytes, encoding).unwrap_err().line;
        assert_eq!(line(b"id\n\x8E\x81\n", Encoding::Utf8), Some(2));
        assert_eq!(line(b"id\nok\n\x8E\n", Encoding::Cp932), Some(3));
        assert_eq!(line("id\n甲\n".as_bytes(), Encoding::Cp932), None);
        assert_eq!(line(b"\xEF\xBB\xBFid\n", Encoding::Cp932), None);
        assert_eq!(line("id\na\u{FFFD}\n".as_bytes(), Encoding::Utf8), Some(2));
        assert_eq!(line(b"\xFF\xFEi\0d\0", Encoding::Utf8), Some(1));
    }
}
