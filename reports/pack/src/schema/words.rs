//! Facts, fields and their types as people read them.

use kijun_audit::freshness as limit;
use kijun_ir::{Class, Fact, FactId, FactKind, Field, FieldId, Kind, Program};
use kijun_source::{Bilingual, bilingual};

/// A name in rulesets with its label: `regular（正社員）`.
pub(super) fn labelled(name: &str, label: &str) -> String {
    if name == label { name.to_owned() } else { format!("{name}（{label}）") }
}

/// State or event, in a word.
pub(super) fn kind(kind: FactKind) -> Bilingual {
    match kind {
        FactKind::State => Bilingual::new("状態", "state"),
        FactKind::Event { .. } => Bilingual::new("出来事", "event"),
        FactKind::Table => Bilingual::new("表", "table"),
        FactKind::Relation(_) => Bilingual::new("関係", "relation"),
        FactKind::Calendar(_) => Bilingual::new("暦", "calendar"),
        FactKind::Gaps(_) => Bilingual::new("記録の抜け", "gaps"),
    }
}

/// State or event, and what that means for its collections.
pub(super) fn kind_sentence(fact: &Fact) -> Bilingual {
    match fact.kind {
        FactKind::State => {
            Bilingual::new("状態。ある時点の全件の写し", "state: a whole picture of one moment")
        }
        FactKind::Event { at } => {
            let field = &fact.fields[at];
            let time = labelled(&field.name, &field.label);
            bilingual!("出来事。{time}に起きたことの記録", "event: what happened at {time}")
        }
        FactKind::Table | FactKind::Relation(_) | FactKind::Calendar(_) | FactKind::Gaps(_) => {
            kind(fact.kind)
        }
    }
}

/// How fresh collections must be.
pub(super) fn freshness(program: &Program, fact: FactId) -> Bilingual {
    let Bilingual { ja, en } = limit(program, fact);
    match program.facts[fact].kind {
        FactKind::State => bilingual!(
            "判定の基準日まで{ja}以内に取り出したもの",
            "taken at most {en} before the date of judgement"
        ),
        FactKind::Event { .. } => {
            bilingual!(
                "判定の基準日に対する記録の遅れは{ja}まで",
                "may lag at most {en} behind the date of judgement"
            )
        }
        FactKind::Table | FactKind::Relation(_) | FactKind::Calendar(_) | FactKind::Gaps(_) => {
            Bilingual::new("集めるものではない", "not collected")
        }
    }
}

/// The type of a field of a fact.
pub(super) fn field_type(program: &Program, of: FactId, id: FieldId) -> Bilingual {
    let fact = &program.facts[of];
    if fact.key == Some(id) {
        return Bilingual::new("文字列（キー）", "text (key)");
    }
    match fact.fields[id].ty.kind {
        Kind::Text => Bilingual::new("文字列", "text"),
        Kind::Int => Bilingual::new("整数", "integer"),
        Kind::Decimal => Bilingual::new("数値", "decimal"),
        Kind::Bool => Bilingual::new("○か×", "yes or no"),
        Kind::Date => Bilingual::new("日付", "date"),
        Kind::DateTime => Bilingual::new("日時", "date and time"),
        Kind::Duration => Bilingual::new("長さ（30日、1年6か月など）", "length of time (30 days)"),
        Kind::Period => Bilingual::new("期間（2026-04-01/2027-03-31）", "period (2026-04-01/2027-03-31)"),
        Kind::Ip => Bilingual::new("IPアドレス", "IP address"),
        Kind::Cidr => Bilingual::new("ネットワーク（10.0.0.0/8）", "network (10.0.0.0/8)"),
        Kind::Enum(id) => {
            let values = program.enums[id].values.iter();
            let values: Vec<String> = values.map(|value| labelled(&value.name, &value.label)).collect();
            let (ja, en) = (values.join("、"), values.join(", "));
            bilingual!("選択肢: {ja}", "one of {en}")
        }
        Kind::Ref(target) => {
            let target = &program.facts[target];
            let named = labelled(&target.name, &target.label);
            match target.key.map(|key| target.fields[key].label.as_str()) {
                Some(key) => bilingual!("参照: {named}の{key}", "key of {named}"),
                None => bilingual!("参照: {named}", "key of {named}"),
            }
        }
    }
}

/// Whether there must be a value.
pub(super) fn need(field: &Field) -> Bilingual {
    if field.ty.optional {
        Bilingual::new("任意", "optional")
    } else {
        Bilingual::new("必須", "required")
    }
}

/// Who may see the values; empty where anyone may.
pub(super) fn class(class: Class) -> Bilingual {
    match class {
        Class::Open => Bilingual::default(),
        Class::Personal => Bilingual::new("個人情報", "personal"),
        Class::Secret => Bilingual::new("秘密", "secret"),
    }
}
