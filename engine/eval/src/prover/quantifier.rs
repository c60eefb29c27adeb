//! Quantifiers: the rows for which a condition holds, and whether all rows are there.

use std::sync::Arc;

use kijun_ir::{CompareOp, Expr, ExprKind, Quantifier, Truth, Value, VarId, conjuncts};

use super::operator::compare_count;
use super::proof::{PROVED_ROWS, Reason, RowsRead, Step, StepKind};
use super::scene::{Bound, Scene};
use super::value::Operands;
use crate::{AsOf, View, time_bounds};

/// What reading the rows of a quantifier came to.
pub(super) struct Tally<'e> {
    /// The rows that were read; `None` where it is not known as of when.
    pub(super) view: Option<Arc<View<'e>>>,
    pub(super) as_of: AsOf,
    /// The rows for which the condition is true, or unknown.
    pub(super) rows: Vec<(u32, Truth)>,
    /// Why rows may be missing; empty where the collections cover the question.
    pub(super) gaps: Vec<Reason>,
    /// Proofs of the first rows that are true, and of the first that are unknown.
    holds: Vec<Step>,
    may_hold: Vec<Step>,
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

impl Tally<'_> {
    fn count(&self, truth: Truth) -> usize {
        self.rows.iter().filter(|(_, row)| *row == truth).count()
    }

    /// How many rows there are at least.
    pub(super) fn least(&self) -> usize {
        self.count(Truth::True)
    }

    /// How many rows there are at most; `None` where more may be missing, or one that may fit may stand for several.
    pub(super) fn most(&self) -> Option<usize> {
        let several = |(row, truth): &(u32, Truth)| {
            *truth == Truth::Unknown && self.view.as_ref().is_some_and(|view| view.may_be_several(*row))
        };
        let is_bounded = self.gaps.is_empty() && !self.rows.iter().any(several);
        is_bounded.then_some(self.rows.len())
    }

    /// Where no row fits: those that came nearest.
    pub(super) fn nearest(&self) -> &[u32] {
        &self.nearest.rows
    }

    /// Whether it is known exactly which rows there are.
    pub(super) fn is_whole(&self) -> bool {
        self.most() == Some(self.least())
    }

    /// What was read, what was missing, and the proofs that explain a truth.
    pub(super) fn explain(self, quantifier: &Quantifier, truth: Truth) -> (RowsRead, Vec<Reason>, Vec<Step>) {
        let read = RowsRead {
            fact: quantifier.fact,
            as_of: self.as_of,
            read: self.view.map_or(0, |view| view.rows().len()),
            rows: self.rows,
            nearest: self.nearest.rows,
        };
        match truth {
            Truth::Unknown => (read, self.gaps, self.may_hold),
            Truth::True | Truth::False => (read, Vec::new(), self.holds),
        }
    }

    fn into_step(self, quantifier: &Quantifier, truth: Truth) -> Step {
        let (read, reasons, parts) = self.explain(quantifier, truth);
        Step { span: quantifier.span, truth, kind: StepKind::Rows(read), reasons, parts }
    }
}

