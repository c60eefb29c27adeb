//! Dates and times of day as Japan writes them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use kijun_ir::calendar::era_date;

use super::Unreadable;
use super::cursor::Cursor;

const ERAS: [&str; 5] = ["令和", "平成", "昭和", "大正", "明治"];
const SEPARATORS: [char; 3] = ['-', '/', '.'];

/// A date: 2026-04-01, 2026/4/1, 20260401, 2026年4月1日, 令和8年4月1日, R8.4.1. The text is [`super::normal`].
pub fn date(text: &str) -> Result<Date, Unreadable> {
    let mut cursor = Cursor::new(text);
    let date = read_date(&mut cursor)?;
    if cursor.is_at_end() { Ok(date) } else { Err(Unreadable::NotDate) }
}

/// A date and a time, with an offset that wins over `zone` or without. What is finer than microseconds is dropped.
pub fn datetime(text: &str, zone: &TimeZone) -> Result<Timestamp, Unreadable> {
    let mut cursor = Cursor::new(text);
    let date = read_date(&mut cursor).map_err(|error| match error {
        Unreadable::NotDate => Unreadable::NotDateTime,
        other => other,
    })?;
    if cursor.is_at_end() {
        return Err(Unreadable::TimeMissing);
    }
    let apart = cursor.spaces() || cursor.eat_any(&['T', 't']).is_some() || text.contains('日');
    let time = apart.then(|| read_time(&mut cursor)).flatten().ok_or(Unreadable::NotDateTime)?;
    cursor.spaces();
    let local = date.to_datetime(time);
    if cursor.is_at_end() {
        return instant(local, zone);
    }
    let offset = read_offset(&mut cursor).filter(|_| cursor.is_at_end()).ok_or(Unreadable::NotDateTime)?;
    offset.to_timestamp(local).map_err(|_| Unreadable::OutOfRange)
}

/// The one instant at which the clock of the zone shows this time.
fn instant(local: DateTime, zone: &TimeZone) -> Result<Timestamp, Unreadable> {
    let ambiguous = zone.to_ambiguous_timestamp(local);
    match ambiguous.offset() {
        AmbiguousOffset::Gap { .. } => Err(Unreadable::SkippedTime),
        AmbiguousOffset::Fold { .. } => Err(Unreadable::RepeatedTime),
        AmbiguousOffset::Unambiguous { .. } => ambiguous.unambiguous().map_err(|_| Unreadable::OutOfRange),
    }
}

/// The year as written: of the common era or of a Japanese one.
enum Year<'a> {
    Common(&'a str),
    Era(&'a str, &'a str),
}

fn read_date(cursor: &mut Cursor<'_>) -> Result<Date, Unreadable> {
    if cursor.digits_ahead() == 8 {
        let digits = cursor.exactly(8).ok_or(Unreadable::NotDate)?;
        return day_of(&Year::Common(&digits[..4]), &digits[4..6], &digits[6..]);
    }
    let text = cursor.rest();
    let year = read_year(cursor).ok_or_else(|| not_a_date(text))?;
    let (month, day) = read_month_and_day(cursor, &year).ok_or(Unreadable::NotDate)?;
    day_of(&year, month, day)
}

fn read_year<'a>(cursor: &mut Cursor<'a>) -> Option<Year<'a>> {
    if let Some(era) = ERAS.into_iter().find(|era| cursor.eat(era)) {
        cursor.spaces();
        let year = if cursor.eat("元") { "1" } else { cursor.digits(1, 2)? };
        return Some(Year::Era(era, year));
    }
    let text = cursor.rest();
    if cursor.eat_any(&['R', 'H', 'S', 'T', 'M', 'r', 'h', 's', 't', 'm']).is_some() {
        return Some(Year::Era(&text[..1], cursor.digits(1, 2)?));
    }
    Some(Year::Common(cursor.digits(4, 4)?))
}

/// Month and day behind a year: with 年月日, or with one separator twice. An era in kanji goes with 年月日 alone.
fn read_month_and_day<'a>(cursor: &mut Cursor<'a>, year: &Year<'_>) -> Option<(&'a str, &'a str)> {
    if let Year::Common(_) = year
        && let Some(separator) = cursor.eat_any(&SEPARATORS)
    {
        return read_separated(cursor, separator);
    }
    if let Year::Era(era, _) = year
        && era.is_ascii()
    {
        let separator = cursor.eat_any(&SEPARATORS)?;
        return read_separated(cursor, separator);
    }
    cursor.spaces();
    cursor.eat("年").then_some(())?;
    cursor.spaces();
    let month = cursor.digits(1, 2)?;
    cursor.spaces();
    cursor.eat("月").then_some(())?;
    cursor.spaces();
    let day = cursor.digits(1, 2)?;
    cursor.spaces();
    cursor.eat("日").then_some((month, day))
}

