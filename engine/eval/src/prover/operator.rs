//! Operators over known values; `None` where the result is out of range or the kinds do not go together.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use kijun_ir::{ArithmeticOp, Calendar, CompareOp, Duration, Period, Truth, Value, calendar};
use rust_decimal::Decimal;

/// The day of a date, or the local day of an instant.
pub(super) fn local_date(value: &Value, zone: &TimeZone) -> Option<Date> {
    match value {
        Value::Date(date) => Some(*date),
        Value::DateTime(instant) => Some(calendar::date_of(*instant, zone)),
        _ => None,
    }
}

/// Whether a text starts with another.
pub(super) fn starts_with(text: &Value, prefix: &Value) -> Option<bool> {
    match (text, prefix) {
        (Value::Text(text), Value::Text(prefix)) => Some(text.starts_with(&**prefix)),
        _ => None,
    }
}

/// Whether a text contains another.
pub(super) fn contains(text: &Value, part: &Value) -> Option<bool> {
    match (text, part) {
        (Value::Text(text), Value::Text(part)) => Some(text.contains(&**part)),
        _ => None,
    }
}

/// Whether an address lies in a network.
pub(super) fn in_cidr(ip: &Value, cidr: &Value) -> Option<bool> {
    match (ip, cidr) {
        (Value::Ip(ip), Value::Cidr(cidr)) => Some(cidr.contains(ip)),
        _ => None,
    }
}

/// The days from one to another.
pub(super) fn period(from: &Value, to: &Value) -> Option<Period> {
    match (from, to) {
        (Value::Date(start), Value::Date(end)) => Some(Period { start: *start, end: *end }),
        _ => None,
    }
}

/// Whether a value is a length of time in business days, for which the holidays must be known.
pub(super) fn counts_business_days(value: &Value) -> bool {
    matches!(value, Value::Duration(length) if length.business_days != 0)
}

/// How a count that lies between `least` and `most`, without upper end where `None`, compares with `bound`.
pub(super) fn compare_count(least: usize, most: Option<usize>, op: CompareOp, bound: i64) -> Truth {
    let least = i128::try_from(least).unwrap_or(i128::MAX);
    let most = most.map_or(i128::MAX, |most| i128::try_from(most).unwrap_or(i128::MAX));
    let bound = i128::from(bound);
    let below = |limit: i128| match (most < limit, least >= limit) {
        (true, _) => Truth::True,
        (_, true) => Truth::False,
        _ => Truth::Unknown,
    };
    match op {
        CompareOp::Lt => below(bound),
        CompareOp::Le => below(bound + 1),
        CompareOp::Ge => below(bound).not(),
        CompareOp::Gt => below(bound + 1).not(),
        CompareOp::Eq => below(bound + 1).and(below(bound).not()),
        CompareOp::Ne => below(bound + 1).not().or(below(bound)),
    }
}

/// A sum, a difference or a product.
pub(super) fn arithmetic(
    op: ArithmeticOp,
    left: &Value,
    right: &Value,
    calendar: &Calendar,
) -> Option<Value> {
    match (left, right) {
        (Value::Int(left), Value::Int(right)) => of_ints(op, *left, *right).map(Value::Int),
        (Value::Int(left), Value::Decimal(right)) => {
            of_decimals(op, Decimal::from(*left), *right).map(Value::Decimal)
        }
        (Value::Decimal(left), Value::Int(right)) => {
            of_decimals(op, *left, Decimal::from(*right)).map(Value::Decimal)
        }
        (Value::Decimal(left), Value::Decimal(right)) => of_decimals(op, *left, *right).map(Value::Decimal),
        (Value::Date(date), Value::Duration(length)) => {
            calendar.add_to_date(*date, signed(op, *length)?).map(Value::Date)
        }
        (Value::DateTime(instant), Value::Duration(length)) => {
            calendar.add_to_instant(*instant, signed(op, *length)?).map(Value::DateTime)
        }
        (Value::Duration(length), Value::Int(factor)) if op == ArithmeticOp::Mul => {
            length.checked_mul(*factor).map(Value::Duration)
        }
        (Value::Duration(left), Value::Duration(right)) => {
            left.checked_add(signed(op, *right)?).map(Value::Duration)
        }
        (Value::Date(left), Value::Date(right)) if op == ArithmeticOp::Sub => {
            Some(Value::Duration(Duration::days(calendar::days_between(*right, *left))))
        }
        (Value::DateTime(left), Value::DateTime(right)) if op == ArithmeticOp::Sub => {
            Some(Value::Duration(calendar::length_between(*right, *left)))
        }
        _ => None,
    }
}

/// The length that is added where `op` adds or subtracts `length`.
fn signed(op: ArithmeticOp, length: Duration) -> Option<Duration> {
    match op {
        ArithmeticOp::Add => Some(length),
        ArithmeticOp::Sub => length.checked_neg(),
        ArithmeticOp::Mul => None,
    }
}

fn of_ints(op: ArithmeticOp, left: i64, right: i64) -> Option<i64> {
    match op {
        ArithmeticOp::Add => left.checked_add(right),
        ArithmeticOp::Sub => left.checked_sub(right),
        ArithmeticOp::Mul => left.checked_mul(right),
    }
}

fn of_decimals(op: ArithmeticOp, left: Decimal, right: Decimal) -> Option<Decimal> {
    match op {
        ArithmeticOp::Add => left.checked_add(right),
        ArithmeticOp::Sub => left.checked_sub(right),
        ArithmeticOp::Mul => left.checked_mul(right),
    }
}
