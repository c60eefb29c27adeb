//! Rules of the house that a program can check.

use std::path::{Path, PathBuf};

use crate::minato::repository;

/// Every file of the repository that git would track, by ending.
fn files(ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![repository()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
            if path.is_dir() && !matches!(name, "target" | ".git") {
                folders.push(path);
            } else if name.ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort_unstable();
    assert!(!found.is_empty(), "no file ends with {ending}");
    found
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a readable file")
}

#[test]
fn every_rust_file_opens_with_one_sentence() {
    for path in files(".rs") {
        let text = text(&path);
        assert!(text.starts_with("//! "), "{}: begin with `//! …`, what the file is about", path.display());
    }
}

#[test]
fn nothing_is_left_lying_about() {
    let this_file = Path::new(file!()).file_name();
    for path in files(".rs").into_iter().filter(|path| path.file_name() != this_file) {
        for (index, line) in text(&path).lines().enumerate() {
            for leftover in ["todo!(", "unimplemented!(", "dbg!(", "TODO", "FIXME", "XXX", "#[ignore"] {
                assert!(
                    !line.contains(leftover),
                    "{}:{}: finish or remove `{leftover}`",
                    path.display(),
                    index + 1
                );
            }
        }
    }
}

#[test]
fn no_file_holds_more_than_one_idea_can_fill() {
    for path in files(".rs") {
        let lines = text(&path).lines().count();
        assert!(lines <= 900, "{}: {lines} lines; split it by ideas", path.display());
    }
}

#[test]
fn every_dependency_says_why_it_is_there() {
    let manifest = text(&repository().join("Cargo.toml"));
    let dependencies = manifest.split("[workspace.dependencies]").nth(1).expect("a table of dependencies");
    let dependencies = dependencies.split("\n[").next().expect("an end of the table");
    for line in dependencies.lines().filter(|line| line.contains('=') && !line.contains("path =")) {
        assert!(line.contains(" # "), "say why: {line}");
    }
}

#[test]
fn arrows_between_crates_point_one_way() {
    const ORDER: [&str; 9] =
        ["source", "syntax", "ir", "analysis", "eval", "evidence", "audit", "pack", "cli"];
    for path in files("Cargo.toml") {
        let text = text(&path);
        let Some(package) = text.lines().find_map(|line| line.strip_prefix("name = \"kijun-")) else {
            continue;
        };
        let Some(own) = ORDER.iter().position(|name| package == format!("{name}\"")) else { continue };
        let dependencies =
            text.split("[dependencies]").nth(1).unwrap_or("").split("\n[").next().unwrap_or("");
        for (index, name) in ORDER.iter().enumerate() {
            let used = dependencies.contains(&format!("kijun-{name}.workspace"));
            assert!(
                !used || index < own,
                "{}: kijun-{} must not use kijun-{name}",
                path.display(),
                ORDER[own]
            );
        }
    }
}
