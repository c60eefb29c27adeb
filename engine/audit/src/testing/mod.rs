//! Runs the tests of a ruleset, and says how much they show.

mod coverage;
mod evidence;
mod expectation;
mod mutation;
mod survivors;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use kijun_eval::{Evidence, Occasion, Outcome, Snapshot, evaluate, prove_all};
use kijun_ir::{Expr, Program, Question, Rule, RuleId, Test};
use kijun_source::{Bilingual, Span};
use rayon::prelude::*;

pub use coverage::{
    ConditionCoverage, DutyCoverage, RelationCoverage, RuleCoverage, Seen, measure_coverage, measure_duties,
    measure_relations,
};
pub use mutation::{Change, Fate, MutantOutcome, RuleMutants, run_mutants};
pub use survivors::{Explained, MutantName, Reasons, Unnoticed, explain_mutants, read_reasons};

/// What came of one test.
#[derive(Debug, Clone)]
pub struct TestOutcome {
    /// What the test shows.
    pub label: String,
    /// The name of the rule under test; empty where conditions are asked.
    pub rule: String,
    /// Where the test is declared.
    pub span: Span,
    /// What came out otherwise than expected; empty where the test passed.
    pub failures: Vec<Failure>,
}

/// An expectation that was not fulfilled.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The expectation; the test itself for verdicts that nothing expected.
    pub span: Span,
    /// What was expected and what came out.
    pub text: Bilingual,
}

/// The rule under test in a program that has no other.
const ONLY: RuleId = RuleId(0);

/// A test with the evidence that it makes.
struct Case<'a> {
    test: &'a Test,
    evidence: Evidence,
    occasion: Occasion,
}

impl<'a> Case<'a> {
    fn new(program: &Program, test: &'a Test) -> Self {
        let (period_start, period_end) = test.period;
        let occasion = Occasion { today: test.today, period_start, period_end };
        Self { test, evidence: evidence::evidence(&settled(program, test), test), occasion }
    }

    /// The cases of one rule, in the order of the files.
    fn of_rule(program: &'a Program, rule: RuleId) -> Vec<Self> {
        program
            .tests
            .iter()
            .filter(|test| test.rule == Some(rule))
            .map(|test| Self::new(program, test))
            .collect()
    }

    /// The program with the parameters as the test sets them.
    fn settled<'p>(&self, program: &'p Program) -> Cow<'p, Program> {
        settled(program, self.test)
    }

    /// The evidence as it counts for the only rule of `program`.
    fn snapshot<'s>(&'s self, program: &'s Program) -> Snapshot<'s> {
        Snapshot::new(program, &self.evidence, self.occasion)
    }

    /// The same, with relations derived row by row.
    fn plain<'s>(&'s self, program: &'s Program) -> Snapshot<'s> {
        Snapshot::plain(program, &self.evidence, self.occasion)
    }
}

/// A program with the parameters as a test sets them.
fn settled<'p>(program: &'p Program, test: &Test) -> Cow<'p, Program> {
    let mut settled = Cow::Borrowed(program);
    for (param, value) in &test.params {
        settled.to_mut().set_param(*param, value.clone());
    }
    settled
}

/// Runs every test of a program, in the order of the files.
pub fn run_tests(program: &Program) -> Vec<TestOutcome> {
    let tested: BTreeSet<RuleId> = program.tests.iter().filter_map(|test| test.rule).collect();
    let alone: BTreeMap<RuleId, Program> =
        tested.into_iter().map(|rule| (rule, program_of(program, program.rules[rule].clone()))).collect();
    program.tests.par_iter().map(|test| run_test(program, &alone, test)).collect()
}

/// `alone` has, by rule, a program of that rule only.
fn run_test(program: &Program, alone: &BTreeMap<RuleId, Program>, test: &Test) -> TestOutcome {
    let case = Case::new(program, test);
    let mut failures = Vec::new();
    if let Some(only_rule) = test.rule.and_then(|rule| alone.get(&rule)) {
        let only_rule = case.settled(only_rule);
        let (snapshot, plain) = (case.snapshot(&only_rule), case.plain(&only_rule));
        let outcome = evaluate(&snapshot);
        failures.extend(expectation::failures(test, &snapshot, &outcome.rules[ONLY]));
        failures.extend(difference(&outcome, &prove_all(&plain), test.span));
    }
    failures.extend(test.questions.iter().flat_map(|question| asked(program, &case, question)));
    let name = test.rule.map_or_else(String::new, |rule| program.rules[rule].name.clone());
    TestOutcome { label: test.label.clone(), rule: name, span: test.span, failures }
}

/// Asks a condition of the evidence of a test.
fn asked(program: &Program, case: &Case<'_>, question: &Question) -> Vec<Failure> {
    let only_question = program_of(program, question.rule.clone());
    let only_question = case.settled(&only_question);
    let (snapshot, plain) = (case.snapshot(&only_question), case.plain(&only_question));
    let outcome = evaluate(&snapshot);
    let different = difference(&outcome, &prove_all(&plain), question.rule.require.span);
    expectation::answer(question, &outcome.rules[ONLY]).into_iter().chain(different).collect()
}

/// Both evaluators judge: a test is also a case for their agreement.
fn difference(by_columns: &Outcome, by_rows: &Outcome, span: Span) -> Option<Failure> {
    let text = Bilingual::new(
        "列評価と行ごとの証明が食い違う（kijun の不具合）",
        "the two evaluators differ: a defect of kijun",
    );
    (by_columns != by_rows).then_some(Failure { span, text })
}

/// A program with what judging one rule needs, and nothing else.
fn program_of(program: &Program, rule: Rule) -> Program {
    Program {
        enums: program.enums.clone(),
        facts: program.facts.clone(),
        relations: program.relations.clone(),
        params: program.params.clone(),
        rules: std::iter::once(rule).collect(),
        ..Program::new(program.calendar.clone())
    }
}

/// Whether one of the parts of a conjunction is an end of a range `x in a to b`, whose two ends are written as one.
fn is_end_of_range(part: &Expr, parts: &[Expr]) -> bool {
    parts.iter().filter(|other| other.span == part.span).count() > 1
}
