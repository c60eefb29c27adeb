//! Where the data lies: the stores, who may reach them and did, how they are concealed, what was erased.

use jiff::civil::{Date, DateTime, date};

use crate::attendance::{Presence, at_desks};
use crate::company::{LEAVER, computer_of, designated_from, desk_of, handlers, left, person_id};
use crate::computers::is_standalone;
use crate::days::{compact, minutes_after, months, short_era, utc, year_month};
use crate::file::{EvidenceFile, Form, fixed, lines, table};
use crate::random::SplitMix64;

/// All files about stored data.
pub(crate) fn files(presences: &[Presence], random: &mut SplitMix64) -> Vec<EvidenceFile> {
    let mut files =
        vec![stores(), handlers_list(), rights(), concealment(), deletions(), disposals(), certificates()];
    let uses = uses(presences, random);
    files.extend(months().map(|month| use_log(month, &uses)));
    files
}

/// 置-05 of the ended contract is kept with the city's leave, 置-06 was erased.
fn stores() -> EvidenceFile {
    fixed(
        "evidence/stores/register.csv",
        Form::Cp932,
        ["置場番号", "管理番号", "契約番号", "場所", "個人情報", "控えの元", "利用記録", "作成日", "削除日"],
        &[
            ["置-01", "SV-001", "C-2025-07", r"\\SV-001\tsuchi", "有", "", "有", "令和7年10月1日", ""],
            ["置-02", "SV-002", "C-2026-01", "申請書データベース", "有", "", "有", "令和8年4月1日", ""],
            ["置-03", "SV-002", "C-2025-07", r"D:\backup\tsuchi", "有", "置-01", "有", "令和7年10月1日", ""],
            ["置-04", "PC-021", "C-2026-01", r"D:\shogo", "有", "", "有", "令和8年4月1日", ""],
            ["置-05", "SV-001", "C-2024-03", r"\\SV-001\enquete", "有", "", "有", "令和6年4月1日", ""],
            [
                "置-06",
                "SV-001",
                "C-2024-03",
                r"\\SV-001\enquete-work",
                "有",
                "",
                "有",
                "令和6年4月1日",
                "令和8年4月20日",
            ],
            ["置-07", "CL-001", "C-2025-07", "/data/tsuchi", "有", "", "有", "令和7年10月1日", ""],
        ],
    )
}

/// Who handles which store, and from when.
fn store_handlers() -> Vec<(&'static str, usize, Date)> {
    let mut list = Vec::new();
    for number in handlers().filter(|number| !is_standalone(&computer_of(*number))) {
        let store = if desk_of(number) == "Z-04" { "置-01" } else { "置-02" };
        list.push((store, number, designated_from(number)));
    }
    let april = date(2026, 4, 1);
    list.extend([("置-03", 3), ("置-03", 4), ("置-04", 23), ("置-05", 5)].map(|(s, n)| (s, n, april)));
    list.extend([("置-06", 5), ("置-07", 3), ("置-07", 4)].map(|(s, n)| (s, n, april)));
    list
}

fn handlers_list() -> EvidenceFile {
    let of_stores = store_handlers().into_iter().map(|(store, number, from)| {
        let until = if store == "置-06" { Some(date(2026, 4, 20)) } else { left(number) };
        handler_row(store, "作成した電子データ", number, from, until)
    });
    let april = date(2026, 4, 1);
    let loans = [1, 2, 3, 4, 5, 6, 7, 8].into_iter().flat_map(|loan| {
        let kind = if matches!(loan, 2 | 6) { "貸与媒体" } else { "貸与文書" };
        [6, 7].map(|number| handler_row(&format!("貸-{loan:02}"), kind, number, april, None))
    });
    let rows: Vec<Vec<String>> = of_stores.chain(loans).collect();
    let header = ["対象", "種類", "従業者番号", "開始日", "終了日"];
    table("evidence/contract/object-handlers.csv", Form::Utf8, &header, &rows)
}

fn handler_row(object: &str, kind: &str, number: usize, from: Date, until: Option<Date>) -> Vec<String> {
    let until = until.map(short_era).unwrap_or_default();
    vec![object.to_owned(), kind.to_owned(), person_id(number), short_era(from), until]
}

/// The leaver's right to the database was not taken away.
fn rights() -> EvidenceFile {
    let personal = store_handlers().into_iter().map(|(store, number, from)| {
        let until = match (store, left(number)) {
            ("置-06", _) => compact(date(2026, 4, 20)),
            (_, Some(_)) if number == LEAVER => String::new(),
            (_, last) => last.map(compact).unwrap_or_default(),
        };
        let principal = person_id(number).to_lowercase();
        vec![store.to_owned(), principal, "individual".to_owned(), person_id(number), compact(from), until]
    });
    let service = ["置-01", "置-02", "置-03", "置-07"]
        .map(|store| [store, "svc-backup", "service", "", "20251001", ""].map(str::to_owned).to_vec());
    let rows: Vec<Vec<String>> = personal.chain(service).collect();
    let header = ["share", "account", "type", "employee", "granted", "revoked"];
    table("evidence/stores/rights.tsv", Form::Tsv, &header, &rows)
}

