//! The computers: inventory, rights, accounts, settings, the log of their use, the state of the protection software.

use jiff::civil::{Date, DateTime, date};

use crate::attendance::{Presence, at_desks};
use crate::company::{
    ADMINISTRATORS, BORROWED_ON, BORROWER, HOSTED, LEAVER, LEAVER_LEFT, MANAGER, PEOPLE, SERVERS, STANDALONE,
    computer_of, designated_from, desk_of, handlers, left, person_id,
};
use crate::days::{compact, minutes_after, months, utc, utc_without_zone, year_month};
use crate::file::{EvidenceFile, Form, lines, table};
use crate::random::SplitMix64;

/// The handler who took over the leaver's computer, and lent the own one in May.
const SUCCESSOR: usize = 18;
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
    at_console: bool,
}

/// All files about computers.
pub(crate) fn files(presences: &[Presence], random: &mut SplitMix64) -> Vec<EvidenceFile> {
    let mut files =
        vec![inventory(), contracts(), rights(), accounts(), settings(), console(random), sheet()];
    let logons = logons(presences, random);
    files.extend(months().map(|month| access_log(month, &logons)));
    files
}

/// The computers on which personal information is handled.
pub(crate) fn in_scope() -> Vec<String> {
    let servers = SERVERS.iter().chain([&HOSTED]).map(|server| (*server).to_owned());
    handlers().map(computer_of).chain(servers).collect()
}

/// The first day on which a computer was used.
pub(crate) fn in_use_from(asset: &str) -> Date {
    match asset {
        "PC-023" => date(2026, 4, 13),
        "PC-024" => date(2026, 7, 21),
        HOSTED => date(2025, 10, 1),
        _ => date(2023, 4, 3),
    }
}

/// The address of a computer in the company's network; none where it is not connected.
pub(crate) fn address_of(asset: &str, zone: &str) -> String {
    let number = asset.rsplit('-').next().unwrap_or_default().trim_start_matches('0');
    let network = match (asset.as_bytes().first(), zone) {
        _ if is_standalone(asset) => return String::new(),
        (Some(b'C'), _) => "10.20.9",
        (Some(b'S'), _) => "10.20.1",
        (_, "Z-04") => "10.20.4",
        _ => "10.20.3",
    };
    format!("{network}.{number}")
}

/// The zone of each computer of a handler, by its number.
pub(crate) fn zone_of(asset: &str) -> &'static str {
    match asset.as_bytes().first() {
        Some(b'S') => "Z-01",
        Some(b'P') => handlers().find(|number| computer_of(*number) == asset).map_or("Z-03", desk_of),
        _ => "",
    }
}

fn inventory() -> EvidenceFile {
    let mut rows: Vec<Vec<String>> = in_scope()
        .into_iter()
        .map(|asset| {
            let (kind, place) = match asset.as_bytes().first() {
                Some(b'C') => ("クラウド", "架空データセンタ東京 専有サーバ"),
                Some(b'S') => ("サーバ", ""),
                _ => ("パソコン", ""),
            };
            let zone = zone_of(&asset);
            let from = compact(in_use_from(&asset));
            let (serial, address) = (serial_of(&asset), address_of(&asset, zone));
            let cells = [&asset, &serial, kind, "有", "使用中", zone, place, &address, &from, ""];
            cells.map(str::to_owned).to_vec()
        })
        .collect();
    // Two were retired at the end of April: one wiped, one given back to the lessor as it was.
    let others = [
        ["PC-025", "SN-PC025", "パソコン", "無", "予備", "", "", "", "20230403", ""],
        ["PC-026", "SN-PC026", "パソコン", "無", "使用中", "", "総務部", "10.20.8.26", "20230403", ""],
        ["PC-901", "SN-PC901", "パソコン", "有", "廃棄", "Z-03", "", "10.20.3.201", "20190401", "20260424"],
        ["PC-902", "SN-PC902", "パソコン", "有", "返却", "Z-03", "", "10.20.3.202", "20190401", "20260424"],
        ["PR-001", "SN-PR001", "複合機", "有", "使用中", "Z-03", "", "10.20.3.250", "20240401", ""],
    ];
    rows.extend(others.map(|row| row.map(str::to_owned).to_vec()));
    let header = [
        "管理番号",
        "製造番号",
        "種類",
        "個人情報",
        "状態",
        "設置区域",
        "区域外の場所",
        "IPアドレス",
        "使用開始日",
        "使用終了日",
    ];
    table("evidence/assets/inventory.csv", Form::Cp932, &header, &rows)
}

/// The number that the maker gave a computer.
pub(crate) fn serial_of(asset: &str) -> String {
    format!("SN-{}", asset.replace('-', ""))
}

/// The computers that were retired in April, and whose they were.
pub(crate) const RETIRED: [(&str, usize); 2] = [("PC-901", 13), ("PC-902", 14)];
/// The last day of [`RETIRED`].
pub(crate) const RETIRED_ON: Date = date(2026, 4, 24);

