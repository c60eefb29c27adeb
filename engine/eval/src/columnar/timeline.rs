//! Which rows of a fact can lie in a stretch of time: its rows stand in the order of time, so that they are a range of row numbers.

use std::ops::Range;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use kijun_ir::{CompareOp, Edge, Expr, ExprKind, FieldId, Kind, VarId};

use super::expr::value;
use super::frame::Frame;
use super::period::{edge, surely_before, surely_from};
use super::reads::unnamed;
use super::run::Run;
use super::vector::{Values, Vector};
use crate::{Column, View};

/// The times of a view in the order of its rows.
#[derive(Debug)]
pub(super) struct Timeline<'e> {
    view: Arc<View<'e>>,
    at: FieldId,
    /// The rows whose time is known: all but the first ones of the table.
    dated: Range<u32>,
}

/// A conjunct that bounds the time of a row: `time op limit`.
#[derive(Debug, Clone, Copy)]
pub(super) struct TimeLimit<'r> {
    op: CompareOp,
    /// What the time is compared with; it does not depend on the row.
    limit: &'r Expr,
    /// Which end of the limit is meant, where it is a period.
    edge: Option<Edge>,
    /// Whether it is not the time itself that is compared, but its local date.
    by_date: bool,
}

impl<'e> Timeline<'e> {
    /// The times of a view by this field; `None` where its rows do not stand in their order.
    pub(super) fn new(view: Arc<View<'e>>, at: FieldId) -> Option<Self> {
        let table = view.table();
        let rows = table.len();
        let first = (0..rows).find(|row| table.is_known(*row, at)).unwrap_or(rows);
        let dated = (first..rows).all(|row| table.is_known(row, at));
        let sorted = match table.column(at) {
            Column::Date(days) => days[first as usize..].is_sorted(),
            Column::DateTime(instants) => instants[first as usize..].is_sorted(),
            _ => return None,
        };
        (dated && sorted).then_some(Self { view, at, dated: first..rows })
    }

    /// The rows that can satisfy all limits at one position, given the limits' values.
    pub(super) fn window(&self, limits: &[(TimeLimit<'_>, Vector)], position: usize) -> Range<u32> {
        let mut window = self.dated.clone();
        for (limit, values) in limits.iter().filter(|(_, values)| values.known.get(position)) {
            let bound = match (self.view.table().column(self.at), &values.values) {
                (Column::Date(days), Values::Date(limits)) if !limit.by_date => {
                    self.range(days, limit.op, limits[position])
                }
                (Column::DateTime(instants), Values::DateTime(limits)) if !limit.by_date => {
                    self.range(instants, limit.op, limits[position])
                }
                (Column::DateTime(instants), Values::Date(limits)) if limit.by_date => {
                    self.days_range(instants, limit.op, limits[position])
                }
                _ => continue,
            };
            window = window.start.max(bound.start)..window.end.min(bound.end);
        }
        window.start..window.end.max(window.start)
    }

    /// The dated rows whose time satisfies `time op limit`.
    fn range<T: Ord + Copy>(&self, times: &[T], op: CompareOp, limit: T) -> Range<u32> {
        let before = || self.first_not(times, |time| time < limit);
        let through = || self.first_not(times, |time| time <= limit);
        let Range { start, end } = self.dated;
        match op {
            CompareOp::Eq => before()..through(),
            CompareOp::Lt => start..before(),
            CompareOp::Le => start..through(),
            CompareOp::Gt => through()..end,
            CompareOp::Ge => before()..end,
            CompareOp::Ne => start..end,
        }
    }

    /// Dated rows, among them all whose local date satisfies `date op limit`. Local days do not begin at the same instant
    /// everywhere and may even begin twice, so that the borders are generous.
    fn days_range(&self, instants: &[Timestamp], op: CompareOp, day: Date) -> Range<u32> {
        let lower = surely_before(day);
        let upper = day.tomorrow().ok().and_then(surely_from);
        let Range { start: first, end: last } = self.dated;
        let start = || lower.map_or(first, |from| self.first_not(instants, |time| time < from));
        let end = || upper.map_or(last, |to| self.first_not(instants, |time| time < to));
        match op {
            CompareOp::Eq => start()..end(),
            CompareOp::Lt | CompareOp::Le => first..end(),
            CompareOp::Gt | CompareOp::Ge => start()..last,
            CompareOp::Ne => first..last,
        }
    }

    fn first_not<T: Copy>(&self, times: &[T], holds: impl Fn(T) -> bool) -> u32 {
        let dated = &times[self.dated.start as usize..];
        let count = dated.partition_point(|time| holds(*time));
        // A table has fewer than 2³² rows.
        self.dated.start + u32::try_from(count).unwrap_or(u32::MAX)
    }
}

impl<'r> TimeLimit<'r> {
    /// The limits that a conjunct sets to the time `at`, of this kind, of the row `row`.
    pub(super) fn of(conjunct: &'r Expr, row: VarId, (at, kind): (FieldId, Kind)) -> Vec<Self> {
        match &unnamed(conjunct).kind {
            ExprKind::Compare { op, left, right } => {
                let limit = |op: CompareOp, time: &Expr, limit: &'r Expr| {
                    let by_date = is_time_by_date(time, row, at)?;
                    (!limit.mentions(row)).then_some(TimeLimit { op, limit, edge: None, by_date })
                };
                limit(*op, left, right).or_else(|| limit(op.flipped(), right, left)).into_iter().collect()
            }
            ExprKind::InPeriod { time, period } if !period.mentions(row) => {
                let Some(by_date) = is_time_by_date(time, row, at) else { return Vec::new() };
                let by_date = by_date || kind == Kind::DateTime;
                let limit = |op, edge| TimeLimit { op, limit: period, edge: Some(edge), by_date };
                vec![limit(CompareOp::Ge, Edge::Start), limit(CompareOp::Le, Edge::End)]
            }
            _ => Vec::new(),
        }
    }

    /// What it is at each position.
    pub(super) fn values<'e>(&self, run: &Run<'r, 'e>, frame: &Frame<'e>) -> Vector {
        let limits = value(run, frame, self.limit);
        match self.edge {
            Some(which) => edge(&limits, which),
            None => limits,
        }
    }
}

/// Whether the expression is the local date of the time (true) or the time itself (false); `None` where it is neither.
fn is_time_by_date(expr: &Expr, row: VarId, at: FieldId) -> Option<bool> {
    let is_time =
        |expr: &Expr| matches!(expr.kind, ExprKind::Field { var, field } if var == row && field == at);
    match &unnamed(expr).kind {
        ExprKind::DateOf(inner) => is_time(unnamed(inner)).then_some(true),
        _ => is_time(unnamed(expr)).then_some(false),
    }
}

/// Of rows in ascending order those in the range.
pub(super) fn cut<'r>(window: &Range<u32>, rows: &'r [u32]) -> &'r [u32] {
    let before = |row: u32| rows.partition_point(|other| *other < row);
    &rows[before(window.start)..before(window.end)]
}
