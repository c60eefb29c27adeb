//! What a row goes back to: the evidence that it rests on, and why it is only possible.

use std::collections::BTreeSet;
use std::sync::Arc;

use kijun_ir::{Branch, Cell, FactId, FactKind, Truth, Value};

use super::derive::support_of;
use super::proof::{Reason, Step};
use super::scene::{Bound, Scene};
use crate::{AsOf, Snapshot, View};

/// The rows of evidence that a row rests on: itself, or those that a relation derived it from. None where it comes from no evidence.
pub fn evidence_of(snapshot: &Snapshot<'_>, fact: FactId, row: u32, as_of: AsOf) -> Vec<(FactId, u32)> {
    let Some(view) = snapshot.view(fact, as_of) else { return Vec::new() };
    let mut rows = support_of(snapshot, fact, &view, row);
    rows.retain(|(fact, _)| snapshot.program.facts[*fact].is_collected());
    rows
}

/// Says of each derived row among the reasons of a step what was missing for it.
pub(super) fn explain(snapshot: &Snapshot<'_>, step: &mut Step) {
    if step.reasons.iter().any(|reason| matches!(reason, Reason::Derived { .. })) {
        step.reasons = explained(snapshot, std::mem::take(&mut step.reasons));
    }
    for part in &mut step.parts {
        explain(snapshot, part);
    }
}

/// The same reasons, those of derived rows replaced by what was missing for these, as far as that can be found.
pub(super) fn explained(snapshot: &Snapshot<'_>, reasons: Vec<Reason>) -> Vec<Reason> {
    let mut explained = Vec::new();
    for reason in reasons {
        let Reason::Derived { fact, row, as_of } = reason else {
            explained.push(reason);
            continue;
        };
        let found = Search { snapshot, seen: BTreeSet::new() }.reasons(fact, row, as_of);
        if found.is_empty() {
            explained.push(reason);
        }
        explained.extend(found);
    }
    explained
}

/// Looks for the ways in which rows were derived.
struct Search<'a, 'e> {
    snapshot: &'a Snapshot<'e>,
    /// The rows that were looked at; a circle does not explain itself.
    seen: BTreeSet<(FactId, u32, AsOf)>,
}

impl Search<'_, '_> {
    /// What was missing for a row.
    fn reasons(&mut self, fact: FactId, row: u32, as_of: AsOf) -> Vec<Reason> {
        let Some(view) = self.snapshot.view(fact, as_of) else { return Vec::new() };
        let FactKind::Relation(relation) = self.snapshot.program.facts[fact].kind else {
            return contested_key(self.snapshot, fact, &view, row, as_of).into_iter().collect();
        };
        if !self.seen.insert((fact, row, as_of)) {
            return Vec::new();
        }
        let fields = self.snapshot.program.facts[fact].fields.ids();
        let cells: Vec<Cell> =
            fields.map(|field| view.table().cell(&&self.snapshot.texts, row, field)).collect();
        let moment = match as_of {
            AsOf::Moment(moment) => moment,
            AsOf::Today | AsOf::Unknown => self.snapshot.end_of_today(),
        };
        for branch in &self.snapshot.program.relations[relation].branches {
            let mut way = Way {
                branch,
                cells: &cells,
                support: view.support(row),
                scene: Scene::new(self.snapshot, &branch.vars, moment),
                atoms: Vec::new(),
                reasons: Vec::new(),
            };
            way.extend();
            let reasons = self.followed(way.reasons);
            if !reasons.is_empty() {
                return reasons;
            }
        }
        Vec::new()
    }

    /// As [`explained`], without those that lead back here.
    fn followed(&mut self, reasons: Vec<Reason>) -> Vec<Reason> {
        let mut followed = Vec::new();
        for reason in reasons {
            match reason {
                Reason::Derived { fact, row, as_of } => followed.extend(self.reasons(fact, row, as_of)),
                other => followed.push(other),
            }
        }
        followed
    }
}

/// Of a row of evidence that is only possible, several rows have the key.
fn contested_key(
    snapshot: &Snapshot<'_>,
    fact: FactId,
    view: &View<'_>,
    row: u32,
    as_of: AsOf,
) -> Option<Reason> {
    let key = view.table().cell(&&snapshot.texts, row, snapshot.program.facts[fact].key?);
    let Cell::Known(Value::Text(key)) = key else { return None };
    Some(Reason::Dangling { fact, key: key.to_string(), as_of })
}

/// A branch over the rows that a derived row rests on.
struct Way<'w, 'e> {
    branch: &'w Branch,
    cells: &'w [Cell],
    support: &'w [(FactId, u32)],
    scene: Scene<'w, 'e>,
    /// The rows that the atoms so far stand for and that are only possible.
    atoms: Vec<Option<Reason>>,
    /// What was missing, on all ways that make the row.
    reasons: Vec<Reason>,
}

impl Way<'_, '_> {
    /// Binds the atoms that are left in all ways that the support allows.
    fn extend(&mut self) {
        let Some(atom) = self.branch.atoms.get(self.atoms.len()) else {
            self.finish();
            return;
        };
        let as_of = self.scene.as_of(atom.at.as_ref()).0;
        let snapshot = self.scene.snapshot;
        let Some(view) = snapshot.view(atom.fact, as_of) else { return };
        for row in view.rows().iter().copied() {
            let rests_on = support_of(snapshot, atom.fact, &view, row);
            if !rests_on.iter().all(|row| self.support.contains(row)) {
                continue;
            }
            self.scene.bind(atom.var, Bound::Row(Arc::clone(&view), row, as_of));
            let doubt =
                (view.truth(row) != Truth::True).then_some(Reason::Derived { fact: atom.fact, row, as_of });
            self.atoms.push(doubt);
            self.extend();
            self.atoms.pop();
        }
        self.scene.unbind(atom.var);
    }

    /// All atoms are bound: what is missing, if they make the row.
    fn finish(&mut self) {
        let condition = self.branch.condition.as_ref().map(|condition| self.scene.condition(condition));
        if condition.as_ref().is_some_and(|condition| condition.truth == Truth::False) {
            return;
        }
        let readings: Vec<_> = self.branch.yields.iter().map(|expr| self.scene.value(expr)).collect();
        if !readings.iter().map(|reading| &reading.cell).eq(self.cells) {
            return;
        }
        self.reasons.extend(self.atoms.iter().flatten().cloned());
        condition.iter().for_each(|condition| condition.gather(&mut self.reasons));
        self.reasons.extend(readings.iter().flat_map(super::value::Reading::lacks));
    }
}
