//! The values of expressions, with what they were read from.

use std::cmp::Ordering;

use kijun_ir::{Cell, Expr, ExprKind, FactId, FactKind, FieldId, Truth, Type, Value, VarId};
use kijun_source::Span;

use super::operator;
use super::proof::{Reason, Step, StepKind};
use crate::prover::Scene;

/// The value of an expression. Reasons say what was missing, and are empty where the value is not unknown.
pub(super) struct Reading {
    pub(super) cell: Cell,
    pub(super) reasons: Vec<Reason>,
    pub(super) parts: Vec<Step>,
}

impl Reading {
    fn of(cell: Cell) -> Self {
        Self { cell, reasons: Vec::new(), parts: Vec::new() }
    }

    fn known(value: Value) -> Self {
        Self::of(Cell::Known(value))
    }

    fn lacking(reason: Reason) -> Self {
        Self { cell: Cell::Unknown, reasons: vec![reason], parts: Vec::new() }
    }
}

/// The operands of one operator, as they are read.
#[derive(Default)]
pub(super) struct Operands {
    values: Vec<(Span, Cell, Type)>,
    reasons: Vec<Reason>,
    parts: Vec<Step>,
}

impl Operands {
    /// Reads an operand that may be `none`.
    pub(super) fn cell(&mut self, scene: &mut Scene<'_>, expr: &Expr) -> Cell {
        let reading = scene.value(expr);
        self.values.push((expr.span, reading.cell.clone(), expr.ty));
        self.reasons.extend(reading.reasons);
        self.parts.extend(reading.parts);
        reading.cell
    }

    /// Reads an operand; `None` where it is unknown, or `none` although the operator needs a value.
    pub(super) fn read(&mut self, scene: &mut Scene<'_>, expr: &Expr) -> Option<Value> {
        match self.cell(scene, expr) {
            Cell::Known(value) => Some(value),
            Cell::None => {
                self.reasons.push(scene.lack(expr));
                None
            }
            Cell::Unknown => None,
        }
    }

    /// The order of two values; what has none is out of range.
    pub(super) fn order(&mut self, left: &Value, right: &Value) -> Option<Ordering> {
        self.in_range(left.compare(right))
    }

    /// What an operator came to; nothing is out of range.
    pub(super) fn in_range<T>(&mut self, result: Option<T>) -> Option<T> {
        if result.is_none() {
            self.reasons.push(Reason::OutOfRange);
        }
        result
    }

    /// Adds what was missing of the evidence itself.
    pub(super) fn lack(&mut self, reasons: impl IntoIterator<Item = Reason>) {
        self.reasons.extend(reasons);
    }

    /// The condition on these operands.
    pub(super) fn step(self, span: Span, truth: Truth) -> Step {
        let reasons = if truth == Truth::Unknown { self.reasons } else { Vec::new() };
        Step { span, truth, kind: StepKind::Values(self.values), reasons, parts: self.parts }
    }

    /// The value computed from these operands; unknown where `None`.
    fn reading(self, value: Option<Value>) -> Reading {
        match value {
            Some(value) => Reading { cell: Cell::Known(value), reasons: Vec::new(), parts: self.parts },
            None => Reading { cell: Cell::Unknown, reasons: self.reasons, parts: self.parts },
        }
    }
}

