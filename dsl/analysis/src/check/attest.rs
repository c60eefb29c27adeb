//! What a person must judge: the question, who may answer it, for how long an answer holds.

use kijun_ir::{Attest, Index, RuleId};
use kijun_source::{Bilingual, Span};
use kijun_syntax::ast::{self, AttestClauseKind};

use crate::check::Checker;
use crate::check::answers::{self, Places};
use crate::check::clause::Owner;

/// Checks every attestation; by declaration, the rules that judge the answers to those that are sound.
pub(super) fn attests(checker: &mut Checker<'_>) -> Vec<Option<RuleId>> {
    let names = checker.names;
    let mut judges = Vec::new();
    for declared in &names.attests {
        checker.unit = declared.unit;
        let attest = attest(checker, declared.tree);
        judges.push(attest.map(|attest| {
            let rule = attest.rule;
            checker.program.to_mut().attests.push(attest);
            rule
        }));
    }
    judges
}

/// The clauses of an attestation by what they are; the first of each counts.
#[derive(Default)]
struct Clauses<'a> {
    covers: Vec<&'a ast::Text>,
    severity: Option<&'a ast::Name>,
    question: Option<&'a ast::Text>,
    answered_by: Option<&'a [ast::Text]>,
    attach: Option<&'a [ast::Text]>,
    holds_for: Option<(i64, ast::Unit, Span)>,
}

fn sort<'a>(checker: &mut Checker<'_>, declared: &'a ast::Attest) -> Clauses<'a> {
    let mut clauses = Clauses::default();
    for clause in &declared.clauses {
        let twice = match &clause.kind {
            AttestClauseKind::Covers(texts) => {
                clauses.covers.extend(texts);
                false
            }
            AttestClauseKind::Severity(name) => clauses.severity.replace(name).is_some(),
            AttestClauseKind::Question(text) => clauses.question.replace(text).is_some(),
            AttestClauseKind::AnsweredBy(texts) => clauses.answered_by.replace(texts).is_some(),
            AttestClauseKind::Attach(texts) => clauses.attach.replace(texts).is_some(),
            AttestClauseKind::HoldsFor(amount, unit, span) => {
                clauses.holds_for.replace((*amount, *unit, *span)).is_some()
            }
        };
        if twice {
            let help = Bilingual::new("一つにまとめる", "make one of both");
            checker.clause_twice(clause.span, help);
        }
    }
    clauses
}

fn attest(checker: &mut Checker<'_>, declared: &ast::Attest) -> Option<Attest> {
    let owner = Owner { ja: "確認", en: "attestation", name: &declared.name };
    let clauses = sort(checker, declared);
    let covers = checker.covers(owner, &clauses.covers);
    let severity = checker.severity(clauses.severity);
    let question = match clauses.question {
        Some(text) => checker.said(text),
        None => checker.clause_missing(owner, "⟦question|設問⟧", "⟦question \"…\"|設問 \"…\"⟧"),
    };
    let answered_by = match clauses.answered_by {
        Some(roles) => checker.all_said(roles),
        None => checker.clause_missing(owner, "⟦answered by|回答者⟧", "⟦answered by \"…\"|回答者 \"…\"⟧"),
    };
    let attach = checker.all_said(clauses.attach.unwrap_or_default());
    let holds_for = match clauses.holds_for {
        Some(written) => checker.positive(written),
        None => checker.clause_missing(owner, "⟦holds for|有効期間⟧", "⟦holds for 1 year|有効期間 1年⟧"),
    };
    let places = Places {
        question: clauses.question?.span,
        answered_by: clauses.answered_by?.iter().map(|role| role.span).collect(),
        attach: clauses.attach.unwrap_or_default().iter().map(|document| document.span).collect(),
        holds_for: clauses.holds_for?.2,
    };
    let attest = Attest {
        name: declared.name.text.clone(),
        label: declared.label.value.clone(),
        doc: declared.doc.clone(),
        covers: covers?,
        severity: severity?,
        question: question?,
        answered_by: answered_by?,
        attach: attach?,
        holds_for: holds_for?,
        rule: RuleId::from_index(checker.program.rules.len()),
        span: declared.name.span,
    };
    let rule = answers::judge(&checker.program, &attest, &places)?;
    checker.program.to_mut().rules.push(rule);
    Some(attest)
}
