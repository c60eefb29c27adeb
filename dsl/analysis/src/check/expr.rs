//! Expressions: names resolved, types checked, `none` dealt with, lowered.
//!
//! Each method returns `None` where it has reported what is wrong, so that one mistake is reported once.

use kijun_ir::{AggregateOp, Expr, ExprKind, Kind, Type, Value};
use kijun_source::{Bilingual, Diagnostic, Span};
use kijun_syntax::ast;

use crate::check::narrowing::present_if;
use crate::check::scope::{Reading, Scope};
use crate::check::{Checker, aggregate, literal};
use crate::diagnostics::{LIST, MAY_BE_NONE, MOMENT, NEVER_NONE, NOT_CONDITION, TOO_DEEP};

/// How deep expressions may stand in each other, definitions put in their place.
const DEEPEST: usize = 128;

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
        if !matches!(expr.kind, ExprKind::NoneLiteral) {
            self.fits(kind, expr.ty, written.span)?;
        }
        Some(expr)
    }

    /// Reports a value of another kind than is wanted; a text may be the key of a row.
    pub(super) fn fits(&mut self, wanted: Kind, ty: Type, span: Span) -> Option<()> {
        let is_key = matches!((wanted, ty.kind), (Kind::Ref(_), Kind::Text));
        if ty.kind == wanted || is_key {
            return Some(());
        }
        self.mismatch(span, wanted, ty);
        None
    }

    /// A value of a kind that is known beforehand, which is there.
    pub(super) fn value_of(&mut self, scope: &mut Scope, written: &ast::Expr, kind: Kind) -> Option<Expr> {
        let expr = self.value(scope, written, Some(kind))?;
        if expr.ty.kind == kind {
            return Some(expr);
        }
        let mut diagnostic = self.mismatched(written.span, kind, expr.ty);
        if (kind, expr.ty.kind) == (Kind::Date, Kind::DateTime) {
            diagnostic = diagnostic.help(Bilingual::new(
                "⟦date(日時)|日付(日時)⟧ で日付にする",
                "take its day: ⟦date(datetime)|日付(日時)⟧",
            ));
        }
        self.report(diagnostic);
        None
    }

    /// An expression. `wanted` is the kind that its surroundings want, if they do; it settles what an enum's value
    /// belongs to, makes whole numbers decimals and texts addresses, no more.
    pub(super) fn expr(
        &mut self,
        scope: &mut Scope,
        written: &ast::Expr,
        wanted: Option<Kind>,
    ) -> Option<Expr> {
        if self.depth >= DEEPEST {
            self.too_deep(written.span);
            return None;
        }
        self.depth += 1;
        let expr = self.lowered(scope, written, wanted);
        self.depth -= 1;
        expr
    }

    /// Reports expressions in expressions beyond what can be checked; where definitions bring them about, the call.
    fn too_deep(&mut self, span: Span) {
        let place = if self.inlined > 0 { self.expansion.span } else { span };
        let message = Bilingual::new("式の入れ子が深すぎる", "expressions stand in expressions too deeply");
        let help = Bilingual::new("一部を関係か表にする", "make a relation or a table of a part of it");
        self.report(Diagnostic::new(&TOO_DEEP, place, message).help(help));
    }

    fn lowered(&mut self, scope: &mut Scope, written: &ast::Expr, wanted: Option<Kind>) -> Option<Expr> {
        use ast::ExprKind as Written;
        let span = written.span;
        match &written.kind {
            Written::Group(inner) => self.expr(scope, inner, wanted),
            Written::Name(name) => self.name(scope, name, span, wanted),
            Written::Today => Some(Expr::new(ExprKind::Today, Kind::Date, span)),
            Written::Period => Some(Expr::new(ExprKind::Period, Kind::Period, span)),
            Written::Moment => self.moment(scope, span),
            Written::Int(_)
            | Written::Decimal(_)
            | Written::Text(_)
            | Written::Date(_)
            | Written::DateTime(..)
            | Written::FiscalYear(_)
            | Written::Duration(..)
            | Written::Bool(_) => {
                let (value, kind) = literal::value(self, written, wanted)?;
                Some(literal_expr(value, kind, span))
            }
            Written::None => Some(Expr {
                kind: ExprKind::NoneLiteral,
                ty: Type { kind: wanted.unwrap_or(Kind::Text), optional: true },
                span,
            }),
            Written::Template(template) => self.format(scope, template),
            Written::Field(base, field) => self.field(scope, base, field, span),
            Written::Call(name, arguments) => self.call(scope, name, arguments, span),
            Written::Builtin(function, place, arguments) => {
                self.builtin(scope, *function, *place, arguments, span)
            }
            Written::Covered(fact, period) => self.covered(scope, fact, period.as_deref(), span),
            Written::Not(inner) => {
                let inner = self.condition(scope, inner)?;
                Some(negation(inner, span))
            }
            Written::Negate(inner) => self.negate(scope, inner, span, wanted),
            Written::Binary(op, left, right) => self.binary(scope, *op, left, right, span, wanted),
            Written::Range(from, to) => self.range(scope, from, to, span),
            Written::List(_) => {
                self.lone_list(span);
                None
            }
            Written::In(item, container) => self.membership(scope, item, container, span),
            Written::IsNone(value) => self.is_none(scope, value, span),
            Written::IsNotNone(value) => {
                let is_none = self.is_none(scope, value, span)?;
                Some(negation(is_none, span))
            }
            Written::StartsWith(text, prefix) => self.starts_with(scope, text, prefix, span),
            Written::Contains(text, part) => self.contains(scope, text, part, span),
            Written::Matches(text, pattern, place) => self.matches(scope, text, pattern, *place, span),
            Written::Else(value, default) => self.otherwise(scope, value, default, span, wanted),
            Written::If(condition, then, otherwise) => {
                self.choice(scope, condition, [then, otherwise], span, wanted)
            }
            Written::Some(rows) => self.some(scope, rows, span),
            Written::No(rows) => {
                let some = self.some(scope, rows, span)?;
                Some(negation(some, span))
            }
            Written::Every(rows, has) => self.every(scope, rows, has, span),
            Written::Count(rows) => self.aggregate(scope, AggregateOp::Count, None, rows, span),
            Written::Aggregate(op, value, rows) => {
                self.aggregate(scope, aggregate::lowered(*op), Some(value), rows, span)
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
        if !expr.ty.optional || self.doubts > 0 || self.is_settled() {
            return Some(expr);
        }
        let message = Bilingual::new("この値はない（none）ことがある", "this value may be none");
        let help = Bilingual::new(
            "先に場合を分ける: ⟦x is none or …|x が 空である または …⟧、⟦x is not none and …|x が 空でない かつ …⟧、⟦x else 既定値|x なければ 既定値⟧",
            "deal with that first: ⟦x is none or …|x が 空である または …⟧, ⟦x is not none and …|x が 空でない かつ …⟧, ⟦x else default|x なければ 既定値⟧",
        );
        self.report(Diagnostic::new(&MAY_BE_NONE, span, message).help(help));
        None
    }

    /// Whether `none` has been dealt with, whatever it looks like here: in the body of a definition, which was checked with the types of its
    /// parameters.
    fn is_settled(&self) -> bool {
        self.inlined > 0
    }

    /// `moment`, where there is one.
    fn moment(&mut self, scope: &Scope, span: Span) -> Option<Expr> {
        if scope.reading != Reading::Today {
            return Some(Expr::new(ExprKind::Moment, Kind::DateTime, span));
        }
        let message = Bilingual::new(
            "⟦moment|その時点⟧ があるのは、関係と、期間を通じて判定する規則だけである",
            "only relations and rules that are judged throughout the period have a ⟦moment|その時点⟧",
        );
        let help = Bilingual::new("⟦today|判定日⟧ を使う", "use ⟦today|判定日⟧");
        self.report(Diagnostic::new(&MOMENT, span, message).help(help));
        None
    }

    /// Reports a list that is not on the right of `in`.
    pub(super) fn lone_list(&mut self, span: Span) {
        let message = Bilingual::new(
            "一覧は ⟦in|にある⟧ の右にだけ書ける",
            "a list stands only on the right of ⟦in|にある⟧",
        );
        let help = Bilingual::new(
            "⟦x in [a, b]|x が [a, b] にある⟧ のように書く",
            "write ⟦x in [a, b]|x が [a, b] にある⟧",
        );
        self.report(Diagnostic::new(&LIST, span, message).help(help));
    }

    fn is_none(&mut self, scope: &mut Scope, value: &ast::Expr, span: Span) -> Option<Expr> {
        let value_expr = self.expr(scope, value, None)?;
        if !value_expr.ty.optional && !self.is_settled() {
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

    fn otherwise(
        &mut self,
        scope: &mut Scope,
        value: &ast::Expr,
        default: &ast::Expr,
        span: Span,
        wanted: Option<Kind>,
    ) -> Option<Expr> {
        let value_expr = self.expr(scope, value, wanted)?;
        if !value_expr.ty.optional && !self.is_settled() {
            let message = Bilingual::new(
                "この値は必ずあるので ⟦else|なければ⟧ は要らない",
                "this value is always there, so that ⟦else|なければ⟧ never counts",
            );
            self.report(
                Diagnostic::new(&NEVER_NONE, value.span, message)
                    .help(Bilingual::new("⟦else …|なければ …⟧ を消す", "remove ⟦else …|なければ …⟧"))
                    .fix(
                        Span { start: value.span.end, ..span },
                        "",
                        Bilingual::new("⟦else …|なければ …⟧ を消す", "remove ⟦else …|なければ …⟧"),
                    ),
            );
            return None;
        }
        let kind = value_expr.ty.kind;
        let default_expr = self.expr_of(scope, default, kind)?;
        let ty = Type { kind, optional: default_expr.ty.optional };
        let kind = ExprKind::Else { value: Box::new(value_expr), default: Box::new(default_expr) };
        Some(Expr { kind, ty, span })
    }

    fn choice(
        &mut self,
        scope: &mut Scope,
        condition: &ast::Expr,
        [then, otherwise]: [&ast::Expr; 2],
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
            self.mismatch(otherwise.span, then_expr.ty.kind, otherwise_expr.ty);
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
}

/// A value written in the ruleset.
pub(super) fn literal_expr(value: Value, kind: Kind, span: Span) -> Expr {
    Expr::new(ExprKind::Literal(value), kind, span)
}

/// That a condition does not hold.
pub(super) fn negation(condition: Expr, span: Span) -> Expr {
    Expr::new(ExprKind::Not(Box::new(condition)), Kind::Bool, span)
}

/// That two conditions hold; one that is none always does.
pub(super) fn conjunction(left: Option<Expr>, right: Expr) -> Expr {
    let Some(left) = left else { return right };
    let span = if left.span.file == right.span.file { left.span.to(right.span) } else { right.span };
    let mut parts = parts(left);
    parts.extend(self::parts(right));
    Expr::new(ExprKind::And(parts), Kind::Bool, span)
}

fn parts(condition: Expr) -> Vec<Expr> {
    match condition.kind {
        ExprKind::And(parts) => parts,
        kind => vec![Expr { kind, ..condition }],
    }
}
