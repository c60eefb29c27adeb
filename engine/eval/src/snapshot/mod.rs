//! What of the evidence counts, as of which moment.

mod calendar;
mod grain;
mod moments;
mod pairs;
mod population;
mod question;
#[cfg(test)]
mod tests;
mod view;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;
use kijun_ir::{
    Cell, Duration, End, Fact, FactId, FactKind, FieldId, IndexVec, Period, Program, RelationId, Truth,
    Validity, Value,
};
use rustc_hash::FxHashMap;

use self::grain::{Grain, Key};
use self::view::Certainty;
use crate::texts::Texts;
use crate::{Column, Defect, Evidence, Gap, GapKind, Held, Origin, Table, TableBuilder, Taken};

pub use pairs::{Paired, Pairs};
pub use view::{Derivation, DerivedRow, View};

/// The dates of a run. They come from the audit, never from the machine's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occasion {
    /// The date of judgement.
    pub today: Date,
    /// The first day of the period under audit.
    pub period_start: Date,
    /// The last day of the period under audit.
    pub period_end: Date,
}

impl Occasion {
    /// The period under audit.
    pub fn period(self) -> Period {
        Period { start: self.period_start, end: self.period_end }
    }
}

/// As of when a fact is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AsOf {
    /// The last instant of the date of judgement.
    Today,
    /// This instant.
    Moment(Timestamp),
    /// It is not known when.
    Unknown,
}

impl AsOf {
    /// Why nothing is known of a fact as of then: it is not known when, or the moment has not come.
    pub(crate) fn nothing_of(self, fact: FactId) -> Gap {
        let kind = if matches!(self, AsOf::Moment(_)) { GapKind::Ahead } else { GapKind::NoMoment };
        Gap { fact, source: None, kind }
    }
}

/// Derives the relations of one stratum, which may read each other, as of a moment; one derivation a relation, in order.
pub(crate) type Derive = fn(&Snapshot<'_>, &[RelationId], Timestamp) -> Vec<Derivation>;

/// The evidence as it counts on one occasion: which rows there are as of a moment, which row a key names, what is covered.
///
/// * Events after the end of the date of judgement are not visible: nobody could have known them, and a session booked for next
///   month trains nobody.
/// * An event of which nobody knows when it happened is not visible, and its log can show of nothing that it does not exist.
/// * Of a state the last collection of each source at or before the moment counts, while it is fresh then. Of a source whose collection is stale
///   no row is visible. What will be after the date of judgement no picture shows. A state whose rows carry their own validity is always read from what counts on the date of judgement.
/// * Relations are derived as of the moment, when they are first asked for.
#[derive(Debug)]
pub struct Snapshot<'a> {
    /// The rules.
    pub program: &'a Program,
    /// The evidence.
    pub evidence: &'a Evidence,
    /// The dates.
    pub occasion: Occasion,
    /// The texts of evidence, rules and derived rows.
    pub texts: Arc<Texts<'a>>,
    /// Whether a question that reaches into the future is answered as if nothing more happened.
    is_so_far: bool,
    derive: Derive,
    /// The days for which the calendar has rows.
    calendar: Period,
    /// What each fact shows on the date of judgement, once it was asked for; nothing for relations.
    today: IndexVec<FactId, OnceLock<Option<Arc<View<'a>>>>>,
    /// How many events of each source happened nobody knows when: any question may be about them.
    undated: IndexVec<FactId, BTreeMap<u32, usize>>,
    grains: IndexVec<RelationId, Grain>,
    /// What was asked for as of other moments, and relations.
    asked: Mutex<FxHashMap<(FactId, Key), Arc<View<'a>>>>,
    /// The strata that were derived, and as of when.
    derived: Mutex<BTreeSet<(u32, Timestamp)>>,
    /// The pairs that were asked for, by the fields that they have in common.
    paired: Mutex<FxHashMap<PairedBy, Arc<Pairs>>>,
}

