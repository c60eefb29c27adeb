//! What a ruleset without an error is asked about.

use super::Case;

/// A ruleset without a fault.
pub(crate) const SOUND: &str = r#"#### facts
export enum way "入退" { enter "入室", leave "退室" }
export state person "従業者" {
  key id: text "従業者番号"
  joined: date "入社日"
  left: date? "退職日"
  fresh within 31 days
}
export state permit "許可" {
  person: ref person "対象者"
  clause: text "条項"
  fresh within 31 days
}
export event access "利用記録" at at {
  at: datetime "日時"
  person: ref person "利用者"
  way: way "入退の別"
  size: int "量"
  fresh within 1 day
}
#### rules
use "facts"
standard 基準 "試験の基準" {
  section "5" "管理策" {
    criterion "5(3)" {
      text "使用できる従業者を限定すること。"
      duty a "使用できる従業者を限定すること"
    }
  }
}
export param most "上限": int = 10 because "試験のため"
export define large(a: access) = a.size > most
relation visitor "利用した者" (person: ref person "利用者") {
  from a in access where a.way == enter and a.at in period yield a.person
}
rule small "量の制限" {
  covers "5(3)a"
  for each a in access where a.at in period and a.way == enter
  require not large(a) and a.size < 100
  excused by g in permit where g.person == a.person and g.clause == "5(3)"
  message "{a.at} に多くを利用した"
}
rule monthly "月ごとの利用" {
  covers "5(3)a"
  for each m in months(period)
  require some v in visitor where v.person.joined <= m.end
  message "{m.start} からの月に利用がない"
}
rule leavers "退職者の利用" {
  covers "5(3)a"
  for each a in access where a.at in period and a.person.left is not none or none
  require false
  message "{a.at} に退職者が利用した"
}
test "少ない利用" for small {
  period 2026-04-01 to 2026-04-30
  access { at: 2026-04-02 10:00, person: "甲", way: enter, size: 1 }
  expect met 1
}
test "毎月の利用" for monthly {
  period 2026-04-01 to 2026-04-30
  person { id: "甲", joined: 2020-04-01 }
  access { at: 2026-04-02 10:00, person: "甲", way: enter, size: 1 }
  expect met 1
}
test "退職者" for leavers {
  period 2026-04-01 to 2026-04-30
  person { id: "甲", joined: 2020-04-01, left: 2025-03-31 }
  access { at: 2026-04-02 10:00, person: "甲", way: enter, size: 1 }
  expect violated 1
}
"#;

const LIMIT: &str = "require not large(a) and a.size < 100";
const EXCEPTION: &str = "excused by g in permit where g.person == a.person and g.clause == \"5(3)\"";
const VISITOR: &str = "relation visitor";
const USED: &str = "a.at in period and a.way == enter";

