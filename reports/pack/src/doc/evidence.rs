//! Which fields of which evidence a rule reads; facts field by field.

use std::collections::{BTreeMap, BTreeSet};

use kijun_ir::{Binding, Cell, Expr, ExprKind, FactId, FactKind, FieldId, IndexVec, Rule, RuleId, VarId};
use kijun_source::Lang;

use super::Subject;
use super::model::{Fact, Field, Reading, RuleName, Table};
use super::term::Terms;
use super::words;

/// Fields by the fact that they belong to.
type Read = BTreeMap<FactId, BTreeSet<FieldId>>;

/// The evidence that a rule reads.
pub(super) fn readings(subject: Subject<'_>, rule: RuleId) -> Vec<Reading> {
    let fields = fields_of(subject, &subject.program.rules[rule]);
    let facts = subject.program.facts_of(rule);
    let readings = facts.into_iter().map(|id| {
        let fact = &subject.program.facts[id];
        let read = fields.get(&id).into_iter().flatten();
        Reading {
            name: fact.name.clone(),
            label: fact.label.clone(),
            fields: read.map(|field| fact.fields[*field].label.clone()).collect(),
            fresh: words::fresh(subject.program, id),
            sources: sources(subject, id),
        }
    });
    readings.collect()
}

/// The sources that deliver a fact; `None` where there is no workspace.
fn sources(subject: Subject<'_>, fact: FactId) -> Option<Vec<String>> {
    let sources = subject.sources?.iter().filter(|(_, delivered)| *delivered == fact);
    Some(sources.map(|(name, _)| name.clone()).collect())
}

/// The fields that a rule reads, through relations too.
fn fields_of(subject: Subject<'_>, rule: &Rule) -> Read {
    let mut read = Read::new();
    for expr in rule.exprs() {
        add(expr, &rule.vars, &mut read);
    }
    let facts: BTreeSet<FactId> = rule.vars.values().map(|binding| binding.fact).collect();
    for fact in facts {
        add_relation(subject, fact, &mut BTreeSet::new(), &mut read);
    }
    for id in read.keys().copied().collect::<Vec<_>>() {
        if let FactKind::Event { at } = subject.program.facts[id].kind {
            read.entry(id).or_default().insert(at);
        }
    }
    read
}

/// The fields that the branches of a relation read, and those of the relations that it reads.
fn add_relation(subject: Subject<'_>, fact: FactId, seen: &mut BTreeSet<FactId>, read: &mut Read) {
    let FactKind::Relation(relation) = subject.program.facts[fact].kind else { return };
    if !seen.insert(fact) {
        return;
    }
    for branch in &subject.program.relations[relation].branches {
        let of_atoms = branch.atoms.iter().flat_map(|atom| atom.children());
        for expr in of_atoms.chain(&branch.condition).chain(&branch.yields) {
            add(expr, &branch.vars, read);
        }
        for binding in branch.vars.values() {
            add_relation(subject, binding.fact, seen, read);
        }
    }
}

fn add(expr: &Expr, vars: &IndexVec<VarId, Binding>, read: &mut Read) {
    expr.walk(&mut |expr| match &expr.kind {
        ExprKind::Field { var, field } => {
            if let Some(binding) = vars.get(*var) {
                read.entry(binding.fact).or_default().insert(*field);
            }
        }
        ExprKind::Follow { fact, field, .. } => {
            read.entry(*fact).or_default().insert(*field);
        }
        ExprKind::Covered { fact, .. } => {
            read.entry(*fact).or_default();
        }
        _ => {}
    });
}

/// The types of evidence, field by field.
pub(super) fn facts(subject: Subject<'_>, terms: &Terms<'_>) -> Vec<Fact> {
    let collected = subject.program.facts.iter().filter(|(_, fact)| fact.is_collected());
    let read: Vec<(RuleId, Read)> =
        subject.program.rules.iter().map(|(id, rule)| (id, fields_of(subject, rule))).collect();
    let readers: Vec<(RuleId, Vec<FactId>)> =
        subject.program.rules.ids().map(|id| (id, subject.program.facts_of(id))).collect();
    let facts = collected.map(|(id, fact)| {
        let is_read = |field: FieldId| {
            read.iter().any(|(_, read)| read.get(&id).is_some_and(|fields| fields.contains(&field)))
        };
        let rules = readers
            .iter()
            .filter(|(_, facts)| facts.contains(&id))
            .map(|(rule, _)| rule_name(subject, *rule));
        let fields = fact.fields.iter().map(|(field_id, field)| Field {
            label: field.label.clone(),
            name: field.name.clone(),
            ty: words::field_type(subject.program, id, field_id),
            need: words::need(field),
            class: words::class(field.class),
            read: is_read(field_id),
        });
        Fact {
            name: fact.name.clone(),
            label: fact.label.clone(),
            doc: fact.doc.clone(),
            kind: words::kind(fact),
            fresh: words::fresh(subject.program, id),
            valid: words::valid(fact),
            kept: fact.kept.map(words::kept),
            sources: sources(subject, id),
            fields: fields.collect(),
            rules: rules.collect(),
            relations: terms.relations_of(id),
        }
    });
    facts.collect()
}

/// The tables of the ruleset with their rows.
pub(super) fn tables(subject: Subject<'_>) -> Vec<Table> {
    let speaker = subject.speaker(Lang::Ja);
    let tables = subject.program.facts.values().filter(|fact| matches!(fact.kind, FactKind::Table));
    let tables = tables.map(|fact| {
        let cell = |(field, cell): (&kijun_ir::Field, &Cell)| match cell {
            Cell::Known(kijun_ir::Value::Text(text)) => text.to_string(),
            Cell::Known(value) => speaker.value(field.ty.kind, value),
            Cell::None => "なし".to_owned(),
            Cell::Unknown => String::new(),
        };
        Table {
            label: fact.label.clone(),
            doc: fact.doc.clone(),
            heads: fact.fields.values().map(|field| field.label.clone()).collect(),
            rows: fact.rows.iter().map(|row| fact.fields.values().zip(row).map(cell).collect()).collect(),
        }
    });
    tables.collect()
}

/// What a rule is called, with the name that its anchor has.
pub(super) fn rule_name(subject: Subject<'_>, rule: RuleId) -> RuleName {
    let rule = &subject.program.rules[rule];
    RuleName { name: rule.name.clone(), label: rule.label.clone() }
}
