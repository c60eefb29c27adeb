//! Relations: joins, rows that are only possible, circles, and what may be missing of them.

use kijun_ir::{Branch, Cell, CompareOp, Expr, ExprKind, FactId, Kind, Truth, Value, VarId, Verdict};

use super::world::{
    E, ENTRY, L, LINK, PERMIT, PERSON, SUBJECT, T, TALLY, World, and, branch, count, eq, field, int,
    known_instant, known_int, known_text, literal, not, quantifier, rule, some,
};
use crate::{Defect, Derivation, Gap, GapKind, Held};

fn var(atom: u32, fact: FactId, name: &str) -> Expr {
    field(VarId(atom), fact, name)
}

/// From each person to their boss.
fn to_boss() -> Branch {
    branch(&[PERSON], None, vec![var(0, PERSON, "id"), var(0, PERSON, "boss")])
}

/// From where a link leads on to where the next one does, with the circle's atom first or last.
fn further(first: FactId, then: FactId) -> Branch {
    let fields = |fact| if fact == PERSON { ["id", "boss"] } else { ["from", "to"] };
    let ([from, to], [next, far]) = (fields(first), fields(then));
    let joined = eq(var(0, first, to), var(1, then, next));
    branch(&[first, then], Some(joined), vec![var(0, first, from), var(1, then, far)])
}

fn people(mut world: World, bosses: &[(&str, Cell)]) -> World {
    for (id, boss) in bosses {
        world = world.row(PERSON, &[("id", known_text(id)), ("boss", boss.clone())]);
    }
    world
}

/// The rows as texts, with `?` behind those that are only possible.
fn shown(derivation: &Derivation) -> Vec<String> {
    let text = |cell: &Cell| match cell {
        Cell::Known(Value::Text(text)) => text.to_string(),
        Cell::Known(Value::Int(number)) => number.to_string(),
        Cell::Known(_) => "other".to_owned(),
        Cell::None => "none".to_owned(),
        Cell::Unknown => "unknown".to_owned(),
    };
    let rows = derivation.rows.iter().map(|row| {
        let cells: Vec<String> = row.cells.iter().map(text).collect();
        format!("{}{}", cells.join(" "), if row.sure { "" } else { "?" })
    });
    rows.collect()
}

#[test]
fn a_join_finds_what_belongs_together() {
    let join = branch(
        &[PERSON, ENTRY],
        Some(eq(var(0, PERSON, "id"), var(1, ENTRY, "who"))),
        vec![var(0, PERSON, "id"), var(1, ENTRY, "number")],
    );
    let mut world = World::new(Vec::new()).relation(TALLY, vec![join]);
    for id in ["P1", "P2", "P3"] {
        world = world.row(PERSON, &[("id", known_text(id))]);
    }
    for (who, number) in [("P1", 1), ("P1", 2), ("P2", 1), ("P9", 1), ("P1", 2)] {
        let at = known_instant("2026-04-10T00:00:00Z");
        world = world.row(ENTRY, &[("at", at), ("who", known_text(who)), ("number", known_int(number))]);
    }
    let derivation = world.derived(TALLY);
    assert_eq!(shown(&derivation), ["P1 1", "P1 2", "P2 1"]);
    // Of the two ways in which `P1 2` comes to be, the least.
    assert_eq!(derivation.rows[1].support, [(PERSON, 0), (ENTRY, 1)]);
    // A log is asked about from ever on.
    assert_eq!(derivation.gaps.len(), 1);
}

#[test]
fn what_is_not_known_makes_a_row_possible() {
    let world = World::new(Vec::new()).relation(LINK, vec![to_boss(), further(PERSON, PERSON)]);
    let world = people(world, &[("P1", known_text("P2")), ("P2", Cell::Unknown), ("P3", Cell::None)]);
    // Whose boss is not known, or none, may have any boss's boss.
    let p1 = ["P1 unknown?", "P1 P2"];
    let p2 = ["P2 unknown?", "P2 none?", "P2 P2?"];
    let p3 = ["P3 unknown?", "P3 none", "P3 P2?"];
    assert_eq!(shown(&world.derived(LINK)), [&p1[..], &p2, &p3].concat());
}

#[test]
fn a_circle_is_followed_to_its_end() {
    for rest in [further(LINK, PERSON), further(PERSON, LINK), further(LINK, LINK)] {
        let world = World::new(Vec::new()).relation(LINK, vec![to_boss(), rest]);
        let chain = [("P1", known_text("P2")), ("P2", known_text("P3")), ("P3", known_text("P1"))];
        let derivation = people(world, &chain).derived(LINK);
        let expected: Vec<String> =
            (1..=3).flat_map(|from| (1..=3).map(move |to| format!("P{from} P{to}"))).collect();
        assert_eq!(shown(&derivation), expected);
        assert_eq!(derivation.rows[0].support, [(PERSON, 0), (PERSON, 1), (PERSON, 2)]);
        assert_eq!(derivation.gaps, []);
    }
}

