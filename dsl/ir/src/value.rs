//! Types and values of the language.

use std::cmp::Ordering;
use std::net::IpAddr;
use std::sync::Arc;

use ipnet::IpNet;
use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::{EnumId, FactId};

/// What a value is, whether or not it may be absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Characters, compared after NFKC.
    Text,
    /// A 64-bit integer.
    Int,
    /// An exact decimal.
    Decimal,
    /// Yes or no.
    Bool,
    /// A day of the calendar.
    Date,
    /// An instant, in microseconds.
    DateTime,
    /// A length of time.
    Duration,
    /// The days from a first to a last.
    Period,
    /// An address of a network.
    Ip,
    /// A network: an address and the length of its prefix.
    Cidr,
    /// One of a closed list.
    Enum(EnumId),
    /// The key of a row of a fact. The key field of a fact has this kind itself, so that
    /// `right.device == device.id` compares like with like.
    Ref(FactId),
}

/// The type of a field or an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Type {
    /// What the value is.
    pub kind: Kind,
    /// Whether it may be `none`.
    pub optional: bool,
}

impl Type {
    /// A type whose values are always there.
    pub const fn required(kind: Kind) -> Self {
        Self { kind, optional: false }
    }
}

impl Kind {
    /// Whether values of the two kinds may be compared with `==`. References compare with text,
    /// because permits name objects of several kinds in one column of text.
    pub fn equates(self, other: Kind) -> bool {
        match (self, other) {
            (Kind::Text, Kind::Ref(_)) | (Kind::Ref(_), Kind::Text) => true,
            (Kind::Int, Kind::Decimal) | (Kind::Decimal, Kind::Int) => true,
            _ => self == other,
        }
    }

    /// Whether values of this kind have an order.
    pub fn is_ordered(self) -> bool {
        matches!(self, Kind::Int | Kind::Decimal | Kind::Date | Kind::DateTime | Kind::Duration)
    }
}

/// A value that is known. The fact or the enum that a reference or an enum value belongs to is
/// said by the type of the expression that holds it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// Text, or the key that a reference names. NFKC, without white space at the ends.
    Text(Arc<str>),
    /// An integer.
    Int(i64),
    /// An exact decimal.
    Decimal(Decimal),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Date(Date),
    /// An instant; microseconds, no finer.
    DateTime(Timestamp),
    /// A length of time.
    Duration(Duration),
    /// The days from a first to a last.
    Period(Period),
    /// An address; one of IPv4 written as IPv6 is that of IPv4.
    Ip(IpAddr),
    /// A network; bits beyond the prefix are zero.
    Cidr(IpNet),
    /// The position of an enum's value in its declaration.
    Enum(u16),
}

/// What a cell of evidence holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Cell {
    /// A value.
    Known(Value),
    /// The fact that there is none: the person has not left.
    None,
    /// The lack of a fact: the column was empty where there must be a value, or two sources contradict each other.
    Unknown,
}

impl Value {
    /// Text as a value. The caller has normalised it.
    pub fn text(text: &str) -> Self {
        Value::Text(Arc::from(text))
    }

    /// Whether it is a value of that kind.
    pub fn is_of(&self, kind: Kind) -> bool {
        matches!(
            (self, kind),
            (Value::Text(_), Kind::Text | Kind::Ref(_))
                | (Value::Int(_), Kind::Int)
                | (Value::Decimal(_), Kind::Decimal)
                | (Value::Bool(_), Kind::Bool)
                | (Value::Date(_), Kind::Date)
                | (Value::DateTime(_), Kind::DateTime)
                | (Value::Duration(_), Kind::Duration)
                | (Value::Period(_), Kind::Period)
                | (Value::Ip(_), Kind::Ip)
                | (Value::Cidr(_), Kind::Cidr)
                | (Value::Enum(_), Kind::Enum(_))
        )
    }

