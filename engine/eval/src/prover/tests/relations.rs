//! Derived rows: which there are, how sure they are, what they rest on.

use kijun_ir::{Cell, CompareOp, Expr, RuleId, Truth, Value, Verdict};

use super::fixture::*;
use crate::{AsOf, Defect, Gap, GapKind, Held, Reason, Snapshot, StepKind, evidence_of, row_name};

const TRUE: Truth = Truth::True;
const FALSE: Truth = Truth::False;
const UNKNOWN: Truth = Truth::Unknown;

/// Whether a group is part of another, directly or through others.
fn is_part(sub: &str, sup: &str) -> Expr {
    let ends = [equal(field(CHAIN, SUB), literal(text(sub))), equal(field(CHAIN, SUP), literal(text(sup)))];
    some(CHAIN, all(ends.to_vec()))
}

fn groups(rows: &[(&str, &str)]) -> World {
    let rows: Vec<_> = rows.iter().map(|(sub, sup)| member(sub, sup)).collect();
    World::new(&[]).with(MEMBER, &rows)
}

fn truth(world: &World, expr: Expr) -> Truth {
    world.prove(general(expr)).require.truth
}

/// The rows of a relation as of today: cells, and whether they are sure.
fn rows_of(snapshot: &Snapshot<'_>, fact: kijun_ir::FactId) -> Vec<(Cell, Cell, bool)> {
    let view = snapshot.view(fact, AsOf::Today).unwrap();
    let cell = |row, field| view.table().cell(&&snapshot.texts, row, field);
    view.rows().iter().map(|row| (cell(*row, SUB), cell(*row, SUP), view.truth(*row) == TRUE)).collect()
}

fn anything() -> kijun_ir::Rule {
    general(is_part("a", "a"))
}

#[test]
fn a_gap_within_a_circle_leaves_everything_open() {
    let gone = groups(&[]).holding(MEMBER, None);
    assert_eq!(truth(&gone, not(is_part("a", "b"))), UNKNOWN);
    let taken = vec![taken("2026-06-29T15:00:00Z", vec![Defect::NotVouched])];
    let defective = groups(&[("a", "b"), ("b", "c")]).holding(MEMBER, Some(Held::State(taken)));
    assert_eq!(truth(&defective, is_part("a", "c")), TRUE);
    let proof = defective.prove(general(not(is_part("a", "d"))));
    let kind = GapKind::Defect(Defect::NotVouched);
    let gap = Gap { fact: MEMBER, source: Some("member".to_owned()), kind };
    assert_eq!(proof.reasons(), [Reason::Gap(gap)], "named by the evidence");
}

#[test]
fn chains_are_followed_to_their_end() {
    let world = groups(&[("a", "b"), ("b", "c"), ("c", "d"), ("d", "b")]);
    for (sub, sup) in [("a", "b"), ("a", "d"), ("b", "b"), ("d", "c")] {
        assert_eq!(truth(&world, is_part(sub, sup)), TRUE, "{sub} {sup}");
    }
    assert_eq!(truth(&world, is_part("b", "a")), FALSE);
    assert_eq!(truth(&world, is_part("a", "a")), FALSE);
}

#[test]
fn a_chain_through_an_unknown_link_is_only_possible() {
    let world = World::new(&[]).with(MEMBER, &[member("a", "b"), vec![Cell::Unknown, text("c")]]);
    assert_eq!(truth(&world, is_part("a", "b")), TRUE);
    let proof = world.prove(general(is_part("a", "c")));
    assert_eq!(proof.require.truth, UNKNOWN);
    assert_eq!(proof.reasons(), [Reason::Missing { fact: MEMBER, row: 0, field: SUB }]);
    assert_eq!(truth(&world, not(is_part("a", "c"))), UNKNOWN);
    world.see(anything(), |snapshot| {
        let rows = rows_of(snapshot, REACH);
        assert!(rows.contains(&(text("a"), text("b"), true)), "{rows:?}");
        assert!(rows.contains(&(text("a"), text("c"), false)), "{rows:?}");
    });
}

#[test]
fn a_row_is_as_sure_as_its_surest_way() {
    let rows = [member("a", "b"), vec![text("a"), Cell::Unknown], member("b", "c")];
    World::new(&[]).with(MEMBER, &rows).see(anything(), |snapshot| {
        let rows = rows_of(snapshot, REACH);
        assert!(rows.contains(&(text("a"), text("c"), true)), "{rows:?}");
        assert_eq!(rows.iter().filter(|row| (&row.0, &row.1) == (&text("a"), &text("c"))).count(), 1);
    });
}

