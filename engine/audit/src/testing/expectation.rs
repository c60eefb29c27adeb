//! What a test expects against what came out.

use kijun_eval::{RuleOutcome, Snapshot, row_name};
use kijun_ir::{Expectation, Test, Verdict};
use kijun_source::bilingual;

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

/// The names of the subjects with a verdict, sorted.
fn subjects(test: &Test, snapshot: &Snapshot<'_>, outcome: &RuleOutcome, verdict: Verdict) -> Vec<String> {
    let population = snapshot.program.rules[ONLY].population.as_ref();
    let with_verdict = outcome.subjects.iter().filter(|subject| subject.verdict == verdict);
    let mut names: Vec<String> = with_verdict
        .map(|subject| match (population, subject.row) {
            (Some(population), Some(row)) => row_name(snapshot, population.rows.fact, row),
            _ => test.label.clone(),
        })
        .collect();
    names.sort_unstable();
    names
}
