//! Values: texts that no table holds, arithmetic at its limits, references, days at the borders of the zone.

use jiff::civil::date;
use kijun_ir::{ArithmeticOp, Cell, CompareOp, Duration, Expr, ExprKind, Kind, Truth, Value};
use rust_decimal::Decimal;

use super::world::{
    ENTRY, PERSON, SUBJECT, TODAY, World, compare, date_of, eq, field, field_id, int, known_day,
    known_instant, known_int, known_text, literal, new, not, rule, truth,
};

fn text(text: &str) -> Expr {
    literal(Value::text(text))
}

fn arithmetic(left: Expr, op: ArithmeticOp, right: Expr, kind: Kind) -> Expr {
    new(ExprKind::Arithmetic { op, left: Box::new(left), right: Box::new(right) }, kind)
}

/// The truth of a condition over one entry: at `door` A-1, number 1, at half past midnight of 1 April in Tokyo.
fn of_entry(condition: Expr) -> Truth {
    let cells = [
        ("at", known_instant("2026-03-31T15:30:00Z")),
        ("who", known_text("P1")),
        ("door", known_text("A-1")),
        ("number", known_int(1)),
        ("day", known_day(date(2026, 1, 31))),
    ];
    let people = |world: World| {
        let world = world
            .row(PERSON, &[("id", known_text("P1")), ("grade", known_int(5)), ("boss", known_text("P2"))]);
        let world = world.row(PERSON, &[("id", known_text("P2")), ("grade", Cell::Unknown)]);
        world.row(PERSON, &[("id", known_text("P2")), ("grade", known_int(7))])
    };
    let truths = people(World::new(vec![rule(Some(ENTRY), condition)]).row(ENTRY, &cells)).truths();
    assert_eq!(truths.len(), 1);
    truths[0]
}

fn entry(name: &str) -> Expr {
    field(SUBJECT, ENTRY, name)
}

#[test]
fn a_text_of_the_rules_alone_equals_only_itself() {
    assert_eq!(of_entry(eq(entry("door"), text("A-1"))), Truth::True);
    assert_eq!(of_entry(eq(entry("door"), text("B-1"))), Truth::False);
    assert_eq!(of_entry(eq(text("B-1"), text("B-1"))), Truth::True);
    assert_eq!(of_entry(eq(text("B-1"), text("B-2"))), Truth::False);
    assert_eq!(of_entry(compare(text("B-1"), CompareOp::Lt, text("B-2"))), Truth::True);
    assert_eq!(of_entry(compare(entry("door"), CompareOp::Lt, text("B-2"))), Truth::True);
    assert_eq!(of_entry(eq(entry("who"), text("P1"))), Truth::True);
    let starts = |text: Expr, prefix: Expr| {
        truth(ExprKind::StartsWith { text: Box::new(text), prefix: Box::new(prefix) })
    };
    assert_eq!(of_entry(starts(entry("door"), text("A-"))), Truth::True);
    assert_eq!(of_entry(starts(entry("door"), text("B-"))), Truth::False);
    assert_eq!(of_entry(starts(text("B-1"), text("B-"))), Truth::True);
}

#[test]
fn a_list_is_read_as_equalities() {
    let one_of = |list: Vec<Expr>| truth(ExprKind::OneOf { item: Box::new(entry("number")), list });
    let unknown = || follow(entry("who"), "boss", "grade");
    assert_eq!(of_entry(one_of(vec![int(3), int(1)])), Truth::True);
    assert_eq!(of_entry(one_of(vec![int(3), int(4)])), Truth::False);
    assert_eq!(of_entry(one_of(vec![unknown(), int(1)])), Truth::True);
    assert_eq!(of_entry(one_of(vec![unknown(), int(4)])), Truth::Unknown);
    assert_eq!(of_entry(one_of(vec![])), Truth::False);
}

fn follow(base: Expr, through: &str, name: &str) -> Expr {
    let step = |base: Expr, name: &str| {
        let id = field_id(PERSON, name);
        let kind = super::world::FIELDS[0][id.0 as usize].1;
        new(ExprKind::Follow { base: Box::new(base), fact: PERSON, field: id }, kind)
    };
    let middle = if through.is_empty() { base } else { step(base, through) };
    step(middle, name)
}

