//! Calendar arithmetic, Japanese eras and fiscal years.

mod era;

use std::cmp::Ordering;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, AmbiguousTimestamp, TimeZone};
use jiff::{Span, Timestamp};

use crate::{Duration, Holidays, Part, Period};

pub use era::{era_date, era_fiscal_year, era_text, fiscal_year_named, wareki_date};

/// How the calendar is read: the zone in which instants become days, the holidays, the month in which fiscal years begin.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// The zone.
    pub zone: TimeZone,
    /// The days on which public bodies are closed.
    pub holidays: Holidays,
    /// The month in which fiscal years begin: 4 in Japan.
    pub fiscal_month: i8,
}

impl Calendar {
    /// The calendar of Japan, with fiscal years from April.
    pub fn japan() -> Self {
        let zone = TimeZone::fixed(jiff::tz::offset(9));
        Self {
            zone: TimeZone::get("Asia/Tokyo").unwrap_or(zone),
            holidays: Holidays::japan(),
            fiscal_month: 4,
        }
    }

    /// The fiscal year that holds a day.
    pub fn fiscal_year_of(&self, day: Date) -> Option<Period> {
        let year = if day.month() < self.fiscal_month { day.year().checked_sub(1)? } else { day.year() };
        let (start, end) = fiscal_year(year, self.fiscal_month)?;
        Some(Period { start, end })
    }

    /// The quarter of a fiscal year that holds a day.
    pub fn quarter_of(&self, day: Date) -> Option<Period> {
        let into = (day.month() - self.fiscal_month).rem_euclid(3);
        let start = add_to_date(day.first_of_month(), Duration::months(-i32::from(into)))?;
        Some(Period { start, end: add_to_date(start, Duration::months(3))?.yesterday().ok()? })
    }

    /// The part of the calendar that holds a day.
    pub fn part_of(&self, part: Part, day: Date) -> Option<Period> {
        match part {
            Part::Day => Some(Period { start: day, end: day }),
            Part::Month => month_of(day),
            Part::Quarter => self.quarter_of(day),
            Part::FiscalYear => self.fiscal_year_of(day),
        }
    }

    /// Whether public bodies are open on a day: no Saturday, Sunday, holiday, nor one of 29 December to 3 January. `None` in years
    /// whose holidays are not known.
    pub fn is_business_day(&self, day: Date) -> Option<bool> {
        self.holidays.is_closed(day).map(|closed| !closed)
    }

    /// The day itself if it is a business day, otherwise the next one.
    pub fn roll_forward(&self, day: Date) -> Option<Date> {
        first_open(day, |day| self.holidays.is_closed(day))
    }

    /// The day by which a final report to the PPC is due: the day of knowing is day 1, calendar days, rolled forward over the days on which
    /// the offices of the state are closed, for the PPC is one: what a city closes besides extends nothing. `None` for less than one day.
    pub fn ppc_final(&self, known: Date, days: i64) -> Option<Date> {
        (days >= 1).then_some(())?;
        let last = known.checked_add(Span::new().try_days(days - 1).ok()?).ok()?;
        first_open(last, |day| self.holidays.is_state_closed(day))
    }

    /// The last day of a length of time that begins with the end of `start`: the first day is not counted (民法140条), and it ends with the
    /// day before the corresponding day, or with the last day of the month where there is none (143条). `None` for a length that goes
    /// backwards.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use kijun_ir::{Calendar, Duration};
    /// let kept_until = Calendar::japan().minpo_end(date(2025, 3, 31), Duration::months(12));
    /// assert_eq!(kept_until, Some(date(2026, 3, 31)));
    /// ```
    pub fn minpo_end(&self, start: Date, length: Duration) -> Option<Date> {
        matches!(length.compare(Duration::default())?, Ordering::Equal | Ordering::Greater).then_some(())?;
        let first = start.tomorrow().ok()?;
        let corresponding = first.checked_add(Span::new().try_months(length.months).ok()?).ok()?;
        let end =
            if corresponding.day() == first.day() { corresponding.yesterday().ok()? } else { corresponding };
        self.add_to_date(end, Duration { months: 0, ..length })
    }