#[test]
fn a_possible_link_makes_what_rests_on_it_possible_until_another_way_is_sure() {
    let doubted = branch(
        &[PERSON],
        Some(eq(var(0, PERSON, "grade"), int(1))),
        vec![var(0, PERSON, "id"), var(0, PERSON, "boss")],
    );
    let world = World::new(Vec::new()).relation(LINK, vec![doubted, further(LINK, PERSON)]);
    let person = |world: World, id: &str, boss: &str, grade| {
        world.row(PERSON, &[("id", known_text(id)), ("boss", known_text(boss)), ("grade", grade)])
    };
    let world = person(world, "P1", "P2", Cell::Unknown);
    let world = person(world, "P2", "P3", known_int(2));
    assert_eq!(shown(&world.derived(LINK)), ["P1 P2?", "P1 P3?"]);
    let world = person(world, "P0", "P2", known_int(1));
    assert_eq!(shown(&world.derived(LINK)), ["P0 P2", "P0 P3", "P1 P2?", "P1 P3?"]);
}

#[test]
fn relations_of_a_circle_grow_together() {
    let number = |fact, name| vec![var(0, fact, name), var(1, PERSON, "grade")];
    let joined = |fact, name| Some(eq(var(0, fact, name), var(1, PERSON, "id")));
    let tallied = branch(&[LINK, PERSON], joined(LINK, "to"), number(LINK, "from"));
    let linked = branch(
        &[TALLY, PERSON],
        Some(eq(var(0, TALLY, "number"), var(1, PERSON, "weight"))),
        vec![var(0, TALLY, "who"), var(1, PERSON, "id")],
    );
    let world = World::new(Vec::new());
    let start = branch(
        &[PERSON],
        Some(eq(var(0, PERSON, "id"), literal(Value::text("P1")))),
        vec![var(0, PERSON, "id"), var(0, PERSON, "id")],
    );
    let mut world = world.relation(LINK, vec![start, linked]).relation(TALLY, vec![tallied]).in_a_circle();
    for (id, grade, weight) in [("P1", 2, 1), ("P2", 3, 2), ("P3", 9, 3), ("P4", 7, 7)] {
        let cells = [("id", known_text(id)), ("grade", known_int(grade)), ("weight", known_int(weight))];
        world = world.row(PERSON, &cells);
    }
    assert_eq!(shown(&world.derived(LINK)), ["P1 P1", "P1 P2", "P1 P3"]);
    assert_eq!(shown(&world.derived(TALLY)), ["P1 2", "P1 3", "P1 9"]);
}

#[test]
fn what_may_be_missing_of_one_may_be_missing_of_what_reads_it() {
    let world = World::new(Vec::new()).relation(LINK, vec![to_boss(), further(LINK, LINK)]);
    let tallied = branch(
        &[LINK, PERMIT],
        Some(eq(var(0, LINK, "from"), var(1, PERMIT, "who"))),
        vec![var(0, LINK, "to"), var(1, PERMIT, "number")],
    );
    let mut world = people(world.relation(TALLY, vec![tallied]), &[("P1", known_text("P2"))]);
    if let Held::State(taken) = &mut world.coverage[PERSON][0].held {
        taken[0].defects.push(Defect::NotVouched);
    }
    world.coverage[PERMIT][0].held = Held::State(Vec::new());
    let gap = |fact, kind| Gap { fact, source: Some("invented".to_owned()), kind };
    let persons = gap(PERSON, GapKind::Defect(Defect::NotVouched));
    assert_eq!(world.derived(LINK).gaps, std::slice::from_ref(&persons));
    assert_eq!(world.derived(TALLY).gaps, [persons, gap(PERMIT, GapKind::NoCollection)]);
}

