//! What people read of values, and the message of a rule about a subject.

use jiff::Timestamp;
use kijun_ir::{
    Binding, Cell, Class, Duration, Expr, ExprKind, FactId, FieldId, IndexVec, Kind, Rule, RuleId,
    TemplatePart, Type, Value, VarId,
};

use super::MessagePart;
use super::scene::Scene;
use crate::{Snapshot, Subject};

/// What the rule's message says of a subject.
pub fn message(snapshot: &Snapshot<'_>, rule: RuleId, subject: Subject) -> Vec<MessagePart> {
    let rule = &snapshot.program.rules[rule];
    let mut scene = Scene::of_subject(snapshot, rule, subject);
    let parts = rule.message.parts.iter().map(|part| match part {
        TemplatePart::Text(text) => MessagePart { text: text.clone(), class: Class::Open },
        TemplatePart::Value(expr) => MessagePart {
            text: cell_text(snapshot, &scene.value(expr).cell, expr.ty),
            class: class_of(snapshot, rule, expr),
        },
    });
    parts.collect()
}

/// The greatest class of the fields that an expression of a rule reads, be it to make a text or an aggregate of them.
pub fn class_of(snapshot: &Snapshot<'_>, rule: &Rule, expr: &Expr) -> Class {
    class_in(snapshot, &rule.vars, expr)
}

/// As [`class_of`], of an expression over these variables.
pub fn class_in(snapshot: &Snapshot<'_>, vars: &IndexVec<VarId, Binding>, expr: &Expr) -> Class {
    let mut class = Class::Open;
    expr.walk(&mut |expr| {
        let (fact, field) = match &expr.kind {
            ExprKind::Field { var, field } => (vars[*var].fact, *field),
            ExprKind::Follow { fact, field, .. } => (*fact, *field),
            _ => return,
        };
        class = class.max(class_of_field(snapshot, fact, field));
    });
    class
}

/// Who may see a field: a reference shows the key that it names, so that it is no more open than that.
pub fn class_of_field(snapshot: &Snapshot<'_>, fact: FactId, field: FieldId) -> Class {
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
        Value::Period(period) => format!("{}〜{}", period.start, period.end),
        Value::Ip(address) => address.to_string(),
        Value::Cidr(network) => network.to_string(),
        Value::Enum(position) => enum_label(snapshot, *position, kind),
    }
}

/// The local date and time, to the minute.
fn instant_text(snapshot: &Snapshot<'_>, instant: Timestamp) -> String {
    snapshot.program.calendar.zone.to_datetime(instant).strftime("%Y-%m-%d %H:%M").to_string()
}

fn enum_label(snapshot: &Snapshot<'_>, position: u16, kind: Kind) -> String {
    let declared = match kind {
        Kind::Enum(id) => snapshot.program.enums[id].values.get(usize::from(position)),
        _ => None,
    };
    declared.map_or_else(|| position.to_string(), |value| value.label.clone())
}

/// Each unit that is not zero: `1年6か月`, `30日`, `3営業日`, `10分`.
fn duration_text(length: Duration) -> String {
    let seconds = length.micros / 1_000_000;
    let units = [
        (i64::from(length.months) / 12, "年"),
        (i64::from(length.months) % 12, "か月"),
        (i64::from(length.days), "日"),
        (i64::from(length.business_days), "営業日"),
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
