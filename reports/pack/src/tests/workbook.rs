//! Workbooks to fill in, read back as others read them.

use std::io::Cursor;

use calamine::{Reader, Xlsx};
use kijun_source::Lang;

use super::wanted::program;
use crate::{Catalogue, schema};

/// The sheets of a workbook with their lines.
fn sheets(bytes: &[u8]) -> Vec<(String, Vec<Vec<String>>)> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let lines = |range: &calamine::Range<calamine::Data>| {
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    };
    book.worksheets().iter().map(|(name, range)| (name.clone(), lines(range))).collect()
}

#[test]
fn the_rows_are_those_of_the_csv_and_the_fields_are_explained() {
    let program = program();
    let catalogue = Catalogue { program: &program, deliveries: Some(Vec::new()) };
    let device = catalogue.fact("device").unwrap();
    let bytes = schema::xlsx(&catalogue, device, Lang::Ja).unwrap();
    let sheets = sheets(&bytes);
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["記入", "説明", "選択肢"]);
    let csv = schema::csv(&program, device);
    assert_eq!(sheets[0].1[1][0], csv.lines().nth(1).unwrap().split(',').next().unwrap());
    assert_eq!(sheets[0].1.len(), 3);
    let shown = |lines: &[Vec<String>]| lines.iter().map(|line| line.join(" | ") + "\n").collect::<String>();
    insta::assert_snapshot!(
        sheets.iter().map(|(name, lines)| format!("# {name}\n{}", shown(lines))).collect::<String>()
    );
}

#[test]
fn the_same_rules_give_the_same_bytes() {
    let program = program();
    let catalogue = Catalogue { program: &program, deliveries: None };
    for fact in program.facts.ids() {
        let first = schema::xlsx(&catalogue, fact, Lang::En).unwrap();
        assert_eq!(first, schema::xlsx(&catalogue, fact, Lang::En).unwrap());
        // The date of making is one of long ago, that of the archive's entries is none.
        let text = String::from_utf8_lossy(&first);
        assert!(!text.contains("dcterms:created") || text.contains("2000-01-01"), "{text}");
    }
}