impl<'e> Scene<'_, 'e> {
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

    /// Reads the rows of a quantifier.
    pub(super) fn tally(&mut self, quantifier: &Quantifier) -> Tally<'e> {
        let (as_of, lacks) = self.as_of(quantifier.at.as_ref());
        let view = self.snapshot.view(quantifier.fact, as_of);
        let mut gaps = self.quantifier_gaps(quantifier, as_of, lacks);
        if view.is_some() && !gaps.is_empty() && self.excludes_all(quantifier, None) {
            gaps.clear();
        }
        let mut tally = Tally {
            view,
            as_of,
            rows: Vec::new(),
            gaps,
            holds: Vec::new(),
            may_hold: Vec::new(),
            nearest: Nearest::default(),
        };
        if let Some(view) = tally.view.clone() {
            for row in view.rows() {
                self.bind(quantifier.var, Bound::Row(Arc::clone(&view), *row, as_of));
                self.read_row(quantifier, &view, *row, &mut tally);
            }
            if tally.rows.is_empty() {
                tally.holds = self.prove_rows(quantifier, &view, as_of, &tally.nearest.rows);
            } else {
                tally.nearest = Nearest::default();
            }
        }
        self.unbind(quantifier.var);
        tally
    }

    /// Adds a row, which the variable stands for.
    fn read_row(&mut self, quantifier: &Quantifier, view: &View<'_>, row: u32, tally: &mut Tally<'_>) {
        let condition = quantifier.condition.as_ref();
        if let Some(passed) = condition.and_then(|condition| self.first_failure(condition)) {
            tally.nearest.offer(row, passed);
            return;
        }
        let fits = condition.map(|condition| self.condition(condition));
        let step = Step::both(quantifier.span, row_there(quantifier, view, row, tally.as_of), fits);
        let truth = step.as_ref().map_or(Truth::True, |step| step.truth);
        let proved = match truth {
            Truth::False => return,
            Truth::Unknown => &mut tally.may_hold,
            Truth::True => &mut tally.holds,
        };
        tally.rows.push((row, truth));
        proved.extend(step.filter(|_| proved.len() < PROVED_ROWS));
    }

    /// The position of the first of the conditions that must all hold and does not. Most rows of a log fail the very first, so
    /// that no proof is made only to be thrown away.
    fn first_failure(&mut self, condition: &Expr) -> Option<usize> {
        conjuncts(condition).into_iter().position(|conjunct| self.condition(conjunct).truth == Truth::False)
    }

    /// Whether a part of the condition that reads nothing of the row, nor of that which is paired with it, surely fails: then it holds
    /// for no row, whatever rows are missing.
    pub(super) fn excludes_all(&mut self, rows: &Quantifier, paired: Option<VarId>) -> bool {
        let parts = rows.condition.iter().flat_map(conjuncts);
        let mut outside = parts
            .filter(|part| !part.mentions(rows.var) && !paired.is_some_and(|paired| part.mentions(paired)));
        outside.any(|part| self.condition(part).truth == Truth::False)
    }

    /// The proofs of the condition for some rows.
    fn prove_rows(
        &mut self,
        quantifier: &Quantifier,
        view: &Arc<View<'e>>,
        as_of: AsOf,
        rows: &[u32],
    ) -> Vec<Step> {
        let Some(condition) = &quantifier.condition else { return Vec::new() };
        let prove = |row: &u32| {
            self.bind(quantifier.var, Bound::Row(Arc::clone(view), *row, as_of));
            self.condition(condition)
        };
        rows.iter().map(prove).collect()
    }

    /// Why the collections do not cover the time that the quantifier asks for. Where a bound of that time, or the moment as of which it
    /// asks, is not known, what that lacks is among the reasons: knowing it might ask for less.
    fn quantifier_gaps(&mut self, quantifier: &Quantifier, as_of: AsOf, lacks: Vec<Reason>) -> Vec<Reason> {
        let bounds = time_bounds(self.snapshot.program, quantifier);
        let mut limits = Vec::new();
        let mut reasons = lacks;
        for bound in bounds.iter().flat_map(|bounds| &bounds.bounds) {
            let limit = self.value(bound.limit);
            reasons.extend(limit.lacks());
            limits.push(limit.cell);
        }
        let bounds = bounds.as_ref().map(|bounds| (bounds, &limits[..]));
        let gaps = self.snapshot.quantifier_gaps(quantifier.fact, as_of, bounds);
        if gaps.is_empty() {
            return Vec::new();
        }
        reasons.extend(gaps.into_iter().map(Reason::Gap));
        reasons
    }
}

/// Whether a row is there; `None` where it surely is.
pub(super) fn row_there(quantifier: &Quantifier, view: &View<'_>, row: u32, as_of: AsOf) -> Option<Step> {
    let truth = view.truth(row);
    let fact = quantifier.fact;
    (truth != Truth::True).then(|| Step {
        span: quantifier.span,
        truth,
        kind: StepKind::Derived { fact, row, as_of },
        reasons: vec![Reason::Derived { fact, row, as_of }],
        parts: Vec::new(),
    })
}
