//! Which rows of a log can lie in a stretch of time: the rows stand in the order of time, so that they are a range of row numbers.

use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;
use kijun_ir::{CompareOp, Expr, ExprKind, FieldId, VarId};

use super::period::{surely_before, surely_from};
use super::reads::unnamed;
use super::vector::{Values, Vector};
use crate::{Column, Table};

/// The times of a log in the order of its rows.
#[derive(Debug)]
pub(super) struct Timeline<'a> {
    times: Times<'a>,
    /// Rows before this one have no known time.
    undated: u32,
    rows: u32,
}

#[derive(Debug)]
enum Times<'a> {
    Days(&'a [Date]),
    Instants(&'a [Timestamp]),
}

/// A conjunct that bounds the time of a row: `time op limit`.
#[derive(Debug, Clone, Copy)]
pub(super) struct TimeLimit<'a> {
    op: CompareOp,
    /// What the time is compared with; it does not depend on the row.
    pub(super) limit: &'a Expr,
    /// Whether it is not the time itself that is compared, but its local date.
    by_date: bool,
}

/// The rows that can lie in the stretch of time that was asked for: those without a known time, and a range.
#[derive(Debug, Clone)]
pub(super) struct Window {
    undated: u32,
    dated: Range<u32>,
}

impl<'a> Timeline<'a> {
    /// The times of a table by this field; `None` where its rows do not stand in their order.
    pub(super) fn new(table: &'a Table, at: FieldId) -> Option<Self> {
        let rows = table.len();
        let undated = (0..rows).find(|row| table.is_known(*row, at)).unwrap_or(rows);
        let dated = (undated..rows).all(|row| table.is_known(row, at));
        let (times, sorted) = match table.column(at) {
            Column::Date(days) => (Times::Days(days), days[undated as usize..].is_sorted()),
            Column::DateTime(instants) => {
                (Times::Instants(instants), instants[undated as usize..].is_sorted())
            }
            _ => return None,
        };
        (dated && sorted).then_some(Self { times, undated, rows })
    }

    /// The rows that can satisfy all limits at one position, given the limits' values.
    pub(super) fn window(&self, limits: &[(TimeLimit<'_>, Vector)], position: usize) -> Window {
        let mut dated = self.undated..self.rows;
        for (limit, values) in limits.iter().filter(|(_, values)| values.known.get(position)) {
            let bound = match (&self.times, &values.values) {
                (Times::Days(days), Values::Date(limits)) if !limit.by_date => {
                    self.range(days, limit.op, limits[position])
                }
                (Times::Instants(instants), Values::DateTime(limits)) if !limit.by_date => {
                    self.range(instants, limit.op, limits[position])
                }
                (Times::Instants(instants), Values::Date(limits)) if limit.by_date => {
                    self.days_range(instants, limit.op, limits[position])
                }
                _ => continue,
            };
            dated = dated.start.max(bound.start)..dated.end.min(bound.end);
        }
        Window { undated: self.undated, dated: dated.start..dated.end.max(dated.start) }
    }

    /// The dated rows whose time satisfies `time op limit`.
    fn range<T: Ord + Copy>(&self, times: &[T], op: CompareOp, limit: T) -> Range<u32> {
        let before = || self.first_not(times, |time| time < limit);
        let through = || self.first_not(times, |time| time <= limit);
        match op {
            CompareOp::Eq => before()..through(),
            CompareOp::Lt => self.undated..before(),
            CompareOp::Le => self.undated..through(),
            CompareOp::Gt => through()..self.rows,
            CompareOp::Ge => before()..self.rows,
            CompareOp::Ne => self.undated..self.rows,
        }
    }

    /// Dated rows, among them all whose local date satisfies `date op limit`. Local days do not begin at the same instant
    /// everywhere and may even begin twice, so that the borders are generous.
    fn days_range(&self, instants: &[Timestamp], op: CompareOp, day: Date) -> Range<u32> {
        let lower = surely_before(day);
        let upper = day.tomorrow().ok().and_then(surely_from);
        let start = || lower.map_or(self.undated, |from| self.first_not(instants, |time| time < from));
        let end = || upper.map_or(self.rows, |to| self.first_not(instants, |time| time < to));
        match op {
            CompareOp::Eq => start()..end(),
            CompareOp::Lt | CompareOp::Le => self.undated..end(),
            CompareOp::Gt | CompareOp::Ge => start()..self.rows,
            CompareOp::Ne => self.undated..self.rows,
        }
    }

    fn first_not<T: Copy>(&self, times: &[T], holds: impl Fn(T) -> bool) -> u32 {
        let dated = &times[self.undated as usize..];
        let count = dated.partition_point(|time| holds(*time));
        // A table has fewer than 2³² rows.
        self.undated + u32::try_from(count).unwrap_or(u32::MAX)
    }
}

impl<'a> TimeLimit<'a> {
    /// The limit that a conjunct sets to the time `at` of the row `row`, if it is of that form.
    pub(super) fn of(conjunct: &'a Expr, row: VarId, at: FieldId) -> Option<Self> {
        let ExprKind::Compare { op, left, right } = &conjunct.kind else { return None };
        let limit = |op: CompareOp, time: &Expr, limit: &'a Expr| {
            let by_date = is_time_by_date(time, row, at)?;
            (!limit.mentions(row)).then_some(TimeLimit { op, limit, by_date })
        };
        limit(*op, left, right).or_else(|| limit(op.flipped(), right, left))
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

impl Window {
    /// Of rows in ascending order, those without a known time and those in the range.
    pub(super) fn cut<'r>(&self, rows: &'r [u32]) -> [&'r [u32]; 2] {
        let before = |row: u32| rows.partition_point(|other| *other < row);
        [&rows[..before(self.undated)], &rows[before(self.dated.start)..before(self.dated.end)]]
    }
}
