//! As of when: states read as of moments that rows say, references followed then, rules judged throughout the period.

use jiff::civil::date;
use kijun_ir::{
    Cell, CompareOp, Expr, ExprKind, FactId, Judged, Kind, Quantifier, RuleId, Truth, Value, Verdict,
};

use super::world::{
    A, AREA, ENTRY, G, M, MONTH, P, PERMIT, PERSON, SUBJECT, World, and, cell, compare, count, date_of, eq,
    field, field_id, int, known_day, known_instant, known_int, known_text, literal, moment, new, not,
    quantifier, rule, some, truth, within,
};
use crate::Spell;

/// Two pictures of the persons: P1 is there from the first on, P2 only in the first, P3 only in the second.
fn two_pictures(world: World) -> World {
    let world = world.persons_taken(&["2026-04-05T00:00:00Z", "2026-04-15T00:00:00Z"]);
    let person = |world: World, collection, id, grade| {
        world.row_of(PERSON, collection, &[("id", known_text(id)), ("grade", known_int(grade))])
    };
    let world = person(person(world, 0, "P1", 1), 0, "P2", 1);
    person(person(world, 1, "P1", 2), 1, "P3", 2)
}

/// Entries by these persons at these times.
fn entries(mut world: World, entries: &[(&str, Cell)]) -> World {
    for (who, at) in entries {
        world = world.row(ENTRY, &[("at", at.clone()), ("who", known_text(who))]);
    }
    world
}

fn at(text: &str) -> Cell {
    known_instant(text)
}

/// Whether who entered was a person at this time.
fn was_a_person(when: Option<Expr>) -> Expr {
    let same = eq(field(P, PERSON, "id"), field(SUBJECT, ENTRY, "who"));
    let there = Quantifier { at: when, ..quantifier(P, PERSON, Some(same)) };
    truth(ExprKind::Some(Box::new(there)))
}

#[test]
fn a_state_is_read_as_of_the_moment_that_the_row_says() {
    let world = World::new(vec![rule(Some(ENTRY), was_a_person(Some(field(SUBJECT, ENTRY, "at"))))]);
    let when =
        ["2026-04-04T00:00:00Z", "2026-04-10T00:00:00Z", "2026-04-15T00:00:00Z", "2026-04-16T00:00:00Z"];
    let world = two_pictures(world);
    let world = entries(world, &when.map(|when| ("P2", at(when))));
    let before = Truth::Unknown;
    assert_eq!(world.truths(), [before, Truth::True, Truth::False, Truth::False]);
}

#[test]
fn a_day_is_read_as_of_its_last_instant_and_no_moment_reads_nothing() {
    let world = World::new(vec![
        rule(Some(ENTRY), was_a_person(Some(field(SUBJECT, ENTRY, "day")))),
        rule(Some(ENTRY), not(was_a_person(Some(field(SUBJECT, ENTRY, "day"))))),
    ]);
    let mut world = two_pictures(world);
    for day in [known_day(date(2026, 4, 14)), known_day(date(2026, 4, 15)), Cell::Unknown, Cell::None] {
        let cells = [("at", at("2026-04-18T00:00:00Z")), ("who", known_text("P2")), ("day", day)];
        world = world.row(ENTRY, &cells);
    }
    // In the order of the table: unknown and none come first.
    assert_eq!(world.truths(), [Truth::Unknown, Truth::Unknown, Truth::True, Truth::False]);
}

#[test]
fn a_count_at_no_moment_may_be_any_number() {
    let counted = |op, bound| {
        let rows = Quantifier { at: Some(field(SUBJECT, ENTRY, "day")), ..quantifier(P, PERSON, None) };
        truth(ExprKind::Count { quantifier: Box::new(rows), op, bound: Box::new(int(bound)) })
    };
    let world = World::new(vec![
        rule(Some(ENTRY), counted(CompareOp::Ge, 0)),
        rule(Some(ENTRY), counted(CompareOp::Lt, 1000)),
    ]);
    let world = two_pictures(world).row(ENTRY, &[("at", at("2026-04-18T00:00:00Z"))]);
    let outcome = world.outcome();
    assert_eq!(outcome.rules[RuleId(0)].subjects[0].verdict, Verdict::Met);
    assert_eq!(outcome.rules[RuleId(1)].subjects[0].verdict, Verdict::Undetermined);
}

