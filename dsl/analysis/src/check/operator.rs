//! Operators: what goes together, and what is known of `none` on the way.

use kijun_ir::{AggregateOp, ArithmeticOp, CompareOp, Expr, ExprKind, Kind, Value};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual};
use kijun_syntax::ast::{self, BinaryOp};

use crate::check::Checker;
use crate::check::expr::literal_expr;
use crate::check::narrowing::present_if;
use crate::check::scope::Scope;
use crate::diagnostics::{MAY_BE_NONE, TYPE_MISMATCH};
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
                self.mismatch(inner.span, Kind::Int, inner.ty);
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
            BinaryOp::And | BinaryOp::Or => self.connective(scope, op, left, right, span),
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

    /// `and`, `or`: each side is checked knowing what those before it came to. All are checked, whatever is wrong.
    fn connective(
        &mut self,
        scope: &mut Scope,
        op: BinaryOp,
        left: &ast::Expr,
        right: &ast::Expr,
        span: Span,
    ) -> Option<Expr> {
        let conjunction = op == BinaryOp::And;
        let mark = scope.mark();
        let mut parts = Vec::new();
        let mut wrong = 0;
        for side in sides(op, left, right) {
            match self.condition(scope, side) {
                Some(side) => {
                    scope.narrow(present_if(&side, conjunction));
                    match side.kind {
                        ExprKind::And(inner) if conjunction => parts.extend(inner),
                        ExprKind::Or(inner) if !conjunction => parts.extend(inner),
                        kind => parts.push(Expr { kind, ..side }),
                    }
                }
                None => {
                    wrong += 1;
                    self.doubts += 1;
                }
            }
        }
        self.doubts -= wrong;
        scope.back_to(mark);
        let kind = if conjunction { ExprKind::And(parts) } else { ExprKind::Or(parts) };
        (wrong == 0).then(|| Expr::new(kind, Kind::Bool, span))
    }

    fn comparison(
        &mut self,
        scope: &mut Scope,
        op: CompareOp,
        left: &ast::Expr,
        right: &ast::Expr,
        span: Span,
    ) -> Option<Expr> {
        if [left, right].iter().any(|side| side.kind == ast::ExprKind::None) {
            self.compared_with_none(op, span);
            return None;
        }
        let (left, right) = self.sides(scope, left, right)?;
        self.compare(op, left, right, span)
    }

    /// Reports a comparison with `none`, which is no value.
    fn compared_with_none(&mut self, op: CompareOp, span: Span) {
        let message = Bilingual::new(
            "⟦none|空⟧ は値ではないので、比べられない",
            "⟦none|空⟧ is no value that could be compared",
        );
        let help = match op {
            CompareOp::Ne => {
                bilingual!("⟦x is not none|x が 空でない⟧ と書く", "write ⟦x is not none|x が 空でない⟧")
            }
            _ => bilingual!("⟦x is none|x が 空である⟧ と書く", "write ⟦x is none|x が 空である⟧"),
        };
        self.report(Diagnostic::new(&MAY_BE_NONE, span, message).help(help));
    }

    /// Two values that are to be compared: the side that may be the bare name of an enum's value, or a text that is an address,
    /// is read after the other, which says of which kind it is.
    fn sides(&mut self, scope: &mut Scope, left: &ast::Expr, right: &ast::Expr) -> Option<(Expr, Expr)> {
        if self.takes_kind(scope, left) && !self.takes_kind(scope, right) {
            let right = self.value(scope, right, None);
            let wanted = right.as_ref().map(|right| right.ty.kind);
            // Without the other side it is not known what a bare name may be.
            let left = wanted.and_then(|wanted| self.value(scope, left, Some(wanted)));
            return Some((left?, right?));
        }
        let left = self.value(scope, left, None);
        if left.is_none() && self.takes_kind(scope, right) {
            return None;
        }
        let wanted = left.as_ref().map(|left| left.ty.kind);
        let right = self.value(scope, right, wanted);
        Some((left?, right?))
    }

    /// Whether what is written says its kind only together with what it is compared with.
    fn takes_kind(&self, scope: &Scope, written: &ast::Expr) -> bool {
        match &written.kind {
            ast::ExprKind::Text(_) => true,
            ast::ExprKind::Name(name) => {
                let declared = matches!(self.names.get(self.unit, name), Some(Entity::Param(_)));
                scope.get(name).is_none() && !declared
            }
            ast::ExprKind::Group(inner) => self.takes_kind(scope, inner),
            _ => false,
        }
    }

    pub(super) fn compare(&mut self, op: CompareOp, left: Expr, right: Expr, span: Span) -> Option<Expr> {
        let (a, b) = (left.ty.kind, right.ty.kind);
        if !a.equates(b) {
            let mut diagnostic = self.mismatched(right.span, a, right.ty);
            if matches!((a, b), (Kind::Date, Kind::DateTime) | (Kind::DateTime, Kind::Date)) {
                diagnostic = diagnostic.help(Bilingual::new(
                    "⟦date(日時)|日付(日時)⟧ で日付にしてから比べる",
                    "compare dates: ⟦date(datetime)|日付(日時)⟧",
                ));
            }
            self.report(diagnostic);
            return None;
        }
        let by_order = !matches!(op, CompareOp::Eq | CompareOp::Ne);
        if by_order && (!a.is_ordered() || !b.is_ordered()) {
            self.no_order(op, a, span);
            return None;
        }
        Some(Expr::new(compared(op, left, right), Kind::Bool, span))
    }

    fn no_order(&mut self, op: CompareOp, kind: Kind, span: Span) {
        let label = self.kind_label(kind);
        let symbol = op.symbol();
        let message = Bilingual::new(
            format!("{} には大小がないので `{symbol}` で比べられない", label.ja),
            format!("{} has no order, so that `{symbol}` says nothing", label.en),
        );
        self.report(
            Diagnostic::new(&TYPE_MISMATCH, span, message)
                .help(Bilingual::new("`==` か `!=` を使う", "use `==` or `!=`")),
        );
    }

    fn arithmetic(
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
}

/// The sides of a chain of one operator, which is read from the left: a long one is not deep.
fn sides<'a>(op: BinaryOp, left: &'a ast::Expr, right: &'a ast::Expr) -> Vec<&'a ast::Expr> {
    let mut sides = vec![right];
    let mut rest = left;
    while let ast::ExprKind::Binary(inner, left, right) = &rest.kind
        && *inner == op
    {
        sides.push(right);
        rest = left;
    }
    sides.push(rest);
    sides.reverse();
    sides
}

/// A comparison. That of a count with an integer may be settled before the count is.
fn compared(op: CompareOp, left: Expr, right: Expr) -> ExprKind {
    match (left.kind, right.kind) {
        (ExprKind::Aggregate { op: AggregateOp::Count, quantifier, .. }, bound)
            if right.ty.kind == Kind::Int =>
        {
            ExprKind::Count { quantifier, op, bound: Box::new(Expr { kind: bound, ..right }) }
        }
        (bound, ExprKind::Aggregate { op: AggregateOp::Count, quantifier, .. })
            if left.ty.kind == Kind::Int =>
        {
            let bound = Box::new(Expr { kind: bound, ..left });
            ExprKind::Count { quantifier, op: op.flipped(), bound }
        }
        (a, b) => ExprKind::Compare {
            op,
            left: Box::new(Expr { kind: a, ..left }),
            right: Box::new(Expr { kind: b, ..right }),
        },
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
