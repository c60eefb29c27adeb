//! The contracts with the city, its permits, the subcontracts, how long logs are kept.

use crate::file::{EvidenceFile, Form, table};

/// All files about contracts.
pub(crate) fn files() -> Vec<EvidenceFile> {
    vec![contracts(), permits(), subcontracts(), retention()]
}

fn contracts() -> EvidenceFile {
    let header = ["契約番号", "件名", "開始日", "終了日", "更新後の終了日", "中途終了日"];
    let rows = [
        ["C-2026-01", "申請書入力業務委託", "令和8年4月1日", "令和9年3月31日", "", ""],
        ["C-2025-07", "通知書封入業務委託", "令和7年10月1日", "令和8年9月30日", "令和9年9月30日", ""],
    ];
    table("evidence/contract/contracts.csv", Form::Cp932, &header, &owned(&rows))
}

/// The second permit was not renewed with its contract; the third came after the work had begun.
fn permits() -> EvidenceFile {
    let header =
        ["許可番号", "契約番号", "条項", "相手方", "許可日", "有効期間の初日", "有効期間の末日", "取消日"];
    let rows = [
        ["許可-01", "C-2026-01", "5(12)", "架空データ入力株式会社", "R8.3.16", "R8.4.1", "R9.3.31", ""],
        ["許可-02", "C-2025-07", "5(12)", "見本運送株式会社", "R7.9.10", "R7.10.1", "R8.9.30", ""],
        ["許可-03", "C-2026-01", "5(12)", "例示印刷株式会社", "R8.6.10", "R8.6.1", "R9.3.31", ""],
    ];
    table("evidence/contract/permits.csv", Form::Utf8, &header, &owned(&rows))
}

/// Parties are partly written in half width; they compare equal after NFKC.
fn subcontracts() -> EvidenceFile {
    let header = ["委託番号", "契約番号", "相手方", "業務", "個人情報の有無", "契約日", "終了日"];
    let rows = [
        ["W-01", "C-2026-01", "架空ﾃﾞｰﾀ入力株式会社", "申請書の入力", "有", "2026/4/1", "2027/3/31"],
        ["W-02", "C-2025-07", "見本運送株式会社", "通知書の運送", "有", "2025/10/1", "2027/9/30"],
        ["W-03", "C-2026-01", "例示印刷株式会社", "通知書の印刷", "有", "2026/6/1", "2027/3/31"],
        ["W-04", "C-2026-01", "架空保守株式会社", "空調及びサーバの保守", "無", "2026/4/1", "2027/3/31"],
        ["W-05", "C-2026-01", "例示清掃株式会社", "清掃", "無", "2026/4/1", "2027/3/31"],
    ];
    table("evidence/contract/subcontracts.csv", Form::Cp932, &header, &owned(&rows))
}

/// The last line was not moved when its contract was renewed.
fn retention() -> EvidenceFile {
    let header = ["定め番号", "契約番号", "ログの種類", "システム", "保管期限"];
    let rows = [
        ["保-01", "C-2026-01", "入退室記録", "入退室管理", "2028/3/31"],
        ["保-02", "C-2026-01", "利用記録", "ログ保管庫", "2028/3/31"],
        ["保-03", "C-2025-07", "入退室記録", "入退室管理", "無期限"],
        ["保-04", "C-2025-07", "利用記録", "ログ保管庫", "2027/9/30"],
    ];
    table("evidence/contract/retention.csv", Form::Utf8, &header, &owned(&rows))
}

fn owned<const N: usize>(rows: &[[&str; N]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect()
}
