//! What a test expects: verdicts, and answers to questions.

use kijun_ir::{Expectation, Judged, Question, Truth, Verdict};
use kijun_source::{Bilingual, Diagnostic, bilingual, nearest};
use kijun_syntax::ast::{self, Spelling};
use kijun_syntax::vocabulary::VERDICTS;

use crate::check::scope::Scope;
use crate::check::test::{demand, range};
use crate::check::{Checker, literal, question};
use crate::diagnostics::BAD_VERDICT;
use crate::names::suggest;
use crate::words::SPELLINGS;

/// A condition as the requirement of a rule about the organisation.
pub(super) fn question(
    checker: &mut Checker<'_>,
    answer: ast::Answer,
    asked: &ast::Expr,
) -> Option<Question> {
    let mut scope = Scope::default();
    let require = checker.condition(&mut scope, asked)?;
    let rule = question::rule(&mut scope, require, asked.span);
    let answer = match answer {
        ast::Answer::True => Truth::True,
        ast::Answer::False => Truth::False,
        ast::Answer::Unknown => Truth::Unknown,
    };
    Some(Question { rule, answer })
}

pub(super) fn expectation(
    checker: &mut Checker<'_>,
    written: &ast::Expectation,
    judged: Option<Judged>,
) -> Option<Expectation> {
    let name = &written.verdict.text;
    let Some(verdict) = Verdict::from_name(name) else {
        let message = bilingual!("判定 `{name}` はない", "there is no verdict `{name}`");
        let near = nearest(name, SPELLINGS.into_iter().flat_map(|spelling| VERDICTS.words(spelling)));
        let list = verdicts();
        checker.report(
            suggest(Diagnostic::new(&BAD_VERDICT, written.verdict.span, message), near)
                .help(bilingual!("判定は {list}", "verdicts are {list}")),
        );
        return None;
    };
    let subjects: Vec<String> =
        written.subjects.iter().map(|text| literal::normal(&text.value).into_owned()).collect();
    if let Some((from, to)) = &written.between {
        return between(checker, written, verdict, (from, to), subjects, judged);
    }
    Some(match written.count {
        Some(count) => Expectation::Count(verdict, count, written.span),
        None if subjects.is_empty() => Expectation::Rule(verdict, written.span),
        None => Expectation::Subjects(verdict, subjects, written.span),
    })
}

/// Every verdict in both spellings.
fn verdicts() -> String {
    let spelled = |verdict: Verdict| {
        let english = verdict.name();
        let japanese = VERDICTS.translate(english, Spelling::English, Spelling::Japanese);
        format!("⟦{english}|{}⟧", japanese.unwrap_or(english))
    };
    Verdict::ALL.map(spelled).join(", ")
}

/// `violated "PC-1" from DATE to DATE`
fn between(
    checker: &mut Checker<'_>,
    written: &ast::Expectation,
    verdict: Verdict,
    (from, to): (&ast::Expr, &ast::Expr),
    subjects: Vec<String>,
    judged: Option<Judged>,
) -> Option<Expectation> {
    let days = range(checker, from, to)?;
    let example = "⟦expect violated \"PC-1\" from 2026-08-03 to 2026-08-13|期待 不適合 \"PC-1\" 2026-08-03 から 2026-08-13 まで⟧";
    if written.count.is_some() || subjects.len() > 1 {
        let message =
            Bilingual::new("日を書けるのは一つの対象についてだけである", "days are said of one subject");
        demand(checker, written.span, &message, example);
        return None;
    }
    if judged == Some(Judged::AtToday) {
        let message = Bilingual::new(
            "この規則は期間を通じて判定されないので、日ごとの判定はない",
            "this rule is not judged throughout the period, so that no days have a verdict",
        );
        demand(checker, written.span, &message, "⟦judged throughout period|判定時点 期間全体⟧");
        return None;
    }
    Some(Expectation::Between(verdict, subjects.into_iter().next(), days, written.span))
}
