//! Values: texts that no table holds, arithmetic at its limits, references, days at the borders of the zone.

use jiff::civil::date;
use kijun_ir::{
    ArithmeticOp, Cell, CompareOp, Duration, Edge, Expr, ExprKind, Function, Kind, Pattern, Period, Template,
    TemplatePart, Truth, Value,
};
use rust_decimal::Decimal;

use super::world::{
    DOORS, ENTRY, PERSON, SUBJECT, TODAY, World, compare, date_of, eq, field, field_id, int, known_day,
    known_instant, known_int, known_text, literal, new, not, rule, truth, within,
};

fn text(text: &str) -> Expr {
    literal(Value::text(text))
}

fn arithmetic(left: Expr, op: ArithmeticOp, right: Expr, kind: Kind) -> Expr {
    new(ExprKind::Arithmetic { op, left: Box::new(left), right: Box::new(right) }, kind)
}

const JANUARY: Period = Period { start: date(2026, 1, 1), end: date(2026, 1, 31) };

fn edge(edge: Edge, period: Expr) -> Expr {
    new(ExprKind::Edge { period: Box::new(period), edge }, Kind::Date)
}

/// The truth of a condition over one entry: at `door` A-1, number 1, at half past midnight of 1 April in Tokyo.
fn of_entry(condition: Expr) -> Truth {
    let cells = [
        ("at", known_instant("2026-03-31T15:30:00Z")),
        ("who", known_text("P1")),
        ("door", known_text("A-1")),
        ("number", known_int(1)),
        ("day", known_day(date(2026, 1, 31))),
        ("from", Cell::Known(Value::Ip("10.0.1.1".parse().unwrap()))),
        ("within", Cell::Known(Value::Period(JANUARY))),
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

#[test]
fn a_parameter_may_stand_for_a_list() {
    let one_of = |list: Vec<Expr>| truth(ExprKind::OneOf { item: Box::new(entry("door")), list });
    let doors = || new(ExprKind::Param(DOORS), Kind::Text);
    assert_eq!(of_entry(one_of(vec![doors()])), Truth::True);
    assert_eq!(of_entry(one_of(vec![text("C-1"), doors()])), Truth::True);
    assert_eq!(of_entry(not(one_of(vec![doors()]))), Truth::False);
}

#[test]
fn texts_are_searched_as_they_are_written() {
    let contains = |part| truth(ExprKind::Contains { text: Box::new(entry("door")), part: Box::new(part) });
    let matches = |pattern: &str| {
        truth(ExprKind::Matches { text: Box::new(entry("door")), pattern: Pattern::new(pattern).unwrap() })
    };
    assert_eq!(of_entry(contains(text("-"))), Truth::True);
    assert_eq!(of_entry(contains(text("B"))), Truth::False);
    assert_eq!(of_entry(contains(follow(entry("who"), "", "name"))), Truth::Unknown);
    assert_eq!(of_entry(matches("[A-Z]-[0-9]")), Truth::True);
    assert_eq!(of_entry(matches("[A-Z]")), Truth::False);
}

#[test]
fn a_text_is_made_of_known_values_only() {
    let made = |value: Expr| {
        let parts = vec![TemplatePart::Text("A-".to_owned()), TemplatePart::Value(value)];
        new(ExprKind::Format(Template { parts }), Kind::Text)
    };
    assert_eq!(of_entry(eq(made(entry("number")), entry("door"))), Truth::True);
    assert_eq!(of_entry(eq(made(int(2)), entry("door"))), Truth::False);
    let is_none = |inner| truth(ExprKind::IsNone(Box::new(inner)));
    assert_eq!(of_entry(is_none(made(entry("weight")))), Truth::Unknown);
}

#[test]
fn an_address_lies_in_a_network_of_its_own_kind() {
    let inside = |cidr: &str| {
        let cidr = Box::new(literal(Value::Cidr(cidr.parse().unwrap())));
        truth(ExprKind::InCidr { ip: Box::new(entry("from")), cidr })
    };
    assert_eq!(of_entry(inside("10.0.0.0/16")), Truth::True);
    assert_eq!(of_entry(inside("10.0.0.0/24")), Truth::False);
    assert_eq!(of_entry(inside("::/0")), Truth::False);
}

#[test]
fn periods_are_made_taken_apart_and_asked() {
    let day = |day| literal(Value::Date(day));
    let range =
        |from: Expr, to: Expr| new(ExprKind::Range { from: Box::new(from), to: Box::new(to) }, Kind::Period);
    let own = || entry("within");
    assert_eq!(of_entry(within(entry("day"), own())), Truth::True);
    assert_eq!(of_entry(within(entry("at"), own())), Truth::False);
    assert_eq!(of_entry(eq(edge(Edge::End, own()), entry("day"))), Truth::True);
    assert_eq!(of_entry(eq(range(day(JANUARY.start), entry("day")), own())), Truth::True);
    // Half past midnight of 1 April in Tokyo.
    assert_eq!(
        of_entry(within(entry("at"), range(day(date(2026, 4, 1)), day(date(2026, 4, 1))))),
        Truth::True
    );
    assert_eq!(of_entry(within(entry("at"), range(entry("day"), day(date(2026, 3, 31))))), Truth::False);
    let unknown = || followed_date("left");
    assert_eq!(of_entry(within(entry("at"), range(unknown(), day(date(2026, 3, 31))))), Truth::Unknown);
}

/// A date of the boss, of whom it is not known which row is meant.
fn followed_date(name: &str) -> Expr {
    follow(entry("who"), "boss", name)
}

#[test]
fn functions_are_applied_to_what_is_known() {
    let call = |function: Function, arguments: Vec<Expr>| {
        let kind = function.signature().1;
        new(ExprKind::Call { function, arguments }, kind)
    };
    let month = call(Function::MonthOf, vec![entry("day")]);
    assert_eq!(of_entry(eq(month, literal(Value::Period(JANUARY)))), Truth::True);
    let days = call(Function::DaysIn, vec![entry("within")]);
    assert_eq!(of_entry(eq(days, int(31))), Truth::True);
    let within = call(Function::Within, vec![entry("within"), new(ExprKind::Period, Kind::Period)]);
    assert_eq!(of_entry(within), Truth::False);
    let unknown = call(Function::IsBusinessDay, vec![followed_date("left")]);
    assert_eq!(of_entry(unknown), Truth::Unknown);
    let long = call(Function::Length, vec![entry("door")]);
    assert_eq!(of_entry(eq(long, int(3))), Truth::True);
}

#[test]
fn business_days_go_by_the_holidays() {
    let plus = |days| {
        let length = literal(Value::Duration(Duration::business_days(days)));
        arithmetic(literal(Value::Date(date(2026, 4, 28))), ArithmeticOp::Add, length, Kind::Date)
    };
    let day = |day| literal(Value::Date(day));
    // 29 April is Showa Day; 3 May is a Sunday, so that the holiday moves on to 6 May.
    assert_eq!(of_entry(eq(plus(1), day(date(2026, 4, 30)))), Truth::True);
    assert_eq!(of_entry(eq(plus(3), day(date(2026, 5, 7)))), Truth::True);
    assert_eq!(of_entry(eq(plus(5000), day(date(2026, 5, 7)))), Truth::Unknown);
}

fn follow(base: Expr, through: &str, name: &str) -> Expr {
    let step = |base: Expr, name: &str| {
        let id = field_id(PERSON, name);
        let kind = super::world::FIELDS[0][id.0 as usize].1;
        new(ExprKind::Follow { base: Box::new(base), fact: PERSON, field: id, at: None }, kind)
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
    let huge = || length(Duration { days: i32::MAX, micros: i64::MAX, ..Duration::default() });
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
    assert_eq!(of_entry(within(entry("at"), new(ExprKind::Period, Kind::Period))), Truth::True);
    assert_eq!(of_entry(within(entry("day"), new(ExprKind::Period, Kind::Period))), Truth::False);
    assert_eq!(
        of_entry(not(eq(edge(Edge::Start, new(ExprKind::Period, Kind::Period)), date_of(entry("at"))))),
        Truth::False
    );
}
