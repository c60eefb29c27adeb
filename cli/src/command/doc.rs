//! `kijun doc`: the standard and its rules side by side, each rule as a sentence.

use std::path::Path;

use kijun_audit::Workspace;
use kijun_ir::FactId;
use kijun_pack::doc::{self, Page, Subject, pages, table, text};
use kijun_pack::sentence::Vocabulary;
use kijun_source::{Bilingual, Lang, bilingual};

use crate::arguments::{Arguments, Doc, TableFormat};
use crate::exit::Exit;
use crate::output;

pub(crate) fn doc(arguments: &Arguments, wanted: &Doc, lang: Lang) -> Exit {
    let Some(workspace) = super::sound_rules(arguments, &wanted.rules, lang) else { return Exit::Broken };
    if workspace.program.standards.is_empty() {
        output::complain(
            lang,
            &Bilingual::new(
                "規則に基準（standard）がないので、書くものがない",
                "the rules have no `standard`, so that there is nothing to write",
            ),
        );
        return Exit::Broken;
    }
    let definitions = Vocabulary::of(&workspace.sources).definitions;
    let sources = sources(&workspace);
    let subject =
        Subject { program: &workspace.program, definitions: &definitions, sources: sources.as_deref() };
    if let Some(folder) = &wanted.html {
        return write(folder, subject, lang);
    }
    output::result(&match wanted.table {
        Some(TableFormat::Md) => table(subject, doc::TableFormat::Markdown, lang),
        Some(TableFormat::Csv) => table(subject, doc::TableFormat::Csv, lang),
        None => text(subject, lang),
    });
    Exit::Good
}

/// The names of the sources with the facts that they deliver; `None` without a workspace.
fn sources(workspace: &Workspace) -> Option<Vec<(String, FactId)>> {
    let deliveries = super::catalogue(workspace).deliveries?;
    Some(deliveries.into_iter().map(|delivery| (delivery.source, delivery.fact)).collect())
}

/// Writes the pages, which all exist before the first is written; the page that leads to the others comes last.
fn write(folder: &Path, subject: Subject<'_>, lang: Lang) -> Exit {
    let pages = match pages(subject) {
        Ok(pages) => pages,
        Err(error) => {
            output::complain(lang, &Bilingual::same(error.to_string()));
            return Exit::Broken;
        }
    };
    for page in &pages {
        let path = folder.join(&page.path);
        if let Err(error) = write_page(&path, page) {
            let (shown, Bilingual { ja, en }) = (path.display(), output::reason(&error));
            output::complain(lang, &bilingual!("`{shown}` を書けない: {ja}", "cannot write `{shown}`: {en}"));
            return Exit::Broken;
        }
    }
    Exit::Good
}

fn write_page(path: &Path, page: &Page) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    output::file(path, &page.html)
}
