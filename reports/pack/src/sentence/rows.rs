//! Which rows a quantifier speaks of: what says that they hold at a moment, what says which part of the calendar, and the rest.

use kijun_ir::{
    Branch, CompareOp, Edge, End, Expr, ExprKind, Fact, FactKind, FieldId, Function, Part, Quantifier, VarId,
};

use super::alike::alike;
use super::condition::{Condition, all, read};
use super::scope::Names;

/// The rows of a fact as people say them.
#[derive(Debug, Clone)]
pub(super) struct Rows<'a> {
    /// The variable that stands for a row.
    pub(super) var: VarId,
    /// The fact.
    pub(super) fact: kijun_ir::FactId,
    /// As of when.
    pub(super) moment: Moment<'a>,
    /// Of parts of the calendar: the period whose parts they are.
    pub(super) parts_of: Option<&'a Expr>,
    /// What else holds of them.
    pub(super) condition: Option<Box<Condition<'a>>>,
}

/// As of when rows are read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Moment<'a> {
    /// Nothing is said of it: the date of judgement, or whenever an event happened.
    Unsaid,
    /// The last picture at a moment.
    PictureAt(&'a Expr),
    /// Those that hold at a moment by their own fields.
    ValidAt(&'a Expr),
    /// Whether or not they hold, though they say themselves when they do.
    Whenever,
}

/// The rows of a quantifier.
pub(super) fn rows<'a>(names: &Names<'a>, quantifier: &'a Quantifier) -> Rows<'a> {
    let conjuncts = quantifier.condition.as_ref().map(conjuncts).unwrap_or_default();
    rows_with(names, quantifier, &conjuncts)
}

/// The rows of a quantifier but for its last condition, and that.
pub(super) fn rows_but_last<'a>(
    names: &Names<'a>,
    quantifier: &'a Quantifier,
) -> Option<(Rows<'a>, &'a Expr)> {
    let conjuncts = quantifier.condition.as_ref().map(conjuncts).unwrap_or_default();
    let (last, others) = conjuncts.split_last()?;
    Some((rows_with(names, quantifier, others), last))
}

fn rows_with<'a>(names: &Names<'a>, quantifier: &'a Quantifier, conjuncts: &[&'a Expr]) -> Rows<'a> {
    let fact = &names.program.facts[quantifier.fact];
    let (var, mut rest) = (quantifier.var, conjuncts);
    let mut moment = quantifier.at.as_ref().map_or(Moment::Unsaid, Moment::PictureAt);
    if fact.valid.is_some() {
        moment = match valid_at(fact, var, rest) {
            Some((at, said)) => {
                rest = &rest[said..];
                Moment::ValidAt(at)
            }
            None => Moment::Whenever,
        };
    }
    let mut parts_of = None;
    if let Some(period) = parts_of_period(fact.kind, var, rest) {
        parts_of = Some(period);
        rest = &rest[2..];
    }
    let condition = (!rest.is_empty())
        .then(|| Box::new(all(names, rest.iter().map(|part| read(names, Some(var), part, true)), Some(var))));
    Rows { var, fact: quantifier.fact, moment, parts_of, condition }
}

/// The rows that a branch of a relation joins, without their conditions, and the conditions on all of them; that a row holds at the
/// moment stands among these, in the order of the rows.
pub(super) fn joined_rows<'a>(
    names: &Names<'a>,
    branch: &'a Branch,
) -> (Vec<Rows<'a>>, Option<Condition<'a>>) {
    let all_conjuncts = branch.condition.as_ref().map(conjuncts).unwrap_or_default();
    let mut rest = all_conjuncts.as_slice();
    let rows = branch.atoms.iter().map(|atom| {
        let fact = &names.program.facts[atom.fact];
        let valid = valid_at(fact, atom.var, rest);
        let moment = match (valid, &atom.at) {
            (Some((at, said)), _) => {
                rest = &rest[said..];
                Moment::ValidAt(at)
            }
            (None, Some(at)) => Moment::PictureAt(at),
            (None, None) if fact.valid.is_some() => Moment::Whenever,
            (None, None) => Moment::Unsaid,
        };
        Rows { var: atom.var, fact: atom.fact, moment, parts_of: None, condition: None }
    });
    let rows: Vec<Rows<'a>> = rows.collect();
    let condition =
        (!rest.is_empty()).then(|| all(names, rest.iter().map(|part| read(names, None, part, true)), None));
    (rows, condition)
}

/// The conditions that must all hold, definitions left whole.
fn conjuncts(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::And(parts) => parts.iter().flat_map(conjuncts).collect(),
        _ => vec![expr],
    }
}

