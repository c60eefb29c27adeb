//! Names and fields: what they stand for.

use kijun_ir::{EnumId, Expr, ExprKind, Kind, Value, VarId};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual, nearest};
use kijun_syntax::ast;

use crate::check::expr::literal_expr;
use crate::check::narrowing::path;
use crate::check::scope::{Local, Scope};
use crate::check::{Checker, constant};
use crate::diagnostics::{KEY, NOT_FIELD_OWNER, UNKNOWN_FIELD, UNKNOWN_VALUE};
use crate::names::{Entity, suggest};

impl Checker<'_> {
    pub(super) fn name(
        &mut self,
        scope: &Scope,
        name: &str,
        span: Span,
        wanted: Option<Kind>,
    ) -> Option<Expr> {
        match scope.get(name) {
            Some(Local::Row(var, fact)) => {
                let (var, fact) = (*var, *fact);
                self.require_key_of_row(fact, name, span)?;
                let field = self.program.facts[fact].key?;
                return Some(Expr::new(ExprKind::Field { var, field }, Kind::Ref(fact), span));
            }
            Some(Local::Reference(expr, _) | Local::Value(expr)) => {
                return Some(Expr { span, ..expr.clone() });
            }
            None => {}
        }
        if let Some(Kind::Enum(id)) = wanted
            && let Some(value) = self.enum_value(id, name)
        {
            return Some(literal_expr(value, Kind::Enum(id), span));
        }
        if name == "today" {
            return Some(Expr::new(ExprKind::Today, Kind::Date, span));
        }
        if let Some(Entity::Param(index)) = self.names.get(name) {
            let param = constant::param_id(self, index)?;
            let kind = self.program.params[param].kind;
            return Some(Expr::new(ExprKind::Param(param), kind, span));
        }
        match wanted {
            Some(Kind::Enum(id)) => self.unknown_value(id, name, span),
            _ => self.unknown_name(name, span, &scope.names()),
        }
        None
    }

    pub(super) fn require_key_of_row(
        &mut self,
        fact: kijun_ir::FactId,
        name: &str,
        span: Span,
    ) -> Option<()> {
        if self.program.facts[fact].key.is_some() {
            return Some(());
        }
        let message = bilingual!("`{name}` は行であって値ではない", "`{name}` is a row, not a value");
        let help = bilingual!("`{name}.項目` のように項目を書く", "name a field: `{name}.field`");
        self.report(Diagnostic::new(&KEY, span, message).help(help));
        None
    }

    pub(super) fn enum_value(&self, id: EnumId, name: &str) -> Option<Value> {
        let values = &self.program.enums[id].values;
        let index = values.iter().position(|value| value.name == name)?;
        u16::try_from(index).ok().map(Value::Enum)
    }

    pub(super) fn unknown_value(&mut self, id: EnumId, name: &str, span: Span) {
        let declared = &self.program.enums[id];
        if declared.values.is_empty() {
            return;
        }
        let label = &declared.name;
        let message =
            bilingual!("選択肢 `{label}` に値 `{name}` はない", "enum `{label}` has no value `{name}`");
        let near = nearest(name, declared.values.iter().map(|value| value.name.as_str()));
        let values: Vec<&str> = declared.values.iter().map(|value| value.name.as_str()).collect();
        let list = values.join(", ");
        let diagnostic = suggest(Diagnostic::new(&UNKNOWN_VALUE, span, message), near);
        self.report(diagnostic.help(bilingual!("値は {list}", "its values are {list}")));
    }

    /// `base.field`
    pub(super) fn field(
        &mut self,
        scope: &mut Scope,
        base: &ast::Expr,
        field: &ast::Name,
        span: Span,
    ) -> Option<Expr> {
        if let ast::ExprKind::Name(name) = &base.kind {
            match scope.get(name).cloned() {
                Some(Local::Row(var, fact)) => return self.row_field(scope, var, fact, field, span),
                Some(Local::Reference(expr, fact)) => return self.follow(scope, expr, fact, field, span),
                Some(Local::Value(_)) => {}
                None if name == "period" => return self.period_end(field, span),
                None => {}
            }
        }
        let base_expr = self.value(scope, base, None)?;
        if let Kind::Ref(fact) = base_expr.ty.kind {
            return self.follow(scope, base_expr, fact, field, span);
        }
        let found = self.type_label(base_expr.ty);
        let message =
            Bilingual::new(format!("{} には項目がない", found.ja), format!("{} has no fields", found.en));
        self.report(Diagnostic::new(&NOT_FIELD_OWNER, base.span, message));
        None
    }

    pub(super) fn row_field(
        &mut self,
        scope: &Scope,
        var: VarId,
        fact: kijun_ir::FactId,
        name: &ast::Name,
        span: Span,
    ) -> Option<Expr> {
        let field = self.field_named(fact, name)?;
        let ty = self.program.facts[fact].fields[field].ty;
        let mut expr = Expr { kind: ExprKind::Field { var, field }, ty, span };
        expr.ty = scope.narrowed_type(path(&expr).as_ref(), ty);
        Some(expr)
    }

    pub(super) fn follow(
        &mut self,
        scope: &Scope,
        base: Expr,
        fact: kijun_ir::FactId,
        name: &ast::Name,
        span: Span,
    ) -> Option<Expr> {
        let field = self.field_named(fact, name)?;
        let ty = self.program.facts[fact].fields[field].ty;
        let mut expr = Expr { kind: ExprKind::Follow { base: Box::new(base), fact, field }, ty, span };
        expr.ty = scope.narrowed_type(path(&expr).as_ref(), ty);
        Some(expr)
    }

    pub(super) fn field_named(
        &mut self,
        fact: kijun_ir::FactId,
        name: &ast::Name,
    ) -> Option<kijun_ir::FieldId> {
        let declared = &self.program.facts[fact];
        if let Some(field) = declared.field(&name.text) {
            return Some(field);
        }
        let text = &name.text;
        let owner = &declared.name;
        let message = bilingual!("`{owner}` に項目 `{text}` はない", "`{owner}` has no field `{text}`");
        let near = nearest(text, declared.fields.values().map(|field| field.name.as_str()));
        let diagnostic = suggest(Diagnostic::new(&UNKNOWN_FIELD, name.span, message), near)
            .and(declared.span, Bilingual::new("証拠の宣言", "the fact is declared here"));
        self.report(diagnostic);
        None
    }

    /// `period.start`, `period.end`
    pub(super) fn period_end(&mut self, field: &ast::Name, span: Span) -> Option<Expr> {
        let kind = match field.text.as_str() {
            "start" => ExprKind::PeriodStart,
            "end" => ExprKind::PeriodEnd,
            other => {
                let message = bilingual!("`period` に `{other}` はない", "`period` has no `{other}`");
                let help = Bilingual::new("`period.start` か `period.end`", "`period.start` or `period.end`");
                self.report(Diagnostic::new(&UNKNOWN_FIELD, field.span, message).help(help));
                return None;
            }
        };
        Some(Expr::new(kind, Kind::Date, span))
    }
}
