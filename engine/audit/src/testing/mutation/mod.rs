//! Changes a rule in small ways and asks whether a test notices.

mod change;
mod equivalence;
mod expression;
mod population;
mod refusal;
mod rule;

use std::panic::{AssertUnwindSafe, catch_unwind};

use kijun_eval::evaluate;
use kijun_ir::{Program, RuleId};
use kijun_source::Span;
use rayon::prelude::*;

use self::rule::Mutant;
use super::{Case, ONLY, expectation, program_of};

pub use self::change::Change;

/// The mutants of a rule and what became of them.
#[derive(Debug, Clone)]
pub struct RuleMutants {
    /// The rule.
    pub rule: RuleId,
    /// Its mutants, in the order of its parts.
    pub mutants: Vec<MutantOutcome>,
}

/// A mutant and what became of it.
#[derive(Debug, Clone)]
pub struct MutantOutcome {
    /// What was changed.
    pub span: Span,
    /// The condition that it stands in.
    pub condition: Span,
    /// How it was changed.
    pub change: Change,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// A test of the rule fails.
    Noticed,
    /// All tests of the rule pass.
    Survived,
    /// The evaluator panicked, which is a defect of the evaluator.
    Panicked,
}

/// Judges the tests of each rule by each of its mutants, in the order of the rules. The tests pass with the rules as they are.
pub fn run_mutants(program: &Program) -> Vec<RuleMutants> {
    let rules: Vec<RuleId> = program.rules.ids().collect();
    rules.into_par_iter().map(|rule| run_rule(program, rule)).collect()
}

fn run_rule(program: &Program, id: RuleId) -> RuleMutants {
    let cases = Case::of_rule(program, id);
    let mutants = rule::mutants(program, &program.rules[id]).into_par_iter().map(|mutant| {
        let fate = fate(program, &cases, &mutant);
        let Mutant { span, condition, change, .. } = mutant;
        MutantOutcome { span, condition, change, fate }
    });
    RuleMutants { rule: id, mutants: mutants.collect() }
}

fn fate(program: &Program, cases: &[Case<'_>], mutant: &Mutant) -> Fate {
    let mutated = program_of(program, mutant.rule.clone());
    let notices = |case: &Case<'_>| {
        let mutated = case.settled(&mutated);
        let snapshot = case.snapshot(&mutated);
        let outcome = evaluate(&snapshot);
        !expectation::failures(case.test, &snapshot, &outcome.rules[ONLY]).is_empty()
    };
    // Nothing outside sees what a panic leaves half done: each evaluation makes its own snapshot.
    match catch_unwind(AssertUnwindSafe(|| cases.iter().any(notices))) {
        Ok(true) => Fate::Noticed,
        Ok(false) => Fate::Survived,
        Err(_) => Fate::Panicked,
    }
}
