//! What people confirm, audits, catalogues and crosswalks.

use super::Case;

/// A ruleset without a fault.
pub(crate) const SOUND: &str = r#"standard 基準 "試験の基準" {
  section "5" "管理策" {
    criterion "5(3)" {
      text "アクセス権等を設定し、従業者を監督すること。"
      duty a "アクセス権等を設定し"
      duty b "従業者を監督すること"
    }
  }
  section "9" "点検及び監査" {
    criterion "9(1)" {
      text "定期的に監査を行うこと。"
      duty a "定期的に監査を行うこと"
    }
  }
}
export state person "従業者" {
  key id: text "従業者番号"
  fresh within 31 days
}
event incident "事故" at at {
  at: datetime "日時"
  grave: bool "重大"
  reviewed: date? "監査日"
  fresh within 1 day
}
rule reviewed "事故後の監査" {
  covers "5(3)a", "9(1)a"
  for each i in incident where i.at in period or none
  require i.reviewed is not none
  message "{i.at} の事故の後に監査がない"
}
attest supervise "監督" {
  covers      "5(3)b"
  severity    major
  question    "従業者を監督したか"
  answered by "総括保護管理者", "保護管理者"
  attach      "監督記録"
  holds for   1 year
}
audit yearly "内部監査" {
  covers   "9(1)a"
  kind     internal
  schedule "0 0 9 1 10,4 MON-FRI" in "Asia/Tokyo"
  over     previous fiscal_year
  scope    "5", "5(3)", "9(1)a"
  auditor  independent
  remind   7 days, 1 month, 30 days before
  report   within 30 days
  close findings within 60 days
}
audit special "臨時監査" {
  covers  "9(1)a"
  kind    external
  after each i in incident where i.grave and (i.reviewed is none or i.reviewed > today) within 10 business days
  over    month
  auditor external
}
catalogue iso "ISO" {
  control "A.5.15" "アクセス制御"
  control "A.8.3" "情報へのアクセス制限" unverified
}
catalogue pms "JIS" {
  control "J.1" "安全管理措置" "security measures"
  control "J.2" "苦情及び相談"
}
crosswalk 基準 to iso {
  "5(3)a" -> "A.5.15" full, "A.8.3" partial "基準の解説" unverified
  "5(3)b" -> none
  "9(1)a" -> none
}
crosswalk iso to pms {
  "A.5.15" -> "J.1" supports
  "A.8.3" -> none
  none -> "J.2"
}
test "監査のない事故" for reviewed {
  period 2026-04-01 to 2026-04-30
  incident { at: 2026-04-02 10:00, grave: true, reviewed: none }
  expect violated 1
}
"#;

