//! Operators: what goes together, and what is known of `none` on the way.

use kijun_ir::{ArithmeticOp, CompareOp, Expr, ExprKind, Kind, Value};
use kijun_source::{Bilingual, Diagnostic, Span};
use kijun_syntax::ast::{self, BinaryOp};

use crate::check::Checker;
use crate::check::expr::literal_expr;
use crate::check::narrowing::present_if;
use crate::check::scope::Scope;
use crate::diagnostics::{ALWAYS_UNKNOWN, TYPE_MISMATCH};
use crate::names::Entity;

impl Checker<'_> {
    pub(super) fn negate(
        &mut self,
        scope: &mut Scope,
        inner: &ast::Expr,
        span: Span,
        wanted: Option<Kind>,
    ) -> Option<Expr> {
        let inner = self.value(scope, inner, wanted)?;
        let kind = inner.ty.kind;
        if let ExprKind::Literal(value) = &inner.kind {
            let negated = match value {
                Value::Int(number) => number.checked_neg().map(Value::Int),
                Value::Decimal(number) => Some(Value::Decimal(-*number)),
                Value::Duration(length) => length.checked_neg().map(Value::Duration),
                _ => None,
            };
            if let Some(value) = negated {
                return Some(literal_expr(value, kind, span));
            }
        }
        let zero = match kind {
            Kind::Int => Value::Int(0),
            Kind::Decimal => Value::Decimal(0.into()),
            Kind::Duration => Value::Duration(kijun_ir::Duration::default()),
            _ => {
                let diagnostic = self.mismatch(inner.span, Kind::Int, inner.ty);
                self.report(diagnostic);
                return None;
            }
        };
        let zero = literal_expr(zero, kind, span);
        let kind_of =
            ExprKind::Arithmetic { op: ArithmeticOp::Sub, left: Box::new(zero), right: Box::new(inner) };
        Some(Expr::new(kind_of, kind, span))
    }

    pub(super) fn binary(
        &mut self,
        scope: &mut Scope,
        op: BinaryOp,
        left: &ast::Expr,
        right: &ast::Expr,
        span: Span,
        wanted: Option<Kind>,
    ) -> Option<Expr> {
        match op {
            BinaryOp::And => self.connective(scope, true, left, right, span),
            BinaryOp::Or => self.connective(scope, false, left, right, span),
            BinaryOp::Eq => self.comparison(scope, CompareOp::Eq, left, right, span),
            BinaryOp::Ne => self.comparison(scope, CompareOp::Ne, left, right, span),
            BinaryOp::Lt => self.comparison(scope, CompareOp::Lt, left, right, span),
            BinaryOp::Le => self.comparison(scope, CompareOp::Le, left, right, span),
            BinaryOp::Gt => self.comparison(scope, CompareOp::Gt, left, right, span),
            BinaryOp::Ge => self.comparison(scope, CompareOp::Ge, left, right, span),
            BinaryOp::Add => self.arithmetic(scope, ArithmeticOp::Add, left, right, span, wanted),
            BinaryOp::Sub => self.arithmetic(scope, ArithmeticOp::Sub, left, right, span, wanted),
            BinaryOp::Mul => self.arithmetic(scope, ArithmeticOp::Mul, left, right, span, wanted),
        }
    }

    /// `and`, `or`: the right side is checked knowing what the left one came to. Both sides are checked, whatever is wrong.
    pub(super) fn connective(
        &mut self,
        scope: &mut Scope,
        conjunction: bool,
        left: &ast::Expr,
        right: &ast::Expr,
        span: Span,
    ) -> Option<Expr> {
        let left = self.condition(scope, left);
        let mark = scope.mark();
        if let Some(left) = &left {
            scope.narrow(present_if(left, conjunction));
        }
        self.doubts += usize::from(left.is_none());
        let right = self.condition(scope, right);
        self.doubts -= usize::from(left.is_none());
        scope.back_to(mark);
        let (left, right) = (left?, right?);
        let mut parts = Vec::new();
        for side in [left, right] {
            match side.kind {
                ExprKind::And(inner) if conjunction => parts.extend(inner),
                ExprKind::Or(inner) if !conjunction => parts.extend(inner),
                kind => parts.push(Expr { kind, ..side }),
            }
        }
        let kind = if conjunction { ExprKind::And(parts) } else { ExprKind::Or(parts) };
        Some(Expr::new(kind, Kind::Bool, span))
    }

    pub(super) fn comparison(
        &mut self,
        scope: &mut Scope,
        op: CompareOp,
        left: &ast::Expr,
        right: &ast::Expr,
        span: Span,
    ) -> Option<Expr> {
        if let Some(rows) = counted(left) {
            return self.count(scope, rows, op, right, span);
        }
        if let Some(rows) = counted(right) {
            return self.count(scope, rows, op.flipped(), left, span);
        }
        let (left, right) = self.sides(scope, left, right)?;
        self.compare(op, left, right, span)
    }

    /// Two values that are to be compared: the side that may be the bare name of an enum's value is read
    /// after the other, which says of which enum.
    pub(super) fn sides(
        &mut self,
        scope: &mut Scope,
        left: &ast::Expr,
        right: &ast::Expr,
    ) -> Option<(Expr, Expr)> {
        if self.may_be_enum_value(scope, left) && !self.may_be_enum_value(scope, right) {
            let right = self.value(scope, right, None)?;
            let left = self.value(scope, left, Some(right.ty.kind))?;
            return Some((left, right));
        }
        let left = self.value(scope, left, None);
        let wanted = left.as_ref().map(|left| left.ty.kind);
        let right = self.value(scope, right, wanted);
        Some((left?, right?))
    }

    pub(super) fn may_be_enum_value(&self, scope: &Scope, written: &ast::Expr) -> bool {
        let ast::ExprKind::Name(name) = &written.kind else { return false };
        let declared = name == "today" || matches!(self.names.get(name), Some(Entity::Param(_)));
        scope.get(name).is_none() && !declared
    }

    pub(super) fn compare(&mut self, op: CompareOp, left: Expr, right: Expr, span: Span) -> Option<Expr> {
        let (a, b) = (left.ty.kind, right.ty.kind);
        if !a.equates(b) {
            let mut diagnostic = self.mismatch(right.span, a, right.ty);
            if matches!((a, b), (Kind::Date, Kind::DateTime) | (Kind::DateTime, Kind::Date)) {
                diagnostic = diagnostic.help(Bilingual::new(
                    "`date(日時)` で日付にしてから比べる",
                    "compare dates: `date(datetime)`",
                ));
            }
            self.report(diagnostic);
            return None;
        }
        let by_order = !matches!(op, CompareOp::Eq | CompareOp::Ne);
        if by_order && (!a.is_ordered() || !b.is_ordered()) {
            let label = self.kind_label(a);
            let symbol = op.symbol();
            let message = Bilingual::new(
                format!("{} には大小がないので `{symbol}` で比べられない", label.ja),
                format!("{} has no order, so that `{symbol}` says nothing", label.en),
            );
            self.report(
                Diagnostic::new(&TYPE_MISMATCH, span, message)
                    .help(Bilingual::new("`==` か `!=` を使う", "use `==` or `!=`")),
            );
            return None;
        }
        let kind = ExprKind::Compare { op, left: Box::new(left), right: Box::new(right) };
        Some(Expr::new(kind, Kind::Bool, span))
    }

    pub(super) fn count(
        &mut self,
        scope: &mut Scope,
        rows: &ast::Rows,
        op: CompareOp,
        bound: &ast::Expr,
        span: Span,
    ) -> Option<Expr> {
        let quantifier = self.quantifier(scope, rows, span);
        let bound_expr = self.value(scope, bound, Some(Kind::Int));
        let (quantifier, bound_expr) = (quantifier?, bound_expr?);
        if bound_expr.ty.kind != Kind::Int {
            let diagnostic = self.mismatch(bound.span, Kind::Int, bound_expr.ty);
            self.report(diagnostic);
            return None;
        }
        let kind = ExprKind::Count { quantifier: Box::new(quantifier), op, bound: Box::new(bound_expr) };
        Some(Expr::new(kind, Kind::Bool, span))
    }

    pub(super) fn arithmetic(
        &mut self,
        scope: &mut Scope,
        op: ArithmeticOp,
        left: &ast::Expr,
        right: &ast::Expr,
        span: Span,
        wanted: Option<Kind>,
    ) -> Option<Expr> {
        let numeric = wanted.filter(|kind| matches!(kind, Kind::Int | Kind::Decimal));
        let left = self.value(scope, left, numeric);
        let right = self.value(scope, right, numeric);
        let (left, right) = (left?, right?);
        let Some(kind) = result_kind(op, left.ty.kind, right.ty.kind) else {
            let (a, b) = (self.kind_label(left.ty.kind), self.kind_label(right.ty.kind));
            let sign = match op {
                ArithmeticOp::Add => "+",
                ArithmeticOp::Sub => "-",
                ArithmeticOp::Mul => "*",
            };
            let message = Bilingual::new(
                format!("{} {sign} {} は計算できない", a.ja, b.ja),
                format!("{} {sign} {} has no meaning", a.en, b.en),
            );
            let help = Bilingual::new(
                "計算できるのは、数と数、日付・日時 ± 期間、日付 - 日付、日時 - 日時、期間 * 整数",
                "what has meaning: numbers, date or datetime ± duration, date - date, datetime - datetime, duration * int",
            );
            self.report(Diagnostic::new(&TYPE_MISMATCH, span, message).help(help));
            return None;
        };
        let expr = ExprKind::Arithmetic { op, left: Box::new(left), right: Box::new(right) };
        Some(Expr::new(expr, kind, span))
    }

    /// `x in a to b`: both ends included.
    pub(super) fn in_range(
        &mut self,
        scope: &mut Scope,
        item: &ast::Expr,
        from: &ast::Expr,
        to: &ast::Expr,
        span: Span,
    ) -> Option<Expr> {
        let item = self.value(scope, item, None);
        let wanted = item.as_ref().map(|item| item.ty.kind);
        let from = self.value(scope, from, wanted);
        let to = self.value(scope, to, wanted);
        let (item, from, to) = (item?, from?, to?);
        let lower = self.compare(CompareOp::Ge, item.clone(), from, span)?;
        let upper = self.compare(CompareOp::Le, item, to, span)?;
        Some(Expr::new(ExprKind::And(vec![lower, upper]), Kind::Bool, span))
    }

    pub(super) fn in_list(
        &mut self,
        scope: &mut Scope,
        item: &ast::Expr,
        list: &[ast::Expr],
        span: Span,
    ) -> Option<Expr> {
        let item = self.value(scope, item, None)?;
        if list.is_empty() {
            let message = Bilingual::new("一覧が空である", "the list is empty");
            let help = Bilingual::new("値を一つ以上書く", "write at least one value");
            self.report(Diagnostic::new(&ALWAYS_UNKNOWN, span, message).help(help));
            return None;
        }
        let mut elements = Vec::new();
        for written in list {
            let element = self.value(scope, written, Some(item.ty.kind));
            if let Some(element) = &element
                && !item.ty.kind.equates(element.ty.kind)
            {
                let diagnostic = self.mismatch(element.span, item.ty.kind, element.ty);
                self.report(diagnostic);
            } else {
                elements.extend(element);
            }
        }
        (elements.len() == list.len())
            .then(|| Expr::new(ExprKind::OneOf { item: Box::new(item), list: elements }, Kind::Bool, span))
    }
}

/// The rows that `count` counts, parentheses looked through.
fn counted(written: &ast::Expr) -> Option<&ast::Rows> {
    match &written.kind {
        ast::ExprKind::Count(rows) => Some(rows),
        ast::ExprKind::Group(inner) => counted(inner),
        _ => None,
    }
}

fn result_kind(op: ArithmeticOp, left: Kind, right: Kind) -> Option<Kind> {
    use ArithmeticOp::{Add, Mul, Sub};
    match (op, left, right) {
        (_, Kind::Int, Kind::Int) => Some(Kind::Int),
        (_, Kind::Int | Kind::Decimal, Kind::Int | Kind::Decimal) => Some(Kind::Decimal),
        (Add | Sub, Kind::Date | Kind::DateTime | Kind::Duration, Kind::Duration) => Some(left),
        (Sub, Kind::Date, Kind::Date) | (Sub, Kind::DateTime, Kind::DateTime) => Some(Kind::Duration),
        (Mul, Kind::Duration, Kind::Int) => Some(Kind::Duration),
        _ => None,
    }
}
