//! Reasons for mutants that survive: what they explain, and every way in which one explains nothing.

#![expect(clippy::unwrap_used, reason = "a test stops where its premises fail")]

use std::path::Path;

use kijun_audit::{
    Explained, Workspace, explain_mutants, open_rulesets, open_workspace, read_reasons, run_mutants,
};
use kijun_source::{Diagnostic, Lang};

/// A rule of which `p.left is none` may be turned about, at two places, and `or none` may be left out: no test notices.
const RULES: &str = r#"
standard sample "基準" {
  section "5" "管理策" {
    criterion "5(3)" {
      text "使用できる従業者を限定すること。"
      duty a "使用できる従業者を限定すること"
    }
  }
}
state person "従業者" {
  key id: text "従業者番号"
  left: date? "退職日"
  age: int "年齢"
  fresh within 31 days
}
param grown "成年": int = 18 because "例"
rule employed "在籍" {
  covers "5(3)a"
  for each p in person where p.age >= grown
  or none
  require p.left is none
          or (some q in person
                where q.left is none)
  message "{p.id} は退職した"
}
test "退職していない" for employed {
  period 2026-04-01 to 2026-04-30
  person { id: "甲", age: 18 }
  person { id: "乙", age: 17 }
  expect met "甲"
}
"#;

/// A folder with `RULES` and a `survivors.toml`.
fn folder(survivors: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("rules")).unwrap();
    std::fs::write(folder.path().join("rules/a.kijun"), RULES).unwrap();
    std::fs::write(folder.path().join("rules/survivors.toml"), survivors).unwrap();
    folder
}

fn open(root: &Path, path: &str) -> Workspace {
    let workspace = open_rulesets(root, &[path.to_owned()]);
    assert!(workspace.is_sound(), "{:?}", workspace.diagnostics);
    workspace
}

/// Each diagnostic as its place, code and message.
fn told<'a>(workspace: &Workspace, diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> Vec<String> {
    let line = |diagnostic: &Diagnostic| {
        let place = diagnostic.span().map_or_else(String::new, |span| workspace.sources.locate(span));
        format!("{place} {} {}", diagnostic.code.id, diagnostic.message.get(Lang::En))
    };
    diagnostics.into_iter().map(line).collect()
}

/// Each mutant that survives as its condition, change, number and reason; and what is said of the reasons.
fn explained(workspace: &mut Workspace) -> (Vec<String>, Vec<String>) {
    let reasons = read_reasons(workspace);
    let Explained { unnoticed, diagnostics } =
        explain_mutants(workspace, &run_mutants(&workspace.program), &reasons);
    let line = |unnoticed: &kijun_audit::Unnoticed| {
        let (name, reason) = (&unnoticed.name, unnoticed.reason.as_deref().unwrap_or("-"));
        let nth = name.nth.map_or_else(String::new, |nth| format!(" {nth}"));
        format!("{}: {}{nth}: {reason}", name.condition, name.change.en)
    };
    let told = told(workspace, reasons.diagnostics.iter().chain(&diagnostics));
    (unnoticed.iter().map(line).collect(), told)
}

/// What is said of a `survivors.toml`.
fn said(survivors: &str) -> Vec<String> {
    let folder = folder(survivors);
    explained(&mut open(folder.path(), "rules")).1
}

fn entry(rule: &str, condition: &str, change: &str, more: &str) -> String {
    format!(
        "[[survivor]]\nrule = '{rule}'\ncondition = '{condition}'\nchange = '{change}'\nreason = \"理由\"\n{more}\n"
    )
}

const OR_NONE: &str = "for each p in person where p.age >= grown";

#[test]
fn a_survivor_is_named_by_its_text_and_has_its_reason() {
    let survivors = entry("employed", OR_NONE, "`or none` を除く", "")
        + &entry("employed", "some q in person  where q.left is none", "`q.left is none` dropped", "");
    let folder = folder(&survivors);
    let (mutants, said) = explained(&mut open(folder.path(), "rules"));
    assert_eq!(said, Vec::<String>::new());
    assert!(mutants.contains(&format!("{OR_NONE}: `or none` removed: 理由")), "{mutants:?}");
    let dropped = "some q in person where q.left is none: `q.left is none` dropped: 理由".to_owned();
    assert!(mutants.contains(&dropped), "{mutants:?}");
    assert!(mutants.iter().any(|line| line.ends_with(": -")), "{mutants:?}");
}

#[test]
fn a_reason_for_no_survivor_is_stale() {
    let employed =
        |condition: &str, change: &str, more: &str| said(&entry("employed", condition, change, more));
    let at = |line: usize, column: usize| format!("rules/survivors.toml:{line}:{column} KJ0615 ");
    assert_eq!(
        said(&entry("employd", OR_NONE, "`or none` を除く", "")),
        [at(2, 8) + "no rule of this folder is named `employd`"]
    );
    assert_eq!(
        employed("p.left is some", "除く", ""),
        [at(3, 13) + "no mutant of the rule `employed` changes this condition"]
    );
    assert_eq!(employed(OR_NONE, "除く", ""), [at(4, 10) + "this condition has no mutant “除く”"]);
    assert_eq!(employed("p.age >= grown", "`>=` → `>`", ""), [at(4, 10) + "this mutant does not survive"]);
    assert_eq!(employed(OR_NONE, "`or none` を除く", "nth = 2"), [at(6, 7) + "there is no mutant 2, only 1"]);
}

