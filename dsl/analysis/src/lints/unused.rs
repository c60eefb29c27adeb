//! Declarations that nothing uses.

use kijun_source::{Bilingual, Diagnostic, bilingual};
use kijun_syntax::ast::Name;

use crate::diagnostics::UNUSED;
use crate::lints::Linted;
use crate::names::Entity;

pub(super) fn lint(linted: &Linted<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let names = linted.names;
    let is_mentioned = |entity| linted.mentioned.iter().any(|by_unit| by_unit.contains(&entity));
    for unit in 0..names.units() {
        // What a library declares for others may be used by those that are not here.
        let for_others = !names.is_library(unit);
        for entity in names.declared(unit) {
            let is_for_others = for_others && names.is_exported(entity);
            if let Some(kind) = kind(entity)
                && !is_for_others
                && !is_mentioned(entity)
            {
                diagnostics.push(report(names.name(entity), kind, names.is_exported(entity)));
            }
        }
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
