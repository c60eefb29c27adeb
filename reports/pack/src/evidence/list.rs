//! What evidence there is: a line a file, below its fact and source.

use jiff::tz::TimeZone;
use kijun_audit::{CollectionRecord, CoverageRecord, Inventory, SourceRecord};
use kijun_source::{Bilingual, Lang, bilingual};

use super::{dates, days, header, minute, named};
use crate::mask::plain;
use crate::terminal::table;
use crate::words::thousands;

/// Every source with its files. Facts that a rule reads and nobody delivers have a line too.
pub fn list(inventory: &Inventory, lang: Lang) -> String {
    let mut lines = vec![header(inventory, lang), String::new()];
    lines.extend(table(&rows(inventory, lang)));
    lines.push(String::new());
    let (next, dates) = (Bilingual::new("次", "next"), dates(inventory));
    lines.push(format!("{}: kijun evidence gaps {dates}", next.get(lang)));
    lines.iter().map(|line| line.trim_end().to_owned() + "\n").collect()
}

fn rows(inventory: &Inventory, lang: Lang) -> Vec<Vec<String>> {
    let heads = [
        Bilingual::new("証拠", "fact"),
        Bilingual::new("系統", "source"),
        Bilingual::new("収集した日時・期間", "collected, or covers"),
        Bilingual::new("行", "rows"),
        Bilingual::new("読めない行", "rejected"),
        Bilingual::new("ファイル", "file"),
        Bilingual::new("欠けがない（確かめた人）", "complete (vouched for by)"),
    ];
    let mut rows = vec![heads.map(|head| head.get(lang).to_owned()).to_vec()];
    rows.extend(inventory.sources.iter().flat_map(|source| of_source(source, &inventory.zone, lang)));
    let nobody = Bilingual::new("（届ける系統がない）", "(no source)");
    rows.extend(
        inventory.undelivered.iter().map(|fact| vec![plain(&named(fact)), nobody.get(lang).to_owned()]),
    );
    rows
}

/// The fact and the source stand on the first line alone.
fn of_source(source: &SourceRecord, zone: &TimeZone, lang: Lang) -> Vec<Vec<String>> {
    let heads = [plain(&named(&source.fact)), plain(&source.name)];
    if source.collections.is_empty() {
        let nothing = Bilingual::new("（ファイルがない）", "(no file)").get(lang).to_owned();
        return vec![[&heads[..], &[nothing]].concat()];
    }
    let files = source.collections.iter().enumerate();
    let row = |(at, file): (usize, &CollectionRecord)| {
        let heads = if at == 0 { heads.clone() } else { Default::default() };
        [&heads[..], &of_file(file, zone, lang)[..]].concat()
    };
    files.map(row).collect()
}

fn of_file(file: &CollectionRecord, zone: &TimeZone, lang: Lang) -> [String; 5] {
    let time = match &file.coverage {
        Some(CoverageRecord::Covers { from, to, .. }) => days(*from, *to, zone),
        Some(CoverageRecord::Taken { at, .. }) => Bilingual::same(minute(*at, zone)),
        None => Bilingual::new("（証拠として数えない）", "(does not count)"),
    };
    [
        time.get(lang).to_owned(),
        thousands(file.rows),
        thousands(file.rejected.len()),
        plain(&file.path),
        plain(complete(file).get(lang)),
    ]
}

/// Whether a file is complete, and by whom; else why it may not be.
fn complete(file: &CollectionRecord) -> Bilingual {
    let defects = match &file.coverage {
        Some(CoverageRecord::Covers { defects, .. } | CoverageRecord::Taken { defects, .. }) => defects,
        None => &file.notes,
    };
    let by = file.vouched.as_ref().map(|vouched| vouched.by.as_str());
    let ja: Vec<&str> = defects.iter().map(|defect| defect.ja.as_str()).collect();
    let en: Vec<&str> = defects.iter().map(|defect| defect.en.as_str()).collect();
    let (ja, en) = (ja.join("、"), en.join("; "));
    match by {
        Some(by) if file.coverage.is_some() && defects.is_empty() => bilingual!("○（{by}）", "yes ({by})"),
        Some(by) => bilingual!("× {ja}（{by}）", "no: {en} ({by})"),
        None => bilingual!("× {ja}", "no: {en}"),
    }
}
