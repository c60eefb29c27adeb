//! The values of expressions that read no row: dates written down, parameters, the dates of the run.

use kijun_ir::{ArithmeticOp, Cell, Expr, ExprKind, Program, Value, calendar};

use crate::Occasion;

/// The value of an expression that reads no row; unknown where it reads one or is not of this small kind.
///
/// It only narrows the time about which a population asks, so that not knowing asks for more.
pub(crate) fn value(program: &Program, occasion: Occasion, expr: &Expr) -> Cell {
    known(program, occasion, expr).map_or(Cell::Unknown, Cell::Known)
}

fn known(program: &Program, occasion: Occasion, expr: &Expr) -> Option<Value> {
    match &expr.kind {
        ExprKind::Literal(value) => Some(value.clone()),
        ExprKind::Today => Some(Value::Date(occasion.today)),
        ExprKind::PeriodStart => Some(Value::Date(occasion.period_start)),
        ExprKind::PeriodEnd => Some(Value::Date(occasion.period_end)),
        ExprKind::Param(param) => Some(program.params[*param].value.clone()),
        ExprKind::Named { body, .. } => known(program, occasion, body),
        ExprKind::Arithmetic { op, left, right } => {
            let (Value::Date(date), Value::Duration(length)) =
                (known(program, occasion, left)?, known(program, occasion, right)?)
            else {
                return None;
            };
            let length = match op {
                ArithmeticOp::Add => length,
                ArithmeticOp::Sub => length.checked_neg()?,
                ArithmeticOp::Mul => return None,
            };
            calendar::add_to_date(date, length).map(Value::Date)
        }
        _ => None,
    }
}
