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
