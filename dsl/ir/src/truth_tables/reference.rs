//! The meaning of every operator, said as plainly as can be: what it gives in each world that the evidence allows.
//!
//! In a world everything is known. An operator gives what it gives in every world, and unknown where the worlds differ. Only
//! operators that are unknown wherever an operand is (comparisons, arithmetic, aggregates) are said directly.

use std::cmp::Ordering;

use super::{Case, Operator, Row, Rows, cell_of, truth_of};
use crate::{AggregateOp, ArithmeticOp, Cell, CompareOp, Truth, Value};

/// As many rows as may have been missed where the collections do not cover the time: more than any bound of a case.
const MISSED: usize = 4;

/// What the operator of a case gives.
pub(super) fn outcome(case: &Case) -> Cell {
    let none = Rows { rows: Vec::new(), covered: false };
    let rows = case.rows.as_ref().unwrap_or(&none);
    match (case.operator, case.operands.as_slice()) {
        (Operator::Not, [a]) => over_truths([a], |[a]| !a),
        (Operator::And, [a, b]) => over_truths([a, b], |[a, b]| a && b),
        (Operator::Or, [a, b]) => over_truths([a, b], |[a, b]| a || b),
        (Operator::Needs, [shown, then]) if truth_of(shown) == Truth::True => cell_of(truth_of(then)),
        (Operator::Needs, _) => Cell::Unknown,
        (Operator::If, [condition, then, otherwise]) => choose(condition, then, otherwise),
        (Operator::Else, [value, default]) => or_default(value, default),
        (Operator::IsNone, [a]) => agreed(possible(a).iter().map(|a| cell_of((*a == Cell::None).into()))),
        (Operator::OneOf, [item, a, b]) => {
            let (a, b) = (compare(CompareOp::Eq, item, a), compare(CompareOp::Eq, item, b));
            over_truths([&a, &b], |[a, b]| a || b)
        }
        (Operator::Compare(op), [a, b]) => compare(op, a, b),
        (Operator::Arithmetic(op), [a, b]) => arithmetic(op, a, b),
        (operator, [a, b]) => of_known(operator, a, b),
        (Operator::Some, []) => over_counts(rows, |count| count >= 1),
        (Operator::No, []) => over_counts(rows, |count| count == 0),
        (Operator::Every, []) => over_counts(&without(rows), |count| count == 0),
        (Operator::Count(op), [Cell::Known(Value::Int(bound))]) => {
            over_counts(rows, |count| op.holds(i64::try_from(count).unwrap_or(i64::MAX).cmp(bound)))
        }
        (Operator::Aggregate(op), []) => aggregate(op, rows).unwrap_or(Cell::Unknown),
        (Operator::Covered, []) if rows.covered => cell_of(Truth::True),
        _ => Cell::Unknown,
    }
}

/// What all worlds agree on.
fn agreed(worlds: impl IntoIterator<Item = Cell>) -> Cell {
    let mut worlds = worlds.into_iter();
    let first = worlds.next().unwrap_or(Cell::Unknown);
    if worlds.all(|world| world == first) { first } else { Cell::Unknown }
}

/// What a cell may hold: one of the values of the tables, another one, or `none`.
fn possible(cell: &Cell) -> Vec<Cell> {
    match cell {
        Cell::Unknown => {
            [1, 2, 99].map(|value| Cell::Known(Value::Int(value))).into_iter().chain([Cell::None]).collect()
        }
        known => vec![known.clone()],
    }
}

/// Whether a condition may hold, and whether it may not.
fn worlds_of(truth: Truth) -> Vec<bool> {
    match truth {
        Truth::True => vec![true],
        Truth::False => vec![false],
        Truth::Unknown => vec![true, false],
    }
}

/// A function of conditions, in all worlds.
fn over_truths<const N: usize>(conditions: [&Cell; N], holds: impl Fn([bool; N]) -> bool) -> Cell {
    let mut worlds = vec![[false; N]];
    for (at, condition) in conditions.into_iter().enumerate() {
        let values = worlds_of(truth_of(condition));
        worlds = worlds
            .iter()
            .flat_map(|world| {
                values.iter().map(move |value| {
                    let mut world = *world;
                    world[at] = *value;
                    world
                })
            })
            .collect();
    }
    agreed(worlds.into_iter().map(|world| cell_of(holds(world).into())))
}

fn choose(condition: &Cell, then: &Cell, otherwise: &Cell) -> Cell {
    let chosen = worlds_of(truth_of(condition)).into_iter().map(|holds| if holds { then } else { otherwise });
    agreed(chosen.flat_map(possible))
}

fn or_default(value: &Cell, default: &Cell) -> Cell {
    let worlds = possible(value).into_iter().flat_map(|value| match value {
        Cell::None => possible(default),
        known => vec![known],
    });
    agreed(worlds)
}

/// Unknown where a side is, or is `none`, which a checked program does not compare, or where the two have no order.
fn compare(op: CompareOp, a: &Cell, b: &Cell) -> Cell {
    let (Cell::Known(a), Cell::Known(b)) = (a, b) else { return Cell::Unknown };
    let order = match (a, b) {
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
        (Value::Duration(a), Value::Duration(b)) => length_order(*a, *b),
        _ => None,
    };
    order.map_or(Cell::Unknown, |order| cell_of(op.holds(order).into()))
}

/// Longer is what is longer in some way and shorter in none: months, business days, days and the clock.
fn length_order(a: crate::Duration, b: crate::Duration) -> Option<Ordering> {
    let parts = [a.months.cmp(&b.months), a.business_days.cmp(&b.business_days), clock(a).cmp(&clock(b))];
    match (parts.contains(&Ordering::Less), parts.contains(&Ordering::Greater)) {
        (false, false) => Some(Ordering::Equal),
        (true, false) => Some(Ordering::Less),
        (false, true) => Some(Ordering::Greater),
        (true, true) => None,
    }
}

