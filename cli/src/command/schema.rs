//! `kijun schema`: what evidence is wanted, and a file to fill in.

use std::io::IsTerminal;

use kijun_ir::FactId;
use kijun_pack::Catalogue;
use kijun_pack::schema as wanted;
use kijun_source::{Lang, bilingual};

use crate::arguments::{Arguments, Schema, TemplateFormat};
use crate::exit::Exit;
use crate::output;

pub(crate) fn schema(arguments: &Arguments, schema: &Schema, lang: Lang) -> Exit {
    let Some(workspace) = super::sound_rules(arguments, &schema.rules, lang) else { return Exit::Broken };
    let catalogue = super::catalogue(&workspace);
    let Some(name) = &schema.fact else {
        output::result(&wanted::facts(&catalogue, lang));
        return Exit::Good;
    };
    match catalogue.fact(name) {
        Some(fact) => show(&catalogue, fact, schema, lang),
        None => {
            unknown(&catalogue, name, lang);
            Exit::Broken
        }
    }
}

fn show(catalogue: &Catalogue<'_>, fact: FactId, schema: &Schema, lang: Lang) -> Exit {
    match schema.template {
        Some(TemplateFormat::Csv) => {
            output::result(&wanted::csv(catalogue.program, fact));
            output::note(&wanted::source_table(catalogue, fact, lang));
            return Exit::Good;
        }
        Some(TemplateFormat::Xlsx) => return workbook(catalogue, fact, lang),
        None => {}
    }
    if !schema.json {
        output::result(&wanted::fact(catalogue, fact, lang));
        return Exit::Good;
    }
    match wanted::json_schema(catalogue.program, fact, lang) {
        Ok(text) => {
            output::result(&text);
            Exit::Good
        }
        Err(error) => {
            output::complain(
                lang,
                &bilingual!("JSON Schema を書けない: {error}", "cannot write the JSON Schema: {error}"),
            );
            Exit::Broken
        }
    }
}

/// Writes the bytes of a workbook, but not to a terminal.
fn workbook(catalogue: &Catalogue<'_>, fact: FactId, lang: Lang) -> Exit {
    let name = &catalogue.program.facts[fact].name;
    if std::io::stdout().is_terminal() {
        let text = bilingual!(
            "ブックは画面に出せない。ファイルに書く: kijun schema {name} --template xlsx > {name}.xlsx",
            "a workbook is nothing for a screen: kijun schema {name} --template xlsx > {name}.xlsx"
        );
        output::complain(lang, &text);
        return Exit::Broken;
    }
    match wanted::xlsx(catalogue, fact, lang) {
        Ok(bytes) => {
            output::bytes(&bytes);
            output::note(&wanted::source_table(catalogue, fact, lang));
            Exit::Good
        }
        Err(error) => {
            let text = bilingual!("ブックを書けない: {error}", "cannot write the workbook: {error}");
            output::complain(lang, &text);
            Exit::Broken
        }
    }
}

/// Says that there is no such fact.
pub(super) fn unknown(catalogue: &Catalogue<'_>, name: &str, lang: Lang) {
    let facts = catalogue.program.facts.values();
    let names = facts.flat_map(|fact| [fact.name.as_str(), fact.label.as_str()]);
    let text = match kijun_source::nearest(name, names) {
        Some(near) => bilingual!(
            "「{name}」という証拠の種類はない。「{near}」のことか",
            "no fact is named `{name}`; did you mean `{near}`?"
        ),
        None => bilingual!(
            "「{name}」という証拠の種類はない。一覧は kijun schema",
            "no fact is named `{name}`; `kijun schema` lists them"
        ),
    };
    output::complain(lang, &text);
}
