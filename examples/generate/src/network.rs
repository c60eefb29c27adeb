//! What is connected to what: the inspection of the sockets, the routes, the firewall and its log, work by outsiders.

use jiff::civil::{Date, DateTime, date};

use crate::attendance::{Presence, at_desks};
use crate::company::{HOSTED, computer_of};
use crate::computers::{RETIRED, RETIRED_ON, in_scope, in_use_from, is_standalone, zone_of};
use crate::days::{compact, minutes_after, months, with_offset, year_month};
use crate::file::{EvidenceFile, Form, fixed, table};
use crate::random::SplitMix64;

/// All files about the network.
pub(crate) fn files(presences: &[Presence], random: &mut SplitMix64) -> Vec<EvidenceFile> {
    let mut files = vec![links(), needed(), routes(), rules(), outsiders()];
    let flows = flows(presences, random);
    files.extend(months().map(|month| flow_log(month, &flows)));
    files
}

/// The switch of a room, or the closed line of the data centre.
fn switch_of(asset: &str) -> (&'static str, &'static str) {
    match (asset, zone_of(asset)) {
        (HOSTED, _) => ("DC閉域網", "施設外のネットワーク"),
        (_, "Z-03") => ("SW-02", "施設内のネットワーク"),
        _ => ("SW-01", "施設内のネットワーク"),
    }
}

/// In September a computer was on the radio of the meeting room for some days.
fn links() -> EvidenceFile {
    let row = |asset: &str, interface: &str, peer: &str, place: &str, from: Date, until: String| {
        let connected = if peer.is_empty() { "×" } else { "○" };
        let [asset, interface, connected, peer, place] =
            [asset, interface, connected, peer, place].map(str::to_owned);
        vec![asset, interface, connected, peer, place, compact(from), until]
    };
    let mut rows = Vec::new();
    for asset in in_scope() {
        let (peer, place) = if is_standalone(&asset) { ("", "") } else { switch_of(&asset) };
        rows.push(row(&asset, "LAN1", peer, place, in_use_from(&asset), String::new()));
        if asset.starts_with("PC") {
            rows.push(row(&asset, "無線LAN", "", "", in_use_from(&asset), String::new()));
        }
    }
    for (asset, _) in RETIRED {
        rows.push(row(asset, "LAN1", "SW-02", "施設内のネットワーク", date(2019, 4, 1), compact(RETIRED_ON)));
    }
    let meeting = "20260918".to_owned();
    rows.push(row("PC-020", "無線LAN", "会議室AP", "施設内のネットワーク", date(2026, 9, 10), meeting));
    let header = ["管理番号", "接続口", "接続の有無", "相手", "相手の場所", "接続開始日", "接続終了日"];
    table("evidence/network/links.csv", Form::Cp932, &header, &rows)
}

fn needed() -> EvidenceFile {
    fixed(
        "evidence/network/needed.csv",
        Form::Cp932,
        ["契約番号", "機器", "承認者", "承認日", "終了日"],
        &[
            ["C-2026-01", "SW-01", "E0002", "令和8年3月25日", ""],
            ["C-2026-01", "SW-02", "E0002", "令和8年3月25日", ""],
            ["C-2025-07", "SW-01", "E0002", "令和7年9月25日", ""],
            ["C-2025-07", "SW-02", "E0002", "令和7年9月25日", ""],
            ["C-2025-07", "DC閉域網", "E0002", "令和7年9月25日", ""],
        ],
    )
}

fn routes() -> EvidenceFile {
    fixed(
        "evidence/network/routes.tsv",
        Form::Tsv,
        ["from", "to", "place"],
        &[
            ["SW-01", "SW-02", "facility"],
            ["SW-02", "SW-01", "facility"],
            ["DC閉域網", "SW-01", "facility"],
            ["会議室AP", "SW-02", "facility"],
        ],
    )
}

/// The rule that let one computer out is switched off again.
fn rules() -> EvidenceFile {
    fixed(
        "evidence/network/firewall.tsv",
        Form::Tsv,
        ["no", "device", "source", "destination", "outside", "action", "enabled"],
        &[
            ["10", "FW-01", "10.20.4.5/32", "203.0.113.25", "yes", "permit", "no"],
            ["20", "FW-01", "10.20.0.0/16", "10.20.0.0/16", "no", "permit", "yes"],
            ["90", "FW-01", "10.20.0.0/16", "any", "yes", "deny", "yes"],
        ],
    )
}

