//! Conditions on one row.

use kijun_ir::{Cell, CompareOp, Duration, ExprKind, Kind, Truth, Value};
use kijun_source::Span;

use super::fixture::*;
use crate::{Held, Reason, Step, StepKind};

const TRUE: Truth = Truth::True;
const FALSE: Truth = Truth::False;
const UNKNOWN: Truth = Truth::Unknown;

/// The step of a condition on a person of 30 whose age may be made unknown.
fn step(expr: &kijun_ir::Expr) -> Step {
    let mut row = person("甲");
    row[JOINED.0 as usize] = Cell::Unknown;
    World::new(&[row]).prove(rule(expr.clone())).require
}

fn check(expr: kijun_ir::Expr, truth: Truth) {
    assert_eq!(step(&expr).truth, truth, "{expr:?}");
}

fn yes() -> kijun_ir::Expr {
    field(SUBJECT, ACTIVE)
}

fn no() -> kijun_ir::Expr {
    not(yes())
}

fn unknown() -> kijun_ir::Expr {
    equal(field(SUBJECT, JOINED), literal(day("2020-04-01")))
}

#[test]
fn connectives_are_kleenes() {
    check(all(vec![yes(), unknown()]), UNKNOWN);
    check(all(vec![unknown(), no()]), FALSE);
    check(any(vec![unknown(), yes()]), TRUE);
    check(any(vec![no(), unknown()]), UNKNOWN);
    check(not(unknown()), UNKNOWN);
    check(not(no()), TRUE);
}

#[test]
fn connectives_keep_all_parts() {
    let step = step(&all(vec![yes(), no(), unknown()]));
    assert_eq!(step.kind, StepKind::All);
    assert_eq!(step.parts.iter().map(|part| part.truth).collect::<Vec<_>>(), [TRUE, FALSE, UNKNOWN]);
    assert_eq!(step.reasons, []);
}

#[test]
fn comparisons_name_their_operands() {
    let step = step(&compare(field(SUBJECT, AGE), CompareOp::Ge, literal(int(18))));
    assert_eq!(step.truth, TRUE);
    let StepKind::Values(values) = step.kind else { panic!("a comparison has values") };
    let cells: Vec<Cell> = values.into_iter().map(|(_, cell, _)| cell).collect();
    assert_eq!(cells, [int(30), int(18)]);
}

#[test]
fn comparisons_follow_the_order_of_values() {
    let decimal = |text: &str| literal(Cell::Known(Value::Decimal(text.parse().unwrap())));
    check(equal(literal(int(1)), decimal("1.00")), TRUE);
    check(equal(field(SUBJECT, ID), literal(text("甲"))), TRUE);
    check(compare(field(SUBJECT, ID), CompareOp::Ne, literal(text("乙"))), TRUE);
    check(equal(length(Duration::days(1)), length(Duration::seconds(86_400))), TRUE);
    check(compare(field(SUBJECT, AGE), CompareOp::Lt, literal(int(30))), FALSE);
}

#[test]
fn lengths_without_an_order_are_out_of_range() {
    let step = step(&compare(length(Duration::months(1)), CompareOp::Lt, length(Duration::days(30))));
    assert_eq!((step.truth, step.reasons), (UNKNOWN, vec![Reason::OutOfRange]));
}

#[test]
fn none_is_a_fact_and_unknown_is_not() {
    check(is_none(field(SUBJECT, LEFT)), TRUE);
    check(is_none(field(SUBJECT, AGE)), FALSE);
    check(is_none(field(SUBJECT, JOINED)), UNKNOWN);
    let careless = compare(field(SUBJECT, LEFT), CompareOp::Ge, literal(day("2026-01-01")));
    let missing = Reason::Missing { fact: PERSON, row: 0, field: LEFT };
    let step = step(&careless);
    assert_eq!((step.truth, step.reasons), (UNKNOWN, vec![missing]));
}

