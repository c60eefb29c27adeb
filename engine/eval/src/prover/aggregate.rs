//! Values made of the values of many rows.

use std::cmp::Ordering;
use std::sync::Arc;

use kijun_ir::{AggregateOp, Cell, Duration, Expr, FactId, Kind, Quantifier, Truth, Value};

use super::proof::{Reason, Step, StepKind};
use super::quantifier::Tally;
use super::scene::{Bound, Scene};
use super::value::{Operands, Reading};
use crate::decimal_sum::DecimalSum;
use crate::written::compare_written;

/// A row for which the condition holds, and its value.
struct Measured {
    row: u32,
    value: Value,
}

/// What an aggregate comes to, or what is missing.
type Total = Result<Cell, Reason>;

impl<'e> Scene<'_, 'e> {
    /// The value that an aggregate makes of the rows for which its condition holds: unknown unless it is known exactly which these are,
    /// and each has a value.
    pub(super) fn aggregate(
        &mut self,
        expr: &Expr,
        op: AggregateOp,
        value: Option<&Expr>,
        quantifier: &Quantifier,
    ) -> Reading {
        let tally = self.tally(quantifier);
        let mut operands = Operands::default();
        let cell = match self.measure(quantifier, &tally, value, &mut operands) {
            Some(rows) if tally.is_whole() => match self.total(expr, op, quantifier.fact, &tally, &rows) {
                Ok(cell) => cell,
                Err(reason) => {
                    operands.lack([reason]);
                    Cell::Unknown
                }
            },
            _ => Cell::Unknown,
        };
        let truth = if cell == Cell::Unknown { Truth::Unknown } else { Truth::True };
        let (read, mut reasons, parts) = tally.explain(quantifier, truth);
        if truth == Truth::Unknown {
            reasons.extend(operands.lacks());
        }
        let kind = StepKind::Aggregate { read, cell: cell.clone(), ty: expr.ty };
        let step = Step { span: expr.span, truth, kind, reasons, parts };
        Reading { cell, reasons: Vec::new(), parts: vec![step] }
    }

    /// The values of the rows for which the condition holds; `None` where one has none. Where the rows themselves are counted, each is its own.
    fn measure(
        &mut self,
        quantifier: &Quantifier,
        tally: &Tally<'e>,
        value: Option<&Expr>,
        operands: &mut Operands,
    ) -> Option<Vec<Measured>> {
        let view = tally.view.as_ref()?;
        let sure = tally.rows.iter().filter(|(_, truth)| *truth == Truth::True);
        let rows: Vec<Option<Measured>> = sure
            .map(|(row, _)| {
                self.bind(quantifier.var, Bound::Row(Arc::clone(view), *row, tally.as_of));
                let value = value.map_or(Some(Value::Bool(true)), |value| operands.read(self, value));
                value.map(|value| Measured { row: *row, value })
            })
            .collect();
        self.unbind(quantifier.var);
        rows.into_iter().collect()
    }

    fn total(
        &self,
        expr: &Expr,
        op: AggregateOp,
        fact: FactId,
        tally: &Tally<'e>,
        rows: &[Measured],
    ) -> Total {
        match op {
            AggregateOp::Count => number(rows.len()),
            AggregateOp::CountDistinct => number(distinct(rows)),
            AggregateOp::Sum => sum(expr.ty.kind, rows),
            AggregateOp::Min => least(rows, |order| order),
            AggregateOp::Max => least(rows, Ordering::reverse),
            AggregateOp::First => self.earliest(fact, tally, rows, |order| order),
            AggregateOp::Latest => self.earliest(fact, tally, rows, Ordering::reverse),
        }
    }

    /// The value at the event that is first in an order of times. Events of the same time must have the same value.
    fn earliest(
        &self,
        fact: FactId,
        tally: &Tally<'e>,
        rows: &[Measured],
        ordered: fn(Ordering) -> Ordering,
    ) -> Total {
        let (Some(field), Some(view)) = (self.snapshot.program.facts[fact].time(), &tally.view) else {
            return Err(Reason::OutOfRange);
        };
        let time = |row: &Measured| view.table().cell(&&self.snapshot.texts, row.row, field);
        let in_time = |a: &&Measured, b: &&Measured| ordered(compare(&time(a), &time(b)));
        let Some(first) = rows.iter().min_by(in_time) else { return Ok(Cell::None) };
        let differs = |row: &&Measured| time(row) == time(first) && !is_same(&row.value, &first.value);
        match rows.iter().find(differs) {
            Some(other) => Err(Reason::Simultaneous { fact, first: first.row, second: other.row }),
            None => {
                let at_once = rows.iter().filter(|row| time(row) == time(first));
                let value = at_once.map(|row| &row.value).min_by(|a, b| compare_written(a, b));
                Ok(value.cloned().map_or(Cell::None, Cell::Known))
            }
        }
    }
}

