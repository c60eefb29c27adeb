//! The roster, the designations, the roles and the training.

use jiff::Span;
use jiff::civil::{Date, date};

use crate::company::{
    FISCAL_YEAR, LEAVER, MANAGER, NEWCOMER, ON_LEAVE, PEOPLE, UNTRAINED, VETERAN, designated_from, desk_of,
    handlers, joined, left, person_id, person_name,
};
use crate::days::{LAST, era, short_era, slashed};
use crate::file::{EvidenceFile, Form, fixed, table};
use crate::random::SplitMix64;

const TOPICS: [&str; 3] =
    ["個人情報の取扱い", "情報システムの運用・管理・セキュリティ対策", "サイバーセキュリティ"];

/// The first year of which the learning system has records.
const RECORDS_BEGIN: i16 = 2019;

/// All files about people.
pub(crate) fn files(random: &mut SplitMix64) -> Vec<EvidenceFile> {
    vec![roster(), units(), designations(), roles(), pledges(), training_plan(), training(random)]
}

/// Former units stay in the list.
fn units() -> EvidenceFile {
    fixed(
        "evidence/hr/units.csv",
        Form::Cp932,
        ["部署コード", "部署名", "上位コード", "個人情報取扱", "設置日", "廃止日"],
        &[
            ["D-00", "役員室", "", "×", "平成20年4月1日", ""],
            ["D-10", "総務部", "", "×", "平成20年4月1日", ""],
            ["D-20", "情報システム部", "", "○", "平成20年4月1日", ""],
            ["D-30", "業務部", "", "×", "平成20年4月1日", ""],
            ["D-31", "業務第一課", "D-30", "○", "平成20年4月1日", ""],
            ["D-32", "業務第二課", "D-30", "○", "平成27年4月1日", ""],
            ["D-33", "業務第三課", "D-30", "○", "平成27年4月1日", "令和6年3月31日"],
            ["D-40", "営業部", "", "×", "平成20年4月1日", ""],
            ["D-50", "監査室", "", "×", "令和元年5月1日", ""],
        ],
    )
}

/// Signed pledges of the handlers and of the director, whom the work rules do not bind. The director's form is the
/// old one, without the duty after leaving.
fn pledges() -> EvidenceFile {
    let rows: Vec<Vec<String>> = std::iter::once(1)
        .chain(handlers())
        .map(|number| {
            let signed_on = joined(number).max(date(2020, 4, 1));
            let after = if number == 1 { "無" } else { "有" };
            vec![person_id(number), era(signed_on), after.to_owned()]
        })
        .collect();
    table("evidence/hr/pledges.csv", Form::Cp932, &["従業者番号", "提出日", "退職後の義務"], &rows)
}

fn roster() -> EvidenceFile {
    let header = [
        "従業者番号",
        "氏名",
        "雇用形態",
        "所属コード",
        "個人情報取扱",
        "入社日",
        "退職日",
        "休職開始日",
        "休職終了日",
    ];
    let rows: Vec<Vec<String>> = (1..=PEOPLE).map(roster_row).collect();
    table("evidence/hr/roster.csv", Form::Cp932, &header, &rows)
}

fn roster_row(number: usize) -> Vec<String> {
    let employment = match number {
        1 => "役員",
        21..=24 => "派遣",
        25..=28 => "パート",
        38 | 39 => "契約社員",
        _ => "正社員",
    };
    let department = match number {
        1 => "D-00",
        2 | 29..=32 => "D-10",
        3 | 4 => "D-20",
        5..=14 => "D-31",
        15..=28 | 38 | 39 => "D-32",
        34 => "D-50",
        _ => "D-40",
    };
    let handles = if handlers().any(|handler| handler == number) { "○" } else { "×" };
    let leave_from = if number == ON_LEAVE { era(date(2026, 5, 10)) } else { String::new() };
    vec![
        person_id(number),
        person_name(number),
        employment.to_owned(),
        department.to_owned(),
        handles.to_owned(),
        era(joined(number)),
        left(number).map(era).unwrap_or_default(),
        leave_from,
        String::new(),
    ]
}

fn designations() -> EvidenceFile {
    let header = ["指定番号", "従業者番号", "契約番号", "担当業務", "指定開始日", "指定終了日", "指定した者"];
    let rows: Vec<Vec<String>> = handlers()
        .enumerate()
        .map(|(index, number)| {
            let task = if number <= 4 { "サーバの運用" } else { "申請書の入力及び照合" };
            let until = match number {
                VETERAN => String::new(),
                _ => short_era(left(number).unwrap_or(FISCAL_YEAR.1)),
            };
            vec![
                format!("指-{:02}", index + 1),
                person_id(number),
                if desk_of(number) == "Z-04" { "C-2025-07" } else { "C-2026-01" }.to_owned(),
                task.to_owned(),
                short_era(designated_from(number)),
                until,
                person_id(MANAGER),
            ]
        })
        .collect();
    table("evidence/contract/designations.csv", Form::Utf8, &header, &rows)
}

