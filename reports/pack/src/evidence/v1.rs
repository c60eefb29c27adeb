//! The types of the inventory for programs, version 1. They only ever grow, and only with a new minor schema.

use serde::Serialize;

/// What both files begin with.
#[derive(Debug, Serialize)]
pub(super) struct Head {
    pub(super) schema_version: &'static str,
    pub(super) organisation: String,
    pub(super) period: Period,
    pub(super) today: String,
    pub(super) time_zone: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Period {
    pub(super) start: String,
    pub(super) end: String,
}

/// What evidence there is.
#[derive(Debug, Serialize)]
pub(super) struct List {
    #[serde(flatten)]
    pub(super) head: Head,
    pub(super) rows: usize,
    pub(super) sources: Vec<Source>,
    pub(super) undelivered: Vec<Fact>,
}

#[derive(Debug, Serialize)]
pub(super) struct Source {
    pub(super) name: String,
    pub(super) fact: Fact,
    pub(super) files: Vec<File>,
}

#[derive(Debug, Serialize)]
pub(super) struct Fact {
    pub(super) name: String,
    pub(super) label: String,
}

#[derive(Debug, Serialize)]
pub(super) struct File {
    pub(super) path: String,
    pub(super) sha256: String,
    pub(super) collected_at: String,
    pub(super) covers: Option<Span>,
    pub(super) rows: usize,
    pub(super) rejected: usize,
    pub(super) complete: bool,
    pub(super) vouched: Option<Vouched>,
    pub(super) defects: Vec<Text>,
    pub(super) notes: Vec<Text>,
}

#[derive(Debug, Serialize)]
pub(super) struct Span {
    pub(super) from: String,
    pub(super) to: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Vouched {
    pub(super) by: String,
    pub(super) rows: usize,
}

/// What is missing.
#[derive(Debug, Serialize)]
pub(super) struct Gaps {
    #[serde(flatten)]
    pub(super) head: Head,
    pub(super) gaps: Vec<Gap>,
    pub(super) waiting: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Gap {
    pub(super) kind: &'static str,
    pub(super) fact: Fact,
    pub(super) source: Option<String>,
    pub(super) months: Vec<String>,
    pub(super) files: Vec<Place>,
    pub(super) sentence: Text,
    pub(super) rules: Vec<String>,
    pub(super) duties: Vec<String>,
    pub(super) next: Option<Text>,
}

#[derive(Debug, Serialize)]
pub(super) struct Place {
    pub(super) path: String,
    pub(super) lines: Vec<u32>,
}

/// A text in both languages.
#[derive(Debug, Serialize)]
pub(super) struct Text {
    pub(super) ja: String,
    pub(super) en: String,
}
