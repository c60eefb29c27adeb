//! The names that units declare, each once, and which of them a unit sees.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kijun_ir::FactId;
use kijun_source::{Bilingual, Diagnostic, Span, bilingual, nearest};
use kijun_syntax::ast::{self, ItemKind};
use rustc_hash::FxHashMap;

use crate::Unit;
use crate::diagnostics::{BUILTIN_NAME, DUPLICATE_NAME};
use crate::given::Given;
use crate::units::Used;
use crate::words::{is_given, may_be_name};

/// What a name stands for, by its position among its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Entity {
    Standard(usize),
    Catalogue(usize),
    Enum(usize),
    Fact(usize),
    Table(usize),
    Relation(usize),
    Define(usize),
    Param(usize),
    Rule(usize),
    Attest(usize),
    Audit(usize),
}

/// Name and label of something that goes by both.
pub(crate) type Spellings = (Arc<str>, Arc<str>);

/// A declaration and the unit in which it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Declared<T> {
    pub(crate) unit: usize,
    pub(crate) tree: T,
}

/// What a word stands for in a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// A name, or a label that only one thing has.
    One(Entity),
    /// A label that two things have.
    Shared(Entity, Entity),
    /// Nothing.
    Nothing,
}

/// The names of all units, and the declarations by kind in the order of the files. The first declaration of a name in a unit counts.
#[derive(Debug, Default)]
pub(crate) struct Names<'a> {
    units: Vec<Visible<'a>>,
    /// The unit of what the language itself declares, where it declares anything.
    given: Option<usize>,
    pub(crate) standards: Vec<Declared<&'a ast::Standard>>,
    pub(crate) catalogues: Vec<Declared<&'a ast::Catalogue>>,
    pub(crate) crosswalks: Vec<Declared<&'a ast::Crosswalk>>,
    pub(crate) enums: Vec<Declared<&'a ast::Enum>>,
    pub(crate) facts: Vec<Declared<&'a ast::Fact>>,
    pub(crate) tables: Vec<Declared<&'a ast::Table>>,
    pub(crate) relations: Vec<Declared<&'a ast::Relation>>,
    pub(crate) defines: Vec<Declared<&'a ast::Define>>,
    pub(crate) params: Vec<Declared<&'a ast::Param>>,
    pub(crate) rules: Vec<Declared<&'a ast::Rule>>,
    pub(crate) attests: Vec<Declared<&'a ast::Attest>>,
    pub(crate) audits: Vec<Declared<&'a ast::Audit>>,
    pub(crate) tests: Vec<Declared<&'a ast::Test>>,
}

/// What a unit sees.
#[derive(Debug, Default)]
struct Visible<'a> {
    names: BTreeMap<&'a str, Entity>,
    /// What has a label that may be a name, where no name is spelled so.
    labels: BTreeMap<&'a str, Vec<Entity>>,
    /// What each word stands for, once all names and labels are known: bodies and tests ask for the same ones over and over.
    found: FxHashMap<&'a str, Found>,
    /// What others may use.
    exported: BTreeSet<&'a str>,
    /// Names of declarations that could not be read.
    broken: BTreeSet<&'a str>,
    /// Names that it declares twice, that it and another declare, or two others.
    disputed: BTreeSet<&'a str>,
    uses: Vec<Used<'a>>,
}

pub(crate) fn collect<'a>(
    units: &'a [Unit],
    uses: Vec<Vec<Used<'a>>>,
    given: Option<&'a Given>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Names<'a> {
    let mut names = Names::default();
    for (unit, uses) in units.iter().zip(uses) {
        names.units.push(Visible { uses, ..Visible::default() });
        for item in unit.files.iter().flat_map(|file| &file.items) {
            names.item(item, diagnostics);
        }
    }
    names.import(diagnostics);
    names.unique(diagnostics);
    given.into_iter().for_each(|given| names.give(given));
    names.label();
    names
}

/// Adds a declaration to the list of its kind where its name is new to the unit.
macro_rules! declare {
    ($names:ident, $diagnostics:ident, $item:ident, $tree:ident, $list:ident, $entity:ident) => {{
        let entity = Entity::$entity($names.$list.len());
        if $names.declare(&$tree.name, entity, $item.exported.is_some(), $diagnostics) {
            let unit = $names.units.len() - 1;
            $names.$list.push(Declared { unit, tree: $tree });
        }
    }};
}

