//! The certificates of the company's management systems.

use crate::file::{EvidenceFile, Form, fixed};

/// All files about certificates.
pub(crate) fn files() -> Vec<EvidenceFile> {
    vec![certificates(), sites(), checks()]
}

/// The certificate of the old edition was replaced before that edition ended, whatever is printed on it.
fn certificates() -> EvidenceFile {
    fixed(
        "evidence/certificates/certificates.csv",
        Form::Cp932,
        [
            "認証番号",
            "制度",
            "版",
            "登録者",
            "自社名義",
            "業務を含む",
            "有効期間初日",
            "有効期間末日",
            "一時停止日",
            "再開日",
            "取消日",
            "更新申請日",
        ],
        &[
            [
                "認-01",
                "ISMS",
                "ISO/IEC 27001:2013",
                "株式会社みなと架空情報処理",
                "○",
                "○",
                "令和5年10月1日",
                "令和8年9月30日",
                "",
                "",
                "",
                "",
            ],
            [
                "認-02",
                "ISMS",
                "ISO/IEC 27001:2022",
                "株式会社みなと架空情報処理",
                "○",
                "○",
                "令和7年9月20日",
                "令和10年9月19日",
                "",
                "",
                "",
                "",
            ],
            [
                "認-03",
                "プライバシーマーク",
                "JIS Q 15001:2023",
                "株式会社みなと架空情報処理",
                "○",
                "○",
                "令和7年10月21日",
                "令和9年10月20日",
                "",
                "",
                "",
                "",
            ],
        ],
    )
}

fn sites() -> EvidenceFile {
    fixed(
        "evidence/certificates/sites.csv",
        Form::Cp932,
        ["認証番号", "事業所番号"],
        &[["認-01", "S-01"], ["認-01", "S-02"], ["認-02", "S-01"], ["認-02", "S-02"]],
    )
}

fn checks() -> EvidenceFile {
    fixed(
        "evidence/certificates/checks.csv",
        Form::Utf8,
        ["認証番号", "確認日", "状態", "有効期限"],
        &[
            ["認-02", "2026-10-15", "登録あり", "2028-09-19"],
            ["認-03", "2026-10-15", "登録あり", "2027-10-20"],
        ],
    )
}
