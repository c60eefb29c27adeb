//! Events that are read whenever they happened: no log goes back for ever, so that nothing can be shown not to be in it.

use kijun_ir::{
    Branch, CompareOp, Expr, ExprKind, FactId, FactKind, FieldId, Program, Quantifier, Rule, VarId, conjuncts,
};
use kijun_source::{Diagnostic, Span, bilingual};

use crate::diagnostics::UNBOUNDED_EVENT;
use crate::lints::Linted;

pub(super) fn lint(linted: &Linted<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let program = linted.program;
    let of_rules = program.rules.values().flat_map(|rule| of_rule(program, rule));
    let branches = program.relations.values().flat_map(|relation| &relation.branches);
    let found = of_rules.chain(branches.flat_map(|branch| of_branch(program, branch)));
    diagnostics.extend(found.map(|(fact, span)| report(program, fact, span)));
}

type Found = Vec<(FactId, Span)>;

fn of_rule(program: &Program, rule: &Rule) -> Found {
    let mut found = Found::new();
    if let Some(population) = &rule.population {
        let rows = &population.rows;
        let second = population.pair.as_ref().map(|pair| pair.second);
        let vars = std::iter::once(rows.var).chain(second);
        check(program, rows.fact, rows.span, vars, rows.condition.as_ref(), &mut found);
    }
    rule.excused.iter().for_each(|rows| of_rows(program, rows, &mut found));
    rule.exprs().for_each(|expr| inside(program, expr, &mut found));
    found
}

/// The rows that are joined are bounded by the condition of all of them.
fn of_branch(program: &Program, branch: &Branch) -> Found {
    let mut found = Found::new();
    for atom in &branch.atoms {
        check(program, atom.fact, atom.span, [atom.var], branch.condition.as_ref(), &mut found);
    }
    branch.exprs().for_each(|expr| inside(program, expr, &mut found));
    found
}

fn inside(program: &Program, expr: &Expr, found: &mut Found) {
    expr.walk(&mut |expr| match &expr.kind {
        ExprKind::Some(rows)
        | ExprKind::Count { quantifier: rows, .. }
        | ExprKind::Aggregate { quantifier: rows, .. } => of_rows(program, rows, found),
        _ => {}
    });
}

fn of_rows(program: &Program, rows: &Quantifier, found: &mut Found) {
    check(program, rows.fact, rows.span, [rows.var], rows.condition.as_ref(), found);
}

fn check(
    program: &Program,
    fact: FactId,
    span: Span,
    vars: impl IntoIterator<Item = VarId>,
    condition: Option<&Expr>,
    found: &mut Found,
) {
    let FactKind::Event { at } = program.facts[fact].kind else { return };
    let mut vars = vars.into_iter();
    let parts: Vec<&Expr> = condition.into_iter().flat_map(conjuncts).collect();
    if !vars.any(|var| parts.iter().any(|part| bounds(part, var, at))) {
        found.push((fact, span));
    }
}

/// Whether a condition bounds the time of an event, on one side at least.
fn bounds(condition: &Expr, event: VarId, at: FieldId) -> bool {
    match &condition.kind {
        ExprKind::InPeriod { time, period } => is_time(time, event, at) && !period.mentions(event),
        ExprKind::Compare { op, left, right } if *op != CompareOp::Ne => {
            (is_time(left, event, at) && !right.mentions(event))
                || (is_time(right, event, at) && !left.mentions(event))
        }
        _ => false,
    }
}

fn is_time(expr: &Expr, event: VarId, at: FieldId) -> bool {
    match &expr.kind {
        ExprKind::Field { var, field } => *var == event && *field == at,
        ExprKind::DateOf(inner) | ExprKind::Named { body: inner, .. } => is_time(inner, event, at),
        _ => false,
    }
}

fn report(program: &Program, fact: FactId, span: Span) -> Diagnostic {
    let declared = &program.facts[fact];
    let name = &declared.name;
    let message =
        bilingual!("`{name}` を、いつのものかを限らずに読んでいる", "`{name}` is read whenever it happened");
    let at = declared.time().map_or("", |at| declared.fields[at].name.as_str());
    let help = bilingual!(
        "⟦x.{at} in period|x.{at} が 期間 にある⟧ のように、いつのものを読むかを書く",
        "say from when on: ⟦x.{at} in period|x.{at} が 期間 にある⟧, for instance"
    );
    Diagnostic::new(&UNBOUNDED_EVENT, span, message).about(name).help(help)
}