impl<'a> Names<'a> {
    fn item(&mut self, item: &'a ast::Item, diagnostics: &mut Vec<Diagnostic>) {
        let unit = self.units.len() - 1;
        match &item.kind {
            ItemKind::Ruleset(_) | ItemKind::Use(_) => {}
            ItemKind::Standard(tree) => declare!(self, diagnostics, item, tree, standards, Standard),
            ItemKind::Enum(tree) => declare!(self, diagnostics, item, tree, enums, Enum),
            ItemKind::Fact(tree) => declare!(self, diagnostics, item, tree, facts, Fact),
            ItemKind::Table(tree) => declare!(self, diagnostics, item, tree, tables, Table),
            ItemKind::Relation(tree) => declare!(self, diagnostics, item, tree, relations, Relation),
            ItemKind::Define(tree) => declare!(self, diagnostics, item, tree, defines, Define),
            ItemKind::Param(tree) => declare!(self, diagnostics, item, tree, params, Param),
            ItemKind::Rule(tree) => declare!(self, diagnostics, item, tree, rules, Rule),
            ItemKind::Attest(tree) => declare!(self, diagnostics, item, tree, attests, Attest),
            ItemKind::Audit(tree) => declare!(self, diagnostics, item, tree, audits, Audit),
            ItemKind::Catalogue(tree) => declare!(self, diagnostics, item, tree, catalogues, Catalogue),
            ItemKind::Crosswalk(tree) => self.crosswalks.push(Declared { unit, tree }),
            ItemKind::Test(tree) => self.tests.push(Declared { unit, tree }),
            ItemKind::Broken(_, name) => {
                self.units[unit].broken.extend(name.iter().map(|name| name.text.as_str()));
            }
        }
    }

