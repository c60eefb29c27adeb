//! What all rules of one evaluation share: the snapshot, the shapes and plans of quantifiers, indexes.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use kijun_ir::{Expr, FactId, FieldId, IndexVec, Judged, Quantifier, Rule};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::cache::Cache;
use super::frame::Frame;
use super::index::KeyIndex;
use super::period::FixedPeriod;
use super::plan::Plan;
use super::reads::{Asking, free_vars, push_quantifiers, reads_moment};
use super::shape::Shape;
use super::timeline::Timeline;
use super::views::{Moments, address};
use crate::{AsOf, Snapshot, View};

/// So many indexes are kept of views that come and go.
const INDEXES: usize = 256;

/// So many plans are kept of views that come and go.
const PLANS: usize = 1024;

/// So many plans for single moments are kept a thread: a moment is soon over.
const PLANS_OF_MOMENTS: usize = 32;

/// How quantifiers find their rows. The verdicts are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strategy {
    /// By index, leaving out rows that surely do not count.
    Indexed,
    /// By looking at every visible row for every position.
    #[cfg(test)]
    Exhaustive,
}

/// The state of one evaluation of expressions that live for `'r`, over evidence that lives for `'e`.
#[derive(Debug)]
pub(super) struct Run<'r, 'e> {
    pub(super) snapshot: &'r Snapshot<'e>,
    pub(super) strategy: Strategy,
    pub(super) period: FixedPeriod,
    /// By the address of the quantifier, which stays where it is for `'r`: two that look alike may still stand in different rules.
    shapes: FxHashMap<usize, Shape<'r>>,
    timelines: IndexVec<FactId, Option<Timeline<'e>>>,
    /// By fact, the instants at which what it shows may change, where these are few.
    steps: IndexVec<FactId, OnceLock<Option<Vec<Timestamp>>>>,
    indexes: Cache<IndexKey, KeyIndex<'e>>,
    /// The plans that are known to be needed from the beginning.
    ready: FxHashMap<PlanKey, Arc<Plan<'e>>>,
    plans: Cache<PlanKey, Plan<'e>>,
    plans_of_moments: Cache<PlanKey, Plan<'e>>,
}

/// What an index is made of: a view by its address, which the index keeps from being another's, and fields.
type IndexKey = (usize, Vec<FieldId>);

/// What a plan is made of: a quantifier, a view, both by their addresses, and the moment where it matters.
type PlanKey = (usize, usize, Option<Timestamp>);

impl<'r, 'e> Run<'r, 'e> {
    /// A run over these quantifiers, inner ones before those that contain them.
    pub(super) fn new(snapshot: &'r Snapshot<'e>, strategy: Strategy, asking: Vec<Asking<'r>>) -> Self {
        let program = snapshot.program;
        let shapes: Vec<Shape<'r>> =
            asking.into_iter().map(|asking| Shape::new(program, asking, strategy)).collect();
        Self {
            snapshot,
            strategy,
            period: FixedPeriod::new(snapshot.occasion.period(), &program.calendar.zone),
            timelines: timelines(snapshot, &shapes),
            steps: program.facts.ids().map(|_| OnceLock::new()).collect(),
            shapes: shapes.into_iter().map(|shape| (quantifier_address(shape.quantifier), shape)).collect(),
            indexes: Cache::new(INDEXES),
            ready: FxHashMap::default(),
            plans: Cache::new(PLANS),
            plans_of_moments: Cache::new(PLANS_OF_MOMENTS * rayon::current_num_threads()),
        }
    }

