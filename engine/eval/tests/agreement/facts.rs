//! Generates what has rows: evidence, tables, relations' types, parts of the calendar, gaps of logs.

use kijun_ir::{
    Cell, Class, Duration, End, EnumId, Fact, FactId, FactKind, Field, FieldId, Freshness, Index, IndexVec,
    Kind, Part, RelationId, Type, Validity,
};
use kijun_source::Span;

use super::choices::Choices;
use super::programs::{ENUMS, FRESH};
use super::values::Days;

/// How the relations of a program hang together: a group a stratum, the members of a circle together.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    /// The facts of its members.
    pub(crate) facts: Vec<FactId>,
    pub(crate) recursive: bool,
}

/// The facts of a program, and the groups of its relations in the order in which they are derived.
pub(crate) fn facts(choices: &mut Choices, days: &Days) -> (IndexVec<FactId, Fact>, Vec<Group>) {
    let mut facts = evidence(choices);
    if choices.chance(20) {
        let table = table(choices, &facts, days);
        facts.push(table);
    }
    let groups = relations(choices, &mut facts);
    if choices.chance(12) {
        let parts = [Part::Month, Part::Month, Part::Month, Part::Quarter, Part::Quarter, Part::FiscalYear];
        let part = if choices.chance(6) { Part::Day } else { choices.pick(&parts) };
        facts.push(calendar(part));
    }
    if let Some(log) = events(&facts).first().copied().filter(|_| choices.chance(15)) {
        facts.push(gaps(log));
    }
    (facts, groups)
}

fn events(facts: &IndexVec<FactId, Fact>) -> Vec<FactId> {
    let events = facts.iter().filter(|(_, fact)| matches!(fact.kind, FactKind::Event { .. }));
    events.map(|(id, _)| id).collect()
}

/// Whether each has a key is drawn first, so that any of them can refer to any other.
fn evidence(choices: &mut Choices) -> IndexVec<FactId, Fact> {
    let keyed: Vec<bool> = (0..choices.within(1..5)).map(|_| !choices.chance(25)).collect();
    let references: Vec<Kind> =
        (0..).zip(&keyed).filter(|(_, keyed)| **keyed).map(|(id, _)| Kind::Ref(FactId(id))).collect();
    let facts = (0..).zip(&keyed).map(|(id, keyed)| collected(choices, FactId(id), *keyed, &references));
    facts.collect()
}

fn plain_kinds() -> Vec<Kind> {
    let mut kinds = vec![
        Kind::Text,
        Kind::Int,
        Kind::Bool,
        Kind::Date,
        Kind::Decimal,
        Kind::Duration,
        Kind::DateTime,
        Kind::Period,
        Kind::Ip,
        Kind::Cidr,
    ];
    kinds.extend((0..ENUMS).map(|id| Kind::Enum(EnumId(id))));
    kinds
}

fn any_kind(choices: &mut Choices, references: &[Kind]) -> Kind {
    if !references.is_empty() && choices.chance(45) {
        choices.pick(references)
    } else {
        choices.pick(&plain_kinds())
    }
}

fn collected(choices: &mut Choices, id: FactId, keyed: bool, references: &[Kind]) -> Fact {
    let is_event = choices.chance(45);
    let mut fields = IndexVec::new();
    let mut at = None;
    if is_event {
        let kind = choices.pick(&[Kind::Date, Kind::DateTime]);
        at = Some(fields.push(field("at", Type::required(kind))));
    }
    for _ in 0..choices.within(1..4) {
        let ty = Type { kind: any_kind(choices, references), optional: choices.chance(30) };
        fields.push(field("f", ty));
    }
    let valid = (!is_event && choices.chance(40)).then(|| validity(choices, &mut fields));
    let key = keyed.then(|| fields.push(field("key", Type::required(Kind::Ref(id)))));
    let fresh = [Duration::days(0), Duration::days(3), Duration::days(31), Duration::months(1)];
    Fact {
        kind: at.map_or(FactKind::State, |at| FactKind::Event { at }),
        key,
        valid,
        fresh: freshness(choices, if is_event { &fresh[..2] } else { &fresh[1..] }),
        ..declared(format!("fact{}", id.0), FactKind::State, fields)
    }
}

/// A length of time of those, or the parameter that holds one.
fn freshness(choices: &mut Choices, lengths: &[Duration]) -> Freshness {
    if choices.chance(25) { Freshness::Param(FRESH) } else { Freshness::Fixed(choices.pick(lengths)) }
}

