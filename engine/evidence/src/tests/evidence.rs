//! What becomes of evidence files.

use super::*;
use crate::{DiskFiles, Shown};

pub(super) const ROSTER: &str = r#"
[[source]]
name = "roster"
fact = "person"
format = "csv"
path = "hr/roster.csv"
collected = "2026-11-20 08:00"
complete = { by = "総務部 架空 一郎", rows = 2 }
[source.columns]
id = "従業者番号"
name = "氏名"
kind = { column = "雇用", values = { "パート" = "agency" } }
handles = { column = "取扱", true = ["対象"] }
left = { column = "退職日", none = ["", "在職"] }
"#;

const ENTRIES: &str = r#"
[[source]]
name = "door"
fact = "entry"
format = "csv"
path = "entry/door-{yyyy}-{MM}.csv"
collected = "2026-11-23 08:00"
complete = { by = "架空 二郎", rows = { "door-2026-10.csv" = 1, "door-2026-11.csv" = 1 } }
[source.columns]
at = "日時"
person = "番号"
badge = "カード"
"#;

const ROSTER_HEADER: &str = "従業者番号,氏名,雇用,取扱,退職日\n";

fn roster(rows: &str) -> Outcome {
    run(ROSTER, MemoryFiles::new().with("hr/roster.csv", format!("{ROSTER_HEADER}{rows}")))
}

fn doors(october: &str, november: &str) -> Outcome {
    let header = "日時,番号,カード\n";
    let files = MemoryFiles::new()
        .with("entry/door-2026-10.csv", format!("{header}{october}"))
        .with("entry/door-2026-11.csv", format!("{header}{november}"));
    run(ENTRIES, files)
}

#[test]
fn a_whole_roster_is_read() {
    let outcome = roster("Ｐ２,架空 二郎,派遣,○,令和8年4月1日\nP1,架空 一郎,パート,対象,在職\n");
    assert_eq!(outcome.text, "");
    assert_eq!(outcome.rows(PERSON), ["P1 架空 一郎 #1 true -", "P2 架空 二郎 #1 true 2026-04-01"]);
    assert_eq!(outcome.lines(PERSON), [3, 2]);
    assert_eq!(outcome.coverage(PERSON), ["2026-11-19T23:00:00Z []"]);
    let file = &outcome.report.sources[0].files[0];
    assert_eq!((file.rows, file.usable, file.rejected.len()), (2, true, 0));
    let artifact = &outcome.evidence.artifacts[0];
    assert_eq!((artifact.path.as_str(), artifact.sha256.len()), ("hr/roster.csv", 64));
}

#[test]
fn hashes_are_those_of_the_bytes() {
    let outcome = run(ROSTER, MemoryFiles::new().with("hr/roster.csv", "abc"));
    let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(outcome.evidence.artifacts[0].sha256, expected);
}

#[test]
fn cp932_is_decoded() {
    let source = ROSTER.replace("complete", "encoding = \"cp932\"\ncomplete");
    let text = format!("{ROSTER_HEADER}P1,架空 一郎,正社員,有,\nP2,架空 二郎,派遣,無,\n");
    let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(&text);
    let outcome = run(&source, MemoryFiles::new().with("hr/roster.csv", bytes.into_owned()));
    assert_eq!(outcome.rows(PERSON), ["P1 架空 一郎 #0 true -", "P2 架空 二郎 #1 false -"]);
    let outcome = run(&source, MemoryFiles::new().with("hr/roster.csv", text));
    assert_eq!((outcome.codes, outcome.evidence.tables[PERSON].len()), (vec!["KJ0553"], 0));
}

