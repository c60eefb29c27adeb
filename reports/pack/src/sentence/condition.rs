//! What a condition says, before anybody has said it in a language: negations resolved, common forms recognised.
//!
//! Negation moves down to the single claims, which changes nothing in Kleene's logic: `not (a and b)` is `not a or not b`.

use kijun_ir::{CompareOp, Expr, ExprKind, FactId, FieldId, Function, Kind, ParamId, Pattern, Rule, VarId};

use super::alike::alike;
use super::rows::{Rows, rows, rows_but_last};
use super::scope::{Names, Scope};

/// A condition as people say it.
#[derive(Debug, Clone)]
pub(super) enum Condition<'a> {
    /// All hold; at least two.
    All(Vec<Condition<'a>>),
    /// Any holds; at least two.
    Any(Vec<Condition<'a>>),
    /// Where the first holds the second, otherwise the third.
    Cases(Box<[Condition<'a>; 3]>),
    /// A claim, and whether it must be so.
    Is(Claim<'a>, bool),
}

/// One thing that may be so.
#[derive(Debug, Clone)]
pub(super) enum Claim<'a> {
    /// A value that is yes or no.
    Flag(&'a Expr),
    /// A comparison; negations are in the operator.
    Compare(&'a Expr, CompareOp, &'a Expr),
    /// Fields of the current row and of another row, whose labels are the same, have the same values.
    Same {
        /// The other row.
        other: VarId,
        /// The field of the current row and that of the other.
        pairs: Vec<(FieldId, FieldId)>,
    },
    /// The value is one of these.
    OneOf(&'a Expr, Vec<&'a Expr>),
    /// The value is one of those of a parameter.
    Listed(&'a Expr, ParamId),
    /// The date lies in the period.
    InPeriod(&'a Expr, &'a Expr),
    /// The address lies in the network.
    InCidr(&'a Expr, &'a Expr),
    /// There is no value.
    IsNone(&'a Expr),
    /// The text starts with another.
    StartsWith(&'a Expr, &'a Expr),
    /// The text contains another.
    Contains(&'a Expr, &'a Expr),
    /// The text is of a form.
    Matches(&'a Expr, &'a Pattern),
    /// A function that answers yes or no.
    Answers(Function, &'a [Expr]),
    /// The collections of an event cover a period.
    Covered(FactId, Option<&'a Expr>),
    /// There is such a row.
    Exists(Rows<'a>),
    /// The number of such rows compares so.
    Count(Rows<'a>, CompareOp, &'a Expr),
    /// The condition holds of every such row. Always to be so: its negation is that there is another row.
    Every(Rows<'a>, Box<Condition<'a>>),
    /// A definition that is said by its name.
    Defined(&'a str, &'a Expr),
    /// A condition that is always so, or never.
    Constant,
}

/// What `expr` says about the row of `current`, or its opposite where it must not hold.
pub(super) fn read<'a>(
    names: &Names<'a>,
    current: Option<VarId>,
    expr: &'a Expr,
    holds: bool,
) -> Condition<'a> {
    let is = |claim| Condition::Is(claim, holds);
    match &expr.kind {
        ExprKind::Not(inner) => read(names, current, inner, !holds),
        ExprKind::And(parts) if holds => {
            all(names, parts.iter().map(|part| read(names, current, part, true)), current)
        }
        ExprKind::And(parts) => any(parts.iter().map(|part| read(names, current, part, false))),
        ExprKind::Or(parts) if holds => any(parts.iter().map(|part| read(names, current, part, true))),
        ExprKind::Or(parts) => {
            all(names, parts.iter().map(|part| read(names, current, part, false)), current)
        }
        ExprKind::If { condition, then, otherwise } => Condition::Cases(Box::new([
            read(names, current, condition, true),
            read(names, current, then, holds),
            read(names, current, otherwise, holds),
        ])),
        ExprKind::Some(quantifier) => match (holds, every(names, quantifier)) {
            (false, Some(claim)) => Condition::Is(claim, true),
            _ => is(Claim::Exists(rows(names, quantifier))),
        },
        ExprKind::Count { quantifier, op, bound } => {
            let op = if holds { *op } else { op.inverted() };
            Condition::Is(Claim::Count(rows(names, quantifier), op, bound), true)
        }
        ExprKind::Admissible { condition: inner, .. } | ExprKind::Needs { then: inner, .. } => {
            read(names, current, inner, holds)
        }
        ExprKind::Named { name, param, body } => named(names, current, (name, *param, body), holds),
        ExprKind::OneOf { item, list } if are_networks(item, list) => {
            let lies = list.iter().map(|network| Condition::Is(Claim::InCidr(item, network), holds));
            if holds { any(lies) } else { all(names, lies, current) }
        }
        ExprKind::Literal(kijun_ir::Value::Bool(value)) => Condition::Is(Claim::Constant, *value == holds),
        ExprKind::Compare { op, left, right } => compare(names, current, (left, *op, right), holds),
        _ => is(plain_claim(expr)),
    }
}

/// What a rule needs shown of its subject; `None` where it needs nothing.
pub(super) fn shown<'a>(scope: &Scope<'a>, rule: &'a Rule) -> Option<Condition<'a>> {
    let (needed, _) = rule.needs();
    let parts = needed.iter().map(|condition| read(&scope.names, scope.current, condition, true));
    (!needed.is_empty()).then(|| all(&scope.names, parts, scope.current))
}

/// Claims that are said as they stand.
fn plain_claim(expr: &Expr) -> Claim<'_> {
    match &expr.kind {
        ExprKind::OneOf { item, list } => Claim::OneOf(item, list.iter().collect()),
        ExprKind::InPeriod { time, period } => Claim::InPeriod(time, period),
        ExprKind::InCidr { ip, cidr } => Claim::InCidr(ip, cidr),
        ExprKind::IsNone(value) => Claim::IsNone(value),
        ExprKind::StartsWith { text, prefix } => Claim::StartsWith(text, prefix),
        ExprKind::Contains { text, part } => Claim::Contains(text, part),
        ExprKind::Matches { text, pattern } => Claim::Matches(text, pattern),
        ExprKind::Covered { fact, period } => Claim::Covered(*fact, period.as_deref()),
        ExprKind::Call { function, arguments } => Claim::Answers(*function, arguments),
        _ => Claim::Flag(expr),
    }
}

/// `no x where P and not C`, which is how `every x where P has C` is written in the end.
fn every<'a>(names: &Names<'a>, quantifier: &'a kijun_ir::Quantifier) -> Option<Claim<'a>> {
    let (rows, last) = rows_but_last(names, quantifier)?;
    let ExprKind::Not(claim) = &last.kind else { return None };
    let claim = read(names, Some(quantifier.var), claim, true);
    Some(Claim::Every(rows, Box::new(claim)))
}

/// A definition by its name where it has one that people read, else by what it says; a list by its parameter.
fn named<'a>(
    names: &Names<'a>,
    current: Option<VarId>,
    (name, param, body): (&'a String, Option<ParamId>, &'a Expr),
    holds: bool,
) -> Condition<'a> {
    if let (ExprKind::OneOf { item, list }, Some(param)) = (&body.kind, param) {
        return match are_networks(item, list) {
            true => read(names, current, body, holds),
            false => Condition::Is(Claim::Listed(item, param), holds),
        };
    }
    if names.definitions.get(name).is_none() {
        return read(names, current, body, holds);
    }
    Condition::Is(Claim::Defined(name, body), holds)
}

/// Whether an address is to lie in one of several networks, which is said of each.
fn are_networks(item: &Expr, list: &[Expr]) -> bool {
    item.ty.kind == Kind::Ip && list.iter().any(|element| element.ty.kind == Kind::Cidr)
}

/// A comparison with what changes on its left: `today <= x.until` says something of `x.until`. A comparison with yes or no is a flag.
fn compare<'a>(
    names: &Names<'a>,
    current: Option<VarId>,
    (left, op, right): (&'a Expr, CompareOp, &'a Expr),
    holds: bool,
) -> Condition<'a> {
    let op = if holds { op } else { op.inverted() };
    for (flag, value) in [(left, right), (right, left)] {
        if let ExprKind::Literal(kijun_ir::Value::Bool(value)) = value.kind
            && matches!(op, CompareOp::Eq | CompareOp::Ne)
        {
            return read(names, current, flag, value == (op == CompareOp::Eq));
        }
    }
    let own = |expr: &Expr| current.is_some_and(|current| expr.mentions(current));
    let constant = |expr: &Expr| {
        matches!(expr.kind, ExprKind::Literal(_) | ExprKind::Today | ExprKind::Moment | ExprKind::Param(_))
    };
    let turned = (own(right) && !own(left)) || (constant(left) && !constant(right));
    let (left, op, right) = if turned { (right, op.flipped(), left) } else { (left, op, right) };
    Condition::Is(Claim::Compare(left, op, right), true)
}

/// All of these: nested ones in one list, equal fields of one other row in one claim.
pub(super) fn all<'a>(
    names: &Names<'a>,
    parts: impl Iterator<Item = Condition<'a>>,
    current: Option<VarId>,
) -> Condition<'a> {
    let mut said: Vec<Condition<'a>> = Vec::new();
    let flat = parts.flat_map(|part| match part {
        Condition::All(parts) => parts,
        part => vec![part],
    });
    let (empty, telling): (Vec<_>, Vec<_>) = flat.partition(says_nothing);
    let flat = if telling.is_empty() { empty } else { telling };
    for part in flat {
        match same(names, current, &part) {
            Some(claim) => push_same(&mut said, claim),
            None => push_choice(&mut said, part, CompareOp::Ne),
        }
    }
    one_or(said, Condition::All)
}

