//! The controlled areas: registers, cards, the logs of the doors, the visitors' book.

use jiff::civil::{Date, DateTime};

use crate::attendance::{Flaw, Presence, Visit, host};
use crate::company::{MANAGER, RECEPTION, ZONES, Zone, left, may_enter_from, person_id};
use crate::days::{clocked, minutes_after, months, slashed, typed, working_days, year_month};
use crate::file::{EvidenceFile, Form, table};
use crate::random::SplitMix64;

/// The month of the annex's log that nobody collected.
const MISSING_MONTH: &str = "2026-08";

/// Somebody passing a door.
#[derive(Debug)]
struct Passage {
    at: DateTime,
    zone: &'static Zone,
    person: usize,
    enters: bool,
    granted: bool,
}

/// All files about who comes and goes.
pub(crate) fn files(visits: &[Visit], presences: &[Presence], random: &mut SplitMix64) -> Vec<EvidenceFile> {
    let passages = passages(visits, presences, random);
    let mut files = vec![zones(), rights(), cards(), visitors_book(visits)];
    for month in months() {
        files.push(main_log(month, &passages));
        if year_month(month) != MISSING_MONTH {
            files.push(annex_log(month, &passages));
        }
    }
    files
}

fn zones() -> EvidenceFile {
    let rows: Vec<Vec<String>> = ZONES
        .iter()
        .map(|zone| {
            let (barrier, reason) = match zone.id {
                "Z-02" => ("その他の仕切り", "天井まで届く施錠書架で囲み、隙間がない"),
                _ => ("壁", ""),
            };
            let drawing = zone.id.replace("Z-", "図-");
            let (drawn_on, from) = ("2020/3/16", "2020/4/1");
            let cells =
                [zone.id, zone.name, zone.kind, zone.site, barrier, reason, &drawing, drawn_on, from, ""];
            cells.map(str::to_owned).to_vec()
        })
        .collect();
    table(
        "evidence/facility/zones.csv",
        Form::Cp932,
        &[
            "区域番号",
            "区域名",
            "種類",
            "事業所",
            "仕切り",
            "理由",
            "図面番号",
            "図面の日付",
            "設定日",
            "廃止日",
        ],
        &rows,
    )
}

/// Each area with each person who may enter it.
fn entitled() -> impl Iterator<Item = (&'static Zone, usize)> {
    ZONES.iter().flat_map(|zone| zone.entitled.iter().map(move |number| (zone, *number)))
}

fn rights() -> EvidenceFile {
    let rows: Vec<Vec<String>> = entitled()
        .map(|(zone, number)| {
            vec![
                zone.id.to_owned(),
                person_id(number),
                slashed(may_enter_from(number)),
                left(number).map(slashed).unwrap_or_default(),
                person_id(MANAGER),
            ]
        })
        .collect();
    let header = ["区域番号", "従業者番号", "開始日", "終了日", "承認者"];
    table("evidence/facility/zone-rights.csv", Form::Utf8, &header, &rows)
}

/// The leaver's card was never switched off.
fn cards() -> EvidenceFile {
    let rows: Vec<Vec<String>> = entitled()
        .enumerate()
        .map(|(index, (zone, number))| {
            vec![
                format!("R{:03}", index + 1),
                card_number(number),
                zone.id.to_owned(),
                person_id(number),
                "有効".to_owned(),
            ]
        })
        .chain([["R099", "7036", "Z-02", "E0036", "無効"].map(str::to_owned).to_vec()])
        .collect();
    let header = ["登録番号", "カード番号", "区域番号", "従業者番号", "状態"];
    table("evidence/entry/cards.csv", Form::Cp932, &header, &rows)
}

fn card_number(number: usize) -> String {
    format!("{}", 7000 + number)
}

fn passages(visits: &[Visit], presences: &[Presence], random: &mut SplitMix64) -> Vec<Passage> {
    let mut passages: Vec<Passage> = presences.iter().flat_map(|presence| day_of(presence, visits)).collect();
    for day in working_days() {
        if random.percent(4) {
            let at = day.at(12, random.below(60) as i8, random.below(60) as i8, 0);
            passages.push(Passage { at, zone: &ZONES[1], person: RECEPTION, enters: true, granted: false });
        }
    }
    passages.sort_by_key(|passage| (passage.at, passage.person));
    passages
}

