//! Judges all subjects of all rules by columns and in parallel.
//!
//! An expression is evaluated over a frame: many positions at once, each with a row for every variable, all at one moment. A quantifier makes
//! a frame of pairs, of the positions and the rows that an index on a view of its fact leaves to be tried there, and evaluates its condition on
//! these: an index only leaves out rows for which the condition is surely false. Where positions read a fact as of different moments, those
//! with the same view of it are evaluated together.

mod aggregate;
mod arithmetic;
mod bits;
mod cache;
mod call;
mod candidates;
mod choice;
mod comparison;
mod coverage;
mod derive;
mod expr;
mod follow;
mod frame;
mod index;
mod join;
mod moments;
mod period;
mod plan;
mod quantifier;
mod reads;
mod rule;
mod run;
mod shape;
mod tally;
mod text;
mod timeline;
mod truths;
mod vector;
mod views;

#[cfg(test)]
mod tests;

use kijun_ir::Rule;
use rayon::prelude::*;

use self::rule::Judge;
use self::run::{Run, Strategy};
use crate::{Outcome, RuleOutcome, Snapshot};

pub(crate) use derive::derive;

/// The verdicts of all rules.
pub fn evaluate(snapshot: &Snapshot<'_>) -> Outcome {
    evaluate_by(snapshot, Strategy::Indexed)
}

/// The outcomes of rules that need not be the program's: questions, for instance.
pub fn evaluate_rules(snapshot: &Snapshot<'_>, rules: &[Rule]) -> Vec<RuleOutcome> {
    outcomes(snapshot, &rules.iter().collect::<Vec<_>>(), Strategy::Indexed)
}

fn evaluate_by(snapshot: &Snapshot<'_>, strategy: Strategy) -> Outcome {
    let rules: Vec<&Rule> = snapshot.program.rules.values().collect();
    Outcome { rules: outcomes(snapshot, &rules, strategy).into_iter().collect() }
}

fn outcomes(snapshot: &Snapshot<'_>, rules: &[&Rule], strategy: Strategy) -> Vec<RuleOutcome> {
    let due: Vec<&Rule> = rules.iter().copied().filter(|rule| rule.due.is_some()).collect();
    let later = (!due.is_empty()).then(|| snapshot.so_far());
    let so_far = later.as_ref().map(|later| Run::unprepared(later, strategy, &due));
    let run = Run::of_rules(snapshot, strategy, rules);
    let judge = Judge { run: &run, so_far: so_far.as_ref() };
    rules.par_iter().map(|rule| rule::outcome(judge, rule)).collect()
}
