//! What a workspace makes of its diagnostics: levels, ignoring, and what is said of ignoring.

#![expect(clippy::unwrap_used, reason = "a test stops where its premises fail")]

use jiff::civil::date;
use kijun_audit::{Drafts, Review, Workspace, mend_workspace, open_workspace, review};
use kijun_source::Lang;

const RULES: &str = r#"
standard sample "基準" {
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
  left: date? "退職日"
  fresh within 31 days
}
rule employed "在籍" {
  covers "5(3)a"
  for each p in person
  require p.left is none
  message "{p.id} は退職した"
}
"#;

struct Fixture(tempfile::TempDir);

impl Fixture {
    /// A workspace with `RULES`, and with `settings` at the end of its `kijun.toml`.
    fn new(settings: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let manifest = format!(
            "[workspace]\nname = \"例示\"\nrulesets = [\"rules\"]\ntime_zone = \"Asia/Tokyo\"\n{settings}"
        );
        std::fs::write(folder.path().join("kijun.toml"), manifest).unwrap();
        std::fs::create_dir(folder.path().join("rules")).unwrap();
        std::fs::write(folder.path().join("rules/a.kijun"), RULES).unwrap();
        Self(folder)
    }

    fn open(&self) -> Workspace {
        open_workspace(self.0.path())
    }
}

/// The codes and levels that are reported on 2026-11-23, and how many are ignored and off.
fn reviewed(settings: &str) -> (String, usize, usize) {
    let workspace = Fixture::new(settings).open();
    let Review { diagnostics, ignored, off } = review(&workspace, date(2026, 11, 23));
    let found = diagnostics.iter().map(|found| format!("{} {}", found.code.id, found.level.name()));
    (found.collect::<Vec<_>>().join(", "), ignored.len(), off)
}

#[test]
fn levels_are_those_of_the_codes_unless_the_workspace_says_otherwise() {
    assert_eq!(reviewed(""), ("KJ0401 warning, KJ0403 warning".to_owned(), 0, 0));
    let settings = "[lints]\nKJ0401 = \"off\"\nKJ0403 = \"error\"\n";
    assert_eq!(reviewed(settings), ("KJ0403 error".to_owned(), 0, 1));
    assert_eq!(reviewed("[lints]\nKJ0401 = \"note\"\n"), ("KJ0401 note, KJ0403 warning".to_owned(), 0, 0));
}

#[test]
fn errors_cannot_be_lowered_nor_evidence_silenced() {
    let refused = |settings: &str| reviewed(settings).0.contains("KJ0612 error");
    assert!(refused("[lints]\nKJ0203 = \"warning\"\n"));
    assert!(refused("[lints]\nKJ0557 = \"off\"\n"));
    assert!(refused("[lints]\nKJ0557 = \"error\"\n"), "check reads no evidence");
    assert!(refused("[lints]\nKJ0613 = \"note\"\n"));
    assert!(!refused("[lints]\nKJ0613 = \"error\"\nKJ0203 = \"error\"\n"));
    assert!(refused("[[ignore]]\ncode = \"KJ0203\"\nreason = \"x\"\nuntil = 2027-03-31\n"));
}

/// An entry that ignores a code until a day, with more lines.
fn ignore(code: &str, until: &str, more: &str) -> String {
    format!("[[ignore]]\ncode = \"{code}\"\nreason = \"課題 12\"\nuntil = {until}\n{more}\n")
}

#[test]
fn what_is_ignored_is_counted_until_its_last_day() {
    let named = |until: &str| ignore("KJ0403", until, "name = \"employed\"\nfile = \"rules/*.kijun\"");
    let rest = "KJ0401 warning";
    assert_eq!(reviewed(&named("2026-11-23")), (rest.to_owned(), 1, 0));
    let ran_out = "KJ0613 warning, KJ0401 warning, KJ0403 warning";
    assert_eq!(reviewed(&named("2026-11-22")), (ran_out.to_owned(), 0, 0));
    // One that has run out keeps no later one from being in force.
    let both = named("2026-11-22") + &named("2027-03-31");
    assert_eq!(reviewed(&both), ("KJ0613 warning, KJ0401 warning".to_owned(), 1, 0));
}

