//! Rows as nouns: 判定基準日の時点で有効なアクセス権であって、種類が「個人」であるもの.

use kijun_ir::{Expr, ExprKind, Pair, VarId};

use super::condition::{Aim, predicate};
use super::value::value;
use super::words::{self, called, joined};
use crate::sentence::rows::{Moment, Rows};
use crate::sentence::scope::{Called, Scope};
use crate::sentence::tree::{Phrase, phrase};

/// The rows as a noun.
pub(super) fn noun<'a>(scope: &mut Scope<'a>, rows: &Rows<'a>) -> Phrase {
    let head = head(scope, rows);
    described(scope, rows, head, Some(rows.var))
}

/// Every part of a period: 対象期間の各月.
pub(super) fn each_part<'a>(scope: &mut Scope<'a>, rows: &Rows<'a>, period: &'a Expr) -> Phrase {
    let program = scope.names.program;
    phrase![value(scope, period), "の各", words::fact(program, &program.facts[rows.fact])]
}

/// Two rows in a row, as a noun.
pub(super) fn pairs<'a>(scope: &mut Scope<'a>, rows: &Rows<'a>, pair: &Pair) -> Phrase {
    let program = scope.names.program;
    let fact = &program.facts[rows.fact];
    let label = words::fact(program, fact);
    let common: Vec<String> = pair.by.iter().map(|field| fact.fields[*field].label.clone()).collect();
    let (first, second) = (called(scope, rows.var), called(scope, pair.second));
    let head = format!(
        "{}が同じである{label}のうち、時間の順に連続する二つのもの（以下「{first}」及び「{second}」という。）",
        joined(&common, "及び")
    );
    described(scope, rows, head.into(), None)
}

/// The noun with what holds of it: before it where that is a simple condition, otherwise behind.
fn described<'a>(scope: &mut Scope<'a>, rows: &Rows<'a>, head: Phrase, about: Option<VarId>) -> Phrase {
    let Some(condition) = &rows.condition else { return head };
    let said = scope.about(about, |scope| predicate(scope, condition, Aim::Describe));
    let bare = matches!(rows.moment, Moment::Unsaid)
        && rows.parts_of.is_none()
        && about.is_some()
        && introduction(scope, rows.var).is_none();
    if bare && !said.is_compound() {
        return phrase![said.plain(), head];
    }
    phrase![head, "であって、", said.plain(), "もの"]
}

/// The noun alone, with as of when it is meant and the name that it has from here on.
fn head<'a>(scope: &mut Scope<'a>, rows: &Rows<'a>) -> Phrase {
    let program = scope.names.program;
    let fact = &program.facts[rows.fact];
    let label = words::fact(program, fact);
    // The moment is said with the names of the rows outside, which stand elsewhere in the sentence.
    let moment = scope.about(Some(rows.var), |scope| moment(scope, rows.moment));
    let period = rows.parts_of.map(|period| scope.about(Some(rows.var), |scope| value(scope, period)));
    let mut said = match period {
        Some(period) => phrase![period, "の", label],
        None => phrase![moment, label],
    };
    if let Some(name) = introduction(scope, rows.var) {
        said.push(format!("（以下「{name}」という。）"));
    }
    said
}

/// As of when rows are read, before the noun.
pub(super) fn moment<'a>(scope: &mut Scope<'a>, moment: Moment<'a>) -> Phrase {
    match moment {
        Moment::Unsaid => Phrase::default(),
        Moment::PictureAt(Expr { kind: ExprKind::Moment, .. }) => "その時点の".into(),
        Moment::ValidAt(Expr { kind: ExprKind::Moment, .. }) => "その時点で有効な".into(),
        Moment::PictureAt(at) => phrase![value(scope, at), "の時点の"],
        Moment::ValidAt(at) => phrase![value(scope, at), "の時点で有効な"],
        Moment::Whenever => "有効な期間を問わず、".into(),
    }
}

/// The name that a row gets where its fact alone does not say which row is meant.
fn introduction(scope: &Scope<'_>, var: VarId) -> Option<String> {
    matches!(scope.names.called(var), Called::Lettered(_)).then(|| called(scope, var))
}
