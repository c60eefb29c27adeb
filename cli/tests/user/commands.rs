//! `check`, `test`, `explain`, `fmt`: what they say and how they end.

use crate::session::{Copy, kijun, kijun_in};

#[test]
fn check_counts_and_warns() {
    let answer = kijun(&["check", "rulesets"]);
    assert_eq!(answer.code, 0);
    insta::assert_snapshot!(answer.stdout);
    let english = kijun(&["check", "--lang", "en", "rulesets"]);
    assert_eq!(english.code, 0);
    insta::assert_snapshot!("check_in_english", english.stdout);
}

#[test]
fn a_test_that_fails_says_what_came_out() {
    let copy = Copy::new();
    let folder = copy.root().join("small");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::write(folder.join("small.kijun"), SMALL).expect("a ruleset");
    let answer = kijun_in(copy.root(), &[], &["test", "small"]);
    assert_eq!(answer.code, 1);
    insta::assert_snapshot!(answer.shown());
    std::fs::write(folder.join("small.kijun"), SMALL.replace("violated \"甲\"", "violated \"乙\""))
        .expect("a ruleset");
    assert_eq!(kijun_in(copy.root(), &[], &["test", "small"]).code, 0);
    std::fs::write(folder.join("small.kijun"), SMALL.replace("p.left is none", "p.lefd is none"))
        .expect("a ruleset");
    assert_eq!(kijun_in(copy.root(), &[], &["test", "small"]).code, 2);
    assert_eq!(kijun_in(copy.root(), &[], &["test", "absent"]).code, 2);
}

pub(crate) const SMALL: &str = r#"standard small "小さな基準" {
  section "1" "一" {
    criterion "1" {
      text "在籍していること。"
      duty a "在籍していること"
    }
  }
}

state person "従業者" {
  key id: text "番号"
  left: date? "退職日"
  fresh within 31 days
}

rule employed "在籍" {
  covers   "1a"
  for each p in person
  require  p.left is none
  message  "{p.id} は {p.left} に退職した"
}

test "退職した者は不適合" for employed {
  period 2026-04-01 to 2026-04-30
  person { id: "甲" }
  person { id: "乙", left: 2026-04-10 }
  expect met 1, violated "甲"
}
"#;

fn explained(arguments: &[&str]) -> crate::session::Answer {
    let mut words = vec!["explain"];
    words.extend(arguments);
    words.extend(["--workspace", "examples/minato", "--period", "2026年度", "--as-of", "2026-11-23"]);
    kijun(&words)
}

#[test]
fn explain_leads_back_to_file_and_line() {
    let answer = explained(&["escort_named", "--subject", "V2026-008"]);
    assert_eq!(answer.code, 0);
    insta::assert_snapshot!(answer.stdout);
}

#[test]
fn explain_shows_what_came_nearest() {
    let answer = explained(&["5(12)a", "--subject", "W-02"]);
    assert_eq!(answer.code, 0);
    insta::assert_snapshot!(answer.stdout);
}

#[test]
fn explain_names_the_evidence_that_is_missing() {
    let answer = explained(&["protection_installed", "--subject", "PC-021"]);
    assert_eq!(answer.code, 0);
    insta::assert_snapshot!(answer.stdout);
}

#[test]
fn explain_suggests_the_nearest_name() {
    let rule = explained(&["escort_namde"]);
    let subject = explained(&["escort_named", "--subject", "V2026-08"]);
    let list = explained(&["escort_named"]);
    assert_eq!([rule.code, subject.code, list.code], [2, 2, 2]);
    insta::assert_snapshot!(format!("{}\n{}\n{}", rule.stderr, subject.stderr, list.stderr));
    let code = kijun(&["explain", "KJ0203"]);
    assert_eq!((code.code, code.stdout.as_str()), (0, "KJ0203  値がない場合が扱われていない\n"));
}

#[test]
fn fmt_changes_what_is_not_in_order_and_nothing_else() {
    let copy = Copy::new();
    assert_eq!(kijun_in(copy.root(), &[], &["fmt", "--check", "rulesets"]).code, 0);
    let file = "rulesets/facts/people.kijun";
    let before = std::fs::read_to_string(copy.root().join(file)).expect("a ruleset");
    copy.change(file, |bytes| {
        String::from_utf8(bytes).expect("UTF-8").replace("  key id:", "      key   id :").into_bytes()
    });
    let checked = kijun_in(copy.root(), &[], &["fmt", "--check", "rulesets"]);
    assert_eq!(checked.code, 1);
    insta::assert_snapshot!(checked.shown());
    assert_eq!(kijun_in(copy.root(), &[], &["fmt", "rulesets"]).code, 0);
    assert_eq!(std::fs::read_to_string(copy.root().join(file)).expect("a ruleset"), before);
    copy.change(file, |bytes| [bytes, b"\nrule {".to_vec()].concat());
    assert_eq!(kijun_in(copy.root(), &[], &["fmt", "rulesets"]).code, 2);
}
