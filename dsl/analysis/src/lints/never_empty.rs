//! `or none` after a population that is never empty.

use kijun_ir::{Edge, Expr, ExprKind, Fact, FactKind, Population};
use kijun_source::{Bilingual, Diagnostic, bilingual};

use crate::diagnostics::NEVER_EMPTY;
use crate::lints::Linted;

pub(super) fn lint(linted: &Linted<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for rule in linted.program.rules.values() {
        let Some(population) = rule.population.as_ref().filter(|population| population.or_none) else {
            continue;
        };
        if !is_never_empty(&linted.program.facts[population.rows.fact], population) {
            continue;
        }
        let name = &rule.name;
        let message = bilingual!(
            "規則 `{name}` の対象が空になることはない",
            "the population of rule `{name}` is never empty"
        );
        let help = Bilingual::new("⟦or none|なくてもよい⟧ を消す", "remove ⟦or none|なくてもよい⟧");
        diagnostics.push(Diagnostic::new(&NEVER_EMPTY, population.rows.span, message).about(name).help(help));
    }
}

/// Whether it is all the rows of a table that has some, or all the parts of the period under audit, which has a day.
fn is_never_empty(fact: &Fact, population: &Population) -> bool {
    let condition = population.rows.condition.as_ref();
    match fact.kind {
        FactKind::Table => condition.is_none() && !fact.rows.is_empty(),
        FactKind::Calendar(_) => condition.is_some_and(is_whole_period),
        FactKind::State | FactKind::Event { .. } | FactKind::Relation(_) | FactKind::Gaps(_) => false,
    }
}

/// Whether a condition on parts of the calendar says no more than that they are those of the period under audit: that each begins at or after
/// the first of them, and at or before the last day.
fn is_whole_period(condition: &Expr) -> bool {
    let ExprKind::And(bounds) = &condition.kind else { return false };
    let [_, last] = bounds.as_slice() else { return false };
    let ExprKind::Compare { right: last, .. } = &last.kind else { return false };
    let ExprKind::Edge { period, edge: Edge::End } = &last.kind else { return false };
    period.kind == ExprKind::Period
}
