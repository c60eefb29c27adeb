//! The expressions whose values the tables say, so that evaluators can be asked for them.

use kijun_source::Span;

use super::{Case, Operator};
use crate::{AggregateOp, Expr, ExprKind, Kind, Quantifier, Type};

/// How the rows of a case are read.
#[derive(Debug, Clone)]
pub struct RowExprs {
    /// The rows, without a condition.
    pub rows: Quantifier,
    /// The field for [`Row::condition`](super::Row::condition).
    pub condition: Expr,
    /// The field for [`Row::has`](super::Row::has).
    pub has: Expr,
    /// The field for [`Row::value`](super::Row::value).
    pub value: Expr,
}

impl Case {
    /// The operator over these operands and rows; `None` where the case has others.
    pub fn expr(&self, operands: Vec<Expr>, rows: Option<RowExprs>) -> Option<Expr> {
        match rows {
            Some(rows) => self.over_rows(operands, rows),
            None => self.over_operands(operands),
        }
    }

    fn over_operands(&self, operands: Vec<Expr>) -> Option<Expr> {
        let mut operands = operands.into_iter();
        let first = Box::new(operands.next()?);
        let span = first.span;
        let mut next = || operands.next().map(Box::new);
        Some(match self.operator {
            Operator::Not => condition(ExprKind::Not(first), span),
            Operator::IsNone => condition(ExprKind::IsNone(first), span),
            Operator::And => condition(ExprKind::And(vec![*first, *next()?]), span),
            Operator::Or => condition(ExprKind::Or(vec![*first, *next()?]), span),
            Operator::Needs => condition(ExprKind::Needs { shown: vec![*first], then: next()? }, span),
            Operator::Compare(op) => condition(ExprKind::Compare { op, left: first, right: next()? }, span),
            Operator::InPeriod => condition(ExprKind::InPeriod { time: first, period: next()? }, span),
            Operator::InCidr => condition(ExprKind::InCidr { ip: first, cidr: next()? }, span),
            Operator::StartsWith => condition(ExprKind::StartsWith { text: first, prefix: next()? }, span),
            Operator::Contains => condition(ExprKind::Contains { text: first, part: next()? }, span),
            Operator::OneOf => {
                condition(ExprKind::OneOf { item: first, list: vec![*next()?, *next()?] }, span)
            }
            Operator::Else => {
                let default = next()?;
                let ty = Type { kind: first.ty.kind, optional: default.ty.optional };
                Expr { kind: ExprKind::Else { value: first, default }, ty, span }
            }
            Operator::If => {
                let (then, otherwise) = (next()?, next()?);
                let ty = Type { kind: then.ty.kind, optional: then.ty.optional || otherwise.ty.optional };
                Expr { kind: ExprKind::If { condition: first, then, otherwise }, ty, span }
            }
            Operator::Arithmetic(op) => {
                let ty = Type::required(first.ty.kind);
                Expr { kind: ExprKind::Arithmetic { op, left: first, right: next()? }, ty, span }
            }
            Operator::Some
            | Operator::No
            | Operator::Every
            | Operator::Count(_)
            | Operator::Aggregate(_)
            | Operator::Covered => return None,
        })
    }

    fn over_rows(&self, operands: Vec<Expr>, rows: RowExprs) -> Option<Expr> {
        let span = rows.rows.span;
        let quantifier = |holds| Box::new(Quantifier { condition: Some(holds), ..rows.rows.clone() });
        let not = |inner| condition(ExprKind::Not(Box::new(inner)), span);
        let some = |holds| condition(ExprKind::Some(quantifier(holds)), span);
        Some(match self.operator {
            Operator::Some => some(rows.condition),
            Operator::No => not(some(rows.condition)),
            Operator::Every => {
                let lacks = condition(ExprKind::And(vec![rows.condition, not(rows.has)]), span);
                not(some(lacks))
            }
            Operator::Count(op) => {
                let bound = Box::new(operands.into_iter().next()?);
                condition(ExprKind::Count { quantifier: quantifier(rows.condition), op, bound }, span)
            }
            Operator::Aggregate(op) => {
                let ty = aggregate_type(op, rows.value.ty.kind);
                let value = (op != AggregateOp::Count).then(|| Box::new(rows.value));
                Expr {
                    kind: ExprKind::Aggregate { op, value, quantifier: quantifier(rows.condition) },
                    ty,
                    span,
                }
            }
            Operator::Covered => condition(ExprKind::Covered { fact: rows.rows.fact, period: None }, span),
            _ => return None,
        })
    }
}

fn condition(kind: ExprKind, span: Span) -> Expr {
    Expr { kind, ty: Type::required(Kind::Bool), span }
}

fn aggregate_type(op: AggregateOp, value: Kind) -> Type {
    match op {
        AggregateOp::Count | AggregateOp::CountDistinct => Type::required(Kind::Int),
        AggregateOp::Sum => Type::required(value),
        AggregateOp::Min | AggregateOp::Max | AggregateOp::First | AggregateOp::Latest => {
            Type { kind: value, optional: true }
        }
    }
}