#[test]
fn a_row_rests_on_its_shortest_way() {
    let world = groups(&[("a", "b"), ("a", "c"), ("b", "c"), ("c", "d")]);
    world.see(anything(), |snapshot| {
        let view = snapshot.view(REACH, AsOf::Today).unwrap();
        let of = |sub: &str, sup: &str| {
            let rows = rows_of(snapshot, REACH);
            let row = rows.iter().position(|row| (&row.0, &row.1) == (&text(sub), &text(sup)));
            view.support(u32::try_from(row.unwrap()).unwrap()).to_vec()
        };
        assert_eq!(of("a", "c"), [(MEMBER, 1)], "not through b");
        assert_eq!(of("a", "d"), [(MEMBER, 1), (MEMBER, 3)]);
    });
}

/// The people without a training since April, each with a word.
fn untrained() -> Vec<kijun_ir::Branch> {
    let since = compare(field(OTHER, AT), CompareOp::Ge, literal(day("2026-04-01")));
    let mine = equal(field(OTHER, WHO), field(SUBJECT, ID));
    let nothing = not(some(OTHER, all(vec![since, mine])));
    vec![branch(vec![now(SUBJECT)], Some(nothing), [as_text(field(SUBJECT, ID)), literal(text("未受講"))])]
}

fn is_untrained(who: &str) -> Expr {
    some(ROW, equal(field(ROW, SUB), literal(text(who))))
}

#[test]
fn what_is_only_not_shown_is_only_possible() {
    let world = || World::new(&[person("甲"), person("乙")]).with(TRAINING, &[training("2026-05-01", "甲")]);
    let whole = world().deriving(untrained());
    assert_eq!((truth(&whole, is_untrained("甲")), truth(&whole, is_untrained("乙"))), (FALSE, TRUE));

    let gone = world().holding(TRAINING, None).deriving(untrained());
    assert_eq!((truth(&gone, is_untrained("甲")), truth(&gone, is_untrained("乙"))), (FALSE, UNKNOWN));
    assert_eq!(truth(&gone, not(is_untrained("乙"))), UNKNOWN);
    let proof = gone.prove(general(is_untrained("乙")));
    let gap = Gap { fact: TRAINING, source: None, kind: GapKind::NoSource };
    assert_eq!(proof.reasons(), [Reason::Gap(gap)], "why the row is not sure");
    let part = &proof.require.parts[0];
    assert!(matches!(part.parts[0].kind, StepKind::Derived { fact: DERIVED, row: 0, .. }), "{part:?}");
}

#[test]
fn possible_rows_are_subjects_only_where_that_could_matter() {
    let world = World::new(&[person("甲")]).holding(TRAINING, None).deriving(untrained());
    let judged = |require: Expr| {
        let outcome = world.see(rule_about(DERIVED, require), crate::prove_all);
        let judged = &outcome.rules[RuleId(0)];
        (judged.verdict, judged.subjects.iter().map(|subject| subject.verdict).collect::<Vec<_>>())
    };
    let same = equal(field_of(DERIVED, SUB), field_of(DERIVED, SUB));
    assert_eq!(judged(same.clone()), (Verdict::Undetermined, vec![]), "nobody may be there");
    assert_eq!(judged(not(same)), (Verdict::Undetermined, vec![Verdict::Undetermined]));
}

#[test]
fn a_cell_that_is_not_known_makes_its_row_possible() {
    let mut nameless = person("甲");
    nameless[NAME.0 as usize] = Cell::Unknown;
    let names = vec![branch(vec![now(SUBJECT)], None, [as_text(field(SUBJECT, ID)), field(SUBJECT, NAME)])];
    let world = World::new(&[nameless]).deriving(names);
    let named = |name: &str| some(ROW, equal(field(ROW, SUP), literal(text(name))));
    let proof = world.prove(general(not(named("架空"))));
    assert_eq!(proof.require.truth, UNKNOWN);
    assert_eq!(proof.reasons(), [Reason::Missing { fact: PERSON, row: 0, field: NAME }]);
    assert_eq!(truth(&world, is_untrained("甲")), UNKNOWN, "the row as a whole is not sure");
}

#[test]
fn branches_join_and_add_up() {
    let mine = equal(field(OTHER, WHO), field(SUBJECT, ID));
    let branches = vec![
        branch(
            vec![now(SUBJECT), every(OTHER)],
            Some(mine),
            [as_text(field(SUBJECT, ID)), literal(text("受講"))],
        ),
        branch(vec![now(GROUP)], None, [field(GROUP, SUB), field(GROUP, SUP)]),
    ];
    let world = World::new(&[person("甲"), person("乙")])
        .with(TRAINING, &[training("2026-05-01", "甲"), training("2026-05-02", "甲")])
        .with(MEMBER, &[member("甲", "受講"), member("乙", "営業")])
        .deriving(branches);
    world.see(anything(), |snapshot| {
        let expected = [(text("乙"), text("営業"), true), (text("甲"), text("受講"), true)];
        assert_eq!(rows_of(snapshot, DERIVED), expected, "each row once");
        let people = [(PERSON, 1), (TRAINING, 0)];
        assert_eq!(evidence_of(snapshot, DERIVED, 1, AsOf::Today), people, "the least way");
        assert_eq!(evidence_of(snapshot, PERSON, 1, AsOf::Today), [(PERSON, 1)]);
        assert_eq!(evidence_of(snapshot, SITE, 0, AsOf::Today), []);
        assert_eq!(row_name(snapshot, DERIVED, 1, AsOf::Today), "甲 受講");
    });
}

