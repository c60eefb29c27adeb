//! Calls: definitions put in their place, and the built-in functions.

use kijun_ir::{Expr, ExprKind, FactKind, Index, Kind};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual, nearest};
use kijun_syntax::ast;

use crate::check::Checker;
use crate::check::scope::{Local, Scope};
use crate::diagnostics::{ARGUMENTS, EVENT_TIME, UNKNOWN_FUNCTION};
use crate::names::{Entity, suggest};

/// How deep definitions may use definitions.
const DEEPEST: usize = 32;

impl Checker<'_> {
    pub(super) fn call(
        &mut self,
        scope: &mut Scope,
        name: &ast::Name,
        arguments: &[ast::Expr],
        span: Span,
    ) -> Option<Expr> {
        match name.text.as_str() {
            "date" => return self.date_of(scope, name, arguments, span),
            "covered" => return self.covered(name, arguments, span),
            _ => {}
        }
        let Some(Entity::Define(index)) = self.names.get(&name.text) else {
            if self.names.is_broken(&name.text) {
                return None;
            }
            let text = &name.text;
            let message = bilingual!("定義 `{text}` は宣言されていない", "no definition is named `{text}`");
            let near = self.names.nearest(text, |entity| matches!(entity, Entity::Define(_)));
            let near = near.or_else(|| nearest(text, ["date", "covered"]));
            self.report(suggest(Diagnostic::new(&UNKNOWN_FUNCTION, name.span, message), near));
            return None;
        };
        let define = self.names.defines[index];
        if define.parameters.len() != arguments.len() {
            self.wrong_arguments(name, define.parameters.len(), arguments.len(), Some(define.name.span));
            return None;
        }
        let mut locals = Vec::new();
        for ((parameter, ty), argument) in define.parameters.iter().zip(arguments) {
            let local = self.argument(scope, ty, argument);
            locals.extend(local.map(|local| (parameter.text.clone(), local)));
        }
        if locals.len() != arguments.len() {
            return None;
        }
        self.defines.get(index).copied().flatten()?;
        self.body(scope, define, locals, span)
    }

    /// The body of a definition with its parameters replaced.
    pub(super) fn body(
        &mut self,
        scope: &mut Scope,
        define: &ast::Define,
        locals: Vec<(String, Local)>,
        span: Span,
    ) -> Option<Expr> {
        if scope.depth >= DEEPEST {
            let message = Bilingual::new("定義の入れ子が深すぎる", "definitions use definitions too deeply");
            self.report(Diagnostic::new(&ARGUMENTS, span, message));
            return None;
        }
        let hidden = scope.hide();
        for (name, local) in locals {
            scope.define(&name, local);
        }
        scope.depth += 1;
        let body = self.expr(scope, &define.body, None);
        scope.depth -= 1;
        scope.show(hidden);
        let body = body?;
        let ty = body.ty;
        Some(Expr {
            kind: ExprKind::Named { name: define.name.text.clone(), body: Box::new(body) },
            ty,
            span,
        })
    }

    /// What an argument stands for in the body of a definition.
    pub(super) fn argument(
        &mut self,
        scope: &mut Scope,
        ty: &ast::TypeName,
        argument: &ast::Expr,
    ) -> Option<Local> {
        if !ty.reference
            && let Some(Entity::Fact(fact)) = self.names.get(&ty.name.text)
        {
            let fact = kijun_ir::FactId::from_index(fact);
            return self.row_argument(scope, fact, argument);
        }
        let ty = self.value_type(ty)?;
        let expr = self.expr_of(scope, argument, ty.kind)?;
        let expr = if ty.optional { expr } else { self.present(expr, argument.span)? };
        Some(Local::Value(expr))
    }

    /// A row, or a reference to one.
    pub(super) fn row_argument(
        &mut self,
        scope: &mut Scope,
        fact: kijun_ir::FactId,
        argument: &ast::Expr,
    ) -> Option<Local> {
        if let ast::ExprKind::Name(name) = &argument.kind
            && let Some(local @ (Local::Row(_, given) | Local::Reference(_, given))) = scope.get(name)
            && *given == fact
        {
            return Some(local.clone());
        }
        let expr = self.value(scope, argument, None)?;
        if expr.ty.kind == Kind::Ref(fact) {
            return Some(Local::Reference(expr, fact));
        }
        let diagnostic = self.mismatch(argument.span, Kind::Ref(fact), expr.ty);
        self.report(diagnostic);
        None
    }

    /// `date(datetime)`
    pub(super) fn date_of(
        &mut self,
        scope: &mut Scope,
        name: &ast::Name,
        arguments: &[ast::Expr],
        span: Span,
    ) -> Option<Expr> {
        let [argument] = arguments else {
            self.wrong_arguments(name, 1, arguments.len(), None);
            return None;
        };
        let expr = self.value(scope, argument, Some(Kind::DateTime))?;
        if expr.ty.kind != Kind::DateTime {
            let diagnostic = self.mismatch(argument.span, Kind::DateTime, expr.ty);
            self.report(diagnostic);
            return None;
        }
        Some(Expr::new(ExprKind::DateOf(Box::new(expr)), Kind::Date, span))
    }

    /// `covered(F)`
    pub(super) fn covered(&mut self, name: &ast::Name, arguments: &[ast::Expr], span: Span) -> Option<Expr> {
        let [ast::Expr { kind: ast::ExprKind::Name(fact), span: fact_span }] = arguments else {
            self.wrong_arguments(name, 1, arguments.len(), None);
            return None;
        };
        let fact = self.fact(&ast::Name { text: fact.clone(), span: *fact_span })?;
        if self.program.facts[fact].kind == FactKind::State {
            let message = Bilingual::new(
                "`covered` は出来事の記録に問うもので、状態にはない",
                "`covered` asks about logs of events, not about states",
            );
            let help = Bilingual::new(
                "状態は `fresh within` で鮮度を問う",
                "a state's age is limited by `fresh within`",
            );
            self.report(Diagnostic::new(&EVENT_TIME, *fact_span, message).help(help));
            return None;
        }
        Some(Expr::new(ExprKind::Covered(fact), Kind::Bool, span))
    }

    pub(super) fn wrong_arguments(
        &mut self,
        name: &ast::Name,
        wanted: usize,
        found: usize,
        declared: Option<Span>,
    ) {
        let text = &name.text;
        let message = bilingual!(
            "`{text}` の引数は {wanted} 個だが {found} 個ある",
            "`{text}` takes {wanted} arguments, found {found}"
        );
        let mut diagnostic = Diagnostic::new(&ARGUMENTS, name.span, message);
        if let Some(declared) = declared {
            diagnostic = diagnostic.and(declared, Bilingual::new("ここで宣言", "declared here"));
        }
        self.report(diagnostic);
    }
}