#[test]
fn rows_are_read_as_of_moments_that_earlier_ones_say() {
    let at = Some(var(0, ENTRY, "day"));
    let mut joined = branch(
        &[ENTRY, PERSON],
        Some(eq(var(0, ENTRY, "who"), var(1, PERSON, "id"))),
        vec![var(1, PERSON, "id"), var(1, PERSON, "grade")],
    );
    joined.atoms[1].at = at;
    let world = World::new(Vec::new()).relation(TALLY, vec![joined]);
    let world = world.persons_taken(&["2026-04-05T00:00:00Z", "2026-04-15T00:00:00Z"]);
    let world = world.row_of(PERSON, 0, &[("id", known_text("P1")), ("grade", known_int(1))]);
    let world = world.row_of(PERSON, 1, &[("id", known_text("P1")), ("grade", known_int(2))]);
    let entry = |world: World, day| {
        let at = known_instant("2026-04-18T00:00:00Z");
        world.row(ENTRY, &[("at", at), ("who", known_text("P1")), ("day", day)])
    };
    let day = |day| super::world::known_day(jiff::civil::date(2026, 4, day));
    let no_moment = Gap { fact: PERSON, source: None, kind: GapKind::NoMoment };
    let first = entry(world, day(10));
    assert_eq!(shown(&first.derived(TALLY)), ["P1 1"]);
    assert!(!first.derived(TALLY).gaps.contains(&no_moment));
    let both = entry(entry(first, day(16)), Cell::Unknown);
    assert_eq!(shown(&both.derived(TALLY)), ["P1 1", "P1 2"]);
    assert!(both.derived(TALLY).gaps.contains(&no_moment));
}

/// Whether the subject is linked, counted in a relation of links.
fn linked() -> Expr {
    eq(field(L, LINK, "from"), field(SUBJECT, PERSON, "id"))
}

fn verdicts(world: &World) -> Vec<Vec<Verdict>> {
    let subjects = |rule: &crate::RuleOutcome| rule.subjects.iter().map(|subject| subject.verdict).collect();
    world.outcome().rules.values().map(subjects).collect()
}

#[test]
fn a_rule_reads_a_possible_row_as_not_known() {
    let some_link = || some(L, LINK, linked());
    let world = World::new(vec![
        rule(Some(PERSON), some_link()),
        rule(Some(PERSON), not(some_link())),
        rule(Some(PERSON), count(L, LINK, linked(), CompareOp::Le, int(5))),
    ]);
    let trusted = branch(
        &[PERSON],
        Some(var(0, PERSON, "trusted")),
        vec![var(0, PERSON, "id"), var(0, PERSON, "boss")],
    );
    let mut world = world.relation(LINK, vec![trusted]);
    let trusts = [
        ("P1", Truth::True, known_text("P2")),
        ("P2", Truth::False, known_text("P2")),
        ("P3", Truth::Unknown, known_text("P2")),
        ("P4", Truth::True, Cell::Unknown),
    ];
    for (id, trusted, boss) in trusts {
        let trusted = super::world::cell(trusted);
        world = world.row(PERSON, &[("id", known_text(id)), ("trusted", trusted), ("boss", boss)]);
    }
    use Verdict::{Met, Undetermined, Violated};
    assert_eq!(
        verdicts(&world),
        [
            [Met, Violated, Undetermined, Undetermined],
            [Violated, Met, Undetermined, Undetermined],
            // The link to nobody knows whom may stand for many.
            [Met, Met, Met, Undetermined],
        ]
    );
}

#[test]
fn a_relation_is_a_population_and_is_negated() {
    let no_entry = not(some(
        E,
        ENTRY,
        and([eq(field(E, ENTRY, "who"), field(SUBJECT, LINK, "from")), super::world::in_period(E)]),
    ));
    let world = World::new(vec![rule(Some(LINK), no_entry)]).relation(LINK, vec![to_boss()]);
    let world = people(world, &[("P1", known_text("P2")), ("P2", known_text("P1"))]);
    let world = world.row(ENTRY, &[("at", known_instant("2026-04-10T00:00:00Z")), ("who", known_text("P1"))]);
    assert_eq!(world.truths(), [Truth::False, Truth::True]);
}

#[test]
fn a_condition_may_ask_earlier_relations() {
    let counted = |var: VarId| {
        let own = eq(field(var, LINK, "to"), self::var(0, PERSON, "id"));
        let quantifier = Box::new(quantifier(var, LINK, Some(own)));
        super::world::new(
            ExprKind::Aggregate { op: kijun_ir::AggregateOp::Count, value: None, quantifier },
            Kind::Int,
        )
    };
    let tallied = branch(&[PERSON], None, vec![var(0, PERSON, "id"), counted(L)]);
    let world = World::new(vec![rule(
        Some(PERSON),
        some(
            T,
            TALLY,
            and([
                eq(field(T, TALLY, "who"), field(SUBJECT, PERSON, "id")),
                eq(field(T, TALLY, "number"), int(2)),
            ]),
        ),
    )]);
    let world = world.relation(LINK, vec![to_boss()]).relation(TALLY, vec![tallied]);
    let world =
        people(world, &[("P1", known_text("P1")), ("P2", known_text("P1")), ("P3", known_text("P2"))]);
    assert_eq!(shown(&world.derived(TALLY)), ["P1 2", "P2 1", "P3 0"]);
    assert_eq!(world.truths(), [Truth::True, Truth::False, Truth::False]);
}
