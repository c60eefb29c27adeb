//! `check` and the pages of diagnostics: levels, ignoring, forms of the result, mending.

use serde_json::Value;

use crate::commands::SMALL;
use crate::session::{Answer, kijun, kijun_in};

const MANIFEST: &str =
    "[workspace]\nname = \"例示株式会社\"\nrulesets = [\"rules\"]\ntime_zone = \"Asia/Tokyo\"\n";

/// The one rule of the small ruleset, without its test: one warning.
fn untested() -> String {
    let test = SMALL.find("\ntest ").expect("a test");
    SMALL[..test].to_owned()
}

/// A workspace of its own.
struct Workspace(tempfile::TempDir);

impl Workspace {
    fn new(settings: &str, rules: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(folder.path().join("rules")).expect("a folder");
        let workspace = Self(folder);
        workspace.write("kijun.toml", &format!("{MANIFEST}{settings}"));
        workspace.write("rules/small.kijun", rules);
        workspace
    }

    fn write(&self, path: &str, text: &str) {
        std::fs::write(self.0.path().join(path), text).expect("a file to write");
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.0.path().join(path)).expect("a file of UTF-8")
    }

    fn check(&self, arguments: &[&str]) -> Answer {
        let words: Vec<&str> = ["check", "--as-of", "2026-11-23"].iter().chain(arguments).copied().collect();
        kijun_in(self.0.path(), &[], &words)
    }
}

#[test]
fn a_page_says_what_to_avoid_what_to_write_and_why() {
    let pages = [
        kijun(&["explain", "KJ0203"]),
        kijun(&["explain", "kj0554", "--lang", "en"]),
        kijun(&["explain", "KJ0613"]),
    ];
    assert!(pages.iter().all(|page| page.code == 0 && page.stderr.is_empty()));
    insta::assert_snapshot!(pages.map(|page| page.stdout).join("\n"));
}

#[test]
fn warnings_end_with_one_where_they_are_denied() {
    let workspace = Workspace::new("", &untested());
    assert_eq!(workspace.check(&[]).code, 0);
    assert_eq!(workspace.check(&["--deny", "warnings"]).code, 1);
    let tested = Workspace::new("", SMALL);
    assert_eq!(tested.check(&["--deny", "warnings"]).code, 0);
}

#[test]
fn levels_are_those_of_the_workspace() {
    let raised = Workspace::new("[lints]\nKJ0403 = \"error\"\n", &untested());
    let answer = raised.check(&[]);
    assert_eq!(answer.code, 1);
    insta::assert_snapshot!("a_lint_is_an_error", answer.shown());
    let off = Workspace::new("[lints]\nKJ0403 = \"off\"\n", &untested());
    insta::assert_snapshot!("a_lint_is_off", off.check(&["--deny", "warnings"]).shown());
    let note = Workspace::new("[lints]\nKJ0403 = \"note\"\n", &untested());
    let hidden = note.check(&["--level", "warning", "--deny", "warnings"]);
    assert_eq!((hidden.code, hidden.stderr.as_str()), (0, ""));
    assert!(hidden.stdout.contains("参考 1"), "{}", hidden.stdout);
}

#[test]
fn an_error_cannot_be_lowered_and_an_unknown_code_is_said() {
    let workspace = Workspace::new("[lints]\nKJ0203 = \"off\"\nKJ0493 = \"error\"\n", &untested());
    let answer = workspace.check(&[]);
    assert_eq!(answer.code, 1);
    insta::assert_snapshot!(answer.shown());
}

const IGNORED: &str = "[[ignore]]\ncode = \"KJ0403\"\nname = \"employed\"\nreason = \"事例は次の改定で書く\"\nuntil = 2026-12-31\n";

#[test]
fn what_is_ignored_comes_back() {
    let workspace = Workspace::new(IGNORED, &untested());
    let answer = workspace.check(&["--deny", "warnings"]);
    assert_eq!(answer.code, 0);
    insta::assert_snapshot!("an_ignore_in_force", answer.shown());
    let after = kijun_in(workspace.0.path(), &[], &["check", "--as-of", "2027-01-01"]);
    insta::assert_snapshot!("an_ignore_past_its_end", after.shown());
    workspace.write("rules/small.kijun", SMALL);
    insta::assert_snapshot!("an_ignore_of_nothing", workspace.check(&[]).shown());
}

#[test]
fn an_ignore_needs_a_reason_and_an_end() {
    let without = IGNORED.replace("reason = \"事例は次の改定で書く\"\nuntil = 2026-12-31\n", "");
    let answer = Workspace::new(&without, &untested()).check(&[]);
    assert_eq!(answer.code, 1);
    insta::assert_snapshot!(answer.shown());
}

