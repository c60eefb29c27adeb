//! The changes of an expression.

use kijun_ir::{AggregateOp, CompareOp, Edge, Expr, ExprKind, ParamValue, Program, Quantifier, Value};
use kijun_source::Span;

use super::change::{Change, neighbours, text};
use crate::testing::is_end_of_range;

/// A change of what is written at one place. A definition that a rule uses twice is written once: both uses change.
#[derive(Clone, PartialEq)]
pub(super) struct Edit {
    /// The expression that changes.
    node: Span,
    /// The piece of it that is changed.
    pub(super) span: Span,
    /// The condition that it stands in.
    pub(super) condition: Span,
    pub(super) change: Change,
}

/// What an expression stands as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Condition,
    Value,
}

/// A way in which one node may change.
struct Alternative {
    kind: ExprKind,
    span: Span,
    change: Change,
}

/// Every edit of an expression: those of the whole first, then those of its parts in the order written.
pub(super) fn edits(program: &Program, expr: &Expr, role: Role) -> Vec<Edit> {
    let mut found = Vec::new();
    collect(program, expr, role, expr.span, &mut found);
    found
}

fn collect(program: &Program, expr: &Expr, role: Role, condition: Span, found: &mut Vec<Edit>) {
    let condition = if role == Role::Condition || is_judged(expr) { expr.span } else { condition };
    for Alternative { span, change, .. } in alternatives(program, expr, role) {
        let condition = if is_connective(expr) { span } else { condition };
        let edit = Edit { node: expr.span, span, condition, change };
        if !found.contains(&edit) {
            found.push(edit);
        }
    }
    for (index, child) in expr.children().into_iter().enumerate() {
        collect(program, child, role_of_child(expr, role, index), condition, found);
    }
}

/// Changes an expression wherever what the edit is about stands in it.
pub(super) fn apply(program: &Program, expr: &Expr, role: Role, edit: &Edit) -> Expr {
    let mut expr = expr.clone();
    let roles: Vec<Role> =
        (0..expr.children().len()).map(|index| role_of_child(&expr, role, index)).collect();
    let is_meant = |other: &Alternative| {
        expr.span == edit.node && other.span == edit.span && other.change == edit.change
    };
    if let Some(Alternative { kind, .. }) = alternatives(program, &expr, role).into_iter().find(is_meant) {
        return Expr { kind, ..expr };
    }
    for (part, role) in expr.children_mut().into_iter().zip(roles) {
        *part = apply(program, part, role, edit);
    }
    expr
}

fn role_of_child(expr: &Expr, role: Role, index: usize) -> Role {
    match &expr.kind {
        ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Not(_) | ExprKind::Needs { .. } => Role::Condition,
        ExprKind::Some(quantifier)
        | ExprKind::Count { quantifier, .. }
        | ExprKind::Aggregate { quantifier, .. }
            if quantifier.condition.is_some() && index == usize::from(quantifier.at.is_some()) =>
        {
            Role::Condition
        }
        ExprKind::If { .. } if index == 0 => Role::Condition,
        ExprKind::If { .. } | ExprKind::Named { .. } => role,
        _ => Role::Value,
    }
}

/// Whether an expression says true or false by itself.
fn is_judged(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Compare { .. }
            | ExprKind::OneOf { .. }
            | ExprKind::InPeriod { .. }
            | ExprKind::InCidr { .. }
            | ExprKind::IsNone(_)
            | ExprKind::StartsWith { .. }
            | ExprKind::Contains { .. }
            | ExprKind::Matches { .. }
            | ExprKind::Some(_)
            | ExprKind::Count { .. }
            | ExprKind::Covered { .. }
    )
}

fn is_connective(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::And(_) | ExprKind::Or(_) | ExprKind::Needs { .. })
}

fn alternatives(program: &Program, expr: &Expr, role: Role) -> Vec<Alternative> {
    let own = changes(program, expr, role).into_iter();
    let own = own.map(|(kind, change)| Alternative { kind, span: expr.span, change });
    own.chain(without_parts(expr)).collect()
}

