//! Every diagnostic of the language as its reader sees it: one smallest mistake a code.
//!
//! Each case is the sound ruleset below with one thing changed, so that the snapshot shows that one
//! mistake gives one message and no more.

#![expect(clippy::unwrap_used, reason = "a test stops where its premises fail")]

mod cases;
mod support;

use cases::{Case, audits, lints};
use support::check;

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
export param grace "猶予": duration = 3 days because "試験のため"
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
const CASES: &[Case] = &[
    ("KJ0001", "enum way \"入退\" { enter", "enum way \"入退\" ｛ enter"),
    ("KJ0002", "message \"{a.at} に {a.person} が利用した\"", "message \"{a.at} に {a.person} が利用した"),
    ("KJ0003", "because \"試験のため\"", "because \"試験の\\ため\""),
    ("KJ0004", "  require employed", "  requier employed"),
    ("KJ0005", "for each a in access", "for each some in access"),
    ("KJ0006", "require employed(a.person, date(a.at))", "require NESTED"),
    ("KJ0007", "enum way", "区分 way"),
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
    ("KJ0129", "  fresh within 1 day\n", "  fresh within 0 days\n"),
    ("KJ0103c", "  fresh within 1 day\n", "  fresh within grase\n"),
    (
        "KJ0201d",
        "  fresh within 1 day\n}\n",
        "  fresh within depth\n}\nparam depth \"深さ\": int = 3 because \"試験のため\"\n",
    ),
    ("KJ0124", "{ enter \"入室\", leave \"退室\" }", "{ }\nenum way2 \"入退\" { enter \"入室\" }"),
    ("KJ0201", "p.left >= on", "p.left >= 3"),
    ("KJ0202", "  require employed(a.person, date(a.at))", "  require a.at"),
    ("KJ0203", "p.left is none or p.left >= on", "p.left >= on"),
    ("KJ0204", "p.left is none or", "p.id is none or"),
    ("KJ0206", "period 2026-04-01 to 2026-04-30", "period 2026-04-01 to 2026-04-31"),
    ("KJ0207", "a.way == enter", "a.way.name == enter"),
    ("KJ0208", "employed(a.person, date(a.at))", "employed(a.person)"),
    ("KJ0209", "= 3 days because", "= 9999999999 days because"),
    ("KJ0210", "= 3 days because", "= 3 days + 1 day because"),
    ("KJ0211", "  require employed(a.person, date(a.at))", "  require some a in person"),
    ("KJ0212", "a.way == enter", "a.way in []"),
    ("KJ0220", "define employed", "DEFINITIONS\ndefine employed"),
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
    ("KJ0218", "  period 2026-04-01 to 2026-04-30", "  period 2026-04-30 to 2026-04-01"),
    ("KJ0321", "  expect met 1\n", ""),
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
        "define employed",
        "state unread \"読まれない台帳\" { id: text \"番号\" fresh within 1 day }\ndefine employed",
    ),
    ("KJ0405", "{a.person} が利用した", "{a.person.name} が利用した"),
    ("KJ0001b", "require employed(", "require a.way == enter && employed("),
    ("KJ0001c", "require employed(a.person, date(a.at))", "require a.person.name == “甲”"),
    ("KJ0001d", "period 2026-04-01 to", "period 2026/4/1 to"),
    ("KJ0001e", "define employed", "# 在籍\ndefine employed"),
    ("KJ0001f", "a.way == enter", "a.way ＝＝ enter"),
    ("KJ0001g", "require employed(a.person, date(a.at))", "require length(a.person.name) ≧ １２;"),
    ("KJ0001h", "define employed", "/* 在籍\ndefine employed"),
    ("KJ0001i", "require employed(a.person, date(a.at))", "require length(a.person.name) / 2 > 3"),
    ("KJ0001j", "require employed(a.person, date(a.at))", "require employed（a.person, date(a.at)）"),
    ("KJ0002b", "message \"{a.at} に {a.person} が利用した\"", "message \"{a.at} に {a.person} が利用した”"),
    ("KJ0004b", "a.way == enter", "a.way = enter"),
    ("KJ0004c", "require employed(a.person, date(a.at))", "require 1 < length(a.person.name) < 9"),
    ("KJ0004d", "date(a.at))\n", "date(a.at])\n"),
    ("KJ0004e", "が利用した\"\n}\n", "が利用した\"\n"),
    (
        "KJ0004f",
        "      duty b \"使用できる従業者を限定すること\"\n    }\n",
        "      duty b \"使用できる従業者を限定すること\"\n",
    ),
    ("KJ0004g", "a.person, date(a.at)", "a.person date(a.at)"),
    ("KJ0004h", "p.left is none", "p.left is null"),
    ("KJ0004i", "a.way == enter", "a.way not in [enter]"),
    ("KJ0004j", "date(a.at))\n", "date(a.at)))\n"),
    ("KJ0004k", "date(a.at))\n", "date(a.at)\n"),
    ("KJ0004l", "p.left is none", "p.left is \"x\""),
    ("KJ0004m", "at in period and", "at in period AND"),
    ("KJ0004n", "way: enter }", "way: - }"),
    ("KJ0101c", "define employed", "define used() = true\ndefine employed"),
    ("KJ0103b", "require employed(a.person, date(a.at))", "require way == enter"),
    ("KJ0203d", "p.left is none or", "p.left == none or"),
    ("KJ0206b", "period 2026-04-01 to 2026-04-30", "period 2026-04-01 to 2026-13-30"),
    ("KJ0208b", "date(a.at))\n", "date(a.at, 3))\n"),
    (
        "KJ0209b",
        "require employed(a.person, date(a.at))",
        "require length(a.person.name) < 99999999999999999999",
    ),
];

