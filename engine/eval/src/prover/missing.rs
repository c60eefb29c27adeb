//! What evidence would change a verdict: the shortest list of what is missing, or would have to be otherwise.

use std::sync::Arc;

use kijun_ir::{
    CompareOp, Expr, ExprKind, FactId, FactKind, FieldId, Population, Quantifier, Rule, RuleId, Truth, Value,
    Verdict,
};
use kijun_source::Span;

use super::proof::{Proof, Reason};
use super::quantifier::{Tally, row_there};
use super::scene::{Bound, Scene};
use super::value::Operands;
use super::{possible, prove};
use crate::{AsOf, Snapshot, Subject};

/// One thing on which a verdict depends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// Evidence is missing, or does not say what it should say.
    Missing(Reason),
    /// There would have to be so many more rows for which the condition that is written there holds.
    Rows {
        /// The fact.
        fact: FactId,
        /// As of when.
        as_of: AsOf,
        /// The quantifier.
        span: Span,
        /// How many.
        count: usize,
    },
    /// A row would have to be gone.
    Extra {
        /// The fact.
        fact: FactId,
        /// The row.
        row: u32,
        /// As of when.
        as_of: AsOf,
    },
    /// One of these cells would have to hold another value.
    Cells(Vec<Spot>),
}

/// A cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The fact.
    pub fact: FactId,
    /// The row.
    pub row: u32,
    /// As of when.
    pub as_of: AsOf,
    /// The field.
    pub field: FieldId,
}

/// The shortest list of evidence with which an undetermined or violated subject could have another verdict; empty for other verdicts, and where
/// no evidence could change it.
///
/// What a requirement needs shown comes first: where it is not, that is wanted, and of the requirement only what is missing to know it.
///
/// For a condition to become true, all parts of an `and` that are not must become so, and of an `or` the part for which the list is the
/// shortest; `not` exchanges the two. A comparison needs all that its operands lack; one that fails, one other cell. `some` needs
/// one row: one that may fit, or else all that is missing of the collections (nobody knows where in it the row is), or else a new row. `no` needs all
/// that is missing, that every row that may fit does not, and that none fits.
///
/// Of two lists that with less that contradicts the evidence is the shorter, then that with fewer entries, then the one for the requirement
/// before those for exceptions, the due date, and (where it is not known whether the subject belongs to the population) for it not to belong. A gap
/// of a log that is judged is gone where what it lacks is collected.
///
/// What is missing may turn out otherwise when it comes: the list says on what the verdict depends, not what it will be.
pub fn missing(snapshot: &Snapshot<'_>, rule: RuleId, subject: Subject) -> Vec<Lack> {
    let proof = prove(snapshot, rule, subject);
    if !matches!(proof.verdict, Some(Verdict::Violated | Verdict::Undetermined)) {
        return Vec::new();
    }
    let rule = &snapshot.program.rules[rule];
    let mut advice = Advice { scene: Scene::of_subject(snapshot, rule, subject) };
    let mut lacks = shortest(advice.ways(rule, &proof)).unwrap_or_default();
    advice.explain(&mut lacks);
    lacks
}

/// What would have to be there or be otherwise; `None` where no evidence could do it.
type Change = Option<Vec<Lack>>;

/// How many rows there must be.
#[derive(Clone, Copy)]
enum Aim {
    AtLeast(usize),
    AtMost(usize),
    Exactly(usize),
}

/// Looks for the least change.
struct Advice<'a, 'e> {
    scene: Scene<'a, 'e>,
}

