//! The audits: plans, what was held, who held it, findings, and what called for more.

use jiff::Span;
use jiff::civil::{Date, date};

use crate::days::{months, slashed};
use crate::file::{EvidenceFile, Form, fixed, table};

/// The month in which nobody held the inspection.
const MISSED: i8 = 7;

/// The internal audits of the year, one for each unit that handles personal information.
const INTERNAL: [(&str, &str); 3] =
    [("内監-2026-1", "D-20"), ("内監-2026-2", "D-31"), ("内監-2026-3", "D-32")];

/// All files about audits.
pub(crate) fn files() -> Vec<EvidenceFile> {
    vec![plans(), runs(), auditors(), findings(), triggers()]
}

/// The first day of each month of the fiscal year.
fn year() -> impl Iterator<Item = Date> {
    date(2026, 4, 1).series(Span::new().months(1)).take(12)
}

fn plan_of(month: Date) -> String {
    format!("計-点{:02}", month.month())
}

fn plans() -> EvidenceFile {
    let approved = || ["E0001".to_owned(), "2026/3/24".to_owned()];
    let mut rows: Vec<Vec<String>> = year()
        .map(|month| {
            let last = slashed(month.last_of_month());
            let plan = [plan_of(month), "点検".to_owned(), slashed(month), last.clone(), last];
            plan.into_iter().chain(approved()).collect()
        })
        .collect();
    for (id, kind, due) in [("計-内", "内部監査", "2026/10/31"), ("計-外", "外部監査", "2027/2/26")]
    {
        let plan = [id, kind, "2026/4/1", "2027/3/31", due].map(str::to_owned);
        rows.push(plan.into_iter().chain(approved()).collect());
    }
    let header = ["計画番号", "種類", "対象期間初日", "対象期間末日", "実施期限", "承認者", "承認日"];
    table("evidence/audits/plans.csv", Form::Cp932, &header, &rows)
}

/// The inspections that were held.
fn inspections() -> impl Iterator<Item = Date> {
    months().filter(|month| month.month() != MISSED)
}

fn inspection_id(month: Date) -> String {
    format!("点検-{:02}", month.month())
}

fn runs() -> EvidenceFile {
    let mut rows: Vec<Vec<String>> = inspections()
        .map(|month| {
            let id = inspection_id(month);
            let day = |days: i64| slashed(month.saturating_add(Span::new().days(days)));
            let lead = format!("員-{id}");
            let texts = [day(4), day(5), day(11)];
            let [started, finished, reported] = texts;
            vec![
                id,
                "点検".to_owned(),
                plan_of(month),
                String::new(),
                lead,
                started,
                finished,
                reported,
                String::new(),
                "○".to_owned(),
                String::new(),
            ]
        })
        .collect();
    let extra =
        ["点検-臨1", "点検", "", "D-31", "員-点検-臨1", "2026/7/6", "2026/7/7", "2026/7/10", "", "○", ""];
    rows.push(extra.map(str::to_owned).to_vec());
    rows.extend(INTERNAL.map(internal_run));
    let header = [
        "監査番号",
        "種類",
        "計画番号",
        "対象部署",
        "主任監査員",
        "開始日",
        "終了日",
        "報告日",
        "代表者報告日",
        "本市業務",
        "監査機関",
    ];
    table("evidence/audits/runs.csv", Form::Cp932, &header, &rows)
}

/// All were held in one week and reported together.
fn internal_run((id, unit): (&str, &str)) -> Vec<String> {
    let lead = format!("員-{id}");
    let days = ["2026/10/5", "2026/10/9", "2026/10/23", "2026/10/26"];
    let cells = [id, "内部監査", "計-内", unit, &lead];
    cells.into_iter().chain(days).chain(["○", ""]).map(str::to_owned).collect()
}

