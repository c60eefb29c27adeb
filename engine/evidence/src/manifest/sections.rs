//! Reads the sections of `kijun.toml`.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use kijun_source::{Bilingual, Diagnostic, FileId, Sources, Span, bilingual, codes, nearest};
use toml::de::{DeTable, DeValue};

use super::lints::{read_ignores, read_lints};
use super::table::{Item, Reader, Section};
use super::{
    ColumnOrigin, ColumnTable, Completeness, Encoding, Format, Located, Manifest, PathPattern, Setting,
    SettingValue, SourceTable, VouchedRows, Workspace,
};
use crate::value::{self, normal};

codes! {
    /// The codes of this file.
    pub(crate) CODES;
    /// A time zone that nobody knows.
    UNKNOWN_ZONE "KJ0505" Error "知らない時間帯" "unknown time zone";
    /// A word that is not one of those that a key allows.
    UNKNOWN_CHOICE "KJ0506" Error "選べない値" "not one of the choices";
    /// A date or a time that cannot be read.
    UNREADABLE_MOMENT "KJ0507" Error "日付・日時として読めない" "unreadable date or time";
    /// Two sources of one name.
    DUPLICATE_SOURCE "KJ0508" Error "供給元の名前の重複" "two sources of one name";
    /// A path that cannot be meant.
    BAD_PATH "KJ0509" Error "使えないパス" "unusable path";
    /// A number or a text outside its bounds.
    OUT_OF_BOUNDS "KJ0510" Error "範囲外の値" "value out of bounds";
    /// A column that says too little or too much.
    UNCLEAR_COLUMN "KJ0511" Error "列の指定が決まらない" "unclear column";
}

/// Reads `kijun.toml`. The manifest is absent where `[workspace]` cannot be made out; else it holds what could be read.
pub fn parse_manifest(sources: &Sources, file: FileId) -> (Option<Manifest>, Vec<Diagnostic>) {
    let text = &sources.file(file).text;
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader::new(file, text);
    for error in &errors {
        reader.syntax_error(error);
    }
    let manifest = read_root(&mut reader, file, table.get_ref());
    (manifest, reader.finish())
}

fn read_root<'a>(reader: &mut Reader<'a>, file: FileId, table: &'a DeTable<'a>) -> Option<Manifest> {
    let mut root = reader.section("kijun.toml", table, Span::new(file, 0, 0));
    let workspace = reader.require(&mut root, "workspace");
    let workspace = workspace.and_then(|item| Some((reader.table(item)?, item.span)));
    let workspace = workspace.and_then(|(table, place)| read_workspace(reader, table, place));
    let zone = workspace.as_ref().map_or(TimeZone::UTC, |workspace| workspace.time_zone.clone());
    let params = root.take("params").and_then(|item| reader.table(item));
    let params = params.map_or_else(Vec::new, |table| read_params(reader, table));
    let lints = root.take("lints").and_then(|item| reader.table(item));
    let lints = lints.map_or_else(Vec::new, |table| read_lints(reader, table));
    let ignores = root.take("ignore").map_or_else(Vec::new, |item| read_ignores(reader, item));
    let tables = root.take("source").and_then(|item| tables(reader, item, "[[source]]")).unwrap_or_default();
    let mut sources: Vec<SourceTable> = Vec::new();
    for item in tables {
        if let Some(table) = reader.table(item) {
            let source = read_source(reader, table, item.span, &zone);
            check_name(reader, &sources, &source);
            sources.push(source);
        }
    }
    reader.close(root);
    Some(Manifest { file, workspace: workspace?, params, lints, ignores, sources })
}

/// The tables of an array of tables, whose heading is `title`.
pub(super) fn tables<'a>(reader: &mut Reader<'a>, item: Item<'a>, title: &str) -> Option<Vec<Item<'a>>> {
    if item.value.is_array() {
        return reader.array(item);
    }
    reader.wrong_type(item, bilingual!("二重の角括弧の `{title}` ", "`{title}` in double brackets"));
    None
}

