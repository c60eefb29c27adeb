//! The days on which the company works, and how its systems write dates.

use jiff::Span;
use jiff::civil::{Date, DateTime, Weekday, date};

/// The first day of the period under audit.
pub(crate) const FIRST: Date = date(2026, 4, 1);
/// The last day that the logs cover.
pub(crate) const LAST: Date = date(2026, 11, 22);

/// National holidays on weekdays (国民の祝日に関する法律), and the company's summer closing.
const CLOSED: [Date; 14] = [
    date(2026, 4, 29),
    date(2026, 5, 4),
    date(2026, 5, 5),
    date(2026, 5, 6),
    date(2026, 7, 20),
    date(2026, 8, 11),
    date(2026, 8, 13),
    date(2026, 8, 14),
    date(2026, 9, 21),
    date(2026, 9, 22),
    date(2026, 9, 23),
    date(2026, 10, 12),
    date(2026, 11, 3),
    date(2026, 11, 23),
];

/// The working days that the logs cover.
pub(crate) fn working_days() -> impl Iterator<Item = Date> {
    FIRST
        .series(Span::new().days(1))
        .take_while(|day| *day <= LAST)
        .filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !CLOSED.contains(day))
}

/// The first day of each month that the logs touch.
pub(crate) fn months() -> impl Iterator<Item = Date> {
    FIRST.series(Span::new().months(1)).take_while(|day| *day <= LAST)
}

/// An instant so many minutes later, or earlier.
pub(crate) fn minutes_after(instant: DateTime, minutes: i64) -> DateTime {
    instant.saturating_add(Span::new().minutes(minutes))
}

/// `2026-04`
pub(crate) fn year_month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// `2026/4/1`
pub(crate) fn slashed(day: Date) -> String {
    format!("{}/{}/{}", day.year(), day.month(), day.day())
}

/// `20260401`
pub(crate) fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// `令和8年4月1日`, `平成27年4月1日`
pub(crate) fn era(day: Date) -> String {
    let (name, before) = if day < date(2019, 5, 1) { ("平成", 1988) } else { ("令和", 2018) };
    let year = match day.year() - before {
        1 => "元".to_owned(),
        year => year.to_string(),
    };
    format!("{name}{year}年{}月{}日", day.month(), day.day())
}

/// `R8.4.1`, `H27.4.1`
pub(crate) fn short_era(day: Date) -> String {
    let (letter, before) = if day < date(2019, 5, 1) { ('H', 1988) } else { ('R', 2018) };
    format!("{letter}{}.{}.{}", day.year() - before, day.month(), day.day())
}

/// `2026/06/17 13:30:05`
pub(crate) fn clocked(instant: DateTime) -> String {
    instant.strftime("%Y/%m/%d %H:%M:%S").to_string()
}

/// `2026/6/17 13:30`, as a person types it.
pub(crate) fn typed(instant: DateTime) -> String {
    format!("{} {}:{:02}", slashed(instant.date()), instant.hour(), instant.minute())
}

/// `2026-06-17T13:30:05+09:00`
pub(crate) fn with_offset(instant: DateTime) -> String {
    instant.strftime("%Y-%m-%dT%H:%M:%S+09:00").to_string()
}

/// The instant of a Japanese local time as `2026-06-17T04:30:05Z`. Japan has no summer time.
pub(crate) fn utc(instant: DateTime) -> String {
    instant.saturating_sub(Span::new().hours(9)).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The same as `2026-06-17 04:30:05`.
pub(crate) fn utc_without_zone(instant: DateTime) -> String {
    utc(instant).replace('T', " ").replace('Z', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_offices_write_them() {
        assert_eq!(era(date(2019, 4, 30)), "平成31年4月30日");
        assert_eq!(era(date(2019, 5, 1)), "令和元年5月1日");
        assert_eq!(short_era(date(2026, 4, 1)), "R8.4.1");
        assert_eq!(utc(date(2026, 6, 1).at(8, 30, 0, 0)), "2026-05-31T23:30:00Z");
    }

    #[test]
    fn nobody_works_on_holidays() {
        assert!(working_days().all(|day| day != date(2026, 9, 22) && day != date(2026, 4, 4)));
        assert_eq!(working_days().next(), Some(date(2026, 4, 1)));
        assert_eq!(working_days().last(), Some(date(2026, 11, 20)));
    }
}
