//! Evidence files as records of texts.

mod decode;
mod delimited;
mod json_lines;

use std::borrow::Cow;
use std::ops::Range;

use kijun_source::Bilingual;

use crate::manifest::Format;

pub use decode::japanese_text;
pub(crate) use decode::{Undecodable, decode};

/// How the text of a file is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Cells between delimiters, names of the columns on a line.
    Delimited {
        /// The delimiter.
        delimiter: u8,
        /// The line of the column names, from 1.
        header_line: u32,
    },
    /// One JSON object a line.
    JsonLines,
}

/// A record that a file holds.
#[derive(Debug)]
pub(crate) struct Record<'r> {
    /// Where it begins in the text.
    pub(crate) start: usize,
    /// The line on which it begins, from 1.
    pub(crate) line: u32,
    /// One text for each wanted column; `None` where a JSON object lacks the key.
    pub(crate) texts: Result<Vec<Option<Cow<'r, str>>>, Malformed>,
}

/// Why a record has no cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Malformed {
    /// What is wrong, behind the place.
    pub(crate) reason: Bilingual,
    /// The bytes of the text at fault.
    pub(crate) range: Range<usize>,
    /// The wanted column at fault, if it is one.
    pub(crate) wanted: Option<usize>,
}

/// Why a whole file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// There is no text on the line of the column names.
    NoHeader,
    /// The names of columns do not say which column is meant.
    Columns {
        /// Wanted columns that are absent.
        missing: Vec<usize>,
        /// Wanted columns of which there is more than one.
        doubled: Vec<usize>,
        /// The columns that there are.
        present: Vec<String>,
        /// The bytes of the line of the column names, if there is one.
        header: Option<Range<usize>>,
    },
}

/// Where a wanted column stands in a record, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CellPlace {
    /// The bytes of the cell.
    pub(crate) range: Range<usize>,
    /// Its column, counted from 1: among the columns of a CSV, in characters of a JSON line.
    pub(crate) column: u32,
}

impl Layout {
    pub(crate) fn new(format: Format, header_line: u32) -> Self {
        match format {
            Format::Csv => Layout::Delimited { delimiter: b',', header_line },
            Format::Tsv => Layout::Delimited { delimiter: b'\t', header_line },
            Format::JsonLines => Layout::JsonLines,
        }
    }

    /// Visits the records in order and returns the columns that nothing wants. `wanted` are [`crate::value::normal`] names.
    pub(crate) fn read(
        self,
        text: &str,
        wanted: &[String],
        visit: &mut dyn FnMut(Record<'_>),
    ) -> Result<Vec<String>, Unusable> {
        match self {
            Layout::Delimited { delimiter, header_line } => {
                delimited::read(text, delimiter, header_line, wanted, visit)
            }
            Layout::JsonLines => json_lines::read(text, wanted, visit),
        }
    }

    /// Where a wanted column stands in the record that begins at `start`.
    pub(crate) fn locate(self, text: &str, start: usize, wanted: &str) -> Option<CellPlace> {
        match self {
            Layout::Delimited { delimiter, header_line } => {
                delimited::locate(text, delimiter, header_line, start, wanted)
            }
            Layout::JsonLines => json_lines::locate(text, start, wanted),
        }
    }

    /// The parts of the text whose content may only be shown if their column may, in ascending order, with
    /// the [`crate::value::normal`] name of the column; parts of records that cannot be read have none.
    pub(crate) fn cells(self, text: &str) -> Vec<(Range<usize>, Option<String>)> {
        match self {
            Layout::Delimited { delimiter, header_line } => delimited::cells(text, delimiter, header_line),
            Layout::JsonLines => json_lines::cells(text),
        }
    }
}
