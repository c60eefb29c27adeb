//! What declarations mention: the words that may be names of others, and what they stand for.

use std::collections::BTreeSet;

use kijun_syntax::ast::{
    AttestClauseKind, AuditClauseKind, Branch, CellValue, Clause, ClauseKind, Expr, ExprKind, Field, File,
    Fresh, Freshness, ItemKind, Name, Rows, Source, Test, TestClause, Text, TypeName,
};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::Unit;
use crate::names::{Entity, Found, Names};

/// For each unit everything that its declarations may mention, but for what only mentions itself.
pub(crate) fn mentioned(units: &[Unit], names: &Names<'_>) -> Vec<BTreeSet<Entity>> {
    let by_unit = units.par_iter().enumerate().map(|(unit, read)| {
        let by_file = read.files.par_iter().map(|file| mentioned_in(file, unit, names));
        by_file.flatten_iter().collect()
    });
    by_unit.collect()
}

fn mentioned_in(file: &File, unit: usize, names: &Names<'_>) -> BTreeSet<Entity> {
    let mut mentioned = BTreeSet::new();
    let mut words = Words::default();
    for item in file.items.iter().map(|item| &item.kind) {
        let Some(name) = may_mention_itself(item) else {
            words.item(item);
            continue;
        };
        let mut apart = Words::default();
        apart.item(item);
        let own = names.get(unit, &name.text);
        mentioned.extend(apart.meanings(unit, names).filter(|entity| Some(*entity) != own));
    }
    mentioned.extend(words.meanings(unit, names));
    mentioned
}

/// The name of a declaration that could mention itself.
fn may_mention_itself(item: &ItemKind) -> Option<&Name> {
    match item {
        ItemKind::Relation(relation) => Some(&relation.name),
        ItemKind::Table(table) => Some(&table.name),
        _ => None,
    }
}

/// The ids of clauses and duties that a declaration names.
pub(super) fn ids(item: &ItemKind) -> Vec<&str> {
    let texts: Vec<&Text> = match item {
        ItemKind::Rule(rule) => rule.clauses.iter().flat_map(covered).collect(),
        ItemKind::Attest(attest) => {
            let covers = attest.clauses.iter().filter_map(|clause| match &clause.kind {
                AttestClauseKind::Covers(texts) => Some(texts),
                _ => None,
            });
            covers.flatten().collect()
        }
        ItemKind::Audit(audit) => {
            let named = audit.clauses.iter().filter_map(|clause| match &clause.kind {
                AuditClauseKind::Covers(texts) | AuditClauseKind::Scope(texts) => Some(texts),
                _ => None,
            });
            named.flatten().collect()
        }
        _ => Vec::new(),
    };
    texts.into_iter().map(|text| text.value.as_str()).collect()
}

fn covered(clause: &Clause) -> &[Text] {
    match &clause.kind {
        ClauseKind::Covers(texts) => texts,
        _ => &[],
    }
}

/// Every word that may be the name, or the label, of something else. A variable is taken for one too. Each is there once: tests name the
/// same facts over and over.
#[derive(Default)]
struct Words<'a> {
    words: Vec<&'a str>,
    seen: FxHashSet<&'a str>,
}

impl<'a> Words<'a> {
    /// Everything that the words may stand for.
    fn meanings(self, unit: usize, names: &Names<'_>) -> impl Iterator<Item = Entity> {
        let entities = self.words.into_iter().flat_map(move |word| match names.find(unit, word) {
            Found::One(entity) => [Some(entity), None],
            Found::Shared(first, second) => [Some(first), Some(second)],
            Found::Nothing => [None, None],
        });
        entities.flatten()
    }

    fn word(&mut self, word: &'a str) {
        if self.seen.insert(word) {
            self.words.push(word);
        }
    }

