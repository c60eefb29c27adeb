//! The mutants of a rule.

use kijun_ir::{Expr, Population, Program, Quantifier, Rule};
use kijun_source::Span;

use super::change::Change;
use super::equivalence::{Meaning, meaning};
use super::expression::{Edit, Role, apply, edits, without_condition};
use super::refusal::is_refused;

/// A rule that differs from the one written in one place.
pub(super) struct Mutant {
    pub(super) rule: Rule,
    /// What was changed.
    pub(super) span: Span,
    /// The condition that it stands in.
    pub(super) condition: Span,
    pub(super) change: Change,
}

/// Every mutant of a rule that could have been written: those of its parts in their order, then those of its frame. None means the
/// same as the rule or as another.
pub(super) fn mutants(program: &Program, rule: &Rule) -> Vec<Mutant> {
    let mut known: Vec<Meaning> = vec![meaning(program, rule)];
    let mut mutants = Vec::new();
    for mutant in of_expressions(program, rule).into_iter().chain(of_frame(program, rule)) {
        let meaning = meaning(program, &mutant.rule);
        if !known.contains(&meaning) && !is_refused(program, rule, &mutant.rule) {
            known.push(meaning);
            mutants.push(mutant);
        }
    }
    mutants
}

fn of_expressions(program: &Program, rule: &Rule) -> Vec<Mutant> {
    let mut all: Vec<Edit> = Vec::new();
    for (expr, role) in expressions(rule) {
        for edit in edits(program, expr, role) {
            if !all.contains(&edit) {
                all.push(edit);
            }
        }
    }
    let is_attest = program.attest_of(rule).is_some();
    let own =
        all.into_iter().filter(|edit| !is_attest || edit.change == Change::Dropped && edit.span != rule.span);
    own.map(|edit| edited(program, rule, edit)).collect()
}

/// What a rule judges by, in the order written.
fn expressions(rule: &Rule) -> impl Iterator<Item = (&Expr, Role)> {
    let rows = rule.population.iter().map(|population| &population.rows);
    let member = rows.filter_map(|rows| rows.condition.as_ref());
    let excused = rule.excused.iter().filter_map(|rows| rows.condition.as_ref());
    let conditions = member.chain([&rule.require]).chain(excused);
    conditions.map(|expr| (expr, Role::Condition)).chain(rule.due.iter().map(|due| (due, Role::Value)))
}

fn edited(program: &Program, rule: &Rule, edit: Edit) -> Mutant {
    let condition = |expr: &Expr| apply(program, expr, Role::Condition, &edit);
    let rows =
        |rows: &Quantifier| Quantifier { condition: rows.condition.as_ref().map(condition), ..rows.clone() };
    let mut changed = rule.clone();
    changed.population = rule
        .population
        .as_ref()
        .map(|population| Population { rows: rows(&population.rows), ..population.clone() });
    changed.require = condition(&rule.require);
    changed.excused = rule.excused.iter().map(rows).collect();
    changed.due = rule.due.as_ref().map(|due| apply(program, due, Role::Value, &edit));
    Mutant { rule: changed, span: edit.span, condition: edit.condition, change: edit.change }
}

/// Mutants without the one condition of the population (which an attestation does not leave to its author), with or without `or none`, without an exception, without the due date.
fn of_frame(program: &Program, rule: &Rule) -> Vec<Mutant> {
    let is_attest = program.attest_of(rule).is_some();
    let population = rule.population.iter().filter(|_| !is_attest);
    let population = population.flat_map(|population| of_population(rule, population));
    let exceptions = rule.excused.iter().enumerate().flat_map(|(index, exception)| {
        let mut without = rule.clone();
        without.excused.remove(index);
        let over_all = without_condition(exception).map(|(rows, span)| {
            let mut changed = rule.clone();
            changed.excused[index] = rows;
            frame(changed, span, Change::Dropped)
        });
        [frame(without, exception.span, Change::Dropped)].into_iter().chain(over_all)
    });
    let due = rule.due.iter().map(|due| frame(Rule { due: None, ..rule.clone() }, due.span, Change::Dropped));
    population.chain(exceptions).chain(due).collect()
}

fn of_population(rule: &Rule, population: &Population) -> Vec<Mutant> {
    let with = |rows, or_none| {
        let changed = Population { rows, or_none, ..population.clone() };
        Rule { population: Some(changed), ..rule.clone() }
    };
    let (rows, or_none) = (&population.rows, population.or_none);
    let over_all =
        without_condition(rows).map(|(rows, span)| frame(with(rows, or_none), span, Change::Dropped));
    let change = if or_none { Change::replaced("or none", "") } else { Change::replaced("", "or none") };
    let span = rows.condition.as_ref().map_or(rows.span, |condition| rows.span.to(condition.span));
    over_all.into_iter().chain([frame(with(rows.clone(), !or_none), span, change)]).collect()
}

/// A mutant of a part that is shown whole.
fn frame(rule: Rule, span: Span, change: Change) -> Mutant {
    Mutant { rule, span, condition: span, change }
}
