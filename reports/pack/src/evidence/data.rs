//! The inventory for programs. Its schemas are `schema/evidence-list-1.schema.json` and `schema/evidence-gaps-1.schema.json`.

use kijun_audit::{CollectionRecord, CoverageRecord, FactName, GapRecord, Inventory, SourceRecord};
use kijun_source::Bilingual;
use serde::Serialize;

use super::v1;
use crate::Error;
use crate::words::{rfc3339, zone_name};

/// The JSON Schema (2020-12) of what [`list_json`] writes.
pub const LIST_SCHEMA: &str = include_str!("../../schema/evidence-list-1.schema.json");

/// The JSON Schema (2020-12) of what [`gaps_json`] writes.
pub const GAPS_SCHEMA: &str = include_str!("../../schema/evidence-gaps-1.schema.json");

/// What evidence there is, as JSON.
pub fn list_json(inventory: &Inventory) -> Result<String, Error> {
    written(&v1::List {
        head: head(inventory),
        rows: inventory.rows,
        sources: inventory.sources.iter().map(|each| source(inventory, each)).collect(),
        undelivered: inventory.undelivered.iter().map(fact).collect(),
    })
}

/// What is missing, as JSON.
pub fn gaps_json(inventory: &Inventory) -> Result<String, Error> {
    written(&v1::Gaps {
        head: head(inventory),
        gaps: inventory.gaps.iter().map(gap).collect(),
        waiting: inventory.waiting.clone(),
    })
}

/// Keys in a fixed order, indented by two, with a line break at the end.
fn written(data: &impl Serialize) -> Result<String, Error> {
    Ok(serde_json::to_string_pretty(data)? + "\n")
}

fn head(inventory: &Inventory) -> v1::Head {
    let (start, end) = inventory.period;
    v1::Head {
        schema_version: "1",
        organisation: inventory.organisation.clone(),
        period: v1::Period { start: start.to_string(), end: end.to_string() },
        today: inventory.today.to_string(),
        time_zone: zone_name(&inventory.zone),
    }
}

fn source(inventory: &Inventory, source: &SourceRecord) -> v1::Source {
    v1::Source {
        name: source.name.clone(),
        fact: fact(&source.fact),
        files: source.collections.iter().map(|each| file(inventory, each)).collect(),
    }
}

fn file(inventory: &Inventory, file: &CollectionRecord) -> v1::File {
    let time = |instant| rfc3339(instant, &inventory.zone);
    let (covers, defects) = match &file.coverage {
        Some(CoverageRecord::Covers { from, to, defects }) => {
            (Some(v1::Span { from: time(*from), to: time(*to) }), defects.as_slice())
        }
        Some(CoverageRecord::Taken { defects, .. }) => (None, defects.as_slice()),
        None => (None, &[][..]),
    };
    v1::File {
        path: file.path.clone(),
        sha256: file.sha256.clone(),
        collected_at: time(file.collected_at),
        covers,
        rows: file.rows,
        rejected: file.rejected.len(),
        complete: file.coverage.is_some() && file.vouched.is_some() && defects.is_empty(),
        vouched: file
            .vouched
            .as_ref()
            .map(|vouched| v1::Vouched { by: vouched.by.clone(), rows: vouched.rows }),
        defects: defects.iter().map(text).collect(),
        notes: file.notes.iter().map(text).collect(),
    }
}

fn gap(gap: &GapRecord) -> v1::Gap {
    let place =
        |file: &kijun_audit::GapFile| v1::Place { path: file.path.clone(), lines: file.lines.clone() };
    v1::Gap {
        kind: gap.missing.name(),
        fact: fact(&gap.fact),
        source: gap.source.clone(),
        months: gap.months.iter().map(|month| month.strftime("%Y-%m").to_string()).collect(),
        files: gap.files.iter().map(place).collect(),
        sentence: text(&gap.sentence),
        rules: gap.rules.clone(),
        duties: gap.duties.clone(),
        next: gap.next.as_ref().map(text),
    }
}

fn fact(fact: &FactName) -> v1::Fact {
    v1::Fact { name: fact.name.clone(), label: fact.label.clone() }
}

fn text(text: &Bilingual) -> v1::Text {
    v1::Text { ja: text.ja.clone(), en: text.en.clone() }
}
