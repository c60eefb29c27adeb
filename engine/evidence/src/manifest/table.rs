//! Reads TOML tables key by key, with a diagnostic for everything that is not as expected.

use std::ops::Range;

use kijun_source::{Bilingual, Diagnostic, FileId, Span, bilingual, codes, nearest};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Located;

codes! {
    /// The codes of this file.
    pub(crate) CODES;
    /// A key that nothing reads.
    UNKNOWN_KEY "KJ0501" Error "知らないキー" "unknown key";
    /// Text that is not TOML.
    MANIFEST_SYNTAX "KJ0502" Error "TOML として読めない" "not TOML";
    /// A required key that is absent.
    MISSING_KEY "KJ0503" Error "必要なキーがない" "missing key";
    /// A value of another type than expected.
    WRONG_TYPE "KJ0504" Error "値の型が違う" "wrong type of value";
}

/// Gathers diagnostics while tables are read.
pub(super) struct Reader<'a> {
    file: FileId,
    text: &'a str,
    diagnostics: Vec<Diagnostic>,
    /// Whether the text is TOML. Where it is not, keys may be absent because of that.
    pub(super) is_toml: bool,
}

/// A value with the span of its key and its own.
#[derive(Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) key: Span,
    pub(super) span: Span,
    pub(super) value: &'a DeValue<'a>,
}

