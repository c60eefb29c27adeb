//! Values of small domains, so that joins hit, with the ends of the ranges now and then.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use kijun_ir::{Calendar, Duration, Kind, Period, Value, calendar};
use rust_decimal::Decimal;

use super::choices::Choices;

/// How many values each generated enum has.
pub(crate) const ENUM_VALUES: u32 = 3;

const TEXTS: [&str; 8] = ["k0", "k1", "k2", "k3", "k", "", "架空", "k11"];
const PARTS: [&str; 6] = ["k", "k1", "", "架", "z", "1"];
const PATTERNS: [&str; 6] = ["k[0-9]", "k.*", "", ".*1", "[^k]+|k1", "架空"];
const DECIMALS: [&str; 7] = ["0", "1", "1.50", "2.0", "-1", "0.3", "1.0"];
/// Since the beginning of a day: the beginning itself and what lies just beside it, so that times meet the ends of stretches, periods and days.
const MICROSECONDS: [i64; 12] = [
    0,
    0,
    0,
    -1,
    1,
    -1_000_000,
    1_000_000,
    3_600_000_000,
    5_400_000_000,
    43_200_000_000,
    86_399_000_000,
    86_399_999_999,
];
const ADDRESSES: [&str; 6] = ["10.0.0.1", "10.0.0.7", "10.0.1.1", "192.168.0.1", "::1", "2001:db8::1"];
const NETWORKS: [&str; 6] =
    ["10.0.0.0/24", "10.0.0.0/8", "10.0.0.1/32", "192.168.0.0/30", "0.0.0.0/0", "2001:db8::/32"];
/// Offsets of days that lie in most periods under audit, and of such as lie near them.
const NEXT: [i64; 5] = [0, -1, -2, -3, 1];
const NEAR: [i64; 18] = [0, -1, 1, -2, -3, -5, -8, -10, -12, -20, -30, -31, -35, -60, -365, 2, 30, 170];

/// The days that a case is about, and where they begin.
#[derive(Clone)]
pub(crate) struct Days {
    pub(crate) today: Date,
    /// The period under audit.
    pub(crate) period: Period,
    pub(crate) calendar: Calendar,
}

impl Days {
    /// The day so many days after the date of judgement, or before where negative.
    pub(crate) fn day(&self, offset: i64) -> Date {
        self.today.checked_add(offset.days()).unwrap_or(self.today)
    }

    /// The instant at which that day begins.
    pub(crate) fn start(&self, offset: i64) -> Timestamp {
        self.start_of(self.day(offset))
    }

    /// The instant at which a day begins.
    pub(crate) fn start_of(&self, day: Date) -> Timestamp {
        calendar::start_of_day(day, &self.calendar.zone).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// A day near the date of judgement.
    fn any_day(&self, choices: &mut Choices) -> Date {
        if choices.chance(15) {
            return self.audited_day(choices);
        }
        if choices.chance(35) {
            return self.day(choices.pick(&NEXT));
        }
        match choices.below(200) {
            198 => Date::MAX,
            199 => Date::MIN,
            choice => self.day(NEAR[choice as usize % NEAR.len()]),
        }
    }

    /// A day of the period under audit, as far as it has come; mostly the first or the last.
    fn audited_day(&self, choices: &mut Choices) -> Date {
        let Period { start, end } = self.period;
        let end = end.min(self.today).max(start);
        let day = match choices.below(4) {
            0 => start,
            1 => end,
            2 => start.tomorrow().unwrap_or(start),
            _ => end.yesterday().unwrap_or(end),
        };
        day.clamp(start, end)
    }

    /// An instant of a day near the date of judgement.
    fn any_instant(&self, choices: &mut Choices) -> Timestamp {
        if choices.chance(1) {
            return choices.pick(&[Timestamp::MAX, Timestamp::MIN]);
        }
        let day = self.any_day(choices);
        self.instant_of(choices, day)
    }

    /// An instant of a day, or just before it.
    fn instant_of(&self, choices: &mut Choices, day: Date) -> Timestamp {
        let start = self.start_of(day);
        start.checked_add(choices.pick(&MICROSECONDS).microseconds()).unwrap_or(start)
    }

    /// When an event happened that a log was collected for: a date or an instant, mostly of the period under audit.
    pub(crate) fn time(&self, choices: &mut Choices, kind: Kind) -> Value {
        if choices.chance(35) {
            return self.value(choices, kind);
        }
        let day = self.audited_day(choices);
        match kind {
            Kind::Date => Value::Date(day),
            _ => Value::DateTime(self.instant_of(choices, day)),
        }
    }

    /// A stretch of days near the date of judgement; now and then one without a day.
    fn any_period(&self, choices: &mut Choices) -> Period {
        let start = self.any_day(choices);
        let length = choices.pick(&[0, 1, 6, 30, 364, -1]);
        Period { start, end: start.checked_add(length.days()).unwrap_or(start) }
    }

    /// A value of a kind.
    pub(crate) fn value(&self, choices: &mut Choices, kind: Kind) -> Value {
        match kind {
            Kind::Text => Value::text(choices.pick(&TEXTS)),
            Kind::Ref(_) => Value::text(choices.pick(&TEXTS[..4])),
            Kind::Int if choices.chance(2) => Value::Int(choices.pick(&[i64::MAX, i64::MIN])),
            Kind::Int => Value::Int(i64::from(choices.below(5)) - 1),
            Kind::Decimal if choices.chance(2) => Value::Decimal(choices.pick(&[Decimal::MAX, Decimal::MIN])),
            Kind::Decimal => Value::Decimal(choices.pick(&DECIMALS).parse().unwrap_or_default()),
            Kind::Bool => Value::Bool(choices.chance(50)),
            Kind::Date => Value::Date(self.any_day(choices)),
            Kind::DateTime => Value::DateTime(self.any_instant(choices)),
            Kind::Duration => Value::Duration(duration(choices)),
            Kind::Period => Value::Period(self.any_period(choices)),
            Kind::Ip => Value::Ip(choices.pick(&ADDRESSES).parse().expect("an address")),
            Kind::Cidr => Value::Cidr(choices.pick(&NETWORKS).parse().expect("a network")),
            Kind::Enum(_) => Value::Enum(choices.below(ENUM_VALUES) as u16),
        }
    }
}

/// A text to look for in others.
pub(crate) fn part(choices: &mut Choices) -> Value {
    Value::text(choices.pick(&PARTS))
}

/// A regular expression to match texts with.
pub(crate) fn pattern(choices: &mut Choices) -> &'static str {
    choices.pick(&PATTERNS)
}

fn duration(choices: &mut Choices) -> Duration {
    let lengths = [
        Duration::days(0),
        Duration::days(1),
        Duration::seconds(86_400),
        Duration::days(30),
        Duration::months(1),
        Duration::days(-2),
        Duration::seconds(5_400),
        Duration::months(-12),
        Duration::business_days(1),
        Duration::business_days(-3),
        Duration { months: 1, days: -1, business_days: 2, micros: 60_000_000 },
    ];
    if choices.chance(2) {
        return choices.pick(&[
            Duration::days(i32::MAX),
            Duration::months(i32::MIN),
            Duration::business_days(i32::MAX),
            Duration::micros(i64::MAX),
        ]);
    }
    choices.pick(&lengths)
}