impl<'e> Advice<'_, 'e> {
    /// The ways to another verdict.
    fn ways(&mut self, rule: &Rule, proof: &Proof) -> Vec<Change> {
        let mut ways = vec![self.make(&rule.require, true)];
        if proof.findings.require == Truth::False {
            ways.extend(rule.excused.iter().map(|permit| self.rows(permit, Aim::AtLeast(1))));
            let due = rule.due.as_ref().filter(|_| proof.findings.excused == Truth::False);
            ways.extend(due.map(|due| self.postpone(due)));
        }
        if proof.findings.member == Truth::Unknown {
            ways.extend(rule.population.as_ref().map(|population| self.exclude(population, proof)));
        }
        ways.extend(rule.population.as_ref().map(|population| self.close(population, proof.subject)));
        ways
    }

    /// For the gap that is judged not to be there: what the log does not cover, collected.
    fn close(&self, population: &Population, subject: Subject) -> Change {
        let snapshot = self.scene.snapshot;
        let FactKind::Gaps(log) = snapshot.program.facts[population.rows.fact].kind else { return None };
        let view = snapshot.view(population.rows.fact, AsOf::Today)?;
        // Its rows stand in the order of the gaps, and are numbered from one.
        let line = view.table().origin(subject.row()?).line;
        let gap = snapshot.covered_gaps(log, None).into_iter().nth(line.checked_sub(1)? as usize)?;
        Some(vec![Lack::Missing(Reason::Gap(gap))])
    }

    /// For the due date not to have passed.
    fn postpone(&mut self, due: &Expr) -> Change {
        let step = self.scene.before_due(due);
        match step.truth {
            Truth::True => Some(Vec::new()),
            Truth::Unknown => lacking(step),
            Truth::False => self.otherwise(due),
        }
    }

    /// For the subject not to belong to the population, which is not known.
    fn exclude(&mut self, population: &Population, proof: &Proof) -> Change {
        let condition = population.rows.condition.as_ref();
        let unfit = condition.and_then(|condition| self.make(condition, false));
        shortest([unfit, proof.member.clone().and_then(lacking)])
    }

    /// For a condition to come to `goal`.
    fn make(&mut self, expr: &Expr, goal: bool) -> Change {
        let step = self.scene.condition(expr);
        if step.truth == Truth::from(goal) {
            return Some(Vec::new());
        }
        match &expr.kind {
            ExprKind::And(parts) => self.make_parts(parts, goal, goal),
            ExprKind::Or(parts) => self.make_parts(parts, goal, !goal),
            ExprKind::Not(inner) => self.make(inner, !goal),
            ExprKind::Named { body, .. } => self.make(body, goal),
            ExprKind::Needs { shown, then } => self.make_judged(shown, then, goal),
            ExprKind::If { condition, then, otherwise } => {
                let first = both(self.make(condition, true), self.make(then, goal));
                let second = both(self.make(condition, false), self.make(otherwise, goal));
                shortest([first, second])
            }
            ExprKind::Some(quantifier) if goal => self.rows(quantifier, Aim::AtLeast(1)),
            ExprKind::Some(quantifier) => self.rows(quantifier, Aim::AtMost(0)),
            ExprKind::Count { quantifier, op, bound } => {
                let op = if goal { *op } else { op.inverted() };
                self.count(quantifier, op, bound)
            }
            ExprKind::Covered { .. } | ExprKind::Admissible { .. } if !goal => None,
            _ if step.truth == Truth::Unknown => lacking(step),
            _ => self.otherwise(expr),
        }
    }

    /// For what is needed to be shown. A requirement that is known then comes to something else by that alone.
    fn make_judged(&mut self, shown: &[Expr], then: &Expr, goal: bool) -> Change {
        let needed = self.make_parts(shown, true, true)?;
        if !needed.is_empty() && self.scene.condition(then).truth != Truth::Unknown {
            return Some(needed);
        }
        both(Some(needed), self.make(then, goal))
    }

    /// For all of the parts, or for one of them, to come to `goal`.
    fn make_parts(&mut self, parts: &[Expr], goal: bool, all: bool) -> Change {
        let changes: Vec<Change> = parts.iter().map(|part| self.make(part, goal)).collect();
        if all { together(changes) } else { shortest(changes) }
    }

    fn count(&mut self, quantifier: &Quantifier, op: CompareOp, bound: &Expr) -> Change {
        let mut operands = Operands::default();
        let Some(Value::Int(bound)) = operands.read(&mut self.scene, bound) else {
            return Some(operands.lacks().into_iter().map(Lack::Missing).collect());
        };
        let number = |offset: i64| usize::try_from(bound.saturating_add(offset)).ok();
        match op {
            CompareOp::Ge => self.rows(quantifier, Aim::AtLeast(number(0)?)),
            CompareOp::Gt => self.rows(quantifier, Aim::AtLeast(number(1)?)),
            CompareOp::Le => self.rows(quantifier, Aim::AtMost(number(0)?)),
            CompareOp::Lt => self.rows(quantifier, Aim::AtMost(number(-1)?)),
            CompareOp::Eq => self.rows(quantifier, Aim::Exactly(number(0)?)),
            CompareOp::Ne => {
                let more = number(1).and_then(|least| self.rows(quantifier, Aim::AtLeast(least)));
                let fewer = number(-1).and_then(|most| self.rows(quantifier, Aim::AtMost(most)));
                shortest([more, fewer])
            }
        }
    }

    /// For so many rows to be there for which the condition holds.
    fn rows(&mut self, quantifier: &Quantifier, aim: Aim) -> Change {
        let tally = self.scene.tally(quantifier);
        let least = tally.least();
        match aim {
            Aim::AtLeast(number) => self.at_least(quantifier, &tally, number.saturating_sub(least)),
            Aim::AtMost(number) => self.at_most(quantifier, &tally, number),
            Aim::Exactly(number) if number < least => self.at_most(quantifier, &tally, number),
            Aim::Exactly(number) => self.exactly(quantifier, &tally, number - least),
        }
    }

    /// For so many more rows to be there.
    fn at_least(&mut self, quantifier: &Quantifier, tally: &Tally<'e>, more: usize) -> Change {
        let unsure = self.changes(quantifier, tally, &rows_of(tally, Truth::Unknown), true);
        let gaps = (!tally.gaps.is_empty()).then(|| missing_from(tally));
        let nearest = self.changes(quantifier, tally, tally.nearest(), true);
        let new = self.is_evidence(quantifier.fact).then(|| vec![new_rows(quantifier, tally, more)]);
        shortest([cheapest(unsure, more), gaps, new, cheapest(nearest, more)])
    }

    /// For no more rows than so many to be there.
    fn at_most(&mut self, quantifier: &Quantifier, tally: &Tally<'e>, number: usize) -> Change {
        let (sure, unsure) = (rows_of(tally, Truth::True), rows_of(tally, Truth::Unknown));
        let too_many = sure.len().saturating_sub(number);
        let room = number.saturating_sub(sure.len());
        let fewer = self.changes(quantifier, tally, &sure, false);
        let unfit = self.changes(quantifier, tally, &unsure, false);
        let parts = [
            cheapest(fewer, too_many),
            cheapest(unfit, unsure.len().saturating_sub(room)),
            Some(missing_from(tally)),
        ];
        together(parts)
    }

    /// For exactly so many more rows to be there.
    fn exactly(&mut self, quantifier: &Quantifier, tally: &Tally<'e>, more: usize) -> Change {
        let unsure = rows_of(tally, Truth::Unknown);
        let (fit, unfit) = unsure.split_at(more.min(unsure.len()));
        let fitting = self.changes(quantifier, tally, fit, true);
        let failing = self.changes(quantifier, tally, unfit, false);
        let missing = more - fit.len();
        let new = (missing > 0).then(|| new_rows(quantifier, tally, missing));
        let new = if tally.gaps.is_empty() { new } else { None };
        let rest = [Some(missing_from(tally)), Some(new.into_iter().collect())];
        together(fitting.into_iter().chain(failing).chain(rest))
    }

    /// For each of these rows to fit, or not to.
    fn changes(
        &mut self,
        quantifier: &Quantifier,
        tally: &Tally<'e>,
        rows: &[u32],
        fits: bool,
    ) -> Vec<Change> {
        let Some(view) = &tally.view else { return Vec::new() };
        let changes = rows.iter().map(|row| {
            self.scene.bind(quantifier.var, Bound::Row(Arc::clone(view), *row, tally.as_of));
            let there = row_there(quantifier, view, *row, tally.as_of).map(lacking);
            let condition = quantifier.condition.as_ref();
            if fits {
                let fitting = condition.map_or(Some(Vec::new()), |condition| self.make(condition, true));
                return both(fitting, there.unwrap_or(Some(Vec::new())));
            }
            let failing = condition.and_then(|condition| self.make(condition, false));
            let extra = Lack::Extra { fact: quantifier.fact, row: *row, as_of: tally.as_of };
            let gone = self.is_evidence(quantifier.fact).then(|| vec![extra]);
            shortest([there.flatten(), failing, gone])
        });
        let changes = changes.collect();
        self.scene.unbind(quantifier.var);
        changes
    }

    /// For what a condition compares to be otherwise: one of the cells that it reads, or the rows that an aggregate is made of.
    fn otherwise(&mut self, expr: &Expr) -> Change {
        if let Some(quantifier) = first_aggregate(expr) {
            let tally = self.scene.tally(quantifier);
            return Some(vec![new_rows(quantifier, &tally, 1)]);
        }
        let mut spots = Vec::new();
        self.spots(expr, &mut spots);
        (!spots.is_empty()).then(|| vec![Lack::Cells(spots)])
    }

    /// The cells of evidence that an expression reads.
    fn spots(&mut self, expr: &Expr, spots: &mut Vec<Spot>) {
        for child in expr.children() {
            self.spots(child, spots);
        }
        let spot = match &expr.kind {
            ExprKind::Field { var, field } => match self.scene.row_of(*var) {
                Some((fact, Bound::Row(_, row, as_of))) => {
                    Some(Spot { fact, row: *row, as_of: *as_of, field: *field })
                }
                _ => None,
            },
            ExprKind::Follow { base, fact, field, at } => {
                let found = self.scene.named_row(base, *fact, at.as_deref());
                found.map(|(row, as_of)| Spot { fact: *fact, row, as_of, field: *field })
            }
            _ => None,
        };
        spots.extend(spot.filter(|spot| self.is_evidence(spot.fact) && !spots.contains(spot)));
    }

    /// Whether other evidence would give a fact other rows.
    fn is_evidence(&self, fact: FactId) -> bool {
        match self.scene.snapshot.program.facts[fact].kind {
            FactKind::State | FactKind::Event { .. } | FactKind::Relation(_) => true,
            FactKind::Table | FactKind::Calendar(_) | FactKind::Gaps(_) => false,
        }
    }

    /// Says of each derived row what is missing for it.
    fn explain(&self, lacks: &mut Vec<Lack>) {
        let mut explained = Vec::new();
        for lack in lacks.drain(..) {
            match lack {
                Lack::Missing(reason) => {
                    let reasons = possible::explained(self.scene.snapshot, vec![reason]);
                    explained.extend(reasons.into_iter().map(Lack::Missing));
                }
                other => explained.push(other),
            }
        }
        *lacks = distinct(explained);
    }
}

