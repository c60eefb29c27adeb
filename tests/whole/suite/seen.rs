//! What the cases show, and which way it comes out there.
//!
//! A kind of expression or a clause comes out *so* where it stands in what is expected to be true, or in a rule of which a test expects a subject, or the
//! whole, to be met; *otherwise* where it stands in what is expected to be false, or in a rule of which a test expects that something is violated.
//! What stands in the definitions and relations that an expression names stands in the expression.

use std::collections::{BTreeMap, BTreeSet};

use kijun_syntax::ast::{
    Answer, ClauseKind, Expectation, Expr, ExprKind, ItemKind, Name, Relation, Rows, Rule, Source, Test,
    TestClause,
};

use super::read::Read;
use super::tree::{clause, names_of, names_of_rows};

/// The two ways in which something may come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    So,
    Otherwise,
}

/// What was seen, with the ways in which it came out.
#[derive(Default)]
pub(super) struct Seen(BTreeMap<String, BTreeSet<Way>>);

impl Seen {
    pub(super) fn add(&mut self, what: &str, way: Way) {
        self.0.entry(what.to_owned()).or_default().insert(way);
    }

    /// What of these is not seen both ways, with what is missing.
    pub(super) fn lacks<'a>(&self, all: impl IntoIterator<Item = &'a str>) -> Vec<String> {
        let mut lacks = Vec::new();
        for what in all {
            for (way, missing) in [(Way::So, "true or met"), (Way::Otherwise, "false or violated")] {
                if !self.0.get(what).is_some_and(|ways| ways.contains(&way)) {
                    lacks.push(format!("{what}: add a case in which it comes out {missing}"));
                }
            }
        }
        lacks
    }

    /// Adds what the tests of a sound case show.
    pub(super) fn add_tests(&mut self, read: &Read) {
        let declared = Declared::of(read);
        for test in &declared.tests {
            for (way, exprs) in declared.shown(test) {
                exprs.names.iter().for_each(|name| self.add(name, way));
            }
        }
    }
}

/// The declarations of a case by their names and labels.
#[derive(Default)]
struct Declared<'a> {
    defines: BTreeMap<&'a str, &'a Expr>,
    relations: BTreeMap<&'a str, &'a Relation>,
    rules: BTreeMap<&'a str, &'a Rule>,
    tests: Vec<&'a Test>,
}

/// The names of kinds that were gathered, and the declarations that were gone through.
#[derive(Default)]
struct Gathered<'a> {
    names: BTreeSet<&'static str>,
    known: BTreeSet<&'a str>,
}

impl<'a> Declared<'a> {
    fn of(read: &'a Read) -> Self {
        let mut declared = Self::default();
        let items = read.units.iter().flat_map(|unit| &unit.files).flat_map(|file| &file.items);
        for item in items {
            match &item.kind {
                ItemKind::Define(define) => {
                    declared.defines.insert(&define.name.text, &define.body);
                }
                ItemKind::Relation(relation) => {
                    let label = relation.label.as_ref().map(|label| label.value.as_str());
                    for word in label.into_iter().chain([relation.name.text.as_str()]) {
                        declared.relations.insert(word, relation);
                    }
                }
                ItemKind::Rule(rule) => {
                    declared.rules.insert(&rule.label.value, rule);
                    declared.rules.insert(&rule.name.text, rule);
                }
                ItemKind::Test(test) => declared.tests.push(test),
                _ => {}
            }
        }
        declared
    }

    /// What each expectation of a test shows.
    fn shown(&self, test: &'a Test) -> Vec<(Way, Gathered<'a>)> {
        let mut shown = Vec::new();
        for written in &test.clauses {
            match written {
                TestClause::Ask(Answer::True, asked) => shown.push((Way::So, self.asked(asked))),
                TestClause::Ask(Answer::False, asked) => shown.push((Way::Otherwise, self.asked(asked))),
                TestClause::Expect(expectations) => {
                    let ways: BTreeSet<Way> = expectations.iter().filter_map(way).collect();
                    let rule = test.rule.as_ref().and_then(|name| self.rules.get(name.text.as_str()));
                    shown.extend(
                        rule.into_iter().flat_map(|rule| ways.iter().map(|way| (*way, self.judged(rule)))),
                    );
                }
                _ => {}
            }
        }
        shown
    }

    fn asked(&self, expr: &'a Expr) -> Gathered<'a> {
        let mut gathered = Gathered::default();
        self.gather(expr, &mut gathered);
        gathered
    }

    fn judged(&self, rule: &'a Rule) -> Gathered<'a> {
        let mut gathered = Gathered::default();
        for written in &rule.clauses {
            gathered.names.insert(clause(&written.kind));
            match &written.kind {
                ClauseKind::ForEach { rows, .. } | ClauseKind::Excused(rows) => {
                    self.gather_rows(rows, &mut gathered)
                }
                ClauseKind::ForEachPair { condition, .. } => {
                    condition.iter().for_each(|condition| self.gather(condition, &mut gathered));
                }
                ClauseKind::Needs(expr) | ClauseKind::Require(expr) | ClauseKind::Due(expr) => {
                    self.gather(expr, &mut gathered);
                }
                ClauseKind::Covers(_)
                | ClauseKind::Severity(_)
                | ClauseKind::Judged(_)
                | ClauseKind::Message(_)
                | ClauseKind::Remedy(_) => {}
            }
        }
        gathered
    }

    fn gather(&self, expr: &'a Expr, gathered: &mut Gathered<'a>) {
        gathered.names.extend(names_of(expr));
        match &expr.kind {
            ExprKind::Call(name, _) => self.gather_definition(name, gathered),
            ExprKind::Some(rows)
            | ExprKind::No(rows)
            | ExprKind::Count(rows)
            | ExprKind::Every(rows, _)
            | ExprKind::Aggregate(_, _, rows) => self.gather_relation(&rows.source, gathered),
            _ => {}
        }
        expr.children().into_iter().for_each(|part| self.gather(part, gathered));
    }

    fn gather_rows(&self, rows: &'a Rows, gathered: &mut Gathered<'a>) {
        gathered.names.extend(names_of_rows(rows));
        self.gather_relation(&rows.source, gathered);
        rows.children().into_iter().for_each(|part| self.gather(part, gathered));
    }

    fn gather_definition(&self, name: &'a Name, gathered: &mut Gathered<'a>) {
        if let Some(body) = self.defines.get(name.text.as_str())
            && gathered.known.insert(&name.text)
        {
            self.gather(body, gathered);
        }
    }

    fn gather_relation(&self, source: &'a Source, gathered: &mut Gathered<'a>) {
        let Source::Named(name) = source else { return };
        if let Some(relation) = self.relations.get(name.text.as_str())
            && gathered.known.insert(&name.text)
        {
            for branch in &relation.branches {
                branch.atoms.iter().for_each(|rows| self.gather_rows(rows, gathered));
                branch.condition.iter().chain(&branch.yields).for_each(|expr| self.gather(expr, gathered));
            }
        }
    }
}

/// Which way a rule comes out where this is expected of it.
fn way(expectation: &Expectation) -> Option<Way> {
    if expectation.count == Some(0) {
        return None;
    }
    match expectation.verdict.text.as_str() {
        "met" => Some(Way::So),
        "violated" => Some(Way::Otherwise),
        _ => None,
    }
}
