//! Quantifiers: the rows for which a condition holds, and whether all rows are there.

use kijun_ir::{CompareOp, Expr, ExprKind, Quantifier, Truth, Value, conjuncts};

use super::operator::compare_count;
use super::proof::{PROVED_ROWS, Reason, Step, StepKind};
use super::value::Operands;
use crate::prover::Scene;
use crate::time_bounds;

/// What reading the rows of a quantifier came to.
struct Tally {
    rows: Vec<(u32, Truth)>,
    read: usize,
    /// Proofs of the first rows that are true, and of the first that are unknown.
    holds: Vec<Step>,
    may_hold: Vec<Step>,
    /// Why rows may be missing; empty where the collections cover the question.
    gaps: Vec<Reason>,
    nearest: Nearest,
}

/// The rows that came nearest to the condition, judged by how many of its conjuncts hold before one fails. Those that fail
/// the first came nowhere near.
#[derive(Default)]
struct Nearest {
    passed: usize,
    rows: Vec<u32>,
}

impl Nearest {
    fn offer(&mut self, row: u32, passed: usize) {
        if passed > self.passed {
            *self = Self { passed, rows: vec![row] };
        } else if passed == self.passed && passed > 0 && self.rows.len() < PROVED_ROWS {
            self.rows.push(row);
        }
    }
}

impl Tally {
    fn new(read: usize, gaps: Vec<Reason>) -> Self {
        Self {
            rows: Vec::new(),
            read,
            holds: Vec::new(),
            may_hold: Vec::new(),
            gaps,
            nearest: Nearest::default(),
        }
    }

    fn count(&self, truth: Truth) -> usize {
        self.rows.iter().filter(|(_, row)| *row == truth).count()
    }

    fn least(&self) -> usize {
        self.count(Truth::True)
    }

    /// How many rows there are at most; `None` where more may be missing.
    fn most(&self) -> Option<usize> {
        self.gaps.is_empty().then_some(self.rows.len())
    }

    fn into_step(self, quantifier: &Quantifier, truth: Truth) -> Step {
        let nearest = self.nearest.rows;
        let kind = StepKind::Rows { fact: quantifier.fact, rows: self.rows, read: self.read, nearest };
        let (reasons, parts) = match truth {
            Truth::Unknown => (self.gaps, self.may_hold),
            Truth::True | Truth::False => (Vec::new(), self.holds),
        };
        Step { span: quantifier.span, truth, kind, reasons, parts }
    }
}

impl Scene<'_> {
    /// Whether there is a row for which the condition holds.
    pub(super) fn some(&mut self, quantifier: &Quantifier) -> Step {
        let tally = self.tally(quantifier);
        let truth = compare_count(tally.least(), tally.most(), CompareOp::Ge, 1);
        tally.into_step(quantifier, truth)
    }

    /// How the number of rows for which the condition holds compares with `bound`.
    pub(super) fn count(&mut self, quantifier: &Quantifier, op: CompareOp, bound: &Expr) -> Step {
        let tally = self.tally(quantifier);
        let mut operands = Operands::default();
        let number = operands.read(self, bound);
        let truth = match number {
            Some(Value::Int(number)) => compare_count(tally.least(), tally.most(), op, number),
            _ => Truth::Unknown,
        };
        let mut step = tally.into_step(quantifier, truth);
        if !matches!(bound.kind, ExprKind::Literal(_)) {
            step.parts.push(operands.step(bound.span, truth));
        }
        step
    }

    fn tally(&mut self, quantifier: &Quantifier) -> Tally {
        let gaps = self.quantifier_gaps(quantifier);
        let snapshot = self.snapshot;
        let visible = snapshot.visible(quantifier.fact);
        let mut tally = Tally::new(visible.len(), gaps);
        for row in visible {
            self.rows[quantifier.var] = Some(*row);
            if let Some(passed) =
                quantifier.condition.as_ref().and_then(|condition| self.first_failure(condition))
            {
                tally.nearest.offer(*row, passed);
                continue;
            }
            let step = quantifier.condition.as_ref().map(|condition| self.condition(condition));
            let truth = step.as_ref().map_or(Truth::True, |step| step.truth);
            let proved = match truth {
                Truth::False => continue,
                Truth::Unknown => &mut tally.may_hold,
                Truth::True => &mut tally.holds,
            };
            tally.rows.push((*row, truth));
            proved.extend(step.filter(|_| proved.len() < PROVED_ROWS));
        }
        if tally.rows.is_empty() {
            tally.holds = self.prove_rows(quantifier, &tally.nearest.rows);
        } else {
            tally.nearest = Nearest::default();
        }
        self.rows[quantifier.var] = None;
        tally
    }

    /// The position of the first of the conditions that must all hold and does not. Most rows of a log fail the very first, so
    /// that no proof is made only to be thrown away.
    fn first_failure(&mut self, condition: &Expr) -> Option<usize> {
        conjuncts(condition).into_iter().position(|conjunct| self.condition(conjunct).truth == Truth::False)
    }

    /// The proofs of the condition for some rows.
    fn prove_rows(&mut self, quantifier: &Quantifier, rows: &[u32]) -> Vec<Step> {
        let Some(condition) = &quantifier.condition else { return Vec::new() };
        let prove = |row: &u32| {
            self.rows[quantifier.var] = Some(*row);
            self.condition(condition)
        };
        rows.iter().map(prove).collect()
    }

    /// Why the collections do not cover the time that the quantifier asks for. Where a bound of that time is not
    /// known, what it lacks is among the reasons: knowing it might ask for less.
    fn quantifier_gaps(&mut self, quantifier: &Quantifier) -> Vec<Reason> {
        let bounds = time_bounds(self.snapshot.program, quantifier);
        let mut limits = Vec::new();
        let mut reasons = Vec::new();
        for bound in bounds.iter().flat_map(|bounds| &bounds.bounds) {
            let limit = self.value(bound.limit);
            limits.push(limit.cell);
            reasons.extend(limit.reasons);
        }
        let bounds = bounds.as_ref().map(|bounds| (bounds, &limits[..]));
        let gaps = self.snapshot.quantifier_gaps(quantifier.fact, bounds);
        if gaps.is_empty() {
            return Vec::new();
        }
        reasons.extend(gaps.into_iter().map(Reason::Gap));
        reasons
    }
}
