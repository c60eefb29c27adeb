//! Generates rules.

use kijun_eval::Occasion;
use kijun_ir::{
    DutyId, Expr, ExprKind, FactId, FactKind, FieldId, Judged, Kind, Pair, Population, Program, Quantifier,
    Rule, Severity, Template, TemplatePart,
};
use kijun_source::Span;

use super::choices::Choices;
use super::values::Days;
use super::writer::{Place, Writer, all, condition};

/// A period of more days is too long for the prover to judge a rule at each of its moments.
const FEW_DAYS: i64 = 10;

/// A rule over the facts of `program`.
pub(crate) fn rule(choices: &mut Choices, program: &Program, days: &Days, occasion: Occasion) -> Rule {
    let is_short = occasion.period().days() <= FEW_DAYS;
    let judged = if is_short && choices.chance(30) { Judged::ThroughoutPeriod } else { Judged::AtToday };
    let place = if judged == Judged::AtToday { Place::Today } else { Place::Throughout };
    let mut writer = Writer::new(choices, program, days, place);
    let population = (!writer.choices.chance(20)).then(|| population(&mut writer)).flatten();
    let depth = writer.choices.pick(&[1, 2, 3, 3]);
    let require = requirement(&mut writer, depth);
    let excuses = writer.choices.pick(&[0, 0, 0, 1, 1, 2]);
    let excused = (0..excuses).map(|_| writer.quantifier(1)).collect();
    let due = writer.choices.chance(35).then(|| due(&mut writer));
    let message = Template { parts: vec![TemplatePart::Value(writer.condition(1))] };
    Rule {
        name: format!("rule{}", program.rules.len()),
        label: String::new(),
        doc: String::new(),
        covers: vec![DutyId(0)],
        severity: Severity::Minor,
        judged,
        population,
        require,
        excused,
        due,
        message,
        remedy: None,
        vars: writer.vars,
        span: Span::default(),
    }
}

/// A requirement, sometimes with what it needs shown.
fn requirement(writer: &mut Writer<'_>, depth: u32) -> Expr {
    let lines = writer.choices.pick(&[0, 0, 0, 1, 1, 2]);
    let shown: Vec<Expr> = (0..lines).map(|_| writer.condition(depth.min(2))).collect();
    let then = writer.condition(depth);
    if shown.is_empty() {
        return then;
    }
    condition(ExprKind::Needs { shown, then: Box::new(then) })
}

/// The last day on which a requirement need not hold, which is the same at every moment.
fn due(writer: &mut Writer<'_>) -> Expr {
    let place = std::mem::replace(&mut writer.place, Place::Today);
    let due = writer.required(Kind::Date, 1);
    writer.place = place;
    due
}

/// Who is judged: rows, pairs of events, what is missing of a log. Throughout the period only what does not happen at a time.
fn population(writer: &mut Writer<'_>) -> Option<Population> {
    let facts = writer.program.facts.iter();
    let facts: Vec<(FactId, FactKind)> = facts.map(|(id, fact)| (id, fact.kind)).collect();
    let fits = |kind: FactKind| match writer.place {
        Place::Throughout => matches!(kind, FactKind::State | FactKind::Relation(_)),
        Place::Today | Place::Relation => true,
    };
    let fitting: Vec<(FactId, FactKind)> = facts.into_iter().filter(|(_, kind)| fits(*kind)).collect();
    if fitting.is_empty() {
        return None;
    }
    let (fact, kind) = writer.choices.pick(&fitting);
    let is_event = matches!(kind, FactKind::Event { .. });
    let (rows, pair) = if is_event && writer.choices.chance(30) {
        let (rows, pair) = pairs(writer, fact);
        (rows, Some(pair))
    } else {
        let rows = writer.population_rows(fact);
        writer.enter(rows.var);
        (rows, None)
    };
    // Where no pair is left the rule shall not be undetermined for that alone: something else must say that some may be missing.
    let or_none = writer.choices.chance(if pair.is_some() { 80 } else { 65 });
    Some(Population { rows, pair, or_none })
}

/// Pairs of events; both are in scope of the condition.
fn pairs(writer: &mut Writer<'_>, fact: FactId) -> (Quantifier, Pair) {
    let mut rows = writer.paired_rows(fact);
    let second = writer.bind(fact);
    writer.enter(rows.var);
    writer.enter(second);
    if writer.choices.chance(25) {
        let about_both = if writer.choices.chance(50) { writer.condition(0) } else { writer.join(second) };
        let parts = rows.condition.take().into_iter().chain([about_both]);
        rows.condition = all(parts.collect());
    }
    let by = paired_by(writer, fact);
    (rows, Pair { second, by })
}

/// What pairs have in common: mostly something of which there are few.
fn paired_by(writer: &mut Writer<'_>, fact: FactId) -> Vec<FieldId> {
    let fields: Vec<(FieldId, Kind)> =
        writer.program.facts[fact].fields.iter().map(|(id, field)| (id, field.ty.kind)).collect();
    let is_key = |id: FieldId| writer.program.facts[fact].key == Some(id);
    let is_common = |kind: Kind| matches!(kind, Kind::Bool | Kind::Enum(_) | Kind::Ref(_) | Kind::Int);
    let common: Vec<FieldId> =
        fields.iter().filter(|(id, kind)| is_common(*kind) && !is_key(*id)).map(|(id, _)| *id).collect();
    let any: Vec<FieldId> = fields.iter().map(|(id, _)| *id).collect();
    let count = writer.choices.pick(&[1, 1, 1, 2]);
    let mut by: Vec<FieldId> = (0..count)
        .map(|_| {
            let from = if common.is_empty() || writer.choices.chance(20) { &any } else { &common };
            writer.choices.pick(from)
        })
        .collect();
    by.sort_unstable();
    by.dedup();
    by
}
