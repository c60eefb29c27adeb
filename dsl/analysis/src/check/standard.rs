//! Standards: sections, criteria, and duties that quote them.

use std::collections::{BTreeMap, BTreeSet};

use kijun_ir::{Clause, Criterion, Duty, DutyId, Note, Section, Standard};
use kijun_source::{Bilingual, Diagnostic, bilingual, nearest};
use kijun_syntax::ast::{self, Passage, Text};

use crate::check::Checker;
use crate::diagnostics::{DUPLICATE_DUTY, NO_TEXT, QUOTE, SHARED_DUTY, UNKNOWN_DUTY};
use crate::fidelity::{find, squeeze};
use crate::names::suggest;

/// The ids of the standards of a unit, each once.
#[derive(Default)]
struct Ids {
    sections: BTreeSet<String>,
    criteria: BTreeSet<String>,
}

pub(super) fn standards(checker: &mut Checker<'_>) {
    let names = checker.names;
    let mut ids: BTreeMap<usize, Ids> = BTreeMap::new();
    checker.duties = std::iter::repeat_with(BTreeMap::new).take(names.units()).collect();
    for declared in &names.standards {
        checker.unit = declared.unit;
        let ids = ids.entry(declared.unit).or_default();
        let declared = declared.tree;
        let mut standard = Standard {
            name: declared.name.text.clone(),
            title: declared.title.value.clone(),
            issuer: declared.issuer.as_ref().map(|text| text.value.clone()),
            edition: declared.edition.as_ref().map(|text| text.value.clone()),
            sections: Vec::new(),
            span: declared.name.span,
        };
        for section in &declared.sections {
            standard.sections.push(section_of(checker, ids, section));
        }
        checker.program.to_mut().standards.push(standard);
    }
}

fn section_of(checker: &mut Checker<'_>, ids: &mut Ids, declared: &ast::Section) -> kijun_ir::SectionId {
    if !ids.sections.insert(declared.id.value.clone()) {
        twice(checker, &declared.id);
    }
    let id = checker.program.to_mut().sections.push(Section {
        id: declared.id.value.clone(),
        title: declared.title.value.clone(),
        text: declared.passage.text.as_ref().map(|text| text.value.clone()),
        duties: Vec::new(),
        notes: Vec::new(),
        criteria: Vec::new(),
        span: declared.id.span,
    });
    let (duties, notes) = passage(checker, &declared.passage, Clause::Section(id), &declared.id);
    checker.program.to_mut().sections[id].duties = duties;
    checker.program.to_mut().sections[id].notes = notes;
    for criterion in &declared.criteria {
        if !ids.criteria.insert(criterion.id.value.clone()) {
            twice(checker, &criterion.id);
        }
        let text = criterion.passage.text.as_ref().map(|text| text.value.clone());
        if text.is_none() {
            let message = Bilingual::new("本文がない", "the text is missing");
            let help = Bilingual::new(
                "⟦text \"…\"|本文 \"…\"⟧ に基準の文言をそのまま書く",
                "write the words of the standard in ⟦text \"…\"|本文 \"…\"⟧",
            );
            checker.report(Diagnostic::new(&NO_TEXT, criterion.id.span, message).help(help));
        }
        let criterion_id = checker.program.to_mut().criteria.push(Criterion {
            id: criterion.id.value.clone(),
            section: id,
            text: text.unwrap_or_default(),
            duties: Vec::new(),
            notes: Vec::new(),
            span: criterion.id.span,
        });
        let (duties, notes) =
            passage(checker, &criterion.passage, Clause::Criterion(criterion_id), &criterion.id);
        checker.program.to_mut().criteria[criterion_id].duties = duties;
        checker.program.to_mut().criteria[criterion_id].notes = notes;
        checker.program.to_mut().sections[id].criteria.push(criterion_id);
    }
    id
}