/// A ruleset without a fault that uses another one and the rest of the language.
const WIDE: &str = r#"#### facts
ruleset facts version "1.2.0"
export state person "従業者" {
  key id: text "従業者番号"
  name: text personal "氏名"
  fresh within 31 days
}
export state right "利用権限" {
  person: ref person "利用者"
  granted: date "付与日"
  revoked: date? "失効日"
  fresh within 31 days
  valid from granted before revoked
}
export event access "利用記録" at at {
  at: datetime "日時"
  person: ref person "利用者"
  address: ip "接続元"
  fresh within 1 day
}
state hidden "見えない台帳" { id: text "番号" fresh within 1 day }
#### rules
use "facts" version "1"
standard 基準 "試験の基準" {
  section "5" "管理策" {
    criterion "5(3)" {
      text "使用できる従業者を限定すること。"
      duty a "使用できる従業者を限定すること"
    }
  }
}
enum level "水準" { high "高い", low "低い" }
export table room "部屋" {
  key id: text "番号"
  level: level "水準値"
  row { id: "A", level: 高い }
  row { id: "B", level: low }
}
relation may_use "利用できる者" (person: ref person "利用者", since: date "開始日") {
  from r in right yield r.person, r.granted
}
relation above "上位の者" (upper: ref person "上", lower: ref person "下") {
  from r in right, o in right where r.granted == o.granted yield r.person, o.person
  from a in above, b in above where a.lower == b.upper yield a.upper, b.lower
}
export param networks "拠点": [cidr] = ["10.0.0.0/8"] because "試験のため"
rule used "権限のある利用" {
  covers "5(3)a"
  for each a in access where a.at in period
  require some m in may_use at a.at where m.person == a.person
  message "{a.at} に {a.person} が利用した"
}
rule held "権限の保持" {
  covers "5(3)a"
  judged throughout period
  for each p in person
  require some r in right where r.person == p.id
  due 2026-04-01
  message "{p} に権限がない"
}
test "権限のある者は適合" for used {
  period 2026-04-01 to 2026-04-30
  person { id: "甲" }
  right { person: "甲", granted: 2026-04-01 } at 2026-04-01
  access { at: 2026-04-02 10:00, person: "甲", address: "10.0.0.1" }
  expect met 1
  expect true some a in above where a.upper == "甲"
}
test "期間を通じて" for held {
  period 2026-04-01 to 2026-04-30
  person { id: "甲" }
  expect violated "甲" from 2026-04-01 to 2026-04-30
}
"#;