fn read_separated<'a>(cursor: &mut Cursor<'a>, separator: char) -> Option<(&'a str, &'a str)> {
    let month = cursor.digits(1, 2)?;
    (cursor.eat_any(&[separator])? == separator).then_some((month, cursor.digits(1, 2)?))
}

fn day_of(year: &Year<'_>, month: &str, day: &str) -> Result<Date, Unreadable> {
    let (Ok(month), Ok(day)) = (month.parse(), day.parse()) else { return Err(Unreadable::NotDate) };
    let date = match year {
        Year::Common(year) => year.parse().ok().and_then(|year| Date::new(year, month, day).ok()),
        Year::Era(era, year) => year.parse().ok().and_then(|year| era_date(era, year, month, day)),
    };
    date.ok_or(Unreadable::NoSuchDay)
}

/// Three groups of one, two or four digits that do not begin with the year: 4/1/26, 01/02/2026.
fn not_a_date(text: &str) -> Unreadable {
    let first = text.split_whitespace().next().unwrap_or("");
    let groups: Vec<&str> = first.split(SEPARATORS).collect();
    let digits =
        |group: &&str| matches!(group.len(), 1 | 2 | 4) && group.bytes().all(|byte| byte.is_ascii_digit());
    let ambiguous = groups.len() == 3 && groups.iter().all(digits);
    if ambiguous { Unreadable::AmbiguousDate } else { Unreadable::NotDate }
}

/// H:MM[:SS[.fff]] or 9時5分[3秒].
fn read_time(cursor: &mut Cursor<'_>) -> Option<Time> {
    cursor.spaces();
    let hour = cursor.digits(1, 2)?.parse().ok()?;
    if cursor.eat("時") {
        let minute = cursor.digits(1, 2)?.parse().ok()?;
        cursor.eat("分").then_some(())?;
        let second = match cursor.digits(1, 2) {
            Some(digits) => cursor.eat("秒").then_some(digits)?.parse().ok()?,
            None => 0,
        };
        return Time::new(hour, minute, second, 0).ok();
    }
    cursor.eat(":").then_some(())?;
    let minute = cursor.digits(2, 2)?.parse().ok()?;
    if !cursor.eat(":") {
        return Time::new(hour, minute, 0, 0).ok();
    }
    let second = cursor.digits(2, 2)?.parse().ok()?;
    let microseconds = match cursor.eat_any(&['.', ',']) {
        Some(_) => format!("{:0<6.6}", cursor.digits(1, 9)?).parse::<i32>().ok()?,
        None => 0,
    };
    Time::new(hour, minute, second, microseconds * 1000).ok()
}

