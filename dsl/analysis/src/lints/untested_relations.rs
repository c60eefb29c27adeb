//! Relations of which no test shows a row.

use kijun_ir::{FactId, FactKind, Index, Program, Relation, Rule, Test};
use kijun_source::{Bilingual, Diagnostic, bilingual};

use crate::diagnostics::UNTESTED_RELATION;
use crate::lints::Linted;

/// One warning a relation that a rule reads, and that is empty in every test of such a rule.
pub(super) fn lint(linted: &Linted<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let program = linted.program;
    let mut shown = vec![false; program.facts.len()];
    let by_rule: Vec<Vec<FactId>> = program.rules.values().map(|rule| relations(program, rule)).collect();
    for test in &program.tests {
        let asked = test.questions.iter().flat_map(|question| relations(program, &question.rule));
        let judged = test.rule.iter().flat_map(|rule| by_rule[rule.index()].iter().copied());
        let mut reached = judged.chain(asked).peekable();
        if reached.peek().is_none() {
            continue;
        }
        let filled = filled(program, test);
        for fact in reached.filter(|fact| filled[fact.index()]) {
            shown[fact.index()] = true;
        }
    }
    let mut read = vec![false; program.facts.len()];
    by_rule.iter().flatten().for_each(|fact| read[fact.index()] = true);
    for relation in program.relations.values() {
        let index = relation.fact.index();
        if read[index] && !shown[index] {
            diagnostics.push(report(program, relation));
        }
    }
}

fn report(program: &Program, relation: &Relation) -> Diagnostic {
    let fact = &program.facts[relation.fact];
    let name = &fact.name;
    let message =
        bilingual!("関係 `{name}` に行がある事例がない", "no test shows a row of relation `{name}`");
    let help = Bilingual::new(
        "この関係を読む規則の事例に、行の元になる証拠を書く",
        "in a test of a rule that reads it, write the evidence that its rows are made of",
    );
    Diagnostic::new(&UNTESTED_RELATION, fact.span, message).about(name).help(help)
}

/// For each fact whether it may have rows in a test.
fn filled(program: &Program, test: &Test) -> Vec<bool> {
    let mut filled: Vec<bool> = program
        .facts
        .values()
        .map(|fact| match fact.kind {
            FactKind::Table => !fact.rows.is_empty(),
            FactKind::Calendar(_) | FactKind::Gaps(_) => true,
            FactKind::State | FactKind::Event { .. } | FactKind::Relation(_) => false,
        })
        .collect();
    for row in &test.rows {
        filled[row.fact.index()] = true;
    }
    // Relations stand after those that they read, but for circles.
    for _ in program.relations.values() {
        let before = filled.clone();
        for relation in program.relations.values() {
            filled[relation.fact.index()] |= may_have_rows(relation, &filled);
        }
        if filled == before {
            break;
        }
    }
    filled
}

fn may_have_rows(relation: &Relation, filled: &[bool]) -> bool {
    let mut branches = relation.branches.iter();
    branches.any(|branch| branch.atoms.iter().all(|atom| filled[atom.fact.index()]))
}

/// The relations that a rule reads, directly or through others.
fn relations(program: &Program, rule: &Rule) -> Vec<FactId> {
    let mut seen = vec![false; program.facts.len()];
    let mut relations = Vec::new();
    let mut open = rule.reads();
    while let Some(fact) = open.pop() {
        if !std::mem::replace(&mut seen[fact.index()], true)
            && let FactKind::Relation(relation) = program.facts[fact].kind
        {
            open.extend(program.relations[relation].direct_reads());
            relations.push(fact);
        }
    }
    relations
}
