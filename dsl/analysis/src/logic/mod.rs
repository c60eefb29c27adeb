//! What is certain of conditions whatever the evidence: what they cannot come to, and which say the same.
//!
//! What is said here is never wrong, and by far not all that could be said. A parameter may have any value.

mod bounds;
mod claims;
mod same;

use kijun_ir::{Expr, ExprKind, Program};

pub(crate) use claims::Claim;

/// Reasons about the conditions of a program.
#[derive(Clone, Copy)]
pub(crate) struct Logic<'a> {
    program: &'a Program,
}

impl<'a> Logic<'a> {
    pub(crate) fn new(program: &'a Program) -> Self {
        Self { program }
    }

    /// An expression without the names that definitions give it.
    pub(crate) fn unnamed<'e>(&self, expr: &'e Expr) -> &'e Expr {
        match &expr.kind {
            ExprKind::Named { body, param: None, .. } => self.unnamed(body),
            _ => expr,
        }
    }
}
