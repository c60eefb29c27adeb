//! At which moments a rule finds what it found before, because nothing that it reads has changed.

use std::sync::Arc;

use jiff::Timestamp;
use kijun_ir::{Expr, ExprKind, FactId, Program, Quantifier, Rule};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::views::address;
use crate::{AsOf, Snapshot, View};

/// The moments of a rule, those at which it finds the same told apart from the others.
#[derive(Debug)]
pub(super) struct Repeats {
    /// The moments at which it has to be judged, ascending.
    pub(super) distinct: Vec<Timestamp>,
    /// For each moment of the rule, at which of these it finds the same.
    pub(super) of: Vec<usize>,
}

impl Repeats {
    pub(super) fn of(snapshot: &Snapshot<'_>, rule: &Rule, moments: &[Timestamp]) -> Self {
        let Some(facts) = facts_of_the_moment(snapshot.program, rule) else {
            return Self { distinct: moments.to_vec(), of: (0..moments.len()).collect() };
        };
        let view = |fact: &FactId, moment: Timestamp| snapshot.view(*fact, AsOf::Moment(moment));
        // The views are kept until all are told apart, so that no two have the same address.
        let views: Vec<Vec<Option<Arc<View<'_>>>>> =
            moments.par_iter().map(|moment| facts.iter().map(|fact| view(fact, *moment)).collect()).collect();
        let mut known: FxHashMap<Vec<Option<usize>>, usize> = FxHashMap::default();
        let mut repeats = Self { distinct: Vec::new(), of: Vec::new() };
        for (moment, views) in moments.iter().zip(&views) {
            let key = views.iter().map(|view| view.as_ref().map(address)).collect();
            let of = *known.entry(key).or_insert_with(|| {
                repeats.distinct.push(*moment);
                repeats.distinct.len() - 1
            });
            repeats.of.push(of);
        }
        repeats
    }
}

/// The facts that a rule reads as of the moment; `None` where it reads the moment in other ways too.
fn facts_of_the_moment(program: &Program, rule: &Rule) -> Option<Vec<FactId>> {
    let mut facts = Vec::new();
    if rule.due.is_some() {
        return None;
    }
    if let Some(population) = &rule.population {
        // Without a moment of its own it is read as of that at which the rule is judged.
        let own = population.rows.at.as_ref().is_some_and(|at| !matches!(at.kind, ExprKind::Moment));
        facts.extend((!own).then_some(population.rows.fact));
        push_quantifier(program, &population.rows, &mut facts)?;
    }
    push(program, &rule.require, &mut facts)?;
    for excuse in &rule.excused {
        push_quantifier(program, excuse, &mut facts)?;
    }
    facts.sort_unstable();
    facts.dedup();
    Some(facts)
}

fn push(program: &Program, expr: &Expr, facts: &mut Vec<FactId>) -> Option<()> {
    let rest = match &expr.kind {
        ExprKind::Moment => return None,
        ExprKind::Follow { base, fact, at: Some(at), .. } if matches!(at.kind, ExprKind::Moment) => {
            facts.push(*fact);
            // Which row holds may change while the rows do not.
            return if program.facts[*fact].valid.is_some() { None } else { push(program, base, facts) };
        }
        ExprKind::Some(quantifier)
        | ExprKind::Count { quantifier, .. }
        | ExprKind::Aggregate { quantifier, .. } => {
            push_quantifier(program, quantifier, facts)?;
            expr.children().split_off(quantifier.children().count())
        }
        _ => expr.children(),
    };
    rest.into_iter().try_for_each(|expr| push(program, expr, facts))
}

fn push_quantifier(program: &Program, quantifier: &Quantifier, facts: &mut Vec<FactId>) -> Option<()> {
    match &quantifier.at {
        Some(at) if matches!(at.kind, ExprKind::Moment) => facts.push(quantifier.fact),
        Some(at) => push(program, at, facts)?,
        None => {}
    }
    quantifier.condition.iter().try_for_each(|condition| push(program, condition, facts))
}