    /// The order of two values of comparable kinds; `None` where they have none: kinds that do not
    /// compare, or a month against a number of days.
    pub fn compare(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
            (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
            (Value::Decimal(a), Value::Decimal(b)) => Some(a.cmp(b)),
            (Value::Int(a), Value::Decimal(b)) => Some(Decimal::from(*a).cmp(b)),
            (Value::Decimal(a), Value::Int(b)) => Some(a.cmp(&Decimal::from(*b))),
            (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
            (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
            (Value::DateTime(a), Value::DateTime(b)) => Some(a.cmp(b)),
            (Value::Duration(a), Value::Duration(b)) => a.compare(*b),
            (Value::Period(a), Value::Period(b)) => Some(a.cmp(b)),
            (Value::Ip(a), Value::Ip(b)) => Some(a.cmp(b)),
            (Value::Cidr(a), Value::Cidr(b)) => Some(a.cmp(b)),
            (Value::Enum(a), Value::Enum(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }
}

/// The days from a first to a last, both included; none where the last is before the first. Periods have the order of their
/// first days, then of their last, for sorting only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The first day.
    pub start: Date,
    /// The last day.
    pub end: Date,
}

impl Period {
    /// Whether a day lies in it.
    pub fn contains(self, day: Date) -> bool {
        self.start <= day && day <= self.end
    }

    /// Whether the two have a day in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.start.max(other.start) <= self.end.min(other.end)
    }

    /// Whether every day of it, of which there must be one, lies in the other.
    pub fn is_within(self, other: Self) -> bool {
        self.start <= self.end && other.contains(self.start) && other.contains(self.end)
    }

    /// How many days it has.
    pub fn days(self) -> i64 {
        i64::from(crate::calendar::days_between(self.start, self.end)).saturating_add(1).max(0)
    }
}

/// A length of time as people say it: months and days by the calendar, business days by the holidays, the rest by the clock.
///
/// `1 year` is 12 months, `1 week` is 7 days, `10 minutes` is 600 million microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Duration {
    /// Months of the calendar.
    pub months: i32,
    /// Days of the calendar.
    pub days: i32,
    /// Days on which public bodies are open.
    pub business_days: i32,
    /// Microseconds of the clock.
    pub micros: i64,
}

impl Duration {
    /// Whole days.
    pub const fn days(days: i32) -> Self {
        Self { months: 0, days, business_days: 0, micros: 0 }
    }

    /// Business days.
    pub const fn business_days(business_days: i32) -> Self {
        Self { months: 0, days: 0, business_days, micros: 0 }
    }

    /// Whole months.
    pub const fn months(months: i32) -> Self {
        Self { months, days: 0, business_days: 0, micros: 0 }
    }

    /// Seconds; the longest there is beyond the range.
    pub const fn seconds(seconds: i64) -> Self {
        Self::micros(seconds.saturating_mul(1_000_000))
    }

    /// Microseconds.
    pub const fn micros(micros: i64) -> Self {
        Self { months: 0, days: 0, business_days: 0, micros }
    }

    /// The order, a day counted as 24 hours; `None` where months or business days on one side are not matched on the other.
    pub fn compare(self, other: Self) -> Option<Ordering> {
        let length =
            |duration: Self| i128::from(duration.days) * 86_400_000_000 + i128::from(duration.micros);
        let orders = [
            self.months.cmp(&other.months),
            self.business_days.cmp(&other.business_days),
            length(self).cmp(&length(other)),
        ];
        let mut unequal = orders.into_iter().filter(|order| order.is_ne());
        let first = unequal.next().unwrap_or(Ordering::Equal);
        unequal.all(|order| order == first).then_some(first)
    }

    /// The sum; `None` beyond the range.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Some(Self {
            months: self.months.checked_add(other.months)?,
            days: self.days.checked_add(other.days)?,
            business_days: self.business_days.checked_add(other.business_days)?,
            micros: self.micros.checked_add(other.micros)?,
        })
    }

    /// The opposite; `None` beyond the range.
    pub fn checked_neg(self) -> Option<Self> {
        Some(Self {
            months: self.months.checked_neg()?,
            days: self.days.checked_neg()?,
            business_days: self.business_days.checked_neg()?,
            micros: self.micros.checked_neg()?,
        })
    }

    /// So many times this length; `None` beyond the range.
    pub fn checked_mul(self, factor: i64) -> Option<Self> {
        Some(Self {
            months: i32::try_from(i64::from(self.months).checked_mul(factor)?).ok()?,
            days: i32::try_from(i64::from(self.days).checked_mul(factor)?).ok()?,
            business_days: i32::try_from(i64::from(self.business_days).checked_mul(factor)?).ok()?,
            micros: self.micros.checked_mul(factor)?,
        })
    }
}
