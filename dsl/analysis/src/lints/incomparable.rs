//! Comparisons of lengths of time that have no order: a year is no number of days.

use std::collections::BTreeSet;

use kijun_ir::{ArithmeticOp, Duration, Expr, ExprKind, Kind, ParamValue, Value};
use kijun_source::{Bilingual, Diagnostic, Span};

use crate::diagnostics::INCOMPARABLE;
use crate::lints::Linted;
use crate::logic::Logic;

/// One warning a place, which may be in a definition that many use.
pub(super) fn lint(linted: &Linted<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let program = linted.program;
    let mut seen: BTreeSet<Span> = BTreeSet::new();
    let rules = program.rules.values().map(|rule| (&rule.name, rule.exprs().collect::<Vec<_>>()));
    let relations = program.relations.values().map(|relation| {
        let exprs = relation.branches.iter().flat_map(|branch| branch.exprs());
        (&program.facts[relation.fact].name, exprs.collect())
    });
    for (name, exprs) in rules.chain(relations) {
        for expr in exprs {
            expr.walk(&mut |expr| {
                if let Some(found) = found(linted, expr)
                    && seen.insert(expr.span)
                {
                    diagnostics.push(found.about(name));
                }
            });
        }
    }
}

/// A length of time as far as it is known.
#[derive(Clone, Copy)]
enum Length {
    /// So much.
    Of(Duration),
    /// The time between two dates or instants: days, or less.
    Between,
}

fn found(linted: &Linted<'_>, expr: &Expr) -> Option<Diagnostic> {
    let ExprKind::Compare { left, right, .. } = &expr.kind else { return None };
    let message = match (length(linted, left)?, length(linted, right)?) {
        (Length::Of(left), Length::Of(right)) if left.compare(right).is_none() => {
            Bilingual::new("この二つの長さは比べられない", "these two lengths of time do not compare")
        }
        (Length::Between, Length::Of(length)) | (Length::Of(length), Length::Between)
            if length.months > 0 || length.business_days > 0 =>
        {
            Bilingual::new(
                "日時の差は日数であり、月数や営業日数と比べられない。差があれば必ず不明になる",
                "the time between two dates is a number of days, which does not compare with months or business days: \
                 it is unknown wherever there is any",
            )
        }
        _ => return None,
    };
    let help = Bilingual::new(
        "`始め + 1年 < 終わり` のように、日付どうしを比べる",
        "compare dates: `start + 1 year < end`",
    );
    Some(Diagnostic::new(&INCOMPARABLE, expr.span, message).help(help))
}

fn length(linted: &Linted<'_>, expr: &Expr) -> Option<Length> {
    let expr = Logic::new(linted.program).unnamed(expr);
    match &expr.kind {
        ExprKind::Literal(Value::Duration(length)) => Some(Length::Of(*length)),
        ExprKind::Param(param) => match linted.program.params[*param].value {
            ParamValue::One(Value::Duration(length)) => Some(Length::Of(length)),
            _ => None,
        },
        ExprKind::Arithmetic { op: ArithmeticOp::Sub, left, .. }
            if matches!(left.ty.kind, Kind::Date | Kind::DateTime) && expr.ty.kind == Kind::Duration =>
        {
            Some(Length::Between)
        }
        _ => None,
    }
}
