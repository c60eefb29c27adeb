//! What the layout looks like.

use crate::check::{check_properties, file, format};

/// Holds the layout of a text to the one that is expected, and to what is true of every file.
fn check(text: &str, expected: &str) {
    let expected = expected.trim_start_matches('\n');
    assert_eq!(format(text), expected);
    check_properties(text);
}

#[test]
fn nothing_stays_nothing() {
    check("", "");
    check(" \n\n\t", "");
    check("\n// 註  \n\n\n// 二", "// 註\n\n// 二\n");
}

#[test]
fn a_file_that_does_not_parse_has_no_layout() {
    for text in ["rule", "rule a \"甲\" { require }", "define a() = \"", "define a() = 1 ＋ 2", "/// 註"] {
        assert_eq!(kijun_syntax::format(&file(text)), None, "{text}");
    }
}

#[test]
fn declarations_stand_apart_by_one_line() {
    check(
        "\n\n// 頭\n\nparam a \"甲\": int = 1 because \"乙\" param b \"甲\": int = 1 because \"乙\" // 後\n\n\n\n// 前\n/// 説明\ndefine c() = a",
        r#"
// 頭

param a "甲": int = 1 because "乙"

param b "甲": int = 1 because "乙" // 後

// 前
/// 説明
define c() = a
"#,
    );
}

#[test]
fn a_standard_keeps_its_order_and_single_empty_lines() {
    check(
        "standard s \"基準\" {\n\n edition \"1\" section \"1\" \"章\" { note \"い\"\n\n\n criterion \"1\" {duty a \"ろ\" text \"ろ\"} } issuer \"市\" }",
        r#"
standard s "基準" {
  edition "1"
  section "1" "章" {
    note "い"

    criterion "1" {
      duty a "ろ"
      text "ろ"
    }
  }
  issuer "市"
}
"#,
    );
}

#[test]
fn an_enum_stays_in_its_line_if_it_fits() {
    check(r#"enum w "入退" {enter "入"   leave "退",}"#, "enum w \"入退\" { enter \"入\", leave \"退\" }\n");
    check(
        "enum w \"入退\" {\n enter \"入\", leave \"退\" }",
        "enum w \"入退\" {\n  enter \"入\"\n  leave \"退\"\n}\n",
    );
    check(
        r#"enum w "入退" { enter "管理区域の扉を開けて中に入ったことを示す入退室の値", leave "管理区域の扉を開けて外に出たことを示す入退室の値" }"#,
        r#"
enum w "入退" {
  enter "管理区域の扉を開けて中に入ったことを示す入退室の値"
  leave "管理区域の扉を開けて外に出たことを示す入退室の値"
}
"#,
    );
    check("enum w \"入退\" {  }", "enum w \"入退\" {}\n");
}

#[test]
fn freshness_by_a_parameter_keeps_its_comments() {
    check(
        "state s \"台帳\" { fresh // 一\n  within // 二\n fresh_register // 三\n key id:text }",
        r#"
state s "台帳" {
  // 一
  // 二
  fresh within fresh_register // 三
  key id: text
}
"#,
    );
}

#[test]
fn fields_stand_each_on_a_line() {
    check(
        "/// 名簿\nevent e \"事\" at at{ fresh  within 1 day key id:text personal \"番号\" p : ref person ? at:date}",
        r#"
/// 名簿
event e "事" at at {
  fresh within 1 day
  key id: text personal "番号"
  p: ref person?
  at: date
}
"#,
    );
}

#[test]
fn clauses_stand_in_a_column() {
    check(
        "rule r \"規則\" { covers \"1\",\"2\" severity major for each a in f where a.x==1 or none needs  a.y is not none needs a.z require not (a.y) excused by g in h due period.end message \"{ a.x }\" remedy \"直す\" }",
        r#"
rule r "規則" {
  covers   "1", "2"
  severity major
  for each a in f where a.x == 1
  or none
  needs    a.y is not none
  needs    a.z
  require  not (a.y)
  excused by g in h
  due      period.end
  message  "{ a.x }"
  remedy   "直す"
}
"#,
    );
}

#[test]
fn long_conditions_break_before_operators() {
    check(
        "rule r \"規則\" {
        for each a in access_log where a.used_at in period and a.succeeded and a.asset.handles_personal_info and a.person is not none
        require a.person is not none and (some r in access_right where r.asset == a.asset and r.person is not none and r.person == a.person and may_use_on(r, date(a.used_at)))
        require some r in access_right where r.asset == a.asset and (r.person is none or r.person == a.person) and may_use_on(r, date(a.used_at)) }",
        r#"
rule r "規則" {
  for each a in access_log where a.used_at in period and a.succeeded and a.asset.handles_personal_info
    and a.person is not none
  require  a.person is not none
           and (some r in access_right where r.asset == a.asset and r.person is not none and r.person == a.person
             and may_use_on(r, date(a.used_at)))
  require  some r in access_right where r.asset == a.asset and (r.person is none or r.person == a.person)
    and may_use_on(r, date(a.used_at))
}
"#,
    );
}

