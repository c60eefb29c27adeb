//! Whole statements: rules, attestations, relations, and the notes that explain the definitions they use.

use kijun_ir::{Attest, Branch, Judged, Kind, Population, Program, Relation, Rule};

use super::condition::clause;
use super::rows::{moment, noun, pairs};
use super::value::{distinguished, value};
use super::words::{called, duration, joined, words};
use crate::sentence::condition::{read, shown};
use crate::sentence::rows::{Rows, joined_rows, rows};
use crate::sentence::scope::{Definitions, Names, Scope};
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

/// How the rows of a relation come to be.
pub(crate) fn relation<'a>(
    program: &'a Program,
    definitions: &'a Definitions,
    relation: &'a Relation,
) -> Statement {
    let name = words(&program.facts[relation.fact].name);
    let mut noted: Vec<Phrase> = Vec::new();
    let mut branches: Vec<Phrase> = Vec::new();
    for branch in &relation.branches {
        let mut scope = Scope::new(Names::of_all(program, definitions, &branch.vars), None);
        branches.push(self::branch(&mut scope, relation, branch).after_notes(noted.len()));
        let before = noted.len();
        noted.extend(notes(&mut scope).into_iter().map(|note| note.after_notes(before)));
    }
    let sentence = match branches.len() {
        1 => phrase![format!("There is a row of “{name}” "), branches.remove(0), "."],
        _ => {
            let items = branches.into_iter().map(|branch| phrase![branch, "."]).collect();
            phrase![
                format!("There is a row of “{name}” by each of the following"),
                Phrase::list(items, " ", ""),
                "."
            ]
        }
    };
    Statement { sentences: vec![sentence], notes: noted }
}

fn branch<'a>(scope: &mut Scope<'a>, relation: &'a Relation, branch: &'a Branch) -> Phrase {
    let program = scope.names.program;
    let mut said: Phrase = "for each ".into();
    let (joined, condition) = joined_rows(&scope.names, branch);
    for (index, rows) in joined.iter().enumerate() {
        said.push(if index > 0 { " and " } else { "" });
        said.push(called(scope, rows.var).trim_start_matches("the "));
        said.push(moment(scope, rows.moment));
    }
    if let Some(condition) = condition {
        said.push(phrase![" such that ", clause(scope, &condition).said]);
    }
    said.push(", with ");
    for (index, (field, expr)) in program.facts[relation.fact].fields.values().zip(&branch.yields).enumerate()
    {
        said.push(if index > 0 { " and " } else { "" });
        said.push(phrase![value(scope, expr), format!(" as {}", words(&field.name))]);
    }
    said
}
