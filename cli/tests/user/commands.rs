//! `check`, `test`, `explain`, `fmt`: what they say and how they end.

use crate::session::{Copy, kijun, kijun_in};

#[test]
fn check_counts_and_warns() {
    let copy = Copy::without_section8();
    let answer = kijun_in(copy.root(), &[], &["check", "rulesets"]);
    let english = kijun_in(copy.root(), &[], &["check", "--lang", "en", "rulesets"]);
    assert_eq!([answer.code, english.code], [0, 0]);
    insta::assert_snapshot!(answer.stderr);
    insta::assert_snapshot!("check_in_english", english.stderr);
    let counts = answer.stdout.trim_end();
    assert!(counts.starts_with("義務 76（規則のあるもの 75） · 規則 "), "{counts}");
    assert!(!counts.ends_with(" · 注意 0"), "{counts}");
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
    assert_eq!(code.code, 0);
    assert!(code.stdout.starts_with("KJ0203 エラー  値がない場合が扱われていない\n"), "{}", code.stdout);
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

#[test]
fn fmt_leaves_alone_what_a_ruleset_uses_from_elsewhere() {
    let copy = Copy::new();
    let file = "rulesets/facts/people.kijun";
    copy.change(file, |bytes| {
        String::from_utf8(bytes).expect("UTF-8").replace("  key id:", "      key   id :").into_bytes()
    });
    let before = std::fs::read_to_string(copy.root().join(file)).expect("a ruleset");
    let standard = ["fmt", "rulesets/anzen-kanri"];
    assert_eq!(kijun_in(copy.root(), &[], &standard).code, 0);
    let japanese = ["fmt", "--spelling", "ja", "rulesets/anzen-kanri"];
    assert_eq!(kijun_in(copy.root(), &[], &japanese).code, 0);
    assert_eq!(std::fs::read_to_string(copy.root().join(file)).expect("a ruleset"), before);
}

#[test]
fn doc_says_rules_as_sentences() {
    let copy = Copy::new();
    std::fs::write(copy.root().join("small.kijun"), SMALL).expect("a ruleset");
    let words = ["doc", "--rules", "small.kijun"];
    let answer = kijun_in(copy.root(), &[], &words);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(answer.stdout.contains("従業者のそれぞれについて、退職日がないこと。"), "{}", answer.stdout);
    let english = kijun_in(copy.root(), &[("KIJUN_LANG", "en")], &words);
    assert!(english.stdout.contains("For each person, it is required that its “left” is absent."));
}

#[test]
fn doc_writes_a_page_whole_or_not_at_all() {
    let copy = Copy::new();
    let root = copy.root();
    std::fs::write(root.join("small.kijun"), SMALL).expect("a ruleset");
    let answer = kijun_in(root, &[], &["doc", "--html", "out/doc", "--rules", "small.kijun"]);
    assert_eq!((answer.code, answer.stdout.as_str()), (0, ""), "{}", answer.stderr);
    let page = std::fs::read_to_string(root.join("out/doc/index.html")).expect("a page");
    assert!(page.contains("退職日がないこと。") && page.ends_with("</html>\n"));
    std::fs::write(root.join("file"), "").expect("a file");
    assert_eq!(kijun_in(root, &[], &["doc", "--html", "file", "--rules", "small.kijun"]).code, 2);
    std::fs::write(root.join("none.kijun"), "enum way \"入退\" { enter \"入室\", leave \"退室\" }\n")
        .expect("a ruleset");
    assert_eq!(kijun_in(root, &[], &["doc", "--rules", "none.kijun"]).code, 2);
}

/// The bytes of all rules, by path.
fn rules(copy: &Copy) -> Vec<(std::path::PathBuf, String)> {
    let folders =
        ["anzen-kanri", "controls", "facts"].map(|folder| copy.root().join("rulesets").join(folder));
    let files = folders.iter().flat_map(|folder| std::fs::read_dir(folder).expect("a folder"));
    let mut files: Vec<_> = files.map(|file| file.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "kijun"));
    files.sort();
    let read = |file: std::path::PathBuf| {
        let text = std::fs::read_to_string(&file).expect("a ruleset");
        (file, text)
    };
    files.into_iter().map(read).collect()
}

#[test]
fn fmt_turns_one_spelling_into_the_other_and_back() {
    let copy = Copy::new();
    let english = rules(&copy);
    let japanese = kijun_in(copy.root(), &[], &["fmt", "--spelling", "ja", "rulesets"]);
    assert_eq!((japanese.code, japanese.stderr.as_str()), (0, ""), "{}", japanese.stdout);
    let written = rules(&copy);
    assert!(written.iter().zip(&english).all(|(written, english)| written.1 != english.1));
    let section = written.iter().find(|(path, _)| path.ends_with("section3.kijun")).expect("a ruleset");
    insta::assert_snapshot!("section3_in_japanese", section.1);
    assert_eq!(kijun_in(copy.root(), &[], &["test", "rulesets"]).code, 0);
    assert_eq!(kijun_in(copy.root(), &[], &["fmt", "--check", "rulesets"]).code, 0);
    assert_eq!(kijun_in(copy.root(), &[], &["fmt", "--check", "--spelling", "en", "rulesets"]).code, 1);
    assert_eq!(kijun_in(copy.root(), &[], &["fmt", "--spelling", "en", "rulesets"]).code, 0);
    assert_eq!(rules(&copy), english);
    assert_eq!(kijun_in(copy.root(), &[], &["fmt", "--spelling", "ja", "rulesets"]).code, 0);
    assert_eq!(rules(&copy), written);
}

#[test]
fn fmt_leaves_the_spelling_of_all_files_where_one_cannot_be_checked() {
    let copy = Copy::new();
    let file = "rulesets/anzen-kanri/section3.kijun";
    for wrong in ["\nrule {", "\ndefine wrong(p: employee) = p.absent == 1\n"] {
        let sound = std::fs::read(copy.root().join(file)).expect("a ruleset");
        copy.change(file, |bytes| [bytes, wrong.as_bytes().to_vec()].concat());
        let before = rules(&copy);
        let answer = kijun_in(copy.root(), &[], &["fmt", "--spelling", "ja", "rulesets"]);
        assert_eq!((answer.code, answer.stdout.as_str()), (2, ""), "{}", answer.stderr);
        assert!(answer.stderr.contains("section3.kijun:"), "{}", answer.stderr);
        assert_eq!(rules(&copy), before);
        copy.change(file, |_| sound);
    }
}
