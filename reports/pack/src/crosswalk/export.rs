//! The crosswalks as a file: CSV, JSON or Markdown, in the same order.

use kijun_ir::{CatalogueId, CrosswalkSide, Program, Strength};
use kijun_source::{Bilingual, Lang, bilingual};
use serde::Serialize;

use super::Selection;
use super::line::{Line, document, lines, pairs};
use super::strength::{STRENGTHS, caution, meaning, name};
use crate::Error;
use crate::cells::{BOM, csv_line, markdown_table, markdown_text};
use crate::words::strength_label;

/// The JSON Schema (2020-12) of the file in JSON.
pub const SCHEMA: &str = include_str!("../../schema/crosswalk-1.schema.json");

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For spreadsheets: with BOM and CRLF, the columns named in the language.
    Csv,
    /// For programs.
    Json,
    /// For people.
    Markdown,
}

/// The crosswalks as a file. A line without a link says that a duty or a control has nothing on the other side.
pub fn export(selection: Selection<'_>, format: Format, lang: Lang) -> Result<String, Error> {
    match format {
        Format::Csv => Ok(csv(selection, lang)),
        Format::Json => json(selection),
        Format::Markdown => Ok(markdown(selection, lang)),
    }
}

/// The whole file, version 1. The types only ever grow, and only with a new minor schema.
#[derive(Debug, Serialize)]
struct File<'a> {
    schema_version: &'static str,
    caution: Said,
    strengths: Vec<StrengthSaid>,
    lines: Vec<Row<'a>>,
}

#[derive(Debug, Serialize)]
struct Said {
    ja: String,
    en: String,
}

#[derive(Debug, Serialize)]
struct StrengthSaid {
    name: &'static str,
    label: Said,
    meaning: Said,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    from_kind: &'static str,
    from_document: &'a str,
    from: Option<&'a str>,
    from_title: Option<&'a str>,
    catalogue: &'a str,
    control: Option<&'a str>,
    control_title: Option<&'a str>,
    control_title_en: Option<&'a str>,
    strength: &'static str,
    basis: Option<&'a str>,
    unverified: bool,
}

/// The strength of a line that says that there is nothing on the other side.
const NONE: &str = "none";

fn row<'a>(program: &'a Program, line: &Line<'a>) -> Row<'a> {
    Row {
        from_kind: match line.from {
            CrosswalkSide::Standard(_) => "duty",
            CrosswalkSide::Catalogue(_) => "control",
        },
        from_document: document(program, line.from).0,
        from: line.left.map(|end| end.id),
        from_title: line.left.map(|end| end.title),
        catalogue: document(program, CrosswalkSide::Catalogue(line.to)).0,
        control: line.right.map(|end| end.id),
        control_title: line.right.map(|end| end.title),
        control_title_en: line.right.and_then(|end| end.english),
        strength: line.strength.map_or(NONE, name),
        basis: line.basis,
        unverified: line.unverified,
    }
}

fn said(text: Bilingual) -> Said {
    Said { ja: text.ja, en: text.en }
}

fn json(selection: Selection<'_>) -> Result<String, Error> {
    let strengths = STRENGTHS.map(|strength| StrengthSaid {
        name: name(strength),
        label: said(strength_label(strength)),
        meaning: said(meaning(strength)),
    });
    let pairs = pairs(selection).into_iter();
    let rows =
        pairs.flat_map(|pair| lines(selection.program, pair)).map(|line| row(selection.program, &line));
    let file = File {
        schema_version: "1",
        caution: said(caution()),
        strengths: strengths.into(),
        lines: rows.collect(),
    };
    Ok(serde_json::to_string_pretty(&file)? + "\n")
}

