//! The functions of the language.

use kijun_ir::{Expr, ExprKind, FactKind, Function, Kind};
use kijun_source::{Bilingual, Diagnostic, Span};
use kijun_syntax::ast::{self, Builtin};

use crate::check::Checker;
use crate::check::call::Call;
use crate::check::scope::Scope;
use crate::diagnostics::EVENT_TIME;

impl Checker<'_> {
    pub(super) fn builtin(
        &mut self,
        scope: &mut Scope,
        written: Builtin,
        place: Span,
        arguments: &[ast::Expr],
        span: Span,
    ) -> Option<Expr> {
        let function = function(written);
        let date_of: &[Kind] = &[Kind::DateTime];
        let (kinds, kind) = function.map_or((date_of, Kind::Date), Function::signature);
        if kinds.len() != arguments.len() {
            let labels: Vec<String> = kinds.iter().map(|kind| self.kind_label(*kind).en).collect();
            let wanted: Vec<&str> = labels.iter().map(String::as_str).collect();
            let name = written.spelling(ast::Spelling::English);
            self.wrong_arguments(Call { name, span: place, given: arguments.len() }, &wanted, None);
            return None;
        }
        let checked: Vec<Option<Expr>> = arguments
            .iter()
            .zip(kinds)
            .map(|(argument, kind)| self.value_of(scope, argument, *kind))
            .collect();
        let mut arguments: Vec<Expr> = checked.into_iter().collect::<Option<_>>()?;
        let kind_of = match (function, arguments.pop()) {
            (None, Some(instant)) => ExprKind::DateOf(Box::new(instant)),
            (Some(function), last) => {
                arguments.extend(last);
                ExprKind::Call { function, arguments }
            }
            (None, None) => return None,
        };
        Some(Expr::new(kind_of, kind, span))
    }

    /// `covered(F)`, `covered(F, PERIOD)`
    pub(super) fn covered(
        &mut self,
        scope: &mut Scope,
        name: &ast::Name,
        period: Option<&ast::Expr>,
        span: Span,
    ) -> Option<Expr> {
        let fact = self.fact(name);
        let period = period.map(|period| self.value_of(scope, period, Kind::Period));
        let fact = fact?;
        if !matches!(self.program.facts[fact].kind, FactKind::Event { .. }) {
            let message = Bilingual::new(
                "⟦covered|欠落なし⟧ は出来事の記録に問うもので、それ以外にはない",
                "⟦covered|欠落なし⟧ asks about logs of events, and of nothing else",
            );
            let help = Bilingual::new(
                "状態は ⟦fresh within|更新⟧ で鮮度を問う",
                "a state's age is limited by ⟦fresh within|更新⟧",
            );
            self.report(Diagnostic::new(&EVENT_TIME, name.span, message).help(help));
            return None;
        }
        let period = match period {
            Some(period) => Some(Box::new(period?)),
            None => None,
        };
        Some(Expr::new(ExprKind::Covered { fact, period }, Kind::Bool, span))
    }
}

/// The function of that name; `date` is an expression of its own.
fn function(written: Builtin) -> Option<Function> {
    Some(match written {
        Builtin::Date => return None,
        Builtin::MonthOf => Function::MonthOf,
        Builtin::QuarterOf => Function::QuarterOf,
        Builtin::FiscalYearOf => Function::FiscalYearOf,
        Builtin::Overlaps => Function::Overlaps,
        Builtin::Within => Function::Within,
        Builtin::DaysIn => Function::DaysIn,
        Builtin::IsBusinessDay => Function::IsBusinessDay,
        Builtin::RollForward => Function::RollForward,
        Builtin::PpcFinal => Function::PpcFinal,
        Builtin::MinpoEnd => Function::MinpoEnd,
        Builtin::PmarkWindow => Function::PmarkWindow,
        Builtin::Wareki => Function::Wareki,
        Builtin::Length => Function::Length,
    })
}
