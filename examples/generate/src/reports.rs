//! What the city asked for and got, and whether old records can still be read.

use jiff::Span;
use jiff::civil::Date;

use crate::days::{era, months, slashed};
use crate::file::{EvidenceFile, Form, fixed, table};

/// All files about reports.
pub(crate) fn files() -> Vec<EvidenceFile> {
    vec![requests(), submissions(), completions(), forms(), read_backs()]
}

/// The second may be answered until the end of November.
fn requests() -> EvidenceFile {
    fixed(
        "evidence/reports/requests.csv",
        Form::Cp932,
        ["収受番号", "収受日", "契約番号", "状況報告", "監査", "期限"],
        &[
            ["収-0412", "令和8年9月10日", "C-2026-01", "○", "×", "令和8年9月24日"],
            ["収-0533", "令和8年11月16日", "C-2026-01", "○", "×", "令和8年11月30日"],
        ],
    )
}

const MONTHLY: [&str; 2] = ["C-2026-01", "C-2025-07"];

/// The months whose work is done.
fn closed_months() -> impl Iterator<Item = Date> {
    months().filter(|month| month.month() < 11)
}

/// The day of the month after on which a paper is handed in.
fn day_after(month: Date, day: i64) -> Date {
    month.saturating_add(Span::new().months(1).days(day - 1))
}

/// The report on July came two days after the paper of completion. That on September was on the form that had ended.
fn submissions() -> EvidenceFile {
    let mut rows = Vec::new();
    for month in closed_months() {
        for contract in MONTHLY {
            let late = month.month() == 7 && contract == "C-2026-01";
            let submitted_on = day_after(month, if late { 7 } else { 5 });
            let old_form = month.month() < 9 || contract == "C-2025-07" && month.month() == 9;
            rows.push(vec![
                format!("発-{:03}", rows.len() + 1),
                era(submitted_on),
                contract.to_owned(),
                era(month),
                String::new(),
                "様式第5号".to_owned(),
                if old_form { "2" } else { "3" }.to_owned(),
                "0".to_owned(),
            ]);
        }
    }
    let answer = ["発-100", "令和8年9月18日", "C-2026-01", "", "収-0412", "様式第5号", "2", "0"];
    rows.push(answer.map(str::to_owned).to_vec());
    let header = ["発信番号", "提出日", "契約番号", "対象月", "求め", "様式", "版", "空欄の数"];
    table("evidence/reports/submissions.csv", Form::Cp932, &header, &rows)
}

fn completions() -> EvidenceFile {
    let rows: Vec<Vec<String>> = closed_months()
        .flat_map(|month| {
            MONTHLY.map(|contract| vec![slashed(day_after(month, 5)), contract.to_owned(), slashed(month)])
        })
        .collect();
    table("evidence/reports/completions.csv", Form::Cp932, &["提出日", "契約番号", "対象月"], &rows)
}

fn forms() -> EvidenceFile {
    fixed(
        "evidence/reports/forms.csv",
        Form::Utf8,
        ["様式", "版", "適用開始日", "適用終了日"],
        &[["様式第5号", "2", "2024/4/1", "2026/9/30"], ["様式第5号", "3", "2026/10/1", ""]],
    )
}

/// The door log of last November could not be read at first.
fn read_backs() -> EvidenceFile {
    fixed(
        "evidence/reports/read-backs.csv",
        Form::Utf8,
        ["試験日", "ログ", "対象月", "成否"],
        &[
            ["2026/5/12", "保存データの利用記録", "2026/3/1", "成功"],
            ["2026/7/10", "利用記録", "2024/4/1", "成功"],
            ["2026/7/10", "利用記録", "2025/10/1", "成功"],
            ["2026/7/10", "利用記録", "2026/4/1", "成功"],
            ["2026/7/10", "入退室記録", "2025/3/1", "成功"],
            ["2026/7/10", "入退室記録", "2025/11/1", "失敗"],
            ["2026/7/17", "入退室記録", "2025/11/1", "成功"],
            ["2026/7/17", "入退室記録", "2026/4/1", "成功"],
        ],
    )
}
