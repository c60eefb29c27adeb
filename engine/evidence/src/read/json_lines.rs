//! JSON Lines: one object a line, columns named by dotted paths.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use kijun_source::{Bilingual, bilingual};

use super::{CellPlace, Malformed, Record, Unusable};
use crate::value::normal;

pub(super) fn read(
    text: &str,
    wanted: &[String],
    visit: &mut dyn FnMut(Record<'_>),
) -> Result<Vec<String>, Unusable> {
    let mut seen = vec![false; wanted.len()];
    let mut unread = BTreeSet::new();
    let mut objects = 0;
    for (index, (start, line)) in lines(text).enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let texts = leaves(line, start).and_then(|leaves| {
            objects += 1;
            for leaf in leaves.iter().filter(|leaf| !wanted.contains(&leaf.path)) {
                if leaf.kind != LeafKind::Object {
                    unread.insert(leaf.path.clone());
                }
            }
            texts(line, start, &leaves, wanted, &mut seen)
        });
        visit(Record { start, line: u32::try_from(index + 1).unwrap_or(u32::MAX), texts });
    }
    let missing: Vec<usize> = (0..wanted.len()).filter(|position| !seen[*position]).collect();
    if objects > 0 && !missing.is_empty() {
        let present = unread.into_iter().collect();
        return Err(Unusable::Columns { missing, doubled: Vec::new(), present, header: None });
    }
    Ok(unread.into_iter().collect())
}

fn texts<'t>(
    line: &'t str,
    start: usize,
    leaves: &[Leaf],
    wanted: &[String],
    seen: &mut [bool],
) -> Result<Vec<Option<Cow<'t, str>>>, Malformed> {
    let mut texts = Vec::new();
    for (position, name) in wanted.iter().enumerate() {
        let leaf = leaves.iter().find(|leaf| leaf.path == *name);
        seen[position] |= leaf.is_some();
        texts.push(match leaf {
            None => None,
            Some(leaf) => Some(leaf_text(line, leaf).map_err(|reason| Malformed {
                reason,
                range: start + leaf.range.start..start + leaf.range.end,
                wanted: Some(position),
            })?),
        });
    }
    Ok(texts)
}

fn leaf_text<'t>(line: &'t str, leaf: &Leaf) -> Result<Cow<'t, str>, Bilingual> {
    let raw = &line[leaf.range.clone()];
    match leaf.kind {
        LeafKind::Null => Ok(Cow::Borrowed("")),
        LeafKind::Bare => Ok(Cow::Borrowed(raw)),
        LeafKind::String => string(raw).map(Cow::Owned),
        LeafKind::Array => Err(bilingual!("配列は読めない", "an array where a single value is expected")),
        LeafKind::Object => {
            Err(bilingual!("オブジェクトは読めない", "an object where a single value is expected"))
        }
    }
}

fn string(raw: &str) -> Result<String, Bilingual> {
    serde_json::from_str(raw).map_err(|_| bilingual!("文字列として読めない", "not a string"))
}

pub(super) fn locate(text: &str, start: usize, wanted: &str) -> Option<CellPlace> {
    let line = text[start..].lines().next()?;
    let leaf = leaves(line, start).ok()?.into_iter().find(|leaf| leaf.path == wanted)?;
    let column = line[..leaf.range.start].chars().count() + 1;
    let range = start + leaf.range.start..start + leaf.range.end;
    Some(CellPlace { range, column: u32::try_from(column).unwrap_or(u32::MAX) })
}

pub(super) fn cells(text: &str) -> Vec<(Range<usize>, Option<String>)> {
    let mut cells = Vec::new();
    for (start, line) in lines(text) {
        match leaves(line, start) {
            Err(_) => cells.push((start..start + line.len(), None)),
            Ok(leaves) => {
                let mut leaves: Vec<Leaf> = leaves;
                leaves.retain(|leaf| leaf.kind != LeafKind::Object);
                leaves.sort_by_key(|leaf| leaf.range.start);
                cells.extend(
                    leaves
                        .into_iter()
                        .map(|leaf| (start + leaf.range.start..start + leaf.range.end, Some(leaf.path))),
                );
            }
        }
    }
    cells
}

/// The lines with their positions, without their breaks.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        (at, line.trim_end_matches(['\n', '\r']))
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LeafKind {
    String,
    /// A number, true or false.
    Bare,
    Null,
    Array,
    Object,
}

/// A value in an object, and where it stands in the line.
#[derive(Debug)]
struct Leaf {
    /// The [`normal`] keys that lead to it, joined by dots.
    path: String,
    range: Range<usize>,
    kind: LeafKind,
}

/// The values of the object on a line. Objects are listed and opened, arrays are listed.
fn leaves(line: &str, start: usize) -> Result<Vec<Leaf>, Malformed> {
    let whole = start..start + line.len();
    let malformed = |reason, range| Malformed { reason, range, wanted: None };
    // The value says that the line is JSON no deeper than 128 levels, on which the walk below relies.
    let value: serde_json::Value = serde_json::from_str(line).map_err(|error| {
        let mut at = error.column().saturating_sub(1).min(line.len());
        while !line.is_char_boundary(at) {
            at -= 1;
        }
        let column = line[..at].chars().count() + 1;
        let reason = bilingual!("JSON として読めない（{column} 文字目）", "not JSON at column {column}");
        malformed(reason, start + at..start + line.len())
    })?;
    if !value.is_object() {
        return Err(malformed(bilingual!("JSON のオブジェクトではない", "not a JSON object"), whole));
    }
    let mut walk = Walk { line, at: 0, leaves: Vec::new() };
    walk.value("");
    let mut paths = BTreeSet::new();
    for leaf in &walk.leaves {
        if !paths.insert(leaf.path.as_str()) {
            let path = &leaf.path;
            let reason = bilingual!("キー `{path}` が二つある", "key `{path}` occurs twice");
            return Err(malformed(reason, start + leaf.range.start..start + leaf.range.end));
        }
    }
    Ok(walk.leaves)
}

