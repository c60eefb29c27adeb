//! Generates valid programs over a handful of facts.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use kijun_eval::Occasion;
use kijun_ir::{
    Class, Duration, Enum, EnumId, EnumValue, Fact, FactId, FactKind, Field, FieldId, IndexVec, Kind, Param,
    Program, Type,
};
use kijun_source::Span;

use super::choices::Choices;
use super::rules;
use super::values::{Days, ENUM_VALUES};

/// Days after which the clocks of New York changed, and one without such a change.
const DAYS: [Date; 3] = [date(2026, 6, 30), date(2026, 3, 9), date(2026, 11, 2)];
const ZONES: [&str; 2] = ["Asia/Tokyo", "America/New_York"];
const ENUMS: u32 = 2;

/// The zone and the dates of a case.
pub(crate) fn occasion(choices: &mut Choices) -> (Days, Occasion) {
    let zone = TimeZone::get(choices.pick(&ZONES)).unwrap_or(TimeZone::UTC);
    let days = Days { today: choices.pick(&DAYS), zone };
    let start = -i64::from(choices.below(40));
    let end = (start + i64::from(choices.below(40))).min(5);
    let occasion =
        Occasion { today: days.today, period_start: days.day(start), period_end: days.day(end.max(start)) };
    (days, occasion)
}

/// A program with one to three rules.
pub(crate) fn program(choices: &mut Choices, days: &Days) -> Program {
    let facts = facts(choices);
    let mut program = Program {
        zone: days.zone.clone(),
        standards: Vec::new(),
        sections: IndexVec::new(),
        criteria: IndexVec::new(),
        duties: IndexVec::new(),
        enums: (0..ENUMS).map(|_| declared_enum()).collect(),
        facts,
        params: params(choices, days),
        rules: IndexVec::new(),
        tests: Vec::new(),
    };
    for _ in 0..choices.within(1..4) {
        let rule = rules::rule(choices, &program, days);
        program.rules.push(rule);
    }
    program
}

fn declared_enum() -> Enum {
    let values =
        (0..ENUM_VALUES).map(|value| EnumValue { name: format!("v{value}"), label: format!("値{value}") });
    Enum { name: "e".to_owned(), label: "e".to_owned(), values: values.collect() }
}

fn params(choices: &mut Choices, days: &Days) -> IndexVec<kijun_ir::ParamId, Param> {
    let kinds = [Kind::Int, Kind::Duration, Kind::Date, Kind::Text, Kind::Bool, Kind::Decimal];
    let params = kinds.map(|kind| Param {
        name: format!("param_{kind:?}"),
        label: String::new(),
        kind,
        value: days.value(choices, kind),
        rationale: String::new(),
        overridden: false,
    });
    params.into_iter().collect()
}

/// Whether each fact has a key is drawn first, so that any of them can refer to any other.
fn facts(choices: &mut Choices) -> IndexVec<FactId, Fact> {
    let keyed: Vec<bool> = (0..choices.within(1..5)).map(|_| !choices.chance(25)).collect();
    let mut kinds =
        vec![Kind::Text, Kind::Int, Kind::Bool, Kind::Date, Kind::Decimal, Kind::Duration, Kind::DateTime];
    kinds.extend((0..ENUMS).map(|id| Kind::Enum(EnumId(id))));
    let references: Vec<Kind> =
        (0..).zip(&keyed).filter(|(_, keyed)| **keyed).map(|(id, _)| Kind::Ref(FactId(id))).collect();
    let facts = (0..).zip(&keyed).map(|(id, keyed)| fact(choices, FactId(id), *keyed, &kinds, &references));
    facts.collect()
}

fn fact(choices: &mut Choices, id: FactId, keyed: bool, kinds: &[Kind], references: &[Kind]) -> Fact {
    let is_event = choices.chance(50);
    let mut fields = IndexVec::new();
    let mut at = None;
    if is_event {
        let kind = choices.pick(&[Kind::Date, Kind::DateTime]);
        at = Some(fields.push(field("at", Type::required(kind))));
    }
    for _ in 0..choices.within(1..5) {
        let kind = if !references.is_empty() && choices.chance(45) {
            choices.pick(references)
        } else {
            choices.pick(kinds)
        };
        let ty = Type { kind, optional: choices.chance(30) };
        fields.push(field("f", ty));
    }
    let key: Option<FieldId> = keyed.then(|| fields.push(field("key", Type::required(Kind::Ref(id)))));
    let fresh = [Duration::days(0), Duration::days(3), Duration::days(31), Duration::months(1)];
    Fact {
        name: format!("fact{}", id.0),
        label: String::new(),
        doc: String::new(),
        kind: at.map_or(FactKind::State, |at| FactKind::Event { at }),
        fields,
        key,
        fresh: choices.pick(if is_event { &fresh[..2] } else { &fresh[1..] }),
        span: Span::default(),
    }
}

fn field(name: &str, ty: Type) -> Field {
    Field { name: name.to_owned(), label: String::new(), ty, class: Class::Open }
}