impl<'a> Snapshot<'a> {
    /// Sees the evidence as it counts on `occasion`; relations are derived by columns.
    pub fn new(program: &'a Program, evidence: &'a Evidence, occasion: Occasion) -> Self {
        Self::with(program, evidence, occasion, crate::columnar::derive)
    }

    /// As [`Snapshot::new`], but relations are derived row by row, as [`prove`](crate::prove) judges: what the fast way is held to.
    pub fn plain(program: &'a Program, evidence: &'a Evidence, occasion: Occasion) -> Self {
        Self::with(program, evidence, occasion, crate::prover::derive)
    }

    pub(crate) fn with(
        program: &'a Program,
        evidence: &'a Evidence,
        occasion: Occasion,
        derive: Derive,
    ) -> Self {
        let mut snapshot = Self {
            program,
            evidence,
            occasion,
            texts: Arc::new(Texts::new(&evidence.dictionary)),
            is_so_far: false,
            derive,
            calendar: calendar::stretch(occasion),
            today: IndexVec::new(),
            undated: IndexVec::new(),
            grains: grain::grains(program),
            asked: Mutex::default(),
            derived: Mutex::default(),
            paired: Mutex::default(),
        };
        for fact in program.facts.ids() {
            snapshot.undated.push(question::undated(program, evidence, fact));
            snapshot.today.push(OnceLock::new());
            // The texts of tables are numbered before any others are derived.
            if matches!(program.facts[fact].kind, FactKind::Table) {
                snapshot.today(fact);
            }
        }
        snapshot
    }

    /// The same evidence, as if nothing more happened from the date of judgement on: no question reaches further than logs are due. It
    /// says what is not met *yet*; that something will not happen it cannot say.
    pub fn so_far(&self) -> Self {
        Self {
            program: self.program,
            evidence: self.evidence,
            occasion: self.occasion,
            texts: Arc::clone(&self.texts),
            is_so_far: true,
            derive: self.derive,
            calendar: self.calendar,
            today: self.today.clone(),
            undated: self.undated.clone(),
            grains: self.grains.clone(),
            asked: Mutex::default(),
            derived: Mutex::default(),
            paired: Mutex::default(),
        }
    }

