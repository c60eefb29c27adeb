//! What is read of `kijun.toml`.

use super::*;
use crate::{Located, SettingValue};

fn settings(text: &str) -> Vec<(String, SettingValue)> {
    let mut texts = Sources::new();
    let file = texts.add("kijun.toml", text);
    let (manifest, diagnostics) = parse_manifest(&texts, file);
    assert_eq!(diagnostics, []);
    let pair = |setting: crate::Setting| (setting.name.value, setting.value.value);
    manifest.unwrap().params.into_iter().map(pair).collect()
}

#[test]
fn params_are_handed_on_as_written() {
    let found = settings(&format!(
        "{WORKSPACE}\n[params]\nz = 1_000\na = \"3 years\"\n\"日\" = 2026-04-01\nb = true\nd = 0.50\n"
    ));
    let expected = [
        ("z", SettingValue::Number("1000".into())),
        ("a", SettingValue::Text("3 years".into())),
        ("日", SettingValue::Text("2026-04-01".into())),
        ("b", SettingValue::Bool(true)),
        ("d", SettingValue::Number("0.50".into())),
    ];
    assert_eq!(found, expected.map(|(name, value)| (name.to_owned(), value)));
}

#[test]
fn the_fiscal_year_starts_in_april_unless_said_otherwise() {
    for (line, expected) in [("", 4), ("fiscal_year_starts = 1\n", 1)] {
        let mut texts = Sources::new();
        let file = texts.add("kijun.toml", format!("{WORKSPACE}{line}"));
        let (manifest, diagnostics) = parse_manifest(&texts, file);
        let workspace = manifest.unwrap().workspace;
        assert_eq!((workspace.fiscal_year_starts, diagnostics.len()), (expected, 0));
        let [Located { value, span }] = &workspace.rulesets[..] else { panic!("{workspace:?}") };
        assert_eq!((value.as_str(), texts.slice(*span)), ("rules", "\"rules\""));
    }
}

#[test]
fn a_broken_source_still_counts_as_one_that_delivered_nothing() {
    let outcome = run(
        "[[source]]\nname = \"a\"\nfact = \"person\"\nformat = \"xls\"\npath = \"a.csv\"\ncomplete = false\n",
        MemoryFiles::new(),
    );
    assert!(outcome.bindings.sources[0].plan.is_none());
    assert_eq!(outcome.coverage(PERSON), ["nothing"]);
}

#[test]
fn facts_and_fields_are_known_by_their_labels_too() {
    let source = r#"
[[source]]
name = "a"
fact = "端末"
format = "csv"
path = "a.csv"
collected = 2026-11-20T08:00:00+09:00
complete = { by = "架空 一郎", rows = 1 }
[source.columns]
"拠点" = "site"
"#;
    let outcome = run(source, MemoryFiles::new().with("a.csv", "site\n本社\n"));
    assert_eq!((outcome.text.as_str(), outcome.rows(DEVICE)), ("", vec!["本社".to_owned()]));
    assert_eq!(outcome.coverage(DEVICE), ["2026-11-19T23:00:00Z []"]);
}

/// Any text, however broken, gives diagnostics and no panic.
#[test]
fn no_text_breaks_the_reader() {
    let whole = format!("{WORKSPACE}{}", super::evidence::ROSTER);
    let mut random = super::evidence::Random(7);
    for _ in 0..400 {
        let mut bytes = whole.clone().into_bytes();
        for _ in 0..=random.below(4) {
            let at = random.below(bytes.len());
            match random.below(3) {
                0 => bytes[at] = b"\"[]{}=\n,#x0"[random.below(11)],
                1 => drop(bytes.remove(at)),
                _ => bytes.truncate(at.max(8)),
            }
        }
        run_manifest(&String::from_utf8_lossy(&bytes), MemoryFiles::new());
    }
}
