//! The answer to a question as JSON, for programs. Its schema is `schema/answer-1.schema.json`.

use jiff::tz::TimeZone;
use kijun_audit::{Answer, FoundRow, FoundRows, Said};
use kijun_ir::{Kind, Truth, Value};
use kijun_source::Bilingual;
use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::Error;
use crate::mask::shown;
use crate::words::rfc3339;

/// The JSON Schema (2020-12) of what [`render`] writes.
pub const SCHEMA: &str = include_str!("../schema/answer-1.schema.json");

/// The answer as JSON: keys in a fixed order, indented by two, with a line break at the end. Datetimes are those of the zone.
pub fn render(answer: &Answer, zone: &TimeZone) -> Result<String, Error> {
    let mut text = serde_json::to_string_pretty(&answered(answer, zone))?;
    text.push('\n');
    Ok(text)
}

/// The whole file, version 1. The types only ever grow, and only with a new minor schema.
#[derive(Debug, Serialize)]
struct Answered<'a> {
    schema_version: &'static str,
    question: &'a str,
    period: Days,
    as_of: String,
    answer: Spoken<'a>,
    rows: Option<Rows<'a>>,
    missing: Vec<Text<'a>>,
}

#[derive(Debug, Serialize)]
struct Days {
    from: String,
    to: String,
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Spoken<'a> {
    Condition {
        truth: &'static str,
    },
    Value {
        state: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        r#type: Option<&'static str>,
        /// Null where it is masked.
        value: Json,
        #[serde(skip_serializing_if = "Option::is_none")]
        text: Option<&'a str>,
    },
}

#[derive(Debug, Serialize)]
struct Rows<'a> {
    fact: &'a str,
    label: &'a str,
    read: usize,
    fit: usize,
    may_fit: usize,
    listed: Vec<Row<'a>>,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    name: &'a str,
    truth: &'static str,
    path: Option<&'a str>,
    line: Option<u32>,
    cells: Vec<Cell<'a>>,
}

#[derive(Debug, Serialize)]
struct Cell<'a> {
    field: &'a str,
    label: &'a str,
    text: &'a str,
}

/// A text in both languages.
#[derive(Debug, Serialize)]
struct Text<'a> {
    ja: &'a str,
    en: &'a str,
}

fn answered<'a>(answer: &'a Answer, zone: &TimeZone) -> Answered<'a> {
    Answered {
        schema_version: "1",
        question: &answer.question,
        period: Days {
            from: answer.occasion.period_start.to_string(),
            to: answer.occasion.period_end.to_string(),
        },
        as_of: answer.occasion.today.to_string(),
        answer: spoken(&answer.said, zone),
        rows: answer.rows.as_ref().map(rows),
        missing: answer.lacks.iter().map(|Bilingual { ja, en }| Text { ja, en }).collect(),
    }
}

fn spoken<'a>(said: &'a Said, zone: &TimeZone) -> Spoken<'a> {
    let without = |state| Spoken::Value { state, r#type: None, value: Json::Null, text: None };
    match said {
        Said::Truth(truth) => Spoken::Condition { truth: truth_name(*truth) },
        Said::Value { value, kind, shown: piece } => Spoken::Value {
            state: "known",
            r#type: Some(type_name(*kind)),
            value: if said.is_open() { typed(value, &piece.text, zone) } else { Json::Null },
            text: Some(shown(piece)),
        },
        Said::None => without("none"),
        Said::Unknown => without("unknown"),
    }
}

fn rows(found: &FoundRows) -> Rows<'_> {
    Rows {
        fact: &found.fact.name,
        label: &found.fact.label,
        read: found.read,
        fit: found.sure,
        may_fit: found.unsure,
        listed: found.listed.iter().map(row).collect(),
    }
}

fn row(found: &FoundRow) -> Row<'_> {
    let cells = found.cells.iter();
    Row {
        name: &found.name,
        truth: truth_name(found.truth),
        path: found.place.as_ref().map(|place| place.path.as_str()),
        line: found.place.as_ref().map(|place| place.line),
        cells: cells
            .map(|cell| Cell { field: &cell.field, label: &cell.label, text: shown(&cell.value) })
            .collect(),
    }
}

fn truth_name(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "true",
        Truth::False => "false",
        Truth::Unknown => "unknown",
    }
}

fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Int => "int",
        Kind::Decimal => "decimal",
        Kind::Bool => "bool",
        Kind::Date => "date",
        Kind::DateTime => "datetime",
        Kind::Duration => "duration",
        Kind::Period => "period",
        Kind::Ip => "ip",
        Kind::Cidr => "cidr",
        Kind::Enum(_) => "enum",
        Kind::Ref(_) => "ref",
    }
}

/// A value as programs read it; what they have no form for is as people read it. Decimals are texts, so that none is rounded.
fn typed(value: &Value, text: &str, zone: &TimeZone) -> Json {
    match value {
        Value::Int(number) => json!(number),
        Value::Bool(value) => json!(value),
        Value::DateTime(instant) => json!(rfc3339(*instant, zone)),
        Value::Period(period) => json!({ "from": period.start.to_string(), "to": period.end.to_string() }),
        Value::Text(_)
        | Value::Decimal(_)
        | Value::Date(_)
        | Value::Duration(_)
        | Value::Ip(_)
        | Value::Cidr(_)
        | Value::Enum(_) => json!(text),
    }
}