/// A code, what to replace in the wide ruleset, and by what; a code with several cases has the others under its number and a letter.
const WIDE_CASES: &[Case] = &[
    (
        "KJ0112",
        "param networks",
        "param rooms \"部屋\": int = 1 because \"\"\nrule x \"x\" { covers \"5(3)a\" require some r in 部屋 message \"\" }\nparam networks",
    ),
    (
        "KJ0112b",
        "row { id: \"A\", level: 高い }",
        "more: text? \"水準値\"\n  row { id: \"A\", 水準値: 高い }",
    ),
    ("KJ0113", "use \"facts\" version \"1\"", "use \"facts\" version \"1.3\""),
    ("KJ0113b", "ruleset facts version \"1.2.0\"\n", ""),
    ("KJ0114", "ruleset facts version \"1.2.0\"\n", "ruleset facts version \"1.2.0\"\nuse \"rules\"\n"),
    (
        "KJ0115",
        "ruleset facts version \"1.2.0\"\n",
        "ruleset facts version \"1.2.0\"\nruleset again version \"1.0.0\"\n",
    ),
    ("KJ0115b", "ruleset facts version \"1.2.0\"\n", "ruleset facts version \"1.2\"\n"),
    ("KJ0101b", "param networks", "param person"),
    ("KJ0104b", "some m in may_use at a.at where m.person == a.person", "some h in hidden"),
    (
        "KJ0116",
        "from a in above, b in above where a.lower == b.upper yield a.upper, b.lower",
        "from a in above where no b in above where b.upper == a.lower yield a.upper, a.lower",
    ),
    (
        "KJ0116b",
        "param networks",
        "relation p (x: text) { from b in q yield b.x }\nrelation q (x: text) { from r in right where (count a in p) > 1 yield \"甲\" }\nparam networks",
    ),
    (
        "KJ0116c",
        "param networks",
        "relation p (x: text) { from r in right where no a in q yield \"甲\" }\nrelation q (x: text) { from r in right where no a in p yield \"甲\" }\nparam networks",
    ),
    ("KJ0125", "valid from granted before revoked", "valid from granted before person"),
    (
        "KJ0125b",
        "address: ip \"接続元\"\n  fresh within 1 day\n",
        "address: ip \"接続元\"\n  fresh within 1 day\n  valid from at\n",
    ),
    ("KJ0126", "row { id: \"B\", level: low }", "row { id: \"B\" }"),
    ("KJ0126b", "row { id: \"B\", level: low }", "row { id: \"A\", level: low }"),
    ("KJ0126c", "row { id: \"B\", level: low }", "row { id: \"B\", level: unknown }"),
    ("KJ0127", "yield r.person, r.granted", "yield r.person"),
    ("KJ0127b", "yield a.upper, b.lower", "yield a.upper, b.lower.id"),
    ("KJ0127c", "from a in above, b in above", "from a in above, b in above at 2026-04-01"),
    ("KJ0127d", "param networks", "relation empty (x: text) { }\nparam networks"),
    ("KJ0128", "address: ip \"接続元\"", "address: [ip] \"接続元\""),
    (
        "KJ0128b",
        "require some m in may_use at a.at where m.person == a.person",
        "require a.address == networks",
    ),
    ("KJ0210b", "[cidr] = [\"10.0.0.0/8\"]", "[cidr] = \"10.0.0.0/8\""),
    ("KJ0213", "for each a in access where", "for each a in access at today where"),
    ("KJ0213b", "for each p in person\n", "for each p in person at any time\n"),
    ("KJ0214", "may_use at a.at where", "may_use at moment where"),
    (
        "KJ0215",
        "require some m in may_use at a.at where m.person == a.person",
        "require no g in gaps(access)",
    ),
    ("KJ0216", "some m in may_use at a.at where m.person == a.person", "a.person.name matches /甲(乙/"),
    ("KJ0217", "address: \"10.0.0.1\"", "address: \"10.0.0\""),
    ("KJ0217c", "address: \"10.0.0.1\"", "address: \"300.1.1.1\""),
    ("KJ0217d", "[cidr] = [\"10.0.0.0/8\"]", "[cidr] = [\"10.0.0.0/40\"]"),
    ("KJ0217b", "[cidr] = [\"10.0.0.0/8\"]", "[cidr] = [\"10.0.0.1/8\"]"),
    (
        "KJ0219",
        "require some r in right where r.person == p.id",
        "require (latest r.granted over r in right) is not none",
    ),
    (
        "KJ0201b",
        "require some r in right where r.person == p.id",
        "require (sum r.granted over r in right) > 1",
    ),
    ("KJ0201c", "a.at in period", "a.at in \"期間\""),
    (
        "KJ0203b",
        "require some r in right where r.person == p.id",
        "require (max r.granted over r in right) < today",
    ),
    ("KJ0305", "for each p in person\n", "for each p in access\n"),
    ("KJ0305b", "due 2026-04-01", "due date(moment)"),
    ("KJ0306", "for each a in access where a.at in period", "for each pair (a, b) in right by person"),
    (
        "KJ0314",
        "ruleset facts version \"1.2.0\"\n",
        "ruleset facts version \"1.2.0\"\nstandard other \"別の基準\" { section \"5\" \"\" { criterion \"5(3)\" { text \"守る\" duty a \"守る\" } } }\n",
    ),
    (
        "KJ0321b",
        "access { at: 2026-04-02 10:00, person: \"甲\", address: \"10.0.0.1\" }",
        "may_use { person: \"甲\" }",
    ),
    ("KJ0321c", "  expect met 1\n", "  expect met from 2026-04-01 to 2026-04-02\n"),
    ("KJ0321d", "test \"期間を通じて\" for held {", "test \"期間を通じて\" {"),
];