#[test]
fn bodies_of_definitions_begin_a_line_if_they_do_not_fit() {
    check(
        "define trained(e: employee, topic: training_topic) = if training_year == audited_year then (some t in training_record where t.person == e.id and t.topic == topic and t.status == completed and t.held_on in period) else false",
        r#"
define trained(e: employee, topic: training_topic) =
  if training_year == audited_year
  then (some t in training_record where t.person == e.id and t.topic == topic and t.status == completed
    and t.held_on in period)
  else false
"#,
    );
}

#[test]
fn columns_are_those_of_the_terminal() {
    let filled = |width: usize| "あ".repeat(width / 2) + &"a".repeat(width % 2);
    let head = "param a \"甲\": int = 1 because \"";
    // The head takes 31 columns and the closing quote one.
    let (fits, does_not) = (filled(119 - 31), filled(120 - 31));
    check(&format!("{head}{fits}\""), &format!("{head}{fits}\"\n"));
    let head_alone = head.trim_end_matches(" \"");
    check(&format!("{head}{does_not}\""), &format!("{head_alone}\n  \"{does_not}\"\n"));
}

#[test]
fn rows_of_a_test_are_filled_or_one_cell_a_line() {
    check(
        "test \"事例\" for r {
  period 2026-04-01  to 2026-04-30 today 2026-04-20
  asset {id:\"PC-1\",kind:pc,}
  asset {}
  training_plan { id: \"1\", topic: handling, covers_from: 2026-04-01, covers_until: 2027-03-31, planned_on: 2026-05-20, approved_on: 2026-04-01 }
  asset {
   id: \"PC-2\", kind: unknown
  }
  missing asset gap access 2026-04-03 to 2026-04-05
  expect met 1,violated \"甲\",\"乙\"
}",
        r#"
test "事例" for r {
  period 2026-04-01 to 2026-04-30
  today  2026-04-20
  asset { id: "PC-1", kind: pc }
  asset {}
  training_plan { id: "1", topic: handling, covers_from: 2026-04-01, covers_until: 2027-03-31, planned_on: 2026-05-20,
    approved_on: 2026-04-01 }
  asset {
    id: "PC-2",
    kind: unknown
  }
  missing asset
  gap access 2026-04-03 to 2026-04-05
  expect met 1, violated "甲", "乙"
}
"#,
    );
}

#[test]
fn comments_keep_their_places() {
    check(
        "rule r \"規則\" { // 一
// 二

   // 三
  covers \"1\" // 四
  require a // 五
    // 六
    and b // 七

  // 八

} // 九
// 十",
        r#"
rule r "規則" { // 一
  // 二

  // 三
  covers   "1" // 四
  require  a // 五
           // 六
           and b // 七

  // 八
} // 九

// 十
"#,
    );
    check(
        "enum e \"値\" { a \"甲\", // 一\n b \"乙\" // 二\n , // 三\n }\ntest \"事例\" for r { f { a: 1, // 四\n b: 2 } }",
        r#"
enum e "値" {
  a "甲" // 一
  b "乙" // 二
  // 三
}

test "事例" for r {
  f { a: 1, // 四
    b: 2 }
}
"#,
    );
}

#[test]
fn carriage_returns_are_dropped() {
    check(
        "// 註\r\nparam a \"甲\": int = 1 because \"乙\"\r\n",
        "// 註\nparam a \"甲\": int = 1 because \"乙\"\n",
    );
}
