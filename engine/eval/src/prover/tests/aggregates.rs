//! Values made of many rows.

use kijun_ir::{AggregateOp, Cell, CompareOp, Duration, Expr, Truth, Value};
use kijun_source::Span;

use super::fixture::*;
use crate::prover::scene::Scene;
use crate::{Gap, GapKind, Held, Reason, StepKind};

use AggregateOp::{Count, CountDistinct, First, Latest, Max, Min, Sum};

/// `x.who == p.id and x.at >= 2026-04-01`.
fn mine() -> Expr {
    let since = compare(field(OTHER, AT), CompareOp::Ge, literal(day("2026-04-01")));
    all(vec![since, equal(field(OTHER, WHO), field(SUBJECT, ID))])
}

fn trained(at: &str, hours: &str) -> Vec<Cell> {
    vec![day(at), text("甲"), decimal(hours)]
}

fn decimal(number: &str) -> Cell {
    Cell::Known(Value::Decimal(number.parse().unwrap()))
}

fn world(trainings: &[Vec<Cell>]) -> World {
    World::new(&[person("甲")]).with(TRAINING, trainings)
}

/// The value of an aggregate over hours, and what was missing.
fn over(world: &World, op: AggregateOp, value: Option<Expr>) -> (Cell, Vec<Reason>) {
    let expr = aggregate(op, value, OTHER, Some(mine()));
    world.see(rule(is_none(expr.clone())), |snapshot| {
        let rule = &snapshot.program.rules[kijun_ir::RuleId(0)];
        let reading = Scene::of_subject(snapshot, rule, first(rule)).value(&expr);
        let lacks = reading.lacks();
        (reading.cell, lacks)
    })
}

fn hours(world: &World, op: AggregateOp) -> Cell {
    over(world, op, (op != Count).then(|| field(OTHER, HOURS))).0
}

#[test]
fn nothing_is_made_of_rows_that_may_be_missing() {
    let rows = [trained("2026-05-01", "2")];
    for op in [Count, CountDistinct, Sum, Min, Max, First, Latest] {
        let gone = world(&rows).holding(TRAINING, None);
        assert_eq!(hours(&gone, op), Cell::Unknown, "{op:?}");
        let hole =
            vec![stretch("2026-04-01", "2026-06-01", vec![]), stretch("2026-06-02", "2026-07-01", vec![])];
        assert_eq!(
            hours(&world(&rows).holding(TRAINING, Some(Held::Log(hole))), op),
            Cell::Unknown,
            "{op:?}"
        );
    }
}

#[test]
fn nothing_is_made_of_rows_that_may_belong() {
    let doubtful = vec![day("2026-05-02"), Cell::Unknown, decimal("2")];
    let world = world(&[trained("2026-05-01", "2"), doubtful]);
    for op in [Count, CountDistinct, Sum, Min, Max, First, Latest] {
        assert_eq!(hours(&world, op), Cell::Unknown, "{op:?}");
    }
    let (_, reasons) = over(&world, Count, None);
    assert_eq!(reasons, [Reason::Missing { fact: TRAINING, row: 1, field: WHO }]);
}

#[test]
fn a_row_without_a_value_makes_the_whole_unknown() {
    let empty = vec![day("2026-05-02"), text("甲"), Cell::Unknown];
    let world = world(&[trained("2026-05-01", "2"), empty, trained("2026-05-03", "2")]);
    assert_eq!(hours(&world, Count), int(3), "only counted");
    for op in [CountDistinct, Sum, Min, Max, First, Latest] {
        assert_eq!(hours(&world, op), Cell::Unknown, "{op:?}");
    }
    let (_, reasons) = over(&world, Latest, Some(field(OTHER, HOURS)));
    assert_eq!(reasons, [Reason::Missing { fact: TRAINING, row: 1, field: HOURS }]);
}

#[test]
fn over_no_row_there_is_nothing_but_zero() {
    let nobody = world(&[]);
    assert_eq!(hours(&nobody, Count), int(0));
    assert_eq!(hours(&nobody, CountDistinct), int(0));
    assert_eq!(hours(&nobody, Sum), decimal("0"));
    for op in [Min, Max, First, Latest] {
        assert_eq!(hours(&nobody, op), Cell::None, "{op:?}");
    }
}

#[test]
fn values_are_taken_together() {
    let rows = [trained("2026-05-01", "2"), trained("2026-05-02", "0.5"), trained("2026-05-03", "2.0")];
    let cases = [
        (Count, int(3)),
        (CountDistinct, int(2)),
        (Sum, decimal("4.5")),
        (Min, decimal("0.5")),
        (Max, decimal("2")),
        (First, decimal("2")),
        (Latest, decimal("2.0")),
    ];
    for (op, value) in cases {
        assert_eq!(hours(&world(&rows), op), value, "{op:?}");
    }
}

