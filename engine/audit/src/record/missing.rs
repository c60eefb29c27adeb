//! What is missing of the facts that rules read, month by month, in the sentences of a run.

use std::collections::BTreeSet;

use jiff::civil::Date;
use kijun_eval::{AsOf, Defect, Gap, GapKind, Snapshot};
use kijun_ir::{FactId, FactKind, FieldId, Period, calendar};
use kijun_source::{Bilingual, bilingual};

use super::inventory::{GapFile, GapRecord, Missing, Wanted};
use super::lack::{about, of_gap};
use super::unseen::{blank, unfilled};
use super::words::fact_name;
use super::{CollectionRecord, CoverageRecord, SourceRecord};
use crate::wanted::wanted_of_gap;

/// What is missing of facts, in their order.
pub(super) fn gaps(
    snapshot: &Snapshot<'_>,
    wanted: &[Wanted],
    sources: &[(FactId, SourceRecord)],
) -> Vec<GapRecord> {
    let fields = snapshot.program.fields_read();
    let of_fact = |wanted| Search { snapshot, wanted, sources, fields: &fields }.gaps();
    wanted.iter().flat_map(of_fact).collect()
}

/// The search for what one fact lacks.
struct Search<'a, 'e> {
    snapshot: &'a Snapshot<'e>,
    wanted: &'a Wanted,
    sources: &'a [(FactId, SourceRecord)],
    fields: &'a BTreeSet<(FactId, FieldId)>,
}

impl Search<'_, '_> {
    /// All of it, source by source in the order of the workspace; what is no matter of one source comes first.
    fn gaps(&self) -> Vec<GapRecord> {
        let mut gaps: Vec<GapRecord> = self.of_coverage();
        gaps.extend(self.own_sources().flat_map(|source| self.of_files(source)));
        gaps.extend(self.blank());
        let position = |gap: &GapRecord| {
            gap.source.as_ref().map(|name| self.own_sources().position(|source| source.name == *name))
        };
        gaps.sort_by_cached_key(|gap| (position(gap), gap.months.first().copied(), gap.missing));
        gaps
    }

    fn own_sources(&self) -> impl Iterator<Item = &SourceRecord> {
        let own = self.sources.iter().filter(|(fact, _)| *fact == self.wanted.fact);
        own.map(|(_, source)| source)
    }

    /// What the collections do not cover. Rows that could not be read are said file by file instead, if the files are known.
    fn of_coverage(&self) -> Vec<GapRecord> {
        let fact = self.wanted.fact;
        let gaps = match self.snapshot.program.facts[fact].kind {
            FactKind::Event { .. } => by_month(self.snapshot, fact),
            _ => {
                let gaps = self.snapshot.quantifier_gaps(fact, AsOf::Today, None);
                gaps.into_iter().map(|gap| (gap, Vec::new())).collect()
            }
        };
        let counts = gaps.into_iter().filter(|(gap, _)| match gap.kind {
            GapKind::Defect(Defect::NotVouched) => self.must_be_whole(),
            GapKind::Defect(Defect::Rejected(_)) => !self.names_rejected_rows(gap.source.as_deref()),
            _ => true,
        });
        counts.map(|(gap, months)| self.of_gap(&gap, months, Vec::new())).collect()
    }

    /// Whether a rule needs to know that no row is missing.
    fn must_be_whole(&self) -> bool {
        let program = self.snapshot.program;
        self.wanted.rules.iter().any(|rule| program.facts_gone_through(*rule).contains(&self.wanted.fact))
    }

    fn names_rejected_rows(&self, source: Option<&str>) -> bool {
        let mut own = self.own_sources().filter(|own| Some(own.name.as_str()) == source);
        own.any(|own| own.collections.iter().any(|file| !file.rejected.is_empty()))
    }

    /// What the files of a source lack: rows, and columns.
    fn of_files(&self, source: &SourceRecord) -> Vec<GapRecord> {
        let spoilt = source.collections.iter().filter(|file| !file.rejected.is_empty());
        let rejected = spoilt.map(|file| self.rejected(source, file));
        rejected.chain(self.unfilled(source)).collect()
    }

    fn rejected(&self, source: &SourceRecord, file: &CollectionRecord) -> GapRecord {
        let kind = GapKind::Defect(Defect::Rejected(file.rejected.len()));
        let gap = Gap { fact: self.wanted.fact, source: Some(source.name.clone()), kind };
        let mut lines: Vec<u32> = file.rejected.iter().map(|row| row.line).collect();
        lines.dedup();
        let files = vec![GapFile { path: file.path.clone(), lines }];
        self.of_gap(&gap, self.months_of(file), files)
    }

    /// The months of the period that a file is said to cover.
    fn months_of(&self, file: &CollectionRecord) -> Vec<Date> {
        let Some(CoverageRecord::Covers { from, to, .. }) = &file.coverage else { return Vec::new() };
        let zone = &self.snapshot.program.calendar.zone;
        let instant = |day: Date| calendar::start_of_day(day, zone);
        let covered = |month: &Period| {
            let end = month.end.tomorrow().ok().and_then(instant);
            instant(month.start).is_none_or(|start| start < *to) && end.is_none_or(|end| *from < end)
        };
        months(self.snapshot).into_iter().filter(covered).map(|month| month.start.first_of_month()).collect()
    }

