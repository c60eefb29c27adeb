//! What of the evidence counts on the date of judgement.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use kijun_ir::{Cell, CompareOp, FactId, FactKind, IndexVec, Program, Quantifier, Value, calendar};
use rustc_hash::FxHashMap;

use crate::coverage::log_gaps;
use crate::{Asked, Column, Defect, Evidence, Gap, GapKind, Held, Table, TimeBounds, time_bounds};

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

/// The evidence as it counts on one occasion: which rows are visible, which row a key names, what is covered.
///
/// * Events after the end of the date of judgement are not visible: nobody could have known them, and a session booked for next
///   month trains nobody.
/// * An event of which nobody knows when it happened is not visible, and its log can show of nothing that it does not exist.
/// * A state counts while its collection is fresh. Of a source whose collection is stale no row is visible.
#[derive(Debug)]
pub struct Snapshot<'a> {
    /// The rules.
    pub program: &'a Program,
    /// The evidence.
    pub evidence: &'a Evidence,
    /// The dates.
    pub occasion: Occasion,
    visible: IndexVec<FactId, Vec<u32>>,
    /// How many events of each source happened nobody knows when: any question may be about them.
    undated: IndexVec<FactId, BTreeMap<u32, usize>>,
    rows_by_key: IndexVec<FactId, FxHashMap<u32, Option<u32>>>,
}

/// How a question is bounded apart from what is known of its bounds.
#[derive(Debug, Clone, Copy, Default)]
struct Scope {
    /// It does not reach back before the period under audit.
    from_period_start: bool,
    /// It does not reach beyond the period under audit.
    until_period_end: bool,
    /// It has an end that is not known.
    open_end: bool,
}

impl<'a> Snapshot<'a> {
    /// Sees the evidence as it counts on `occasion`.
    pub fn new(program: &'a Program, evidence: &'a Evidence, occasion: Occasion) -> Self {
        let mut snapshot = Self {
            program,
            evidence,
            occasion,
            visible: IndexVec::new(),
            undated: IndexVec::new(),
            rows_by_key: IndexVec::new(),
        };
        for fact in program.facts.ids() {
            let visible = snapshot.visible_rows(fact);
            let rows_by_key = snapshot.index_keys(fact, &visible);
            snapshot.undated.push(undated(program, evidence, fact));
            snapshot.visible.push(visible);
            snapshot.rows_by_key.push(rows_by_key);
        }
        snapshot
    }

