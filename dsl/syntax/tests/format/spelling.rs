//! One text in the two spellings.

use kijun_source::Span;
use kijun_syntax::ast::{ItemKind, Spelling};
use kijun_syntax::{Keyword, Names};

use crate::check::{check_properties, file, format, spell};

/// Holds an English text in the layout of the language to its Japanese spelling.
fn check(english: &str, japanese: &str) {
    let (english, japanese) = (english.trim_start_matches('\n'), japanese.trim_start_matches('\n'));
    assert_eq!(spell(english, Spelling::Japanese).as_deref(), Some(japanese));
    assert_eq!(spell(japanese, Spelling::English).as_deref(), Some(english));
    assert!(check_properties(english) && check_properties(japanese));
}

#[test]
fn a_rule_reads_as_a_form() {
    check(
        r#"
/// 権限
rule r "規則" {
  judged   throughout period
  covers   "5(3)a", "5(3)b"
  severity major
  for each a in access where a.at in period and not a.failed // 註
  or none
  needs    a.place is not none
  require  some r in may_use at a.at where r.device == a.device and r.person is not none
  excused by g in permission at any time where a.at in g.valid
  due      a.at + 3 business days
  message  "{a.at}: {if a.ok then a.person else none}"
}
"#,
        r#"
/// 権限
規則 r "規則" {
  判定時点 期間全体
  根拠     "5(3)a", "5(3)b"
  重大度   重大
  対象     access a、a.at が 期間 にある かつ a.failed でない // 註
    、なくてもよい
  前提     a.place が 空でない
  要件     ある may_use r、時点 a.at、r.device == a.device かつ r.person が 空でない
  例外     permission g、時点を問わず、a.at が g.valid にある
  期限     a.at + 3営業日
  文言     "{a.at}: {もし a.ok ならば a.person そうでなければ なし}"
}
"#,
    );
}

#[test]
fn populations_take_many_forms() {
    check(
        r#"
rule r "規則" {
  for each pair (a, b) in entry by person, device where a.x <= b.x
  or none
  for each m in months(2026年度) where m.start >= 令和8年4月1日
  for each g in gaps(entry)
}
"#,
        r#"
規則 r "規則" {
  対象     entry の前後 (a, b)、person, device ごと、a.x <= b.x、なくてもよい
  対象     2026年度 の各月 m、m.start >= 令和8年4月1日
  対象     entry の欠落 g
}
"#,
    );
}

#[test]
fn expressions_have_their_own_order() {
    check(
        r#"
define f(x: text?, ys: [text], p: period) =
  x in ys and x in "a" to "b" and (x is none or x starts with "甲") and x matches /^[0-9]\/$/ and not (x contains "乙")
  and not x == "丙" and (sum y.amount over y in payment where y.on in p) > 3
  and (every z in person where z.a has z.b else false) and covered(entry, p)
"#,
        r#"
定義 f(x: 文字列?, ys: [文字列], p: 期間) =
  x が ys にある かつ x が "a" から "b" まで にある かつ (x が 空である または x が "甲" で始まる)
  かつ x が /^[0-9]\/$/ に一致 かつ (x が "乙" を含む) でない かつ 否 x == "丙"
  かつ (合計 y.amount、payment y、y.on が p にある) > 3 かつ (すべての person z、z.a について z.b なければ いいえ)
  かつ 欠落なし(entry, p)
"#,
    );
}

#[test]
fn facts_and_tables_read_as_forms() {
    check(
        r#"
export state person "従業者" {
  key id: text "番号"
  name: text? personal "氏名"
  manager: ref person?
  valid from joined before left
  fresh within 31 days
  kept for 1 year after contract end
}

event entry "入室" at at {
  at: datetime
  fresh within fresh_log
}

table edition "版" {
  key id: text "番号"
  row { id: "A" }
}

relation may_use(device: ref device, person: ref person) {
  from r in access_right yield r.device, r.person
  from g in group_right, m in member at moment where m.group == g.group yield g.device, m.person
}
"#,
        r#"
公開 台帳 person "従業者" {
  識別 id: 文字列 "番号"
  name: 文字列? 個人情報 "氏名"
  manager: 参照 person?
  有効 joined から left より前
  更新 31日以内
  保存 契約終了後 1年
}

記録 entry "入室" 時点 at {
  at: 日時
  更新 fresh_log 以内
}

表 edition "版" {
  識別 id: 文字列 "番号"
  行 { id: "A" }
}

関係 may_use(device: 参照 device, person: 参照 person) {
  抽出 access_right r 導出 r.device, r.person
  抽出 group_right g、member m、時点 その時点、m.group == g.group 導出 g.device, m.person
}
"#,
    );
}