/// The copy on the server is concealed by its disk alone, which hides nothing from those who reach the server.
fn concealment() -> EvidenceFile {
    fixed(
        "evidence/stores/concealment.csv",
        Form::Cp932,
        ["対象", "層", "有効", "確認"],
        &[
            ["置-01", "ファイル", "○", "2026/11/13 10:00"],
            ["置-02", "データベース", "○", "2026/11/13 10:05"],
            ["置-03", "ボリューム", "○", "2026/11/13 10:10"],
            ["PC-021", "ディスク", "○", "2026/10/5 9:40"],
            ["置-05", "パスワード", "○", "2026/11/13 10:15"],
            ["置-07", "ファイル", "○", "2026/11/13 10:20"],
            ["M-01", "媒体", "○", "2026/11/13 10:30"],
            ["M-02", "媒体", "○", "2026/11/13 10:30"],
        ],
    )
}

/// Part of the database was erased in July with nobody looking on and no certificate; that of November was confirmed.
fn deletions() -> EvidenceFile {
    fixed(
        "evidence/stores/deletions.csv",
        Form::Cp932,
        ["削除番号", "削除日", "置場番号", "削除したもの", "方法", "削除者", "確認者", "証明書番号"],
        &[
            [
                "削-01",
                "令和8年4月20日",
                "置-06",
                "作業用の写しのすべて",
                "消去ソフト",
                "E0005",
                "E0003",
                "証-01",
            ],
            [
                "削-02",
                "令和8年7月31日",
                "置-02",
                "第1四半期の入力データ",
                "データベースの削除",
                "E0020",
                "",
                "",
            ],
            [
                "削-03",
                "令和8年11月10日",
                "置-02",
                "第2四半期の入力データ",
                "データベースの削除",
                "E0020",
                "E0010",
                "",
            ],
        ],
    )
}

/// A leased computer went back formatted. The failed disk of November waits for its certificate.
fn disposals() -> EvidenceFile {
    fixed(
        "evidence/assets/disposals.csv",
        Form::Cp932,
        ["廃棄番号", "廃棄日", "管理番号", "製造番号", "方法", "業者", "証明書番号"],
        &[
            ["廃-01", "2026/5/13", "PC-901", "SN-PC901", "消去ソフト", "例示リサイクル株式会社", "証-02"],
            ["廃-02", "2026/5/13", "PC-902", "SN-PC902", "初期化", "架空リース株式会社", ""],
            ["廃-03", "2026/11/12", "SV-002", "HD-88120", "物理破壊", "例示リサイクル株式会社", ""],
        ],
    )
}

fn certificates() -> EvidenceFile {
    fixed(
        "evidence/assets/certificates.tsv",
        Form::Tsv,
        ["証明書番号", "発行者", "発行日", "製造番号", "削除番号", "SHA-256"],
        &[
            [
                "証-01",
                "株式会社みなと架空情報処理",
                "2026-04-21",
                "",
                "削-01",
                "4b1f6c2a9d8e7035a1c4e6f80b2d9371c5e8fa604d3b2917806fa5c3e1d7b940",
            ],
            [
                "証-02",
                "例示リサイクル株式会社",
                "2026-05-20",
                "SN-PC901",
                "",
                "90d3c7ab52f41e68b0a97d24c6f8e135a27b9cd0463e18f5b7a2c40e9d6f3518",
            ],
        ],
    )
}

/// Somebody using a store.
#[derive(Debug)]
struct Use {
    at: DateTime,
    store: &'static str,
    person: usize,
    action: &'static str,
}

/// Those at their desks open what they handle; the erasures show as well.
fn uses(presences: &[Presence], random: &mut SplitMix64) -> Vec<Use> {
    let mut uses = Vec::new();
    for presence in at_desks(presences) {
        let person = presence.person;
        let store = if presence.zone.id == "Z-04" { "置-01" } else { "置-02" };
        if !is_standalone(&computer_of(person)) && random.percent(45) {
            let at = minutes_after(presence.from, 70 + random.below(200) as i64);
            let action = ["read", "read", "write", "write", "print"][random.below(5) as usize];
            uses.push(Use { at, store, person, action });
        }
        if person == 23 && random.percent(20) {
            uses.push(Use {
                at: minutes_after(presence.from, 300), store: "置-04", person, action: "write"
            });
        }
        if matches!(person, 3 | 4) && random.percent(20) {
            uses.push(Use { at: minutes_after(presence.from, 310), store: "置-07", person, action: "read" });
        }
    }
    let at = |day: Date, hour: i8, minute: i8| day.at(hour, minute, 5, 0);
    uses.push(Use { at: at(date(2026, 5, 18), 11, 2), store: "置-05", person: 5, action: "read" });
    uses.push(Use { at: at(date(2026, 4, 20), 15, 40), store: "置-06", person: 5, action: "delete" });
    uses.push(Use { at: at(date(2026, 7, 31), 16, 20), store: "置-02", person: 20, action: "delete" });
    uses.push(Use { at: at(date(2026, 11, 10), 16, 35), store: "置-02", person: 20, action: "delete" });
    uses.sort_by_key(|used| (used.at, used.person));
    uses
}

fn use_log(month: Date, uses: &[Use]) -> EvidenceFile {
    let rows: Vec<String> = uses
        .iter()
        .filter(|used| year_month(used.at.date()) == year_month(month))
        .map(|used| {
            format!(
                r#"{{"@timestamp":"{}","object":{{"store":"{}"}},"actor":"{}","op":"{}"}}"#,
                utc(used.at),
                used.store,
                person_id(used.person),
                used.action
            )
        })
        .collect();
    lines(&format!("evidence/stores/use-{}.jsonl", year_month(month)), &rows)
}