#[test]
fn references_name_exactly_one_row() {
    assert_eq!(of_entry(eq(follow(entry("who"), "", "grade"), int(5))), Truth::True);
    assert_eq!(of_entry(eq(follow(entry("who"), "", "grade"), int(6))), Truth::False);
    assert_eq!(of_entry(eq(follow(entry("who"), "boss", "grade"), int(7))), Truth::Unknown);
    let nobody = || new(ExprKind::Literal(Value::text("P9")), Kind::Ref(PERSON));
    let is_none = |inner| truth(ExprKind::IsNone(Box::new(inner)));
    assert_eq!(of_entry(is_none(follow(nobody(), "", "left"))), Truth::Unknown);
    assert_eq!(of_entry(is_none(follow(entry("who"), "", "left"))), Truth::True);
    assert_eq!(
        of_entry(is_none(follow(new(ExprKind::NoneLiteral, Kind::Ref(PERSON)), "", "left"))),
        Truth::Unknown
    );
}

#[test]
fn numbers_beyond_the_range_are_unknown() {
    let sum = |a, b| arithmetic(int(a), ArithmeticOp::Add, int(b), Kind::Int);
    let product = |a, b| arithmetic(int(a), ArithmeticOp::Mul, int(b), Kind::Int);
    assert_eq!(of_entry(eq(sum(2, 3), int(5))), Truth::True);
    assert_eq!(of_entry(eq(sum(i64::MAX, 1), int(5))), Truth::Unknown);
    assert_eq!(of_entry(eq(product(i64::MIN, -1), int(5))), Truth::Unknown);
    let decimal = |value| literal(Value::Decimal(value));
    let large = arithmetic(decimal(Decimal::MAX), ArithmeticOp::Add, decimal(Decimal::MAX), Kind::Decimal);
    assert_eq!(of_entry(eq(large, int(1))), Truth::Unknown);
    let mixed = arithmetic(int(1), ArithmeticOp::Sub, decimal(Decimal::new(5, 1)), Kind::Decimal);
    assert_eq!(of_entry(eq(mixed, decimal(Decimal::new(50, 2)))), Truth::True);
}

#[test]
fn days_and_lengths_go_by_the_calendar() {
    let length = |length| literal(Value::Duration(length));
    let day = |day| literal(Value::Date(day));
    let plus = |left, right| arithmetic(left, ArithmeticOp::Add, right, Kind::Date);
    let month = || length(Duration::months(1));
    assert_eq!(of_entry(eq(plus(entry("day"), month()), day(date(2026, 2, 28)))), Truth::True);
    assert_eq!(of_entry(eq(plus(day(date(9999, 12, 31)), month()), day(date(2026, 2, 28)))), Truth::Unknown);
    let between = arithmetic(day(date(2026, 2, 28)), ArithmeticOp::Sub, entry("day"), Kind::Duration);
    assert_eq!(of_entry(eq(between, length(Duration::days(28)))), Truth::True);
    assert_eq!(of_entry(compare(month(), CompareOp::Lt, length(Duration::days(31)))), Truth::Unknown);
    let huge = || length(Duration { months: 0, days: i32::MAX, micros: i64::MAX });
    let doubled = arithmetic(huge(), ArithmeticOp::Mul, int(2), Kind::Duration);
    assert_eq!(of_entry(compare(doubled, CompareOp::Gt, month())), Truth::Unknown);
    assert_eq!(of_entry(compare(huge(), CompareOp::Gt, length(Duration::days(1)))), Truth::True);
    let negated = arithmetic(day(TODAY), ArithmeticOp::Sub, length(Duration::days(i32::MIN)), Kind::Date);
    assert_eq!(of_entry(eq(negated, day(TODAY))), Truth::Unknown);
}

#[test]
fn days_begin_where_the_zone_begins_them() {
    let day = |day| literal(Value::Date(day));
    assert_eq!(of_entry(eq(date_of(entry("at")), day(date(2026, 4, 1)))), Truth::True);
    assert_eq!(of_entry(truth(ExprKind::InPeriod(Box::new(entry("at"))))), Truth::True);
    assert_eq!(of_entry(truth(ExprKind::InPeriod(Box::new(entry("day"))))), Truth::False);
    assert_eq!(of_entry(not(eq(new(ExprKind::PeriodStart, Kind::Date), date_of(entry("at"))))), Truth::False);
}