/// Whether a condition compares a value with itself, as the body of a definition does whose argument is the field that it is compared with.
fn says_nothing(condition: &Condition<'_>) -> bool {
    matches!(condition, Condition::Is(Claim::Compare(left, CompareOp::Eq, right), true) if alike(left, right))
}

/// Any of these: nested ones in one list, several values of one field in one claim.
fn any<'a>(parts: impl Iterator<Item = Condition<'a>>) -> Condition<'a> {
    let mut said = Vec::new();
    let flat = parts.flat_map(|part| match part {
        Condition::Any(parts) => parts,
        part => vec![part],
    });
    for part in flat {
        push_choice(&mut said, part, CompareOp::Eq);
    }
    one_or(said, Condition::Any)
}

fn one_or<'a>(
    mut parts: Vec<Condition<'a>>,
    many: impl Fn(Vec<Condition<'a>>) -> Condition<'a>,
) -> Condition<'a> {
    match parts.len() {
        1 => parts.remove(0),
        _ => many(parts),
    }
}

/// Adds a condition; `kind == pc or kind == server`, and `kind != pc and kind != server`, become one claim about the kind.
fn push_choice<'a>(said: &mut Vec<Condition<'a>>, part: Condition<'a>, wanted: CompareOp) {
    let choice = match &part {
        Condition::Is(Claim::Compare(left, op, right), _)
            if *op == wanted && matches!(right.kind, ExprKind::Literal(_)) =>
        {
            Some((*left, *right))
        }
        _ => None,
    };
    let Some((item, value)) = choice else { return said.push(part) };
    match said.last_mut() {
        Some(Condition::Is(Claim::OneOf(same, values), holds))
            if *holds == (wanted == CompareOp::Eq) && alike(same, item) =>
        {
            values.push(value);
        }
        Some(last @ Condition::Is(Claim::Compare(..), _)) => {
            let Condition::Is(Claim::Compare(same, op, first), _) = last else { return said.push(part) };
            if *op == wanted && alike(same, item) && matches!(first.kind, ExprKind::Literal(_)) {
                *last = Condition::Is(Claim::OneOf(item, vec![first, value]), wanted == CompareOp::Eq);
            } else {
                said.push(part);
            }
        }
        _ => said.push(part),
    }
}

