//! Where nothing can come that belongs: a join of which a part is surely empty, a condition that fails whatever the row.

use kijun_ir::{AggregateOp, Branch, Cell, CompareOp, Expr, ExprKind, Population, RuleId, Truth, Verdict};

use super::fixture::*;
use crate::{AsOf, Defect, Gap, GapKind, Held};

const TRUE: Truth = Truth::True;
const UNKNOWN: Truth = Truth::Unknown;

fn old(id: &str, age: Cell) -> Vec<Cell> {
    let mut old = person(id);
    old[AGE.0 as usize] = age;
    old
}

fn is_of_age(var: kijun_ir::VarId) -> Expr {
    compare(field(var, AGE), CompareOp::Ge, literal(int(60)))
}

/// Nobody keeps a log of accesses.
fn world(age: Cell) -> World {
    World::new(&[old("甲", age)]).holding(ACCESS, None)
}

fn no_log() -> Gap {
    Gap { fact: ACCESS, source: None, kind: GapKind::NoSource }
}

/// What may be missing of a relation.
fn gaps(world: &World, branches: Vec<Branch>) -> Vec<Gap> {
    let derived =
        |snapshot: &crate::Snapshot<'_>| snapshot.view(DERIVED, AsOf::Today).unwrap().gaps().to_vec();
    world.clone().deriving(branches).see(general(literal(Cell::Known(kijun_ir::Value::Bool(true)))), derived)
}

/// The accesses of those of age, with either part first.
fn of_age() -> [Branch; 2] {
    [vec![now(SUBJECT), every(THIRD)], vec![every(THIRD), now(SUBJECT)]].map(|atoms| {
        let joined = equal(field(THIRD, WHO), field(SUBJECT, ID));
        let yields = [as_text(field(SUBJECT, ID)), field(THIRD, DEVICE)];
        branch(atoms, Some(all(vec![joined, is_of_age(SUBJECT)])), yields)
    })
}

fn gaps_of_age(world: &World) -> Vec<Gap> {
    let [gaps, swapped] = of_age().map(|joined| gaps(world, vec![joined]));
    assert_eq!(gaps, swapped, "the order of the parts does not matter");
    gaps
}

#[test]
fn a_join_with_a_part_that_is_surely_empty_misses_nothing() {
    assert_eq!(gaps_of_age(&world(int(20))), []);
    assert_eq!(gaps_of_age(&world(Cell::Unknown)), [no_log()]);
    assert_eq!(gaps_of_age(&world(int(70))), [no_log()]);
}

#[test]
fn a_part_that_may_lack_rows_is_not_surely_empty() {
    let gap = |kind| Gap { fact: PERSON, source: Some("person".to_owned()), kind };
    let held = |pictures| gaps_of_age(&world(int(20)).holding(PERSON, Some(Held::State(pictures))));
    for defect in [Defect::NotVouched, Defect::Rejected(1), Defect::RowCount { vouched: 2, found: 1 }] {
        let picture = taken("2026-06-29T15:00:00Z", vec![defect]);
        assert_eq!(held(vec![picture]), [gap(GapKind::Defect(defect)), no_log()]);
    }
    let stale = taken("2026-01-01T00:00:00Z", vec![]);
    assert_eq!(held(vec![stale.clone()]), [gap(GapKind::Stale(stale.at)), no_log()]);
    assert_eq!(held(vec![]), [gap(GapKind::NoCollection), no_log()]);
}

#[test]
fn parts_that_surely_do_not_go_together_make_no_row() {
    let joined = vec![
        equal(as_text(field(SUBJECT, ID)), field(GROUP, SUB)),
        equal(field(THIRD, WHO), field(SUBJECT, ID)),
    ];
    let atoms = vec![now(SUBJECT), every(THIRD), now(GROUP)];
    let yields = [field(GROUP, SUP), field(THIRD, DEVICE)];
    let joined = || vec![branch(atoms.clone(), Some(all(joined.clone())), yields.clone())];
    let in_group = |sub: Cell| world(int(20)).with(MEMBER, &[vec![sub, text("営業")]]);
    assert_eq!(gaps(&in_group(text("乙")), joined()), []);
    assert_eq!(gaps(&in_group(text("甲")), joined()), [no_log()]);
    assert_eq!(gaps(&in_group(Cell::Unknown), joined()), [no_log()]);
}