    /// Optional fields that are read and that no column of a source fills.
    fn unfilled(&self, source: &SourceRecord) -> Option<GapRecord> {
        let fact = self.wanted.fact;
        let declared = self.snapshot.program.facts[fact].fields.iter();
        let read = declared.filter(|(id, _)| self.fields.contains(&(fact, *id)));
        let is_unfilled =
            |label: &String| source.collections.iter().any(|file| file.unfilled_fields.contains(label));
        let labels: Vec<String> = read.map(|(_, field)| field.label.clone()).filter(is_unfilled).collect();
        let (name, columns) = (&source.name, labels.join("、"));
        let next = bilingual!(
            "系統 {name} の [source.columns] に {columns} の列を書く（ファイルにない列は、届ける人に加えてもらう）",
            "name the columns for {columns} under [source.columns] of source {name}; have columns added that the file lacks"
        );
        let sentence = unfilled(&about(self.snapshot, fact, Some(name)), &labels);
        let found = self.record(Missing::Unfilled, Some(name.clone()), sentence, Some(next));
        (!labels.is_empty()).then_some(found)
    }

    /// Cells that must hold a value, are read and do not.
    fn blank(&self) -> Vec<GapRecord> {
        let fact = self.wanted.fact;
        let read =
            blank(self.snapshot, fact).into_iter().filter(|(id, _)| self.fields.contains(&(fact, *id)));
        let next = Bilingual::new(
            "正しい値を確かめ、記入したファイルを受け取る",
            "find out the value, and have the file delivered with it",
        );
        read.map(|(_, sentence)| self.record(Missing::Blank, None, sentence, Some(next.clone()))).collect()
    }

    fn of_gap(&self, gap: &Gap, months: Vec<Date>, files: Vec<GapFile>) -> GapRecord {
        let sentence = of_gap(self.snapshot, gap).sentence;
        let next = wanted_of_gap(self.snapshot, gap);
        let found = self.record(missing(&gap.kind), gap.source.clone(), sentence, next);
        GapRecord { months, files, ..found }
    }

    fn record(
        &self,
        missing: Missing,
        source: Option<String>,
        sentence: Bilingual,
        next: Option<Bilingual>,
    ) -> GapRecord {
        let program = self.snapshot.program;
        let rules = self.wanted.rules.iter();
        let duties = self.wanted.duties.iter();
        GapRecord {
            missing,
            fact: fact_name(program, self.wanted.fact),
            source,
            months: Vec::new(),
            files: Vec::new(),
            sentence,
            rules: rules.map(|rule| program.rules[*rule].name.clone()).collect(),
            duties: duties.map(|duty| program.duties[*duty].id.clone()).collect(),
            next,
        }
    }
}

fn missing(kind: &GapKind) -> Missing {
    match kind {
        GapKind::NoSource => Missing::NoSource,
        GapKind::NoCollection => Missing::NoCollection,
        GapKind::Stale(_) | GapKind::Later(_) => Missing::Stale,
        GapKind::Uncollected { .. } => Missing::Uncollected,
        GapKind::Defect(Defect::Unusable) => Missing::Unusable,
        GapKind::Defect(Defect::NotVouched) => Missing::NotVouched,
        GapKind::Defect(Defect::RowCount { .. }) => Missing::RowCount,
        GapKind::Defect(Defect::Rejected(_)) => Missing::Rejected,
        GapKind::Defect(Defect::Undated(_)) => Missing::Undated,
        GapKind::Unpaired(_) | GapKind::NoMoment | GapKind::Ahead | GapKind::BeyondCalendar => {
            Missing::Beyond
        }
    }
}

/// The gaps of a log with the months in which they lie. Each month is asked by itself, so that a file at fault is named though a month beside it
/// was not collected; what goes on from month to month is one gap again.
fn by_month(snapshot: &Snapshot<'_>, fact: FactId) -> Vec<(Gap, Vec<Date>)> {
    let mut found: Vec<(Gap, Vec<Date>)> = Vec::new();
    for month in months(snapshot) {
        for gap in snapshot.covered_gaps(fact, Some(month)) {
            let first = lies_in_time(&gap.kind).then(|| month.start.first_of_month());
            match found.iter_mut().find(|(earlier, _)| goes_on(earlier, &gap)) {
                Some((earlier, months)) => {
                    join(earlier, &gap);
                    months.extend(first);
                }
                None => found.push((gap, first.into_iter().collect())),
            }
        }
    }
    for (_, months) in &mut found {
        months.dedup();
    }
    found
}

/// Whether a gap is one of a stretch of time, and not of the source as a whole.
fn lies_in_time(kind: &GapKind) -> bool {
    matches!(
        kind,
        GapKind::Uncollected { .. }
            | GapKind::Defect(
                Defect::Unusable | Defect::NotVouched | Defect::RowCount { .. } | Defect::Rejected(_)
            )
    )
}

/// Whether a gap is the same as one of an earlier month, or begins where that one ends.
fn goes_on(earlier: &Gap, gap: &Gap) -> bool {
    let follows = match (&earlier.kind, &gap.kind) {
        (GapKind::Uncollected { to, .. }, GapKind::Uncollected { from, .. }) => *from == Some(*to),
        (earlier, later) => earlier == later,
    };
    follows && earlier.source == gap.source
}

fn join(earlier: &mut Gap, gap: &Gap) {
    if let (GapKind::Uncollected { to, .. }, GapKind::Uncollected { to: later, .. }) =
        (&mut earlier.kind, &gap.kind)
    {
        *to = *later;
    }
}

/// The months of the period under audit, the first and the last as far as they belong to it.
fn months(snapshot: &Snapshot<'_>) -> Vec<Period> {
    let end = snapshot.occasion.period_end;
    let mut months = Vec::new();
    let mut next = Some(snapshot.occasion.period_start);
    while let Some(start) = next.filter(|start| *start <= end) {
        let last = start.last_of_month();
        months.push(Period { start, end: last.min(end) });
        next = last.tomorrow().ok();
    }
    months
}
