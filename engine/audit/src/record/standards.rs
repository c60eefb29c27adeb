//! The standards with the verdict of every duty, criterion and section: the gravest below it, but for observations.

use kijun_ir::{CriterionId, DutyId, Note, Program, SectionId, Standard, Verdict};
use kijun_source::Bilingual;

use super::lack::of_rules;
use super::{CriterionRecord, DutyRecord, Lack, LackRecord, RuleRecord, SectionRecord, StandardRecord};

/// The standards of a program, judged by its rules. `rules` are those of the program, in its order.
pub(super) fn standards(program: &Program, rules: &[RuleRecord]) -> Vec<StandardRecord> {
    let judged = Judged { program, rules };
    program.standards.iter().map(|standard| judged.standard(standard)).collect()
}

struct Judged<'a> {
    program: &'a Program,
    rules: &'a [RuleRecord],
}

impl Judged<'_> {
    fn standard(&self, standard: &Standard) -> StandardRecord {
        let sections: Vec<_> = standard.sections.iter().map(|id| self.section(*id)).collect();
        StandardRecord {
            name: standard.name.clone(),
            title: standard.title.clone(),
            issuer: standard.issuer.clone(),
            edition: standard.edition.clone(),
            verdict: sections.iter().map(|section| section.verdict).max().unwrap_or(Verdict::Undetermined),
            sections,
        }
    }

    fn section(&self, id: SectionId) -> SectionRecord {
        let section = &self.program.sections[id];
        let criteria: Vec<_> = section.criteria.iter().map(|id| self.criterion(*id)).collect();
        let of_criteria = criteria.iter().map(|criterion| criterion.verdict).max();
        let duties: Vec<_> = section.duties.iter().map(|id| self.duty(*id, of_criteria)).collect();
        let parts = duties.iter().map(|duty| duty.verdict);
        let parts = parts.chain(criteria.iter().map(|criterion| criterion.verdict)).max();
        let text = section.text.as_deref().unwrap_or_default();
        let (verdict, lacks) = verdict_of(parts, text, &section.notes);
        SectionRecord {
            id: section.id.clone(),
            title: section.title.clone(),
            text: section.text.clone(),
            verdict,
            duties,
            notes: quotes(&section.notes),
            lacks,
            criteria,
        }
    }

    fn criterion(&self, id: CriterionId) -> CriterionRecord {
        let criterion = &self.program.criteria[id];
        let duties: Vec<_> = criterion.duties.iter().map(|id| self.duty(*id, None)).collect();
        let gravest = duties.iter().map(|duty| duty.verdict).max();
        let (verdict, lacks) = verdict_of(gravest, &criterion.text, &criterion.notes);
        CriterionRecord {
            id: criterion.id.clone(),
            text: criterion.text.clone(),
            verdict,
            duties,
            notes: quotes(&criterion.notes),
            lacks,
        }
    }

    /// `of_criteria` is the gravest verdict of the criteria of its section.
    fn duty(&self, id: DutyId, of_criteria: Option<Verdict>) -> DutyRecord {
        let duty = &self.program.duties[id];
        let rules: Vec<usize> = self.program.rules_of(id).map(kijun_ir::Index::index).collect();
        let weighing = rules.iter().map(|rule| &self.rules[*rule]).filter(|rule| !rule.is_observation());
        let gathered = of_criteria.filter(|_| duty.by_criteria);
        let gravest = weighing.map(|rule| rule.verdict).chain(gathered).max();
        let lacks = if gravest.is_none() { vec![no_rule()] } else { Vec::new() };
        let verdict = gravest.unwrap_or(Verdict::Undetermined);
        DutyRecord {
            id: duty.id.clone(),
            quote: duty.quote.clone(),
            verdict,
            rules,
            by_criteria: duty.by_criteria,
            lacks,
        }
    }
}

/// The verdict of a text from the gravest below it. A text from which nothing is quoted demands nothing only if all of it is
/// declared to be no duty; otherwise nobody has read it, and it must not pass.
fn verdict_of(gravest: Option<Verdict>, text: &str, notes: &[Note]) -> (Verdict, Vec<LackRecord>) {
    match gravest {
        Some(verdict) => (verdict, Vec::new()),
        None if is_all_notes(text, notes) => (Verdict::NotApplicable, Vec::new()),
        None => (Verdict::Undetermined, vec![no_duty()]),
    }
}

/// Whether the notes leave no letter of the text. White space does not count.
fn is_all_notes(text: &str, notes: &[Note]) -> bool {
    let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let mut rest = squeeze(text);
    for note in notes.iter().map(|note| squeeze(&note.quote)).filter(|note| !note.is_empty()) {
        rest = rest.replacen(&note, " ", 1);
    }
    !rest.chars().any(char::is_alphanumeric)
}

fn quotes(notes: &[Note]) -> Vec<String> {
    notes.iter().map(|note| note.quote.clone()).collect()
}

fn no_rule() -> LackRecord {
    of_rules(
        Lack::NoRule,
        Bilingual::new("この義務を判定する規則がまだない", "no rule decides this duty yet"),
    )
}

fn no_duty() -> LackRecord {
    of_rules(
        Lack::NoDuty,
        Bilingual::new("この文から義務が引かれていない", "no duty is quoted from this text"),
    )
}
