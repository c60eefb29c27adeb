//! Quantifiers: what is counted, what is covered, and which rows an index may leave out.

use jiff::civil::date;
use kijun_ir::{ArithmeticOp, Cell, CompareOp, Duration, Expr, ExprKind, Kind, Truth, Value, VarId};

use super::world::{
    E, ENTRY, P, PERSON, SUBJECT, World, and, cell, compare, count, date_of, eq, field, in_period, int,
    known_day, known_instant, known_int, known_text, literal, new, not, or, rule, some, truth,
};

const OPS: [CompareOp; 6] =
    [CompareOp::Eq, CompareOp::Ne, CompareOp::Lt, CompareOp::Le, CompareOp::Gt, CompareOp::Ge];

/// The variable for entries in a rule about the organisation.
const ORGANISATION_E: VarId = VarId(1);

/// Entries of which the condition holds, does not, and is unknown, so many of each.
fn entries(mut world: World, counts: [usize; 3]) -> World {
    for (truth, count) in [Truth::True, Truth::False, Truth::Unknown].into_iter().zip(counts) {
        for _ in 0..count {
            let at = known_instant("2026-04-10T00:00:00Z");
            world = world.row(ENTRY, &[("at", at), ("ok", cell(truth)), ("who", known_text("P1"))]);
        }
    }
    world
}

fn expected(least: i64, most: i64, op: CompareOp, bound: i64) -> Truth {
    let answers: Vec<bool> = (least..=most).map(|count| op.holds(count.cmp(&bound))).collect();
    match (answers.contains(&true), answers.contains(&false)) {
        (true, false) => Truth::True,
        (false, true) => Truth::False,
        _ => Truth::Unknown,
    }
}

#[test]
fn a_count_lies_between_what_is_sure_and_what_is_possible() {
    for op in OPS {
        for (sure, open) in (0..3).flat_map(|sure| (0..3).map(move |open| (sure, open))) {
            let ok = || and([field(ORGANISATION_E, ENTRY, "ok"), in_period(ORGANISATION_E)]);
            let rules = (-1..6).map(|bound| rule(None, count(ORGANISATION_E, ENTRY, ok(), op, int(bound))));
            let covered = entries(World::new(rules.collect()), [sure, 1, open]);
            let sure = i64::try_from(sure).unwrap();
            let most = sure + i64::try_from(open).unwrap();
            check(&covered, |bound| expected(sure, most, op, bound));
            let uncovered = covered.entries_cover("2000-01-01T00:00:00Z", "2026-04-12T00:00:00Z");
            check(&uncovered, |bound| expected(sure, 99, op, bound));
        }
    }
}

/// The rules of the world count up to -1, 0, 1 …
fn check(world: &World, expected: impl Fn(i64) -> Truth) {
    let outcome = world.outcome();
    for (bound, outcome) in (-1..).zip(outcome.rules.values()) {
        let truth = match outcome.verdict {
            kijun_ir::Verdict::Met => Truth::True,
            kijun_ir::Verdict::Violated => Truth::False,
            _ => Truth::Unknown,
        };
        assert_eq!(truth, expected(bound), "bound {bound}");
    }
}

#[test]
fn a_bound_that_is_not_known_leaves_the_count_open() {
    let grade = || field(SUBJECT, PERSON, "grade");
    let at_least = count(E, ENTRY, and([in_period(E), field(E, ENTRY, "ok")]), CompareOp::Ge, grade());
    let world = World::new(vec![rule(Some(PERSON), at_least)]);
    let world = world.row(PERSON, &[("id", known_text("P1")), ("grade", known_int(2))]);
    let world = world.row(PERSON, &[("id", known_text("P2")), ("grade", known_int(3))]);
    let world = world.row(PERSON, &[("id", known_text("P3")), ("grade", Cell::Unknown)]);
    let world = world.row(PERSON, &[("id", known_text("P4")), ("grade", Cell::None)]);
    let expected = [Truth::True, Truth::False, Truth::Unknown, Truth::Unknown];
    assert_eq!(entries(world, [2, 4, 0]).truths(), expected);
}

fn people(world: World) -> World {
    let world = world.row(PERSON, &[("id", known_text("P1"))]);
    world.row(PERSON, &[("id", known_text("P2"))]).row(PERSON, &[("id", Cell::Unknown)])
}

fn entered() -> Expr {
    and([eq(field(E, ENTRY, "who"), field(SUBJECT, PERSON, "id")), in_period(E)])
}

fn entered_ever() -> Expr {
    eq(field(E, ENTRY, "who"), field(SUBJECT, PERSON, "id"))
}

