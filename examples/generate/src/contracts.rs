//! The contracts with the city, its permits, the subcontracts, who was paid and sent data, how long logs are kept.

use crate::file::{EvidenceFile, Form, fixed};

/// All files about contracts.
pub(crate) fn files() -> Vec<EvidenceFile> {
    vec![contracts(), permits(), subcontracts(), payees(), transfers(), retention()]
}

/// The survey ended with the last fiscal year.
fn contracts() -> EvidenceFile {
    fixed(
        "evidence/contract/contracts.csv",
        Form::Cp932,
        ["契約番号", "件名", "開始日", "終了日", "更新後の終了日", "中途終了日", "月報"],
        &[
            ["C-2026-01", "申請書入力業務委託", "令和8年4月1日", "令和9年3月31日", "", "", "要"],
            [
                "C-2025-07",
                "通知書封入業務委託",
                "令和7年10月1日",
                "令和8年9月30日",
                "令和9年9月30日",
                "",
                "要",
            ],
            ["C-2024-03", "市民アンケート集計業務委託", "令和6年4月1日", "令和8年3月31日", "", "", "不要"],
        ],
    )
}

/// The second permit was not renewed with its contract; the third came after the work had begun. Between the two on
/// the server of the data centre lies a week.
fn permits() -> EvidenceFile {
    let header = [
        "許可番号",
        "契約番号",
        "条項",
        "対象",
        "許された相手",
        "許可日",
        "有効期間の初日",
        "有効期間の末日",
        "取消日",
        "公印",
        "条件",
        "条件に反した日",
    ];
    let row = |id, contract, clause, object, peer, granted, from, until, condition| {
        [id, contract, clause, object, peer, granted, from, until, "", "○", condition, ""]
    };
    let rows = [
        row(
            "許可-01",
            "C-2026-01",
            "5(12)a",
            "架空データ入力株式会社",
            "",
            "R8.3.16",
            "R8.4.1",
            "R9.3.31",
            "本市の立入りを受ける",
        ),
        row("許可-02", "C-2025-07", "5(12)a", "見本運送株式会社", "", "R7.9.10", "R7.10.1", "R8.9.30", ""),
        row("許可-03", "C-2026-01", "5(12)a", "例示印刷株式会社", "", "R8.6.10", "R8.6.1", "R9.3.31", ""),
        row("許可-04", "C-2025-07", "5(2)a", "CL-001", "", "R7.9.10", "R7.10.1", "R8.8.31", ""),
        row("許可-05", "C-2025-07", "5(2)a", "CL-001", "", "R8.9.3", "R8.9.8", "R9.9.30", ""),
        row("許可-06", "C-2025-07", "5(1)b", "CL-001", "DC閉域網", "R7.9.10", "R7.10.1", "R9.9.30", ""),
        row("許可-07", "C-2024-03", "5(10)a", "置-05", "", "R8.3.24", "R8.4.1", "R9.3.31", "再集計に備える"),
    ];
    fixed("evidence/contract/permits.csv", Form::Utf8, header, &rows)
}

/// Parties are partly written in half width; they compare equal after NFKC.
fn subcontracts() -> EvidenceFile {
    fixed(
        "evidence/contract/subcontracts.csv",
        Form::Cp932,
        ["委託番号", "契約番号", "相手方", "業務", "個人情報の有無", "契約日", "終了日"],
        &[
            ["W-01", "C-2026-01", "架空ﾃﾞｰﾀ入力株式会社", "申請書の入力", "有", "2026/4/1", "2027/3/31"],
            ["W-02", "C-2025-07", "見本運送株式会社", "通知書の運送", "有", "2025/10/1", "2027/9/30"],
            ["W-03", "C-2026-01", "例示印刷株式会社", "通知書の印刷", "有", "2026/6/1", "2027/3/31"],
            ["W-04", "C-2026-01", "架空保守株式会社", "空調及びサーバの保守", "無", "2026/4/1", "2027/3/31"],
            ["W-05", "C-2026-01", "例示清掃株式会社", "清掃", "無", "2026/4/1", "2027/3/31"],
        ],
    )
}

/// Nobody decided what the fifth does.
fn payees() -> EvidenceFile {
    fixed(
        "evidence/accounting/payees.csv",
        Form::Cp932,
        ["支払先番号", "会社名", "委託に当たらない"],
        &[
            ["払-001", "架空ﾃﾞｰﾀ入力株式会社", "無"],
            ["払-002", "見本運送株式会社", "無"],
            ["払-003", "例示印刷株式会社", "無"],
            ["払-004", "架空保守株式会社", "無"],
            ["払-005", "模擬発送代行合同会社", "無"],
            ["払-006", "例示電力株式会社", "有"],
            ["払-007", "架空リース株式会社", "有"],
            ["払-008", "例示清掃株式会社", "無"],
        ],
    )
}

/// In October a list of addresses went to the carrier, whose permit had ended.
fn transfers() -> EvidenceFile {
    fixed(
        "evidence/accounting/transfers.tsv",
        Form::Tsv,
        ["sent", "to", "file", "personal", "by"],
        &[
            ["2026-04-08 16:02", "架空データ入力株式会社", "申請書画像 第1便", "yes", "専用線"],
            ["2026-04-30 17:10", "本市", "入力結果 4月分", "yes", "専用線"],
            ["2026-05-29 17:05", "本市", "入力結果 5月分", "yes", "専用線"],
            ["2026-06-15 10:20", "例示印刷株式会社", "通知書 版下", "yes", "ファイル転送"],
            ["2026-06-30 17:08", "本市", "入力結果 6月分", "yes", "専用線"],
            ["2026-07-31 17:02", "本市", "入力結果 7月分", "yes", "専用線"],
            ["2026-08-31 17:04", "本市", "入力結果 8月分", "yes", "専用線"],
            ["2026-09-04 11:30", "見本運送株式会社", "配達先一覧 8月分", "yes", "ファイル転送"],
            ["2026-09-30 17:00", "本市", "入力結果 9月分", "yes", "専用線"],
            ["2026-10-05 11:45", "見本運送株式会社", "配達先一覧 9月分", "yes", "ファイル転送"],
            ["2026-10-06 09:15", "架空保守株式会社", "機器の一覧", "no", "メール"],
            ["2026-10-30 17:03", "本市", "入力結果 10月分", "yes", "専用線"],
        ],
    )
}

/// The fourth line was not moved when its contract was renewed. The ninth is a day too short.
fn retention() -> EvidenceFile {
    fixed(
        "evidence/contract/retention.csv",
        Form::Utf8,
        ["定め番号", "契約番号", "ログの種類", "システム", "保管期限"],
        &[
            ["保-01", "C-2026-01", "入退室記録", "入退室管理", "2028/3/31"],
            ["保-02", "C-2026-01", "利用記録", "ログ保管庫", "2028/3/31"],
            ["保-03", "C-2025-07", "入退室記録", "入退室管理", "無期限"],
            ["保-04", "C-2025-07", "利用記録", "ログ保管庫", "2027/9/30"],
            ["保-05", "C-2026-01", "保存データの利用記録", "ログ保管庫", "2028/3/31"],
            ["保-06", "C-2025-07", "保存データの利用記録", "ログ保管庫", "2028/9/30"],
            ["保-07", "C-2024-03", "入退室記録", "入退室管理", "2027/3/31"],
            ["保-08", "C-2024-03", "利用記録", "ログ保管庫", "2027/3/31"],
            ["保-09", "C-2024-03", "保存データの利用記録", "ログ保管庫", "2027/3/30"],
        ],
    )
}