#[test]
fn what_is_not_said_is_unknown() {
    let outcome = roster("P1,,,,\nP2,　,正社員,在職,在職\n");
    assert_eq!(outcome.rows(PERSON), ["P1 ? ? ? -"]);
    assert_eq!(outcome.coverage(PERSON), ["2026-11-19T23:00:00Z [Rejected(1)]"]);
    let source = ROSTER.replace("\"\", \"在職\"", "\"在職\"");
    let files = MemoryFiles::new()
        .with("hr/roster.csv", format!("{ROSTER_HEADER}P1,甲,派遣,1,\nP2,乙,派遣,0,在職\n"));
    assert_eq!(run(&source, files).rows(PERSON), ["P1 甲 #1 true ?", "P2 乙 #1 false -"]);
}

#[test]
fn rows_that_cannot_be_read_are_kept_with_place_and_reason() {
    let outcome =
        roster("P1,甲,正社員,○,4/1/26\n,乙,正社員,○,\nP3,丙,正社員\nP4,\"丁\n丁\",社長,○,\nP5,戊,派遣,×,\n");
    assert_eq!(outcome.rows(PERSON), ["P5 戊 #1 false -"]);
    assert_eq!(outcome.lines(PERSON), [7]);
    let rejected = &outcome.report.sources[0].files[0].rejected;
    let places: Vec<_> = rejected.iter().map(|row| (row.line, row.column, row.header.as_deref())).collect();
    let expected = [
        (2, Some(5), Some("退職日")),
        (3, Some(1), Some("従業者番号")),
        (4, None, None),
        (5, Some(3), Some("雇用")),
    ];
    assert_eq!(places, expected);
    assert_eq!(rejected[0].value, Shown::Text("4/1/26".into()));
    assert_eq!(rejected[1].value, Shown::Nothing);
    let defects = "[Rejected(4), RowCount { vouched: 2, found: 5 }]";
    assert_eq!(outcome.coverage(PERSON), [format!("2026-11-19T23:00:00Z {defects}")]);
    assert_eq!(outcome.codes, ["KJ0557", "KJ0558"]);
}

#[test]
fn personal_and_secret_values_appear_nowhere() {
    let outcome = doors("2026-10-01 09:00,P1,opensesame\n2026-10-01 9:5,秘匿太郎,42\n", "");
    for shown in [&outcome.text, &outcome.english, &format!("{:?}", outcome.report)] {
        assert!(!shown.contains("opensesame"), "{shown}");
    }
    assert_eq!(outcome.report.sources[0].files[0].rejected[0].value, Shown::Secret);
    let source =
        ROSTER.replace("left = {", "#").replace("name = \"氏名\"", "name = \"氏名\"\nleft = \"氏名\"");
    let files =
        MemoryFiles::new().with("hr/roster.csv", format!("{ROSTER_HEADER}P1,架空 花子,正社員,○,電話0000\n"));
    let outcome = run(&source, files);
    for shown in [&outcome.text, &outcome.english, &format!("{:?}", outcome.report)] {
        assert!(!shown.contains("花子") && !shown.contains("電話"), "{shown}");
    }
    assert!(outcome.text.contains("個人データ、5文字"), "{}", outcome.text);
}

#[test]
fn files_that_cannot_be_used_prove_nothing() {
    let cases: [(&[u8], &str); 9] = [
        (b"", "KJ0556"),
        (b"\n", "KJ0556"),
        ("従業者番号,氏名,雇用,取扱\nP1,甲,派遣,○\n".as_bytes(), "KJ0554"),
        ("従業者番号,氏名,雇用,取扱,退職日,氏名\n".as_bytes(), "KJ0555"),
        (b"\xFF\xFE\x00", "KJ0553"),
        ("従業者番号,氏名,雇用,取扱,退職日\nP1,\u{FFFD},派遣,○,\n".as_bytes(), "KJ0553"),
        (b"\x8F\x5D\x8B\xC6", "KJ0553"),
        (b"\x1F\x8B\x08\x00\x00", "KJ0553"),
        ("従業者番号;氏名;雇用;取扱;退職日\nP1;甲;派遣;○;\n".as_bytes(), "KJ0554"),
    ];
    for (bytes, code) in cases {
        let outcome = run(ROSTER, MemoryFiles::new().with("hr/roster.csv", bytes));
        assert_eq!(outcome.codes.first(), Some(&code), "{bytes:?}: {}", outcome.text);
        assert_eq!(outcome.coverage(PERSON), ["nothing"]);
        assert_eq!(outcome.rows(PERSON), Vec::<String>::new());
        assert!(!outcome.report.sources[0].files[0].usable);
    }
    let outcome = run(ROSTER, MemoryFiles::new());
    assert_eq!((outcome.coverage(PERSON), outcome.codes), (vec!["nothing".to_owned()], vec!["KJ0551"]));
}

