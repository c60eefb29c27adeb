//! Values: fields, references, arithmetic, choice, `else`.

use jiff::civil::Date;
use kijun_ir::{
    AggregateOp, ArithmeticOp, Cell, CompareOp, Duration, Edge, Expr, ExprKind, Function, Kind, Template,
    TemplatePart, Truth, Type, Value, Verdict,
};
use kijun_source::Span;

use super::fixture::*;
use crate::prover::scene::Scene;
use crate::prover::value::Reading;
use crate::{AsOf, Gap, GapKind, Held, Reason};

/// The value for a person `甲`, changed by `change`, among the rows of `world`.
fn read_in(world: &World, expr: &Expr) -> Reading {
    let rule = rule(is_none(expr.clone()));
    world.see(rule, |snapshot| {
        let rule = &snapshot.program.rules[kijun_ir::RuleId(0)];
        Scene::of_subject(snapshot, rule, first(rule)).value(expr)
    })
}

fn read(expr: &Expr) -> Cell {
    read_in(&World::new(&[person("甲")]), expr).cell
}

/// A person of whom one cell says something else.
fn person_with(field: kijun_ir::FieldId, cell: Cell) -> Vec<Cell> {
    let mut row = person("甲");
    row[field.0 as usize] = cell;
    row
}

#[test]
fn leaves_are_what_they_name() {
    let at = |kind| Expr::new(kind, Kind::Date, Span::default());
    assert_eq!(read(&literal(int(3))), int(3));
    assert_eq!(read(&none(Kind::Date)), Cell::None);
    assert_eq!(read(&at(ExprKind::Today)), day("2026-06-30"));
    assert_eq!(read(&period()), days("2026-04-01", "2027-03-31"));
    assert_eq!(read(&edge(period(), Edge::Start)), day("2026-04-01"));
    assert_eq!(read(&edge(period(), Edge::End)), day("2027-03-31"));
    assert_eq!(read(&param()), int(2));
    assert_eq!(read(&field(SUBJECT, AGE)), int(30));
    assert_eq!(read(&field(SUBJECT, LEFT)), Cell::None);
}

#[test]
fn an_empty_cell_is_missing() {
    let world = World::new(&[person_with(AGE, Cell::Unknown)]);
    let reading = read_in(&world, &field(SUBJECT, AGE));
    assert_eq!(reading.cell, Cell::Unknown);
    assert_eq!(reading.reasons, [Reason::Missing { fact: PERSON, row: 0, field: AGE }]);
}

/// The age of the person with that key.
fn age_of(key: &str) -> Expr {
    follow(Expr { ty: Type::required(Kind::Ref(PERSON)), ..literal(text(key)) }, AGE)
}

#[test]
fn references_read_the_row_with_that_key() {
    let roster = World::new(&[person("乙"), person("甲")]);
    assert_eq!(read_in(&roster, &age_of("乙")).cell, int(30));
    let inactive = roster.prove(rule(not(follow(field(SUBJECT, ID), ACTIVE))));
    assert_eq!(inactive.verdict, Some(Verdict::Violated));
}

#[test]
fn references_to_no_row_or_to_several_dangle() {
    let dangling = Reason::Dangling { fact: PERSON, key: "乙".to_owned(), as_of: AsOf::Today };
    let reasons = |world: &World| read_in(world, &age_of("乙")).reasons;
    assert_eq!(reasons(&World::new(&[person("甲")])), std::slice::from_ref(&dangling));
    assert_eq!(reasons(&World::new(&[person("乙"), person("乙")])), std::slice::from_ref(&dangling));

    let taken = taken("2026-05-01T00:00:00Z", vec![]);
    let gap = Gap { fact: PERSON, source: Some("person".to_owned()), kind: GapKind::Stale(taken.at) };
    let stale = World::new(&[person("乙")]).holding(PERSON, Some(Held::State(vec![taken])));
    assert_eq!(reasons(&stale), [dangling, Reason::Gap(gap)]);
}

#[test]
fn following_none_lacks_the_reference() {
    let world = World::new(&[person("甲")]);
    let reading = read_in(&world, &follow(field(SUBJECT, MENTOR), AGE));
    assert_eq!(reading.cell, Cell::Unknown);
    assert_eq!(reading.reasons, [Reason::Missing { fact: PERSON, row: 0, field: MENTOR }]);
}

