//! How much the tests of a ruleset show, and what build servers get of them.

use crate::commands::SMALL;
use crate::session::{Answer, kijun_in};

/// Runs `kijun test` on the small ruleset, whose one test passes or fails.
fn tested(passes: bool, arguments: &[&str]) -> (Answer, Option<String>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = if passes { SMALL.replace("violated \"甲\"", "violated \"乙\"") } else { SMALL.to_owned() };
    std::fs::write(folder.path().join("small.kijun"), text).expect("a ruleset");
    let mut words = vec!["test", "small.kijun"];
    words.extend(arguments);
    let answer = kijun_in(folder.path(), &[], &words);
    (answer, std::fs::read_to_string(folder.path().join("junit.xml")).ok())
}

#[test]
fn coverage_names_what_no_test_shows() {
    let (answer, _) = tested(true, &["--coverage"]);
    insta::assert_snapshot!(answer.shown());
}

#[test]
fn mutants_that_survive_are_shown_as_changes() {
    let (answer, _) = tested(true, &["--mutate"]);
    insta::assert_snapshot!(answer.shown());
}

/// Runs `kijun test --mutate` on the folder of the small ruleset, with a `survivors.toml` beside it.
fn mutated(survivors: &str, environment: &[(&str, &str)], arguments: &[&str]) -> Answer {
    mutated_with("", survivors, environment, arguments)
}

/// The same, of the small ruleset with one more rule.
fn mutated_with(rule: &str, survivors: &str, environment: &[(&str, &str)], arguments: &[&str]) -> Answer {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let rules = folder.path().join("small");
    std::fs::create_dir(&rules).expect("a folder of rules");
    let text = SMALL.replace("violated \"甲\"", "violated \"乙\"");
    std::fs::write(rules.join("small.kijun"), text + rule).expect("a ruleset");
    std::fs::write(rules.join("survivors.toml"), survivors).expect("reasons");
    let mut words = vec!["test", "small", "--mutate"];
    words.extend(arguments);
    kijun_in(folder.path(), environment, &words)
}

const SURVIVOR: &str = r#"[[survivor]]
rule = "employed"
condition = "for"
change = "`or none` を加える"
reason = "従業者のいない事業者はない。"
"#;

#[test]
fn a_survivor_is_shown_with_its_reason() {
    let answer = mutated(SURVIVOR, &[], &["--deny", "unexplained"]);
    assert_eq!(answer.code, 0, "{}", answer.shown());
    insta::assert_snapshot!(answer.shown());
    let english = mutated(SURVIVOR, &[("KIJUN_LANG", "en")], &[]);
    insta::assert_snapshot!(english.shown());
}

#[test]
fn survivors_without_a_reason_come_first() {
    let untested = r#"
rule still_here "在職" {
  covers   "1a"
  for each p in person
  require  p.left is none
  message  "{p.id} は退職した"
}
"#;
    let answer = mutated_with(untested, SURVIVOR, &[], &[]);
    assert_eq!(answer.code, 0);
    insta::assert_snapshot!(answer.shown());
}

#[test]
fn survivors_without_a_reason_may_be_denied() {
    assert_eq!(mutated("", &[], &[]).code, 0);
    let answer = mutated("", &[], &["--deny", "unexplained"]);
    assert_eq!(answer.code, 1);
    insta::assert_snapshot!(answer.shown());
    assert_eq!(mutated(SURVIVOR, &[], &["--threshold", "100"]).code, 1, "a reason notices nothing");
}

#[test]
fn a_reason_that_explains_no_survivor_leaves_no_answer() {
    let answer = mutated(&SURVIVOR.replace("を加える", "を除く"), &[], &[]);
    assert_eq!(answer.code, 2);
    insta::assert_snapshot!(answer.shown());
}

#[test]
fn reasons_that_cannot_be_read_are_reported_before_anything_is_changed() {
    let survivors = SURVIVOR.replace("従業者のいない事業者はない。", "").replace("change", "chnage");
    let answer = mutated(&survivors, &[], &[]);
    assert_eq!(answer.code, 2);
    insta::assert_snapshot!(answer.shown());
}

#[test]
fn denying_survivors_without_making_mutants_is_a_mistake() {
    assert_eq!(tested(true, &["--deny", "unexplained"]).0.code, 2);
    assert_eq!(tested(true, &["--mutate", "--deny", "everything"]).0.code, 2);
}

#[test]
fn a_threshold_decides_the_exit_code() {
    assert_eq!(tested(true, &["--coverage", "--threshold", "100"]).0.code, 0);
    assert_eq!(tested(true, &["--mutate", "--threshold", "50"]).0.code, 0);
    let (answer, _) = tested(true, &["--mutate", "--threshold", "100"]);
    assert_eq!(answer.code, 1);
    insta::assert_snapshot!(answer.stderr);
}

#[test]
fn a_threshold_of_nothing_is_a_mistake() {
    assert_eq!(tested(true, &["--threshold", "90"]).0.code, 2);
    assert_eq!(tested(true, &["--coverage", "--threshold", "101"]).0.code, 2);
}

#[test]
fn a_failing_test_is_reported_before_anything_is_measured() {
    let (answer, junit) = tested(false, &["--coverage", "--mutate", "--junit", "junit.xml"]);
    assert_eq!(answer.code, 1);
    assert!(!answer.stdout.contains("変異"), "{}", answer.stdout);
    insta::assert_snapshot!(junit.expect("a file for the build server"));
}

#[test]
fn a_file_that_cannot_be_written_is_no_success() {
    let (answer, junit) = tested(true, &["--junit", "absent/junit.xml"]);
    assert_eq!((answer.code, junit), (2, None));
}
