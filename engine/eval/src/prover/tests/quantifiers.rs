//! Quantifiers: witnesses, counts, coverage.

use kijun_ir::{ArithmeticOp, Cell, CompareOp, Duration, Expr, ExprKind, Kind, Truth};

use super::fixture::*;
use crate::prover::operator::compare_count;
use crate::{AsOf, Defect, Gap, GapKind, Held, Reason, RowsRead, Step, StepKind};

const TRUE: Truth = Truth::True;
const FALSE: Truth = Truth::False;
const UNKNOWN: Truth = Truth::Unknown;

/// `some x in training where x.who == p.id`.
fn trained() -> Expr {
    some(OTHER, equal(field(OTHER, WHO), field(SUBJECT, ID)))
}

fn world(trainings: &[Vec<Cell>]) -> World {
    World::new(&[person("甲")]).with(TRAINING, trainings)
}

fn prove(world: &World, expr: Expr) -> Step {
    world.prove(rule(expr)).require
}

/// Trainings read as of today.
fn read(rows: Vec<(u32, Truth)>, read: usize) -> RowsRead {
    RowsRead { fact: TRAINING, as_of: AsOf::Today, rows, read, nearest: vec![] }
}

fn unknown_training(at: &str) -> Vec<Cell> {
    vec![day(at), Cell::Unknown, Cell::Unknown]
}

#[test]
fn a_witness_is_enough_whatever_is_missing() {
    let rows = [training("2026-05-01", "乙"), training("2026-05-02", "甲")];
    let step = prove(&world(&rows).holding(TRAINING, None), trained());
    assert_eq!((step.truth, step.parts.len()), (TRUE, 1));
    assert_eq!(step.kind, StepKind::Rows(read(vec![(1, TRUE)], 2)));
    assert_eq!(step.reasons, []);
}

#[test]
fn nothing_is_shown_absent_without_coverage() {
    let rows = [training("2026-05-01", "乙")];
    let bounded = || {
        let since = compare(field(OTHER, AT), CompareOp::Ge, literal(day("2026-04-01")));
        some(OTHER, all(vec![since, equal(field(OTHER, WHO), field(SUBJECT, ID))]))
    };
    assert_eq!(prove(&world(&rows), bounded()).truth, FALSE);
    assert_eq!(prove(&world(&rows), trained()).truth, UNKNOWN, "it also asks about times before the log");

    let defective = stretch("2000-01-01", "2026-07-01", vec![Defect::NotVouched]);
    let step = prove(&world(&rows).holding(TRAINING, Some(Held::Log(vec![defective]))), bounded());
    let kind = GapKind::Defect(Defect::NotVouched);
    let gap = Gap { fact: TRAINING, source: Some("training".to_owned()), kind };
    assert_eq!((step.truth, step.reasons), (UNKNOWN, vec![Reason::Gap(gap)]));
}

#[test]
fn an_unknown_row_may_be_the_witness() {
    let rows = [unknown_training("2026-05-01")];
    let proof = world(&rows).prove(rule(trained_since_april()));
    assert_eq!(proof.require.truth, UNKNOWN);
    assert_eq!(proof.require.parts.len(), 1);
    assert_eq!(proof.reasons(), [Reason::Missing { fact: TRAINING, row: 0, field: WHO }]);
}

fn trained_since_april() -> Expr {
    let since = compare(field(OTHER, AT), CompareOp::Ge, literal(day("2026-04-01")));
    some(OTHER, all(vec![since, equal(field(OTHER, WHO), field(SUBJECT, ID))]))
}

#[test]
fn the_nearest_rows_are_proved_where_none_fits() {
    let rows = [training("2026-03-31", "甲"), training("2026-05-01", "乙"), training("2026-05-02", "丙")];
    let step = prove(&world(&rows), trained_since_april());
    let StepKind::Rows(read) = &step.kind else { panic!("a quantifier reads rows") };
    assert_eq!(
        (read.rows.len(), read.nearest.as_slice()),
        (0, [1, 2].as_slice()),
        "the row of March fails the first condition"
    );
    assert_eq!(step.parts.iter().map(|part| part.truth).collect::<Vec<_>>(), [FALSE, FALSE]);
}

#[test]
fn what_happens_tomorrow_is_not_seen() {
    let step = prove(&world(&[training("2026-07-01", "甲")]), trained_since_april());
    assert_eq!(step.truth, FALSE);
    assert_eq!(step.kind, StepKind::Rows(read(vec![], 0)));
}

#[test]
fn an_unknown_bound_asks_for_everything() {
    let mut row = person("甲");
    row[JOINED.0 as usize] = Cell::Unknown;
    let since = compare(field(OTHER, AT), CompareOp::Ge, field(SUBJECT, JOINED));
    let proof = World::new(&[row]).prove(rule(some(OTHER, since.clone())));
    assert_eq!(proof.require.truth, UNKNOWN);
    let missing = Reason::Missing { fact: PERSON, row: 0, field: JOINED };
    assert!(proof.reasons().contains(&missing), "{proof:?}");
    assert_eq!(prove(&World::new(&[person("甲")]), some(OTHER, since)).truth, FALSE);
}