#[test]
fn arithmetic_knows_its_kinds() {
    use ArithmeticOp::{Add, Mul, Sub};
    let decimal = |text: &str| Cell::Known(Value::Decimal(text.parse().unwrap()));
    let span = |duration| Cell::Known(Value::Duration(duration));
    let date = day("2026-01-31");
    let at = instant("2026-03-31T15:30:00Z");
    let cases = [
        (int(2), Mul, int(3), int(6)),
        (int(2), Sub, decimal("0.5"), decimal("1.5")),
        (decimal("0.5"), Add, int(2), decimal("2.5")),
        (decimal("0.5"), Mul, decimal("0.5"), decimal("0.25")),
        (date.clone(), Add, span(Duration::months(1)), day("2026-02-28")),
        (date.clone(), Sub, span(Duration::days(31)), day("2025-12-31")),
        (date.clone(), Sub, day("2026-01-01"), span(Duration::days(30))),
        (at.clone(), Add, span(Duration::days(1)), instant("2026-04-01T15:30:00Z")),
        (at.clone(), Sub, span(Duration::seconds(1800)), instant("2026-03-31T15:00:00Z")),
        (at, Sub, instant("2026-03-31T15:29:00Z"), span(Duration::seconds(60))),
        (
            span(Duration::days(1)),
            Sub,
            span(Duration::months(1)),
            span(Duration { months: -1, ..Duration::days(1) }),
        ),
        (span(Duration::days(7)), Mul, int(-2), span(Duration::days(-14))),
    ];
    for (left, op, right, result) in cases {
        let Cell::Known(_) = result else { panic!("every case has a result") };
        let kind = literal(result.clone()).ty.kind;
        let expr = arithmetic(literal(left), op, literal(right), kind);
        assert_eq!(read(&expr), result, "{expr:?}");
    }
}

#[test]
fn arithmetic_beyond_the_range_is_unknown() {
    let far = arithmetic(
        literal(Cell::Known(Value::Date(Date::MAX))),
        ArithmeticOp::Add,
        length(Duration::days(1)),
        Kind::Date,
    );
    let product = arithmetic(literal(int(i64::MAX)), ArithmeticOp::Mul, literal(int(2)), Kind::Int);
    for expr in [far, product] {
        let reading = read_in(&World::new(&[person("甲")]), &expr);
        assert_eq!((reading.cell, reading.reasons), (Cell::Unknown, vec![Reason::OutOfRange]));
    }
}

#[test]
fn arithmetic_over_an_unknown_cell_is_unknown() {
    let world = World::new(&[person_with(AGE, Cell::Unknown)]);
    let sum = arithmetic(field(SUBJECT, AGE), ArithmeticOp::Add, literal(int(1)), Kind::Int);
    let reading = read_in(&world, &sum);
    assert_eq!(reading.cell, Cell::Unknown);
    assert_eq!(reading.reasons, [Reason::Missing { fact: PERSON, row: 0, field: AGE }]);
}

#[test]
fn days_begin_at_midnight_of_the_zone() {
    let date_of = |cell| Expr::new(ExprKind::DateOf(Box::new(literal(cell))), Kind::Date, Span::default());
    assert_eq!(read(&date_of(instant("2026-03-31T14:59:59Z"))), day("2026-03-31"));
    assert_eq!(read(&date_of(instant("2026-03-31T15:00:00Z"))), day("2026-04-01"));
}

#[test]
fn a_choice_that_makes_no_difference_is_known() {
    let unknown = || compare(field(SUBJECT, AGE), CompareOp::Gt, literal(int(1)));
    let world = World::new(&[person_with(AGE, Cell::Unknown)]);
    let choose = |then, otherwise| read_in(&world, &either(unknown(), then, otherwise));
    assert_eq!(choose(literal(int(1)), literal(int(1))).cell, int(1));
    assert_eq!(choose(field(SUBJECT, LEFT), field(SUBJECT, LEFT)).cell, Cell::None);

    let differing = choose(literal(int(1)), literal(int(2)));
    assert_eq!(differing.cell, Cell::Unknown);
    assert_eq!(differing.parts[0].truth, Truth::Unknown);
    assert_eq!(choose(field(SUBJECT, AGE), field(SUBJECT, AGE)).cell, Cell::Unknown);
}

#[test]
fn a_choice_reads_one_branch() {
    let sure = |op| compare(field(SUBJECT, AGE), op, literal(int(30)));
    let branches = |op| read(&either(sure(op), literal(int(1)), literal(int(2))));
    assert_eq!(branches(CompareOp::Eq), int(1));
    assert_eq!(branches(CompareOp::Ne), int(2));
}

#[test]
fn else_stands_for_none_but_not_for_unknown() {
    let left = || default(field(SUBJECT, LEFT), literal(day("2030-01-01")));
    assert_eq!(read(&left()), day("2030-01-01"));
    let gone = World::new(&[person_with(LEFT, day("2026-05-31"))]);
    assert_eq!(read_in(&gone, &left()).cell, day("2026-05-31"));
    let unknown = World::new(&[person_with(LEFT, Cell::Unknown)]);
    assert_eq!(read_in(&unknown, &left()).cell, Cell::Unknown);
}

