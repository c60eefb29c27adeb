//! Reads the files of all sources: rows with their origins, what they cover, and what is wrong with them.
//!
//! Whatever is missing or unreadable only ever takes coverage away, so that no rule is met for lack of it.

mod collections;
mod file;
mod findings;
mod mask;
mod merge;
mod report;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use kijun_eval::{
    Artifact, Defect, Dictionary, Evidence, Held, Origin, SourceCoverage, Stretch, TableBuilder, Taken,
};
use kijun_ir::{FactId, FactKind, Index, Program, calendar};
use kijun_source::{Diagnostic, Sources};
use sha2::{Digest, Sha256};

use collections::{Clocks, Collection, Vouched, absent, collections, taken_at, vouching};
use file::{FileRows, Filling, Shelved, Texts};
use merge::{Identity, Row, merge};

use crate::files::Files;
use crate::manifest::{Bindings, BoundSource, Completeness, Plan};
use crate::read::{Layout, decode};

pub use report::{
    Contradiction, FileReport, Ignored, ImportReport, MergeReport, Place, Rejection, Shown, SourceReport,
};

pub(crate) use findings::CODES;

/// Reads all sources. `today` is the date of judgement. Evidence files that a diagnostic points into join `sources`,
/// covered where they may not be shown.
pub fn import(
    program: &Program,
    bindings: &Bindings,
    files: &dyn Files,
    today: Date,
    sources: &mut Sources,
) -> (Evidence, ImportReport, Vec<Diagnostic>) {
    let mut importer = Importer {
        program,
        files,
        sources,
        end_of_today: end_of_day(program, today),
        artifacts: Vec::new(),
        shelf: Vec::new(),
        texts: Texts::default(),
        diagnostics: Vec::new(),
    };
    let mut facts: Vec<Gathered> = program.facts.values().map(|_| Gathered::default()).collect();
    let mut report = ImportReport::default();
    for source in &bindings.sources {
        let gathered = &mut facts[source.fact.index()];
        let position = u32::try_from(gathered.coverage.len()).unwrap_or(u32::MAX);
        let (held, source_report) = importer.source(source, position, &mut gathered.rows);
        gathered.coverage.push(SourceCoverage { source: source.name.clone(), held });
        report.sources.push(source_report);
    }
    let mut dictionary = Dictionary::default();
    let mut tables = Vec::new();
    let mut coverage = Vec::new();
    for ((id, fact), gathered) in program.facts.iter().zip(facts) {
        let counts = |origin: &Origin| counts(program, id, today, &gathered.coverage, origin);
        let merged = merge(Identity::of(fact), gathered.rows, counts);
        importer.report_merge(id, &merged, &mut report);
        let mut table = TableBuilder::new(fact);
        merged.rows.into_iter().for_each(|row| table.push(row.cells, row.origin));
        tables.push(table.finish(&mut dictionary));
        coverage.push(gathered.coverage);
    }
    let Importer { artifacts, diagnostics, .. } = importer;
    let evidence = Evidence {
        dictionary,
        tables: tables.into_iter().collect(),
        coverage: coverage.into_iter().collect(),
        artifacts,
    };
    (evidence, report, diagnostics)
}

/// The first instant after a day.
fn end_of_day(program: &Program, day: Date) -> Timestamp {
    let next = day.tomorrow().ok().and_then(|next| calendar::start_of_day(next, &program.calendar.zone));
    next.unwrap_or(Timestamp::MAX)
}

/// Whether a row may speak for its fact today: every event, and states whose picture counts.
fn counts(
    program: &Program,
    fact: FactId,
    today: Date,
    coverage: &[SourceCoverage],
    origin: &Origin,
) -> bool {
    match coverage.get(origin.source as usize).map(|source| &source.held) {
        Some(Held::Log(_)) => true,
        Some(Held::State(pictures)) => (0..).zip(pictures).last().is_some_and(|(last, taken)| {
            let day = calendar::date_of(taken.at, &program.calendar.zone);
            last == origin.collection && program.counts_on(fact, day, today)
        }),
        None => false,
    }
}

/// What the sources of one fact brought.
#[derive(Default)]
struct Gathered {
    rows: Vec<Row>,
    coverage: Vec<SourceCoverage>,
}