/// Walks over a line that is known to be JSON.
struct Walk<'t> {
    line: &'t str,
    at: usize,
    leaves: Vec<Leaf>,
}

impl Walk<'_> {
    fn value(&mut self, path: &str) {
        self.spaces();
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{') => return self.object(path),
            Some(b'"') => {
                self.string();
                LeafKind::String
            }
            Some(b'[') => {
                self.array();
                LeafKind::Array
            }
            first => {
                while self
                    .peek()
                    .is_some_and(|byte| !matches!(byte, b',' | b'}' | b']') && !byte.is_ascii_whitespace())
                {
                    self.at += 1;
                }
                if first == Some(b'n') { LeafKind::Null } else { LeafKind::Bare }
            }
        };
        self.leaves.push(Leaf { path: path.to_owned(), range: start..self.at, kind });
    }

    fn object(&mut self, path: &str) {
        let start = self.at;
        self.at += 1;
        loop {
            self.spaces();
            match self.peek() {
                Some(b'"') => {
                    let key = self.key();
                    self.spaces();
                    self.at += 1;
                    let inner = if path.is_empty() { key } else { format!("{path}.{key}") };
                    self.value(&inner);
                }
                Some(b',') => self.at += 1,
                _ => {
                    self.at = (self.at + 1).min(self.line.len());
                    break;
                }
            }
        }
        if !path.is_empty() {
            self.leaves.push(Leaf { path: path.to_owned(), range: start..self.at, kind: LeafKind::Object });
        }
    }

    fn key(&mut self) -> String {
        let start = self.at;
        self.string();
        let raw = &self.line[start..self.at];
        let key: String = serde_json::from_str(raw).unwrap_or_else(|_| raw.to_owned());
        normal(&key).into_owned()
    }

    /// Steps over an array, whatever it holds.
    fn array(&mut self) {
        let mut depth = 0usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.string();
                    continue;
                }
                b'[' => depth += 1,
                b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                break;
            }
        }
    }

    fn string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                break;
            }
        }
    }

    fn spaces(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.line.as_bytes().get(self.at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(line: &str, wanted: &[&str]) -> Result<Vec<Option<String>>, String> {
        let wanted: Vec<String> = wanted.iter().map(|name| (*name).to_owned()).collect();
        let mut found = Vec::new();
        let _ = read(line, &wanted, &mut |record| {
            let texts = record.texts.map_err(|malformed| malformed.reason.en);
            found.push(texts.map(|texts| texts.into_iter().map(|text| text.map(Cow::into_owned)).collect()));
        });
        found.remove(0)
    }

    #[test]
    fn values_are_found_by_dotted_paths() {
        let line = r#"{"a":{"b":"甲\n","c":null},"n":1.50,"t":true,"x":[1,"]"],"d.e":"é"}"#;
        let found = first(line, &["a.b", "a.c", "n", "t", "d.e", "none"]).unwrap();
        let expected = [Some("甲\n"), Some(""), Some("1.50"), Some("true"), Some("é"), None];
        assert_eq!(found, expected.map(|text| text.map(str::to_owned)));
    }

    #[test]
    fn what_is_no_object_of_single_values_is_malformed() {
        let cases = [
            (r#"{"a":1,}"#, "not JSON at column 8"),
            (r#"{"あ":1 2}"#, "not JSON at column 8"),
            ("[1]", "not a JSON object"),
            ("1", "not a JSON object"),
            (r#"{"a":1,"a":1}"#, "key `a` occurs twice"),
            (r#"{"a":{"b":1},"a.b":1}"#, "key `a.b` occurs twice"),
            (r#"{"a":{"b":1}}"#, "an object where a single value is expected"),
            (r#"{"a":[1]}"#, "an array where a single value is expected"),
            (r#"{"a":1e999}"#, "not JSON at column 10"),
        ];
        for (line, expected) in cases {
            assert_eq!(first(line, &["a"]), Err(expected.to_owned()), "{line}");
        }
        let deep = "[".repeat(100_000);
        assert!(first(&deep, &["a"]).unwrap_err().starts_with("not JSON"));
    }

    #[test]
    fn lines_are_counted_and_blank_ones_skipped() {
        let text = "\n{\"a\":1}\r\n \n{\"a\":2,\"b\":3}";
        let mut lines = Vec::new();
        let unread = read(text, &["a".to_owned()], &mut |record| lines.push(record.line)).unwrap();
        assert_eq!((lines, unread), (vec![2, 4], vec!["b".to_owned()]));
        let place = locate(text, text.rfind('{').unwrap(), "b").unwrap();
        assert_eq!((&text[place.range], place.column), ("3", 12));
    }

    #[test]
    fn a_key_that_no_line_has_is_missing() {
        let read = |text| read(text, &["a".to_owned(), "b".to_owned()], &mut |_| {});
        assert!(matches!(read("{\"a\":1}\n"), Err(Unusable::Columns { missing, .. }) if missing == [1]));
        assert!(read("{\"a\":1}\n{\"b\":1}\n").is_ok());
        assert!(read("").is_ok());
    }
}
