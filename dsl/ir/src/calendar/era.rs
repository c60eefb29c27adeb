//! Japanese eras, and dates and fiscal years as they are named by them.

use jiff::civil::{Date, date};

use super::fiscal_year;
use crate::Period;

/// A Japanese era.
struct Era {
    kanji: &'static str,
    letter: char,
    /// The first day that counts by it; the day of the change belongs to the new era.
    first: Date,
    /// The year of the common era that is its first, 元年.
    year_one: i16,
}

/// 明治 to 令和, the last first (元号を改める政令 and the edicts before it). 明治 begins with its sixth year, 1873: until then the calendar
/// was that of the moon, so that 明治5年12月2日 was not 2 December but the last day of 1872.
const ERAS: [Era; 5] = [
    Era { kanji: "令和", letter: 'R', first: date(2019, 5, 1), year_one: 2019 },
    Era { kanji: "平成", letter: 'H', first: date(1989, 1, 8), year_one: 1989 },
    Era { kanji: "昭和", letter: 'S', first: date(1926, 12, 25), year_one: 1926 },
    Era { kanji: "大正", letter: 'T', first: date(1912, 7, 30), year_one: 1912 },
    Era { kanji: "明治", letter: 'M', first: date(1873, 1, 1), year_one: 1868 },
];

impl Era {
    /// The year of the common era; `None` for 0 and less.
    fn common(&self, year: i16) -> Option<i16> {
        if year < 1 { None } else { self.year_one.checked_add(year - 1) }
    }
}

/// The era, and the first day of the next one, by its kanji (`令和`) or its letter (`R`, either case).
fn era_named(name: &str) -> Option<(&'static Era, Date)> {
    let is_letter = |era: &Era| {
        let mut letters = name.chars();
        letters.next().is_some_and(|letter| letter.to_ascii_uppercase() == era.letter)
            && letters.next().is_none()
    };
    let at = ERAS.iter().position(|era| era.kanji == name || is_letter(era))?;
    Some((&ERAS[at], if at == 0 { Date::MAX } else { ERAS[at - 1].first }))
}

/// A day of an era, such as 令和 8 年 4 月 1 日; `None` where the era has no such day.
///
/// `era` is the kanji (`令和`) or the letter (`R`, either case). A day before the era began or after
/// it ended is refused: 平成31年5月1日 is not a date, and guessing which part is wrong would be. So is a day of 明治 before 1873.
pub fn era_date(era: &str, year: i16, month: i8, day: i8) -> Option<Date> {
    let (era, next) = era_named(era)?;
    let date = Date::new(era.common(year)?, month, day).ok()?;
    let ended = date >= next && next != Date::MAX;
    (date >= era.first && !ended).then_some(date)
}

/// The fiscal year that begins in a year of an era; `None` where none of its days belongs to the era.
///
/// 平成31年度 and 令和元年度 are the same: both name the year that begins in April 2019.
pub fn era_fiscal_year(era: &str, year: i16, first_month: i8) -> Option<Period> {
    let (era, next) = era_named(era)?;
    let (start, end) = fiscal_year(era.common(year)?, first_month)?;
    (start < next && end >= era.first).then_some(Period { start, end })
}

/// The day as 令和8年4月1日; days before 1873 in the common era.
pub fn era_text(date: Date) -> String {
    let Some(era) = ERAS.iter().find(|era| date >= era.first) else {
        return format!("{}年{}月{}日", date.year(), date.month(), date.day());
    };
    let year = date.year() - era.year_one + 1;
    let year = if year == 1 { "元".to_owned() } else { year.to_string() };
    format!("{}{year}年{}月{}日", era.kanji, date.month(), date.day())
}