fn check_name(reader: &mut Reader<'_>, earlier: &[SourceTable], source: &SourceTable) {
    let name = &source.name.value;
    if let Some(first) = earlier.iter().find(|other| other.name.value == *name && !name.is_empty()) {
        let message = bilingual!("供給元 `{name}` が二つある", "two sources are named `{name}`");
        reader.report(
            Diagnostic::new(&DUPLICATE_SOURCE, source.name.span, message)
                .and(first.name.span, bilingual!("一つ目", "the first")),
        );
    }
}

fn read_workspace<'a>(reader: &mut Reader<'a>, table: &'a DeTable<'a>, place: Span) -> Option<Workspace> {
    let mut section = reader.section("[workspace]", table, place);
    let name = required_text(reader, &mut section, "name");
    let rulesets = reader.require(&mut section, "rulesets").and_then(|item| reader.texts(item));
    let zone = reader.require(&mut section, "time_zone").and_then(|item| read_zone(reader, item));
    let month = section
        .take("fiscal_year_starts")
        .and_then(|item| bounded(reader, item, 1, 12, bilingual!("1 から 12 の月", "a month from 1 to 12")));
    let holidays = section.take("holidays").and_then(|item| reader.text(item));
    reader.close(section);
    Some(Workspace {
        name: name?.value,
        rulesets: rulesets?,
        time_zone: zone?,
        holidays,
        fiscal_year_starts: month.and_then(|month| i8::try_from(month.value).ok()).unwrap_or(4),
    })
}

fn read_params<'a>(reader: &mut Reader<'a>, table: &'a DeTable<'a>) -> Vec<Setting> {
    let mut settings = Vec::new();
    for (name, item) in reader.entries(table) {
        let value = match item.value {
            DeValue::String(text) => SettingValue::Text(text.to_string()),
            DeValue::Integer(_) | DeValue::Float(_) => {
                SettingValue::Number(reader.slice(item.span).replace('_', ""))
            }
            DeValue::Boolean(value) => SettingValue::Bool(*value),
            DeValue::Datetime(_) => SettingValue::Text(reader.slice(item.span).to_owned()),
            DeValue::Array(_) => match reader.texts(item) {
                Some(texts) => SettingValue::List(texts.into_iter().map(|text| text.value).collect()),
                None => continue,
            },
            DeValue::Table(_) => {
                let wanted = bilingual!(
                    "数値、真偽値、文字列か文字列の並び",
                    "a number, true, false, text or a list of texts"
                );
                reader.wrong_type(item, wanted);
                continue;
            }
        };
        settings.push(Setting {
            name: Located { value: name.to_owned(), span: item.key },
            value: Located { value, span: item.span },
        });
    }
    settings
}

fn read_source<'a>(
    reader: &mut Reader<'a>,
    table: &'a DeTable<'a>,
    place: Span,
    workspace_zone: &TimeZone,
) -> SourceTable {
    let errors_before = reader.errors();
    let mut section = reader.section("[[source]]", table, place);
    let name = required_text(reader, &mut section, "name");
    let fact = required_text(reader, &mut section, "fact");
    let format = reader.require(&mut section, "format").and_then(|item| read_format(reader, item));
    let path = reader.require(&mut section, "path").and_then(|item| read_path(reader, item));
    let encoding = section.take("encoding").and_then(|item| read_encoding(reader, item));
    let header_line = section.take("header_line").and_then(|item| {
        bounded(reader, item, 1, 1000, bilingual!("1 から 1000 の行番号", "a line number from 1 to 1000"))
    });
    let zone = section.take("time_zone").and_then(|item| read_zone(reader, item));
    // Whoever writes `kijun.toml` writes the time on the clock of the workspace, whatever zone the files are in.
    let collected = section.take("collected").and_then(|item| read_moment(reader, item, workspace_zone));
    let covers = section.take("covers").and_then(|item| read_covers(reader, item));
    let complete = reader.require(&mut section, "complete").and_then(|item| read_complete(reader, item));
    let columns = reader.require(&mut section, "columns").and_then(|item| reader.table(item));
    let columns = columns.map_or_else(Vec::new, |table| read_columns(reader, table));
    reader.close(section);
    SourceTable {
        name: name.unwrap_or(Located { value: String::new(), span: place }),
        fact,
        format,
        path,
        encoding: encoding.unwrap_or(Encoding::Utf8),
        header_line,
        time_zone: zone,
        collected,
        covers,
        complete: complete.unwrap_or(Completeness::NotVouched),
        columns,
        intact: reader.is_toml && reader.errors() == errors_before,
    }
}