    /// What a fact shows as of a moment; `None` where it is not known when, or the fact is a state and the moment has not come.
    pub fn view(&self, fact: FactId, as_of: AsOf) -> Option<Arc<View<'a>>> {
        let moment = match as_of {
            AsOf::Unknown => return None,
            AsOf::Today => self.end_of_today(),
            AsOf::Moment(moment) => moment,
        };
        if moment > self.end_of_today() && self.is_pictured(fact) {
            return None;
        }
        if let Some(view) = self.today(fact)
            && (as_of == AsOf::Today || !self.program.is_timed(fact))
        {
            return Some(Arc::clone(view));
        }
        Some(self.view_at(fact, moment))
    }

    /// Whether it is a state of which only pictures say what there was at a moment.
    fn is_pictured(&self, fact: FactId) -> bool {
        let fact = &self.program.facts[fact];
        fact.kind == FactKind::State && fact.valid.is_none()
    }

    /// The last instant of the date of judgement.
    pub fn end_of_today(&self) -> Timestamp {
        self.program.calendar.end_of_day(self.occasion.today)
    }

    /// The moment that a cell means: an instant itself, of a day its last instant.
    pub fn as_of(&self, cell: &Cell) -> AsOf {
        match cell {
            Cell::Known(Value::DateTime(instant)) => AsOf::Moment(*instant),
            Cell::Known(Value::Date(day)) => AsOf::Moment(self.program.calendar.end_of_day(*day)),
            _ => AsOf::Unknown,
        }
    }

    /// The one row of a fact whose key has this code, as of a moment; `None` where there is no such row, or may be more than one.
    pub fn row_of_key(&self, fact: FactId, code: u32, as_of: AsOf) -> Option<u32> {
        let view = self.view(fact, as_of)?;
        let rows = view.rows_of_key(code);
        let Some(validity) = self.program.facts[fact].valid else {
            return if let [row] = rows { Some(*row) } else { None };
        };
        let moment = match as_of {
            AsOf::Moment(moment) => moment,
            AsOf::Today | AsOf::Unknown => self.end_of_today(),
        };
        let mut holding = rows.iter().map(|row| (*row, self.holds(view.table(), *row, validity, moment)));
        let first = holding.find(|(_, truth)| *truth != Truth::False)?;
        let others = holding.any(|(_, truth)| truth != Truth::False);
        (first.1 == Truth::True && !others).then_some(first.0)
    }

    /// Whether a row that carries its own validity holds at an instant.
    fn holds(&self, table: &Table, row: u32, validity: Validity, moment: Timestamp) -> Truth {
        let day = kijun_ir::calendar::date_of(moment, &self.program.calendar.zone);
        let cell = |field| table.cell(&&self.texts, row, field);
        let compare =
            |field, day_holds: &dyn Fn(Date) -> bool, instant_holds: &dyn Fn(Timestamp) -> bool| match cell(
                field,
            ) {
                Cell::None => Truth::True,
                Cell::Known(Value::Date(limit)) => Truth::from(day_holds(limit)),
                Cell::Known(Value::DateTime(limit)) => Truth::from(instant_holds(limit)),
                Cell::Known(Value::Period(period)) => Truth::from(period.contains(day)),
                Cell::Known(_) | Cell::Unknown => Truth::Unknown,
            };
        let from = validity.from.map(|field| compare(field, &|limit| limit <= day, &|limit| limit <= moment));
        let until = validity.until.map(|(field, end)| match end {
            End::Included => compare(field, &|limit| day <= limit, &|limit| moment <= limit),
            End::Excluded => compare(field, &|limit| day < limit, &|limit| moment < limit),
        });
        let within = validity.within.map(|field| compare(field, &|_| false, &|_| false));
        [from, until, within].into_iter().flatten().fold(Truth::True, Truth::and)
    }

    /// What a fact shows on the date of judgement; `None` for relations.
    fn today(&self, fact: FactId) -> Option<&Arc<View<'a>>> {
        self.today[fact].get_or_init(|| self.shown_today(fact).map(Arc::new)).as_ref()
    }

    fn shown_today(&self, fact: FactId) -> Option<View<'a>> {
        let declared = &self.program.facts[fact];
        match declared.kind {
            FactKind::Relation(_) => None,
            FactKind::State => Some(self.state(fact, &self.shown(fact, self.end_of_today()))),
            FactKind::Event { at } => {
                let table = &self.evidence.tables[fact];
                let mut view =
                    View::new(Cow::Borrowed(table), self.past_rows(table, at), declared.key, Vec::new());
                self.obscure_undated(&mut view, declared, at);
                Some(view)
            }
            FactKind::Table => Some(self.given(declared, declared.rows.clone())),
            FactKind::Calendar(part) => {
                Some(self.given(declared, calendar::rows(&self.program.calendar, part, self.calendar)))
            }
            FactKind::Gaps(log) => Some(self.given(declared, self.gap_rows(log))),
        }
    }

    /// A view of rows that are no evidence, and all there.
    fn given(&self, fact: &Fact, rows: Vec<Vec<Cell>>) -> View<'a> {
        let mut builder = TableBuilder::new(fact);
        for (line, cells) in (1..).zip(rows) {
            builder.push(cells, Origin { line, ..Origin::default() });
        }
        let table = builder.finish(&mut &self.texts);
        let rows = (0..table.len()).collect();
        View::new(Cow::Owned(table), rows, fact.key, Vec::new())
    }

    /// The events up to the date of judgement.
    fn past_rows(&self, table: &Table, at: kijun_ir::FieldId) -> Vec<u32> {
        let end = self.end_of_today();
        let is_past = |row: &u32| match table.column(at) {
            Column::DateTime(instants) => instants[*row as usize] <= end,
            Column::Date(days) => days[*row as usize] <= self.occasion.today,
            _ => false,
        };
        (0..table.len()).filter(|row| table.is_known(*row, at) && is_past(row)).collect()
    }

    /// An event without a time is not visible, but its key may be meant all the same.
    fn obscure_undated(&self, view: &mut View<'a>, fact: &Fact, at: kijun_ir::FieldId) {
        let Some(key) = fact.key else { return };
        let table = view.table();
        let Column::Text(codes) = table.column(key) else { return };
        let undated = (0..table.len()).filter(|row| !table.is_known(*row, at) && table.is_known(*row, key));
        let obscured: Vec<u32> = undated.map(|row| codes[row as usize]).collect();
        obscured.into_iter().for_each(|code| view.obscure(code));
    }

    /// A view as of a moment that may not be today's: of a state without validity, of a relation.
    fn view_at(&self, fact: FactId, moment: Timestamp) -> Arc<View<'a>> {
        let key = self.key(fact, moment);
        if let Some(view) = self.already(fact, &key) {
            return view;
        }
        let FactKind::Relation(relation) = self.program.facts[fact].kind else {
            let view = Arc::new(self.state(fact, &self.shown(fact, moment)));
            return self.keep(fact, key, view);
        };
        let stratum = self.program.relations[relation].stratum;
        let group = self.group(stratum);
        self.derived.lock().unwrap_or_else(PoisonError::into_inner).insert((stratum, moment));
        let derivations = (self.derive)(self, &group, moment);
        for (id, derivation) in group.iter().zip(derivations) {
            let member = self.program.relations[*id].fact;
            let view = Arc::new(self.derived(member, derivation));
            self.keep(member, self.key(member, moment), view);
        }
        self.already(fact, &key).unwrap_or_else(|| Arc::new(self.derived(fact, Derivation::default())))
    }

    /// The relations that are derived together.
    fn group(&self, stratum: u32) -> Vec<RelationId> {
        let relations = self.program.relations.iter();
        relations.filter(|(_, relation)| relation.stratum == stratum).map(|(id, _)| id).collect()
    }

    /// The groups of relations that have been derived so far, and as of when; ascending.
    pub(crate) fn derivations(&self) -> Vec<(Vec<RelationId>, Timestamp)> {
        let derived = self.derived.lock().unwrap_or_else(PoisonError::into_inner).clone();
        derived.into_iter().map(|(stratum, moment)| (self.group(stratum), moment)).collect()
    }

    fn already(&self, fact: FactId, key: &Key) -> Option<Arc<View<'a>>> {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.get(&(fact, key.clone())).cloned()
    }

    /// Two threads may have made the same view; all get the first.
    fn keep(&self, fact: FactId, key: Key, view: Arc<View<'a>>) -> Arc<View<'a>> {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(asked.entry((fact, key)).or_insert(view))
    }

    pub(crate) fn derived(&self, fact: FactId, derivation: Derivation) -> View<'a> {
        let mut builder = TableBuilder::new(&self.program.facts[fact]);
        for (line, row) in (0..).zip(&derivation.rows) {
            builder.push(row.cells.clone(), Origin { line, ..Origin::default() });
        }
        let table = builder.finish(&mut &self.texts);
        let derived = |row: u32| &derivation.rows[table.origin(row).line as usize];
        let possible = (0..table.len()).map(|row| !derived(row).sure).collect();
        let many = (0..table.len()).map(|row| derived(row).cells.contains(&Cell::Unknown)).collect();
        let support = (0..table.len()).map(|row| derived(row).support.clone()).collect();
        let mut gaps = derivation.gaps;
        gaps.sort();
        gaps.dedup();
        View::derived(table, Certainty { possible, many }, support, gaps)
    }

    /// For each source of a state what of it counts at a moment.
    fn shown(&self, fact: FactId, moment: Timestamp) -> Vec<Shown> {
        let sources = self.evidence.coverage[fact].iter();
        sources
            .map(|source| match &source.held {
                Held::State(pictures) => {
                    match (0..).zip(pictures).filter(|(_, taken)| taken.at <= moment).last() {
                        Some((last, taken)) if self.is_fresh(fact, taken.at, moment) => Shown::Picture(last),
                        Some((last, _)) => Shown::Stale(last),
                        None => Shown::Nothing,
                    }
                }
                Held::Log(_) => Shown::Nothing,
            })
            .collect()
    }

    /// Whether a picture is not too old on the day of a moment.
    fn is_fresh(&self, fact: FactId, taken: Timestamp, moment: Timestamp) -> bool {
        let zone = &self.program.calendar.zone;
        let (taken, day) =
            (kijun_ir::calendar::date_of(taken, zone), kijun_ir::calendar::date_of(moment, zone));
        self.program.counts_on(fact, taken, day)
    }

    /// What the collections of a state that count show.
    fn state(&self, fact: FactId, shown: &[Shown]) -> View<'a> {
        let table = &self.evidence.tables[fact];
        let counts = |row: &u32| {
            let origin = table.origin(*row);
            shown.get(origin.source as usize) == Some(&Shown::Picture(origin.collection))
        };
        let rows = (0..table.len()).filter(counts).collect();
        let gaps = self.state_gaps(fact, shown);
        let mut view = View::new(Cow::Borrowed(table), rows, self.program.facts[fact].key, gaps);
        if self.program.facts[fact].valid.is_none() {
            view.doubt_keys_told_twice();
        }
        view
    }

    fn state_gaps(&self, fact: FactId, shown: &[Shown]) -> Vec<Gap> {
        let sources = &self.evidence.coverage[fact];
        if sources.is_empty() {
            return vec![Gap { fact, source: None, kind: GapKind::NoSource }];
        }
        let gaps = sources.iter().zip(shown).flat_map(|(source, shown)| {
            let kinds = match &source.held {
                Held::State(pictures) => gaps_of(pictures, *shown),
                Held::Log(_) => vec![GapKind::NoCollection],
            };
            kinds.into_iter().map(|kind| Gap { fact, source: Some(source.source.clone()), kind })
        });
        gaps.collect()
    }

    /// The rows of `gaps(log)`.
    fn gap_rows(&self, log: FactId) -> Vec<Vec<Cell>> {
        let instant = |at: Option<Timestamp>| at.map_or(Cell::Unknown, |at| Cell::Known(Value::DateTime(at)));
        let zone = &self.program.calendar.zone;
        let start = kijun_ir::calendar::start_of_day(self.occasion.period_start, zone);
        let rows = self.covered_gaps(log, None).into_iter().map(|gap| {
            let source = gap.source.map_or(Cell::Unknown, |source| Cell::Known(Value::text(&source)));
            let (from, to) = match gap.kind {
                GapKind::Uncollected { from, to } => (from.or(start), Some(to)),
                _ => (start, None),
            };
            vec![source, instant(from), instant(to)]
        });
        rows.collect()
    }
}

