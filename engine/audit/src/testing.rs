//! Runs the tests of a ruleset.

use jiff::civil::Date;
use kijun_eval::{
    Artifact, Defect, Evidence, Held, Occasion, Origin, RuleOutcome, Snapshot, SourceCoverage, Stretch, TableBuilder, Taken,
    prove_all, row_name,
};
use kijun_ir::{Expectation, FactId, FactKind, Program, Shortfall, Test, Verdict, calendar};
use kijun_source::{Bilingual, Span, bilingual};

/// What came of one test.
#[derive(Debug, Clone)]
pub struct TestOutcome {
    /// What the test shows.
    pub label: String,
    /// The name of the rule under test.
    pub rule: String,
    /// Where the test is declared.
    pub span: Span,
    /// What came out otherwise than expected; empty where the test passed.
    pub failures: Vec<Failure>,
}

/// An expectation that was not fulfilled.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The expectation; the test itself for verdicts that nothing expected.
    pub span: Span,
    /// What was expected and what came out.
    pub text: Bilingual,
}

/// Runs every test of a program, in the order of the files.
pub fn run_tests(program: &Program) -> Vec<TestOutcome> {
    program.tests.iter().map(|test| run_test(program, test)).collect()
}

fn run_test(program: &Program, test: &Test) -> TestOutcome {
    let evidence = evidence(program, test);
    let occasion = Occasion { today: test.today, period_start: test.period.0, period_end: test.period.1 };
    // Both evaluators judge: a test is also a case for their agreement.
    let only_rule = Program { rules: std::iter::once(program.rules[test.rule].clone()).collect(), ..program.clone() };
    let snapshot = Snapshot::new(&only_rule, &evidence, occasion);
    let outcome = kijun_eval::evaluate(&snapshot);
    let proven = prove_all(&snapshot);
    let rule = kijun_ir::RuleId(0);
    let mut failures = failures(test, &snapshot, &outcome.rules[rule]);
    if outcome != proven {
        let text = Bilingual::new("列評価と行ごとの証明が食い違う（kijun の不具合）", "the two evaluators differ: a defect of kijun");
        failures.push(Failure { span: test.span, text });
    }
    TestOutcome { label: test.label.clone(), rule: program.rules[test.rule].name.clone(), span: test.span, failures }
}

/// The evidence of a test: its rows, complete and fresh but for what it says is not.
fn evidence(program: &Program, test: &Test) -> Evidence {
    let mut evidence = Evidence::empty(program);
    let taken_at = calendar::start_of_day(test.today, &program.zone).unwrap_or_default();
    evidence.artifacts = vec![Artifact {
        source: "test".to_owned(),
        path: "test".to_owned(),
        sha256: String::new(),
        collected_at: taken_at,
    }];
    let mut builders: Vec<TableBuilder> = program.facts.values().map(TableBuilder::new).collect();
    for (index, row) in test.rows.iter().enumerate() {
        let line = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let origin = Origin { source: 0, artifact: 0, line };
        if let Some(builder) = builders.get_mut(kijun_ir::Index::index(row.fact)) {
            builder.push(row.cells.clone(), origin);
        }
    }
    let dictionary = &mut evidence.dictionary;
    evidence.tables = builders.into_iter().map(|builder| builder.finish(dictionary)).collect();
    evidence.coverage = program
        .facts
        .ids()
        .map(|fact| vec![SourceCoverage { source: "test".to_owned(), held: held(program, test, fact) }])
        .collect();
    evidence
}

fn held(program: &Program, test: &Test, fact: FactId) -> Held {
    let shortfalls: Vec<Shortfall> =
        test.shortfalls.iter().filter(|(short, _)| *short == fact).map(|(_, shortfall)| *shortfall).collect();
    let missing = shortfalls.contains(&Shortfall::Missing);
    let defects = if shortfalls.contains(&Shortfall::Incomplete) { vec![Defect::NotVouched] } else { Vec::new() };
    match program.facts[fact].kind {
        FactKind::State if missing => Held::State(None),
        FactKind::State => {
            let stale = shortfalls.contains(&Shortfall::Stale);
            let day = if stale { day_too_old(program, test.today, fact) } else { test.today };
            Held::State(calendar::start_of_day(day, &program.zone).map(|at| Taken { at, defects }))
        }
        FactKind::Event { .. } if missing => Held::Log(Vec::new()),
        FactKind::Event { .. } => Held::Log(stretches(program, test.today, &shortfalls, &defects)),
    }
}

