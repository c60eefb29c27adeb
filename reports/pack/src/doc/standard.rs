//! A standard, clause by clause, with what decides each duty.

use std::collections::BTreeSet;

use kijun_ir::{Duty, DutyId, Expr, ExprKind, FactKind, Note, Rule, RuleId};
use kijun_source::Lang;

use super::Subject;
use super::crosswalk::{catalogues, controls, crosswalks};
use super::evidence::{facts, readings, rule_name, tables};
use super::example::examples;
use super::model::{self, Clause, Counts, Document, Judgement, Section, Sentence, Term};
use super::passage::passages;
use crate::sentence::Statement;
use crate::words::severity_label;

/// What a judgement of a person is called.
const ATTESTATION: &str = "確認";

/// What an audit is called.
const AUDIT: &str = "監査";

/// The standard at a position.
pub(super) fn document(subject: Subject<'_>, position: usize) -> Option<Document> {
    let standard = subject.program.standards.get(position)?;
    let mut place = Place { subject, position, said: Vec::new() };
    let sections: Vec<Section> = standard.sections.iter().map(|section| place.section(*section)).collect();
    let facts = facts(subject);
    Some(Document {
        title: standard.title.clone(),
        name: standard.name.clone(),
        issuer: standard.issuer.clone(),
        edition: standard.edition.clone(),
        counts: counts(&sections, facts.len()),
        sections,
        params: params(subject),
        relations: relations(subject),
        definitions: definitions(subject),
        facts,
        tables: tables(subject),
        catalogues: catalogues(subject, position),
        crosswalks: crosswalks(subject, position),
    })
}

/// Where in a document we are: which rules have been said already, and at which duty.
struct Place<'a> {
    subject: Subject<'a>,
    position: usize,
    said: Vec<(RuleId, String)>,
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
            rules: rules.into_iter().map(|rule| self.rule(rule, &duty.id)).collect(),
            judgements: judgements(self.subject, id),
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
            reads: readings(subject, id),
            examples: examples(subject, id, Lang::Ja),
            excused: !rule.excused.is_empty(),
        }
    }
}

fn rule_sentence(subject: Subject<'_>, rule: &Rule) -> Sentence {
    let (ja, en) = (subject.speaker(Lang::Ja).rule(rule), subject.speaker(Lang::En).rule(rule));
    sentence(&ja, &en, &format!("rule-{}", rule.name))
}

fn sentence(ja: &Statement, en: &Statement, anchor: &str) -> Sentence {
    Sentence {
        plain: ja.plain(Lang::Ja),
        html: ja.html(anchor, Lang::Ja),
        english: en.html(&format!("{anchor}-en"), Lang::En),
    }
}

/// The attestations and audits that a duty is fulfilled by.
fn judgements(subject: Subject<'_>, duty: DutyId) -> Vec<Judgement> {
    let (ja, en) = (subject.speaker(Lang::Ja), subject.speaker(Lang::En));
    let attests = subject.program.attests.iter().filter(|(_, attest)| attest.covers.contains(&duty));
    let attests = attests.map(|(id, attest)| Judgement {
        kind: ATTESTATION,
        name: attest.name.clone(),
        label: attest.label.clone(),
        doc: attest.doc.clone(),
        severity: Some(severity_label(attest.severity).ja),
        sentence: sentence(
            &ja.attest(id),
            &en.attest(id),
            &format!("attest-{}-{}", attest.name, subject.program.duties[duty].id),
        ),
    });
    let audits = subject.program.audits.iter().filter(|(_, audit)| audit.covers.contains(&duty));
    let audits = audits.map(|(id, audit)| Judgement {
        kind: AUDIT,
        name: audit.name.clone(),
        label: audit.label.clone(),
        doc: audit.doc.clone(),
        severity: None,
        sentence: sentence(
            &ja.audit(id),
            &en.audit(id),
            &format!("audit-{}-{}", audit.name, subject.program.duties[duty].id),
        ),
    });
    attests.chain(audits).collect()
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
        undecided: duties().filter(|duty| duty.is_undecided()).count(),
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

fn relations(subject: Subject<'_>) -> Vec<Term> {
    let (ja, en) = (subject.speaker(Lang::Ja), subject.speaker(Lang::En));
    let terms = subject.program.relations.iter().map(|(id, relation)| {
        let fact = &subject.program.facts[relation.fact];
        let readers = subject.program.rules.iter().filter(|(_, rule)| {
            rule.vars.values().any(|binding| {
                binding.fact == relation.fact || reads_relation(subject, binding.fact, relation.fact)
            })
        });
        Term {
            label: fact.label.clone(),
            doc: fact.doc.clone(),
            sentence: Some(sentence(&ja.relation(id), &en.relation(id), &format!("relation-{}", fact.name))),
            rules: readers.map(|(id, _)| rule_name(subject, id)).collect(),
        }
    });
    terms.collect()
}

/// Whether a relation has another as an atom.
fn reads_relation(subject: Subject<'_>, fact: kijun_ir::FactId, other: kijun_ir::FactId) -> bool {
    let FactKind::Relation(id) = subject.program.facts[fact].kind else { return false };
    let mut atoms = subject.program.relations[id].branches.iter().flat_map(|branch| &branch.atoms);
    atoms.any(|atom| atom.fact == other)
}

/// The definitions that rules use by name, by their labels.
fn definitions(subject: Subject<'_>) -> Vec<Term> {
    let terms = subject.definitions.iter().filter_map(|(name, definition)| {
        let users =
            subject.program.rules.iter().filter(|(_, rule)| rule.exprs().any(|expr| uses(expr, name)));
        let rules: Vec<model::RuleName> = users.map(|(id, _)| rule_name(subject, id)).collect();
        (!rules.is_empty()).then(|| Term {
            label: definition.label.clone(),
            doc: definition.doc.clone(),
            sentence: None,
            rules,
        })
    });
    terms.collect()
}

fn uses(expr: &Expr, definition: &str) -> bool {
    let mut found = false;
    expr.walk(&mut |expr| found |= matches!(&expr.kind, ExprKind::Named { name, .. } if name == definition));
    found
}
