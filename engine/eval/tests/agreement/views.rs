//! What relations show, as of every moment that a case is about.

use std::collections::BTreeSet;

use jiff::Timestamp;
use kijun_eval::{AsOf, Held, Snapshot, View};
use kijun_ir::{Branch, Cell, FactId, FactKind, Judged, Quantifier, RelationId, Truth};

use super::Seen;

/// Moments are many where a rule is judged throughout the period.
const MOMENTS: usize = 8;

/// Both ways of deriving come to the same rows, sure and possible, with the same support, and miss the same.
pub(super) fn same(fast: &Snapshot<'_>, plain: &Snapshot<'_>) -> Result<(), String> {
    let relations = relations(fast);
    if relations.is_empty() {
        return Ok(());
    }
    for as_of in moments(fast) {
        for (_, fact) in &relations {
            let [a, b] = [shown(fast, *fact, as_of), shown(plain, *fact, as_of)];
            if a != b {
                let name = &fast.program.facts[*fact].name;
                return Err(format!("as of {as_of:?} {name} is by columns {a:#?}\nrow by row {b:#?}"));
            }
        }
    }
    Ok(())
}

/// Counts what is derived, and which relations miss nothing although what they read does.
pub(super) fn seen(snapshot: &Snapshot<'_>, seen: &mut Seen) {
    for (relation, fact) in relations(snapshot) {
        let Some(view) = snapshot.view(fact, AsOf::Today) else { continue };
        let label = if snapshot.program.relations[relation].recursive { "circle" } else { "relation" };
        for row in view.rows() {
            seen.derived(label, view.truth(*row));
        }
        if view.rows().is_empty() {
            seen.derived(label, Truth::False);
        }
        let misses = |branch: &Branch| {
            branch.atoms.iter().any(|atom| {
                let rows = Quantifier { condition: branch.condition.clone(), ..atom.clone() };
                atom.at.is_none() && !snapshot.population_gaps(&rows).is_empty()
            })
        };
        let branches = &snapshot.program.relations[relation].branches;
        if view.gaps().is_empty() && branches.iter().any(misses) {
            seen.closed(label);
        }
    }
}

fn relations(snapshot: &Snapshot<'_>) -> Vec<(RelationId, FactId)> {
    let facts = snapshot.program.facts.iter();
    let relations = facts.filter_map(|(id, fact)| match fact.kind {
        FactKind::Relation(relation) => Some((relation, id)),
        _ => None,
    });
    relations.collect()
}

/// The date of judgement, when pictures were taken, and some of the moments of rules judged throughout the period.
fn moments(snapshot: &Snapshot<'_>) -> Vec<AsOf> {
    let coverage = snapshot.evidence.coverage.values().flatten();
    let mut moments: BTreeSet<Timestamp> = coverage
        .flat_map(|source| match &source.held {
            Held::State(pictures) => pictures.iter().map(|taken| taken.at).collect(),
            Held::Log(_) => Vec::new(),
        })
        .collect();
    let rules = snapshot.program.rules.values();
    for rule in rules.filter(|rule| rule.judged == Judged::ThroughoutPeriod) {
        moments.extend(snapshot.moments(rule).into_iter().take(MOMENTS));
    }
    let moments = moments.into_iter().take(MOMENTS).map(AsOf::Moment);
    std::iter::once(AsOf::Today).chain(moments).collect()
}

/// A row: its cells, whether it is sure, what it was derived from.
type Shown = (Vec<Cell>, Truth, Vec<(FactId, u32)>);

/// The rows of a relation, and what it misses.
fn shown(snapshot: &Snapshot<'_>, fact: FactId, as_of: AsOf) -> (Vec<Shown>, Vec<kijun_eval::Gap>) {
    let Some(view) = snapshot.view(fact, as_of) else { return (Vec::new(), Vec::new()) };
    let rows = view
        .rows()
        .iter()
        .map(|row| (cells(snapshot, fact, &view, *row), view.truth(*row), view.support(*row).to_vec()));
    (rows.collect(), view.gaps().to_vec())
}

/// The cells of a row of a view.
pub(super) fn cells(snapshot: &Snapshot<'_>, fact: FactId, view: &View<'_>, row: u32) -> Vec<Cell> {
    let fields = snapshot.program.facts[fact].fields.ids();
    fields.map(|field| view.table().cell(&&snapshot.texts, row, field)).collect()
}
