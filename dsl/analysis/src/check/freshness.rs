//! How fresh evidence must be: a length as written, or the value of a parameter.

use kijun_ir::{Duration, FactId, Freshness, Index, Kind, ParamId, ParamValue, Type, Value};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual};
use kijun_syntax::ast;

use crate::check::{Checker, constant, literal};
use crate::diagnostics::{FRESHNESS, NO_FRESHNESS};
use crate::names::Declared;

/// The longest that evidence may be old, in days: ten years. Beyond, a collection of a company's first year would still be its present.
const MOST_DAYS: i64 = 10 * 12 * 31;

/// Says of every fact how fresh it must be, once the parameters are known; reports what no evidence could grow stale by.
pub(super) fn freshness(checker: &mut Checker<'_>) {
    let names = checker.names;
    for (index, Declared { unit, tree }) in names.facts.iter().enumerate() {
        checker.unit = *unit;
        let fresh = match &tree.fresh {
            Some(written) => declared(checker, written),
            None => {
                undeclared(checker, tree);
                None
            }
        };
        checker.program.to_mut().facts[FactId::from_index(index)].fresh = fresh.unwrap_or_default();
    }
    let settings = std::mem::take(&mut checker.settings);
    for (param, value, span) in &settings {
        setting(checker, *param, value, *span);
    }
}

fn declared(checker: &mut Checker<'_>, written: &ast::Fresh) -> Option<Freshness> {
    match &written.within {
        ast::Freshness::Length(amount, unit) => {
            let length = literal::duration(*amount, *unit);
            let length = literal::in_range(checker, length, written.span)?;
            checker.require_limit(length, written.span);
            Some(Freshness::Fixed(length))
        }
        ast::Freshness::Param(name) => param(checker, name).map(Freshness::Param),
    }
}

/// The parameter of that name; reports one that is no length of time.
fn param(checker: &mut Checker<'_>, name: &ast::Name) -> Option<ParamId> {
    let (declared, id) = constant::param_named(checker, name)?;
    if declared.ty.list {
        checker.lone_list(name.span);
        return None;
    }
    let kind = checker.program.params[id].kind;
    if kind != Kind::Duration {
        let diagnostic = checker.mismatched(name.span, Kind::Duration, Type::required(kind));
        let place = Bilingual::new("その型", "its type");
        checker.report(diagnostic.and(declared.ty.name.span, place));
        return None;
    }
    Some(id)
}

/// Reports a value of a parameter by which evidence cannot be fresh, where it says how fresh evidence must be.
pub(super) fn setting(checker: &mut Checker<'_>, param: ParamId, value: &ParamValue, span: Span) {
    let says = |fact: &kijun_ir::Fact| fact.fresh == Freshness::Param(param);
    if let ParamValue::One(Value::Duration(length)) = value
        && checker.program.facts.values().any(says)
    {
        checker.require_limit(*length, span);
    }
}

impl Checker<'_> {
    /// Reports a length of time within which nothing, or everything, is fresh.
    fn require_limit(&mut self, length: Duration, span: Span) {
        let message = if !is_positive(length) {
            Bilingual::new(
                "鮮度は 0 より長くなければならない",
                "evidence cannot be fresh within no time at all",
            )
        } else if days(length) > MOST_DAYS {
            Bilingual::new(
                "10年より長い鮮度では、証拠がいつまでも古くならない",
                "within more than ten years evidence would never grow stale",
            )
        } else {
            return;
        };
        self.report(Diagnostic::new(&FRESHNESS, span, message).help(Bilingual::new(
            "どれだけ古くてよいか、遅れてよいかを、⟦1 day|1日⟧ や ⟦31 days|31日⟧ のように書く",
            "say how old it may be, or how far it may lag: ⟦1 day|1日⟧, ⟦31 days|31日⟧",
        )));
    }
}

fn is_positive(length: Duration) -> bool {
    let Duration { months, days, business_days, micros } = length;
    let parts = [i64::from(months), i64::from(days), i64::from(business_days), micros];
    parts.iter().all(|part| *part >= 0) && parts.iter().any(|part| *part > 0)
}

/// About how many days a length of time has; five of seven days are business days.
fn days(length: Duration) -> i64 {
    let Duration { months, days, business_days, micros } = length;
    i64::from(months) * 31 + i64::from(days) + i64::from(business_days) * 7 / 5 + micros / 86_400_000_000
}

fn undeclared(checker: &mut Checker<'_>, declared: &ast::Fact) {
    let name = &declared.name.text;
    let message =
        bilingual!("`{name}` の鮮度が宣言されていない", "`{name}` does not say how fresh it must be");
    let help = if declared.at.is_some() {
        Bilingual::new(
            "記録が基準日からどれだけ遅れてよいかを ⟦fresh within 1 day|更新 1日以内⟧ のように書く",
            "say how far the log may lag: ⟦fresh within 1 day|更新 1日以内⟧",
        )
    } else {
        Bilingual::new(
            "何日前の収集まで使えるかを ⟦fresh within 31 days|更新 31日以内⟧ のように書く",
            "say how old a collection may be: ⟦fresh within 31 days|更新 31日以内⟧",
        )
    };
    checker.report(Diagnostic::new(&NO_FRESHNESS, declared.name.span, message).help(help));
}