#[test]
fn lists_are_disjunctions_of_equalities() {
    let one_of =
        |list: Vec<kijun_ir::Expr>| condition(ExprKind::OneOf { item: Box::new(field(SUBJECT, LEFT)), list });
    check(one_of(vec![literal(day("2026-01-01"))]), UNKNOWN);
    let age =
        |list: Vec<kijun_ir::Expr>| condition(ExprKind::OneOf { item: Box::new(field(SUBJECT, AGE)), list });
    check(age(vec![literal(int(1)), literal(int(30))]), TRUE);
    check(age(vec![literal(int(1)), literal(int(2))]), FALSE);
}

#[test]
fn the_period_includes_both_ends() {
    let in_period = |cell| in_period(literal(cell), period());
    check(in_period(day("2026-03-31")), FALSE);
    check(in_period(day("2026-04-01")), TRUE);
    check(in_period(day("2027-03-31")), TRUE);
    check(in_period(day("2027-04-01")), FALSE);
    check(in_period(instant("2026-03-31T14:59:59.999999Z")), FALSE);
    check(in_period(instant("2026-03-31T15:00:00Z")), TRUE);
    check(in_period(instant("2027-03-31T14:59:59.999999Z")), TRUE);
    check(super::fixture::in_period(field(SUBJECT, JOINED), period()), UNKNOWN);
}

#[test]
fn prefixes_are_literal() {
    let starts = |start: &str| {
        let [text, prefix] = [field(SUBJECT, NAME), literal(text(start))].map(Box::new);
        condition(ExprKind::StartsWith { text, prefix })
    };
    check(starts("架空"), TRUE);
    check(starts(""), TRUE);
    check(starts("一郎"), FALSE);
}

#[test]
fn texts_hold_parts_and_match_as_a_whole() {
    let contains = |part: &str| {
        let [text, part] = [field(SUBJECT, NAME), literal(text(part))].map(Box::new);
        condition(ExprKind::Contains { text, part })
    };
    check(contains("一郎"), TRUE);
    check(contains(""), TRUE);
    check(contains("二郎"), FALSE);
    let matches = |text: kijun_ir::Expr, pattern: &str| {
        let pattern = kijun_ir::Pattern::new(pattern).unwrap();
        condition(ExprKind::Matches { text: Box::new(text), pattern })
    };
    check(matches(field(SUBJECT, NAME), "架空 .郎"), TRUE);
    check(matches(field(SUBJECT, NAME), "架空"), FALSE);
    check(matches(field(SUBJECT, MENTOR), ".*"), UNKNOWN);
}

#[test]
fn periods_of_any_kind_hold_days() {
    let may = || literal(days("2026-05-01", "2026-05-31"));
    check(in_period(literal(instant("2026-05-31T14:59:59Z")), may()), TRUE);
    check(in_period(literal(instant("2026-05-31T15:00:00Z")), may()), FALSE);
    check(in_period(literal(day("2026-05-01")), literal(days("2026-05-02", "2026-05-01"))), FALSE);
    let since = |first| {
        let [from, to] = [first, literal(day("2026-12-31"))].map(Box::new);
        kijun_ir::Expr::new(ExprKind::Range { from, to }, Kind::Period, Span::default())
    };
    check(in_period(literal(day("2026-05-01")), since(literal(day("2026-05-01")))), TRUE);
    check(in_period(literal(day("2026-05-01")), since(field(SUBJECT, JOINED))), UNKNOWN);
    check(in_period(literal(day("2027-05-01")), since(field(SUBJECT, LEFT))), UNKNOWN);
}

#[test]
fn functions_of_days_are_conditions_too() {
    let open = |day| {
        let function = kijun_ir::Function::IsBusinessDay;
        condition(ExprKind::Call { function, arguments: vec![day] })
    };
    check(open(literal(day("2026-06-29"))), TRUE);
    check(open(literal(day("2026-06-28"))), FALSE);
    check(open(field(SUBJECT, JOINED)), UNKNOWN);
    let step = step(&open(literal(day("1900-06-29"))));
    assert_eq!((step.truth, step.reasons), (UNKNOWN, vec![Reason::BeyondCalendar]));
    assert!(matches!(&step.kind, StepKind::Values(values) if values[0].1 == day("1900-06-29")));
}

