//! Crosswalks of a standard and two catalogues.

use jsonschema::Draft;
use kijun_ir::{Catalogue, Control, Crosswalk, CrosswalkSide, Link, Program, Strength};
use kijun_source::{Lang, Span};

use super::{Format, SCHEMA, Selection, catalogue, export, find, review, show, show_all};
use crate::sentence::tests::{CONSTRUCTS, parse};

fn control(id: &str, title: &str, unverified: bool) -> Control {
    Control { id: id.to_owned(), title: title.to_owned(), english: None, unverified }
}

fn link(from: &str, control: &str, strength: Strength, basis: &str) -> Link {
    Link {
        from: from.to_owned(),
        control: control.to_owned(),
        strength,
        basis: Some(basis.to_owned()),
        unverified: false,
    }
}

/// A standard, an old and a new catalogue; nothing is written in order.
fn program() -> Program {
    let (mut program, _) = parse(CONSTRUCTS);
    let new = |name: &str, title: &str, controls| Catalogue {
        name: name.to_owned(),
        title: title.to_owned(),
        doc: String::new(),
        controls,
        span: Span::default(),
    };
    let english = Control {
        english: Some("access | control".to_owned()),
        ..control("A.1", "アクセス制御", false)
    };
    let controls = vec![english, control("A.2", "記録", true), control("A.3", "脅威情報", false)];
    let latest = program.catalogues.push(new("latest", "新版", controls));
    let old = program.catalogues.push(new("old", "旧版", vec![control("B.1", "利用者登録", false)]));
    program.crosswalks.push(Crosswalk {
        from: CrosswalkSide::Standard(0),
        to: latest,
        links: vec![
            link("5(3)b", "A.2", Strength::Supports, "独自の判断"),
            link("5(3)a", "A.2", Strength::Partial, "文言"),
            link("5(3)a", "A.1", Strength::Full, "文言"),
        ],
        unmapped: vec!["5(3)c".to_owned()],
        unanswered: Vec::new(),
        span: Span::default(),
    });
    program.crosswalks.push(Crosswalk {
        from: CrosswalkSide::Catalogue(old),
        to: latest,
        links: vec![link("B.1", "A.1", Strength::Full, "附属書")],
        unmapped: Vec::new(),
        unanswered: vec!["A.2".to_owned(), "A.3".to_owned()],
        span: Span::default(),
    });
    program
}

fn with<T>(name: Option<&str>, make: impl FnOnce(Selection<'_>) -> T) -> T {
    let program = program();
    let catalogue = name.map(|name| catalogue(&program, name).unwrap());
    make(Selection { program: &program, catalogue })
}

#[test]
fn both_ways_are_shown() {
    let shown =
        |what: &str, lang| with(None, |selection| show(selection, &find(selection, what).unwrap(), lang));
    insta::assert_snapshot!(shown("5(3)", Lang::Ja));
    insta::assert_snapshot!("a_control", shown("A.1", Lang::En));
    insta::assert_snapshot!("what_is_new", shown("A.3", Lang::Ja));
    let all = with(None, |selection| show_all(selection, Lang::Ja));
    assert!(all.contains("5(3)a") && all.contains("一部・補助の対応だけから"));
}

#[test]
fn of_an_unknown_id_the_nearest_is_said() {
    with(None, |selection| {
        assert_eq!(find(selection, "A.11"), Err(Some("A.1".to_owned())));
        assert_eq!(find(selection, "なし"), Err(None));
        assert_eq!(catalogue(selection.program, "lates"), Err(Some("latest".to_owned())));
        assert!(catalogue(selection.program, "新版").is_ok());
    });
    with(Some("old"), |selection| assert_eq!(find(selection, "A.2"), Err(None)));
}

#[test]
fn what_is_stated_is_counted() {
    let said = with(None, |selection| review(selection, Lang::Ja));
    insta::assert_snapshot!(said.text);
    assert_eq!((said.crosswalks, said.links, said.unverified), (2, 4, 2));
    let absent: Vec<&str> = said.absent.iter().map(|text| text.en.as_str()).collect();
    assert_eq!(absent, ["no crosswalk leads from `基準` to `old`"]);
    let of_latest = with(Some("latest"), |selection| review(selection, Lang::En));
    assert_eq!((of_latest.crosswalks, of_latest.absent.len()), (2, 0));
}

#[test]
fn files_have_the_order_of_the_documents() {
    let file = |format, lang| with(None, |selection| export(selection, format, lang).unwrap());
    insta::assert_snapshot!("csv", file(Format::Csv, Lang::Ja));
    insta::assert_snapshot!("markdown", file(Format::Markdown, Lang::En));
    assert_eq!(file(Format::Json, Lang::Ja), file(Format::Json, Lang::En));
}

#[test]
fn the_json_keeps_to_its_schema() {
    let text = with(None, |selection| export(selection, Format::Json, Lang::Ja).unwrap());
    let schema = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::options().with_draft(Draft::Draft202012).build(&schema).unwrap();
    let value = serde_json::from_str(&text).unwrap();
    let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new(), "{text}");
    insta::assert_snapshot!("json", text);
}
