//! Relations: what a row tells, from which rows it comes to be, and which values it takes over from them.

use kijun_ir::{Branch, Program, Relation};

use super::condition::{Aim, predicate};
use super::rows::moment;
use super::statement::notes;
use super::value::value;
use super::words::{self, called, joined};
use crate::sentence::rows::{Rows, joined_rows};
use crate::sentence::scope::{Called, Definitions, Names, Scope};
use crate::sentence::tree::{Phrase, Statement, phrase};
use crate::sentence::yields::{Taken, taken};

/// How the rows of a relation come to be.
pub(crate) fn relation<'a>(
    program: &'a Program,
    definitions: &'a Definitions,
    relation: &'a Relation,
) -> Statement {
    let fact = &program.facts[relation.fact];
    let fields: Vec<String> = fact.fields.values().map(|field| field.label.clone()).collect();
    let head = format!("「{}」は、{}を示す行をいい、", words::fact(program, fact), joined(&fields, "及び"));
    let (mut branches, mut noted): (Vec<[Phrase; 2]>, Vec<Phrase>) = (Vec::new(), Vec::new());
    for branch in &relation.branches {
        let mut scope = Scope::new(Names::of_all(program, definitions, &branch.vars), None);
        let said = [origin(&mut scope, branch), values(&mut scope, relation, branch)];
        branches.push(said.map(|said| said.after_notes(noted.len())));
        let before = noted.len();
        noted.extend(notes(&mut scope).into_iter().map(|note| note.after_notes(before)));
    }
    let mut sentences = match <[[Phrase; 2]; 1]>::try_from(branches) {
        Ok([[origin, values]]) => vec![phrase![head, origin, "一行とする。"], phrase![values, "とする。"]],
        Err(branches) => {
            let items = branches.into_iter();
            let items = items.map(|[origin, values]| phrase![origin, "一行とし、", values, "とする。"]);
            vec![phrase![head, "次の", Phrase::list(items.collect(), "", "の"), "いずれかによって生じる。"]]
        }
    };
    if relation.recursive {
        sentences.push("こうして生じた行からも、新しい行が生じなくなるまで、同じように行が生じる。".into());
    }
    Statement { sentences, notes: noted }
}

/// For which rows, or combinations of rows, there is one.
fn origin<'a>(scope: &mut Scope<'a>, branch: &'a Branch) -> Phrase {
    let mut said = Phrase::default();
    let (joined, condition) = joined_rows(&scope.names, branch);
    for (index, rows) in joined.iter().enumerate() {
        said.push(if index > 0 { "と" } else { "" });
        said.push(atom_noun(scope, rows));
    }
    if branch.atoms.len() > 1 {
        said.push("との組合せ");
    }
    match condition {
        Some(condition) => {
            let condition = predicate(scope, &condition, Aim::Describe).plain();
            phrase![said, "であって、", condition, "ものごとに"]
        }
        None => phrase![said, "ごとに"],
    }
}

/// What a row tells: fields that a row taken over calls the same are said together.
fn values<'a>(scope: &mut Scope<'a>, relation: &Relation, branch: &'a Branch) -> Phrase {
    let program = scope.names.program;
    let fields = &program.facts[relation.fact].fields;
    let same = |own: &kijun_ir::Field, theirs: &kijun_ir::Field| own.label == theirs.label;
    let mut said = Phrase::default();
    for (index, group) in taken(program, relation, branch, same).into_iter().enumerate() {
        said.push(if index > 0 { "、" } else { "" });
        match group {
            Taken::Over(own, row) => {
                let labels: Vec<String> = own.iter().map(|field| fields[*field].label.clone()).collect();
                said.push(format!("{}は{}のもの", joined(&labels, "及び"), called(scope, row)));
            }
            Taken::Made(own, expr) => {
                said.push(phrase![format!("{}は", fields[own].label), value(scope, expr)]);
            }
        }
    }
    said
}

/// The rows of an atom, with the name that one has from here on where others are of the same kind.
fn atom_noun<'a>(scope: &mut Scope<'a>, rows: &Rows<'a>) -> Phrase {
    let program = scope.names.program;
    let label = words::fact(program, &program.facts[rows.fact]);
    let name = match scope.names.called(rows.var) {
        Called::Lettered(_) => format!("（以下「{}」という。）", called(scope, rows.var)),
        _ => String::new(),
    };
    phrase![moment(scope, rows.moment), label, name]
}
