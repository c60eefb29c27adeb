//! Which conditions of relations the tests show. A relation is shared: every test that reads it counts.

use kijun_eval::{Snapshot, outcome_of, watch_derivations};
use kijun_ir::{Expr, Program, RelationId, Test};
use rayon::prelude::*;

use super::conditions::{self, Subject};
use super::{ConditionCoverage, Exprs, address, possible, seen};
use crate::testing::Case;

/// What the tests show of a relation.
#[derive(Debug, Clone)]
pub struct RelationCoverage {
    /// The relation.
    pub relation: RelationId,
    /// Its conditions in the order written, definitions looked through at each place of use.
    pub conditions: Vec<ConditionCoverage>,
}

/// What the tests show of each relation that has conditions, in the order of the relations.
pub fn measure_relations(program: &Program) -> Vec<RelationCoverage> {
    // A test that sets parameters has a program of its own; tests need not be copied with it.
    let bare = Program { tests: Vec::new(), ..program.clone() };
    let (set, plain): (Vec<&Test>, Vec<&Test>) =
        program.tests.iter().partition(|test| !test.params.is_empty());
    let of_plain = plain.into_par_iter().map(|test| watched(&bare, &Case::new(&bare, test)));
    let mut coverage = covered(&bare, &of_plain.reduce(Exprs::new, merged));
    let of_set = set.into_par_iter().map(|test| {
        let case = Case::new(&bare, test);
        let settled = case.settled(&bare);
        covered(&settled, &watched(&settled, &case))
    });
    for more in of_set.collect::<Vec<_>>() {
        coverage.iter_mut().zip(more).for_each(|(relation, further)| relation.merge(further));
    }
    coverage.retain(|relation| !relation.conditions.is_empty());
    coverage
}

impl RelationCoverage {
    /// Adds what further tests show of the same relation.
    fn merge(&mut self, other: RelationCoverage) {
        for (condition, further) in self.conditions.iter_mut().zip(other.conditions) {
            condition.seen.merge(further.seen);
        }
    }
}

/// The conditions of every relation of a program, and what was seen of them.
fn covered(program: &Program, exprs: &Exprs) -> Vec<RelationCoverage> {
    let relations = program.relations.iter().map(|(id, relation)| {
        let conditions = conditions::of_relation(relation);
        let covered = conditions.iter().filter_map(|condition| {
            let Subject::Expr(expr) = condition.subject else { return None };
            let (seen, possible) = (seen(exprs, expr), possible(expr));
            let (span, via, end) = (condition.span, condition.via, condition.end);
            Some(ConditionCoverage { span, via, end, seen, possible })
        });
        RelationCoverage { relation: id, conditions: covered.collect() }
    });
    relations.collect()
}

/// What is seen of conditions while the relations are derived that one test reads.
fn watched(program: &Program, case: &Case<'_>) -> Exprs {
    let snapshot: Snapshot<'_> = case.plain(program);
    let rule = case.test.rule.map(|rule| &program.rules[rule]);
    let questions = case.test.questions.iter().map(|question| &question.rule);
    for rule in rule.into_iter().chain(questions) {
        outcome_of(&snapshot, rule);
    }
    let mut exprs = Exprs::new();
    let mut watch = |expr: &Expr, truth| exprs.entry(address(expr)).or_default().add(truth);
    watch_derivations(&snapshot, &mut watch);
    exprs
}

fn merged(mut all: Exprs, more: Exprs) -> Exprs {
    for (expr, seen) in more {
        all.entry(expr).or_default().merge(seen);
    }
    all
}
