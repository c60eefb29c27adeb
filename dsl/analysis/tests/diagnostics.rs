//! Every diagnostic of the language as its reader sees it: one smallest mistake a code.
//!
//! Each case is the sound ruleset below with one thing changed, so that the snapshot shows that one
//! mistake gives one message and no more.

#![expect(clippy::expect_used, reason = "a test stops where its premises fail")]

use jiff::tz::TimeZone;
use kijun_analysis::{Options, Override, analyze};
use kijun_source::{Diagnostic, Lang, Sources, Span, Style, render};

/// A ruleset without a fault. Cases replace pieces of it.
const SOUND: &str = r#"standard 基準 "試験の基準" {
  section "5" "管理策" {
    criterion "5(3)" {
      text "アクセス権等を設定し、使用できる従業者を限定すること。"
      duty a "アクセス権等を設定し"
      duty b "使用できる従業者を限定すること"
    }
  }
}
enum way "入退" { enter "入室", leave "退室" }
state person "従業者" {
  key id: text "従業者番号"
  name: text personal "氏名"
  pin: text secret "暗証"
  left: date? "退職日"
  fresh within 31 days
}
event access "アクセスログ" at at {
  at: datetime "日時"
  person: ref person "利用者"
  way: way "入退"
  fresh within 1 day
}
param grace "猶予": duration = 3 days because "試験のため"
define employed(p: person, on: date) = p.left is none or p.left >= on
rule used "在籍者の利用" {
  covers "5(3)a", "5(3)b"
  for each a in access where a.at in period and a.way == enter
  require employed(a.person, date(a.at))
  message "{a.at} に {a.person} が利用した"
}
test "在籍者は適合" for used {
  period 2026-04-01 to 2026-04-30
  person { id: "甲" }
  access { at: 2026-04-02 10:00, person: "甲", way: enter }
  expect met 1
}
"#;

/// A code, what to replace in the sound ruleset, and by what.
const CASES: &[(&str, &str, &str)] = &[
    ("KJ0001", "enum way \"入退\" { enter", "enum way \"入退\" ｛ enter"),
    ("KJ0002", "message \"{a.at} に {a.person} が利用した\"", "message \"{a.at} に {a.person} が利用した"),
    ("KJ0003", "because \"試験のため\"", "because \"試験の\\ため\""),
    ("KJ0004", "  require employed", "  requier employed"),
    ("KJ0005", "for each a in access", "for each some in access"),
    ("KJ0006", "require employed(a.person, date(a.at))", "require NESTED"),
    ("KJ0101", "param grace", "param way"),
    ("KJ0102", "param grace", "param today"),
    ("KJ0103", "date(a.at))", "date(b.at))"),
    ("KJ0104", "for each a in access where", "for each a in acess where"),
    ("KJ0105", "a.way == enter", "a.wey == enter"),
    ("KJ0106", "left: date?", "left: dat?"),
    ("KJ0107", "a.way == enter", "a.way == entre"),
    ("KJ0108", "\"5(3)b\"\n  for", "\"5(3)c\"\n  for"),
    ("KJ0109", "for used {", "for usde {"),
    ("KJ0110", "require employed(", "require employd("),
    ("KJ0111", "= p.left is none or p.left >= on", "= employed(p, on)"),
    ("KJ0121", "  key id: text", "  key id: int"),
    ("KJ0122", "  at: datetime \"日時\"", "  at: datetime? \"日時\""),
    ("KJ0123", "  fresh within 1 day\n", ""),
    ("KJ0124", "{ enter \"入室\", leave \"退室\" }", "{ }\nenum way2 \"入退\" { enter \"入室\" }"),
    ("KJ0201", "p.left >= on", "p.left >= 3"),
    ("KJ0202", "  require employed(a.person, date(a.at))", "  require a.at"),
    ("KJ0203", "p.left is none or p.left >= on", "p.left >= on"),
    ("KJ0204", "p.left is none or", "p.id is none or"),
    ("KJ0205", "  require employed(a.person, date(a.at))", "  require count b in access"),
    ("KJ0206", "period 2026-04-01 to 2026-04-30", "period 2026-04-01 to 2026-04-31"),
    ("KJ0207", "a.way == enter", "a.way.name == enter"),
    ("KJ0208", "employed(a.person, date(a.at))", "employed(a.person)"),
    ("KJ0209", "= 3 days because", "= 9999999999 days because"),
    ("KJ0210", "= 3 days because", "= 3 days + 1 day because"),
    ("KJ0211", "  require employed(a.person, date(a.at))", "  require some a in person"),
    ("KJ0212", "a.way == enter", "a.way in []"),
    ("KJ0301", "  message \"{a.at} に {a.person} が利用した\"\n", ""),
    ("KJ0302", "  message", "  message \"もう一つ\"\n  message"),
    (
        "KJ0303",
        "  for each a in access where a.at in period",
        "  severity mjor\n  for each a in access where a.at in period",
    ),
    ("KJ0304", "{a.person} が利用した", "{a.person.pin} が利用した"),
    ("KJ0311", "duty a \"アクセス権等を設定し\"", "duty a \"アクセス権を設定し\""),
    ("KJ0312", "duty b \"使用", "duty a \"使用"),
    ("KJ0313", "      text \"アクセス権等を設定し、使用できる従業者を限定すること。\"\n", ""),
    ("KJ0321", "  period 2026-04-01 to 2026-04-30", "  period 2026-04-30 to 2026-04-01"),
    ("KJ0322", "expect met 1", "expect mett 1"),
    ("KJ0401", "covers \"5(3)a\", \"5(3)b\"", "covers \"5(3)a\""),
    ("KJ0402", "      duty b \"使用できる従業者を限定すること\"\n", "      duty b \"使用できる従業者\"\n"),
    (
        "KJ0403",
        "test \"在籍者は適合\" for used {",
        "rule other \"別の規則\" {\n  covers \"5(3)a\"\n  require no p in person\n  message \"従業者がいる\"\n}\ntest \"在籍者は適合\" for used {",
    ),
    (
        "KJ0404",
        "param grace",
        "state unread \"読まれない台帳\" { id: text \"番号\" fresh within 1 day }\nparam grace",
    ),
    ("KJ0405", "{a.person} が利用した", "{a.person.name} が利用した"),
];

