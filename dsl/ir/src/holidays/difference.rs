//! Compares a list of holidays with the law.

use jiff::civil::{Date, date};

use super::Holidays;

/// In what a list of holidays differs from the law, in the years that both know.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HolidayDifference {
    /// Holidays of the law that the list lacks, ascending.
    pub lacking: Vec<Date>,
    /// Days that the law does not have, ascending.
    pub extra: Vec<Date>,
}

impl HolidayDifference {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lacking.is_empty() && self.extra.is_empty()
    }
}

impl Holidays {
    /// In what these differ from the law as this program knows it. Either may be right: the law may have changed since. Names are not compared,
    /// for the Cabinet Office calls a holiday that was moved only 休日.
    pub fn difference_from_law(&self) -> HolidayDifference {
        let law = Holidays::japan();
        let (own, known) = (self.years(), law.years());
        let years = own.0.max(known.0)..=own.1.min(known.1);
        let mut difference = HolidayDifference::default();
        for day in years.flat_map(days_of) {
            match (self.name(day).is_some(), law.name(day).is_some()) {
                (false, true) => difference.lacking.push(day),
                (true, false) => difference.extra.push(day),
                _ => {}
            }
        }
        difference
    }
}

fn days_of(year: i16) -> impl Iterator<Item = Date> {
    let days = std::iter::successors(Some(date(year, 1, 1)), |day| day.tomorrow().ok());
    days.take_while(move |day| day.year() == year)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list of the holidays of the law in some years.
    fn list(years: std::ops::RangeInclusive<i16>) -> String {
        let law = Holidays::japan();
        let days = years.flat_map(days_of).filter_map(|day| {
            law.name(day).map(|name| format!("{}/{}/{},{name}\n", day.year(), day.month(), day.day()))
        });
        "国民の祝日・休日月日,国民の祝日・休日名称\n".to_owned() + &days.collect::<String>()
    }

    fn check(text: &str, lacking: &[Date], extra: &[Date]) {
        let found = Holidays::from_csv(text).expect("a list").difference_from_law();
        assert_eq!((found.lacking.as_slice(), found.extra.as_slice()), (lacking, extra), "{text}");
    }

    #[test]
    fn the_law_does_not_differ_from_itself() {
        assert!(Holidays::japan().difference_from_law().is_empty());
        check(&list(1955..=2027), &[], &[]);
    }

    #[test]
    fn single_days_are_named() {
        let lacking = list(2025..=2026).replace("2026/9/22,国民の休日\n", "");
        check(&lacking, &[date(2026, 9, 22)], &[]);
        let extra = list(2025..=2026).replace("2026/11/3,", "2026/10/30,架空の日\n2026/11/3,");
        check(&extra, &[], &[date(2026, 10, 30)]);
        let moved = list(2026..=2026).replace("2026/7/20,", "2026/7/21,");
        check(&moved, &[date(2026, 7, 20)], &[date(2026, 7, 21)]);
    }

    #[test]
    fn names_are_not_compared() {
        check(&list(2026..=2026).replace("国民の休日", "休日"), &[], &[]);
    }

    #[test]
    fn years_that_the_law_is_not_known_for_are_not_compared() {
        let beyond = list(2027..=2027)
            + &list(2026..=2026).replace("2026/", "2028/").replacen(
                "国民の祝日・休日月日,国民の祝日・休日名称\n",
                "",
                1,
            );
        check(&beyond, &[], &[]);
    }
}
