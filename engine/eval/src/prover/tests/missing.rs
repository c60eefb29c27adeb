//! What evidence would change a verdict; each answer is checked by giving that evidence.

use kijun_ir::{Cell, CompareOp, Duration, Expr, ExprKind, Kind, Rule, RuleId, Verdict};
use kijun_source::Span;

use super::fixture::*;
use crate::{AsOf, Gap, GapKind, Held, Lack, Reason, Spot, missing};

fn lacks(world: &World, rule: Rule) -> Vec<Lack> {
    let subject = first(&rule);
    world.see(rule, |snapshot| missing(snapshot, RuleId(0), subject))
}

fn verdict(world: &World, rule: Rule) -> Verdict {
    world.prove(rule).verdict.unwrap()
}

fn person_with(cells: &[(kijun_ir::FieldId, Cell)]) -> Vec<Cell> {
    let mut row = person("甲");
    for (field, cell) in cells {
        row[field.0 as usize] = cell.clone();
    }
    row
}

fn cell(field: kijun_ir::FieldId) -> Lack {
    Lack::Missing(Reason::Missing { fact: PERSON, row: 0, field })
}

fn spot(field: kijun_ir::FieldId) -> Spot {
    Spot { fact: PERSON, row: 0, as_of: AsOf::Today, field }
}

fn adult() -> Expr {
    compare(field(SUBJECT, AGE), CompareOp::Ge, literal(int(18)))
}

fn joined() -> Expr {
    compare(field(SUBJECT, JOINED), CompareOp::Le, literal(day("2026-01-01")))
}

/// `some x in training where x.at >= 2026-04-01 and x.who == p.id`.
fn trained() -> Expr {
    let since = compare(field(OTHER, AT), CompareOp::Ge, literal(day("2026-04-01")));
    some(OTHER, all(vec![since, equal(field(OTHER, WHO), field(SUBJECT, ID))]))
}

#[test]
fn a_conjunction_needs_all_that_is_unknown() {
    let both = || rule(all(vec![adult(), joined(), field(SUBJECT, ACTIVE)]));
    let world = |age, joined| World::new(&[person_with(&[(AGE, age), (JOINED, joined)])]);
    let nothing_known = world(Cell::Unknown, Cell::Unknown);
    assert_eq!(lacks(&nothing_known, both()), [cell(AGE), cell(JOINED)]);
    assert_eq!(verdict(&world(int(30), Cell::Unknown), both()), Verdict::Undetermined, "one is not enough");
    assert_eq!(verdict(&world(int(30), day("2020-04-01")), both()), Verdict::Met);
}

#[test]
fn what_a_requirement_needs_comes_before_it() {
    let needing = |then| ExprKind::Needs { shown: vec![joined()], then: Box::new(then) };
    let needing = || rule(Expr::new(needing(adult()), Kind::Bool, Span::default()));
    let world = |age, joined| World::new(&[person_with(&[(AGE, age), (JOINED, joined)])]);
    let late = || day("2026-03-01");
    assert_eq!(verdict(&world(int(3), late()), needing()), Verdict::Undetermined);
    assert_eq!(lacks(&world(int(3), late()), needing()), [Lack::Cells(vec![spot(JOINED)])]);
    assert_eq!(lacks(&world(int(3), Cell::Unknown), needing()), [cell(JOINED)]);
    let nothing_known = world(Cell::Unknown, late());
    assert_eq!(lacks(&nothing_known, needing()), [Lack::Cells(vec![spot(JOINED)]), cell(AGE)]);
    let shown = world(int(3), day("2020-04-01"));
    assert_eq!(verdict(&shown, needing()), Verdict::Violated);
    assert_eq!(lacks(&shown, needing()), [Lack::Cells(vec![spot(AGE)])]);
}

#[test]
fn a_disjunction_needs_its_cheapest_part() {
    let either = || rule(any(vec![all(vec![adult(), joined()]), is_none(field(SUBJECT, MENTOR))]));
    let world = |mentor| {
        World::new(&[person_with(&[(AGE, Cell::Unknown), (JOINED, Cell::Unknown), (MENTOR, mentor)])])
    };
    assert_eq!(lacks(&world(Cell::Unknown), either()), [cell(MENTOR)]);
    assert_eq!(verdict(&world(Cell::None), either()), Verdict::Met);
    let excluded = world(text("乙"));
    assert_eq!(lacks(&excluded, either()), [cell(AGE), cell(JOINED)], "what is shown is not contradicted");
}

