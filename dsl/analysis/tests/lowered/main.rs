//! What sound rulesets mean: each case as the checked program that it becomes.

#![expect(clippy::unwrap_used, reason = "a test stops where its premises fail")]

mod print;
#[path = "../support/mod.rs"]
mod support;

use kijun_ir::Program;
use support::check;

/// What the cases below are written in.
const FACTS: &str = r#"standard 基準 "試験の基準" {
  section "5" "管理策" {
    criterion "5(3)" {
      text "利用できる従業者を限定すること。"
      duty a "利用できる従業者を限定すること"
    }
  }
}
enum passage "入退" { enter "入室", leave "退室" }
state person "従業者" {
  key id: text "従業者番号"
  name: text "氏名"
  left: date? "退職日"
  boss: ref person? "上司"
  fresh within 31 days
}
state device "端末" {
  key id: text "管理番号"
  address: ip "アドレス"
  kind: text "種別"
  fresh within 31 days
}
state right "利用権限" {
  device: ref device "端末"
  person: ref person "利用者"
  granted: date "付与日"
  revoked: datetime? "失効日時"
  fresh within 31 days
  valid from granted before revoked
}
state permission "許可" {
  person: ref person "対象者"
  days: period? "有効日"
  fresh within 31 days
  valid in days
  kept for 3 years after contract end
}
state member "所属" {
  group: text "グループ"
  child: text "構成員"
  fresh within 31 days
}
event access "利用記録" at at {
  at: datetime "日時"
  device: ref device "端末"
  person: ref person "利用者"
  passage: passage "入退"
  size: int "量"
  note: text? "備考"
  fresh within 1 day
}
event booking "予約" at day { day: date "日" person: ref person "利用者" fresh within 1 day }
table room "部屋" {
  key id: text "番号"
  owner: ref person? "管理者"
  open: period "開放"
  row { id: "A", owner: "甲", open: (2026-04-01 to 2026-04-30) }
  row { id: "B", open: 令和8年度 }
}
param kinds "種類": [text] = ["pc", "server"] because "試験のため"
param inside "拠点": [cidr] = ["10.0.0.0/8", "192.168.1.0/24"] because "試験のため"
param nowhere "例外の拠点": [cidr] = [] because "試験のため"
param grace "猶予": duration = 3 business days because "試験のため"
"#;

/// A program of the facts above and more.
fn program(more: &str) -> Program {
    let checked = check(&format!("{FACTS}{more}"), &[]);
    let errors: Vec<_> =
        checked.analysis.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).collect();
    assert!(errors.is_empty(), "{:?}\n{}", checked.codes(), checked.shown());
    assert_eq!(kijun_ir::invariants::check(&checked.analysis.program), None);
    checked.analysis.program
}

/// The rules of a program that has clauses besides `covers` and `message`.
fn rules(cases: &[&str]) -> String {
    let rule = |(index, clauses): (usize, &&str)| {
        format!("rule r{index} \"規則{index}\" {{\n  covers \"5(3)a\"\n  {clauses}\n  message \"違反\"\n}}\n")
    };
    let program = program(&cases.iter().enumerate().map(rule).collect::<String>());
    program.rules.values().map(|rule| print::rule(&program, rule)).collect()
}

#[test]
fn states_are_read_as_of_a_moment() {
    insta::assert_snapshot!(rules(&[
        "for each d in device require d.id == \"1\"",
        "for each a in access require some d in device at a.at where d.id == a.device",
        "for each a in access require some r in right at a.at where r.device == a.device",
        "for each a in access require no r in right at date(a.at) where r.device == a.device",
        "for each r in right require r.device.kind == \"pc\"",
        "for each r in right at any time require r.granted <= today",
        "for each p in person require some m in permission where m.person == p.id",
        "for each a in access require some m in permission at a.at where m.person == a.person",
        "judged throughout period for each d in device require some r in right where r.device == d.id",
        "judged throughout period for each r in right require r.person.left is none or r.person.left > date(moment)",
        "judged throughout period require some d in device where d.kind == \"pc\"",
    ]));
}

