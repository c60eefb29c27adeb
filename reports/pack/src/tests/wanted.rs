//! The evidence that a small ruleset wants: on the screen, as JSON Schema, as a drawing.

use jsonschema::Draft;
use kijun_analysis::{Analysis, Options, Unit, analyze};
use kijun_ir::{Calendar, FactId, Program};
use kijun_source::{Lang, Sources, Style, render};
use serde_json::Value;

use crate::graph::{self, Format};
use crate::{Catalogue, Delivery, schema};

/// Every type of field, names and labels that files and drawings must quote, and a duty that no rule decides.
pub(super) const RULES: &str = r##"
standard sample "見本の基準" {
  section "1" "管理" {
    criterion "1(1)" {
      text "機器は、権限のある者だけが使用すること。使用の記録<log>を確認すること。責任者を定めること。"
      duty a "機器は、権限のある者だけが使用すること。"
      duty b "使用の記録<log>を確認すること。"
      duty c "責任者を定めること。"
    }
  }
}

enum way "入退" {
  enter "入室"
  leave "退室"
}

/// 従業者の名簿。
/// 退職者も載せる。
state person "従業者" {
  key id: text "従業者番号"
  name: text personal "氏名"
  left: date? "退職日"
  fresh within 31 days
}

/// 扉のログ。
event entry "入退室" at passed_at {
  passed_at: datetime "日時"
  person: ref person? "従業者番号"
  way: way "入退"
  fresh within 1 day
}

state device "機器, #1" {
  key 番号: text "番号"
  owner: ref person "従業者"
  stand_in: ref person? "従業者"
  token: text secret "鍵"
  way: way? "種類"
  seats: int "席"
  load: decimal "負荷"
  shared: bool "共用"
  kept: duration "保管"
  bought: date "購入"
  fresh within 1 year
}

/// 入退室は従業者のもの。
rule entry_by_person "入退室した者の特定" {
  covers "1(1)a"
  covers "1(1)b"
  severity major
  for each e in entry where e.passed_at in period
  require e.person is not none and e.person.left is none
  message "{e.passed_at} に特定できない者が入退室した"
}

rule person_named "名簿の記載" {
  covers "1(1)a"
  severity minor
  for each p in person
  require p.id != "?"
  message "{p.id} の記載"
}
"##;

pub(super) fn program() -> Program {
    let mut sources = Sources::new();
    let file = sources.add("sample.kijun", RULES);
    let (tree, mut diagnostics) = kijun_syntax::parse(sources.file(file));
    let options = Options { calendar: Calendar::japan(), overrides: Vec::new() };
    let unit = Unit { files: vec![tree], uses: Vec::new() };
    let Analysis { program, diagnostics: problems, .. } = analyze(&[unit], &options);
    diagnostics.extend(problems);
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    let drawn: String = errors.map(|error| render(error, &sources, Lang::Ja, Style::Plain)).collect();
    assert_eq!(drawn, "");
    program
}

const PERSON: FactId = FactId(0);
const ENTRY: FactId = FactId(1);
const DEVICE: FactId = FactId(2);

/// The rules in a workspace in which nothing delivers devices.
fn in_workspace(program: &Program) -> Catalogue<'_> {
    let delivery = |source: &str, fact| Delivery { source: source.to_owned(), fact };
    let deliveries = vec![delivery("roster", PERSON), delivery("entry-1", ENTRY), delivery("entry-2", ENTRY)];
    Catalogue { program, deliveries: Some(deliveries) }
}

fn alone(program: &Program) -> Catalogue<'_> {
    Catalogue { program, deliveries: None }
}

#[test]
fn list_in_japanese() {
    insta::assert_snapshot!(schema::facts(&in_workspace(&program()), Lang::Ja));
}

#[test]
fn list_in_english_without_a_workspace() {
    insta::assert_snapshot!(schema::facts(&alone(&program()), Lang::En));
}

