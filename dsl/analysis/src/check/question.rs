//! What is asked of the evidence: by a test, by a person.

use kijun_ir::{Binding, Class, Expr, IndexVec, Judged, Kind, Program, Rule, Severity, Template, VarId};
use kijun_source::Span;
use kijun_syntax::ast;

use crate::Asked;
use crate::check::Checker;
use crate::check::scope::Scope;
use crate::shown::shown;

/// A condition, or a value, that stands by itself.
pub(super) fn asked(checker: &mut Checker<'_>, written: &ast::Expr) -> Option<Asked> {
    let mut scope = Scope::default();
    let expr = checker.expr(&mut scope, written, None)?;
    if expr.ty.kind == Kind::Bool && !expr.ty.optional {
        return Some(Asked::Condition(Box::new(rule(&mut scope, expr, written.span))));
    }
    let class = class(&checker.program, &scope.vars, &expr);
    Some(Asked::Value { vars: std::mem::take(&mut scope.vars), expr, class })
}

/// A condition as the requirement of a rule about the organisation that covers no duty.
pub(super) fn rule(scope: &mut Scope, require: Expr, span: Span) -> Rule {
    Rule {
        name: "question".to_owned(),
        label: "問い".to_owned(),
        doc: String::new(),
        covers: Vec::new(),
        severity: Severity::Minor,
        judged: Judged::AtToday,
        population: None,
        require,
        excused: Vec::new(),
        due: None,
        message: Template::default(),
        remedy: None,
        vars: std::mem::take(&mut scope.vars),
        span,
    }
}

/// Who may see a value: a reference shows the key that it names, so that it is no more open than that.
fn class(program: &Program, vars: &IndexVec<VarId, Binding>, expr: &Expr) -> Class {
    let fields = shown(program, vars, expr).into_iter().map(|(field, _)| field);
    let class = |field: &kijun_ir::Field| {
        let Kind::Ref(named) = field.ty.kind else { return field.class };
        let named = &program.facts[named];
        field.class.max(named.key.map_or(Class::Open, |key| named.fields[key].class))
    };
    fields.map(class).max().unwrap_or(Class::Open)
}
