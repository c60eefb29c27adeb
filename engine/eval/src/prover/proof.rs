//! The proof of one subject's verdict: each condition with its value, the rows it read and what was missing.

use kijun_ir::{Cell, Class, FactId, FieldId, Findings, Truth, Type, Verdict};
use kijun_source::{Bilingual, Span};

use crate::{AsOf, Gap, Subject};

/// How many rows a quantifier's [`Step`] proves one by one, so that a proof over ten thousand rows stays small.
/// All rows are listed and counted nevertheless.
pub(super) const PROVED_ROWS: usize = 3;

/// Why one subject has the verdict that it has.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// The subject.
    pub subject: Subject,
    /// The verdict; `None` where the row is no subject.
    pub verdict: Option<Verdict>,
    /// What the conditions came to.
    pub findings: Findings,
    /// Whether the subject belongs to the population; `None` where it is surely there and the population has no condition.
    pub member: Option<Step>,
    /// The requirement.
    pub require: Step,
    /// The exceptions, in the order of the rule.
    pub excused: Vec<Step>,
    /// Whether the day of judgement is not after the due date. Its one operand is the due date.
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
    /// The part must hold for what was said to count.
    Admissible,
    /// So many parts must hold before the requirement is judged, which is the last part where they do.
    Needs(usize),
    /// The body of a definition, by name.
    Named(String),
    /// By reading the rows of a fact. The parts prove the condition for the first three of the rows that
    /// explain the truth: the unknown ones where it is unknown, otherwise the true ones. A count that is compared with anything
    /// but a written number has the value of that as its last part.
    Rows(RowsRead),
    /// A value made of the values of many rows, inside the operands of a comparison: unknown where the value is, otherwise true.
    /// The parts are those of [`StepKind::Rows`].
    Aggregate {
        /// The rows.
        read: RowsRead,
        /// The value.
        cell: Cell,
        /// Its type.
        ty: Type,
    },
    /// A row is only possible: one of a relation, or one whose key several rows have.
    Derived {
        /// The fact.
        fact: FactId,
        /// The row in its table as of that moment.
        row: u32,
        /// The moment.
        as_of: AsOf,
    },
    /// It is not known whether the one event follows the other.
    Consecutive {
        /// The event.
        fact: FactId,
        /// The row of the earlier one.
        first: u32,
        /// The row of the later one.
        second: u32,
    },
}

/// What reading the rows of a fact came to.
#[derive(Debug, Clone, PartialEq)]
pub struct RowsRead {
    /// The fact.
    pub fact: FactId,
    /// As of when.
    pub as_of: AsOf,
    /// The rows for which the condition is true, or unknown, ascending.
    pub rows: Vec<(u32, Truth)>,
    /// How many rows were looked at.
    pub read: usize,
    /// Where the condition holds for no row: the rows that came nearest, ascending. Then the parts are their proofs.
    pub nearest: Vec<u32>,
}

/// A piece of evidence whose lack made a condition unknown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Collections do not cover the question.
    Gap(Gap),
    /// A cell that must hold a value does not.
    Missing {
        /// The fact; no relation.
        fact: FactId,
        /// The row in its table.
        row: u32,
        /// The field.
        field: FieldId,
    },
    /// A key names no row that counts, or several.
    Dangling {
        /// The fact referred to.
        fact: FactId,
        /// The key.
        key: String,
        /// As of when.
        as_of: AsOf,
    },
    /// A row is only possible, or a cell of a derived one is not known. A finished proof says instead what was missing
    /// for the row, as far as that can be found.
    Derived {
        /// The fact.
        fact: FactId,
        /// The row in its table as of that moment.
        row: u32,
        /// The moment.
        as_of: AsOf,
    },
    /// Events happened at the same time, these two or another one with one of them, so that nobody knows which came first.
    Simultaneous {
        /// The event.
        fact: FactId,
        /// The row of the one.
        first: u32,
        /// The row of the other.
        second: u32,
    },
    /// What was said does not count, because it is not as is demanded.
    Inadmissible {
        /// What is demanded, as a noun phrase.
        demand: Bilingual,
    },
    /// What must be shown before the requirement can be judged is not.
    NotShown {
        /// The text of the condition in the ruleset.
        condition: Span,
    },
    /// A day lies beyond the calendar, or in a year whose holidays are not known.
    BeyondCalendar,
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

    /// All conditions, for one who rewrites them.
    pub(super) fn steps_mut(&mut self) -> impl Iterator<Item = &mut Step> {
        let own = self.member.iter_mut().chain(std::iter::once(&mut self.require));
        own.chain(&mut self.excused).chain(&mut self.due)
    }
}

impl Step {
    /// What was missing, if this is unknown: sorted, each once.
    pub fn lacks(&self) -> Vec<Reason> {
        let mut reasons = Vec::new();
        self.gather(&mut reasons);
        reasons.sort_unstable();
        reasons.dedup();
        reasons
    }

    /// Adds what was missing here and in the unknown parts, if this is unknown.
    pub(super) fn gather(&self, reasons: &mut Vec<Reason>) {
        if self.truth == Truth::Unknown {
            reasons.extend(self.reasons.iter().cloned());
            self.parts.iter().for_each(|part| part.gather(reasons));
        }
    }

    /// A condition that holds where both do, where there are two.
    pub(super) fn both(span: Span, first: Option<Step>, second: Option<Step>) -> Option<Step> {
        match (first, second) {
            (Some(first), Some(second)) => {
                let truth = first.truth.and(second.truth);
                let parts = vec![first, second];
                Some(Step { span, truth, kind: StepKind::All, reasons: Vec::new(), parts })
            }
            (first, second) => first.or(second),
        }
    }
}
