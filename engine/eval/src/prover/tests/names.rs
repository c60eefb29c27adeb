//! What people read.

use kijun_ir::{Cell, Class, Duration, Expr, RuleId, Template, TemplatePart, Value};

use super::fixture::*;
use crate::{MessagePart, message, row_name};

/// The parts of the message about the first person that shows `exprs`.
fn parts(world: &World, exprs: Vec<Expr>) -> Vec<MessagePart> {
    let mut rule = rule(field(SUBJECT, ACTIVE));
    rule.message = Template { parts: exprs.into_iter().map(TemplatePart::Value).collect() };
    world.see(rule, |snapshot| message(snapshot, RuleId(0), Some(0)))
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
fn text_stands_as_written() {
    let mut rule = rule(field(SUBJECT, ACTIVE));
    rule.message = Template { parts: vec![TemplatePart::Text("は".to_owned())] };
    let parts = World::new(&[person("甲")]).see(rule, |snapshot| message(snapshot, RuleId(0), Some(0)));
    assert_eq!(parts, [MessagePart { text: "は".to_owned(), class: Class::Open }]);
}

#[test]
fn rows_have_names() {
    let nameless = vec![Cell::Unknown; 4];
    let world = World::new(&[person("甲")])
        .with(TRAINING, &[training("2026-05-01", "甲")])
        .with(ACCESS, &[access("2026-08-02T12:14:00Z", "甲", "PC-1"), nameless]);
    world.see(rule(field(SUBJECT, ACTIVE)), |snapshot| {
        assert_eq!(row_name(snapshot, PERSON, 0), "甲");
        assert_eq!(row_name(snapshot, TRAINING, 0), "2026-05-01 甲");
        assert_eq!(row_name(snapshot, ACCESS, 1), "2026-08-02 21:14 甲 PC-1");
        assert_eq!(row_name(snapshot, ACCESS, 0), "2行目");
    });
}
