//! Where nothing can come that belongs: a join of which a part is surely empty, a condition that fails whatever the row.

use kijun_ir::{AggregateOp, Branch, Expr, ExprKind, FactId, Kind, Truth, VarId, Verdict};

use super::world::{
    A, AREA, E, ENTRY, LINK, P, PERMIT, PERSON, SUBJECT, TALLY, World, and, branch, cell, eq, field,
    in_period, int, known_text, literal, new, not, or, quantifier, rule, some, taken,
};
use crate::{Defect, Gap, GapKind, Held};

fn var(atom: u32, fact: FactId, name: &str) -> Expr {
    field(VarId(atom), fact, name)
}

fn person(world: World, id: &str, trusted: Truth) -> World {
    world.row(PERSON, &[("id", known_text(id)), ("trusted", cell(trusted))])
}

/// Nobody keeps a log of entries.
fn without_log(mut world: World) -> World {
    world.coverage[ENTRY].clear();
    world
}

fn no_log() -> Gap {
    Gap { fact: ENTRY, source: None, kind: GapKind::NoSource }
}

/// The entries of those who are trusted, with either part first.
fn entries_of_trusted() -> [Branch; 2] {
    [[PERSON, ENTRY], [ENTRY, PERSON]].map(|atoms| {
        let (person, entry) = if atoms[0] == PERSON { (0, 1) } else { (1, 0) };
        let joined = eq(var(entry, ENTRY, "who"), var(person, PERSON, "id"));
        let trusted = var(person, PERSON, "trusted");
        branch(
            &atoms,
            Some(and([joined, trusted])),
            vec![var(person, PERSON, "id"), var(entry, ENTRY, "number")],
        )
    })
}

/// What may be missing of the entries of the trusted, if there is one person and no log.
fn gaps(trusted: Truth, spoil: impl Fn(&mut World)) -> Vec<Gap> {
    let [gaps, swapped] = entries_of_trusted().map(|joined| {
        let world = World::new(Vec::new()).relation(TALLY, vec![joined]);
        let mut world = without_log(person(world, "P1", trusted));
        spoil(&mut world);
        world.derived(TALLY).gaps
    });
    assert_eq!(gaps, swapped, "the order of the parts does not matter");
    gaps
}

#[test]
fn a_join_with_a_part_that_is_surely_empty_misses_nothing() {
    assert_eq!(gaps(Truth::False, |_| {}), []);
    assert_eq!(gaps(Truth::Unknown, |_| {}), [no_log()]);
    assert_eq!(gaps(Truth::True, |_| {}), [no_log()]);
}

#[test]
fn a_part_that_may_lack_rows_is_not_surely_empty() {
    let gap = |source: Option<&str>, kind| Gap { fact: PERSON, source: source.map(str::to_owned), kind };
    let invented = |kind| gap(Some("invented"), kind);
    let held = |pictures: Vec<crate::Taken>| {
        gaps(Truth::False, |world| world.coverage[PERSON][0].held = Held::State(pictures.clone()))
    };
    for defect in
        [Defect::NotVouched, Defect::Rejected(1), Defect::RowCount { vouched: 2, found: 1 }, Defect::Unusable]
    {
        let mut picture = taken("2026-04-20T00:00:00Z");
        picture.defects.push(defect);
        let kind = if defect == Defect::Unusable { GapKind::NoCollection } else { GapKind::Defect(defect) };
        assert_eq!(held(vec![picture]), [invented(kind), no_log()]);
    }
    let old = taken("2026-02-20T00:00:00Z");
    assert_eq!(held(vec![old.clone()]), [invented(GapKind::Stale(old.at)), no_log()]);
    assert_eq!(held(Vec::new()), [invented(GapKind::NoCollection), no_log()]);
    let gone = gaps(Truth::False, |world| world.coverage[PERSON].clear());
    assert_eq!(gone, [gap(None, GapKind::NoSource), no_log()]);
}

#[test]
fn parts_that_surely_do_not_go_together_make_no_row() {
    let joined = || {
        let parts = and([
            eq(var(0, PERSON, "id"), var(2, PERMIT, "who")),
            eq(var(1, ENTRY, "who"), var(0, PERSON, "id")),
        ]);
        branch(&[PERSON, ENTRY, PERMIT], Some(parts), vec![var(0, PERSON, "id"), var(2, PERMIT, "number")])
    };
    let world = |holder| {
        let world = person(World::new(Vec::new()).relation(TALLY, vec![joined()]), "P1", Truth::True);
        without_log(world.row(PERMIT, &[("id", known_text("G1")), ("who", holder)]))
    };
    assert_eq!(world(known_text("P2")).derived(TALLY).gaps, []);
    assert_eq!(world(known_text("P1")).derived(TALLY).gaps, [no_log()]);
    assert_eq!(world(kijun_ir::Cell::Unknown).derived(TALLY).gaps, [no_log()]);
}