    /// A run that judges rules, with the plans that are known to be needed.
    pub(super) fn of_rules(snapshot: &'r Snapshot<'e>, strategy: Strategy, rules: &[&'r Rule]) -> Self {
        let asking: Vec<(&Rule, Asking<'r>)> = rules
            .iter()
            .flat_map(|rule| quantifiers_of(rule).into_iter().map(|asking| (*rule, asking)))
            .collect();
        let mut run = Self::new(snapshot, strategy, asking.iter().map(|(_, asking)| *asking).collect());
        run.prepare(&asking);
        run
    }

    /// A run that judges rules, of which it may be that nothing is asked.
    pub(super) fn unprepared(snapshot: &'r Snapshot<'e>, strategy: Strategy, rules: &[&'r Rule]) -> Self {
        Self::new(snapshot, strategy, rules.iter().flat_map(|rule| quantifiers_of(rule)).collect())
    }

    fn prepare(&mut self, asking: &[(&Rule, Asking<'r>)]) {
        let frame = Frame::unit(self.snapshot.end_of_today());
        let wanted: Vec<usize> = asking
            .iter()
            .filter(|(rule, (quantifier, _))| self.is_foreseen(rule, quantifier))
            .map(|(_, (quantifier, _))| quantifier_address(quantifier))
            .collect();
        let views: Vec<(usize, Arc<View<'e>>)> = wanted
            .into_iter()
            .filter_map(|address| Some((address, self.view_of(address, &frame)?)))
            .collect();
        // Held until the plans have them.
        let _indexes = self.build_indexes(&views);
        for (address, view) in views {
            let Some(shape) = self.shapes.get(&address) else { continue };
            let key = plan_key(shape, &view, frame.moment);
            let plan = Plan::new(self, shape, &view, &frame);
            self.ready.insert(key, Arc::new(plan));
        }
    }

    /// Whether it is known before the rows are as of when a quantifier reads, and at which moment.
    fn is_foreseen(&self, rule: &Rule, quantifier: &Quantifier) -> bool {
        let Some(shape) = self.shapes.get(&quantifier_address(quantifier)) else { return false };
        let at_today = rule.judged == Judged::AtToday;
        let foreseen = |at: &Expr| free_vars(at).is_empty() && (at_today || !reads_moment(at));
        quantifier.at.as_ref().is_none_or(foreseen) && (at_today || !shape.by_moment)
    }

    fn view_of(&self, address: usize, frame: &Frame<'e>) -> Option<Arc<View<'e>>> {
        let quantifier = self.shapes.get(&address)?.quantifier;
        let as_of = match &quantifier.at {
            None => AsOf::Today,
            Some(at) => Moments::of(self, frame, Some(at)).at(0),
        };
        self.snapshot.view(quantifier.fact, as_of)
    }

    /// Different indexes in parallel, each once.
    fn build_indexes(&self, views: &[(usize, Arc<View<'e>>)]) -> Vec<Arc<KeyIndex<'e>>> {
        let mut wanted: Vec<(IndexKey, &Arc<View<'e>>)> = views
            .iter()
            .filter_map(|(quantifier, view)| {
                Some(((address(view), self.shapes.get(quantifier)?.fields()), view))
            })
            .filter(|((_, fields), _)| !fields.is_empty())
            .collect();
        wanted.sort_by(|a, b| a.0.cmp(&b.0));
        wanted.dedup_by(|a, b| a.0 == b.0);
        wanted.into_par_iter().map(|((_, fields), view)| self.index(view, &fields)).collect()
    }

    /// The shape of a quantifier of this run.
    pub(super) fn shape(&self, quantifier: &'r Quantifier) -> Option<&Shape<'r>> {
        self.shapes.get(&quantifier_address(quantifier))
    }

    /// The plan of a quantifier over a view at a moment.
    pub(super) fn plan(&self, shape: &Shape<'r>, view: &Arc<View<'e>>, moment: Timestamp) -> Arc<Plan<'e>> {
        let key = plan_key(shape, view, moment);
        if let Some(plan) = self.ready.get(&key) {
            return Arc::clone(plan);
        }
        let plans = if key.2.is_some() { &self.plans_of_moments } else { &self.plans };
        plans.get(key, || Plan::new(self, shape, view, &Frame::unit(moment)))
    }

    /// The index of a view by some of its fields, which are keyable.
    pub(super) fn index(&self, view: &Arc<View<'e>>, fields: &[FieldId]) -> Arc<KeyIndex<'e>> {
        self.indexes.get((address(view), fields.to_vec()), || KeyIndex::new(view, fields))
    }

    /// The instants at which what a fact shows may change, ascending; `None` where that may be any instant.
    pub(super) fn steps(&self, fact: FactId) -> Option<&[Timestamp]> {
        self.steps[fact].get_or_init(|| self.snapshot.steps(fact)).as_deref()
    }

    /// The order in time of a fact's rows, if it is known and was asked for.
    pub(super) fn timeline(&self, fact: FactId) -> Option<&Timeline<'e>> {
        self.timelines[fact].as_ref()
    }
}

fn plan_key(shape: &Shape<'_>, view: &Arc<View<'_>>, moment: Timestamp) -> PlanKey {
    (quantifier_address(shape.quantifier), address(view), shape.by_moment.then_some(moment))
}

fn quantifier_address(quantifier: &Quantifier) -> usize {
    std::ptr::from_ref(quantifier).addr()
}

/// The quantifiers that judging a rule asks. Its message is not for the verdict.
fn quantifiers_of(rule: &Rule) -> Vec<Asking<'_>> {
    let mut asking = Vec::new();
    let population = rule.population.iter().flat_map(|population| population.rows.children());
    for expr in population.chain([&rule.require]).chain(&rule.due) {
        push_quantifiers(expr, &mut asking);
    }
    for excuse in &rule.excused {
        excuse.children().for_each(|expr| push_quantifiers(expr, &mut asking));
        asking.push((excuse, None));
    }
    asking
}

/// The timelines of the facts that quantifiers bound in time. Such facts show the same at every moment.
fn timelines<'e>(snapshot: &Snapshot<'e>, shapes: &[Shape<'_>]) -> IndexVec<FactId, Option<Timeline<'e>>> {
    let facts = snapshot.program.facts.iter();
    let timeline = |(id, fact): (FactId, &kijun_ir::Fact)| {
        let at = fact.time()?;
        let asked = |shape: &Shape<'_>| shape.quantifier.fact == id && !shape.limits.is_empty();
        let view = shapes.iter().any(asked).then(|| snapshot.view(id, AsOf::Today))??;
        Timeline::new(view, at)
    };
    facts.map(timeline).collect()
}