/// The claim as one about equal fields, if it is one: a field of the current row equals one of another row that people call by the same name.
fn same<'a>(names: &Names<'a>, current: Option<VarId>, part: &Condition<'a>) -> Option<Claim<'a>> {
    let Condition::Is(Claim::Compare(left, CompareOp::Eq, right), true) = part else { return None };
    let (ExprKind::Field { var, field }, ExprKind::Field { var: other, field: theirs }) =
        (&left.kind, &right.kind)
    else {
        return None;
    };
    let facts = (names.fact_of(*var)?, names.fact_of(*other)?);
    let fact = |id: FactId| &names.program.facts[id];
    let alike = fact(facts.0).fields[*field].label == fact(facts.1).fields[*theirs].label;
    let about_current = Some(*var) == current && var != other;
    (alike && about_current).then(|| Claim::Same { other: *other, pairs: vec![(*field, *theirs)] })
}

fn push_same<'a>(said: &mut Vec<Condition<'a>>, claim: Claim<'a>) {
    if let (
        Claim::Same { other, pairs, .. },
        Some(Condition::Is(Claim::Same { other: last, pairs: before, .. }, _)),
    ) = (&claim, said.last_mut())
        && other == last
    {
        before.extend(pairs);
        return;
    }
    said.push(Condition::Is(claim, true));
}

/// Whether `if a < b then a else b` and its like is the least or the greatest of two.
pub(super) fn bound(condition: &Expr, then: &Expr, otherwise: &Expr) -> Option<kijun_ir::AggregateOp> {
    let ExprKind::Compare { op, left, right } = &condition.kind else { return None };
    let op = if alike(left, then) && alike(right, otherwise) {
        *op
    } else if alike(left, otherwise) && alike(right, then) {
        op.flipped()
    } else {
        return None;
    };
    match op {
        CompareOp::Lt | CompareOp::Le => Some(kijun_ir::AggregateOp::Min),
        CompareOp::Gt | CompareOp::Ge => Some(kijun_ir::AggregateOp::Max),
        CompareOp::Eq | CompareOp::Ne => None,
    }
}
