//! What may be plugged in: the register of media, the restriction of sockets, what was plugged in.

use jiff::civil::{DateTime, date};

use crate::company::SERVERS;
use crate::computers::{in_scope, is_standalone};
use crate::days::{utc, utc_without_zone};
use crate::file::{EvidenceFile, Form, fixed, lines, table};

/// The computer whose restriction only records.
const RECORDS_ONLY: &str = "PC-014";

/// All files about media.
pub(crate) fn files() -> Vec<EvidenceFile> {
    vec![register(), console(), sheet(), events()]
}

fn register() -> EvidenceFile {
    fixed(
        "evidence/media/register.csv",
        Form::Cp932,
        ["媒体番号", "製造番号", "使用区域", "使用者", "状態", "許可日", "許可の末日"],
        &[
            ["M-01", "USB-11A0", "Z-04", "E0005", "使用中の媒体", "令和7年4月1日", ""],
            ["M-02", "USB-11A1", "Z-03", "E0010", "使用中の媒体", "令和7年4月1日", ""],
            ["M-03", "USB-11A2", "Z-03", "E0015", "紛失した媒体", "令和7年4月1日", "令和8年2月27日"],
            ["M-04", "HDD-20C4", "Z-01", "E0003", "保管中の媒体", "令和7年4月1日", ""],
        ],
    )
}

/// Computers that a socket makes vulnerable and that hold personal information.
fn endpoints() -> impl Iterator<Item = String> {
    in_scope().into_iter().filter(|asset| !asset.starts_with("CL")).chain(["PR-001".to_owned()])
}

fn console() -> EvidenceFile {
    let rows: Vec<Vec<String>> = endpoints()
        .filter(|asset| !is_standalone(asset))
        .map(|asset| {
            let policy = match asset.as_str() {
                RECORDS_ONLY => "audit",
                "PR-001" => "block",
                _ if SERVERS.contains(&asset.as_str()) => "block",
                _ => "allowlist",
            };
            let seen = utc_without_zone(date(2026, 11, 20).at(16, 45, 0, 0));
            vec![asset, policy.to_owned(), "True".to_owned(), seen]
        })
        .collect();
    let header = ["deviceName", "removableStorage", "applied", "lastCheckIn"];
    table("evidence/media/control.csv", Form::Utf8, &header, &rows)
}

/// The computers that no network reaches, looked at on 20 November.
fn sheet() -> EvidenceFile {
    let rows: Vec<Vec<String>> = endpoints()
        .filter(|asset| is_standalone(asset))
        .map(|asset| [asset.as_str(), "遮断", "○", "2026/11/20 10:30"].map(str::to_owned).to_vec())
        .collect();
    table("evidence/media/standalone.csv", Form::Cp932, &["管理番号", "方針", "適用", "点検日時"], &rows)
}

/// In October a stick that nobody knows was written to where the restriction only records.
fn events() -> EvidenceFile {
    let row = |at: DateTime, host: &str, person: &str, serial: &str, action: &str| {
        format!(
            r#"{{"time":"{}","host":"{host}","user":"{person}","serial":"{serial}","action":"{action}"}}"#,
            utc(at)
        )
    };
    let rows = [
        row(date(2026, 4, 10).at(10, 2, 11, 0), "PC-003", "E0005", "USB-11A0", "mount"),
        row(date(2026, 4, 10).at(10, 5, 40, 0), "PC-003", "E0005", "USB-11A0", "write"),
        row(date(2026, 5, 12).at(14, 31, 2, 0), "PC-008", "E0010", "USB-11A1", "mount"),
        row(date(2026, 6, 2).at(11, 20, 9, 0), "PC-018", "E0020", "USB-7F3A", "blocked"),
        row(date(2026, 7, 7).at(9, 44, 51, 0), "SV-003", "E0003", "HDD-20C4", "mount"),
        row(date(2026, 7, 7).at(9, 46, 3, 0), "SV-003", "E0003", "HDD-20C4", "write"),
        row(date(2026, 9, 16).at(15, 8, 30, 0), "PC-003", "E0005", "USB-11A0", "mount"),
        row(date(2026, 10, 7).at(16, 58, 12, 0), RECORDS_ONLY, "E0016", "USB-7F3A", "mount"),
        row(date(2026, 10, 7).at(17, 1, 45, 0), RECORDS_ONLY, "E0016", "USB-7F3A", "write"),
        row(date(2026, 11, 9).at(13, 15, 0, 0), "PC-011", "E0013", "USB-0000", "blocked"),
    ];
    lines("evidence/media/events.jsonl", &rows)
}
