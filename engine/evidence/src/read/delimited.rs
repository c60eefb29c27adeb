//! CSV and TSV.

use std::borrow::Cow;
use std::ops::Range;

use csv::{ReaderBuilder, StringRecord};
use kijun_source::bilingual;

use super::{CellPlace, Malformed, Record, Unusable};
use crate::value::normal;

pub(super) fn read(
    text: &str,
    delimiter: u8,
    header_line: u32,
    wanted: &[String],
    visit: &mut dyn FnMut(Record<'_>),
) -> Result<Vec<String>, Unusable> {
    let header = header(text, delimiter, header_line).ok_or(Unusable::NoHeader)?;
    let names: Vec<String> = header.cells.iter().map(|range| name_at(text, range.clone())).collect();
    let positions = positions(&names, wanted, header.start..header.end)?;
    let body = &text[header.end..];
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(body.as_bytes());
    let mut lines = LineCounter { text, at: 0, line: 1 };
    let mut record = StringRecord::new();
    loop {
        let before = header.end + offset(reader.position().byte());
        // The text is UTF-8 and lengths are free, so that reading cannot fail; if it did, the rest would be lost in silence.
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                let start = skip_breaks(text, before);
                let end = header.end + offset(reader.position().byte());
                let texts = texts(text, delimiter, &record, start..end, names.len(), &positions);
                visit(Record { start, line: lines.line_of(start), texts });
            }
            Err(error) => {
                let start = skip_breaks(text, before);
                let range = start..text.len();
                let reason = bilingual!("CSV として読めない: {error}", "not CSV: {error}");
                let malformed = Malformed { reason, range, wanted: None };
                visit(Record { start, line: lines.line_of(start), texts: Err(malformed) });
                break;
            }
        }
    }
    let unread = names.into_iter().enumerate().filter(|(position, _)| !positions.contains(position));
    Ok(unread.map(|(_, name)| name).collect())
}

/// The position of each wanted column, if each is there once.
fn positions(names: &[String], wanted: &[String], header: Range<usize>) -> Result<Vec<usize>, Unusable> {
    let count = |name: &String| names.iter().filter(|other| *other == name).count();
    let having = |wrong: &dyn Fn(usize) -> bool| -> Vec<usize> {
        let counted = wanted.iter().enumerate().filter(|(_, name)| wrong(count(name)));
        counted.map(|(position, _)| position).collect()
    };
    let (missing, doubled) = (having(&|count| count == 0), having(&|count| count > 1));
    if missing.is_empty() && doubled.is_empty() {
        return Ok(wanted.iter().filter_map(|name| names.iter().position(|other| other == name)).collect());
    }
    let present = names.to_vec();
    Err(Unusable::Columns { missing, doubled, present, header: Some(header) })
}

fn texts<'r>(
    text: &str,
    delimiter: u8,
    record: &'r StringRecord,
    extent: Range<usize>,
    expected: usize,
    positions: &[usize],
) -> Result<Vec<Option<Cow<'r, str>>>, Malformed> {
    let malformed = |reason| Malformed { reason, range: line_at(text, extent.start), wanted: None };
    // A quotation that never ends swallows the rest of the file; it can only show in the last record.
    if extent.end >= text.len() && !RawRecord::scan(text, extent.start, delimiter).closed {
        return Err(malformed(bilingual!(
            "引用符が閉じていない（ファイルが途中で切れている可能性がある）",
            "a quotation never ends; the file may have been cut"
        )));
    }
    let found = record.len();
    if found != expected {
        return Err(malformed(bilingual!(
            "列が {found} 個ある（見出しは {expected} 個）",
            "{found} columns, but {expected} column names"
        )));
    }
    Ok(positions.iter().map(|position| record.get(*position).map(Cow::Borrowed)).collect())
}

