//! Sums, differences and products of columns; unknown beyond the range.

use jiff::civil::Date;
use kijun_ir::{ArithmeticOp, Calendar, Duration, calendar};
use rust_decimal::Decimal;

use super::bits::Bits;
use super::comparison::decimals;
use super::vector::{Values, Vector};

/// `left op right`, position by position. Kinds that do not go together give unknown.
pub(super) fn arithmetic(calendar: &Calendar, op: ArithmeticOp, left: &Vector, right: &Vector) -> Vector {
    let known = left.known.and(&right.known);
    match (&left.values, &right.values) {
        (Values::Int(a), Values::Int(b)) => zip(Values::Int, known, a, b, |a, b| int(op, a, b)),
        (Values::Decimal(a), Values::Decimal(b)) => {
            zip(Values::Decimal, known, a, b, |a, b| decimal(op, a, b))
        }
        (Values::Int(a), Values::Decimal(b)) => {
            zip(Values::Decimal, known, &decimals(a), b, |a, b| decimal(op, a, b))
        }
        (Values::Decimal(a), Values::Int(b)) => {
            zip(Values::Decimal, known, a, &decimals(b), |a, b| decimal(op, a, b))
        }
        (Values::Date(a), Values::Duration(b)) => {
            zip(Values::Date, known, a, b, |date, length| calendar.add_to_date(date, signed(op, length)?))
        }
        (Values::DateTime(a), Values::Duration(b)) => {
            zip(Values::DateTime, known, a, b, |instant, length| {
                calendar.add_to_instant(instant, signed(op, length)?)
            })
        }
        (Values::Duration(a), Values::Duration(b)) => {
            zip(Values::Duration, known, a, b, |a, b| a.checked_add(signed(op, b)?))
        }
        (Values::Duration(a), Values::Int(b)) if op == ArithmeticOp::Mul => {
            zip(Values::Duration, known, a, b, Duration::checked_mul)
        }
        (Values::Date(a), Values::Date(b)) if op == ArithmeticOp::Sub => {
            zip(Values::Duration, known, a, b, |a, b| Some(days(a, b)))
        }
        (Values::DateTime(a), Values::DateTime(b)) if op == ArithmeticOp::Sub => {
            zip(Values::Duration, known, a, b, |a, b| Some(calendar::length_between(b, a)))
        }
        _ => Vector::unknown(known.len()),
    }
}

/// Computes where both sides are known; what has no result is unknown.
fn zip<A: Copy, B: Copy, C: Default>(
    values: fn(Vec<C>) -> Values,
    known: Bits,
    left: &[A],
    right: &[B],
    compute: impl Fn(A, B) -> Option<C>,
) -> Vector {
    let mut defined = Bits::none(known.len());
    let mut results = Vec::new();
    results.resize_with(known.len(), C::default);
    for at in known.ones() {
        if let Some(result) = compute(left[at], right[at]) {
            results[at] = result;
            defined.set(at);
        }
    }
    Vector::known(values(results), defined)
}

fn int(op: ArithmeticOp, a: i64, b: i64) -> Option<i64> {
    match op {
        ArithmeticOp::Add => a.checked_add(b),
        ArithmeticOp::Sub => a.checked_sub(b),
        ArithmeticOp::Mul => a.checked_mul(b),
    }
}

fn decimal(op: ArithmeticOp, a: Decimal, b: Decimal) -> Option<Decimal> {
    match op {
        ArithmeticOp::Add => a.checked_add(b),
        ArithmeticOp::Sub => a.checked_sub(b),
        ArithmeticOp::Mul => a.checked_mul(b),
    }
}

/// The length to add; `None` for a product, which there is not.
fn signed(op: ArithmeticOp, length: Duration) -> Option<Duration> {
    match op {
        ArithmeticOp::Add => Some(length),
        ArithmeticOp::Sub => length.checked_neg(),
        ArithmeticOp::Mul => None,
    }
}

fn days(later: Date, earlier: Date) -> Duration {
    Duration::days(calendar::days_between(earlier, later))
}