    /// The table of a fact, rows that are not visible included.
    pub fn table(&self, fact: FactId) -> &'a Table {
        &self.evidence.tables[fact]
    }

    /// The rows of a fact that count, ascending.
    pub fn visible(&self, fact: FactId) -> &[u32] {
        &self.visible[fact]
    }

    /// The one visible row of a fact whose key has this code; `None` where there is no such row, or more than one.
    pub fn row_of_key(&self, fact: FactId, code: u32) -> Option<u32> {
        self.rows_by_key[fact].get(&code).copied().flatten()
    }

    /// What is missing of the evidence over the whole period under audit: the question of `covered`.
    pub fn period_gaps(&self, fact: FactId) -> Vec<Gap> {
        self.gaps(
            fact,
            Asked { from: None, to: None },
            Scope { from_period_start: true, until_period_end: true, open_end: false },
        )
    }

    /// What is missing of the evidence that a quantifier asks for, given the values of its bounds in the order of
    /// [`TimeBounds::bounds`]. A bound that is not known bounds nothing; as the only end it may lie beyond what is due.
    pub fn quantifier_gaps(&self, fact: FactId, bounds: Option<(&TimeBounds<'_>, &[Cell])>) -> Vec<Gap> {
        let Some((bounds, limits)) = bounds else {
            return self.gaps(fact, Asked { from: None, to: None }, Scope::default());
        };
        let asked = self.asked(bounds, limits);
        let ends = |op| matches!(op, CompareOp::Le | CompareOp::Lt | CompareOp::Eq);
        let mut limited = bounds.bounds.iter().zip(limits);
        let has_unknown_end = limited.any(|(bound, limit)| ends(bound.op) && *limit == Cell::Unknown);
        let open_end = asked.to.is_none() && has_unknown_end;
        self.gaps(fact, asked, Scope { open_end, ..scope_of(bounds) })
    }

    /// What is missing of the evidence that says who the subjects of a rule are. Only bounds that are
    /// the same for every row can be known before the rows are: dates written down, parameters and the run's own dates.
    pub fn population_gaps(&self, rows: &Quantifier) -> Vec<Gap> {
        let bounds = time_bounds(self.program, rows);
        let limits: Vec<Cell> =
            bounds.iter().flat_map(|bounds| &bounds.bounds).map(|bound| self.constant(bound.limit)).collect();
        let Some(bounds) = bounds else { return self.quantifier_gaps(rows.fact, None) };
        self.gaps(rows.fact, self.asked(&bounds, &limits), scope_of(&bounds))
    }

    /// The time that known bounds leave.
    fn asked(&self, bounds: &TimeBounds<'_>, limits: &[Cell]) -> Asked {
        let mut asked = Asked { from: None, to: None };
        for (bound, limit) in bounds.bounds.iter().zip(limits) {
            self.narrow(&mut asked, bound.op, limit);
        }
        asked
    }

    /// The value of an expression that reads no row; unknown where it reads one.
    fn constant(&self, expr: &kijun_ir::Expr) -> Cell {
        crate::constant::value(self.program, self.occasion, expr)
    }

    /// What any source lacks over `asked`.
    fn gaps(&self, fact: FactId, asked: Asked, scope: Scope) -> Vec<Gap> {
        let sources = &self.evidence.coverage[fact];
        if sources.is_empty() {
            return vec![Gap { fact, source: None, kind: GapKind::NoSource }];
        }
        let question = self.question(fact, asked, scope);
        let gaps = sources.iter().zip(0..).flat_map(|(source, index)| {
            let kinds = match &source.held {
                Held::State(None) => vec![GapKind::NoCollection],
                Held::State(Some(taken)) if self.is_stale(fact, taken.at) => {
                    vec![GapKind::Stale(taken.at)]
                }
                Held::State(Some(taken)) => taken.defects.iter().copied().map(GapKind::Defect).collect(),
                Held::Log(stretches) if stretches.is_empty() => vec![GapKind::NoCollection],
                Held::Log(stretches) => {
                    let holes = question.map_or_else(Vec::new, |(from, to)| log_gaps(stretches, from, to));
                    let undated = self.undated[fact].get(&index).copied().map(Defect::Undated);
                    holes.into_iter().chain(undated.map(GapKind::Defect)).collect()
                }
            };
            kinds.into_iter().map(|kind| Gap { fact, source: Some(source.source.clone()), kind })
        });
        gaps.collect()
    }

    /// The time that a log must cover to answer; `None` where nothing is asked.
    ///
    /// A question without an end of its own (or one that ends with the period) reaches as far as the log is due on
    /// the date of judgement. An end that the rule itself sets stands, even beyond that: what happens tomorrow is not known today.
    fn question(&self, fact: FactId, asked: Asked, scope: Scope) -> Option<(Option<Timestamp>, Timestamp)> {
        let zone = &self.program.zone;
        let horizon = self.horizon(fact);
        let mut from = asked.from;
        let mut to = asked.to.unwrap_or(if scope.open_end { Timestamp::MAX } else { horizon });
        if scope.from_period_start {
            let start = calendar::start_of_day(self.occasion.period_start, zone)?;
            from = Some(from.map_or(start, |from| from.max(start)));
        }
        if scope.until_period_end {
            let end = day_after(self.occasion.period_end, zone);
            to = match asked.to {
                Some(to) if to < end => to,
                None if scope.open_end => end,
                _ => end.min(horizon),
            };
        }
        from.is_none_or(|from| from < to).then_some((from, to))
    }

    /// The instant up to which a log must reach on the date of judgement: its end, less what the log may lag behind.
    fn horizon(&self, fact: FactId) -> Timestamp {
        let lag = self.program.facts[fact].fresh.checked_neg().unwrap_or_default();
        let last = calendar::add_to_date(self.occasion.today, lag).unwrap_or(self.occasion.today);
        day_after(last, &self.program.zone)
    }

    fn narrow(&self, asked: &mut Asked, op: CompareOp, limit: &Cell) {
        let zone = &self.program.zone;
        let (first, after) = match limit {
            Cell::Known(Value::Date(date)) => match calendar::start_of_day(*date, zone) {
                Some(first) => (first, day_after(*date, zone)),
                None => return,
            },
            Cell::Known(Value::DateTime(instant)) => {
                (*instant, instant.checked_add(jiff::Span::new().microseconds(1)).unwrap_or(*instant))
            }
            _ => return,
        };
        let mut raise = |from: Timestamp| asked.from = Some(asked.from.map_or(from, |old| old.max(from)));
        match op {
            CompareOp::Ge | CompareOp::Eq => raise(first),
            CompareOp::Gt => raise(after),
            CompareOp::Le | CompareOp::Lt | CompareOp::Ne => {}
        }
        let mut lower = |to: Timestamp| asked.to = Some(asked.to.map_or(to, |old| old.min(to)));
        match op {
            CompareOp::Le | CompareOp::Eq => lower(after),
            CompareOp::Lt => lower(first),
            CompareOp::Ge | CompareOp::Gt | CompareOp::Ne => {}
        }
    }

    /// Whether a picture taken at `at` is too old at the end of the date of judgement. A picture of the future never counts.
    fn is_stale(&self, fact: FactId, at: Timestamp) -> bool {
        let taken = calendar::date_of(at, &self.program.zone);
        !self.program.facts[fact].counts_on(taken, self.occasion.today)
    }

    fn visible_rows(&self, fact: FactId) -> Vec<u32> {
        let table = self.table(fact);
        let rows = 0..table.len();
        match self.program.facts[fact].kind {
            FactKind::Event { at } => rows
                .filter(|row| match table.cell(&self.evidence.dictionary, *row, at) {
                    Cell::Known(Value::DateTime(instant)) => {
                        calendar::date_of(instant, &self.program.zone) <= self.occasion.today
                    }
                    Cell::Known(Value::Date(date)) => date <= self.occasion.today,
                    _ => false,
                })
                .collect(),
            FactKind::State => {
                let counts: Vec<bool> = self.evidence.coverage[fact]
                    .iter()
                    .map(|source| match &source.held {
                        Held::State(Some(taken)) => !self.is_stale(fact, taken.at),
                        Held::State(None) | Held::Log(_) => false,
                    })
                    .collect();
                rows.filter(|row| counts.get(table.origin(*row).source as usize).copied().unwrap_or(false))
                    .collect()
            }
        }
    }

    fn index_keys(&self, fact: FactId, visible: &[u32]) -> FxHashMap<u32, Option<u32>> {
        let mut rows_by_key = FxHashMap::default();
        let Some(key) = self.program.facts[fact].key else { return rows_by_key };
        let Column::Text(codes) = self.table(fact).column(key) else { return rows_by_key };
        let table = self.table(fact);
        for row in visible.iter().copied().filter(|row| table.is_known(*row, key)) {
            rows_by_key.entry(codes[row as usize]).and_modify(|row| *row = None).or_insert(Some(row));
        }
        // An event without a time is not visible, but its key may be meant all the same.
        if let FactKind::Event { at } = self.program.facts[fact].kind {
            for row in (0..table.len()).filter(|row| !table.is_known(*row, at) && table.is_known(*row, key)) {
                rows_by_key.insert(codes[row as usize], None);
            }
        }
        rows_by_key
    }
}

/// What bounds say of the period; no end of theirs is unknown.
fn scope_of(bounds: &TimeBounds<'_>) -> Scope {
    Scope {
        from_period_start: bounds.in_period,
        until_period_end: bounds.in_period || bounds.until_period_end,
        open_end: false,
    }
}

/// How many events of each source of a fact have no time.
fn undated(program: &Program, evidence: &Evidence, fact: FactId) -> BTreeMap<u32, usize> {
    let mut undated = BTreeMap::new();
    if let FactKind::Event { at } = program.facts[fact].kind {
        let table = &evidence.tables[fact];
        for row in (0..table.len()).filter(|row| !table.is_known(*row, at)) {
            *undated.entry(table.origin(row).source).or_default() += 1;
        }
    }
    undated
}

/// The first instant of the next day; at the end of the calendar its last instant.
fn day_after(date: Date, zone: &jiff::tz::TimeZone) -> Timestamp {
    date.tomorrow().ok().and_then(|next| calendar::start_of_day(next, zone)).unwrap_or(Timestamp::MAX)
}
