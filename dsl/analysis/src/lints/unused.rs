//! Declarations that nothing uses.

use std::collections::BTreeSet;

use kijun_source::{Bilingual, Diagnostic, bilingual};
use kijun_syntax::ast::{ItemKind, Name};
use rustc_hash::FxHashSet;

use crate::diagnostics::UNUSED;
use crate::lints::Linted;
use crate::lints::mentions::mentioned;
use crate::names::{Entity, Found, Names};

pub(super) fn lint(linted: &Linted<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let names = linted.names;
    let used = used(linted);
    for unit in 0..names.units() {
        // What a library declares for others may be used by those that are not here.
        let for_others = !names.is_library(unit);
        for entity in names.declared(unit) {
            let is_for_others = for_others && names.is_exported(entity);
            if let Some(kind) = kind(entity)
                && !is_for_others
                && !used.contains(&entity)
            {
                diagnostics.push(report(names.name(entity), kind, names.is_exported(entity)));
            }
        }
    }
}

/// What some declaration mentions other than its own.
fn used(linted: &Linted<'_>) -> BTreeSet<Entity> {
    let names = linted.names;
    let mut used = BTreeSet::new();
    for (index, unit) in linted.units.iter().enumerate() {
        let items = unit.files.iter().flat_map(|file| &file.items).map(|item| &item.kind);
        let (itself, others): (Vec<_>, Vec<_>) = items.partition(|item| declared_name(item).is_some());
        used.extend(meanings(names, index, others));
        for item in itself {
            let own = declared_name(item).and_then(|name| names.get(index, &name.text));
            used.extend(meanings(names, index, [item]).filter(|entity| Some(*entity) != own));
        }
    }
    used
}

/// Everything that the words of declarations may stand for. Each word is looked up once: tests name the same facts over and over.
pub(super) fn meanings<'a>(
    names: &Names<'_>,
    unit: usize,
    items: impl IntoIterator<Item = &'a ItemKind>,
) -> impl Iterator<Item = Entity> {
    let mut seen = FxHashSet::default();
    let words = items.into_iter().flat_map(mentioned).filter(move |word| seen.insert(*word));
    let entities = words.flat_map(move |word| match names.find(unit, word) {
        Found::One(entity) => [Some(entity), None],
        Found::Shared(first, second) => [Some(first), Some(second)],
        Found::Nothing => [None, None],
    });
    entities.flatten()
}

/// The name of a declaration that could mention itself.
fn declared_name(item: &ItemKind) -> Option<&Name> {
    match item {
        ItemKind::Relation(relation) => Some(&relation.name),
        ItemKind::Table(table) => Some(&table.name),
        _ => None,
    }
}

/// What a declaration is called that is there to be used by others. Evidence has a lint of its own; the rest stands for itself.
fn kind(entity: Entity) -> Option<(&'static str, &'static str)> {
    match entity {
        Entity::Enum(_) => Some(("区分", "enum")),
        Entity::Table(_) => Some(("表", "table")),
        Entity::Relation(_) => Some(("関係", "relation")),
        Entity::Define(_) => Some(("定義", "definition")),
        Entity::Param(_) => Some(("パラメータ", "parameter")),
        Entity::Standard(_)
        | Entity::Catalogue(_)
        | Entity::Fact(_)
        | Entity::Rule(_)
        | Entity::Attest(_)
        | Entity::Audit(_) => None,
    }
}

fn report(name: &Name, (ja, en): (&str, &str), exported: bool) -> Diagnostic {
    let text = &name.text;
    let message = bilingual!("{ja} `{text}` はどこでも使われていない", "nothing uses the {en} `{text}`");
    let help = if exported {
        Bilingual::new(
            "ここにない規則集も使わないなら消す",
            "remove it, unless rulesets that are not here use it",
        )
    } else {
        Bilingual::new(
            "消すか、他の規則集のためのものなら ⟦export|公開⟧ を付ける",
            "remove it, or ⟦export|公開⟧ it where it is for other rulesets",
        )
    };
    Diagnostic::new(&UNUSED, name.span, message).about(text).help(help)
}
