//! The inventory of the evidence: what there is and what is missing, on the screen and for programs.

mod data;
mod gaps;
mod list;
mod v1;

use jiff::tz::TimeZone;
use kijun_audit::{FactName, Inventory};
use kijun_source::{Bilingual, Lang, bilingual};

pub use data::{GAPS_SCHEMA, LIST_SCHEMA, gaps_json, list_json};
pub use gaps::gaps;
pub use list::list;

use crate::mask::plain;
use crate::words::thousands;

/// Whose evidence it is, how much, and for when.
fn header(inventory: &Inventory, lang: Lang) -> String {
    let organisation = &inventory.organisation;
    let ((start, end), today) = (inventory.period, inventory.today);
    let (rows, sources) = (thousands(inventory.rows), inventory.sources.len());
    let text = bilingual!(
        "{organisation} · 証拠 {rows}件 / {sources}系統 · 期間 {start} から {end} まで · 基準日 {today}",
        "{organisation} · rows {rows} / sources {sources} · period {start} to {end} · as of {today}"
    );
    plain(text.get(lang))
}

/// The words of the command line that ask for the same dates.
fn dates(inventory: &Inventory) -> String {
    let ((start, end), today) = (inventory.period, inventory.today);
    format!("--period {start}..{end} --as-of {today}")
}

/// A fact as people read it: the label first.
fn named(fact: &FactName) -> String {
    if fact.label == fact.name {
        return fact.name.clone();
    }
    format!("{}（{}）", fact.label, fact.name)
}

/// A local date and time to the minute.
fn minute(instant: jiff::Timestamp, zone: &TimeZone) -> String {
    zone.to_datetime(instant).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The stretch that a log covers: by its days, the last one with its time where it was cut off in the middle of it.
fn days(from: jiff::Timestamp, to: jiff::Timestamp, zone: &TimeZone) -> Bilingual {
    let (first, end) = (zone.to_datetime(from), zone.to_datetime(to));
    let is_midnight = |time: jiff::civil::DateTime| time.time() == jiff::civil::Time::midnight();
    let first = if is_midnight(first) { first.date().to_string() } else { minute(from, zone) };
    let last = end.date().yesterday().ok().filter(|_| is_midnight(end));
    let last = last.map_or_else(|| minute(to, zone), |last| last.to_string());
    bilingual!("{first} から {last} まで", "{first} to {last}")
}