pub(super) fn locate(
    text: &str,
    delimiter: u8,
    header_line: u32,
    start: usize,
    wanted: &str,
) -> Option<CellPlace> {
    let header = header(text, delimiter, header_line)?;
    let position = header.cells.iter().position(|range| name_at(text, range.clone()) == wanted)?;
    let range = RawRecord::scan(text, start, delimiter).cells.get(position)?.clone();
    Some(CellPlace { range, column: u32::try_from(position + 1).unwrap_or(u32::MAX) })
}

pub(super) fn cells(text: &str, delimiter: u8, header_line: u32) -> Vec<(Range<usize>, Option<String>)> {
    let Some(header) = header(text, delimiter, header_line) else { return vec![(0..text.len(), None)] };
    let names: Vec<String> = header.cells.iter().map(|range| name_at(text, range.clone())).collect();
    let mut cells = vec![(0..header.start, None)];
    let mut start = skip_breaks(text, header.end);
    while start < text.len() {
        let record = RawRecord::scan(text, start, delimiter);
        let fits = record.cells.len() == names.len() && record.closed;
        for (position, range) in record.cells.into_iter().enumerate() {
            cells.push((range, names.get(position).filter(|_| fits).cloned()));
        }
        start = skip_breaks(text, record.end);
    }
    cells
}

/// The record of the column names; `None` where the line is blank or absent.
fn header(text: &str, delimiter: u8, header_line: u32) -> Option<RawRecord> {
    let lines_before = header_line.saturating_sub(1) as usize;
    let mut breaks = text.match_indices('\n').map(|(position, _)| position + 1);
    let start = if lines_before == 0 { 0 } else { breaks.nth(lines_before - 1)? };
    let record = RawRecord::scan(text, start, delimiter);
    let blank = record.cells.iter().all(|range| name_at(text, range.clone()).is_empty());
    (!blank && record.closed).then_some(record)
}

/// The name in a cell of the header.
fn name_at(text: &str, range: Range<usize>) -> String {
    let raw = &text[range];
    match raw.strip_prefix('"') {
        Some(quoted) => {
            normal(&quoted.strip_suffix('"').unwrap_or(quoted).replace("\"\"", "\"")).into_owned()
        }
        None => normal(raw).into_owned(),
    }
}

/// A record as it stands in the text, quotation marks and all.
struct RawRecord {
    start: usize,
    /// The end, without the line break.
    end: usize,
    cells: Vec<Range<usize>>,
    /// Whether the last quotation ends.
    closed: bool,
}

impl RawRecord {
    /// Divides the record at `start` as the csv crate does: a quotation mark counts where a cell begins with it.
    fn scan(text: &str, start: usize, delimiter: u8) -> Self {
        let bytes = text.as_bytes();
        let mut record = Self { start, end: start, cells: Vec::new(), closed: true };
        let mut at = start;
        loop {
            let cell = at;
            if bytes.get(at) == Some(&b'"') {
                at = end_of_quotation(bytes, at + 1);
                record.closed = at <= bytes.len();
            }
            while at < bytes.len() && bytes[at] != delimiter && !matches!(bytes[at], b'\n' | b'\r') {
                at += 1;
            }
            record.cells.push(cell..at.min(bytes.len()));
            if bytes.get(at) != Some(&delimiter) {
                record.end = at.min(bytes.len());
                return record;
            }
            at += 1;
        }
    }
}

/// The position behind the quotation mark that ends a quotation; beyond the end where none does.
fn end_of_quotation(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() {
        if bytes[at] != b'"' {
            at += 1;
        } else if bytes.get(at + 1) == Some(&b'"') {
            at += 2;
        } else {
            return at + 1;
        }
    }
    bytes.len() + 1
}

