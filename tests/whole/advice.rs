//! Every undetermined verdict of the example has an answer to what evidence would change it.

use kijun_audit::{advise, collect};
use kijun_eval::{Snapshot, evaluate, subject_name};
use kijun_ir::Verdict;

use crate::minato::{OCCASION, folder, open};

#[test]
fn of_every_undetermined_verdict_the_missing_evidence_is_known() {
    let mut workspace = open(&folder());
    let evidence = collect(&mut workspace, OCCASION.today).evidence;
    let snapshot = Snapshot::new(&workspace.program, &evidence, OCCASION);
    let outcome = evaluate(&snapshot);
    let mut answered = 0;
    for (id, rule) in workspace.program.rules.iter() {
        let found = &outcome.rules[id];
        let undetermined = found
            .subjects
            .iter()
            .filter(|found| found.verdict == Verdict::Undetermined)
            .map(|found| Some(found.subject));
        let population = (!found.population_gaps.is_empty()).then_some(None);
        for subject in undetermined.chain(population) {
            let advice = advise(&snapshot, id, subject, Verdict::Undetermined);
            assert!(!advice.stages.is_empty(), "{}: no evidence is named", rule.name);
            let name = subject.and_then(|subject| subject_name(&snapshot, rule, subject));
            let mut outcomes = advice.stages.iter().flat_map(|stage| &stage.outcomes);
            let changed = outcomes.any(|outcome| outcome.verdict != Some(Verdict::Undetermined));
            // A fresh picture of old rows makes the population known, and what its rows need is not shown by them.
            let may_stay = subject.is_none() && !rule.needs().0.is_empty();
            assert!(changed || may_stay, "{} {name:?}: the verdict does not change", rule.name);
            answered += 1;
        }
    }
    assert!(answered > 10, "the example leaves {answered} verdicts undetermined");
}
