//! What the rules of a standard rest on besides evidence: the relations and the definitions that they read, in the order in which they are
//! declared.

use std::collections::BTreeSet;

use kijun_ir::{Expr, ExprKind, FactId, FactKind, Program, RelationId, RuleId};
use kijun_source::Lang;

use super::Subject;
use super::evidence::rule_name;
use super::model::{Definition, Origin, Relation, RuleName};
use super::standard::sentence;

/// The rules of a standard, and what they read.
pub(super) struct Terms<'a> {
    subject: Subject<'a>,
    rules: Vec<RuleId>,
    relations: Vec<RelationId>,
}

impl<'a> Terms<'a> {
    /// Those of the standard at a position.
    pub(super) fn of(subject: Subject<'a>, position: usize) -> Self {
        let program = subject.program;
        let duties = program.standards.get(position).into_iter().flat_map(|standard| &standard.sections);
        let duties: BTreeSet<_> = duties
            .flat_map(|section| {
                let section = &program.sections[*section];
                let criteria = section.criteria.iter().map(|id| &program.criteria[*id].duties);
                std::iter::once(&section.duties).chain(criteria).flatten().copied()
            })
            .collect();
        let rules = program.rules.iter();
        let rules = rules.filter(|(_, rule)| rule.covers.iter().any(|duty| duties.contains(duty)));
        let rules: Vec<RuleId> = rules.map(|(id, _)| id).collect();
        let mut relations = BTreeSet::new();
        for rule in &rules {
            add_relations(program, program.rules[*rule].reads(), &mut relations);
        }
        Self { subject, rules, relations: relations.into_iter().collect() }
    }

    /// The relations that the rules read, directly or through others.
    pub(super) fn relations(&self) -> &[RelationId] {
        &self.relations
    }

    /// The relations with all that the document says of them.
    pub(super) fn relations_said(&self) -> Vec<Relation> {
        let (ja, en) = (self.subject.speaker(Lang::Ja), self.subject.speaker(Lang::En));
        let said = self.relations.iter().map(|id| {
            let fact = &self.subject.program.facts[self.subject.program.relations[*id].fact];
            let anchor = format!("relation-{}", fact.name);
            Relation {
                name: fact.name.clone(),
                label: fact.label.clone(),
                doc: fact.doc.clone(),
                sentence: sentence(&ja.relation(*id), &en.relation(*id), &anchor),
                origins: self.origins(*id),
                rules: self.readers(*id),
                relations: self.relations_over(*id),
            }
        });
        said.collect()
    }

    /// What a relation reads itself: other relations, evidence and tables.
    pub(super) fn origins(&self, relation: RelationId) -> Vec<Origin> {
        let program = self.subject.program;
        let relation = &program.relations[relation];
        let read = relation.direct_reads().into_iter().filter(|fact| *fact != relation.fact);
        read.filter_map(|fact| origin(program, fact)).collect()
    }

    /// The rules that read a relation themselves.
    pub(super) fn readers(&self, relation: RelationId) -> Vec<RuleName> {
        let program = self.subject.program;
        let fact = program.relations[relation].fact;
        let readers = self.rules.iter().filter(|rule| program.rules[**rule].reads().contains(&fact));
        readers.map(|rule| rule_name(self.subject, *rule)).collect()
    }

    /// The relations that are made of a relation.
    pub(super) fn relations_over(&self, relation: RelationId) -> Vec<RuleName> {
        let fact = self.subject.program.relations[relation].fact;
        self.over(fact, Some(relation))
    }

    /// The relations that read a fact themselves.
    pub(super) fn relations_of(&self, fact: FactId) -> Vec<RuleName> {
        self.over(fact, None)
    }

    fn over(&self, fact: FactId, but: Option<RelationId>) -> Vec<RuleName> {
        let program = self.subject.program;
        let others = self.relations.iter().filter(|other| Some(**other) != but);
        let over = others.filter(|other| program.relations[**other].direct_reads().contains(&fact));
        over.map(|other| relation_name(program, *other)).collect()
    }

    /// The definitions that sentences name, with the rules and relations whose sentences do.
    pub(super) fn definitions(&self) -> Vec<Definition> {
        let program = self.subject.program;
        let definitions = self.subject.definitions.iter().filter_map(|(name, definition)| {
            let rules =
                self.rules.iter().filter(|rule| program.rules[**rule].exprs().any(|expr| uses(expr, name)));
            let relations = self.relations.iter().filter(|relation| {
                let branches = &program.relations[**relation].branches;
                branches.iter().flat_map(kijun_ir::Branch::exprs).any(|expr| uses(expr, name))
            });
            let rules: Vec<RuleName> = rules.map(|id| rule_name(self.subject, *id)).collect();
            let relations: Vec<RuleName> = relations.map(|id| relation_name(program, *id)).collect();
            (!rules.is_empty() || !relations.is_empty()).then(|| Definition {
                name: name.to_owned(),
                label: definition.label.clone(),
                doc: definition.doc.clone(),
                rules,
                relations,
            })
        });
        definitions.collect()
    }
}

/// The relations that a rule reads itself.
pub(super) fn relations_of_rule(program: &Program, rule: RuleId) -> Vec<RuleName> {
    let read = program.rules[rule].reads().into_iter();
    let relations = read.filter_map(|fact| match program.facts[fact].kind {
        FactKind::Relation(relation) => Some(relation_name(program, relation)),
        _ => None,
    });
    relations.collect()
}

fn add_relations(program: &Program, facts: Vec<FactId>, found: &mut BTreeSet<RelationId>) {
    for fact in facts {
        if let FactKind::Relation(relation) = program.facts[fact].kind
            && found.insert(relation)
        {
            add_relations(program, program.relations[relation].direct_reads(), found);
        }
    }
}

fn relation_name(program: &Program, relation: RelationId) -> RuleName {
    let fact = &program.facts[program.relations[relation].fact];
    RuleName { name: fact.name.clone(), label: fact.label.clone() }
}

/// Where a fact stands in the document; `None` of the calendar, which needs no explaining.
fn origin(program: &Program, fact: FactId) -> Option<Origin> {
    let declared = &program.facts[fact];
    let anchor = match declared.kind {
        FactKind::State | FactKind::Event { .. } => Some(format!("fact-{}", declared.name)),
        FactKind::Relation(_) => Some(format!("relation-{}", declared.name)),
        FactKind::Gaps(log) => return origin(program, log),
        FactKind::Table => None,
        FactKind::Calendar(_) => return None,
    };
    Some(Origin { label: declared.label.clone(), anchor })
}

fn uses(expr: &Expr, definition: &str) -> bool {
    let mut found = false;
    expr.walk(&mut |expr| found |= matches!(&expr.kind, ExprKind::Named { name, .. } if name == definition));
    found
}