#[test]
fn counts_are_compared_over_all_that_is_possible() {
    let counted = |rows: &[Vec<Cell>], op, bound: Expr| {
        let since = compare(field(OTHER, AT), CompareOp::Ge, literal(day("2026-04-01")));
        let mine = equal(field(OTHER, WHO), field(SUBJECT, ID));
        prove(&world(rows), count(OTHER, all(vec![since, mine]), op, bound))
    };
    let rows = [training("2026-05-01", "甲"), training("2026-05-02", "甲"), unknown_training("2026-05-03")];
    assert_eq!(counted(&rows, CompareOp::Ge, param()).truth, TRUE);
    assert_eq!(counted(&rows, CompareOp::Gt, param()).truth, UNKNOWN);
    assert_eq!(counted(&rows, CompareOp::Gt, literal(int(3))).truth, FALSE);
    assert_eq!(counted(&rows, CompareOp::Eq, literal(int(2))).truth, UNKNOWN);
    assert_eq!(counted(&rows, CompareOp::Ne, literal(int(4))).truth, TRUE);
    assert_eq!(counted(&rows[..2], CompareOp::Eq, literal(int(2))).truth, TRUE);

    let step = counted(&rows, CompareOp::Ge, param());
    assert_eq!(step.parts.len(), 3, "two rows and the value of the parameter");
    let StepKind::Values(values) = &step.parts[2].kind else { panic!("the bound is a value") };
    assert_eq!(values[0].1, int(2));
}

#[test]
fn counts_without_coverage_have_no_upper_end() {
    let everything = [
        (CompareOp::Ge, 1, TRUE),
        (CompareOp::Ge, 2, UNKNOWN),
        (CompareOp::Lt, 1, FALSE),
        (CompareOp::Le, 9, UNKNOWN),
        (CompareOp::Eq, 1, UNKNOWN),
        (CompareOp::Eq, 0, FALSE),
        (CompareOp::Ne, 0, TRUE),
        (CompareOp::Gt, i64::MAX, UNKNOWN),
        (CompareOp::Gt, -1, TRUE),
    ];
    for (op, bound, truth) in everything {
        assert_eq!(compare_count(1, None, op, bound), truth, "{op:?} {bound}");
    }
}

#[test]
fn a_count_agrees_with_every_number_it_may_be() {
    let ops = [CompareOp::Eq, CompareOp::Ne, CompareOp::Lt, CompareOp::Le, CompareOp::Gt, CompareOp::Ge];
    for least in 0..4usize {
        for most in least..5 {
            for (op, bound) in ops.into_iter().flat_map(|op| (-1..6).map(move |bound| (op, bound))) {
                let held: Vec<bool> =
                    (least..=most).map(|count| op.holds((count as i64).cmp(&bound))).collect();
                let truth = match (held.contains(&true), held.contains(&false)) {
                    (true, true) => UNKNOWN,
                    (holds, _) => holds.into(),
                };
                assert_eq!(
                    compare_count(least, Some(most), op, bound),
                    truth,
                    "{least}..={most} {op:?} {bound}"
                );
            }
        }
    }
}

#[test]
fn a_bound_of_a_count_may_be_unknown() {
    let mut row = person("甲");
    row[AGE.0 as usize] = Cell::Unknown;
    let expr = count(OTHER, equal(field(OTHER, WHO), field(SUBJECT, ID)), CompareOp::Ge, field(SUBJECT, AGE));
    let proof = World::new(&[row]).prove(rule(expr));
    assert_eq!(proof.require.truth, UNKNOWN);
    assert!(proof.reasons().contains(&Reason::Missing { fact: PERSON, row: 0, field: AGE }));
}

#[test]
fn proofs_over_many_rows_stay_small_and_count_exactly() {
    let rows = vec![training("2026-05-01", "甲"); 50];
    let step = prove(&world(&rows), trained());
    let StepKind::Rows(read) = &step.kind else { panic!("a quantifier reads rows") };
    assert_eq!((read.rows.len(), read.read, step.parts.len()), (50, 50, 3));
}

#[test]
fn quantifiers_nest() {
    // Every access within a day of a training of the same person.
    let day_later = arithmetic(field(OTHER, AT), ArithmeticOp::Add, length(Duration::days(1)), Kind::Date);
    let date_of = Expr::new(ExprKind::DateOf(Box::new(field(THIRD, AT))), Kind::Date, field(THIRD, AT).span);
    let soon = compare(date_of, CompareOp::Eq, day_later);
    let same = equal(field(THIRD, WHO), field(OTHER, WHO));
    let mine = equal(field(OTHER, WHO), field(SUBJECT, ID));
    let expr = some(OTHER, all(vec![mine, some(THIRD, all(vec![same, soon]))]));
    let world = |at: &str| world(&[training("2026-05-01", "甲")]).with(ACCESS, &[access(at, "甲", "PC-1")]);
    assert_eq!(prove(&world("2026-05-02T14:59:59Z"), expr.clone()).truth, TRUE);
    assert_eq!(
        prove(&world("2026-05-02T15:00:00Z"), expr).truth,
        UNKNOWN,
        "trainings before 2000 are not covered"
    );
}
