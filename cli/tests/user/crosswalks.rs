//! `crosswalk` and the table of `doc`, on the rulesets that ship.

use crate::session::{Copy, kijun, kijun_in};

/// The bytes that a command writes.
fn written(arguments: &[&str]) -> String {
    let answer = kijun(arguments);
    assert_eq!((answer.code, answer.stderr.as_str()), (0, ""), "{arguments:?}");
    answer.stdout
}

#[test]
fn every_duty_and_every_edition_is_stated() {
    let answer = kijun(&["crosswalk", "check", "--rules", "rulesets"]);
    assert_eq!(answer.code, 0);
    insta::assert_snapshot!(answer.shown());
}

#[test]
fn a_duty_leads_to_controls_and_a_control_to_duties() {
    insta::assert_snapshot!("a_duty", written(&["crosswalk", "show", "5(3)b", "--rules", "rulesets"]));
    let control = ["crosswalk", "show", "A.9.4.1", "--lang", "en", "--rules", "rulesets"];
    insta::assert_snapshot!("a_control", written(&control));
    let one = ["crosswalk", "show", "5(3)b", "--catalogue", "ppc_t", "--rules", "rulesets"];
    let shown = written(&one);
    assert!(shown.contains("10-6(1)") && !shown.contains("A.8.3"), "{shown}");
    let all = written(&["crosswalk", "show", "--workspace", "examples/minato"]);
    assert!(all.contains("1a「") && all.contains("11a「"));
}

#[test]
fn what_cannot_be_shown_ends_with_two() {
    for words in [
        vec!["crosswalk", "show", "5(3)z", "--rules", "rulesets"],
        vec!["crosswalk", "show", "--catalogue", "iso27001_2032", "--rules", "rulesets"],
        vec!["crosswalk", "check", "--rules", "rulesets/facts"],
    ] {
        let answer = kijun(&words);
        assert_eq!((answer.code, answer.stdout.as_str()), (2, ""), "{words:?}");
        insta::assert_snapshot!(answer.stderr);
    }
}

#[test]
fn an_omission_ends_with_one_whatever_the_lints_say() {
    let copy = Copy::new();
    copy.replace("rulesets/anzen-kanri/crosswalk-ppc-t.kijun", "\n  \"9a\" -> ", "\n  // ");
    copy.change("examples/minato/kijun.toml", |mut bytes| {
        bytes.extend(b"\n[lints]\nKJ0417 = \"off\"\n");
        bytes
    });
    let words = ["crosswalk", "check", "--workspace", "examples/minato"];
    let answer = kijun_in(copy.root(), &[], &words);
    assert_eq!(answer.code, 1, "{}", answer.shown());
    assert!(answer.stderr.contains("KJ0417") && answer.stderr.contains("9a"), "{}", answer.stderr);
    let other = kijun_in(copy.root(), &[], &[&words[..], &["--catalogue", "ppc_m"]].concat());
    assert_eq!(other.code, 0, "{}", other.shown());
}

#[test]
fn an_edition_without_a_control_is_an_omission() {
    let copy = Copy::new();
    copy.replace("rulesets/controls/iso27001-editions.kijun", "none -> \"A.5.7\", ", "none -> ");
    let answer = kijun_in(copy.root(), &[], &["crosswalk", "check", "--rules", "rulesets"]);
    assert_eq!(answer.code, 1);
    assert!(answer.stderr.contains("KJ0421") && answer.stderr.contains("A.5.7"), "{}", answer.stderr);
    copy.replace("rulesets/controls/iso27001-editions.kijun", "none -> ", "none -> \"A.5.77\", ");
    let answer = kijun_in(copy.root(), &[], &["crosswalk", "check", "--rules", "rulesets"]);
    assert_eq!((answer.code, answer.stdout.as_str()), (2, ""));
    assert!(answer.stderr.contains("KJ0342"), "{}", answer.stderr);
}

#[test]
fn exports_are_whole_and_the_same_each_time() {
    for format in ["csv", "json", "md"] {
        let words = ["crosswalk", "export", "--format", format, "--rules", "rulesets"];
        let text = written(&words);
        assert_eq!(text, written(&words));
        assert!(text.contains("導いてはならない"), "{format}");
    }
    let json = written(&["crosswalk", "export", "--format", "json", "--rules", "rulesets"]);
    let file: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let lines = file["lines"].as_array().expect("lines");
    let of_duties = lines.iter().filter(|line| line["from_kind"] == "duty" && line["strength"] != "none");
    assert_eq!(of_duties.count(), 943);
}

#[test]
fn the_table_of_the_document_has_a_row_a_duty() {
    let csv = written(&["doc", "--table", "csv", "--rules", "rulesets"]);
    assert_eq!(csv.matches("\r\n").count(), 77);
    let markdown = written(&["doc", "--table", "--rules", "rulesets"]);
    let row = markdown.lines().find(|line| line.starts_with("| 5(3)b |")).expect("a row");
    let cells: Vec<String> = row.split(" | ").enumerate().map(shown).collect();
    insta::assert_snapshot!(cells.join(" | "));
}

/// A cell of the table; of the cases of tests, which every new test may change, only the verdicts.
fn shown((column, cell): (usize, &str)) -> String {
    const CASES: usize = 4;
    let lines = cell.split("<br>");
    match column {
        CASES => lines.filter_map(|line| line.split(':').next()).collect::<Vec<_>>().join("\n"),
        _ => lines.collect::<Vec<_>>().join("\n"),
    }
}