/// What the node itself may be changed to.
fn changes(program: &Program, expr: &Expr, role: Role) -> Vec<(ExprKind, Change)> {
    match &expr.kind {
        ExprKind::Literal(value) => bounds(value, String::new()),
        ExprKind::Param(param) => {
            let param = &program.params[*param];
            match &param.value {
                ParamValue::One(value) => bounds(value, format!("{} = ", param.name)),
                ParamValue::List(_) => Vec::new(),
            }
        }
        ExprKind::Compare { op, left, right } => other_operators(*op)
            .map(|other| {
                let kind = ExprKind::Compare { op: other, left: left.clone(), right: right.clone() };
                (kind, Change::replaced(op.symbol(), other.symbol()))
            })
            .collect(),
        ExprKind::Count { quantifier, op, bound } => other_operators(*op)
            .map(|other| {
                let kind =
                    ExprKind::Count { quantifier: quantifier.clone(), op: other, bound: bound.clone() };
                (kind, Change::replaced(op.symbol(), other.symbol()))
            })
            .collect(),
        ExprKind::And(parts) => {
            vec![(ExprKind::Or(parts.clone()), range_word(expr, "and", "or", ">= … or <="))]
        }
        ExprKind::Or(parts) => vec![(ExprKind::And(parts.clone()), Change::replaced("or", "and"))],
        ExprKind::Not(inner) => vec![(inner.kind.clone(), without_not(expr, inner))],
        ExprKind::Some(_) => vec![(not(expr), Change::replaced("some", "no"))],
        ExprKind::IsNone(_) => vec![(not(expr), Change::replaced("is none", "is not none"))],
        ExprKind::InPeriod { period, .. } if matches!(period.kind, ExprKind::Period) => {
            vec![(truth(), Change::replaced("in period", "")), (not(expr), Change::Negated)]
        }
        ExprKind::Edge { period, edge } => {
            let (from, other, to) = match edge {
                Edge::Start => ("start", Edge::End, "end"),
                Edge::End => ("end", Edge::Start, "start"),
            };
            vec![(ExprKind::Edge { period: period.clone(), edge: other }, Change::replaced(from, to))]
        }
        ExprKind::Aggregate { op, value, quantifier } => other_aggregates(*op)
            .iter()
            .map(|other| {
                let kind =
                    ExprKind::Aggregate { op: *other, value: value.clone(), quantifier: quantifier.clone() };
                (kind, Change::replaced(aggregate_word(*op), aggregate_word(*other)))
            })
            .collect(),
        ExprKind::OneOf { .. }
        | ExprKind::InPeriod { .. }
        | ExprKind::InCidr { .. }
        | ExprKind::StartsWith { .. }
        | ExprKind::Contains { .. }
        | ExprKind::Matches { .. }
        | ExprKind::Covered { .. } => vec![(not(expr), Change::Negated)],
        ExprKind::Field { .. } | ExprKind::Follow { .. } | ExprKind::Else { .. }
            if role == Role::Condition =>
        {
            vec![(not(expr), Change::Negated)]
        }
        _ => Vec::new(),
    }
}

/// A bound one unit off. A parameter stands for its value.
fn bounds(value: &Value, name: String) -> Vec<(ExprKind, Change)> {
    let change = |other: &Value| Change::replaced(format!("{name}{}", text(value)), text(other));
    neighbours(value).into_iter().map(|other| (ExprKind::Literal(other.clone()), change(&other))).collect()
}

/// The aggregates of the same type that might have been meant.
fn other_aggregates(op: AggregateOp) -> &'static [AggregateOp] {
    match op {
        AggregateOp::Min => &[AggregateOp::Max],
        AggregateOp::Max => &[AggregateOp::Min],
        AggregateOp::First => &[AggregateOp::Latest],
        AggregateOp::Latest => &[AggregateOp::First],
        AggregateOp::Count | AggregateOp::CountDistinct | AggregateOp::Sum => &[],
    }
}

fn aggregate_word(op: AggregateOp) -> &'static str {
    match op {
        AggregateOp::Count => "count",
        AggregateOp::CountDistinct => "count distinct",
        AggregateOp::Sum => "sum",
        AggregateOp::Min => "min",
        AggregateOp::Max => "max",
        AggregateOp::First => "first",
        AggregateOp::Latest => "latest",
    }
}

/// The operators that a slip of the pen might have meant.
fn other_operators(op: CompareOp) -> impl Iterator<Item = CompareOp> {
    let boundary = match op {
        CompareOp::Lt => Some(CompareOp::Le),
        CompareOp::Le => Some(CompareOp::Lt),
        CompareOp::Gt => Some(CompareOp::Ge),
        CompareOp::Ge => Some(CompareOp::Gt),
        CompareOp::Eq | CompareOp::Ne => None,
    };
    boundary.into_iter().chain([op.inverted()])
}

