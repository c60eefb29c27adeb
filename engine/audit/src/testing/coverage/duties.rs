//! Which verdicts of duties the tests show: a duty has those of the rules that decide it.

use kijun_ir::{DutyId, Program, Verdict};

use super::RuleCoverage;

/// What the tests show of a duty.
#[derive(Debug, Clone)]
pub struct DutyCoverage {
    /// The duty.
    pub duty: DutyId,
    /// The verdicts that it can have, and whether a test of one of its rules shows them.
    pub verdicts: Vec<(Verdict, bool)>,
}

/// What the tests show of each duty that a rule decides, from what they show of the rules.
pub fn measure_duties(program: &Program, rules: &[RuleCoverage]) -> Vec<DutyCoverage> {
    let decided = program.duties.ids().filter(|duty| program.rules_of(*duty).next().is_some());
    decided.map(|duty| DutyCoverage { duty, verdicts: verdicts(program, rules, duty) }).collect()
}

fn verdicts(program: &Program, rules: &[RuleCoverage], duty: DutyId) -> Vec<(Verdict, bool)> {
    let of_duty = |coverage: &&RuleCoverage| program.rules[coverage.rule].covers.contains(&duty);
    let given: Vec<(Verdict, bool)> =
        rules.iter().filter(of_duty).flat_map(|coverage| coverage.verdicts.clone()).collect();
    let shown = |verdict: Verdict| {
        let own: Vec<bool> =
            given.iter().filter(|(other, _)| *other == verdict).map(|(_, shown)| *shown).collect();
        (!own.is_empty()).then(|| (verdict, own.contains(&true)))
    };
    Verdict::ALL.into_iter().filter_map(shown).collect()
}