fn number(count: usize) -> Total {
    i64::try_from(count).map(|count| Cell::Known(Value::Int(count))).map_err(|_| Reason::OutOfRange)
}

/// How many different values there are.
fn distinct(rows: &[Measured]) -> usize {
    let mut seen: Vec<&Value> = Vec::new();
    for Measured { value, .. } in rows {
        if !seen.iter().any(|other| is_same(other, value)) {
            seen.push(value);
        }
    }
    seen.len()
}

fn sum(kind: Kind, rows: &[Measured]) -> Total {
    let sum = match kind {
        Kind::Int => sum_of_ints(rows),
        Kind::Decimal => sum_of_decimals(rows),
        Kind::Duration => sum_of_lengths(rows),
        _ => None,
    };
    sum.map(Cell::Known).ok_or(Reason::OutOfRange)
}

/// Exact, so that the order of the rows does not matter: only the whole sum must be in range.
fn sum_of_ints(rows: &[Measured]) -> Option<Value> {
    let ints = rows.iter().map(|row| match row.value {
        Value::Int(number) => Some(i128::from(number)),
        _ => None,
    });
    i64::try_from(ints.sum::<Option<i128>>()?).ok().map(Value::Int)
}

/// As [`sum_of_ints`], rounded once where it has too many digits.
fn sum_of_decimals(rows: &[Measured]) -> Option<Value> {
    let mut sum = DecimalSum::default();
    for row in rows {
        sum = match row.value {
            Value::Decimal(number) => sum.plus(number),
            Value::Int(number) => sum.plus(number.into()),
            _ => return None,
        };
    }
    sum.value().map(Value::Decimal)
}

/// As [`sum_of_ints`], unit by unit.
fn sum_of_lengths(rows: &[Measured]) -> Option<Value> {
    let (mut months, mut days, mut business_days, mut micros) = (0i64, 0i64, 0i64, 0i128);
    for row in rows {
        let Value::Duration(length) = row.value else { return None };
        months += i64::from(length.months);
        days += i64::from(length.days);
        business_days += i64::from(length.business_days);
        micros += i128::from(length.micros);
    }
    Some(Value::Duration(Duration {
        months: months.try_into().ok()?,
        days: days.try_into().ok()?,
        business_days: business_days.try_into().ok()?,
        micros: micros.try_into().ok()?,
    }))
}

/// The value that is before or equal to all others in an order; there may be none such among lengths of time. Of several that are equal the
/// one that is first as it is written.
fn least(rows: &[Measured], ordered: fn(Ordering) -> Ordering) -> Total {
    let before =
        |a: &Measured, b: &Measured| a.value.compare(&b.value).is_some_and(|order| ordered(order).is_le());
    let least = rows.iter().filter(|row| rows.iter().all(|other| before(row, other)));
    match least.map(|row| &row.value).min_by(|a, b| compare_written(a, b)) {
        Some(value) => Ok(Cell::Known(value.clone())),
        None if rows.is_empty() => Ok(Cell::None),
        None => Err(Reason::OutOfRange),
    }
}

/// The order of two times of one column.
fn compare(left: &Cell, right: &Cell) -> Ordering {
    match (left, right) {
        (Cell::Known(left), Cell::Known(right)) => left.compare(right).unwrap_or(Ordering::Equal),
        _ => Ordering::Equal,
    }
}

fn is_same(left: &Value, right: &Value) -> bool {
    left.compare(right) == Some(Ordering::Equal)
}