fn skip_breaks(text: &str, start: usize) -> usize {
    let breaks =
        text.as_bytes()[start.min(text.len())..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    start + breaks.count()
}

/// The line that begins at `start`, without its break.
fn line_at(text: &str, start: usize) -> Range<usize> {
    let length = text[start..].find(['\n', '\r']).unwrap_or(text.len() - start);
    start..start + length
}

fn offset(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

/// Counts lines up to ascending positions, each byte once.
struct LineCounter<'t> {
    text: &'t str,
    at: usize,
    line: u32,
}

impl LineCounter<'_> {
    fn line_of(&mut self, position: usize) -> u32 {
        let between = &self.text.as_bytes()[self.at..position.max(self.at)];
        let breaks = between.iter().filter(|byte| **byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        self.at = position.max(self.at);
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, header_line: u32, wanted: &[&str]) -> Vec<(u32, Result<Vec<String>, String>)> {
        let wanted: Vec<String> = wanted.iter().map(|name| (*name).to_owned()).collect();
        let mut records = Vec::new();
        read(text, b',', header_line, &wanted, &mut |record| {
            let texts = record.texts.map(|texts| texts.into_iter().flatten().map(Cow::into_owned).collect());
            records.push((record.line, texts.map_err(|malformed| malformed.reason.en)));
        })
        .unwrap();
        records
    }

    fn row(line: u32, cells: &[&str]) -> (u32, Result<Vec<String>, String>) {
        (line, Ok(cells.iter().map(|cell| (*cell).to_owned()).collect()))
    }

    #[test]
    fn records_know_their_physical_lines() {
        let text = "出力日 2026-04-01\r\nid,備考\r\n\r\n1,\"二行の\r\n備考\"\r\n\r\n2,\"引用 \"\"符\"\"\"\r\n3,5\" 管\r\n";
        assert_eq!(
            lines(text, 2, &["備考", "id"]),
            [row(4, &["二行の\r\n備考", "1"]), row(7, &["引用 \"符\"", "2"]), row(8, &["5\" 管", "3"])]
        );
        let place = locate(text, b',', 2, text.find("2,\"引用").unwrap(), "備考").unwrap();
        assert_eq!((&text[place.range], place.column), ("\"引用 \"\"符\"\"\"", 2));
    }

    #[test]
    fn records_of_another_width_are_malformed() {
        let found = lines("id,n\n1\n2,b,c\n3,c\n", 1, &["id"]);
        assert_eq!(found[0], (2, Err("1 columns, but 2 column names".to_owned())));
        assert_eq!(found[1], (3, Err("3 columns, but 2 column names".to_owned())));
        assert_eq!(found[2], row(4, &["3"]));
    }

    #[test]
    fn a_quotation_cut_off_is_malformed() {
        for text in ["id,n\n1,\"abc", "id,n\n1,\"", "id,n\n1,\"a\"\"\n", "id,n\n1,\"abc\n2,x\n"] {
            let found = lines(text, 1, &["id"]);
            assert!(
                found.last().unwrap().1.as_ref().unwrap_err().contains("never ends"),
                "{text:?} {found:?}"
            );
        }
        for text in ["id,n\n1,\"\"", "id,n\n1,\"abc\"", "id,n\n1,\"a\"\"\""] {
            assert!(lines(text, 1, &["id"])[0].1.is_ok(), "{text:?}");
        }
    }

    #[test]
    fn columns_must_be_there_once() {
        let read = |text: &str, line, wanted: &str| read(text, b',', line, &[wanted.to_owned()], &mut |_| {});
        assert_eq!(read("a,b\n", 1, "b"), Ok(vec!["a".to_owned()]));
        assert_eq!(read("ａ , \"b\"\n", 1, "a"), Ok(vec!["\"b\"".to_owned()]));
        assert!(matches!(read("a,b\n", 1, "c"), Err(Unusable::Columns { missing, .. }) if missing == [0]));
        assert!(matches!(read("a,a\n", 1, "a"), Err(Unusable::Columns { doubled, .. }) if doubled == [0]));
        for (text, line) in
            [("", 1), ("\n\na,b\n", 1), ("a,b\n", 2), ("a,b\n", 3), (",,\n", 1), ("\"a,b\n", 1)]
        {
            assert_eq!(read(text, line, "a"), Err(Unusable::NoHeader), "{text:?} {line}");
        }
    }
}
