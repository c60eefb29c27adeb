//! A standard, clause by clause, with what decides each duty.

use std::collections::BTreeSet;

use kijun_ir::{AttestId, AuditId, Duty, DutyId, Note, Rule, RuleId};
use kijun_source::Lang;

use super::Subject;
use super::crosswalk::{catalogues, controls, crosswalks};
use super::evidence::{facts, readings, tables};
use super::example::examples;
use super::model::{self, Clause, Counts, Document, Judgement, Section, Sentence};
use super::passage::passages;
use super::term::{Terms, relations_of_rule};
use crate::sentence::Statement;
use crate::words::severity_label;

/// What a judgement of a person is called.
const ATTESTATION: &str = "確認";

/// What an audit is called.
const AUDIT: &str = "監査";

/// The standard at a position.
pub(super) fn document(subject: Subject<'_>, position: usize) -> Option<Document> {
    let standard = subject.program.standards.get(position)?;
    let terms = Terms::of(subject, position);
    let mut place = Place { subject, position, said: Vec::new(), asked: Vec::new() };
    let sections: Vec<Section> = standard.sections.iter().map(|section| place.section(*section)).collect();
    let facts = facts(subject, &terms);
    Some(Document {
        title: standard.title.clone(),
        name: standard.name.clone(),
        issuer: standard.issuer.clone(),
        edition: standard.edition.clone(),
        counts: counts(&sections, facts.len()),
        sections,
        params: params(subject),
        relations: terms.relations_said(),
        definitions: terms.definitions(),
        facts,
        tables: tables(subject),
        catalogues: catalogues(subject, position),
        crosswalks: crosswalks(subject, position),
    })
}

/// Where in a document we are: which rules have been said already, and at which duty; which attestations have been.
struct Place<'a> {
    subject: Subject<'a>,
    position: usize,
    said: Vec<(RuleId, String)>,
    asked: Vec<AttestId>,
}

impl Place<'_> {
    fn section(&mut self, id: kijun_ir::SectionId) -> Section {
        let section = &self.subject.program.sections[id];
        let text = section.text.as_deref();
        let clause = text.map(|text| self.clause(&section.id, text, &section.duties, &section.notes));
        let criteria = section.criteria.iter().map(|id| {
            let criterion = &self.subject.program.criteria[*id];
            self.clause(&criterion.id, &criterion.text, &criterion.duties, &criterion.notes)
        });
        let criteria = criteria.collect();
        Section { id: section.id.clone(), title: section.title.clone(), clause, criteria }
    }

    fn clause(&mut self, id: &str, text: &str, duties: &[DutyId], notes: &[Note]) -> Clause {
        let duty = |id: &DutyId| &self.subject.program.duties[*id];
        let mark = |duty: &Duty| duty.id.strip_prefix(id).unwrap_or(&duty.id).to_owned();
        let marks: Vec<String> = duties.iter().map(|id| mark(duty(id))).collect();
        let quoted =
            duties.iter().zip(&marks).map(|(id, mark)| (Some(mark.as_str()), duty(id).quote.as_str()));
        let quotes: Vec<_> = quoted.chain(notes.iter().map(|note| (None, note.quote.as_str()))).collect();
        let passage = passages(text, &quotes);
        let duties = duties.iter().zip(marks).map(|(id, mark)| self.duty(*id, mark));
        Clause { id: id.to_owned(), passage, duties: duties.collect() }
    }

    fn duty(&mut self, id: DutyId, mark: String) -> model::Duty {
        let duty = &self.subject.program.duties[id];
        let program = self.subject.program;
        // What a person must judge is said as such.
        let rules: Vec<RuleId> =
            program.rules_of(id).filter(|rule| program.attest_of(&program.rules[*rule]).is_none()).collect();
        model::Duty {
            id: duty.id.clone(),
            mark,
            quote: duty.quote.clone(),
            by_criteria: duty.by_criteria,
            undecided: !program.is_decided(id),
            rules: rules.into_iter().map(|rule| self.rule(rule, &duty.id)).collect(),
            judgements: self.judgements(id),
            controls: controls(self.subject, self.position, &duty.id),
        }
    }

    fn rule(&mut self, id: RuleId, duty: &str) -> model::Rule {
        let subject = self.subject;
        let rule = &subject.program.rules[id];
        let said_at = self.said.iter().find(|(said, _)| *said == id).map(|(_, duty)| duty.clone());
        if said_at.is_none() {
            self.said.push((id, duty.to_owned()));
        }
        model::Rule {
            name: rule.name.clone(),
            label: rule.label.clone(),
            doc: rule.doc.clone(),
            severity: severity_label(rule.severity).ja,
            covers: rule.covers.iter().map(|duty| subject.program.duties[*duty].id.clone()).collect(),
            said_at,
            sentence: rule_sentence(subject, rule),
            message: subject.speaker(Lang::Ja).message(rule),
            remedy: rule.remedy.clone(),
            relations: relations_of_rule(subject.program, id),
            reads: readings(subject, id),
            examples: examples(subject, id, Lang::Ja),
            excused: !rule.excused.is_empty(),
        }
    }

    /// The attestations and audits that a duty is fulfilled by.
    fn judgements(&mut self, duty: DutyId) -> Vec<Judgement> {
        let program = self.subject.program;
        let mut judgements = Vec::new();
        for (id, attest) in program.attests.iter().filter(|(_, attest)| attest.covers.contains(&duty)) {
            let is_first = !self.asked.contains(&id);
            if is_first {
                self.asked.push(id);
            }
            let rule = program.rules.get(attest.rule).filter(|_| is_first);
            let anchor = rule.map(|rule| rule.name.clone());
            judgements.push(Judgement { anchor, ..attestation(self.subject, id, duty) });
        }
        let audits = program.audits.iter().filter(|(_, audit)| audit.covers.contains(&duty));
        judgements.extend(audits.map(|(id, _)| audit(self.subject, id, duty)));
        judgements
    }
}

