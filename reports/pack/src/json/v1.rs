//! The types of `result.json`, version 1. They only ever grow, and only with a new minor schema; the record may change freely.

use serde::Serialize;

/// The whole file.
#[derive(Debug, Serialize)]
pub(crate) struct Result {
    pub(crate) schema_version: &'static str,
    pub(crate) generator: Generator,
    pub(crate) organisation: String,
    pub(crate) period: Period,
    pub(crate) today: String,
    pub(crate) time_zone: String,
    pub(crate) verdict: &'static str,
    pub(crate) counts: AllCounts,
    pub(crate) evidence: Amounts,
    pub(crate) standards: Vec<Standard>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) sources: Vec<Source>,
    pub(crate) params: Vec<Param>,
    pub(crate) unseen: Vec<Text>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Generator {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
}

#[derive(Debug, Serialize)]
pub(crate) struct Period {
    pub(crate) start: String,
    pub(crate) end: String,
}

/// A text in both languages.
#[derive(Debug, Serialize)]
pub(crate) struct Text {
    pub(crate) ja: String,
    pub(crate) en: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct AllCounts {
    pub(crate) rules: Counts,
    pub(crate) criteria: Counts,
    pub(crate) duties: Counts,
    pub(crate) observations: Counts,
    pub(crate) subjects: Counts,
}

#[derive(Debug, Serialize)]
pub(crate) struct Counts {
    pub(crate) met: usize,
    pub(crate) violated: usize,
    pub(crate) undetermined: usize,
    pub(crate) pending: usize,
    pub(crate) excused: usize,
    pub(crate) not_applicable: usize,
}

#[derive(Debug, Serialize)]
pub(crate) struct Amounts {
    pub(crate) rows: usize,
    pub(crate) rejected: usize,
    pub(crate) sources: usize,
    pub(crate) exceptions: usize,
}

#[derive(Debug, Serialize)]
pub(crate) struct Standard {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) issuer: Option<String>,
    pub(crate) edition: Option<String>,
    pub(crate) verdict: &'static str,
    pub(crate) sections: Vec<Section>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Section {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) text: Option<String>,
    pub(crate) verdict: &'static str,
    pub(crate) duties: Vec<Duty>,
    pub(crate) notes: Vec<String>,
    pub(crate) lacks: Vec<Lack>,
    pub(crate) criteria: Vec<Criterion>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Criterion {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) verdict: &'static str,
    pub(crate) duties: Vec<Duty>,
    pub(crate) notes: Vec<String>,
    pub(crate) lacks: Vec<Lack>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Duty {
    pub(crate) id: String,
    pub(crate) quote: String,
    pub(crate) verdict: &'static str,
    pub(crate) rules: Vec<String>,
    pub(crate) by_criteria: bool,
    pub(crate) lacks: Vec<Lack>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Rule {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) doc: String,
    pub(crate) covers: Vec<String>,
    pub(crate) severity: &'static str,
    pub(crate) remedy: Option<String>,
    pub(crate) verdict: &'static str,
    pub(crate) counts: Counts,
    pub(crate) population: Population,
    pub(crate) lacks: Vec<Lack>,
    pub(crate) subjects: Vec<Subject>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Population {
    /// `None` where the organisation as a whole is judged.
    pub(crate) fact: Option<Fact>,
    pub(crate) size: usize,
    pub(crate) nobody: bool,
}

#[derive(Debug, Serialize)]
pub(crate) struct Fact {
    pub(crate) name: String,
    pub(crate) label: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Subject {
    pub(crate) name: String,
    pub(crate) verdict: &'static str,
    pub(crate) spells: Vec<Spell>,
    pub(crate) message: Option<String>,
    pub(crate) explained: bool,
    pub(crate) lacks: Vec<Lack>,
    pub(crate) evidence: Vec<EvidenceRow>,
    pub(crate) evidence_beyond: usize,
}

#[derive(Debug, Serialize)]
pub(crate) struct Spell {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) verdict: &'static str,
}

#[derive(Debug, Serialize)]
pub(crate) struct EvidenceRow {
    pub(crate) role: &'static str,
    pub(crate) fact: Fact,
    pub(crate) name: String,
    pub(crate) source: String,
    pub(crate) path: String,
    pub(crate) line: u32,
    pub(crate) sha256: String,
    pub(crate) collected_at: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Lack {
    pub(crate) kind: &'static str,
    pub(crate) fact: Option<Fact>,
    pub(crate) source: Option<String>,
    pub(crate) span: Option<Span>,
    pub(crate) sentence: Text,
}

/// Half-open; without a beginning where `from` is null.
#[derive(Debug, Serialize)]
pub(crate) struct Span {
    pub(crate) from: Option<String>,
    pub(crate) to: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) fact: Fact,
    pub(crate) fresh: Text,
    pub(crate) coverage: Vec<Coverage>,
    pub(crate) gaps: Vec<Lack>,
    pub(crate) collections: Vec<Collection>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Coverage {
    Taken { at: String, defects: Vec<Text> },
    Covers { from: String, to: String, defects: Vec<Text> },
}

#[derive(Debug, Serialize)]
pub(crate) struct Collection {
    pub(crate) path: String,
    pub(crate) sha256: Option<String>,
    pub(crate) collected_at: String,
    pub(crate) coverage: Option<Coverage>,
    pub(crate) rows: usize,
    pub(crate) rejected: Rejected,
    pub(crate) vouched: Option<Vouched>,
    pub(crate) unread_columns: Vec<String>,
    pub(crate) unfilled_fields: Vec<String>,
    pub(crate) notes: Vec<Text>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Rejected {
    pub(crate) count: usize,
    pub(crate) rows: Vec<RejectedRow>,
}

#[derive(Debug, Serialize)]
pub(crate) struct RejectedRow {
    pub(crate) line: u32,
    pub(crate) column: Option<String>,
    pub(crate) value: Option<String>,
    pub(crate) reason: Text,
}

#[derive(Debug, Serialize)]
pub(crate) struct Vouched {
    pub(crate) by: String,
    pub(crate) rows: usize,
}

#[derive(Debug, Serialize)]
pub(crate) struct Param {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) value: Text,
    pub(crate) rationale: String,
    pub(crate) overridden: bool,
}
