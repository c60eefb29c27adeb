//! Words of the language in messages, written as the file that they speak of is.
//!
//! A message says `⟦today|判定日⟧` for a word, or a piece of a ruleset, in its English and its Japanese spelling. The reader sees the one of
//! the file at fault, in backticks.

use std::collections::BTreeMap;

use kijun_source::{Diagnostic, FileId, Span};
use kijun_syntax::ast::{Item, ItemKind, Spelling};

use crate::Unit;

/// Writes the words in messages as their readers write them.
pub(crate) fn spell(units: &[Unit], diagnostics: &mut [Diagnostic]) {
    let spellings = spellings(units);
    for diagnostic in diagnostics {
        let file = diagnostic.primary.as_ref().map(|label| label.span.file);
        let spelling = file.and_then(|file| spellings.get(&file)).copied().unwrap_or_default();
        spell_one(spelling, diagnostic);
    }
}

/// Writes the words in messages about one file as it does.
pub(crate) fn spell_file(spelling: Spelling, diagnostics: &mut [Diagnostic]) {
    diagnostics.iter_mut().for_each(|diagnostic| spell_one(spelling, diagnostic));
}

fn spell_one(spelling: Spelling, diagnostic: &mut Diagnostic) {
    let labels = diagnostic.primary.iter_mut().chain(&mut diagnostic.secondary);
    let texts = labels.map(|label| &mut label.text).chain(&mut diagnostic.help);
    for text in texts.chain([&mut diagnostic.message]) {
        text.ja = in_spelling(&text.ja, spelling);
        text.en = in_spelling(&text.en, spelling);
    }
}

fn spellings(units: &[Unit]) -> BTreeMap<FileId, Spelling> {
    let files = units.iter().flat_map(|unit| &unit.files);
    files.filter_map(|file| file.items.first().map(|item| (place(item).file, file.spelling))).collect()
}

/// Where something of a declaration stands.
fn place(item: &Item) -> Span {
    match &item.kind {
        ItemKind::Ruleset(tree) => tree.name.span,
        ItemKind::Use(tree) => tree.path.span,
        ItemKind::Standard(tree) => tree.name.span,
        ItemKind::Enum(tree) => tree.name.span,
        ItemKind::Fact(tree) => tree.name.span,
        ItemKind::Table(tree) => tree.name.span,
        ItemKind::Relation(tree) => tree.name.span,
        ItemKind::Define(tree) => tree.name.span,
        ItemKind::Param(tree) => tree.name.span,
        ItemKind::Rule(tree) => tree.name.span,
        ItemKind::Attest(tree) => tree.name.span,
        ItemKind::Audit(tree) => tree.name.span,
        ItemKind::Catalogue(tree) => tree.name.span,
        ItemKind::Crosswalk(tree) => tree.from.span,
        ItemKind::Test(tree) => tree.label.span,
        ItemKind::Broken(span, _) => *span,
    }
}

fn in_spelling(text: &str, spelling: Spelling) -> String {
    let mut spelled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('⟦') {
        let (words, after) = after.split_once('⟧').unwrap_or((after, ""));
        let (english, japanese) = words.split_once('|').unwrap_or((words, words));
        let word = if spelling == Spelling::Japanese { japanese } else { english };
        spelled.extend([before, "`", word, "`"]);
        rest = after;
    }
    spelled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_file() {
        let text = "⟦at|時点⟧ を消すか、⟦today|判定日⟧ を使う";
        assert_eq!(in_spelling(text, Spelling::English), "`at` を消すか、`today` を使う");
        assert_eq!(in_spelling(text, Spelling::Japanese), "`時点` を消すか、`判定日` を使う");
        assert_eq!(in_spelling("そのまま", Spelling::Japanese), "そのまま");
    }
}