fn csv(selection: Selection<'_>, lang: Lang) -> String {
    let heads = [
        Bilingual::new("対応元の文書", "from document"),
        Bilingual::new("対応元", "from"),
        Bilingual::new("対応元の題", "from title"),
        Bilingual::new("管理策集", "catalogue"),
        Bilingual::new("管理策", "control"),
        Bilingual::new("管理策の題", "control title"),
        Bilingual::new("強さ", "strength"),
        Bilingual::new("根拠", "basis"),
        Bilingual::new("未確認", "unverified"),
        Bilingual::new("いえること", "what it says"),
    ];
    let mut text = BOM.to_owned() + &csv_line(heads.iter().map(|head| head.get(lang).to_owned()));
    for pair in pairs(selection) {
        let (from, to) = (document(selection.program, pair.0).1, title(selection.program, pair.1));
        for line in lines(selection.program, pair) {
            let ends = [from].into_iter().chain(left(&line, lang)).chain([to]).chain(right(&line, lang));
            let ends = ends.map(str::to_owned);
            text.push_str(&csv_line(ends.chain(link(&line, lang)).chain([conclusion(&line, lang)])));
        }
    }
    text
}

fn title(program: &Program, catalogue: CatalogueId) -> &str {
    document(program, CrosswalkSide::Catalogue(catalogue)).1
}

fn left<'a>(line: &Line<'a>, lang: Lang) -> [&'a str; 2] {
    line.left.map_or(["", ""], |end| [end.id, end.title(lang)])
}

fn right<'a>(line: &Line<'a>, lang: Lang) -> [&'a str; 2] {
    line.right.map_or(["", ""], |end| [end.id, end.title(lang)])
}

/// Strength, basis and whether it is unverified.
fn link(line: &Line<'_>, lang: Lang) -> [String; 3] {
    let none = Bilingual::new("なし", NONE);
    let strength = line.strength.map_or(none, strength_label);
    let unverified = Bilingual::new("未確認", "unverified");
    [
        strength.get(lang).to_owned(),
        line.basis.unwrap_or_default().to_owned(),
        if line.unverified { unverified.get(lang).to_owned() } else { String::new() },
    ]
}

/// Rows are read one by one, so that each says itself what must not be concluded from it.
fn conclusion(line: &Line<'_>, lang: Lang) -> String {
    let Some(strength) = line.strength else { return String::new() };
    if strength == Strength::Full {
        return meaning(strength).get(lang).to_owned();
    }
    let (Bilingual { ja, en }, caution) = (meaning(strength), caution());
    let (never_ja, never_en) = (caution.ja, caution.en);
    bilingual!("{ja}{never_ja}", "{en}. {never_en}").get(lang).to_owned()
}

fn markdown(selection: Selection<'_>, lang: Lang) -> String {
    let title = Bilingual::new("管理策との対応", "Crosswalks");
    let mut text = format!("# {}\n\n{}\n\n", title.get(lang), caution().get(lang));
    for strength in STRENGTHS {
        text.push_str(&format!(
            "* {}: {}\n",
            strength_label(strength).get(lang),
            meaning(strength).get(lang)
        ));
    }
    for pair in pairs(selection) {
        text.push_str(&section(selection.program, pair, lang));
    }
    text
}

fn section(program: &Program, pair: (CrosswalkSide, CatalogueId), lang: Lang) -> String {
    let heads = [
        Bilingual::new("対応元", "from"),
        Bilingual::new("題", "title"),
        Bilingual::new("管理策", "control"),
        Bilingual::new("題", "title"),
        Bilingual::new("強さ", "strength"),
        Bilingual::new("根拠", "basis"),
        Bilingual::new("未確認", "unverified"),
    ];
    let heads = heads.map(|head| head.get(lang).to_owned());
    let rows = lines(program, pair).into_iter().map(|line| {
        let ends = left(&line, lang).into_iter().chain(right(&line, lang)).map(str::to_owned);
        ends.chain(link(&line, lang)).collect()
    });
    let (from, to) = (document(program, pair.0).1, title(program, pair.1));
    let head = format!("\n## {} → {}\n\n", markdown_text(from), markdown_text(to));
    head + &markdown_table(&heads, &rows.collect::<Vec<_>>())
}