    /// The days on which the renewal of a Pマーク that ends on `expiry` is applied for: from eight months before and a day, to four months
    /// before, rolled forward. What a city closes besides does not close the body that receives it.
    pub fn pmark_window(&self, expiry: Date) -> Option<Period> {
        let start = add_to_date(expiry, Duration::months(-8))?.tomorrow().ok()?;
        let last = add_to_date(expiry, Duration::months(-4))?;
        Some(Period { start, end: first_open(last, |day| self.holidays.is_state_closed(day))? })
    }

    /// A day plus a length of time, business days last. `None` beyond the calendar, or beyond the years whose holidays are known.
    pub fn add_to_date(&self, date: Date, length: Duration) -> Option<Date> {
        self.add_business_days(
            add_to_date(date, Duration { business_days: 0, ..length })?,
            length.business_days,
        )
    }

    /// An instant plus a length of time: months and days by the calendar, then business days, then the time of the clock.
    pub fn add_to_instant(&self, instant: Timestamp, length: Duration) -> Option<Timestamp> {
        if length.business_days == 0 {
            return add_to_instant(instant, length, &self.zone);
        }
        let whole = Duration { business_days: 0, micros: 0, ..length };
        let local = add_to_instant(instant, whole, &self.zone)?.to_zoned(self.zone.clone()).datetime();
        let day = self.add_business_days(local.date(), length.business_days)?;
        let moved = instant_of(day.to_datetime(local.time()), &self.zone)?;
        moved.checked_add(Span::new().try_microseconds(length.micros).ok()?).ok()
    }

    /// The day on which the n-th business day after, or before, a day falls.
    fn add_business_days(&self, date: Date, count: i32) -> Option<Date> {
        // More than all the years whose holidays are known: the walk would only end later.
        let (first, last) = self.holidays.years();
        let most = (i32::from(last) - i32::from(first) + 1) * 366;
        (i64::from(count).abs() <= i64::from(most)).then_some(())?;
        let mut day = date;
        for _ in 0..count.unsigned_abs() {
            loop {
                day = if count > 0 { day.tomorrow() } else { day.yesterday() }.ok()?;
                if self.is_business_day(day)? {
                    break;
                }
            }
        }
        Some(day)
    }

    /// The last instant of a day in the zone, to the microsecond; at the end of the calendar its last.
    pub fn end_of_day(&self, day: Date) -> Timestamp {
        day.tomorrow().ok().and_then(|next| self.last_before(next, day)).unwrap_or(Timestamp::MAX)
    }

    /// The last instant before midnight at which it is still `day`: where the clock is turned back over midnight, midnight comes twice.
    fn last_before(&self, next: Date, day: Date) -> Option<Timestamp> {
        let before = |instant: Timestamp| instant.checked_sub(Span::new().microseconds(1)).ok();
        let midnight = midnight(next, &self.zone);
        let second = match midnight.offset() {
            AmbiguousOffset::Fold { .. } => midnight.later().ok().and_then(before),
            AmbiguousOffset::Gap { .. } | AmbiguousOffset::Unambiguous { .. } => None,
        };
        let second = second.filter(|last| date_of(*last, &self.zone) == day);
        second.or_else(|| before(start_of_day(next, &self.zone)?))
    }
}

/// The first day from `day` on that is not closed; `None` where that is not known.
fn first_open(day: Date, is_closed: impl Fn(Date) -> Option<bool>) -> Option<Date> {
    let mut day = day;
    while is_closed(day)? {
        day = day.tomorrow().ok()?;
    }
    Some(day)
}

/// The month that holds a day.
pub fn month_of(day: Date) -> Option<Period> {
    Some(Period { start: day.first_of_month(), end: day.last_of_month() })
}

/// The first and the last day of the fiscal year that begins in `year`, with the month in which it starts (4 in Japan).
pub fn fiscal_year(year: i16, first_month: i8) -> Option<(Date, Date)> {
    let first = Date::new(year, first_month, 1).ok()?;
    let next = Date::new(year.checked_add(1)?, first_month, 1).ok()?;
    Some((first, next.yesterday().ok()?))
}

