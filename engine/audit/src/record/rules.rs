//! The rules with every subject that is not met, and what each verdict rests on.

use kijun_eval::{
    AsOf, MessagePart, Outcome, Proof, RowsRead, RuleOutcome, Snapshot, Step, StepKind, Subject,
    SubjectOutcome, message, prove, row_name, subject_name,
};
use kijun_ir::{FactId, FactKind, Program, Rule, RuleId, Truth, Verdict};
use kijun_source::{Bilingual, Sources, Span};

use super::lack::{of_gap, of_reason, of_rules};
use super::words::fact_name;
use super::{EvidenceRow, Lack, LackRecord, Piece, Role, RuleRecord, Scope, SubjectRecord};
use crate::quotation::{BothWordings, Owner, Quotations};

/// How many subjects of one rule and verdict are proved. Beyond it they are listed without reasons; the counts stay exact.
pub const EXPLAINED_PER_VERDICT: usize = 200;

/// How many rows beside its own are listed for one subject; the others are counted.
pub const WITNESSES_PER_SUBJECT: usize = 20;

/// The rules of the program with what they found.
pub(super) fn rules(
    snapshot: &Snapshot<'_>,
    outcome: &Outcome,
    quoting: Quoting<'_>,
    organisation: &str,
) -> Vec<RuleRecord> {
    let recorder = Recorder { snapshot, quoting, organisation };
    let outcomes = snapshot.program.rules.ids().map(|id| (id, outcome.rules.get(id)));
    outcomes.map(|(id, found)| recorder.rule(id, found)).collect()
}

/// How conditions of rules are said.
#[derive(Clone, Copy)]
pub(super) struct Quoting<'a> {
    pub(super) written: &'a Sources,
    pub(super) wordings: BothWordings<'a>,
}

impl Quoting<'_> {
    /// A condition of a rule, in both languages.
    fn condition(&self, program: &Program, rule: &Rule, span: Span) -> Bilingual {
        let said =
            |wording| Quotations::new(program, Owner::Rule(rule), self.written, wording).condition_said(span);
        Bilingual::new(said(self.wordings.ja), said(self.wordings.en))
    }
}

struct Recorder<'a, 'e> {
    snapshot: &'a Snapshot<'e>,
    quoting: Quoting<'a>,
    organisation: &'a str,
}

impl Recorder<'_, '_> {
    /// A rule without an outcome was not judged, so it is undetermined.
    fn rule(&self, id: RuleId, found: Option<&RuleOutcome>) -> RuleRecord {
        let program = self.snapshot.program;
        let rule = &program.rules[id];
        RuleRecord {
            name: rule.name.clone(),
            label: rule.label.clone(),
            doc: rule.doc.clone(),
            covers: rule.covers.iter().map(|duty| program.duties[*duty].id.clone()).collect(),
            severity: rule.severity,
            remedy: rule.remedy.clone(),
            verdict: found.map_or(Verdict::Undetermined, |found| found.verdict),
            judged: rule.judged,
            counts: found.map(RuleOutcome::counts).unwrap_or_default(),
            scope: rule.population.as_ref().map_or(Scope::Organisation, |population| {
                Scope::Rows(fact_name(program, population.rows.fact))
            }),
            nobody: found.is_none_or(|found| found.nobody),
            lacks: found.map_or_else(|| vec![not_judged()], |found| self.population_lacks(found)),
            subjects: found.map_or_else(Vec::new, |found| self.subjects(id, rule, found)),
        }
    }

    fn population_lacks(&self, found: &RuleOutcome) -> Vec<LackRecord> {
        let gaps = found.population_gaps.iter().map(|gap| of_gap(self.snapshot, gap));
        let empty = found.nobody && found.verdict == Verdict::Undetermined;
        gaps.chain(empty.then(nobody)).collect()
    }

    fn subjects(&self, id: RuleId, rule: &Rule, found: &RuleOutcome) -> Vec<SubjectRecord> {
        let listed = [Verdict::Violated, Verdict::Undetermined, Verdict::Pending, Verdict::Excused];
        let of_verdict = |verdict| found.subjects.iter().filter(move |subject| subject.verdict == verdict);
        let in_order = listed.into_iter().flat_map(|verdict| of_verdict(verdict).enumerate());
        in_order
            .map(|(position, subject)| {
                let explained = position < EXPLAINED_PER_VERDICT;
                let proof = explained.then(|| prove(self.snapshot, id, subject.subject));
                self.subject(id, rule, subject, proof.as_ref())
            })
            .collect()
    }

    fn subject(
        &self,
        id: RuleId,
        rule: &Rule,
        subject: &SubjectOutcome,
        proof: Option<&Proof>,
    ) -> SubjectRecord {
        let rows = self.rows_of_subject(rule, subject.subject);
        let own = rows.iter().filter_map(|(fact, row)| self.evidence_row(Role::Subject, *fact, *row));
        let own: Vec<EvidenceRow> = own.collect();
        let witnesses = proof.map(|proof| self.witnesses(proof)).unwrap_or_default();
        let others = witnesses.iter().filter(|(_, fact, read)| !rows.contains(&(*fact, *read)));
        let mut others: Vec<EvidenceRow> =
            others.filter_map(|(role, fact, row)| self.evidence_row(*role, *fact, *row)).collect();
        let evidence_beyond = others.len().saturating_sub(WITNESSES_PER_SUBJECT);
        others.truncate(WITNESSES_PER_SUBJECT);
        let stated = subject.verdict != Verdict::Undetermined;
        SubjectRecord {
            name: subject_name(self.snapshot, rule, subject.subject)
                .map_or_else(|| Piece::open(self.organisation), Piece::open),
            verdict: subject.verdict,
            spells: subject.spells.clone(),
            message: if stated { pieces(message(self.snapshot, id, subject.subject)) } else { Vec::new() },
            explained: proof.is_some(),
            lacks: match proof {
                Some(proof) if !stated => self.lacks(rule, proof),
                _ => Vec::new(),
            },
            evidence: own.into_iter().chain(others).collect(),
            evidence_beyond,
        }
    }

