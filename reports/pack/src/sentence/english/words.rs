//! The words for names, literals and lengths of time.

use kijun_ir::{Duration, Fact, FactKind, Kind, Param, ParamValue, Part, Program, Value, VarId};

use crate::sentence::scope::{Called, Scope};

/// A length of time: 1 year 6 months, 3 business days.
pub(super) fn duration(length: Duration) -> String {
    let seconds = length.micros / 1_000_000;
    let amounts = [
        (i64::from(length.months / 12), "year"),
        (i64::from(length.months % 12), "month"),
        (i64::from(length.days), "day"),
        (i64::from(length.business_days), "business day"),
        (seconds / 3600, "hour"),
        (seconds % 3600 / 60, "minute"),
        (seconds % 60, "second"),
        (length.micros % 1_000_000, "microsecond"),
    ];
    let said: Vec<String> = amounts
        .iter()
        .filter(|(amount, _)| *amount != 0)
        .map(|(amount, unit)| format!("{amount} {unit}{}", if *amount == 1 { "" } else { "s" }))
        .collect();
    if said.is_empty() { "0 days".to_owned() } else { said.join(" ") }
}

/// A value as it stands in a sentence.
pub(crate) fn literal(program: &Program, kind: Kind, value: &Value) -> String {
    match value {
        Value::Text(text) if text.is_empty() => "an empty text".to_owned(),
        Value::Text(text) => format!("“{text}”"),
        Value::Int(number) => number.to_string(),
        Value::Decimal(number) => number.normalize().to_string(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Date(day) => day.to_string(),
        Value::DateTime(instant) => {
            let local = program.calendar.zone.to_datetime(*instant);
            local
                .strftime(if local.second() == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" })
                .to_string()
        }
        Value::Duration(length) => duration(*length),
        Value::Period(period) => format!("{} to {}", period.start, period.end),
        Value::Ip(address) => address.to_string(),
        Value::Cidr(network) => network.to_string(),
        Value::Enum(position) => {
            let Kind::Enum(id) = kind else { return position.to_string() };
            let value = program.enums[id].values.get(usize::from(*position));
            value.map_or_else(|| position.to_string(), |value| format!("“{}”", words(&value.name)))
        }
    }
}

/// A parameter with the value in force.
pub(super) fn param(program: &Program, param: &Param) -> String {
    format!("“{}” ({})", words(&param.name), param_value(program, param))
}

/// The value of a parameter that is in force.
pub(crate) fn param_value(program: &Program, param: &Param) -> String {
    match &param.value {
        ParamValue::One(value) => literal(program, param.kind, value),
        ParamValue::List(values) => {
            values.iter().map(|value| literal(program, param.kind, value)).collect::<Vec<_>>().join(", ")
        }
    }
}

/// A name of the ruleset as words.
pub(crate) fn words(name: &str) -> String {
    name.replace('_', " ")
}

/// What a row of a fact is called.
pub(super) fn fact(program: &Program, fact: &Fact) -> String {
    match fact.kind {
        FactKind::Calendar(of) => part(of).to_owned(),
        FactKind::Gaps(log) => format!("gap in the {}", words(&program.facts[log].name)),
        FactKind::Relation(_) => format!("row of “{}”", words(&fact.name)),
        FactKind::State | FactKind::Event { .. } | FactKind::Table => words(&fact.name),
    }
}

/// A part of the calendar.
pub(super) fn part(part: Part) -> &'static str {
    match part {
        Part::Day => "day",
        Part::Month => "month",
        Part::Quarter => "quarter",
        Part::FiscalYear => "fiscal year",
    }
}

/// A noun with its article.
pub(super) fn a(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']);
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

/// What a row is called where the sentence is about another.
pub(super) fn called(scope: &Scope<'_>, var: VarId) -> String {
    let Some(id) = scope.names.fact_of(var) else { return String::new() };
    let noun = fact(scope.names.program, &scope.names.program.facts[id]);
    match scope.names.called(var) {
        Called::The => format!("the {noun}"),
        Called::Subject => format!("the {noun} in question"),
        Called::Earlier => format!("the earlier {noun}"),
        Called::Later => format!("the later {noun}"),
        Called::Lettered(index) => {
            let letter =
                u8::try_from(index).ok().filter(|index| *index < 26).map(|index| char::from(b'A' + index));
            let letter = letter.map_or_else(|| (index + 1).to_string(), |letter| letter.to_string());
            format!("{noun} {letter}")
        }
    }
}

/// `A`, `A or B`, `A, B or C`.
pub(super) fn joined(words: &[String], last: &str) -> String {
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((end, others)) => format!("{} {last} {end}", others.join(", ")),
    }
}
