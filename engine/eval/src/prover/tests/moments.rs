//! As of when evidence is read, and rules that are judged throughout the period.

use kijun_ir::{Cell, Expr, ExprKind, Judged, Kind, Rule, RuleId, Truth, Verdict};
use kijun_source::Span;

use super::fixture::*;
use crate::{AsOf, Gap, GapKind, Held, Reason, Spell, StepKind, prove_all};

const TRUE: Truth = Truth::True;
const FALSE: Truth = Truth::False;
const UNKNOWN: Truth = Truth::Unknown;

/// Groups pictured on 1 May (甲 in 営業) and on 29 June (nobody).
fn pictures() -> World {
    let taken = vec![taken("2026-05-01T00:00:00Z", vec![]), taken("2026-06-29T00:00:00Z", vec![])];
    World::new(&[person("甲")]).holding(MEMBER, Some(Held::State(taken))).with_collection(
        MEMBER,
        0,
        &[member("甲", "営業")],
    )
}

/// Whether the subject belonged to 営業 as of a moment.
fn belonged(at: Expr) -> Expr {
    let group = equal(field(GROUP, SUP), literal(text("営業")));
    some_at(GROUP, at, all(vec![equal(field(GROUP, SUB), field(SUBJECT, ID)), group]))
}

fn truth(world: &World, expr: Expr) -> Truth {
    world.prove(rule(expr)).require.truth
}

#[test]
fn at_a_moment_that_nobody_knows_nothing_is_shown() {
    let mut row = person("甲");
    row[JOINED.0 as usize] = Cell::Unknown;
    let world = World::new(&[row]).with(MEMBER, &[member("甲", "営業")]);
    let no_moment = Reason::Gap(Gap { fact: MEMBER, source: None, kind: GapKind::NoMoment });
    let joined = Reason::Missing { fact: PERSON, row: 0, field: JOINED };
    for expr in [belonged(field(SUBJECT, JOINED)), not(belonged(field(SUBJECT, JOINED)))] {
        let proof = world.prove(rule(expr));
        assert_eq!(proof.require.truth, UNKNOWN);
        assert_eq!(proof.reasons(), [no_moment.clone(), joined.clone()]);
    }
}

#[test]
fn the_last_fresh_picture_before_the_moment_counts() {
    let at = |instant_: &str| literal(instant(instant_));
    assert_eq!(truth(&pictures(), belonged(at("2026-04-30T23:59:59Z"))), UNKNOWN, "not pictured yet");
    assert_eq!(truth(&pictures(), belonged(at("2026-05-01T00:00:00Z"))), TRUE);
    assert_eq!(
        truth(&pictures(), belonged(literal(day("2026-06-01")))),
        TRUE,
        "the last day on which it is fresh"
    );
    assert_eq!(truth(&pictures(), belonged(literal(day("2026-06-02")))), UNKNOWN, "stale");
    assert_eq!(truth(&pictures(), belonged(at("2026-06-29T00:00:00Z"))), FALSE);
}

#[test]
fn a_step_says_as_of_when() {
    let step = pictures().prove(rule(belonged(literal(day("2026-05-10"))))).require;
    let StepKind::Rows(read) = step.kind else { panic!("a quantifier reads rows") };
    assert_eq!(read.as_of, AsOf::Moment("2026-05-10T14:59:59.999999Z".parse().unwrap()));
    assert_eq!(read.rows, [(0, TRUE)]);
}