    /// Whether the name is new to the unit; reports it where it is not.
    fn declare(
        &mut self,
        name: &'a ast::Name,
        entity: Entity,
        exported: bool,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> bool {
        let text = name.text.as_str();
        if is_given(text) {
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
        let unit = self.units.len() - 1;
        if let Some(first) = self.units[unit].names.get(text) {
            diagnostics.push(twice(text, name.span, self.name(*first).span));
            self.units[unit].disputed.insert(text);
            return false;
        }
        let unit = &mut self.units[unit];
        unit.names.insert(text, entity);
        if exported || matches!(entity, Entity::Standard(_) | Entity::Catalogue(_)) {
            unit.exported.insert(text);
        }
        true
    }

    /// Adds a unit of what the language itself declares, and shows it to every other.
    fn give(&mut self, given: &'a Given) {
        let unit = self.units.len();
        let (items, answers) = (Entity::Enum(self.enums.len()), Entity::Fact(self.facts.len()));
        self.enums.push(Declared { unit, tree: &given.items });
        self.facts.push(Declared { unit, tree: &given.answers });
        self.units.push(Visible::default());
        for visible in &mut self.units {
            visible.names.insert(&given.items.name.text, items);
            visible.names.insert(&given.answers.name.text, answers);
        }
        self.units[unit].exported = self.units[unit].names.keys().copied().collect();
        self.given = Some(unit);
    }

    /// Whether a unit is that of what the language itself declares, which nobody wrote.
    pub(crate) fn is_given(&self, unit: usize) -> bool {
        self.given == Some(unit)
    }

    /// Shows each unit what those that it uses export.
    fn import(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let own: Vec<BTreeMap<&'a str, Entity>> = self.units.iter().map(|unit| unit.names.clone()).collect();
        for unit in 0..self.units.len() {
            for used in self.units[unit].uses.clone() {
                for (name, entity) in &own[used.unit] {
                    if used.unit != unit && self.units[used.unit].exported.contains(name) {
                        self.import_one(unit, used.span, name, *entity, diagnostics);
                    }
                }
            }
        }
    }

    /// Shows a unit one name of another; reports one that it sees already. What uses that name is not to blame.
    fn import_one(
        &mut self,
        unit: usize,
        path: Span,
        name: &'a str,
        entity: Entity,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let Some(other) = self.units[unit].names.get(name).copied().filter(|other| *other != entity) else {
            self.units[unit].names.insert(name, entity);
            return;
        };
        let there = self.name(entity).span;
        diagnostics.push(if self.unit_of(other) == unit {
            twice(name, self.name(other).span, there)
        } else {
            let message = bilingual!(
                "`{name}` を宣言する規則集を二つ使っている",
                "two of the rulesets in use declare `{name}`"
            );
            Diagnostic::new(&DUPLICATE_NAME, path, message)
                .and(self.name(other).span, Bilingual::new("最初の宣言", "first declared here"))
                .and(there, Bilingual::new("次の宣言", "then declared here"))
                .help(Bilingual::new("どちらかの名前を変える", "rename one of the two"))
        });
        self.units[unit].disputed.insert(name);
    }

    /// Reports what two units declare that do not see each other, where people call it by its name: evidence, rules, parameters.
    fn unique(&self, diagnostics: &mut Vec<Diagnostic>) {
        let mut first: BTreeMap<(u8, &str), Entity> = BTreeMap::new();
        for (index, unit) in self.units.iter().enumerate() {
            let own = unit.names.iter().filter(|(_, entity)| self.unit_of(**entity) == index);
            for (name, entity) in own {
                let Some(kind) = outside_kind(*entity) else { continue };
                let Some(other) = first.insert((kind, name), *entity) else { continue };
                let visible = self.sees(index, other) || self.sees(self.unit_of(other), *entity);
                if !visible {
                    diagnostics.push(twice(name, self.name(*entity).span, self.name(other).span));
                }
            }
        }
    }

    /// Whether a unit sees something by the name that it is declared with, or would, but for one of its own.
    fn sees(&self, unit: usize, entity: Entity) -> bool {
        let there = self.unit_of(entity);
        let exported = self.units[there].exported.contains(self.name(entity).text.as_str());
        there == unit || (exported && self.units[unit].uses.iter().any(|used| used.unit == there))
    }

    fn label(&mut self) {
        for unit in 0..self.units.len() {
            self.units[unit].labels = self.labels_of(&self.units[unit].names);
            self.units[unit].found = meanings(&self.units[unit]);
        }
    }

    /// What has a label that may be a name, where no name is spelled so.
    fn labels_of(&self, names: &BTreeMap<&'a str, Entity>) -> BTreeMap<&'a str, Vec<Entity>> {
        let mut labels: BTreeMap<&'a str, Vec<Entity>> = BTreeMap::new();
        for entity in names.values() {
            let Some(label) = self.label_of(*entity) else { continue };
            if may_be_name(label) && !names.contains_key(label) {
                labels.entry(label).or_default().push(*entity);
            }
        }
        labels
    }

    /// Adds a unit that sees whatever any unit declares. A name that several declare is as a label that they share.
    pub(crate) fn overlook(&mut self) -> usize {
        let mut declared: BTreeMap<&'a str, Vec<Entity>> = BTreeMap::new();
        for (index, unit) in self.units.iter().enumerate() {
            for (name, entity) in unit.names.iter().filter(|(_, entity)| self.unit_of(**entity) == index) {
                declared.entry(name).or_default().push(*entity);
            }
        }
        let (alone, shared): (BTreeMap<_, _>, BTreeMap<_, _>) =
            declared.into_iter().partition(|(_, entities)| entities.len() == 1);
        let names: BTreeMap<&'a str, Entity> =
            alone.into_iter().map(|(name, entities)| (name, entities[0])).collect();
        let mut labels = self.labels_of(&names);
        labels.extend(shared);
        let mut visible = Visible { names, labels, ..Visible::default() };
        visible.found = meanings(&visible);
        self.units.push(visible);
        self.units.len() - 1
    }

    /// What a word stands for in a unit.
    pub(crate) fn find(&self, unit: usize, word: &str) -> Found {
        self.units[unit].found.get(word).copied().unwrap_or(Found::Nothing)
    }

    pub(crate) fn get(&self, unit: usize, word: &str) -> Option<Entity> {
        match self.find(unit, word) {
            Found::One(entity) => Some(entity),
            Found::Shared(..) | Found::Nothing => None,
        }
    }

    /// Name and label of something, where the label is a name for it in the unit.
    pub(crate) fn spellings(&self, unit: usize, entity: Entity) -> Option<Spellings> {
        let label = self.label_of(entity)?;
        let name = self.name(entity).text.as_str();
        let alone = self.units[unit].labels.get(label).is_some_and(|labelled| labelled.len() == 1);
        let is_seen = self.units[unit].names.get(name) == Some(&entity);
        (alone && is_seen).then(|| (Arc::from(name), Arc::from(label)))
    }

    /// Whether what is wrong with a name has been said where it is declared: what uses it is not to blame.
    pub(crate) fn is_broken(&self, unit: usize, name: &str) -> bool {
        let visible = &self.units[unit];
        if visible.disputed.contains(name) {
            return true;
        }
        let used = visible.uses.iter().map(|used| &self.units[used.unit]);
        used.chain([visible]).any(|unit| unit.broken.contains(name))
    }

    /// Whether a declaration of some of the units could not be read.
    pub(crate) fn has_broken(&self, units: &BTreeSet<usize>) -> bool {
        units.iter().any(|unit| !self.units[*unit].broken.is_empty())
    }

    /// How many units there are.
    pub(crate) fn units(&self) -> usize {
        self.units.len()
    }

    /// The units that a unit uses.
    pub(crate) fn uses(&self, unit: usize) -> impl Iterator<Item = usize> {
        self.units[unit].uses.iter().map(|used| used.unit)
    }

    /// The name or label of a kind that is nearest to a slip.
    pub(crate) fn nearest(&self, unit: usize, word: &str, fits: impl Fn(Entity) -> bool) -> Option<&'a str> {
        let visible = &self.units[unit];
        let names = visible.names.iter().filter(|(_, entity)| fits(**entity)).map(|(name, _)| *name);
        let alone = |labelled: &Vec<Entity>| labelled.len() == 1 && fits(labelled[0]);
        let labels = visible.labels.iter().filter(|(_, entities)| alone(entities)).map(|(label, _)| *label);
        nearest(word, names.chain(labels))
    }

    /// The id of what has rows; types of evidence come first, then tables, then relations.
    pub(crate) fn fact_id(&self, entity: Entity) -> Option<FactId> {
        let index = match entity {
            Entity::Fact(index) => index,
            Entity::Table(index) => self.facts.len() + index,
            Entity::Relation(index) => self.facts.len() + self.tables.len() + index,
            _ => return None,
        };
        Some(kijun_ir::Index::from_index(index))
    }

    /// The name in the declaration.
    pub(crate) fn name(&self, entity: Entity) -> &'a ast::Name {
        match entity {
            Entity::Standard(index) => &self.standards[index].tree.name,
            Entity::Catalogue(index) => &self.catalogues[index].tree.name,
            Entity::Enum(index) => &self.enums[index].tree.name,
            Entity::Fact(index) => &self.facts[index].tree.name,
            Entity::Table(index) => &self.tables[index].tree.name,
            Entity::Relation(index) => &self.relations[index].tree.name,
            Entity::Define(index) => &self.defines[index].tree.name,
            Entity::Param(index) => &self.params[index].tree.name,
            Entity::Rule(index) => &self.rules[index].tree.name,
            Entity::Attest(index) => &self.attests[index].tree.name,
            Entity::Audit(index) => &self.audits[index].tree.name,
        }
    }

    /// The label that may be written instead of the name. What nothing refers to has none.
    fn label_text(&self, entity: Entity) -> Option<&'a ast::Text> {
        Some(match entity {
            Entity::Standard(index) => &self.standards[index].tree.title,
            Entity::Catalogue(index) => &self.catalogues[index].tree.title,
            Entity::Enum(index) => &self.enums[index].tree.label,
            Entity::Fact(index) => &self.facts[index].tree.label,
            Entity::Table(index) => &self.tables[index].tree.label,
            Entity::Relation(index) => self.relations[index].tree.label.as_ref()?,
            Entity::Param(index) => &self.params[index].tree.label,
            Entity::Rule(index) => &self.rules[index].tree.label,
            Entity::Attest(index) => &self.attests[index].tree.label,
            Entity::Define(_) | Entity::Audit(_) => return None,
        })
    }