struct Importer<'a> {
    program: &'a Program,
    files: &'a dyn Files,
    sources: &'a mut Sources,
    end_of_today: Timestamp,
    artifacts: Vec<Artifact>,
    /// The text of each artifact, if it is text.
    shelf: Vec<Option<Shelved>>,
    texts: Texts,
    diagnostics: Vec<Diagnostic>,
}

/// What one collection brought.
#[derive(Default)]
struct Brought {
    rows: Vec<Row>,
    files: Vec<FileReport>,
    /// Why it may lack rows; `None` where a file of it could not be used at all.
    defects: Option<Vec<Defect>>,
}

/// A source that is being read.
#[derive(Clone, Copy)]
struct Reading<'a> {
    source: &'a BoundSource,
    plan: &'a Plan,
    /// The position of the source among those of its fact.
    position: u32,
    /// The files of the source that are there.
    present: &'a [String],
}

impl Importer<'_> {
    fn source(&mut self, source: &BoundSource, position: u32, rows: &mut Vec<Row>) -> (Held, SourceReport) {
        let mut report = SourceReport {
            name: source.name.clone(),
            fact: source.fact,
            vouched_by: None,
            files: Vec::new(),
            ignored: Vec::new(),
        };
        let is_event = matches!(self.program.facts[source.fact].kind, FactKind::Event { .. });
        let nothing = if is_event { Held::Log(Vec::new()) } else { Held::State(Vec::new()) };
        let Some(plan) = &source.plan else { return (nothing, report) };
        if let Completeness::Vouched { by, .. } = &plan.complete {
            report.vouched_by = Some(by.clone());
        }
        let Some(present) = self.present(source, plan) else { return (nothing, report) };
        let collections = match collections(plan, present.clone()) {
            Ok(collections) => collections,
            Err((path, why)) => {
                self.report_undatable(plan, &path, why);
                return (nothing, report);
            }
        };
        let reading = Reading { source, plan, position, present: &present };
        let held = if is_event {
            Held::Log(self.log(reading, &collections, rows, &mut report))
        } else {
            Held::State(self.state(reading, &collections, rows, &mut report))
        };
        (held, report)
    }

    /// The paths of the source's files, ascending; `None` where there are none or they cannot be listed.
    fn present(&mut self, source: &BoundSource, plan: &Plan) -> Option<Vec<String>> {
        if !plan.path.value.is_pattern() {
            return Some(vec![plan.path.value.text().to_owned()]);
        }
        match self.files.list(&plan.path.value.glob()) {
            Ok(mut paths) if !paths.is_empty() => {
                paths.sort_unstable();
                paths.dedup();
                Some(paths)
            }
            Ok(_) => {
                self.report_missing(source, plan, plan.path.value.text());
                None
            }
            Err(error) => {
                self.report_unreadable(plan, plan.path.value.text(), &error);
                None
            }
        }
    }

    /// The pictures that were taken by the end of the date of judgement, ascending. One that cannot be used, or of which a listed file is
    /// not there, shows nothing from then on: what an older one showed no longer counts.
    fn state(
        &mut self,
        reading: Reading<'_>,
        collections: &[Collection],
        rows: &mut Vec<Row>,
        report: &mut SourceReport,
    ) -> Vec<Taken> {
        let dated = collections
            .iter()
            .filter_map(|collection| Some((taken_at(reading.plan, collection)?, collection)));
        let (mut past, future): (Vec<_>, Vec<_>) = dated.partition(|(at, _)| *at < self.end_of_today);
        past.sort_by_key(|(at, _)| *at);
        for (taken_at, collection) in &future {
            let ignored =
                collection.paths.iter().map(|path| Ignored { path: path.clone(), taken_at: *taken_at });
            report.ignored.extend(ignored);
        }
        if past.is_empty() {
            self.report_future(reading.plan, reading.source);
        }
        let absent = self.absent_days(reading);
        let mut pictures: Vec<Taken> = self.absent_pictures(reading, &absent);
        let mut shown = Vec::new();
        for (at, collection) in past {
            let (vouched, problems) = vouching(&reading.plan.complete, &collection.paths, reading.present);
            self.report_vouching(reading.plan, problems);
            let brought = self.collection(reading, collection, at, &vouched);
            report.files.extend(brought.files);
            let lacks_file = absent.iter().any(|lost| lost.is_none_or(|_| *lost == collection.days));
            let whole = brought.defects.filter(|_| !lacks_file);
            shown.push((at, if whole.is_some() { brought.rows } else { Vec::new() }));
            pictures.push(Taken { at, defects: whole.unwrap_or_else(|| vec![Defect::Unusable]) });
        }
        pictures.sort_by_key(|taken| taken.at);
        for (at, mut brought) in shown {
            let position = pictures.iter().position(|taken| taken.at == at).unwrap_or_default();
            let collection = u32::try_from(position).unwrap_or(u32::MAX);
            brought.iter_mut().for_each(|row| row.origin.collection = collection);
            rows.extend(brought);
        }
        pictures
    }

    /// A picture that shows nothing for each that is listed, dated by its name, and not there at all.
    fn absent_pictures(&self, reading: Reading<'_>, absent: &[Option<(Date, Date)>]) -> Vec<Taken> {
        let days = absent.iter().flatten().map(|(first, _)| *first);
        let moments = days.filter_map(|day| calendar::start_of_day(day, &reading.plan.zone));
        let past = moments.filter(|at| *at < self.end_of_today);
        past.map(|at| Taken { at, defects: vec![Defect::Unusable] }).collect()
    }

    /// One stretch for each collection that could be read.
    fn log(
        &mut self,
        reading: Reading<'_>,
        collections: &[Collection],
        rows: &mut Vec<Row>,
        report: &mut SourceReport,
    ) -> Vec<Stretch> {
        let absent = self.absent_days(reading);
        let (vouched, problems) = vouching(&reading.plan.complete, reading.present, reading.present);
        self.report_vouching(reading.plan, problems);
        let clocks = Clocks { source: &reading.plan.zone, workspace: &self.program.calendar.zone };
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut before: Option<(Date, Vec<Defect>)> = None;
        for collection in collections {
            let Some((days, at)) = collection.days.zip(taken_at(reading.plan, collection)) else { continue };
            let brought = self.collection(reading, collection, at, &vouched);
            report.files.extend(brought.files);
            rows.extend(brought.rows);
            let lacks_file = absent.iter().any(|lost| lost.is_none_or(|lost| lost == days));
            let Some(defects) = brought.defects.filter(|_| !lacks_file) else { continue };
            let Some((from, to)) = clocks.stretch_of(days) else { continue };
            let earlier = before.replace((days.1, defects.clone()));
            if from >= at {
                self.report_too_early(reading.plan, collection);
                continue;
            }
            let adjacent = earlier.filter(|(last, _)| last.tomorrow().ok() == Some(days.0));
            let seam = adjacent.and_then(|(_, earlier)| Some((earlier, clocks.seam_before(days.0)?)));
            stretches.extend(seam.map(|(earlier, (from, to))| Stretch {
                from,
                to,
                defects: summed(&[earlier, defects.clone()].concat()),
            }));
            stretches.push(Stretch { from, to: to.min(at), defects });
        }
        stretches
    }

    /// The days of the files that are listed and not there.
    fn absent_days(&mut self, reading: Reading<'_>) -> Vec<Option<(Date, Date)>> {
        let absent = absent(reading.plan, reading.present);
        absent
            .into_iter()
            .map(|file| {
                self.report_listed_missing(reading.source, file.span, &file.name);
                file.days
            })
            .collect()
    }

    fn collection(
        &mut self,
        reading: Reading<'_>,
        collection: &Collection,
        at: Timestamp,
        vouched: &BTreeMap<&str, Vouched>,
    ) -> Brought {
        let mut brought = Brought { defects: Some(Vec::new()), ..Brought::default() };
        for path in &collection.paths {
            let vouched = vouched.get(path.as_str()).copied().unwrap_or(Vouched::No);
            let Some((rows, file)) = self.file(reading, collection, path, at, vouched) else {
                brought.defects = None;
                continue;
            };
            match &mut brought.defects {
                Some(defects) if file.usable => defects.extend(&file.defects),
                _ => brought.defects = None,
            }
            brought.rows.extend(rows);
            brought.files.push(file);
        }
        if let Some(defects) = &mut brought.defects {
            *defects = summed(defects);
        }
        brought
    }

    /// Reads one file; `None` where it cannot be opened.
    fn file(
        &mut self,
        reading: Reading<'_>,
        collection: &Collection,
        path: &str,
        at: Timestamp,
        vouched: Vouched,
    ) -> Option<(Vec<Row>, FileReport)> {
        let Reading { source, plan, .. } = reading;
        let bytes = match self.files.read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                self.report_missing(source, plan, path);
                return None;
            }
            Err(error) => {
                self.report_unreadable(plan, path, &error);
                return None;
            }
        };
        let sha256 = hexadecimal(&Sha256::digest(&bytes));
        let artifact = u32::try_from(self.artifacts.len()).unwrap_or(u32::MAX);
        self.artifacts.push(Artifact {
            source: source.name.clone(),
            path: path.to_owned(),
            sha256: sha256.clone(),
            collected_at: at,
        });
        let filling = Filling::new(&self.program.facts[source.fact], plan);
        let found = self.rows(&filling, plan, path, &bytes);
        let mut report = FileReport {
            path: path.to_owned(),
            sha256,
            size: bytes.len(),
            collected_at: at,
            covers: collection
                .days
                .filter(|_| matches!(self.program.facts[source.fact].kind, FactKind::Event { .. })),
            usable: found.is_some(),
            rows: 0,
            rejected: Vec::new(),
            unread: Vec::new(),
            outside: 0,
            defects: Vec::new(),
        };
        let Some(found) = found else { return Some((Vec::new(), report)) };
        self.report_rejected(&found, artifact);
        report.rows = found.rows.len();
        report.defects = self.defects(plan, path, &found, vouched);
        report.outside = self.outside(&filling, plan, path, &found, report.covers);
        report.rejected = found.rejected;
        report.unread = found.unread;
        // Which picture of a state shows a row is said when all of them are known.
        let origin = |line| Origin { source: reading.position, collection: 0, artifact, line };
        let rows = found.rows.into_iter().map(|(cells, line)| Row { cells, origin: origin(line) });
        Some((rows.collect(), report))
    }

    /// The rows of a file and its text on the shelf; `None` where the file as a whole cannot be used.
    fn rows(&mut self, filling: &Filling<'_>, plan: &Plan, path: &str, bytes: &[u8]) -> Option<FileRows> {
        let text = match decode(bytes, plan.encoding) {
            Ok(text) => text,
            Err(why) => {
                self.shelf.push(None);
                self.report_undecodable(plan, path, why);
                return None;
            }
        };
        let layout = Layout::new(plan.format, plan.header_line);
        let found = filling.read(&text, layout, &mut self.texts);
        self.shelf.push(Some(filling.shelve(path, text, layout)));
        found.map_err(|why| self.report_unusable(filling, plan, path, why)).ok()
    }

    fn defects(&mut self, plan: &Plan, path: &str, found: &FileRows, vouched: Vouched) -> Vec<Defect> {
        let mut defects = Vec::new();
        if !found.rejected.is_empty() {
            defects.push(Defect::Rejected(found.rejected.len()));
        }
        let count = found.rows.len() + found.rejected.len();
        match vouched {
            Vouched::No => defects.push(Defect::NotVouched),
            Vouched::Rows(rows, _) if rows == count => {}
            Vouched::Rows(rows, span) => {
                self.report_row_count(plan, path, span, rows, count);
                defects.push(Defect::RowCount { vouched: rows, found: count });
            }
        }
        defects
    }

    /// How many rows lie outside the days that the file is said to cover. They count, but cover nothing more.
    fn outside(
        &mut self,
        filling: &Filling<'_>,
        plan: &Plan,
        path: &str,
        found: &FileRows,
        days: Option<(Date, Date)>,
    ) -> usize {
        let Some((first, last)) = days else { return 0 };
        let lies_outside = |row: &&(Vec<kijun_ir::Cell>, u32)| {
            filling.day_of(&row.0).is_some_and(|day| day < first || day > last)
        };
        let mut outside = found.rows.iter().filter(lies_outside);
        let Some((_, line)) = outside.next() else { return 0 };
        let count = 1 + outside.count();
        self.report_outside(plan, path, *line, (first, last), count);
        count
    }
}

/// The defects of all files of a collection, ascending; rejected rows added up.
fn summed(defects: &[Defect]) -> Vec<Defect> {
    let rejected =
        defects.iter().map(|defect| if let Defect::Rejected(rows) = defect { *rows } else { 0 }).sum();
    let others = defects.iter().copied().filter(|defect| !matches!(defect, Defect::Rejected(_)));
    let mut summed: Vec<Defect> = others.collect();
    if rejected > 0 {
        summed.push(Defect::Rejected(rejected));
    }
    summed.sort_unstable();
    summed.dedup();
    summed
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
