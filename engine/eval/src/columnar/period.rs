//! Which days lie in the period under audit, without asking the calendar about instants far from its ends.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use kijun_ir::calendar;

use super::bits::Bits;
use super::truths::Truths;
use super::vector::{Values, Vector};

/// No zone's clock differs by as much from that of UTC.
const FARTHEST_ZONE: SignedDuration = SignedDuration::from_hours(26);

/// The period under audit, both ends included.
#[derive(Debug)]
pub(super) struct Period {
    first: Date,
    last: Date,
    zone: TimeZone,
    /// Instants from the first to before the second are in the period in every zone.
    inside: Option<(Timestamp, Timestamp)>,
}

impl Period {
    pub(super) fn new(first: Date, last: Date, zone: &TimeZone) -> Self {
        let inside = || Some((surely_from(first)?, surely_before(last.tomorrow().ok()?)?));
        Self { first, last, zone: zone.clone(), inside: inside() }
    }

    /// Whether the days, or the local days of the instants, lie in the period.
    pub(super) fn contains(&self, time: &Vector) -> Truths {
        let holds = match &time.values {
            Values::Date(days) => Bits::from_fn(days.len(), |at| self.has_day(days[at])),
            Values::DateTime(instants) => {
                Bits::from_fn(instants.len(), |at| time.known.get(at) && self.has_instant(instants[at]))
            }
            _ => return Truths::uniform(time.len(), kijun_ir::Truth::Unknown),
        };
        Truths::where_known(&holds, &time.known)
    }

    fn has_day(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    fn has_instant(&self, instant: Timestamp) -> bool {
        self.inside.is_some_and(|(from, to)| from <= instant && instant < to)
            || self.has_day(calendar::date_of(instant, &self.zone))
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
            let (first, last) = (date(2026, 3, 1), date(2026, 4, 1));
            let period = Period::new(first, last, &zone);
            let start: Timestamp = "2026-02-26T00:00:00Z".parse().unwrap();
            let instants: Vec<Timestamp> =
                (0..40 * 48).map(|half| start + SignedDuration::from_mins(30 * half)).collect();
            let days: Vec<Date> = instants.iter().map(|at| calendar::date_of(*at, &zone)).collect();
            let all = |len| Bits::all(len);
            let by_instant = period.contains(&Vector::known(Values::DateTime(instants), all(40 * 48)));
            let by_day = period.contains(&Vector::known(Values::Date(days), all(40 * 48)));
            assert_eq!(by_instant, by_day, "{name}");
            assert!(by_instant.sure.count() > 0 && by_instant.no.count() > 0);
        }
    }
}