    /// The label that may be written instead of the name.
    fn label_of(&self, entity: Entity) -> Option<&'a str> {
        self.label_text(entity).map(|label| label.value.as_str())
    }

    /// What a unit declares and whose label is the name of something else that the unit sees: the label, what has it, what it names.
    pub(crate) fn misleading_labels(&self, unit: usize) -> Vec<(&'a ast::Text, Entity, Entity)> {
        let own = self.declared(unit);
        let misleading = own.filter_map(|entity| {
            let label = self.label_text(entity)?;
            let named = *self.units[unit].names.get(label.value.as_str())?;
            (named != entity).then_some((label, entity, named))
        });
        misleading.collect()
    }

    /// What a unit declares, by name.
    pub(crate) fn declared(&self, unit: usize) -> impl Iterator<Item = Entity> {
        let names = self.units[unit].names.values().copied();
        names.filter(move |entity| self.unit_of(*entity) == unit)
    }

    /// Whether other rulesets may use something.
    pub(crate) fn is_exported(&self, entity: Entity) -> bool {
        self.units[self.unit_of(entity)].exported.contains(self.name(entity).text.as_str())
    }

    /// Whether another unit uses this one.
    pub(crate) fn is_library(&self, unit: usize) -> bool {
        (0..self.units()).any(|other| other != unit && self.uses(other).any(|used| used == unit))
    }

    /// The `use`s of a unit.
    pub(crate) fn imports(&self, unit: usize) -> &[Used<'a>] {
        &self.units[unit].uses
    }

    /// The unit that declares something.
    pub(crate) fn unit_of(&self, entity: Entity) -> usize {
        match entity {
            Entity::Standard(index) => self.standards[index].unit,
            Entity::Catalogue(index) => self.catalogues[index].unit,
            Entity::Enum(index) => self.enums[index].unit,
            Entity::Fact(index) => self.facts[index].unit,
            Entity::Table(index) => self.tables[index].unit,
            Entity::Relation(index) => self.relations[index].unit,
            Entity::Define(index) => self.defines[index].unit,
            Entity::Param(index) => self.params[index].unit,
            Entity::Rule(index) => self.rules[index].unit,
            Entity::Attest(index) => self.attests[index].unit,
            Entity::Audit(index) => self.audits[index].unit,
        }
    }
}