#[test]
fn a_witness_needs_the_row_that_may_be_it_or_the_whole_gap() {
    let doubtful = vec![day("2026-05-01"), Cell::Unknown, Cell::Unknown];
    let hole = || {
        Some(Held::Log(vec![
            stretch("2026-04-01", "2026-04-10", vec![]),
            stretch("2026-04-11", "2026-06-01", vec![]),
            stretch("2026-06-02", "2026-07-01", vec![]),
        ]))
    };
    let world =
        |rows: &[Vec<Cell>]| World::new(&[person("甲")]).with(TRAINING, rows).holding(TRAINING, hole());
    let row = Lack::Missing(Reason::Missing { fact: TRAINING, row: 0, field: WHO });
    assert_eq!(lacks(&world(&[doubtful]), rule(trained())), [row]);

    let gaps = lacks(&world(&[]), rule(trained()));
    let uncollected = |lack: &Lack| {
        matches!(lack, Lack::Missing(Reason::Gap(Gap { kind: GapKind::Uncollected { .. }, .. })))
    };
    assert!(gaps.len() == 2 && gaps.iter().all(uncollected), "{gaps:?}");
    assert_ne!(
        verdict(&World::new(&[person("甲")]), rule(trained())),
        Verdict::Undetermined,
        "with both filled"
    );
}

#[test]
fn an_absence_needs_every_gap_and_every_row() {
    let doubtful = vec![day("2026-05-01"), Cell::Unknown, Cell::Unknown];
    let world = World::new(&[person("甲")])
        .with(TRAINING, &[doubtful])
        .holding(TRAINING, Some(Held::Log(vec![stretch("2026-04-02", "2026-07-01", vec![])])));
    let found = lacks(&world, rule(not(trained())));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.contains(&Lack::Missing(Reason::Missing { fact: TRAINING, row: 0, field: WHO })));
}

#[test]
fn what_is_shown_to_fail_needs_a_row_or_another_cell() {
    let world = World::new(&[person_with(&[(AGE, int(9))])]);
    assert_eq!(lacks(&world, rule(adult())), [Lack::Cells(vec![spot(AGE)])]);
    let row = Lack::Rows { fact: TRAINING, as_of: AsOf::Today, span: Span::default(), count: 1 };
    assert_eq!(lacks(&world, rule(trained())), [row]);
    let trained_world = World::new(&[person("甲")]).with(TRAINING, &[training("2026-05-01", "甲")]);
    assert_eq!(lacks(&trained_world, rule(trained())), [], "met");
    let extra = lacks(&trained_world, rule(not(trained())));
    let cells = vec![Spot { fact: TRAINING, row: 0, as_of: AsOf::Today, field: AT }];
    assert_eq!(extra, [Lack::Cells(cells)]);
}

#[test]
fn a_count_needs_as_many_rows_as_it_lacks() {
    let mine = || equal(field(OTHER, WHO), field(SUBJECT, ID));
    let since = || compare(field(OTHER, AT), CompareOp::Ge, literal(day("2026-04-01")));
    let counted = |op, bound| rule(count(OTHER, all(vec![since(), mine()]), op, literal(int(bound))));
    let world = World::new(&[person("甲")]).with(TRAINING, &[training("2026-05-01", "甲")]);
    let rows = |count| Lack::Rows { fact: TRAINING, as_of: AsOf::Today, span: Span::default(), count };
    assert_eq!(lacks(&world, counted(CompareOp::Ge, 3)), [rows(2)]);
    assert_eq!(lacks(&world, counted(CompareOp::Gt, 3)), [rows(3)]);
    assert_eq!(lacks(&world, counted(CompareOp::Eq, 2)), [rows(1)]);
    assert_eq!(lacks(&world, counted(CompareOp::Ne, 1)), [rows(1)]);
    assert_eq!(lacks(&world, counted(CompareOp::Lt, 0)), [], "no evidence makes a count negative");
    let fewer = lacks(&world, counted(CompareOp::Eq, 0));
    assert!(matches!(fewer[..], [Lack::Cells(_)]), "{fewer:?}");
}

