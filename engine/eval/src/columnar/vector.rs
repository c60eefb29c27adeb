//! A column of values: one type, and for each position whether it is known, `none`, or unknown.

use std::net::{IpAddr, Ipv4Addr};

use ipnet::IpNet;
use jiff::Timestamp;
use jiff::civil::Date;
use kijun_ir::{Cell, Duration, FieldId, Kind, Period, Value};
use rust_decimal::Decimal;

use super::bits::Bits;
use super::truths::Truths;
use crate::{Column, Presence, Table, Texts};

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
    Period(Vec<Period>),
    Ip(Vec<IpAddr>),
    Cidr(Vec<IpNet>),
    Enum(Vec<u16>),
}

/// What stands where there is no period.
pub(super) const NO_PERIOD: Period = Period { start: Date::ZERO, end: Date::ZERO };

/// What stands where there is no address.
const NO_ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

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
            Value::Text(text) => Values::Text(vec![texts.intern(text); len]),
            Value::Int(value) => Values::Int(vec![*value; len]),
            Value::Decimal(value) => Values::Decimal(vec![*value; len]),
            Value::Bool(value) => Values::Bool(if *value { Bits::all(len) } else { Bits::none(len) }),
            Value::Date(value) => Values::Date(vec![*value; len]),
            Value::DateTime(value) => Values::DateTime(vec![*value; len]),
            Value::Duration(value) => Values::Duration(vec![*value; len]),
            Value::Period(value) => Values::Period(vec![*value; len]),
            Value::Ip(value) => Values::Ip(vec![*value; len]),
            Value::Cidr(value) => Values::Cidr(vec![*value; len]),
            Value::Enum(value) => Values::Enum(vec![*value; len]),
        };
        Self::known(values, Bits::all(len))
    }

    /// The same cell everywhere.
    pub(super) fn repeated(len: usize, cell: &Cell, texts: &Texts<'_>) -> Self {
        match cell {
            Cell::Known(value) => Self::constant(len, value, texts),
            Cell::None => Self::none(len),
            Cell::Unknown => Self::unknown(len),
        }
    }

    /// Cells of one kind; one of another kind is unknown.
    pub(super) fn of_cells(kind: Kind, cells: &[Cell], texts: &Texts<'_>) -> Self {
        let mut known = Bits::none(cells.len());
        macro_rules! gather {
            ($variant:ident, $blank:expr, $value:ident => $stored:expr) => {{
                let mut values = vec![$blank; cells.len()];
                for (at, cell) in cells.iter().enumerate() {
                    if let Cell::Known(Value::$variant($value)) = cell {
                        values[at] = $stored;
                        known.set(at);
                    }
                }
                Values::$variant(values)
            }};
        }
        let values = match kind {
            Kind::Text | Kind::Ref(_) => gather!(Text, 0, text => texts.intern(text)),
            Kind::Int => gather!(Int, 0, value => *value),
            Kind::Decimal => gather!(Decimal, Decimal::ZERO, value => *value),
            Kind::Bool => {
                known = Bits::from_fn(cells.len(), |at| matches!(cells[at], Cell::Known(Value::Bool(_))));
                Values::Bool(Bits::from_fn(cells.len(), |at| cells[at] == Cell::Known(Value::Bool(true))))
            }
            Kind::Date => gather!(Date, Date::ZERO, value => *value),
            Kind::DateTime => gather!(DateTime, Timestamp::UNIX_EPOCH, value => *value),
            Kind::Duration => gather!(Duration, Duration::default(), value => *value),
            Kind::Period => gather!(Period, NO_PERIOD, value => *value),
            Kind::Ip => gather!(Ip, NO_ADDRESS, value => *value),
            Kind::Cidr => gather!(Cidr, IpNet::default(), value => *value),
            Kind::Enum(_) => gather!(Enum, 0, value => *value),
        };
        Self { values, known, none: Bits::from_fn(cells.len(), |at| cells[at] == Cell::None) }
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
            Column::Text(column) => Values::Text(take(column, rows, 0)),
            Column::Int(column) => Values::Int(take(column, rows, 0)),
            Column::Decimal(column) => Values::Decimal(take(column, rows, Decimal::ZERO)),
            Column::Bool(column) => {
                let at = |at: usize| column.get(rows[at] as usize).copied().unwrap_or(false);
                Values::Bool(Bits::from_fn(rows.len(), at))
            }
            Column::Date(column) => Values::Date(take(column, rows, Date::ZERO)),
            Column::DateTime(column) => Values::DateTime(take(column, rows, Timestamp::UNIX_EPOCH)),
            Column::Duration(column) => Values::Duration(take(column, rows, Duration::default())),
            Column::Period(column) => Values::Period(take(column, rows, NO_PERIOD)),
            Column::Ip(column) => Values::Ip(take(column, rows, NO_ADDRESS)),
            Column::Cidr(column) => Values::Cidr(take(column, rows, IpNet::default())),
            Column::Enum(column) => Values::Enum(take(column, rows, 0)),
        };
        Self { values, known: is(Presence::Known), none: is(Presence::None) }
    }

    /// Columns of parts put together: each part with the positions that its cells have in the whole. Cells of no part are unknown,
    /// and so are those of a type other than that of the first part that has one.
    pub(super) fn assembled(len: usize, parts: &[(Vec<u32>, Self)]) -> Self {
        let (mut known, mut none) = (Bits::none(len), Bits::none(len));
        let typed =
            parts.iter().map(|(_, part)| &part.values).find(|values| !matches!(values, Values::Absent));
        let mut values = typed.map_or(Values::Absent, |values| values.blank(len));
        for (positions, part) in parts {
            let fits = values.put(positions, &part.values);
            for (at, position) in positions.iter().enumerate() {
                if fits && part.known.get(at) {
                    known.set(*position as usize);
                } else if part.none.get(at) {
                    none.set(*position as usize);
                }
            }
        }
        Self { values, known, none }
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
        match self.value(at, texts) {
            Some(value) => Cell::Known(value),
            None if self.none.get(at) => Cell::None,
            None => Cell::Unknown,
        }
    }

    /// The value of one cell that has one.
    pub(super) fn value(&self, at: usize, texts: &Texts<'_>) -> Option<Value> {
        if !self.known.get(at) {
            return None;
        }
        Some(match &self.values {
            Values::Absent => return None,
            Values::Text(values) => Value::Text(texts.text(values[at])),
            Values::Int(values) => Value::Int(values[at]),
            Values::Decimal(values) => Value::Decimal(values[at]),
            Values::Bool(values) => Value::Bool(values.get(at)),
            Values::Date(values) => Value::Date(values[at]),
            Values::DateTime(values) => Value::DateTime(values[at]),
            Values::Duration(values) => Value::Duration(values[at]),
            Values::Period(values) => Value::Period(values[at]),
            Values::Ip(values) => Value::Ip(values[at]),
            Values::Cidr(values) => Value::Cidr(values[at]),
            Values::Enum(values) => Value::Enum(values[at]),
        })
    }

    /// A word that equal values of this column have in common and different ones do not; `None` where there is no value, or not of
    /// a kind that has such a word.
    pub(super) fn word(&self, at: usize) -> Option<u64> {
        if !self.known.get(at) {
            return None;
        }
        match &self.values {
            Values::Text(values) => Some(u64::from(values[at])),
            Values::Int(values) => Some(values[at].cast_unsigned()),
            Values::Bool(values) => Some(u64::from(values.get(at))),
            Values::Date(values) => Some(word_of_day(values[at])),
            Values::Period(values) => Some(word_of_day(values[at].start) << 32 | word_of_day(values[at].end)),
            Values::Enum(values) => Some(u64::from(values[at])),
            Values::Absent
            | Values::Decimal(_)
            | Values::DateTime(_)
            | Values::Duration(_)
            | Values::Ip(_)
            | Values::Cidr(_) => None,
        }
    }
}

