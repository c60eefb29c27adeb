//! Subjects that are two events, one after the other.

use kijun_ir::{Cell, Pair, Population, Rule, RuleId, Truth, Verdict};

use super::fixture::*;
use crate::{AsOf, Defect, Gap, GapKind, Held, Reason, StepKind, Subject, prove_all, subject_name};

/// Of each two accesses of a person, one after the other, the devices differ.
fn alternating() -> Rule {
    let mut rule = rule_about(ACCESS, not(equal(field_of(ACCESS, DEVICE), field(LATER, DEVICE))));
    let pair = Pair { second: LATER, by: vec![WHO] };
    rule.population = rule.population.map(|population| Population { pair: Some(pair), ..population });
    rule
}

fn world(accesses: &[Vec<Cell>]) -> World {
    World::new(&[]).with(ACCESS, accesses)
}

fn verdicts(world: &World) -> Vec<(Subject, Verdict)> {
    let outcome = world.see(alternating(), prove_all);
    outcome.rules[RuleId(0)].subjects.iter().map(|subject| (subject.subject, subject.verdict)).collect()
}

fn two(first: &str, second: &str) -> [Vec<Cell>; 2] {
    [access("2026-05-01T00:00:00Z", "甲", first), access("2026-05-03T00:00:00Z", "甲", second)]
}

#[test]
fn something_may_lie_between_where_the_log_has_a_gap() {
    let hole = vec![stretch("2000-01-01", "2026-05-02", vec![]), stretch("2026-05-03", "2026-07-01", vec![])];
    let world = world(&two("PC-1", "PC-1")).holding(ACCESS, Some(Held::Log(hole)));
    let pair = Subject::Pair(0, 1);
    assert_eq!(verdicts(&world), [(pair, Verdict::Undetermined)]);
    world.see(alternating(), |snapshot| {
        let proof = crate::prove(snapshot, RuleId(0), pair);
        assert_eq!(proof.findings.member, Truth::Unknown);
        assert_eq!(
            proof.member.as_ref().map(|step| &step.kind),
            Some(&StepKind::Consecutive { fact: ACCESS, first: 0, second: 1 })
        );
        let from = "2026-05-01T15:00:00Z".parse().unwrap();
        let kind = GapKind::Uncollected { from: Some(from), to: "2026-05-02T15:00:00Z".parse().unwrap() };
        let gap = Gap { fact: ACCESS, source: Some("access".to_owned()), kind };
        assert_eq!(proof.reasons(), [Reason::Gap(gap)]);
    });
}

#[test]
fn an_event_without_a_time_may_lie_between() {
    let undated = vec![Cell::Unknown, text("甲"), text("PC-9"), text("")];
    let mut rows = two("PC-1", "PC-1").to_vec();
    rows.push(undated);
    let world = world(&rows);
    let judged = verdicts(&world);
    assert_eq!(judged.iter().map(|(_, verdict)| *verdict).collect::<Vec<_>>(), [Verdict::Undetermined]);
    let proof = world.see(alternating(), |snapshot| crate::prove(snapshot, RuleId(0), judged[0].0));
    let kind = GapKind::Defect(Defect::Undated(1));
    assert_eq!(proof.reasons(), [Reason::Gap(Gap { fact: ACCESS, source: Some("access".to_owned()), kind })]);
}

#[test]
fn of_events_at_the_same_time_nobody_knows_the_order() {
    let rows = [access("2026-05-01T00:00:00Z", "甲", "PC-1"), access("2026-05-01T00:00:00Z", "甲", "PC-1")];
    let world = world(&rows);
    let judged = verdicts(&world);
    assert!(judged.iter().all(|(_, verdict)| *verdict == Verdict::Undetermined), "{judged:?}");
    let proof = world.see(alternating(), |snapshot| crate::prove(snapshot, RuleId(0), Subject::Pair(0, 1)));
    assert_eq!(proof.reasons(), [Reason::Simultaneous { fact: ACCESS, first: 0, second: 1 }]);
}

#[test]
fn each_event_is_paired_with_the_next_of_the_same_person() {
    let rows = [
        access("2026-05-01T00:00:00Z", "甲", "PC-1"),
        access("2026-05-01T01:00:00Z", "乙", "PC-1"),
        access("2026-05-02T00:00:00Z", "甲", "PC-2"),
        access("2026-05-03T00:00:00Z", "甲", "PC-2"),
    ];
    let expected = [(Subject::Pair(0, 2), Verdict::Met), (Subject::Pair(2, 3), Verdict::Violated)];
    assert_eq!(verdicts(&world(&rows)), expected);
    world(&rows).see(alternating(), |snapshot| {
        let rule = &snapshot.program.rules[RuleId(0)];
        let name = subject_name(snapshot, rule, Subject::Pair(0, 2));
        assert_eq!(name.unwrap(), "2026-05-01 09:00 甲 PC-1 → 2026-05-02 09:00 甲 PC-2");
        assert_eq!(
            subject_name(snapshot, &general(field(SUBJECT, ACTIVE)), first(&general(field(SUBJECT, ACTIVE)))),
            None
        );
        assert_eq!(crate::row_name(snapshot, ACCESS, 1, AsOf::Today), "2026-05-01 10:00 乙 PC-1");
    });
}

#[test]
fn what_is_no_pair_is_no_subject() {
    let proof = world(&two("PC-1", "PC-1"))
        .see(alternating(), |snapshot| crate::prove(snapshot, RuleId(0), Subject::Pair(1, 0)));
    assert_eq!(proof.verdict, None);
}
