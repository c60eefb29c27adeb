//! What a collection brought, and what was wrong with it.

use jiff::Timestamp;
use jiff::civil::Date;
use kijun_eval::Defect;
use kijun_ir::{Class, FactId, FieldId};
use kijun_source::{Bilingual, bilingual};

/// What all sources brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportReport {
    /// The sources, in the order of `kijun.toml`.
    pub sources: Vec<SourceReport>,
    /// Facts whose rows were merged, in the order of their declaration.
    pub merged: Vec<MergeReport>,
}

/// What one source brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceReport {
    /// Its name in `kijun.toml`.
    pub name: String,
    /// The fact that it delivers.
    pub fact: FactId,
    /// Who vouches that nothing is missing; `None` where nobody does.
    pub vouched_by: Option<String>,
    /// The files that were read, ascending by path within each collection.
    pub files: Vec<FileReport>,
    /// Pictures of other moments, which do not count.
    pub ignored: Vec<Ignored>,
}

/// What one file brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReport {
    /// Its path, relative to the workspace.
    pub path: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub size: usize,
    /// When it was taken.
    pub collected_at: Timestamp,
    /// The first and the last day that it is said to cover; `None` for a state.
    pub covers: Option<(Date, Date)>,
    /// Whether it could be read; if not, nothing of it counts and a diagnostic says why.
    pub usable: bool,
    /// How many rows were accepted.
    pub rows: usize,
    /// The rows that were not, in the order of the file.
    pub rejected: Vec<Rejection>,
    /// Columns that no field reads.
    pub unread: Vec<String>,
    /// How many rows lie outside the days that it is said to cover.
    pub outside: usize,
    /// Why it may lack rows.
    pub defects: Vec<Defect>,
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// The line on which the row begins, from 1.
    pub line: u32,
    /// The column from 1, in characters for JSON Lines; `None` where the row as a whole is at fault.
    pub column: Option<u32>,
    /// The name of the column.
    pub header: Option<String>,
    /// What was found, as far as it may be shown.
    pub value: Shown,
    /// What is wrong with it.
    pub reason: Bilingual,
}

/// A value as far as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// There is none.
    Nothing,
    /// The text itself.
    Text(String),
    /// A personal value: only how long it is.
    Personal {
        /// Its length in characters.
        characters: usize,
        /// Whether it consists of digits.
        digits: bool,
    },
    /// A secret value.
    Secret,
}

/// A picture of a moment that does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// The path of the file.
    pub path: String,
    /// The moment.
    pub taken_at: Timestamp,
}

/// What became of rows that several files or sources brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeReport {
    /// The fact.
    pub fact: FactId,
    /// How many rows were dropped because another row says the same of the same thing.
    pub duplicates: usize,
    /// Cells that became unknown because two rows contradict each other.
    pub contradictions: Vec<Contradiction>,
}

/// Two rows that say different things of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The key of the rows, as far as it may be shown.
    pub key: Shown,
    /// The field about which they differ.
    pub field: FieldId,
    /// One place.
    pub first: Place,
    /// Another.
    pub second: Place,
}

/// A line of an evidence file, with what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The path of the file.
    pub path: String,
    /// The line on which the row begins, from 1.
    pub line: u32,
}

impl Shown {
    /// A text of a field of some class. Long texts are cut.
    pub(crate) fn new(text: &str, class: Class) -> Self {
        const MOST: usize = 40;
        let text = text.trim();
        match class {
            _ if text.is_empty() => Shown::Nothing,
            Class::Secret => Shown::Secret,
            Class::Personal => Shown::Personal {
                characters: text.chars().count(),
                digits: text.chars().all(char::is_numeric),
            },
            Class::Open if text.chars().count() > MOST => {
                Shown::Text(text.chars().take(MOST).chain(['…']).collect())
            }
            Class::Open => Shown::Text(text.to_owned()),
        }
    }

    /// What people read.
    pub fn text(&self) -> Bilingual {
        match self {
            Shown::Nothing => bilingual!("（空）", "(empty)"),
            Shown::Text(text) => bilingual!("`{text}`", "`{text}`"),
            Shown::Personal { characters, digits: true } => {
                bilingual!("（個人データ、{characters}桁の数字）", "(personal, {characters} digits)")
            }
            Shown::Personal { characters, digits: false } => {
                bilingual!("（個人データ、{characters}文字）", "(personal, {characters} characters)")
            }
            Shown::Secret => bilingual!("（秘密）", "(secret)"),
        }
    }
}
