//! Rules: their clauses, each checked.

use kijun_ir::{Expr, ExprKind, Judged, Kind, Rule, RuleId, Severity};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual, nearest};
use kijun_syntax::ast::{self, ClauseKind};
use kijun_syntax::vocabulary::SEVERITIES;

use crate::check::Checker;
use crate::check::clause::Owner;
use crate::check::narrowing::present_if;
use crate::check::scope::{Reading, Scope};
use crate::diagnostics::{BAD_SEVERITY, JUDGED};
use crate::names::suggest;
use crate::words::SPELLINGS;

/// Checks every rule; by declaration, the id of those that are sound.
pub(super) fn rules(checker: &mut Checker<'_>) -> Vec<Option<RuleId>> {
    let names = checker.names;
    let mut ids = Vec::new();
    for declared in &names.rules {
        checker.unit = declared.unit;
        let rule = rule(checker, declared.tree);
        ids.push(rule.map(|rule| checker.program.to_mut().rules.push(rule)));
    }
    ids
}

/// The clauses of a rule by what they are; the first of each counts.
#[derive(Default)]
struct Clauses<'a> {
    covers: Vec<&'a ast::Text>,
    severity: Option<&'a ast::Name>,
    judged: Option<ast::Judged>,
    population: Option<(&'a ClauseKind, Span)>,
    needs: Vec<&'a ast::Expr>,
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
            ClauseKind::Judged(judged) => clauses.judged.replace(*judged).is_some(),
            ClauseKind::ForEach { .. } | ClauseKind::ForEachPair { .. } => {
                clauses.population.replace((&clause.kind, clause.span)).is_some()
            }
            ClauseKind::Needs(expr) => {
                clauses.needs.push(expr);
                false
            }
            ClauseKind::Require(expr) => clauses.require.replace(expr).is_some(),
            ClauseKind::Due(expr) => clauses.due.replace(expr).is_some(),
            ClauseKind::Message(template) => clauses.message.replace(template).is_some(),
            ClauseKind::Remedy(text) => clauses.remedy.replace(text).is_some(),
        };
        if twice {
            let help = Bilingual::new(
                "一つにまとめる。条件は ⟦and|かつ⟧ でつなぐ",
                "make one of both; join conditions with ⟦and|かつ⟧",
            );
            checker.clause_twice(clause.span, help);
        }
    }
    clauses
}

fn rule(checker: &mut Checker<'_>, declared: &ast::Rule) -> Option<Rule> {
    let owner = Owner { ja: "規則", en: "rule", name: &declared.name };
    let clauses = sort(checker, declared);
    let covers = checker.covers(owner, &clauses.covers);
    let severity = checker.severity(clauses.severity);
    let (judged, reading) = match clauses.judged {
        Some(ast::Judged::ThroughoutPeriod) => (Judged::ThroughoutPeriod, Reading::Moment),
        Some(ast::Judged::AtToday) | None => (Judged::AtToday, Reading::Today),
    };
    let mut scope = Scope::reading(reading);
    // Without its variable nothing else of the rule can be read.
    let population = match clauses.population {
        Some((clause, span)) => Some(checker.population(&mut scope, clause, judged, span)?),
        None => None,
    };
    let require = requirement(checker, &mut scope, owner, &clauses);
    let mut excused = Vec::new();
    for (rows, span) in &clauses.excused {
        let mark = scope.mark();
        excused.push(checker.rows(&mut scope, rows, *span));
        scope.back_to(mark);
    }
    let due = clauses.due.map(|written| due(checker, &mut scope, written));
    let message = match clauses.message {
        Some(template) => checker.message(&mut scope, template),
        None => checker.clause_missing(owner, "⟦message|文言⟧", "⟦message \"…\"|文言 \"…\"⟧"),
    };
    Some(Rule {
        name: declared.name.text.clone(),
        label: declared.label.value.clone(),
        doc: declared.doc.clone(),
        covers: covers?,
        severity: severity?,
        judged,
        population,
        require: require?,
        excused: excused.into_iter().collect::<Option<Vec<_>>>()?,
        due: match due {
            Some(due) => Some(due?),
            None => None,
        },
        message: message?,
        remedy: clauses.remedy.map(|text| text.value.clone()),
        vars: std::mem::take(&mut scope.vars),
        span: declared.name.span,
    })
}

/// The requirement, with what it needs shown at its head. What is shown is known to what stands below it.
fn requirement(
    checker: &mut Checker<'_>,
    scope: &mut Scope,
    owner: Owner<'_>,
    clauses: &Clauses<'_>,
) -> Option<Expr> {
    let mark = scope.mark();
    let mut shown = Vec::new();
    let mut wrong = 0;
    for written in &clauses.needs {
        let condition = checker.condition(scope, written);
        match &condition {
            Some(condition) => scope.narrow(present_if(condition, true)),
            None => {
                wrong += 1;
                checker.doubts += 1;
            }
        }
        shown.push(condition);
    }
    let require = match clauses.require {
        Some(written) => checker.condition(scope, written),
        None => checker.clause_missing(owner, "⟦require|要件⟧", "⟦require 条件|要件 条件⟧"),
    };
    checker.doubts -= wrong;
    scope.back_to(mark);
    let (shown, then) = (shown.into_iter().collect::<Option<Vec<Expr>>>()?, require?);
    if shown.is_empty() {
        return Some(then);
    }
    let span = then.span;
    Some(Expr::new(ExprKind::Needs { shown, then: Box::new(then) }, Kind::Bool, span))
}

/// A date; an organisation without one cannot be early. It is the same whenever the rule is judged.
fn due(checker: &mut Checker<'_>, scope: &mut Scope, written: &ast::Expr) -> Option<Expr> {
    let due = checker.value_of(scope, written, Kind::Date)?;
    let mut moment = None;
    due.walk(&mut |expr| {
        if expr.kind == ExprKind::Moment {
            moment = moment.or(Some(expr.span));
        }
    });
    let Some(span) = moment else { return Some(due) };
    let message = Bilingual::new(
        "期限は判定の時点によって変わってはならない",
        "a due date is the same whenever the rule is judged",
    );
    let help = Bilingual::new(
        "対象の行の項目から計算する。状態は ⟦at today|時点 判定日⟧ のように時点を決めて読む",
        "compute it from fields of the subject; read states as of a fixed date, such as ⟦at today|時点 判定日⟧",
    );
    checker.report(Diagnostic::new(&JUDGED, span, message).help(help));
    None
}

impl Checker<'_> {
    /// How grave a violation is; reports what is no severity.
    pub(super) fn severity(&mut self, written: Option<&ast::Name>) -> Option<Severity> {
        let Some(name) = written else { return Some(Severity::Minor) };
        match name.text.as_str() {
            "major" => Some(Severity::Major),
            "minor" => Some(Severity::Minor),
            "observation" => Some(Severity::Observation),
            other => {
                let message = bilingual!("重大度 `{other}` はない", "there is no severity `{other}`");
                let near =
                    nearest(other, SPELLINGS.into_iter().flat_map(|spelling| SEVERITIES.words(spelling)));
                let help = Bilingual::new(
                    "重い順に ⟦major|重大⟧、⟦minor|軽微⟧、⟦observation|観察事項⟧",
                    "⟦major|重大⟧, ⟦minor|軽微⟧ or ⟦observation|観察事項⟧",
                );
                self.report(suggest(Diagnostic::new(&BAD_SEVERITY, name.span, message), near).help(help));
                None
            }
        }
    }
}