#[test]
fn an_event_in_both_languages() {
    let program = program();
    let catalogue = in_workspace(&program);
    let both = [Lang::Ja, Lang::En].map(|lang| schema::fact(&catalogue, ENTRY, lang));
    insta::assert_snapshot!(both.join("\n────\n\n"));
}

#[test]
fn a_state_in_both_languages() {
    let program = program();
    let both = [(in_workspace(&program), Lang::Ja), (alone(&program), Lang::En)];
    let both = both.map(|(catalogue, lang)| schema::fact(&catalogue, DEVICE, lang));
    insta::assert_snapshot!(both.join("\n────\n\n"));
}

#[test]
fn schema_of_an_event() {
    insta::assert_snapshot!(schema::json_schema(&program(), ENTRY, Lang::Ja).unwrap());
}

#[test]
fn schema_of_a_state() {
    insta::assert_snapshot!(schema::json_schema(&program(), DEVICE, Lang::En).unwrap());
}

fn accepts(schema: &Value, row: &Value) -> bool {
    let options = jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true);
    options.build(schema).unwrap().is_valid(row)
}

#[test]
fn schemas_are_schemas_and_accept_the_rows_of_the_template() {
    let program = program();
    for fact in program.facts.ids() {
        let schema: Value =
            serde_json::from_str(&schema::json_schema(&program, fact, Lang::Ja).unwrap()).unwrap();
        assert!(jsonschema::meta::is_valid(&schema), "{schema}");
        let rows = schema["examples"].as_array().unwrap();
        assert_eq!(rows.len(), 2);
        for row in rows {
            assert!(accepts(&schema, row), "{row}");
        }
    }
}

#[test]
fn schemas_refuse_what_the_import_cannot_read() {
    let program = program();
    let schema: Value =
        serde_json::from_str(&schema::json_schema(&program, ENTRY, Lang::Ja).unwrap()).unwrap();
    let row = &schema["examples"][0];
    for (field, wrong) in [("passed_at", "きのう"), ("passed_at", ""), ("way", "通過")] {
        let mut row = row.clone();
        row[field] = wrong.into();
        assert!(!accepts(&schema, &row), "{row}");
    }
    let mut lacking = row.clone();
    lacking.as_object_mut().unwrap().remove("way");
    assert!(!accepts(&schema, &lacking));
    let mut more = row.clone();
    more["備考"] = "なし".into();
    more["way"] = "入室".into();
    more.as_object_mut().unwrap().remove("person");
    assert!(accepts(&schema, &more));
}

#[test]
fn a_file_to_fill_in_and_its_table() {
    let program = program();
    let catalogue = in_workspace(&program);
    let files = program.facts.ids().map(|fact| {
        let csv = schema::csv(&program, fact);
        assert!(csv.starts_with('\u{feff}') && csv.ends_with("\r\n"), "{csv}");
        let shown = csv.trim_start_matches('\u{feff}').replace("\r\n", "␍␊\n");
        format!("{shown}\n{}", schema::source_table(&catalogue, fact, Lang::Ja))
    });
    insta::assert_snapshot!(files.collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_new_source_takes_no_name_that_is_taken() {
    let program = program();
    let delivery = |source: &str| Delivery { source: source.to_owned(), fact: PERSON };
    let deliveries = Some(vec![delivery("person"), delivery("person-2")]);
    let table = schema::source_table(&Catalogue { program: &program, deliveries }, PERSON, Lang::En);
    assert!(table.contains("name = \"person-3\"\nfact = \"person\"\n"), "{table}");
    assert!(table.contains("path = \"evidence/person-3.csv\""), "{table}");
}

#[test]
fn drawing_in_mermaid() {
    insta::assert_snapshot!(graph::render(&in_workspace(&program()), Format::Mermaid, Lang::Ja));
}

#[test]
fn drawing_in_dot_without_a_workspace() {
    insta::assert_snapshot!(graph::render(&alone(&program()), Format::Dot, Lang::En));
}