#[test]
fn audits_and_mappings_read_as_forms() {
    check(
        r#"
ruleset anzen version "1.0.0"

use "../facts" version "1"

attest supervise "監督" {
  covers      "3(4)a"
  severity    minor
  question    "監督したか"
  answered by "総括保護管理者", "保護管理者"
  attach      "監督記録"
  holds for   1 year
}

audit internal "内部監査" {
  kind     internal
  schedule "0 0 9 1 10 *" in "Asia/Tokyo"
  after each i in incident where i.grave within 14 days
  over     previous fiscal_year
  scope    all
  auditor  independent
  remind   30 days, 7 days before
  report   within 30 days
  close findings within 60 days
}

catalogue iso "ISO" {
  control "A.5.15" "アクセス制御" "access control" unverified
}

crosswalk anzen to iso {
  "5(3)a" -> "A.5.15" full, "A.8.3" partial "基準" unverified
  "5(3)b" -> none
  none -> "A.5.7", "A.5.23"
}
"#,
        r#"
規則集 anzen 版数 "1.0.0"

取込 "../facts" 版数 "1"

確認 supervise "監督" {
  根拠     "3(4)a"
  重大度   軽微
  設問     "監督したか"
  回答者   "総括保護管理者", "保護管理者"
  添付     "監督記録"
  有効期間 1年
}

監査 internal "内部監査" {
  種別     内部監査
  日程     "0 0 9 1 10 *" 標準時 "Asia/Tokyo"
  契機     incident i、i.grave の後 14日以内
  対象期間 前年度
  範囲     すべて
  監査員   独立
  予告     30日, 7日前
  報告     30日以内
  是正完了 60日以内
}

管理策集 iso "ISO" {
  管理策 "A.5.15" "アクセス制御" "access control" 未確認
}

対応表 anzen から iso {
  "5(3)a" -> "A.5.15" 全部, "A.8.3" 一部 "基準" 未確認
  "5(3)b" -> なし
  なし -> "A.5.7", "A.5.23"
}
"#,
    );
}

#[test]
fn tests_read_as_forms() {
    check(
        r#"
test "事例" {
  period 2026-04-01 to 2026-04-30
  person { id: "甲", left: unknown } at 2026-04-01
  empty person at 2026-05-01
  gap access 2026-04-03 to 2026-04-05
  expect violated "PC-1" from 2026-08-03 to 2026-08-13, met 2
  expect true f("甲")
}
"#,
        r#"
試験 "事例" {
  期間   2026-04-01 から 2026-04-30 まで
  person { id: "甲", left: 不明 } 時点 2026-04-01
  空 person 時点 2026-05-01
  欠落 access 2026-04-03 から 2026-04-05 まで
  期待 不適合 "PC-1"、2026-08-03 から 2026-08-13 まで, 適合 2
  期待 成立 f("甲")
}
"#,
    );
}

#[test]
fn comments_stand_where_both_spellings_have_a_place_for_them() {
    check(
        r#"
rule r "規則" {
  // 一
  for each m in months(2026年度) // 二
  // 三
  where m.start // 四
      in // 五
      f // 六
    // 七
    and // 八
    // 九
    not g(m) // 十
}
"#,
        r#"
規則 r "規則" {
  // 一
  対象     2026年度 の各月 m // 二
  // 三
  、m.start // 四
      が // 五
      f にある // 六
    // 七
    かつ // 八
    // 九
    g(m) でない // 十
}
"#,
    );
}

#[test]
fn comments_before_words_that_one_spelling_lacks_move_behind_them() {
    let japanese = "定義 d() = a が // 一\n b // 二\n // 三\n にある // 四\n かつ x // 五\n でない";
    let formatted = "定義 d() =\n  a が // 一\n    b にある // 二\n  // 三\n  // 四\n  かつ x でない // 五\n";
    assert_eq!(format(japanese), formatted);
    assert!(check_properties(japanese));
}

#[test]
fn an_exported_enum_breaks_in_both_spellings_or_in_none() {
    // In one line the English spelling takes 43 columns beside the label, the Japanese one 41.
    for (label, lines) in [("あ".repeat(38), 1), ("あ".repeat(39), 4)] {
        let japanese = format(&format!("公開 区分 way \"入退\" {{ enter \"{label}\", l \"退\" }}"));
        assert_eq!(japanese.lines().count(), lines);
        assert!(check_properties(&japanese));
    }
    // A comment puts the brace in another line than the words: their width does not matter there.
    for (words, length) in [("export // 註\nenum", 46), ("export enum\n// 註\n", 48)] {
        let text = format!("{words} e \"{}\" {{ a \"甲\", b \"乙\" }}", "あ".repeat(length));
        assert!(check_properties(&text), "{text}");
    }
}

/// The spans of words in a text, each within a longer piece of it, with another word for each.
fn replaced(text: &str, words: &[(&str, &str, &str)]) -> Names {
    let id = file(text).id;
    let mut names = Names::new();
    for (piece, word, other) in words {
        for (at, _) in text.match_indices(piece) {
            let start = at + piece.find(word).unwrap_or(0);
            names.insert(Span::new(id, start, start + word.len()), (*other).to_owned());
        }
    }
    names
}

