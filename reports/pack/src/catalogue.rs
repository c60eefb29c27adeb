//! What evidence the rules want, and who delivers it.

use kijun_ir::{DutyId, Fact, FactId, Program, RuleId};

/// The rules, and in a workspace the sources that deliver evidence for them.
#[derive(Debug, Clone)]
pub struct Catalogue<'a> {
    /// The rules.
    pub program: &'a Program,
    /// The sources, in the order of the workspace; `None` for rules without a workspace.
    pub deliveries: Option<Vec<Delivery>>,
}

/// A source and the fact that it delivers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The name of the source.
    pub source: String,
    /// The fact.
    pub fact: FactId,
}

impl Catalogue<'_> {
    /// The type of evidence of that name, or else of that label.
    pub fn fact(&self, name: &str) -> Option<FactId> {
        let by = |is_it: &dyn Fn(&Fact) -> bool| self.facts().find(|(_, fact)| is_it(fact)).map(|(id, _)| id);
        by(&|fact| fact.name == name).or_else(|| by(&|fact| fact.label == name))
    }

    /// The types of evidence, in the order of the files.
    pub(crate) fn facts(&self) -> impl Iterator<Item = (FactId, &Fact)> {
        self.program.facts.iter().filter(|(_, fact)| fact.is_collected())
    }

    /// The rules that read a fact, in the order of the files.
    pub(crate) fn readers(&self, fact: FactId) -> Vec<RuleId> {
        self.program.rules.ids().filter(|rule| self.program.facts_of(*rule).contains(&fact)).collect()
    }

    /// The sources that deliver a fact; `None` where there is no workspace.
    pub(crate) fn sources(&self, fact: FactId) -> Option<Vec<&str>> {
        let deliveries = self.deliveries.as_ref()?;
        let own = deliveries.iter().filter(|delivery| delivery.fact == fact);
        Some(own.map(|delivery| delivery.source.as_str()).collect())
    }

    /// The ids of the duties that a rule decides.
    pub(crate) fn duties(&self, rule: RuleId) -> impl Iterator<Item = &str> {
        let covers = self.program.rules[rule].covers.iter();
        covers.map(|duty: &DutyId| self.program.duties[*duty].id.as_str())
    }
}