fn not(expr: &Expr) -> ExprKind {
    ExprKind::Not(Box::new(expr.clone()))
}

fn truth() -> ExprKind {
    ExprKind::Literal(Value::Bool(true))
}

/// `no x in …` and `is not none` are written without `not`, at the same place as what they deny.
fn without_not(expr: &Expr, inner: &Expr) -> Change {
    match inner.kind {
        ExprKind::Some(_) if inner.span == expr.span => Change::replaced("no", "some"),
        ExprKind::IsNone(_) if inner.span == expr.span => Change::replaced("is not none", "is none"),
        _ => Change::replaced("not", ""),
    }
}

/// A change of a conjunction, which may be written as a range.
fn range_word(expr: &Expr, from: &str, to: &str, of_range: &str) -> Change {
    let is_range = expr.children().iter().all(|part| part.span == expr.span);
    if is_range { Change::replaced("in … to …", of_range) } else { Change::replaced(from, to) }
}

/// The expression with one of its parts left out: of a conjunction, a disjunction, a list; or the condition of a quantifier.
fn without_parts(expr: &Expr) -> Vec<Alternative> {
    match &expr.kind {
        ExprKind::And(parts) => without_each(parts, |rest| only_or(rest, ExprKind::And)),
        ExprKind::Or(parts) => without_each(parts, |rest| only_or(rest, ExprKind::Or)),
        ExprKind::Needs { shown, then } => without_each(shown, |rest| needs(rest, then)),
        ExprKind::OneOf { item, list } if list.len() > 1 => {
            without_each(list, |list| ExprKind::OneOf { item: item.clone(), list })
        }
        ExprKind::Some(quantifier) => over_all_rows(quantifier, ExprKind::Some),
        ExprKind::Count { quantifier, op, bound } => over_all_rows(quantifier, |quantifier| {
            ExprKind::Count { quantifier, op: *op, bound: bound.clone() }
        }),
        ExprKind::Aggregate { op, value, quantifier } => over_all_rows(quantifier, |quantifier| {
            ExprKind::Aggregate { op: *op, value: value.clone(), quantifier }
        }),
        _ => Vec::new(),
    }
}

fn without_each(parts: &[Expr], whole: impl Fn(Vec<Expr>) -> ExprKind) -> Vec<Alternative> {
    let without = |index: usize| {
        let mut rest = parts.to_vec();
        rest.remove(index);
        whole(rest)
    };
    let alternative = |(index, part): (usize, &Expr)| Alternative {
        kind: without(index),
        span: part.span,
        change: dropped_change(part, parts),
    };
    parts.iter().enumerate().map(alternative).collect()
}

/// What connects the rest; a single rest stands alone.
fn only_or(mut rest: Vec<Expr>, connective: impl Fn(Vec<Expr>) -> ExprKind) -> ExprKind {
    if rest.len() == 1 { rest.remove(0).kind } else { connective(rest) }
}

/// A requirement with what it still needs.
fn needs(shown: Vec<Expr>, then: &Expr) -> ExprKind {
    if shown.is_empty() {
        return then.kind.clone();
    }
    ExprKind::Needs { shown, then: Box::new(then.clone()) }
}

fn over_all_rows(quantifier: &Quantifier, whole: impl Fn(Box<Quantifier>) -> ExprKind) -> Vec<Alternative> {
    let rest = without_condition(quantifier).into_iter();
    rest.map(|(rows, span)| Alternative { kind: whole(Box::new(rows)), span, change: Change::Dropped })
        .collect()
}

/// The part of a range is written as one with the other: what is left of the range is said instead.
fn dropped_change(part: &Expr, parts: &[Expr]) -> Change {
    match &part.kind {
        ExprKind::Compare { op, .. } if is_end_of_range(part, parts) => {
            let other = if *op == CompareOp::Ge { CompareOp::Le } else { CompareOp::Ge };
            Change::replaced("in … to …", other.symbol())
        }
        _ => Change::Dropped,
    }
}

/// The quantifier over every row, where its condition is a single one. The parts of a conjunction are dropped one by one.
pub(super) fn without_condition(quantifier: &Quantifier) -> Option<(Quantifier, Span)> {
    let condition = quantifier.condition.as_ref();
    let single = condition.filter(|condition| !matches!(condition.kind, ExprKind::And(_)))?;
    Some((Quantifier { condition: None, ..quantifier.clone() }, single.span))
}
