//! The computers: inventory, rights, accounts, settings, the log of their use, the state of the protection software.

use jiff::civil::{Date, DateTime, date};

use crate::company::{
    ADMINISTRATORS, LEAVER, LEAVER_LEFT, PEOPLE, SERVERS, STANDALONE, computer_of, designated_from, handlers,
    joined, left, person_id,
};
use crate::days::{compact, minutes_after, months, utc, utc_without_zone, working_days, year_month};
use crate::file::{EvidenceFile, Form, lines, table};
use crate::random::SplitMix64;

/// The handler who took over the leaver's computer, and the one who used another's until May.
const SUCCESSOR: usize = 18;
const BORROWER: (usize, usize, Date) = (20, 18, date(2026, 5, 29));
/// The month in whose log a line was cut.
const CUT_MONTH: &str = "2026-09";

/// Who may use a computer, and when.
#[derive(Debug)]
struct Right {
    asset: String,
    principal: String,
    kind: &'static str,
    person: Option<usize>,
    from: Date,
    until: Option<Date>,
}

/// A logon.
#[derive(Debug)]
struct Logon {
    at: DateTime,
    asset: String,
    person: usize,
    succeeded: bool,
}

/// All files about computers.
pub(crate) fn files(random: &mut SplitMix64) -> Vec<EvidenceFile> {
    let mut files = vec![inventory(), rights(), accounts(), settings(), console(random), sheet()];
    let logons = logons(random);
    files.extend(months().map(|month| access_log(month, &logons)));
    files
}

/// The computers on which personal information is handled.
fn in_scope() -> Vec<String> {
    let servers = SERVERS.iter().map(|server| (*server).to_owned());
    handlers().map(computer_of).chain(servers).collect()
}

fn in_use_from(asset: &str) -> Date {
    match asset {
        "PC-023" => date(2026, 4, 13),
        "PC-024" => date(2026, 7, 21),
        _ => date(2023, 4, 3),
    }
}

fn inventory() -> EvidenceFile {
    let mut rows: Vec<Vec<String>> = in_scope()
        .into_iter()
        .map(|asset| {
            let server = asset.starts_with("SV");
            let kind = if server { "サーバ" } else { "パソコン" };
            let zone = if server { "Z-01" } else { "Z-03" };
            let from = compact(in_use_from(&asset));
            vec![
                asset,
                kind.to_owned(),
                "有".to_owned(),
                "使用中".to_owned(),
                zone.to_owned(),
                from,
                String::new(),
            ]
        })
        .collect();
    let others = [
        ["PC-025", "パソコン", "無", "予備", "", "20230403", ""],
        ["PC-026", "パソコン", "無", "使用中", "", "20230403", ""],
        ["PR-001", "複合機", "有", "使用中", "Z-03", "20240401", ""],
    ];
    rows.extend(others.map(|row| row.map(str::to_owned).to_vec()));
    let header = ["管理番号", "種類", "個人情報", "状態", "設置区域", "使用開始日", "使用終了日"];
    table("evidence/assets/inventory.csv", Form::Cp932, &header, &rows)
}

/// The leaver's right was never taken away.
fn all_rights() -> Vec<Right> {
    let principal = |number: usize| person_id(number).to_lowercase();
    let personal = |asset: String, number: usize, from: Date, until: Option<Date>| Right {
        asset,
        principal: principal(number),
        kind: "個人",
        person: Some(number),
        from,
        until,
    };
    let mut rights: Vec<Right> = handlers()
        .map(|number| {
            personal(computer_of(number), number, designated_from(number).max(date(2023, 4, 3)), None)
        })
        .collect();
    let (borrower, owner, last) = BORROWER;
    rights.push(personal(computer_of(owner), borrower, date(2026, 4, 1), Some(last)));
    rights.push(personal(computer_of(LEAVER), SUCCESSOR, date(2026, 9, 1), None));
    for server in SERVERS {
        rights
            .extend(ADMINISTRATORS.map(|number| personal(server.to_owned(), number, date(2023, 4, 3), None)));
        rights.push(Right {
            asset: server.to_owned(),
            principal: "svc-backup".to_owned(),
            kind: "サービス",
            person: None,
            from: date(2023, 4, 3),
            until: None,
        });
    }
    rights
}

fn rights() -> EvidenceFile {
    let rows: Vec<Vec<String>> = all_rights()
        .into_iter()
        .map(|right| {
            vec![
                right.asset,
                right.principal,
                right.kind.to_owned(),
                right.person.map(person_id).unwrap_or_default(),
                compact(right.from),
                right.until.map(compact).unwrap_or_default(),
            ]
        })
        .collect();
    let header = ["管理番号", "利用者ID", "種類", "従業者番号", "付与日", "失効日"];
    table("evidence/directory/rights.csv", Form::Utf8, &header, &rows)
}

fn accounts() -> EvidenceFile {
    let personal = (1..=PEOPLE).map(|number| {
        let enabled = left(number).is_none() || number == LEAVER;
        vec![
            person_id(number).to_lowercase(),
            "個人".to_owned(),
            person_id(number),
            String::new(),
            if enabled { "TRUE" } else { "FALSE" }.to_owned(),
        ]
    });
    let others = [
        ["svc-backup", "サービス", "", "", "TRUE"],
        ["ext-hoshu01", "部外者", "", "架空保守株式会社", "TRUE"],
        ["kyoyo01", "共用", "", "", "FALSE"],
    ];
    let rows: Vec<Vec<String>> = personal.chain(others.map(|row| row.map(str::to_owned).to_vec())).collect();
    let header = ["sAMAccountName", "種類", "employeeNumber", "company", "enabled"];
    table("evidence/directory/accounts.csv", Form::Utf8, &header, &rows)
}

