//! Values made of many rows: known only where every row is, and where nothing may be missing.

use kijun_ir::{AggregateOp, Cell, Duration, Expr, ExprKind, Kind, Truth, Value};

use super::world::{
    E, ENTRY, PERSON, SUBJECT, World, and, cell, eq, field, in_period, int, known_instant, known_int,
    known_text, literal, new, quantifier, rule, truth,
};

fn aggregate(op: AggregateOp, value: Option<Expr>, condition: Expr, kind: Kind) -> Expr {
    let quantifier = Box::new(quantifier(E, ENTRY, Some(condition)));
    new(ExprKind::Aggregate { op, value: value.map(Box::new), quantifier }, kind)
}

/// The entries of the subject, by key, and those of anybody, which need no key.
fn questions() -> [Expr; 2] {
    let own = eq(field(E, ENTRY, "who"), field(SUBJECT, PERSON, "id"));
    let ok = || field(E, ENTRY, "ok");
    [and([own, in_period(E), ok()]), and([in_period(E), ok()])]
}

/// Entries: at which minute, whether it counts, and with which cells.
type Entries<'a> = [(u32, Truth, &'a [(&'a str, Cell)])];

/// What a condition on the aggregate is, asked with and without a key.
fn ask(entries: &Entries<'_>, (op, name): (AggregateOp, &str), condition: impl Fn(Expr) -> Expr) -> World {
    let value = || (op != AggregateOp::Count).then(|| field(E, ENTRY, name));
    let kind = match op {
        AggregateOp::Count | AggregateOp::CountDistinct => Kind::Int,
        _ => field(E, ENTRY, name).ty.kind,
    };
    let [own, any] = questions().map(|question| condition(aggregate(op, value(), question, kind)));
    let mut world = World::new(vec![rule(Some(PERSON), own), rule(Some(PERSON), any)]);
    world = world.row(PERSON, &[("id", known_text("P1"))]);
    for (minute, counts, cells) in entries {
        let at = known_instant(&format!("2026-04-10T00:{minute:02}:00Z"));
        let own = [("at", at), ("who", known_text("P1")), ("ok", cell(*counts))];
        world = world.row(ENTRY, &[cells.to_vec(), own.to_vec()].concat());
    }
    world
}

/// What the two rules come to, which is the same.
fn truth_of(world: &World) -> Truth {
    let verdicts = world.outcome().rules.values().map(|rule| rule.verdict).collect::<Vec<_>>();
    assert_eq!(verdicts[0], verdicts[1]);
    world.truths()[0]
}

fn check(entries: &Entries<'_>, asked: (AggregateOp, &str), expected: Expr) {
    assert_eq!(truth_of(&ask(entries, asked, |found| eq(found, expected.clone()))), Truth::True, "{asked:?}");
}

/// Whether it is `none`: unknown where the aggregate is, and wherever the log is cut.
fn check_lack(entries: &Entries<'_>, asked: (AggregateOp, &str), expected: Truth) {
    let world = ask(entries, asked, |found| truth(ExprKind::IsNone(Box::new(found))));
    assert_eq!(truth_of(&world), expected, "{asked:?}");
    let cut = world.entries_cover("2026-04-02T00:00:00Z", "2027-01-01T00:00:00Z");
    assert_eq!(truth_of(&cut), Truth::Unknown, "{asked:?} of a log that is cut");
}

fn number(value: i64) -> [(&'static str, Cell); 1] {
    [("number", known_int(value))]
}

#[test]
fn numbers_are_counted_and_added() {
    let (one, two, again) = (number(1), number(2), number(1));
    let rows: &Entries<'_> =
        &[(1, Truth::True, &one), (2, Truth::True, &two), (3, Truth::True, &again), (4, Truth::False, &two)];
    check(rows, (AggregateOp::Count, ""), int(3));
    check(rows, (AggregateOp::CountDistinct, "number"), int(2));
    check(rows, (AggregateOp::Sum, "number"), int(4));
    check(rows, (AggregateOp::Min, "number"), int(1));
    check(rows, (AggregateOp::Max, "number"), int(2));
    check(rows, (AggregateOp::First, "number"), int(1));
    check(rows, (AggregateOp::Latest, "number"), int(1));
    check(rows, (AggregateOp::CountDistinct, "who"), int(1));
}

#[test]
fn over_no_row_there_is_nothing_but_zero() {
    let two = number(2);
    let rows: &Entries<'_> = &[(1, Truth::False, &two)];
    check(rows, (AggregateOp::Count, ""), int(0));
    check(rows, (AggregateOp::CountDistinct, "number"), int(0));
    check(rows, (AggregateOp::Sum, "number"), int(0));
    check(rows, (AggregateOp::Sum, "length"), literal(Value::Duration(Duration::default())));
    for op in [AggregateOp::Min, AggregateOp::Max, AggregateOp::First, AggregateOp::Latest] {
        check_lack(rows, (op, "number"), Truth::True);
    }
}

#[test]
fn what_is_not_known_of_a_row_is_not_known_of_all() {
    let two = number(2);
    let nothing = [("number", Cell::Unknown)];
    let none = [("number", Cell::None)];
    for op in [AggregateOp::Sum, AggregateOp::Min, AggregateOp::First, AggregateOp::CountDistinct] {
        check_lack(&[(1, Truth::True, &two), (2, Truth::Unknown, &two)], (op, "number"), Truth::Unknown);
        check_lack(&[(1, Truth::True, &two), (2, Truth::True, &nothing)], (op, "number"), Truth::Unknown);
        check_lack(&[(1, Truth::True, &two), (2, Truth::True, &none)], (op, "number"), Truth::Unknown);
        check_lack(&[(1, Truth::True, &two), (2, Truth::False, &nothing)], (op, "number"), Truth::False);
    }
}

#[test]
fn a_tie_in_time_is_known_where_the_values_are_the_same() {
    let (one, two) = (number(1), number(2));
    let tied: &Entries<'_> = &[(1, Truth::True, &one), (1, Truth::True, &one), (2, Truth::True, &two)];
    check(tied, (AggregateOp::First, "number"), int(1));
    check(tied, (AggregateOp::Latest, "number"), int(2));
    let contradicting: &Entries<'_> =
        &[(1, Truth::True, &one), (1, Truth::True, &two), (2, Truth::True, &two)];
    check_lack(contradicting, (AggregateOp::First, "number"), Truth::Unknown);
    check(contradicting, (AggregateOp::Latest, "number"), int(2));
}

#[test]
fn lengths_of_time_may_have_no_extreme() {
    let length = |length| [("length", Cell::Known(Value::Duration(length)))];
    let (month, days, both) = (
        length(Duration::months(1)),
        length(Duration::days(40)),
        length(Duration { days: 50, ..Duration::months(2) }),
    );
    let open: &Entries<'_> = &[(1, Truth::True, &month), (2, Truth::True, &days)];
    check_lack(open, (AggregateOp::Max, "length"), Truth::Unknown);
    let topped: &Entries<'_> = &[(1, Truth::True, &month), (2, Truth::True, &days), (3, Truth::True, &both)];
    check(
        topped,
        (AggregateOp::Max, "length"),
        literal(Value::Duration(Duration { days: 50, ..Duration::months(2) })),
    );
    check_lack(topped, (AggregateOp::Min, "length"), Truth::Unknown);
    let (day, hours) = (length(Duration::days(1)), length(Duration::seconds(86_400)));
    let equal: &Entries<'_> = &[(1, Truth::True, &day), (1, Truth::True, &hours)];
    check(equal, (AggregateOp::CountDistinct, "length"), int(1));
    check(equal, (AggregateOp::First, "length"), literal(Value::Duration(Duration::days(1))));
}

#[test]
fn only_the_whole_of_a_sum_must_be_in_range() {
    let (large, one, minus) = (number(i64::MAX), number(1), number(-1));
    let rows: &Entries<'_> = &[(1, Truth::True, &large), (2, Truth::True, &one), (3, Truth::True, &minus)];
    check(rows, (AggregateOp::Sum, "number"), int(i64::MAX));
    check_lack(&rows[..2], (AggregateOp::Sum, "number"), Truth::Unknown);
}
