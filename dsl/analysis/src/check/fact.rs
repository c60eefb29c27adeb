//! Enums and types of evidence.

use kijun_ir::{
    Class, Duration, End, Enum, EnumValue, Fact, FactId, FactKind, Field, FieldId, Freshness, Index,
    IndexVec, Kept, Kind, Type, Validity,
};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual};
use kijun_syntax::ast;

use crate::check::{Checker, literal};
use crate::diagnostics::{DUPLICATE_NAME, EMPTY_ENUM, EVENT_TIME, KEY, VALIDITY};
use crate::names::Declared;

pub(super) fn enums(checker: &mut Checker<'_>) {
    for Declared { tree: declared, .. } in &checker.names.enums {
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
        checker.program.to_mut().enums.push(Enum {
            name: declared.name.text.clone(),
            label: declared.label.value.clone(),
            values: values
                .map(|(name, label)| EnumValue { name: name.text.clone(), label: label.value.clone() })
                .collect(),
        });
    }
}

/// Gives ids to all that has rows, so that types can name it: evidence first, then tables, then relations.
pub(super) fn declare(checker: &mut Checker<'_>) {
    let names = checker.names;
    let facts = names.facts.iter().map(|declared| {
        let fact = declared.tree;
        header(&fact.name, &fact.label.value, &fact.doc, &fact.fields, FactKind::State)
    });
    let tables = names.tables.iter().map(|declared| {
        let table = declared.tree;
        header(&table.name, &table.label.value, &table.doc, &table.fields, FactKind::Table)
    });
    let relations = names.relations.iter().enumerate().map(|(index, declared)| {
        let relation = declared.tree;
        let label = relation.label.as_ref().map_or(&relation.name.text, |label| &label.value);
        let kind = FactKind::Relation(kijun_ir::RelationId::from_index(index));
        Fact { key: None, ..header(&relation.name, label, &relation.doc, &relation.fields, kind) }
    });
    checker.program.to_mut().facts = facts.chain(tables).chain(relations).collect();
}

fn header(name: &ast::Name, label: &str, doc: &str, fields: &[ast::Field], kind: FactKind) -> Fact {
    Fact {
        name: name.text.clone(),
        label: label.to_owned(),
        doc: doc.to_owned(),
        kind,
        fields: IndexVec::new(),
        key: fields.iter().position(|field| field.key.is_some()).map(FieldId::from_index),
        valid: None,
        fresh: Freshness::default(),
        kept: None,
        rows: Vec::new(),
        span: name.span,
    }
}

pub(super) fn facts(checker: &mut Checker<'_>) {
    let names = checker.names;
    for (index, declared) in names.facts.iter().enumerate() {
        checker.unit = declared.unit;
        fact(checker, FactId::from_index(index), declared.tree);
    }
}

fn fact(checker: &mut Checker<'_>, id: FactId, declared: &ast::Fact) {
    key(checker, &declared.fields);
    let fields = fields(checker, id, &declared.fields);
    checker.program.to_mut().facts[id].fields = fields;
    let time = declared.at.as_ref().and_then(|at| event_time(checker, id, declared, at));
    let kept = declared.kept.as_ref().map(|kept| {
        let length = length(checker, kept.length.0, kept.length.1, kept.span);
        Kept { length, after_contract_end: kept.after_contract_end }
    });
    let valid = declared.valid.as_ref().and_then(|valid| validity(checker, id, declared, valid));
    let fact = &mut checker.program.to_mut().facts[id];
    fact.kind = time.map_or(FactKind::State, |at| FactKind::Event { at });
    (fact.kept, fact.valid) = (kept, valid);
}

/// The fields of a fact; one whose type is wrong is taken for a text.
pub(super) fn fields(
    checker: &mut Checker<'_>,
    id: FactId,
    declared: &[ast::Field],
) -> IndexVec<FieldId, Field> {
    for (index, field) in declared.iter().enumerate() {
        if let Some(first) = declared[..index].iter().find(|other| other.name.text == field.name.text) {
            twice(checker, &field.name, &first.name);
        }
    }
    let key = checker.program.facts[id].key;
    let fields = declared.iter().enumerate().map(|(index, field)| {
        let ty = checker.value_type(&field.ty).unwrap_or_else(|| {
            checker.untyped.insert((id, FieldId::from_index(index)));
            Type::required(Kind::Text)
        });
        let is_key = key == Some(FieldId::from_index(index));
        let label = field.label.as_ref().map_or(&field.name.text, |label| &label.value);
        Field {
            name: field.name.text.clone(),
            label: label.clone(),
            ty: if is_key { Type::required(Kind::Ref(id)) } else { ty },
            class: match field.class {
                None => Class::Open,
                Some(ast::Class::Personal) => Class::Personal,
                Some(ast::Class::Secret) => Class::Secret,
            },
        }
    });
    fields.collect()
}