/// Something that passed the firewall, or did not.
#[derive(Debug)]
struct Flow {
    at: DateTime,
    asset: String,
    destination: &'static str,
    place: &'static str,
    action: &'static str,
    bytes: u64,
}

/// Now and then a program calls home and is denied. Once, in October, it came through.
fn flows(presences: &[Presence], random: &mut SplitMix64) -> Vec<Flow> {
    let mut flows = Vec::new();
    for presence in at_desks(presences) {
        let asset = computer_of(presence.person);
        if is_standalone(&asset) {
            continue;
        }
        let at = minutes_after(presence.from, 60 + random.below(300) as i64);
        if random.percent(16) {
            let bytes = 2_000 + random.below(90_000);
            flows.push(Flow {
                at,
                asset,
                destination: "10.20.1.1",
                place: "facility",
                action: "permit",
                bytes,
            });
        } else if random.percent(3) {
            flows.push(Flow {
                at,
                asset,
                destination: "198.51.100.7",
                place: "internet",
                action: "deny",
                bytes: 0,
            });
        }
    }
    let at = date(2026, 10, 14).at(13, 12, 8, 0);
    let asset = "PC-005".to_owned();
    let (destination, place, action) = ("203.0.113.25", "internet", "permit");
    flows.push(Flow { at, asset, destination, place, action, bytes: 48_211 });
    flows.sort_by(|a, b| (a.at, &a.asset).cmp(&(b.at, &b.asset)));
    flows
}

fn flow_log(month: Date, flows: &[Flow]) -> EvidenceFile {
    let rows: Vec<Vec<String>> = flows
        .iter()
        .filter(|flow| year_month(flow.at.date()) == year_month(month))
        .map(|flow| {
            vec![
                with_offset(flow.at),
                flow.asset.clone(),
                flow.destination.to_owned(),
                flow.place.to_owned(),
                flow.action.to_owned(),
                flow.bytes.to_string(),
            ]
        })
        .collect();
    let header = ["time", "src_host", "dst", "dst_place", "action", "bytes"];
    table(&format!("evidence/network/flows-{}.tsv", year_month(month)), Form::Tsv, &header, &rows)
}

/// The maintenance of the servers. Nobody stood by in June, the work of November still goes on.
fn outsiders() -> EvidenceFile {
    fixed(
        "evidence/network/outsiders.csv",
        Form::Cp932,
        [
            "作業番号",
            "会社名",
            "作業者",
            "管理番号",
            "理由",
            "承認者",
            "許可開始",
            "許可終了",
            "開始",
            "終了",
            "立会者",
            "録画番号",
            "録画確認者",
        ],
        &[
            [
                "作-01",
                "架空保守株式会社",
                "設例 桜子",
                "SV-001",
                "定期点検",
                "E0002",
                "2026/4/14 13:00",
                "2026/4/14 17:00",
                "2026/4/14 14:20",
                "2026/4/14 15:25",
                "E0005",
                "",
                "",
            ],
            [
                "作-02",
                "架空保守株式会社",
                "設例 桜子",
                "SV-002",
                "故障の調査（遠隔）",
                "E0002",
                "2026/6/18 9:00",
                "2026/6/18 17:00",
                "2026/6/18 11:05",
                "2026/6/18 11:40",
                "",
                "",
                "",
            ],
            [
                "作-03",
                "架空保守株式会社",
                "設例 桜子",
                "SV-001",
                "更新の適用（遠隔）",
                "E0002",
                "2026/9/2 18:00",
                "2026/9/2 22:00",
                "2026/9/2 18:20",
                "2026/9/2 20:05",
                "",
                "録-0902",
                "E0003",
            ],
            [
                "作-04",
                "架空保守株式会社",
                "設例 桜子",
                "SV-001",
                "記憶装置の増設（遠隔の設定）",
                "E0002",
                "2026/11/20 17:00",
                "2026/11/24 12:00",
                "2026/11/20 17:30",
                "",
                "E0005",
                "",
                "",
            ],
        ],
    )
}
