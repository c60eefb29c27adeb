//! What every operator gives for every combination of known, `none` and unknown operands, as data.
//!
//! The tables come from a plain reading of the meanings at the head of `expr.rs`, which shares nothing with the evaluators. A test
//! of an evaluator goes through [`cases`]: it makes a field for each operand and an event for the rows, asks [`Case::expr`] for the
//! expression, and expects [`Case::expected`]. `truth-tables.md` is [`page`].

mod cases;
mod expression;
mod page;
mod reference;

use jiff::civil::Date;

use crate::{AggregateOp, ArithmeticOp, Cell, CompareOp, Truth, Value};

pub use cases::cases;
pub use expression::RowExprs;
pub use page::page;

/// An operator of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operator {
    /// `not a`.
    Not,
    /// `a and b`.
    And,
    /// `a or b`.
    Or,
    /// `if a then b else c`.
    If,
    /// `needs a`, `require b`.
    Needs,
    /// `a else b`.
    Else,
    /// `a is none`.
    IsNone,
    /// `a == b` and the like.
    Compare(CompareOp),
    /// `a in [b, c]`.
    OneOf,
    /// `a in b` of a date and a period.
    InPeriod,
    /// `a in b` of an address and a network.
    InCidr,
    /// `a starts with b`.
    StartsWith,
    /// `a contains b`.
    Contains,
    /// `a + b` and the like.
    Arithmetic(ArithmeticOp),
    /// `some x in rows where condition`.
    Some,
    /// `no x in rows where condition`.
    No,
    /// `every x in rows where condition has has`.
    Every,
    /// `count x in rows where condition >= a` and the like.
    Count(CompareOp),
    /// `sum value over x in rows where condition` and the like.
    Aggregate(AggregateOp),
    /// `covered(rows)`.
    Covered,
}

/// One line of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The operator.
    pub operator: Operator,
    /// Its operands; a condition is a cell of yes, no or unknown.
    pub operands: Vec<Cell>,
    /// The rows that it reads, if it reads any.
    pub rows: Option<Rows>,
    /// What it gives.
    pub expected: Cell,
}

/// The rows of an event, and whether its collections cover the time that is asked about.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// The rows.
    pub rows: Vec<Row>,
    /// Whether there surely are no others.
    pub covered: bool,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Whether the quantifier's condition holds for it.
    pub condition: Truth,
    /// Whether it has what `every` asks of it.
    pub has: Truth,
    /// The value of which an aggregate is made.
    pub value: Cell,
    /// When it happened.
    pub time: Date,
}

/// A truth as the cell of a condition.
pub fn cell_of(truth: Truth) -> Cell {
    match truth {
        Truth::True => Cell::Known(Value::Bool(true)),
        Truth::False => Cell::Known(Value::Bool(false)),
        Truth::Unknown => Cell::Unknown,
    }
}

/// The truth that the cell of a condition says.
pub fn truth_of(cell: &Cell) -> Truth {
    match cell {
        Cell::Known(Value::Bool(holds)) => Truth::from(*holds),
        _ => Truth::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Expr, ExprKind, FactId, FieldId, Kind, Quantifier, Type, VarId};
    use kijun_source::{FileId, Span};

    #[test]
    fn connectives_are_kleenes() {
        let cases = cases();
        let connectives = cases.iter().filter(|case| case.rows.is_none());
        for case in connectives {
            let truths: Vec<Truth> = case.operands.iter().map(truth_of).collect();
            let expected = match (case.operator, truths.as_slice()) {
                (Operator::Not, [a]) => a.not(),
                (Operator::And, [a, b]) => a.and(*b),
                (Operator::Or, [a, b]) => a.or(*b),
                _ => continue,
            };
            assert_eq!(truth_of(&case.expected), expected, "{case:?}");
        }
    }

    #[test]
    fn less_evidence_never_decides_otherwise() {
        for case in cases().iter().filter(|case| case.expected != Cell::Unknown) {
            for less in with_less_evidence(case) {
                let given = reference::outcome(&less);
                assert!(
                    given == case.expected || given == Cell::Unknown,
                    "{case:?} and {given:?} of {less:?}"
                );
            }
        }
    }

    /// The case with one operand, condition or value made unknown, in each way, or with rows that may be missing.
    fn with_less_evidence(case: &Case) -> Vec<Case> {
        let mut less = Vec::new();
        for at in 0..case.operands.len() {
            let mut changed = case.clone();
            changed.operands[at] = Cell::Unknown;
            less.push(changed);
        }
        let rows = case.rows.as_ref().map_or(0, |rows| rows.rows.len());
        for at in 0..rows {
            let changes: [fn(&mut Row); 3] = [
                |row| row.condition = Truth::Unknown,
                |row| row.has = Truth::Unknown,
                |row| row.value = Cell::Unknown,
            ];
            for change in changes {
                let mut changed = case.clone();
                if let Some(rows) = &mut changed.rows {
                    change(&mut rows.rows[at]);
                }
                less.push(changed);
            }
        }
        let mut changed = case.clone();
        if let Some(rows) = &mut changed.rows {
            rows.covered = false;
            less.push(changed);
        }
        less
    }

    #[test]
    fn every_case_has_an_expression() {
        let span = Span::new(FileId(0), 0, 0);
        let field = |kind| Expr {
            kind: ExprKind::Field { var: VarId(0), field: FieldId(0) },
            ty: Type { kind, optional: true },
            span,
        };
        for case in cases() {
            let operands = case.operands.iter().map(|_| field(Kind::Int)).collect();
            let rows = case.rows.as_ref().map(|_| RowExprs {
                rows: Quantifier { var: VarId(0), fact: FactId(0), at: None, condition: None, span },
                condition: field(Kind::Bool),
                has: field(Kind::Bool),
                value: field(Kind::Int),
            });
            assert!(case.expr(operands, rows).is_some(), "{case:?}");
        }
    }

    #[test]
    fn no_case_is_there_twice() {
        let cases = cases();
        for (at, case) in cases.iter().enumerate() {
            assert!(!cases[..at].contains(case), "{case:?}");
        }
    }
}
