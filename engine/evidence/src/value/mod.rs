//! Text as offices and systems write it, as values.
//!
//! A text is read in one way or not at all: what could be two values is refused, never guessed.

mod cursor;
mod date;
mod duration;
mod number;

use std::borrow::Cow;
use std::sync::Arc;

use jiff::tz::TimeZone;
use kijun_ir::network::{NetworkError, parse_address, parse_network};
use kijun_ir::{Kind, Period, PeriodError, Value};
use kijun_source::{Bilingual, bilingual};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

pub use date::{date, datetime};
pub use duration::duration;
pub use number::{decimal, int};

/// Why a text is not a value of its field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not a date in any spelling.
    NotDate,
    /// It could be two dates: month and day, or a year of two digits.
    AmbiguousDate,
    /// The calendar or the era has no such day.
    NoSuchDay,
    /// It is not a date and a time in any spelling.
    NotDateTime,
    /// It is a date; the time is missing.
    TimeMissing,
    /// The clock of the zone skips this time.
    SkippedTime,
    /// The clock of the zone shows this time twice.
    RepeatedTime,
    /// It is neither yes nor no.
    NotBool,
    /// It is not an integer.
    NotInt,
    /// It is not a decimal.
    NotDecimal,
    /// It is not a length of time.
    NotDuration,
    /// It is not a first and a last day.
    Period(PeriodError),
    /// It is no address, or no network.
    Network(NetworkError),
    /// It names no value of the enum; the names of those that there are.
    NotEnum(Vec<String>),
    /// It is beyond what can be held.
    OutOfRange,
}

impl From<PeriodError> for Unreadable {
    fn from(error: PeriodError) -> Self {
        Unreadable::Period(error)
    }
}

impl Unreadable {
    /// The reason as people read it, to stand behind the text that was found.
    pub fn reason(&self) -> Bilingual {
        match self {
            Unreadable::NotDate => bilingual!("日付として読めない", "not a date"),
            Unreadable::AmbiguousDate => {
                bilingual!(
                    "日付が一通りに決まらない（年4桁または元号で書く）",
                    "could be two dates: write a year of four digits or an era"
                )
            }
            Unreadable::NoSuchDay => bilingual!("暦にない日付である", "no such day in the calendar"),
            Unreadable::NotDateTime => bilingual!("日時として読めない", "not a date and a time"),
            Unreadable::TimeMissing => bilingual!("日付だけで時刻がない", "a date without a time"),
            Unreadable::SkippedTime => {
                bilingual!("この時間帯に存在しない時刻である", "the clock of the time zone skips this time")
            }
            Unreadable::RepeatedTime => bilingual!(
                "この時間帯に二度ある時刻である（時差を付けて書く）",
                "the clock of the time zone shows this time twice: write the offset"
            ),
            Unreadable::NotBool => bilingual!("○か×かとして読めない", "neither true nor false"),
            Unreadable::NotInt => bilingual!("整数として読めない", "not an integer"),
            Unreadable::NotDecimal => bilingual!("数値として読めない", "not a number"),
            Unreadable::NotDuration => bilingual!("期間として読めない", "not a length of time"),
            Unreadable::Period(error) => error.text(),
            Unreadable::Network(error) => error.text(),
            Unreadable::NotEnum(names) => {
                let names = names.join(", ");
                bilingual!("選択肢にない（{names}）", "not one of {names}")
            }
            Unreadable::OutOfRange => bilingual!("扱える範囲を超えている", "out of range"),
        }
    }
}

/// How the texts of one column are to be read beyond what every column understands. All texts are [`normal`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spellings {
    /// Further texts that mean yes.
    pub yes: Vec<String>,
    /// Further texts that mean no.
    pub no: Vec<String>,
    /// Texts that mean that there is none.
    pub none: Vec<String>,
    /// Texts of an enum with the positions of its values; the first that fits counts.
    pub values: Vec<(String, u16)>,
    /// The names of the enum's values, for messages.
    pub names: Vec<String>,
}

/// NFKC, without white space at the ends.
pub fn normal(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    if trimmed.is_ascii() || is_nfkc_quick(trimmed.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(trimmed);
    }
    let normalised: String = trimmed.nfkc().collect();
    Cow::Owned(normalised.trim().to_owned())
}

