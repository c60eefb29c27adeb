//! Whole statements: rules, attestations, and the notes that explain the definitions they use.

use kijun_ir::{Attest, Judged, Kind, Population, Rule};

use super::condition::clause;
use super::rows::{noun, pairs};
use super::value::{distinguished, value};
use super::words::{duration, joined, words};
use crate::sentence::condition::{read, shown};
use crate::sentence::rows::{Rows, rows};
use crate::sentence::scope::Scope;
use crate::sentence::tree::{Phrase, Statement, phrase};

/// A rule: whom it is about and what it demands; exceptions; the due date.
pub(crate) fn rule<'a>(scope: &mut Scope<'a>, rule: &'a Rule) -> Statement {
    let mut sentences = demand(scope, rule);
    sentences.extend(needs(scope, rule));
    if rule.population.as_ref().is_some_and(|population| population.or_none) {
        sentences.push("Where the evidence shows that there is none, the rule does not apply.".into());
    }
    if !rule.excused.is_empty() {
        let mut said: Phrase = "It is excused where there is a ".into();
        for (index, quantifier) in rule.excused.iter().enumerate() {
            said.push(if index > 0 { "; or a " } else { "" });
            let read = rows(&scope.names, quantifier);
            said.push(noun(scope, &read));
        }
        said.push(".");
        sentences.push(said);
    }
    if let Some(due) = &rule.due {
        let until = match rule.needs() {
            ([], _) => "; until then it is pending.",
            _ => "; until then it is pending, even where what must be shown is not so.",
        };
        sentences.push(phrase!["It is due by ", value(scope, due), until]);
    }
    let notes = notes(scope);
    Statement { sentences, notes }
}

fn demand<'a>(scope: &mut Scope<'a>, rule: &'a Rule) -> Vec<Phrase> {
    let throughout = match rule.judged {
        Judged::AtToday => "",
        Judged::ThroughoutPeriod => "At every moment of the period under audit, ",
    };
    let whom = rule.population.as_ref().map(|population| population_noun(scope, population));
    let (_, required) = rule.needs();
    let required = read(&scope.names, scope.current, required, true);
    let required = clause(scope, &required).said;
    let said = match whom {
        None => vec![phrase![throughout, "it is required that ", required, "."]],
        Some(whom) if whom.lists.is_empty() => {
            vec![phrase![throughout, "for each ", whom, ", it is required that ", required, "."]]
        }
        Some(whom) => vec![
            phrase![throughout, "the rule is about each ", whom, "."],
            phrase!["For each of them it is required that ", required, "."],
        ],
    };
    said.into_iter().map(Phrase::capitalised).collect()
}

/// What must be shown before anything is demanded.
fn needs<'a>(scope: &mut Scope<'a>, rule: &'a Rule) -> Option<Phrase> {
    let shown = shown(scope, rule)?;
    let shown = clause(scope, &shown).said;
    Some(phrase!["Where it is not shown that ", shown, ", the verdict is undetermined."])
}

fn population_noun<'a>(scope: &mut Scope<'a>, population: &'a Population) -> Phrase {
    let read = rows(&scope.names, &population.rows);
    match &population.pair {
        Some(pair) => {
            let condition = population.rows.condition.as_ref();
            let condition =
                condition.map(|condition| Box::new(self::read(&scope.names, None, condition, true)));
            pairs(scope, &Rows { condition, ..read }, pair)
        }
        None => noun(scope, &read),
    }
}

pub(super) fn notes(scope: &mut Scope<'_>) -> Vec<Phrase> {
    let mut notes = Vec::new();
    while let Some(note) = scope.note_at(notes.len()) {
        let (which, said) = scope.about(note.current, |scope| {
            let which = distinguished(scope, note.name, note.body);
            let said = if note.body.ty.kind == Kind::Bool {
                let said = read(&scope.names, scope.current, note.body, true);
                phrase!["that ", clause(scope, &said).said]
            } else {
                value(scope, note.body)
            };
            (which, said)
        });
        notes.push(phrase![format!("“{}”", words(note.name)), which, " means ", said, "."]);
    }
    notes
}

/// Who answers what, with which documents, for how long.
pub(crate) fn attest(attest: &Attest) -> Statement {
    let who = joined(&attest.answered_by, "or");
    let mut sentences = vec![Phrase::from(format!("{who} answers “{}” with yes.", attest.question))];
    if !attest.attach.is_empty() {
        sentences.push(format!("To the answer are attached: {}.", joined(&attest.attach, "and")).into());
    }
    sentences.push(format!("An answer holds for {}.", duration(attest.holds_for)).into());
    Statement { sentences, notes: Vec::new() }
}
