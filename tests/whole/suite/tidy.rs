//! Holds the suite to the whole of the language: what no case shows is listed, with what to do.

use std::collections::{BTreeMap, BTreeSet};

use kijun_ir::{Cell, Kind, Verdict};
use kijun_syntax::Keyword;
use kijun_syntax::ast::{Builtin, ItemKind, Spelling, TestClause};

use super::assert_none;
use super::marks::marks;
use super::read::{Read, all, sound};
use super::seen::{Seen, Way};
use super::tree;

/// How many cases there must be at least.
const LEAST: usize = 400;

/// What the files of a case declare.
fn declarations(read: &Read) -> impl Iterator<Item = &ItemKind> {
    let files = read.units.iter().flat_map(|unit| &unit.files);
    files.flat_map(|file| &file.items).map(|item| &item.kind)
}

#[test]
fn there_are_enough_cases() {
    let count =
        |of_diagnostics: bool| all().iter().filter(move |(case, _)| case.of_diagnostics == of_diagnostics);
    let tests: usize = count(false).map(|(_, read)| read.program.tests.len()).sum();
    let diagnostics = count(true).count();
    assert!(tests >= LEAST, "{tests} tests and {diagnostics} cases of diagnostics: write more");
}

#[test]
fn every_title_is_there_once_in_a_case() {
    let mut twice = Vec::new();
    for read in sound() {
        let mut titles = BTreeSet::new();
        let repeated = read.program.tests.iter().filter(|test| !titles.insert(test.label.as_str()));
        twice.extend(
            repeated.map(|test| format!("{}: say what this one shows", read.sources.locate(test.span))),
        );
    }
    assert_none(twice);
}

#[test]
fn every_kind_of_expression_and_clause_comes_out_both_ways() {
    let mut seen = Seen::default();
    sound().for_each(|read| seen.add_tests(read));
    let functions = Builtin::ALL.iter().map(|function| function.spelling(Spelling::English));
    let lists = [
        tree::EXPRESSIONS,
        tree::OPERATORS,
        tree::AGGREGATES,
        tree::SOURCES,
        tree::MOMENTS,
        tree::UNITS,
        tree::CLAUSES,
    ];
    assert_none(seen.lacks(lists.concat().into_iter().chain(functions)));
}

#[test]
fn every_declaration_and_clause_occurs() {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for kind in all().iter().flat_map(|(_, read)| declarations(read)) {
        seen.insert(tree::item(kind));
        match kind {
            ItemKind::Attest(attest) => {
                seen.extend(attest.clauses.iter().map(|clause| tree::attest_clause(&clause.kind)))
            }
            ItemKind::Audit(audit) => {
                seen.extend(audit.clauses.iter().map(|clause| tree::audit_clause(&clause.kind)))
            }
            ItemKind::Test(test) => seen.extend(test.clauses.iter().map(tree::test_clause)),
            _ => {}
        }
    }
    let all = [tree::ITEMS, tree::ATTEST_CLAUSES, tree::AUDIT_CLAUSES, tree::TEST_CLAUSES].concat();
    let missing = all.into_iter().filter(|name| !seen.contains(name));
    assert_none(missing.map(|name| format!("{name}: add a case with it")).collect());
}

/// Each shortfall is in a test that it leaves without an answer and in one that it does not hinder.
#[test]
fn every_shortfall_hinders_and_does_not_hinder() {
    let mut seen = Seen::default();
    let tests = sound().flat_map(declarations).filter_map(|kind| match kind {
        ItemKind::Test(test) => Some(test),
        _ => None,
    });
    for test in tests {
        let verdicts = test.clauses.iter().flat_map(|clause| match clause {
            TestClause::Expect(expectations) => {
                expectations.iter().map(|one| one.verdict.text.as_str()).collect()
            }
            TestClause::Ask(..) => vec![tree::test_clause(clause)],
            _ => Vec::new(),
        });
        for verdict in verdicts {
            let open = verdict == "undetermined" || verdict == "`expect unknown`";
            let way = if open { Way::Otherwise } else { Way::So };
            test.clauses.iter().for_each(|clause| seen.add(tree::test_clause(clause), way));
        }
    }
    assert_none(seen.lacks([
        "`missing`",
        "`stale`",
        "`incomplete`",
        "`gap`",
        "`empty`",
        "a row of a test `at` a day",
    ]));
}

#[test]
fn every_verdict_is_expected() {
    let tests = sound().flat_map(|read| &read.program.tests);
    let expected: BTreeSet<Verdict> = tests.flat_map(|test| &test.expect).map(verdict).collect();
    let missing = Verdict::ALL.into_iter().filter(|verdict| !expected.contains(verdict));
    assert_none(missing.map(|verdict| format!("{}: add a test that expects it", verdict.name())).collect());
}

