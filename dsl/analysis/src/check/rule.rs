//! Rules and the definitions that they use.

use kijun_ir::{
    Class, Expr, ExprKind, Index, IndexVec, Kind, Population, Rule, RuleId, Severity, Template, TemplatePart,
    Type,
};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual, nearest};
use kijun_syntax::ast::{self, ClauseKind};

use crate::check::scope::{Local, Scope};
use crate::check::{Checker, duty_named};
use crate::diagnostics::{
    BAD_SEVERITY, CLAUSE_MISSING, CLAUSE_TWICE, SECRET_SHOWN, TYPE_MISMATCH, UNKNOWN_DUTY,
};
use crate::names::{Entity, suggest};

/// Checks every definition on its own, in an order in which those it uses come before it.
pub(super) fn defines(checker: &mut Checker<'_>, circular: &[bool]) {
    checker.defines = vec![None; checker.names.defines.len()];
    let mut waiting: Vec<usize> = (0..circular.len()).filter(|index| !circular[*index]).collect();
    // A definition is checked as soon as nothing it calls is waiting; at least one always can be, as circles are left out.
    while !waiting.is_empty() {
        let ready: Vec<usize> =
            waiting.iter().copied().filter(|index| !calls_any(checker, *index, &waiting)).collect();
        if ready.is_empty() {
            break;
        }
        for index in &ready {
            checker.defines[*index] = define(checker, checker.names.defines[*index]);
        }
        waiting.retain(|index| !ready.contains(index));
    }
}

fn calls_any(checker: &Checker<'_>, define: usize, waiting: &[usize]) -> bool {
    crate::cycles::calls(&checker.names.defines[define].body).into_iter().any(|name| {
        match checker.names.get(&name.text) {
            Some(Entity::Define(used)) => used != define && waiting.contains(&used),
            _ => false,
        }
    })
}

/// The type of a definition's body with its parameters as they are declared; `None` where it is wrong.
fn define(checker: &mut Checker<'_>, declared: &ast::Define) -> Option<Type> {
    let mut scope = Scope::default();
    for (name, ty) in &declared.parameters {
        match checker.names.get(&ty.name.text) {
            Some(Entity::Fact(fact)) if !ty.reference => {
                scope.bind(&name.text, kijun_ir::FactId::from_index(fact));
            }
            _ => {
                let ty = checker.value_type(ty)?;
                // Only the type of an argument matters here; `today` is an expression without parts.
                let placeholder = Expr { kind: ExprKind::Today, ty, span: name.span };
                scope.define(&name.text, Local::Value(placeholder));
            }
        }
    }
    checker.expr(&mut scope, &declared.body, None).map(|body| body.ty)
}

/// Checks every rule; by declaration, the id of those that are sound.
pub(super) fn rules(checker: &mut Checker<'_>) -> Vec<Option<RuleId>> {
    let declared = checker.names.rules.clone();
    declared
        .into_iter()
        .map(|declared| {
            let rule = rule(checker, declared);
            rule.map(|rule| checker.program.rules.push(rule))
        })
        .collect()
}

