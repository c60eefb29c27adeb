//! The layout of expressions: lines break before operators, and what a quantifier or a parenthesis holds stands further
//! right.

use crate::ast::{BinaryOp, Expr, ExprKind, Rows};
use crate::format::document::Document;
use crate::format::{INDENT, Reader};

impl<'a> Reader<'a> {
    /// An expression that stands among others: its further lines begin further right.
    pub(super) fn expr(&mut self, expr: &Expr) -> Document<'a> {
        match &expr.kind {
            ExprKind::Name(_)
            | ExprKind::Int(_)
            | ExprKind::Decimal(_)
            | ExprKind::Text(_)
            | ExprKind::Date(_)
            | ExprKind::Bool(_)
            | ExprKind::None => self.next(),
            ExprKind::DateTime(..) | ExprKind::Duration(..) => self.words(2),
            ExprKind::Group(inner) => {
                let open = self.next();
                let indent = if inner.is_quantifier() { 0 } else { INDENT };
                let inner = Document::indented(indent, vec![self.body(inner)]);
                Document::Sequence(vec![open, inner, self.next()])
            }
            ExprKind::Field(..) => self.access(expr),
            ExprKind::Call(_, arguments) => {
                let name = self.next();
                Document::Sequence(vec![name, self.list(arguments)])
            }
            ExprKind::Not(inner) => {
                Document::Sequence(vec![self.next(), Document::Space(1), self.expr(inner)])
            }
            ExprKind::Negate(inner) => Document::Sequence(vec![self.next(), self.expr(inner)]),
            ExprKind::Binary(op, left, right) => match precedence(*op) {
                Some(_) => Document::indented(INDENT, vec![self.body(expr)]),
                None => self.infix(left, 1, right),
            },
            ExprKind::InRange(item, from, to) => self.range(item, from, to),
            ExprKind::InList(item, list) => {
                let item = self.expr(item);
                Document::Sequence(vec![
                    item,
                    Document::Space(1),
                    self.words(1),
                    Document::Space(1),
                    self.list(list),
                ])
            }
            ExprKind::InPeriod(item) => self.postfix(item, 2),
            ExprKind::IsNone(item) => self.postfix(item, 2),
            ExprKind::IsNotNone(item) => self.postfix(item, 3),
            ExprKind::StartsWith(item, prefix) => self.infix(item, 2, prefix),
            ExprKind::Else(item, default) => self.infix(item, 1, default),
            ExprKind::If(condition, then, otherwise) => {
                let mut parts = vec![self.next(), Document::Space(1), self.expr(condition)];
                for branch in [then, otherwise] {
                    parts.push(Document::SpaceOrBreak);
                    parts.extend([self.next(), Document::Space(1), self.expr(branch)]);
                }
                Document::group(parts)
            }
            ExprKind::Some(rows) | ExprKind::No(rows) | ExprKind::Count(rows) => {
                Document::Sequence(vec![self.next(), Document::Space(1), self.rows(rows)])
            }
        }
    }

    /// An expression whose further lines begin where lines begin.
    pub(super) fn body(&mut self, expr: &Expr) -> Document<'a> {
        let level = match &expr.kind {
            ExprKind::Binary(op, ..) => precedence(*op),
            _ => None,
        };
        match level {
            Some(level) => self.chain(level, expr),
            None => self.expr(expr),
        }
    }

    /// `x in F where …`
    pub(super) fn rows(&mut self, rows: &Rows) -> Document<'a> {
        let head = self.words(3);
        let Some(condition) = &rows.condition else { return head };
        let word = self.next();
        let condition = Document::indented(INDENT, vec![self.body(condition)]);
        Document::Sequence(vec![head, Document::Space(1), word, Document::Space(1), condition])
    }

    /// Operands of one level, each with the operator before it.
    fn chain(&mut self, level: u8, expr: &Expr) -> Document<'a> {
        let mut operands = Vec::new();
        let mut first = expr;
        while let ExprKind::Binary(op, left, right) = &first.kind
            && precedence(*op) == Some(level)
        {
            operands.push(right);
            first = left;
        }
        let mut parts = vec![self.expr(first)];
        for operand in operands.into_iter().rev() {
            parts.push(Document::Sequence(vec![self.next(), Document::Space(1), self.expr(operand)]));
        }
        Document::Fill(parts)
    }

    /// `a.b.c`
    fn access(&mut self, expr: &Expr) -> Document<'a> {
        let mut fields = 0;
        let mut base = expr;
        while let ExprKind::Field(inner, _) = &base.kind {
            fields += 1;
            base = inner;
        }
        let mut parts = vec![self.expr(base)];
        for _ in 0..fields {
            parts.extend([self.next(), self.next()]);
        }
        Document::Sequence(parts)
    }

    /// Two operands with an operator of so many words between them.
    fn infix(&mut self, left: &Expr, words: usize, right: &Expr) -> Document<'a> {
        let left = self.expr(left);
        let rest = vec![Document::SpaceOrBreak, self.words(words), Document::Space(1), self.expr(right)];
        Document::group(vec![left, Document::indented(INDENT, rest)])
    }

    /// `x in a to b`
    fn range(&mut self, item: &Expr, from: &Expr, to: &Expr) -> Document<'a> {
        let item = self.expr(item);
        let mut rest = Vec::new();
        for bound in [from, to] {
            rest.extend([Document::SpaceOrBreak, self.next(), Document::Space(1), self.expr(bound)]);
        }
        Document::group(vec![item, Document::indented(INDENT, rest)])
    }

    /// An operand with so many words behind it.
    fn postfix(&mut self, item: &Expr, words: usize) -> Document<'a> {
        let item = self.expr(item);
        Document::Sequence(vec![item, Document::Space(1), self.words(words)])
    }

    /// `(a, b)` or `[a, b]`
    fn list(&mut self, elements: &[Expr]) -> Document<'a> {
        let open = self.next();
        let mut parts = Vec::new();
        for element in elements {
            let element = self.expr(element);
            parts.push(self.with_comma(element));
        }
        let elements = Document::indented(INDENT, vec![Document::Fill(parts)]);
        Document::Sequence(vec![open, elements, self.next()])
    }
}

/// How tightly the operators bind that follow each other without parentheses; comparisons do not.
fn precedence(op: BinaryOp) -> Option<u8> {
    match op {
        BinaryOp::Or => Some(0),
        BinaryOp::And => Some(1),
        BinaryOp::Add | BinaryOp::Sub => Some(2),
        BinaryOp::Mul => Some(3),
        BinaryOp::Eq | BinaryOp::Ne | BinaryOp::Lt | BinaryOp::Le | BinaryOp::Gt | BinaryOp::Ge => None,
    }
}