#[test]
fn references_of_events_are_followed_as_of_the_event() {
    insta::assert_snapshot!(rules(&[
        "for each a in access require a.person.left is none or date(a.at) <= a.person.left",
        "for each a in access require a.person.boss is not none and a.person.boss.name == \"甲\"",
        "for each b in booking require b.person.name == \"甲\"",
        "for each r in room require r.owner is none or r.owner.name == \"甲\"",
        "for each a in access require some r in right at a.at where r.person == a.person and r.device.kind == \"pc\"",
        "for each a in access require some r in right at any time where r.person == a.person and r.device.kind == \"pc\"",
    ]));
}

#[test]
fn parts_of_the_calendar_are_bounded_on_both_sides() {
    insta::assert_snapshot!(rules(&[
        "for each m in months(period) require some a in access where a.at in m.start to m.end",
        "for each d in days(2026-04-01 to 2026-04-30) where is_business_day(d.start) require covered(access, d.start to d.end)",
        "for each q in quarters(fiscal_year_of(today)) require q.末日 >= q.初日",
        "for each y in fiscal_years(period) due y.end + grace require some b in booking where b.day in y.start to y.end",
        "for each g in gaps(access) or none require g.to - g.from < 1 hour",
    ]));
}

#[test]
fn aggregates_are_typed_by_what_they_are_made_of() {
    insta::assert_snapshot!(rules(&[
        "require (count a in access where a.at in period) >= 3",
        "require 3 < count a in access",
        "require (count a in access) == (count b in booking)",
        "require (count a in access) * 2 > 3",
        "require (count a in access) in 1 to 5",
        "require (sum a.size over a in access where a.size > 0) in 1 to 5",
        "require (count distinct a.person over a in access) > 2",
        "for each p in person require (latest a.at over a in access where a.person == p.id) is not none",
        "for each p in person require date((max a.at over a in access where a.person == p.id) else 2026-04-01 10:00) in period",
        "for each p in person require length((first a.note over a in access where a.note is not none) else \"\") > 0",
    ]));
}

#[test]
fn every_is_no_row_without() {
    insta::assert_snapshot!(rules(&[
        "for each p in person require every a in access where a.person == p.id has a.size > 0",
        "for each p in person require every a in access where a.note is not none has length(a.note) > 0",
        "for each p in person require every a in access has a.person == p.id",
    ]));
}

#[test]
fn membership_depends_on_what_is_on_the_right() {
    insta::assert_snapshot!(rules(&[
        "for each a in access require a.at in period",
        "for each a in access require a.at in 2026-04-01 to 2026-04-30",
        "for each a in access require a.at in period.start to today",
        "for each a in access require a.at in 2026-04-01 10:00 to 2026-04-01 12:00",
        "for each a in access require a.size in 1 to 3",
        "for each a in access require a.passage in [enter, 退室]",
        "for each d in device require d.kind in kinds",
        "for each d in device require d.address in \"10.0.0.0/8\" and d.address != \"10.0.0.1\"",
        "for each d in device require \"10.0.0.1\" == d.address",
        "for each d in device require d.address in inside and not d.address in nowhere",
        "for each r in room require is_within(r.open, period) and overlaps(r.open, 2026年度)",
        "for each r in room require r.open.start in period and today in r.open",
    ]));
}

#[test]
fn texts_are_asked_and_made() {
    insta::assert_snapshot!(rules(&[
        r#"for each d in device require d.id matches /PC-[0-9]+/ and d.kind contains "c" and d.id starts with "P""#,
        r#"for each d in device require d.id == "PC-{d.kind}" and wareki(today) == "令和8年4月1日""#,
    ]));
}

#[test]
fn pairs_bind_two_variables() {
    insta::assert_snapshot!(rules(&[
        "for each pair (a, b) in access by person, device where a.passage == enter require b.passage == leave and b.at - a.at < 24 hours",
    ]));
}

#[test]
fn definitions_are_put_in_their_place() {
    let defines = "define used(p: person, on: date?) = some a in access where a.person == p.id and (on is none or date(a.at) == on)\n\
                   define twice(x: bool) = x and x\n";
    let program = program(&format!(
        "{defines}rule r \"規則\" {{ covers \"5(3)a\" for each b in booking require used(b.person, b.day) and twice(some p in person) message \"\" }}"
    ));
    insta::assert_snapshot!(print::rule(&program, program.rules.values().next().unwrap()));
}

