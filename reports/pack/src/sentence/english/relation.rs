//! Relations: what a row tells, from which rows it comes to be, and which values it takes over from them.

use kijun_ir::{Branch, Program, Relation};

use super::condition::clause;
use super::rows::moment;
use super::statement::notes;
use super::value::value;
use super::words::{called, joined, words};
use crate::sentence::rows::joined_rows;
use crate::sentence::scope::{Definitions, Names, Scope};
use crate::sentence::tree::{Phrase, Statement, phrase};
use crate::sentence::yields::{Taken, taken};

/// How the rows of a relation come to be.
pub(crate) fn relation<'a>(
    program: &'a Program,
    definitions: &'a Definitions,
    relation: &'a Relation,
) -> Statement {
    let fact = &program.facts[relation.fact];
    let fields: Vec<String> = fact.fields.values().map(|field| words(&field.name)).collect();
    let head = format!("A row of “{}” tells {}. ", words(&fact.name), joined(&fields, "and"));
    let (mut branches, mut noted): (Vec<[Phrase; 2]>, Vec<Phrase>) = (Vec::new(), Vec::new());
    for branch in &relation.branches {
        let mut scope = Scope::new(Names::of_all(program, definitions, &branch.vars), None);
        let said = [origin(&mut scope, branch), values(&mut scope, relation, branch)];
        branches.push(said.map(|said| said.after_notes(noted.len())));
        let before = noted.len();
        noted.extend(notes(&mut scope).into_iter().map(|note| note.after_notes(before)));
    }
    let mut sentences = match <[[Phrase; 2]; 1]>::try_from(branches) {
        Ok([[origin, values]]) => {
            vec![phrase![head, "There is one ", origin, "."], phrase![values, "."].capitalised()]
        }
        Err(branches) => {
            let items = branches.into_iter();
            let items = items.map(|[origin, values]| phrase!["One ", origin, ": ", values, "."]);
            vec![phrase![head, "There are", Phrase::list(items.collect(), " ", ""), ":"]]
        }
    };
    if relation.recursive {
        sentences.push(
            "From these rows further ones come to be in the same way, until there are no new ones.".into(),
        );
    }
    Statement { sentences, notes: noted }
}

/// For which rows, or combinations of rows, there is one.
fn origin<'a>(scope: &mut Scope<'a>, branch: &'a Branch) -> Phrase {
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
    said
}

/// What a row tells: fields that a row taken over calls the same are said together.
fn values<'a>(scope: &mut Scope<'a>, relation: &Relation, branch: &'a Branch) -> Phrase {
    let program = scope.names.program;
    let fields = &program.facts[relation.fact].fields;
    let same = |own: &kijun_ir::Field, theirs: &kijun_ir::Field| own.name == theirs.name;
    let mut said = Phrase::default();
    for (index, group) in taken(program, relation, branch, same).into_iter().enumerate() {
        said.push(if index > 0 { "; " } else { "" });
        match group {
            Taken::Over(own, row) => {
                let names: Vec<String> = own.iter().map(|field| words(&fields[*field].name)).collect();
                let those = if own.len() == 1 { "is that" } else { "are those" };
                said.push(format!("{} {those} of {}", joined(&names, "and"), called(scope, row)));
            }
            Taken::Made(own, expr) => {
                said.push(phrase![format!("{} is ", words(&fields[own].name)), value(scope, expr)]);
            }
        }
    }
    said
}
