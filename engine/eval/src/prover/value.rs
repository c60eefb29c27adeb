//! The values of expressions, with what they were read from.

use std::cmp::Ordering;

use kijun_ir::{
    Cell, Edge, Expr, ExprKind, FactId, FactKind, FieldId, Function, ParamValue, Period, Template,
    TemplatePart, Truth, Type, Value, VarId,
};
use kijun_source::Span;

use super::operator;
use super::proof::{Reason, Step, StepKind};
use super::scene::{Bound, Scene};
use super::text::cell_text;
use crate::{AsOf, View};

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

    /// What was missing here and in the conditions inside; nothing where the value is not unknown.
    pub(super) fn lacks(&self) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if self.cell == Cell::Unknown {
            reasons.extend(self.reasons.iter().cloned());
            self.parts.iter().for_each(|part| part.gather(&mut reasons));
        }
        reasons
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
    pub(super) fn cell(&mut self, scene: &mut Scene<'_, '_>, expr: &Expr) -> Cell {
        let reading = scene.value(expr);
        self.values.push((expr.span, reading.cell.clone(), expr.ty));
        self.reasons.extend(reading.reasons);
        self.parts.extend(reading.parts);
        reading.cell
    }

    /// Reads an operand; `None` where it is unknown, or `none` although the operator needs a value.
    pub(super) fn read(&mut self, scene: &mut Scene<'_, '_>, expr: &Expr) -> Option<Value> {
        match self.cell(scene, expr) {
            Cell::Known(value) => Some(value),
            Cell::None => {
                self.reasons.push(scene.lack(expr));
                None
            }
            Cell::Unknown => None,
        }
    }

    /// Reads all of these; `None` where one of them has no value.
    pub(super) fn read_all<'x>(
        &mut self,
        scene: &mut Scene<'_, '_>,
        exprs: impl IntoIterator<Item = &'x Expr>,
    ) -> Option<Vec<Value>> {
        let values: Vec<Option<Value>> = exprs.into_iter().map(|expr| self.read(scene, expr)).collect();
        values.into_iter().collect()
    }

    /// Reads two operands.
    pub(super) fn read_both(
        &mut self,
        scene: &mut Scene<'_, '_>,
        left: &Expr,
        right: &Expr,
    ) -> Option<(Value, Value)> {
        let (left, right) = (self.read(scene, left), self.read(scene, right));
        left.zip(right)
    }

    /// The order of two values; what has none is out of range.
    pub(super) fn order(&mut self, left: &Value, right: &Value) -> Option<Ordering> {
        self.in_range(left.compare(right))
    }

    /// What an operator came to; nothing is out of range.
    pub(super) fn in_range<T>(&mut self, result: Option<T>) -> Option<T> {
        self.or_lack(result, Reason::OutOfRange)
    }

    /// What an operator on days came to; nothing lies beyond the calendar.
    pub(super) fn in_calendar<T>(&mut self, result: Option<T>) -> Option<T> {
        self.or_lack(result, Reason::BeyondCalendar)
    }

    fn or_lack<T>(&mut self, result: Option<T>, reason: Reason) -> Option<T> {
        if result.is_none() {
            self.reasons.push(reason);
        }
        result
    }

    /// Adds what was missing of the evidence itself.
    pub(super) fn lack(&mut self, reasons: impl IntoIterator<Item = Reason>) {
        self.reasons.extend(reasons);
    }

    /// What was missing of the operands, the conditions inside them included.
    pub(super) fn lacks(self) -> Vec<Reason> {
        let mut reasons = self.reasons;
        self.parts.iter().for_each(|part| part.gather(&mut reasons));
        reasons
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

impl Scene<'_, '_> {
    /// The value of an expression.
    pub(super) fn value(&mut self, expr: &Expr) -> Reading {
        let occasion = self.snapshot.occasion;
        match &expr.kind {
            ExprKind::Literal(value) => Reading::known(value.clone()),
            ExprKind::NoneLiteral => Reading::of(Cell::None),
            ExprKind::Today => Reading::known(Value::Date(occasion.today)),
            ExprKind::Period => Reading::known(Value::Period(occasion.period())),
            ExprKind::Moment => Reading::known(Value::DateTime(self.moment)),
            ExprKind::Range { from, to } => self.range(from, to),
            ExprKind::Edge { period, edge } => self.edge(period, *edge),
            ExprKind::Param(param) => match &self.snapshot.program.params[*param].value {
                ParamValue::One(value) => Reading::known(value.clone()),
                ParamValue::List(_) => Reading::lacking(Reason::OutOfRange),
            },
            ExprKind::Field { var, field } => self.field(*var, *field),
            ExprKind::Follow { base, fact, field, at } => self.follow(base, *fact, *field, at.as_deref()),
            ExprKind::Format(template) => self.format(template),
            ExprKind::Arithmetic { op, left, right } => {
                let mut operands = Operands::default();
                let sides = operands.read_both(self, left, right);
                let result = sides.and_then(|(left, right)| {
                    let calendar = &self.snapshot.program.calendar;
                    let result = operator::arithmetic(*op, &left, &right, calendar);
                    match operator::counts_business_days(&right) {
                        true => operands.in_calendar(result),
                        false => operands.in_range(result),
                    }
                });
                operands.reading(result)
            }
            ExprKind::DateOf(inner) => {
                let mut operands = Operands::default();
                let value = operands.read(self, inner);
                let zone = &self.snapshot.program.calendar.zone;
                let date = value.and_then(|value| operands.in_range(operator::local_date(&value, zone)));
                operands.reading(date.map(Value::Date))
            }
            ExprKind::Call { function, arguments } => {
                let mut operands = Operands::default();
                let result = self.call(&mut operands, *function, arguments);
                operands.reading(result)
            }
            ExprKind::If { condition, then, otherwise } => self.choice(condition, then, otherwise),
            ExprKind::Else { value, default } => self.default(value, default),
            ExprKind::Aggregate { op, value, quantifier } => {
                self.aggregate(expr, *op, value.as_deref(), quantifier)
            }
            ExprKind::Named { body, .. } => self.value(body),
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
            | ExprKind::Needs { .. } => reading_of(self.condition(expr)),
        }
    }

    fn range(&mut self, from: &Expr, to: &Expr) -> Reading {
        let mut operands = Operands::default();
        let sides = operands.read_both(self, from, to);
        let period = sides.and_then(|(from, to)| operands.in_range(operator::period(&from, &to)));
        operands.reading(period.map(Value::Period))
    }

    fn edge(&mut self, period: &Expr, edge: Edge) -> Reading {
        let mut operands = Operands::default();
        let value = match (operands.read(self, period), edge) {
            (Some(Value::Period(Period { start, .. })), Edge::Start) => Some(start),
            (Some(Value::Period(Period { end, .. })), Edge::End) => Some(end),
            _ => None,
        };
        operands.reading(value.map(Value::Date))
    }

    /// A text made of others and of values.
    fn format(&mut self, template: &Template) -> Reading {
        let mut operands = Operands::default();
        let parts: Vec<Option<String>> = template
            .parts
            .iter()
            .map(|part| match part {
                TemplatePart::Text(text) => Some(text.clone()),
                TemplatePart::Value(expr) => operands
                    .read(self, expr)
                    .map(|value| cell_text(self.snapshot, &Cell::Known(value), expr.ty)),
            })
            .collect();
        let text: Option<String> = parts.into_iter().collect();
        operands.reading(text.map(|text| Value::text(&text)))
    }

    pub(super) fn call(
        &mut self,
        operands: &mut Operands,
        function: Function,
        arguments: &[Expr],
    ) -> Option<Value> {
        let arguments = operands.read_all(self, arguments)?;
        operands.in_calendar(function.apply(&arguments, &self.snapshot.program.calendar))
    }

    fn field(&self, var: VarId, field: FieldId) -> Reading {
        match self.row_of(var) {
            Some((fact, Bound::Row(view, row, as_of))) => self.cell(fact, view, *row, *as_of, field),
            Some((_, Bound::Cells(cells))) => {
                Reading::of(cells.get(field.0 as usize).cloned().unwrap_or(Cell::Unknown))
            }
            None => Reading::lacking(Reason::OutOfRange),
        }
    }

    fn cell(&self, fact: FactId, view: &View<'_>, row: u32, as_of: AsOf, field: FieldId) -> Reading {
        match view.table().cell(&&self.snapshot.texts, row, field) {
            Cell::Unknown => Reading::lacking(self.missing_cell(fact, row, as_of, field)),
            cell => Reading::of(cell),
        }
    }

    fn missing_cell(&self, fact: FactId, row: u32, as_of: AsOf, field: FieldId) -> Reason {
        match self.snapshot.program.facts[fact].kind {
            FactKind::Relation(_) => Reason::Derived { fact, row, as_of },
            _ => Reason::Missing { fact, row, field },
        }
    }

    /// The field of the one row that a reference names.
    fn follow(&mut self, base: &Expr, fact: FactId, field: FieldId, at: Option<&Expr>) -> Reading {
        let mut operands = Operands::default();
        let key = operands.read(self, base);
        let (as_of, lacks) = self.as_of(at);
        operands.lack(lacks);
        let Some(view) = self.snapshot.view(fact, as_of) else {
            operands.lack([Reason::Gap(as_of.nothing_of(fact))]);
            return operands.reading(None);
        };
        let Some(Value::Text(key)) = key else { return operands.reading(None) };
        match self.row_of_key(fact, &key, as_of) {
            Some(row) => {
                let reading = self.cell(fact, &view, row, as_of, field);
                Reading { parts: operands.parts, ..reading }
            }
            None => {
                operands.lack([Reason::Dangling { fact, key: key.to_string(), as_of }]);
                operands.lack(view.gaps().iter().cloned().map(Reason::Gap));
                operands.reading(None)
            }
        }
    }

    fn row_of_key(&self, fact: FactId, key: &str, as_of: AsOf) -> Option<u32> {
        let code = self.snapshot.texts.code(key)?;
        self.snapshot.row_of_key(fact, code, as_of)
    }

    /// The row that a reference names, and as of when.
    pub(super) fn named_row(&mut self, base: &Expr, fact: FactId, at: Option<&Expr>) -> Option<(u32, AsOf)> {
        let (as_of, _) = self.as_of(at);
        match self.value(base).cell {
            Cell::Known(Value::Text(key)) => Some((self.row_of_key(fact, &key, as_of)?, as_of)),
            _ => None,
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
            ExprKind::Field { var, field } => match self.row_of(*var) {
                Some((fact, Bound::Row(_, row, as_of))) => self.missing_cell(fact, *row, *as_of, *field),
                _ => Reason::OutOfRange,
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
