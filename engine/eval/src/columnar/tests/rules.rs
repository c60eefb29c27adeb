//! Rules: populations, exceptions, due dates, and the same outcome on any number of threads.

use jiff::civil::date;
use kijun_ir::{Cell, CompareOp, Pair, RuleId, Truth, Value, VarId, Verdict};

use super::world::{
    E, ENTRY, PERSON, SUBJECT, World, and, cell, compare, count, eq, field, field_id, in_period, int,
    known_day, known_instant, known_int, known_text, literal, quantifier, rule, some,
};
use crate::{AsOf, Snapshot, Subject, SubjectOutcome, evaluate, evaluate_rules};

#[test]
fn the_population_keeps_who_may_belong_to_it() {
    let mut members = rule(Some(PERSON), eq(field(SUBJECT, PERSON, "grade"), int(1)));
    if let Some(population) = &mut members.population {
        population.rows.condition = Some(field(SUBJECT, PERSON, "trusted"));
    }
    let mut world = World::new(vec![members]);
    let trusts = [Truth::True, Truth::False, Truth::Unknown, Truth::Unknown, Truth::True];
    for (id, (trusted, grade)) in trusts.into_iter().zip([1, 1, 1, 2, 2]).enumerate() {
        let id = known_text(&format!("P{id}"));
        world = world.row(PERSON, &[("id", id), ("trusted", cell(trusted)), ("grade", known_int(grade))]);
    }
    let outcome = world.outcome();
    let subject = |row, verdict| SubjectOutcome {
        subject: Subject::Row(row, AsOf::Today),
        verdict,
        spells: Vec::new(),
    };
    let expected =
        [subject(0, Verdict::Met), subject(3, Verdict::Undetermined), subject(4, Verdict::Violated)];
    assert_eq!(outcome.rules[RuleId(0)].subjects, expected);
}

#[test]
fn exceptions_and_due_dates_are_asked_of_what_fails() {
    let mut judged = rule(Some(PERSON), field(SUBJECT, PERSON, "trusted"));
    let of_subject = |ok| and([eq(field(E, ENTRY, "who"), field(SUBJECT, PERSON, "id")), in_period(E), ok]);
    judged.excused = vec![quantifier(E, ENTRY, Some(of_subject(field(E, ENTRY, "ok"))))];
    judged.due = Some(field(SUBJECT, PERSON, "left"));
    let mut world = World::new(vec![judged]);
    let (past, now) = (known_day(date(2026, 4, 19)), known_day(date(2026, 4, 20)));
    let cases = [
        (Truth::True, Truth::True, past.clone(), Verdict::Met),
        (Truth::Unknown, Truth::True, past.clone(), Verdict::Undetermined),
        (Truth::False, Truth::True, past.clone(), Verdict::Excused),
        (Truth::False, Truth::Unknown, now.clone(), Verdict::Undetermined),
        (Truth::False, Truth::False, past, Verdict::Violated),
        (Truth::False, Truth::False, now, Verdict::Pending),
        (Truth::False, Truth::False, Cell::None, Verdict::Undetermined),
        (Truth::False, Truth::False, Cell::Unknown, Verdict::Undetermined),
    ];
    let expected: Vec<Verdict> = cases.iter().map(|(.., verdict)| *verdict).collect();
    for (id, (trusted, excused, left, _)) in cases.into_iter().enumerate() {
        let id = known_text(&format!("P{id}"));
        let at = known_instant("2026-04-10T00:00:00Z");
        world = world.row(PERSON, &[("id", id.clone()), ("trusted", cell(trusted)), ("left", left)]);
        world = world.row(ENTRY, &[("at", at), ("who", id), ("ok", cell(excused))]);
    }
    assert_eq!(world.verdicts(), expected);
}

#[test]
fn a_rule_without_subjects_is_not_met() {
    let world = World::new(vec![rule(Some(PERSON), field(SUBJECT, PERSON, "trusted"))]);
    let outcome = world.outcome();
    assert_eq!(outcome.rules[RuleId(0)].verdict, Verdict::Undetermined);
    assert!(outcome.rules[RuleId(0)].nobody);
}