#[test]
fn atoms_are_read_as_of_what_earlier_atoms_say() {
    let taken = vec![taken("2026-05-01T00:00:00Z", vec![]), taken("2026-06-29T00:00:00Z", vec![])];
    let then = kijun_ir::Quantifier { at: Some(field(THIRD, AT)), ..every(GROUP) };
    let mine = equal(field(THIRD, WHO), field(GROUP, SUB));
    let branches =
        vec![branch(vec![every(THIRD), then], Some(mine), [field(THIRD, DEVICE), field(GROUP, SUP)])];
    let world = |at: &str| {
        World::new(&[])
            .holding(MEMBER, Some(Held::State(taken.clone())))
            .with_collection(MEMBER, 0, &[member("甲", "営業")])
            .with_collection(MEMBER, 1, &[member("甲", "総務")])
            .with(ACCESS, &[access(at, "甲", "PC-1")])
            .deriving(branches.clone())
    };
    let used_by = |group: &str| some(ROW, equal(field(ROW, SUP), literal(text(group))));
    assert_eq!(truth(&world("2026-05-02T00:00:00Z"), used_by("営業")), TRUE);
    assert_eq!(truth(&world("2026-06-29T00:00:00Z"), used_by("総務")), TRUE);
    let early = world("2026-04-30T00:00:00Z");
    let proof = early.prove(general(not(used_by("営業"))));
    assert_eq!(proof.require.truth, UNKNOWN, "no picture then");
    let stale =
        proof.reasons().into_iter().any(|reason| matches!(reason, Reason::Gap(Gap { fact: MEMBER, .. })));
    assert!(stale, "{:?}", proof.reasons());
}

#[test]
fn a_relation_is_derived_as_of_the_moment_asked() {
    let taken = vec![taken("2026-06-01T00:00:00Z", vec![]), taken("2026-06-29T00:00:00Z", vec![])];
    let world = World::new(&[])
        .holding(MEMBER, Some(Held::State(taken)))
        .with_collection(MEMBER, 0, &[member("a", "b"), member("b", "c")])
        .with_collection(MEMBER, 1, &[member("a", "b")]);
    let ends = [equal(field(CHAIN, SUB), literal(text("a"))), equal(field(CHAIN, SUP), literal(text("c")))];
    let at = |at: &str| some_at(CHAIN, literal(day(at)), all(ends.to_vec()));
    assert_eq!(truth(&world, at("2026-06-10")), TRUE);
    assert_eq!(truth(&world, at("2026-06-29")), FALSE);
    assert_eq!(truth(&world, at("2026-05-31")), UNKNOWN);
}

#[test]
fn a_network_of_a_table_holds_addresses() {
    let inside = |address: &str| {
        let ip = literal(Cell::Known(Value::Ip(address.parse().unwrap())));
        let cidr = Box::new(field(PLACE, kijun_ir::FieldId(1)));
        some(PLACE, condition(kijun_ir::ExprKind::InCidr { ip: Box::new(ip), cidr }))
    };
    let nothing = World::new(&[]);
    assert_eq!(truth(&nothing, inside("10.1.2.3")), TRUE);
    assert_eq!(truth(&nothing, inside("192.168.0.1")), FALSE, "a table is all there");
    assert_eq!(truth(&nothing, inside("::1")), FALSE);
}

#[test]
fn of_rows_with_one_key_none_is_sure() {
    let world = World::new(&[person("甲"), person("甲"), person("乙")]);
    let known = |id: &str| some(SUBJECT, equal(field(SUBJECT, ID), literal(text(id))));
    assert_eq!(truth(&world, known("乙")), TRUE);
    let proof = world.prove(general(known("甲")));
    assert_eq!(proof.require.truth, UNKNOWN);
    let contested = Reason::Dangling { fact: PERSON, key: "甲".to_owned(), as_of: AsOf::Today };
    assert_eq!(proof.reasons(), [contested]);
}

#[test]
fn a_derived_row_with_an_unknown_cell_may_be_several() {
    let world = World::new(&[]).with(MEMBER, &[vec![text("a"), Cell::Unknown]]);
    let at_most = |number| {
        count(CHAIN, equal(field(CHAIN, SUB), literal(text("a"))), CompareOp::Le, literal(int(number)))
    };
    assert_eq!(truth(&world, at_most(1)), UNKNOWN, "two memberships may have become one row");
    let whole = World::new(&[]).with(MEMBER, &[member("a", "b")]);
    assert_eq!(truth(&whole, at_most(1)), TRUE);
}