fn attestation(subject: Subject<'_>, id: AttestId, duty: DutyId) -> Judgement {
    let attest = &subject.program.attests[id];
    let (ja, en) = (subject.speaker(Lang::Ja), subject.speaker(Lang::En));
    let place = format!("attest-{}-{}", attest.name, subject.program.duties[duty].id);
    Judgement {
        kind: ATTESTATION,
        name: attest.name.clone(),
        anchor: None,
        label: attest.label.clone(),
        doc: attest.doc.clone(),
        severity: Some(severity_label(attest.severity).ja),
        sentence: sentence(&ja.attest(id), &en.attest(id), &place),
    }
}

fn audit(subject: Subject<'_>, id: AuditId, duty: DutyId) -> Judgement {
    let audit = &subject.program.audits[id];
    let (ja, en) = (subject.speaker(Lang::Ja), subject.speaker(Lang::En));
    let place = format!("audit-{}-{}", audit.name, subject.program.duties[duty].id);
    Judgement {
        kind: AUDIT,
        name: audit.name.clone(),
        anchor: None,
        label: audit.label.clone(),
        doc: audit.doc.clone(),
        severity: None,
        sentence: sentence(&ja.audit(id), &en.audit(id), &place),
    }
}

fn rule_sentence(subject: Subject<'_>, rule: &Rule) -> Sentence {
    let (ja, en) = (subject.speaker(Lang::Ja).rule(rule), subject.speaker(Lang::En).rule(rule));
    sentence(&ja, &en, &format!("rule-{}", rule.name))
}

/// A statement in both languages.
pub(super) fn sentence(ja: &Statement, en: &Statement, anchor: &str) -> Sentence {
    Sentence {
        plain: ja.plain(Lang::Ja),
        html: ja.html(anchor, Lang::Ja),
        english: en.html(&format!("{anchor}-en"), Lang::En),
    }
}

fn counts(sections: &[Section], facts: usize) -> Counts {
    let clauses = || sections.iter().flat_map(|section| section.clause.iter().chain(&section.criteria));
    let duties = || clauses().flat_map(|clause| &clause.duties);
    let first = |rule: &&model::Rule| rule.said_at.is_none();
    let judged = |kind: &str| {
        let own = duties().flat_map(|duty| &duty.judgements).filter(|judgement| judgement.kind == kind);
        own.map(|judgement| judgement.name.as_str()).collect::<BTreeSet<_>>().len()
    };
    Counts {
        criteria: sections.iter().map(|section| section.criteria.len()).sum(),
        duties: duties().count(),
        undecided: duties().filter(|duty| duty.undecided).count(),
        rules: duties().flat_map(|duty| &duty.rules).filter(first).count(),
        attests: judged(ATTESTATION),
        audits: judged(AUDIT),
        facts,
        examples: duties().flat_map(|duty| &duty.rules).filter(first).map(|rule| rule.examples.len()).sum(),
    }
}

fn params(subject: Subject<'_>) -> Vec<model::Param> {
    let speaker = subject.speaker(Lang::Ja);
    let params = subject.program.params.values().map(|param| model::Param {
        label: param.label.clone(),
        value: speaker.param_value(param),
        rationale: param.rationale.clone(),
        overridden: param.overridden,
    });
    params.collect()
}
