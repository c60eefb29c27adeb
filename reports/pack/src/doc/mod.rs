//! The standard and its rules side by side: every duty with the sentences of the rules that decide it, and all that they rest on.

mod crosswalk;
mod evidence;
mod example;
mod html;
mod model;
mod overview;
mod passage;
mod standard;
mod table;
mod term;
mod text;
mod words;

use kijun_ir::{FactId, Program};
use kijun_source::Lang;

use crate::sentence::{Definitions, Speaker};

pub use html::pages;
pub use table::{TableFormat, table};
pub use text::text;

/// What there is to write down.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The rules.
    pub program: &'a Program,
    /// What people read of the definitions in them.
    pub definitions: &'a Definitions,
    /// In a workspace, the names of its sources and the facts that they deliver.
    pub sources: Option<&'a [(String, FactId)]>,
}

impl<'a> Subject<'a> {
    fn speaker(&self, lang: Lang) -> Speaker<'a> {
        Speaker::new(self.program, self.definitions, lang)
    }
}

/// A page, and where it goes: the path from the folder of the document, with `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The path.
    pub path: String,
    /// The HTML.
    pub html: String,
}

/// Why a page could not be made. It cannot happen with the template that this crate ships.
#[derive(Debug, thiserror::Error)]
#[error("the page could not be made: {0}")]
pub struct Error(#[from] minijinja::Error);

#[cfg(test)]
mod tests;
