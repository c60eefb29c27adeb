//! What people receive: the record of an audit as a page, as data and on the screen; the evidence that the rules want, that there is and that
//! is missing; the rules as sentences beside their standard, and what it maps to in other standards; what is wrong with the rules, for
//! programs; the pages of diagnostics.
//!
//! Nothing here judges. Values of personal fields are masked and those of secret fields left out in every output; the
//! place where that happens is the module `mask`, and no output reads a [`kijun_audit::Piece`] past it.

pub mod answer;
mod catalogue;
mod cells;
pub mod crosswalk;
pub mod doc;
pub mod evidence;
pub mod findings;
pub mod graph;
pub mod html;
pub mod json;
pub mod junit;
mod markup;
mod mask;
pub mod page;
pub mod schema;
pub mod sentence;
pub mod terminal;
mod words;

pub use catalogue::{Catalogue, Delivery};
pub use mask::plain_lines;

/// Why an output could not be made. None can happen with the template and the types that this crate ships.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The template of the page.
    #[error("the page could not be made: {0}")]
    Template(#[from] minijinja::Error),
    /// The data.
    #[error("the result could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The workbook.
    #[error("the workbook could not be made: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

#[cfg(test)]
mod tests;
