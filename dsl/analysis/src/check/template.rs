//! Texts with expressions in them: values, and messages.

use kijun_ir::{Class, Expr, ExprKind, Kind, Template, TemplatePart};
use kijun_source::{Bilingual, Diagnostic, bilingual};
use kijun_syntax::ast;
use unicode_normalization::UnicodeNormalization;

use crate::check::Checker;
use crate::check::scope::Scope;
use crate::diagnostics::{SECRET_SHOWN, TYPE_MISMATCH};
use crate::shown::shown;

impl Checker<'_> {
    /// A text made of values, each of which is there.
    pub(super) fn format(&mut self, scope: &mut Scope, written: &ast::Template) -> Option<Expr> {
        let mut template = self.template(scope, written, Checker::value)?;
        normalize(&mut template);
        Some(Expr::new(ExprKind::Format(template), Kind::Text, written.span))
    }

    /// What is said to people; a value that may be `none` is shown as such.
    pub(super) fn message(&mut self, scope: &mut Scope, written: &ast::Template) -> Option<Template> {
        let template = self.template(scope, written, Checker::expr)?;
        self.secrets(scope, &template);
        Some(template)
    }

    fn template(
        &mut self,
        scope: &mut Scope,
        written: &ast::Template,
        value: fn(&mut Self, &mut Scope, &ast::Expr, Option<Kind>) -> Option<Expr>,
    ) -> Option<Template> {
        let mut parts = Vec::new();
        for part in &written.parts {
            parts.push(match part {
                ast::TemplatePart::Text(text) => Some(TemplatePart::Text(text.clone())),
                ast::TemplatePart::Value(expr) => {
                    let value = value(self, scope, expr, None);
                    value.filter(|value| self.says_something(value)).map(TemplatePart::Value)
                }
            });
        }
        Some(Template { parts: parts.into_iter().collect::<Option<Vec<_>>>()? })
    }

    /// Whether a value can be shown; a condition on rows says nothing to a reader.
    fn says_something(&mut self, value: &Expr) -> bool {
        let quantified = matches!(value.kind, ExprKind::Some(_) | ExprKind::Count { .. });
        if quantified {
            let message = Bilingual::new("文言に条件は書けない", "a message cannot show a condition");
            self.report(
                Diagnostic::new(&TYPE_MISMATCH, value.span, message)
                    .help(Bilingual::new("項目の値を示す", "show the value of a field")),
            );
        }
        !quantified
    }

    /// Reports secret fields that a message would show.
    fn secrets(&mut self, scope: &Scope, message: &Template) {
        let fields = message.values().flat_map(|value| shown(&self.program, &scope.vars, value));
        let secret: Vec<(String, kijun_source::Span)> = fields
            .filter(|(field, _)| field.class == Class::Secret)
            .map(|(field, expr)| (field.name.clone(), expr.span))
            .collect();
        for (name, span) in secret {
            let message = bilingual!(
                "秘密の項目 `{name}` は文言に出せない",
                "the secret field `{name}` cannot be shown"
            );
            self.report(
                Diagnostic::new(&SECRET_SHOWN, span, message)
                    .help(Bilingual::new("別の項目で示す", "show another field")),
            );
        }
    }
}

/// Writes the fixed parts as texts are compared: NFKC, without white space at the ends of the whole.
fn normalize(template: &mut Template) {
    let last = template.parts.len().saturating_sub(1);
    for (index, part) in template.parts.iter_mut().enumerate() {
        let TemplatePart::Text(text) = part else { continue };
        let mut normal: String = text.nfkc().collect();
        if index == 0 {
            normal = normal.trim_start().to_owned();
        }
        if index == last {
            normal = normal.trim_end().to_owned();
        }
        *text = normal;
    }
}
