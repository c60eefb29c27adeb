//! What a sound ruleset may still be asked about.

mod auditors;
mod exceptions;
mod incomparable;
mod mentions;
mod misleading_labels;
mod never_empty;
mod outcomes;
mod personal_messages;
mod rationales;
mod unbounded_events;
mod uncovered_text;
mod undecided_duties;
mod unmapped_controls;
mod unmapped_duties;
mod unread_facts;
mod untested_relations;
mod untested_rules;
mod unused;
mod unused_uses;

use std::collections::BTreeSet;

use kijun_ir::Program;
use kijun_source::Diagnostic;
use rayon::prelude::*;

use crate::Unit;
use crate::names::{Entity, Names};

pub(crate) use mentions::mentioned;

/// Rulesets without an error, as written and as they are understood.
#[derive(Clone, Copy)]
pub(crate) struct Linted<'a> {
    pub(crate) units: &'a [Unit],
    pub(crate) names: &'a Names<'a>,
    pub(crate) program: &'a Program,
    /// For each unit what its declarations mention.
    pub(crate) mentioned: &'a [BTreeSet<Entity>],
}

/// Everything that is asked.
const LINTS: [fn(&Linted<'_>, &mut Vec<Diagnostic>); 18] = [
    undecided_duties::lint,
    uncovered_text::lint,
    untested_rules::lint,
    unread_facts::lint,
    personal_messages::lint,
    untested_relations::lint,
    outcomes::lint,
    exceptions::lint,
    unused::lint,
    unused_uses::lint,
    rationales::lint,
    misleading_labels::lint,
    incomparable::lint,
    never_empty::lint,
    unmapped_duties::lint,
    unmapped_controls::lint,
    auditors::lint,
    unbounded_events::lint,
];

/// Adds a warning for each thing that deserves a look.
pub(crate) fn lint(linted: &Linted<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let found = LINTS.par_iter().map(|lint| {
        let mut found = Vec::new();
        lint(linted, &mut found);
        found
    });
    diagnostics.extend(found.collect::<Vec<_>>().into_iter().flatten());
}
