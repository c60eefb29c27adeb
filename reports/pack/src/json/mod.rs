//! `result.json`: everything of the record, for programs. Its schema is `schema/result-1.schema.json`.

mod convert;
mod v1;

use kijun_audit::AuditRecord;

use crate::Error;

pub(crate) use convert::{Listing, result};

/// The JSON Schema (2020-12) of what [`render`] writes.
pub const SCHEMA: &str = include_str!("../../schema/result-1.schema.json");

/// The record as JSON: keys in a fixed order, indented by two, with a line break at the end.
pub fn render(record: &AuditRecord) -> Result<String, Error> {
    let mut text = serde_json::to_string_pretty(&result(record, Listing::All))?;
    text.push('\n');
    Ok(text)
}
