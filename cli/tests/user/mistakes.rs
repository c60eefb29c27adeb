//! Ten mistakes in a ruleset, ten in kijun.toml and the evidence: what the user sees of each.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;

use crate::session::{Answer, Copy, judged, kijun_in, repository};

const SECTION4: &str = "rulesets/anzen-kanri/section4.kijun";
const SECTION5: &str = "rulesets/anzen-kanri/section5.kijun";
const MANIFEST: &str = "examples/minato/kijun.toml";

fn judge(copy: &Copy) -> Answer {
    kijun_in(copy.root(), &[], &judged("examples/minato", &[]))
}

/// A mistake in a ruleset: nothing is judged.
macro_rules! in_rules {
    ($($name:ident: $file:expr, $from:literal => $to:literal;)*) => {$(
        #[test]
        fn $name() {
            let copy = Copy::new();
            copy.replace($file, $from, $to);
            let answer = judge(&copy);
            assert_eq!((answer.code, answer.stdout.as_str()), (2, ""));
            insta::assert_snapshot!(answer.stderr);
        }
    )*};
}

in_rules! {
    a_field_is_misspelt: SECTION4, "require  (v.escort is not none and (some" => "require  (v.escrot is not none and (some";
    a_rule_word_is_misspelt: SECTION4, "rule escort_named" => "rul escort_named";
    a_quote_is_missing: SECTION4, "remedy   \"入室権限者名簿を作り、承認を受ける\"" => "remedy   \"入室権限者名簿を作り、承認を受ける";
    a_brace_is_full_width: SECTION4, "rule escort_named \"立会者の記録\" {" => "rule escort_named \"立会者の記録\" ｛";
    a_duty_does_not_exist: SECTION5, "covers   \"5(12)a\"\n  severity major\n  judged" => "covers   \"5(12)b\"\n  severity major\n  judged";
    a_quotation_differs: "rulesets/anzen-kanri/standard.kijun", "duty a \"本市の許可なく第三者に委託しないこと" => "duty a \"本市の許可なく第三者へ委託しないこと";
    a_date_is_compared_with_an_instant: SECTION4, "and date(e.passed_at) < today - 1 day" => "and e.passed_at < today - 1 day";
    none_is_not_dealt_with: SECTION4, "require  (v.escort is not none and (some" => "require  ((some";
    a_fact_does_not_exist: SECTION4, "rule escort_named \"立会者の記録\" {\n  covers   \"4(2)e\"\n  severity major\n  for each v in visitor_log" => "rule escort_named \"立会者の記録\" {\n  covers   \"4(2)e\"\n  severity major\n  for each v in visiter_log";
}

/// A test of its own, so that no case of the standard moves it.
const IMPOSSIBLE_DAY: &str = r#"test "この日は来ない" for peers_needed {
  today  2026-04-31
  period 2026-04-01 to 2026-04-30
  missing network_link
  expect undetermined
}
"#;

