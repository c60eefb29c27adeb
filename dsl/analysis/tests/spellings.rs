//! A ruleset in one spelling and in the other is the same program, and names are called by either.

#![expect(clippy::unwrap_used, reason = "a test stops where its premises fail")]

mod support;

use std::collections::BTreeMap;

use kijun_analysis::{NameUse, Options, Unit, name_uses};
use kijun_ir::Calendar;
use kijun_source::Sources;
use kijun_syntax::ast::Spelling;
use support::check;

const ENGLISH: &str = r#"standard 基準 "試験の基準" {
  section "5" "管理策" {
    criterion "5(3)" {
      text "使用できる従業者を限定すること。"
      duty a "使用できる従業者を限定すること"
    }
  }
}

enum passage "通行" { enter "入る", leave "出る", unknown_one "不明" }

state person "従業者" {
  key id: text "従業者番号"
  left: date? "退職日"
  boss: ref person? "上司"
  fresh within 31 days
}

state right "利用権限" {
  person: ref person "利用者"
  granted: date "付与日"
  revoked: date? "失効日"
  fresh within 31 days
  valid from granted before revoked
}

event access "利用記録" at at {
  at: datetime "日時"
  person: ref person "利用者"
  passage: passage "入退"
  fresh within 1 day
}

export table room "部屋" {
  key id: text "番号"
  way: passage "通り方"
  row { id: "A", way: enter }
}

param limit "上限": int = 3 because "試験のため"

relation may_use "利用できる者" (person: ref person "利用者") { from r in right yield r.person }

define employed(p: person, on: date) = p.left is none or p.left >= on

rule used "権限のある利用" {
  covers  "5(3)a"
  for each a in access where a.at in period and a.passage in [enter, leave]
  require (some m in may_use at a.at where m.person == a.person)
    and employed(a.person, date(a.at)) and (count b in access where b.at in period and b.person == a.person) <= limit
  due     period.end
  message "{a.at} に {a.person} が利用した"
}

attest supervise "監督" {
  covers      "5(3)a"
  question    "監督したか"
  answered by "総括保護管理者"
  holds for   1 year
}

audit yearly "内部監査" {
  covers   "5(3)a"
  kind     internal
  schedule "0 0 9 1 10 MON-FRI" in "Asia/Tokyo"
  over     previous fiscal_year
  scope    all
  auditor  independent
  remind   30 days, 7 days before
}

audit special "臨時監査" {
  covers "5(3)a"
  kind external
  after each a in access where a.passage == unknown_one within 10 business days
  over month
  auditor external
}

catalogue iso "国際規格" {
  control "A.5.15" "アクセス制御"
  control "A.5.7" "脅威情報" "threat intelligence"
}

crosswalk 基準 to iso {
  "5(3)a" -> "A.5.15" full "基準の解説"
  none -> "A.5.7"
}

test "権限のある者は適合" for used {
  period 2026-04-01 to 2026-04-30
  person { id: "甲" }
  right { person: "甲", granted: 2026-04-01 } at 2026-04-01
  access { at: 2026-04-02 10:00, person: "甲", passage: enter }
  expect met 1
}
"#;

/// The uses of names in a file.
fn uses(text: &str) -> Vec<NameUse> {
    let mut sources = Sources::new();
    let id = sources.add("rules.kijun", text);
    let unit = Unit { files: vec![kijun_syntax::parse(sources.file(id)).0], uses: Vec::new() };
    name_uses(&[unit], &Options { calendar: Calendar::japan(), overrides: Vec::new() })
}

/// The same file in another spelling, with names as the analysis says.
fn respelled(text: &str, spelling: Spelling, word: fn(&NameUse) -> &str) -> String {
    let checked = check(text, &[]);
    assert_eq!(checked.codes(), Vec::<&str>::new(), "{}", checked.shown());
    let names: BTreeMap<_, _> = uses(text).iter().map(|used| (used.span, word(used).to_owned())).collect();
    let mut sources = Sources::new();
    let id = sources.add("rules.kijun", text);
    kijun_syntax::format_as(sources.file(id), spelling, &names).unwrap()
}

/// A program as text, without the places of its parts.
fn meaning(text: &str) -> String {
    let program = check(text, &[]).analysis.program;
    let judged =
        format!("{:#?}{:#?}{:#?}{:#?}", program.facts, program.relations, program.rules, program.tests);
    let planned = format!("{:#?}{:#?}{:#?}", program.attests, program.audits, program.crosswalks);
    let printed = judged + &planned;
    let placed =
        |line: &&str| !["span", "file", "start: ", "end: "].iter().any(|word| line.trim().starts_with(word));
    printed.lines().filter(placed).collect::<Vec<_>>().join("\n")
}

#[test]
fn both_spellings_mean_the_same() {
    let japanese = respelled(ENGLISH, Spelling::Japanese, |used| &used.japanese);
    insta::assert_snapshot!(japanese);
    assert_eq!(meaning(&japanese), meaning(ENGLISH));
}

#[test]
fn a_ruleset_comes_back_as_it_was() {
    let japanese = respelled(ENGLISH, Spelling::Japanese, |used| &used.japanese);
    let english = respelled(&japanese, Spelling::English, |used| &used.english);
    assert_eq!(english, respelled(ENGLISH, Spelling::English, |used| &used.english));
}

#[test]
fn a_label_that_is_a_local_name_is_not_offered() {
    let text = ENGLISH.replace("(count b in access where b.at in period and b.person == a.person) <= limit", "(count 上限 in access where 上限.at in period and 上限.person == a.person) <= limit and (some 入る in access where 入る.at in period and 入る.passage == enter)");
    let names = uses(&text);
    let start = text.find("入る.passage == enter").unwrap() + "入る.passage == ".len();
    assert!(names.iter().any(|used| &*used.japanese == "上限"));
    assert!(!names.iter().any(|used| used.span.start as usize == start));
}

#[test]
fn messages_use_the_words_of_the_file() {
    let japanese = respelled(ENGLISH, Spelling::Japanese, |used| &used.japanese);
    let mistakes = [
        ("  文言     \"{a.日時} に {a.利用者} が利用した\"\n", ""),
        ("期待 適合 1", "期待 適号 1"),
        ("p.退職日 が 空である または ", ""),
        ("抽出 利用権限 r 導出 r.利用者", "抽出 利用権現 r 導出 r.利用者"),
    ];
    let text = mistakes.iter().fold(japanese, |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, to)
    });
    insta::assert_snapshot!(check(&text, &[]).shown());
}
