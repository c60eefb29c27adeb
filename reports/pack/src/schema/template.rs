//! A file of evidence to fill in, and the table of `kijun.toml` that maps it.

use kijun_ir::{Fact, FactId, FactKind, FieldId, Program};
use kijun_source::{Lang, bilingual};
use unicode_normalization::UnicodeNormalization;

use super::example::{self, ROWS};
use super::words::labelled;
use crate::catalogue::Catalogue;
use crate::cells::{BOM, csv_line};
use crate::mask::plain;

/// A CSV with the labels of the fields as column names and rows of invented values, as a spreadsheet opens it: with BOM and CRLF.
pub fn csv(program: &Program, fact: FactId) -> String {
    let fields: Vec<FieldId> = program.facts[fact].fields.ids().collect();
    let mut lines = vec![csv_line(columns(&program.facts[fact]))];
    for row in 0..ROWS {
        lines.push(csv_line(fields.iter().map(|field| example::value(program, fact, *field, row).text)));
    }
    format!("{BOM}{}", lines.concat())
}

/// The `[[source]]` that maps the file of [`csv`]. What only people know is left empty, so that nothing is accepted before they say it.
pub fn source_table(catalogue: &Catalogue<'_>, fact: FactId, lang: Lang) -> String {
    let (name, declared) = (free_name(catalogue, fact), &catalogue.program.facts[fact]);
    let path = quoted(&format!("evidence/{name}.csv"));
    let mut lines = vec![
        heading(declared, lang),
        "[[source]]".to_owned(),
        format!("name = {}", quoted(&name)),
        format!("fact = {}", quoted(&declared.name)),
        "format = \"csv\"".to_owned(),
        format!("path = {path}"),
    ];
    lines.extend(blanks(declared, lang));
    lines.push("[source.columns]".to_owned());
    let names = declared.fields.values().map(|field| key(&field.name));
    lines.extend(names.zip(columns(declared)).map(|(name, column)| format!("{name} = {}", quoted(&column))));
    lines.join("\n") + "\n"
}

fn heading(fact: &Fact, lang: Lang) -> String {
    let fact = plain(&labelled(&fact.name, &fact.label));
    let text = bilingual!(
        "# {fact}: 空欄（\"\" と 0）を埋め、ファイルの見本の行を実際の行に置き換える。\n\
         # 任意の項目の空欄は「ない」と読む。あるかどうか分からない項目は、下の列の指定を消す（不明になる）。\n\
         # 表計算ソフトが Shift_JIS で保存したときは encoding = \"cp932\" を加える。",
        "# {fact}: fill in what is empty (\"\" and 0), and replace the invented rows of the file by real ones.\n\
         # An empty cell of an optional field means that there is none. Where nobody knows, remove its column below: it is unknown.\n\
         # Where a spreadsheet saved the file in Shift_JIS, add encoding = \"cp932\"."
    );
    text.get(lang).to_owned()
}

/// What only people know: when the file was taken, what it covers, who vouches for how many rows.
fn blanks(fact: &Fact, lang: Lang) -> Vec<String> {
    let collected = bilingual!(
        "取り出した日時（例 \"2026-11-20 08:00\"）",
        "when it was exported (\"2026-11-20 08:00\")"
    );
    let covers = bilingual!(
        "取出しの対象とした最初の日と最後の日。記録のない日も含む（例 \"2026-04-01\"）",
        "the first and the last day of the export, days without records included (\"2026-04-01\")"
    );
    let complete = bilingual!(
        "欠けがないことを保証する人と、見出しを除く行数。だれも保証しないなら false",
        "who vouches that nothing is missing, for how many rows below the column names; false if nobody does"
    );
    let is_event = matches!(fact.kind, FactKind::Event { .. });
    let blanks = [
        Some(("collected = \"\"", collected)),
        is_event.then_some(("covers = { from = \"\", to = \"\" }", covers)),
        Some(("complete = { by = \"\", rows = 0 }", complete)),
    ];
    blanks.iter().flatten().map(|(blank, comment)| format!("{blank:<36} # {}", comment.get(lang))).collect()
}

/// The name of the fact, with a number where a source of the workspace has that name.
fn free_name(catalogue: &Catalogue<'_>, fact: FactId) -> String {
    let name = &catalogue.program.facts[fact].name;
    let taken = |name: &str| catalogue.deliveries.iter().flatten().any(|delivery| delivery.source == name);
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    std::iter::once(name.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
}

/// The names of the columns: labels, or names with labels where two labels read the same.
pub(super) fn columns(fact: &Fact) -> Vec<String> {
    let as_read = |label: &str| label.nfkc().collect::<String>().trim().to_owned();
    let labels: Vec<String> = fact.fields.values().map(|field| as_read(&field.label)).collect();
    let is_clear = |(index, label): (usize, &String)| !label.is_empty() && !labels[..index].contains(label);
    if labels.iter().enumerate().all(is_clear) {
        return fact.fields.values().map(|field| field.label.clone()).collect();
    }
    fact.fields.values().map(|field| format!("{}（{}）", field.label, field.name)).collect()
}

/// A key of TOML: bare where it may be.
fn key(name: &str) -> String {
    let is_bare = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if is_bare { name.to_owned() } else { quoted(name) }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}