/// The day that is written as 令和8年4月1日 or 令和元年5月1日, in half-width digits; `None` where there is none.
///
/// ```
/// use kijun_ir::calendar::wareki_date;
/// assert_eq!(wareki_date("令和元年5月1日"), Some(jiff::civil::date(2019, 5, 1)));
/// assert_eq!(wareki_date("平成31年5月1日"), None);
/// ```
pub fn wareki_date(text: &str) -> Option<Date> {
    let (era, rest) = read_era(text)?;
    let (year, rest) = read_era_year(rest)?;
    let (month, rest) = read_number(rest.strip_prefix('年')?)?;
    let (day, rest) = read_number(rest.strip_prefix('月')?)?;
    (rest == "日").then_some(())?;
    era_date(era, year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

/// The fiscal year that is written as 2026年度, 令和8年度 or 令和元年度, in half-width digits; `None` where there is none.
pub fn fiscal_year_named(text: &str, first_month: i8) -> Option<Period> {
    let year = text.strip_suffix("年度")?;
    if let Some((era, rest)) = read_era(year) {
        let (year, rest) = read_era_year(rest)?;
        return if rest.is_empty() { era_fiscal_year(era, year, first_month) } else { None };
    }
    (year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit())).then_some(())?;
    let (start, end) = fiscal_year(year.parse().ok()?, first_month)?;
    Some(Period { start, end })
}

/// An era in kanji at the beginning of a text, and what follows.
fn read_era(text: &str) -> Option<(&'static str, &str)> {
    ERAS.iter().find_map(|era| Some((era.kanji, text.strip_prefix(era.kanji)?)))
}

/// A year of an era, and what follows.
fn read_era_year(text: &str) -> Option<(i16, &str)> {
    text.strip_prefix('元').map(|rest| (1, rest)).or_else(|| read_number(text))
}

/// A number of one or two digits, and what follows.
fn read_number(text: &str) -> Option<(i16, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    if digits <= 2 { Some((number.parse().ok()?, rest)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eras_hold_their_borders() {
        let cases = [
            ("令和", 1, 5, 1, Some(date(2019, 5, 1))),
            ("令和", 1, 4, 30, None),
            ("平成", 31, 4, 30, Some(date(2019, 4, 30))),
            ("平成", 31, 5, 1, None),
            ("平成", 1, 1, 8, Some(date(1989, 1, 8))),
            ("h", 1, 1, 7, None),
            ("S", 64, 1, 7, Some(date(1989, 1, 7))),
            ("昭和", 64, 1, 8, None),
            ("昭和", 1, 12, 25, Some(date(1926, 12, 25))),
            ("昭和", 1, 12, 24, None),
            ("大正", 15, 12, 24, Some(date(1926, 12, 24))),
            ("大正", 15, 12, 25, None),
            ("t", 1, 7, 30, Some(date(1912, 7, 30))),
            ("大正", 1, 7, 29, None),
            ("M", 45, 7, 29, Some(date(1912, 7, 29))),
            ("明治", 45, 7, 30, None),
            ("明治", 6, 1, 1, Some(date(1873, 1, 1))),
            ("明治", 5, 12, 2, None),
            ("明治", 1, 10, 23, None),
            ("R", 8, 2, 29, None),
            ("R", 10, 2, 29, Some(date(2028, 2, 29))),
            ("R", 0, 4, 1, None),
            ("R", -1, 4, 1, None),
            ("R", i16::MAX, 4, 1, None),
            ("R", i16::MIN, 4, 1, None),
            ("RR", 8, 4, 1, None),
            ("", 8, 4, 1, None),
            ("慶応", 1, 4, 1, None),
        ];
        for (era, year, month, day, expected) in cases {
            assert_eq!(era_date(era, year, month, day), expected, "{era}{year}.{month}.{day}");
        }
        assert_eq!(era_date("R", 7981, 12, 31), Some(date(9999, 12, 31)));
    }

    #[test]
    fn days_are_written_as_offices_write_them() {
        let cases = [
            (date(2026, 11, 23), "令和8年11月23日"),
            (date(2019, 5, 1), "令和元年5月1日"),
            (date(2019, 4, 30), "平成31年4月30日"),
            (date(1989, 1, 8), "平成元年1月8日"),
            (date(1989, 1, 7), "昭和64年1月7日"),
            (date(1926, 12, 25), "昭和元年12月25日"),
            (date(1926, 12, 24), "大正15年12月24日"),
            (date(1912, 7, 30), "大正元年7月30日"),
            (date(1912, 7, 29), "明治45年7月29日"),
            (date(1873, 1, 1), "明治6年1月1日"),
        ];
        for (day, text) in cases {
            assert_eq!(era_text(day), text);
            assert_eq!(wareki_date(text), Some(day));
        }
        assert_eq!(era_text(date(1872, 12, 31)), "1872年12月31日");
    }

    #[test]
    fn what_is_no_day_of_an_era_is_refused() {
        for text in [
            "",
            "令和",
            "令和8年",
            "令和8年4月",
            "令和8年4月1",
            "令和8年4月1日 ",
            "令和8年4月1日分",
            "令和8年4月31日",
            "令和０８年４月１日",
            "令和八年四月一日",
            "令和008年4月1日",
            "令和8年元月1日",
            "2026年4月1日",
            "R8年4月1日",
            "令和-8年4月1日",
            "令和年4月1日",
        ] {
            assert_eq!(wareki_date(text), None, "{text}");
        }
    }

    #[test]
    fn fiscal_years_are_named_in_either_era() {
        let year = |year| {
            let (start, end) = fiscal_year(year, 4).unwrap();
            Some(Period { start, end })
        };
        let cases = [
            ("2026年度", year(2026)),
            ("令和8年度", year(2026)),
            ("令和元年度", year(2019)),
            ("令和1年度", year(2019)),
            ("平成31年度", year(2019)),
            ("平成32年度", None),
            ("平成元年度", year(1989)),
            ("昭和63年度", year(1988)),
            ("昭和64年度", None),
            ("昭和元年度", year(1926)),
            ("大正15年度", year(1926)),
            ("明治45年度", year(1912)),
            ("令和0年度", None),
            ("26年度", None),
            ("02026年度", None),
            ("+026年度", None),
            ("2026年", None),
            ("令和8年", None),
            ("令和8年4月度", None),
            ("年度", None),
            ("9999年度", None),
        ];
        for (text, expected) in cases {
            assert_eq!(fiscal_year_named(text, 4), expected, "{text}");
        }
        assert_eq!(
            fiscal_year_named("令和8年度", 1),
            Some(Period { start: date(2026, 1, 1), end: date(2026, 12, 31) })
        );
    }
}