fn verdict(expectation: &kijun_ir::Expectation) -> Verdict {
    match expectation {
        kijun_ir::Expectation::Rule(verdict, _)
        | kijun_ir::Expectation::Count(verdict, ..)
        | kijun_ir::Expectation::Subjects(verdict, ..)
        | kijun_ir::Expectation::Between(verdict, ..) => *verdict,
    }
}

/// The evidence of tests holds values of each kind, and cells of each kind that nobody knows.
#[test]
fn every_kind_of_value_is_known_and_unknown() {
    let mut seen: BTreeMap<&str, BTreeSet<bool>> = BTreeMap::new();
    for read in sound() {
        for row in read.program.tests.iter().flat_map(|test| &test.rows) {
            for (cell, field) in row.cells.iter().zip(read.program.facts[row.fact].fields.values()) {
                if *cell != Cell::None {
                    seen.entry(kind_name(field.ty.kind)).or_default().insert(*cell == Cell::Unknown);
                }
            }
        }
    }
    let missing = KINDS.iter().filter(|kind| seen.get(**kind).is_none_or(|ways| ways.len() < 2));
    assert_none(
        missing
            .map(|kind| format!("{kind}: add a row with such a value, and one where it is unknown"))
            .collect(),
    );
}

const KINDS: [&str; 12] =
    ["text", "int", "decimal", "bool", "date", "datetime", "duration", "period", "ip", "cidr", "enum", "ref"];

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Int => "int",
        Kind::Decimal => "decimal",
        Kind::Bool => "bool",
        Kind::Date => "date",
        Kind::DateTime => "datetime",
        Kind::Duration => "duration",
        Kind::Period => "period",
        Kind::Ip => "ip",
        Kind::Cidr => "cidr",
        Kind::Enum(_) => "enum",
        Kind::Ref(_) => "ref",
    }
}

#[test]
fn every_code_is_reported_and_mended() {
    let (mut reported, mut mended) = (BTreeSet::new(), BTreeSet::new());
    for (case, read) in all().iter().filter(|(case, _)| case.of_diagnostics) {
        let marked: Vec<String> = read.sources.iter().flat_map(marks).map(|(code, ..)| code).collect();
        let name = case.path.rsplit('/').next().unwrap_or("").trim_end_matches(".kijun");
        if let Some(code) = name.strip_suffix("-ok").and_then(|name| name.get(..6)) {
            if marked.is_empty() {
                mended.insert(code.to_owned());
            }
        } else {
            reported.extend(marked);
        }
    }
    let codes = kijun_syntax::CODES.iter().chain(kijun_analysis::CODES).map(|code| code.id);
    let mut missing = Vec::new();
    for code in codes {
        for (found, ending) in [(&reported, ""), (&mended, "-ok")] {
            if !found.contains(code) {
                missing.push(format!("{code}: add tests/suite/diagnostics/{code}-WHAT{ending}.kijun"));
            }
        }
    }
    assert_none(missing);
}

#[test]
fn every_word_of_the_language_is_written_in_both_spellings() {
    let mut texts: BTreeMap<Spelling, String> = BTreeMap::new();
    for (_, read) in all() {
        let trees = read.units.iter().flat_map(|unit| &unit.files);
        for (tree, file) in trees.zip(read.sources.iter()) {
            texts.entry(tree.spelling).or_default().push_str(&words(&file.text));
        }
    }
    let mut missing = Vec::new();
    for spelling in Spelling::ALL {
        let text = texts.get(&spelling).map_or("", String::as_str);
        let keywords = Keyword::ALL.iter().map(|keyword| keyword.spelling(spelling));
        let functions = Builtin::ALL.iter().map(|function| function.spelling(spelling));
        for word in keywords.chain(functions).filter(|word| !is_written(text, word, spelling)) {
            missing.push(format!("`{word}`: add a case with it in the {spelling:?} spelling"));
        }
    }
    assert_none(missing);
}

/// Whether a text that went through [`words`] has these words. Japanese writes no space between a number and what follows it.
fn is_written(text: &str, word: &str, spelling: Spelling) -> bool {
    match spelling {
        Spelling::English => text.contains(&format!(" {word} ")),
        Spelling::Japanese => text.contains(word),
    }
}

/// The words of a file with one space between them, without its texts and comments.
fn words(text: &str) -> String {
    let mut words = String::from(" ");
    for line in text.lines() {
        let code = line.split("//").next().unwrap_or("");
        let outside = code.split('"').step_by(2);
        for word in outside.flat_map(|part| part.split(|c: char| !c.is_alphanumeric() && c != '_')) {
            if !word.is_empty() {
                words.push_str(word);
                words.push(' ');
            }
        }
    }
    words
}
