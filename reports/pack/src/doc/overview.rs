//! A standard duty by duty: rules, the evidence that they read, a case for each verdict, controls.

use kijun_ir::{DutyId, RuleId, SectionId, Test, Verdict};
use kijun_source::{Bilingual, Lang};

use super::Subject;
use super::crosswalk::controls;
use super::evidence::{readings, rule_name};
use super::example::shows;
use super::model::{Case, ControlsOf, Overview, OverviewRow, OverviewSection};

/// The standard at a position.
pub(super) fn overview(subject: Subject<'_>, position: usize, lang: Lang) -> Option<Overview> {
    let standard = subject.program.standards.get(position)?;
    let writer = Writer { subject, position, lang };
    let sections = standard.sections.iter().map(|section| writer.section(*section));
    Some(Overview { title: standard.title.clone(), sections: sections.collect() })
}

/// What is said of a duty that nothing decides, whatever else is done about it.
pub(super) fn undecided(lang: Lang) -> String {
    let words =
        Bilingual::new("判定する規則なし（判定不能として扱う）", "no rule decides it: it stays undetermined");
    words.get(lang).to_owned()
}

/// What decides a duty that the criteria of its section decide.
pub(super) fn gathered(lang: Lang) -> String {
    let words =
        Bilingual::new("各項の判定のうち最も重いものによる", "by the gravest verdict of the criteria");
    words.get(lang).to_owned()
}

struct Writer<'a> {
    subject: Subject<'a>,
    position: usize,
    lang: Lang,
}

impl Writer<'_> {
    fn section(&self, id: SectionId) -> OverviewSection {
        let section = &self.subject.program.sections[id];
        let criteria = section.criteria.iter();
        let of_criteria = criteria.flat_map(|criterion| &self.subject.program.criteria[*criterion].duties);
        let rows = section.duties.iter().chain(of_criteria).map(|duty| self.row(*duty));
        OverviewSection { id: section.id.clone(), title: section.title.clone(), rows: rows.collect() }
    }

    fn row(&self, id: DutyId) -> OverviewRow {
        let duty = &self.subject.program.duties[id];
        let program = self.subject.program;
        let rules: Vec<RuleId> = program.rules_of(id).collect();
        // What people attest is named among the judgements.
        let named = rules.iter().filter(|rule| program.attest_of(&program.rules[**rule]).is_none());
        OverviewRow {
            duty: duty.id.clone(),
            quote: duty.quote.clone(),
            undecided: !program.is_decided(id),
            rules: named.map(|rule| rule_name(self.subject, *rule)).collect(),
            judgements: self.judgements(id),
            facts: self.facts(&rules),
            cases: self.cases(&rules),
            controls: controls_of(self.subject, self.position, &duty.id, self.lang),
        }
    }

    fn judgements(&self, duty: DutyId) -> Vec<String> {
        let kinds = [Bilingual::new("確認", "attestation"), Bilingual::new("監査", "audit")];
        let [attestation, audit] = kinds.map(|kind| kind.get(self.lang).to_owned());
        let program = self.subject.program;
        let attests = program.attests.values().filter(|attest| attest.covers.contains(&duty));
        let attests = attests.map(|attest| format!("{}（{attestation}）", attest.label));
        let audits = program.audits.values().filter(|audit| audit.covers.contains(&duty));
        let by_criteria = program.duties[duty].by_criteria.then(|| gathered(self.lang));
        by_criteria
            .into_iter()
            .chain(attests)
            .chain(audits.map(|each| format!("{}（{audit}）", each.label)))
            .collect()
    }

    /// The labels of the evidence, each once.
    fn facts(&self, rules: &[RuleId]) -> Vec<String> {
        let mut labels: Vec<String> = Vec::new();
        for reading in rules.iter().flat_map(|rule| readings(self.subject, *rule)) {
            if !labels.contains(&reading.label) {
                labels.push(reading.label);
            }
        }
        labels
    }

    fn cases(&self, rules: &[RuleId]) -> Vec<Case> {
        let tests = &self.subject.program.tests;
        let of_rule = |rule: &RuleId| {
            let rule = *rule;
            tests.iter().filter(move |test| test.rule == Some(rule))
        };
        let own: Vec<&Test> = rules.iter().flat_map(of_rule).collect();
        let case = |verdict: Verdict| {
            let mut showing = own.iter().filter(|test| shows(test, verdict));
            let first = showing.next()?;
            Some(Case {
                verdict: verdict.name(),
                sign: verdict.sign().to_string(),
                label: verdict.label().get(self.lang).to_owned(),
                example: first.label.clone(),
                more: showing.count(),
            })
        };
        Verdict::ALL.into_iter().filter_map(case).collect()
    }
}

/// The controls that a duty maps to, by catalogue, each with its strength.
pub(super) fn controls_of(subject: Subject<'_>, position: usize, duty: &str, lang: Lang) -> Vec<ControlsOf> {
    let unverified = Bilingual::new("、未確認", ", unverified");
    let mut all: Vec<ControlsOf> = Vec::new();
    for link in controls(subject, position, duty) {
        let strength = link.strength.get(lang);
        let mark = if link.unverified { unverified.get(lang) } else { "" };
        let control = format!("{}（{strength}{mark}）", link.control);
        match all.iter_mut().find(|of| of.catalogue == link.catalogue) {
            Some(of) => of.controls.push(control),
            None => all.push(ControlsOf { catalogue: link.catalogue, controls: vec![control] }),
        }
    }
    all
}