/// Which contract a computer serves. Those at the main building serve the older one.
fn contracts() -> EvidenceFile {
    let current = in_scope().into_iter().map(|asset| {
        let contract = if asset == HOSTED || zone_of(&asset) == "Z-04" { "C-2025-07" } else { "C-2026-01" };
        let from = in_use_from(&asset).max(date(2025, 10, 1));
        vec![asset, contract.to_owned(), compact(from), String::new()]
    });
    let retired = RETIRED.map(|(asset, _)| {
        vec![asset.to_owned(), "C-2026-01".to_owned(), "20260401".to_owned(), compact(RETIRED_ON)]
    });
    let rows: Vec<Vec<String>> = current.chain(retired).collect();
    table("evidence/assets/contracts.csv", Form::Cp932, &["管理番号", "契約番号", "開始日", "終了日"], &rows)
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
    rights.push(personal(computer_of(SUCCESSOR), BORROWER, date(2026, 4, 1), Some(BORROWED_ON)));
    rights.push(personal(computer_of(LEAVER), SUCCESSOR, date(2026, 9, 1), None));
    for (asset, owner) in RETIRED {
        rights.push(personal(asset.to_owned(), owner, date(2019, 4, 1), Some(RETIRED_ON)));
    }
    rights.push(Right {
        asset: SERVERS[0].to_owned(),
        principal: "ext-hoshu01".to_owned(),
        kind: "部外者",
        person: None,
        from: date(2026, 11, 20),
        until: Some(date(2026, 11, 24)),
    });
    for server in SERVERS.into_iter().chain([HOSTED]) {
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
                person_id(MANAGER),
            ]
        })
        .collect();
    let header = ["管理番号", "利用者ID", "種類", "従業者番号", "付与日", "失効日", "承認者"];
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
                if asset.starts_with("PC") { ("パスワード", "12") } else { ("ICカード", "") };
            vec![asset, "有".to_owned(), method.to_owned(), "無".to_owned(), least.to_owned()]
        })
        .collect();
    let header = ["管理番号", "認証", "認証方式", "自動ログオン", "パスワード最小文字数"];
    table("evidence/directory/auth-policy.csv", Form::Cp932, &header, &rows)
}

/// Whether no network reaches a computer.
pub(crate) fn is_standalone(asset: &str) -> bool {
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

fn logons(presences: &[Presence], random: &mut SplitMix64) -> Vec<Logon> {
    let mut logons = Vec::new();
    for presence in at_desks(presences) {
        let person = presence.person;
        logons.extend(session(computer_of(person), presence, true, random));
        if person == SUCCESSOR && presence.day > LEAVER_LEFT && random.percent(50) {
            logons.extend(session(computer_of(LEAVER), presence, true, random));
        }
        if ADMINISTRATORS.contains(&person) {
            let server = SERVERS[random.below(2) as usize];
            for server in [server, HOSTED] {
                logons.extend(session(server.to_owned(), presence, false, random));
            }
        }
    }
    for presence in presences.iter().filter(|presence| presence.zone.id == "Z-01") {
        if ADMINISTRATORS.contains(&presence.person) {
            let server = SERVERS[random.below(3) as usize];
            logons.extend(session(server.to_owned(), presence, true, random));
        }
    }
    let borrowed = BORROWED_ON.at(16, 40, 12, 0);
    logons.push(single(borrowed, &computer_of(SUCCESSOR), BORROWER));
    for (day, minute) in [(date(2026, 9, 14), 12), (date(2026, 9, 15), 5)] {
        logons.push(single(day.at(10, minute, 41, 0), &computer_of(LEAVER), LEAVER));
    }
    logons.sort_by(|a, b| (a.at, &a.asset).cmp(&(b.at, &b.asset)));
    logons
}

fn single(at: DateTime, asset: &str, person: usize) -> Logon {
    Logon { at, asset: asset.to_owned(), person, succeeded: true, at_console: true }
}

/// A logon in the morning, now and then after a failed one.
fn session(asset: String, presence: &Presence, at_console: bool, random: &mut SplitMix64) -> Vec<Logon> {
    let at = minutes_after(presence.from, 3 + random.below(45) as i64);
    let logon =
        |at, succeeded| Logon { at, asset: asset.clone(), person: presence.person, succeeded, at_console };
    let failed = random.percent(5).then(|| logon(minutes_after(at, -1), false));
    failed.into_iter().chain([logon(at, true)]).collect()
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
    let kind = if logon.at_console { "interactive" } else { "remote" };
    format!(
        r#"{{"ts":"{}","host":"{}","user":{{"id":"{}"}},"event":"logon","type":"{kind}","result":"{result}"}}"#,
        utc(logon.at),
        logon.asset,
        person_id(logon.person),
    )
}
