//! Dates, lengths of time and values as people read them.

use jiff::civil::{Date, Time};
use jiff::{Timestamp, tz::TimeZone};
use kijun_eval::Snapshot;
use kijun_ir::{Duration, FactId, Freshness, Kind, Param, ParamValue, Period, Program, Value};
use kijun_source::{Bilingual, bilingual};

use super::{FactName, ParamRecord};

/// A fact by name and label.
pub(super) fn fact_name(program: &Program, fact: FactId) -> FactName {
    let fact = &program.facts[fact];
    FactName { name: fact.name.clone(), label: fact.label.clone() }
}

/// The parameters in force.
pub(super) fn params(snapshot: &Snapshot<'_>) -> Vec<ParamRecord> {
    let program = snapshot.program;
    let record = |param: &kijun_ir::Param| ParamRecord {
        name: param.name.clone(),
        label: param.label.clone(),
        value: param_value(program, param),
        rationale: param.rationale.clone(),
        overridden: param.overridden,
    };
    program.params.values().map(record).collect()
}

/// How fresh a type of evidence must be; where a parameter says it, with its label and the value in force.
pub fn freshness(program: &Program, fact: FactId) -> Bilingual {
    let length = duration(program.freshness(fact));
    match program.facts[fact].fresh {
        Freshness::Fixed(_) => length,
        Freshness::Param(param) => {
            let (param, Bilingual { ja, en }) = (&program.params[param], length);
            let (label, name) = (&param.label, &param.name);
            bilingual!("「{label}」（{ja}）", "`{name}` ({en})")
        }
    }
}

fn param_value(program: &Program, param: &Param) -> Bilingual {
    match &param.value {
        ParamValue::One(one) => value(program, param.kind, one),
        ParamValue::List(list) => {
            let values: Vec<Bilingual> = list.iter().map(|one| value(program, param.kind, one)).collect();
            let ja: Vec<&str> = values.iter().map(|value| value.ja.as_str()).collect();
            let en: Vec<&str> = values.iter().map(|value| value.en.as_str()).collect();
            Bilingual::new(ja.join("、"), en.join(", "))
        }
    }
}

/// A value; an enum's by its label.
fn value(program: &Program, kind: Kind, value: &Value) -> Bilingual {
    match (value, kind) {
        (Value::Text(text), _) => Bilingual::same(&**text),
        (Value::Int(number), _) => Bilingual::same(number.to_string()),
        (Value::Decimal(number), _) => Bilingual::same(number.to_string()),
        (Value::Bool(true), _) => Bilingual::new("はい", "yes"),
        (Value::Bool(false), _) => Bilingual::new("いいえ", "no"),
        (Value::Date(date), _) => Bilingual::same(date.to_string()),
        (Value::DateTime(instant), _) => Bilingual::same(minute(*instant, &program.calendar.zone)),
        (Value::Duration(length), _) => duration(*length),
        (Value::Period(Period { start, end }), _) => {
            bilingual!("{start} から {end} まで", "{start} to {end}")
        }
        (Value::Ip(address), _) => Bilingual::same(address.to_string()),
        (Value::Cidr(network), _) => Bilingual::same(network.to_string()),
        (Value::Enum(position), Kind::Enum(id)) => {
            let value = program.enums[id].values.get(usize::from(*position));
            value.map_or_else(
                || Bilingual::same(position.to_string()),
                |value| Bilingual::new(&value.label, &value.name),
            )
        }
        (Value::Enum(position), _) => Bilingual::same(position.to_string()),
    }
}

/// A length of time: `3年`, `31日`, `1年6か月`, `10分`.
pub fn duration(length: Duration) -> Bilingual {
    let seconds = length.micros / 1_000_000;
    let amounts = [
        (i64::from(length.months / 12), "年", "year"),
        (i64::from(length.months % 12), "か月", "month"),
        (i64::from(length.days), "日", "day"),
        (i64::from(length.business_days), "営業日", "business day"),
        (seconds / 3600, "時間", "hour"),
        (seconds % 3600 / 60, "分", "minute"),
        (seconds % 60, "秒", "second"),
    ];
    let said = amounts.iter().filter(|(amount, _, _)| *amount != 0);
    let ja: String = said.clone().map(|(amount, unit, _)| format!("{amount}{unit}")).collect();
    let en: Vec<String> = said
        .map(|(amount, _, unit)| format!("{amount} {unit}{}", if *amount == 1 { "" } else { "s" }))
        .collect();
    if ja.is_empty() { Bilingual::new("0日", "0 days") } else { Bilingual::new(ja, en.join(" ")) }
}

/// A local date and time to the minute, to the second where it has seconds.
pub(super) fn minute(instant: Timestamp, zone: &TimeZone) -> String {
    let local = zone.to_datetime(instant);
    let form = if local.second() == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" };
    local.strftime(form).to_string()
}

/// The days of a half-open stretch, both included; `None` where it does not begin and end at midnight.
pub(super) fn whole_days(from: Timestamp, to: Timestamp, zone: &TimeZone) -> Option<(Date, Date)> {
    let (from, to) = (zone.to_datetime(from), zone.to_datetime(to));
    let midnight = Time::midnight();
    let whole = from.time() == midnight && to.time() == midnight && from < to;
    whole.then(|| to.date().yesterday().ok().map(|last| (from.date(), last))).flatten()
}

/// A half-open stretch of time as it stands before 記録 and behind "records", by days where it consists of whole ones.
pub(super) fn stretch(from: Option<Timestamp>, to: Timestamp, zone: &TimeZone) -> Bilingual {
    let Some(from) = from else {
        let last = zone.to_datetime(to.checked_sub(jiff::Span::new().microseconds(1)).unwrap_or(to));
        let last = last.date();
        return bilingual!("{last} 以前の", "up to {last}");
    };
    match whole_days(from, to, zone) {
        Some((first, last)) if first == last => bilingual!("{first} の", "of {first}"),
        Some((first, last)) => bilingual!("{first} から {last} までの", "from {first} to {last}"),
        None => {
            let (from, to) = (minute(from, zone), minute(to, zone));
            bilingual!("{from} から {to} までの", "from {from} to {to}")
        }
    }
}