/// A validity, with the fields that say it.
fn validity(choices: &mut Choices, fields: &mut IndexVec<FieldId, Field>) -> Validity {
    let mut end = |choices: &mut Choices, name: &str| {
        let kind = choices.pick(&[Kind::Date, Kind::DateTime]);
        fields.push(field(name, Type { kind, optional: choices.chance(50) }))
    };
    match choices.below(4) {
        0 => Validity { from: Some(end(choices, "from")), until: None, within: None },
        1 => Validity { from: None, until: Some((end(choices, "until"), End::Included)), within: None },
        2 => {
            let ty = Type { kind: Kind::Period, optional: choices.chance(30) };
            Validity { from: None, until: None, within: Some(fields.push(field("within", ty))) }
        }
        _ => {
            let from = Some(end(choices, "from"));
            let until = Some((end(choices, "until"), choices.pick(&[End::Included, End::Excluded])));
            Validity { from, until, within: None }
        }
    }
}

fn table(choices: &mut Choices, facts: &IndexVec<FactId, Fact>, days: &Days) -> Fact {
    let id = FactId::from_index(facts.len());
    let mut fields = IndexVec::new();
    for _ in 0..choices.within(1..3) {
        let ty = Type { kind: any_kind(choices, &references(facts)), optional: choices.chance(30) };
        fields.push(field("f", ty));
    }
    let key = choices.chance(60).then(|| fields.push(field("key", Type::required(Kind::Ref(id)))));
    let rows = (0..choices.below(4)).map(|line| {
        let cells = fields.iter().map(|(id, field)| match key {
            Some(key) if key == id => Cell::Known(kijun_ir::Value::text(&format!("k{line}"))),
            _ if field.ty.optional && choices.chance(30) => Cell::None,
            _ => Cell::Known(days.value(choices, field.ty.kind)),
        });
        cells.collect()
    });
    let rows = rows.collect();
    Fact { key, rows, ..declared("table".to_owned(), FactKind::Table, fields) }
}

fn references(facts: &IndexVec<FactId, Fact>) -> Vec<Kind> {
    facts.iter().filter(|(_, fact)| fact.key.is_some()).map(|(id, _)| Kind::Ref(id)).collect()
}

/// The types of the relations. Their fields have kinds of fields of the evidence, so that rows can be made of it.
fn relations(choices: &mut Choices, facts: &mut IndexVec<FactId, Fact>) -> Vec<Group> {
    let kinds: Vec<Kind> =
        facts.values().flat_map(|fact| fact.fields.values().map(|field| field.ty.kind)).collect();
    let mut next = 0;
    let groups = choices.pick(&[0, 0, 0, 1, 1, 2]);
    let groups = (0..groups).map(|_| {
        let recursive = choices.chance(35);
        let members = if recursive && choices.chance(30) { 2 } else { 1 };
        let fields = fields_of_relation(choices, &kinds, recursive);
        let members = (0..members).map(|_| {
            let relation = RelationId(next);
            next += 1;
            let name = format!("relation{}", relation.0);
            facts.push(declared(name, FactKind::Relation(relation), fields.clone()))
        });
        Group { facts: members.collect(), recursive }
    });
    groups.collect()
}

/// A circle has two fields of one kind, so that its rows can be chained.
fn fields_of_relation(choices: &mut Choices, kinds: &[Kind], recursive: bool) -> IndexVec<FieldId, Field> {
    let count = if recursive { 2 } else { choices.within(1..4) };
    let first = choices.pick(kinds);
    let fields = (0..count).map(|index| {
        let kind = if index == 0 || recursive { first } else { choices.pick(kinds) };
        field("f", Type { kind, optional: choices.chance(30) })
    });
    fields.collect()
}

fn calendar(part: Part) -> Fact {
    let fields = ["start", "end"].map(|name| field(name, Type::required(Kind::Date)));
    declared(format!("{part:?}"), FactKind::Calendar(part), fields.into_iter().collect())
}

fn gaps(log: FactId) -> Fact {
    let kinds = [("source", Kind::Text), ("from", Kind::DateTime), ("to", Kind::DateTime)];
    let fields = kinds.map(|(name, kind)| field(name, Type::required(kind)));
    declared("gaps".to_owned(), FactKind::Gaps(log), fields.into_iter().collect())
}

fn declared(name: String, kind: FactKind, fields: IndexVec<FieldId, Field>) -> Fact {
    Fact {
        name,
        label: String::new(),
        doc: String::new(),
        kind,
        fields,
        key: None,
        valid: None,
        fresh: Freshness::default(),
        kept: None,
        rows: Vec::new(),
        span: Span::default(),
    }
}

fn field(name: &str, ty: Type) -> Field {
    Field { name: name.to_owned(), label: String::new(), ty, class: Class::Open }
}
