//! What an expression is read in: the evidence, the moment, and the row that each variable stands for.

use std::sync::Arc;

use jiff::Timestamp;
use kijun_ir::{Binding, Cell, Expr, ExprKind, FactId, IndexVec, Rule, Truth, Value, VarId, calendar};

use super::proof::{Reason, Step, StepKind};
use super::value::Operands;
use crate::{AsOf, Snapshot, Subject, View};

/// Who wants to know of each condition that is evaluated, and what it came to.
pub(super) type Watch<'a> = dyn FnMut(&Expr, Truth) + 'a;

/// What an expression is read in.
pub(super) struct Scene<'a, 'e> {
    pub(super) snapshot: &'a Snapshot<'e>,
    vars: &'a IndexVec<VarId, Binding>,
    bound: IndexVec<VarId, Option<Bound<'e>>>,
    /// The moment as of which is judged or derived.
    pub(super) moment: Timestamp,
    pub(super) watch: Option<&'a mut Watch<'a>>,
}

/// The row that a variable stands for.
#[derive(Clone)]
pub(super) enum Bound<'e> {
    /// A row of a fact as of a moment.
    Row(Arc<View<'e>>, u32, AsOf),
    /// A row of a relation that is being derived.
    Cells(Arc<[Cell]>),
}

impl<'a, 'e> Scene<'a, 'e> {
    /// A scene in which no variable is bound.
    pub(super) fn new(
        snapshot: &'a Snapshot<'e>,
        vars: &'a IndexVec<VarId, Binding>,
        moment: Timestamp,
    ) -> Self {
        Self { snapshot, vars, bound: vars.ids().map(|_| None).collect(), moment, watch: None }
    }

    /// The scene of one subject; no quantifier is entered yet.
    pub(super) fn of_subject(snapshot: &'a Snapshot<'e>, rule: &'a Rule, subject: Subject) -> Self {
        Self::of_subject_in(snapshot, snapshot, rule, subject)
    }

    /// The scene of a subject that was found in another snapshot of the same evidence: rows of a relation may be others in this one.
    pub(super) fn of_subject_in(
        snapshot: &'a Snapshot<'e>,
        found: &Snapshot<'e>,
        rule: &'a Rule,
        subject: Subject,
    ) -> Self {
        let moment = match subject.as_of() {
            AsOf::Moment(moment) => moment,
            AsOf::Today | AsOf::Unknown => snapshot.end_of_today(),
        };
        let mut scene = Self::new(snapshot, &rule.vars, moment);
        scene.bind_subject(found, rule, subject);
        scene
    }

    /// The same scene, watched.
    pub(super) fn watched(self, watch: &'a mut Watch<'a>) -> Self {
        Self { watch: Some(watch), ..self }
    }

    /// Binds the variables of the population.
    pub(super) fn bind_subject(&mut self, found: &Snapshot<'e>, rule: &Rule, subject: Subject) {
        let Some(population) = &rule.population else { return };
        let rows = &population.rows;
        let as_of = found.row_as_of(rule, subject);
        let Some(view) = found.view(rows.fact, as_of) else { return };
        match subject {
            Subject::Organisation(_) => {}
            Subject::Row(row, _) => self.bind(rows.var, Bound::Row(view, row, as_of)),
            Subject::Pair(first, second) => {
                self.bind(rows.var, Bound::Row(Arc::clone(&view), first, AsOf::Today));
                if let Some(pair) = &population.pair {
                    self.bind(pair.second, Bound::Row(view, second, AsOf::Today));
                }
            }
        }
    }

    /// Makes a variable stand for a row.
    pub(super) fn bind(&mut self, var: VarId, row: Bound<'e>) {
        self.bound[var] = Some(row);
    }

    /// Makes a variable stand for nothing.
    pub(super) fn unbind(&mut self, var: VarId) {
        self.bound[var] = None;
    }

    /// The fact of a variable and the row that it stands for.
    pub(super) fn row_of(&self, var: VarId) -> Option<(FactId, &Bound<'e>)> {
        Some((self.vars[var].fact, self.bound[var].as_ref()?))
    }

    /// As of when something with this `at` is read, and what is missing to know.
    pub(super) fn as_of(&mut self, at: Option<&Expr>) -> (AsOf, Vec<Reason>) {
        match at.map(|at| (at, &at.kind)) {
            None => (AsOf::Today, Vec::new()),
            Some((_, ExprKind::Moment)) => (AsOf::Moment(self.moment), Vec::new()),
            Some((at, _)) => {
                let mut operands = Operands::default();
                let moment = operands.read(self, at).map_or(Cell::Unknown, Cell::Known);
                (self.snapshot.as_of(&moment), operands.lacks())
            }
        }
    }

    /// Whether the day of judgement is not after the due date.
    pub(super) fn before_due(&mut self, due: &Expr) -> Step {
        let mut operands = Operands::default();
        let last = operands.read(self, due);
        let day = Value::Date(calendar::date_of(self.moment, &self.snapshot.program.calendar.zone));
        let order = last.map(|last| operands.order(&day, &last));
        operands.step(due.span, order.flatten().map(std::cmp::Ordering::is_le).into())
    }

    /// Whether a subject is there apart from the population's condition; `None` where it surely is.
    pub(super) fn subject_there(&self, rule: &Rule, subject: Subject, there: Truth) -> Option<Step> {
        let population = rule.population.as_ref().filter(|_| there != Truth::True)?;
        let (fact, span) = (population.rows.fact, population.rows.span);
        let (kind, reasons) = match subject {
            Subject::Organisation(_) => return None,
            Subject::Row(row, _) => {
                let as_of = self.snapshot.row_as_of(rule, subject);
                (StepKind::Derived { fact, row, as_of }, vec![Reason::Derived { fact, row, as_of }])
            }
            Subject::Pair(first, second) => {
                let by = population.pair.as_ref().map_or(&[][..], |pair| &pair.by);
                let gaps = self.snapshot.gaps_between(fact, by, first, second);
                let mut reasons: Vec<Reason> = gaps.into_iter().map(Reason::Gap).collect();
                if reasons.is_empty() {
                    reasons.push(Reason::Simultaneous { fact, first, second });
                }
                (StepKind::Consecutive { fact, first, second }, reasons)
            }
        };
        let reasons = if there == Truth::Unknown { reasons } else { Vec::new() };
        Some(Step { span, truth: there, kind, reasons, parts: Vec::new() })
    }
}
