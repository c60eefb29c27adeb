//! The holidays of Japan by its law (国民の祝日に関する法律, 昭和23年法律第178号) with its amendments.

use jiff::civil::{Date, Weekday, date};

/// The years whose holidays are certain. The first is that of the Cabinet Office's list. The last is the one after this table was written,
/// because the days of the equinoxes are announced each February for the year to come (国立天文台 暦要項) and the law may change until then.
pub(super) const YEARS: (i16, i16) = (1955, 2027);

/// 昭和48年法律第10号: a holiday on a Sunday is made up for on the next day.
const TRANSFERS: Date = date(1973, 4, 12);
/// 昭和60年法律第103号: a day between two holidays is one.
const BETWEEN: Date = date(1985, 12, 27);
/// 平成17年法律第43号: a holiday on a Sunday is made up for on the next day that is none; a day between two may be a Sunday.
const NEXT_THAT_IS_NONE: Date = date(2007, 1, 1);

/// The name of the holiday on a day.
pub(super) fn name(day: Date) -> Option<&'static str> {
    if !(YEARS.0..=YEARS.1).contains(&day.year()) {
        return None;
    }
    festival(day)
        .or_else(|| is_transferred(day).then_some("振替休日"))
        .or_else(|| is_between(day).then_some("国民の休日"))
}

/// The holidays of article 2, and those of laws of their own.
fn festival(day: Date) -> Option<&'static str> {
    once(day).or_else(|| fixed(day)).or_else(|| monday(day)).or_else(|| equinox(day))
}

/// The days of one year: weddings, funerals and enthronements of emperors, and what the Olympic games moved.
fn once(day: Date) -> Option<&'static str> {
    Some(match (day.year(), day.month(), day.day()) {
        (1959, 4, 10) | (1993, 6, 9) => "結婚の儀",
        (1989, 2, 24) => "大喪の礼",
        (1990, 11, 12) => "即位礼正殿の儀",
        (2019, 5, 1) => "天皇の即位の日",
        (2019, 10, 22) => "即位礼正殿の儀が行われる日",
        (2020, 7, 23) | (2021, 7, 22) => "海の日",
        (2020, 7, 24) | (2021, 7, 23) => "スポーツの日",
        (2020, 8, 10) | (2021, 8, 8) => "山の日",
        _ => return None,
    })
}

/// Whether the Olympic games moved holidays in a year (平成三十二年東京オリンピック競技大会・東京パラリンピック競技大会特別措置法).
fn is_olympic(year: i16) -> bool {
    matches!(year, 2020 | 2021)
}

/// The holidays on a day of a month.
fn fixed(day: Date) -> Option<&'static str> {
    let year = day.year();
    Some(match (day.month(), day.day()) {
        (1, 1) => "元日",
        (1, 15) if year < 2000 => "成人の日",
        (2, 11) if year >= 1967 => "建国記念の日",
        (2, 23) if year >= 2020 => "天皇誕生日",
        (4, 29) if year < 1989 => "天皇誕生日",
        (4, 29) if year < 2007 => "みどりの日",
        (4, 29) => "昭和の日",
        (5, 3) => "憲法記念日",
        (5, 4) if year >= 2007 => "みどりの日",
        (5, 5) => "こどもの日",
        (7, 20) if (1996..2003).contains(&year) => "海の日",
        (8, 11) if year >= 2016 && !is_olympic(year) => "山の日",
        (9, 15) if (1966..2003).contains(&year) => "敬老の日",
        (10, 10) if (1966..2000).contains(&year) => "体育の日",
        (11, 3) => "文化の日",
        (11, 23) => "勤労感謝の日",
        (12, 23) if (1989..2019).contains(&year) => "天皇誕生日",
        _ => return None,
    })
}

/// The holidays on a Monday of a month.
fn monday(day: Date) -> Option<&'static str> {
    if day.weekday() != Weekday::Monday {
        return None;
    }
    let year = day.year();
    Some(match (day.month(), (day.day() + 6) / 7) {
        (1, 2) if year >= 2000 => "成人の日",
        (7, 3) if year >= 2003 && !is_olympic(year) => "海の日",
        (9, 3) if year >= 2003 => "敬老の日",
        (10, 2) if (2000..2020).contains(&year) => "体育の日",
        (10, 2) if year >= 2022 => "スポーツの日",
        _ => return None,
    })
}

fn equinox(day: Date) -> Option<&'static str> {
    let (of_1979, of_2099, name) = match day.month() {
        3 => (208_357, 208_431, "春分の日"),
        9 => (232_588, 232_488, "秋分の日"),
        _ => return None,
    };
    let year = i32::from(day.year());
    let equinox = if year < 1980 {
        equinox_day(of_1979, year, (year - 1983) / 4)
    } else {
        equinox_day(of_2099, year, (year - 1980) / 4)
    };
    (i32::from(day.day()) == equinox).then_some(name)
}

/// The day of the month from the mean day of 1980 in ten-thousandths (海上保安庁水路部 暦計算研究会編『新こよみ便利帳』), which moves by
/// 0.242194 a year and back by each leap day.
fn equinox_day(mean: i32, year: i32, leap_days: i32) -> i32 {
    (mean * 100 + 242_194 * (year - 1980)).div_euclid(1_000_000) - leap_days
}

/// Whether the day makes up for a holiday on a Sunday (3条2項).
fn is_transferred(day: Date) -> bool {
    if day < TRANSFERS {
        return false;
    }
    let mut before = day;
    while let Ok(yesterday) = before.yesterday() {
        if festival(yesterday).is_none() {
            return false;
        }
        if yesterday.weekday() == Weekday::Sunday {
            return yesterday >= TRANSFERS;
        }
        if day < NEXT_THAT_IS_NONE {
            return false;
        }
        before = yesterday;
    }
    false
}

/// Whether the day before and the day after are holidays (3条3項).
fn is_between(day: Date) -> bool {
    let is_festival =
        |neighbour: Result<Date, jiff::Error>| neighbour.is_ok_and(|day| festival(day).is_some());
    let may_be = day >= NEXT_THAT_IS_NONE || day.weekday() != Weekday::Sunday;
    day >= BETWEEN && may_be && is_festival(day.yesterday()) && is_festival(day.tomorrow())
}
