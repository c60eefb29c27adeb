//! What people read of a subject: its name, and the message of its rule.

use jiff::Timestamp;
use kijun_ir::{
    Cell, Class, Duration, Expr, ExprKind, Fact, FactId, FactKind, FieldId, Kind, Rule, RuleId, TemplatePart,
    Type, Value,
};

use super::MessagePart;
use crate::Snapshot;
use crate::prover::Scene;

/// What the rule's message says of a subject.
pub fn message(snapshot: &Snapshot<'_>, rule: RuleId, row: Option<u32>) -> Vec<MessagePart> {
    let rule = &snapshot.program.rules[rule];
    let mut scene = Scene::new(snapshot, rule, row);
    let parts = rule.message.parts.iter().map(|part| match part {
        TemplatePart::Text(text) => MessagePart { text: text.clone(), class: Class::Open },
        TemplatePart::Value(expr) => MessagePart {
            text: cell_text(snapshot, &scene.value(expr).cell, expr.ty),
            class: class_of(snapshot, rule, expr),
        },
    });
    parts.collect()
}

/// What people call a row: its key; without one, the time and the first two other fields that name
/// something. Only what anyone may see: a personal or secret field is passed over, be it the key.
pub fn row_name(snapshot: &Snapshot<'_>, fact: FactId, row: u32) -> String {
    let declared = &snapshot.program.facts[fact];
    let text = |field: FieldId| known_text(snapshot, fact, row, field);
    if let Some(name) = declared.key.and_then(text) {
        return name;
    }
    let time = match declared.kind {
        FactKind::Event { at } => Some(at),
        FactKind::State => None,
    };
    let names = naming_fields(declared).filter_map(text).take(2);
    let words: Vec<String> = time.and_then(text).into_iter().chain(names).collect();
    if words.is_empty() {
        return format!("{}行目", snapshot.table(fact).origin(row).line);
    }
    words.join(" ")
}

/// The fields other than the key that hold texts or references.
fn naming_fields(fact: &Fact) -> impl Iterator<Item = FieldId> {
    let names = |kind| matches!(kind, Kind::Text | Kind::Ref(_));
    let fields = fact.fields.iter().filter(move |(id, field)| names(field.ty.kind) && fact.key != Some(*id));
    fields.map(|(id, _)| id)
}

/// The value of an open field as people read it, if it is known.
fn known_text(snapshot: &Snapshot<'_>, fact: FactId, row: u32, field: FieldId) -> Option<String> {
    let declared = &snapshot.program.facts[fact].fields[field];
    let cell = snapshot.table(fact).cell(&snapshot.evidence.dictionary, row, field);
    let shown = field_class(snapshot, fact, field) == Class::Open && matches!(cell, Cell::Known(_));
    shown.then(|| cell_text(snapshot, &cell, declared.ty))
}

/// The greatest class of the fields that an expression of a rule reads.
pub fn class_of(snapshot: &Snapshot<'_>, rule: &Rule, expr: &Expr) -> Class {
    let mut class = Class::Open;
    expr.walk(&mut |expr| {
        let (fact, field) = match &expr.kind {
            ExprKind::Field { var, field } => (rule.vars[*var].fact, *field),
            ExprKind::Follow { fact, field, .. } => (*fact, *field),
            _ => return,
        };
        class = class.max(field_class(snapshot, fact, field));
    });
    class
}

/// Who may see a field: a reference shows the key that it names, so that it is no more open than that.
fn field_class(snapshot: &Snapshot<'_>, fact: FactId, field: FieldId) -> Class {
    let field = &snapshot.program.facts[fact].fields[field];
    let Kind::Ref(named) = field.ty.kind else { return field.class };
    let named = &snapshot.program.facts[named];
    let key = named.key.map_or(Class::Open, |key| named.fields[key].class);
    field.class.max(key)
}

/// A cell as people read it.
pub fn cell_text(snapshot: &Snapshot<'_>, cell: &Cell, ty: Type) -> String {
    match cell {
        Cell::Known(value) => value_text(snapshot, value, ty.kind),
        Cell::None => "なし".to_owned(),
        Cell::Unknown => "不明".to_owned(),
    }
}

fn value_text(snapshot: &Snapshot<'_>, value: &Value, kind: Kind) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::Bool(true) => "はい".to_owned(),
        Value::Bool(false) => "いいえ".to_owned(),
        Value::Date(date) => date.to_string(),
        Value::DateTime(instant) => instant_text(snapshot, *instant),
        Value::Duration(length) => duration_text(*length),
        Value::Enum(position) => enum_label(snapshot, *position, kind),
    }
}

/// The local date and time, to the minute.
fn instant_text(snapshot: &Snapshot<'_>, instant: Timestamp) -> String {
    snapshot.program.zone.to_datetime(instant).strftime("%Y-%m-%d %H:%M").to_string()
}

fn enum_label(snapshot: &Snapshot<'_>, position: u16, kind: Kind) -> String {
    let declared = match kind {
        Kind::Enum(id) => snapshot.program.enums[id].values.get(usize::from(position)),
        _ => None,
    };
    declared.map_or_else(|| position.to_string(), |value| value.label.clone())
}

/// Each unit that is not zero: `1年6か月`, `30日`, `10分`.
fn duration_text(length: Duration) -> String {
    let seconds = length.micros / 1_000_000;
    let units = [
        (i64::from(length.months) / 12, "年"),
        (i64::from(length.months) % 12, "か月"),
        (i64::from(length.days), "日"),
        (seconds / 3_600, "時間"),
        (seconds % 3_600 / 60, "分"),
        (seconds % 60, "秒"),
    ];
    let text: String = units
        .iter()
        .filter(|(number, _)| *number != 0)
        .map(|(number, unit)| format!("{number}{unit}"))
        .collect();
    if text.is_empty() { "0日".to_owned() } else { text }
}
