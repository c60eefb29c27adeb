//! Expressions: names resolved, types checked, `none` dealt with, lowered.
//!
//! Each method returns `None` where it has reported what is wrong, so that one mistake is reported once.

use kijun_ir::{Expr, ExprKind, Kind, Quantifier, Type, Value};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual};
use kijun_syntax::ast;

use crate::check::narrowing::present_if;
use crate::check::scope::Scope;
use crate::check::{Checker, literal};
use crate::diagnostics::{BAD_COUNT, MAY_BE_NONE, NEVER_NONE, NOT_CONDITION, SHADOWED};

impl Checker<'_> {
    /// A condition.
    pub(super) fn condition(&mut self, scope: &mut Scope, written: &ast::Expr) -> Option<Expr> {
        let expr = self.expr(scope, written, Some(Kind::Bool))?;
        if expr.ty.kind != Kind::Bool {
            let found = self.type_label(expr.ty);
            let message = Bilingual::new(
                format!("条件が要るところに {} がある", found.ja),
                format!("expected a condition, found {}", found.en),
            );
            self.report(
                Diagnostic::new(&NOT_CONDITION, written.span, message)
                    .help(Bilingual::new("`==` などで比べる", "compare it with something, such as `==`")),
            );
            return None;
        }
        self.present(expr, written.span)
    }

    /// An expression of a kind that is known beforehand.
    pub(super) fn expr_of(&mut self, scope: &mut Scope, written: &ast::Expr, kind: Kind) -> Option<Expr> {
        let expr = self.expr(scope, written, Some(kind))?;
        let fits = expr.ty.kind == kind || matches!(expr.kind, ExprKind::NoneLiteral);
        let text_as_key = matches!((kind, expr.ty.kind), (Kind::Ref(_), Kind::Text));
        if !fits && !text_as_key {
            let diagnostic = self.mismatch(written.span, kind, expr.ty);
            self.report(diagnostic);
            return None;
        }
        Some(expr)
    }

    /// An expression. `wanted` is the kind that its surroundings want, if they do; it settles what an enum's value
    /// belongs to and makes whole numbers decimals, no more.
    pub(super) fn expr(
        &mut self,
        scope: &mut Scope,
        written: &ast::Expr,
        wanted: Option<Kind>,
    ) -> Option<Expr> {
        use ast::ExprKind as Written;
        let span = written.span;
        match &written.kind {
            Written::Group(inner) => self.expr(scope, inner, wanted),
            Written::Name(name) => self.name(scope, name, span, wanted),
            Written::Int(number) if wanted == Some(Kind::Decimal) => {
                Some(literal_expr(Value::Decimal((*number).into()), Kind::Decimal, span))
            }
            Written::Int(number) => Some(literal_expr(Value::Int(*number), Kind::Int, span)),
            Written::Decimal(digits) => match digits.parse() {
                Ok(number) => Some(literal_expr(Value::Decimal(number), Kind::Decimal, span)),
                Err(_) => {
                    literal::out_of_range(self, span);
                    None
                }
            },
            Written::Text(text) => Some(literal_expr(literal::text(text), Kind::Text, span)),
            Written::Date(text) => {
                let date = literal::date(self, text, span)?;
                Some(literal_expr(Value::Date(date), Kind::Date, span))
            }
            Written::DateTime(day, time) => {
                let instant = literal::instant(self, day, time, span)?;
                Some(literal_expr(Value::DateTime(instant), Kind::DateTime, span))
            }
            Written::Duration(amount, unit) => match literal::duration(*amount, *unit) {
                Some(length) => Some(literal_expr(Value::Duration(length), Kind::Duration, span)),
                None => {
                    literal::out_of_range(self, span);
                    None
                }
            },
            Written::Bool(value) => Some(literal_expr(Value::Bool(*value), Kind::Bool, span)),
            Written::None => Some(Expr {
                kind: ExprKind::NoneLiteral,
                ty: Type { kind: wanted.unwrap_or(Kind::Text), optional: true },
                span,
            }),
            Written::Field(base, field) => self.field(scope, base, field, span),
            Written::Call(name, arguments) => self.call(scope, name, arguments, span),
            Written::Not(inner) => {
                let inner = self.condition(scope, inner)?;
                Some(Expr::new(ExprKind::Not(Box::new(inner)), Kind::Bool, span))
            }
            Written::Negate(inner) => self.negate(scope, inner, span, wanted),
            Written::Binary(op, left, right) => self.binary(scope, *op, left, right, span, wanted),
            Written::InRange(item, from, to) => self.in_range(scope, item, from, to, span),
            Written::InList(item, list) => self.in_list(scope, item, list, span),
            Written::InPeriod(item) => {
                let item = self.value(scope, item, Some(Kind::Date))?;
                self.want_time(&item)?;
                Some(Expr::new(ExprKind::InPeriod(Box::new(item)), Kind::Bool, span))
            }
            Written::IsNone(value) => self.is_none(scope, value, span),
            Written::IsNotNone(value) => {
                let is_none = self.is_none(scope, value, span)?;
                Some(Expr::new(ExprKind::Not(Box::new(is_none)), Kind::Bool, span))
            }
            Written::StartsWith(text, prefix) => {
                let text = self.text_like(scope, text)?;
                let prefix = self.text_like(scope, prefix)?;
                let kind = ExprKind::StartsWith { text: Box::new(text), prefix: Box::new(prefix) };
                Some(Expr::new(kind, Kind::Bool, span))
            }
            Written::Else(value, default) => self.otherwise(scope, value, default, span, wanted),
            Written::If(condition, then, otherwise) => {
                self.choice(scope, condition, then, otherwise, span, wanted)
            }
            Written::Some(rows) => {
                let quantifier = self.quantifier(scope, rows, span)?;
                Some(Expr::new(ExprKind::Some(Box::new(quantifier)), Kind::Bool, span))
            }
            Written::No(rows) => {
                let quantifier = self.quantifier(scope, rows, span)?;
                let some = Expr::new(ExprKind::Some(Box::new(quantifier)), Kind::Bool, span);
                Some(Expr::new(ExprKind::Not(Box::new(some)), Kind::Bool, span))
            }
            Written::Count(_) => {
                let message =
                    Bilingual::new("`count` は比較の中でだけ使える", "`count` stands in a comparison only");
                self.report(Diagnostic::new(&BAD_COUNT, span, message).help(Bilingual::new(
                    "`(count x in F where …) >= 2` のように書く",
                    "write `(count x in F where …) >= 2`",
                )));
                None
            }
        }
    }

    /// An expression whose value is there.
    pub(super) fn value(
        &mut self,
        scope: &mut Scope,
        written: &ast::Expr,
        wanted: Option<Kind>,
    ) -> Option<Expr> {
        let expr = self.expr(scope, written, wanted)?;
        self.present(expr, written.span)
    }

    /// Reports a value that may be `none` where one is needed.
    pub(super) fn present(&mut self, expr: Expr, span: Span) -> Option<Expr> {
        if !expr.ty.optional || self.doubts > 0 {
            return Some(expr);
        }
        let message = Bilingual::new("この値はない（none）ことがある", "this value may be none");
        let help = Bilingual::new(
            "先に場合を分ける: `x is none or …`、`x is not none and …`、`x else 既定値`",
            "deal with that first: `x is none or …`, `x is not none and …`, `x else default`",
        );
        self.report(Diagnostic::new(&MAY_BE_NONE, span, message).help(help));
        None
    }

    pub(super) fn is_none(&mut self, scope: &mut Scope, value: &ast::Expr, span: Span) -> Option<Expr> {
        let value_expr = self.expr(scope, value, None)?;
        if !value_expr.ty.optional {
            let message = Bilingual::new("この値は必ずある", "this value is always there");
            let help = Bilingual::new(
                "証拠で空になりうる項目なら、型に `?` を付ける。空欄が欠落なら、判定不能として扱われる",
                "if the evidence may say that there is none, give the field a type with `?`; an empty cell of a required field is unknown, not none",
            );
            self.report(Diagnostic::new(&NEVER_NONE, value.span, message).help(help));
            return None;
        }
        Some(Expr::new(ExprKind::IsNone(Box::new(value_expr)), Kind::Bool, span))
    }

    pub(super) fn otherwise(
        &mut self,
        scope: &mut Scope,
        value: &ast::Expr,
        default: &ast::Expr,
        span: Span,
        wanted: Option<Kind>,
    ) -> Option<Expr> {
        let value_expr = self.expr(scope, value, wanted)?;
        if !value_expr.ty.optional {
            let message = Bilingual::new(
                "この値は必ずあるので `else` は要らない",
                "this value is always there, so that `else` never counts",
            );
            self.report(
                Diagnostic::new(&NEVER_NONE, value.span, message)
                    .help(Bilingual::new("`else …` を消す", "remove `else …`")),
            );
            return None;
        }
        let kind = value_expr.ty.kind;
        let default_expr = self.expr(scope, default, Some(kind))?;
        if !kind.equates(default_expr.ty.kind) {
            let diagnostic = self.mismatch(default.span, kind, default_expr.ty);
            self.report(diagnostic);
            return None;
        }
        let ty = Type { kind, optional: default_expr.ty.optional };
        let kind = ExprKind::Else { value: Box::new(value_expr), default: Box::new(default_expr) };
        Some(Expr { kind, ty, span })
    }

    pub(super) fn choice(
        &mut self,
        scope: &mut Scope,
        condition: &ast::Expr,
        then: &ast::Expr,
        otherwise: &ast::Expr,
        span: Span,
        wanted: Option<Kind>,
    ) -> Option<Expr> {
        let condition = self.condition(scope, condition)?;
        let mark = scope.mark();
        scope.narrow(present_if(&condition, true));
        let then_expr = self.expr(scope, then, wanted);
        scope.back_to(mark);
        let wanted = wanted.or(then_expr.as_ref().map(|then| then.ty.kind));
        scope.narrow(present_if(&condition, false));
        let otherwise_expr = self.expr(scope, otherwise, wanted);
        scope.back_to(mark);
        let (then_expr, otherwise_expr) = (then_expr?, otherwise_expr?);
        if then_expr.ty.kind != otherwise_expr.ty.kind {
            let diagnostic = self.mismatch(otherwise.span, then_expr.ty.kind, otherwise_expr.ty);
            self.report(diagnostic);
            return None;
        }
        let ty =
            Type { kind: then_expr.ty.kind, optional: then_expr.ty.optional || otherwise_expr.ty.optional };
        let kind = ExprKind::If {
            condition: Box::new(condition),
            then: Box::new(then_expr),
            otherwise: Box::new(otherwise_expr),
        };
        Some(Expr { kind, ty, span })
    }

    pub(super) fn text_like(&mut self, scope: &mut Scope, written: &ast::Expr) -> Option<Expr> {
        let expr = self.value(scope, written, Some(Kind::Text))?;
        if matches!(expr.ty.kind, Kind::Text | Kind::Ref(_)) {
            return Some(expr);
        }
        let diagnostic = self.mismatch(written.span, Kind::Text, expr.ty);
        self.report(diagnostic);
        None
    }

    pub(super) fn want_time(&mut self, expr: &Expr) -> Option<()> {
        if matches!(expr.ty.kind, Kind::Date | Kind::DateTime) {
            return Some(());
        }
        let diagnostic = self.mismatch(expr.span, Kind::Date, expr.ty);
        self.report(diagnostic);
        None
    }

    /// The rows of a fact for which a condition holds, as an expression asks for them.
    pub(super) fn quantifier(
        &mut self,
        scope: &mut Scope,
        rows: &ast::Rows,
        span: Span,
    ) -> Option<Quantifier> {
        let mark = scope.mark();
        let quantifier = self.rows(scope, rows, span);
        scope.back_to(mark);
        quantifier
    }

    /// The rows of a fact for which a condition holds; the variable stays bound, and what the condition says of `none` stays noted.
    pub(super) fn rows(&mut self, scope: &mut Scope, rows: &ast::Rows, span: Span) -> Option<Quantifier> {
        let fact = self.fact(&rows.fact);
        if scope.get(&rows.var.text).is_some() {
            let name = &rows.var.text;
            let message = bilingual!("`{name}` は外側で使われている", "`{name}` is in use outside");
            self.report(
                Diagnostic::new(&SHADOWED, rows.var.span, message)
                    .help(Bilingual::new("別の名前にする", "choose another name")),
            );
            return None;
        }
        let fact = fact?;
        let var = scope.bind(&rows.var.text, fact);
        let condition = match &rows.condition {
            Some(written) => Some(self.condition(scope, written)?),
            None => None,
        };
        scope.narrow(condition.iter().flat_map(|condition| present_if(condition, true)).collect());
        Some(Quantifier { var, fact, condition, span })
    }
}

/// A value written in the ruleset.
pub(super) fn literal_expr(value: Value, kind: Kind, span: Span) -> Expr {
    Expr::new(ExprKind::Literal(value), kind, span)
}
