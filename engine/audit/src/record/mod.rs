//! The complete result of one run as plain data: what every report is made of.

mod inventory;
mod lack;
mod missing;
mod model;
mod rules;
mod sources;
mod standards;
mod unseen;
mod words;

pub use inventory::{GapFile, GapRecord, Inventory, Missing, take_inventory};
pub use model::{
    AuditRecord, CollectionRecord, CoverageRecord, CriterionRecord, DutyRecord, EvidenceRow, FactName, Lack,
    LackRecord, ParamRecord, Piece, RejectedRow, Role, RuleRecord, Scope, SectionRecord, SourceRecord,
    StandardRecord, SubjectRecord, TimeSpan, Vouched,
};
pub use rules::{EXPLAINED_PER_VERDICT, WITNESSES_PER_SUBJECT};
pub use words::{duration, freshness};

use kijun_eval::{Defect, Outcome, Reason, Snapshot};
use kijun_ir::Verdict;
use kijun_source::{Bilingual, Sources, Span};

use self::rules::Quoting;
use crate::BothWordings;

/// Why a collection may lack rows, in a sentence.
pub fn defect_sentence(defect: Defect) -> Bilingual {
    lack::defect(defect)
}

/// A piece of evidence that is missing, in a sentence; `said` puts the conditions of rules in words.
pub(crate) fn reason_sentence(
    snapshot: &Snapshot<'_>,
    reason: &Reason,
    said: &dyn Fn(Span) -> Bilingual,
) -> Bilingual {
    lack::of_reason(snapshot, reason, said).sentence
}

/// Records one run: what was judged, what came out, on which evidence it rests and what could not be seen.
///
/// `written` and `wordings` say the conditions of rules, `collections` are the files that were imported, in any order. Everything in the record
/// has an order of its own: that of the rulesets, then gravity, then that of the tables.
pub fn record(
    snapshot: &Snapshot<'_>,
    outcome: &Outcome,
    written: &Sources,
    wordings: BothWordings<'_>,
    collections: Vec<CollectionRecord>,
    organisation: &str,
) -> AuditRecord {
    let rules = rules::rules(snapshot, outcome, Quoting { written, wordings }, organisation);
    let standards = standards::standards(snapshot.program, &rules);
    let sources = sources::sources(snapshot, collections);
    let sources: Vec<SourceRecord> = sources.into_iter().map(|(_, source)| source).collect();
    let gravest = standards
        .iter()
        .map(|standard| standard.verdict)
        .chain(rules.iter().filter(|rule| !rule.is_observation()).map(|rule| rule.verdict))
        .max()
        .unwrap_or(Verdict::Undetermined);
    let unseen = unseen::unseen(snapshot, &standards, &rules, &sources);
    AuditRecord {
        organisation: organisation.to_owned(),
        period: (snapshot.occasion.period_start, snapshot.occasion.period_end),
        today: snapshot.occasion.today,
        zone: snapshot.program.calendar.zone.clone(),
        verdict: gravest,
        rows: snapshot.evidence.tables.values().map(|table| table.len() as usize).sum(),
        params: words::params(snapshot),
        standards,
        rules,
        sources,
        unseen,
    }
}

#[cfg(test)]
mod tests;