/// The auditor of the internal audits works in the audit office, which is none of the units audited.
fn auditors() -> EvidenceFile {
    let row = |audit: &str, person: &str, own: &str, confirmed: &str| {
        [&format!("員-{audit}"), audit, person, own, "×", "○", confirmed].map(str::to_owned).to_vec()
    };
    let mut rows: Vec<Vec<String>> =
        inspections().map(|month| row(&inspection_id(month), "E0002", "×", "2026/3/24")).collect();
    rows.push(row("点検-臨1", "E0034", "×", "2026/7/3"));
    rows.extend(INTERNAL.map(|(audit, _)| row(audit, "E0034", "×", "2026/9/28")));
    let header = ["監査員番号", "監査番号", "従業者番号", "自部署", "役割の衝突", "同一法人", "確認日"];
    table("evidence/audits/auditors.csv", Form::Cp932, &header, &rows)
}

/// The first was closed three weeks late; the third has until December.
fn findings() -> EvidenceFile {
    fixed(
        "evidence/audits/findings.csv",
        Form::Cp932,
        ["指摘番号", "指摘日", "監査番号", "区分", "期限", "終結日"],
        &[
            ["指-01", "2026/5/12", "点検-05", "軽微な不適合", "2026/7/10", "2026/7/31"],
            ["指-02", "2026/6/8", "点検-06", "軽微な不適合", "2026/8/7", "2026/7/24"],
            ["指-03", "2026/10/9", "内監-2026-1", "軽微な不適合", "2026/12/8", ""],
            ["指-04", "2026/10/9", "内監-2026-2", "観察事項", "", ""],
        ],
    )
}

/// After the letter of June an inspection was decided, after the missing box an internal audit, which has until the
/// end of November. Nobody asked whether the stick of October called for an external audit.
fn triggers() -> EvidenceFile {
    let no = "実施しない";
    fixed(
        "evidence/audits/triggers.csv",
        Form::Cp932,
        [
            "契機番号",
            "発生日",
            "種類",
            "元の番号",
            "監査の種類",
            "決定",
            "決定者",
            "決定日",
            "理由",
            "監査番号",
        ],
        &[
            [
                "契-01",
                "2026/6/24",
                "事案の発生",
                "事-01",
                "点検",
                "実施する",
                "E0001",
                "2026/6/29",
                "封入の工程を見る",
                "点検-臨1",
            ],
            [
                "契-02",
                "2026/6/24",
                "事案の発生",
                "事-01",
                "内部監査",
                no,
                "E0001",
                "2026/6/29",
                "点検で足りる",
                "",
            ],
            [
                "契-03",
                "2026/6/24",
                "事案の発生",
                "事-01",
                "外部監査",
                no,
                "E0001",
                "2026/6/29",
                "点検で足りる",
                "",
            ],
            [
                "契-04",
                "2026/8/5",
                "事案の発生",
                "事-02",
                "点検",
                no,
                "E0001",
                "2026/8/7",
                "兆候にとどまる",
                "",
            ],
            [
                "契-05",
                "2026/8/5",
                "事案の発生",
                "事-02",
                "内部監査",
                no,
                "E0001",
                "2026/8/7",
                "兆候にとどまる",
                "",
            ],
            [
                "契-06",
                "2026/8/5",
                "事案の発生",
                "事-02",
                "外部監査",
                no,
                "E0001",
                "2026/8/7",
                "兆候にとどまる",
                "",
            ],
            [
                "契-07",
                "2026/9/30",
                "事案の発生",
                "事-03",
                "点検",
                no,
                "E0001",
                "2026/10/5",
                "内部監査で見る",
                "",
            ],
            [
                "契-08",
                "2026/9/30",
                "事案の発生",
                "事-03",
                "内部監査",
                "実施する",
                "E0001",
                "2026/10/5",
                "貸与品の管理を見る",
                "",
            ],
            [
                "契-09",
                "2026/9/30",
                "事案の発生",
                "事-03",
                "外部監査",
                no,
                "E0001",
                "2026/10/5",
                "内部監査で足りる",
                "",
            ],
            [
                "契-10",
                "2026/10/8",
                "事案の発生",
                "事-04",
                "点検",
                no,
                "E0001",
                "2026/10/13",
                "端末の設定を直ちに改める",
                "",
            ],
            [
                "契-11",
                "2026/10/8",
                "事案の発生",
                "事-04",
                "内部監査",
                no,
                "E0001",
                "2026/10/13",
                "契-08の監査で併せて見る",
                "",
            ],
        ],
    )
}
