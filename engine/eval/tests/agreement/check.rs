//! What must hold of every case.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

use kijun_eval::{Outcome, Snapshot, evaluate, message, prove_all, prove_watched};
use kijun_ir::{Judged, Program, Verdict, invariants};
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::evidence::Draft;
use super::{Case, Depth, Seen, improvement, views};

/// The first thing that does not hold. A panic is a failure like any other.
pub(super) fn check(case: &Case, depth: Depth, seen: &mut Seen) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(|| check_all(case, depth, seen))).unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().cloned();
        let words = words.or_else(|| panic.downcast_ref::<&str>().map(|words| (*words).to_owned()));
        Err(format!("a panic: {}", words.unwrap_or_default()))
    })
}

fn check_all(case: &Case, depth: Depth, seen: &mut Seen) -> Result<(), String> {
    if let Some(broken) = invariants::check(&case.program) {
        return Err(format!("the generator broke an invariant: {broken}"));
    }
    let outcome = agreement(case, &case.program, &case.draft, "")?;
    let less = agreement(case, &case.less.program, &case.less.draft, "with less evidence ")?;
    shuffled(case, &outcome)?;
    improvement::check(case, &outcome, &less)?;
    seen.outcome(&case.program, &outcome);
    if depth.proofs {
        let evidence = case.draft.evidence(&case.program);
        reasons(&Snapshot::plain(&case.program, &evidence, case.occasion), &outcome, seen)?;
    }
    if depth.threads { same_on_all_pools(case, &outcome) } else { Ok(()) }
}

/// Both evaluators say the same of all rules, and derive the same relations.
fn agreement(case: &Case, program: &Program, draft: &Draft, when: &str) -> Result<Outcome, String> {
    let evidence = draft.evidence(program);
    let fast = Snapshot::new(program, &evidence, case.occasion);
    let plain = Snapshot::plain(program, &evidence, case.occasion);
    let (judged, proved) = (evaluate(&fast), prove_all(&plain));
    views::same(&fast, &plain).map_err(|difference| format!("{when}{difference}"))?;
    for (rule, proved) in proved.rules.iter() {
        let judged = judged.rules.get(rule);
        if judged != Some(proved) {
            return Err(format!("{when}of {rule:?} `evaluate` says {judged:?}, `prove_all` says {proved:?}"));
        }
    }
    if judged == proved {
        Ok(proved)
    } else {
        Err("one evaluator judges more rules than the other".to_owned())
    }
}

/// The order in which rows are read is nowhere to be seen.
fn shuffled(case: &Case, outcome: &Outcome) -> Result<(), String> {
    let evidence = case.shuffled.evidence(&case.program);
    if evaluate(&Snapshot::new(&case.program, &evidence, case.occasion)) == *outcome {
        return Ok(());
    }
    Err("rows pushed in another order have another outcome".to_owned())
}

/// A subject has reasons exactly where it is undetermined, and a message in any case.
fn reasons(snapshot: &Snapshot<'_>, outcome: &Outcome, seen: &mut Seen) -> Result<(), String> {
    for (rule, judged) in outcome.rules.iter() {
        let declared = &snapshot.program.rules[rule];
        let is_closed = declared.judged == Judged::AtToday && judged.population_gaps.is_empty();
        if is_closed && !snapshot.gaps_of_population(declared, None).is_empty() {
            seen.closed("population");
        }
        for subject in &judged.subjects {
            let watch = &mut |expr: &kijun_ir::Expr, truth| seen.condition(snapshot.program, expr, truth);
            let proof = prove_watched(snapshot, rule, subject.subject, watch);
            if proof.verdict != Some(subject.verdict) {
                return Err(format!("{rule:?} {subject:?} is proved as {:?}", proof.verdict));
            }
            if proof.reasons().is_empty() == (subject.verdict == Verdict::Undetermined) {
                return Err(format!("{rule:?} {subject:?} has the reasons {:?}", proof.reasons()));
            }
            message(snapshot, rule, subject.subject);
        }
    }
    views::seen(snapshot, seen);
    Ok(())
}

/// Each number of threads begins with nothing derived yet.
fn same_on_all_pools(case: &Case, outcome: &Outcome) -> Result<(), String> {
    static POOLS: OnceLock<Vec<ThreadPool>> = OnceLock::new();
    let pools = POOLS.get_or_init(|| {
        [1, 2, 8]
            .iter()
            .filter_map(|threads| ThreadPoolBuilder::new().num_threads(*threads).build().ok())
            .collect()
    });
    let evidence = case.draft.evidence(&case.program);
    for pool in pools {
        let snapshot = Snapshot::new(&case.program, &evidence, case.occasion);
        if pool.install(|| evaluate(&snapshot)) != *outcome {
            return Err(format!("{} threads have another outcome", pool.current_num_threads()));
        }
    }
    Ok(())
}