fn followed(base: Expr, fact: FactId, name: &str, at: Option<Expr>) -> Expr {
    let field = field_id(fact, name);
    let kind = super::world::FIELDS[fact.0 as usize][field.0 as usize].1;
    new(ExprKind::Follow { base: Box::new(base), fact, field, at: at.map(Box::new) }, kind)
}

#[test]
fn a_reference_is_followed_as_of_a_moment() {
    let grade = followed(field(SUBJECT, ENTRY, "who"), PERSON, "grade", Some(field(SUBJECT, ENTRY, "at")));
    let world = World::new(vec![rule(Some(ENTRY), eq(grade, int(1)))]);
    let times = ["2026-04-04T00:00:00Z", "2026-04-10T00:00:00Z", "2026-04-16T00:00:00Z"];
    let world = entries(two_pictures(world), &times.map(|when| ("P1", at(when))));
    assert_eq!(world.truths(), [Truth::Unknown, Truth::True, Truth::False]);
}

#[test]
fn a_reference_to_rows_with_their_own_validity_names_the_one_that_holds() {
    let number =
        followed(field(SUBJECT, ENTRY, "permit"), PERMIT, "number", Some(field(SUBJECT, ENTRY, "at")));
    let mut world = World::new(vec![rule(Some(ENTRY), eq(number, int(1)))]);
    let permit = |world: World, from, until, number| {
        let cells =
            [("id", known_text("G")), ("from", from), ("until", until), ("number", known_int(number))];
        world.row(PERMIT, &cells)
    };
    world = permit(world, Cell::None, known_day(date(2026, 4, 5)), 1);
    world = permit(world, known_day(date(2026, 4, 5)), known_day(date(2026, 4, 8)), 2);
    for day in 4..=9 {
        let cells = [("at", at(&format!("2026-04-0{day}T03:00:00Z"))), ("permit", known_text("G"))];
        world = world.row(ENTRY, &cells);
    }
    let (one, both, two, none) = (Truth::True, Truth::Unknown, Truth::False, Truth::Unknown);
    assert_eq!(world.truths(), [one, both, two, two, two, none]);
}

fn throughout(population: Option<FactId>, require: Expr) -> kijun_ir::Rule {
    kijun_ir::Rule { judged: Judged::ThroughoutPeriod, ..rule(population, require) }
}

fn spells(world: &World) -> Vec<Vec<(i8, i8, Verdict)>> {
    let outcome = world.outcome();
    let days = |spell: &Spell| (spell.from.day(), spell.to.day(), spell.verdict);
    let subjects = outcome.rules[RuleId(0)].subjects.iter();
    subjects.map(|subject| subject.spells.iter().map(days).collect()).collect()
}

#[test]
fn a_rule_throughout_the_period_is_judged_at_every_picture() {
    let world = World::new(vec![throughout(Some(PERSON), eq(field(SUBJECT, PERSON, "grade"), int(1)))]);
    let world = two_pictures(world);
    let met = |from, to| (from, to, Verdict::Met);
    // On 15 April both pictures counted, one after the other.
    let expected =
        [vec![met(5, 14), (15, 20, Verdict::Violated)], vec![met(5, 15)], vec![(15, 20, Verdict::Violated)]];
    assert_eq!(spells(&world)[..2], expected[..2]);
    assert_eq!(spells(&world)[2], expected[2]);
    assert_eq!(world.outcome().rules[RuleId(0)].verdict, Verdict::Violated);
}

#[test]
fn the_moment_itself_can_be_asked_about() {
    let until = compare(date_of(moment()), CompareOp::Lt, literal(Value::Date(date(2026, 4, 10))));
    let world = World::new(vec![throughout(Some(PERSON), until)]);
    let world = two_pictures(world);
    let p1 = vec![(5, 9, Verdict::Met), (10, 20, Verdict::Violated)];
    assert_eq!(spells(&world)[0], p1);
}

