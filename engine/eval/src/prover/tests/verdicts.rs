//! Verdicts of subjects and rules, and the reasons of those that are not determined.

use kijun_ir::{Cell, CompareOp, Expr, Population, Rule, RuleId, Truth, Value, Verdict};

use super::fixture::*;
use crate::{AsOf, Outcome, Reason, Subject, prove_all};

fn adult() -> Expr {
    compare(field(SUBJECT, AGE), CompareOp::Ge, literal(int(18)))
}

fn person_of(id: &str, age: Cell) -> Vec<Cell> {
    let mut row = person(id);
    row[AGE.0 as usize] = age;
    row
}

fn verdicts(world: &World, rule: Rule) -> (Verdict, Vec<Verdict>) {
    let outcome: Outcome = world.see(rule, prove_all);
    let rule = &outcome.rules[RuleId(0)];
    (rule.verdict, rule.subjects.iter().map(|subject| subject.verdict).collect())
}

fn missing(row: u32, field: kijun_ir::FieldId) -> Reason {
    Reason::Missing { fact: PERSON, row, field }
}

#[test]
fn the_gravest_subject_makes_the_rule() {
    let world = World::new(&[person_of("a", int(30)), person_of("b", Cell::Unknown), person_of("c", int(9))]);
    let subjects = vec![Verdict::Met, Verdict::Undetermined, Verdict::Violated];
    assert_eq!(verdicts(&world, rule(adult())), (Verdict::Violated, subjects));
}

#[test]
fn nobody_is_undetermined_unless_allowed() {
    let nobody = World::new(&[]);
    assert_eq!(verdicts(&nobody, rule(adult())), (Verdict::Undetermined, vec![]));
    let mut allowed = rule(adult());
    allowed.population = allowed.population.map(|population| Population { or_none: true, ..population });
    assert_eq!(verdicts(&nobody, allowed.clone()), (Verdict::NotApplicable, vec![]));
    assert_eq!(verdicts(&nobody.holding(PERSON, None), allowed), (Verdict::Undetermined, vec![]));
}

#[test]
fn the_population_is_who_the_condition_names() {
    let world = World::new(&[person_of("a", int(30)), person_of("b", Cell::Unknown), person_of("c", int(9))]);
    let mut adults = rule(is_none(field(SUBJECT, MENTOR)));
    adults.population = Some(population(Some(adult())));
    assert_eq!(verdicts(&world, adults.clone()), (Verdict::Met, vec![Verdict::Met]));

    adults.require = not(adults.require);
    let subjects = vec![Verdict::Violated, Verdict::Undetermined];
    assert_eq!(verdicts(&world, adults.clone()), (Verdict::Violated, subjects));
    let proof = world.see(adults, |snapshot| crate::prove(snapshot, RuleId(0), Subject::Row(1, AsOf::Today)));
    assert_eq!(proof.findings.member, Truth::Unknown);
    assert_eq!(proof.reasons(), [missing(1, AGE)]);
}

#[test]
fn an_organisation_is_one_subject() {
    let general = general(some(OTHER, equal(field(OTHER, HOURS), literal(int(2)))));
    let world = World::new(&[]);
    let outcome = world.see(general.clone(), prove_all);
    let subjects = &outcome.rules[RuleId(0)].subjects;
    assert_eq!(subjects.len(), 1);
    let organisation = Subject::Organisation(AsOf::Today);
    assert_eq!((subjects[0].subject, subjects[0].verdict), (organisation, Verdict::Undetermined));
    assert_eq!(world.prove(general).subject, organisation);
}

#[test]
fn exceptions_excuse_what_is_shown_to_fail() {
    let excused_by = |require: Expr, device: Expr| {
        let mut excused = rule(require);
        let mine = equal(field(THIRD, WHO), field(SUBJECT, ID));
        let device = equal(field(THIRD, DEVICE), device);
        let since = compare(field(THIRD, AT), CompareOp::Ge, literal(instant("2026-04-01T00:00:00Z")));
        excused.excused = vec![quantifier(THIRD, ACCESS, Some(all(vec![since, mine, device])))];
        excused
    };
    let grant = access("2026-05-01T00:00:00Z", "甲", "PC-1");
    let world = |age| World::new(&[person_of("甲", age)]).with(ACCESS, std::slice::from_ref(&grant));
    let verdict = |age, device: &str| world(age).prove(excused_by(adult(), literal(text(device)))).verdict;
    assert_eq!(verdict(int(9), "PC-1"), Some(Verdict::Excused));
    assert_eq!(verdict(int(9), "PC-2"), Some(Verdict::Violated));
    assert_eq!(verdict(int(30), "PC-1"), Some(Verdict::Met));
    assert_eq!(verdict(Cell::Unknown, "PC-1"), Some(Verdict::Undetermined));

    let unknown_grant = World::new(&[person_of("甲", int(9))])
        .with(ACCESS, &[vec![instant("2026-05-01T00:00:00Z"), text("甲"), Cell::Unknown, Cell::None]]);
    let proof = unknown_grant.prove(excused_by(adult(), literal(text("PC-1"))));
    assert_eq!(proof.verdict, Some(Verdict::Undetermined));
    assert_eq!(proof.reasons(), [Reason::Missing { fact: ACCESS, row: 0, field: DEVICE }]);
}

#[test]
fn a_due_date_has_a_last_day() {
    let by = |due: Expr| {
        let mut pending = rule(adult());
        pending.due = Some(due);
        pending
    };
    let verdict = |day| World::new(&[person_of("甲", int(9))]).prove(by(literal(day))).verdict;
    assert_eq!(verdict(day("2026-06-29")), Some(Verdict::Violated));
    assert_eq!(verdict(day("2026-06-30")), Some(Verdict::Pending));
    let mut row = person_of("甲", int(9));
    row[JOINED.0 as usize] = Cell::Unknown;
    let proof = World::new(&[row]).prove(by(field(SUBJECT, JOINED)));
    assert_eq!(proof.verdict, Some(Verdict::Undetermined));
    assert_eq!(proof.reasons(), [missing(0, JOINED)]);
}

#[test]
fn reasons_are_those_the_verdict_rests_on() {
    let mut row = person_of("甲", Cell::Unknown);
    row[JOINED.0 as usize] = Cell::Unknown;
    let joined = || compare(field(SUBJECT, JOINED), CompareOp::Le, literal(day("2026-01-01")));
    let inactive = || not(field(SUBJECT, ACTIVE));
    let world = World::new(&[row]);
    let reasons = |expr| world.prove(rule(expr)).reasons();
    assert_eq!(reasons(all(vec![adult(), adult(), joined()])), [missing(0, JOINED), missing(0, AGE)]);
    assert_eq!(reasons(any(vec![all(vec![adult(), inactive()]), joined()])), [missing(0, JOINED)]);
    assert_eq!(reasons(all(vec![adult(), inactive()])), [], "the verdict is violated");
    let choice = either(adult(), literal(Cell::Known(Value::Bool(true))), inactive());
    assert_eq!(reasons(choice), [missing(0, AGE)]);
}
