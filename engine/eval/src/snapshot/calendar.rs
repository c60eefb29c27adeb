//! The rows of the calendar: days, months, quarters, fiscal years.

use jiff::civil::Date;
use kijun_ir::{Calendar, Cell, Duration, Part, Period, Value, calendar::add_to_date};

use super::Occasion;

/// So many years before and after the period under audit the calendar has rows. A question beyond is not answered.
const YEARS: i32 = 20;

/// The days for which the calendar of an occasion has rows.
pub(super) fn stretch(occasion: Occasion) -> Period {
    let (first, last) = (occasion.period_start.min(occasion.today), occasion.period_end.max(occasion.today));
    let back = add_to_date(first, Duration::months(-12 * YEARS)).unwrap_or(Date::MIN);
    let on = add_to_date(last, Duration::months(12 * YEARS)).unwrap_or(Date::MAX);
    Period { start: back, end: on }
}

/// The parts that a stretch touches, ascending: first and last day of each.
pub(super) fn rows(calendar: &Calendar, part: Part, stretch: Period) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    let mut next = Some(stretch.start);
    while let Some(period) =
        next.filter(|day| *day <= stretch.end).and_then(|day| calendar.part_of(part, day))
    {
        rows.push(vec![Cell::Known(Value::Date(period.start)), Cell::Known(Value::Date(period.end))]);
        next = period.end.tomorrow().ok();
    }
    rows
}