#[test]
fn definitions_are_their_bodies() {
    let named = |body: Expr| {
        let ty = body.ty;
        let kind = ExprKind::Named { name: "define".to_owned(), param: None, body: Box::new(body) };
        Expr { kind, ty, span: Span::default() }
    };
    assert_eq!(read(&named(literal(int(3)))), int(3));
    assert_eq!(read(&named(is_none(field(SUBJECT, LEFT)))), Cell::Known(Value::Bool(true)));
    let nothing = none(Kind::Bool);
    assert_eq!(read(&named(nothing)), Cell::None);
}

#[test]
fn a_condition_is_a_value_too() {
    assert_eq!(read(&is_none(field(SUBJECT, LEFT))), Cell::Known(Value::Bool(true)));
    assert_eq!(read(&is_none(field(SUBJECT, AGE))), Cell::Known(Value::Bool(false)));
}

fn call(function: Function, arguments: Vec<Expr>) -> Expr {
    let (_, kind) = function.signature();
    Expr::new(ExprKind::Call { function, arguments }, kind, Span::default())
}

#[test]
fn periods_have_ends() {
    let may = || literal(days("2026-05-01", "2026-05-31"));
    assert_eq!(read(&edge(may(), Edge::End)), day("2026-05-31"));
    assert_eq!(read(&call(Function::DaysIn, vec![may()])), int(31));
    assert_eq!(
        read(&call(Function::MonthOf, vec![literal(day("2026-05-09"))])),
        days("2026-05-01", "2026-05-31")
    );
    let [from, to] = [field(SUBJECT, JOINED), field(SUBJECT, LEFT)].map(Box::new);
    let range = Expr::new(ExprKind::Range { from, to }, Kind::Period, Span::default());
    let world = World::new(&[person("甲")]);
    assert_eq!(read_in(&world, &range).reasons, [Reason::Missing { fact: PERSON, row: 0, field: LEFT }]);
    let gone = World::new(&[person_with(LEFT, day("2026-05-31"))]);
    assert_eq!(read_in(&gone, &range).cell, days("2020-04-01", "2026-05-31"));
}

#[test]
fn texts_are_made_of_values() {
    let template = |exprs: Vec<Expr>| {
        let parts = exprs.into_iter().map(TemplatePart::Value);
        let parts = std::iter::once(TemplatePart::Text("第".to_owned())).chain(parts).collect();
        Expr::new(ExprKind::Format(Template { parts }), Kind::Text, Span::default())
    };
    let world = World::new(&[person_with(AGE, Cell::Unknown)]);
    assert_eq!(
        read_in(&world, &template(vec![field(SUBJECT, ID), field(SUBJECT, RANK)])).cell,
        text("第甲責任者")
    );
    let unknown = read_in(&world, &template(vec![field(SUBJECT, AGE)]));
    assert_eq!((unknown.cell, unknown.reasons.len()), (Cell::Unknown, 1));
    let none = read_in(&world, &template(vec![field(SUBJECT, LEFT)]));
    assert_eq!((none.cell, none.reasons.len()), (Cell::Unknown, 1), "`none` has no text");
}

#[test]
fn business_days_need_known_holidays() {
    let after = |day| {
        let length = length(Duration::business_days(1));
        arithmetic(literal(day), ArithmeticOp::Add, length, Kind::Date)
    };
    assert_eq!(read(&after(day("2026-06-26"))), day("2026-06-29"));
    let world = World::new(&[person("甲")]);
    let beyond = read_in(&world, &after(day("1900-06-26")));
    assert_eq!((beyond.cell, beyond.reasons), (Cell::Unknown, vec![Reason::BeyondCalendar]));
    let roll = read_in(&world, &call(Function::RollForward, vec![literal(day("2100-06-26"))]));
    assert_eq!((roll.cell, roll.reasons), (Cell::Unknown, vec![Reason::BeyondCalendar]));
}

#[test]
fn a_value_without_a_subject_says_what_is_missing() {
    let oldest = aggregate(AggregateOp::Max, Some(field(SUBJECT, AGE)), SUBJECT, None);
    let value = |world: &World| {
        world.see(general(is_none(oldest.clone())), |snapshot| {
            let vars = &snapshot.program.rules[kijun_ir::RuleId(0)].vars;
            crate::value_of(snapshot, vars, &oldest)
        })
    };
    assert_eq!(value(&World::new(&[person("甲")])), (int(30), vec![]));
    let missing = Reason::Missing { fact: PERSON, row: 0, field: AGE };
    assert_eq!(value(&World::new(&[person_with(AGE, Cell::Unknown)])), (Cell::Unknown, vec![missing]));
}