#[test]
fn a_part_that_is_read_as_of_moments_that_others_say_is_asked_of_none() {
    let then = kijun_ir::Quantifier { at: Some(field(THIRD, AT)), ..every(GROUP) };
    let joined = all(vec![equal(field(THIRD, DEVICE), field(GROUP, SUB)), is_of_age(SUBJECT)]);
    let atoms = vec![every(THIRD), then, now(SUBJECT)];
    let joined = || vec![branch(atoms.clone(), Some(joined.clone()), [field(GROUP, SUP), field(GROUP, SUB)])];
    let early = |age| {
        let log = Held::Log(vec![stretch("2026-06-01", "2026-06-02", vec![])]);
        world(age).holding(ACCESS, Some(log)).with(ACCESS, &[access("2026-05-01T00:00:00Z", "甲", "PC-1")])
    };
    assert_eq!(gaps(&early(int(20)), joined()), []);
    assert!(
        gaps(&early(int(70)), joined()).iter().any(|gap| gap.fact == MEMBER),
        "there was no picture then"
    );
}

#[test]
fn a_chain_without_a_first_link_has_none() {
    let reached = |world: &World| {
        let gaps =
            |snapshot: &crate::Snapshot<'_>| snapshot.view(REACH, AsOf::Today).unwrap().gaps().to_vec();
        world.see(general(literal(Cell::Known(kijun_ir::Value::Bool(true)))), gaps)
    };
    assert_eq!(reached(&World::new(&[])), []);
    assert_eq!(reached(&World::new(&[]).holding(MEMBER, None)).len(), 1);
}

/// Of each person whether there is no access, asked only of those of age.
fn no_access_of_age() -> Expr {
    not(some(THIRD, all(vec![equal(field(THIRD, WHO), field(SUBJECT, ID)), is_of_age(SUBJECT)])))
}

#[test]
fn a_quantifier_that_excludes_every_row_finds_none_whatever_is_missing() {
    let truth = |age, require: Expr| world(age).prove(rule(require)).require.truth;
    assert_eq!(truth(int(20), no_access_of_age()), TRUE);
    assert_eq!(truth(Cell::Unknown, no_access_of_age()), UNKNOWN);
    assert_eq!(truth(int(70), no_access_of_age()), UNKNOWN);
    let latest =
        || aggregate(AggregateOp::Latest, Some(field(THIRD, DEVICE)), THIRD, Some(is_of_age(SUBJECT)));
    assert_eq!(truth(int(20), is_none(latest())), TRUE);
    assert_eq!(truth(int(70), is_none(latest())), UNKNOWN);
}

#[test]
fn nothing_is_excluded_as_of_a_moment_that_is_not_known() {
    let asked = some_at(GROUP, field(SUBJECT, JOINED), is_of_age(SUBJECT));
    let mut joined = old("甲", int(20));
    joined[JOINED.0 as usize] = Cell::Unknown;
    assert_eq!(World::new(&[joined]).prove(rule(not(asked))).require.truth, UNKNOWN);
}

#[test]
fn a_population_that_excludes_every_row_is_empty_whatever_is_missing() {
    let judged = |age, condition: Expr| {
        let mut rule = rule_about(ACCESS, equal(literal(int(1)), literal(int(1))));
        let rows = quantifier(SUBJECT, ACCESS, Some(condition));
        rule.population = Some(Population { rows, or_none: true, ..population(None) });
        rule.vars[OTHER].fact = PERSON;
        let outcome = world(age).see(rule, crate::prove_all);
        (outcome.rules[RuleId(0)].verdict, outcome.rules[RuleId(0)].population_gaps.clone())
    };
    let somebody = || {
        let kind = ExprKind::Field { var: OTHER, field: AGE };
        let age = Expr { kind, ..field_of(PERSON, AGE) };
        let of_age = compare(age, CompareOp::Ge, literal(int(60)));
        condition(ExprKind::Some(Box::new(quantifier(OTHER, PERSON, Some(of_age)))))
    };
    assert_eq!(judged(int(20), somebody()), (Verdict::NotApplicable, vec![]));
    for age in [Cell::Unknown, int(70)] {
        assert_eq!(judged(age, somebody()), (Verdict::Undetermined, vec![no_log()]));
    }
    let of_the_row = equal(field_of(ACCESS, DEVICE), literal(text("PC-1")));
    assert_eq!(judged(int(20), any(vec![somebody(), of_the_row])).0, Verdict::Undetermined);
}