#[test]
fn tests_say_what_is_collected_and_asked() {
    let program = program(
        r#"
rule r "規則" { covers "5(3)a" judged throughout period for each d in device require d.kind == "pc" message "" }
test "判定と問い" for r {
  today 2026-06-01
  period 2026-04-01 to 2027-03-31
  device { id: "1", kind: "pc", address: "::ffff:10.0.0.1" } at 令和8年4月1日
  device { id: "2", kind: unknown }
  empty device at 2026-05-01
  stale person
  gap access 2026-04-03 to 2026-04-05
  expect violated "1" from 2026-04-01 to 2026-04-30, met
  expect false some d in device where d.kind == "pc"
}
test "問いだけ" {
  period 2026-04-01 to 2027-03-31
  expect unknown covered(access)
}
"#,
    );
    let tests: Vec<String> = program.tests.iter().map(|test| print::test(&program, test)).collect();
    insta::assert_snapshot!(tests.concat());
}

#[test]
fn definitions_of_other_rulesets_see_their_own_names() {
    let text = "\
        #### facts\n\
        export state person \"従業者\" { key id: text \"番号\" joined: date \"入社日\" kind: kind \"種別\" fresh within 1 day }\n\
        enum kind \"種別\" { staff \"職員\", guest \"来客\" }\n\
        param grace \"猶予\": duration = 3 days because \"\"\n\
        define soon(day: date) = day + grace >= today\n\
        export define new(p: person) = soon(p.joined) and p.kind == staff\n\
        #### rules\n\
        use \"facts\"\n\
        standard 基準 \"基準\" { section \"1\" \"章\" { criterion \"1(1)\" { text \"守る\" duty a \"守る\" } } }\n\
        enum grace \"猶予\" { staff \"別の職員\" }\n\
        rule r \"規則\" { covers \"1(1)a\" for each p in 従業者 where p.種別 == 来客 require not new(p) message \"\" }\n";
    let checked = check(text, &[]);
    assert!(
        !checked.analysis.diagnostics.iter().any(|diagnostic| diagnostic.is_error()),
        "{}",
        checked.shown()
    );
    let program = checked.analysis.program;
    insta::assert_snapshot!(print::rule(&program, program.rules.values().next().unwrap()));
}

#[test]
fn relations_are_derived_in_their_order() {
    let program = program(
        r#"
relation may_use "利用できる者" (device: ref device "端末", person: ref person "利用者") {
  from r in right yield r.device, r.person
  from r in right, b in within where b.parent == r.person.name yield r.device, r.person
}
relation within "所属する者" (parent: text, child: text) {
  from m in member yield m.group, m.child
  from a in within, m in member where a.child == m.group yield a.parent, m.child
}
relation busy (person: ref person, on: date) {
  from a in access yield a.person, date(a.at)
}
relation idle (person: ref person) {
  from p in person where (p.left is none or date(moment) <= p.left) and no b in busy where b.person == p.id yield p.id
  from d in days(period), p in person at d.start where no b in busy where b.person == p.id and b.on == d.start yield p.id
}
rule r "規則" {
  covers "5(3)a"
  for each a in access
  require some m in may_use at a.at where m.device == a.device and m.person == a.person
  message ""
}
rule s "規則" { covers "5(3)a" for each i in idle require no b in busy where b.person == i.person message "" }
rule t "規則" { covers "5(3)a" judged throughout period for each i in idle require i.person.left is none message "" }
"#,
    );
    let rules: String = program.rules.values().map(|rule| print::rule(&program, rule)).collect();
    insta::assert_snapshot!(print::relations(&program) + &rules);
}

#[test]
fn fields_of_relations_are_as_secret_as_what_they_are_made_of() {
    let program = program(
        "state card \"カード\" { key id: text \"番号\" pin: text secret \"暗証\" fresh within 1 day }\n\
         relation pins (pin: text) { from c in card yield c.pin }\n\
         relation more (pin: text, id: text) { from p in pins yield p.pin, \"{p.pin}\" }",
    );
    insta::assert_snapshot!(print::relations(&program));
}