impl Scene<'_> {
    /// The value of an expression.
    pub(super) fn value(&mut self, expr: &Expr) -> Reading {
        let occasion = self.snapshot.occasion;
        match &expr.kind {
            ExprKind::Literal(value) => Reading::known(value.clone()),
            ExprKind::NoneLiteral => Reading::of(Cell::None),
            ExprKind::Today => Reading::known(Value::Date(occasion.today)),
            ExprKind::PeriodStart => Reading::known(Value::Date(occasion.period_start)),
            ExprKind::PeriodEnd => Reading::known(Value::Date(occasion.period_end)),
            ExprKind::Param(param) => Reading::known(self.snapshot.program.params[*param].value.clone()),
            ExprKind::Field { var, field } => self.field(*var, *field),
            ExprKind::Follow { base, fact, field } => self.follow(base, *fact, *field),
            ExprKind::Arithmetic { op, left, right } => {
                let mut operands = Operands::default();
                let sides = (operands.read(self, left), operands.read(self, right));
                let zone = &self.snapshot.program.zone;
                let result = match sides {
                    (Some(left), Some(right)) => {
                        operands.in_range(operator::arithmetic(*op, &left, &right, zone))
                    }
                    _ => None,
                };
                operands.reading(result)
            }
            ExprKind::DateOf(inner) => {
                let mut operands = Operands::default();
                let value = operands.read(self, inner);
                let zone = &self.snapshot.program.zone;
                let date = value.and_then(|value| operands.in_range(operator::local_date(&value, zone)));
                operands.reading(date.map(Value::Date))
            }
            ExprKind::If { condition, then, otherwise } => self.choice(condition, then, otherwise),
            ExprKind::Else { value, default } => self.default(value, default),
            ExprKind::Named { body, .. } => self.value(body),
            ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Compare { .. }
            | ExprKind::OneOf { .. }
            | ExprKind::InPeriod(_)
            | ExprKind::IsNone(_)
            | ExprKind::StartsWith { .. }
            | ExprKind::Some(_)
            | ExprKind::Count { .. }
            | ExprKind::Covered(_) => reading_of(self.condition(expr)),
        }
    }

    fn field(&self, var: VarId, field: FieldId) -> Reading {
        match self.rows[var] {
            Some(row) => self.cell(self.rule.vars[var].fact, row, field),
            None => Reading::lacking(Reason::OutOfRange),
        }
    }

    fn cell(&self, fact: FactId, row: u32, field: FieldId) -> Reading {
        match self.snapshot.table(fact).cell(&self.snapshot.evidence.dictionary, row, field) {
            Cell::Unknown => Reading::lacking(Reason::Missing { fact, row, field }),
            cell => Reading::of(cell),
        }
    }

    /// The field of the one visible row that a reference names.
    fn follow(&mut self, base: &Expr, fact: FactId, field: FieldId) -> Reading {
        let mut operands = Operands::default();
        let Some(Value::Text(key)) = operands.read(self, base) else { return operands.reading(None) };
        let code = self.snapshot.evidence.dictionary.code(&key);
        match code.and_then(|code| self.snapshot.row_of_key(fact, code)) {
            Some(row) => {
                let reading = self.cell(fact, row, field);
                Reading { parts: operands.parts, ..reading }
            }
            None => {
                operands.lack([Reason::Dangling { fact, key: key.to_string() }]);
                operands.lack(self.state_gaps(fact));
                operands.reading(None)
            }
        }
    }

    /// Why the rows of a state may not all be there. For a log the question would have to have bounds.
    fn state_gaps(&self, fact: FactId) -> Vec<Reason> {
        match self.snapshot.program.facts[fact].kind {
            FactKind::State => {
                self.snapshot.quantifier_gaps(fact, None).into_iter().map(Reason::Gap).collect()
            }
            FactKind::Event { .. } => Vec::new(),
        }
    }

    fn choice(&mut self, condition: &Expr, then: &Expr, otherwise: &Expr) -> Reading {
        let condition = self.condition(condition);
        let chosen = match condition.truth {
            Truth::True => self.value(then),
            Truth::False => self.value(otherwise),
            Truth::Unknown => {
                let (then, otherwise) = (self.value(then), self.value(otherwise));
                if then.cell == otherwise.cell && then.cell != Cell::Unknown {
                    return Reading::of(then.cell);
                }
                unknown_of([then, otherwise])
            }
        };
        let parts = std::iter::once(condition).chain(chosen.parts).collect();
        Reading { cell: chosen.cell, reasons: chosen.reasons, parts }
    }

    fn default(&mut self, value: &Expr, default: &Expr) -> Reading {
        let value = self.value(value);
        if value.cell != Cell::None {
            return value;
        }
        let default = self.value(default);
        let parts = value.parts.into_iter().chain(default.parts).collect();
        Reading { cell: default.cell, reasons: default.reasons, parts }
    }

    /// Why an expression that is `none` where a value is needed has no value.
    pub(super) fn lack(&self, expr: &Expr) -> Reason {
        match &expr.kind {
            ExprKind::Field { var, field } => match self.rows[*var] {
                Some(row) => Reason::Missing { fact: self.rule.vars[*var].fact, row, field: *field },
                None => Reason::OutOfRange,
            },
            ExprKind::Named { body, .. } => self.lack(body),
            _ => Reason::OutOfRange,
        }
    }
}

/// A condition as a value.
fn reading_of(step: Step) -> Reading {
    let cell = match step.truth {
        Truth::True => Cell::Known(Value::Bool(true)),
        Truth::False => Cell::Known(Value::Bool(false)),
        Truth::Unknown => Cell::Unknown,
    };
    Reading { cell, reasons: Vec::new(), parts: vec![step] }
}

/// What is unknown because each of these may be meant.
fn unknown_of(readings: [Reading; 2]) -> Reading {
    let mut unknown = Reading::of(Cell::Unknown);
    for reading in readings {
        unknown.reasons.extend(reading.reasons);
        unknown.parts.extend(reading.parts);
    }
    unknown
}