#[test]
fn names_become_labels_and_come_back() {
    let english =
        "rule r \"甲\" {\n  for each a in access where a.at in period\n  message  \"{a.at} に {a.who}\"\n}\n";
    let japanese = "規則 r \"甲\" {\n  対象     利用 a、a.日時 が 期間 にある\n  文言     \"{a.日時} に {a.利用者}\"\n}\n";
    let names = replaced(
        english,
        &[("in access", "access", "利用"), ("a.at", "at", "日時"), ("who", "who", "利用者")],
    );
    let there = kijun_syntax::format_as(&file(english), Spelling::Japanese, &names);
    assert_eq!(there.as_deref(), Ok(japanese));
    let names = replaced(
        japanese,
        &[("利用 a", "利用", "access"), ("日時", "日時", "at"), ("利用者", "利用者", "who")],
    );
    let back = kijun_syntax::format_as(&file(japanese), Spelling::English, &names);
    assert_eq!(back.as_deref(), Ok(english));
}

#[test]
fn labels_that_are_words_are_not_taken() {
    let text = "define f(x: way) = x == nothing\n";
    let names = replaced(text, &[("nothing", "nothing", "なし")]);
    let there = kijun_syntax::format_as(&file(text), Spelling::Japanese, &names);
    assert_eq!(there.as_deref(), Ok("定義 f(x: way) = x == nothing\n"));
}

#[test]
fn names_that_are_words_are_refused() {
    let text = "define f(なし: text) = なし == \"\"\n";
    let refused = kijun_syntax::format_as(&file(text), Spelling::Japanese, &Names::new()).unwrap_err();
    assert_eq!(refused.iter().map(|it| it.code.id).collect::<Vec<_>>(), ["KJ0008", "KJ0008"]);
}

#[test]
fn words_of_the_other_spelling_are_names() {
    let (tree, diagnostics) = kijun_syntax::parse(&file("規則 rule \"甲\" { 要件 require == some }"));
    assert_eq!((tree.spelling, diagnostics.len()), (Spelling::Japanese, 0));
    let (tree, diagnostics) = kijun_syntax::parse(&file("rule 規則 \"甲\" { require 要件 == ある }"));
    assert_eq!((tree.spelling, diagnostics.len()), (Spelling::English, 0));
}

#[test]
fn keywords_of_the_other_spelling_are_errors() {
    let cases = [
        ("規則 r \"甲\" { require x }", "require"),
        ("規則 r \"甲\" { 要件 some x in y }", "some"),
        ("規則 r \"甲\" { 要件 x and y }", "and"),
        ("rule r \"甲\" { 要件 x }", "要件"),
        ("rule r \"甲\" { require x かつ y }", "かつ"),
        ("区分 a \"甲\" {}\nenum b \"乙\" {}", "enum"),
    ];
    for (text, found) in cases {
        let file = file(text);
        let (_, diagnostics) = kijun_syntax::parse(&file);
        let [diagnostic] = diagnostics.as_slice() else { panic!("{text}: {diagnostics:?}") };
        let span = diagnostic.span().unwrap();
        assert_eq!((diagnostic.code.id, file.slice(span)), ("KJ0007", found), "{text}");
    }
}

#[test]
fn a_declaration_in_the_other_spelling_hides_no_other() {
    let (tree, diagnostics) =
        kijun_syntax::parse(&file("区分 a \"甲\" {}\nenum b \"乙\" {}\n区分 c \"丙\" {}\n"));
    let broken = tree.items.iter().filter(|item| matches!(item.kind, ItemKind::Broken(..))).count();
    assert_eq!((tree.items.len(), broken, diagnostics.len()), (3, 1, 1));
}

#[test]
fn closed_words_are_english_in_the_tree() {
    let words = |text: &str| format!("{:?}", kijun_syntax::parse(&file(text)).0.items);
    let japanese = words("規則 r \"甲\" { 重大度 重大 }");
    assert!(japanese.contains("\"major\""), "{japanese}");
    assert!(words("規則 r \"甲\" { 重大度 甚大 }").contains("\"甚大\""));
    assert!(words("rule r \"甲\" { severity 重大 }").contains("\"重大\""));
}

#[test]
fn no_two_keywords_are_told_apart_by_reservation_alone() {
    // A name may not be a reserved word, so a word that is free as one keyword must not be reserved as another that
    // could stand in the same place: the declarations begin with free words.
    for spelling in Spelling::ALL {
        for keyword in Keyword::DECLARATIONS {
            assert_eq!(Keyword::from_word(keyword.spelling(spelling), spelling), Some(*keyword));
        }
    }
}