/// The value of a [`normal`] text that is neither empty nor a text for none. `zone` is that of datetimes without offset.
pub fn read(text: &str, kind: Kind, spellings: &Spellings, zone: &TimeZone) -> Result<Value, Unreadable> {
    match kind {
        Kind::Text | Kind::Ref(_) => Ok(Value::Text(Arc::from(text))),
        Kind::Int => int(text).map(Value::Int),
        Kind::Decimal => decimal(text).map(Value::Decimal),
        Kind::Bool => bool(text, spellings).map(Value::Bool),
        Kind::Date => date(text).map(Value::Date),
        Kind::DateTime => datetime(text, zone).map(Value::DateTime),
        Kind::Duration => duration(text).map(Value::Duration),
        Kind::Period => Period::parse_with(text, date).map(Value::Period),
        Kind::Ip => parse_address(text).map(Value::Ip).map_err(Unreadable::Network),
        Kind::Cidr => parse_network(text).map(Value::Cidr).map_err(Unreadable::Network),
        Kind::Enum(_) => enum_value(text, spellings).map(Value::Enum),
    }
}

const YES: [&str; 11] = ["○", "〇", "◯", "✓", "有", "済", "はい", "あり", "true", "yes", "1"];
const NO: [&str; 8] = ["×", "無", "未", "いいえ", "なし", "false", "no", "0"];

fn bool(text: &str, spellings: &Spellings) -> Result<bool, Unreadable> {
    let among = |list: &[String]| list.iter().any(|own| own == text);
    if among(&spellings.yes) {
        return Ok(true);
    }
    if among(&spellings.no) {
        return Ok(false);
    }
    let lower = text.to_ascii_lowercase();
    if YES.contains(&lower.as_str()) {
        return Ok(true);
    }
    if NO.contains(&lower.as_str()) { Ok(false) } else { Err(Unreadable::NotBool) }
}

fn enum_value(text: &str, spellings: &Spellings) -> Result<u16, Unreadable> {
    let found = spellings.values.iter().find(|(spelling, _)| spelling == text);
    found.map(|(_, value)| *value).ok_or_else(|| Unreadable::NotEnum(spellings.names.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kijun_ir::EnumId;

    fn tokyo() -> TimeZone {
        TimeZone::get("Asia/Tokyo").unwrap()
    }

    #[test]
    fn texts_are_nfkc_without_space_at_the_ends() {
        for (given, expected) in
            [("　ＰＣ－１　", "PC-1"), ("ｱｸｾｽ", "アクセス"), (" 甲 ", "甲"), ("", ""), ("　", "")]
        {
            assert_eq!(normal(given), expected);
        }
    }

    #[test]
    fn yes_and_no_in_the_spellings_of_offices() {
        let none = Spellings::default();
        for yes in ["○", "〇", "◯", "✓", "有", "済", "はい", "あり", "true", "TRUE", "Yes", "1"]
        {
            assert_eq!(bool(yes, &none), Ok(true), "{yes}");
        }
        for no in ["×", "無", "未", "いいえ", "なし", "false", "No", "0"] {
            assert_eq!(bool(no, &none), Ok(false), "{no}");
        }
        for neither in ["", "?", "○×", "2", "対象", "-", "有無"] {
            assert_eq!(bool(neither, &none), Err(Unreadable::NotBool), "{neither}");
        }
    }

    #[test]
    fn periods_and_networks_are_read_with_the_dates_of_offices() {
        let read = |text, kind| read(text, kind, &Spellings::default(), &tokyo());
        let expected = read("2026-04-01/2027-03-31", Kind::Period);
        assert!(matches!(expected, Ok(Value::Period(_))));
        assert_eq!(read("2026/4/1〜2027/3/31", Kind::Period), expected);
        assert_eq!(read("2026年4月1日〜R9.3.31", Kind::Period), expected);
        assert!(matches!(read("2027-03-31/2026-04-01", Kind::Period), Err(Unreadable::Period(_))));
        assert_eq!(read("2026/4/40〜2027/3/31", Kind::Period), Err(Unreadable::NoSuchDay));
        assert!(matches!(read("10.0.0.1", Kind::Ip), Ok(Value::Ip(_))));
        assert!(matches!(read("10.0.0.1/8", Kind::Cidr), Err(Unreadable::Network(_))));
    }

    #[test]
    fn own_spellings_come_first() {
        let own = Spellings { yes: vec!["対象".into()], no: vec!["○".into()], ..Spellings::default() };
        assert_eq!(bool("対象", &own), Ok(true));
        assert_eq!(bool("○", &own), Ok(false));
        assert_eq!(bool("有", &own), Ok(true));
    }

    #[test]
    fn enums_are_read_by_their_spellings() {
        let own = Spellings {
            values: vec![("正社員".into(), 0), ("regular".into(), 0), ("派遣".into(), 1)],
            names: vec!["regular".into(), "agency".into()],
            ..Spellings::default()
        };
        let kind = Kind::Enum(EnumId(0));
        assert_eq!(read("正社員", kind, &own, &tokyo()), Ok(Value::Enum(0)));
        assert_eq!(read("派遣", kind, &own, &tokyo()), Ok(Value::Enum(1)));
        assert!(matches!(read("パート", kind, &own, &tokyo()), Err(Unreadable::NotEnum(_))));
    }
}
