//! Kleene's connectives, choices and defaults over cells that are known, `none` or unknown.

use kijun_ir::{Cell, Expr, ExprKind, Kind, Truth, Value};

use super::world::{
    P, PERSON, SUBJECT, World, and, cell, eq, field, int, known_int, known_text, literal, new, not, or, rule,
    some, truth,
};

const TRUTHS: [Truth; 3] = [Truth::False, Truth::Unknown, Truth::True];

/// The truth of a condition over two truth values: that of `trusted`, and whether `grade` is 1.
fn table(condition: Expr) -> Vec<Truth> {
    let mut world = World::new(vec![rule(Some(PERSON), condition)]);
    for (id, (a, b)) in TRUTHS.into_iter().flat_map(|a| TRUTHS.map(|b| (a, b))).enumerate() {
        let grade = match b {
            Truth::True => known_int(1),
            Truth::False => known_int(2),
            Truth::Unknown => Cell::Unknown,
        };
        let id = known_text(&format!("P{id}"));
        world = world.row(PERSON, &[("id", id), ("trusted", cell(a)), ("grade", grade)]);
    }
    world.truths()
}

fn expected(combine: impl Fn(Truth, Truth) -> Truth) -> Vec<Truth> {
    TRUTHS.into_iter().flat_map(|a| TRUTHS.map(|b| (a, b))).map(|(a, b)| combine(a, b)).collect()
}

fn left() -> Expr {
    field(SUBJECT, PERSON, "trusted")
}

fn right() -> Expr {
    eq(field(SUBJECT, PERSON, "grade"), int(1))
}

#[test]
fn connectives_are_kleenes() {
    assert_eq!(table(and([left(), right()])), expected(Truth::and));
    assert_eq!(table(or([left(), right()])), expected(Truth::or));
    assert_eq!(table(not(left())), expected(|a, _| a.not()));
}

/// The truth of [`right`], asked of the table.
fn right_by_quantifier() -> Expr {
    let same = eq(field(P, PERSON, "id"), field(SUBJECT, PERSON, "id"));
    some(P, PERSON, and([same, eq(field(P, PERSON, "grade"), int(1))]))
}

#[test]
fn connectives_with_quantifiers_are_kleenes() {
    let asked = right_by_quantifier;
    assert_eq!(table(asked()), expected(|_, b| b));
    assert_eq!(table(and([asked(), left()])), expected(Truth::and));
    assert_eq!(table(or([asked(), left()])), expected(Truth::or));
    assert_eq!(table(and([asked(), left(), asked()])), expected(Truth::and));
    assert_eq!(table(or([asked(), not(asked()), left()])), expected(|a, b| b.or(b.not()).or(a)));
    assert_eq!(table(and([asked(), not(asked()), left()])), expected(|a, b| b.and(b.not()).and(a)));
}

#[test]
fn conditions_compare_as_values() {
    let both_known = |a: Truth, b: Truth| a != Truth::Unknown && b != Truth::Unknown;
    let equal = |a, b| if both_known(a, b) { Truth::from(a == b) } else { Truth::Unknown };
    assert_eq!(table(eq(left(), right())), expected(equal));
}

#[test]
fn a_choice_is_open_unless_both_sides_are_the_same() {
    let choice = |then, otherwise| {
        let condition = Box::new(left());
        truth(ExprKind::If { condition, then: Box::new(then), otherwise: Box::new(otherwise) })
    };
    let if_else = |on: Truth, then: Truth, otherwise: Truth| match on {
        Truth::True => then,
        Truth::False => otherwise,
        Truth::Unknown if then == otherwise => then,
        Truth::Unknown => Truth::Unknown,
    };
    assert_eq!(table(choice(right(), right())), expected(|a, b| if_else(a, b, b)));
    assert_eq!(table(choice(right(), not(right()))), expected(|a, b| if_else(a, b, b.not())));
}

/// `trusted` is `none`, unknown and known.
fn over_presence(condition: Expr) -> Vec<Truth> {
    let row = |world: World, id: &str, trusted| {
        world.row(PERSON, &[("id", known_text(id)), ("trusted", trusted), ("grade", Cell::Unknown)])
    };
    let world = World::new(vec![rule(Some(PERSON), condition)]);
    let world = row(world, "P1", Cell::None);
    let world = row(world, "P2", Cell::Unknown);
    row(world, "P3", cell(Truth::True)).truths()
}

#[test]
fn none_and_unknown_are_different() {
    let is_none = |inner| truth(ExprKind::IsNone(Box::new(inner)));
    let or_else = |default| truth(ExprKind::Else { value: Box::new(left()), default: Box::new(default) });
    let yes = || literal(Value::Bool(true));
    let no = || literal(Value::Bool(false));
    assert_eq!(over_presence(left()), [Truth::Unknown, Truth::Unknown, Truth::True]);
    assert_eq!(over_presence(is_none(left())), [Truth::True, Truth::Unknown, Truth::False]);
    assert_eq!(over_presence(or_else(no())), [Truth::False, Truth::Unknown, Truth::True]);
    assert_eq!(over_presence(or_else(right())), [Truth::Unknown, Truth::Unknown, Truth::True]);
    assert_eq!(over_presence(is_none(right())), [Truth::Unknown; 3]);
    assert_eq!(over_presence(eq(left(), yes())), [Truth::Unknown, Truth::Unknown, Truth::True]);
    let none = || new(ExprKind::NoneLiteral, Kind::Bool);
    let both_none = truth(ExprKind::If {
        condition: Box::new(right()),
        then: Box::new(none()),
        otherwise: Box::new(none()),
    });
    assert_eq!(over_presence(is_none(both_none)), [Truth::True; 3]);
}
