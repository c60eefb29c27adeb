//! What people read.

use kijun_ir::{
    AggregateOp, Calendar, Cell, Class, Duration, Expr, ExprKind, FieldId, Kind, Part, RuleId, Template,
    TemplatePart, Value, Verdict,
};
use kijun_source::Span;

use super::fixture::*;
use crate::prover::name::part_name;
use crate::{AsOf, Held, MessagePart, Subject, message, prove_all, row_name, subject_name};

/// The parts of the message about the first person that shows `exprs`.
fn parts(world: &World, exprs: Vec<Expr>) -> Vec<MessagePart> {
    let mut rule = rule(field(SUBJECT, ACTIVE));
    rule.message = Template { parts: exprs.into_iter().map(TemplatePart::Value).collect() };
    world.see(rule, |snapshot| message(snapshot, RuleId(0), Subject::Row(0, AsOf::Today)))
}

#[test]
fn values_are_written_as_people_read_them() {
    let mut row = person("甲");
    row[AGE.0 as usize] = Cell::Unknown;
    let length = |months, days, seconds| length(Duration { months, days, ..Duration::seconds(seconds) });
    let exprs = vec![
        field(SUBJECT, ID),
        field(SUBJECT, JOINED),
        field(SUBJECT, LEFT),
        field(SUBJECT, AGE),
        field(SUBJECT, ACTIVE),
        not(field(SUBJECT, ACTIVE)),
        field(SUBJECT, RANK),
        literal(instant("2026-08-02T12:14:59Z")),
        literal(Cell::Known(Value::Decimal("1.50".parse().unwrap()))),
        literal(days("2026-04-01", "2026-04-30")),
        literal(Cell::Known(Value::Ip("10.0.0.1".parse().unwrap()))),
        literal(Cell::Known(Value::Cidr("10.0.0.0/8".parse().unwrap()))),
        super::fixture::length(Duration::business_days(3)),
        length(18, 0, 0),
        length(0, 30, 600),
        length(0, 0, 0),
    ];
    let texts: Vec<String> = parts(&World::new(&[row]), exprs).into_iter().map(|part| part.text).collect();
    let expected = [
        "甲",
        "2020-04-01",
        "なし",
        "不明",
        "はい",
        "いいえ",
        "責任者",
        "2026-08-02 21:14",
        "1.50",
        "2026-04-01〜2026-04-30",
        "10.0.0.1",
        "10.0.0.0/8",
        "3営業日",
        "1年6か月",
        "30日10分",
        "0日",
    ];
    assert_eq!(texts, expected);
}

#[test]
fn a_part_has_the_greatest_class_it_reads() {
    let secret = some(THIRD, equal(field(THIRD, SECRET), field(SUBJECT, NAME)));
    let exprs = vec![field(SUBJECT, ID), field(SUBJECT, NAME), secret, follow(field(SUBJECT, ID), NAME)];
    let classes: Vec<Class> =
        parts(&World::new(&[person("甲")]), exprs).into_iter().map(|part| part.class).collect();
    assert_eq!(classes, [Class::Open, Class::Personal, Class::Secret, Class::Personal]);
}

#[test]
fn what_is_made_of_personal_fields_is_personal() {
    let parts_of = |parts| Expr::new(ExprKind::Format(Template { parts }), Kind::Text, Span::default());
    let greeting =
        parts_of(vec![TemplatePart::Text("様".to_owned()), TemplatePart::Value(field(SUBJECT, NAME))]);
    let last = aggregate(AggregateOp::Latest, Some(field(THIRD, SECRET)), THIRD, None);
    let named = equal(field(PERMIT, FieldId(0)), field(SUBJECT, NAME));
    let counted = aggregate(AggregateOp::Count, None, PERMIT, Some(named));
    let exprs = vec![greeting, last, counted];
    let classes: Vec<Class> =
        parts(&World::new(&[person("甲")]), exprs).into_iter().map(|part| part.class).collect();
    assert_eq!(classes, [Class::Personal, Class::Secret, Class::Personal]);
}

