//! Judges all subjects of all rules by columns and in parallel.
//!
//! An expression is evaluated over a frame: many positions at once, each with a row for every variable. A quantifier makes a frame of
//! pairs, of the positions and the rows that an index on its fact leaves to be tried there, and evaluates its whole condition on these:
//! an index only leaves out rows for which the condition is surely false.

mod arithmetic;
mod bits;
mod choice;
mod comparison;
mod coverage;
mod expr;
mod frame;
mod index;
mod period;
mod plan;
mod quantifier;
mod reads;
mod rule;
mod run;
mod tally;
mod texts;
mod timeline;
mod truths;
mod vector;

#[cfg(test)]
mod tests;

use kijun_ir::Rule;
use rayon::prelude::*;

use self::run::{Run, Strategy};
use crate::{Outcome, Snapshot};

/// The verdicts of all rules.
pub fn evaluate(snapshot: &Snapshot<'_>) -> Outcome {
    evaluate_by(snapshot, Strategy::Indexed)
}

fn evaluate_by(snapshot: &Snapshot<'_>, strategy: Strategy) -> Outcome {
    let run = Run::new(snapshot, strategy);
    let rules: Vec<&Rule> = snapshot.program.rules.values().collect();
    let outcomes: Vec<_> = rules.into_par_iter().map(|rule| rule::outcome(&run, rule)).collect();
    Outcome { rules: outcomes.into_iter().collect() }
}