    fn lacks(&self, rule: &Rule, proof: &Proof) -> Vec<LackRecord> {
        let said = |span| self.quoting.condition(self.snapshot.program, rule, span);
        let mut lacks: Vec<LackRecord> = Vec::new();
        for reason in proof.reasons() {
            let lack = of_reason(self.snapshot, &reason, &said);
            if !lacks.contains(&lack) {
                lacks.push(lack);
            }
        }
        if lacks.is_empty() {
            lacks.push(unnamed());
        }
        lacks
    }

    /// The rows of evidence that a subject is.
    fn rows_of_subject(&self, rule: &Rule, subject: Subject) -> Vec<(FactId, u32)> {
        let Some(population) = &rule.population else { return Vec::new() };
        let fact = population.rows.fact;
        match subject {
            Subject::Organisation(_) => Vec::new(),
            Subject::Row(row, _) => self.rests_on(fact, row, self.snapshot.row_as_of(rule, subject)),
            Subject::Pair(first, second) => vec![(fact, first), (fact, second)],
        }
    }

    /// The rows of evidence that a row is, or was derived from.
    fn rests_on(&self, fact: FactId, row: u32, as_of: AsOf) -> Vec<(FactId, u32)> {
        match self.snapshot.program.facts[fact].kind {
            FactKind::State | FactKind::Event { .. } => vec![(fact, row)],
            FactKind::Relation(_) => {
                let view = self.snapshot.view(fact, as_of);
                view.map_or_else(Vec::new, |view| view.support(row).to_vec())
            }
            FactKind::Table | FactKind::Calendar(_) | FactKind::Gaps(_) => Vec::new(),
        }
    }

    /// The rows that the conditions of a proof read and for which they hold, or may hold: sorted, each once. Of the rows of an exception
    /// that is derived from several, those with a key come first: the permit itself, before what only leads to it.
    fn witnesses(&self, proof: &Proof) -> Vec<(Role, FactId, u32)> {
        let mut rows = Vec::new();
        for step in proof.member.iter().chain([&proof.require]).chain(&proof.due) {
            self.gather(step, Role::Witness, &mut rows);
        }
        for step in &proof.excused {
            self.gather(step, Role::Exception, &mut rows);
        }
        let leads_to = |role: Role, fact: FactId| {
            role == Role::Exception && self.snapshot.program.facts[fact].key.is_none()
        };
        rows.sort_unstable_by_key(|(role, fact, row)| (*role, leads_to(*role, *fact), *fact, *row));
        rows.dedup();
        rows
    }

    fn gather(&self, step: &Step, role: Role, rows: &mut Vec<(Role, FactId, u32)>) {
        if let StepKind::Rows(read) | StepKind::Aggregate { read, .. } = &step.kind {
            let RowsRead { fact, as_of, rows: found, .. } = read;
            let held = found.iter().filter(|(_, truth)| *truth != Truth::False);
            let evidence = held.flat_map(|(row, _)| self.rests_on(*fact, *row, *as_of));
            rows.extend(evidence.map(|(fact, row)| (role, fact, row)));
        }
        step.parts.iter().for_each(|part| self.gather(part, role, rows));
    }

    /// `None` where the row came from no file: those of tests, of tables and of the calendar.
    fn evidence_row(&self, role: Role, fact: FactId, row: u32) -> Option<EvidenceRow> {
        if !self.snapshot.program.facts[fact].is_collected() {
            return None;
        }
        let origin = self.snapshot.evidence.tables[fact].origin(row);
        let artifact = self.snapshot.evidence.artifacts.get(origin.artifact as usize)?;
        Some(EvidenceRow {
            role,
            fact: fact_name(self.snapshot.program, fact),
            // The prover names rows by what anyone may see.
            name: Piece::open(row_name(self.snapshot, fact, row, AsOf::Today)),
            source: artifact.source.clone(),
            path: artifact.path.clone(),
            line: origin.line,
            sha256: artifact.sha256.clone(),
            collected_at: artifact.collected_at,
        })
    }
}

fn pieces(parts: Vec<MessagePart>) -> Vec<Piece> {
    parts.into_iter().map(|part| Piece { text: part.text, class: part.class }).collect()
}

fn nobody() -> LackRecord {
    of_rules(
        Lack::Nobody,
        Bilingual::new(
            "判定の対象が一つもない（対象がないことは、適合を示さない）",
            "there is nobody to judge, which shows nothing",
        ),
    )
}

fn not_judged() -> LackRecord {
    of_rules(Lack::Unnamed, Bilingual::new("この規則は判定されなかった", "this rule was not judged"))
}

fn unnamed() -> LackRecord {
    of_rules(Lack::Unnamed, Bilingual::new("証拠が判定に足りない", "the evidence does not suffice"))
}