#[test]
fn what_is_read_at_the_moment_is_read_again_at_each() {
    let same = eq(field(G, PERMIT, "who"), field(SUBJECT, PERSON, "id"));
    let day = || date_of(moment());
    let from = compare(field(G, PERMIT, "from"), CompareOp::Le, day());
    let until = compare(field(G, PERMIT, "until"), CompareOp::Ge, day());
    let by_key = some(G, PERMIT, and([same, from.clone(), until.clone()]));
    let by_none = some(G, PERMIT, and([from, until]));
    for permitted in [by_key, by_none] {
        let mut world = two_pictures(World::new(vec![throughout(Some(PERSON), permitted)]));
        let cells = [
            ("id", known_text("G")),
            ("who", known_text("P1")),
            ("from", known_day(date(2026, 4, 7))),
            ("until", known_day(date(2026, 4, 18))),
        ];
        world = world.row(PERMIT, &cells);
        let violated = |from, to| (from, to, Verdict::Violated);
        assert_eq!(spells(&world)[0], [violated(5, 6), (7, 18, Verdict::Met), violated(19, 20)]);
    }
}

#[test]
fn until_it_is_due_nothing_is_violated() {
    let mut judged = throughout(Some(PERSON), field(SUBJECT, PERSON, "trusted"));
    judged.due = Some(literal(Value::Date(date(2026, 4, 17))));
    let world = World::new(vec![judged]).persons_taken(&["2026-04-15T00:00:00Z"]);
    let world = world.row(PERSON, &[("id", known_text("P1")), ("trusted", cell(Truth::False))]);
    assert_eq!(spells(&world), [[(15, 17, Verdict::Pending), (18, 20, Verdict::Violated)]]);
}

#[test]
fn the_organisation_is_judged_throughout_too() {
    let somebody = Quantifier { at: Some(moment()), ..quantifier(kijun_ir::VarId(0), PERSON, None) };
    let world = World::new(vec![throughout(None, truth(ExprKind::Some(Box::new(somebody))))]);
    let world = two_pictures(world);
    assert_eq!(spells(&world), [[(1, 5, Verdict::Undetermined), (6, 20, Verdict::Met)]]);
}

#[test]
fn months_are_rows_in_the_order_of_time() {
    let start = || field(M, MONTH, "start");
    let year = new(
        ExprKind::Range {
            from: Box::new(literal(Value::Date(date(2026, 1, 1)))),
            to: Box::new(literal(Value::Date(date(2026, 12, 31)))),
        },
        Kind::Period,
    );
    let months = |bound| count(M, MONTH, within(start(), year.clone()), CompareOp::Eq, int(bound));
    let far = compare(start(), CompareOp::Gt, literal(Value::Date(date(2300, 1, 1))));
    let world = World::new(vec![
        rule(Some(PERSON), months(12)),
        rule(Some(PERSON), some(M, MONTH, far)),
        rule(Some(PERSON), some(M, MONTH, eq(start(), field(SUBJECT, PERSON, "left")))),
    ]);
    let world = world.row(PERSON, &[("id", known_text("P1")), ("left", known_day(date(2026, 5, 1)))]);
    let verdicts: Vec<Verdict> =
        world.outcome().rules.values().map(|rule| rule.subjects[0].verdict).collect();
    assert_eq!(verdicts, [Verdict::Met, Verdict::Undetermined, Verdict::Met]);
}

#[test]
fn a_table_is_all_there_is() {
    let named = |name: &str| eq(field(A, AREA, "name"), literal(Value::text(name)));
    let world = World::new(vec![
        rule(Some(ENTRY), some(A, AREA, named("北"))),
        rule(Some(ENTRY), some(A, AREA, named("南"))),
    ]);
    let world = world.areas(vec![vec![known_text("北"), Cell::None, known_int(1)]]);
    let world = world.row(ENTRY, &[("at", at("2026-04-18T00:00:00Z"))]);
    assert_eq!(world.truths(), [Truth::True]);
    assert_eq!(world.outcome().rules[RuleId(1)].subjects[0].verdict, Verdict::Violated);
}
