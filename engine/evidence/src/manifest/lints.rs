//! How grave a workspace holds what `kijun check` reports (`[lints]`), and what it ignores for a while (`[[ignore]]`).

use glob::Pattern;
use jiff::civil::Date;
use kijun_source::{Diagnostic, Level, Span, bilingual};
use toml::de::DeTable;

use super::Located;
use super::sections::{BAD_PATH, choose, read_day, required_text, tables};
use super::table::{Item, Reader};

/// A line of `[lints]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LintSetting {
    /// The code.
    pub code: Located<String>,
    /// How grave it is in this workspace.
    pub level: Located<Level>,
}

/// An `[[ignore]]`: what is not reported until a day, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignore {
    /// The code.
    pub code: Located<String>,
    /// In which files; everywhere where none is named.
    pub file: Option<Located<FilePattern>>,
    /// About which rule, duty, criterion or fact; about all where none is named.
    pub name: Option<Located<String>>,
    /// Why.
    pub reason: String,
    /// The last day on which it is ignored.
    pub until: Located<Date>,
}

/// A pattern of paths as diagnostics show them, relative to `kijun.toml`: `*` is any text within a folder, `**` any folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePattern(Pattern);

impl FilePattern {
    /// Whether a path is meant.
    pub fn matches(&self, path: &str) -> bool {
        let options = glob::MatchOptions { require_literal_separator: true, ..glob::MatchOptions::new() };
        self.0.matches_with(path, options)
    }
}

/// The levels by the words for them.
fn levels() -> [(&'static str, Level); 4] {
    Level::ALL.map(|level| (level.name(), level))
}

pub(super) fn read_lints<'a>(reader: &mut Reader<'a>, table: &'a DeTable<'a>) -> Vec<LintSetting> {
    let mut settings = Vec::new();
    for (code, item) in reader.entries(table) {
        if let Some(level) = choose(reader, item, &levels()) {
            let code = Located { value: code.to_owned(), span: item.key };
            settings.push(LintSetting { code, level: Located { value: level, span: item.span } });
        }
    }
    settings
}

pub(super) fn read_ignores<'a>(reader: &mut Reader<'a>, item: Item<'a>) -> Vec<Ignore> {
    let items = tables(reader, item, "[[ignore]]").unwrap_or_default();
    let mut ignores = Vec::new();
    for item in items {
        let Some(table) = reader.table(item) else { continue };
        ignores.extend(read_ignore(reader, table, item.span));
    }
    ignores
}

/// An entry of which anything is amiss ignores nothing.
fn read_ignore<'a>(reader: &mut Reader<'a>, table: &'a DeTable<'a>, place: Span) -> Option<Ignore> {
    let errors_before = reader.errors();
    let mut section = reader.section("[[ignore]]", table, place);
    let code = required_text(reader, &mut section, "code");
    let reason = required_text(reader, &mut section, "reason");
    let until = reader.require(&mut section, "until").and_then(|item| read_day(reader, item));
    let file = section.take("file").and_then(|item| read_pattern(reader, item));
    let name = section.take("name").and_then(|item| reader.text(item));
    reader.close(section);
    let is_intact = reader.errors() == errors_before;
    is_intact.then_some(Ignore { code: code?, file, name, reason: reason?.value, until: until? })
}

fn read_pattern<'a>(reader: &mut Reader<'a>, item: Item<'a>) -> Option<Located<FilePattern>> {
    let Located { value, span } = reader.text(item)?;
    match Pattern::new(&value) {
        Ok(pattern) => Some(Located { value: FilePattern(pattern), span }),
        Err(error) => {
            let reason = error.msg;
            let message = bilingual!(
                "`{value}` をファイルの型として読めない: {reason}",
                "cannot read `{value}` as a pattern of files: {reason}"
            );
            let help = bilingual!("例: \"rulesets/**/*.kijun\"", "for example \"rulesets/**/*.kijun\"");
            reader.report(Diagnostic::new(&BAD_PATH, span, message).help(help));
            None
        }
    }
}
