//! The buildings: doors, devices against intruders, safes, inspections, and when a log stood still.

use crate::file::{EvidenceFile, Form, fixed};

/// All files about the buildings.
pub(crate) fn files() -> Vec<EvidenceFile> {
    vec![sites(), doors(), protection(), storage(), inspections(), outages()]
}

fn sites() -> EvidenceFile {
    fixed(
        "evidence/facility/sites.csv",
        Form::Cp932,
        ["事業所番号", "事業所名", "契約書類への記載"],
        &[["S-01", "本館", "有"], ["S-02", "別館", "有"], ["S-03", "営業所", "無"]],
    )
}

/// The door of the annex stood open for a weekend in July.
fn doors() -> EvidenceFile {
    fixed(
        "evidence/entry/doors.csv",
        Form::Cp932,
        ["扉名", "区域番号", "認証方式", "読取防止", "理由", "記録", "開始日", "終了日"],
        &[
            [
                "本館3階サーバ室扉",
                "Z-01",
                "生体",
                "読み取られる情報がない",
                "静脈の型は表示も印字もされない",
                "entry-main",
                "2020/4/1",
                "",
            ],
            ["本館2階保管室扉", "Z-02", "カード", "スキミング防止", "", "entry-main", "2020/4/1", ""],
            [
                "別館1階事務室扉",
                "Z-03",
                "カード",
                "スキミング防止",
                "",
                "entry-annex",
                "2020/4/1",
                "2026/7/10",
            ],
            [
                "別館1階事務室扉",
                "Z-03",
                "認証なし",
                "措置なし",
                "什器の搬入のため常時解錠",
                "entry-annex",
                "2026/7/11",
                "2026/7/12",
            ],
            ["別館1階事務室扉", "Z-03", "カード", "スキミング防止", "", "entry-annex", "2026/7/13", ""],
            ["本館2階審査事務室扉", "Z-04", "カード", "スキミング防止", "", "entry-main", "2020/4/1", ""],
        ],
    )
}

/// From the reports of the guards. The camera of the store was away for three days, the alarm of the annex failed its
/// test in September and was repaired seven weeks later, the camera of the annex was not tested for more than a year.
fn protection() -> EvidenceFile {
    fixed(
        "evidence/security/protection.csv",
        Form::Cp932,
        ["装置番号", "警戒区画", "種別", "設置日", "撤去日", "点検日", "点検結果", "修理日"],
        &[
            ["LK-01", "Z-01", "施錠装置", "R2.4.1", "", "R8.9.8", "良", ""],
            ["LK-02", "Z-02", "施錠装置", "R2.4.1", "", "R8.9.8", "良", ""],
            ["LK-03", "Z-03", "施錠装置", "R2.4.1", "", "R8.9.8", "良", ""],
            ["LK-04", "Z-04", "施錠装置", "R2.4.1", "", "R8.9.8", "良", ""],
            ["AL-01", "Z-01", "警報措置", "R2.4.1", "", "R8.9.8", "良", ""],
            ["AL-02", "Z-02", "警報措置", "R2.4.1", "", "R8.9.8", "良", ""],
            ["AL-03", "Z-03", "警報措置", "R2.4.1", "", "R8.9.8", "否", "R8.10.26"],
            ["AL-04", "Z-04", "警報措置", "R2.4.1", "", "R8.9.8", "良", ""],
            ["MN-01", "Z-01", "監視装置", "R2.4.1", "", "R8.9.8", "良", ""],
            ["MN-02", "Z-02", "監視装置", "R2.4.1", "R8.8.3", "R7.9.9", "良", ""],
            ["MN-12", "Z-02", "監視装置", "R8.8.6", "", "R8.9.8", "良", ""],
            ["MN-03", "Z-03", "監視装置", "R2.4.1", "", "R7.9.9", "良", ""],
            ["MN-04", "Z-04", "監視装置", "R2.4.1", "", "R8.9.8", "良", ""],
        ],
    )
}

fn storage() -> EvidenceFile {
    fixed(
        "evidence/facility/storage.csv",
        Form::Cp932,
        ["保管庫番号", "区域番号", "施錠", "耐火", "鍵の管理者"],
        &[
            ["B-01", "Z-02", "○", "○", "E0006"],
            ["B-02", "Z-02", "○", "○", "E0006"],
            ["B-03", "Z-03", "○", "×", "E0010"],
        ],
    )
}

/// Something was brought into the annex in May; a week later it was in order.
fn inspections() -> EvidenceFile {
    fixed(
        "evidence/facility/inspections.csv",
        Form::Utf8Bom,
        ["点検番号", "点検日", "対象", "項目", "結果", "点検者"],
        &[
            ["点-01", "２０２６/５/２０", "Z-01", "仕切り", "良", "E0002"],
            ["点-02", "２０２６/５/２０", "Z-02", "仕切り", "良", "E0002"],
            ["点-03", "２０２６/５/２０", "Z-03", "仕切り", "良", "E0002"],
            ["点-04", "２０２６/５/２０", "Z-04", "仕切り", "良", "E0002"],
            ["点-05", "２０２６/５/２０", "Z-01", "持込み機器", "良", "E0002"],
            ["点-06", "２０２６/５/２０", "Z-02", "持込み機器", "良", "E0002"],
            ["点-07", "２０２６/５/２０", "Z-03", "持込み機器", "否", "E0002"],
            ["点-08", "２０２６/５/２７", "Z-03", "持込み機器", "良", "E0002"],
            ["点-09", "２０２６/５/２０", "Z-04", "持込み機器", "良", "E0002"],
            ["点-10", "2026/6/3", "本館3階サーバ室扉", "認証装置の読取防止", "良", "E0003"],
            ["点-11", "2026/6/3", "本館2階保管室扉", "認証装置の読取防止", "良", "E0003"],
            ["点-12", "2026/6/3", "本館2階審査事務室扉", "認証装置の読取防止", "良", "E0003"],
            ["点-13", "2026/6/3", "B-01", "保管庫", "良", "E0006"],
            ["点-14", "2026/6/3", "B-02", "保管庫", "良", "E0006"],
            ["点-15", "2026/6/3", "B-03", "保管庫", "良", "E0006"],
            ["点-16", "2026/9/30", "Z-02", "貸与品の棚卸し", "否", "E0006"],
        ],
    )
}

/// Planned maintenance on a Saturday evening; nobody was in.
fn outages() -> EvidenceFile {
    fixed(
        "evidence/entry/outages.csv",
        Form::Cp932,
        ["停止番号", "ログ", "区域番号", "停止", "復旧", "計画", "代わりの記録"],
        &[["停-01", "入退室記録", "", "2026/10/10 20:00", "2026/10/10 23:30", "○", "警備員の巡回記録"]],
    )
}
