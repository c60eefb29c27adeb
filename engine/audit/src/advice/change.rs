//! Changes of evidence: what a file that is yet to come might bring.

use std::collections::BTreeSet;

use jiff::{Span, Timestamp};
use kijun_eval::{Evidence, Held, Occasion, Origin, SourceCoverage, Stretch, TableBuilder, Taken};
use kijun_ir::{Cell, FactId, FactKind, FieldId, Program};

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Change {
    /// A source, the named one or a new one, delivers all that there is to deliver; of a state what its last picture showed.
    Deliver { fact: FactId, source: Option<String> },
    /// A source covers a stretch of time, without a beginning where `None`.
    Cover { fact: FactId, source: String, from: Option<Timestamp>, to: Timestamp },
    /// The collections of a source lack nothing.
    Mend { fact: FactId, source: String },
    /// A source had shown again and again what its picture of that moment shows, until its next one or today.
    Refresh { fact: FactId, source: String, at: Timestamp },
    /// A source had shown before what its first picture shows.
    Precede { fact: FactId, source: String },
    /// A cell holds something.
    Fill { fact: FactId, row: u32, field: FieldId, cell: Cell },
    /// There is another row.
    Add { fact: FactId, cells: Vec<Cell> },
    /// A row is gone.
    Remove { fact: FactId, row: u32 },
}

impl Change {
    fn fact(&self) -> FactId {
        match self {
            Change::Deliver { fact, .. }
            | Change::Cover { fact, .. }
            | Change::Mend { fact, .. }
            | Change::Refresh { fact, .. }
            | Change::Precede { fact, .. }
            | Change::Fill { fact, .. }
            | Change::Add { fact, .. }
            | Change::Remove { fact, .. } => *fact,
        }
    }
}

/// The evidence with changes. Rows are counted as before them.
pub(super) fn changed(
    program: &Program,
    occasion: Occasion,
    before: &Evidence,
    changes: &[Change],
) -> Evidence {
    let mut evidence = before.clone();
    let facts: BTreeSet<FactId> = changes.iter().map(Change::fact).collect();
    for fact in facts.into_iter().filter(|fact| program.facts[*fact].is_collected()) {
        let mut draft = Draft::of(program, occasion, before, fact);
        // Cells and rows are counted as they are before others come and go.
        let own = changes.iter().filter(|change| change.fact() == fact);
        let (rows, rest): (Vec<&Change>, Vec<&Change>) =
            own.partition(|change| matches!(change, Change::Fill { .. } | Change::Remove { .. }));
        rows.into_iter().for_each(|change| draft.make(change));
        draft.rows.retain(|row| !row.gone);
        rest.into_iter().for_each(|change| draft.make(change));
        draft.finish(&mut evidence);
    }
    evidence
}

/// The rows and the coverage of a fact while they change.
struct Draft<'a> {
    program: &'a Program,
    occasion: Occasion,
    fact: FactId,
    rows: Vec<Row>,
    coverage: Vec<SourceCoverage>,
}

struct Row {
    cells: Vec<Cell>,
    origin: Origin,
    gone: bool,
}

impl<'a> Draft<'a> {
    fn of(program: &'a Program, occasion: Occasion, evidence: &Evidence, fact: FactId) -> Self {
        let table = &evidence.tables[fact];
        let fields = &program.facts[fact].fields;
        let row = |row| Row {
            cells: fields.ids().map(|field| table.cell(&evidence.dictionary, row, field)).collect(),
            origin: table.origin(row),
            gone: false,
        };
        let rows = (0..table.len()).map(row).collect();
        Self { program, occasion, fact, rows, coverage: evidence.coverage[fact].clone() }
    }

    fn make(&mut self, change: &Change) {
        match change {
            Change::Deliver { source, .. } => {
                let source = self.source(source.as_deref());
                self.deliver(source);
            }
            Change::Cover { source, from, to, .. } => {
                let source = self.source(Some(source));
                if let Held::Log(stretches) = &mut self.coverage[source].held {
                    let from = from.unwrap_or(Timestamp::MIN);
                    stretches.push(Stretch { from, to: *to, defects: Vec::new() });
                }
            }
            Change::Mend { source, .. } => {
                let source = self.source(Some(source));
                match &mut self.coverage[source].held {
                    Held::State(taken) => taken.iter_mut().for_each(|taken| taken.defects.clear()),
                    Held::Log(stretches) => stretches.iter_mut().for_each(|stretch| stretch.defects.clear()),
                }
            }
            Change::Refresh { source, at, .. } => {
                let source = self.source(Some(source));
                self.refresh(source, *at);
            }
            Change::Precede { source, .. } => {
                let source = self.source(Some(source));
                self.precede(source);
            }
            Change::Fill { row, field, cell, .. } => {
                self.rows[*row as usize].cells[field.0 as usize] = cell.clone()
            }
            Change::Remove { row, .. } => self.rows[*row as usize].gone = true,
            Change::Add { cells, .. } => self.add(cells.clone()),
        }
    }

