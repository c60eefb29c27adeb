//! The controlled areas: registers, cards, the logs of the doors, the visitors' book.

use jiff::civil::{Date, DateTime, date};

use crate::company::{MANAGER, RECEPTION, ZONES, Zone, left, may_enter_from, may_enter_on, person_id};
use crate::days::{clocked, minutes_after, months, slashed, typed, working_days, year_month};
use crate::file::{EvidenceFile, Form, table};
use crate::random::SplitMix64;

/// The month of the annex's log that nobody collected.
const MISSING_MONTH: &str = "2026-08";

/// What is wrong with a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flaw {
    /// Nothing.
    Sound,
    /// The book names no escort.
    NoEscort,
    /// The escort left the area while the visitor was in it.
    EscortLeft,
}

/// A visitor in an area.
#[derive(Debug)]
struct Visit {
    zone: &'static Zone,
    from: DateTime,
    until: DateTime,
    flaw: Flaw,
}

/// Somebody passing a door.
#[derive(Debug)]
struct Passage {
    at: DateTime,
    zone: &'static Zone,
    person: usize,
    enters: bool,
    granted: bool,
}

/// All files about the areas.
pub(crate) fn files(random: &mut SplitMix64) -> Vec<EvidenceFile> {
    let visits = visits(random);
    let passages = passages(&visits, random);
    let mut files = vec![zones(), rights(), cards(), visitors_book(&visits)];
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
        .map(|zone| [zone.id, zone.name, zone.kind, "2020/4/1", ""].map(str::to_owned).to_vec())
        .collect();
    table(
        "evidence/facility/zones.csv",
        Form::Cp932,
        &["区域番号", "区域名", "種類", "設定日", "廃止日"],
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

/// A visit a month in each area. Three of them are the ones that the README tells of.
fn visits(random: &mut SplitMix64) -> Vec<Visit> {
    let days: Vec<Date> = working_days().collect();
    let mut visits = Vec::new();
    for month in months() {
        for (index, zone) in ZONES.iter().enumerate() {
            let in_month: Vec<Date> =
                days.iter().copied().filter(|day| year_month(*day) == year_month(month)).collect();
            let (day, flaw) = match (month.month(), index) {
                (6, 0) => (date(2026, 6, 17), Flaw::NoEscort),
                (8, 2) => (date(2026, 8, 19), Flaw::Sound),
                (9, 1) => (date(2026, 9, 9), Flaw::EscortLeft),
                _ => (in_month[random.below(in_month.len() as u64) as usize], Flaw::Sound),
            };
            let from = day.at(10 + random.below(5) as i8, random.below(60) as i8, 0, 0);
            let until = minutes_after(from, 40 + random.below(50) as i64);
            visits.push(Visit { zone, from, until, flaw });
        }
    }
    visits.sort_by_key(|visit| visit.from);
    visits
}

fn passages(visits: &[Visit], random: &mut SplitMix64) -> Vec<Passage> {
    let mut passages = Vec::new();
    for day in working_days() {
        for zone in &ZONES {
            let entitled: Vec<usize> =
                zone.entitled.iter().copied().filter(|number| may_enter_on(*number, day)).collect();
            let mut present = random.choose(&entitled, zone.daily);
            let visit = visits.iter().find(|visit| visit.zone.id == zone.id && visit.from.date() == day);
            let host = visit.map(|visit| if visit.flaw == Flaw::NoEscort { 4 } else { zone.escort });
            present.extend(host.filter(|host| !present.contains(host)));
            for person in present {
                let fetched = visit.filter(|_| host == Some(person));
                passages.extend(day_of(person, zone, day, fetched, random));
            }
        }
        if random.percent(4) {
            let at = day.at(12, random.below(60) as i8, random.below(60) as i8, 0);
            passages.push(Passage { at, zone: &ZONES[1], person: RECEPTION, enters: true, granted: false });
        }
    }
    passages.sort_by_key(|passage| (passage.at, passage.person));
    passages
}

/// The comings and goings of a person on a day; a host goes out to fetch the visitor.
fn day_of(
    person: usize,
    zone: &'static Zone,
    day: Date,
    visit: Option<&Visit>,
    random: &mut SplitMix64,
) -> Vec<Passage> {
    let second = random.below(60) as i8;
    let mut moves = vec![(day.at(8, 30 + random.below(30) as i8, second, 0), true)];
    if let Some(visit) = visit {
        moves.push((minutes_after(visit.from, -6), false));
        moves.push((minutes_after(visit.from, 1), true));
        if visit.flaw == Flaw::EscortLeft {
            moves.push((minutes_after(visit.from, 5), false));
            moves.push((minutes_after(visit.until, 20), true));
        }
    }
    moves.push((day.at(17, random.below(60) as i8, second, 0), false));
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
        "名札番号",
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
        format!("名札{}", 1 + index % 5),
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