#[test]
fn pairs_are_judged_with_both_events() {
    let numbers = compare(field(SUBJECT, ENTRY, "number"), CompareOp::Lt, field(E, ENTRY, "number"));
    let mut judged = rule(Some(ENTRY), numbers);
    if let Some(population) = &mut judged.population {
        population.pair = Some(Pair { second: E, by: vec![field_id(ENTRY, "who")] });
        population.rows.condition = Some(in_period(SUBJECT));
    }
    let mut world = World::new(vec![judged]);
    for (minute, who, number) in [(1, "P1", 1), (2, "P2", 9), (3, "P1", 3), (4, "P2", 8), (5, "P1", 2)] {
        let at = known_instant(&format!("2026-04-10T00:{minute:02}:00Z"));
        world = world.row(ENTRY, &[("at", at), ("who", known_text(who)), ("number", known_int(number))]);
    }
    let outcome = world.outcome();
    let judged = outcome.rules[RuleId(0)].subjects.iter().map(|subject| (subject.subject, subject.verdict));
    let expected = [
        (Subject::Pair(0, 2), Verdict::Met),
        (Subject::Pair(1, 3), Verdict::Violated),
        (Subject::Pair(2, 4), Verdict::Violated),
    ];
    assert_eq!(judged.collect::<Vec<_>>(), expected);
    let cut = world.entries_cover("2026-04-10T00:03:30Z", "2027-01-01T00:00:00Z");
    let verdicts = [Verdict::Undetermined; 2];
    assert_eq!(cut.verdicts()[..], verdicts, "what is met may be no pair at all");
}

#[test]
fn a_question_need_not_be_a_rule_of_the_program() {
    let world = World::new(Vec::new()).row(PERSON, &[("id", known_text("P1"))]);
    let somebody = |id: &str| {
        let named = eq(field(VarId(0), PERSON, "id"), literal(Value::text(id)));
        rule(None, some(VarId(0), PERSON, named))
    };
    let evidence = world.evidence();
    let snapshot = Snapshot::new(&world.program, &evidence, world.occasion);
    let outcomes = evaluate_rules(&snapshot, &[somebody("P1"), somebody("P2")]);
    let verdicts: Vec<Verdict> = outcomes.iter().map(|outcome| outcome.verdict).collect();
    assert_eq!(verdicts, [Verdict::Met, Verdict::Violated]);
}

#[test]
fn threads_do_not_change_the_outcome() {
    let entered = || eq(field(E, ENTRY, "who"), field(SUBJECT, PERSON, "id"));
    let numbered = compare(field(E, ENTRY, "number"), CompareOp::Lt, field(SUBJECT, PERSON, "grade"));
    let mut world = World::new(vec![
        rule(Some(PERSON), some(E, ENTRY, and([entered(), in_period(E), numbered.clone()]))),
        rule(Some(PERSON), count(E, ENTRY, and([numbered, in_period(E)]), CompareOp::Gt, int(10))),
        rule(Some(ENTRY), field(SUBJECT, ENTRY, "ok")),
    ]);
    for id in 0..9000 {
        let key = known_text(&format!("P{id:05}"));
        world = world.row(PERSON, &[("id", key.clone()), ("grade", known_int(id % 30))]);
        if id % 300 == 7 {
            let at = known_instant("2026-04-10T00:00:00Z");
            let ok = cell(Truth::from(id / 300 % 2 == 0));
            world =
                world.row(ENTRY, &[("at", at), ("who", key), ("number", known_int(id / 300)), ("ok", ok)]);
        }
    }
    let evidence = world.evidence();
    let snapshot = Snapshot::new(&world.program, &evidence, world.occasion);
    let outcomes = [1, 2, 8].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| evaluate(&snapshot))
    });
    assert_eq!(outcomes[0].rules[RuleId(0)].subjects.len(), 9000);
    assert!(outcomes[0].rules.values().all(|rule| rule.counts().get(Verdict::Violated) > 0));
    assert!(outcomes[0].rules.values().all(|rule| rule.counts().get(Verdict::Met) > 0));
    assert_eq!(outcomes[0], outcomes[1]);
    assert_eq!(outcomes[0], outcomes[2]);
}
