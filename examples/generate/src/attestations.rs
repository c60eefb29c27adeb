//! What people answered where no evidence decides.

use crate::file::{EvidenceFile, Form, fixed};

/// All files about answers. The second lacks one of the documents that belong to it.
pub(crate) fn files() -> Vec<EvidenceFile> {
    vec![fixed(
        "evidence/attestations/answers.csv",
        Form::Utf8Bom,
        ["確認事項", "回答", "回答日", "回答者", "役割", "添付書類", "備考"],
        &[
            [
                "監督の必要性と適切さ",
                "はい",
                "令和8年10月30日",
                "架空 一郎",
                "総括保護管理者",
                "監督記録",
                "総務部の綴り「監督」",
            ],
            [
                "定めの及ぶ範囲",
                "はい",
                "令和8年6月5日",
                "見本 一郎",
                "保護管理者",
                "管理に関する定めの写し",
                "扉の一覧は後日添える",
            ],
        ],
    )]
}
