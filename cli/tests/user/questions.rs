//! `kijun explain`: what else may be asked than why one subject has its verdict.

use std::path::Path;

use crate::session::{Answer, Copy, kijun, kijun_in, repository};

fn explained(arguments: &[&str]) -> Answer {
    explained_in(&repository(), arguments)
}

fn explained_in(root: &Path, arguments: &[&str]) -> Answer {
    let mut words = vec!["explain"];
    words.extend(arguments);
    words.extend(["--workspace", "examples/minato", "--period", "2026年度", "--as-of", "2026-11-23"]);
    kijun_in(root, &[], &words)
}

#[test]
fn a_rule_about_the_organisation_needs_no_subject() {
    let answer = explained(&["4(2)f", "--lang", "en"]);
    assert_eq!(answer.code, 0);
    insta::assert_snapshot!(answer.shown());
}

#[test]
fn a_criterion_stands_for_all_its_rules() {
    let answer = explained(&["5(9)", "--subject", "PC-001"]);
    assert_eq!(answer.code, 0);
    insta::assert_snapshot!(answer.shown());
}

#[test]
fn rules_that_need_a_subject_are_not_passed_over() {
    let answer = explained(&["8"]);
    assert_eq!(answer.code, 0);
    assert!(answer.stdout.contains("法令等一覧の整備"), "{}", answer.stdout);
    let rules: Vec<&str> = answer.stderr.lines().filter(|line| !line.starts_with(' ')).collect();
    insta::assert_snapshot!(rules.join("\n"));
}

#[test]
fn a_duty_without_a_rule_is_undetermined_for_that() {
    let copy = Copy::without_section8();
    let criterion = explained_in(copy.root(), &["8"]);
    let duty = explained_in(copy.root(), &["--lang", "en", "8a"]);
    assert_eq!([criterion.code, duty.code], [0, 0]);
    insta::assert_snapshot!(criterion.shown() + &duty.shown());
}

#[test]
fn what_cannot_be_explained_ends_with_two() {
    let without_dates = kijun(&["explain", "escort_named", "--workspace", "examples/minato"]);
    let answers = [
        without_dates,
        explained(&["KJ9999"]),
        explained(&["12(1)"]),
        explained(&["5(12)", "--subject", "W-09"]),
        explained(&["--lang", "en", "escort_namde"]),
    ];
    for answer in &answers {
        assert_eq!((answer.code, answer.stdout.as_str()), (2, ""), "{}", answer.stderr);
    }
    insta::assert_snapshot!(answers.map(|answer| answer.stderr).join("\n"));
}

#[test]
fn where_there_is_nobody_to_judge_that_is_what_is_missing() {
    let arguments = ["explain", "registry_agrees", "--missing", "--workspace", "examples/hinode"];
    let answer = kijun(&[&arguments[..], &["--period", "2026年度", "--as-of", "2026-11-23"]].concat());
    assert_eq!(answer.code, 0);
    insta::assert_snapshot!(answer.stdout);
}