/// An event and the fields that its pairs have in common.
type PairedBy = (FactId, Vec<FieldId>);

/// What of the pictures of a source counts as of a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Shown {
    /// The picture of this position.
    Picture(u32),
    /// None: the last one by then, that of this position, is too old.
    Stale(u32),
    /// None was taken by then.
    Nothing,
}

/// Why the pictures of a source may lack rows, given what of them counts.
fn gaps_of(pictures: &[Taken], shown: Shown) -> Vec<GapKind> {
    let picture = |position: u32| pictures.get(position as usize);
    match shown {
        Shown::Picture(position) => {
            let defects = picture(position).map_or(&[][..], |taken| &taken.defects);
            defects.iter().map(|defect| gap_of(*defect)).collect()
        }
        Shown::Stale(position) => {
            picture(position).map(|taken| GapKind::Stale(taken.at)).into_iter().collect()
        }
        Shown::Nothing => {
            vec![pictures.first().map_or(GapKind::NoCollection, |taken| GapKind::Later(taken.at))]
        }
    }
}

/// What is missing of a picture with a defect.
fn gap_of(defect: Defect) -> GapKind {
    match defect {
        Defect::Unusable => GapKind::NoCollection,
        defect => GapKind::Defect(defect),
    }
}

/// How far a log may lag behind, backwards.
fn backwards(lag: Duration) -> Duration {
    lag.checked_neg().unwrap_or_default()
}