/// Reports a key that is not as it must be: at most one field, of type text, always there.
pub(super) fn key(checker: &mut Checker<'_>, fields: &[ast::Field]) {
    let mut keys = fields.iter().filter(|field| field.key.is_some());
    let Some(field) = keys.next() else { return };
    if let Some(second) = keys.next() {
        let message = Bilingual::new("キーは一つの項目だけに付けられる", "only one field can be the key");
        checker.report(
            Diagnostic::new(&KEY, second.name.span, message)
                .and(field.name.span, Bilingual::new("最初のキー", "the first key"))
                .help(Bilingual::new("どちらかの ⟦key|識別⟧ を外す", "remove ⟦key|識別⟧ from one of them")),
        );
    }
    if field.ty.name.text != "text" || field.ty.reference || field.ty.optional || field.ty.list {
        let message = Bilingual::new(
            "キーの型は ⟦text|文字列⟧ でなければならない",
            "the type of a key must be ⟦text|文字列⟧",
        );
        let help = Bilingual::new(
            "番号も ⟦text|文字列⟧ とする。`?` は付けない",
            "numbers are ⟦text|文字列⟧ too; without `?`",
        );
        checker.report(Diagnostic::new(&KEY, field.ty.name.span, message).help(help));
    }
}

fn event_time(
    checker: &mut Checker<'_>,
    fact: FactId,
    declared: &ast::Fact,
    at: &ast::Name,
) -> Option<FieldId> {
    let id = checker.field_named(fact, at)?;
    let ty = checker.field_type(fact, id)?;
    if matches!(ty.kind, Kind::Date | Kind::DateTime) && !ty.optional {
        return Some(id);
    }
    let text = &at.text;
    let span = declared.fields[id.index()].ty.name.span;
    let message = bilingual!(
        "出来事の時を表す `{text}` は ⟦date|日付⟧ か ⟦datetime|日時⟧ でなければならない",
        "`{text}` says when the event happened and must be ⟦date|日付⟧ or ⟦datetime|日時⟧"
    );
    checker.report(
        Diagnostic::new(&EVENT_TIME, span, message).help(Bilingual::new("`?` は付けない", "without `?`")),
    );
    None
}

/// When rows hold; reports where that is no state, or fields are no dates.
fn validity(
    checker: &mut Checker<'_>,
    fact: FactId,
    declared: &ast::Fact,
    written: &ast::Validity,
) -> Option<Validity> {
    if declared.at.is_some() {
        let message =
            Bilingual::new("有効期間を持つのは状態だけである", "only the rows of a state have a validity");
        let help = Bilingual::new(
            "⟦state|台帳⟧ とするか、⟦valid|有効⟧ を消す",
            "make it a ⟦state|台帳⟧, or remove ⟦valid|有効⟧",
        );
        checker.report(Diagnostic::new(&VALIDITY, written.span, message).help(help));
        return None;
    }
    let mut end = |name: &ast::Name, kinds: &[Kind]| valid_field(checker, fact, declared, name, kinds);
    let moments = [Kind::Date, Kind::DateTime];
    let from = written.from.as_ref().map(|name| end(name, &moments));
    let until = written.until.as_ref().map(|(included, name)| {
        let included = match included {
            ast::End::Included => End::Included,
            ast::End::Excluded => End::Excluded,
        };
        end(name, &moments).map(|field| (field, included))
    });
    let within = written.within.as_ref().map(|name| end(name, &[Kind::Period]));
    let sound = |missing: bool| (!missing).then_some(());
    sound(from == Some(None) || until == Some(None) || within == Some(None))?;
    Some(Validity { from: from.flatten(), until: until.flatten(), within: within.flatten() })
}

fn valid_field(
    checker: &mut Checker<'_>,
    fact: FactId,
    declared: &ast::Fact,
    name: &ast::Name,
    kinds: &[Kind],
) -> Option<FieldId> {
    let field = checker.field_named(fact, name)?;
    let ty = checker.field_type(fact, field)?;
    if kinds.contains(&ty.kind) {
        return Some(field);
    }
    let text = &name.text;
    let message = if kinds.contains(&Kind::Period) {
        bilingual!(
            "有効期間 `{text}` は ⟦period|期間⟧ でなければならない",
            "`{text}` must be a ⟦period|期間⟧"
        )
    } else {
        bilingual!(
            "有効期間の端 `{text}` は ⟦date|日付⟧ か ⟦datetime|日時⟧ でなければならない",
            "`{text}` bounds the validity and must be ⟦date|日付⟧ or ⟦datetime|日時⟧"
        )
    };
    let place = declared.fields[field.index()].ty.name.span;
    checker.report(
        Diagnostic::new(&VALIDITY, name.span, message).and(place, Bilingual::new("その型", "its type")),
    );
    None
}

/// A length of time; reports one beyond the range.
fn length(checker: &mut Checker<'_>, amount: i64, unit: ast::Unit, span: Span) -> Duration {
    literal::in_range(checker, literal::duration(amount, unit), span).unwrap_or_default()
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