#[test]
fn the_sound_rulesets_have_no_fault() {
    for sound in [SOUND, WIDE, audits::SOUND, lints::SOUND] {
        let checked = check(sound, &[]);
        let faults: Vec<&str> = checked.codes().into_iter().filter(|code| *code != "KJ0404").collect();
        assert_eq!(faults, Vec::<&str>::new(), "{}", checked.shown());
    }
}

/// Every case with the sound ruleset that it changes.
fn all_cases() -> impl Iterator<Item = (&'static str, &'static Case)> {
    let of = |sound, cases: &'static [Case]| cases.iter().map(move |case| (sound, case));
    let language = of(SOUND, CASES).chain(of(WIDE, WIDE_CASES));
    language.chain(of(audits::SOUND, audits::CASES)).chain(of(lints::SOUND, lints::CASES))
}

#[test]
fn what_may_come_out_either_way_is_no_fault() {
    for (name, from, to) in lints::SOUND_CASES {
        assert_eq!(lints::SOUND.matches(from).count(), 1, "{name}: {from:?} must stand once");
        let checked = check(&lints::SOUND.replace(from, to), &[]);
        assert_eq!(checked.codes(), Vec::<&str>::new(), "{name}: {}", checked.shown());
    }
}

#[test]
fn each_mistake_is_said_once() {
    for (sound, (name, from, to)) in all_cases() {
        assert_eq!(sound.matches(from).count(), 1, "{name}: {from:?} must stand once in the sound ruleset");
        let nested = format!("{}true{}", "(".repeat(80), ")".repeat(80));
        let to = to.replace("NESTED", &nested).replace("DEFINITIONS", &chain("deep", 9, negated));
        let checked = check(&sound.replace(from, &to), &[]);
        let code = name.trim_end_matches(char::is_alphabetic);
        assert!(checked.codes().contains(&code), "{name} is not reported: {}", checked.shown());
        insta::assert_snapshot!(*name, checked.shown());
    }
}

#[test]
fn every_code_has_a_case() {
    let all = kijun_syntax::CODES.iter().chain(kijun_analysis::CODES);
    let has_case = |id: &str| all_cases().any(|(_, case)| case.0 == id) || id == OF_FORMATTER;
    let without: Vec<&str> = all.map(|code| code.id).filter(|id| !has_case(id)).collect();
    assert_eq!(without, Vec::<&str>::new(), "add a case to CASES for each");
}

