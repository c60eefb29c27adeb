//! What `kijun check` found, in the forms that programs read. Nothing of the evidence is in it.

pub mod github;
pub mod json;
mod path;
pub mod sarif;

pub use path::joined;

use jiff::civil::Date;
use kijun_audit::Review;
use kijun_ir::Program;
use kijun_source::{FileId, Sources};

/// What was found, and what it was found in.
#[derive(Debug, Clone, Copy)]
pub struct Findings<'a> {
    /// The files that the diagnostics point into.
    pub sources: &'a Sources,
    /// The rules that were checked.
    pub program: &'a Program,
    /// What is reported and what is ignored.
    pub review: &'a Review,
    /// The day on which it was decided what is ignored.
    pub today: Date,
    /// The folder that the paths of the files are relative to, seen from the folder that paths are to be shown from; empty
    /// where it is the same.
    pub folder: &'a str,
}

impl Findings<'_> {
    /// The path of a file as seen from the folder that paths are to be shown from.
    fn path(&self, file: FileId) -> String {
        path::joined(self.folder, &self.sources.file(file).path)
    }
}
