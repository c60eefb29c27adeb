//! What evidence is wanted: as text, as a JSON Schema, and as a file to fill in with the table that maps it.

mod example;
mod json_schema;
mod template;
mod text;
mod words;
mod workbook;

pub use json_schema::json_schema;
pub use template::{csv, source_table};
pub use text::{fact, facts};
pub use workbook::xlsx;