pub(crate) const CASES: &[Case] = &[
    (
        "KJ0406",
        "  access { at: 2026-04-02 10:00, person: \"甲\", way: enter, size: 1 }\n  expect met 1\n}\ntest \"退職者\"",
        "  expect violated 1\n}\ntest \"退職者\"",
    ),
    ("KJ0407", LIMIT, "require a.size == a.size"),
    ("KJ0407b", LIMIT, "require true"),
    ("KJ0407c", LIMIT, "require a.size < 100 or a.way != leave"),
    ("KJ0407d", LIMIT, "require (count p in permit) >= 0"),
    ("KJ0407e", LIMIT, "require a.way in [enter, leave]"),
    ("KJ0407f", LIMIT, "needs a.size < 3\n  require a.size < 5"),
    ("KJ0408", LIMIT, "require a.size > 5 and a.size < 3"),
    ("KJ0408b", LIMIT, "require large(a) and not (a.size > most)"),
    (
        "KJ0408c",
        LIMIT,
        "require some b in access where b.at in period and b.person == a.person and a.way == leave",
    ),
    ("KJ0408d", USED, "a.at in period and a.way == enter and a.way == leave"),
    ("KJ0408e", LIMIT, "require a.size > most and most >= a.size"),
    ("KJ0408f", "a.person.left is not none or none", "a.person.left is not none"),
    ("KJ0409", EXCEPTION, "excused by g in permit where g.clause == \"5(3)\" and g.clause == \"5(4)\""),
    ("KJ0409b", EXCEPTION, "excused by g in permit where g.person == a.person and a.way == leave"),
    (
        "KJ0409c",
        EXCEPTION,
        "excused by g in permit where g.person == a.person and a.size < 5 and not large(a)",
    ),
    (
        "KJ0410",
        EXCEPTION,
        "excused by g in permit where g.person == a.person and g.clause == \"5(3)\"\n  excused by h in permit where h.clause == \"5(3)\" and a.person == h.person",
    ),
    ("KJ0411", VISITOR, "define small_one(a: access) = a.size < 3\nrelation visitor"),
    ("KJ0411b", VISITOR, "param least \"下限\": int = 1 because \"試験のため\"\nrelation visitor"),
    (
        "KJ0411c",
        VISITOR,
        "relation chain (a: ref person, b: ref person) {\n  from p in person yield p.id, p.id\n  from c in chain, d in chain where c.b == d.a yield c.a, d.b\n}\nrelation visitor",
    ),
    ("KJ0411d", "export enum way", "export enum colour \"色\" { red \"赤\" }\nexport enum way"),
    ("KJ0411e", VISITOR, "table room \"部屋\" { key id: text row { id: \"A\" } }\nrelation visitor"),
    (
        "KJ0412",
        "#### rules\n",
        "#### other\nexport state desk \"机\" { key id: text fresh within 1 day }\n#### rules\nuse \"other\"\n",
    ),
    ("KJ0413", "because \"試験のため\"", "because \" \""),
    ("KJ0414", "relation visitor \"利用した者\"", "relation visitor \"access\""),
    ("KJ0415", LIMIT, "require today - a.person.joined < 1 year"),
    (
        "KJ0415b",
        "int = 10 because \"試験のため\"\nexport define large(a: access) = a.size > most",
        "duration = 3 business days because \"試験のため\"\nexport define large(a: access) = today - date(a.at) > most",
    ),
    ("KJ0415c", LIMIT, "require 30 days < 1 month"),
    ("KJ0416", "for each m in months(period)\n", "for each m in months(period) or none\n"),
    ("KJ0422", LIMIT, "needs a.size > 5\n  needs a.size < 3\n  require a.size < 5"),
    ("KJ0419", LIMIT, "require some b in access where b.person == a.person and b.way == leave"),
];

/// What is put in the place of something, and is no fault: what looks certain and is not.
pub(crate) const SOUND_CASES: &[Case] = &[
    ("a parameter may change", LIMIT, "require a.size > most and a.size < 3"),
    (
        "another row",
        LIMIT,
        "require some b in access where b.person == a.person and b.way == leave and b.at in period",
    ),
    ("bounds with a value between", LIMIT, "require a.size > 3 and a.size < 5"),
    ("one of two is possible", LIMIT, "require (a.size > 5 and a.size < 3) or a.size == 7"),
    ("a log may have gaps", LIMIT, "require covered(access)"),
    ("not of every subject", LIMIT, "require a.way == enter and a.size < 5"),
    (
        "another person",
        LIMIT,
        "require a.person.left is none and (some p in person where p.left is not none and p.left > today)",
    ),
    ("a number of rows", LIMIT, "require (count p in permit) > 0"),
    ("needs that may be shown", LIMIT, "needs a.size > 3\n  require a.size < 5"),
    ("the same length", LIMIT, "require today - a.person.joined < 365 days"),
    ("an exception for some", EXCEPTION, "excused by g in permit where g.person == a.person and a.size < 50"),
    (
        "two exceptions",
        EXCEPTION,
        "excused by g in permit where g.person == a.person\n  excused by h in permit where h.person == a.person and h.clause == \"5(3)\"",
    ),
    (
        "parts of a part",
        "for each m in months(period)\n",
        "for each m in months(period) where m.end <= today or none\n",
    ),
    (
        "for others",
        "#### rules\n",
        "#### other\nuse \"facts\"\nexport define late(a: access) = a.size > 3\nexport state desk \"机\" { key id: text fresh within 1 day }\n#### rules\n",
    ),
];
