//! `kijun.toml`: what the workspace is, and where its evidence comes from; and the other TOML that people write, `survivors.toml`.

mod bind;
mod lints;
mod path;
mod sections;
mod survivors;
mod table;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kijun_source::{FileId, Span};

pub use bind::{Bindings, BoundSource, Mapping, Plan, bind};
pub use lints::{FilePattern, Ignore, LintSetting};
pub use path::{Dating, PathPattern, Undatable};
pub use sections::parse_manifest;
pub use survivors::{Survivor, parse_survivors};

pub(crate) use bind::CODES as BIND_CODES;
pub(crate) use sections::CODES as SECTION_CODES;
pub(crate) use table::{CODES as TABLE_CODES, MANIFEST_SYNTAX};

/// Something written in `kijun.toml`, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// The content of `kijun.toml`, before names are resolved.
#[derive(Debug, Clone)]
pub struct Manifest {
    /// The file.
    pub file: FileId,
    /// `[workspace]`.
    pub workspace: Workspace,
    /// `[params]`, in the order written.
    pub params: Vec<Setting>,
    /// `[lints]`, in the order written.
    pub lints: Vec<LintSetting>,
    /// `[[ignore]]`, in the order written.
    pub ignores: Vec<Ignore>,
    /// `[[source]]`, in the order written.
    pub sources: Vec<SourceTable>,
}

/// `[workspace]`.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// Whose evidence it is.
    pub name: String,
    /// Rulesets: folders or files, relative to `kijun.toml`.
    pub rulesets: Vec<Located<String>>,
    /// The time zone in which instants become days.
    pub time_zone: TimeZone,
    /// The Cabinet Office's list of holidays, relative to `kijun.toml`; without one the holidays are those of the law as known to the program.
    pub holidays: Option<Located<String>>,
    /// The month in which the fiscal year starts.
    pub fiscal_year_starts: i8,
}

/// An override of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The name of the parameter.
    pub name: Located<String>,
    /// Its value.
    pub value: Located<SettingValue>,
}

/// A value as written under `[params]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingValue {
    /// Text, or a date without quotation marks.
    Text(String),
    /// A number, as written.
    Number(String),
    /// True or false.
    Bool(bool),
    /// A list of texts.
    List(Vec<String>),
}

/// A `[[source]]`. What is absent here though it is required has been reported, and `intact` is false.
#[derive(Debug, Clone)]
pub struct SourceTable {
    /// Its name; empty where none is written.
    pub name: Located<String>,
    /// The fact that it delivers.
    pub fact: Option<Located<String>>,
    /// How the files are written.
    pub format: Option<Format>,
    /// Where the files are.
    pub path: Option<Located<PathPattern>>,
    /// The encoding of the text.
    pub encoding: Encoding,
    /// The line of the column names, from 1, if written.
    pub header_line: Option<Located<u32>>,
    /// The zone of what the files say, where it is not the workspace's.
    pub time_zone: Option<TimeZone>,
    /// When the files were taken.
    pub collected: Option<Located<Timestamp>>,
    /// The first and the last day that the files cover.
    pub covers: Option<Located<(Date, Date)>>,
    /// Whether anybody vouches that nothing is missing.
    pub complete: Completeness,
    /// How fields are filled.
    pub columns: Vec<ColumnTable>,
    /// Whether everything in the table could be read.
    pub intact: bool,
}

/// How the files of a source are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// One JSON object a line.
    JsonLines,
}

/// The encoding of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without BOM.
    Utf8,
    /// CP932, Microsoft's Shift_JIS.
    Cp932,
}

/// Whether anybody vouches that nothing is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Completeness {
    /// Nobody does.
    NotVouched,
    /// Somebody does, for so many data rows.
    Vouched {
        /// Who.
        by: String,
        /// For how many data rows.
        rows: VouchedRows,
    },
}

/// The number of data rows that somebody vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VouchedRows {
    /// Of the one file that there is.
    OneFile(Located<usize>),
    /// Of each file, by name or path.
    ByFile(Vec<(Located<String>, usize)>),
}

/// How one field is filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnTable {
    /// The field.
    pub field: Located<String>,
    /// Where its values come from.
    pub origin: ColumnOrigin,
    /// Texts that mean that there is none, if written.
    pub none: Option<Vec<Located<String>>>,
    /// Further texts that mean yes.
    pub yes: Vec<Located<String>>,
    /// Further texts that mean no.
    pub no: Vec<Located<String>>,
    /// Texts and the enum values that they mean.
    pub values: Vec<(Located<String>, Located<String>)>,
}

/// Where the values of a field come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnOrigin {
    /// A column, by its name.
    Column(Located<String>),
    /// The same text in every row.
    Constant(Located<String>),
    /// What is written could not be read, and has been reported.
    Broken,
}