#[test]
fn an_empty_roster_is_vouched_for_or_defective() {
    assert_eq!(roster("").coverage(PERSON), ["2026-11-19T23:00:00Z [RowCount { vouched: 2, found: 0 }]"]);
    let vouched = ROSTER.replace("rows = 2", "rows = 0");
    let files = || MemoryFiles::new().with("hr/roster.csv", ROSTER_HEADER);
    assert_eq!(run(&vouched, files()).coverage(PERSON), ["2026-11-19T23:00:00Z []"]);
    let unvouched = vouched.replace("{ by = \"総務部 架空 一郎\", rows = 0 }", "false");
    assert_eq!(run(&unvouched, files()).coverage(PERSON), ["2026-11-19T23:00:00Z [NotVouched]"]);
}

#[test]
fn a_file_cut_in_a_quotation_is_defective() {
    let outcome = roster("P1,甲,派遣,○,\nP2,\"乙,派遣,○,\n");
    assert_eq!(outcome.coverage(PERSON), ["2026-11-19T23:00:00Z [Rejected(1)]"]);
}

fn dated_roster(days: &[&str]) -> Outcome {
    let source = ROSTER
        .replace("collected = \"2026-11-20 08:00\"\n", "")
        .replace("rows = 2", "rows = 1")
        .replace("roster.csv", "roster-{yyyy}{MM}{dd}.csv");
    let files = days.iter().fold(MemoryFiles::new(), |files, day| {
        files.with(&format!("hr/roster-{day}.csv"), format!("{ROSTER_HEADER}P{day},甲,派遣,○,\n"))
    });
    run(&source, files)
}

#[test]
fn every_picture_of_a_state_up_to_the_date_of_judgement_is_kept() {
    let outcome = dated_roster(&["20261123", "20261101", "20261124"]);
    assert_eq!(outcome.rows(PERSON), ["P20261101 甲 #1 true -", "P20261123 甲 #1 true -"]);
    assert_eq!(outcome.coverage(PERSON), ["2026-10-31T15:00:00Z [], 2026-11-22T15:00:00Z []"]);
    let table = &outcome.evidence.tables[PERSON];
    assert_eq!([0, 1].map(|row| table.origin(row).collection), [0, 1]);
    let ignored = outcome.report.sources[0].ignored.iter().map(|one| one.path.as_str());
    assert_eq!(ignored.collect::<Vec<_>>(), ["hr/roster-20261124.csv"]);
    let outcome = dated_roster(&["20261124"]);
    assert_eq!((outcome.coverage(PERSON), outcome.codes), (vec!["nothing".to_owned()], vec!["KJ0564"]));
    let outcome = dated_roster(&["20261101", "20261131"]);
    assert_eq!((outcome.coverage(PERSON), outcome.codes), (vec!["nothing".to_owned()], vec!["KJ0566"]));
}

#[test]
fn a_log_covers_its_months_up_to_its_collection() {
    let outcome = doors("2026-10-31 23:59,P1,1\n", "2026/11/1 0:00,P1,\n");
    assert_eq!(outcome.text, "");
    assert_eq!(outcome.rows(ENTRY), ["2026-10-31T14:59:00Z P1 1", "2026-10-31T15:00:00Z P1 -"]);
    assert_eq!(
        outcome.coverage(ENTRY),
        ["2026-09-30T15:00:00Z..2026-10-31T15:00:00Z [], 2026-10-31T15:00:00Z..2026-11-22T23:00:00Z []"]
    );
}

