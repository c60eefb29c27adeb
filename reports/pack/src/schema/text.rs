//! The wanted evidence on the screen: all facts on a line each, or one with its fields, rules and sources.

use kijun_audit::duration;
use kijun_ir::FactId;
use kijun_source::{Bilingual, Lang, bilingual};

use super::words::{class, field_type, freshness, kind, kind_sentence, labelled, need};
use crate::catalogue::Catalogue;
use crate::mask::plain;
use crate::terminal::table;

/// Every fact on a line.
pub fn facts(catalogue: &Catalogue<'_>, lang: Lang) -> String {
    let mut rows = vec![heads(
        [
            Bilingual::new("証拠", "fact"),
            Bilingual::new("名称", "label"),
            Bilingual::new("種類", "kind"),
            Bilingual::new("鮮度", "fresh"),
            Bilingual::new("規則", "rules"),
        ],
        lang,
    )];
    if catalogue.deliveries.is_some() {
        rows[0].push(sources_head().get(lang).to_owned());
    }
    for (id, fact) in catalogue.facts() {
        let mut row = vec![
            fact.name.clone(),
            fact.label.clone(),
            kind(fact.kind).get(lang).to_owned(),
            duration(catalogue.program.freshness(id)).get(lang).to_owned(),
            catalogue.readers(id).len().to_string(),
        ];
        row.extend(catalogue.sources(id).map(|sources| listed(&sources, lang)));
        rows.push(row);
    }
    finish(table(&rows))
}

/// One fact: what it is, its fields, the rules that read it and the sources that deliver it.
pub fn fact(catalogue: &Catalogue<'_>, fact: FactId, lang: Lang) -> String {
    let declared = &catalogue.program.facts[fact];
    let mut lines = vec![labelled(&declared.name, &declared.label)];
    lines.extend(declared.doc.lines().map(str::to_owned));
    lines.push(String::new());
    lines.extend(table(&properties(catalogue, fact, lang)));
    lines.push(String::new());
    lines.extend(table(&fields(catalogue, fact, lang)));
    lines.push(String::new());
    lines.extend(readers(catalogue, fact, lang));
    if let Some(sources) = catalogue.sources(fact) {
        lines.push(String::new());
        lines.push(format!("{}: {}", sources_head().get(lang), listed(&sources, lang)));
    }
    finish(lines)
}

fn properties(catalogue: &Catalogue<'_>, fact: FactId, lang: Lang) -> Vec<Vec<String>> {
    let declared = &catalogue.program.facts[fact];
    let key = declared.key.map(|key| &declared.fields[key]);
    let key = key.map_or_else(
        || Bilingual::new("なし（同じ行は別々の行として数える）", "none: equal rows are several rows"),
        |key| Bilingual::same(labelled(&key.name, &key.label)),
    );
    let properties = [
        (Bilingual::new("種類", "kind"), kind_sentence(declared)),
        (Bilingual::new("鮮度", "fresh"), freshness(catalogue.program, fact)),
        (Bilingual::new("キー", "key"), key),
    ];
    properties.iter().map(|(head, text)| vec![head.get(lang).to_owned(), text.get(lang).to_owned()]).collect()
}

/// The type comes last: the values of an enum may be many.
fn fields(catalogue: &Catalogue<'_>, fact: FactId, lang: Lang) -> Vec<Vec<String>> {
    let mut rows = vec![heads(
        [
            Bilingual::new("項目", "field"),
            Bilingual::new("名称", "label"),
            Bilingual::new("要否", "need"),
            Bilingual::new("扱い", "class"),
            Bilingual::new("型", "type"),
        ],
        lang,
    )];
    for (id, field) in catalogue.program.facts[fact].fields.iter() {
        rows.push(vec![
            field.name.clone(),
            field.label.clone(),
            need(field).get(lang).to_owned(),
            class(field.class).get(lang).to_owned(),
            field_type(catalogue.program, fact, id).get(lang).to_owned(),
        ]);
    }
    rows
}

fn readers(catalogue: &Catalogue<'_>, fact: FactId, lang: Lang) -> Vec<String> {
    let rules = catalogue.readers(fact);
    let count = rules.len();
    let head = bilingual!("読む規則: {count}", "rules that read it: {count}");
    let rows: Vec<Vec<String>> = rules
        .iter()
        .map(|id| {
            let rule = &catalogue.program.rules[*id];
            let duties: Vec<&str> = catalogue.duties(*id).collect();
            vec![rule.name.clone(), rule.label.clone(), duties.join(" ")]
        })
        .collect();
    std::iter::once(head.get(lang).to_owned()).chain(table(&rows)).collect()
}

fn sources_head() -> Bilingual {
    Bilingual::new("届ける系統", "sources")
}

fn listed(sources: &[&str], lang: Lang) -> String {
    match lang {
        _ if !sources.is_empty() => sources.join(" "),
        Lang::Ja => "（なし）".to_owned(),
        Lang::En => "(none)".to_owned(),
    }
}

fn heads<const N: usize>(heads: [Bilingual; N], lang: Lang) -> Vec<String> {
    heads.iter().map(|head| head.get(lang).to_owned()).collect()
}

fn finish(lines: Vec<String>) -> String {
    lines.iter().map(|line| plain(line.trim_end()) + "\n").collect()
}
