//! Relations: rows that are derived from others.

use kijun_ir::{Branch, Expr, FactId, Quantifier};
use kijun_source::{Bilingual, Diagnostic, bilingual};
use kijun_syntax::ast;

use crate::check::expr::conjunction;
use crate::check::narrowing::present_if;
use crate::check::rows::Read;
use crate::check::scope::{Reading, Scope};
use crate::check::{Checker, fact, strata};
use crate::diagnostics::RELATION;
use crate::names::{Declared, Entity};

/// A relation whose place among the others is not known yet.
pub(super) struct Derived {
    pub(super) fact: FactId,
    pub(super) branches: Vec<Branch>,
    /// Whether every branch could be read.
    pub(super) whole: bool,
}

pub(super) fn fields(checker: &mut Checker<'_>) {
    let names = checker.names;
    for (index, Declared { unit, tree }) in names.relations.iter().enumerate() {
        checker.unit = *unit;
        let Some(id) = names.fact_id(Entity::Relation(index)) else { continue };
        checker.program.to_mut().facts[id].fields = fact::fields(checker, id, &tree.fields);
    }
}

pub(super) fn relations(checker: &mut Checker<'_>) {
    let names = checker.names;
    let mut derived = Vec::new();
    for (index, Declared { unit, tree }) in names.relations.iter().enumerate() {
        checker.unit = *unit;
        let Some(fact) = names.fact_id(Entity::Relation(index)) else { continue };
        if tree.branches.is_empty() {
            nothing(checker, &tree.name);
        }
        let branches: Vec<Branch> =
            tree.branches.iter().filter_map(|written| branch(checker, fact, written)).collect();
        let whole = branches.len() == tree.branches.len();
        derived.push(Derived { fact, branches, whole });
    }
    strata::stratify(checker, derived);
    checker.stratified = true;
}

/// Reports a relation without rows, of which every rule that there be none would be met without evidence.
fn nothing(checker: &mut Checker<'_>, relation: &ast::Name) {
    let name = &relation.text;
    let message = bilingual!(
        "関係 `{name}` の行がどこから来るか書かれていない",
        "relation `{name}` is made of no rows"
    );
    let help = Bilingual::new(
        "⟦from r in R yield r.x|抽出 R r 導出 r.x⟧ のように書く",
        "write ⟦from r in R yield r.x|抽出 R r 導出 r.x⟧, for instance",
    );
    checker.report(Diagnostic::new(&RELATION, relation.span, message).help(help));
}

fn branch(checker: &mut Checker<'_>, relation: FactId, written: &ast::Branch) -> Option<Branch> {
    let mut scope = Scope::reading(Reading::Moment);
    let mut atoms = Vec::new();
    let mut condition = None;
    for rows in &written.atoms {
        let Read { var, fact, at, always } = checker.read(&mut scope, rows)?;
        atoms.push(Quantifier { var, fact, at, condition: None, span: rows.var.span });
        condition = always.into_iter().fold(condition, |all, next| Some(conjunction(all, next)));
    }
    if let Some(written) = &written.condition {
        condition = Some(conjunction(condition, checker.condition(&mut scope, written)?));
    }
    scope.narrow(condition.iter().flat_map(|condition| present_if(condition, true)).collect());
    let yields = yields(checker, &mut scope, relation, written)?;
    Some(Branch { atoms, condition, yields, vars: std::mem::take(&mut scope.vars), span: written.span })
}

/// The values of the relation's fields; reports those that are not of their types.
fn yields(
    checker: &mut Checker<'_>,
    scope: &mut Scope,
    relation: FactId,
    written: &ast::Branch,
) -> Option<Vec<Expr>> {
    let fields = checker.program.facts[relation].fields.ids();
    let types: Vec<_> = fields.map(|field| checker.field_type(relation, field)).collect();
    let (wanted, found) = (types.len(), written.yields.len());
    if wanted != found {
        let message = bilingual!(
            "関係の項目は {wanted} 個だが、⟦yield|導出⟧ の値は {found} 個ある",
            "the relation has {wanted} fields, but ⟦yield|導出⟧ gives {found} values"
        );
        let place = checker.program.facts[relation].span;
        let diagnostic = Diagnostic::new(&RELATION, written.span, message)
            .and(place, Bilingual::new("関係の宣言", "the relation is declared here"));
        checker.report(diagnostic);
        return None;
    }
    let values: Vec<Option<Expr>> = written
        .yields
        .iter()
        .zip(types)
        .map(|(written, ty)| {
            let value = checker.expr(scope, written, ty.map(|ty| ty.kind))?;
            let ty = ty?;
            if value.ty.kind != ty.kind {
                checker.mismatch(written.span, ty.kind, value.ty);
                return None;
            }
            if ty.optional { Some(value) } else { checker.present(value, written.span) }
        })
        .collect();
    values.into_iter().collect()
}