#[test]
fn an_absent_month_is_not_covered() {
    let header = "日時,番号,カード\n";
    let files = MemoryFiles::new().with("entry/door-2026-11.csv", format!("{header}2026/11/1 0:00,P1,\n"));
    let outcome = run(ENTRIES, files);
    assert_eq!(outcome.coverage(ENTRY), ["2026-10-31T15:00:00Z..2026-11-22T23:00:00Z []"]);
    assert_eq!(outcome.codes, ["KJ0561"]);
    let files =
        MemoryFiles::new().with("entry/door-2026-10.csv", header).with("entry/door-2026-12.csv", header);
    let outcome = run(ENTRIES, files);
    let october = "2026-09-30T15:00:00Z..2026-10-31T15:00:00Z [RowCount { vouched: 1, found: 0 }]";
    assert_eq!(outcome.coverage(ENTRY), [october]);
    assert_eq!(outcome.codes, ["KJ0561", "KJ0560", "KJ0558", "KJ0565"]);
}

#[test]
fn events_outside_the_days_covered_add_no_coverage() {
    let outcome = doors("2026-09-30 23:59,P1,1\n", "2026/11/1 0:00,P1,\n");
    assert_eq!(outcome.codes, ["KJ0563"]);
    assert_eq!(outcome.rows(ENTRY).len(), 2);
    assert!(outcome.coverage(ENTRY)[0].starts_with("2026-09-30T15:00:00Z"));
    assert_eq!(outcome.report.sources[0].files[0].outside, 1);
}

#[test]
fn the_days_of_a_log_are_those_of_its_zone() {
    let source = ENTRIES.replace("collected", "time_zone = \"UTC\"\ncollected");
    let header = "日時,番号,カード\n";
    let files = MemoryFiles::new()
        .with("entry/door-2026-10.csv", format!("{header}2026-10-31 23:59,P1,1\n"))
        .with("entry/door-2026-11.csv", format!("{header}2026-11-01T09:00+09:00,P1,1\n"));
    let outcome = run(&source, files);
    assert_eq!(outcome.codes, Vec::<&str>::new());
    assert_eq!(outcome.rows(ENTRY), ["2026-10-31T23:59:00Z P1 1", "2026-11-01T00:00:00Z P1 1"]);
    // `collected` is on the clock of the workspace, whatever the zone of the log.
    assert_eq!(
        outcome.coverage(ENTRY),
        ["2026-10-01T00:00:00Z..2026-10-31T15:00:00Z [], 2026-10-31T15:00:00Z..2026-11-01T00:00:00Z [], \
          2026-11-01T00:00:00Z..2026-11-22T23:00:00Z []"]
    );
}

#[test]
fn what_lies_between_two_clocks_needs_the_files_of_both_sides() {
    let source = ENTRIES.replace("collected", "time_zone = \"UTC\"\ncollected");
    let header = "日時,番号,カード\n";
    let october = format!("{header}2026-10-31 14:59,P1,1\n");
    // The file may have been cut where the day ends in Japan: then it says nothing of the nine hours that follow.
    let whole = "2026-10-01T00:00:00Z..2026-10-31T15:00:00Z []";
    let outcome = run(&source, MemoryFiles::new().with("entry/door-2026-10.csv", october.as_str()));
    assert_eq!(outcome.coverage(ENTRY), [whole]);
    // Between them, what is wrong with either file counts.
    let files =
        MemoryFiles::new().with("entry/door-2026-10.csv", october).with("entry/door-2026-11.csv", header);
    let outcome = run(&source, files);
    let cut = "[RowCount { vouched: 1, found: 0 }]";
    let between = format!("2026-10-31T15:00:00Z..2026-11-01T00:00:00Z {cut}");
    let november = format!("2026-11-01T00:00:00Z..2026-11-22T23:00:00Z {cut}");
    assert_eq!(outcome.coverage(ENTRY), [format!("{whole}, {between}, {november}")]);
}

