//! What is asked of texts: beginnings, parts, patterns.

use kijun_ir::{Expr, ExprKind, Kind, Pattern};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual};
use kijun_syntax::ast;

use crate::check::Checker;
use crate::check::scope::Scope;
use crate::diagnostics::PATTERN;

impl Checker<'_> {
    pub(super) fn starts_with(
        &mut self,
        scope: &mut Scope,
        text: &ast::Expr,
        prefix: &ast::Expr,
        span: Span,
    ) -> Option<Expr> {
        let (text, prefix) = (self.text_like(scope, text), self.text_like(scope, prefix));
        let kind = ExprKind::StartsWith { text: Box::new(text?), prefix: Box::new(prefix?) };
        Some(Expr::new(kind, Kind::Bool, span))
    }

    pub(super) fn contains(
        &mut self,
        scope: &mut Scope,
        text: &ast::Expr,
        part: &ast::Expr,
        span: Span,
    ) -> Option<Expr> {
        let (text, part) = (self.text_like(scope, text), self.text_like(scope, part));
        let kind = ExprKind::Contains { text: Box::new(text?), part: Box::new(part?) };
        Some(Expr::new(kind, Kind::Bool, span))
    }

    pub(super) fn matches(
        &mut self,
        scope: &mut Scope,
        text: &ast::Expr,
        pattern: &str,
        place: Span,
        span: Span,
    ) -> Option<Expr> {
        let text = self.text_like(scope, text);
        let pattern = self.pattern(pattern, place);
        let kind = ExprKind::Matches { text: Box::new(text?), pattern: pattern? };
        Some(Expr::new(kind, Kind::Bool, span))
    }

    fn pattern(&mut self, written: &str, place: Span) -> Option<Pattern> {
        match Pattern::new(written) {
            Ok(pattern) => Some(pattern),
            Err(error) => {
                let told = error.to_string();
                let reason = reason(&told);
                let message = bilingual!(
                    "このパターンは正規表現ではない: {reason}",
                    "this pattern is not a regular expression: {reason}"
                );
                let slash = u32::from(place.end - place.start == offset(written.len() + 2));
                let at = position(&told, written).map_or(place, |start| {
                    let start = place.start + slash + offset(start);
                    Span { start, end: start + 1, ..place }
                });
                let help = Bilingual::new(
                    "括弧や `.` などを文字そのものとして書くときは `\\(`、`\\.` とする",
                    "for a parenthesis or a dot as such, write `\\(` or `\\.`",
                );
                self.report(Diagnostic::new(&PATTERN, at, message).help(help));
                None
            }
        }
    }

    /// A text, or a key.
    fn text_like(&mut self, scope: &mut Scope, written: &ast::Expr) -> Option<Expr> {
        let expr = self.value(scope, written, Some(Kind::Text))?;
        if matches!(expr.ty.kind, Kind::Text | Kind::Ref(_)) {
            return Some(expr);
        }
        self.mismatch(written.span, Kind::Text, expr.ty);
        None
    }
}

/// The last line of what the `regex` crate says: the reason alone.
fn reason(told: &str) -> &str {
    let last = told.lines().last().unwrap_or(told).trim();
    last.strip_prefix("error: ").unwrap_or(last)
}

/// The byte at which the `regex` crate's caret stands: it draws the pattern indented by four, and carets below.
fn position(told: &str, pattern: &str) -> Option<usize> {
    const INDENT: usize = 4;
    let carets = told.lines().find(|line| line.contains('^') && line.trim().chars().all(|c| c == '^'))?;
    let column = carets.find('^')?.checked_sub(INDENT)?;
    pattern.char_indices().map(|(byte, _)| byte).nth(column)
}

fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
