//! Choice between two columns: `if` and `else`.

use super::bits::Bits;
use super::comparison::decimals;
use super::truths::Truths;
use super::vector::{Values, Vector};

/// `if condition then … else …`. Where the condition is unknown, so is the value, unless both sides are the same.
pub(super) fn choose(condition: &Truths, then: Vector, otherwise: Vector) -> Vector {
    let open = condition.sure.or(&condition.no).not();
    let from_then = condition.sure.or(&open);
    let (left, right) = unified(then, otherwise);
    let same = same_values(&left, &right).and(&open);
    let known = condition.sure.and(&left.known).or(&condition.no.and(&right.known)).or(&same);
    let both_none = left.none.and(&right.none).and(&open);
    let none = condition.sure.and(&left.none).or(&condition.no.and(&right.none)).or(&both_none);
    Vector { values: blend(&from_then, left.values, right.values), known, none }
}

/// `value else default`: the default where the value is `none`.
pub(super) fn or_default(value: Vector, default: Vector) -> Vector {
    let (value, default) = unified(value, default);
    let known = value.known.or(&value.none.and(&default.known));
    let none = value.none.and(&default.none);
    Vector { values: blend(&value.known, value.values, default.values), known, none }
}

/// Both in one type: integers become decimals beside decimals. Values of types that have nothing in common become unknown.
fn unified(left: Vector, right: Vector) -> (Vector, Vector) {
    use Values::{Absent, Bool, Cidr, Date, DateTime, Decimal, Duration, Enum, Int, Ip, Period, Text};
    match (&left.values, &right.values) {
        (Int(values), Decimal(_)) => {
            let values = Decimal(decimals(values));
            (Vector { values, ..left }, right)
        }
        (Decimal(_), Int(values)) => {
            let values = Decimal(decimals(values));
            (left, Vector { values, ..right })
        }
        (Absent, _)
        | (_, Absent)
        | (Text(_), Text(_))
        | (Int(_), Int(_))
        | (Decimal(_), Decimal(_))
        | (Bool(_), Bool(_))
        | (Date(_), Date(_))
        | (DateTime(_), DateTime(_))
        | (Duration(_), Duration(_))
        | (Period(_), Period(_))
        | (Ip(_), Ip(_))
        | (Cidr(_), Cidr(_))
        | (Enum(_), Enum(_)) => (left, right),
        _ => (forgotten(left), forgotten(right)),
    }
}

/// The same without its values.
fn forgotten(vector: Vector) -> Vector {
    Vector { values: Values::Absent, known: Bits::none(vector.len()), none: vector.none }
}

/// Where both have the same known value.
fn same_values(left: &Vector, right: &Vector) -> Bits {
    let known = left.known.and(&right.known);
    let equal = match (&left.values, &right.values) {
        (Values::Text(a), Values::Text(b)) => equal(a, b),
        (Values::Int(a), Values::Int(b)) => equal(a, b),
        (Values::Decimal(a), Values::Decimal(b)) => equal(a, b),
        (Values::Bool(a), Values::Bool(b)) => a.and(b).or(&a.or(b).not()),
        (Values::Date(a), Values::Date(b)) => equal(a, b),
        (Values::DateTime(a), Values::DateTime(b)) => equal(a, b),
        (Values::Duration(a), Values::Duration(b)) => equal(a, b),
        (Values::Period(a), Values::Period(b)) => equal(a, b),
        (Values::Ip(a), Values::Ip(b)) => equal(a, b),
        (Values::Cidr(a), Values::Cidr(b)) => equal(a, b),
        (Values::Enum(a), Values::Enum(b)) => equal(a, b),
        _ => Bits::none(known.len()),
    };
    known.and(&equal)
}

fn equal<T: PartialEq>(left: &[T], right: &[T]) -> Bits {
    Bits::from_fn(left.len(), |at| left[at] == right[at])
}

/// The left values where the bit is set, elsewhere the right ones. Both are of one type, or one is absent.
fn blend(from_left: &Bits, left: Values, right: Values) -> Values {
    match (left, right) {
        (Values::Text(a), Values::Text(b)) => Values::Text(pick(from_left, &a, &b)),
        (Values::Int(a), Values::Int(b)) => Values::Int(pick(from_left, &a, &b)),
        (Values::Decimal(a), Values::Decimal(b)) => Values::Decimal(pick(from_left, &a, &b)),
        (Values::Bool(a), Values::Bool(b)) => Values::Bool(a.and(from_left).or(&b.and_not(from_left))),
        (Values::Date(a), Values::Date(b)) => Values::Date(pick(from_left, &a, &b)),
        (Values::DateTime(a), Values::DateTime(b)) => Values::DateTime(pick(from_left, &a, &b)),
        (Values::Duration(a), Values::Duration(b)) => Values::Duration(pick(from_left, &a, &b)),
        (Values::Period(a), Values::Period(b)) => Values::Period(pick(from_left, &a, &b)),
        (Values::Ip(a), Values::Ip(b)) => Values::Ip(pick(from_left, &a, &b)),
        (Values::Cidr(a), Values::Cidr(b)) => Values::Cidr(pick(from_left, &a, &b)),
        (Values::Enum(a), Values::Enum(b)) => Values::Enum(pick(from_left, &a, &b)),
        (Values::Absent, values) | (values, _) => values,
    }
}

fn pick<T: Copy>(from_left: &Bits, left: &[T], right: &[T]) -> Vec<T> {
    let value = |at: usize| if from_left.get(at) { left[at] } else { right[at] };
    (0..from_left.len()).map(value).collect()
}
