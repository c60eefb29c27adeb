//! What a test expects against what came out.

use jiff::civil::Date;
use kijun_eval::{RuleOutcome, Snapshot, Spell, SubjectOutcome, subject_name};
use kijun_ir::{Expectation, Question, Test, Truth, Verdict};
use kijun_source::{Span, bilingual};

use super::{Failure, ONLY};

/// What came out otherwise than a test expects; the outcome is that of the only rule of the snapshot.
pub(super) fn failures(test: &Test, snapshot: &Snapshot<'_>, outcome: &RuleOutcome) -> Vec<Failure> {
    let counts = outcome.counts();
    let mut failures = Vec::new();
    let mut expected: Vec<Verdict> = Vec::new();
    for expectation in &test.expect {
        match expectation {
            Expectation::Rule(verdict, span) => {
                if outcome.verdict != *verdict {
                    let (want, got) = (verdict.name(), outcome.verdict.name());
                    failures.push(Failure {
                        span: *span,
                        text: bilingual!(
                            "規則の判定は {want} のはずが {got}",
                            "the rule should be {want}, it is {got}"
                        ),
                    });
                }
            }
            Expectation::Count(verdict, count, span) => {
                expected.push(*verdict);
                let (name, got) = (verdict.name(), counts.get(*verdict));
                if got != *count {
                    failures.push(Failure {
                        span: *span,
                        text: bilingual!(
                            "{name} は {count} 件のはずが {got} 件",
                            "{name} should count {count}, it counts {got}"
                        ),
                    });
                }
            }
            Expectation::Between(verdict, name, days, span) => {
                failures.extend(between(test, snapshot, outcome, (*verdict, name.as_deref(), *days), *span));
            }
            Expectation::Subjects(verdict, names, span) => {
                expected.push(*verdict);
                let got = subjects(test, snapshot, outcome, *verdict);
                let mut want = names.clone();
                want.sort_unstable();
                if got != want {
                    let (name, want, got) = (verdict.name(), want.join(", "), got.join(", "));
                    failures.push(Failure {
                        span: *span,
                        text: bilingual!(
                            "{name} は「{want}」のはずが「{got}」",
                            "{name} should be {want}, it is {got}"
                        ),
                    });
                }
            }
        }
    }
    if !expected.is_empty() {
        for verdict in Verdict::ALL.into_iter().filter(|verdict| !expected.contains(verdict)) {
            if counts.get(verdict) > 0 {
                let (name, got) = (verdict.name(), subjects(test, snapshot, outcome, verdict).join(", "));
                failures.push(Failure {
                    span: test.span,
                    text: bilingual!("期待していない {name} がある: {got}", "unexpected {name}: {got}"),
                });
            }
        }
    }
    failures
}

/// What a condition came to otherwise than expected.
pub(super) fn answer(question: &Question, outcome: &RuleOutcome) -> Option<Failure> {
    let came_to = match outcome.verdict {
        Verdict::Met => Truth::True,
        Verdict::Violated => Truth::False,
        _ => Truth::Unknown,
    };
    let (want, got) = (truth_name(question.answer), truth_name(came_to));
    (came_to != question.answer).then(|| Failure {
        span: question.rule.require.span,
        text: bilingual!("{want} のはずが {got}", "this should be {want}, it is {got}"),
    })
}

fn truth_name(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "true",
        Truth::False => "false",
        Truth::Unknown => "unknown",
    }
}

/// The days on which a subject, or the organisation, should have a verdict.
fn between(
    test: &Test,
    snapshot: &Snapshot<'_>,
    outcome: &RuleOutcome,
    (verdict, name, (from, to)): (Verdict, Option<&str>, (Date, Date)),
    span: Span,
) -> Option<Failure> {
    let is_meant =
        |subject: &&SubjectOutcome| name.is_none_or(|name| name_of(test, snapshot, subject) == name);
    let spells: Vec<Spell> =
        outcome.subjects.iter().filter(is_meant).flat_map(|subject| subject.spells.clone()).collect();
    if spells.contains(&Spell { from, to, verdict }) {
        return None;
    }
    let got: Vec<String> =
        spells.iter().map(|spell| format!("{} {}..{}", spell.verdict.name(), spell.from, spell.to)).collect();
    let (verdict, got) = (verdict.name(), if got.is_empty() { "-".to_owned() } else { got.join(", ") });
    let text = bilingual!(
        "{from} から {to} まで {verdict} のはずが「{got}」",
        "should be {verdict} from {from} to {to}, it is: {got}"
    );
    Some(Failure { span, text })
}

/// The names of the subjects with a verdict, sorted.
fn subjects(test: &Test, snapshot: &Snapshot<'_>, outcome: &RuleOutcome, verdict: Verdict) -> Vec<String> {
    let with_verdict = outcome.subjects.iter().filter(|subject| subject.verdict == verdict);
    let mut names: Vec<String> = with_verdict.map(|subject| name_of(test, snapshot, subject)).collect();
    names.sort_unstable();
    names
}

/// The name of a subject; that of the organisation is the label of the test.
fn name_of(test: &Test, snapshot: &Snapshot<'_>, subject: &SubjectOutcome) -> String {
    let rule = &snapshot.program.rules[ONLY];
    subject_name(snapshot, rule, subject.subject).unwrap_or_else(|| test.label.clone())
}
