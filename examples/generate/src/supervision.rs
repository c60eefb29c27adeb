//! What the managers looked at: the records of supervision and the yearly review of rights.

use jiff::Span;
use jiff::civil::{Date, date};

use crate::company::{MANAGER, SERVERS, computer_of, handlers, person_id};
use crate::days::{months, short_era, slashed};
use crate::file::{EvidenceFile, Form, table};

/// The units that handle personal information.
const UNITS: [&str; 3] = ["D-20", "D-31", "D-32"];

/// All files about supervision.
pub(crate) fn files() -> Vec<EvidenceFile> {
    vec![records(), reviews()]
}

/// The second section's logs of August were not looked at; those of November wait for the first section, and the
/// interviews of the second section for the spring.
fn records() -> EvidenceFile {
    let mut rows = Vec::new();
    let mut record = |day: Date, person: usize, unit: &str, kind: &str, result: &str| {
        rows.push(vec![
            format!("監-{:03}", rows.len() + 1),
            short_era(day),
            person_id(person),
            unit.to_owned(),
            kind.to_owned(),
            result.to_owned(),
            "○".to_owned(),
        ]);
    };
    for month in months() {
        let day = month.saturating_add(Span::new().days(9));
        for unit in UNITS {
            if (month.month(), unit) != (8, "D-32") && (month.month(), unit) != (11, "D-31") {
                record(day, MANAGER, unit, "ログの確認", "異常なし");
            }
        }
        record(day, 1, "", "巡回点検", "良好");
    }
    for unit in &UNITS[..2] {
        record(date(2026, 9, 17), MANAGER, unit, "面談", "理解を確かめた");
    }
    let header = ["記録番号", "実施日", "監督者", "対象部署", "種類", "結果", "署名"];
    table("evidence/hr/supervision.csv", Form::Cp932, &header, &rows)
}

/// The newest computer and the rented server were not reviewed yet.
fn reviews() -> EvidenceFile {
    let reviewed_on = date(2026, 10, 20);
    let desks = handlers().map(computer_of).filter(|asset| asset != "PC-024");
    let rows: Vec<Vec<String>> = desks
        .chain(SERVERS.map(str::to_owned))
        .enumerate()
        .map(|(index, asset)| {
            let population = match asset.as_bytes().first() {
                Some(b'S') => 3,
                _ if asset == "PC-017" => 2,
                _ => 1,
            };
            vec![
                format!("棚-{:02}", index + 1),
                slashed(reviewed_on),
                asset,
                person_id(MANAGER),
                population.to_string(),
                "0".to_owned(),
            ]
        })
        .collect();
    let header = ["棚卸番号", "実施日", "対象", "実施者", "対象件数", "取消件数"];
    table("evidence/directory/reviews.csv", Form::Utf8, &header, &rows)
}