fn read_format<'a>(reader: &mut Reader<'a>, item: Item<'a>) -> Option<Format> {
    let choices = [("csv", Format::Csv), ("tsv", Format::Tsv), ("jsonl", Format::JsonLines)];
    choose(reader, item, &choices)
}

fn read_encoding<'a>(reader: &mut Reader<'a>, item: Item<'a>) -> Option<Encoding> {
    choose(reader, item, &[("utf-8", Encoding::Utf8), ("cp932", Encoding::Cp932)])
}

pub(super) fn choose<'a, T: Copy>(
    reader: &mut Reader<'a>,
    item: Item<'a>,
    choices: &[(&str, T)],
) -> Option<T> {
    let found = reader.text(item)?;
    let text = &found.value;
    if let Some((_, choice)) = choices.iter().find(|(name, _)| name == text) {
        return Some(*choice);
    }
    let names = choices.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    let all = names.join(", ");
    let message =
        bilingual!("`{text}` は選べない（{all} のどれか）", "found `{text}`, expected one of {all}");
    let diagnostic = Diagnostic::new(&UNKNOWN_CHOICE, found.span, message);
    reader.report(suggest(diagnostic, nearest(&text.to_lowercase(), names)));
    None
}

fn read_zone<'a>(reader: &mut Reader<'a>, item: Item<'a>) -> Option<TimeZone> {
    let found = reader.text(item)?;
    let name = &found.value;
    if let Ok(zone) = TimeZone::get(name) {
        return Some(zone);
    }
    let known: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    let message = bilingual!("`{name}` という時間帯はない", "unknown time zone `{name}`");
    let near = nearest(name, known.iter().map(String::as_str));
    let diagnostic = Diagnostic::new(&UNKNOWN_ZONE, found.span, message);
    reader.report(match near {
        Some(_) => suggest(diagnostic, near),
        None => diagnostic.help(bilingual!("例: Asia/Tokyo", "for example Asia/Tokyo")),
    });
    None
}

fn read_path<'a>(reader: &mut Reader<'a>, item: Item<'a>) -> Option<Located<PathPattern>> {
    let found = reader.text(item)?;
    match PathPattern::new(&found.value) {
        Ok(value) => Some(Located { value, span: found.span }),
        Err((message, help)) => {
            reader.report(Diagnostic::new(&BAD_PATH, found.span, message).help(help));
            None
        }
    }
}

fn read_moment<'a>(
    reader: &mut Reader<'a>,
    item: Item<'a>,
    zone: &TimeZone,
) -> Option<Located<jiff::Timestamp>> {
    let found = reader.moment(item)?;
    match value::datetime(&normal(&found.value), zone) {
        Ok(value) => Some(Located { value, span: found.span }),
        Err(error) => {
            let help = bilingual!("例: \"2026-11-20 08:00\"", "for example \"2026-11-20 08:00\"");
            reader.report(unreadable(&found, &error).help(help));
            None
        }
    }
}