fn passage(
    checker: &mut Checker<'_>,
    passage: &Passage,
    clause: Clause,
    owner: &Text,
) -> (Vec<DutyId>, Vec<Note>) {
    let text = passage.text.as_ref().map_or_else(Vec::new, |text| squeeze(&text.value));
    // Of a criterion without a text that is said already.
    let is_quoted = passage.text.is_some() || matches!(clause, Clause::Section(_));
    let quotes = passage.duties.iter().map(|duty| &duty.quote).chain(&passage.notes);
    for quote in quotes.filter(|_| is_quoted) {
        quoted(checker, &text, passage.text.as_ref(), quote);
    }
    let mut duties = Vec::new();
    for duty in &passage.duties {
        let id = format!("{}{}", owner.value, duty.name.text);
        let known = checker.program.to_mut().duties.push(Duty {
            id: id.clone(),
            clause,
            quote: duty.quote.value.clone(),
            by_criteria: duty.by_criteria,
            span: duty.name.span,
        });
        duties.push(known);
        let here = checker.duties.get_mut(checker.unit);
        if here.is_some_and(|here| here.insert(id.clone(), known).is_some()) {
            twice(checker, &Text { value: id, span: duty.name.span });
        }
    }
    (duties, passage.notes.iter().map(|note| Note { quote: note.value.clone() }).collect())
}

/// Reports a quotation that is not in the text.
fn quoted(checker: &mut Checker<'_>, text: &[char], source: Option<&Text>, quote: &Text) {
    let words = squeeze(&quote.value);
    if find(text, &words).is_some() {
        return;
    }
    let message = Bilingual::new("この引用は本文と一致しない", "this quotation is not in the text");
    let mut diagnostic = Diagnostic::new(&QUOTE, quote.span, message);
    if let Some(source) = source {
        diagnostic = diagnostic.and(source.span, Bilingual::new("本文", "the text"));
    }
    let agreeing =
        (0..=words.len()).rev().find(|length| find(text, &words[..*length]).is_some()).unwrap_or(0);
    let agreeing: String = words[..agreeing].iter().collect();
    let help = if agreeing.is_empty() {
        Bilingual::new(
            "一字一句そのまま引用する（空白は問わない）",
            "quote it word for word (white space aside)",
        )
    } else {
        bilingual!(
            "「{agreeing}」までは一致している。その先を本文のとおりに直す",
            "it agrees up to 「{agreeing}」; correct what follows"
        )
    };
    checker.report(diagnostic.help(help));
}

fn twice(checker: &mut Checker<'_>, id: &Text) {
    let name = &id.value;
    checker.report(
        Diagnostic::new(
            &DUPLICATE_DUTY,
            id.span,
            bilingual!("番号 {name} は既に使われている", "the id {name} is already used"),
        )
        .help(Bilingual::new("番号を一つずつにする", "give each its own id")),
    );
}

impl Checker<'_> {
    /// The duty of that id in the standards of this unit and of those that it uses; reports where there is none, or more than one.
    pub(super) fn duty(&mut self, text: &Text) -> Option<DutyId> {
        let id = &text.value;
        let units: BTreeSet<usize> = self.names.uses(self.unit).chain([self.unit]).collect();
        let visible = || units.iter().filter_map(|unit| self.duties.get(*unit));
        let mut found = visible().filter_map(|duties| duties.get(id));
        match (found.next(), found.next()) {
            (Some(duty), None) => Some(*duty),
            (Some(first), Some(second)) => {
                let (first, second) = (self.program.duties[*first].span, self.program.duties[*second].span);
                let message = bilingual!("義務 {id} は二つの基準にある", "two standards have a duty {id}");
                self.report(
                    Diagnostic::new(&SHARED_DUTY, text.span, message)
                        .and(first, Bilingual::new("一つ目", "the first"))
                        .and(second, Bilingual::new("二つ目", "the second"))
                        .help(Bilingual::new(
                            "どちらかの規則集を使わない",
                            "use one of the two rulesets only",
                        )),
                );
                None
            }
            // The standard that has it could not be read.
            (None, _) if visible().all(BTreeMap::is_empty) && self.names.has_broken(&units) => None,
            (None, _) => {
                let message = bilingual!("義務 {id} は基準にない", "no duty has the id {id}");
                let near = nearest(id, visible().flat_map(BTreeMap::keys).map(String::as_str));
                let near = near.map(str::to_owned);
                let diagnostic = Diagnostic::new(&UNKNOWN_DUTY, text.span, message);
                self.report(suggest(diagnostic, near.as_deref()));
                None
            }
        }
    }
}
