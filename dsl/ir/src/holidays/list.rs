//! Reads the Cabinet Office's list of holidays.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kijun_source::{Bilingual, bilingual};

const HEADER: &str = "国民の祝日・休日月日,国民の祝日・休日名称";

/// How many holidays a year has at least: as many as 1955, when there were fewest.
const FEWEST: usize = 9;

/// What is wrong with a list of holidays, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {}", problem.text().en)]
pub struct HolidayListError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: HolidayListProblem,
}

/// What is wrong with a list of holidays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HolidayListProblem {
    /// It does not begin with the header.
    Header,
    /// It has no holiday.
    Empty,
    /// The line has no day, written `1955/1/1`, before the comma.
    NotDate(String),
    /// The line has no name behind the day.
    NoName,
    /// The line has more than a day and a name.
    TooMuch,
    /// The day is there already.
    Twice(Date),
    /// A year within the list is not whole: so many holidays. The file may have been cut.
    YearNotWhole(i16, usize),
}

impl HolidayListProblem {
    /// What people read.
    pub fn text(&self) -> Bilingual {
        match self {
            HolidayListProblem::Header => {
                bilingual!("1行目が見出し「{HEADER}」でない", "the first line is not the header `{HEADER}`")
            }
            HolidayListProblem::Empty => bilingual!("祝日が1件もない", "there is no holiday"),
            HolidayListProblem::NotDate(found) => {
                bilingual!(
                    "「{found}」は日付（例：1955/1/1）でない",
                    "`{found}` is not a date such as 1955/1/1"
                )
            }
            HolidayListProblem::NoName => bilingual!("祝日の名称がない", "the holiday has no name"),
            HolidayListProblem::TooMuch => {
                bilingual!("日付と名称以外の列がある", "there are more columns than the date and the name")
            }
            HolidayListProblem::Twice(day) => bilingual!("{day} が二度ある", "{day} is there twice"),
            HolidayListProblem::YearNotWhole(year, count) => bilingual!(
                "{year}年の祝日が揃っていない（{count}件）。ファイルが途中で切れている可能性がある",
                "the holidays of {year} are not complete ({count} found): the file may have been cut"
            ),
        }
    }
}

/// The holidays of a list by day, ascending, and its first and last year.
type List = (Vec<(Date, Box<str>)>, (i16, i16));

pub(super) fn read(text: &str) -> Result<List, Vec<HolidayListError>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let mut errors = Vec::new();
    if lines.next().is_none_or(|(_, line)| line.trim() != HEADER) {
        errors.push(HolidayListError { line: 1, problem: HolidayListProblem::Header });
    }
    let mut days: BTreeMap<Date, (usize, &str)> = BTreeMap::new();
    for (line, text) in lines {
        match read_line(text) {
            Ok((day, _)) if days.contains_key(&day) => {
                errors.push(HolidayListError { line, problem: HolidayListProblem::Twice(day) });
            }
            Ok((day, name)) => _ = days.insert(day, (line, name)),
            Err(problem) => errors.push(HolidayListError { line, problem }),
        }
    }
    if errors.is_empty() {
        errors = check_years(&days);
    }
    let (Some((first, _)), Some((last, _))) = (days.first_key_value(), days.last_key_value()) else {
        errors
            .push(HolidayListError { line: text.lines().count().max(1), problem: HolidayListProblem::Empty });
        return Err(errors);
    };
    let years = (first.year(), last.year());
    let days = days.into_iter().map(|(day, (_, name))| (day, name.into())).collect();
    if errors.is_empty() { Ok((days, years)) } else { Err(errors) }
}

fn read_line(line: &str) -> Result<(Date, &str), HolidayListProblem> {
    let mut columns = line.split(',').map(str::trim);
    let day = columns.next().unwrap_or_default();
    let date = read_day(day).ok_or_else(|| HolidayListProblem::NotDate(day.to_owned()))?;
    let name = columns.next().filter(|name| !name.is_empty()).ok_or(HolidayListProblem::NoName)?;
    if columns.next().is_some() { Err(HolidayListProblem::TooMuch) } else { Ok((date, name)) }
}