fn entry(world: World, at: &str, who: Cell) -> World {
    world.row(ENTRY, &[("at", known_instant(at)), ("who", who)])
}

#[test]
fn an_unknown_key_may_be_any() {
    let world = || people(World::new(vec![rule(Some(PERSON), some(E, ENTRY, entered()))]));
    // The row whose key is unknown comes first in the table.
    assert_eq!(world().truths(), [Truth::False; 3]);
    let with = entry(world(), "2026-04-10T00:00:00Z", known_text("P1"));
    assert_eq!(with.truths(), [Truth::Unknown, Truth::True, Truth::False]);
    for key in [Cell::Unknown, Cell::None] {
        let with = entry(world(), "2026-04-10T00:00:00Z", key);
        assert_eq!(with.truths(), [Truth::Unknown; 3]);
    }
}

#[test]
fn what_is_not_covered_is_not_absent() {
    let since = compare(date_of(field(E, ENTRY, "at")), CompareOp::Ge, field(SUBJECT, PERSON, "left"));
    let entered_since = || some(E, ENTRY, and([entered_ever(), since.clone()]));
    let world =
        World::new(vec![rule(Some(PERSON), entered_since()), rule(Some(PERSON), not(entered_since()))]);
    let world = world.entries_cover("2026-04-05T15:00:00Z", "2027-01-01T00:00:00Z");
    let person =
        |world: World, id: &str, left: Cell| world.row(PERSON, &[("id", known_text(id)), ("left", left)]);
    // The log begins with 6 April in Tokyo.
    let world = person(world, "P1", known_day(date(2026, 4, 6)));
    let world = person(world, "P2", known_day(date(2026, 4, 5)));
    let world = person(world, "P3", Cell::Unknown);
    let world = person(world, "P4", known_day(date(2026, 4, 5)));
    let world = entry(world, "2026-04-10T00:00:00Z", known_text("P4"));
    assert_eq!(world.truths(), [Truth::False, Truth::Unknown, Truth::Unknown, Truth::True]);
}

#[test]
fn days_bound_a_log_by_the_zone() {
    // Half past midnight of 1 April in Tokyo is still March in Greenwich.
    let on = |op| compare(date_of(field(E, ENTRY, "at")), op, field(SUBJECT, PERSON, "left"));
    let rules = OPS.map(|op| rule(Some(PERSON), some(E, ENTRY, and([entered_ever(), on(op)]))));
    let mut world = World::new(rules.into());
    let days = (29..=31).map(|day| date(2026, 3, day)).chain((1..=3).map(|day| date(2026, 4, day)));
    for (id, day) in days.enumerate() {
        let id = known_text(&format!("P{id}"));
        world = world.row(PERSON, &[("id", id.clone()), ("left", known_day(day))]);
        world = entry(world, "2026-03-31T15:30:00Z", id);
    }
    let outcome = world.outcome();
    for (op, outcome) in OPS.into_iter().zip(outcome.rules.values()) {
        let met: Vec<bool> =
            outcome.subjects.iter().map(|subject| subject.verdict == kijun_ir::Verdict::Met).collect();
        let expected: Vec<bool> = (-3..3).map(|day: i64| op.holds(0.cmp(&day))).collect();
        assert_eq!(met, expected, "{op:?}");
    }
}

#[test]
fn an_instant_bounds_a_log_exactly() {
    let hour = literal(Value::Duration(Duration::seconds(3600)));
    let at = || field(E, ENTRY, "at");
    let since = || field(SUBJECT, PERSON, "since");
    let later = new(
        ExprKind::Arithmetic { op: ArithmeticOp::Add, left: Box::new(since()), right: Box::new(hour) },
        Kind::DateTime,
    );
    let within = and([entered(), compare(since(), CompareOp::Lt, at()), compare(at(), CompareOp::Le, later)]);
    let number = count(E, ENTRY, within, CompareOp::Eq, int(2));
    let world = World::new(vec![rule(Some(PERSON), number)]);
    let since = known_instant("2026-04-10T00:00:00Z");
    let mut world = world.row(PERSON, &[("id", known_text("P1")), ("since", since)]);
    for minute in ["09T23:59:59", "10T00:00:00", "10T00:30:00", "10T01:00:00", "10T01:00:01"] {
        world = entry(world, &format!("2026-04-{minute}Z"), known_text("P1"));
    }
    assert_eq!(world.truths(), [Truth::True]);
}

