//! The words of the document for facts and fields.

use kijun_ir::{Class, Fact, FactId, FactKind, Field, FieldId, Freshness, Kept, Kind, Program};

use crate::sentence::{duration_in_japanese as duration, quoted_in_japanese as quoted};

/// State or event, and what that means for its collections.
pub(super) fn kind(fact: &Fact) -> String {
    match fact.kind {
        FactKind::Event { at } => format!("出来事（{}に起きたことの記録）", fact.fields[at].label),
        _ => "状態（ある時点の全件の写し）".to_owned(),
    }
}

/// How fresh collections must be.
pub(super) fn fresh(program: &Program, id: FactId) -> String {
    let fact = &program.facts[id];
    let length = duration(program.freshness(id));
    let limit = match fact.fresh {
        Freshness::Fixed(_) => length,
        Freshness::Param(param) => format!("{}（{length}）", quoted(&program.params[param].label)),
    };
    match fact.kind {
        FactKind::Event { .. } => format!("記録の遅れは{limit}まで"),
        _ => format!("取り出してから{limit}以内"),
    }
}

/// When a row holds, by its own fields.
pub(super) fn valid(fact: &Fact) -> Option<String> {
    let valid = fact.valid?;
    let label = |field: FieldId| fact.fields[field].label.clone();
    if let Some(field) = valid.within {
        return Some(format!("{}の間", label(field)));
    }
    let from = valid.from.map(|field| format!("{}から", label(field))).unwrap_or_default();
    let until = valid.until.map(|(field, end)| {
        let included = match end {
            kijun_ir::End::Included => "まで（当日を含む）",
            kijun_ir::End::Excluded => "まで（当日を含まない）",
        };
        format!("{}{included}", label(field))
    });
    Some(format!("{from}{}", until.unwrap_or_default()))
}

/// For how long evidence is kept.
pub(super) fn kept(kept: Kept) -> String {
    let from = if kept.after_contract_end { "契約期間の終了後" } else { "収集後" };
    format!("{from}{}", duration(kept.length))
}

/// The type of a field.
pub(super) fn field_type(program: &Program, of: FactId, id: FieldId) -> String {
    let fact = &program.facts[of];
    if fact.key == Some(id) {
        return "文字列（キー）".to_owned();
    }
    match fact.fields[id].ty.kind {
        Kind::Text => "文字列".to_owned(),
        Kind::Int => "整数".to_owned(),
        Kind::Decimal => "数値".to_owned(),
        Kind::Bool => "はい・いいえ".to_owned(),
        Kind::Date => "日付".to_owned(),
        Kind::DateTime => "日時".to_owned(),
        Kind::Duration => "時間の長さ".to_owned(),
        Kind::Period => "期間".to_owned(),
        Kind::Ip => "IPアドレス".to_owned(),
        Kind::Cidr => "ネットワーク".to_owned(),
        Kind::Enum(id) => {
            let values: Vec<&str> =
                program.enums[id].values.iter().map(|value| value.label.as_str()).collect();
            format!("選択肢：{}", values.join("、"))
        }
        Kind::Ref(target) => {
            let target = &program.facts[target];
            let key = target.key.map(|key| target.fields[key].label.as_str()).unwrap_or("キー");
            format!("{}の{key}", target.label)
        }
    }
}

/// Whether there must be a value.
pub(super) fn need(field: &Field) -> &'static str {
    if field.ty.optional { "任意" } else { "必須" }
}

/// Who may see the values; empty where anyone may.
pub(super) fn class(class: Class) -> &'static str {
    match class {
        Class::Open => "",
        Class::Personal => "個人情報",
        Class::Secret => "秘密",
    }
}