/// A table of which keys are taken one by one.
pub(super) struct Section<'a> {
    title: &'static str,
    place: Span,
    entries: Vec<(&'a str, Item<'a>)>,
    asked: Vec<&'static str>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(file: FileId, text: &'a str) -> Self {
        Self { file, text, diagnostics: Vec::new(), is_toml: true }
    }

    pub(super) fn finish(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// How many errors there are by now.
    pub(super) fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count()
    }

    pub(super) fn syntax_error(&mut self, error: &toml::de::Error) {
        self.is_toml = false;
        let range = error.span().unwrap_or(0..0);
        let reason = error.message();
        let message = bilingual!("TOML として読めない: {reason}", "not TOML: {reason}");
        self.report(Diagnostic::new(&MANIFEST_SYNTAX, self.span(range), message));
    }

    /// A table whose title is shown in messages, such as `[workspace]`.
    pub(super) fn section(&self, title: &'static str, table: &'a DeTable<'a>, place: Span) -> Section<'a> {
        Section { title, place, entries: self.entries(table), asked: Vec::new() }
    }

    /// The entries of a table in the order written.
    pub(super) fn entries(&self, table: &'a DeTable<'a>) -> Vec<(&'a str, Item<'a>)> {
        let mut entries: Vec<_> = table
            .iter()
            .map(|(key, value)| {
                let item = Item {
                    key: self.span(key.span()),
                    span: self.span(value.span()),
                    value: value.get_ref(),
                };
                (&**key.get_ref(), item)
            })
            .collect();
        entries.sort_by_key(|(_, item)| item.key);
        entries
    }

    /// The value of a key that must be there.
    pub(super) fn require(&mut self, section: &mut Section<'a>, key: &'static str) -> Option<Item<'a>> {
        let item = section.take(key);
        if item.is_none() && self.is_toml {
            let title = section.title;
            let message = bilingual!("{title} に `{key}` がない", "missing key `{key}` in {title}");
            self.report(Diagnostic::new(&MISSING_KEY, section.place, message));
        }
        item
    }

    /// Reports the keys that nobody has taken.
    pub(super) fn close(&mut self, section: Section<'a>) {
        for (key, item) in &section.entries {
            let title = section.title;
            let message = bilingual!("{title} に `{key}` というキーはない", "unknown key `{key}` in {title}");
            let diagnostic = Diagnostic::new(&UNKNOWN_KEY, item.key, message);
            let known = section.asked.iter().copied();
            self.report(match nearest(key, known) {
                Some(near) => diagnostic.suggest(near),
                None => {
                    let keys = section.asked.join(", ");
                    diagnostic.help(bilingual!("使えるキー: {keys}", "known keys: {keys}"))
                }
            });
        }
    }

    pub(super) fn wrong_type(&mut self, item: Item<'a>, expected: Bilingual) {
        let key = self.slice(item.key).to_owned();
        let found = type_name(item.value);
        let message = Bilingual::new(
            format!("`{key}` には{}を書くが、{}が書かれている", expected.ja, found.ja),
            format!("`{key}` must be {}, found {}", expected.en, found.en),
        );
        self.report(Diagnostic::new(&WRONG_TYPE, item.span, message));
    }

    pub(super) fn text(&mut self, item: Item<'a>) -> Option<Located<String>> {
        if let DeValue::String(text) = item.value {
            return Some(Located { value: text.to_string(), span: item.span });
        }
        self.wrong_type(item, bilingual!("文字列", "text"));
        None
    }

    /// Text, or a date or a time without quotation marks.
    pub(super) fn moment(&mut self, item: Item<'a>) -> Option<Located<String>> {
        match item.value {
            DeValue::String(text) => Some(Located { value: text.to_string(), span: item.span }),
            DeValue::Datetime(_) => {
                Some(Located { value: self.slice(item.span).to_owned(), span: item.span })
            }
            _ => {
                self.wrong_type(item, bilingual!("日付か日時", "a date or a time"));
                None
            }
        }
    }

    /// Text, a number or a truth value, as written.
    pub(super) fn scalar(&mut self, item: Item<'a>) -> Option<Located<String>> {
        let value = match item.value {
            DeValue::String(text) => text.to_string(),
            DeValue::Array(_) | DeValue::Table(_) => {
                self.wrong_type(item, bilingual!("文字列", "text"));
                return None;
            }
            _ => self.slice(item.span).to_owned(),
        };
        Some(Located { value, span: item.span })
    }

    pub(super) fn number(&mut self, item: Item<'a>) -> Option<Located<u64>> {
        let number = item.value.as_integer().and_then(|integer| {
            u64::from_str_radix(&integer.as_str().replace('_', ""), integer.radix()).ok()
        });
        if number.is_none() {
            self.wrong_type(item, bilingual!("0 以上の整数", "a whole number"));
        }
        number.map(|value| Located { value, span: item.span })
    }

    pub(super) fn table(&mut self, item: Item<'a>) -> Option<&'a DeTable<'a>> {
        let table = item.value.as_table();
        if table.is_none() {
            self.wrong_type(item, bilingual!("表", "a table"));
        }
        table
    }

    pub(super) fn array(&mut self, item: Item<'a>) -> Option<Vec<Item<'a>>> {
        let Some(array) = item.value.as_array() else {
            self.wrong_type(item, bilingual!("配列", "an array"));
            return None;
        };
        let element = |value: &'a Spanned<DeValue<'a>>| Item {
            key: item.key,
            span: self.span(value.span()),
            value: value.get_ref(),
        };
        Some(array.iter().map(element).collect())
    }

    pub(super) fn texts(&mut self, item: Item<'a>) -> Option<Vec<Located<String>>> {
        let items = self.array(item)?;
        Some(items.into_iter().filter_map(|item| self.text(item)).collect())
    }

    pub(super) fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }
}

impl<'a> Section<'a> {
    /// The value of a key, if it is there.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Item<'a>> {
        self.asked.push(key);
        let position = self.entries.iter().position(|(name, _)| *name == key)?;
        Some(self.entries.remove(position).1)
    }
}

fn type_name(value: &DeValue<'_>) -> Bilingual {
    match value {
        DeValue::String(_) => bilingual!("文字列", "text"),
        DeValue::Integer(_) => bilingual!("整数", "an integer"),
        DeValue::Float(_) => bilingual!("小数", "a decimal"),
        DeValue::Boolean(_) => bilingual!("真偽値", "true or false"),
        DeValue::Datetime(_) => bilingual!("日時", "a date or a time"),
        DeValue::Array(_) => bilingual!("配列", "an array"),
        DeValue::Table(_) => bilingual!("表", "a table"),
    }
}
