//! Periods: made of two days, taken apart, and asked which times lie in them.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use kijun_ir::{Edge, Period, Truth, calendar};

use super::bits::Bits;
use super::truths::Truths;
use super::vector::{NO_PERIOD, Values, Vector};

/// No zone's clock differs by as much from that of UTC.
const FARTHEST_ZONE: SignedDuration = SignedDuration::from_hours(26);

/// The periods from one day to another.
pub(super) fn range(from: &Vector, to: &Vector) -> Vector {
    let (Values::Date(starts), Values::Date(ends)) = (&from.values, &to.values) else {
        return Vector::unknown(from.len());
    };
    let known = from.known.and(&to.known);
    let mut periods = vec![NO_PERIOD; known.len()];
    for at in known.ones() {
        periods[at] = Period { start: starts[at], end: ends[at] };
    }
    Vector::known(Values::Period(periods), known)
}

/// The first or the last days of periods.
pub(super) fn edge(periods: &Vector, edge: Edge) -> Vector {
    let Values::Period(values) = &periods.values else { return Vector::unknown(periods.len()) };
    let day = |period: &Period| match edge {
        Edge::Start => period.start,
        Edge::End => period.end,
    };
    Vector::known(Values::Date(values.iter().map(day).collect()), periods.known.clone())
}

/// Whether days, or the local days of instants, lie in periods, position by position.
pub(super) fn in_periods(time: &Vector, periods: &Vector, zone: &TimeZone) -> Truths {
    let Values::Period(values) = &periods.values else { return unknown(time) };
    let known = time.known.and(&periods.known);
    let holds = match &time.values {
        Values::Date(days) => Bits::from_fn(days.len(), |at| values[at].contains(days[at])),
        Values::DateTime(instants) => {
            let holds = |at: usize| values[at].contains(calendar::date_of(instants[at], zone));
            Bits::from_fn(instants.len(), |at| known.get(at) && holds(at))
        }
        _ => return unknown(time),
    };
    Truths::where_known(&holds, &known)
}

fn unknown(time: &Vector) -> Truths {
    Truths::uniform(time.len(), Truth::Unknown)
}

/// One period that many times are asked about: the calendar is not asked of instants far from its ends.
#[derive(Debug)]
pub(super) struct FixedPeriod {
    period: Period,
    zone: TimeZone,
    /// Instants from the first to before the second are in the period in every zone.
    inside: Option<(Timestamp, Timestamp)>,
    /// Instants before the first, and from the second on, are outside of it in every zone.
    around: Option<(Timestamp, Timestamp)>,
}

impl FixedPeriod {
    pub(super) fn new(period: Period, zone: &TimeZone) -> Self {
        let next = period.end.tomorrow().ok();
        let inside = || Some((surely_from(period.start)?, surely_before(next?)?));
        let around = || Some((surely_before(period.start)?, surely_from(next?)?));
        Self { period, zone: zone.clone(), inside: inside(), around: around() }
    }

    /// Whether the days, or the local days of the instants, lie in the period.
    pub(super) fn contains(&self, time: &Vector) -> Truths {
        let holds = match &time.values {
            Values::Date(days) => Bits::from_fn(days.len(), |at| self.period.contains(days[at])),
            Values::DateTime(instants) => {
                Bits::from_fn(instants.len(), |at| time.known.get(at) && self.has_instant(instants[at]))
            }
            _ => return unknown(time),
        };
        Truths::where_known(&holds, &time.known)
    }

    fn has_instant(&self, instant: Timestamp) -> bool {
        let is_between = |(from, to): (Timestamp, Timestamp)| from <= instant && instant < to;
        self.inside.is_some_and(is_between)
            || (self.around.is_none_or(is_between)
                && self.period.contains(calendar::date_of(instant, &self.zone)))
    }
}

/// An instant from which on it is this day or a later one, whatever the zone; `None` at the ends of the calendar.
pub(super) fn surely_from(day: Date) -> Option<Timestamp> {
    midnight_utc(day)?.checked_add(FARTHEST_ZONE).ok()
}

/// An instant before which it is an earlier day, whatever the zone; `None` at the ends of the calendar.
pub(super) fn surely_before(day: Date) -> Option<Timestamp> {
    midnight_utc(day)?.checked_sub(FARTHEST_ZONE).ok()
}

fn midnight_utc(day: Date) -> Option<Timestamp> {
    TimeZone::UTC.to_timestamp(day.to_datetime(Time::midnight())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_short_cut_agrees_with_the_calendar() {
        for name in ["Asia/Tokyo", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Havana"] {
            let zone = TimeZone::get(name).unwrap();
            let period = Period { start: date(2026, 3, 1), end: date(2026, 4, 1) };
            let fixed = FixedPeriod::new(period, &zone);
            let start: Timestamp = "2026-02-26T00:00:00Z".parse().unwrap();
            let instants: Vec<Timestamp> =
                (0..40 * 48).map(|half| start + SignedDuration::from_mins(30 * half)).collect();
            let days: Vec<Date> = instants.iter().map(|at| calendar::date_of(*at, &zone)).collect();
            let known = |values| Vector::known(values, Bits::all(40 * 48));
            let instants = known(Values::DateTime(instants));
            let by_instant = fixed.contains(&instants);
            assert_eq!(by_instant, fixed.contains(&known(Values::Date(days))), "{name}");
            assert!(by_instant.sure.count() > 0 && by_instant.no.count() > 0);
            let periods = known(Values::Period(vec![period; 40 * 48]));
            assert_eq!(by_instant, in_periods(&instants, &periods, &zone), "{name}");
        }
    }

    #[test]
    fn a_period_that_ends_before_it_begins_holds_no_day() {
        let period = Period { start: date(2026, 4, 2), end: date(2026, 4, 1) };
        let zone = TimeZone::get("Asia/Tokyo").unwrap();
        let days = Vector::known(Values::Date(vec![date(2026, 4, 1), date(2026, 4, 2)]), Bits::all(2));
        assert_eq!(FixedPeriod::new(period, &zone).contains(&days), Truths::uniform(2, Truth::False));
    }
}
