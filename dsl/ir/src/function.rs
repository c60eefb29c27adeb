//! The functions of the language: values in, a value out.

use crate::{Calendar, Kind, Period, Value, calendar};

/// A function of values. Its meaning does not depend on evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Function {
    /// The month that holds a date.
    MonthOf,
    /// The quarter of the fiscal year that holds a date.
    QuarterOf,
    /// The fiscal year that holds a date.
    FiscalYearOf,
    /// Whether two periods have a day in common.
    Overlaps,
    /// Whether the first period, which has a day, lies within the second.
    Within,
    /// How many days a period has.
    DaysIn,
    /// Whether public bodies are open on a date.
    IsBusinessDay,
    /// The date itself if it is a business day, otherwise the next one.
    RollForward,
    /// The day by which a final report is due: the day of knowing is day 1, calendar days, rolled forward to a day on which the offices of
    /// the state are open.
    PpcFinal,
    /// The last day of a length of time whose first day is not counted.
    MinpoEnd,
    /// The days on which the renewal of a Pマーク that ends on a date is applied for.
    PmarkWindow,
    /// A date as 令和8年4月1日.
    Wareki,
    /// How many characters a text has.
    Length,
}

impl Function {
    /// Every function.
    pub const ALL: [Function; 13] = [
        Function::MonthOf,
        Function::QuarterOf,
        Function::FiscalYearOf,
        Function::Overlaps,
        Function::Within,
        Function::DaysIn,
        Function::IsBusinessDay,
        Function::RollForward,
        Function::PpcFinal,
        Function::MinpoEnd,
        Function::PmarkWindow,
        Function::Wareki,
        Function::Length,
    ];

    /// The kinds of its arguments, and that of its value.
    pub fn signature(self) -> (&'static [Kind], Kind) {
        match self {
            Function::MonthOf | Function::QuarterOf | Function::FiscalYearOf | Function::PmarkWindow => {
                (&[Kind::Date], Kind::Period)
            }
            Function::Overlaps | Function::Within => (&[Kind::Period, Kind::Period], Kind::Bool),
            Function::DaysIn => (&[Kind::Period], Kind::Int),
            Function::IsBusinessDay => (&[Kind::Date], Kind::Bool),
            Function::RollForward => (&[Kind::Date], Kind::Date),
            Function::PpcFinal => (&[Kind::Date, Kind::Int], Kind::Date),
            Function::MinpoEnd => (&[Kind::Date, Kind::Duration], Kind::Date),
            Function::Wareki => (&[Kind::Date], Kind::Text),
            Function::Length => (&[Kind::Text], Kind::Int),
        }
    }

    /// Its value; `None` where the arguments are not of its kinds, beyond the calendar, or beyond the years whose holidays are known.
    pub fn apply(self, arguments: &[Value], calendar: &Calendar) -> Option<Value> {
        Some(match (self, arguments) {
            (Function::MonthOf, [Value::Date(day)]) => Value::Period(calendar::month_of(*day)?),
            (Function::QuarterOf, [Value::Date(day)]) => Value::Period(calendar.quarter_of(*day)?),
            (Function::FiscalYearOf, [Value::Date(day)]) => Value::Period(calendar.fiscal_year_of(*day)?),
            (Function::Overlaps, [Value::Period(a), Value::Period(b)]) => Value::Bool(a.overlaps(*b)),
            (Function::Within, [Value::Period(a), Value::Period(b)]) => Value::Bool(a.is_within(*b)),
            (Function::DaysIn, [Value::Period(period)]) => Value::Int(Period::days(*period)),
            (Function::IsBusinessDay, [Value::Date(day)]) => Value::Bool(calendar.is_business_day(*day)?),
            (Function::RollForward, [Value::Date(day)]) => Value::Date(calendar.roll_forward(*day)?),
            (Function::PpcFinal, [Value::Date(known), Value::Int(days)]) => {
                Value::Date(calendar.ppc_final(*known, *days)?)
            }
            (Function::MinpoEnd, [Value::Date(start), Value::Duration(length)]) => {
                Value::Date(calendar.minpo_end(*start, *length)?)
            }
            (Function::PmarkWindow, [Value::Date(expiry)]) => Value::Period(calendar.pmark_window(*expiry)?),
            (Function::Wareki, [Value::Date(day)]) => Value::text(&calendar::era_text(*day)),
            (Function::Length, [Value::Text(text)]) => Value::Int(i64::try_from(text.chars().count()).ok()?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Duration;
    use jiff::civil::date;

    /// A value of a kind that functions take or give.
    fn sample(kind: Kind) -> Value {
        match kind {
            Kind::Text => Value::text("甲乙"),
            Kind::Int => Value::Int(30),
            Kind::Bool => Value::Bool(true),
            Kind::Date => Value::Date(date(2026, 4, 5)),
            Kind::Duration => Value::Duration(Duration::months(12)),
            Kind::Period => Value::Period(Period { start: date(2026, 4, 1), end: date(2027, 3, 31) }),
            other => panic!("no function takes or gives {other:?}"),
        }
    }

    #[test]
    fn functions_give_what_their_signatures_say() {
        let calendar = Calendar::japan();
        for function in Function::ALL {
            let (kinds, kind) = function.signature();
            let arguments: Vec<Value> = kinds.iter().map(|kind| sample(*kind)).collect();
            let value = function.apply(&arguments, &calendar).expect("a value");
            assert_eq!(std::mem::discriminant(&value), std::mem::discriminant(&sample(kind)), "{function:?}");
            let fewer = &arguments[1..];
            assert_eq!(function.apply(fewer, &calendar), None, "{function:?}");
            let others = vec![Value::Enum(0); arguments.len()];
            assert_eq!(function.apply(&others, &calendar), None, "{function:?}");
        }
    }

    #[test]
    fn functions_give_what_their_names_say() {
        let year = sample(Kind::Period);
        let empty = Value::Period(Period { start: date(2026, 4, 2), end: date(2026, 4, 1) });
        let day = |month, day| Value::Date(date(2026, month, day));
        let cases = [
            (Function::PpcFinal, vec![day(4, 5), Value::Int(30)], Some(day(5, 7))),
            (Function::PpcFinal, vec![day(4, 5), Value::Int(0)], None),
            (Function::RollForward, vec![day(9, 19)], Some(day(9, 24))),
            (Function::IsBusinessDay, vec![day(9, 22)], Some(Value::Bool(false))),
            (Function::IsBusinessDay, vec![Value::Date(date(2028, 4, 3))], None),
            (Function::Wareki, vec![day(4, 1)], Some(Value::text("令和8年4月1日"))),
            (Function::Length, vec![Value::text("甲乙")], Some(Value::Int(2))),
            (Function::DaysIn, vec![year.clone()], Some(Value::Int(365))),
            (Function::DaysIn, vec![empty.clone()], Some(Value::Int(0))),
            (Function::Within, vec![year.clone(), year.clone()], Some(Value::Bool(true))),
            (Function::Within, vec![empty.clone(), year.clone()], Some(Value::Bool(false))),
            (Function::Overlaps, vec![empty, year], Some(Value::Bool(false))),
        ];
        for (function, arguments, expected) in cases {
            assert_eq!(
                function.apply(&arguments, &Calendar::japan()),
                expected,
                "{function:?} {arguments:?}"
            );
        }
    }
}
