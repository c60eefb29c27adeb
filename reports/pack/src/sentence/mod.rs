//! Rules as sentences made of labels, for people who read no code: what the program says, in Japanese and in English.
//!
//! A sentence says exactly what the rule says. What is said twice in a program (that a row holds at a moment, that a value is one of
//! several, that every row has something) is recognised by its form and said as people say it; where the form is another one, it is
//! spelled out. Conditions within conditions become numbered lists, so that no reader has to guess what `and` and `or` bind.

mod alike;
mod condition;
mod english;
mod japanese;
mod quotation;
mod rows;
mod scope;
mod show;
mod tree;
mod variants;
mod vocabulary;
mod yields;

use kijun_ir::{AttestId, AuditId, Program, RelationId, Rule, Value};
use kijun_source::Lang;

pub(crate) use english::name as name_in_english;
pub(crate) use japanese::{duration as duration_in_japanese, in_brackets as quoted_in_japanese};
pub use quotation::InWords;
pub use scope::{Definition, Definitions};
pub use tree::{Phrase, Run, Statement};
pub use vocabulary::Vocabulary;

use scope::{Names, Scope};

/// Says what a program says.
#[derive(Debug, Clone, Copy)]
pub struct Speaker<'a> {
    program: &'a Program,
    definitions: &'a Definitions,
    lang: Lang,
}

impl<'a> Speaker<'a> {
    /// One who speaks a language. Definitions that `definitions` does not know are said by their bodies.
    pub fn new(program: &'a Program, definitions: &'a Definitions, lang: Lang) -> Self {
        Self { program, definitions, lang }
    }

    /// What a rule demands of whom, what excuses from it, and when it is due.
    pub fn rule(&self, rule: &'a Rule) -> Statement {
        let names = Names::of_rule(self.program, self.definitions, rule);
        let single = rule.population.as_ref().filter(|population| population.pair.is_none());
        let mut scope = Scope::new(names, single.map(|population| population.rows.var));
        match self.lang {
            Lang::Ja => japanese::rule(&mut scope, rule),
            Lang::En => english::rule(&mut scope, rule),
        }
    }

    /// What a person must answer.
    pub fn attest(&self, attest: AttestId) -> Statement {
        let attest = &self.program.attests[attest];
        match self.lang {
            Lang::Ja => japanese::attest(attest),
            Lang::En => english::attest(attest),
        }
    }

    /// When an audit takes place, what it looks at, who does it, and what follows.
    pub fn audit(&self, audit: AuditId) -> Statement {
        let audit = &self.program.audits[audit];
        let names = match &audit.trigger {
            kijun_ir::Trigger::After { vars, .. } => Names::of_all(self.program, self.definitions, vars),
            kijun_ir::Trigger::Schedule { .. } => Names::empty(self.program, self.definitions),
        };
        let mut scope = Scope::new(names, None);
        match self.lang {
            Lang::Ja => japanese::audit(&mut scope, audit),
            Lang::En => english::audit(&mut scope, audit),
        }
    }

    /// How the rows of a relation come to be.
    pub fn relation(&self, relation: RelationId) -> Statement {
        let relation = &self.program.relations[relation];
        match self.lang {
            Lang::Ja => japanese::relation(self.program, self.definitions, relation),
            Lang::En => english::relation(self.program, self.definitions, relation),
        }
    }

    /// What is said of a subject that violates a rule, with the names of values in the places of the values.
    pub fn message(&self, rule: &'a Rule) -> String {
        let names = Names::of_rule(self.program, self.definitions, rule);
        let single = rule.population.as_ref().filter(|population| population.pair.is_none());
        let mut scope = Scope::new(names, single.map(|population| population.rows.var));
        match self.lang {
            Lang::Ja => japanese::message(&mut scope, &rule.message),
            Lang::En => english::message(&mut scope, &rule.message),
        }
    }

    /// The value of a parameter that is in force.
    pub(crate) fn param_value(&self, param: &kijun_ir::Param) -> String {
        match self.lang {
            Lang::Ja => japanese::param_value(self.program, param),
            Lang::En => english::param_value(self.program, param),
        }
    }

    /// A value of a kind, as it is said in a sentence.
    pub(crate) fn value(&self, kind: kijun_ir::Kind, value: &Value) -> String {
        match self.lang {
            Lang::Ja => japanese::literal(self.program, kind, value),
            Lang::En => english::literal(self.program, kind, value),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