/// The rows of a tally with a truth.
fn rows_of(tally: &Tally<'_>, truth: Truth) -> Vec<u32> {
    tally.rows.iter().filter(|(_, row)| *row == truth).map(|(row, _)| *row).collect()
}

/// All that is missing of the collections.
fn missing_from(tally: &Tally<'_>) -> Vec<Lack> {
    tally.gaps.iter().cloned().map(Lack::Missing).collect()
}

fn new_rows(quantifier: &Quantifier, tally: &Tally<'_>, count: usize) -> Lack {
    Lack::Rows { fact: quantifier.fact, as_of: tally.as_of, span: quantifier.span, count }
}

/// What an unknown condition lacks, all of it.
fn lacking(step: super::Step) -> Change {
    let mut reasons = Vec::new();
    step.gather(&mut reasons);
    (!reasons.is_empty()).then(|| reasons.into_iter().map(Lack::Missing).collect())
}

/// The rows of the first aggregate in an expression.
fn first_aggregate(expr: &Expr) -> Option<&Quantifier> {
    match &expr.kind {
        ExprKind::Aggregate { quantifier, .. } => Some(quantifier),
        _ => expr.children().into_iter().find_map(first_aggregate),
    }
}

fn both(first: Change, second: Change) -> Change {
    together([first, second])
}

