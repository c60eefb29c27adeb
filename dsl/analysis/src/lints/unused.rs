//! Declarations that nothing uses.

use std::collections::BTreeSet;

use kijun_source::{Bilingual, Diagnostic, bilingual};
use kijun_syntax::ast::{ItemKind, Name};

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
        for item in unit.files.iter().flat_map(|file| &file.items) {
            let own = declared_name(&item.kind).and_then(|name| names.get(index, &name.text));
            let words = mentioned(&item.kind).into_iter().flat_map(|word| meanings(names, index, word));
            used.extend(words.filter(|entity| Some(*entity) != own));
        }
    }
    used
}

/// Everything that a word may stand for.
pub(super) fn meanings(names: &Names<'_>, unit: usize, word: &str) -> Vec<Entity> {
    match names.find(unit, word) {
        Found::One(entity) => vec![entity],
        Found::Shared(first, second) => vec![first, second],
        Found::Nothing => Vec::new(),
    }
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
