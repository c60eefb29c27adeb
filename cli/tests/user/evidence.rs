//! `kijun evidence`: what there is and what is missing, without a rule being judged.

use std::path::Path;

use serde_json::Value;

use crate::session::{Copy, judged, kijun, kijun_in, repository};

const MANIFEST: &str = "examples/minato/kijun.toml";
const DATES: [&str; 4] = ["--period", "2026年度", "--as-of", "2026-11-23"];

fn words<'a>(action: &'a str, workspace: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["evidence", action, "--workspace", workspace][..], &DATES, more].concat()
}

/// The gaps of the example below a folder, as programs read them.
fn gaps(folder: &Path) -> Vec<Value> {
    let answer = kijun_in(folder, &[], &words("gaps", "examples/minato", &["--format", "json"]));
    let data: Value = serde_json::from_str(&answer.stdout).expect("JSON");
    let gaps = data["gaps"].as_array().expect("a list of gaps").clone();
    assert_eq!(answer.code, if gaps.is_empty() { 0 } else { 3 });
    gaps
}

/// A gap in a line: kind, fact, source, months.
fn line(gap: &Value) -> String {
    let word = |key: &str| gap[key].as_str().unwrap_or("-").to_owned();
    let months = gap["months"].as_array().expect("months");
    let months: Vec<&str> = months.iter().filter_map(Value::as_str).collect();
    let fact = gap["fact"]["name"].as_str().expect("a fact");
    format!("{} {fact} {} {}", word("kind"), word("source"), months.join(" ")).trim_end().to_owned()
}

#[test]
fn what_is_missing_is_said_with_the_duties_that_wait() {
    let japanese = kijun(&words("gaps", "examples/minato", &[]));
    let english = kijun(&words("gaps", "examples/minato", &["--lang", "en"]));
    assert_eq!([japanese.code, english.code], [3, 3]);
    insta::assert_snapshot!(japanese.stdout + &english.stdout);
}

#[test]
fn what_there_is_is_listed() {
    let answer = kijun(&words("list", "examples/minato", &[]));
    assert_eq!(answer.code, 0);
    insta::assert_snapshot!(answer.stdout);
    let english = kijun(&words("list", "examples/minato", &["--lang", "en"])).stdout;
    assert!(english.contains("no: rows that could not be read: 1"), "{english}");
    let data = kijun(&words("list", "examples/minato", &["--format", "json"])).stdout;
    let data: Value = serde_json::from_str(&data).expect("JSON");
    assert_eq!(data["sources"].as_array().map(Vec::len), Some(80));
    let files =
        data["sources"].as_array().into_iter().flatten().flat_map(|source| source["files"].as_array());
    let incomplete: Vec<&str> = files
        .flatten()
        .filter(|file| file["complete"] == false)
        .filter_map(|file| file["path"].as_str())
        .collect();
    assert_eq!(incomplete, ["evidence/access/access-2026-09.jsonl"]);
}

/// The lines of the manifest that make up a source.
fn table_of(source: &str) -> String {
    let manifest = std::fs::read_to_string(repository().join(MANIFEST)).expect("a manifest");
    let tables = manifest.split_inclusive("\n[[source]]\n");
    let own = tables.map(str::to_owned).find(|table| table.starts_with(&format!("name = \"{source}\"\n")));
    own.expect("a source of that name").trim_end_matches("[[source]]\n").to_owned()
}

/// A way of spoiling the example, and the gap that it makes.
struct Spoiling {
    expected: &'static str,
    spoil: fn(&Copy),
}

const SPOILINGS: [Spoiling; 10] = [
    Spoiling {
        expected: "no_source city_permit -",
        spoil: |copy| {
            let table = table_of("permits");
            copy.replace(MANIFEST, &format!("[[source]]\n{table}"), "");
        },
    },
    Spoiling {
        expected: "not_vouched employee roster",
        spoil: |copy| {
            let (vouched, nobody) = (table_of("roster"), table_of("roster"));
            let nobody =
                nobody.replace("complete = { by = \"総務部 例示 三郎\", rows = 40 }", "complete = false");
            copy.replace(MANIFEST, &vouched, &nobody);
        },
    },
    Spoiling {
        expected: "stale employee roster",
        spoil: |copy| {
            let table = table_of("roster");
            copy.replace(MANIFEST, &table, &table.replace("2026-11-20 08:00", "2026-09-20 08:00"));
        },
    },
    Spoiling {
        expected: "row_count employee roster",
        spoil: |copy| {
            let table = table_of("roster");
            copy.replace(MANIFEST, &table, &table.replace("rows = 40", "rows = 41"));
        },
    },
    Spoiling {
        expected: "unfilled city_permit permits",
        spoil: |copy| {
            let table = table_of("permits");
            let optional =
                table.lines().find(|line| line.starts_with("revoked_on = ")).expect("an optional column");
            copy.replace(MANIFEST, &table, &table.replace(&format!("{optional}\n"), ""));
        },
    },
    Spoiling {
        expected: "no_collection city_permit permits",
        spoil: |copy| {
            let file = copy.root().join("examples/minato/evidence/contract/permits.csv");
            std::fs::remove_file(file).expect("a file to remove");
        },
    },
    Spoiling {
        expected: "uncollected access_log access 2026-07",
        spoil: |copy| {
            let file = copy.root().join("examples/minato/evidence/access/access-2026-07.jsonl");
            std::fs::remove_file(file).expect("a file to remove");
        },
    },
    Spoiling {
        expected: "rejected access_log access 2026-05",
        spoil: |copy| {
            copy.change("examples/minato/evidence/access/access-2026-05.jsonl", |bytes| {
                String::from_utf8(bytes).expect("UTF-8").replacen("\"ts\":", "\"ts\" ", 1).into_bytes()
            });
        },
    },
    Spoiling {
        expected: "blank account -",
        spoil: |copy| {
            let file = "examples/minato/evidence/directory/accounts.csv";
            copy.replace(file, "e0002,個人,E0002,,TRUE", "e0002,個人,E0002,,");
        },
    },
    Spoiling {
        expected: "no_collection access_right rights",
        spoil: |copy| copy.change("examples/minato/evidence/directory/rights.csv", |_| Vec::new()),
    },
];