#[test]
fn a_second_reason_for_one_mutant_is_unclear() {
    let twice = entry("employed", OR_NONE, "`or none` を除く", "").repeat(2);
    assert_eq!(said(&twice), ["rules/survivors.toml:10:10 KJ0616 the same mutant has two reasons"]);
}

#[test]
fn mutants_that_are_named_alike_have_numbers() {
    let twice =
        "p.age < 0 or p.age < grown - 9\n          or (p.age < 0 and p.age < grown)\n          or (some q";
    let alike = RULES.replace("or (some q", &format!("or {twice}"));
    let explained = |more: &str| {
        let folder = folder(&entry("employed", "p.age < 0", "`<` → `<=`", more));
        std::fs::write(folder.path().join("rules/a.kijun"), &alike).unwrap();
        explained(&mut open(folder.path(), "rules"))
    };
    let (mutants, said) = explained("");
    let unclear = "KJ0616 the rule has 2 mutants of this condition and this change";
    assert_eq!(said, [format!("rules/survivors.toml:4:10 {unclear}")]);
    for nth in 1..=2 {
        assert!(mutants.contains(&format!("p.age < 0: `<` → `<=` {nth}: -")), "{mutants:?}");
    }
    let (mutants, said) = explained("nth = 2");
    assert_eq!(said, Vec::<String>::new());
    assert!(mutants.contains(&"p.age < 0: `<` → `<=` 1: -".to_owned()), "{mutants:?}");
    assert!(mutants.contains(&"p.age < 0: `<` → `<=` 2: 理由".to_owned()), "{mutants:?}");
}

#[test]
fn mistakes_in_the_file_have_a_place() {
    let one = entry("employed", OR_NONE, "`or none` を除く", "");
    let at = |place: &str, text: &str| vec![format!("rules/survivors.toml:{place} {text}")];
    assert_eq!(
        said(&one.replace("[[survivor]]", "[[survivors]]")),
        at("1:3", "KJ0501 unknown key `survivors` in survivors.toml")
    );
    assert_eq!(
        said(&one.replace("[[survivor]]", "[survivor]"))[0],
        at("1:1", "KJ0504 `survivor` must be `[[survivor]]` in double brackets, found a table")[0]
    );
    assert_eq!(
        said(&format!("{one}line = 3\n"))[0],
        at("7:1", "KJ0501 unknown key `line` in [[survivor]]")[0]
    );
    assert_eq!(said(&one.replace("理由", " ")), at("5:10", "KJ0510 `reason` is empty"));
    assert_eq!(said(&one.replace("reason", "# ")), at("1:1", "KJ0503 missing key `reason` in [[survivor]]"));
    assert_eq!(
        said(&one.replace("\"理由\"", "1")),
        at("5:10", "KJ0504 `reason` must be text, found an integer")
    );
    assert_eq!(
        said(&format!("{one}nth = 0\n")),
        at("7:7", "KJ0510 found 0, expected a number from 1 to 1000")
    );
    assert!(said("[[survivor]\n")[0].starts_with("rules/survivors.toml:1:"), "not TOML");
}

#[test]
fn a_file_that_cannot_be_read_is_an_error() {
    let folder = folder("");
    let path = folder.path().join("rules/survivors.toml");
    std::fs::write(&path, [0xff, 0xfe]).unwrap();
    let (_, said) = explained(&mut open(folder.path(), "rules"));
    assert!(said[0].contains("KJ0601 `rules/survivors.toml` cannot be read"), "{said:?}");
    std::fs::remove_file(&path).unwrap();
    assert_eq!(explained(&mut open(folder.path(), "rules")).1, Vec::<String>::new());
}

#[test]
fn a_lone_file_is_another_ruleset_than_its_folder() {
    let folder = folder(&entry("absent", OR_NONE, "除く", ""));
    assert_eq!(explained(&mut open(folder.path(), "rules/a.kijun")).1, Vec::<String>::new());
    assert_eq!(explained(&mut open(folder.path(), "rules")).1.len(), 1);
}

#[test]
fn a_workspace_that_reads_the_standard_otherwise_makes_no_reason_stale() {
    let folder = folder(&entry("employed", OR_NONE, "除く", ""));
    let manifest = |params: &str| {
        let text = format!(
            "[workspace]\nname = \"例示\"\nrulesets = [\"rules\"]\ntime_zone = \"Asia/Tokyo\"\n{params}"
        );
        std::fs::write(folder.path().join("kijun.toml"), text).unwrap();
        explained(&mut open_workspace(folder.path())).1.len()
    };
    assert_eq!((manifest(""), manifest("[params]\ngrown = 17\n")), (1, 0));
}
