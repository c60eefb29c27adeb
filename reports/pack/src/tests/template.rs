//! Files to fill in, read as evidence through the table that comes with them.

use std::path::Path;

use jiff::civil::date;
use kijun_audit::{Collected, Workspace, collect, open_rulesets, open_workspace};
use kijun_ir::FactId;
use kijun_source::{Diagnostic, Lang, Style, render};
use serde_json::Value;

use super::wanted::RULES;
use crate::{Catalogue, schema};

/// A workspace with the evidence of every fact, as CSV and as the examples of its JSON Schema.
struct Templates {
    folder: tempfile::TempDir,
    facts: Vec<FactId>,
}

/// Writes the evidence of all facts of some rulesets; `fill` makes the table of a source from the printed one.
fn templates(rulesets: &[String], fill: impl Fn(&str) -> String) -> Templates {
    let rules = open_rulesets(Path::new(""), rulesets);
    assert!(rules.is_sound(), "{}", drawn(&rules, &rules.diagnostics));
    let catalogue = Catalogue { program: &rules.program, deliveries: Some(Vec::new()) };
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("evidence")).unwrap();
    let mut manifest =
        format!("[workspace]\nname = \"見本\"\nrulesets = {rulesets:?}\ntime_zone = \"Asia/Tokyo\"\n");
    for (id, fact) in rules.program.facts.iter() {
        let table = fill(&schema::source_table(&catalogue, id, Lang::Ja));
        let file = |extension: &str| folder.path().join(format!("evidence/{}.{extension}", fact.name));
        std::fs::write(file("csv"), schema::csv(&rules.program, id)).unwrap();
        std::fs::write(file("jsonl"), json_lines(&rules, id)).unwrap();
        manifest += &format!("\n{table}\n{}", json_source(&table, &fact.name));
    }
    std::fs::write(folder.path().join("kijun.toml"), manifest).unwrap();
    Templates { folder, facts: rules.program.facts.ids().collect() }
}

fn json_lines(rules: &Workspace, fact: FactId) -> String {
    let text = schema::json_schema(&rules.program, fact, Lang::Ja).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    schema["examples"].as_array().unwrap().iter().map(|row| format!("{row}\n")).collect()
}

/// The table of a CSV, made to read JSON Lines whose keys are the names of the fields.
fn json_source(table: &str, fact: &str) -> String {
    let (head, columns) = table.split_once("[source.columns]\n").unwrap();
    let columns = columns.lines().map(|line| {
        let field = line.split(" = ").next().unwrap();
        format!("{field} = \"{}\"\n", field.trim_matches('"'))
    });
    let head = head
        .replace(&format!("name = \"{fact}\""), &format!("name = \"{fact}-json\""))
        .replace("format = \"csv\"", "format = \"jsonl\"")
        .replace(".csv\"", ".jsonl\"");
    format!("{head}[source.columns]\n{}", columns.collect::<String>())
}

fn drawn(workspace: &Workspace, diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|one| render(one, &workspace.sources, Lang::Ja, Style::Plain)).collect()
}

fn filled(table: &str) -> String {
    let blanks = [
        ("collected = \"\"", "collected = \"2026-04-03 08:00\""),
        ("from = \"\", to = \"\"", "from = \"2026-04-01\", to = \"2026-04-02\""),
        ("by = \"\", rows = 0", "by = \"架空 一郎\", rows = 2"),
    ];
    blanks.iter().fold(table.to_owned(), |table, (blank, value)| table.replace(blank, value))
}

/// Both rows of every file are read, and CSV and JSON Lines say the same.
fn check_both_rows_are_read(rulesets: &[String]) {
    let Templates { folder, facts } = templates(rulesets, filled);
    let mut workspace = open_workspace(folder.path());
    let of_manifest: Vec<Diagnostic> =
        workspace.diagnostics.iter().filter(|one| is_of_the_manifest(&workspace, one)).cloned().collect();
    assert_eq!(drawn(&workspace, &of_manifest), "");
    let Collected { report, diagnostics, .. } = collect(&mut workspace, date(2026, 4, 3));
    assert_eq!(drawn(&workspace, &diagnostics), "");
    assert_eq!(report.sources.len(), facts.len() * 2);
    for source in &report.sources {
        let [file] = &source.files[..] else { panic!("{source:?}") };
        assert!(file.usable && file.defects.is_empty() && file.outside == 0, "{file:?}");
        assert_eq!((file.rows, file.rejected.len(), file.unread.len()), (2, 0, 0), "{file:?}");
    }
    let merged: Vec<_> = report
        .merged
        .iter()
        .map(|merge| (merge.fact, merge.duplicates, merge.contradictions.len()))
        .collect();
    assert_eq!(merged, facts.iter().map(|fact| (*fact, 2, 0)).collect::<Vec<_>>());
}

fn is_of_the_manifest(workspace: &Workspace, diagnostic: &Diagnostic) -> bool {
    let manifest = workspace.manifest.as_ref().unwrap().file;
    diagnostic.span().is_none_or(|span| span.file == manifest)
}

#[test]
fn every_fact_of_the_rulesets_can_be_filled_in() {
    let rulesets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulesets").canonicalize().unwrap();
    check_both_rows_are_read(&[rulesets.to_str().unwrap().to_owned()]);
}

#[test]
fn every_type_of_field_can_be_filled_in() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.kijun");
    std::fs::write(&path, RULES).unwrap();
    check_both_rows_are_read(&[path.to_str().unwrap().to_owned()]);
}

#[test]
fn nothing_is_read_before_the_blanks_are_filled() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.kijun");
    std::fs::write(&path, RULES).unwrap();
    let rulesets = [path.to_str().unwrap().to_owned()];
    for blank in ["collected", "complete", "covers"] {
        let fill_all_but_one = |table: &str| {
            let line = |line: &str| if line.starts_with(blank) { line.to_owned() } else { filled(line) };
            table.lines().map(|given| line(given) + "\n").collect()
        };
        let templates = templates(&rulesets, fill_all_but_one);
        let workspace = open_workspace(templates.folder.path());
        assert!(!workspace.is_sound(), "{blank} may stay empty");
        assert!(workspace.errors_of_rules().is_empty(), "the rules are right");
    }
}
