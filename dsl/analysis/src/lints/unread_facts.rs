//! Evidence that nobody asks for.

use kijun_ir::{FactId, Index, Program, Trigger};
use kijun_source::{Diagnostic, bilingual};

use crate::diagnostics::UNREAD_FACT;
use crate::lints::Linted;
use crate::names::Entity;

pub(super) fn lint(linted: &Linted<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let program = linted.program;
    let mut read = vec![false; program.facts.len()];
    for fact in read_by(program) {
        read[fact.index()] = true;
    }
    for (id, fact) in program.facts.iter() {
        if fact.is_collected() && !read[id.index()] && !is_for_others(linted, id) {
            let name = &fact.name;
            let message = bilingual!("どの規則も `{name}` を読まない", "no rule reads `{name}`");
            diagnostics.push(Diagnostic::new(&UNREAD_FACT, fact.span, message).about(name));
        }
    }
}

/// The types of evidence that rules read, through relations too, and those after which audits take place.
fn read_by(program: &Program) -> Vec<FactId> {
    let by_rules = program.rules.ids().flat_map(|rule| program.facts_of(rule));
    let by_audits = program.audits.values().filter_map(|audit| match &audit.trigger {
        Trigger::After { events, .. } => Some(events.fact),
        Trigger::Schedule { .. } => None,
    });
    by_rules.chain(by_audits).collect()
}

/// Whether it is declared for rulesets that are not here.
fn is_for_others(linted: &Linted<'_>, fact: FactId) -> bool {
    let entity = Entity::Fact(fact.index());
    linted.names.is_exported(entity) && !linted.names.is_library(linted.names.unit_of(entity))
}
