//! What is true of every file.

use std::path::{Path, PathBuf};

use unicode_width::UnicodeWidthStr;

use crate::check::{check_properties, file, format};
use crate::program::program;
use crate::random::Random;
use crate::soup::soup;

#[test]
fn rulesets_keep_tree_and_comments() {
    for path in rulesets() {
        check_properties(&std::fs::read_to_string(&path).unwrap());
    }
}

#[test]
fn lines_of_rulesets_fit_where_no_text_keeps_them_from_it() {
    const BEGINNINGS: &[&str] =
        &["text ", "duty ", "note ", "message ", "remedy ", "question ", "test \"", "\"", "//"];
    for path in rulesets() {
        let formatted = format(&std::fs::read_to_string(&path).unwrap());
        for line in formatted.lines().filter(|line| line.width() > kijun_syntax::WIDTH) {
            let is_text = BEGINNINGS.iter().any(|beginning| line.trim_start().starts_with(beginning));
            assert!(is_text, "{}: {line}", path.display());
        }
    }
}

#[test]
fn programs_keep_tree_and_comments() {
    for seed in 0..1_000 {
        check_properties(&program(&mut Random::new(seed)));
    }
}

#[test]
fn soups_do_no_harm() {
    let mut formatted = 0;
    for seed in 0..20_000 {
        formatted += usize::from(does_no_harm(&soup(&mut Random::new(seed))));
    }
    assert!(formatted > 0, "no soup parses");
}

#[test]
fn damaged_programs_do_no_harm() {
    let mut formatted = 0;
    for seed in 0..1_000 {
        let random = &mut Random::new(seed);
        let mut characters: Vec<char> = program(random).chars().collect();
        for _ in 0..random.below(3) {
            let at = random.below(characters.len() + 1);
            match random.below(2) {
                0 => characters.insert(
                    at,
                    random.pick(&['"', '/', '\n', '{', '}', ',', '、', '日', '\u{feff}', '\r', 'é']),
                ),
                _ => drop(characters.drain(at.saturating_sub(1)..at)),
            }
        }
        formatted += usize::from(does_no_harm(&characters.iter().collect::<String>()));
    }
    assert!(formatted > 0, "no damaged program parses");
}

#[test]
fn bytes_do_no_harm() {
    for seed in 0..2_000 {
        let random = &mut Random::new(seed);
        let bytes: Vec<u8> = (0..random.below(80)).map(|_| random.below(256) as u8).collect();
        does_no_harm(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn nesting_does_no_harm() {
    const ENGLISH: &[&str] = &[
        "(",
        "[",
        "not ",
        "-",
        "if ",
        "f(",
        "if a then ",
        "if a then b else ",
        "some x in F where ",
        "every x in months(",
        "every x in F has ",
        "sum (",
        "sum a over x in F where ",
        "count x in F at (",
        "a == (",
        "a in (",
        "a else (",
        "covered(F, ",
        "no x in days(some y in F where ",
        "a.",
        "a + ",
        "a and ",
    ];
    const JAPANESE: &[&str] = &[
        "(",
        "[",
        "否 ",
        "-",
        "もし ",
        "f(",
        "もし a ならば ",
        "もし a ならば b そうでなければ ",
        "ある F x、",
        "すべての ",
        "すべての F x について ",
        "合計 (",
        "合計 a、F x、",
        "件数 F x、時点 (",
        "a == (",
        "a が (",
        "a なければ (",
        "欠落なし(F, ",
        "ない ある F y、",
        "a.",
        "a + ",
        "a かつ ",
    ];
    let heads = [("define d() = ", ENGLISH), ("定義 d() = ", JAPANESE), ("関係 r() { 抽出 ", JAPANESE)];
    for (head, openings) in heads {
        for opening in openings {
            for depth in [11, 12, 23, 24, 25, 600] {
                does_no_harm(&format!("{head}{}a", opening.repeat(depth)));
                let closing = if opening.ends_with('(') { ")" } else { "" };
                does_no_harm(&format!("{head}{}a{}", opening.repeat(depth), closing.repeat(depth)));
            }
        }
    }
}

/// Reads and formats anything; says whether it parses.
fn does_no_harm(text: &str) -> bool {
    let (_, diagnostics) = kijun_syntax::parse(&file(text));
    let is_formatted = kijun_syntax::format(&file(text)).is_some();
    assert_eq!(is_formatted, diagnostics.is_empty(), "{text}");
    if is_formatted {
        check_properties(text);
    }
    is_formatted
}

/// Every file of the rulesets that come with the program.
fn rulesets() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulesets")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(extension) if extension == "kijun" => files.push(path),
                _ => {}
            }
        }
    }
    assert!(!files.is_empty(), "there are rulesets");
    files
}
