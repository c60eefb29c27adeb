//! `use`s of rulesets of which nothing is used.

use std::collections::BTreeSet;

use kijun_source::{Bilingual, Diagnostic, bilingual};
use kijun_syntax::ast::{Item, ItemKind, Use};

use crate::diagnostics::UNUSED_USE;
use crate::lints::Linted;
use crate::lints::mentions::ids;

pub(super) fn lint(linted: &Linted<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (index, unit) in linted.units.iter().enumerate() {
        let items = || unit.files.iter().flat_map(|file| &file.items);
        let read = read(linted, index, items());
        for (item, written) in items().filter_map(|item| Some((item, import(item)?))) {
            let used = linted.names.imports(index).iter().find(|used| used.span == written.path.span);
            if used.is_some_and(|used| used.unit != index && !read.contains(&used.unit)) {
                diagnostics.push(report(item, written));
            }
        }
    }
}

fn import(item: &Item) -> Option<&Use> {
    match &item.kind {
        ItemKind::Use(written) => Some(written),
        _ => None,
    }
}

/// The units of which declarations mention something: a name, or a clause of a standard.
fn read<'a>(linted: &Linted<'_>, unit: usize, items: impl Iterator<Item = &'a Item>) -> BTreeSet<usize> {
    let names = linted.names;
    let wanted: BTreeSet<&str> = items.flat_map(|item| ids(&item.kind)).collect();
    let quoted = names.standards.iter().filter(|standard| {
        standard.tree.sections.iter().any(|section| {
            let criteria = section.criteria.iter().map(|criterion| (&criterion.id, &criterion.passage));
            let mut passages = std::iter::once((&section.id, &section.passage)).chain(criteria);
            passages.any(|(id, passage)| {
                let duty = |name: &str| wanted.contains(format!("{}{name}", id.value).as_str());
                wanted.contains(id.value.as_str())
                    || passage.duties.iter().any(|known| duty(&known.name.text))
            })
        })
    });
    let meant = linted.mentioned[unit].iter().map(|entity| names.unit_of(*entity));
    meant.chain(quoted.map(|standard| standard.unit)).collect()
}

fn report(item: &Item, written: &Use) -> Diagnostic {
    let path = &written.path.value;
    let message = bilingual!("「{path}」のどの名前も使われていない", "no name of `{path}` is used");
    let title = Bilingual::new("⟦use|取込⟧ を消す", "remove the ⟦use|取込⟧");
    let diagnostic = Diagnostic::new(&UNUSED_USE, written.path.span, message).about(path).help(title.clone());
    match item.exported {
        None => diagnostic.fix(written.span, "", title),
        Some(_) => diagnostic,
    }
}