/// A day such as 1955/1/1.
fn read_day(text: &str) -> Option<Date> {
    let mut parts =
        text.split('/').map(|part| part.bytes().all(|byte| byte.is_ascii_digit()).then_some(part));
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The years that are not whole, at the last line of each; of years without a line the first, at the line that skips them.
fn check_years(days: &BTreeMap<Date, (usize, &str)>) -> Vec<HolidayListError> {
    let days: Vec<(Date, usize)> = days.iter().map(|(day, (line, _))| (*day, *line)).collect();
    let mut errors = Vec::new();
    let mut expected = days.first().map_or(0, |(day, _)| day.year());
    for year in days.chunk_by(|(before, _), (day, _)| before.year() == day.year()) {
        let [(first, first_line), ..] = year else { continue };
        if first.year() > expected {
            let problem = HolidayListProblem::YearNotWhole(expected, 0);
            errors.push(HolidayListError { line: *first_line, problem });
        }
        if !is_whole(year) {
            let line = year.last().map_or(*first_line, |(_, line)| *line);
            let problem = HolidayListProblem::YearNotWhole(first.year(), year.len());
            errors.push(HolidayListError { line, problem });
        }
        expected = first.year().saturating_add(1);
    }
    errors
}

/// Whether a year goes from 元日 to 勤労感謝の日 in the second half of November, with as many holidays as there must be.
fn is_whole(year: &[(Date, usize)]) -> bool {
    let (Some((first, _)), Some((last, _))) = (year.first(), year.last()) else { return false };
    first.day_of_year() == 1 && (last.month(), last.day()) >= (11, 15) && year.len() >= FEWEST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Holidays;
    use jiff::civil::date;

    const YEAR: &str = "国民の祝日・休日月日,国民の祝日・休日名称
1955/1/1,元日
1955/1/15,成人の日
1955/3/21,春分の日
1955/4/29,天皇誕生日
1955/5/3,憲法記念日
1955/5/5,こどもの日
1955/9/24,秋分の日
1955/11/3,文化の日
1955/11/23,勤労感謝の日
";

    fn check(text: &str, expected: &[(usize, HolidayListProblem)]) {
        let found = Holidays::from_csv(text).expect_err("a list that is refused");
        let found: Vec<_> = found.into_iter().map(|error| (error.line, error.problem)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_list_of_the_cabinet_office_is_read() {
        for text in [YEAR.to_owned(), YEAR.replace('\n', "\r\n"), format!("\u{feff}{YEAR}\n\n")] {
            let holidays = Holidays::from_csv(&text).expect("a list");
            assert_eq!(holidays.years(), (1955, 1955));
            assert_eq!(holidays.name(date(1955, 4, 29)), Some("天皇誕生日"));
            assert_eq!(holidays.is_closed(date(1955, 4, 29)), Some(true));
            assert_eq!(holidays.is_closed(date(1955, 4, 28)), Some(false));
            assert_eq!(holidays.is_closed(date(1956, 4, 27)), None);
        }
    }

    #[test]
    fn a_list_without_header_or_holidays_is_refused() {
        check("", &[(1, HolidayListProblem::Header), (1, HolidayListProblem::Empty)]);
        check(&format!("{HEADER}\n"), &[(1, HolidayListProblem::Empty)]);
        let cut = YEAR.lines().skip(1).collect::<Vec<_>>().join("\n");
        check(&cut, &[(1, HolidayListProblem::Header)]);
    }

    #[test]
    fn every_bad_line_is_named() {
        let bad = YEAR
            .replace("1955/1/15,成人の日", "1955-01-15,成人の日")
            .replace("3/21,春分の日", "3/21,")
            .replace("5/3,憲法記念日", "5/3,憲法記念日,火")
            .replace("1955/5/5", "1955/5/32")
            .replace("1955/11/3", "1955/9/24");
        check(
            &bad,
            &[
                (3, HolidayListProblem::NotDate("1955-01-15".to_owned())),
                (4, HolidayListProblem::NoName),
                (6, HolidayListProblem::TooMuch),
                (7, HolidayListProblem::NotDate("1955/5/32".to_owned())),
                (9, HolidayListProblem::Twice(date(1955, 9, 24))),
            ],
        );
    }

    #[test]
    fn a_list_that_was_cut_is_refused() {
        let without = |holiday: &str| {
            YEAR.lines().filter(|line| !line.ends_with(holiday)).collect::<Vec<_>>().join("\n")
        };
        for holiday in ["元日", "春分の日", "勤労感謝の日"] {
            check(&without(holiday), &[(9, HolidayListProblem::YearNotWhole(1955, 8))]);
        }
        let gap = YEAR.to_owned() + &YEAR.replace("1955", "1957").replace(HEADER, "");
        check(&gap, &[(12, HolidayListProblem::YearNotWhole(1956, 0))]);
    }
}