    /// The position of a source among those of the fact; a new one where there is none of that name.
    fn source(&mut self, name: Option<&str>) -> usize {
        let known = name.and_then(|name| self.coverage.iter().position(|source| source.source == name));
        known.unwrap_or_else(|| {
            let held = match self.program.facts[self.fact].kind {
                FactKind::Event { .. } => Held::Log(Vec::new()),
                _ => Held::State(Vec::new()),
            };
            self.coverage.push(SourceCoverage { source: name.unwrap_or_default().to_owned(), held });
            self.coverage.len() - 1
        })
    }

    /// A picture of today that shows what the last one showed; a log without beginning up to today.
    fn deliver(&mut self, source: usize) {
        let end = self.program.calendar.end_of_day(self.occasion.today);
        match &mut self.coverage[source].held {
            Held::Log(stretches) => {
                let to = end.checked_add(Span::new().microseconds(1)).unwrap_or(end);
                stretches.push(Stretch { from: Timestamp::MIN, to, defects: Vec::new() });
            }
            Held::State(taken) => {
                let count = taken.len();
                self.insert(source, count, &[end], count.checked_sub(1));
            }
        }
    }

    /// Pictures as fresh as they must be from one picture to the next, or to today.
    fn refresh(&mut self, source: usize, at: Timestamp) {
        let Held::State(taken) = &self.coverage[source].held else { return };
        let Some(shown) = taken.iter().rposition(|taken| taken.at == at) else { return };
        let end = self.program.calendar.end_of_day(self.occasion.today);
        let next = taken.get(shown + 1).map_or(end, |next| next.at);
        let fresh = self.program.freshness(self.fact);
        let later =
            |at: Timestamp| self.program.calendar.add_to_instant(at, fresh).filter(|later| *later > at);
        let moments = std::iter::successors(later(at), |at| later(*at));
        let mut moments: Vec<Timestamp> = moments.take_while(|moment| *moment < next).collect();
        if next == end {
            moments.push(end);
        }
        self.insert(source, shown + 1, &moments, Some(shown));
    }

    /// Pictures of every day before the first one, back to a year before the period under audit, that show what it shows.
    fn precede(&mut self, source: usize) {
        let Held::State(taken) = &self.coverage[source].held else { return };
        let Some(first) = taken.first().map(|taken| taken.at) else { return };
        let start = self.occasion.period_start.checked_sub(Span::new().years(1)).ok();
        let days = std::iter::successors(start, |day| day.tomorrow().ok());
        let moments = days.map(|day| self.program.calendar.end_of_day(day));
        let moments: Vec<Timestamp> = moments.take_while(|at| *at < first).collect();
        self.insert(source, 0, &moments, Some(0));
    }

    /// Further pictures of a state before the one at a position, each showing what one of those before them shows.
    fn insert(&mut self, source: usize, position: usize, moments: &[Timestamp], shown: Option<usize>) {
        let Held::State(taken) = &mut self.coverage[source].held else { return };
        let pictures = moments.iter().map(|at| Taken { at: *at, defects: Vec::new() });
        taken.splice(position..position, pictures);
        let number = |position: usize| u32::try_from(position).unwrap_or(u32::MAX);
        let is_of = |row: &Row, collection: usize| {
            row.origin.source == number(source) && row.origin.collection == number(collection)
        };
        let shown: Vec<(Vec<Cell>, Origin)> = match shown {
            Some(shown) => {
                let rows = self.rows.iter().filter(|row| is_of(row, shown));
                rows.map(|row| (row.cells.clone(), row.origin)).collect()
            }
            None => Vec::new(),
        };
        for row in &mut self.rows {
            if row.origin.source == number(source) && row.origin.collection >= number(position) {
                row.origin.collection += number(moments.len());
            }
        }
        for collection in position..position + moments.len() {
            self.rows.extend(shown.iter().map(|(cells, origin)| Row {
                cells: cells.clone(),
                origin: Origin { collection: number(collection), ..*origin },
                gone: false,
            }));
        }
    }

    /// A row in every picture of the first source, or in its log.
    fn add(&mut self, cells: Vec<Cell>) {
        if self.coverage.is_empty() {
            let source = self.source(None);
            self.deliver(source);
        }
        let pictures = match &self.coverage[0].held {
            Held::State(taken) => taken.len(),
            Held::Log(_) => 1,
        };
        let line = u32::MAX - u32::try_from(self.rows.len()).unwrap_or(0);
        for collection in 0..pictures {
            let collection = u32::try_from(collection).unwrap_or(u32::MAX);
            let origin = Origin { source: 0, collection, artifact: u32::MAX, line };
            self.rows.push(Row { cells: cells.clone(), origin, gone: false });
        }
    }

    fn finish(self, evidence: &mut Evidence) {
        let mut builder = TableBuilder::new(&self.program.facts[self.fact]);
        for row in self.rows {
            builder.push(row.cells, row.origin);
        }
        evidence.tables[self.fact] = builder.finish(&mut evidence.dictionary);
        evidence.coverage[self.fact] = self.coverage;
    }
}
