//! The days on which public bodies are closed.

mod difference;
mod law;
mod list;

use std::sync::Arc;

use jiff::civil::{Date, Weekday};

pub use difference::HolidayDifference;
pub use list::{HolidayListError, HolidayListProblem};

/// National holidays for a stretch of years, and the days on which a city closes besides. Saturdays, Sundays and 29 December to
/// 3 January (行政機関の休日に関する法律1条) need no entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holidays {
    national: National,
    /// INVARIANT: ascending, each once.
    closed: Arc<[Date]>,
}

/// Where the national holidays come from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum National {
    /// Computed, day by day: nothing is made when a program starts.
    ByLaw,
    /// Read from a list.
    Listed {
        /// INVARIANT: ascending, each day once.
        days: Arc<[(Date, Box<str>)]>,
        /// The first and the last year of the list.
        years: (i16, i16),
    },
}

impl Holidays {
    /// The holidays of Japan by its law, for the years 1955 to 2027.
    ///
    /// ```
    /// let holidays = kijun_ir::Holidays::japan();
    /// assert_eq!(holidays.name(jiff::civil::date(2026, 9, 22)), Some("国民の休日"));
    /// ```
    pub fn japan() -> Self {
        Self { national: National::ByLaw, closed: Arc::default() }
    }

    /// The holidays that the Cabinet Office lists (syukujitsu.csv, decoded): its header, then lines such as `1955/1/1,元日`.
    /// Known are the years from the first to the last of the list.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the list: a line that is no holiday, a day that is there twice, a year that is not whole.
    pub fn from_csv(text: &str) -> Result<Self, Vec<HolidayListError>> {
        let (days, years) = list::read(text)?;
        Ok(Self { national: National::Listed { days: days.into(), years }, closed: Arc::default() })
    }

    /// The same, and closed on further days by the ordinance of a city. The offices of the state stay open on these.
    #[must_use]
    pub fn with_closed(&self, days: impl IntoIterator<Item = Date>) -> Self {
        let mut closed: Vec<Date> = self.closed.iter().copied().chain(days).collect();
        closed.sort_unstable();
        closed.dedup();
        Self { national: self.national.clone(), closed: closed.into() }
    }

    /// The first and the last year whose holidays are known.
    pub fn years(&self) -> (i16, i16) {
        match self.national {
            National::ByLaw => law::YEARS,
            National::Listed { years, .. } => years,
        }
    }

    /// The name of the national holiday on a day, if it is one.
    pub fn name(&self, day: Date) -> Option<&str> {
        match &self.national {
            National::ByLaw => law::name(day),
            National::Listed { days, .. } => {
                let at = days.binary_search_by_key(&day, |(listed, _)| *listed).ok()?;
                Some(&days[at].1)
            }
        }
    }

    /// Whether the public bodies of the city are closed on a day; `None` in years whose holidays are not known, where the day would
    /// otherwise be open.
    pub fn is_closed(&self, day: Date) -> Option<bool> {
        if self.closed.binary_search(&day).is_ok() { Some(true) } else { self.is_state_closed(day) }
    }

    /// Whether the offices of the state are closed on a day, whatever a city does; `None` as for [`Holidays::is_closed`].
    pub fn is_state_closed(&self, day: Date) -> Option<bool> {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let year_end = matches!((day.month(), day.day()), (12, 29..) | (1, ..=3));
        if weekend || year_end || self.name(day).is_some() {
            return Some(true);
        }
        let (first, last) = self.years();
        (first..=last).contains(&day.year()).then_some(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn years_that_are_not_known_are_neither_open_nor_closed() {
        let holidays = Holidays::japan();
        assert_eq!(holidays.is_closed(date(2027, 12, 28)), Some(false));
        assert_eq!(holidays.is_closed(date(2028, 1, 3)), Some(true));
        assert_eq!(holidays.is_closed(date(2028, 1, 4)), None);
        assert_eq!(holidays.is_closed(date(2028, 1, 8)), Some(true));
        assert_eq!(holidays.name(date(2028, 1, 1)), None);
        assert_eq!(holidays.is_closed(date(1954, 12, 28)), None);
    }

    #[test]
    fn a_city_closes_on_further_days_and_the_state_does_not() {
        let founding = date(2026, 6, 2);
        let holidays = Holidays::japan().with_closed([founding, founding]);
        assert_eq!(holidays.is_closed(founding), Some(true));
        assert_eq!(holidays.is_state_closed(founding), Some(false));
        assert_eq!(holidays.name(founding), None);
        let twice = holidays.with_closed([date(2026, 6, 3)]);
        assert_eq!(twice.is_closed(founding), Some(true));
        assert_eq!(twice.is_closed(date(2026, 6, 3)), Some(true));
    }

    #[test]
    fn holidays_go_between_threads() {
        fn goes_between_threads<T: Send + Sync + Clone>() {}
        goes_between_threads::<Holidays>();
    }
}
