//! Periods as people write them: 2026年度, 令和8年度, 2026-04..2027-03, 2026-04-01..2027-03-31.

use jiff::civil::Date;
use kijun_ir::calendar;

/// What is wrong with a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParsePeriodError {
    /// It has none of the forms.
    Form,
    /// It ends before it begins.
    Backwards,
}

/// The first and the last day of a period. `first_month` is the month in which the fiscal year starts.
///
/// ```
/// use jiff::civil::date;
/// let year = Ok((date(2026, 4, 1), date(2027, 3, 31)));
/// assert_eq!(kijun_audit::parse_period("2026年度", 4), year);
/// assert_eq!(kijun_audit::parse_period("令和8年度", 4), year);
/// assert_eq!(kijun_audit::parse_period("2026-04..2027-03", 4), year);
/// ```
pub fn parse_period(text: &str, first_month: i8) -> Result<(Date, Date), ParsePeriodError> {
    let text = text.trim();
    let period = match text.strip_suffix("年度") {
        Some(year) => fiscal_year(year, first_month),
        None => {
            text.split_once("..").and_then(|(from, to)| Some((first_day(from.trim())?, last_day(to.trim())?)))
        }
    };
    let period = period.ok_or(ParsePeriodError::Form)?;
    if period.0 <= period.1 { Ok(period) } else { Err(ParsePeriodError::Backwards) }
}

fn fiscal_year(year: &str, first_month: i8) -> Option<(Date, Date)> {
    if let Ok(year) = year.parse() {
        return calendar::fiscal_year(year, first_month);
    }
    let (era, number) = year.split_at_checked("令和".len())?;
    let number = if number == "元" { 1 } else { number.parse().ok()? };
    // An era's first fiscal year begins before the era does: 令和元年度 is that of 1 April 2019.
    let base = calendar::era_date(era, number, 12, 31)?;
    calendar::fiscal_year(base.year(), first_month)
}

fn first_day(text: &str) -> Option<Date> {
    text.parse().ok().or_else(|| format!("{text}-01").parse().ok())
}

fn last_day(text: &str) -> Option<Date> {
    text.parse().ok().or_else(|| Some(format!("{text}-01").parse::<Date>().ok()?.last_of_month()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn periods_are_read_as_offices_write_them() {
        let cases = [
            ("2026年度", Ok((date(2026, 4, 1), date(2027, 3, 31)))),
            ("令和元年度", Ok((date(2019, 4, 1), date(2020, 3, 31)))),
            ("平成30年度", Ok((date(2018, 4, 1), date(2019, 3, 31)))),
            ("2026-04-01..2026-09-30", Ok((date(2026, 4, 1), date(2026, 9, 30)))),
            ("2024-02..2024-02", Ok((date(2024, 2, 1), date(2024, 2, 29)))),
            ("2026-09..2026-04", Err(ParsePeriodError::Backwards)),
            ("2026", Err(ParsePeriodError::Form)),
            ("年度", Err(ParsePeriodError::Form)),
            ("令8年度", Err(ParsePeriodError::Form)),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_period(text, 4), expected, "{text}");
        }
    }
}
