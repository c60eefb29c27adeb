//! The truth of conditions, step by step.

use kijun_ir::{Cell, CompareOp, Expr, ExprKind, FactId, Truth, Value};
use kijun_source::Bilingual;

use super::operator;
use super::proof::{Reason, Step, StepKind};
use super::scene::Scene;
use super::value::Operands;

impl Scene<'_, '_> {
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
            ExprKind::Named { name, body, .. } => {
                let part = self.condition(body);
                made_of(expr, part.truth, StepKind::Named(name.clone()), vec![part])
            }
            ExprKind::Admissible { demand, condition } => {
                let part = self.condition(condition);
                admissible(expr, demand, part)
            }
            ExprKind::Needs { shown, then } => self.needs(expr, shown, then),
            ExprKind::Some(quantifier) => Step { span, ..self.some(quantifier) },
            ExprKind::Count { quantifier, op, bound } => Step { span, ..self.count(quantifier, *op, bound) },
            _ => self.comparison(expr),
        }
    }

    /// What follows is judged only where all that it needs is shown.
    fn needs(&mut self, expr: &Expr, shown: &[Expr], then: &Expr) -> Step {
        let mut parts = self.conditions(shown);
        let kind = StepKind::Needs(parts.len());
        let not_shown = parts.iter().filter(|part| part.truth != Truth::True);
        let reasons: Vec<Reason> = not_shown.map(|part| Reason::NotShown { condition: part.span }).collect();
        let mut truth = Truth::Unknown;
        if reasons.is_empty() {
            let part = self.condition(then);
            truth = part.truth;
            parts.push(part);
        }
        Step { span: expr.span, truth, kind, reasons, parts }
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
            ExprKind::InPeriod { time, period } => self.in_period(&mut operands, time, period),
            ExprKind::InCidr { ip: left, cidr: right } => {
                self.relate(&mut operands, left, right, operator::in_cidr)
            }
            ExprKind::StartsWith { text: left, prefix: right } => {
                self.relate(&mut operands, left, right, operator::starts_with)
            }
            ExprKind::Contains { text: left, part: right } => {
                self.relate(&mut operands, left, right, operator::contains)
            }
            ExprKind::Matches { text, pattern } => match operands.read(self, text) {
                Some(Value::Text(text)) => pattern.matches(&text).into(),
                _ => Truth::Unknown,
            },
            ExprKind::IsNone(inner) => match operands.cell(self, inner) {
                Cell::Known(_) => Truth::False,
                Cell::None => Truth::True,
                Cell::Unknown => Truth::Unknown,
            },
            ExprKind::Covered { fact, period } => self.covered(&mut operands, *fact, period.as_deref()),
            ExprKind::Call { function, arguments } => {
                truth_of(self.call(&mut operands, *function, arguments))
            }
            _ => truth_of(operands.read(self, expr)),
        };
        operands.step(expr.span, truth)
    }

    fn compare(&mut self, operands: &mut Operands, op: CompareOp, left: &Expr, right: &Expr) -> Truth {
        let sides = operands.read_both(self, left, right);
        let order = sides.and_then(|(left, right)| operands.order(&left, &right));
        order.map(|order| op.holds(order)).into()
    }

    /// A condition on two values of which `holds` decides; `None` where they are not of its kinds.
    fn relate(
        &mut self,
        operands: &mut Operands,
        left: &Expr,
        right: &Expr,
        holds: fn(&Value, &Value) -> Option<bool>,
    ) -> Truth {
        let sides = operands.read_both(self, left, right);
        sides.and_then(|(left, right)| operands.in_range(holds(&left, &right))).into()
    }

    /// A disjunction of equalities, or of networks.
    fn one_of(&mut self, operands: &mut Operands, item: &Expr, list: &[Expr]) -> Truth {
        let item = operands.read(self, item);
        let mut found = Truth::False;
        for candidate in list {
            let sides = item.as_ref().zip(operands.read(self, candidate));
            let is_it = sides.and_then(|(item, candidate)| match &candidate {
                Value::Cidr(_) if matches!(item, Value::Ip(_)) => operator::in_cidr(item, &candidate),
                _ => operands.order(item, &candidate).map(std::cmp::Ordering::is_eq),
            });
            found = found.or(is_it.into());
        }
        found
    }

    fn in_period(&mut self, operands: &mut Operands, time: &Expr, period: &Expr) -> Truth {
        let Some((time, Value::Period(period))) = operands.read_both(self, time, period) else {
            return Truth::Unknown;
        };
        let date = operands.in_range(operator::local_date(&time, &self.snapshot.program.calendar.zone));
        date.map(|date| period.contains(date)).into()
    }

    /// Never false: a missing file does not show that nothing was recorded.
    fn covered(&mut self, operands: &mut Operands, fact: FactId, period: Option<&Expr>) -> Truth {
        let gaps = match period.map(|period| operands.read(self, period)) {
            None => self.snapshot.covered_gaps(fact, None),
            Some(Some(Value::Period(period))) => self.snapshot.covered_gaps(fact, Some(period)),
            Some(_) => return Truth::Unknown,
        };
        let covered = gaps.is_empty();
        operands.lack(gaps.into_iter().map(Reason::Gap));
        if covered { Truth::True } else { Truth::Unknown }
    }
}

fn truth_of(value: Option<Value>) -> Truth {
    match value {
        Some(Value::Bool(value)) => value.into(),
        _ => Truth::Unknown,
    }
}

/// Whether what was said counts. What does not is no answer, so that it is unknown, never false.
fn admissible(expr: &Expr, demand: &Bilingual, part: Step) -> Step {
    let refused = (part.truth == Truth::False).then(|| Reason::Inadmissible { demand: demand.clone() });
    let truth = if part.truth == Truth::True { Truth::True } else { Truth::Unknown };
    let reasons = refused.into_iter().collect();
    Step { span: expr.span, truth, kind: StepKind::Admissible, reasons, parts: vec![part] }
}

/// A condition that is made of others.
fn made_of(expr: &Expr, truth: Truth, kind: StepKind, parts: Vec<Step>) -> Step {
    Step { span: expr.span, truth, kind, reasons: Vec::new(), parts }
}
