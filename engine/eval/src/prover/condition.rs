//! The truth of conditions, step by step.

use kijun_ir::{Cell, CompareOp, Expr, ExprKind, Truth, Value};

use super::operator;
use super::proof::{Reason, Step, StepKind};
use super::value::Operands;
use crate::prover::Scene;

impl Scene<'_> {
    /// What a condition comes to, and why.
    pub(super) fn condition(&mut self, expr: &Expr) -> Step {
        let step = self.judge(expr);
        if let Some(watch) = &mut self.watch {
            watch(expr, step.truth);
        }
        step
    }

    fn judge(&mut self, expr: &Expr) -> Step {
        let span = expr.span;
        match &expr.kind {
            ExprKind::And(parts) => {
                let parts = self.conditions(parts);
                let truth = parts.iter().map(|part| part.truth).fold(Truth::True, Truth::and);
                made_of(expr, truth, StepKind::All, parts)
            }
            ExprKind::Or(parts) => {
                let parts = self.conditions(parts);
                let truth = parts.iter().map(|part| part.truth).fold(Truth::False, Truth::or);
                made_of(expr, truth, StepKind::Any, parts)
            }
            ExprKind::Not(inner) => {
                let part = self.condition(inner);
                made_of(expr, part.truth.not(), StepKind::Not, vec![part])
            }
            ExprKind::Named { name, body } => {
                let part = self.condition(body);
                made_of(expr, part.truth, StepKind::Named(name.clone()), vec![part])
            }
            ExprKind::Some(quantifier) => Step { span, ..self.some(quantifier) },
            ExprKind::Count { quantifier, op, bound } => Step { span, ..self.count(quantifier, *op, bound) },
            _ => self.comparison(expr),
        }
    }

    fn conditions(&mut self, exprs: &[Expr]) -> Vec<Step> {
        exprs.iter().map(|expr| self.condition(expr)).collect()
    }

    /// A condition on values.
    fn comparison(&mut self, expr: &Expr) -> Step {
        let mut operands = Operands::default();
        let truth = match &expr.kind {
            ExprKind::Compare { op, left, right } => self.compare(&mut operands, *op, left, right),
            ExprKind::OneOf { item, list } => self.one_of(&mut operands, item, list),
            ExprKind::InPeriod(time) => self.in_period(&mut operands, time),
            ExprKind::IsNone(inner) => match operands.cell(self, inner) {
                Cell::Known(_) => Truth::False,
                Cell::None => Truth::True,
                Cell::Unknown => Truth::Unknown,
            },
            ExprKind::StartsWith { text, prefix } => {
                let sides = (operands.read(self, text), operands.read(self, prefix));
                match sides {
                    (Some(text), Some(prefix)) => {
                        operands.in_range(operator::starts_with(&text, &prefix)).into()
                    }
                    _ => Truth::Unknown,
                }
            }
            ExprKind::Covered(fact) => {
                let gaps = self.snapshot.period_gaps(*fact);
                let covered = gaps.is_empty();
                operands.lack(gaps.into_iter().map(Reason::Gap));
                if covered { Truth::True } else { Truth::Unknown }
            }
            _ => match operands.read(self, expr) {
                Some(Value::Bool(value)) => value.into(),
                _ => Truth::Unknown,
            },
        };
        operands.step(expr.span, truth)
    }

    fn compare(&mut self, operands: &mut Operands, op: CompareOp, left: &Expr, right: &Expr) -> Truth {
        match (operands.read(self, left), operands.read(self, right)) {
            (Some(left), Some(right)) => operands.order(&left, &right).map(|order| op.holds(order)).into(),
            _ => Truth::Unknown,
        }
    }

    /// A disjunction of equalities.
    fn one_of(&mut self, operands: &mut Operands, item: &Expr, list: &[Expr]) -> Truth {
        let item = operands.read(self, item);
        let mut found = Truth::False;
        for candidate in list {
            let equal = match (&item, operands.read(self, candidate)) {
                (Some(item), Some(candidate)) => {
                    operands.order(item, &candidate).map(std::cmp::Ordering::is_eq).into()
                }
                _ => Truth::Unknown,
            };
            found = found.or(equal);
        }
        found
    }

    fn in_period(&mut self, operands: &mut Operands, time: &Expr) -> Truth {
        let Some(time) = operands.read(self, time) else { return Truth::Unknown };
        let occasion = self.snapshot.occasion;
        let date = operands.in_range(operator::local_date(&time, &self.snapshot.program.zone));
        date.map(|date| occasion.period_start <= date && date <= occasion.period_end).into()
    }
}

/// A condition that is made of others.
fn made_of(expr: &Expr, truth: Truth, kind: StepKind, parts: Vec<Step>) -> Step {
    Step { span: expr.span, truth, kind, reasons: Vec::new(), parts }
}
