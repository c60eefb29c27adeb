//! The proof of one subject's verdict: each condition with its value, the rows it read and what was missing.

use kijun_ir::{Cell, Class, FactId, FieldId, Findings, RuleId, Truth, Type, Verdict};
use kijun_source::Span;

use crate::Gap;

/// How many rows a quantifier's [`Step`] proves one by one, so that a proof over ten thousand rows stays small.
/// All rows are listed and counted nevertheless.
pub(super) const PROVED_ROWS: usize = 3;

/// Why one subject has the verdict that it has.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// The rule.
    pub rule: RuleId,
    /// The subject's row in the table of the population; `None` for the organisation.
    pub row: Option<u32>,
    /// The verdict; `None` where the row is no subject.
    pub verdict: Option<Verdict>,
    /// What the conditions came to.
    pub findings: Findings,
    /// Whether the row belongs to the population; `None` where the population has no condition.
    pub member: Option<Step>,
    /// The requirement.
    pub require: Step,
    /// The exceptions, in the order of the rule.
    pub excused: Vec<Step>,
    /// Whether `today` is not after the due date. Its one operand is the due date.
    pub due: Option<Step>,
}

/// One condition of a proof.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The text of the condition in the ruleset.
    pub span: Span,
    /// What it came to.
    pub truth: Truth,
    /// How.
    pub kind: StepKind,
    /// What was missing here, not counting the parts. Empty unless the truth is unknown.
    pub reasons: Vec<Reason>,
    /// The conditions that it is made of; below a comparison those inside its operands.
    pub parts: Vec<Step>,
}

/// How a condition came to its truth.
#[derive(Debug, Clone, PartialEq)]
pub enum StepKind {
    /// By comparing values: the text of each operand, its value and type, in the order written.
    Values(Vec<(Span, Cell, Type)>),
    /// All parts must hold.
    All,
    /// One part must hold.
    Any,
    /// The part must not hold.
    Not,
    /// The body of a definition, by name.
    Named(String),
    /// By reading the rows of a fact. The parts prove the condition for the first three of the rows that
    /// explain the truth: the unknown ones where it is unknown, otherwise the true ones. A count that is compared with anything
    /// but a written number has the value of that as its last part.
    Rows {
        /// The fact.
        fact: FactId,
        /// The rows for which the condition is true, or unknown, ascending.
        rows: Vec<(u32, Truth)>,
        /// How many visible rows were looked at.
        read: usize,
        /// Where the condition holds for no row: the rows that came nearest, ascending. Then the parts are their proofs.
        nearest: Vec<u32>,
    },
}

/// A piece of evidence whose lack made a condition unknown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Collections do not cover the question.
    Gap(Gap),
    /// A cell that must hold a value does not.
    Missing {
        /// The fact.
        fact: FactId,
        /// The row in its table.
        row: u32,
        /// The field.
        field: FieldId,
    },
    /// A reference names no row that counts, or several.
    Dangling {
        /// The fact referred to.
        fact: FactId,
        /// The key.
        key: String,
    },
    /// A value has no place in its type's range, or two lengths of time have no order.
    OutOfRange,
}

/// A piece of a message about a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessagePart {
    /// The text; for a value, as people read it.
    pub text: String,
    /// Who may see it.
    pub class: Class,
}

impl Proof {
    /// What was missing, over all conditions that the verdict rests on: sorted, each once. Empty unless the verdict is undetermined.
    ///
    /// Of a quantifier's unknown rows only those count that the proof holds as parts.
    pub fn reasons(&self) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if self.verdict == Some(Verdict::Undetermined) {
            for step in self.grounds() {
                step.gather(&mut reasons);
            }
        }
        reasons.sort_unstable();
        reasons.dedup();
        reasons
    }

    /// The conditions that an undetermined verdict rests on. Exceptions and the due date matter only where the
    /// requirement surely fails.
    fn grounds(&self) -> impl Iterator<Item = &Step> {
        let failed = self.findings.require == Truth::False;
        let excuses = self.excused.iter().chain(&self.due).filter(move |_| failed);
        self.member.iter().chain(std::iter::once(&self.require)).chain(excuses)
    }
}

impl Step {
    /// Adds what was missing here and in the unknown parts, if this is unknown.
    fn gather(&self, reasons: &mut Vec<Reason>) {
        if self.truth == Truth::Unknown {
            reasons.extend(self.reasons.iter().cloned());
            self.parts.iter().for_each(|part| part.gather(reasons));
        }
    }
}