/// The last day on which a collection is too old to count.
fn day_too_old(program: &Program, today: Date, fact: FactId) -> Date {
    let fresh = program.facts[fact].fresh;
    let mut day = fresh.checked_neg().and_then(|back| calendar::add_to_date(today, back)).unwrap_or(Date::MIN);
    while calendar::add_to_date(day, fresh).is_some_and(|until| until >= today) {
        match day.yesterday() {
            Ok(before) => day = before,
            Err(_) => break,
        }
    }
    day
}

/// A log from the beginning of time to the end of the date of judgement, but for its gaps.
fn stretches(program: &Program, today: Date, shortfalls: &[Shortfall], defects: &[Defect]) -> Vec<Stretch> {
    let start_of = |day: Date| calendar::start_of_day(day, &program.zone).unwrap_or_default();
    let after = |day: Date| day.tomorrow().map(start_of).unwrap_or_default();
    let mut gaps: Vec<(Date, Date)> = shortfalls
        .iter()
        .filter_map(|shortfall| match shortfall {
            Shortfall::Gap(from, to) => Some((*from, *to)),
            Shortfall::Missing | Shortfall::Stale | Shortfall::Incomplete => None,
        })
        .collect();
    gaps.sort_unstable();
    let mut from = jiff::Timestamp::MIN;
    let mut stretches = Vec::new();
    for (first, last) in gaps {
        if start_of(first) > from {
            stretches.push(Stretch { from, to: start_of(first), defects: defects.to_vec() });
        }
        from = from.max(after(last));
    }
    if after(today) > from {
        stretches.push(Stretch { from, to: after(today), defects: defects.to_vec() });
    }
    stretches
}

fn failures(test: &Test, snapshot: &Snapshot<'_>, outcome: &RuleOutcome) -> Vec<Failure> {
    let counts = outcome.counts();
    let mut failures = Vec::new();
    let mut expected: Vec<Verdict> = Vec::new();
    for expectation in &test.expect {
        match expectation {
            Expectation::Rule(verdict, span) => {
                if outcome.verdict != *verdict {
                    let (want, got) = (verdict.name(), outcome.verdict.name());
                    failures.push(Failure { span: *span, text: bilingual!("規則の判定は {want} のはずが {got}", "the rule should be {want}, it is {got}") });
                }
            }
            Expectation::Count(verdict, count, span) => {
                expected.push(*verdict);
                let (name, got) = (verdict.name(), counts.get(*verdict));
                if got != *count {
                    failures.push(Failure { span: *span, text: bilingual!("{name} は {count} 件のはずが {got} 件", "{name} should count {count}, it counts {got}") });
                }
            }
            Expectation::Subjects(verdict, names, span) => {
                expected.push(*verdict);
                let got = subjects(test, snapshot, outcome, *verdict);
                let mut want = names.clone();
                want.sort_unstable();
                if got != want {
                    let (name, want, got) = (verdict.name(), want.join(", "), got.join(", "));
                    failures.push(Failure { span: *span, text: bilingual!("{name} は「{want}」のはずが「{got}」", "{name} should be {want}, it is {got}") });
                }
            }
        }
    }
    if !expected.is_empty() {
        for verdict in Verdict::ALL.into_iter().filter(|verdict| !expected.contains(verdict)) {
            if counts.get(verdict) > 0 {
                let (name, got) = (verdict.name(), subjects(test, snapshot, outcome, verdict).join(", "));
                failures.push(Failure { span: test.span, text: bilingual!("期待していない {name} がある: {got}", "unexpected {name}: {got}") });
            }
        }
    }
    failures
}

/// The names of the subjects with a verdict, sorted.
fn subjects(test: &Test, snapshot: &Snapshot<'_>, outcome: &RuleOutcome, verdict: Verdict) -> Vec<String> {
    let population = snapshot.program.rules[kijun_ir::RuleId(0)].population.as_ref();
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