/// All of the changes.
fn together(changes: impl IntoIterator<Item = Change>) -> Change {
    let changes: Option<Vec<Vec<Lack>>> = changes.into_iter().collect();
    changes.map(|changes| distinct(changes.concat()))
}

/// The shortest of the changes, the first of equals.
fn shortest(changes: impl IntoIterator<Item = Change>) -> Change {
    changes.into_iter().flatten().min_by_key(|lacks| cost(lacks))
}

/// So many of the changes, the shortest ones.
fn cheapest(changes: Vec<Change>, number: usize) -> Change {
    let mut possible: Vec<Vec<Lack>> = changes.into_iter().flatten().collect();
    possible.sort_by_key(|lacks| cost(lacks));
    (possible.len() >= number).then(|| distinct(possible.into_iter().take(number).flatten().collect()))
}

/// How much contradicts the evidence, and how much there is.
fn cost(lacks: &[Lack]) -> (usize, usize) {
    let contradictions = lacks.iter().filter(|lack| !matches!(lack, Lack::Missing(_))).count();
    (contradictions, lacks.len())
}

/// Each once, in the order in which they came.
fn distinct(lacks: Vec<Lack>) -> Vec<Lack> {
    let mut once = Vec::new();
    for lack in lacks {
        if !once.contains(&lack) {
            once.push(lack);
        }
    }
    once
}
