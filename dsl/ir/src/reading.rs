//! What rules read of evidence: the rows that they go through, and the fields.

use std::collections::BTreeSet;

use crate::{Binding, Expr, ExprKind, Fact, FactId, FactKind, FieldId, IndexVec, Program, RuleId, VarId};

impl Program {
    /// The types of evidence whose rows a rule goes through, or whose coverage it asks for, through relations too, ascending, each once. Of
    /// these it needs to know that no row is missing; of one that it only follows references to, it needs the row that is named.
    pub fn facts_gone_through(&self, rule: RuleId) -> Vec<FactId> {
        let rule = &self.rules[rule];
        let mut facts: Vec<FactId> = rule.vars.values().map(|binding| binding.fact).collect();
        for expr in rule.exprs() {
            expr.walk(&mut |expr| {
                if let ExprKind::Covered { fact, .. } = &expr.kind {
                    facts.push(*fact);
                }
            });
        }
        let mut facts: Vec<FactId> = facts.into_iter().flat_map(|fact| self.evidence_of(fact)).collect();
        facts.sort_unstable();
        facts.dedup();
        facts
    }

    /// The fields that a rule or a relation reads, and those that say of a row which one it is and when it holds.
    pub fn fields_read(&self) -> BTreeSet<(FactId, FieldId)> {
        let mut read = BTreeSet::new();
        for rule in self.rules.values() {
            gather(&rule.vars, rule.exprs(), &mut read);
            if let Some(population) = &rule.population {
                let common = population.pair.iter().flat_map(|pair| &pair.by);
                read.extend(common.map(|field| (population.rows.fact, *field)));
            }
        }
        for branch in self.relations.values().flat_map(|relation| &relation.branches) {
            gather(&branch.vars, branch.exprs(), &mut read);
        }
        for (id, fact) in self.facts.iter() {
            read.extend(fields_of_the_row(fact).map(|field| (id, field)));
        }
        read
    }
}

fn gather<'a>(
    vars: &IndexVec<VarId, Binding>,
    exprs: impl Iterator<Item = &'a Expr>,
    read: &mut BTreeSet<(FactId, FieldId)>,
) {
    for expr in exprs {
        expr.walk(&mut |expr| match &expr.kind {
            ExprKind::Field { var, field } => _ = read.insert((vars[*var].fact, *field)),
            ExprKind::Follow { fact, field, .. } => _ = read.insert((*fact, *field)),
            _ => {}
        });
    }
}

/// The key, the time, the validity.
fn fields_of_the_row(fact: &Fact) -> impl Iterator<Item = FieldId> {
    let at = match fact.kind {
        FactKind::Event { at } => Some(at),
        _ => None,
    };
    let valid = fact.valid.iter();
    let valid = valid.flat_map(|valid| {
        [valid.from, valid.until.map(|(field, _)| field), valid.within].into_iter().flatten()
    });
    fact.key.into_iter().chain(at).chain(valid)
}
