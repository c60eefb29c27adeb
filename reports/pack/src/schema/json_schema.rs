//! One row of a fact in JSON Lines, as a JSON Schema (2020-12).

use kijun_ir::{EnumId, Fact, FactId, Field, FieldId, Kind, Program};
use kijun_source::{Lang, bilingual};
use serde_json::{Map, Value, json};

use super::example::{self, ROWS};
use super::words::{class, field_type};
use crate::Error;

/// The schema: keys are the names of the fields, values as programs write them. Ends with a line break.
pub fn json_schema(program: &Program, fact: FactId, lang: Lang) -> Result<String, Error> {
    let declared = &program.facts[fact];
    let fields = || declared.fields.iter();
    let required: Vec<&str> =
        fields().filter(|(_, field)| !field.ty.optional).map(|(_, field)| field.name.as_str()).collect();
    let properties: Map<String, Value> =
        fields().map(|(id, field)| (field.name.clone(), property(program, fact, id, lang))).collect();
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": declared.label,
        "description": declared.doc,
        "type": "object",
        "additionalProperties": true,
        "required": required,
        "properties": properties,
        "examples": (0..ROWS).map(|row| example_row(program, fact, declared, row)).collect::<Vec<_>>(),
    });
    if declared.doc.is_empty() {
        schema.as_object_mut().and_then(|schema| schema.shift_remove("description"));
    }
    Ok(serde_json::to_string_pretty(&schema)? + "\n")
}

fn example_row(program: &Program, fact: FactId, declared: &Fact, row: usize) -> Value {
    let cells = declared.fields.iter();
    cells.map(|(id, field)| (field.name.clone(), example::value(program, fact, id, row).json)).collect()
}

fn property(program: &Program, fact: FactId, id: FieldId, lang: Lang) -> Value {
    let field = &program.facts[fact].fields[id];
    let mut property = Map::new();
    property.insert("title".to_owned(), field.label.as_str().into());
    property.insert("description".to_owned(), description(program, fact, id, lang).into());
    property.extend(constraint(program, field));
    Value::Object(property)
}

fn description(program: &Program, fact: FactId, id: FieldId, lang: Lang) -> String {
    let field = &program.facts[fact].fields[id];
    let absent = bilingual!(
        "ないときは null。書かなければ不明とみなす",
        "null where there is none; left out, it is unknown"
    );
    let parts = [
        Some(field_type(program, fact, id)),
        Some(class(field.class)).filter(|class| !class.ja.is_empty()),
        field.ty.optional.then_some(absent),
    ];
    let parts: Vec<&str> = parts.iter().flatten().map(|part| part.get(lang)).collect();
    parts.join(if lang == Lang::Ja { "。" } else { ". " })
}

/// What the values are. An empty text says nothing, so that a required one has a character.
fn constraint(program: &Program, field: &Field) -> Map<String, Value> {
    let (name, format) = match field.ty.kind {
        // `format` has words for addresses of one version each, not for either.
        Kind::Text | Kind::Ref(_) | Kind::Duration | Kind::Period | Kind::Ip | Kind::Cidr => ("string", None),
        Kind::Date => ("string", Some("date")),
        Kind::DateTime => ("string", Some("date-time")),
        Kind::Int => ("integer", None),
        Kind::Decimal => ("number", None),
        Kind::Bool => ("boolean", None),
        Kind::Enum(list) => return choice(program, list, field.ty.optional),
    };
    let mut constraint = Map::new();
    let ty = if field.ty.optional { json!([name, "null"]) } else { json!(name) };
    constraint.insert("type".to_owned(), ty);
    if let Some(format) = format {
        constraint.insert("format".to_owned(), format.into());
    } else if name == "string" && !field.ty.optional {
        constraint.insert("minLength".to_owned(), 1.into());
    }
    constraint
}

/// Names and labels of an enum's values: evidence may say either.
fn choice(program: &Program, list: EnumId, optional: bool) -> Map<String, Value> {
    let values = &program.enums[list].values;
    let mut choices: Vec<Value> = Vec::new();
    for text in values.iter().map(|value| &value.name).chain(values.iter().map(|value| &value.label)) {
        let choice = Value::from(text.as_str());
        if !choices.contains(&choice) {
            choices.push(choice);
        }
    }
    choices.extend(optional.then_some(Value::Null));
    Map::from_iter([("enum".to_owned(), Value::Array(choices))])
}