#[test]
fn plain_conditions_are_their_values() {
    check(literal(Cell::Known(Value::Bool(true))), TRUE);
    check(either(unknown(), yes(), no()), UNKNOWN);
    check(either(unknown(), yes(), yes()), TRUE);
    check(either(no(), yes(), no()), FALSE);
    let none = none(Kind::Bool);
    check(default(none.clone(), no()), FALSE);
    check(none, UNKNOWN);
}

#[test]
fn definitions_show_their_name() {
    let named = ExprKind::Named { name: "employed".to_owned(), param: None, body: Box::new(unknown()) };
    let step = step(&condition(named));
    assert_eq!(step.kind, StepKind::Named("employed".to_owned()));
    assert_eq!((step.truth, step.parts.len()), (UNKNOWN, 1));
}

#[test]
fn a_requirement_is_not_asked_where_what_it_needs_is_not_shown() {
    let needing = |shown, then| condition(ExprKind::Needs { shown, then: Box::new(then) });
    for (shown, then) in [(no(), yes()), (no(), no()), (unknown(), yes()), (unknown(), no())] {
        let place = shown.span;
        let step = step(&needing(vec![yes(), shown], then));
        assert_eq!((step.truth, &step.kind, step.parts.len()), (UNKNOWN, &StepKind::Needs(2), 2));
        assert_eq!(step.reasons, [Reason::NotShown { condition: place }]);
    }
    let judged = step(&needing(vec![yes(), yes()], no()));
    assert_eq!((judged.truth, judged.parts.len(), judged.reasons), (FALSE, 3, Vec::new()));
}

#[test]
fn coverage_is_true_or_unknown_never_false() {
    let covered = || rule(condition(ExprKind::Covered { fact: TRAINING, period: None }));
    let whole = World::new(&[person("甲")]);
    assert_eq!(whole.prove(covered()).require.truth, TRUE);
    let log = |from, to| Some(Held::Log(vec![stretch(from, to, vec![])]));
    for held in [None, log("2026-04-02", "2026-07-01"), log("2026-04-01", "2026-06-30")] {
        let step = World::new(&[person("甲")]).holding(TRAINING, held).prove(covered()).require;
        assert_eq!(step.truth, UNKNOWN);
        assert!(matches!(step.reasons[..], [Reason::Gap(_)]), "{step:?}");
    }
    let due = World::new(&[person("甲")]).holding(TRAINING, log("2026-04-01", "2026-07-01"));
    assert_eq!(due.prove(covered()).require.truth, TRUE);
}

#[test]
fn coverage_is_asked_of_any_period() {
    let covered = |period| condition(ExprKind::Covered { fact: TRAINING, period: Some(Box::new(period)) });
    let log = Some(Held::Log(vec![stretch("2026-04-01", "2026-06-01", vec![])]));
    let mut row = person("甲");
    row[JOINED.0 as usize] = Cell::Unknown;
    let world = World::new(&[row]).holding(TRAINING, log);
    let truth = |expr| world.prove(rule(expr)).require.truth;
    assert_eq!(truth(covered(literal(days("2026-04-01", "2026-05-31")))), TRUE);
    assert_eq!(truth(covered(literal(days("2026-04-01", "2026-06-01")))), UNKNOWN);
    assert_eq!(truth(not(covered(literal(days("2026-04-01", "2026-06-01"))))), UNKNOWN);
    let since = [field(SUBJECT, JOINED), literal(day("2026-05-31"))].map(Box::new);
    let [from, to] = since;
    let unknown = kijun_ir::Expr::new(ExprKind::Range { from, to }, Kind::Period, Span::default());
    let proof = world.prove(rule(covered(unknown)));
    assert_eq!(proof.reasons(), [Reason::Missing { fact: PERSON, row: 0, field: JOINED }]);
}
