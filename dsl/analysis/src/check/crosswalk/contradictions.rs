//! What a crosswalk says twice, and what it says in two ways that exclude each other.

use std::collections::BTreeMap;

use kijun_source::{Bilingual, Diagnostic, Span, bilingual};
use kijun_syntax::ast::{CrosswalkEntry, Text};

use super::{mapped, unanswered};
use crate::check::Checker;
use crate::diagnostics::CROSSWALK;

/// Reports pairs that are linked twice, what has nothing on the other side twice, and what has nothing and something there.
pub(super) fn report(checker: &mut Checker<'_>, entries: &[CrosswalkEntry]) {
    repeated_links(checker, entries);
    let (without, with): (Vec<_>, Vec<_>) = mapped(entries).partition(|(_, targets)| targets.is_empty());
    let left = Side {
        nothing: without.into_iter().map(|(from, _)| from).collect(),
        something: with.into_iter().map(|(from, _)| from).collect(),
        both: |id| {
            bilingual!(
                "{id} は対応なしとされ、対応先も書かれている",
                "{id} is mapped to nothing and to something"
            )
        },
    };
    let targets = mapped(entries).flat_map(|(_, targets)| targets);
    let right = Side {
        nothing: unanswered(entries).collect(),
        something: targets.map(|target| &target.control).collect(),
        both: |id| {
            bilingual!(
                "{id} は対応元なしとされ、対応元も書かれている",
                "nothing maps to {id}, and something does"
            )
        },
    };
    left.report(checker);
    right.report(checker);
}

fn repeated_links(checker: &mut Checker<'_>, entries: &[CrosswalkEntry]) {
    let mut pairs: BTreeMap<(&str, &str), Span> = BTreeMap::new();
    for (from, targets) in mapped(entries) {
        for Text { value: control, span, .. } in targets.iter().map(|target| &target.control) {
            let from = from.value.as_str();
            if let Some(first) = pairs.insert((from, control), *span) {
                let message = bilingual!(
                    "{from} と {control} は既に対応付けられている",
                    "{from} is mapped to {control} already"
                );
                contradiction(checker, *span, message, first);
            }
        }
    }
}

/// What one side of a crosswalk says of itself.
struct Side<'a> {
    /// What has nothing on the other side.
    nothing: Vec<&'a Text>,
    /// What has something there.
    something: Vec<&'a Text>,
    /// What to say of an id that is in both.
    both: fn(&str) -> Bilingual,
}

impl Side<'_> {
    fn report(&self, checker: &mut Checker<'_>) {
        let mut something: BTreeMap<&str, Span> = BTreeMap::new();
        for text in &self.something {
            something.entry(&text.value).or_insert(text.span);
        }
        let mut nothing: BTreeMap<&str, Span> = BTreeMap::new();
        for Text { value: id, span, .. } in &self.nothing {
            if let Some(first) = nothing.insert(id, *span) {
                let message = bilingual!("{id} は既に書かれている", "{id} is written already");
                contradiction(checker, *span, message, first);
            }
        }
        for (id, span) in nothing {
            if let Some(other) = something.get(id) {
                contradiction(checker, span, (self.both)(id), *other);
            }
        }
    }
}

fn contradiction(checker: &mut Checker<'_>, span: Span, message: Bilingual, other: Span) {
    checker.report(
        Diagnostic::new(&CROSSWALK, span, message)
            .and(other, Bilingual::new("もう一つ", "the other"))
            .help(Bilingual::new("どちらかを消す", "remove one of the two")),
    );
}
