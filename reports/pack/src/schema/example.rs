//! Invented values, to show what a row looks like. Keys and references of all facts fit together.

use kijun_ir::{FactId, FieldId, Kind, Program};
use serde_json::Value;

/// How many rows are invented.
pub(super) const ROWS: usize = 2;

/// A value as a file of either format writes it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Example {
    /// In CSV, as offices write it.
    pub(super) text: String,
    /// In JSON Lines, as programs write it.
    pub(super) json: Value,
}

/// The value of a field in a row, counted from 0. The first row has a value everywhere, the second shows what may be left out.
pub(super) fn value(program: &Program, of: FactId, id: FieldId, row: usize) -> Example {
    let field = &program.facts[of].fields[id];
    if field.ty.optional && row > 0 {
        return Example { text: String::new(), json: Value::Null };
    }
    let number = row + 1;
    match field.ty.kind {
        Kind::Text => same(format!("{}の見本{number}", field.label)),
        Kind::Ref(target) => same(format!("見本-{}-{number}", program.facts[target].name)),
        Kind::Int => Example { text: number.to_string(), json: number.into() },
        Kind::Decimal => Example { text: format!("{number}.5"), json: (number as f64 + 0.5).into() },
        Kind::Bool if row == 0 => Example { text: "○".to_owned(), json: true.into() },
        Kind::Bool => Example { text: "×".to_owned(), json: false.into() },
        Kind::Date => same(day(number)),
        Kind::DateTime => Example {
            text: format!("{} 09:00", day(number)),
            json: format!("{}T09:00:00+09:00", day(number)).into(),
        },
        Kind::Duration => same(format!("{}日", number * 30)),
        Kind::Period => same("2026-04-01/2027-03-31".to_owned()),
        Kind::Ip => same(format!("192.0.2.{number}")),
        Kind::Cidr => same("192.0.2.0/24".to_owned()),
        Kind::Enum(list) => {
            let values = &program.enums[list].values;
            let chosen = values.get(row).or(values.first());
            let (text, json) = chosen.map_or(("", ""), |value| (value.label.as_str(), value.name.as_str()));
            Example { text: text.to_owned(), json: json.into() }
        }
    }
}

fn same(text: String) -> Example {
    Example { json: text.as_str().into(), text }
}

fn day(number: usize) -> String {
    format!("2026-04-{number:02}")
}