#[test]
fn an_event_without_a_time_leaves_its_log_open() {
    let late = compare(
        field(E, ENTRY, "at"),
        CompareOp::Gt,
        new(ExprKind::Literal(Value::DateTime("2026-04-15T00:00:00Z".parse().unwrap())), Kind::DateTime),
    );
    let world = people(World::new(vec![rule(Some(PERSON), some(E, ENTRY, and([entered_ever(), late])))]));
    let world = world.row(ENTRY, &[("at", Cell::Unknown), ("who", known_text("P1"))]);
    let world = entry(world, "2026-04-10T00:00:00Z", known_text("P2"));
    assert_eq!(world.truths(), [Truth::Unknown, Truth::Unknown, Truth::Unknown]);
}

#[test]
fn rows_that_may_pass_a_filter_stay() {
    let ok = || field(E, ENTRY, "ok");
    let world = || people(World::new(vec![rule(Some(PERSON), some(E, ENTRY, and([entered(), ok()])))]));
    assert_eq!(entries(world(), [0, 3, 0]).truths(), [Truth::False, Truth::False, Truth::False]);
    assert_eq!(entries(world(), [0, 3, 1]).truths(), [Truth::Unknown, Truth::Unknown, Truth::False]);
    assert_eq!(entries(world(), [1, 3, 1]).truths(), [Truth::Unknown, Truth::True, Truth::False]);
}

#[test]
fn a_quantifier_within_a_quantifier_reads_both_rows() {
    // Someone else was there whose number of entries with the same number as this one's is not zero.
    let other = and([
        not(eq(field(P, PERSON, "id"), field(SUBJECT, PERSON, "id"))),
        some(
            E,
            ENTRY,
            and([
                eq(field(E, ENTRY, "who"), field(P, PERSON, "id")),
                eq(field(E, ENTRY, "number"), field(SUBJECT, PERSON, "grade")),
                in_period(E),
            ]),
        ),
    ]);
    let mut world = World::new(vec![rule(Some(PERSON), some(P, PERSON, other))]);
    for (id, grade) in [("P1", 1), ("P2", 2), ("P3", 3)] {
        world = world.row(PERSON, &[("id", known_text(id)), ("grade", known_int(grade))]);
    }
    for (who, number) in [("P1", 2), ("P2", 2), ("P3", 3)] {
        let at = known_instant("2026-04-10T00:00:00Z");
        world = world.row(ENTRY, &[("at", at), ("who", known_text(who)), ("number", known_int(number))]);
    }
    assert_eq!(world.truths(), [Truth::False, Truth::True, Truth::False]);
}

#[test]
fn keys_that_share_a_group_are_told_apart() {
    // Two keys of long integers that are mixed to the same word.
    let (one, other) = ([1 << 40, 0], [1 << 41, 12]);
    let same = |name, of| eq(field(E, ENTRY, name), field(SUBJECT, PERSON, of));
    let there = some(E, ENTRY, and([same("number", "grade"), same("weight", "weight"), in_period(E)]));
    let mut world = World::new(vec![rule(Some(PERSON), there)]);
    for (id, [grade, weight]) in [("P1", one), ("P2", other)] {
        let cells = [("id", known_text(id)), ("grade", known_int(grade)), ("weight", known_int(weight))];
        world = world.row(PERSON, &cells);
    }
    let at = known_instant("2026-04-10T00:00:00Z");
    world = world.row(ENTRY, &[("at", at), ("number", known_int(other[0])), ("weight", known_int(other[1]))]);
    assert_eq!(world.truths(), [Truth::False, Truth::True]);
}

#[test]
fn more_candidates_than_are_tried_first_count_too() {
    let number = |number| eq(field(E, ENTRY, "number"), int(number));
    let subject = || eq(field(SUBJECT, PERSON, "grade"), int(1));
    let last = some(E, ENTRY, and([entered(), number(99), or([subject(), number(99)])]));
    let all = count(E, ENTRY, and([entered(), or([subject(), number(99)])]), CompareOp::Eq, int(100));
    let mut world = World::new(vec![rule(Some(PERSON), and([last, all]))]);
    world = world.row(PERSON, &[("id", known_text("P1")), ("grade", known_int(1))]);
    for number in 0..100 {
        let at = known_instant("2026-04-10T00:00:00Z");
        world = world.row(ENTRY, &[("at", at), ("who", known_text("P1")), ("number", known_int(number))]);
    }
    assert_eq!(world.truths(), [Truth::True]);
}

#[test]
fn coverage_is_read_but_never_denied() {
    let covered = || World::new(vec![rule(None, truth(ExprKind::Covered { fact: ENTRY, period: None }))]);
    assert_eq!(covered().truths(), [Truth::True]);
    let cut = covered().entries_cover("2026-04-02T00:00:00Z", "2027-01-01T00:00:00Z");
    assert_eq!(cut.truths(), [Truth::Unknown]);
}
