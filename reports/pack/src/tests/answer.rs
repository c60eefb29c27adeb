//! Answers as programs read them.

use jiff::civil::date;
use jiff::tz::TimeZone;
use jsonschema::Draft;
use kijun_audit::{Answer, FactName, FoundCell, FoundPlace, FoundRow, FoundRows, Piece, Said};
use kijun_eval::Occasion;
use kijun_ir::{Class, Kind, Truth, Value};
use kijun_source::Bilingual;

use crate::answer;

fn said(said: Said, rows: Option<FoundRows>) -> String {
    let occasion =
        Occasion { today: date(2026, 11, 23), period_start: date(2026, 4, 1), period_end: date(2027, 3, 31) };
    let lacks = vec![Bilingual::new("記録が未収集", "records were not collected")];
    let answer = Answer { question: "問い".to_owned(), occasion, said, rows, lacks };
    answer::render(&answer, &TimeZone::UTC).unwrap()
}

fn piece(text: &str, class: Class) -> Piece {
    Piece { text: text.to_owned(), class }
}

fn rows() -> FoundRows {
    let cell = |field: &str, value| FoundCell { field: field.to_owned(), label: field.to_owned(), value };
    FoundRows {
        fact: FactName { name: "person".to_owned(), label: "従業者".to_owned() },
        read: 3,
        sure: 1,
        unsure: 0,
        listed: vec![FoundRow {
            name: "P1".to_owned(),
            truth: Truth::True,
            place: Some(FoundPlace { path: "a.csv".to_owned(), line: 2 }),
            cells: vec![
                cell("name", piece("架空一郎", Class::Personal)),
                cell("pin", piece("4711", Class::Secret)),
            ],
        }],
    }
}

#[test]
fn answers_keep_to_the_schema_and_mask_what_is_not_open() {
    let known = |value, kind, shown| Said::Value { value, kind, shown };
    let answers = [
        said(Said::Truth(Truth::Unknown), Some(rows())),
        said(known(Value::Int(3), Kind::Int, piece("3", Class::Open)), None),
        said(known(Value::text("架空一郎"), Kind::Text, piece("架空一郎", Class::Personal)), None),
        said(Said::None, None),
        said(Said::Unknown, None),
    ];
    let schema = serde_json::from_str(answer::SCHEMA).unwrap();
    let validator = jsonschema::options().with_draft(Draft::Draft202012).build(&schema).unwrap();
    for text in &answers {
        let value = serde_json::from_str(text).unwrap();
        let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new(), "{text}");
        assert!(!text.contains("架空一郎") && !text.contains("4711"), "{text}");
    }
    insta::assert_snapshot!(answers[0]);
}
