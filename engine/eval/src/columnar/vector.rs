//! A column of values: one type, and for each position whether it is known, `none`, or unknown.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use kijun_ir::{Cell, Duration, FieldId, Value};
use rust_decimal::Decimal;

use super::bits::Bits;
use super::texts::Texts;
use super::truths::Truths;
use crate::{Column, Presence, Table};

/// One cell a position. Where it is not known, the value is an arbitrary one, for a text perhaps not even a code.
/// INVARIANT: no position is both in `known` and in `none`.
#[derive(Debug, Clone)]
pub(super) struct Vector {
    pub(super) values: Values,
    /// Where there is a value.
    pub(super) known: Bits,
    /// Where the cell is `none`.
    pub(super) none: Bits,
}

/// The values of a [`Vector`].
#[derive(Debug, Clone)]
pub(super) enum Values {
    /// No position has a value.
    Absent,
    /// Codes of [`Texts`].
    Text(Vec<u32>),
    Int(Vec<i64>),
    Decimal(Vec<Decimal>),
    Bool(Bits),
    Date(Vec<Date>),
    DateTime(Vec<Timestamp>),
    Duration(Vec<Duration>),
    Enum(Vec<u16>),
}

impl Vector {
    pub(super) fn unknown(len: usize) -> Self {
        Self { values: Values::Absent, known: Bits::none(len), none: Bits::none(len) }
    }

    pub(super) fn none(len: usize) -> Self {
        Self { values: Values::Absent, known: Bits::none(len), none: Bits::all(len) }
    }

    /// Values that are nowhere `none`.
    pub(super) fn known(values: Values, known: Bits) -> Self {
        let none = Bits::none(known.len());
        Self { values, known, none }
    }

    /// The same value everywhere.
    pub(super) fn constant(len: usize, value: &Value, texts: &Texts<'_>) -> Self {
        let values = match value {
            Value::Text(text) => match texts.code(text) {
                Some(code) => Values::Text(vec![code; len]),
                None => return Self::unknown(len),
            },
            Value::Int(value) => Values::Int(vec![*value; len]),
            Value::Decimal(value) => Values::Decimal(vec![*value; len]),
            Value::Bool(value) => Values::Bool(if *value { Bits::all(len) } else { Bits::none(len) }),
            Value::Date(value) => Values::Date(vec![*value; len]),
            Value::DateTime(value) => Values::DateTime(vec![*value; len]),
            Value::Duration(value) => Values::Duration(vec![*value; len]),
            Value::Enum(value) => Values::Enum(vec![*value; len]),
        };
        Self::known(values, Bits::all(len))
    }

    /// The cells of a field at these rows; unknown at rows that the table does not have.
    pub(super) fn gather(table: &Table, field: FieldId, rows: &[u32]) -> Self {
        let presence = table.presence(field);
        let is = |wanted: Presence| {
            Bits::from_fn(rows.len(), |at| {
                presence.get(rows[at] as usize).is_some_and(|found| *found == wanted)
            })
        };
        let values = match table.column(field) {
            Column::Text(column) => Values::Text(take(column, rows)),
            Column::Int(column) => Values::Int(take(column, rows)),
            Column::Decimal(column) => Values::Decimal(take(column, rows)),
            Column::Bool(column) => {
                let at = |at: usize| column.get(rows[at] as usize).copied().unwrap_or(false);
                Values::Bool(Bits::from_fn(rows.len(), at))
            }
            Column::Date(column) => Values::Date(take(column, rows)),
            Column::DateTime(column) => Values::DateTime(take(column, rows)),
            Column::Duration(column) => Values::Duration(take(column, rows)),
            Column::Enum(column) => Values::Enum(take(column, rows)),
        };
        Self { values, known: is(Presence::Known), none: is(Presence::None) }
    }

    pub(super) fn from_truths(truths: Truths) -> Self {
        let known = truths.sure.or(&truths.no);
        Self::known(Values::Bool(truths.sure), known)
    }

    /// The values as a condition: unknown where they are `none` or no truth values.
    pub(super) fn to_truths(&self) -> Truths {
        match &self.values {
            Values::Bool(values) => Truths::where_known(values, &self.known),
            _ => Truths::uniform(self.len(), kijun_ir::Truth::Unknown),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// One cell.
    pub(super) fn cell(&self, at: usize, texts: &Texts<'_>) -> Cell {
        if !self.known.get(at) {
            return if self.none.get(at) { Cell::None } else { Cell::Unknown };
        }
        Cell::Known(match &self.values {
            Values::Absent => return Cell::Unknown,
            Values::Text(values) => Value::Text(Arc::clone(texts.text(values[at]))),
            Values::Int(values) => Value::Int(values[at]),
            Values::Decimal(values) => Value::Decimal(values[at]),
            Values::Bool(values) => Value::Bool(values.get(at)),
            Values::Date(values) => Value::Date(values[at]),
            Values::DateTime(values) => Value::DateTime(values[at]),
            Values::Duration(values) => Value::Duration(values[at]),
            Values::Enum(values) => Value::Enum(values[at]),
        })
    }
}

fn take<T: Copy + Default>(column: &[T], rows: &[u32]) -> Vec<T> {
    rows.iter().map(|row| column.get(*row as usize).copied().unwrap_or_default()).collect()
}
