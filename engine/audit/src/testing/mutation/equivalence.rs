//! Which mutants mean the same: a normal form in which they are equal.
//!
//! Only rewritings that keep every truth value, unknown included, are made.

use kijun_ir::{CompareOp, Expr, ExprKind, Judged, Kind, Pair, Program, Quantifier, Rule, Type, Value};
use kijun_source::Span;

use super::population::is_never_empty;

/// The type of a condition.
const CONDITION: Type = Type::required(Kind::Bool);

/// What a rule judges by, in normal form.
#[derive(PartialEq)]
pub(super) struct Meaning {
    judged: Judged,
    population: Option<(Quantifier, Option<Pair>, bool)>,
    require: Expr,
    excused: Vec<Quantifier>,
    due: Option<Expr>,
}

/// What a rule judges by. A population that is never empty is as good as one that may be.
pub(super) fn meaning(program: &Program, rule: &Rule) -> Meaning {
    let population = rule.population.as_ref();
    Meaning {
        judged: rule.judged,
        population: population.map(|population| {
            let or_none = population.or_none || is_never_empty(program, population);
            (rows(&population.rows), population.pair.clone(), or_none)
        }),
        require: normal(&rule.require),
        excused: rule.excused.iter().map(rows).collect(),
        due: rule.due.as_ref().map(normal),
    }
}

/// A quantifier whose condition always holds has none.
fn rows(quantifier: &Quantifier) -> Quantifier {
    let condition = quantifier.condition.as_ref().map(normal);
    let condition = condition.filter(|condition| condition.kind != constant(true));
    Quantifier {
        at: quantifier.at.as_ref().map(normal),
        condition,
        span: Span::default(),
        ..quantifier.clone()
    }
}

fn constant(value: bool) -> ExprKind {
    ExprKind::Literal(Value::Bool(value))
}

fn normal(expr: &Expr) -> Expr {
    let mut expr = Expr { span: Span::default(), ..expr.clone() };
    for child in expr.children_mut() {
        *child = normal(child);
    }
    let kind = match expr.kind {
        ExprKind::Named { body, .. } => return *body,
        ExprKind::And(parts) => connective(parts, true),
        ExprKind::Or(parts) => connective(parts, false),
        ExprKind::Not(inner) => negation(*inner),
        ExprKind::Some(quantifier) => ExprKind::Some(Box::new(rows(&quantifier))),
        ExprKind::Count { quantifier, op, bound } => count(rows(&quantifier), op, *bound),
        ExprKind::Aggregate { op, value, quantifier } => {
            ExprKind::Aggregate { op, value, quantifier: Box::new(rows(&quantifier)) }
        }
        ExprKind::Compare { op, left, right } => comparison(op, left, *right),
        // What is known of a value does not change whether it is `none`.
        ExprKind::IsNone(value) => {
            ExprKind::IsNone(Box::new(Expr { ty: Type::required(value.ty.kind), ..*value }))
        }
        ExprKind::If { condition, then, otherwise } => choice(*condition, then, otherwise),
        other => other,
    };
    Expr { kind, ..expr }
}

/// A conjunction (`neutral` true) or a disjunction: flat, each part once, without parts that change nothing.
fn connective(parts: Vec<Expr>, neutral: bool) -> ExprKind {
    let mut kept: Vec<Expr> = Vec::new();
    let flat = parts.into_iter().flat_map(|part| match part.kind {
        ExprKind::And(inner) if neutral => inner,
        ExprKind::Or(inner) if !neutral => inner,
        kind => vec![Expr { kind, ..part }],
    });
    for part in flat.filter(|part| part.kind != constant(neutral)) {
        if part.kind == constant(!neutral) {
            return part.kind;
        }
        if !kept.contains(&part) {
            kept.push(part);
        }
    }
    match kept.len() {
        0 => constant(neutral),
        1 => kept.remove(0).kind,
        _ if neutral => ExprKind::And(kept),
        _ => ExprKind::Or(kept),
    }
}

fn negation(inner: Expr) -> ExprKind {
    match inner.kind {
        ExprKind::Not(innermost) => innermost.kind,
        ExprKind::Literal(Value::Bool(value)) => constant(!value),
        ExprKind::Compare { op, left, right } => comparison(op.inverted(), left, *right),
        ExprKind::Count { quantifier, op, bound } => count(*quantifier, op.inverted(), *bound),
        kind => ExprKind::Not(Box::new(Expr { kind, ..inner })),
    }
}

fn comparison(op: CompareOp, left: Box<Expr>, right: Expr) -> ExprKind {
    let (op, right) = if left.ty.kind == Kind::Int { half_open(op, right) } else { (op, right) };
    ExprKind::Compare { op, left, right: Box::new(right) }
}

/// The earlier or the later of two dates or times, `if a <= b then a else b`, as with `<`: where they are equal both are the same.
fn choice(condition: Expr, then: Box<Expr>, otherwise: Box<Expr>) -> ExprKind {
    let kind = match condition.kind {
        ExprKind::Compare { op, left, right } => {
            let is_time =
                left.ty.kind == right.ty.kind && matches!(left.ty.kind, Kind::Date | Kind::DateTime);
            let sides = [&left.kind, &right.kind];
            let branches = [&then.kind, &otherwise.kind];
            let is_one_of_both = sides == branches || [sides[1], sides[0]] == branches;
            let op = if is_time && is_one_of_both { strict(op) } else { op };
            ExprKind::Compare { op, left, right }
        }
        kind => kind,
    };
    ExprKind::If { condition: Box::new(Expr { kind, ..condition }), then, otherwise }
}

/// `<` for `<=`, `>` for `>=`.
fn strict(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Le => CompareOp::Lt,
        CompareOp::Ge => CompareOp::Gt,
        other => other,
    }
}

/// `> n` as `>= n + 1` and `<= n` as `< n + 1`, for integers.
fn half_open(op: CompareOp, bound: Expr) -> (CompareOp, Expr) {
    let next = match &bound.kind {
        ExprKind::Literal(Value::Int(number)) => number.checked_add(1),
        _ => None,
    };
    let op_and_next = match op {
        CompareOp::Gt => next.map(|next| (CompareOp::Ge, next)),
        CompareOp::Le => next.map(|next| (CompareOp::Lt, next)),
        _ => None,
    };
    match op_and_next {
        Some((op, next)) => (op, Expr { kind: ExprKind::Literal(Value::Int(next)), ..bound }),
        None => (op, bound),
    }
}

/// A count; one that asks for at least one row as `some`, one that always or never holds as a constant.
fn count(quantifier: Quantifier, op: CompareOp, bound: Expr) -> ExprKind {
    let (op, bound) = half_open(op, bound);
    let number = match bound.kind {
        ExprKind::Literal(Value::Int(number)) => Some(number),
        _ => None,
    };
    let some = |quantifier| ExprKind::Some(Box::new(quantifier));
    let no = |kind: ExprKind| ExprKind::Not(Box::new(Expr { kind, ty: CONDITION, span: Span::default() }));
    match (op, number) {
        (CompareOp::Ge, Some(..=0)) => constant(true),
        (CompareOp::Lt, Some(..=0)) => constant(false),
        (CompareOp::Ge, Some(1)) | (CompareOp::Ne, Some(0)) => some(quantifier),
        (CompareOp::Lt, Some(1)) | (CompareOp::Eq, Some(0)) => no(some(quantifier)),
        _ => ExprKind::Count { quantifier: Box::new(quantifier), op, bound: Box::new(bound) },
    }
}
