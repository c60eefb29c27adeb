//! Every page about a workspace and its evidence: what it says to avoid gives its code, what it says to write instead
//! does not.
//!
//! The examples are laid out as a workspace: a `toml` fence is `kijun.toml`, other fences are files by the path behind
//! their kind. What an example does not write is as in [`BASE`].

#![expect(clippy::unwrap_used, reason = "a test stops where its premises fail")]

use std::path::Path;

use jiff::civil::{Date, date};
use kijun_audit::{collect, explain_mutants, open_workspace, read_reasons, review, run_mutants};
use kijun_source::{Code, Diagnostic, Example, Page};

const TODAY: Date = date(2026, 11, 23);

const WORKSPACE: &str = r#"[workspace]
name = "例示株式会社"
rulesets = ["rules"]
time_zone = "Asia/Tokyo"

"#;

/// A ruleset with one lint (a rule without a test), and evidence without a fault.
const BASE: [(&str, &str); 3] = [
    (
        "rules/base.kijun",
        r#"
standard sample "基準" {
  section "5" "管理策" {
    criterion "5(3)" {
      text "使用できる従業者を限定すること。"
      duty a "使用できる従業者を限定すること"
    }
  }
}
enum employment "雇用" { regular "正社員", dispatched "派遣" }
state person "従業者" {
  key id: text "従業者番号"
  name: text personal "氏名"
  employment: employment "雇用"
  left: date? "退職日"
  fresh within 31 days
}
event access "アクセスログ" at at {
  at: datetime "日時"
  person: ref person "利用者"
  succeeded: bool "成否"
  fresh within 1 day
}
rule employed "在籍" {
  covers "5(3)a"
  for each a in access
  require a.person.left is none
  message "{a.at} に退職者が利用した"
}
"#,
    ),
    ("evidence/roster.csv", "番号,氏名,雇用,退職日\nP1,例示 太郎,正社員,\n"),
    ("evidence/access-2026-04.csv", "日時,利用者,成否\n2026-04-01 09:00,P1,○\n"),
];

fn codes() -> impl Iterator<Item = &'static Code> {
    kijun_audit::CODES.iter().chain(kijun_evidence::CODES).copied()
}

/// The code of what only a run can find: its page is held to the layout alone.
const OF_A_RUN: &str = "KJ0605";

/// Lays the workspace of an example out in a folder.
fn lay_out(root: &Path, page: &Page, example: &[Example]) {
    let write = |path: &str, text: &str| {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    for (path, text) in BASE {
        write(path, text);
    }
    let mut manifest = String::new();
    for text in page.prelude.iter().chain(example) {
        match &text.path {
            Some(path) => write(path, &text.text),
            None => manifest.push_str(&text.text),
        }
    }
    if example.iter().any(|text| text.kind == "console") {
        return;
    }
    if !manifest.contains("[workspace]") {
        manifest.insert_str(0, WORKSPACE);
    }
    write("kijun.toml", &manifest);
}

/// What is said of the workspace of an example, its evidence and the reasons for its mutants included.
fn check(page: &Page, example: &[Example]) -> Vec<Diagnostic> {
    let folder = tempfile::tempdir().unwrap();
    lay_out(folder.path(), page, example);
    let mut workspace = open_workspace(folder.path());
    let mut diagnostics = review(&workspace, TODAY).diagnostics;
    diagnostics.append(&mut collect(&mut workspace, TODAY).diagnostics);
    let reasons = read_reasons(&mut workspace);
    let explained = explain_mutants(&workspace, &run_mutants(&workspace.program), &reasons);
    diagnostics.extend(reasons.diagnostics.into_iter().chain(explained.diagnostics));
    diagnostics
}

/// The codes of the errors, and that of the page whatever its level.
fn found(code: &Code, diagnostics: &[Diagnostic]) -> Vec<&'static str> {
    let counts = |diagnostic: &&Diagnostic| diagnostic.is_error() || diagnostic.code.id == code.id;
    let mut found: Vec<_> = diagnostics.iter().filter(counts).map(|diagnostic| diagnostic.code.id).collect();
    found.dedup();
    found
}

#[test]
fn every_page_keeps_to_the_layout() {
    for code in codes() {
        assert!(Page::parse(code).is_ok(), "pages/{}.md: {}", code.id, Page::parse(code).unwrap_err());
    }
}

#[test]
fn what_is_to_be_avoided_gives_the_code_and_no_other_error() {
    expect(|code, page| (found(code, &check(page, &page.avoid)), vec![code.id]));
}

#[test]
fn what_is_preferred_gives_neither_the_code_nor_an_error() {
    expect(|code, page| (found(code, &check(page, &page.prefer)), Vec::new()));
}

/// All pages whose examples give other codes than expected, in one failure.
fn expect(outcome: impl Fn(&Code, &Page) -> (Vec<&'static str>, Vec<&'static str>)) {
    let mut wrong = Vec::new();
    for code in codes().filter(|code| code.id != OF_A_RUN) {
        let page = Page::parse(code).unwrap();
        let (found, expected) = outcome(code, &page);
        if found != expected {
            wrong.push(format!("pages/{}.md: found {found:?}, expected {expected:?}", code.id));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