pub(super) fn read_day<'a>(reader: &mut Reader<'a>, item: Item<'a>) -> Option<Located<Date>> {
    let found = reader.moment(item)?;
    match value::date(&normal(&found.value)) {
        Ok(value) => Some(Located { value, span: found.span }),
        Err(error) => {
            reader.report(unreadable(&found, &error));
            None
        }
    }
}

fn unreadable(found: &Located<String>, error: &value::Unreadable) -> Diagnostic {
    let text = &found.value;
    let Bilingual { ja, en } = error.reason();
    let message = bilingual!("`{text}` は{ja}", "`{text}`: {en}");
    Diagnostic::new(&UNREADABLE_MOMENT, found.span, message)
}

fn read_covers<'a>(reader: &mut Reader<'a>, item: Item<'a>) -> Option<Located<(Date, Date)>> {
    let table = reader.table(item)?;
    let mut section = reader.section("covers", table, item.span);
    let from = reader.require(&mut section, "from").and_then(|item| read_day(reader, item));
    let to = reader.require(&mut section, "to").and_then(|item| read_day(reader, item));
    reader.close(section);
    let (from, to) = (from?, to?);
    if from.value > to.value {
        let message = bilingual!("終わりが始まりより前である", "the last day is before the first");
        reader.report(
            Diagnostic::new(&OUT_OF_BOUNDS, to.span, message)
                .and(from.span, bilingual!("始まり", "the first day")),
        );
        return None;
    }
    Some(Located { value: (from.value, to.value), span: item.span })
}

fn read_complete<'a>(reader: &mut Reader<'a>, item: Item<'a>) -> Option<Completeness> {
    let table = match item.value {
        DeValue::Boolean(false) => return Some(Completeness::NotVouched),
        DeValue::Table(table) => table,
        _ => {
            let expected = bilingual!(
                "`false` か {{ by = 氏名, rows = 件数 }} ",
                "`false` or {{ by = name, rows = number }}"
            );
            reader.wrong_type(item, expected);
            return None;
        }
    };
    let mut section = reader.section("complete", table, item.span);
    let by = required_text(reader, &mut section, "by");
    let rows = reader.require(&mut section, "rows").and_then(|item| read_rows(reader, item));
    reader.close(section);
    Some(Completeness::Vouched { by: by?.value, rows: rows? })
}

fn read_rows<'a>(reader: &mut Reader<'a>, item: Item<'a>) -> Option<VouchedRows> {
    let Some(table) = item.value.as_table() else {
        let rows = row_count(reader, item)?;
        return Some(VouchedRows::OneFile(rows));
    };
    let mut by_file = Vec::new();
    for (name, item) in reader.entries(table) {
        if let Some(rows) = row_count(reader, item) {
            by_file.push((Located { value: name.to_owned(), span: item.key }, rows.value));
        }
    }
    Some(VouchedRows::ByFile(by_file))
}

fn row_count<'a>(reader: &mut Reader<'a>, item: Item<'a>) -> Option<Located<usize>> {
    let rows = reader.number(item)?;
    Some(Located { value: usize::try_from(rows.value).unwrap_or(usize::MAX), span: rows.span })
}

fn read_columns<'a>(reader: &mut Reader<'a>, table: &'a DeTable<'a>) -> Vec<ColumnTable> {
    let entries = reader.entries(table);
    entries.into_iter().map(|(field, item)| read_column(reader, field, item)).collect()
}

fn read_column<'a>(reader: &mut Reader<'a>, field: &str, item: Item<'a>) -> ColumnTable {
    let mut column = ColumnTable {
        field: Located { value: field.to_owned(), span: item.key },
        origin: ColumnOrigin::Broken,
        none: None,
        yes: Vec::new(),
        no: Vec::new(),
        values: Vec::new(),
    };
    match item.value {
        DeValue::String(_) => column.origin = column_name(reader, item),
        DeValue::Table(table) => read_column_table(reader, table, item.span, &mut column),
        _ => reader.wrong_type(
            item,
            bilingual!("列名か {{ column = 列名 }} ", "a column name or {{ column = name }}"),
        ),
    }
    column
}