impl Values {
    /// So many arbitrary values of the same type.
    fn blank(&self, len: usize) -> Self {
        match self {
            Values::Absent => Values::Absent,
            Values::Text(_) => Values::Text(vec![0; len]),
            Values::Int(_) => Values::Int(vec![0; len]),
            Values::Decimal(_) => Values::Decimal(vec![Decimal::ZERO; len]),
            Values::Bool(_) => Values::Bool(Bits::none(len)),
            Values::Date(_) => Values::Date(vec![Date::ZERO; len]),
            Values::DateTime(_) => Values::DateTime(vec![Timestamp::UNIX_EPOCH; len]),
            Values::Duration(_) => Values::Duration(vec![Duration::default(); len]),
            Values::Period(_) => Values::Period(vec![NO_PERIOD; len]),
            Values::Ip(_) => Values::Ip(vec![NO_ADDRESS; len]),
            Values::Cidr(_) => Values::Cidr(vec![IpNet::default(); len]),
            Values::Enum(_) => Values::Enum(vec![0; len]),
        }
    }

    /// Puts values of the same type at these positions; whether they are of the same type.
    fn put(&mut self, positions: &[u32], part: &Self) -> bool {
        match (self, part) {
            (Values::Text(whole), Values::Text(part)) => put(whole, positions, part),
            (Values::Int(whole), Values::Int(part)) => put(whole, positions, part),
            (Values::Decimal(whole), Values::Decimal(part)) => put(whole, positions, part),
            (Values::Bool(whole), Values::Bool(part)) => {
                part.ones().for_each(|at| whole.set(positions[at] as usize));
            }
            (Values::Date(whole), Values::Date(part)) => put(whole, positions, part),
            (Values::DateTime(whole), Values::DateTime(part)) => put(whole, positions, part),
            (Values::Duration(whole), Values::Duration(part)) => put(whole, positions, part),
            (Values::Period(whole), Values::Period(part)) => put(whole, positions, part),
            (Values::Ip(whole), Values::Ip(part)) => put(whole, positions, part),
            (Values::Cidr(whole), Values::Cidr(part)) => put(whole, positions, part),
            (Values::Enum(whole), Values::Enum(part)) => put(whole, positions, part),
            _ => return false,
        }
        true
    }
}

/// Different days have different words of 32 bits.
pub(super) fn word_of_day(day: Date) -> u64 {
    let month_and_day = u64::from(day.month().cast_unsigned()) << 8 | u64::from(day.day().cast_unsigned());
    u64::from(day.year().cast_unsigned()) << 16 | month_and_day
}

fn take<T: Copy>(column: &[T], rows: &[u32], blank: T) -> Vec<T> {
    rows.iter().map(|row| column.get(*row as usize).copied().unwrap_or(blank)).collect()
}

fn put<T: Copy>(whole: &mut [T], positions: &[u32], part: &[T]) {
    for (position, value) in positions.iter().zip(part) {
        whole[*position as usize] = *value;
    }
}