#[test]
fn text_stands_as_written() {
    let mut rule = rule(field(SUBJECT, ACTIVE));
    rule.message = Template { parts: vec![TemplatePart::Text("は".to_owned())] };
    let parts = World::new(&[person("甲")])
        .see(rule, |snapshot| message(snapshot, RuleId(0), Subject::Row(0, AsOf::Today)));
    assert_eq!(parts, [MessagePart { text: "は".to_owned(), class: Class::Open }]);
}

#[test]
fn rows_have_names() {
    let nameless = vec![Cell::Unknown; 4];
    let world = World::new(&[person("甲")])
        .with(TRAINING, &[training("2026-05-01", "甲")])
        .with(ACCESS, &[access("2026-08-02T12:14:00Z", "甲", "PC-1"), nameless]);
    world.see(rule(field(SUBJECT, ACTIVE)), |snapshot| {
        assert_eq!(row_name(snapshot, PERSON, 0, AsOf::Today), "甲");
        assert_eq!(row_name(snapshot, TRAINING, 0, AsOf::Today), "2026-05-01 甲");
        assert_eq!(row_name(snapshot, ACCESS, 1, AsOf::Today), "2026-08-02 21:14 甲 PC-1");
        assert_eq!(row_name(snapshot, ACCESS, 0, AsOf::Today), "2行目");
    });
}

#[test]
fn parts_of_the_calendar_have_names() {
    let rule = rule_about(MONTH, in_period(field_of(MONTH, START), period()));
    World::new(&[]).see(rule, |snapshot| {
        let view = snapshot.view(MONTH, AsOf::Today).unwrap();
        let name = |row: u32| row_name(snapshot, MONTH, row, AsOf::Today);
        let names: Vec<String> = view.rows().iter().map(|row| name(*row)).collect();
        assert!(names.contains(&"2026-04".to_owned()), "{names:?}");
    });
    let calendar = Calendar::japan();
    let part = |part, day: &str| part_name(&calendar, part, day.parse().unwrap());
    assert_eq!(part(Part::Day, "2026-04-01"), "2026-04-01");
    assert_eq!(part(Part::Quarter, "2026-04-01"), "2026年度第1四半期");
    assert_eq!(part(Part::Quarter, "2027-01-01"), "2026年度第4四半期");
    assert_eq!(part(Part::FiscalYear, "2026-04-01"), "2026年度");
}

#[test]
fn gaps_of_a_log_are_named_by_source_and_time() {
    let log = Held::Log(vec![stretch("2026-04-02", "2026-07-01", vec![])]);
    let rule = rule_about(HOLE, is_none(field_of(HOLE, FieldId(0))));
    World::new(&[]).holding(TRAINING, Some(log)).see(rule.clone(), |snapshot| {
        assert_eq!(row_name(snapshot, HOLE, 0, AsOf::Today), "training 2026-04-01 00:00〜2026-04-02 00:00");
        let verdicts: Vec<_> =
            prove_all(snapshot).rules[RuleId(0)].subjects.iter().map(|s| s.verdict).collect();
        assert_eq!(verdicts, [Verdict::Violated]);
    });
    World::new(&[]).holding(TRAINING, None).see(rule, |snapshot| {
        assert_eq!(row_name(snapshot, HOLE, 0, AsOf::Today), "不明 2026-04-01 00:00〜不明");
    });
}

#[test]
fn subjects_have_names() {
    let rule = rule(field(SUBJECT, ACTIVE));
    World::new(&[person("甲")]).with(MEMBER, &[member("a", "b")]).see(rule, |snapshot| {
        let rule = &snapshot.program.rules[RuleId(0)];
        assert_eq!(subject_name(snapshot, rule, Subject::Row(0, AsOf::Today)).unwrap(), "甲");
        assert_eq!(subject_name(snapshot, rule, Subject::Organisation(AsOf::Today)), None);
        assert_eq!(row_name(snapshot, REACH, 0, AsOf::Today), "a b");
        assert_eq!(row_name(snapshot, SITE, 0, AsOf::Today), "本社");
    });
}