#[test]
fn a_duty_or_its_criterion_is_named_as_shown() {
    for name in ["5(3)b", "5(3)"] {
        let found = reviewed(&ignore("KJ0401", "2027-03-31", &format!("name = \"{name}\"")));
        assert_eq!(found, ("KJ0403 warning".to_owned(), 1, 0), "{name}");
    }
}

#[test]
fn what_ignores_nothing_is_said() {
    let unused = "KJ0614 warning, KJ0401 warning, KJ0403 warning";
    for more in ["name = \"employees\"", "file = \"*.kijun\"", "file = \"rules/b*\""] {
        assert_eq!(reviewed(&ignore("KJ0403", "2027-03-31", more)), (unused.to_owned(), 0, 0), "{more}");
    }
    // Lints do not look where there are errors, so that nothing is known of what ignores them.
    let with_an_error = format!("[lints]\nKJ9999 = \"off\"\n{}", ignore("KJ0405", "2027-03-31", ""));
    assert!(!reviewed(&with_an_error).0.contains("KJ0614"));
}

#[test]
fn an_ignore_without_reason_or_end_is_an_error_and_ignores_nothing() {
    for entry in [
        "[[ignore]]\ncode = \"KJ0403\"\nuntil = 2027-03-31\n",
        "[[ignore]]\ncode = \"KJ0403\"\nreason = \"x\"\n",
        "[[ignore]]\ncode = \"KJ0403\"\nreason = \" \"\nuntil = 2027-03-31\n",
        "[[ignore]]\ncode = \"KJ0403\"\nreason = \"x\"\nuntil = \"soon\"\n",
    ] {
        let (found, ignored, _) = reviewed(entry);
        assert!(found.contains("error") && ignored == 0, "{entry}: {found}");
    }
}

/// The text after mending, and what was done.
fn mended(text: &str) -> (String, Vec<String>) {
    let fixture = Fixture::new("");
    std::fs::write(fixture.0.path().join("rules/a.kijun"), text).unwrap();
    let mended = mend_workspace(|drafts: &Drafts| {
        let workspace = kijun_audit::draft_workspace(fixture.0.path(), drafts);
        let reported = workspace.diagnostics.clone();
        (workspace, reported)
    });
    let made = mended.made.iter().map(|made| format!("{} {}", made.code, made.title.get(Lang::En)));
    (mended.drafts.get("rules/a.kijun").unwrap_or(text).to_owned(), made.collect())
}

#[test]
fn one_fix_shows_the_next() {
    let broken = RULES
        .replace("rule employed \"在籍\" {", "rule employed \"在籍\" ｛")
        .replace("in person", "in persom")
        .replace("require p.left", "requier p.left");
    let (text, made) = mended(&broken);
    assert_eq!(text, RULES);
    assert_eq!(made, ["KJ0001 write the half-width `{`", "KJ0004 write `require`", "KJ0104 write `person`"]);
}

#[test]
fn an_else_that_never_counts_is_taken_out() {
    let broken = RULES.replace("p.left is none\n", "(p.id else \"不明\") != \"\"\n");
    assert_eq!(mended(&broken).0, RULES.replace("p.left is none\n", "(p.id) != \"\"\n"));
}

#[test]
fn marks_of_quotation_are_mended_in_pairs() {
    assert_eq!(mended(&RULES.replace("\"在籍\"", "“在籍”")).0, RULES);
    // One alone would open a text that nothing closes.
    let half = RULES.replace("\"在籍\"", "“在籍");
    assert_eq!(mended(&half), (half.clone(), Vec::new()));
}

#[test]
fn what_could_be_meant_otherwise_is_left() {
    for (from, to) in [("5(3)a\"\n  for", "5(3)c\"\n  for"), ("p.left is none\n", "p.left is none。\n")] {
        let broken = RULES.replace(from, to);
        assert_ne!(broken, RULES);
        assert_eq!(mended(&broken), (broken.clone(), Vec::new()));
    }
}