#[test]
fn a_reference_picks_the_row_that_held_then() {
    let world = World::new(&[person("甲")]).with(
        RIGHT,
        &[right("甲", "2026-01-01", day("2026-03-31"), 1), right("甲", "2026-04-01", Cell::None, 2)],
    );
    let key = || Expr { ty: kijun_ir::Type::required(Kind::Ref(RIGHT)), ..literal(text("甲")) };
    let level = |at: Option<Expr>| follow_at(key(), RIGHT, LEVEL, at);
    let is = |at, number| truth(&world, equal(level(at), literal(int(number))));
    assert_eq!(is(Some(literal(day("2026-03-31"))), 1), TRUE);
    assert_eq!(is(Some(literal(day("2026-04-01"))), 2), TRUE);
    assert_eq!(is(None, 2), TRUE);
    assert_eq!(is(Some(literal(day("2025-12-31"))), 1), UNKNOWN, "no right yet");

    let mut nobody = person("甲");
    nobody[JOINED.0 as usize] = Cell::Unknown;
    let unknown = World::new(&[nobody]).with(RIGHT, &[right("甲", "2026-01-01", Cell::None, 1)]);
    let proof = unknown.prove(rule(equal(level(Some(field(SUBJECT, JOINED))), literal(int(1)))));
    let no_moment = Reason::Gap(Gap { fact: RIGHT, source: None, kind: GapKind::NoMoment });
    assert_eq!(proof.reasons(), [no_moment, Reason::Missing { fact: PERSON, row: 0, field: JOINED }]);
}

/// The organisation, judged at each moment of the period.
fn throughout(require: Expr) -> Rule {
    Rule { judged: Judged::ThroughoutPeriod, ..general(require) }
}

#[test]
fn a_rule_throughout_the_period_has_a_verdict_for_each_day() {
    let group = equal(field(GROUP, SUP), literal(text("営業")));
    let outcome = pictures().see(throughout(not(some_at(GROUP, moment(), group))), prove_all);
    let subjects = &outcome.rules[RuleId(0)].subjects;
    let spell = |from: &str, to: &str, verdict| Spell {
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
        verdict,
    };
    let spells = vec![
        spell("2026-04-01", "2026-04-30", Verdict::Undetermined),
        spell("2026-05-01", "2026-06-01", Verdict::Violated),
        spell("2026-06-02", "2026-06-29", Verdict::Undetermined),
        spell("2026-06-30", "2026-06-30", Verdict::Met),
    ];
    assert_eq!(subjects[0].spells, spells);
    assert_eq!(outcome.rules[RuleId(0)].verdict, Verdict::Violated);

    let proof = pictures().see(throughout(belonged_to_sales()), |snapshot| {
        crate::prove(snapshot, RuleId(0), subjects[0].subject)
    });
    assert_eq!(proof.verdict, Some(Verdict::Met), "the proof is as of the subject's moment");
}

fn belonged_to_sales() -> Expr {
    some_at(GROUP, moment(), equal(field(GROUP, SUP), literal(text("営業"))))
}

#[test]
fn a_due_date_has_passed_or_not_as_of_the_moment() {
    let due = literal(day("2026-05-31"));
    let group = equal(field(GROUP, SUP), literal(text("営業")));
    let rule = Rule { due: Some(due), ..throughout(not(some_at(GROUP, moment(), group))) };
    let outcome = pictures().see(rule, prove_all);
    let spells = &outcome.rules[RuleId(0)].subjects[0].spells;
    let verdicts: Vec<_> = spells.iter().map(|spell| (spell.from.to_string(), spell.verdict)).collect();
    assert_eq!(verdicts[1], ("2026-05-02".to_owned(), Verdict::Pending));
    assert_eq!(verdicts[2], ("2026-06-01".to_owned(), Verdict::Violated));
}

#[test]
fn elsewhere_the_moment_is_the_end_of_the_date_of_judgement() {
    let value = |expr: &Expr| {
        World::new(&[]).see(general(is_none(literal(int(1)))), |snapshot| {
            let vars = &snapshot.program.rules[RuleId(0)].vars;
            crate::value_of(snapshot, vars, expr)
        })
    };
    assert_eq!(value(&moment()), (instant("2026-06-30T14:59:59.999999Z"), vec![]));
    let date_of = Expr::new(ExprKind::DateOf(Box::new(moment())), Kind::Date, Span::default());
    assert_eq!(value(&date_of), (day("2026-06-30"), vec![]));
}
