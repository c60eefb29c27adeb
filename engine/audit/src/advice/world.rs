//! The evidence as it might be, and what a rule makes of it.

use kijun_eval::{
    AsOf, Evidence, Gap, Lack, Occasion, Reason, RuleOutcome, Snapshot, Subject, SubjectOutcome, evaluate,
};
use kijun_ir::{Cell, FactId, Index, IndexVec, Program, Rule, RuleId};

use super::change::{Change, changed};

/// A rule by itself, on the occasion of a run.
pub(super) struct World {
    program: Program,
    occasion: Occasion,
}

/// By what a subject is found again in other evidence.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Identity {
    /// The organisation.
    Organisation,
    /// The marks of a row, of a pair those of both.
    Rows(Vec<Mark>),
}

/// By what a row is found again.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    /// Its key, or all its cells.
    Cells(Vec<Cell>),
    /// The source, the file and the line.
    Place(u32, u32, u32),
}

impl World {
    /// The rule in its own program.
    pub(super) const RULE: RuleId = RuleId(0);

    pub(super) fn of(snapshot: &Snapshot<'_>, rule: RuleId) -> Self {
        let rules: IndexVec<RuleId, Rule> = IndexVec::from_iter([snapshot.program.rules[rule].clone()]);
        let program = Program { rules, tests: Vec::new(), ..snapshot.program.clone() };
        Self { program, occasion: snapshot.occasion }
    }

    pub(super) fn program(&self) -> &Program {
        &self.program
    }

    pub(super) fn rule(&self) -> &Rule {
        &self.program.rules[Self::RULE]
    }

    pub(super) fn snapshot<'a>(&'a self, evidence: &'a Evidence) -> Snapshot<'a> {
        Snapshot::new(&self.program, evidence, self.occasion)
    }

    /// The evidence with changes.
    pub(super) fn changed(&self, evidence: &Evidence, changes: &[Change]) -> Evidence {
        changed(&self.program, self.occasion, evidence, changes)
    }

    /// What the rule makes of the evidence.
    pub(super) fn judged(&self, snapshot: &Snapshot<'_>) -> RuleOutcome {
        let outcome = evaluate(snapshot);
        outcome.rules[RuleId::from_index(0)].clone()
    }

    /// A subject, if it is one.
    pub(super) fn find(&self, snapshot: &Snapshot<'_>, wanted: &Identity) -> Option<SubjectOutcome> {
        let subjects = self.judged(snapshot).subjects;
        subjects.into_iter().find(|found| Identity::of(snapshot, self.rule(), found.subject) == *wanted)
    }

    /// What is missing to say who the subjects are.
    pub(super) fn population_lacks(&self, snapshot: &Snapshot<'_>) -> Vec<Lack> {
        let gaps: Vec<Gap> = self.judged(snapshot).population_gaps;
        gaps.into_iter().map(|gap| Lack::Missing(Reason::Gap(gap))).collect()
    }
}

impl Identity {
    pub(super) fn of(snapshot: &Snapshot<'_>, rule: &Rule, subject: Subject) -> Self {
        let Some(fact) = rule.population.as_ref().map(|population| population.rows.fact) else {
            return Identity::Organisation;
        };
        match subject {
            Subject::Organisation(_) => Identity::Organisation,
            Subject::Row(row, _) => {
                Identity::Rows(vec![mark(snapshot, fact, row, snapshot.row_as_of(rule, subject))])
            }
            Subject::Pair(first, second) => {
                Identity::Rows([first, second].map(|row| mark(snapshot, fact, row, AsOf::Today)).to_vec())
            }
        }
    }
}

fn mark(snapshot: &Snapshot<'_>, fact: FactId, row: u32, as_of: AsOf) -> Mark {
    let declared = &snapshot.program.facts[fact];
    let Some(view) = snapshot.view(fact, as_of) else { return Mark::Cells(Vec::new()) };
    let cell = |field| view.table().cell(&&snapshot.texts, row, field);
    match declared.key.map(cell) {
        Some(key @ Cell::Known(_)) => Mark::Cells(vec![key]),
        _ if declared.is_collected() => {
            let origin = view.table().origin(row);
            Mark::Place(origin.source, origin.artifact, origin.line)
        }
        _ => Mark::Cells(declared.fields.ids().map(cell).collect()),
    }
}
