//! `eval`, `repl`, `explain --missing`, and how proofs of every kind read.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::session::{Answer, kijun, kijun_in, repository};

const EXAMPLE: [&str; 4] = ["--workspace", "examples/minato", "--as-of", "2026-11-23"];

fn asked(arguments: &[&str]) -> Answer {
    let mut words = vec!["eval"];
    words.extend(arguments);
    words.extend(EXAMPLE);
    kijun(&words)
}

/// What is explained of the workspace in `rooms`, which has a relation, pairs, a rule throughout the period, parts of the calendar.
fn explained(arguments: &[&str]) -> Answer {
    let mut words = vec!["explain"];
    words.extend(arguments);
    words.extend(["--workspace", "cli/tests/user/rooms", "--period", "2026年度", "--as-of", "2026-05-31"]);
    kijun(&words)
}

#[test]
fn conditions_and_values_are_answered() {
    let questions = [
        vec!["some e in employee where e.left is not none"],
        vec!["ある 従業者 e、e.退職日 が 空でない", "--lang", "en"],
        vec!["no e in employee where e.joined > today"],
        vec!["count e in entry_log where e.passed_at in 2026-08-01 to 2026-08-31 and e.zone == \"Z-03\""],
        vec!["件数 機器 a、a.種類 == サーバ"],
        vec!["covered(entry_log)"],
        vec!["max t.held_on over t in training_record where t.person == \"E0001\" and t.held_on in period"],
        vec![
            "latest (e.card_no else \"\") over e in entry_log where e.passed_at in 2026-11-09 to 2026-11-09 and e.zone == \"Z-02\"",
        ],
        vec!["period.end + 1 month"],
    ];
    let answers = questions.map(|question| asked(&question));
    for answer in &answers {
        assert_eq!(answer.code, 0, "{}", answer.stderr);
    }
    insta::assert_snapshot!(answers.map(|answer| answer.shown()).join("\n"));
}

#[test]
fn personal_values_are_masked_and_secret_ones_left_out() {
    let people = asked(&["some e in employee where e.department == \"D-00\""]).stdout;
    assert!(people.contains("氏名=＊＊＊") && !people.contains("架空"), "{people}");
    let cards = asked(&["some c in entry_card where c.zone == \"Z-01\"", "--json"]).stdout;
    let cards: serde_json::Value = serde_json::from_str(&cards).expect("JSON");
    assert_eq!(cards["answer"]["truth"], "true");
    assert!(cards["rows"]["listed"][0]["path"].is_string(), "{cards}");
}

#[test]
fn a_question_that_cannot_be_asked_ends_with_two() {
    let answers = [
        asked(&["some e in employee where e.nmae == \"x\""]),
        asked(&["ある 従業者 e、e.氏名 == 3"]),
        asked(&["count e in employee where (e.left is none", "--lang", "en"]),
        asked(&["1 + 2", "--period", "去年"]),
    ];
    for answer in &answers {
        assert_eq!((answer.code, answer.stdout.as_str()), (2, ""), "{}", answer.stderr);
    }
    insta::assert_snapshot!(answers.map(|answer| answer.stderr).join("\n"));
}

#[test]
fn a_conversation_needs_no_terminal_and_leaves_nothing_behind() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let lines = "count e in employee where\n  e.left is not none\n\n:fact 契約\n:explain protection_installed PC-021 --missing\n\
        :today 2026-13-01\n:nothing\n:period 2025年度\ncovered(access_log)\n(1 + \"a\")\n:quit\ntoday\n";
    let mut child = Command::new(env!("CARGO_BIN_EXE_kijun"))
        .arg("repl")
        .args(EXAMPLE)
        .current_dir(repository())
        .env_clear()
        .env("HOME", home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    child.stdin.take().expect("a pipe").write_all(lines.as_bytes()).expect("lines are taken");
    let output = child.wait_with_output().expect("the command ends by itself");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    let answer = Answer {
        code: output.status.code().expect("an exit code"),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    };
    assert_eq!(answer.code, 0);
    assert_eq!(std::fs::read_dir(home.path()).expect("a folder").count(), 0);
    insta::assert_snapshot!(answer.shown());
}

#[test]
fn proofs_of_every_kind_can_be_read() {
    let answers = [
        explained(&["entry_by_right", "--subject", "2026-05-30 09:00 P1 R1"]),
        explained(&["entry_by_right", "--subject", "2026-04-04 09:00 P3 R1"]),
        explained(&["locked", "--subject", "L2", "--why"]),
        explained(&["alternate", "--subject", "2026-04-04 09:00 P3 R1 → 2026-05-29 09:00 P3 R1"]),
        explained(&["monthly", "--subject", "2026-05"]),
        explained(&["all_named", "--subject", "R1 P2", "--lang", "en"]),
    ];
    for answer in &answers {
        assert_eq!(answer.code, 0, "{}", answer.stderr);
    }
    insta::assert_snapshot!(answers.map(|answer| answer.stdout).join("\n"));
}

#[test]
fn what_would_change_a_verdict_is_said_and_tried() {
    let answers = [
        explained(&["entry_by_right", "--subject", "2026-04-04 09:00 P3 R1", "--missing"]),
        explained(&["locked", "--missing"]),
        explained(&["locked", "--subject", "L3", "--missing", "--lang", "en"]),
        explained(&["monthly", "--missing", "--lang", "en"]),
        explained(&["all_named", "--subject", "R1 P2", "--missing"]),
        explained(&["alternate", "--missing"]),
    ];
    for answer in &answers {
        assert_eq!(answer.code, 0, "{}", answer.stderr);
    }
    insta::assert_snapshot!(answers.map(|answer| answer.stdout).join("\n"));
    let unknown = explained(&["all_named", "--subject", "R1 P9", "--missing"]);
    assert_eq!((unknown.code, unknown.stdout.as_str()), (2, ""));
}

#[test]
fn the_example_says_which_evidence_is_missing() {
    let missing = |rule| {
        let words = [
            "explain",
            rule,
            "--missing",
            "--workspace",
            "examples/minato",
            "--period",
            "2026年度",
            "--as-of",
            "2026-11-23",
        ];
        kijun(&words).stdout
    };
    let rules = ["trained_before_designation", "protection_installed", "access_log_kept", "4(2)"];
    insta::assert_snapshot!(rules.map(missing).join("\n"));
}

#[test]
fn a_workbook_to_fill_in_is_the_same_each_time() {
    let workbook = || {
        let output = Command::new(env!("CARGO_BIN_EXE_kijun"))
            .args(["schema", "employee", "--template", "xlsx", "--rules", "rulesets"])
            .current_dir(repository())
            .env_clear()
            .output()
            .expect("the command starts");
        assert_eq!(output.status.code(), Some(0));
        (output.stdout, String::from_utf8(output.stderr).expect("UTF-8"))
    };
    let (first, table) = workbook();
    assert!(first.starts_with(b"PK"));
    assert!(table.contains("[[source]]"), "{table}");
    assert_eq!(first, workbook().0);
}

#[test]
fn a_question_is_asked_in_a_workspace() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let answer = kijun_in(folder.path(), &[], &["eval", "today"]);
    assert_eq!((answer.code, answer.stdout.as_str()), (2, ""));
}