#[test]
fn a_day_is_not_in_the_calendar() {
    let copy = Copy::new();
    let file = copy.root().join("rulesets/anzen-kanri/own.test.kijun");
    std::fs::write(file, IMPOSSIBLE_DAY).expect("a file of the ruleset");
    let answer = judge(&copy);
    assert_eq!((answer.code, answer.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(answer.stderr);
}

#[test]
fn check_says_the_same_as_run() {
    let copy = Copy::new();
    copy.replace(SECTION4, "rule escort_named \"立会者の記録\" {", "rule escort_named \"立会者の記録\" ｛");
    copy.replace(SECTION5, "for each s in subcontract at today", "for each s in subcontracts at today");
    let checked = kijun_in(copy.root(), &[], &["check", "--workspace", "examples/minato"]);
    assert_eq!(checked.code, 1);
    let errors = |stderr: &str| {
        let drawn = stderr.split("\n\n").filter(|drawn| drawn.starts_with("error["));
        drawn.map(str::to_owned).collect::<Vec<_>>()
    };
    let judged = judge(&copy);
    assert_eq!((judged.code, errors(&judged.stderr)), (2, errors(&checked.stderr)));
    assert_eq!(errors(&checked.stderr).len(), 2);
}

/// A mistake in kijun.toml: nothing is judged.
macro_rules! in_manifest {
    ($($name:ident: $from:literal => $to:literal;)*) => {$(
        #[test]
        fn $name() {
            let copy = Copy::new();
            copy.replace(MANIFEST, $from, $to);
            let answer = judge(&copy);
            assert_eq!((answer.code, answer.stdout.as_str()), (2, ""));
            insta::assert_snapshot!(answer.stderr);
        }
    )*};
}

in_manifest! {
    a_key_is_misspelt: "path = \"evidence/hr/roster.csv\"\nencoding" => "path = \"evidence/hr/roster.csv\"\nencodng";
    a_source_names_no_fact: "fact = \"employee\"" => "fact = \"employe\"";
    nobody_says_whether_it_is_complete: "complete = { by = \"総務部 例示 三郎\", rows = 40 }\n" => "";
    a_parameter_does_not_exist: "least_password = 10" => "least_pasword = 10";
}

/// A mistake in the evidence: it is judged, what is at fault counts as missing, no rule looks better for it, and something is said.
fn in_evidence(name: &str, spoil: impl FnOnce(&Copy)) {
    let copy = Copy::new();
    spoil(&copy);
    let judged = verdicts(copy.root());
    for (rule, before) in &SOUND.1 {
        let after = &judged.1[rule];
        assert!(after == before || is_bad(after), "{name}: {rule} was {before} and is {after}");
    }
    let shown = of_the_evidence(&judged.0);
    assert_ne!(shown, of_the_evidence(&SOUND.0), "{name}: nothing is said");
    insta::assert_snapshot!(name, shown);
}

/// What is said of the example as it is.
static SOUND: LazyLock<(Answer, BTreeMap<String, String>)> = LazyLock::new(|| {
    let sound = verdicts(&repository());
    assert!(sound.1.values().any(|verdict| verdict == "met"));
    sound
});

/// Whether somebody would go and look.
fn is_bad(verdict: &str) -> bool {
    matches!(verdict, "undetermined" | "violated")
}

/// Judges the example below a folder: what is said, and the verdict of each rule.
fn verdicts(folder: &Path) -> (Answer, BTreeMap<String, String>) {
    let outputs = tempfile::tempdir().expect("a temporary folder");
    let file = outputs.path().join("result.json");
    let out = file.to_str().expect("a path of UTF-8");
    let answer = kijun_in(folder, &[], &judged("examples/minato", &["--out", out]));
    let text = std::fs::read_to_string(&file).expect("a result");
    let result: Value = serde_json::from_str(&text).expect("JSON");
    let word = |rule: &Value, key: &str| rule[key].as_str().expect("a text").to_owned();
    let rules = result["rules"].as_array().expect("a list of rules");
    (answer, rules.iter().map(|rule| (word(rule, "name"), word(rule, "verdict"))).collect())
}

/// What is said of the evidence, and how many verdicts there are of each kind.
fn of_the_evidence(answer: &Answer) -> String {
    let Answer { code, stdout, stderr } = answer;
    let gaps = stdout.lines().skip_while(|line| *line != " 証拠の不足").take_while(|line| !line.is_empty());
    let counts = stdout.lines().filter(|line| line.starts_with("規則  ") || line.starts_with("義務  "));
    let lines = gaps.chain(counts).collect::<Vec<_>>().join("\n");
    format!("exit {code}\n--- stdout\n{lines}\n--- stderr\n{stderr}")
}

#[test]
fn the_file_is_in_another_encoding() {
    in_evidence("another_encoding", |copy| {
        copy.replace(
            MANIFEST,
            "path = \"evidence/hr/roster.csv\"\nencoding = \"cp932\"\n",
            "path = \"evidence/hr/roster.csv\"\n",
        );
    });
}

#[test]
fn a_column_was_renamed() {
    in_evidence("renamed_column", |copy| {
        copy.replace(MANIFEST, "id = \"指定番号\"", "id = \"指定No\"");
    });
}

#[test]
fn a_file_is_absent() {
    in_evidence("absent_file", |copy| {
        let file = copy.root().join("examples/minato/evidence/contract/permits.csv");
        std::fs::remove_file(file).expect("a file to remove");
    });
}

#[test]
fn a_file_was_cut() {
    in_evidence("cut_file", |copy| {
        copy.change("examples/minato/evidence/contract/designations.csv", |bytes| {
            let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
            lines[..lines.len() / 2].concat()
        });
    });
}

#[test]
fn a_day_of_an_export_is_not_in_the_calendar() {
    in_evidence("no_such_day", |copy| {
        copy.replace("examples/minato/evidence/training/plan.csv", "2026/5/20", "令和8年2月30日");
    });
}

#[test]
fn a_row_has_a_field_too_many() {
    in_evidence("field_too_many", |copy| {
        copy.change("examples/minato/evidence/contract/permits.csv", |bytes| {
            let text = String::from_utf8(bytes).expect("UTF-8");
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines[2].push_str(",余分");
            lines.join("\n").into_bytes()
        });
    });
}

#[test]
fn an_export_is_stale() {
    in_evidence("stale_export", |copy| {
        copy.replace(
            MANIFEST,
            "path = \"evidence/hr/roster.csv\"\nencoding = \"cp932\"\ncollected = \"2026-11-20 08:00\"",
            "path = \"evidence/hr/roster.csv\"\nencoding = \"cp932\"\ncollected = \"2026-09-20 08:00\"",
        );
    });
}

#[test]
fn a_line_of_json_is_broken() {
    in_evidence("broken_json", |copy| {
        copy.change("examples/minato/evidence/access/access-2026-05.jsonl", |bytes| {
            let text = String::from_utf8(bytes).expect("UTF-8");
            text.replacen("\"ts\":", "\"ts\" ", 1).into_bytes()
        });
    });
}

#[test]
fn a_month_of_a_log_is_absent() {
    in_evidence("absent_month", |copy| {
        let file = copy.root().join("examples/minato/evidence/access/access-2026-07.jsonl");
        std::fs::remove_file(file).expect("a file to remove");
    });
}

#[test]
fn two_rows_of_one_key_contradict_each_other() {
    in_evidence("contradicting_rows", |copy| {
        copy.replace("examples/minato/evidence/contract/permits.csv", "\n許可-02,", "\n許可-01,");
    });
}

#[test]
fn a_word_is_not_mapped() {
    in_evidence("unmapped_word", |copy| {
        copy.replace(
            "examples/minato/evidence/directory/accounts.csv",
            "e0002,個人,E0002,,TRUE",
            "e0002,個人,E0002,,有効",
        );
    });
}

#[test]
fn a_cell_that_must_be_filled_is_blank() {
    let copy = Copy::new();
    copy.replace(
        "examples/minato/evidence/directory/accounts.csv",
        "e0002,個人,E0002,,TRUE",
        "e0002,個人,E0002,,",
    );
    let answer = kijun_in(copy.root(), &[], &judged("examples/minato", &[]));
    assert!(
        answer.stdout.contains("利用者ID: 「有効」の分からない行が1件ある（不明として扱った）"),
        "{}",
        answer.stdout
    );
}

#[test]
fn a_file_is_empty() {
    in_evidence("empty_file", |copy| {
        copy.change("examples/minato/evidence/directory/rights.csv", |_| Vec::new());
    });
}

#[test]
fn evidence_of_another_month_lies_in_a_file() {
    in_evidence("wrong_month", |copy| {
        let folder = copy.root().join("examples/minato/evidence/access");
        std::fs::copy(folder.join("access-2026-06.jsonl"), folder.join("access-2026-05.jsonl"))
            .expect("a copy");
    });
}
