//! About how often the prover reads a row: what keeps cases small.

use kijun_eval::Occasion;
use kijun_ir::{
    Branch, Expr, ExprKind, FactId, FactKind, IndexVec, Judged, Part, Program, Quantifier, Relation, Rule,
};

/// A relation's rows are fewer than the rows that are joined; so many times the root of their number.
const JOINED: u64 = 3;

/// How often all rules and relations read a row, given how many rows each type of evidence has.
pub(crate) fn reads(program: &Program, occasion: Occasion, counts: &IndexVec<FactId, u32>) -> u64 {
    let mut sizes: IndexVec<FactId, u64> =
        program.facts.iter().map(|(id, fact)| rows_of_kind(fact.kind, counts[id], fact.rows.len())).collect();
    let mut derived = 0u64;
    for relation in program.relations.values() {
        let joined: u64 = sum(relation.branches.iter().map(|branch| joined(branch, &sizes)));
        sizes[relation.fact] = joined.isqrt().saturating_mul(JOINED);
        let rounds = if relation.recursive { 4 } else { 1 };
        derived = derived.saturating_add(joined.saturating_mul(rounds));
        derived = derived.saturating_add(chained(program, relation, &sizes));
    }
    let days = u64::try_from(occasion.period().days()).unwrap_or(1);
    let of_rules = program.rules.values().map(|rule| {
        let moments = if rule.judged == Judged::ThroughoutPeriod { days } else { 1 };
        moments.saturating_mul(of_rule(rule, &sizes))
    });
    sum(of_rules).saturating_add(derived.saturating_mul(days))
}

/// A circle chains each of its rows with each; those of the calendar, which are many, would come to be their square.
fn chained(program: &Program, relation: &Relation, sizes: &IndexVec<FactId, u64>) -> u64 {
    let is_calendar = |fact: &FactId| matches!(program.facts[*fact].kind, FactKind::Calendar(_));
    let atoms = relation.branches.iter().flat_map(|branch| &branch.atoms).map(|atom| atom.fact);
    let parts = atoms.filter(|fact| relation.recursive && is_calendar(fact));
    sum(parts.map(|fact| sizes[fact].saturating_pow(3)))
}

fn rows_of_kind(kind: FactKind, collected: u32, constant: usize) -> u64 {
    match kind {
        FactKind::State | FactKind::Event { .. } => u64::from(collected),
        FactKind::Table => constant as u64,
        FactKind::Relation(_) | FactKind::Gaps(_) => 5,
        FactKind::Calendar(Part::Day) => 15_000,
        FactKind::Calendar(Part::Month) => 500,
        FactKind::Calendar(Part::Quarter) => 160,
        FactKind::Calendar(Part::FiscalYear) => 40,
    }
}

fn joined(branch: &Branch, sizes: &IndexVec<FactId, u64>) -> u64 {
    let rows = branch.atoms.iter().map(|atom| sizes[atom.fact].max(1));
    let reads = sum(branch.condition.iter().chain(&branch.yields).map(|expr| of_expr(expr, sizes)));
    rows.fold(1, u64::saturating_mul).saturating_mul(reads.saturating_add(1))
}

fn of_rule(rule: &Rule, sizes: &IndexVec<FactId, u64>) -> u64 {
    let subject = sum(rule.exprs().map(|expr| of_expr(expr, sizes)));
    let excuses = sum(rule.excused.iter().map(|excuse| of_rows(excuse, sizes)));
    let subjects = rule.population.as_ref().map_or(1, |population| {
        // Of events at one time each may be paired with each.
        let pairs = if population.pair.is_some() { sizes[population.rows.fact] } else { 1 };
        of_rows(&population.rows, sizes).saturating_mul(pairs)
    });
    subjects.saturating_mul(subject.saturating_add(excuses).saturating_add(1))
}

fn of_rows(quantifier: &Quantifier, sizes: &IndexVec<FactId, u64>) -> u64 {
    let condition = quantifier.condition.as_ref().map_or(0, |condition| of_expr(condition, sizes));
    sizes[quantifier.fact].saturating_mul(condition.saturating_add(1))
}

fn of_expr(expr: &Expr, sizes: &IndexVec<FactId, u64>) -> u64 {
    match &expr.kind {
        ExprKind::Some(quantifier) => of_rows(quantifier, sizes),
        ExprKind::Count { quantifier, bound, .. } => {
            of_rows(quantifier, sizes).saturating_add(of_expr(bound, sizes))
        }
        ExprKind::Aggregate { quantifier, value, .. } => {
            let value = value.as_ref().map_or(0, |value| of_expr(value, sizes));
            of_rows(quantifier, sizes).saturating_add(sizes[quantifier.fact].saturating_mul(value))
        }
        _ => sum(expr.children().into_iter().map(|child| of_expr(child, sizes))),
    }
}

/// What is beyond the range is more than can be afforded in any case.
fn sum(numbers: impl Iterator<Item = u64>) -> u64 {
    numbers.fold(0, u64::saturating_add)
}
