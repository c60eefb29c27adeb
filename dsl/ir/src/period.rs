//! Periods as evidence and offices write them.

use jiff::civil::Date;
use kijun_source::{Bilingual, bilingual};

use crate::{Period, calendar};

/// What stands between the first and the last day; ISO 8601 writes `/`, which is looked for last because dates have it too.
const SEPARATORS: [&str; 5] = ["..", "〜", "～", "~", "/"];

/// Why a text is not a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text().en)]
pub enum PeriodError {
    /// It is not two days with a separator between them.
    NotPeriod,
    /// This part of it is not a day.
    NotDate(String),
    /// The last day is before the first.
    Backwards(Date, Date),
}

impl PeriodError {
    /// What people read.
    pub fn text(&self) -> Bilingual {
        match self {
            PeriodError::NotPeriod => bilingual!(
                "期間（例：2026-04-01/2027-03-31、2026-04-01〜2027-03-31）として読めない",
                "not a period such as 2026-04-01/2027-03-31 or 2026-04-01..2027-03-31"
            ),
            PeriodError::NotDate(found) => {
                bilingual!("「{found}」は日付として読めない", "`{found}` is not a date")
            }
            PeriodError::Backwards(first, last) => bilingual!(
                "終わりの日 {last} が初めの日 {first} より前である",
                "the last day {last} is before the first day {first}"
            ),
        }
    }
}

impl Period {
    /// The period that is written as two days, 2026-04-01 or 令和8年4月1日, with `/`, `..`, `〜`, `～` or `~` between them. Both ends belong to it.
    ///
    /// ```
    /// use kijun_ir::Period;
    /// assert_eq!(Period::parse("2026-04-01/2027-03-31"), Period::parse("令和8年4月1日〜令和9年3月31日"));
    /// ```
    ///
    /// # Errors
    ///
    /// Where it is no period: an end is missing, is no day, or the last day is before the first.
    pub fn parse(text: &str) -> Result<Self, PeriodError> {
        Self::parse_with(text, |text| read_date(text).ok_or_else(|| PeriodError::NotDate(text.to_owned())))
    }

    /// The same, with days in other spellings.
    ///
    /// # Errors
    ///
    /// As [`Period::parse`], and what `read` says of a day that it cannot read.
    pub fn parse_with<Error: From<PeriodError>>(
        text: &str,
        read: impl Fn(&str) -> Result<Date, Error>,
    ) -> Result<Self, Error> {
        let (start, end) = split(text).ok_or(PeriodError::NotPeriod)?;
        let (start, end) = (read(start)?, read(end)?);
        if end < start { Err(PeriodError::Backwards(start, end).into()) } else { Ok(Self { start, end }) }
    }
}

/// The two ends of a period, neither empty. The separator must be there once.
fn split(text: &str) -> Option<(&str, &str)> {
    let separator = SEPARATORS.into_iter().find(|separator| text.contains(separator))?;
    let (start, end) = text.split_once(separator)?;
    let (start, end) = (start.trim(), end.trim());
    let is_whole = !start.is_empty() && !end.is_empty() && !end.contains(separator);
    is_whole.then_some((start, end))
}

/// A day as 2026-04-01 or 令和8年4月1日.
fn read_date(text: &str) -> Option<Date> {
    if let Some(date) = calendar::wareki_date(text) {
        return Some(date);
    }
    let mut parts = text.split('-').filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    // Nothing else than digits and two hyphens, at their places: -2026-04-01 has an empty part.
    let is_iso = (year.len(), month.len(), day.len(), text.len()) == (4, 2, 2, 10);
    is_iso.then_some(())?;
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn periods_have_two_ends() {
        let year = Period { start: date(2026, 4, 1), end: date(2027, 3, 31) };
        for text in [
            "2026-04-01/2027-03-31",
            "2026-04-01..2027-03-31",
            "2026-04-01〜2027-03-31",
            "2026-04-01～2027-03-31",
            "2026-04-01~2027-03-31",
            "2026-04-01 ～ 2027-03-31",
            "　2026-04-01　〜　2027-03-31　",
            "令和8年4月1日〜令和9年3月31日",
            "2026-04-01〜令和9年3月31日",
        ] {
            assert_eq!(Period::parse(text), Ok(year), "{text}");
        }
        assert_eq!(Period::parse("2026-04-01/2026-04-01").map(Period::days), Ok(1));
    }

    #[test]
    fn what_is_no_period_is_refused() {
        let not_date = |text: &str| PeriodError::NotDate(text.to_owned());
        let cases = [
            ("", PeriodError::NotPeriod),
            ("2026-04-01", PeriodError::NotPeriod),
            ("2026-04-01/", PeriodError::NotPeriod),
            ("〜2027-03-31", PeriodError::NotPeriod),
            ("2026-04-01〜2027-03-31〜", PeriodError::NotPeriod),
            ("2026-04-01/2027-03-31/2028-03-31", PeriodError::NotPeriod),
            ("2026-04-01...2027-03-31", not_date(".2027-03-31")),
            ("2026-04-01〜未定", not_date("未定")),
            ("2026-4-1/2027-3-31", not_date("2026-4-1")),
            ("2026-02-29/2027-03-31", not_date("2026-02-29")),
            ("-2026-04-01/2027-03-31", not_date("-2026-04-01")),
            ("2026-04-01-/2027-03-31", not_date("2026-04-01-")),
            ("20260401/20270331", not_date("20260401")),
            ("2027-03-31/2026-04-01", PeriodError::Backwards(date(2027, 3, 31), date(2026, 4, 1))),
        ];
        for (text, error) in cases {
            assert_eq!(Period::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn days_may_be_in_other_spellings() {
        let read = |text: &str| match text {
            "R8.4.1" => Ok(date(2026, 4, 1)),
            _ => Err(PeriodError::NotDate(text.to_owned())),
        };
        let day = Period { start: date(2026, 4, 1), end: date(2026, 4, 1) };
        assert_eq!(Period::parse_with("R8.4.1〜R8.4.1", read), Ok(day));
    }
}