fn roles() -> EvidenceFile {
    let appointed = [
        (1, "総括保護管理者", "", date(2024, 4, 1)),
        (1, "再発防止策の決定者", "", date(2024, 4, 1)),
        (2, "保護管理者", "", date(2024, 4, 1)),
        (2, "事故調査の担当者", "", date(2024, 4, 1)),
        (3, "保護管理者", "D-20", date(2025, 4, 1)),
        (5, "立会責任者", "", date(2025, 4, 1)),
        (6, "立会責任者", "", date(2025, 4, 1)),
        (10, "立会責任者", "", date(2025, 4, 1)),
        (34, "監査責任者", "", date(2025, 4, 1)),
        (29, "法令遵守の責任者", "", date(2025, 4, 1)),
    ];
    let rows: Vec<Vec<String>> = appointed
        .iter()
        .map(|(number, role, unit, from)| {
            vec![person_id(*number), (*role).to_owned(), (*unit).to_owned(), slashed(*from), String::new()]
        })
        .collect();
    let header = ["従業者番号", "役割", "担当部署", "任命日", "解任日"];
    table("evidence/hr/roles.csv", Form::Cp932, &header, &rows)
}

/// The days of this year's sessions, a topic each.
const SESSIONS: [Date; 3] = [date(2026, 5, 20), date(2026, 6, 10), date(2026, 7, 8)];

fn training_plan() -> EvidenceFile {
    let header = ["計画番号", "科目", "期間初日", "期間末日", "実施予定日", "承認日"];
    let rows: Vec<Vec<String>> = TOPICS
        .iter()
        .zip(SESSIONS)
        .enumerate()
        .map(|(index, (topic, session))| {
            vec![
                format!("研計-2026-{}", index + 1),
                (*topic).to_owned(),
                slashed(FISCAL_YEAR.0),
                slashed(FISCAL_YEAR.1),
                slashed(session),
                slashed(date(2026, 4, 6)),
            ]
        })
        .collect();
    table("evidence/training/plan.csv", Form::Utf8, &header, &rows)
}

/// A line of the learning system.
struct Session {
    held_on: Date,
    person: usize,
    topic: usize,
    status: &'static str,
}

fn training(random: &mut SplitMix64) -> EvidenceFile {
    let mut sessions = Vec::new();
    for number in 1..=PEOPLE {
        past_years(number, &mut sessions);
        this_year(number, random, &mut sessions);
    }
    sessions.retain(|session| {
        session.held_on <= LAST && left(session.person).is_none_or(|left| session.held_on <= left)
    });
    sessions.sort_by_key(|session| (session.held_on, session.topic, session.person));
    let rows: Vec<Vec<String>> = sessions
        .iter()
        .map(|session| {
            vec![
                slashed(session.held_on),
                person_id(session.person),
                TOPICS[session.topic].to_owned(),
                session.status.to_owned(),
            ]
        })
        .collect();
    let header = ["受講日", "従業者番号", "科目", "結果"];
    table("evidence/training/records.csv", Form::Utf8, &header, &rows)
}

fn past_years(number: usize, sessions: &mut Vec<Session>) {
    for year in RECORDS_BEGIN..FISCAL_YEAR.0.year() {
        for (topic, this_year) in SESSIONS.iter().enumerate() {
            let held_on = date(year, this_year.month(), this_year.day());
            if held_on >= joined(number) {
                sessions.push(Session { held_on, person: number, topic, status: "修了" });
            }
        }
    }
}

/// Most come to the session; a few miss it and come to a second one two weeks later.
fn this_year(number: usize, random: &mut SplitMix64, sessions: &mut Vec<Session>) {
    if matches!(number, UNTRAINED | NEWCOMER | ON_LEAVE) {
        return;
    }
    if number == 38 || number == 39 {
        let held_on = joined(number).saturating_add(Span::new().days(if number == 38 { 9 } else { 14 }));
        sessions.extend((0..TOPICS.len()).map(|topic| Session {
            held_on,
            person: number,
            topic,
            status: "修了",
        }));
        return;
    }
    for (topic, held_on) in SESSIONS.into_iter().enumerate() {
        let misses = random.percent(12) && number != LEAVER;
        if misses {
            sessions.push(Session { held_on, person: number, topic, status: "欠席" });
        }
        let held_on = if misses { held_on.saturating_add(Span::new().days(14)) } else { held_on };
        sessions.push(Session { held_on, person: number, topic, status: "修了" });
    }
}
