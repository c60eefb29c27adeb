//! Comparisons of columns, as `Value::compare` has them.

use std::cmp::Ordering;

use kijun_ir::{CompareOp, Truth};
use rust_decimal::Decimal;

use super::bits::Bits;
use super::truths::Truths;
use super::vector::{Values, Vector};
use crate::Texts;

/// Whether `left op right`, position by position; unknown where a side is not known or the two have no order.
pub(super) fn compare(texts: &Texts<'_>, op: CompareOp, left: &Vector, right: &Vector) -> Truths {
    let known = left.known.and(&right.known);
    match (&left.values, &right.values) {
        (Values::Text(a), Values::Text(b)) if matches!(op, CompareOp::Eq | CompareOp::Ne) => {
            total(op, a, b, &known)
        }
        (Values::Text(a), Values::Text(b)) => {
            partial(op, &known, |at| Some(texts.text(a[at]).cmp(&texts.text(b[at]))))
        }
        (Values::Int(a), Values::Int(b)) => total(op, a, b, &known),
        (Values::Decimal(a), Values::Decimal(b)) => total(op, a, b, &known),
        (Values::Int(a), Values::Decimal(b)) => total(op, &decimals(a), b, &known),
        (Values::Decimal(a), Values::Int(b)) => total(op, a, &decimals(b), &known),
        (Values::Bool(a), Values::Bool(b)) => partial(op, &known, |at| Some(a.get(at).cmp(&b.get(at)))),
        (Values::Date(a), Values::Date(b)) => total(op, a, b, &known),
        (Values::DateTime(a), Values::DateTime(b)) => total(op, a, b, &known),
        (Values::Duration(a), Values::Duration(b)) => partial(op, &known, |at| a[at].compare(b[at])),
        (Values::Period(a), Values::Period(b)) => total(op, a, b, &known),
        (Values::Ip(a), Values::Ip(b)) => total(op, a, b, &known),
        (Values::Cidr(a), Values::Cidr(b)) => total(op, a, b, &known),
        (Values::Enum(a), Values::Enum(b)) => total(op, a, b, &known),
        _ => Truths::uniform(known.len(), Truth::Unknown),
    }
}

/// Integers as decimals, exactly.
pub(super) fn decimals(values: &[i64]) -> Vec<Decimal> {
    values.iter().map(|value| Decimal::from(*value)).collect()
}

/// One tight loop an operator.
fn total<T: Ord>(op: CompareOp, left: &[T], right: &[T], known: &Bits) -> Truths {
    let bits = |holds: fn(&T, &T) -> bool| Bits::from_fn(known.len(), |at| holds(&left[at], &right[at]));
    let holds = match op {
        CompareOp::Eq => bits(|a, b| a == b),
        CompareOp::Ne => bits(|a, b| a != b),
        CompareOp::Lt => bits(|a, b| a < b),
        CompareOp::Le => bits(|a, b| a <= b),
        CompareOp::Gt => bits(|a, b| a > b),
        CompareOp::Ge => bits(|a, b| a >= b),
    };
    Truths::where_known(&holds, known)
}

fn partial(op: CompareOp, known: &Bits, order: impl Fn(usize) -> Option<Ordering>) -> Truths {
    Truths::from_fn(known.len(), |at| match known.get(at) {
        true => order(at).map(|order| op.holds(order)).into(),
        false => Truth::Unknown,
    })
}
