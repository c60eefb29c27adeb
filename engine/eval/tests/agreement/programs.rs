//! Generates valid programs over a handful of facts.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use kijun_eval::Occasion;
use kijun_ir::{
    Calendar, Duration, Enum, EnumValue, IndexVec, Kind, Param, ParamId, ParamValue, Period, Program, Value,
};

use super::choices::Choices;
use super::values::{Days, ENUM_VALUES};
use super::{facts, relations, rules};

/// Days after which the clocks of New York changed, and one without such a change.
const DAYS: [Date; 3] = [date(2026, 6, 30), date(2026, 3, 9), date(2026, 11, 2)];
const ZONES: [&str; 2] = ["Asia/Tokyo", "America/New_York"];
pub(crate) const ENUMS: u32 = 2;

/// The calendar and the dates of a case. A short period is one throughout which rules may be judged.
pub(crate) fn occasion(choices: &mut Choices) -> (Days, Occasion) {
    let zone = TimeZone::get(choices.pick(&ZONES)).unwrap_or(TimeZone::UTC);
    let fiscal_month = choices.pick(&[4, 4, 4, 1, 12]);
    let calendar = Calendar { zone, fiscal_month, ..Calendar::japan() };
    let today = choices.pick(&DAYS);
    let mut days = Days { today, period: Period { start: today, end: today }, calendar };
    let (earliest, longest) = choices.pick(&[(4, 5), (4, 5), (12, 8), (40, 40)]);
    // Now and then the period has not begun.
    let start = if choices.chance(4) { 1 } else { -i64::from(choices.below(earliest)) };
    let end = (start + i64::from(choices.below(longest))).min(5);
    days.period = Period { start: days.day(start), end: days.day(end.max(start)) };
    let occasion = Occasion { today, period_start: days.period.start, period_end: days.period.end };
    (days, occasion)
}

/// A program with one to three rules.
pub(crate) fn program(choices: &mut Choices, days: &Days, occasion: Occasion) -> Program {
    let (facts, groups) = facts::facts(choices, days);
    let mut program = Program {
        enums: (0..ENUMS).map(|_| declared_enum()).collect(),
        facts,
        params: params(choices, days),
        ..Program::new(days.calendar.clone())
    };
    for group in &groups {
        for relation in relations::group(choices, &program, days, group) {
            program.relations.push(relation);
        }
    }
    for _ in 0..choices.within(1..4) {
        let rule = rules::rule(choices, &program, days, occasion);
        program.rules.push(rule);
    }
    program
}

fn declared_enum() -> Enum {
    let values =
        (0..ENUM_VALUES).map(|value| EnumValue { name: format!("v{value}"), label: format!("値{value}") });
    Enum { name: "e".to_owned(), label: "e".to_owned(), values: values.collect() }
}

/// The parameter by which evidence may be fresh.
pub(crate) const FRESH: ParamId = ParamId(0);

fn params(choices: &mut Choices, days: &Days) -> IndexVec<ParamId, Param> {
    let kinds = [Kind::Int, Kind::Duration, Kind::Date, Kind::Text, Kind::Bool, Kind::Decimal];
    let fresh = choices.pick(&[Duration::days(0), Duration::days(3), Duration::days(3)]);
    let param = |name: String, kind, value| Param {
        name,
        label: String::new(),
        kind,
        value: ParamValue::One(value),
        rationale: String::new(),
        overridden: false,
    };
    let params = kinds.map(|kind| param(format!("param_{kind:?}"), kind, days.value(choices, kind)));
    std::iter::once(param("fresh".to_owned(), Kind::Duration, Value::Duration(fresh))).chain(params).collect()
}
