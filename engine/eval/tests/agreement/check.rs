//! What must hold of every case.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

use kijun_eval::{Outcome, RuleOutcome, Snapshot, SubjectOutcome, evaluate, message, prove, prove_all};
use kijun_ir::{Cell, Counts, FactId, FactKind, RuleId, Verdict, invariants};
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::Case;
use super::evidence::Draft;

/// How often each verdict was given.
#[derive(Default, Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) rules: Counts,
    pub(crate) subjects: Counts,
}

impl Seen {
    /// The sum of two.
    pub(crate) fn and(mut self, other: Seen) -> Seen {
        for verdict in Verdict::ALL {
            (0..other.rules.get(verdict)).for_each(|_| self.rules.add(verdict));
            (0..other.subjects.get(verdict)).for_each(|_| self.subjects.add(verdict));
        }
        self
    }
}

/// What a case says of its rules and subjects.
pub(crate) fn seen(case: &Case) -> Seen {
    let outcome = see(case, &case.draft, prove_all);
    let mut seen = Seen::default();
    for rule in outcome.rules.values() {
        seen.rules.add(rule.verdict);
        rule.subjects.iter().for_each(|subject| seen.subjects.add(subject.verdict));
    }
    seen
}

/// The first thing that does not hold. A panic is a failure like any other. With `threads`, pools of several sizes are tried too.
pub(crate) fn check(case: &Case, threads: bool) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(|| check_all(case, threads))).unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().cloned();
        let words = words.or_else(|| panic.downcast_ref::<&str>().map(|words| (*words).to_owned()));
        Err(format!("a panic: {}", words.unwrap_or_default()))
    })
}

fn check_all(case: &Case, threads: bool) -> Result<(), String> {
    if let Some(broken) = invariants::check(&case.program) {
        return Err(format!("the generator broke an invariant: {broken}"));
    }
    let outcome = see(case, &case.draft, agreement)?;
    let less = see(case, &case.less, agreement)?;
    if see(case, &case.shuffled, evaluate) != outcome {
        return Err("rows pushed in another order have another outcome".to_owned());
    }
    see(case, &case.draft, |snapshot| reasons(snapshot, &outcome))?;
    for (rule, before) in outcome.rules.iter() {
        looks_no_better(case, rule, before, &less.rules[rule])?;
    }
    if threads { see(case, &case.draft, |snapshot| same_on_all_pools(snapshot, &outcome)) } else { Ok(()) }
}

fn see<T>(case: &Case, draft: &Draft, look: impl FnOnce(&Snapshot<'_>) -> T) -> T {
    let evidence = draft.evidence(&case.program);
    look(&Snapshot::new(&case.program, &evidence, case.occasion))
}

/// Both evaluators say the same of all rules.
fn agreement(snapshot: &Snapshot<'_>) -> Result<Outcome, String> {
    let (fast, slow) = (evaluate(snapshot), prove_all(snapshot));
    for (rule, slow) in slow.rules.iter() {
        let fast = fast.rules.get(rule);
        if fast != Some(slow) {
            return Err(format!("of {rule:?} `evaluate` says {fast:?}, `prove_all` says {slow:?}"));
        }
    }
    if fast == slow { Ok(slow) } else { Err("one evaluator judges more rules than the other".to_owned()) }
}

/// A subject has reasons exactly where it is undetermined, and a message in any case.
fn reasons(snapshot: &Snapshot<'_>, outcome: &Outcome) -> Result<(), String> {
    for (rule, judged) in outcome.rules.iter() {
        for subject in &judged.subjects {
            let proof = prove(snapshot, rule, subject.row);
            if proof.verdict != Some(subject.verdict) {
                return Err(format!("{rule:?} {subject:?} is proved as {:?}", proof.verdict));
            }
            if proof.reasons().is_empty() == (subject.verdict == Verdict::Undetermined) {
                return Err(format!("{rule:?} {subject:?} has the reasons {:?}", proof.reasons()));
            }
            message(snapshot, rule, subject.row);
        }
    }
    Ok(())
}

fn same_on_all_pools(snapshot: &Snapshot<'_>, outcome: &Outcome) -> Result<(), String> {
    static POOLS: OnceLock<Vec<ThreadPool>> = OnceLock::new();
    let pools = POOLS.get_or_init(|| {
        [1, 2, 8]
            .iter()
            .filter_map(|threads| ThreadPoolBuilder::new().num_threads(*threads).build().ok())
            .collect()
    });
    for pool in pools {
        if pool.install(|| evaluate(snapshot)) != *outcome {
            return Err(format!("{} threads have another outcome", pool.current_num_threads()));
        }
    }
    Ok(())
}

/// With less evidence every verdict stays or becomes undetermined, but that a subject may go. Withdrawn, or of a time that is no
/// longer known, it leaves a gap, so that its rule is undetermined. If it is no longer known that it belongs to the
/// population, nothing can be said of it where it would be met.
fn looks_no_better(
    case: &Case,
    rule: RuleId,
    before: &RuleOutcome,
    after: &RuleOutcome,
) -> Result<(), String> {
    let fact = case.program.rules[rule].population.as_ref().map(|population| population.rows.fact);
    let old = by_line(case, &case.draft, fact, before);
    let new = by_line(case, &case.less, fact, after);
    for (line, verdict) in &new {
        if *verdict != Verdict::Undetermined && old.get(line) != Some(verdict) {
            return Err(format!(
                "with less evidence line {line:?} of {rule:?} goes from {:?} to {verdict:?}",
                old.get(line)
            ));
        }
    }
    let remaining = fact.map(|fact| &case.less.facts[fact].rows);
    let time = fact.and_then(|fact| match case.program.facts[fact].kind {
        FactKind::Event { at } => Some(at),
        FactKind::State => None,
    });
    let dated = |cells: &[Cell]| time.is_none_or(|at| cells[at.0 as usize] != Cell::Unknown);
    let is_left = |line: u32| {
        remaining.is_some_and(|rows| rows.iter().any(|(cells, origin)| origin.line == line && dated(cells)))
    };
    let doubtful = |line: &Option<u32>| line.is_some_and(is_left) && !new.contains_key(line);
    let gone: Vec<Verdict> =
        old.iter().filter(|(line, _)| doubtful(line)).map(|(_, verdict)| *verdict).collect();
    if gone.iter().any(|verdict| *verdict != Verdict::Met) {
        return Err(format!("with less evidence a subject of {rule:?} that was {gone:?} is none"));
    }
    let (old, new) = (before.verdict, after.verdict);
    if new == old || new == Verdict::Undetermined {
        return Ok(());
    }
    Err(format!("with less evidence {rule:?} goes from {old:?} to {new:?}"))
}

/// The verdicts of the subjects by the lines from which they come, which do not depend on the order of the table.
fn by_line(
    case: &Case,
    draft: &Draft,
    fact: Option<FactId>,
    outcome: &RuleOutcome,
) -> BTreeMap<Option<u32>, Verdict> {
    let evidence = draft.evidence(&case.program);
    let line = |subject: &SubjectOutcome| Some(evidence.tables[fact?].origin(subject.row?).line);
    outcome.subjects.iter().map(|subject| (line(subject), subject.verdict)).collect()
}
