//! The register of documents, the index of what they say, the processes, and the list of laws.

use crate::file::{EvidenceFile, Form, fixed, table};

/// All files about documents.
pub(crate) fn files() -> Vec<EvidenceFile> {
    vec![register(), index(), audience(), processes(), laws()]
}

/// The policy of 2023 ended two days before its successor began. The procedure on disposal is overdue for review.
fn register() -> EvidenceFile {
    let header = [
        "文書番号",
        "種類",
        "文書名",
        "版",
        "状態",
        "施行日",
        "失効日",
        "承認者",
        "承認日",
        "公表・周知日",
        "次回見直し日",
        "管理責任者",
    ];
    let rows = [
        "HS-01_v3 基本方針 個人情報保護方針 3 廃止 2023/4/1 2026/5/31 E0001 2023/3/20 2023/4/1 - E0002",
        "HS-01_v4 基本方針 個人情報保護方針 4 承認済み 2026/6/3 - E0001 2026/5/25 2026/6/3 - E0002",
        "HS-01_v5 基本方針 個人情報保護方針 5 案 2027/4/1 - - - - - E0002",
        "KT-01_v6 規程 個人情報保護規程 6 承認済み 2025/4/1 - E0001 2025/3/18 2025/4/1 2027/3/31 E0002",
        "TJ-01_v4 手順 個人情報取扱手順 4 承認済み 2025/4/1 - E0002 2025/3/18 2025/4/1 2027/3/31 E0002",
        "TJ-02_v2 手順 入室認証情報管理手順 2 承認済み 2025/4/1 - E0002 2025/3/18 2025/4/1 2027/3/31 E0003",
        "TJ-03_v1 手順 削除廃棄手順 1 承認済み 2024/10/1 - E0002 2024/9/20 2024/10/1 2026/9/30 E0003",
        "TJ-04_v3 手順 事故対応手順 3 承認済み 2025/4/1 - E0002 2025/3/18 2025/4/1 2027/3/31 E0002",
        "SR-01_v9 就業規則 就業規則 9 承認済み 2022/4/1 - E0001 2022/3/15 2022/4/1 - E0029",
        "HK-01_v2 労働契約・派遣契約 労働者派遣個別契約 2 承認済み 2025/4/1 - E0001 2025/3/20 - - E0029",
    ];
    table("evidence/documents/register.csv", Form::Utf8Bom, &header, &split(&rows))
}

/// Cells between spaces; a hyphen is an empty one.
fn split(rows: &[&str]) -> Vec<Vec<String>> {
    let cell = |cell: &str| if cell == "-" { String::new() } else { cell.to_owned() };
    rows.iter().map(|row| row.split(' ').map(cell).collect()).collect()
}

/// The policy of 2026 no longer names the managers of the units.
fn index() -> EvidenceFile {
    let rows = [
        "HS-01_v3 3 体制 総括保護管理者の明記 - -",
        "HS-01_v3 3 体制 保護管理者の明記 - -",
        "HS-01_v4 3 体制 総括保護管理者の明記 - -",
        "KT-01_v6 第5条 総括保護管理者 総括保護管理者の明記 C-a -",
        "KT-01_v6 第6条 保護管理者 保護管理者の明記 C-a -",
        "KT-01_v6 第10条 組織的安全管理措置 組織的安全管理措置 C-b -",
        "KT-01_v6 第11条 取扱状況の確認 - C-c -",
        "KT-01_v6 第12条 事案に対応する体制 漏えい等の報告 C-d -",
        "KT-01_v6 第13条 違反の報告 違反の報告 - -",
        "KT-01_v6 第14条 見直し 見直しの周期 C-e -",
        "KT-01_v6 第20条 人的安全管理措置 人的安全管理措置 D-a -",
        "KT-01_v6 第21条 教育 - D-b -",
        "KT-01_v6 第22条 違反への対処 - D-c -",
        "KT-01_v6 第23条 監督の周期 監督の周期 - -",
        "KT-01_v6 第30条 物理的安全管理措置 物理的安全管理措置 E-a -",
        "KT-01_v6 第31条 盗難等の防止 - E-b -",
        "KT-01_v6 第32条 媒体の取扱い - E-c -",
        "KT-01_v6 第40条 技術的安全管理措置 技術的安全管理措置 F-a -",
        "KT-01_v6 第41条 識別と認証 - F-b -",
        "KT-01_v6 第42条 不正アクセスの防止 - F-c -",
        "KT-01_v6 第43条 漏えい等の防止 - F-d -",
        "KT-01_v6 第50条 法令の遵守 法令の遵守 - -",
        "TJ-01_v4 1.2 総括保護管理者 総括保護管理者の明記 - -",
        "TJ-01_v4 1.3 保護管理者 保護管理者の明記 - E0002",
        "TJ-02_v2 2 発行 認証情報の発行 - -",
        "TJ-02_v2 3 変更 認証情報の変更 - -",
        "TJ-02_v2 4 紛失 認証情報の紛失 - -",
        "TJ-02_v2 5 失効 認証情報の失効 - -",
        "TJ-02_v2 6 見直し 認証情報の見直し - -",
        "TJ-03_v1 2 削除と廃棄 - E-d -",
        "TJ-04_v3 3 事実関係の調査 事実関係の調査 - -",
        "TJ-04_v3 4 原因の究明 原因の究明 - -",
        "TJ-04_v3 5 再発防止 再発防止策の検討・決定 - -",
        "SR-01_v9 第18条 秘密の保持 秘密保持 - -",
        "HK-01_v2 第9条 秘密の保持 秘密保持 - -",
    ];
    let header = ["文書番号", "条項", "見出し", "記載事項", "手引の項目", "明記された者"];
    table("evidence/documents/index.tsv", Form::Tsv, &header, &split(&rows))
}

fn audience() -> EvidenceFile {
    fixed(
        "evidence/documents/audience.tsv",
        Form::Tsv,
        ["文書番号", "雇用形態", "条項"],
        &[
            ["SR-01_v9", "正社員", "第2条"],
            ["SR-01_v9", "契約社員", "第2条"],
            ["SR-01_v9", "パート", "第2条第2項"],
            ["HK-01_v2", "派遣", "第1条"],
        ],
    )
}

/// Taken in 2025 and not since.
fn processes() -> EvidenceFile {
    fixed(
        "evidence/documents/processes.csv",
        Form::Cp932,
        ["過程番号", "過程", "手順"],
        &[
            ["K-01", "取得", "TJ-01_v4"],
            ["K-02", "利用", "TJ-01_v4"],
            ["K-03", "保存", "TJ-01_v4"],
            ["K-04", "提供", "TJ-01_v4"],
            ["K-05", "削除・廃棄", "TJ-03_v1"],
        ],
    )
}

/// The amendment of October was not assessed. The days of the amendments are invented.
fn laws() -> EvidenceFile {
    fixed(
        "evidence/legal/laws.csv",
        Form::Cp932,
        ["番号", "法令名", "直近の改正の施行日", "影響評価日", "担当者", "最終確認日"],
        &[
            [
                "法-01",
                "個人情報の保護に関する法律",
                "令和8年6月1日",
                "令和8年5月20日",
                "E0029",
                "令和8年10月15日",
            ],
            ["法-02", "例示市個人情報保護法施行条例", "", "", "E0029", "令和8年10月15日"],
            ["法-03", "サイバーセキュリティ基本法", "令和9年4月1日", "", "E0029", "令和8年10月15日"],
            ["法-04", "労働者派遣法", "令和8年10月1日", "", "E0032", "令和8年10月15日"],
        ],
    )
}