fn check(text: &str, overrides: &[(&str, &str)]) -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::new();
    let id = sources.add("rules.kijun", text);
    let (tree, mut diagnostics) = kijun_syntax::parse(sources.file(id));
    let manifest = sources.add("kijun.toml", "[params]\ngrace = \"3 yaers\"\n");
    let zone = TimeZone::get("Asia/Tokyo").expect("the zone data travels with jiff");
    let overrides = overrides.iter().map(|(name, value)| Override {
        name: (*name).to_owned(),
        name_span: Span::new(manifest, 9, 14),
        value: (*value).to_owned(),
        value_span: Span::new(manifest, 17, 26),
    });
    let options = Options { zone, overrides: overrides.collect() };
    let (_, mut problems) = analyze(&[tree], &options);
    diagnostics.append(&mut problems);
    (sources, diagnostics)
}

fn shown(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let langs = [Lang::Ja, Lang::En];
    let drawn = langs.map(|lang| {
        diagnostics
            .iter()
            .map(|diagnostic| render(diagnostic, sources, lang, Style::Plain))
            .collect::<String>()
    });
    drawn.join("\n")
}

#[test]
fn the_sound_ruleset_has_no_fault() {
    let (sources, diagnostics) = check(SOUND, &[]);
    assert_eq!(shown(&sources, &diagnostics).trim(), "");
}

#[test]
fn each_mistake_is_said_once() {
    for (code, from, to) in CASES {
        assert_eq!(SOUND.matches(from).count(), 1, "{code}: {from:?} must stand once in the sound ruleset");
        let nested = format!("{}true{}", "(".repeat(80), ")".repeat(80));
        let (sources, diagnostics) = check(&SOUND.replace(from, &to.replace("NESTED", &nested)), &[]);
        assert!(diagnostics.iter().any(|diagnostic| diagnostic.code.id == *code), "{code} is not reported");
        insta::assert_snapshot!(*code, shown(&sources, &diagnostics));
    }
}

#[test]
fn every_code_has_a_case() {
    let all = kijun_syntax::CODES.iter().chain(kijun_analysis::CODES);
    let without: Vec<&str> =
        all.map(|code| code.id).filter(|id| !CASES.iter().any(|case| case.0 == *id)).collect();
    assert_eq!(without, Vec::<&str>::new(), "add a case to CASES for each");
}

#[test]
fn a_bad_override_is_said_where_it_stands() {
    let (sources, diagnostics) = check(SOUND, &[("grace", "3 yaers")]);
    insta::assert_snapshot!("override", shown(&sources, &diagnostics));
    let (sources, diagnostics) = check(SOUND, &[("grase", "3 days")]);
    insta::assert_snapshot!("override_unknown", shown(&sources, &diagnostics));
}

#[test]
fn a_broken_declaration_does_not_hide_the_next() {
    let text = SOUND
        .replace("require employed(a.person, date(a.at))", "require (")
        .replace("expect met 1", "expect mett 1");
    let (_, diagnostics) = check(&text, &[]);
    let codes: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code.id).collect();
    assert!(codes.contains(&"KJ0004") && codes.contains(&"KJ0322"), "{codes:?}");
}