/// The comings and goings of a person on a day; a host goes out to fetch the visitor.
fn day_of(presence: &Presence, visits: &[Visit]) -> Vec<Passage> {
    let mut moves = vec![(presence.from, true)];
    let hosts = |visit: &&Visit| visit.from.date() == presence.day && visit.zone.id == presence.zone.id;
    if let Some(visit) = visits.iter().find(hosts).filter(|visit| host(visit) == presence.person) {
        moves.push((minutes_after(visit.from, -6), false));
        moves.push((minutes_after(visit.from, 1), true));
        if visit.flaw == Flaw::EscortLeft {
            moves.push((minutes_after(visit.from, 5), false));
            moves.push((minutes_after(visit.until, 20), true));
        }
    }
    moves.push((presence.until, false));
    let (zone, person) = (presence.zone, presence.person);
    moves.into_iter().map(|(at, enters)| Passage { at, zone, person, enters, granted: true }).collect()
}

fn main_log(month: Date, passages: &[Passage]) -> EvidenceFile {
    let rows: Vec<Vec<String>> = in_month(month, passages)
        .filter(|passage| passage.zone.id != "Z-03")
        .map(|passage| {
            vec![
                clocked(passage.at),
                passage.zone.door.to_owned(),
                passage.zone.id.to_owned(),
                card_number(passage.person),
                person_id(passage.person),
                if passage.enters { "入室" } else { "退室" }.to_owned(),
                if passage.granted { "許可" } else { "拒否" }.to_owned(),
            ]
        })
        .collect();
    let header = ["日時", "扉名", "区域番号", "カード番号", "利用者番号", "入退", "結果"];
    table(&format!("evidence/entry/main-{}.csv", year_month(month)), Form::Cp932, &header, &rows)
}

/// The annex has another system: tabs and English words.
fn annex_log(month: Date, passages: &[Passage]) -> EvidenceFile {
    let rows: Vec<Vec<String>> = in_month(month, passages)
        .filter(|passage| passage.zone.id == "Z-03")
        .map(|passage| {
            vec![
                passage.at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
                passage.zone.door.to_owned(),
                card_number(passage.person),
                person_id(passage.person),
                if passage.enters { "IN" } else { "OUT" }.to_owned(),
                if passage.granted { "OK" } else { "NG" }.to_owned(),
            ]
        })
        .collect();
    let header = ["timestamp", "door", "card", "user", "direction", "result"];
    table(&format!("evidence/entry/annex-{}.tsv", year_month(month)), Form::Tsv, &header, &rows)
}

fn in_month(month: Date, passages: &[Passage]) -> impl Iterator<Item = &Passage> {
    passages.iter().filter(move |passage| year_month(passage.at.date()) == year_month(month))
}

const ORGANISATIONS: [&str; 3] = ["架空保守株式会社", "見本電気工事", "例示空調サービス"];
const VISITORS: [&str; 4] = ["仮想 太郎", "空想 花子", "雛形 次郎", "設例 桜子"];
const PURPOSES: [&str; 4] =
    ["空調機の点検\n（年次）", "サーバの保守", "消防設備の点検", "配線工事の下見\n同行者なし、写真撮影なし"];

fn visitors_book(visits: &[Visit]) -> EvidenceFile {
    let rows: Vec<Vec<String>> =
        visits.iter().enumerate().map(|(index, visit)| visitor_row(index, visit)).collect();
    let header = [
        "受付番号",
        "区域",
        "氏名",
        "会社名",
        "用件",
        "用件確認者",
        "用件確認時刻",
        "名札番号",
        "名札の種類",
        "名札返却",
        "入室日時",
        "退室日時",
        "立会者",
    ];
    table("evidence/visitors/book.csv", Form::Utf8Bom, &header, &rows)
}

/// Every fourth line was typed in full width.
fn visitor_row(index: usize, visit: &Visit) -> Vec<String> {
    let time = |instant: DateTime| {
        let text = typed(instant);
        if index % 4 == 3 { full_width(&text) } else { text }
    };
    let escort = if visit.flaw == Flaw::NoEscort { String::new() } else { person_id(visit.zone.escort) };
    vec![
        format!("V2026-{:03}", index + 1),
        visit.zone.id.to_owned(),
        VISITORS[index % VISITORS.len()].to_owned(),
        ORGANISATIONS[index % ORGANISATIONS.len()].to_owned(),
        PURPOSES[index % PURPOSES.len()].to_owned(),
        person_id(RECEPTION),
        time(minutes_after(visit.from, -(index as i64 % 4))),
        format!("名札{}", 1 + index % 5),
        "来訪者用".to_owned(),
        time(minutes_after(visit.until, 3)),
        time(visit.from),
        time(visit.until),
        escort,
    ]
}

/// ASCII other than the space as its full-width form.
fn full_width(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_graphic() { char::from_u32(c as u32 + 0xfee0).unwrap_or(c) } else { c })
        .collect()
}