#[test]
fn every_way_of_missing_is_named_and_the_rest_stays() {
    let sound: Vec<String> = gaps(&repository()).iter().map(line).collect();
    for Spoiling { expected, spoil } in SPOILINGS {
        let copy = Copy::new();
        spoil(&copy);
        let found = gaps(copy.root());
        let lines: Vec<String> = found.iter().map(line).collect();
        let more: Vec<&String> = lines.iter().filter(|line| !sound.contains(line)).collect();
        assert_eq!(more, [expected], "{lines:?}");
        assert!(sound.iter().all(|line| lines.contains(line)), "{expected}: {lines:?}");
        says_what_a_run_says(&copy, &found);
    }
}

/// Whatever a run says is missing of a source is among the gaps, in the same words.
fn says_what_a_run_says(copy: &Copy, gaps: &[Value]) {
    let out = copy.root().join("result.json");
    let out = out.to_str().expect("a path of UTF-8");
    kijun_in(copy.root(), &[], &judged("examples/minato", &["--out", out]));
    let result = std::fs::read_to_string(out).expect("a result");
    let result: Value = serde_json::from_str(&result).expect("JSON");
    let sources = result["sources"].as_array().expect("sources");
    let said = sources.iter().flat_map(|source| source["gaps"].as_array().expect("gaps"));
    for lack in said {
        assert!(gaps.iter().any(|gap| gap["sentence"] == lack["sentence"]), "{lack}: {gaps:?}");
    }
}

#[test]
fn nothing_missing_ends_with_zero_and_promises_no_verdict() {
    let copy = Copy::new();
    let rooms = repository().join("cli/tests/user/rooms");
    for file in [
        "kijun.toml",
        "rules/rooms.kijun",
        "evidence/people.csv",
        "evidence/members.csv",
        "evidence/rights.csv",
        "evidence/locks.csv",
        "evidence/entries.csv",
    ] {
        let target = copy.root().join("rooms").join(file);
        std::fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
        std::fs::copy(rooms.join(file), target).expect("a copy");
    }
    let asked =
        ["evidence", "gaps", "--workspace", "rooms", "--period", "2026-04..2026-05", "--as-of", "2026-05-31"];
    let before = kijun_in(copy.root(), &[], &asked);
    assert_eq!(before.code, 3, "{}", before.shown());
    copy.change("rooms/evidence/locks.csv", |bytes| {
        let text = String::from_utf8(bytes).expect("UTF-8");
        let filled =
            text.lines().map(|line| if line.ends_with(',') { format!("{line}○") } else { line.to_owned() });
        filled.collect::<Vec<_>>().join("\n").into_bytes()
    });
    let answer = kijun_in(copy.root(), &[], &asked);
    assert_eq!(answer.code, 0, "{}", answer.shown());
    insta::assert_snapshot!(answer.stdout);
}

#[test]
fn a_workspace_without_evidence_is_told_what_it_needs() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let rulesets = repository().join("rulesets");
    let manifest = format!(
        "[workspace]\nname = \"架空商店\"\nrulesets = [{:?}]\ntime_zone = \"Asia/Tokyo\"\n",
        rulesets.to_str().expect("a path of UTF-8")
    );
    std::fs::write(folder.path().join("kijun.toml"), manifest).expect("a manifest");
    let ask = |action: &str| kijun_in(folder.path(), &[], &[&["evidence", action][..], &DATES].concat());
    let (list, gaps) = (ask("list"), ask("gaps"));
    assert_eq!([list.code, gaps.code], [0, 3]);
    assert!(list.stdout.contains("従業者（employee）") && list.stdout.contains("届ける系統がない"));
    let first = gaps.stdout.lines().take(14).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(first);
}

#[test]
fn what_cannot_be_asked_ends_with_two() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let nowhere = kijun_in(folder.path(), &[], &["evidence", "gaps"]);
    let dates = kijun(&["evidence", "list", "--workspace", "examples/minato", "--as-of", "2026-11-31"]);
    let action = kijun(&["evidence"]);
    let copy = Copy::new();
    copy.replace(MANIFEST, "least_password = 10", "least_pasword = 10");
    let unsound = kijun_in(copy.root(), &[], &words("gaps", "examples/minato", &[]));
    for answer in [nowhere, dates, action, unsound] {
        assert_eq!((answer.code, answer.stdout.as_str()), (2, ""), "{}", answer.stderr);
    }
}
