//! What a run could not see: what no rule, no source or no row speaks about.

use kijun_eval::{AsOf, Presence, Snapshot};
use kijun_ir::{FactId, FieldId};
use kijun_source::{Bilingual, bilingual};

use super::{EXPLAINED_PER_VERDICT, RuleRecord, SectionRecord, SourceRecord, StandardRecord};

/// What the run could not see, in sentences.
pub(super) fn unseen(
    snapshot: &Snapshot<'_>,
    standards: &[StandardRecord],
    rules: &[RuleRecord],
    sources: &[SourceRecord],
) -> Vec<Bilingual> {
    let mut unseen = Vec::new();
    unseen.extend(undecided(standards));
    let facts = snapshot.program.facts.iter().filter(|(_, fact)| fact.is_collected());
    let facts: Vec<FactId> = facts.map(|(id, _)| id).collect();
    unseen.extend(facts.iter().filter_map(|fact| undelivered(snapshot, *fact)));
    unseen.extend(facts.iter().filter_map(|fact| uncounted(snapshot, *fact)));
    unseen.extend(unread(snapshot));
    unseen.extend(facts.iter().flat_map(|fact| blank(snapshot, *fact)).map(|(_, sentence)| sentence));
    unseen.extend(sources.iter().flat_map(|source| &source.collections).flat_map(|file| {
        let path = &file.path;
        let columns = file.unread_columns.join("、");
        [
            (!file.unfilled_fields.is_empty())
                .then(|| unfilled(&Bilingual::same(path.as_str()), &file.unfilled_fields)),
            (!columns.is_empty()).then(|| {
                bilingual!("{path}: 列 {columns} は読んでいない", "{path}: columns not read: {columns}")
            }),
        ]
        .into_iter()
        .flatten()
    }));
    unseen.extend(rules.iter().filter_map(unexplained));
    unseen
}

/// Duties that no rule decides.
fn undecided(standards: &[StandardRecord]) -> Option<Bilingual> {
    let sections = standards.iter().flat_map(|standard| &standard.sections);
    let duties: Vec<_> = sections.flat_map(SectionRecord::all_duties).collect();
    let (undecided, all) = (duties.iter().filter(|duty| duty.is_undecided()).count(), duties.len());
    (undecided > 0).then(|| {
        bilingual!(
            "義務{all}件のうち{undecided}件には、判定する規則がまだない（判定不能として数えた）",
            "no rule decides {undecided} of {all} duties yet (counted as undetermined)"
        )
    })
}

/// Fields that must be filled and are not, in rows that count: a subject that it cannot be said of whether it belongs to a population
/// may drop out of sight.
pub(super) fn blank(snapshot: &Snapshot<'_>, fact: FactId) -> Vec<(FieldId, Bilingual)> {
    let declared = &snapshot.program.facts[fact];
    let Some(view) = snapshot.view(fact, AsOf::Today) else { return Vec::new() };
    let label = &declared.label;
    let required = declared.fields.iter().filter(|(_, field)| !field.ty.optional);
    let blank = required.filter_map(|(id, field)| {
        let presence = view.table().presence(id);
        let rows = view.rows().iter().filter(|row| presence[**row as usize] != Presence::Known).count();
        let name = &field.label;
        (rows > 0).then(|| {
            let sentence = bilingual!(
                "{label}: 「{name}」の分からない行が{rows}件ある（不明として扱った）",
                "{label}: {rows} rows without `{name}`, which counts as unknown"
            );
            (id, sentence)
        })
    });
    blank.collect()
}

/// Optional fields, by label, that no column of a file or of a source fills.
pub(super) fn unfilled(of: &Bilingual, fields: &[String]) -> Bilingual {
    let (fields, Bilingual { ja, en }) = (fields.join("、"), of);
    bilingual!(
        "{ja}: 項目 {fields} にあてる列がなく、値はすべて不明として扱った",
        "{en}: no column fills {fields}; every value counts as unknown"
    )
}

/// A fact that no source delivers.
fn undelivered(snapshot: &Snapshot<'_>, fact: FactId) -> Option<Bilingual> {
    let (label, name) = (&snapshot.program.facts[fact].label, &snapshot.program.facts[fact].name);
    snapshot.evidence.coverage[fact]
        .is_empty()
        .then(|| bilingual!("{label}を届ける系統がない", "no source delivers {name}"))
}

/// Rows that were read and do not count on the date of judgement.
fn uncounted(snapshot: &Snapshot<'_>, fact: FactId) -> Option<Bilingual> {
    let all = snapshot.evidence.tables[fact].len() as usize;
    let rows = all - snapshot.view(fact, AsOf::Today).map_or(0, |view| view.rows().len());
    let (label, name) = (&snapshot.program.facts[fact].label, &snapshot.program.facts[fact].name);
    (rows > 0).then(|| {
        bilingual!(
            "{label}の{rows}行は、古いか基準日より後のものなので、判定に使っていない",
            "{rows} rows of {name} are too old, or of after the date of judgement, and were not used"
        )
    })
}

/// Facts that are delivered and that no rule reads.
fn unread(snapshot: &Snapshot<'_>) -> Vec<Bilingual> {
    let program = snapshot.program;
    let mut read: Vec<FactId> = program.rules.ids().flat_map(|rule| program.facts_of(rule)).collect();
    read.sort_unstable();
    read.dedup();
    let delivered = program.facts.iter().filter(|(fact, _)| !snapshot.evidence.coverage[*fact].is_empty());
    delivered
        .filter(|(fact, _)| read.binary_search(fact).is_err())
        .map(|(_, fact)| {
            let (label, name) = (&fact.label, &fact.name);
            bilingual!("{label}は、どの規則も読まない", "no rule reads {name}")
        })
        .collect()
}

/// A rule with more subjects than are explained.
fn unexplained(rule: &RuleRecord) -> Option<Bilingual> {
    let listed = rule.subjects.iter().filter(|subject| !subject.explained).count();
    let (name, limit) = (&rule.name, EXPLAINED_PER_VERDICT);
    (listed > 0).then(|| {
        bilingual!(
            "規則 {name} の対象{listed}件は、判定ごとに{limit}件までの理由付けの対象外（件数は正確）",
            "{listed} subjects of rule {name} are beyond the {limit} per verdict whose reasons are given; counts are exact"
        )
    })
}