#[test]
fn a_chain_without_a_first_link_has_none() {
    let first = || {
        let trusted = var(0, PERSON, "trusted");
        branch(&[PERSON], Some(trusted), vec![var(0, PERSON, "id"), var(0, PERSON, "boss")])
    };
    let next = |atoms: [FactId; 2], link: u32, entry: u32| {
        let joined = eq(var(link, LINK, "to"), var(entry, ENTRY, "who"));
        branch(&atoms, Some(joined), vec![var(link, LINK, "from"), var(entry, ENTRY, "who")])
    };
    for next in [next([LINK, ENTRY], 0, 1), next([ENTRY, LINK], 1, 0)] {
        let world = || World::new(Vec::new()).relation(LINK, vec![first(), next.clone()]);
        assert_eq!(without_log(person(world(), "P1", Truth::False)).derived(LINK).gaps, []);
        assert_eq!(without_log(person(world(), "P1", Truth::True)).derived(LINK).gaps, [no_log()]);
        let mut unsure = without_log(person(world(), "P1", Truth::False));
        unsure.coverage[PERSON].clear();
        assert_eq!(unsure.derived(LINK).gaps.len(), 2, "a first link may be missing");
    }
}

/// Whether there is somebody who is trusted, asked of the variable of a rule.
fn somebody_trusted() -> Expr {
    some(P, PERSON, field(P, PERSON, "trusted"))
}

#[test]
fn a_condition_apart_from_the_rows_excludes_them_all() {
    let trusted = some(VarId(2), PERSON, field(VarId(2), PERSON, "trusted"));
    let joined = branch(&[ENTRY], Some(trusted), vec![var(0, ENTRY, "who"), var(0, ENTRY, "number")]);
    let mut joined = joined;
    joined.vars.push(kijun_ir::Binding { name: "x".to_owned(), fact: PERSON });
    joined.vars[VarId(2)].fact = PERSON;
    let world = || World::new(Vec::new()).relation(TALLY, vec![joined.clone()]);
    assert_eq!(without_log(person(world(), "P1", Truth::False)).derived(TALLY).gaps, []);
    assert_eq!(without_log(person(world(), "P1", Truth::Unknown)).derived(TALLY).gaps, [no_log()]);
}

#[test]
fn a_population_that_excludes_every_row_is_empty_whatever_is_missing() {
    let judged = |trusted, or_none, condition: fn() -> Expr| {
        let mut rule = rule(Some(ENTRY), eq(int(1), int(1)));
        let population = rule.population.as_mut().unwrap();
        population.rows.condition = Some(condition());
        population.or_none = or_none;
        let world = without_log(person(World::new(vec![rule]), "P1", trusted));
        world.outcome().rules[kijun_ir::RuleId(0)].clone()
    };
    let guarded = || and([in_period(SUBJECT), somebody_trusted()]);
    let none = judged(Truth::False, true, guarded);
    assert_eq!((none.verdict, none.population_gaps), (Verdict::NotApplicable, vec![]));
    assert_eq!(judged(Truth::False, false, guarded).verdict, Verdict::Undetermined, "nobody was allowed for");
    for trusted in [Truth::Unknown, Truth::True] {
        let open = judged(trusted, true, guarded);
        assert_eq!((open.verdict, open.population_gaps), (Verdict::Undetermined, vec![no_log()]));
    }
    // What reads the row too says nothing of rows that are not there.
    let other = || or([somebody_trusted(), field(SUBJECT, ENTRY, "ok")]);
    assert_eq!(judged(Truth::False, true, other).verdict, Verdict::Undetermined);
}

#[test]
fn a_quantifier_that_excludes_every_row_finds_none_whatever_is_missing() {
    let guard = || field(SUBJECT, PERSON, "trusted");
    let entries = || and([guard(), eq(field(E, ENTRY, "who"), field(SUBJECT, PERSON, "id"))]);
    let number = |op, value: Option<Expr>| {
        let quantifier = Box::new(quantifier(E, ENTRY, Some(entries())));
        new(ExprKind::Aggregate { op, value: value.map(Box::new), quantifier }, Kind::Int)
    };
    let first = number(AggregateOp::Max, Some(field(E, ENTRY, "number")));
    let area = some(A, AREA, eq(field(A, AREA, "number"), int(9)));
    let world = World::new(vec![
        rule(Some(PERSON), not(some(E, ENTRY, entries()))),
        rule(Some(PERSON), eq(number(AggregateOp::Count, None), int(0))),
        rule(Some(PERSON), new(ExprKind::IsNone(Box::new(first)), Kind::Bool)),
        rule(Some(PERSON), not(some(E, ENTRY, and([area, literal(kijun_ir::Value::Bool(true))])))),
    ]);
    let world = person(person(person(world, "P1", Truth::False), "P2", Truth::Unknown), "P3", Truth::True);
    let outcome = without_log(world).outcome();
    let verdicts = outcome
        .rules
        .values()
        .map(|rule| rule.subjects.iter().map(|subject| subject.verdict).collect::<Vec<_>>());
    use Verdict::{Met, Undetermined};
    let by_person = [Met, Undetermined, Undetermined];
    assert_eq!(verdicts.collect::<Vec<_>>(), [by_person, by_person, by_person, [Met; 3]]);
}