fn settings() -> EvidenceFile {
    let rows: Vec<Vec<String>> = in_scope()
        .into_iter()
        .map(|asset| {
            let (method, least) =
                if asset.starts_with("SV") { ("ICカード", "") } else { ("パスワード", "12") };
            vec![asset, "有".to_owned(), method.to_owned(), "無".to_owned(), least.to_owned()]
        })
        .collect();
    let header = ["管理番号", "認証", "認証方式", "自動ログオン", "パスワード最小文字数"];
    table("evidence/directory/auth-policy.csv", Form::Cp932, &header, &rows)
}

fn is_standalone(asset: &str) -> bool {
    STANDALONE.contains(&asset)
}

/// What the console of the protection software exports: English words, UTC without saying so.
fn console(random: &mut SplitMix64) -> EvidenceFile {
    let rows: Vec<Vec<String>> = in_scope()
        .into_iter()
        .filter(|asset| !is_standalone(asset))
        .map(|asset| {
            let seen = date(2026, 11, 20).at(15 + random.below(3) as i8, random.below(60) as i8, 0, 0);
            let row = [
                asset.as_str(),
                "架空エンドポイント 9.2",
                "True",
                "True",
                "2026-11-20",
                &utc_without_zone(seen),
            ];
            row.map(str::to_owned).to_vec()
        })
        .collect();
    let header = [
        "deviceName",
        "productName",
        "installed",
        "realTimeProtectionEnabled",
        "signatureDate",
        "lastSeenDateTime",
    ];
    table("evidence/antivirus/console.csv", Form::Utf8, &header, &rows)
}

/// The sheet of the computers that no network reaches, last filled in on 6 November.
fn sheet() -> EvidenceFile {
    let rows: Vec<Vec<String>> = STANDALONE
        .iter()
        .map(|asset| {
            let row = [*asset, "架空エンドポイント 9.2", "済", "○", "R8.11.6", "2026/11/6 16:30"];
            row.map(str::to_owned).to_vec()
        })
        .collect();
    let header = ["管理番号", "製品", "導入", "稼働", "定義日", "点検日時"];
    table("evidence/antivirus/standalone.csv", Form::Cp932, &header, &rows)
}

fn logons(random: &mut SplitMix64) -> Vec<Logon> {
    let mut logons = Vec::new();
    for day in working_days() {
        for number in handlers().filter(|number| works_on(*number, day)) {
            if random.percent(60) {
                logons.extend(session(computer_of(number), number, day, random));
            }
        }
        for server in SERVERS {
            if random.percent(45) {
                let number = ADMINISTRATORS[random.below(2) as usize];
                logons.extend(session(server.to_owned(), number, day, random));
            }
        }
        if day > LEAVER_LEFT && random.percent(30) {
            logons.extend(session(computer_of(LEAVER), SUCCESSOR, day, random));
        }
    }
    let (borrower, owner, last) = BORROWER;
    logons.push(Logon {
        at: last.at(16, 40, 12, 0),
        asset: computer_of(owner),
        person: borrower,
        succeeded: true,
    });
    for (day, minute) in [(date(2026, 9, 14), 12), (date(2026, 9, 15), 5)] {
        let at = day.at(10, minute, 41, 0);
        logons.push(Logon { at, asset: computer_of(LEAVER), person: LEAVER, succeeded: true });
    }
    logons.sort_by(|a, b| (a.at, &a.asset).cmp(&(b.at, &b.asset)));
    logons
}

fn works_on(number: usize, day: Date) -> bool {
    day >= joined(number).max(designated_from(number)) && left(number).is_none_or(|left| day <= left)
}

/// A logon in the morning, now and then after a failed one.
fn session(asset: String, person: usize, day: Date, random: &mut SplitMix64) -> Vec<Logon> {
    let at = day.at(8, 32 + random.below(28) as i8, random.below(60) as i8, 0);
    let at = minutes_after(at, random.below(50) as i64);
    let mut logons = Vec::new();
    if random.percent(5) {
        let before = minutes_after(at, -1);
        logons.push(Logon { at: before, asset: asset.clone(), person, succeeded: false });
    }
    logons.push(Logon { at, asset, person, succeeded: true });
    logons
}

/// The log of a month, months as Japan counts them, instants in UTC.
fn access_log(month: Date, logons: &[Logon]) -> EvidenceFile {
    let mut rows: Vec<String> =
        logons.iter().filter(|logon| year_month(logon.at.date()) == year_month(month)).map(json).collect();
    if year_month(month) == CUT_MONTH {
        let middle = rows.len() / 2;
        if let Some(row) = rows.get_mut(middle) {
            row.truncate(44);
        }
    }
    lines(&format!("evidence/access/access-{}.jsonl", year_month(month)), &rows)
}

fn json(logon: &Logon) -> String {
    let result = if logon.succeeded { "success" } else { "failure" };
    format!(
        r#"{{"ts":"{}","host":"{}","user":{{"id":"{}"}},"event":"logon","result":"{result}"}}"#,
        utc(logon.at),
        logon.asset,
        person_id(logon.person),
    )
}
