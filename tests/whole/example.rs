//! What comes out of the example.

use std::fmt::Write;

use kijun_ir::Verdict;
use kijun_source::Lang;

use crate::minato;

#[test]
fn the_screen_is_the_one_of_the_readme() {
    let record = minato::record(&minato::folder());
    insta::assert_snapshot!(kijun_pack::terminal::render(&record, Lang::Ja, 120));
}

#[test]
fn the_readme_shows_what_comes_out() {
    let readme = std::fs::read_to_string(minato::repository().join("README.md")).expect("a README");
    let shown = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a screen");
    let screen = kijun_pack::terminal::render(&minato::record(&minato::folder()), Lang::Ja, 120);
    for line in shown.lines().filter(|line| !line.trim().is_empty() && line.trim() != "…") {
        assert!(
            screen.lines().any(|real| real.trim_end() == line),
            "no such line comes out any more: {line}"
        );
    }
}

#[test]
fn each_rule_has_the_verdict_that_was_planted() {
    let record = minato::record(&minato::folder());
    let mut table = String::new();
    for rule in &record.rules {
        let counts = Verdict::ALL.map(|verdict| format!("{} {}", verdict.name(), rule.counts.get(verdict)));
        let _ = writeln!(
            table,
            "{} {} | {} | {}",
            rule.covers.join(" "),
            rule.name,
            rule.verdict.name(),
            counts.join(", ")
        );
        for subject in rule.subjects.iter().filter(|subject| subject.verdict == Verdict::Violated) {
            let _ = writeln!(table, "    {}", subject.name.text);
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn the_tests_of_the_rulesets_pass() {
    let paths = ["rulesets".to_owned()];
    let workspace = kijun_audit::open_rulesets(&minato::repository(), &paths);
    assert!(workspace.is_sound());
    let outcomes = kijun_audit::run_tests(&workspace.program);
    assert!(outcomes.len() > 100, "the rulesets have {} tests", outcomes.len());
    let failed: Vec<String> = outcomes
        .iter()
        .flat_map(|outcome| {
            outcome.failures.iter().map(|failure| format!("{}: {}", outcome.label, failure.text.ja))
        })
        .collect();
    assert_eq!(failed, Vec::<String>::new());
}

#[test]
fn no_personal_value_is_shown() {
    let record = minato::record(&minato::folder());
    let page = kijun_pack::html::render(&record).expect("a page");
    let json = kijun_pack::json::render(&record).expect("JSON");
    let screen = kijun_pack::terminal::render(&record, Lang::Ja, 120);
    let names = names_of_the_roster();
    assert_eq!(names.len(), 40);
    // Those who vouch are named in kijun.toml by their own declaration.
    let manifest = std::fs::read_to_string(minato::folder().join("kijun.toml")).expect("a manifest");
    for name in names.iter().filter(|name| !manifest.contains(*name)) {
        for (output, text) in [("page", &page), ("JSON", &json), ("screen", &screen)] {
            assert!(!text.contains(name.as_str()), "the {output} shows {name}");
        }
    }
}

/// The second column of the roster.
fn names_of_the_roster() -> Vec<String> {
    let bytes = std::fs::read(minato::folder().join("evidence/hr/roster.csv")).expect("a roster");
    let (text, _, broken) = encoding_rs::SHIFT_JIS.decode(&bytes);
    assert!(!broken);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let position =
        reader.headers().expect("a header").iter().position(|header| header == "氏名").expect("names");
    reader.records().map(|record| record.expect("a record")[position].to_owned()).collect()
}