pub(crate) const CASES: &[Case] = &[
    ("KJ0301b", "  question    \"従業者を監督したか\"\n", ""),
    ("KJ0301c", "  answered by \"総括保護管理者\", \"保護管理者\"\n", ""),
    ("KJ0301d", "  holds for   1 year\n", ""),
    ("KJ0301e", "  schedule \"0 0 9 1 10,4 MON-FRI\" in \"Asia/Tokyo\"\n", ""),
    ("KJ0301f", "  kind     internal\n", ""),
    ("KJ0301g", "  over     previous fiscal_year\n", ""),
    ("KJ0301h", "  auditor  independent\n", ""),
    ("KJ0301i", "  covers      \"5(3)b\"\n  severity", "  severity"),
    ("KJ0302b", "  severity    major\n", "  severity    major\n  severity    minor\n"),
    ("KJ0302c", "  over    month\n", "  over    month\n  schedule \"0 0 9 1 10 *\" in \"Asia/Tokyo\"\n"),
    ("KJ0302d", "  report   within 30 days\n", "  report   within 30 days\n  report   within 31 days\n"),
    ("KJ0303b", "  severity    major\n", "  severity    majr\n"),
    ("KJ0105b", "i.grave and", "i.graev and"),
    ("KJ0203c", "i.reviewed is none or i.reviewed > today", "i.reviewed > today"),
    ("KJ0108b", "  covers      \"5(3)b\"\n", "  covers      \"5(3)c\"\n"),
    ("KJ0108c", "\"9(1)a\" -> none", "\"9(1)b\" -> none"),
    ("KJ0331", "  holds for   1 year\n", "  holds for   0 years\n"),
    ("KJ0331b", "7 days, 1 month, 30 days before", "7 days, 0 months before"),
    ("KJ0331c", "within 10 business days", "within 0 business days"),
    ("KJ0332", "\"総括保護管理者\", \"保護管理者\"", "\"総括保護管理者\", \" \""),
    ("KJ0333", "  kind     internal\n", "  kind     internl\n"),
    ("KJ0333b", "previous fiscal_year", "previous fiscal_yaer"),
    ("KJ0333c", "\"A.5.15\" full", "\"A.5.15\" ful"),
    ("KJ0333d", "  auditor  independent\n", "  auditor  indepedent\n"),
    ("KJ0334", "\"0 0 9 1 10,4 MON-FRI\"", "\"0 9 1 10 *\""),
    ("KJ0334b", "\"0 0 9 1 10,4 MON-FRI\"", "\"0 0 9 1 10,4 1-5\""),
    ("KJ0334c", "\"0 0 9 1 10,4 MON-FRI\"", "\"0 0 25 1 10,4 *\""),
    ("KJ0334d", "\"0 0 9 1 10,4 MON-FRI\"", "\"0 0 9 ** 10 2030\""),
    ("KJ0334e", "\"0 0 9 1 10,4 MON-FRI\"", "\"0 0 9 1 10 MON 2030\""),
    ("KJ0335", "\"0 0 9 1 10,4 MON-FRI\"", "\"0 0 9 31 2,4,6 *\""),
    ("KJ0336", "in \"Asia/Tokyo\"", "in \"Asia/Tokio\""),
    (
        "KJ0337",
        "after each i in incident where i.grave and (i.reviewed is none or i.reviewed > today)",
        "after each p in person",
    ),
    (
        "KJ0337b",
        "after each i in incident where i.grave and (i.reviewed is none or i.reviewed > today)",
        "after each m in months(period)",
    ),
    ("KJ0338", "\"5\", \"5(3)\", \"9(1)a\"", "\"5\", \"5(4)\""),
    ("KJ0341", "crosswalk 基準 to iso", "crosswalk 基準 to isu"),
    ("KJ0341b", "crosswalk iso to pms", "crosswalk iso to 基準"),
    ("KJ0341c", "crosswalk iso to pms", "crosswalk person to pms"),
    ("KJ0342", "\"A.5.15\" full", "\"A.5.51\" full"),
    ("KJ0342b", "\"A.5.15\" -> \"J.1\"", "\"A.5.16\" -> \"J.1\""),
    ("KJ0343", "control \"A.8.3\"", "control \"A.5.15\" \"もう一つ\"\n  control \"A.8.3\""),
    ("KJ0344", "\"A.8.3\" partial", "\"A.5.15\" partial"),
    ("KJ0344b", "\"9(1)a\" -> none", "\"9(1)a\" -> none\n  \"5(3)a\" -> none"),
    ("KJ0344c", "\"9(1)a\" -> none", "\"9(1)a\" -> none\n  \"9(1)a\" -> none"),
    ("KJ0344d", "none -> \"J.2\"", "none -> \"J.2\", \"J.1\""),
    ("KJ0401b", "  covers      \"5(3)b\"\n", "  covers      \"5(3)a\"\n"),
    ("KJ0417", "  \"9(1)a\" -> none\n", ""),
    ("KJ0418", "  auditor  independent\n", "  auditor  any\n"),
    ("KJ0421", "  \"A.8.3\" -> none\n", ""),
    ("KJ0421b", "\"A.5.15\" -> \"J.1\" supports", "\"A.5.15\" -> none"),
    ("KJ0418b", "  auditor external\n", "  auditor any\n"),
];
