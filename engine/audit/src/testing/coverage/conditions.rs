//! The conditions of rules and relations, as they are written.

use kijun_ir::{CompareOp, Expr, ExprKind, Quantifier, Relation, Rule};
use kijun_source::Span;

use crate::testing::is_end_of_range;

/// A condition of a rule.
pub(super) struct Condition<'r> {
    pub(super) subject: Subject<'r>,
    pub(super) span: Span,
    pub(super) via: Option<Span>,
    pub(super) end: Option<CompareOp>,
}

pub(super) enum Subject<'r> {
    Expr(&'r Expr),
    /// The exception of this position.
    Exception(usize),
    Due,
}

/// Every condition of a rule in the order written. What the language itself adds to an attestation has the place of its name, and is no
/// condition that anybody wrote.
pub(super) fn of_rule(rule: &Rule) -> Vec<Condition<'_>> {
    let mut finder = Finder { via: None, found: Vec::new() };
    for condition in rule.population.iter().flat_map(|population| &population.rows.condition) {
        finder.judged(condition);
    }
    finder.judged(&rule.require);
    for (index, quantifier) in rule.excused.iter().enumerate() {
        finder.push(Subject::Exception(index), quantifier.span);
        quantifier.condition.iter().for_each(|condition| finder.judged(condition));
    }
    if let Some(due) = &rule.due {
        finder.push(Subject::Due, due.span);
        finder.read(due);
    }
    finder.found.retain(|condition| condition.span != rule.span);
    finder.found
}

/// Every condition of a relation in the order written. The parts of a branch's conjunction are asked one by one, never as a whole.
pub(super) fn of_relation(relation: &Relation) -> Vec<Condition<'_>> {
    let mut finder = Finder { via: None, found: Vec::new() };
    for branch in &relation.branches {
        branch.atoms.iter().flat_map(|atom| &atom.at).for_each(|at| finder.read(at));
        branch.condition.iter().for_each(|condition| finder.conjuncts(condition));
        branch.yields.iter().for_each(|value| finder.read(value));
    }
    finder.found
}

struct Finder<'r> {
    via: Option<Span>,
    found: Vec<Condition<'r>>,
}

impl<'r> Finder<'r> {
    fn push(&mut self, subject: Subject<'r>, span: Span) {
        self.found.push(Condition { subject, span, via: self.via, end: None });
    }

    /// An expression that stands as a condition.
    fn judged(&mut self, expr: &'r Expr) {
        match &expr.kind {
            ExprKind::Literal(_) => {}
            ExprKind::Named { body, .. } => self.within(expr.span, |finder| finder.judged(body)),
            ExprKind::Needs { shown, then } => {
                shown.iter().chain([&**then]).for_each(|condition| self.judged(condition));
            }
            // `no x in …` and `is not none` are conditions of their own; `not …` is its part turned round.
            ExprKind::Not(inner) if inner.span == expr.span => {
                self.push(Subject::Expr(expr), expr.span);
                self.parts(inner);
            }
            ExprKind::Not(inner) => self.judged(inner),
            ExprKind::And(parts) | ExprKind::Or(parts) => {
                if parts.iter().any(|part| part.span != expr.span) {
                    self.push(Subject::Expr(expr), expr.span);
                }
                for part in parts {
                    if is_end_of_range(part, parts) { self.end(part) } else { self.judged(part) }
                }
            }
            _ => {
                self.push(Subject::Expr(expr), expr.span);
                self.parts(expr);
            }
        }
    }

    /// The parts of a conjunction, definitions looked through.
    fn conjuncts(&mut self, expr: &'r Expr) {
        match &expr.kind {
            ExprKind::Named { body, .. } => self.within(expr.span, |finder| finder.conjuncts(body)),
            ExprKind::And(parts) => {
                for part in parts {
                    if is_end_of_range(part, parts) { self.end(part) } else { self.conjuncts(part) }
                }
            }
            _ => self.judged(expr),
        }
    }

    /// One end of a range.
    fn end(&mut self, expr: &'r Expr) {
        let end = match expr.kind {
            ExprKind::Compare { op, .. } => Some(op),
            _ => None,
        };
        let (subject, span, via) = (Subject::Expr(expr), expr.span, self.via);
        self.found.push(Condition { subject, span, via, end });
        self.parts(expr);
    }

    /// The conditions inside one.
    fn parts(&mut self, expr: &'r Expr) {
        match &expr.kind {
            ExprKind::Some(quantifier) => self.rows(quantifier),
            ExprKind::Count { quantifier, bound, .. } => {
                self.rows(quantifier);
                self.read(bound);
            }
            ExprKind::Aggregate { quantifier, value, .. } => {
                self.rows(quantifier);
                value.iter().for_each(|value| self.read(value));
            }
            ExprKind::If { condition, then, otherwise } => {
                self.judged(condition);
                self.read(then);
                self.read(otherwise);
            }
            _ => expr.children().into_iter().for_each(|child| self.read(child)),
        }
    }

    /// The moment as of which rows are read, and their condition.
    fn rows(&mut self, quantifier: &'r Quantifier) {
        quantifier.at.iter().for_each(|at| self.read(at));
        quantifier.condition.iter().for_each(|condition| self.judged(condition));
    }

    /// An expression that is read for its value.
    fn read(&mut self, expr: &'r Expr) {
        match &expr.kind {
            ExprKind::Named { body, .. } => self.within(expr.span, |finder| finder.read(body)),
            ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Compare { .. }
            | ExprKind::OneOf { .. }
            | ExprKind::InPeriod { .. }
            | ExprKind::InCidr { .. }
            | ExprKind::IsNone(_)
            | ExprKind::StartsWith { .. }
            | ExprKind::Contains { .. }
            | ExprKind::Matches { .. }
            | ExprKind::Some(_)
            | ExprKind::Count { .. }
            | ExprKind::Covered { .. }
            | ExprKind::Admissible { .. }
            | ExprKind::Needs { .. } => self.judged(expr),
            _ => self.parts(expr),
        }
    }

    /// Looks into the body of a definition that is used at `span`. Of definitions within definitions the rule's own use counts.
    fn within(&mut self, span: Span, look: impl FnOnce(&mut Self)) {
        let outer = self.via;
        self.via = outer.or(Some(span));
        look(self);
        self.via = outer;
    }
}
