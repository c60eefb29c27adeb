//! Calendar arithmetic, Japanese eras and fiscal years.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use crate::Duration;

/// A Japanese era: kanji, letter, first day.
struct Era {
    kanji: &'static str,
    letter: char,
    first: Date,
}

/// 明治 to 令和 with the days from which they count (元号を改める政令; Meiji since the solar calendar of 1873).
const ERAS: [Era; 5] = [
    Era { kanji: "令和", letter: 'R', first: jiff::civil::date(2019, 5, 1) },
    Era { kanji: "平成", letter: 'H', first: jiff::civil::date(1989, 1, 8) },
    Era { kanji: "昭和", letter: 'S', first: jiff::civil::date(1926, 12, 25) },
    Era { kanji: "大正", letter: 'T', first: jiff::civil::date(1912, 7, 30) },
    Era { kanji: "明治", letter: 'M', first: jiff::civil::date(1868, 10, 23) },
];

/// A day of an era, such as 令和 8 年 4 月 1 日; `None` where the era has no such day.
///
/// `era` is the kanji (`令和`) or the letter (`R`, either case). A day before the era began or after
/// it ended is refused: 平成31年5月1日 is not a date, and guessing which part is wrong would be.
pub fn era_date(era: &str, year: i16, month: i8, day: i8) -> Option<Date> {
    let index = ERAS.iter().position(|candidate| {
        candidate.kanji == era
            || (era.chars().count() == 1
                && era.starts_with(|c: char| c.to_ascii_uppercase() == candidate.letter))
    })?;
    let first = ERAS[index].first;
    let date = Date::new(first.year().checked_add(year)?.checked_sub(1)?, month, day).ok()?;
    let ended = index > 0 && date >= ERAS[index - 1].first;
    (year >= 1 && date >= first && !ended).then_some(date)
}

/// The day as 令和8年4月1日; days before Meiji in the common era.
pub fn era_text(date: Date) -> String {
    let Some(era) = ERAS.iter().find(|era| date >= era.first) else {
        return format!("{}年{}月{}日", date.year(), date.month(), date.day());
    };
    let year = date.year() - era.first.year() + 1;
    let year = if year == 1 { "元".to_owned() } else { year.to_string() };
    format!("{}{year}年{}月{}日", era.kanji, date.month(), date.day())
}

/// The first and the last day of the fiscal year that begins in `year`, with the month in which it starts (4 in Japan).
pub fn fiscal_year(year: i16, first_month: i8) -> Option<(Date, Date)> {
    let first = Date::new(year, first_month, 1).ok()?;
    let next = Date::new(year.checked_add(1)?, first_month, 1).ok()?;
    Some((first, next.yesterday().ok()?))
}

/// A day plus a length of time. Months first, clamped to the month's last day, then days; time of the clock
/// beyond whole days are dropped towards the past. `None` beyond the calendar.
pub fn add_to_date(date: Date, length: Duration) -> Option<Date> {
    let days = i64::from(length.days).checked_add(length.micros.div_euclid(86_400_000_000))?;
    let moved = date.checked_add(Span::new().try_months(length.months).ok()?).ok()?;
    moved.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// An instant plus a length of time. Months and days by the calendar of `zone`, the rest by the clock.
/// `None` beyond the calendar.
pub fn add_to_instant(instant: Timestamp, length: Duration, zone: &TimeZone) -> Option<Timestamp> {
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

/// The instant at which a day begins in `zone`; `None` at the ends of the calendar.
pub fn start_of_day(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    instant_of(date.to_datetime(jiff::civil::Time::midnight()), zone)
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

    #[test]
    fn eras_hold_their_borders() {
        assert_eq!(era_date("令和", 1, 5, 1), Some(date(2019, 5, 1)));
        assert_eq!(era_date("令和", 1, 4, 30), None);
        assert_eq!(era_date("平成", 31, 4, 30), Some(date(2019, 4, 30)));
        assert_eq!(era_date("平成", 31, 5, 1), None);
        assert_eq!(era_date("h", 1, 1, 7), None);
        assert_eq!(era_date("S", 64, 1, 7), Some(date(1989, 1, 7)));
        assert_eq!(era_date("R", 8, 2, 29), None);
        assert_eq!(era_date("R", 0, 4, 1), None);
        assert_eq!(era_date("慶応", 1, 4, 1), None);
    }

    #[test]
    fn eras_are_written_as_offices_write_them() {
        assert_eq!(era_text(date(2019, 5, 1)), "令和元年5月1日");
        assert_eq!(era_text(date(2026, 11, 23)), "令和8年11月23日");
        assert_eq!(era_text(date(1989, 1, 7)), "昭和64年1月7日");
    }

    #[test]
    fn months_end_where_the_calendar_ends_them() {
        assert_eq!(add_to_date(date(2026, 1, 31), Duration::months(1)), Some(date(2026, 2, 28)));
        assert_eq!(add_to_date(date(2024, 2, 29), Duration::months(12)), Some(date(2025, 2, 28)));
        assert_eq!(add_to_date(date(2026, 3, 1), Duration::days(-1)), Some(date(2026, 2, 28)));
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
    }
}
