//! The overview as a file: a table of Markdown, or a CSV.

use kijun_source::{Bilingual, Lang, bilingual};

use super::Subject;
use super::model::{Case, OverviewRow, OverviewSection};
use super::overview::{overview, undecided};
use crate::cells::{BOM, csv_line, markdown_table, markdown_text};

/// The form of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// For people.
    Markdown,
    /// For spreadsheets: with BOM and CRLF, line breaks within cells.
    Csv,
}

/// Every standard, a row a duty.
pub fn table(subject: Subject<'_>, format: TableFormat, lang: Lang) -> String {
    let standards = 0..subject.program.standards.len();
    let all: Vec<_> = standards.filter_map(|position| overview(subject, position, lang)).collect();
    let heads = heads(lang);
    match format {
        TableFormat::Markdown => {
            let one = |(title, sections): (String, Vec<OverviewSection>)| {
                let sections = sections.iter().map(|section| markdown(section, &heads, lang));
                format!("# {}\n{}", markdown_text(&title), sections.collect::<String>())
            };
            let tables = all.into_iter().map(|each| one((each.title, each.sections)));
            tables.collect::<Vec<_>>().join("\n")
        }
        TableFormat::Csv => {
            let rows = all.iter().flat_map(|each| &each.sections).flat_map(|section| &section.rows);
            let lines = rows.map(|row| csv_line(cells(row, lang)));
            BOM.to_owned() + &csv_line(heads) + &lines.collect::<String>()
        }
    }
}

fn heads(lang: Lang) -> Vec<String> {
    let heads = [
        Bilingual::new("義務", "duty"),
        Bilingual::new("原文", "text"),
        Bilingual::new("規則・確認", "rules and attestations"),
        Bilingual::new("読む証拠", "evidence read"),
        Bilingual::new("判定とその事例", "verdicts with a case each"),
        Bilingual::new("管理策", "controls"),
    ];
    heads.iter().map(|head| head.get(lang).to_owned()).collect()
}

fn markdown(section: &OverviewSection, heads: &[String], lang: Lang) -> String {
    let rows: Vec<Vec<String>> = section.rows.iter().map(|row| cells(row, lang)).collect();
    let (id, title) = (markdown_text(&section.id), markdown_text(&section.title));
    format!("\n## {id}　{title}\n\n{}", markdown_table(heads, &rows))
}

fn cells(row: &OverviewRow, lang: Lang) -> Vec<String> {
    let rules = row.rules.iter().map(|rule| format!("{}（{}）", rule.label, rule.name));
    let mut deciding: Vec<String> = rules.chain(row.judgements.iter().cloned()).collect();
    if row.undecided {
        deciding.push(undecided(lang));
    }
    let mut cases: Vec<String> = row.cases.iter().map(|each| case(each, lang)).collect();
    if cases.is_empty() && !row.rules.is_empty() {
        cases.push(Bilingual::new("事例なし", "no case").get(lang).to_owned());
    }
    let controls: Vec<String> =
        row.controls.iter().map(|of| format!("{}: {}", of.catalogue, of.controls.join("、"))).collect();
    vec![
        row.duty.clone(),
        row.quote.clone(),
        deciding.join("\n"),
        row.facts.join("\n"),
        cases.join("\n"),
        controls.join("\n"),
    ]
}

fn case(case: &Case, lang: Lang) -> String {
    let Case { sign, label, example, more, .. } = case;
    let others = bilingual!("（ほか{more}件）", " (and {more} more)");
    let others = if *more == 0 { "" } else { others.get(lang) };
    format!("{sign} {label}: {example}{others}")
}
