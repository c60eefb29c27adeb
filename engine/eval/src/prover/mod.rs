//! Judges one subject row by row, and says why.

mod proof;

use kijun_ir::{IndexVec, RuleId};

pub use proof::{MessagePart, Proof, Reason, Step, StepKind};

use crate::{Outcome, Snapshot};

/// Proves the verdict of one row of a rule's population; `row` is `None` for a rule about the organisation.
pub fn prove(snapshot: &Snapshot<'_>, rule: RuleId, row: Option<u32>) -> Proof {
    let _ = (snapshot, rule, row);
    todo!()
}

/// The verdicts of all rules, found row by row. Slow; it is what the fast evaluator is held to.
pub fn prove_all(snapshot: &Snapshot<'_>) -> Outcome {
    let _ = snapshot;
    Outcome { rules: IndexVec::new() }
}

/// What the rule's message says of a subject.
pub fn message(snapshot: &Snapshot<'_>, rule: RuleId, row: Option<u32>) -> Vec<MessagePart> {
    let _ = (snapshot, rule, row);
    Vec::new()
}

/// What people call a row: its key; without one, the time and the other fields that are not personal.
pub fn row_name(snapshot: &Snapshot<'_>, fact: kijun_ir::FactId, row: u32) -> String {
    let _ = (snapshot, fact, row);
    String::new()
}

impl Proof {
    /// What was missing, over all conditions that the verdict rests on: sorted, each once. Empty unless the verdict is undetermined.
    pub fn reasons(&self) -> Vec<Reason> {
        Vec::new()
    }
}