const DOORS_BY_GLOB: &str = r#"
[[source]]
name = "door"
fact = "entry"
format = "csv"
path = "entry/door-*.csv"
collected = "2026-11-23 08:00"
covers = { from = "2026-10-01", to = "2026-10-31" }
complete = { by = "架空 二郎", rows = { "door-a.csv" = 1, "door-b.csv" = 1 } }
[source.columns]
at = "日時"
person = "番号"
badge = "カード"
"#;

#[test]
fn one_bad_file_spoils_the_days_that_several_cover_together() {
    let header = "日時,番号,カード\n";
    let both = |a: &str, b: Option<&str>| {
        let files = MemoryFiles::new().with("entry/door-a.csv", format!("{header}{a}"));
        run(DOORS_BY_GLOB, b.into_iter().fold(files, |files, b| files.with("entry/door-b.csv", b)))
    };
    let days = "2026-09-30T15:00:00Z..2026-10-31T15:00:00Z";
    let good = format!("{header}2026-10-02 9:00,P1,1\n");
    let outcome = both("2026-10-01 9:00,P1,1\n", Some(&good));
    assert_eq!(outcome.coverage(ENTRY), [format!("{days} []")]);
    let outcome = both("2026-10-01,P1,1\n", Some(&good));
    assert_eq!(outcome.coverage(ENTRY), [format!("{days} [Rejected(1)]")]);
    for unusable in [None, Some(""), Some("日時,番号\n")] {
        let outcome = both("2026-10-01 9:00,P1,1\n", unusable);
        assert_eq!(outcome.coverage(ENTRY), [""], "{unusable:?}");
        assert_eq!(outcome.rows(ENTRY), ["2026-10-01T00:00:00Z P1 1"]);
    }
}

#[test]
fn one_number_cannot_stand_for_several_files() {
    let source = DOORS_BY_GLOB.replace("{ \"door-a.csv\" = 1, \"door-b.csv\" = 1 }", "2");
    let header = "日時,番号,カード\n";
    let files = MemoryFiles::new().with("entry/door-a.csv", header).with("entry/door-b.csv", header);
    let outcome = run(&source, files);
    assert_eq!(outcome.codes, ["KJ0559"]);
    assert!(outcome.coverage(ENTRY)[0].ends_with("[NotVouched]"), "{:?}", outcome.coverage(ENTRY));
}

#[test]
fn equal_events_of_several_files_are_one() {
    let header = "日時,番号,カード\n";
    let row = "2026-10-02 9:00,P1,1\n";
    let files = MemoryFiles::new()
        .with("entry/door-a.csv", format!("{header}{row}"))
        .with("entry/door-b.csv", format!("{header}{row}{row}"));
    let outcome = run(DOORS_BY_GLOB, files);
    assert_eq!((outcome.rows(ENTRY).len(), outcome.lines(ENTRY)), (2, vec![2, 3]));
    assert_eq!(outcome.report.merged[0].duplicates, 1);
}

/// Two rosters of one moment, and one that is no longer fresh.
fn rosters(first: &str, second: &str, second_taken: &str) -> Outcome {
    let other = ROSTER.replace("\"roster\"", "\"site\"").replace("hr/roster.csv", "site/roster.csv");
    let other = other.replace("2026-11-20", second_taken);
    let files = MemoryFiles::new()
        .with("hr/roster.csv", format!("{ROSTER_HEADER}{first}"))
        .with("site/roster.csv", format!("{ROSTER_HEADER}{second}"));
    run(&format!("{ROSTER}{other}"), files)
}

