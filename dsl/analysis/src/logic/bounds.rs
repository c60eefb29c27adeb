//! What bounds say together about one value.

use std::cmp::Ordering;

use kijun_ir::{CompareOp, Value};

/// One thing that is true of a value.
#[derive(Debug, Clone)]
pub(super) enum Bound {
    /// How it compares with another.
    Is(CompareOp, Value),
    /// It is one of these.
    OneOf(Vec<Value>),
}

/// Whether no value keeps to all the bounds.
pub(super) fn contradict(bounds: &[Bound]) -> bool {
    none_is_left(bounds) || cross(bounds)
}

/// Whether each of the values that a bound lists breaks another.
fn none_is_left(bounds: &[Bound]) -> bool {
    let lists = bounds.iter().filter_map(|bound| match bound {
        Bound::OneOf(values) => Some(values.as_slice()),
        Bound::Is(CompareOp::Eq, value) => Some(std::slice::from_ref(value)),
        Bound::Is(..) => None,
    });
    lists
        .into_iter()
        .any(|values| !values.iter().any(|value| bounds.iter().all(|bound| allows(bound, value))))
}

/// Whether a value may keep to a bound.
fn allows(bound: &Bound, value: &Value) -> bool {
    match bound {
        Bound::Is(op, other) => value.compare(other).is_none_or(|order| op.holds(order)),
        Bound::OneOf(others) => others.iter().any(|other| value.compare(other).is_none_or(Ordering::is_eq)),
    }
}

/// Whether a lower bound lies above an upper one.
fn cross(bounds: &[Bound]) -> bool {
    let lower = bounds.iter().filter_map(|bound| match bound {
        Bound::Is(op @ (CompareOp::Gt | CompareOp::Ge), value) => Some((op, value)),
        _ => None,
    });
    let upper = || {
        bounds.iter().filter_map(|bound| match bound {
            Bound::Is(op @ (CompareOp::Lt | CompareOp::Le), value) => Some((op, value)),
            _ => None,
        })
    };
    let crossed = |(low_op, low): (&CompareOp, &Value), (high_op, high): (&CompareOp, &Value)| {
        let both_may_be = *low_op == CompareOp::Ge && *high_op == CompareOp::Le;
        low.compare(high).is_some_and(|order| order.is_gt() || (order.is_eq() && !both_may_be))
    };
    lower.into_iter().any(|low| upper().any(|high| crossed(low, high)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use CompareOp::{Eq, Ge, Gt, Le, Lt, Ne};

    fn int(op: CompareOp, value: i64) -> Bound {
        Bound::Is(op, Value::Int(value))
    }

    #[test]
    fn bounds_that_leave_a_value_do_not_contradict() {
        for bounds in [
            vec![int(Lt, 5), int(Gt, 3)],
            vec![int(Le, 5), int(Ge, 5)],
            vec![int(Ne, 5), int(Ge, 5)],
            vec![Bound::OneOf(vec![Value::Int(1), Value::Int(2)]), int(Ne, 1)],
            vec![],
        ] {
            assert!(!contradict(&bounds), "{bounds:?}");
        }
    }

    #[test]
    fn bounds_that_leave_none_contradict() {
        for bounds in [
            vec![int(Lt, 3), int(Gt, 5)],
            vec![int(Lt, 5), int(Ge, 5)],
            vec![int(Eq, 3), int(Eq, 4)],
            vec![int(Eq, 3), int(Ne, 3)],
            vec![int(Eq, 3), int(Gt, 3)],
            vec![Bound::OneOf(vec![Value::Int(1), Value::Int(2)]), int(Ne, 1), int(Ne, 2)],
        ] {
            assert!(contradict(&bounds), "{bounds:?}");
        }
    }

    #[test]
    fn lengths_without_an_order_do_not_contradict() {
        let month = Value::Duration(kijun_ir::Duration::months(1));
        let days = Value::Duration(kijun_ir::Duration::days(30));
        assert!(!contradict(&[Bound::Is(Gt, month), Bound::Is(Lt, days)]));
    }
}
