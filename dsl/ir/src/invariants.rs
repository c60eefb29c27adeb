//! What must hold of every program, checked in tests and debug builds.

use crate::{Expr, ExprKind, FactKind, Kind, Program, Quantifier, Rule, VarId};

/// The first invariant that the program breaks, in words; `None` when it is sound.
pub fn check(program: &Program) -> Option<String> {
    program
        .facts
        .values()
        .find_map(|fact| {
            let FactKind::Event { at } = fact.kind else { return None };
            let ty = fact.fields.get(at)?.ty;
            let timed = matches!(ty.kind, Kind::Date | Kind::DateTime) && !ty.optional;
            (!timed).then(|| format!("event `{}` has no required time field", fact.name))
        })
        .or_else(|| program.rules.values().find_map(|rule| check_rule(program, rule)))
}

fn check_rule(program: &Program, rule: &Rule) -> Option<String> {
    let mut scope = Vec::new();
    let problem = rule
        .population
        .as_ref()
        .and_then(|population| {
            let problem = check_quantifier(program, rule, &population.rows, &mut scope);
            scope.push(population.rows.var);
            problem
        })
        .or_else(|| (rule.require.ty.kind != Kind::Bool).then(|| "requirement is not a condition".to_owned()))
        .or_else(|| check_expr(program, rule, &rule.require, &mut scope))
        .or_else(|| {
            rule.excused.iter().find_map(|quantifier| check_quantifier(program, rule, quantifier, &mut scope))
        })
        .or_else(|| rule.due.as_ref().and_then(|due| check_expr(program, rule, due, &mut scope)));
    let problem = problem.or_else(|| rule.covers.is_empty().then(|| "covers no duty".to_owned()));
    problem.map(|problem| format!("rule `{}`: {problem}", rule.name))
}

fn check_quantifier(
    program: &Program,
    rule: &Rule,
    quantifier: &Quantifier,
    scope: &mut Vec<VarId>,
) -> Option<String> {
    if rule.vars.get(quantifier.var).map(|binding| binding.fact) != Some(quantifier.fact) {
        return Some(format!("variable {} is not bound to its fact", quantifier.var.0));
    }
    if scope.contains(&quantifier.var) {
        return Some(format!("variable {} is bound twice", quantifier.var.0));
    }
    let condition = quantifier.condition.as_ref()?;
    scope.push(quantifier.var);
    let problem = check_expr(program, rule, condition, scope);
    scope.pop();
    problem.or_else(|| {
        (condition.ty.kind != Kind::Bool).then(|| "quantifier's condition is not a condition".to_owned())
    })
}

fn check_expr(program: &Program, rule: &Rule, expr: &Expr, scope: &mut Vec<VarId>) -> Option<String> {
    match &expr.kind {
        ExprKind::Field { var, field } => {
            if !scope.contains(var) {
                return Some(format!("variable {} is read outside its scope", var.0));
            }
            let fact = &program.facts[rule.vars[*var].fact];
            (fact.fields.get(*field).map(|field| field.ty.kind) != Some(expr.ty.kind))
                .then(|| format!("field {} of `{}` has another kind", field.0, fact.name))
        }
        ExprKind::Follow { base, fact, .. } if base.ty.kind != Kind::Ref(*fact) => {
            Some("a reference is followed to a fact that it does not name".to_owned())
        }
        ExprKind::Compare { left, right, .. } if !left.ty.kind.equates(right.ty.kind) => {
            Some(format!("{:?} is compared with {:?}", left.ty.kind, right.ty.kind))
        }
        ExprKind::Some(quantifier) => check_quantifier(program, rule, quantifier, scope),
        ExprKind::Count { quantifier, bound, .. } => check_quantifier(program, rule, quantifier, scope)
            .or_else(|| check_expr(program, rule, bound, scope)),
        _ => expr.children().into_iter().find_map(|child| check_expr(program, rule, child, scope)),
    }
}