#[test]
fn exceptions_and_due_dates_are_other_ways() {
    let permitted = |device: Expr| {
        let since = compare(field(THIRD, AT), CompareOp::Ge, literal(instant("2026-04-01T00:00:00Z")));
        let mine = equal(field(THIRD, WHO), field(SUBJECT, ID));
        let permit = all(vec![since, mine, equal(field(THIRD, DEVICE), device)]);
        Rule { excused: vec![quantifier(THIRD, ACCESS, Some(permit))], ..rule(adult()) }
    };
    let unreadable = vec![instant("2026-05-01T00:00:00Z"), text("甲"), Cell::Unknown, Cell::None];
    let world = World::new(&[person_with(&[(AGE, int(9))])]).with(ACCESS, &[unreadable]);
    let device = Lack::Missing(Reason::Missing { fact: ACCESS, row: 0, field: DEVICE });
    assert_eq!(lacks(&world, permitted(literal(text("PC-1")))), [device]);

    let by = Rule { due: Some(field(SUBJECT, JOINED)), ..rule(adult()) };
    let due = |joined| World::new(&[person_with(&[(AGE, int(9)), (JOINED, joined)])]);
    assert_eq!(lacks(&due(Cell::Unknown), by.clone()), [cell(JOINED)]);
    assert_eq!(lacks(&due(day("2026-07-01")), by), [], "pending");
}

#[test]
fn a_membership_that_is_not_known_is_another_way() {
    let adults = Rule { population: Some(population(Some(adult()))), ..rule(trained()) };
    let unknown_age = World::new(&[person_with(&[(AGE, Cell::Unknown)])]);
    assert_eq!(lacks(&unknown_age, adults.clone()), [cell(AGE)]);
    let row = Lack::Rows { fact: TRAINING, as_of: AsOf::Today, span: Span::default(), count: 1 };
    assert_eq!(lacks(&World::new(&[person("甲")]), adults), [row], "a subject stays one");
}

#[test]
fn what_no_evidence_could_change_has_no_answer() {
    let today = Expr::new(ExprKind::Today, Kind::Date, Span::default());
    let past = compare(today, CompareOp::Lt, literal(day("2026-01-01")));
    assert_eq!(lacks(&World::new(&[person("甲")]), rule(past.clone())), []);
    let covered = condition(ExprKind::Covered { fact: TRAINING, period: None });
    assert_eq!(lacks(&World::new(&[person("甲")]), rule(not(covered.clone()))), []);
    let gone = World::new(&[person("甲")]).holding(TRAINING, None);
    let gap = Reason::Gap(Gap { fact: TRAINING, source: None, kind: GapKind::NoSource });
    assert_eq!(lacks(&gone, rule(covered)), [Lack::Missing(gap)]);
    let month = length(Duration::months(1));
    let orderless = compare(month, CompareOp::Lt, length(Duration::days(30)));
    assert_eq!(lacks(&gone, rule(any(vec![past, orderless]))), [Lack::Missing(Reason::OutOfRange)]);
}

#[test]
fn a_choice_needs_its_condition_too() {
    let choice = || {
        let inactive = not(field(SUBJECT, ACTIVE));
        rule(either(joined(), adult(), inactive))
    };
    let world = |age, joined| World::new(&[person_with(&[(AGE, age), (JOINED, joined)])]);
    assert_eq!(lacks(&world(int(30), Cell::Unknown), choice()), [cell(JOINED)]);
    assert_eq!(lacks(&world(Cell::Unknown, Cell::Unknown), choice()), [cell(JOINED), cell(AGE)]);
    assert_eq!(verdict(&world(int(30), day("2020-04-01")), choice()), Verdict::Met);
}

#[test]
fn a_possible_row_needs_what_it_rests_on() {
    let unknown = vec![text("甲"), Cell::Unknown];
    let world = World::new(&[]).with(MEMBER, &[unknown]);
    let known = some(CHAIN, equal(field(CHAIN, SUB), literal(text("甲"))));
    let cell = Lack::Missing(Reason::Missing { fact: MEMBER, row: 0, field: SUP });
    assert_eq!(lacks(&world, general(known.clone())), [cell]);
    let whole = World::new(&[]).with(MEMBER, &[member("甲", "営業")]);
    assert_eq!(verdict(&whole, general(known)), Verdict::Met);
}