#[test]
fn sources_that_contradict_each_other_make_cells_unknown() {
    let first = "P1,架空 一郎,派遣,○,\nP2,架空 二郎,派遣,○,\n";
    let second = "P2,架空 二郎,派遣,×,R8.4.1\nP1,架空 花子,派遣,○,\n";
    let outcome = rosters(first, second, "2026-11-20");
    assert_eq!(outcome.rows(PERSON), ["P1 ? #1 true -", "P2 架空 二郎 #1 ? ?"]);
    assert_eq!(outcome.codes, ["KJ0562"]);
    let found = &outcome.report.merged[0].contradictions;
    let found: Vec<_> = found.iter().map(|one| (one.field.0, one.first.line, one.second.line)).collect();
    assert_eq!(found, [(1, 2, 3), (3, 3, 2), (4, 3, 2)]);
    for shown in [&outcome.text, &outcome.english] {
        assert!(!shown.contains("架空"), "{shown}");
    }
    let turned = rosters(second, first, "2026-11-20");
    assert_eq!(turned.rows(PERSON), outcome.rows(PERSON));
}

#[test]
fn a_stale_picture_contradicts_nobody() {
    let outcome = rosters("P1,甲,派遣,○,\n", "P1,甲,派遣,×,\n", "2026-10-01");
    assert_eq!(outcome.rows(PERSON), ["P1 甲 #1 false -", "P1 甲 #1 true -"]);
    assert!(!outcome.codes.contains(&"KJ0562"));
}

const TRAININGS: &str = r#"
[[source]]
name = "lms"
fact = "training"
format = "jsonl"
path = "lms/all.jsonl"
collected = "2026-11-20 08:00"
covers = { from = "令和8年4月1日", to = "2026-11-30" }
complete = { by = "架空 三郎", rows = 3 }
[source.columns]
no = "id"
held = "done.on"
score = "score"
"#;

fn trainings(lines: &str) -> Outcome {
    run(TRAININGS, MemoryFiles::new().with("lms/all.jsonl", lines))
}

#[test]
fn json_lines_are_read() {
    let outcome = trainings(
        "{\"id\":\"T2\",\"done\":{\"on\":\"2026-05-02\"},\"score\":null,\"memo\":1}\n\n{\"id\":1,\"done\":{\"on\":20260501},\"score\":80.50}\n{\"id\":\"T3\",\"done\":{\"on\":\"R8.5.3\"}}\n",
    );
    assert_eq!(outcome.text, "");
    assert_eq!(outcome.rows(TRAINING), ["1 2026-05-01 80.50", "T2 2026-05-02 -", "T3 2026-05-03 ?"]);
    assert_eq!(outcome.lines(TRAINING), [3, 1, 4]);
    assert_eq!(outcome.report.sources[0].files[0].unread, ["memo"]);
    assert_eq!(outcome.coverage(TRAINING), ["2026-03-31T15:00:00Z..2026-11-19T23:00:00Z []"]);
}

#[test]
fn json_lines_that_cannot_be_read_are_rejected() {
    let outcome = trainings(
        "{\"id\":\"T1\",\"done\":{\"on\":\"2026-05-01\"},\"score\":1}\n{\"id\":\"T2\",\n{\"id\":\"T3\",\"id\":\"T3\",\"done\":{\"on\":\"2026-05-01\"}}\n{\"id\":\"T4\",\"done\":{\"on\":\"2026-05\"}}\n{\"id\":\"T5\",\"score\":1}\n{\"id\":[\"T6\"],\"done\":{\"on\":\"2026-05-01\"}}\n",
    );
    assert_eq!(outcome.rows(TRAINING), ["T1 2026-05-01 1"]);
    let rejected = &outcome.report.sources[0].files[0].rejected;
    let places: Vec<_> = rejected.iter().map(|row| (row.line, row.column)).collect();
    assert_eq!(places, [(2, None), (3, None), (4, Some(25)), (5, None), (6, Some(7))]);
}

#[test]
fn events_of_one_key_are_one() {
    let line = "{\"id\":\"T1\",\"done\":{\"on\":\"2026-05-01\"},\"score\":80}\n";
    let outcome = trainings(&format!("{line}{line}{}", line.replace("80", "81")));
    assert_eq!(outcome.rows(TRAINING), ["T1 2026-05-01 ?"]);
    assert_eq!((outcome.codes, outcome.report.merged[0].duplicates), (vec!["KJ0562"], 2));
    assert!(!outcome.text.contains("80"), "{}", outcome.text);
}