/// A day plus a length of time. Months first, clamped to the month's last day, then days; time of the clock
/// beyond whole days is dropped towards the past. `None` beyond the calendar, and for business days, which only a [`Calendar`] can count.
pub fn add_to_date(date: Date, length: Duration) -> Option<Date> {
    (length.business_days == 0).then_some(())?;
    let days = i64::from(length.days).checked_add(length.micros.div_euclid(86_400_000_000))?;
    let moved = date.checked_add(Span::new().try_months(length.months).ok()?).ok()?;
    moved.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// An instant plus a length of time. Months and days by the calendar of `zone`, the rest by the clock.
/// `None` beyond the calendar, and for business days, which only a [`Calendar`] can count.
pub fn add_to_instant(instant: Timestamp, length: Duration, zone: &TimeZone) -> Option<Timestamp> {
    (length.business_days == 0).then_some(())?;
    let mut moved = instant;
    if length.months != 0 || length.days != 0 {
        let local = instant.to_zoned(zone.clone());
        let span = Span::new().try_months(length.months).ok()?;
        let span = span.try_days(length.days).ok()?;
        moved = local.checked_add(span).ok()?.timestamp();
    }
    moved.checked_add(Span::new().try_microseconds(length.micros).ok()?).ok()
}

/// The day on which an instant falls in `zone`.
pub fn date_of(instant: Timestamp, zone: &TimeZone) -> Date {
    zone.to_datetime(instant).date()
}

/// The first instant of a day in `zone`; `None` at the ends of the calendar.
///
/// Where the clock jumps over midnight, that is the instant of the jump.
pub fn start_of_day(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    let midnight = midnight(date, zone);
    if let AmbiguousOffset::Gap { .. } = midnight.offset() {
        let after = midnight.later().ok()?.checked_add(Span::new().microseconds(1)).ok()?;
        return zone.preceding(after).next().map(|jump| jump.timestamp());
    }
    midnight.earlier().ok()
}

fn midnight(date: Date, zone: &TimeZone) -> AmbiguousTimestamp {
    zone.to_ambiguous_timestamp(date.to_datetime(Time::midnight()))
}

/// The instant of a local date and time; where the clock jumps, as jiff's "compatible" strategy chooses.
pub fn instant_of(local: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_ambiguous_timestamp(local).compatible().ok()
}

/// The number of days from the first date to the second.
pub fn days_between(from: Date, to: Date) -> i32 {
    i32::try_from(to.duration_since(from).as_hours() / 24).unwrap_or(i32::MAX)
}

/// The length of time from the first instant to the second, exact to the microsecond.
pub fn length_between(from: Timestamp, to: Timestamp) -> Duration {
    Duration::micros(to.as_microsecond() - from.as_microsecond())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn japan() -> Calendar {
        Calendar::japan()
    }

    #[test]
    fn months_end_where_the_calendar_ends_them() {
        assert_eq!(add_to_date(date(2026, 1, 31), Duration::months(1)), Some(date(2026, 2, 28)));
        assert_eq!(add_to_date(date(2024, 2, 29), Duration::months(12)), Some(date(2025, 2, 28)));
        assert_eq!(add_to_date(date(2026, 3, 1), Duration::days(-1)), Some(date(2026, 2, 28)));
        assert_eq!(add_to_date(date(2026, 3, 1), Duration::seconds(-1)), Some(date(2026, 2, 28)));
        assert_eq!(add_to_date(date(9999, 12, 31), Duration::days(1)), None);
        assert_eq!(add_to_date(date(2026, 3, 1), Duration::months(i32::MIN)), None);
    }

    #[test]
    fn days_are_those_of_the_zone() {
        let zone = TimeZone::get("Asia/Tokyo").unwrap();
        let login: Timestamp = "2026-03-31T15:30:00Z".parse().unwrap();
        assert_eq!(date_of(login, &zone), date(2026, 4, 1));
        assert_eq!(start_of_day(date(2026, 4, 1), &zone), Some("2026-03-31T15:00:00Z".parse().unwrap()));
    }

    #[test]
    fn fiscal_years_start_in_april() {
        assert_eq!(fiscal_year(2026, 4), Some((date(2026, 4, 1), date(2027, 3, 31))));
        assert_eq!(days_between(date(2026, 4, 1), date(2027, 3, 31)), 364);
        let year = Period { start: date(2026, 4, 1), end: date(2027, 3, 31) };
        for day in [year.start, date(2026, 12, 31), date(2027, 1, 1), year.end] {
            assert_eq!(japan().fiscal_year_of(day), Some(year), "{day}");
        }
    }

    #[test]
    fn quarters_are_those_of_the_fiscal_year() {
        let check = |fiscal_month, day: Date, start: Date, end: Date| {
            let calendar = Calendar { fiscal_month, ..japan() };
            assert_eq!(calendar.quarter_of(day), Some(Period { start, end }), "{day} from {fiscal_month}");
        };
        check(4, date(2026, 4, 1), date(2026, 4, 1), date(2026, 6, 30));
        check(4, date(2026, 6, 30), date(2026, 4, 1), date(2026, 6, 30));
        check(4, date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31));
        check(4, date(2028, 2, 29), date(2028, 1, 1), date(2028, 3, 31));
        check(2, date(2026, 1, 31), date(2025, 11, 1), date(2026, 1, 31));
        check(3, date(2028, 1, 5), date(2027, 12, 1), date(2028, 2, 29));
        check(12, date(2026, 2, 1), date(2025, 12, 1), date(2026, 2, 28));
    }

    #[test]
    fn final_reports_are_due_on_an_open_day() {
        let cases = [
            (date(2026, 11, 2), 30, date(2026, 12, 1)),
            (date(2026, 10, 25), 30, date(2026, 11, 24)),
            (date(2026, 11, 30), 30, date(2027, 1, 4)),
            (date(2026, 12, 1), 30, date(2027, 1, 4)),
            (date(2026, 4, 5), 30, date(2026, 5, 7)),
            (date(2026, 8, 21), 30, date(2026, 9, 24)),
            (date(2026, 10, 30), 60, date(2026, 12, 28)),
            (date(2026, 11, 4), 60, date(2027, 1, 4)),
            (date(2026, 11, 4), 1, date(2026, 11, 4)),
        ];
        for (known, days, due) in cases {
            assert_eq!(japan().ppc_final(known, days), Some(due), "{known} and {days} days");
        }
        for days in [0, -1, i64::MIN, i64::MAX] {
            assert_eq!(japan().ppc_final(date(2026, 11, 4), days), None, "{days} days");
        }
        assert_eq!(japan().ppc_final(date(2027, 12, 1), 30), None, "the holidays of 2028 are not known");
    }

    #[test]
    fn what_a_city_closes_extends_no_deadline_of_the_state() {
        let due = date(2026, 12, 1);
        let calendar = Calendar { holidays: Holidays::japan().with_closed([due]), ..japan() };
        assert_eq!(calendar.ppc_final(date(2026, 11, 2), 30), Some(due));
        assert_eq!(calendar.pmark_window(date(2027, 4, 1)).unwrap().end, due);
        assert_eq!(calendar.roll_forward(due), Some(date(2026, 12, 2)));
    }

    #[test]
    fn lengths_of_time_end_as_the_civil_code_has_them() {
        let months = |months| Duration { months, ..Duration::default() };
        let cases = [
            (date(2025, 3, 31), months(12), Some(date(2026, 3, 31))),
            (date(2025, 3, 30), months(12), Some(date(2026, 3, 30))),
            (date(2024, 2, 28), months(12), Some(date(2025, 2, 28))),
            (date(2024, 2, 29), months(12), Some(date(2025, 2, 28))),
            (date(2023, 2, 28), months(12), Some(date(2024, 2, 29))),
            (date(2026, 1, 30), months(1), Some(date(2026, 2, 28))),
            (date(2026, 1, 31), months(1), Some(date(2026, 2, 28))),
            (date(2026, 1, 28), months(1), Some(date(2026, 2, 28))),
            (date(2026, 1, 27), months(1), Some(date(2026, 2, 27))),
            (date(2025, 12, 31), months(2), Some(date(2026, 2, 28))),
            (date(2026, 3, 31), Duration::days(30), Some(date(2026, 4, 30))),
            (date(2026, 3, 31), Duration::default(), Some(date(2026, 3, 31))),
            (date(2026, 11, 20), Duration::business_days(1), Some(date(2026, 11, 24))),
            (date(2026, 3, 31), months(-1), None),
            (date(2026, 3, 31), Duration::days(-1), None),
            (date(2026, 3, 31), Duration { months: 1, days: -1, ..Duration::default() }, None),
            (date(2026, 3, 31), months(i32::MAX), None),
            (date(9999, 12, 31), months(1), None),
        ];
        for (start, length, end) in cases {
            assert_eq!(japan().minpo_end(start, length), end, "{start} and {length:?}");
        }
    }

    #[test]
    fn renewals_are_applied_for_within_the_window() {
        let cases = [
            (date(2024, 12, 1), date(2024, 4, 2), date(2024, 8, 1)),
            (date(2025, 1, 14), date(2024, 5, 15), date(2024, 9, 17)),
            (date(2026, 10, 31), date(2026, 3, 1), date(2026, 6, 30)),
            (date(2027, 6, 30), date(2026, 10, 31), date(2027, 3, 1)),
        ];
        for (expiry, start, end) in cases {
            assert_eq!(japan().pmark_window(expiry), Some(Period { start, end }), "{expiry}");
        }
    }

    #[test]
    fn business_days_are_counted_over_closed_ones() {
        let cases = [
            (date(2026, 11, 20), 1, Some(date(2026, 11, 24))),
            (date(2026, 11, 20), 2, Some(date(2026, 11, 25))),
            (date(2026, 11, 24), -1, Some(date(2026, 11, 20))),
            (date(2026, 11, 22), 1, Some(date(2026, 11, 24))),
            (date(2026, 11, 22), 0, Some(date(2026, 11, 22))),
            (date(2026, 12, 28), 1, Some(date(2027, 1, 4))),
            (date(2027, 1, 4), -1, Some(date(2026, 12, 28))),
            (date(2027, 12, 28), 1, None),
            (date(1955, 1, 4), -1, None),
            (date(2026, 11, 20), i32::MAX, None),
            (date(2026, 11, 20), i32::MIN, None),
            (date(2100, 11, 20), 0, Some(date(2100, 11, 20))),
        ];
        for (day, count, expected) in cases {
            assert_eq!(
                japan().add_to_date(day, Duration::business_days(count)),
                expected,
                "{day} and {count}"
            );
        }
        let length = Duration { business_days: 1, micros: 3_600_000_000, ..Duration::default() };
        let instant: Timestamp = "2026-11-20T08:00:00Z".parse().unwrap();
        assert_eq!(japan().add_to_instant(instant, length), Some("2026-11-24T09:00:00Z".parse().unwrap()));
    }

    #[test]
    fn business_days_need_a_calendar() {
        let zone = TimeZone::UTC;
        assert_eq!(add_to_date(date(2026, 11, 20), Duration::business_days(1)), None);
        assert_eq!(add_to_instant(Timestamp::UNIX_EPOCH, Duration::business_days(1), &zone), None);
    }

    #[test]
    fn days_begin_and_end_where_the_clock_jumps() {
        // The first day of summer time in Brazil has no midnight; in Toronto the clock jumped from 23:30; in Newfoundland it went back over
        // midnight; Samoa left out 30 December and has no such day.
        let cases = [
            ("America/Sao_Paulo", date(2018, 11, 4), "2018-11-04T03:00:00Z", "2018-11-05T01:59:59.999999Z"),
            ("America/Sao_Paulo", date(2018, 11, 3), "2018-11-03T03:00:00Z", "2018-11-04T02:59:59.999999Z"),
            ("America/Toronto", date(1919, 3, 31), "1919-03-31T04:30:00Z", "1919-04-01T03:59:59.999999Z"),
            ("America/Toronto", date(1919, 3, 30), "1919-03-30T05:00:00Z", "1919-03-31T04:29:59.999999Z"),
            ("America/St_Johns", date(2010, 11, 6), "2010-11-06T02:30:00Z", "2010-11-07T03:29:59.999999Z"),
            ("America/St_Johns", date(2010, 11, 7), "2010-11-07T02:30:00Z", "2010-11-08T03:29:59.999999Z"),
            ("Pacific/Apia", date(2011, 12, 30), "2011-12-30T10:00:00Z", "2011-12-30T09:59:59.999999Z"),
            ("Pacific/Apia", date(2011, 12, 31), "2011-12-30T10:00:00Z", "2011-12-31T09:59:59.999999Z"),
            ("Asia/Tokyo", date(2026, 4, 1), "2026-03-31T15:00:00Z", "2026-04-01T14:59:59.999999Z"),
        ];
        for (zone, day, start, end) in cases {
            let calendar = Calendar { zone: TimeZone::get(zone).unwrap(), ..japan() };
            assert_eq!(start_of_day(day, &calendar.zone), Some(start.parse().unwrap()), "{zone} {day}");
            assert_eq!(calendar.end_of_day(day), end.parse().unwrap(), "{zone} {day}");
        }
        assert_eq!(japan().end_of_day(date(9999, 12, 31)), Timestamp::MAX);
    }
}
