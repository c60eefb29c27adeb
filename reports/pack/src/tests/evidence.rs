//! Inventories as people and programs read them.

use jiff::civil::date;
use jsonschema::Draft;
use kijun_audit::{GapFile, GapRecord, Inventory, Missing};
use kijun_source::{Bilingual, Lang};

use super::fixture;
use crate::evidence::{GAPS_SCHEMA, LIST_SCHEMA, gaps, gaps_json, list, list_json};

/// The sources of the record made by hand, and a gap of each kind.
fn inventory() -> Inventory {
    let record = fixture::record();
    let kinds = [
        Missing::NoSource,
        Missing::NoCollection,
        Missing::Stale,
        Missing::Uncollected,
        Missing::Unusable,
        Missing::NotVouched,
        Missing::RowCount,
        Missing::Rejected,
        Missing::Undated,
        Missing::Unfilled,
        Missing::Blank,
        Missing::Beyond,
    ];
    let fact = record.sources[0].fact.clone();
    let gap = |missing: Missing| GapRecord {
        missing,
        fact: fact.clone(),
        source: (missing != Missing::NoSource).then(|| "entry-2".to_owned()),
        months: vec![date(2026, 7, 1), date(2026, 8, 1)],
        files: vec![GapFile { path: "evidence/\u{1b}[2J.csv".to_owned(), lines: (2..14).collect() }],
        sentence: Bilingual::new(missing.name(), missing.name()),
        rules: vec!["entry_by_right".to_owned()],
        duties: (1..13).map(|number| format!("4({number})a")).collect(),
        next: (missing != Missing::Beyond).then(|| Bilingual::new("受け取る", "have it delivered")),
    };
    Inventory {
        organisation: record.organisation,
        period: record.period,
        today: record.today,
        zone: record.zone,
        rows: record.rows,
        undelivered: vec![fact.clone()],
        gaps: kinds.map(gap).to_vec(),
        waiting: vec!["4(1)a".to_owned()],
        sources: record.sources,
    }
}

/// Nothing there, nothing missing.
fn empty() -> Inventory {
    Inventory {
        sources: Vec::new(),
        undelivered: Vec::new(),
        gaps: Vec::new(),
        waiting: Vec::new(),
        rows: 0,
        ..inventory()
    }
}

fn errors(schema: &str, text: &str) -> Vec<String> {
    let schema = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::options().with_draft(Draft::Draft202012).build(&schema).unwrap();
    let value = serde_json::from_str(text).unwrap();
    validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn inventories_keep_to_their_schemas() {
    for inventory in [inventory(), empty()] {
        let (list, gaps) = (list_json(&inventory).unwrap(), gaps_json(&inventory).unwrap());
        assert_eq!(errors(LIST_SCHEMA, &list), Vec::<String>::new());
        assert_eq!(errors(GAPS_SCHEMA, &gaps), Vec::<String>::new());
        let other = gaps.replacen("\"schema_version\": \"1\"", "\"schema_version\": \"2\"", 1);
        assert_ne!(errors(GAPS_SCHEMA, &other), Vec::<String>::new());
    }
}

#[test]
fn inventories_on_the_screen() {
    let inventory = inventory();
    let shown = [list(&inventory, Lang::Ja), gaps(&inventory, Lang::Ja, 60), gaps(&empty(), Lang::En, 60)];
    let shown = shown.join("\n----\n");
    assert!(!shown.contains('\u{1b}'), "{shown}");
    insta::assert_snapshot!(shown);
}
