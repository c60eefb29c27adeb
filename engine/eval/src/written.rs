//! Which of values that are equal, but written in different ways, stands for all of them.

use std::cmp::Ordering;

use kijun_ir::{Cell, Duration, Value};

/// The order of equal values as they are written: lengths of time unit by unit, decimals by their places after the point. The first
/// stands for all, so that it does not depend on the order of rows: of `1 day` and `24 hours` the hours, of `2.0` and `2` the `2`.
pub(crate) fn compare_written(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Duration(left), Value::Duration(right)) => compare_units(*left, *right),
        (Value::Decimal(left), Value::Decimal(right)) => {
            (left.scale(), left.is_sign_negative()).cmp(&(right.scale(), right.is_sign_negative()))
        }
        _ => Ordering::Equal,
    }
}

/// A cell as the rows of a relation have it: decimals without zeros at their end, because rows with 1 and with 1.0 are one row, and what it
/// looks like must not depend on which of them was derived first.
pub(crate) fn derived_cell(cell: Cell) -> Cell {
    match cell {
        Cell::Known(Value::Decimal(number)) => Cell::Known(Value::Decimal(number.normalize())),
        cell => cell,
    }
}

/// The order unit by unit: total, while a month and thirty days have none as values.
pub(crate) fn compare_units(left: Duration, right: Duration) -> Ordering {
    let units = |length: Duration| (length.months, length.days, length.business_days, length.micros);
    units(left).cmp(&units(right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_derived_decimal_has_one_form() {
        for number in ["1", "1.0", "1.00"] {
            let cell = derived_cell(Cell::Known(Value::Decimal(number.parse().unwrap())));
            assert_eq!(format!("{cell:?}"), "Known(Decimal(1))");
        }
    }
}
