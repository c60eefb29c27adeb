//! The words for names, literals and lengths of time.

use kijun_ir::{Duration, Fact, FactKind, Kind, Param, ParamValue, Part, Program, Value, VarId, calendar};

use crate::sentence::scope::{Called, Scope};

/// A length of time: 1年6か月, 3営業日, 10分.
pub(crate) fn duration(length: Duration) -> String {
    let seconds = length.micros / 1_000_000;
    let amounts = [
        (i64::from(length.months / 12), "年"),
        (i64::from(length.months % 12), "か月"),
        (i64::from(length.days), "日"),
        (i64::from(length.business_days), "営業日"),
        (seconds / 3600, "時間"),
        (seconds % 3600 / 60, "分"),
        (seconds % 60, "秒"),
        (length.micros % 1_000_000, "マイクロ秒"),
    ];
    let said: Vec<String> = amounts
        .iter()
        .filter(|(amount, _)| *amount != 0)
        .map(|(amount, unit)| format!("{amount}{unit}"))
        .collect();
    if said.is_empty() { "0日".to_owned() } else { said.concat() }
}

/// A value as it stands in a sentence.
pub(crate) fn literal(program: &Program, kind: Kind, value: &Value) -> String {
    match value {
        Value::Text(text) if text.is_empty() => "空欄".to_owned(),
        Value::Text(text) => quoted(text),
        Value::Int(number) => number.to_string(),
        Value::Decimal(number) => number.normalize().to_string(),
        Value::Bool(true) => "「はい」".to_owned(),
        Value::Bool(false) => "「いいえ」".to_owned(),
        Value::Date(day) => calendar::era_text(*day),
        Value::DateTime(instant) => {
            let local = program.calendar.zone.to_datetime(*instant);
            let seconds = if local.second() == 0 { String::new() } else { format!("{}秒", local.second()) };
            format!("{}{}時{}分{seconds}", calendar::era_text(local.date()), local.hour(), local.minute())
        }
        Value::Duration(length) => duration(*length),
        Value::Period(period) => {
            format!("{}から{}まで", calendar::era_text(period.start), calendar::era_text(period.end))
        }
        Value::Ip(address) => address.to_string(),
        Value::Cidr(network) => network.to_string(),
        Value::Enum(position) => {
            let Kind::Enum(id) = kind else { return position.to_string() };
            let value = program.enums[id].values.get(usize::from(*position));
            value.map_or_else(|| position.to_string(), |value| quoted(&value.label))
        }
    }
}

/// A parameter with the value in force.
pub(super) fn param(program: &Program, param: &Param) -> String {
    format!("{}（{}）", quoted(&param.label), param_value(program, param))
}

/// The value of a parameter that is in force.
pub(crate) fn param_value(program: &Program, param: &Param) -> String {
    match &param.value {
        ParamValue::One(value) => unquoted(&literal(program, param.kind, value)),
        ParamValue::List(values) => {
            values.iter().map(|value| literal(program, param.kind, value)).collect::<Vec<_>>().concat()
        }
    }
}

/// Words in quotation marks; marks within them are double.
pub(crate) fn quoted(words: &str) -> String {
    format!("「{}」", words.replace('「', "『").replace('」', "』"))
}

/// Words without the quotation marks around them.
pub(super) fn unquoted(words: &str) -> String {
    words.strip_prefix('「').and_then(|rest| rest.strip_suffix('」')).unwrap_or(words).to_owned()
}

/// What the rows of a fact are called.
pub(super) fn fact(program: &Program, fact: &Fact) -> String {
    match fact.kind {
        FactKind::Calendar(of) => part(of).to_owned(),
        FactKind::Gaps(log) => format!("{}の欠け", program.facts[log].label),
        FactKind::State | FactKind::Event { .. } | FactKind::Table | FactKind::Relation(_) => {
            fact.label.clone()
        }
    }
}

/// A part of the calendar.
pub(super) fn part(part: Part) -> &'static str {
    match part {
        Part::Day => "日",
        Part::Month => "月",
        Part::Quarter => "四半期",
        Part::FiscalYear => "年度",
    }
}

/// What a row is called where the sentence is about another.
pub(super) fn called(scope: &Scope<'_>, var: VarId) -> String {
    const LETTERS: [&str; 10] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
    let Some(id) = scope.names.fact_of(var) else { return String::new() };
    let label = fact(scope.names.program, &scope.names.program.facts[id]);
    match scope.names.called(var) {
        Called::The => format!("当該{label}"),
        Called::Subject => format!("対象の{label}"),
        Called::Earlier => format!("前の{label}"),
        Called::Later => format!("後の{label}"),
        Called::Lettered(index) => match LETTERS.get(index) {
            Some(letter) => format!("{label}{letter}"),
            None => format!("{label}{}", index + 1),
        },
    }
}

/// `A`, `A又はB`, `A、B又はC`, and so with 及び.
pub(super) fn joined(words: &[String], last: &str) -> String {
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((end, others)) => format!("{}{last}{end}", others.join("、")),
    }
}
