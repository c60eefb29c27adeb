//! The values of expressions that read no row: dates written down, parameters, the dates of the run.

use kijun_ir::{ArithmeticOp, Cell, Edge, Expr, ExprKind, ParamValue, Period, Program, Value};

use crate::Occasion;

/// The value of an expression that reads no row; unknown where it reads one or is not of this small kind.
///
/// It only narrows the time about which a population asks, so that not knowing asks for more.
pub(crate) fn value(program: &Program, occasion: Occasion, expr: &Expr) -> Cell {
    known(program, occasion, expr).map_or(Cell::Unknown, Cell::Known)
}

fn known(program: &Program, occasion: Occasion, expr: &Expr) -> Option<Value> {
    let known = |expr: &Expr| known(program, occasion, expr);
    match &expr.kind {
        ExprKind::Literal(value) => Some(value.clone()),
        ExprKind::Today => Some(Value::Date(occasion.today)),
        ExprKind::Period => Some(Value::Period(occasion.period())),
        ExprKind::Param(param) => match &program.params[*param].value {
            ParamValue::One(value) => Some(value.clone()),
            ParamValue::List(_) => None,
        },
        ExprKind::Named { body, .. } => known(body),
        ExprKind::Range { from, to } => match (known(from)?, known(to)?) {
            (Value::Date(start), Value::Date(end)) => Some(Value::Period(Period { start, end })),
            _ => None,
        },
        ExprKind::Edge { period, edge } => match (known(period)?, edge) {
            (Value::Period(period), Edge::Start) => Some(Value::Date(period.start)),
            (Value::Period(period), Edge::End) => Some(Value::Date(period.end)),
            _ => None,
        },
        ExprKind::Call { function, arguments } => {
            let arguments = arguments.iter().map(known).collect::<Option<Vec<_>>>()?;
            function.apply(&arguments, &program.calendar)
        }
        ExprKind::Arithmetic { op, left, right } => {
            let (Value::Date(date), Value::Duration(length)) = (known(left)?, known(right)?) else {
                return None;
            };
            let length = match op {
                ArithmeticOp::Add => length,
                ArithmeticOp::Sub => length.checked_neg()?,
                ArithmeticOp::Mul => return None,
            };
            program.calendar.add_to_date(date, length).map(Value::Date)
        }
        _ => None,
    }
}
