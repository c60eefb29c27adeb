//! `kijun run`: verdicts to exit codes, files whole or not at all, the same bytes everywhere.

use crate::session::{Copy, judged, kijun, kijun_in, repository};

const EXAMPLE: &str = "examples/minato";

#[test]
fn violations_end_with_one() {
    assert_eq!(kijun(&judged(EXAMPLE, &[])).code, 1);
    assert_eq!(kijun(&judged(EXAMPLE, &["--exit-zero"])).code, 0);
}

#[test]
fn the_machine_does_not_matter() {
    let environments: [&[(&str, &str)]; 6] = [
        &[],
        &[("TZ", "America/Los_Angeles"), ("LANG", "C")],
        &[("LC_ALL", "ja_JP.UTF-8"), ("COLUMNS", "40")],
        &[("KIJUN_THREADS", "1")],
        &[("KIJUN_THREADS", "2")],
        &[("KIJUN_THREADS", "8"), ("TZ", "Pacific/Kiritimati")],
    ];
    let outputs = environments.map(|environment| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let files = ["report.html", "result.json"].map(|name| folder.path().join(name));
        let [html, json] = files.each_ref().map(|file| file.to_str().expect("a path of UTF-8"));
        let answer = kijun_in(&repository(), environment, &judged(EXAMPLE, &["--out", html, "--out", json]));
        let contents = files.map(|file| std::fs::read(file).expect("a file was written"));
        (answer.shown(), contents)
    });
    for output in &outputs[1..] {
        assert_eq!(output, &outputs[0]);
    }
}

#[test]
fn what_cannot_be_written_is_said_and_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let workspace = repository().join(EXAMPLE);
    let workspace = workspace.to_str().expect("a path of UTF-8");
    std::fs::create_dir(folder.path().join("folder.html")).expect("a folder");
    std::fs::write(folder.path().join("file"), "").expect("a file");
    let said = ["absent/report.html", "folder.html", "file/result.json"].map(|out| {
        let answer = kijun_in(folder.path(), &[], &judged(workspace, &["--exit-zero", "--out", out]));
        assert_eq!((answer.code, answer.stdout.as_str()), (2, ""), "{out}");
        answer.stderr.lines().last().unwrap_or("").to_owned()
    });
    insta::assert_snapshot!(said.join("\n"));
    let left = std::fs::read_dir(folder.path()).expect("a folder");
    let mut left: Vec<_> = left.map(|entry| entry.expect("an entry").file_name()).collect();
    left.sort();
    assert_eq!(left, ["file", "folder.html"]);
}

#[test]
fn an_older_result_is_replaced_or_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("result.json");
    let out = file.to_str().expect("a path of UTF-8");
    std::fs::write(&file, "older").expect("an older result");
    let broken =
        ["run", "--workspace", EXAMPLE, "--period", "2026年度", "--as-of", "2026-03-31", "--out", out];
    assert_eq!(kijun(&broken).code, 2);
    assert_eq!(std::fs::read_to_string(&file).expect("the older result"), "older");
    assert_eq!(kijun(&judged(EXAMPLE, &["--out", out])).code, 1);
    assert!(std::fs::read_to_string(&file).expect("a result").starts_with('{'));
}

#[test]
fn the_language_is_chosen() {
    let answer = kijun(&judged(EXAMPLE, &["--lang", "en"]));
    assert_eq!(answer.code, 1);
    let last = answer.stdout.lines().rev().take(5).collect::<Vec<_>>();
    let last = last.into_iter().rev().collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(format!("{last}\n--- stderr\n{}", answer.stderr));
    let by_environment = kijun_in(&repository(), &[("KIJUN_LANG", "en")], &judged(EXAMPLE, &[]));
    assert_eq!(by_environment.shown(), answer.shown());
    assert_eq!(kijun(&judged(EXAMPLE, &["--lang", "fr"])).code, 2);
}

#[test]
fn the_workspace_is_found_upwards() {
    let below = repository().join(EXAMPLE).join("evidence/hr");
    let words = ["run", "--period", "令和8年度", "--as-of", "2026-11-23"];
    assert_eq!(kijun_in(&below, &[], &words).shown(), kijun(&judged(EXAMPLE, &[])).shown());
}

