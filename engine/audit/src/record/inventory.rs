//! What evidence a workspace has, and what is missing of it for the rules, without a rule being judged.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use kijun_eval::Snapshot;
use kijun_ir::{DutyId, FactId, RuleId};
use kijun_source::Bilingual;

use super::words::fact_name;
use super::{CollectionRecord, FactName, SourceRecord, missing, sources};

/// The evidence of a workspace.
#[derive(Debug, Clone)]
pub struct Inventory {
    /// Whose evidence it is.
    pub organisation: String,
    /// First and last day of the period under audit.
    pub period: (Date, Date),
    /// The date of judgement.
    pub today: Date,
    /// The zone in which instants become days.
    pub zone: TimeZone,
    /// How many rows of evidence were read, whether or not they count.
    pub rows: usize,
    /// The sources, by fact and in the order of the workspace.
    pub sources: Vec<SourceRecord>,
    /// The facts that a rule reads and no source delivers, in the order of the rulesets.
    pub undelivered: Vec<FactName>,
    /// What is missing of the facts that rules read: in the order of the duties that wait for it, then by fact, source and time.
    pub gaps: Vec<GapRecord>,
    /// The duties that wait for any of it, in the order of the standards.
    pub waiting: Vec<String>,
}

/// A piece of the evidence that rules read and that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapRecord {
    /// In what way.
    pub missing: Missing,
    /// The fact.
    pub fact: FactName,
    /// The source; `None` where the fact has none, or it is a matter of all of them.
    pub source: Option<String>,
    /// The first days of the months of the period in which it lies; empty where it is no matter of months.
    pub months: Vec<Date>,
    /// The files at fault, where that is known.
    pub files: Vec<GapFile>,
    /// All of it in a sentence, as the result of a run has it. Never holds the value of a personal field.
    pub sentence: Bilingual,
    /// The names of the rules that read the fact, in the order of the rulesets.
    pub rules: Vec<String>,
    /// The ids of the duties that these rules decide, in the order of the standards: those that wait. Rules that only observe decide none.
    pub duties: Vec<String>,
    /// What to do about it.
    pub next: Option<Bilingual>,
}

/// A file and the lines at fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapFile {
    /// The file, relative to the workspace.
    pub path: String,
    /// The lines, from 1; empty where it is the whole file.
    pub lines: Vec<u32>,
}

/// In what way evidence is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// No source delivers the fact.
    NoSource,
    /// The source has delivered nothing.
    NoCollection,
    /// The last picture is too old, or of the future.
    Stale,
    /// No collection covers a stretch of the period.
    Uncollected,
    /// A file is not there or cannot be read.
    Unusable,
    /// Nobody vouches that nothing is missing, and a rule needs to know.
    NotVouched,
    /// There are not as many rows as were vouched for.
    RowCount,
    /// Rows could not be read.
    Rejected,
    /// It is not known when events happened.
    Undated,
    /// No column fills an optional field that a rule or a relation reads.
    Unfilled,
    /// Cells that must hold a value do not.
    Blank,
    /// The period reaches beyond the calendar, or the question beyond what is known.
    Beyond,
}

impl Missing {
    /// The name in results.
    pub fn name(self) -> &'static str {
        match self {
            Missing::NoSource => "no_source",
            Missing::NoCollection => "no_collection",
            Missing::Stale => "stale",
            Missing::Uncollected => "uncollected",
            Missing::Unusable => "unusable",
            Missing::NotVouched => "not_vouched",
            Missing::RowCount => "row_count",
            Missing::Rejected => "rejected",
            Missing::Undated => "undated",
            Missing::Unfilled => "unfilled",
            Missing::Blank => "blank",
            Missing::Beyond => "beyond",
        }
    }
}

/// A fact that rules read, and for what.
pub(super) struct Wanted {
    pub(super) fact: FactId,
    pub(super) rules: Vec<RuleId>,
    /// Of the rules that decide: ascending, each once.
    pub(super) duties: Vec<DutyId>,
}

/// Takes the inventory of the evidence. `collections` are the files that were imported, in any order.
pub fn take_inventory(
    snapshot: &Snapshot<'_>,
    collections: Vec<CollectionRecord>,
    organisation: &str,
) -> Inventory {
    let program = snapshot.program;
    let sources = sources::sources(snapshot, collections);
    let wanted = wanted(snapshot);
    let gaps = missing::gaps(snapshot, &wanted, &sources);
    let bare = wanted.iter().map(|wanted| wanted.fact);
    let mut undelivered: Vec<FactId> =
        bare.filter(|fact| snapshot.evidence.coverage[*fact].is_empty()).collect();
    undelivered.sort_unstable();
    let is_waiting = |duty: &&kijun_ir::Duty| gaps.iter().any(|gap| gap.duties.contains(&duty.id));
    let waiting = program.duties.values().filter(is_waiting).map(|duty| duty.id.clone()).collect();
    Inventory {
        organisation: organisation.to_owned(),
        period: (snapshot.occasion.period_start, snapshot.occasion.period_end),
        today: snapshot.occasion.today,
        zone: program.calendar.zone.clone(),
        rows: snapshot.evidence.tables.values().map(|table| table.len() as usize).sum(),
        sources: sources.into_iter().map(|(_, source)| source).collect(),
        undelivered: undelivered.into_iter().map(|fact| fact_name(program, fact)).collect(),
        gaps,
        waiting,
    }
}

/// The facts that rules read, in the order of the first duty that each decides; those that decide none come last.
fn wanted(snapshot: &Snapshot<'_>) -> Vec<Wanted> {
    let program = snapshot.program;
    let readers: Vec<(RuleId, Vec<FactId>)> =
        program.rules.ids().map(|rule| (rule, program.facts_of(rule))).collect();
    let collected = program.facts.iter().filter(|(_, fact)| fact.is_collected());
    let mut wanted: Vec<Wanted> = collected
        .filter_map(|(fact, _)| {
            let own = readers.iter().filter(|(_, facts)| facts.binary_search(&fact).is_ok());
            let rules: Vec<RuleId> = own.map(|(rule, _)| *rule).collect();
            let deciding = rules.iter().map(|rule| &program.rules[*rule]);
            let deciding = deciding.filter(|rule| rule.severity != kijun_ir::Severity::Observation);
            let mut duties: Vec<DutyId> = deciding.flat_map(|rule| rule.covers.clone()).collect();
            duties.sort_unstable();
            duties.dedup();
            (!rules.is_empty()).then_some(Wanted { fact, rules, duties })
        })
        .collect();
    wanted.sort_by_key(|wanted| (wanted.duties.is_empty(), wanted.duties.first().copied(), wanted.fact));
    wanted
}