#[test]
fn a_day_that_cannot_be_read_is_no_answer() {
    let workspace = Workspace::new("", SMALL);
    let answer = kijun_in(workspace.0.path(), &[], &["check", "--as-of", "明日"]);
    assert_eq!((answer.code, answer.stdout.as_str()), (2, ""));
    // Without one it is today, whatever day that is.
    assert_eq!(kijun_in(workspace.0.path(), &[], &["check"]).code, 0);
}

#[test]
fn nothing_to_look_at_is_no_answer() {
    assert_eq!(kijun(&["check", "absent"]).code, 2);
    let without_rules = SMALL[..SMALL.find("\nrule ").expect("a rule")].to_owned();
    assert_eq!(Workspace::new("", &without_rules).check(&[]).code, 2);
}

#[test]
fn programs_get_the_result_and_nothing_else() {
    let workspace = Workspace::new(IGNORED, &untested());
    let json = workspace.check(&["--format", "json"]);
    let value: Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!((value["schema_version"].as_str(), value["counts"]["ignored"].as_u64()), (Some("1"), Some(1)));
    assert_eq!(json.stderr, "");
    let sarif = workspace.check(&["--format", "sarif"]);
    let value: Value = serde_json::from_str(&sarif.stdout).expect("JSON");
    let suppressed = &value["runs"][0]["results"][0]["suppressions"][0]["justification"];
    assert_eq!(suppressed.as_str(), Some("事例は次の改定で書く (until 2026-12-31)"));
    let broken = Workspace::new("", &SMALL.replace("p.left is none", "p.lefd is none"));
    let github = broken.check(&["--format", "github"]);
    assert_eq!(github.code, 1);
    insta::assert_snapshot!("workflow_commands", github.shown());
}

#[test]
fn paths_are_those_of_the_folder_in_which_it_runs() {
    let workspace = Workspace::new("", &untested());
    let path = |folder: &str, arguments: &[&str]| {
        let words: Vec<&str> =
            ["check", "--as-of", "2026-11-23", "--format", "json"].iter().chain(arguments).copied().collect();
        let answer = kijun_in(&workspace.0.path().join(folder), &[], &words);
        let value: Value = serde_json::from_str(&answer.stdout).expect("JSON");
        value["diagnostics"][0]["place"]["path"].as_str().expect("a path").to_owned()
    };
    assert_eq!(path("", &[]), "rules/small.kijun");
    assert_eq!(path("rules", &[]), "../rules/small.kijun");
    assert_eq!(path("", &["rules"]), "rules/small.kijun");
}

/// The small ruleset with four slips of the hand and one mistake that is none.
fn slipped() -> String {
    SMALL
        .replace("rule employed \"在籍\" {", "rule employed \"在籍\" ｛")
        .replace("  require ", "  requier ")
        .replace("in person\n", "in persom\n")
        .replace("\"1a\"", "\"1b\"")
}

#[test]
fn what_leaves_no_doubt_is_mended() {
    let workspace = Workspace::new("", &format!("\u{feff}{}", slipped()));
    let shown = workspace.check(&["--fix", "--diff"]);
    assert_eq!(shown.code, 1);
    insta::assert_snapshot!("a_difference", shown.stdout);
    assert_eq!(workspace.read("rules/small.kijun"), format!("\u{feff}{}", slipped()), "nothing is written");
    let mended = workspace.check(&["--fix"]);
    assert_eq!(mended.code, 1, "the duty is not there");
    insta::assert_snapshot!("what_was_mended", mended.shown());
    let expected = SMALL.replace("\"1a\"", "\"1b\"");
    assert_eq!(
        workspace.read("rules/small.kijun"),
        format!("\u{feff}{expected}"),
        "the byte order mark stays"
    );
    let again = workspace.check(&["--fix"]);
    assert_eq!((again.code, again.stderr), (1, mended.stderr));
    assert!(!again.stdout.contains("直した"), "{}", again.stdout);
}

#[test]
fn a_sound_file_is_not_touched() {
    let workspace = Workspace::new("", SMALL);
    let answer = workspace.check(&["--fix", "--format", "json"]);
    assert_eq!((answer.code, answer.stderr.as_str()), (0, ""));
    assert_eq!(workspace.read("rules/small.kijun"), SMALL);
    assert_eq!(workspace.check(&["--diff"]).code, 2, "there is nothing to show without --fix");
}

#[test]
fn a_slip_in_the_manifest_is_mended_as_well() {
    let workspace = Workspace::new("", SMALL);
    workspace.write("kijun.toml", &MANIFEST.replace("time_zone", "time_zon"));
    let answer = workspace.check(&["--fix"]);
    assert_eq!(answer.code, 0, "{}", answer.shown());
    assert_eq!(workspace.read("kijun.toml"), MANIFEST);
}