#[test]
fn constants_and_unmapped_fields() {
    let source = ROSTER.replace("left = { column = \"退職日\", none = [\"\", \"在職\"] }", "");
    let source =
        source.replace("handles = { column = \"取扱\", true = [\"対象\"] }", "handles = { constant = true }");
    let files = || MemoryFiles::new().with("hr/roster.csv", "従業者番号,氏名,雇用\nP1,甲,派遣\nP2,乙,派遣\n");
    let outcome = run(&source, files());
    assert_eq!(outcome.rows(PERSON), ["P1 甲 #1 true ?", "P2 乙 #1 true ?"]);
    assert_eq!(outcome.codes, ["KJ0524"]);
    let outcome = run(&format!("{source}left = {{ constant = \"\" }}\n"), files());
    assert_eq!(outcome.rows(PERSON), ["P1 甲 #1 true -", "P2 乙 #1 true -"]);
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let rows = ["P3,甲,派遣,○,\n", "P1,乙,派遣,×,\n", "P2,丙,派遣,○,\n", "P1,乙,派遣,○,\n"];
    let forward = roster(&rows.concat());
    let backward = roster(&rows.iter().rev().copied().collect::<String>());
    assert_eq!(forward.rows(PERSON), backward.rows(PERSON));
    assert_eq!(forward.coverage(PERSON), backward.coverage(PERSON));
}

#[test]
fn files_on_disk_are_read_the_same() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("hr")).unwrap();
    let text = format!("{ROSTER_HEADER}P1,甲,派遣,○,\nP2,乙,派遣,○,\n");
    std::fs::write(folder.path().join("hr/roster.csv"), &text).unwrap();
    let mut texts = Sources::new();
    let file = texts.add("kijun.toml", format!("{WORKSPACE}{ROSTER}"));
    let manifest = parse_manifest(&texts, file).0.unwrap();
    let bindings = bind(&manifest, &program()).0;
    let disk = DiskFiles::new(folder.path());
    let (_, report, _) = import(&program(), &bindings, &disk, TODAY, &mut texts);
    let memory = run(ROSTER, MemoryFiles::new().with("hr/roster.csv", text));
    assert_eq!(report, memory.report);
}

/// Numbers that look random and are the same in every run (splitmix64).
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }
}

/// Whatever bytes a file has: no panic, and rows and rejected rows are what the report says.
#[test]
fn no_bytes_break_the_reader() {
    let pieces: [&[u8]; 16] = [
        b"\"",
        b",",
        b"\n",
        b"\r\n",
        b"\r",
        b"{",
        b"}",
        b"[",
        b":",
        b"\\",
        b"\xFF",
        b"\x82",
        "甲".as_bytes(),
        b"{\"id\":\"a\",\"done\":{\"on\":\"2026-05-01\"},\"score\":1}",
        b"P1,x,regular,1,2026-04-01",
        b"\0",
    ];
    let mut random = Random(42);
    for round in 0..600 {
        let mut csv = if round % 3 == 0 { Vec::new() } else { ROSTER_HEADER.as_bytes().to_vec() };
        let mut json = Vec::new();
        for _ in 0..random.below(24) {
            csv.extend(pieces[random.below(pieces.len())]);
            json.extend(pieces[random.below(pieces.len())]);
        }
        let roster = if random.below(2) == 0 {
            ROSTER.to_owned()
        } else {
            ROSTER.replace("complete", "encoding = \"cp932\"\ncomplete")
        };
        let files = MemoryFiles::new().with("hr/roster.csv", csv).with("lms/all.jsonl", json);
        let outcome = run(&format!("{roster}{TRAININGS}"), files);
        for source in &outcome.report.sources {
            let file = &source.files[0];
            let clean = file.usable && file.rejected.is_empty();
            let whole = outcome.coverage(source.fact)[0].ends_with("[]");
            assert!(!whole || clean, "{}", outcome.text);
        }
    }
}
