//! What the duties of standards map to in other standards: both ways on the screen, as a file, and what is stated how far.

mod export;
mod find;
mod line;
mod review;
mod show;
mod strength;

use kijun_ir::{CatalogueId, Program};

pub use export::{Format, SCHEMA, export};
pub use find::{Found, catalogue, find};
pub use line::concerns;
pub use review::{Review, review};
pub use show::{show, show_all};

/// What of the crosswalks is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Selection<'a> {
    /// The rules.
    pub program: &'a Program,
    /// Only what concerns this catalogue, on either side; `None` for all.
    pub catalogue: Option<CatalogueId>,
}

#[cfg(test)]
mod tests;
