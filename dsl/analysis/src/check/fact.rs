//! Enums and types of evidence.

use kijun_ir::{Class, Enum, EnumValue, Fact, FactKind, Field, FieldId, Index, IndexVec, Kind, Type};
use kijun_source::{Bilingual, Diagnostic, bilingual};
use kijun_syntax::ast;

use crate::check::{Checker, literal};
use crate::diagnostics::{DUPLICATE_NAME, EMPTY_ENUM, EVENT_TIME, KEY, NO_FRESHNESS};
use crate::names::suggest;

pub(super) fn enums(checker: &mut Checker<'_>) {
    for declared in checker.names.enums.clone() {
        if declared.values.is_empty() {
            let message = Bilingual::new("選択肢に値が一つもない", "the enum has no values");
            let help = Bilingual::new("`値の名前 \"ラベル\"` を並べる", "list values as `name \"label\"`");
            checker.report(Diagnostic::new(&EMPTY_ENUM, declared.name.span, message).help(help));
        }
        for (index, (name, _)) in declared.values.iter().enumerate() {
            if let Some((first, _)) =
                declared.values[..index].iter().find(|(other, _)| other.text == name.text)
            {
                twice(checker, name, first);
            }
        }
        let values = declared.values.iter();
        checker.program.enums.push(Enum {
            name: declared.name.text.clone(),
            label: declared.label.value.clone(),
            values: values
                .map(|(name, label)| EnumValue { name: name.text.clone(), label: label.value.clone() })
                .collect(),
        });
    }
}

pub(super) fn facts(checker: &mut Checker<'_>) {
    for declared in checker.names.facts.clone() {
        let fact = fact(checker, declared);
        checker.program.facts.push(fact);
    }
}

fn fact(checker: &mut Checker<'_>, declared: &ast::Fact) -> Fact {
    for (index, field) in declared.fields.iter().enumerate() {
        if let Some(first) = declared.fields[..index].iter().find(|other| other.name.text == field.name.text)
        {
            twice(checker, &field.name, &first.name);
        }
    }
    let key = key(checker, declared);
    let id = kijun_ir::FactId::from_index(checker.program.facts.len());
    let fields: IndexVec<FieldId, Field> = declared
        .fields
        .iter()
        .enumerate()
        .map(|(index, field)| {
            let ty = checker.value_type(&field.ty).unwrap_or(Type::required(Kind::Text));
            let is_key = key == Some(FieldId::from_index(index));
            Field {
                name: field.name.text.clone(),
                label: field
                    .label
                    .as_ref()
                    .map_or_else(|| field.name.text.clone(), |label| label.value.clone()),
                ty: if is_key { Type::required(Kind::Ref(id)) } else { ty },
                class: match field.class {
                    None => Class::Open,
                    Some(ast::Class::Personal) => Class::Personal,
                    Some(ast::Class::Secret) => Class::Secret,
                },
            }
        })
        .collect();
    let kind = match &declared.at {
        None => FactKind::State,
        Some(at) => {
            event_time(checker, declared, at, &fields).map_or(FactKind::State, |at| FactKind::Event { at })
        }
    };
    Fact {
        name: declared.name.text.clone(),
        label: declared.label.value.clone(),
        doc: declared.doc.clone(),
        kind,
        fields,
        key,
        fresh: freshness(checker, declared),
        span: declared.name.span,
    }
}

/// The key of a fact: at most one field, of type text, always there.
fn key(checker: &mut Checker<'_>, declared: &ast::Fact) -> Option<FieldId> {
    let mut keys = declared.fields.iter().enumerate().filter(|(_, field)| field.key.is_some());
    let (index, field) = keys.next()?;
    if let Some((_, second)) = keys.next() {
        let message = Bilingual::new("キーは一つの項目だけに付けられる", "only one field can be the key");
        checker.report(
            Diagnostic::new(&KEY, second.name.span, message)
                .and(field.name.span, Bilingual::new("最初のキー", "the first key"))
                .help(Bilingual::new("どちらかの `key` を外す", "remove `key` from one of them")),
        );
    }
    if field.ty.name.text != "text" || field.ty.reference || field.ty.optional {
        let message =
            Bilingual::new("キーの型は `text` でなければならない", "the type of a key must be `text`");
        let help =
            Bilingual::new("番号も `text` とする。`?` は付けない", "numbers are `text` too; without `?`");
        checker.report(Diagnostic::new(&KEY, field.ty.name.span, message).help(help));
    }
    Some(FieldId::from_index(index))
}

fn event_time(
    checker: &mut Checker<'_>,
    declared: &ast::Fact,
    at: &ast::Name,
    fields: &IndexVec<FieldId, Field>,
) -> Option<FieldId> {
    let text = &at.text;
    let Some((id, field)) = fields.iter().find(|(_, field)| field.name == *text) else {
        let fact = &declared.name.text;
        let message = bilingual!("`{fact}` に項目 `{text}` はない", "`{fact}` has no field `{text}`");
        let near = kijun_source::nearest(text, fields.values().map(|field| field.name.as_str()));
        checker.report(suggest(Diagnostic::new(&EVENT_TIME, at.span, message), near));
        return None;
    };
    if matches!(field.ty.kind, Kind::Date | Kind::DateTime) && !field.ty.optional {
        return Some(id);
    }
    let span = declared.fields[id.index()].ty.name.span;
    let message = bilingual!(
        "出来事の時を表す `{text}` は `date` か `datetime` でなければならない",
        "`{text}` says when the event happened and must be `date` or `datetime`"
    );
    checker.report(
        Diagnostic::new(&EVENT_TIME, span, message).help(Bilingual::new("`?` は付けない", "without `?`")),
    );
    None
}

fn freshness(checker: &mut Checker<'_>, declared: &ast::Fact) -> kijun_ir::Duration {
    if let Some((amount, unit, span)) = declared.fresh {
        return literal::duration(amount, unit).unwrap_or_else(|| {
            literal::out_of_range(checker, span);
            kijun_ir::Duration::default()
        });
    }
    let name = &declared.name.text;
    let message =
        bilingual!("`{name}` の鮮度が宣言されていない", "`{name}` does not say how fresh it must be");
    let help = if declared.at.is_some() {
        Bilingual::new(
            "記録が基準日からどれだけ遅れてよいかを `fresh within 1 day` のように書く",
            "say how far the log may lag: `fresh within 1 day`",
        )
    } else {
        Bilingual::new(
            "何日前の収集まで使えるかを `fresh within 31 days` のように書く",
            "say how old a collection may be: `fresh within 31 days`",
        )
    };
    checker.report(Diagnostic::new(&NO_FRESHNESS, declared.name.span, message).help(help));
    kijun_ir::Duration::default()
}

fn twice(checker: &mut Checker<'_>, name: &ast::Name, first: &ast::Name) {
    let text = &name.text;
    checker.report(
        Diagnostic::new(
            &DUPLICATE_NAME,
            name.span,
            bilingual!("`{text}` は既に宣言されている", "`{text}` is already declared"),
        )
        .and(first.span, Bilingual::new("最初の宣言", "first declared here"))
        .help(Bilingual::new("どちらかの名前を変える", "rename one of the two")),
    );
}
