//! What all rules of one evaluation share: the snapshot, the codes of texts, the plans of quantifiers.

use kijun_ir::{Expr, FactId, FactKind, IndexVec, Quantifier, Rule};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::index::{IndexKey, KeyIndex};
use super::period::Period;
use super::plan::{Plan, index_key};
use super::reads::push_quantifiers;
use super::texts::Texts;
use super::timeline::Timeline;
use crate::Snapshot;

/// How quantifiers find their rows. The verdicts are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strategy {
    /// By index, leaving out rows that surely do not count.
    Indexed,
    /// By looking at every visible row for every position.
    #[cfg(test)]
    Exhaustive,
}

/// The state of one evaluation.
#[derive(Debug)]
pub(super) struct Run<'a> {
    pub(super) snapshot: &'a Snapshot<'a>,
    pub(super) texts: Texts<'a>,
    pub(super) period: Period,
    pub(super) timelines: IndexVec<FactId, Option<Timeline<'a>>>,
    pub(super) indexes: FxHashMap<IndexKey, KeyIndex>,
    plans: FxHashMap<Identity, Plan<'a>>,
}

/// A quantifier of the program, by where it is kept: two that look alike may still stand in different rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Identity(usize);

impl Identity {
    fn of(quantifier: &Quantifier) -> Self {
        Self(std::ptr::from_ref(quantifier).addr())
    }
}

impl<'a> Run<'a> {
    /// Plans all quantifiers and builds their indexes.
    pub(super) fn new(snapshot: &'a Snapshot<'a>, strategy: Strategy) -> Self {
        let program = snapshot.program;
        let occasion = snapshot.occasion;
        let quantifiers: Vec<&Quantifier> = program.rules.values().flat_map(quantifiers_of).collect();
        let mut run = Self {
            snapshot,
            texts: Texts::new(&snapshot.evidence.dictionary, program),
            period: Period::new(occasion.period_start, occasion.period_end, &program.zone),
            timelines: timelines(snapshot),
            indexes: indexes(snapshot, &quantifiers, strategy),
            plans: FxHashMap::default(),
        };
        for quantifier in quantifiers {
            let plan = Plan::new(&run, quantifier, strategy);
            run.plans.insert(Identity::of(quantifier), plan);
        }
        run
    }

    /// The plan of a quantifier of this program's rules.
    pub(super) fn plan(&self, quantifier: &Quantifier) -> Option<&Plan<'a>> {
        self.plans.get(&Identity::of(quantifier))
    }
}

/// The quantifiers that judging a rule asks, inner ones first. Its message is not for the verdict.
fn quantifiers_of(rule: &Rule) -> Vec<&Quantifier> {
    let mut quantifiers = Vec::new();
    let population = rule.population.iter().flat_map(|population| &population.rows.condition);
    for expr in population.chain([&rule.require]).chain(&rule.due) {
        push_quantifiers(expr, &mut quantifiers);
    }
    for excuse in &rule.excused {
        let within: Option<&Expr> = excuse.condition.as_ref();
        within.into_iter().for_each(|expr| push_quantifiers(expr, &mut quantifiers));
        quantifiers.push(excuse);
    }
    quantifiers
}

fn timelines<'a>(snapshot: &'a Snapshot<'a>) -> IndexVec<FactId, Option<Timeline<'a>>> {
    let facts = snapshot.program.facts.iter();
    facts
        .map(|(id, fact)| match fact.kind {
            FactKind::Event { at } => Timeline::new(snapshot.table(id), at),
            FactKind::State => None,
        })
        .collect()
}

fn indexes(
    snapshot: &Snapshot<'_>,
    quantifiers: &[&Quantifier],
    strategy: Strategy,
) -> FxHashMap<IndexKey, KeyIndex> {
    if strategy != Strategy::Indexed {
        return FxHashMap::default();
    }
    let mut keys: Vec<IndexKey> =
        quantifiers.iter().filter_map(|quantifier| index_key(snapshot, quantifier)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.into_par_iter().map(|key| (key.clone(), KeyIndex::new(snapshot, &key))).collect()
}
