//! What is missing of the evidence that a question asks for.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use kijun_ir::{
    Branch, Cell, CompareOp, Edge, Expr, FactId, FactKind, Pair, Period, Program, Quantifier, Value, calendar,
};

use super::{AsOf, Snapshot, backwards};
use crate::coverage::log_gaps;
use crate::{Asked, Bound, Defect, Evidence, Gap, GapKind, Held, TimeBounds, time_bounds};

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

impl Snapshot<'_> {
    /// What is missing of an event's log over a period, as far as it is due; over the period under audit where none is given: the question of
    /// `covered`.
    pub fn covered_gaps(&self, fact: FactId, period: Option<Period>) -> Vec<Gap> {
        let whole = Asked { from: None, to: None };
        let Some(period) = period else {
            let scope = Scope { from_period_start: true, until_period_end: true, open_end: false };
            return self.log_gaps(fact, whole, scope);
        };
        let horizon = self.horizon(fact);
        let zone = &self.program.calendar.zone;
        let (Some(from), to) = (calendar::start_of_day(period.start, zone), self.day_after(period.end))
        else {
            return vec![Gap { fact, source: None, kind: GapKind::BeyondCalendar }];
        };
        self.log_gaps(fact, Asked { from: Some(from), to: Some(to.min(horizon).max(from)) }, Scope::default())
    }

    /// What is missing of the evidence that a quantifier asks for, given the values of its bounds in the order of
    /// [`TimeBounds::bounds`]. A bound that is not known bounds nothing; as the only end it may lie beyond what is due.
    pub fn quantifier_gaps(
        &self,
        fact: FactId,
        as_of: AsOf,
        bounds: Option<(&TimeBounds<'_>, &[Cell])>,
    ) -> Vec<Gap> {
        let Some(view) = self.view(fact, as_of) else {
            return vec![as_of.nothing_of(fact)];
        };
        let Some((bounds, limits)) = bounds else { return view.gaps().to_vec() };
        let asked = self.asked(bounds, limits);
        if !self.program.facts[fact].is_collected() {
            return self.calendar_gaps(fact, asked, scope_of(bounds));
        }
        let mut limited = bounds.bounds.iter().zip(limits);
        let has_unknown_end =
            limited.any(|(bound, limit)| bound.is_end() && !matches!(limit, Cell::Known(_)));
        let open_end = asked.to.is_none() && has_unknown_end;
        self.log_gaps(fact, asked, Scope { open_end, ..scope_of(bounds) })
    }

    /// What is missing of the evidence that says who the subjects of a rule are, as of today. Only bounds that are
    /// the same for every row can be known before the rows are: dates written down, parameters and the run's own dates.
    pub fn population_gaps(&self, rows: &Quantifier) -> Vec<Gap> {
        self.population_gaps_as_of(rows, AsOf::Today)
    }

    /// As [`Snapshot::population_gaps`], as of another moment.
    pub fn population_gaps_as_of(&self, rows: &Quantifier, as_of: AsOf) -> Vec<Gap> {
        let mut gaps = self.own_gaps_of(rows.fact);
        let bounds = time_bounds(self.program, rows);
        gaps.extend(match &bounds {
            None => self.quantifier_gaps(rows.fact, as_of, None),
            Some(bounds) if self.program.facts[rows.fact].is_collected() => {
                self.log_gaps(rows.fact, self.constant_question(bounds), scope_of(bounds))
            }
            Some(bounds) => self.calendar_gaps(rows.fact, self.constant_question(bounds), scope_of(bounds)),
        });
        gaps.sort();
        gaps.dedup();
        gaps
    }

    /// What is missing of the log that says which pairs there are: from when the earlier event may happen until when the later one may. Either
    /// may be one that was not collected, or one of which it is not known to which others it belongs.
    pub(super) fn gaps_of_pairs(&self, rows: &Quantifier, pair: &Pair) -> Vec<Gap> {
        let later = Quantifier { var: pair.second, ..rows.clone() };
        let (Some(first), Some(second)) =
            (time_bounds(self.program, rows), time_bounds(self.program, &later))
        else {
            return Vec::new();
        };
        let asked =
            Asked { from: self.constant_question(&first).from, to: self.constant_question(&second).to };
        let (first, second) = (scope_of(&first), scope_of(&second));
        let scope = Scope {
            from_period_start: first.from_period_start,
            until_period_end: second.until_period_end,
            open_end: false,
        };
        let mut gaps = self.log_gaps(rows.fact, asked, scope);
        if let Some((from, to)) = self.question(asked, scope, Timestamp::MAX) {
            gaps.extend(self.unpaired(rows.fact, &pair.by, from, to));
        }
        gaps
    }

    /// The time that those bounds leave that are the same for every row.
    fn constant_question(&self, bounds: &TimeBounds<'_>) -> Asked {
        let limits: Vec<Cell> = bounds.bounds.iter().map(|bound| self.constant(bound.limit)).collect();
        self.asked(bounds, &limits)
    }

    /// What is missing of the rows that an atom of a relation may stand for: the condition of its branch bounds them, as that of a population does.
    pub(crate) fn atom_gaps(&self, branch: &Branch, atom: &Quantifier, as_of: AsOf) -> Vec<Gap> {
        let rows = Quantifier { condition: branch.condition.clone(), ..atom.clone() };
        self.population_gaps_as_of(&rows, as_of)
    }

    /// What a rule about the gaps of a log asks about is itself what is missing.
    fn own_gaps_of(&self, fact: FactId) -> Vec<Gap> {
        match self.program.facts[fact].kind {
            FactKind::Gaps(log) => self.covered_gaps(log, None),
            _ => Vec::new(),
        }
    }

    /// The time that known bounds leave.
    fn asked(&self, bounds: &TimeBounds<'_>, limits: &[Cell]) -> Asked {
        let mut asked = Asked { from: None, to: None };
        for (bound, limit) in bounds.bounds.iter().zip(limits) {
            self.narrow(&mut asked, bound, limit);
        }
        asked
    }

    /// The value of an expression that reads no row; unknown where it reads one.
    pub(super) fn constant(&self, expr: &Expr) -> Cell {
        crate::constant::value(self.program, self.occasion, expr)
    }

    /// What any source of a log lacks over `asked`.
    fn log_gaps(&self, fact: FactId, asked: Asked, scope: Scope) -> Vec<Gap> {
        let sources = &self.evidence.coverage[fact];
        if sources.is_empty() {
            return vec![Gap { fact, source: None, kind: GapKind::NoSource }];
        }
        let question = self.question(asked, scope, self.horizon(fact));
        let gaps = sources.iter().zip(0..).flat_map(|(source, index)| {
            let kinds = match &source.held {
                Held::Log(stretches) if !stretches.is_empty() => {
                    let holes = question.map_or_else(Vec::new, |(from, to)| log_gaps(stretches, from, to));
                    let undated = self.undated[fact].get(&index).copied().map(Defect::Undated);
                    holes.into_iter().chain(undated.map(GapKind::Defect)).collect()
                }
                Held::Log(_) | Held::State(_) => vec![GapKind::NoCollection],
            };
            kinds.into_iter().map(|kind| Gap { fact, source: Some(source.source.clone()), kind })
        });
        gaps.collect()
    }

    /// Whether the calendar has rows for what is asked.
    fn calendar_gaps(&self, fact: FactId, asked: Asked, scope: Scope) -> Vec<Gap> {
        let end = self.day_after(self.calendar.end);
        let start = calendar::start_of_day(self.calendar.start, &self.program.calendar.zone);
        let beyond = match self.question(asked, scope, Timestamp::MAX) {
            None => false,
            Some((from, to)) => from.is_none_or(|from| start.is_none_or(|start| from < start)) || to > end,
        };
        if beyond { vec![Gap { fact, source: None, kind: GapKind::BeyondCalendar }] } else { Vec::new() }
    }

    /// The time that must be covered to answer; `None` where nothing is asked.
    ///
    /// A question without an end of its own (or one that ends with the period) reaches as far as the log is due on
    /// the date of judgement, the `horizon`. An end that the rule itself sets stands, even beyond that: what happens tomorrow is not known today.
    fn question(
        &self,
        asked: Asked,
        scope: Scope,
        horizon: Timestamp,
    ) -> Option<(Option<Timestamp>, Timestamp)> {
        let zone = &self.program.calendar.zone;
        let mut from = asked.from;
        let mut to = asked.to.unwrap_or(if scope.open_end { Timestamp::MAX } else { horizon });
        if scope.from_period_start {
            let start = calendar::start_of_day(self.occasion.period_start, zone)?;
            from = Some(from.map_or(start, |from| from.max(start)));
        }
        if scope.until_period_end {
            let end = self.day_after(self.occasion.period_end);
            to = match asked.to {
                Some(to) if to < end => to,
                None if scope.open_end => end,
                _ => end.min(horizon),
            };
        }
        if self.is_so_far {
            to = to.min(horizon);
        }
        from.is_none_or(|from| from < to).then_some((from, to))
    }

    /// The instant up to which a log must reach on the date of judgement: its end, less what the log may lag behind.
    pub(super) fn horizon(&self, fact: FactId) -> Timestamp {
        let calendar = &self.program.calendar;
        let lag = backwards(self.program.freshness(fact));
        self.day_after(calendar.add_to_date(self.occasion.today, lag).unwrap_or(self.occasion.today))
    }

    /// The first instant of the next day; at the end of the calendar its last instant.
    pub(super) fn day_after(&self, date: Date) -> Timestamp {
        let next = date.tomorrow().ok();
        next.and_then(|next| calendar::start_of_day(next, &self.program.calendar.zone))
            .unwrap_or(Timestamp::MAX)
    }

    fn narrow(&self, asked: &mut Asked, bound: &Bound<'_>, limit: &Cell) {
        let op = bound.op;
        let Some((first, after)) = self.span_of(bound.edge, limit) else { return };
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

    /// The first instant of a limit, and the first after it.
    fn span_of(&self, edge: Option<Edge>, limit: &Cell) -> Option<(Timestamp, Timestamp)> {
        let day = match (limit, edge) {
            (Cell::Known(Value::DateTime(instant)), _) => {
                let after = instant.checked_add(jiff::Span::new().microseconds(1));
                return Some((*instant, after.unwrap_or(*instant)));
            }
            (Cell::Known(Value::Date(day)), _) => *day,
            (Cell::Known(Value::Period(period)), Some(Edge::Start)) => period.start,
            (Cell::Known(Value::Period(period)), Some(Edge::End)) => period.end,
            _ => return None,
        };
        Some((calendar::start_of_day(day, &self.program.calendar.zone)?, self.day_after(day)))
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
pub(super) fn undated(program: &Program, evidence: &Evidence, fact: FactId) -> BTreeMap<u32, usize> {
    let mut undated = BTreeMap::new();
    if let FactKind::Event { at } = program.facts[fact].kind {
        let table = &evidence.tables[fact];
        for row in (0..table.len()).filter(|row| !table.is_known(*row, at)) {
            *undated.entry(table.origin(row).source).or_default() += 1;
        }
    }
    undated
}