/// What each word stands for in a unit.
fn meanings<'a>(visible: &Visible<'a>) -> FxHashMap<&'a str, Found> {
    let labelled = visible.labels.iter().filter_map(|(label, entities)| match entities.as_slice() {
        [] => None,
        [entity] => Some((*label, Found::One(*entity))),
        [first, second, ..] => Some((*label, Found::Shared(*first, *second))),
    });
    let named = visible.names.iter().map(|(name, entity)| (*name, Found::One(*entity)));
    labelled.chain(named).filter(|(word, _)| !visible.disputed.contains(word)).collect()
}

/// Among what people outside the rulesets call something of its kind by its name, which kind that is.
fn outside_kind(entity: Entity) -> Option<u8> {
    match entity {
        Entity::Fact(_) => Some(0),
        Entity::Rule(_) | Entity::Attest(_) => Some(1),
        Entity::Param(_) => Some(2),
        Entity::Standard(_) | Entity::Catalogue(_) => Some(3),
        Entity::Audit(_) => Some(4),
        Entity::Enum(_) | Entity::Table(_) | Entity::Relation(_) | Entity::Define(_) => None,
    }
}

fn twice(name: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(
        &DUPLICATE_NAME,
        span,
        bilingual!("`{name}` は既に宣言されている", "`{name}` is already declared"),
    )
    .and(first, Bilingual::new("最初の宣言", "first declared here"))
    .help(Bilingual::new("どちらかの名前を変える", "rename one of the two"))
}

/// `help: did you mean …?` where there is a near name.
pub(crate) fn suggest(diagnostic: Diagnostic, nearest: Option<&str>) -> Diagnostic {
    match nearest {
        Some(nearest) => diagnostic.suggest(nearest),
        None => diagnostic,
    }
}