#[test]
fn events_of_the_same_time_must_say_the_same() {
    let tied = |second: &str| {
        [trained("2026-05-01", "1"), trained("2026-05-02", "2"), trained("2026-05-02", second)]
    };
    assert_eq!(hours(&world(&tied("2.0")), Latest), decimal("2"));
    assert_eq!(hours(&world(&tied("3")), Latest), Cell::Unknown);
    assert_eq!(hours(&world(&tied("3")), First), decimal("1"));
    let (_, reasons) = over(&world(&tied("3")), Latest, Some(field(OTHER, HOURS)));
    assert_eq!(reasons, [Reason::Simultaneous { fact: TRAINING, first: 1, second: 2 }]);
}

#[test]
fn sums_are_exact_and_stay_in_range() {
    let of = |cells: &[i64]| {
        let people: Vec<Vec<Cell>> = cells
            .iter()
            .zip(["甲", "乙", "丙"])
            .map(|(age, id)| {
                let mut row = person(id);
                row[AGE.0 as usize] = int(*age);
                row
            })
            .collect();
        let expr = aggregate(Sum, Some(field(SUBJECT, AGE)), SUBJECT, None);
        let organisation = general(is_none(expr.clone()));
        World::new(&people).see(organisation, |snapshot| {
            let vars = &snapshot.program.rules[kijun_ir::RuleId(0)].vars;
            crate::value_of(snapshot, vars, &expr)
        })
    };
    assert_eq!(of(&[i64::MAX, 1, -1]), (int(i64::MAX), vec![]), "only the whole sum must be in range");
    assert_eq!(of(&[i64::MAX, 1]), (Cell::Unknown, vec![Reason::OutOfRange]));
}

#[test]
fn lengths_of_time_may_have_no_least() {
    // A training of more than an hour counts as a month.
    let value = |short: Duration| {
        let long = compare(field(OTHER, HOURS), CompareOp::Gt, literal(int(1)));
        either(long, length(Duration::months(1)), length(short))
    };
    let world = world(&[trained("2026-05-01", "2"), trained("2026-05-02", "1")]);
    let least = |short| over(&world, Min, Some(value(short)));
    assert_eq!(least(Duration::days(30)), (Cell::Unknown, vec![Reason::OutOfRange]));
    assert_eq!(least(Duration::default()).0, Cell::Known(Value::Duration(Duration::default())));
}

#[test]
fn of_equal_values_the_first_as_it_is_written_stands_for_all() {
    // A training of more than an hour counts as a day.
    let long = compare(field(OTHER, HOURS), CompareOp::Gt, literal(int(1)));
    let value = either(long, length(Duration::days(1)), length(Duration::seconds(86_400)));
    let expected = Cell::Known(Value::Duration(Duration::seconds(86_400)));
    let in_order = [trained("2026-05-01", "2"), trained("2026-05-01", "1")];
    let turned = [trained("2026-05-01", "1"), trained("2026-05-02", "2")];
    for op in [Min, Max, First] {
        assert_eq!(over(&world(&in_order), op, Some(value.clone())).0, expected, "{op:?}");
        assert_eq!(over(&world(&turned), op, Some(value.clone())).0, expected, "{op:?}");
    }
    for (first, second) in [("2", "2.0"), ("2.0", "2")] {
        let world = world(&[trained("2026-05-01", first), trained("2026-05-02", second)]);
        for op in [Min, Max] {
            let Cell::Known(Value::Decimal(number)) = hours(&world, op) else { panic!("a number") };
            assert_eq!(number.scale(), 0, "{op:?} of {first} and {second}");
        }
    }
}

#[test]
fn a_sum_of_decimals_depends_on_no_order() {
    let max = &rust_decimal::Decimal::MAX.to_string()[..];
    for numbers in [[max, "1", "-1"], ["1", "-1", max], ["1", max, "-1"]] {
        let days = ["2026-05-01", "2026-05-02", "2026-05-03"];
        let rows: Vec<Vec<Cell>> =
            days.iter().zip(numbers).map(|(day, number)| trained(day, number)).collect();
        assert_eq!(hours(&world(&rows), Sum), decimal(max), "{numbers:?}");
    }
}

#[test]
fn a_comparison_shows_the_rows_of_its_aggregate() {
    let total = aggregate(Sum, Some(field(OTHER, HOURS)), OTHER, Some(mine()));
    let enough = compare(total, CompareOp::Ge, literal(int(3)));
    let step = world(&[trained("2026-05-01", "2")]).prove(rule(enough.clone())).require;
    assert_eq!((step.truth, step.parts.len()), (Truth::False, 1));
    let StepKind::Aggregate { read, cell, .. } = &step.parts[0].kind else {
        panic!("an aggregate reads rows")
    };
    assert_eq!((read.rows.as_slice(), cell), (&[(0, Truth::True)][..], &decimal("2")));

    let proof = world(&[]).holding(TRAINING, None).prove(rule(enough));
    let gap = Gap { fact: TRAINING, source: None, kind: GapKind::NoSource };
    assert_eq!(proof.reasons(), [Reason::Gap(gap)]);
    assert_eq!(proof.require.span, Span::default());
}
