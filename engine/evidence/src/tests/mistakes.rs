//! What people are told about their mistakes.

use super::evidence::ROSTER;
use super::*;

/// Shows a manifest's mistakes as people see them.
macro_rules! told {
    ($name:literal, $outcome:expr) => {
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "../snapshots" }, {
            insta::assert_snapshot!($name, $outcome.text);
        });
    };
}

fn with(from: &str, to: &str) -> Outcome {
    let manifest = format!("{WORKSPACE}{ROSTER}");
    assert!(manifest.contains(from), "{from}");
    let roster = "従業者番号,氏名,雇用,取扱,退職日\nP1,架空 一郎,正社員,○,\nP2,架空 二郎,派遣,×,2026/4/1\n";
    run_manifest(&manifest.replace(from, to), MemoryFiles::new().with("hr/roster.csv", roster))
}

fn roster(text: &str) -> Outcome {
    run(ROSTER, MemoryFiles::new().with("hr/roster.csv", text))
}

#[test]
fn mistakes_in_the_manifest() {
    told!("unknown_key", with("path =", "pfad = 1\npathh ="));
    told!("unknown_table", with("[[source]]", "[[sources]]"));
    told!("single_source", with("[[source]]", "[source]"));
    told!("not_toml", with("fact = \"person\"", "fact = person"));
    told!("missing_keys", with("complete = { by = \"総務部 架空 一郎\", rows = 2 }\n", ""));
    told!("wrong_types", with("rows = 2", "rows = \"2\""));
    told!("complete_true", with("{ by = \"総務部 架空 一郎\", rows = 2 }", "true"));
    told!("unknown_zone", with("Asia/Tokyo", "Asia/Tokio"));
    told!("unknown_format", with("\"csv\"", "\"CSV\""));
    told!("ambiguous_date", with("2026-11-20 08:00", "11/20/26 08:00"));
    told!("time_missing", with("2026-11-20 08:00", "2026-11-20"));
    told!("absolute_path", with("hr/roster.csv", "/home/hr/roster.csv"));
    told!("placeholder", with("hr/roster.csv", "hr/roster-{yyyy}{mm}{dd}.csv"));
    told!("unknown_fact", with("\"person\"", "\"persn\""));
    told!("unknown_field", with("handles =", "handels ="));
    told!("unknown_enum_value", with("\"agency\"", "\"agenci\""));
    told!("misplaced_keys", with("\"氏名\"", "{ column = \"氏名\", true = [\"○\"] }"));
    told!("conflicting_spellings", with("true = [\"対象\"]", "true = [\"対象\"], none = [\"対象\"]"));
    told!(
        "unreadable_constant",
        with("{ column = \"雇用\", values = { \"パート\" = \"agency\" } }", "{ constant = \"社長\" }")
    );
    told!(
        "covers_of_a_state",
        with("complete", "covers = { from = \"2026-04-01\", to = \"2026-04-30\" }\ncomplete")
    );
    told!("collected_missing", with("collected = \"2026-11-20 08:00\"\n", ""));
    told!("empty_column", with("\"氏名\"", "\"　\""));
    told!("no_workspace", run_manifest("", MemoryFiles::new()));
}

#[test]
fn mistakes_in_evidence() {
    told!("missing_file", run(ROSTER, MemoryFiles::new()));
    told!("missing_column", roster("従業者番号,氏名,雇用,取扱,退社日\n"));
    told!(
        "wrong_encoding",
        run(ROSTER, MemoryFiles::new().with("hr/roster.csv", b"\x8E\x81\x96\xBC\n".to_vec()))
    );
    told!(
        "rejected_rows",
        roster("従業者番号,氏名,雇用,取扱,退職日\nP1,架空 一郎,正社員,○,4/1/26\nP2,架空 二郎,派遣,?,\n")
    );
    told!(
        "rejected_width",
        roster("従業者番号,氏名,雇用,取扱,退職日\nP1,架空 一郎,正社員\nP2,架空 二郎,派遣,○,\n")
    );
    told!("row_count", roster("従業者番号,氏名,雇用,取扱,退職日\nP1,架空 一郎,正社員,○,\n"));
    told!(
        "contradiction",
        roster("従業者番号,氏名,雇用,取扱,退職日\nP1,架空 一郎,正社員,○,\nP1,架空 一郎,派遣,○,\n")
    );
}