/// The microseconds of days and of the clock.
fn clock(duration: crate::Duration) -> i128 {
    i128::from(duration.days) * 24 * 60 * 60 * 1_000_000 + i128::from(duration.micros)
}

fn arithmetic(op: ArithmeticOp, a: &Cell, b: &Cell) -> Cell {
    let (Cell::Known(Value::Int(a)), Cell::Known(Value::Int(b))) = (a, b) else { return Cell::Unknown };
    let (a, b) = (i128::from(*a), i128::from(*b));
    let result = match op {
        ArithmeticOp::Add => a + b,
        ArithmeticOp::Sub => a - b,
        ArithmeticOp::Mul => a * b,
    };
    i64::try_from(result).map_or(Cell::Unknown, |result| Cell::Known(Value::Int(result)))
}

/// The operators on two known values; unknown where one is not known.
fn of_known(operator: Operator, a: &Cell, b: &Cell) -> Cell {
    let (Cell::Known(a), Cell::Known(b)) = (a, b) else { return Cell::Unknown };
    let holds = match (operator, a, b) {
        (Operator::InPeriod, Value::Date(day), Value::Period(period)) => {
            period.start <= *day && *day <= period.end
        }
        (Operator::InCidr, Value::Ip(address), Value::Cidr(network)) => network.contains(address),
        (Operator::StartsWith, Value::Text(text), Value::Text(part)) => text.find(&**part) == Some(0),
        (Operator::Contains, Value::Text(text), Value::Text(part)) => text.find(&**part).is_some(),
        _ => return Cell::Unknown,
    };
    cell_of(holds.into())
}

/// What holds of the number of rows that count, in all worlds.
fn over_counts(rows: &Rows, holds: impl Fn(usize) -> bool) -> Cell {
    let mut counts = vec![0];
    for row in &rows.rows {
        let one = worlds_of(row.condition);
        counts = counts
            .iter()
            .flat_map(|count| one.iter().map(move |counts| count + usize::from(*counts)))
            .collect();
    }
    let missed = if rows.covered { 0 } else { MISSED };
    let worlds = counts.into_iter().flat_map(|count| (0..=missed).map(move |missed| count + missed));
    agreed(worlds.map(|count| cell_of(holds(count).into())))
}

/// The rows that count where they lack what they should have.
fn without(rows: &Rows) -> Rows {
    let lacks = |row: &Row| {
        let lacks = over_truths([&cell_of(row.condition), &cell_of(row.has)], |[counts, has]| counts && !has);
        Row { condition: truth_of(&lacks), ..row.clone() }
    };
    Rows { rows: rows.rows.iter().map(lacks).collect(), covered: rows.covered }
}

/// Known only where there are no other rows, each row surely counts or surely does not, and those that count have a value.
fn aggregate(op: AggregateOp, rows: &Rows) -> Option<Cell> {
    if !rows.covered || rows.rows.iter().any(|row| row.condition == Truth::Unknown) {
        return None;
    }
    let counted: Vec<&Row> = rows.rows.iter().filter(|row| row.condition == Truth::True).collect();
    if op == AggregateOp::Count {
        return Some(Cell::Known(Value::Int(i64::try_from(counted.len()).ok()?)));
    }
    let values: Vec<&Value> = counted.iter().map(|row| known(&row.value)).collect::<Option<_>>()?;
    match op {
        AggregateOp::Count | AggregateOp::CountDistinct => {
            let first_of_its_kind = |at: &usize| !values[..*at].contains(&values[*at]);
            let count = (0..values.len()).filter(first_of_its_kind).count();
            Some(Cell::Known(Value::Int(i64::try_from(count).ok()?)))
        }
        AggregateOp::Sum => {
            let ints: Vec<i128> = values.iter().map(|value| int(value)).collect::<Option<_>>()?;
            i64::try_from(ints.iter().sum::<i128>()).ok().map(|sum| Cell::Known(Value::Int(sum)))
        }
        AggregateOp::Min => extreme(&values, CompareOp::Le),
        AggregateOp::Max => extreme(&values, CompareOp::Ge),
        AggregateOp::First => at_time(&counted, counted.iter().map(|row| row.time).min()),
        AggregateOp::Latest => at_time(&counted, counted.iter().map(|row| row.time).max()),
    }
}

fn known(cell: &Cell) -> Option<&Value> {
    match cell {
        Cell::Known(value) => Some(value),
        Cell::None | Cell::Unknown => None,
    }
}

fn int(value: &Value) -> Option<i128> {
    match value {
        Value::Int(value) => Some(i128::from(*value)),
        _ => None,
    }
}

/// The value that stands to every other as the operator says; `none` of no values; nothing where they have no order.
fn extreme(values: &[&Value], op: CompareOp) -> Option<Cell> {
    let cell = |value: &Value| Cell::Known(value.clone());
    if values.is_empty() {
        return Some(Cell::None);
    }
    let holds = |a: &Value, b: &Value| truth_of(&compare(op, &cell(a), &cell(b))) == Truth::True;
    values.iter().find(|value| values.iter().all(|other| holds(value, other))).map(|value| cell(value))
}

/// The one value of the rows of a time; `none` where there is no time, nothing where the values differ.
fn at_time(rows: &[&Row], time: Option<jiff::civil::Date>) -> Option<Cell> {
    let Some(time) = time else { return Some(Cell::None) };
    let mut values =
        rows.iter().filter(|row| row.time.cmp(&time) == Ordering::Equal).map(|row| row.value.clone());
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}