/// The code that only writing in the other spelling reports; the formatter's tests have its case.
const OF_FORMATTER: &str = "KJ0008";

#[test]
fn a_bad_override_is_said_where_it_stands() {
    insta::assert_snapshot!("override", check(SOUND, &[("grace", "3 yaers")]).shown());
    insta::assert_snapshot!("override_unknown", check(SOUND, &[("grase", "3 days")]).shown());
    insta::assert_snapshot!(
        "override_list",
        check(WIDE, &[("networks", "[\"10.0.0.0\", \"10.0.0.1/8\"]")]).shown()
    );
}

#[test]
fn an_override_by_which_nothing_is_fresh_is_said_where_it_stands() {
    let by_param = SOUND.replace("fresh within 1 day", "fresh within grace");
    let said = ["0 days", "-3 days", "99 years", "3 days"]
        .map(|value| check(&by_param, &[("grace", value)]).shown());
    insta::assert_snapshot!("override_of_freshness", said.concat());
}

#[test]
fn a_list_may_be_overridden() {
    let checked = check(WIDE, &[("networks", "[\"10.0.0.0/8\", \"192.168.0.0/16\"]")]);
    let param = checked.analysis.program.params.values().next().unwrap();
    assert!(param.overridden);
    insta::assert_snapshot!("override_of_list", format!("{:?}", param.value));
}

#[test]
fn a_broken_declaration_does_not_hide_the_next() {
    let text = SOUND
        .replace("require employed(a.person, date(a.at))", "require (")
        .replace("expect met 1", "expect mett 1");
    let codes = check(&text, &[]).codes();
    assert!(codes.contains(&"KJ0004") && codes.contains(&"KJ0322"), "{codes:?}");
}

#[test]
fn whatever_is_missing_nothing_breaks() {
    for sound in [SOUND, WIDE, audits::SOUND, lints::SOUND] {
        let words: Vec<&str> = sound.split_inclusive(' ').collect();
        for left_out in 0..words.len() {
            let text: String =
                words.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, word)| *word).collect();
            // Debug builds check the invariants of what comes of it.
            let _ = check(&text, &[]).codes();
        }
        let swapped = |at: usize| {
            let mut words = words.clone();
            words.swap(at, (at * 7 + 3) % sound.split(' ').count());
            words.concat()
        };
        (0..words.len()).for_each(|at| drop(check(&swapped(at), &[])));
    }
}

/// Definitions `name0` to `name` and `last`, each made of the one before it.
fn chain(name: &str, last: usize, of: impl Fn(&str) -> String) -> String {
    let define = |at: usize| format!("export define {name}{at}() = {}\n", of(&format!("{name}{}()", at - 1)));
    format!("define {name}0() = true\n") + &(1..=last).map(define).collect::<String>()
}

fn negated(inner: &str) -> String {
    format!("{}{inner}{}", "not (".repeat(8), ")".repeat(8))
}

#[test]
fn what_comes_of_a_call_is_bounded() {
    let codes = |definitions: &str| {
        check(&SOUND.replace("define employed", &format!("{definitions}define employed")), &[]).codes()
    };
    let double = |inner: &str| format!("{inner} and {inner}");
    assert!(codes(&chain("deep", 40, negated)).contains(&"KJ0220"));
    assert!(codes(&chain("double", 40, double)).contains(&"KJ0208"));
    assert_eq!(codes(&chain("deep", 4, negated)), Vec::<&str>::new());
    assert_eq!(codes(&chain("double", 6, double)), Vec::<&str>::new());
}

#[test]
fn a_long_chain_is_not_deep() {
    let long = |part: &str, op: &str| vec![part; 500].join(op);
    let text = SOUND
        .replace("require employed", &format!("require {} and employed", long("a.way == enter", " and ")));
    assert_eq!(check(&text, &[]).codes(), Vec::<&str>::new());
}
