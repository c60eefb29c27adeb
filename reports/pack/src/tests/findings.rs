//! What `kijun check` found, as programs read it.

use jiff::civil::date;
use jsonschema::Draft;
use kijun_audit::{Review, open_workspace, review};
use kijun_source::Lang;
use serde_json::Value;

use crate::findings::{Findings, github, json, sarif};
use crate::page;

/// The schema of OASIS, errata 01.
const SARIF_SCHEMA: &str = include_str!("data/sarif-2.1.0.json");

const MANIFEST: &str = r#"[workspace]
name = "例示"
rulesets = ["規則"]
time_zone = "Asia/Tokyo"

[lints]
KJ0401 = "note"

[[ignore]]
code = "KJ0403"
reason = "事例は次の改定で書く（課題 12）"
until = 2027-03-31
"#;

const RULES: &str = r#"standard sample "基準" {
  section "5" "管理策" {
    criterion "5(3)" {
      text "使用できる従業者を限定し、記録すること。"
      duty a "使用できる従業者を限定し"
      duty b "記録すること"
    }
  }
}
state person "従業者" {
  key id: text "従業者番号"
  name: text personal "氏名"
  left: date? "退職日"
  fresh within 31 days
}
rule employed "在籍" {
  covers "5(3)a"
  for each p in person
  require p.left is none
  message "{p.name} は退職した"
}
"#;

/// Hands the findings of a workspace with some rules on, as seen from the folder above it.
fn with_findings<T>(rules: &str, then: impl FnOnce(&Findings<'_>) -> T) -> T {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("kijun.toml"), MANIFEST).unwrap();
    std::fs::create_dir(folder.path().join("規則")).unwrap();
    std::fs::write(folder.path().join("規則/a b.kijun"), rules).unwrap();
    let workspace = open_workspace(folder.path());
    let today = date(2026, 11, 23);
    let review: Review = review(&workspace, today);
    let (sources, program) = (&workspace.sources, &workspace.program);
    then(&Findings { sources, program, review: &review, today, folder: "監査" })
}

/// The rules with a slip that can be mended, and one that cannot.
fn broken() -> String {
    RULES.replace("in person", "in persom").replace("\"5(3)a\"", "\"5(3)c\"")
}

fn errors(schema: &str, draft: Draft, text: &str) -> Vec<String> {
    let schema = serde_json::from_str(schema).unwrap();
    let validator =
        jsonschema::options().with_draft(draft).should_validate_formats(true).build(&schema).unwrap();
    let value = serde_json::from_str(text).unwrap();
    validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn json_says_everything() {
    insta::assert_snapshot!("findings_json", with_findings(&broken(), |found| json::render(found).unwrap()));
}

#[test]
fn json_keeps_to_its_schema() {
    for rules in [RULES, &broken()] {
        let text = with_findings(rules, |found| json::render(found).unwrap());
        assert_eq!(errors(json::SCHEMA, Draft::Draft202012, &text), Vec::<String>::new());
    }
    let text = with_findings(RULES, |found| json::render(found).unwrap());
    let other = text.replace("\"reason\"", "\"cause\"");
    assert_ne!(errors(json::SCHEMA, Draft::Draft202012, &other), Vec::<String>::new());
}

#[test]
fn sarif_says_what_is_suppressed_and_how_to_mend() {
    let both = with_findings(RULES, |found| sarif::render(found, Lang::Ja).unwrap());
    insta::assert_snapshot!("findings_sarif", both);
    insta::assert_snapshot!(
        "findings_sarif_with_a_fix",
        with_findings(&broken(), |found| sarif::render(found, Lang::En).unwrap())
    );
}

#[test]
fn sarif_keeps_to_the_schema_of_oasis() {
    for (rules, lang) in [(RULES, Lang::Ja), (&broken(), Lang::En)] {
        let text = with_findings(rules, |found| sarif::render(found, lang).unwrap());
        assert_eq!(errors(SARIF_SCHEMA, Draft::Draft4, &text), Vec::<String>::new());
    }
}

#[test]
fn columns_are_characters_and_bytes_are_bytes() {
    let text = with_findings(RULES, |found| json::render(found).unwrap());
    let value: Value = serde_json::from_str(&text).unwrap();
    let found = value["diagnostics"].as_array().unwrap();
    let personal = found.iter().find(|found| found["code"] == "KJ0405").unwrap();
    let (start, end) = (&personal["place"]["start"], &personal["place"]["end"]);
    let byte = |position: &Value| usize::try_from(position["byte"].as_u64().unwrap()).unwrap();
    assert_eq!(&RULES[byte(start)..byte(end)], "p.name");
    assert_eq!((start["line"].as_u64(), start["column"].as_u64()), (Some(20), Some(13)));
    assert_eq!(personal["place"]["path"], "監査/規則/a b.kijun");
}

#[test]
fn a_workflow_command_a_finding() {
    let both = [RULES, &broken()].map(|rules| with_findings(rules, |found| github::render(found, Lang::Ja)));
    insta::assert_snapshot!("findings_github", both.join("\n"));
}

#[test]
fn every_page_can_be_read_in_both_languages() {
    for code in kijun_audit::codes() {
        let [ja, en] = [Lang::Ja, Lang::En].map(|lang| page::render(code, lang));
        assert!(ja.contains("\n避ける\n") && ja.contains("\n理由\n"), "{ja}");
        assert!(en.contains("\nPrefer\n") && en.contains("\nWhy\n"), "{en}");
        assert!(page::markdown(code, Lang::En).contains("```"));
        assert!(!ja.contains("```"), "{ja}");
    }
}

#[test]
fn every_code_is_declared_once() {
    let mut ids: Vec<&str> = kijun_audit::codes().map(|code| code.id).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}