/// The clauses of a rule by what they are; the first of each counts.
#[derive(Default)]
struct Clauses<'a> {
    covers: Vec<&'a ast::Text>,
    severity: Option<&'a ast::Name>,
    population: Option<(&'a ast::Rows, bool, Span)>,
    require: Option<&'a ast::Expr>,
    excused: Vec<(&'a ast::Rows, Span)>,
    due: Option<&'a ast::Expr>,
    message: Option<&'a ast::Template>,
    remedy: Option<&'a ast::Text>,
}

fn sort<'a>(checker: &mut Checker<'_>, declared: &'a ast::Rule) -> Clauses<'a> {
    let mut clauses = Clauses::default();
    for clause in &declared.clauses {
        let twice = match &clause.kind {
            ClauseKind::Covers(texts) => {
                clauses.covers.extend(texts);
                false
            }
            ClauseKind::Excused(rows) => {
                clauses.excused.push((rows, clause.span));
                false
            }
            ClauseKind::Severity(name) => clauses.severity.replace(name).is_some(),
            ClauseKind::ForEach { rows, or_none } => {
                clauses.population.replace((rows, *or_none, clause.span)).is_some()
            }
            ClauseKind::Require(expr) => clauses.require.replace(expr).is_some(),
            ClauseKind::Due(expr) => clauses.due.replace(expr).is_some(),
            ClauseKind::Message(template) => clauses.message.replace(template).is_some(),
            ClauseKind::Remedy(text) => clauses.remedy.replace(text).is_some(),
        };
        if twice {
            let message = Bilingual::new("この句は既に書かれている", "this clause is already written");
            let help = Bilingual::new(
                "一つにまとめる。条件は `and` でつなぐ",
                "make one of both; join conditions with `and`",
            );
            checker.report(Diagnostic::new(&CLAUSE_TWICE, clause.span, message).help(help));
        }
    }
    clauses
}

fn rule(checker: &mut Checker<'_>, declared: &ast::Rule) -> Option<Rule> {
    let clauses = sort(checker, declared);
    let covers = covers(checker, declared, &clauses.covers);
    let severity = severity(checker, clauses.severity);
    let mut scope = Scope::default();
    let population = match clauses.population {
        Some((rows, or_none, span)) => {
            let rows = checker.rows(&mut scope, rows, span)?;
            Some(Population { rows, or_none })
        }
        None => None,
    };
    let require = match clauses.require {
        Some(written) => checker.condition(&mut scope, written),
        None => missing(checker, declared, "require", "require 条件"),
    };
    let mut excused = Vec::new();
    for (rows, span) in &clauses.excused {
        let mark = scope.mark();
        excused.push(checker.rows(&mut scope, rows, *span));
        scope.back_to(mark);
    }
    let due = clauses.due.map(|written| due(checker, &mut scope, written));
    let message = match clauses.message {
        Some(template) => self::template(checker, &mut scope, template),
        None => missing(checker, declared, "message", "message \"…\""),
    };
    let message = message?;
    secrets(checker, &scope, &message);
    Some(Rule {
        name: declared.name.text.clone(),
        label: declared.label.value.clone(),
        doc: declared.doc.clone(),
        covers: covers?,
        severity: severity?,
        population,
        require: require?,
        excused: excused.into_iter().collect::<Option<Vec<_>>>()?,
        due: match due {
            Some(due) => Some(due?),
            None => None,
        },
        message,
        remedy: clauses.remedy.map(|text| text.value.clone()),
        vars: std::mem::take(&mut scope.vars),
        span: declared.name.span,
    })
}

/// Reports a clause that a rule must have.
fn missing<T>(checker: &mut Checker<'_>, declared: &ast::Rule, clause: &str, example: &str) -> Option<T> {
    let name = &declared.name.text;
    let message = bilingual!("規則 `{name}` に `{clause}` がない", "rule `{name}` has no `{clause}`");
    checker.report(
        Diagnostic::new(&CLAUSE_MISSING, declared.name.span, message)
            .help(bilingual!("`{example}` を書く", "write `{example}`")),
    );
    None
}

fn covers(
    checker: &mut Checker<'_>,
    declared: &ast::Rule,
    texts: &[&ast::Text],
) -> Option<Vec<kijun_ir::DutyId>> {
    if texts.is_empty() {
        return missing(checker, declared, "covers", "covers \"5(3)a\"");
    }
    let mut duties = Vec::new();
    for text in texts {
        let id = &text.value;
        match duty_named(&checker.program, id) {
            Some(duty) => duties.push(duty),
            None => {
                let message = bilingual!("義務 {id} は基準にない", "no duty has the id {id}");
                let near = nearest(id, checker.program.duties.values().map(|duty| duty.id.as_str()))
                    .map(str::to_owned);
                checker.report(suggest(Diagnostic::new(&UNKNOWN_DUTY, text.span, message), near.as_deref()));
            }
        }
    }
    (duties.len() == texts.len()).then_some(duties)
}

fn severity(checker: &mut Checker<'_>, written: Option<&ast::Name>) -> Option<Severity> {
    let Some(name) = written else { return Some(Severity::Minor) };
    match name.text.as_str() {
        "major" => Some(Severity::Major),
        "minor" => Some(Severity::Minor),
        "observation" => Some(Severity::Observation),
        other => {
            let message = bilingual!("重大度 `{other}` はない", "there is no severity `{other}`");
            let near = nearest(other, ["major", "minor", "observation"]);
            let help = Bilingual::new(
                "`major`（重大）、`minor`（軽微）、`observation`（観察）",
                "`major`, `minor` or `observation`",
            );
            checker.report(suggest(Diagnostic::new(&BAD_SEVERITY, name.span, message), near).help(help));
            None
        }
    }
}

/// A date; an organisation without one cannot be early.
fn due(checker: &mut Checker<'_>, scope: &mut Scope, written: &ast::Expr) -> Option<Expr> {
    let expr = checker.value(scope, written, Some(Kind::Date))?;
    if expr.ty.kind == Kind::Date {
        return Some(expr);
    }
    let diagnostic = checker.mismatch(written.span, Kind::Date, expr.ty);
    checker.report(diagnostic);
    None
}

fn template(checker: &mut Checker<'_>, scope: &mut Scope, written: &ast::Template) -> Option<Template> {
    let mut parts = Vec::new();
    for part in &written.parts {
        match part {
            ast::TemplatePart::Text(text) => parts.push(Some(TemplatePart::Text(text.clone()))),
            ast::TemplatePart::Value(expr) => {
                let value = checker.expr(scope, expr, None);
                let value = value.filter(|value| shown(checker, value));
                parts.push(value.map(TemplatePart::Value));
            }
        }
    }
    Some(Template { parts: parts.into_iter().collect::<Option<Vec<_>>>()? })
}

/// Whether a value can be shown; a condition says nothing to a reader.
fn shown(checker: &mut Checker<'_>, value: &Expr) -> bool {
    let quantified = matches!(value.kind, ExprKind::Some(_) | ExprKind::Count { .. });
    if quantified {
        let message = Bilingual::new("文言に条件は書けない", "a message cannot show a condition");
        checker.report(
            Diagnostic::new(&TYPE_MISMATCH, value.span, message)
                .help(Bilingual::new("項目の値を示す", "show the value of a field")),
        );
    }
    !quantified
}

fn secrets(checker: &mut Checker<'_>, scope: &Scope, message: &Template) {
    let vars: &IndexVec<_, _> = &scope.vars;
    let mut shown = Vec::new();
    for part in &message.parts {
        let TemplatePart::Value(value) = part else { continue };
        value.walk(&mut |expr| {
            let (fact, field) = match &expr.kind {
                ExprKind::Field { var, field } => (vars[*var].fact, *field),
                ExprKind::Follow { fact, field, .. } => (*fact, *field),
                _ => return,
            };
            let field = &checker.program.facts[fact].fields[field];
            if field.class == Class::Secret {
                shown.push((field.name.clone(), expr.span));
            }
        });
    }
    for (name, span) in shown {
        let message =
            bilingual!("秘密の項目 `{name}` は文言に出せない", "the secret field `{name}` cannot be shown");
        checker.report(
            Diagnostic::new(&SECRET_SHOWN, span, message)
                .help(Bilingual::new("別の項目で示す", "show another field")),
        );
    }
}