fn read_column_table<'a>(
    reader: &mut Reader<'a>,
    table: &'a DeTable<'a>,
    place: Span,
    column: &mut ColumnTable,
) {
    let mut section = reader.section("columns", table, place);
    let name = section.take("column").map(|item| column_name(reader, item));
    let constant = section.take("constant").map(|item| reader.scalar(item));
    column.none = section.take("none").and_then(|item| reader.texts(item));
    column.yes = section.take("true").and_then(|item| reader.texts(item)).unwrap_or_default();
    column.no = section.take("false").and_then(|item| reader.texts(item)).unwrap_or_default();
    let values = section.take("values").and_then(|item| reader.table(item));
    column.values = values.map_or_else(Vec::new, |table| read_values(reader, table));
    reader.close(section);
    column.origin = match (name, constant) {
        (Some(name), None) => name,
        (None, Some(constant)) => constant.map_or(ColumnOrigin::Broken, ColumnOrigin::Constant),
        (name, _) => {
            let field = &column.field.value;
            let message = if name.is_some() {
                bilingual!(
                    "`{field}` に `column` と `constant` の両方がある",
                    "`{field}` has both `column` and `constant`"
                )
            } else {
                bilingual!(
                    "`{field}` に `column` も `constant` もない",
                    "`{field}` has neither `column` nor `constant`"
                )
            };
            reader.report(Diagnostic::new(&UNCLEAR_COLUMN, place, message));
            ColumnOrigin::Broken
        }
    };
}

fn column_name<'a>(reader: &mut Reader<'a>, item: Item<'a>) -> ColumnOrigin {
    let Some(name) = reader.text(item) else { return ColumnOrigin::Broken };
    if normal(&name.value).is_empty() {
        let message = bilingual!("列名が空である", "the name of the column is empty");
        reader.report(Diagnostic::new(&OUT_OF_BOUNDS, name.span, message));
        return ColumnOrigin::Broken;
    }
    ColumnOrigin::Column(name)
}

fn read_values<'a>(
    reader: &mut Reader<'a>,
    table: &'a DeTable<'a>,
) -> Vec<(Located<String>, Located<String>)> {
    let entries = reader.entries(table);
    let pairs = entries.into_iter().filter_map(|(text, item)| {
        Some((Located { value: text.to_owned(), span: item.key }, reader.text(item)?))
    });
    pairs.collect()
}

/// Text that must be there and say something.
pub(super) fn required_text<'a>(
    reader: &mut Reader<'a>,
    section: &mut Section<'a>,
    key: &'static str,
) -> Option<Located<String>> {
    let item = reader.require(section, key)?;
    let text = reader.text(item)?;
    if text.value.trim().is_empty() {
        let message = bilingual!("`{key}` が空である", "`{key}` is empty");
        reader.report(Diagnostic::new(&OUT_OF_BOUNDS, text.span, message));
        return None;
    }
    Some(text)
}

/// A number that must lie between two others.
pub(super) fn bounded<'a>(
    reader: &mut Reader<'a>,
    item: Item<'a>,
    least: u64,
    most: u64,
    expected: Bilingual,
) -> Option<Located<u32>> {
    let number = reader.number(item)?;
    if !(least..=most).contains(&number.value) {
        let found = number.value;
        let Bilingual { ja, en } = expected;
        let message = bilingual!("{ja}を書くが、{found} が書かれている", "found {found}, expected {en}");
        reader.report(Diagnostic::new(&OUT_OF_BOUNDS, number.span, message));
        return None;
    }
    Some(Located { value: u32::try_from(number.value).unwrap_or(u32::MAX), span: number.span })
}

/// Adds "did you mean".
pub(super) fn suggest(diagnostic: Diagnostic, near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => diagnostic.suggest(near),
        None => diagnostic,
    }
}