    fn item(&mut self, item: &'a ItemKind) {
        match item {
            ItemKind::Ruleset(_)
            | ItemKind::Use(_)
            | ItemKind::Standard(_)
            | ItemKind::Enum(_)
            | ItemKind::Attest(_)
            | ItemKind::Catalogue(_)
            | ItemKind::Broken(..) => {}
            ItemKind::Fact(fact) => {
                self.fields(&fact.fields);
                if let Some(Fresh { within: Freshness::Param(name), .. }) = &fact.fresh {
                    self.word(&name.text);
                }
            }
            ItemKind::Table(table) => {
                self.fields(&table.fields);
                table.rows.iter().for_each(|row| row.cells.iter().for_each(|(_, cell)| self.cell(cell)));
            }
            ItemKind::Relation(relation) => {
                self.fields(&relation.fields);
                relation.branches.iter().for_each(|branch| self.branch(branch));
            }
            ItemKind::Define(define) => {
                define.parameters.iter().for_each(|(_, ty)| self.ty(ty));
                self.expr(&define.body);
            }
            ItemKind::Param(param) => {
                self.ty(&param.ty);
                self.expr(&param.default);
            }
            ItemKind::Rule(rule) => rule.clauses.iter().for_each(|clause| self.clause(&clause.kind)),
            ItemKind::Audit(audit) => {
                for clause in &audit.clauses {
                    if let AuditClauseKind::After { rows, .. } = &clause.kind {
                        self.rows(rows);
                    }
                }
            }
            ItemKind::Crosswalk(crosswalk) => {
                self.word(&crosswalk.from.text);
                self.word(&crosswalk.to.text);
            }
            ItemKind::Test(test) => self.test(test),
        }
    }

    fn fields(&mut self, fields: &'a [Field]) {
        fields.iter().for_each(|field| self.ty(&field.ty));
    }

    fn ty(&mut self, ty: &'a TypeName) {
        self.word(&ty.name.text);
    }

    fn branch(&mut self, branch: &'a Branch) {
        branch.atoms.iter().for_each(|rows| self.rows(rows));
        branch.condition.iter().chain(&branch.yields).for_each(|expr| self.expr(expr));
    }

    fn clause(&mut self, clause: &'a ClauseKind) {
        match clause {
            ClauseKind::Covers(_)
            | ClauseKind::Severity(_)
            | ClauseKind::Judged(_)
            | ClauseKind::Remedy(_) => {}
            ClauseKind::ForEach { rows, .. } | ClauseKind::Excused(rows) => self.rows(rows),
            ClauseKind::ForEachPair { fact, condition, .. } => {
                self.word(&fact.text);
                condition.iter().for_each(|condition| self.expr(condition));
            }
            ClauseKind::Needs(expr) | ClauseKind::Require(expr) | ClauseKind::Due(expr) => self.expr(expr),
            ClauseKind::Message(template) => template.values().for_each(|value| self.expr(value)),
        }
    }

    fn test(&mut self, test: &'a Test) {
        test.rule.iter().for_each(|rule| self.word(&rule.text));
        for clause in &test.clauses {
            match clause {
                TestClause::Today(_) | TestClause::Period(..) | TestClause::Expect(_) => {}
                TestClause::Param(name, value) => {
                    self.word(&name.text);
                    self.expr(value);
                }
                TestClause::Row { fact, cells, .. } => {
                    self.word(&fact.text);
                    cells.iter().for_each(|(_, cell)| self.cell(cell));
                }
                TestClause::Empty(fact, _) | TestClause::Shortfall(_, fact) | TestClause::Gap(fact, ..) => {
                    self.word(&fact.text);
                }
                TestClause::Ask(_, expr) => self.expr(expr),
            }
        }
    }

    fn cell(&mut self, cell: &'a CellValue) {
        match cell {
            CellValue::Expr(expr) => self.expr(expr),
            CellValue::Unknown(_) => {}
        }
    }

    fn rows(&mut self, rows: &'a Rows) {
        self.source(&rows.source);
        rows.children().into_iter().for_each(|part| self.expr(part));
    }

    fn source(&mut self, source: &'a Source) {
        match source {
            Source::Named(name) | Source::Gaps { fact: name, .. } => self.word(&name.text),
            Source::Parts { .. } => {}
        }
    }

    fn expr(&mut self, expr: &'a Expr) {
        match &expr.kind {
            ExprKind::Name(name) => self.word(name),
            ExprKind::Call(name, _) | ExprKind::Covered(name, _) => self.word(&name.text),
            ExprKind::Some(rows)
            | ExprKind::No(rows)
            | ExprKind::Every(rows, _)
            | ExprKind::Count(rows)
            | ExprKind::Aggregate(_, _, rows) => self.source(&rows.source),
            _ => {}
        }
        expr.children().into_iter().for_each(|child| self.expr(child));
    }
}
