//! Values made of many rows: counts, sums, extremes, the first and the latest.

use kijun_ir::{AggregateOp, Expr, ExprKind, FactId, FactKind, Kind, Quantifier, Type};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual};
use kijun_syntax::ast;

use crate::check::Checker;
use crate::check::scope::Scope;
use crate::diagnostics::{AGGREGATE, TYPE_MISMATCH};

/// The operator of the checked program.
pub(super) fn lowered(op: ast::AggregateOp) -> AggregateOp {
    match op {
        ast::AggregateOp::Sum => AggregateOp::Sum,
        ast::AggregateOp::Min => AggregateOp::Min,
        ast::AggregateOp::Max => AggregateOp::Max,
        ast::AggregateOp::First => AggregateOp::First,
        ast::AggregateOp::Latest => AggregateOp::Latest,
        ast::AggregateOp::CountDistinct => AggregateOp::CountDistinct,
    }
}

impl Checker<'_> {
    /// A value made of the rows, or of a value of each. It is read knowing what the condition says of the row.
    pub(super) fn aggregate(
        &mut self,
        scope: &mut Scope,
        op: AggregateOp,
        value: Option<&ast::Expr>,
        rows: &ast::Rows,
        span: Span,
    ) -> Option<Expr> {
        let mark = scope.mark();
        let quantifier = self.rows(scope, rows, span);
        let value = match (&quantifier, value) {
            (Some(_), Some(value)) => self.value(scope, value, None).map(Some),
            (Some(_), None) => Some(None),
            (None, _) => None,
        };
        scope.back_to(mark);
        let (quantifier, value) = (quantifier?, value?);
        let ty = self.made_of(op, value.as_ref())?;
        if matches!(op, AggregateOp::First | AggregateOp::Latest) {
            self.want_event(quantifier.fact, rows)?;
        }
        let quantifier = Box::new(quantifier);
        Some(Expr { kind: ExprKind::Aggregate { op, value: value.map(Box::new), quantifier }, ty, span })
    }

    /// The type of what is made of values of that kind; reports a kind of which it cannot be made.
    fn made_of(&mut self, op: AggregateOp, value: Option<&Expr>) -> Option<Type> {
        let kind = value.map(|value| value.ty.kind);
        match (op, kind) {
            (AggregateOp::Count | AggregateOp::CountDistinct, _) => Some(Type::required(Kind::Int)),
            (AggregateOp::Sum, Some(kind @ (Kind::Int | Kind::Decimal | Kind::Duration))) => {
                Some(Type::required(kind))
            }
            (AggregateOp::Min | AggregateOp::Max, Some(kind)) if kind.is_ordered() => {
                Some(Type { kind, optional: true })
            }
            (AggregateOp::First | AggregateOp::Latest, Some(kind)) => Some(Type { kind, optional: true }),
            (_, kind) => {
                let (value, kind) = (value?, self.kind_label(kind?));
                let sum = op == AggregateOp::Sum;
                let message = Bilingual::new(
                    format!("{} の{}はない", kind.ja, if sum { "合計" } else { "最小・最大" }),
                    format!("{} has no {}", kind.en, if sum { "sum" } else { "least and no greatest" }),
                );
                self.report(Diagnostic::new(&TYPE_MISMATCH, value.span, message));
                None
            }
        }
    }

    fn want_event(&mut self, fact: FactId, rows: &ast::Rows) -> Option<()> {
        let fact = &self.program.facts[fact];
        if matches!(fact.kind, FactKind::Event { .. }) {
            return Some(());
        }
        let name = &fact.name;
        let message = bilingual!(
            "`{name}` の行には時の順がないので、最初・最後の行はない",
            "rows of `{name}` have no order in time, so that none is the first or the latest"
        );
        let help = Bilingual::new(
            "出来事の行に使う。状態では ⟦min|最小⟧・⟦max|最大⟧ で日付を比べる",
            "read an event; of a state, compare dates with ⟦min|最小⟧ or ⟦max|最大⟧",
        );
        self.report(Diagnostic::new(&AGGREGATE, rows.var.span, message).help(help));
        None
    }

    /// `some x in R where P`
    pub(super) fn some(&mut self, scope: &mut Scope, rows: &ast::Rows, span: Span) -> Option<Expr> {
        let mark = scope.mark();
        let quantifier = self.rows(scope, rows, span);
        scope.back_to(mark);
        Some(exists(quantifier?, span))
    }

    /// `every x in R where P has C`: no row for which the one holds and the other does not.
    pub(super) fn every(
        &mut self,
        scope: &mut Scope,
        rows: &ast::Rows,
        has: &ast::Expr,
        span: Span,
    ) -> Option<Expr> {
        let mark = scope.mark();
        let quantifier = self.rows(scope, rows, span);
        let has = quantifier.is_some().then(|| self.condition(scope, has));
        scope.back_to(mark);
        let (mut quantifier, has) = (quantifier?, has??);
        let place = has.span;
        let fails = super::expr::negation(has, place);
        quantifier.condition = Some(super::expr::conjunction(quantifier.condition.take(), fails));
        Some(super::expr::negation(exists(quantifier, span), span))
    }
}

/// Whether there is such a row.
fn exists(quantifier: Quantifier, span: Span) -> Expr {
    Expr::new(ExprKind::Some(Box::new(quantifier)), Kind::Bool, span)
}
