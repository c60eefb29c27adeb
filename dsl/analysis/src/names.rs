//! The names that files declare, each once.

use std::collections::{BTreeMap, BTreeSet};

use kijun_source::{Bilingual, Diagnostic, Span, bilingual, nearest};
use kijun_syntax::ast;

use crate::diagnostics::{BUILTIN_NAME, DUPLICATE_NAME};

/// What a name stands for, by its position among its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entity {
    Standard,
    Enum(usize),
    Fact(usize),
    Define(usize),
    Param(usize),
    Rule(usize),
}

/// The names of all files, and the declarations by kind in the order of the files. The first declaration of a name counts.
#[derive(Debug, Default)]
pub(crate) struct Names<'a> {
    entities: BTreeMap<&'a str, (Entity, Span)>,
    /// Names of declarations that could not be read.
    broken: BTreeSet<&'a str>,
    pub(crate) standards: Vec<&'a ast::Standard>,
    pub(crate) enums: Vec<&'a ast::Enum>,
    pub(crate) facts: Vec<&'a ast::Fact>,
    pub(crate) defines: Vec<&'a ast::Define>,
    pub(crate) params: Vec<&'a ast::Param>,
    pub(crate) rules: Vec<&'a ast::Rule>,
    pub(crate) tests: Vec<&'a ast::Test>,
}

/// Names of types, functions and values that the language itself gives.
const BUILTIN: [&str; 11] = [
    "text", "int", "decimal", "bool", "date", "datetime", "duration", "today", "period", "unknown", "covered",
];

pub(crate) fn collect<'a>(files: &'a [ast::File], diagnostics: &mut Vec<Diagnostic>) -> Names<'a> {
    let mut names = Names::default();
    for item in files.iter().flat_map(|file| &file.items) {
        match item {
            ast::Item::Standard(standard) => {
                names.declare(&standard.name, Entity::Standard, diagnostics);
                names.standards.push(standard);
            }
            ast::Item::Enum(declared) => {
                if names.declare(&declared.name, Entity::Enum(names.enums.len()), diagnostics) {
                    names.enums.push(declared);
                }
            }
            ast::Item::Fact(fact) => {
                if names.declare(&fact.name, Entity::Fact(names.facts.len()), diagnostics) {
                    names.facts.push(fact);
                }
            }
            ast::Item::Define(define) => {
                if names.declare(&define.name, Entity::Define(names.defines.len()), diagnostics) {
                    names.defines.push(define);
                }
            }
            ast::Item::Param(param) => {
                if names.declare(&param.name, Entity::Param(names.params.len()), diagnostics) {
                    names.params.push(param);
                }
            }
            ast::Item::Rule(rule) => {
                if names.declare(&rule.name, Entity::Rule(names.rules.len()), diagnostics) {
                    names.rules.push(rule);
                }
            }
            ast::Item::Test(test) => names.tests.push(test),
            ast::Item::Broken(_, name) => names.broken.extend(name.iter().map(|name| name.text.as_str())),
        }
    }
    names
}

impl<'a> Names<'a> {
    /// Whether the name is new; reports it where it is not.
    fn declare(&mut self, name: &'a ast::Name, entity: Entity, diagnostics: &mut Vec<Diagnostic>) -> bool {
        let text = &name.text;
        if BUILTIN.contains(&text.as_str()) {
            diagnostics.push(
                Diagnostic::new(
                    &BUILTIN_NAME,
                    name.span,
                    bilingual!("`{text}` は組み込みの名前である", "`{text}` is a built-in name"),
                )
                .help(Bilingual::new("別の名前を選ぶ", "choose another name")),
            );
            return false;
        }
        if let Some((_, first)) = self.entities.get(text.as_str()) {
            diagnostics.push(
                Diagnostic::new(
                    &DUPLICATE_NAME,
                    name.span,
                    bilingual!("`{text}` は既に宣言されている", "`{text}` is already declared"),
                )
                .and(*first, Bilingual::new("最初の宣言", "first declared here"))
                .help(Bilingual::new("どちらかの名前を変える", "rename one of the two")),
            );
            return false;
        }
        self.entities.insert(text, (entity, name.span));
        true
    }

    pub(crate) fn get(&self, name: &str) -> Option<Entity> {
        self.entities.get(name).map(|(entity, _)| *entity)
    }

    /// Whether a declaration of that name could not be read: what uses it is not to blame.
    pub(crate) fn is_broken(&self, name: &str) -> bool {
        self.broken.contains(name)
    }

    /// The declared name of a kind that is nearest to a slip.
    pub(crate) fn nearest(&self, name: &str, fits: impl Fn(Entity) -> bool) -> Option<&'a str> {
        let candidates = self.entities.iter().filter(|(_, (entity, _))| fits(*entity)).map(|(name, _)| *name);
        nearest(name, candidates)
    }
}

/// `help: did you mean …?` where there is a near name.
pub(crate) fn suggest(diagnostic: Diagnostic, nearest: Option<&str>) -> Diagnostic {
    match nearest {
        Some(nearest) => diagnostic.help(bilingual!("`{nearest}` のことか", "did you mean `{nearest}`?")),
        None => diagnostic,
    }
}
