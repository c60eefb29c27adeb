//! `in`: whether a value lies in a period, a range, a list or a network; and ranges themselves.

use kijun_ir::{CompareOp, Expr, ExprKind, Kind, ParamValue, Period, Value};
use kijun_source::{Bilingual, Diagnostic, Span};
use kijun_syntax::ast;

use crate::check::Checker;
use crate::check::copy::copy;
use crate::check::expr::literal_expr;
use crate::check::scope::Scope;
use crate::diagnostics::{ALWAYS_UNKNOWN, EMPTY_RANGE, TYPE_MISMATCH};
use crate::names::Entity;

impl Checker<'_> {
    pub(super) fn membership(
        &mut self,
        scope: &mut Scope,
        item: &ast::Expr,
        container: &ast::Expr,
        span: Span,
    ) -> Option<Expr> {
        let container = ungrouped(container);
        let item = self.value(scope, item, None);
        match &container.kind {
            ast::ExprKind::List(list) => self.in_list(scope, item?, list, span),
            ast::ExprKind::Range(from, to) => {
                let wanted = item.as_ref().map(|item| item.ty.kind);
                let (from, to) = (self.value(scope, from, wanted), self.value(scope, to, wanted));
                self.in_range(scope, item?, from?, to?, span)
            }
            ast::ExprKind::Name(name) if scope.get(name).is_none() => {
                match self.list_param(name, container.span, span, item.as_ref()) {
                    Some(listed) => listed,
                    None => self.in_value(scope, item, container, span),
                }
            }
            _ => self.in_value(scope, item, container, span),
        }
    }

    /// A period or a network.
    fn in_value(
        &mut self,
        scope: &mut Scope,
        item: Option<Expr>,
        container: &ast::Expr,
        span: Span,
    ) -> Option<Expr> {
        let wanted = match item.as_ref().map(|item| item.ty.kind) {
            Some(Kind::Ip) => Some(Kind::Cidr),
            Some(_) => Some(Kind::Period),
            None => None,
        };
        let within = self.value(scope, container, wanted);
        let (item, within) = (item?, within?);
        match (item.ty.kind, within.ty.kind) {
            (Kind::Date | Kind::DateTime, Kind::Period) => {
                let kind = ExprKind::InPeriod { time: Box::new(item), period: Box::new(within) };
                Some(Expr::new(kind, Kind::Bool, span))
            }
            (Kind::Ip, Kind::Cidr) => {
                let kind = ExprKind::InCidr { ip: Box::new(item), cidr: Box::new(within) };
                Some(Expr::new(kind, Kind::Bool, span))
            }
            (_, Kind::Period) => {
                self.mismatch(item.span, Kind::Date, item.ty);
                None
            }
            (_, Kind::Cidr) => {
                self.mismatch(item.span, Kind::Ip, item.ty);
                None
            }
            _ => {
                self.holds_nothing(&within);
                None
            }
        }
    }

    fn holds_nothing(&mut self, within: &Expr) {
        let found = self.type_label(within.ty);
        let message = Bilingual::new(
            format!("⟦in|にある⟧ の右に {} は書けない", found.ja),
            format!("nothing lies in {}", found.en),
        );
        let help = Bilingual::new(
            "⟦in|にある⟧ の右に書けるのは、期間、⟦a to b|a から b まで⟧、一覧、ネットワーク",
            "what stands on the right of ⟦in|にある⟧: a period, ⟦a to b|a から b まで⟧, a list, a network",
        );
        self.report(Diagnostic::new(&TYPE_MISMATCH, within.span, message).help(help));
    }

    /// `x in a to b`: both ends included. Of days it is a period.
    fn in_range(&mut self, scope: &mut Scope, item: Expr, from: Expr, to: Expr, span: Span) -> Option<Expr> {
        let ends = (from.ty.kind, to.ty.kind);
        if matches!(item.ty.kind, Kind::Date | Kind::DateTime) && ends == (Kind::Date, Kind::Date) {
            let place = from.span.to(to.span);
            let period = self.period(from, to, place)?;
            let kind = ExprKind::InPeriod { time: Box::new(item), period: Box::new(period) };
            return Some(Expr::new(kind, Kind::Bool, span));
        }
        let again = copy(scope, &item);
        let lower = self.compare(CompareOp::Ge, item, from, span)?;
        let upper = self.compare(CompareOp::Le, again, to, span)?;
        Some(Expr::new(ExprKind::And(vec![lower, upper]), Kind::Bool, span))
    }

    fn in_list(&mut self, scope: &mut Scope, item: Expr, list: &[ast::Expr], span: Span) -> Option<Expr> {
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
                self.mismatch(element.span, item.ty.kind, element.ty);
            } else {
                elements.extend(element);
            }
        }
        (elements.len() == list.len())
            .then(|| Expr::new(ExprKind::OneOf { item: Box::new(item), list: elements }, Kind::Bool, span))
    }

    /// Membership in a parameter that is a list; `None` where the name is none.
    #[expect(clippy::option_option, reason = "whether it is a list, and whether it is sound")]
    fn list_param(
        &mut self,
        name: &str,
        place: Span,
        span: Span,
        item: Option<&Expr>,
    ) -> Option<Option<Expr>> {
        let entity = self.names.get(self.unit, name)?;
        let Entity::Param(index) = entity else { return None };
        let id = self.param_id(index)?;
        let param = &self.program.params[id];
        let ParamValue::List(values) = &param.value else { return None };
        let kind = param.kind;
        let list: Vec<Expr> = values.iter().map(|value| literal_expr(value.clone(), kind, place)).collect();
        let name = param.name.clone();
        self.note(entity, place);
        let Some(item) = item else { return Some(None) };
        let is_network = (item.ty.kind, kind) == (Kind::Ip, Kind::Cidr);
        if !is_network && !item.ty.kind.equates(kind) {
            self.mismatch(item.span, kind, item.ty);
            return Some(None);
        }
        let listed = ExprKind::OneOf { item: Box::new(item.clone()), list };
        let body = Box::new(Expr::new(listed, Kind::Bool, span));
        Some(Some(Expr::new(ExprKind::Named { name, param: Some(id), body }, Kind::Bool, span)))
    }

    /// `a to b` where a value stands: a period of two dates.
    pub(super) fn range(
        &mut self,
        scope: &mut Scope,
        from: &ast::Expr,
        to: &ast::Expr,
        span: Span,
    ) -> Option<Expr> {
        let (from, to) = (self.value_of(scope, from, Kind::Date), self.value_of(scope, to, Kind::Date));
        self.period(from?, to?, span)
    }

    /// The period from a date to a date; reports one that is written the wrong way round.
    fn period(&mut self, from: Expr, to: Expr, span: Span) -> Option<Expr> {
        if let (ExprKind::Literal(Value::Date(start)), ExprKind::Literal(Value::Date(end))) =
            (&from.kind, &to.kind)
        {
            let period = Period { start: *start, end: *end };
            if period.start > period.end {
                self.ends_before(span);
                return None;
            }
            return Some(literal_expr(Value::Period(period), Kind::Period, span));
        }
        let kind = ExprKind::Range { from: Box::new(from), to: Box::new(to) };
        Some(Expr::new(kind, Kind::Period, span))
    }

    /// Reports a range whose end is before its beginning.
    pub(super) fn ends_before(&mut self, span: Span) {
        let message = Bilingual::new("範囲の終わりが始まりより前にある", "the range ends before it begins");
        self.report(
            Diagnostic::new(&EMPTY_RANGE, span, message)
                .help(Bilingual::new("順序を入れ替える", "exchange the two")),
        );
    }
}

/// What stands within parentheses.
fn ungrouped(written: &ast::Expr) -> &ast::Expr {
    match &written.kind {
        ast::ExprKind::Group(inner) => ungrouped(inner),
        _ => written,
    }
}