/// Z, +09:00, +0900 or +09.
fn read_offset(cursor: &mut Cursor<'_>) -> Option<Offset> {
    if cursor.eat_any(&['Z', 'z']).is_some() {
        return Some(Offset::UTC);
    }
    let sign = if cursor.eat_any(&['+', '-'])? == '-' { -1 } else { 1 };
    let hours: i32 = cursor.exactly(2)?.parse().ok()?;
    let apart = cursor.eat(":");
    let minutes: i32 = if apart || !cursor.is_at_end() { cursor.exactly(2)?.parse().ok()? } else { 0 };
    (hours < 24 && minutes < 60).then_some(())?;
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

#[cfg(test)]
mod tests {
    use super::super::normal;
    use super::*;
    use jiff::civil::date as day;

    #[test]
    fn dates_as_japan_writes_them() {
        let cases = [
            ("2026-04-01", day(2026, 4, 1)),
            ("2026/4/1", day(2026, 4, 1)),
            ("2026.4.1", day(2026, 4, 1)),
            ("20260401", day(2026, 4, 1)),
            ("2026年4月1日", day(2026, 4, 1)),
            ("２０２６年４月１日", day(2026, 4, 1)),
            ("２０２６／０４／０１", day(2026, 4, 1)),
            ("令和8年4月1日", day(2026, 4, 1)),
            ("令和　８年　４月　１日", day(2026, 4, 1)),
            ("㋿8年4月1日", day(2026, 4, 1)),
            ("令和元年5月1日", day(2019, 5, 1)),
            ("平成元年1月8日", day(1989, 1, 8)),
            ("R8.4.1", day(2026, 4, 1)),
            ("r08/04/01", day(2026, 4, 1)),
            ("Ｒ８．４．１", day(2026, 4, 1)),
            ("H31.4.30", day(2019, 4, 30)),
            ("S64-1-7", day(1989, 1, 7)),
            ("2028-02-29", day(2028, 2, 29)),
            (" 9999-12-31 ", day(9999, 12, 31)),
        ];
        for (text, expected) in cases {
            assert_eq!(date(&normal(text)), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_could_be_two_dates_is_refused() {
        for text in ["4/1/26", "01/02/2026", "26-04-01", "1.2.26", "08/04/01", "4/1/26 9:00"] {
            assert_eq!(date(&normal(text)), Err(Unreadable::AmbiguousDate), "{text}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in [
            "2026-02-29",
            "2026/13/1",
            "20260431",
            "平成31年5月1日",
            "令和元年4月30日",
            "R0.4.1",
            "H31.5.1",
            "2026-00-10",
        ] {
            assert_eq!(date(&normal(text)), Err(Unreadable::NoSuchDay), "{text}");
        }
    }

    #[test]
    fn everything_else_is_no_date() {
        for text in [
            "",
            "none",
            "2026",
            "202604",
            "2026-04",
            "2026-04/01",
            "2026-04-01 0:00",
            "令和8.4.1",
            "R8年4月1日",
            "慶応3年1月1日",
            "2026年4月",
            "R8",
            "2026-4-1x",
            "４６１１３",
            "46113",
            "2026-4-011",
            "20260401a",
            "202604011",
            "令和8年4月1日(水)",
        ] {
            assert_eq!(date(&normal(text)), Err(Unreadable::NotDate), "{text}");
        }
    }

    #[test]
    fn datetimes_with_and_without_offset() {
        let tokyo = TimeZone::get("Asia/Tokyo").unwrap();
        let cases = [
            ("2026-04-01 09:05", "2026-04-01T00:05:00Z"),
            ("2026/4/1 9:05", "2026-04-01T00:05:00Z"),
            ("2026/4/1　９：０５：０７", "2026-04-01T00:05:07Z"),
            ("20260401 9:05:07.5", "2026-04-01T00:05:07.5Z"),
            ("2026-04-01 09:05:07.123456789", "2026-04-01T00:05:07.123456Z"),
            ("2026-04-01T09:05:07", "2026-04-01T00:05:07Z"),
            ("2026-04-01T09:05:07Z", "2026-04-01T09:05:07Z"),
            ("2026-04-01T09:05:07.001+09:00", "2026-04-01T00:05:07.001Z"),
            ("2026-04-01 09:05:07 +0100", "2026-04-01T08:05:07Z"),
            ("2026-04-01T09:05-03", "2026-04-01T12:05:00Z"),
            ("2026年4月1日9時5分", "2026-04-01T00:05:00Z"),
            ("令和8年4月1日 9時5分7秒", "2026-04-01T00:05:07Z"),
            ("R8.4.1 9:05", "2026-04-01T00:05:00Z"),
        ];
        for (text, expected) in cases {
            assert_eq!(datetime(&normal(text), &tokyo), Ok(expected.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn times_that_are_not_one_instant_are_refused() {
        let tokyo = TimeZone::get("Asia/Tokyo").unwrap();
        let cases = [
            ("2026-04-01", Unreadable::TimeMissing),
            ("2026-04-01 9", Unreadable::NotDateTime),
            ("2026-04-01 9:5", Unreadable::NotDateTime),
            ("2026-04-01 24:00", Unreadable::NotDateTime),
            ("2026-04-01 09:05:60", Unreadable::NotDateTime),
            ("2026-04-01 09:05 PM", Unreadable::NotDateTime),
            ("2026-04-01T09:05+09:0", Unreadable::NotDateTime),
            ("2026-04-01T09:05+25:00", Unreadable::NotDateTime),
            ("2026-04-0109:05", Unreadable::NotDateTime),
            ("午後3時5分", Unreadable::NotDateTime),
            ("", Unreadable::NotDateTime),
            ("4/1/26 9:05", Unreadable::AmbiguousDate),
            ("2026-02-30 9:05", Unreadable::NoSuchDay),
        ];
        for (text, expected) in cases {
            assert_eq!(datetime(&normal(text), &tokyo), Err(expected), "{text}");
        }
    }

    #[test]
    fn clocks_that_jump_are_not_guessed() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        assert_eq!(datetime("2026-03-29 02:30", &berlin), Err(Unreadable::SkippedTime));
        assert_eq!(datetime("2026-10-25 02:30", &berlin), Err(Unreadable::RepeatedTime));
        assert_eq!(datetime("2026-10-25 02:30+01:00", &berlin), Ok("2026-10-25T01:30:00Z".parse().unwrap()));
    }
}
