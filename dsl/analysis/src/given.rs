//! What the language itself declares where a person must judge: the register of the answers, and the list of what is asked.

use kijun_source::Span;
use kijun_syntax::ast::{
    Attest, Class, Enum, Fact, Field, Fresh, Freshness, ItemKind, Name, Text, TypeName, Unit as Length,
};

use crate::Unit;

/// The name of the register of answers.
pub(crate) const ANSWERS: &str = "attestation";

/// The name of the list of what is asked.
pub(crate) const ITEMS: &str = "attested";

/// How old the register may be: as old as the rosters that offices keep.
const FRESH_DAYS: i64 = 31;

/// The declarations that the attestations of rulesets bring with them.
#[derive(Debug)]
pub(crate) struct Given {
    pub(crate) items: Enum,
    pub(crate) answers: Fact,
}

/// What is given to rulesets; nothing where nobody is asked anything.
pub(crate) fn given(units: &[Unit]) -> Option<Given> {
    let attests: Vec<&Attest> = attests(units).collect();
    let span = attests.first()?.name.span;
    Some(Given { items: items(&attests, span), answers: answers(span) })
}

fn attests(units: &[Unit]) -> impl Iterator<Item = &Attest> {
    let items = units.iter().flat_map(|unit| &unit.files).flat_map(|file| &file.items);
    items.filter_map(|item| match &item.kind {
        ItemKind::Attest(attest) => Some(attest),
        _ => None,
    })
}

/// A value an attestation. One that is declared twice is reported where it is declared.
fn items(attests: &[&Attest], span: Span) -> Enum {
    let mut values: Vec<(Name, Text)> = Vec::new();
    for attest in attests {
        if values.iter().all(|(name, _)| name.text != attest.name.text) {
            values.push((attest.name.clone(), attest.label.clone()));
        }
    }
    Enum { name: name(ITEMS, span), label: text("確認事項", span), values }
}

fn answers(span: Span) -> Fact {
    let field = |own: &str, label: &str, ty: &str| Field {
        key: None,
        name: name(own, span),
        ty: TypeName { list: false, reference: false, name: name(ty, span), optional: false },
        class: None,
        label: Some(text(label, span)),
    };
    let optional = |field: Field| Field { ty: TypeName { optional: true, ..field.ty }, ..field };
    let personal = |field: Field| Field { class: Some(Class::Personal), ..field };
    Fact {
        doc: "人が確かめて答えた結果の台帳。取り消された回答も、後の回答に替わられた回答も残す。".to_owned(),
        name: name(ANSWERS, span),
        label: text("確認の回答", span),
        at: None,
        fields: vec![
            field("item", "確認事項", ITEMS),
            field("answer", "回答", "bool"),
            field("answered_on", "回答日", "date"),
            personal(field("answered_by", "回答者", "text")),
            field("role", "役割", "text"),
            optional(field("attachments", "添付書類", "text")),
            optional(field("note", "備考", "text")),
        ],
        valid: None,
        fresh: Some(Fresh { within: Freshness::Length(FRESH_DAYS, Length::Days), span }),
        kept: None,
    }
}

fn name(name: &str, span: Span) -> Name {
    Name { text: name.to_owned(), span }
}

fn text(value: &str, span: Span) -> Text {
    Text { value: value.to_owned(), span }
}