/// The moment at which the first conditions say that the row holds, and how many conditions say so.
fn valid_at<'a>(fact: &Fact, var: VarId, conjuncts: &[&'a Expr]) -> Option<(&'a Expr, usize)> {
    let valid = fact.valid?;
    let mut said = 0;
    let mut moment: Option<&'a Expr> = None;
    let mut agree = |found: Option<&'a Expr>| {
        said += 1;
        let found = found?;
        let agrees = moment.is_none_or(|before| alike(before, found));
        moment = Some(found);
        agrees.then_some(())
    };
    let mut next = conjuncts.iter();
    if let Some(field) = valid.within {
        agree(next.next().and_then(|conjunct| moment_within(unless_none(conjunct, var, field), var, field)))?;
    }
    if let Some(field) = valid.from {
        agree(
            next.next().and_then(|conjunct| {
                bound_of(unless_none(conjunct, var, field), var, field, &[CompareOp::Le])
            }),
        )?;
    }
    if let Some((field, end)) = valid.until {
        let wanted: &[CompareOp] = match end {
            End::Included => &[CompareOp::Ge],
            End::Excluded => &[CompareOp::Gt],
        };
        agree(
            next.next().and_then(|conjunct| end_of(unless_none(conjunct, var, field), var, field, wanted)),
        )?;
    }
    moment.map(|moment| (moment, said))
}

/// The other side of `field is none or …`; the condition itself where it is not of this form.
fn unless_none(expr: &Expr, var: VarId, field: FieldId) -> &Expr {
    let ExprKind::Or(parts) = &expr.kind else { return expr };
    match parts.as_slice() {
        [Expr { kind: ExprKind::IsNone(value), .. }, rest] if is_field(value, var, field) => rest,
        _ => expr,
    }
}

fn moment_within(expr: &Expr, var: VarId, field: FieldId) -> Option<&Expr> {
    match &expr.kind {
        ExprKind::InPeriod { time, period } if is_field(period, var, field) => Some(local(time)),
        _ => None,
    }
}

/// The moment with which a field compares so.
fn bound_of<'a>(expr: &'a Expr, var: VarId, field: FieldId, wanted: &[CompareOp]) -> Option<&'a Expr> {
    let ExprKind::Compare { op, left, right } = &expr.kind else { return None };
    let (op, own, other) =
        if is_field(right, var, field) { (op.flipped(), right, left) } else { (*op, left, right) };
    (is_field(own, var, field) && wanted.contains(&op)).then(|| local(other))
}

/// As [`bound_of`]; an instant holds on a day only if it is later than the day, whether or not the end is included.
fn end_of<'a>(expr: &'a Expr, var: VarId, field: FieldId, wanted: &[CompareOp]) -> Option<&'a Expr> {
    let ExprKind::Compare { left, right, .. } = &expr.kind else { return None };
    let of_instant =
        |side: &Expr| matches!(&side.kind, ExprKind::DateOf(inner) if is_field(inner, var, field));
    if of_instant(left) || of_instant(right) {
        return bound_of(expr, var, field, &[CompareOp::Gt]);
    }
    bound_of(expr, var, field, wanted)
}

/// Whether it is this field, or its day.
fn is_field(expr: &Expr, var: VarId, field: FieldId) -> bool {
    match &expr.kind {
        ExprKind::Field { var: of, field: which } => (*of, *which) == (var, field),
        ExprKind::DateOf(inner) => is_field(inner, var, field),
        _ => false,
    }
}

/// The instant whose day it is.
fn local(expr: &Expr) -> &Expr {
    match &expr.kind {
        ExprKind::DateOf(inner) => inner,
        _ => expr,
    }
}

/// The period whose parts are meant, where the first two conditions are those of `days(P)`, `months(P)` and their like.
fn parts_of_period<'a>(kind: FactKind, var: VarId, conjuncts: &[&'a Expr]) -> Option<&'a Expr> {
    let [first, last, ..] = conjuncts else { return None };
    let from = bound_of(first, var, FieldId(0), &[CompareOp::Ge])?;
    let until = bound_of(last, var, FieldId(0), &[CompareOp::Le])?;
    let ExprKind::Edge { period, edge: Edge::End } = &until.kind else { return None };
    let first_day = match (kind, &from.kind) {
        (FactKind::Calendar(Part::Day), _) => from,
        (FactKind::Calendar(part), ExprKind::Edge { period, edge: Edge::Start }) => match &period.kind {
            ExprKind::Call { function, arguments } if Some(*function) == function_of(part) => {
                arguments.first()?
            }
            _ => return None,
        },
        _ => return None,
    };
    match &first_day.kind {
        ExprKind::Edge { period: same, edge: Edge::Start } if alike(same, period) => Some(period),
        _ => None,
    }
}

fn function_of(part: Part) -> Option<Function> {
    match part {
        Part::Day => None,
        Part::Month => Some(Function::MonthOf),
        Part::Quarter => Some(Function::QuarterOf),
        Part::FiscalYear => Some(Function::FiscalYearOf),
    }
}
