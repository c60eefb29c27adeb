//! Runs the tests of a ruleset, and says how much they show.

mod coverage;
mod evidence;
mod expectation;
mod mutation;

#[cfg(test)]
mod tests;

use kijun_eval::{Evidence, Occasion, Snapshot, prove_all};
use kijun_ir::{Expr, IndexVec, Program, Rule, RuleId, Test};
use kijun_source::{Bilingual, Span};

pub use coverage::{ConditionCoverage, RuleCoverage, Seen, measure_coverage};
pub use mutation::{Change, Fate, MutantOutcome, RuleMutants, run_mutants};

/// What came of one test.
#[derive(Debug, Clone)]
pub struct TestOutcome {
    /// What the test shows.
    pub label: String,
    /// The name of the rule under test.
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
        Self { test, evidence: evidence::evidence(program, test), occasion }
    }

    /// The cases of one rule, in the order of the files.
    fn of_rule(program: &'a Program, rule: RuleId) -> Vec<Self> {
        program.tests.iter().filter(|test| test.rule == rule).map(|test| Self::new(program, test)).collect()
    }

    /// The evidence as it counts for the only rule of `program`.
    fn snapshot<'s>(&'s self, program: &'s Program) -> Snapshot<'s> {
        Snapshot::new(program, &self.evidence, self.occasion)
    }
}

/// Runs every test of a program, in the order of the files.
pub fn run_tests(program: &Program) -> Vec<TestOutcome> {
    program.tests.iter().map(|test| run_test(program, test)).collect()
}

fn run_test(program: &Program, test: &Test) -> TestOutcome {
    let rule = &program.rules[test.rule];
    let case = Case::new(program, test);
    let only_rule = program_of(program, rule.clone());
    let snapshot = case.snapshot(&only_rule);
    // Both evaluators judge: a test is also a case for their agreement.
    let outcome = kijun_eval::evaluate(&snapshot);
    let proven = prove_all(&snapshot);
    let mut failures = expectation::failures(test, &snapshot, &outcome.rules[ONLY]);
    if outcome != proven {
        let text = Bilingual::new(
            "列評価と行ごとの証明が食い違う（kijun の不具合）",
            "the two evaluators differ: a defect of kijun",
        );
        failures.push(Failure { span: test.span, text });
    }
    TestOutcome { label: test.label.clone(), rule: rule.name.clone(), span: test.span, failures }
}

/// A program with what judging one rule needs, and nothing else.
fn program_of(program: &Program, rule: Rule) -> Program {
    Program {
        zone: program.zone.clone(),
        standards: Vec::new(),
        sections: IndexVec::new(),
        criteria: IndexVec::new(),
        duties: IndexVec::new(),
        enums: program.enums.clone(),
        facts: program.facts.clone(),
        params: program.params.clone(),
        rules: std::iter::once(rule).collect(),
        tests: Vec::new(),
    }
}

/// Whether one of the parts of a conjunction is an end of a range `x in a to b`, whose two ends are written as one.
fn is_end_of_range(part: &Expr, parts: &[Expr]) -> bool {
    parts.iter().filter(|other| other.span == part.span).count() > 1
}