#[test]
fn mistakes_on_the_command_line_end_with_two() {
    let run = |arguments: &[&str]| {
        let answer = kijun(arguments);
        assert_eq!((answer.code, answer.stdout.as_str()), (2, ""), "{arguments:?}");
        answer.stderr
    };
    let shown = [
        run(&judged(EXAMPLE, &["--out", "report.pdf"])),
        run(&["run", "--workspace", EXAMPLE, "--period", "2026", "--as-of", "2026-11-23"]),
        run(&["run", "--workspace", EXAMPLE, "--period", "2026-09..2026-04", "--as-of", "2026-11-23"]),
        run(&["run", "--workspace", EXAMPLE, "--period", "2026年度", "--as-of", "2026-11-31"]),
        run(&["run", "--workspace", EXAMPLE, "--period", "2026年度", "--as-of", "2026-03-31"]),
    ];
    insta::assert_snapshot!(shown.join("\n"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let answer = kijun_in(folder.path(), &[], &["run", "--period", "2026年度", "--as-of", "2026-11-23"]);
    assert_eq!(answer.code, 2);
    insta::assert_snapshot!("no_workspace", answer.stderr);
}

#[test]
fn a_workspace_without_evidence_has_no_result() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let rulesets = repository().join("rulesets");
    let manifest = format!(
        "[workspace]\nname = \"架空商店\"\nrulesets = [{:?}]\ntime_zone = \"Asia/Tokyo\"\n",
        rulesets.to_str().expect("a path of UTF-8")
    );
    std::fs::write(folder.path().join("kijun.toml"), manifest).expect("a manifest");
    let answer = kijun_in(folder.path(), &[], &["run", "--period", "2026年度", "--as-of", "2026-11-23"]);
    assert_eq!((answer.code, answer.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(answer.stderr);
}

/// The holidays of 2026, as the Cabinet Office lists them.
const HOLIDAYS: &str = "国民の祝日・休日月日,国民の祝日・休日名称
2026/1/1,元日
2026/1/12,成人の日
2026/2/11,建国記念の日
2026/2/23,天皇誕生日
2026/3/20,春分の日
2026/4/29,昭和の日
2026/5/3,憲法記念日
2026/5/4,みどりの日
2026/5/5,こどもの日
2026/5/6,休日
2026/7/20,海の日
2026/8/11,山の日
2026/9/21,敬老の日
2026/9/22,休日
2026/9/23,秋分の日
2026/10/12,スポーツの日
2026/11/3,文化の日
2026/11/23,勤労感謝の日
";

#[test]
fn holidays_that_differ_from_the_law_are_named_by_run_and_check_unless_ignored() {
    let copy = Copy::new();
    let zone = "time_zone = \"Asia/Tokyo\"\n";
    copy.replace("examples/minato/kijun.toml", zone, &format!("{zone}holidays = \"syukujitsu.csv\"\n"));
    let list = copy.root().join("examples/minato/syukujitsu.csv");
    let said = |list_text: &str| {
        std::fs::write(&list, list_text).expect("a list of holidays");
        let run = kijun_in(copy.root(), &[], &judged("examples/minato", &[]));
        let check = ["check", "--workspace", "examples/minato", "--as-of", "2026-11-23"];
        let check = kijun_in(copy.root(), &[], &check);
        assert_eq!((run.code, check.code), (1, 0), "{}{}", run.shown(), check.shown());
        let warning = |text: &str| {
            let drawn = text.split("\n\n").find(|drawn| drawn.contains("KJ0606"));
            drawn.map(str::to_owned).unwrap_or_default()
        };
        (warning(&run.stderr), warning(&check.stderr))
    };
    assert_eq!(said(HOLIDAYS), Default::default());
    let spoilt =
        HOLIDAYS.replace("2026/9/22,休日\n", "").replace("2026/11/3,", "2026/10/30,架空の日\n2026/11/3,");
    let (run, check) = said(&spoilt);
    assert_eq!(run, check);
    insta::assert_snapshot!(run);
    copy.change("examples/minato/kijun.toml", |mut bytes| {
        bytes.extend(b"\n[[ignore]]\ncode = \"KJ0606\"\nreason = \"law changed\"\nuntil = 2026-12-31\n");
        bytes
    });
    assert_eq!(said(&spoilt).0, "");
}
