//! Whether conditions can be what they are claimed to be, all at once.

use kijun_ir::{CompareOp, Expr, ExprKind, Kind, Period, Quantifier, Value};

use crate::logic::Logic;
use crate::logic::bounds::{self, Bound};

/// More claims than this are not looked into.
const MOST: usize = 64;

/// How many choices may lie within each other.
const DEEPEST: usize = 2;

/// That a condition is true, or that it is false: surely, not for lack of evidence.
#[derive(Clone, Copy)]
pub(crate) struct Claim<'e> {
    pub(crate) condition: &'e Expr,
    pub(crate) holds: bool,
}

impl<'e> Claim<'e> {
    pub(crate) fn is_true(condition: &'e Expr) -> Self {
        Self { condition, holds: true }
    }

    pub(crate) fn is_false(condition: &'e Expr) -> Self {
        Self { condition, holds: false }
    }
}

/// Claims taken apart.
#[derive(Clone, Default)]
struct Parts<'e> {
    /// Those that are no more than they seem.
    atoms: Vec<Claim<'e>>,
    /// Of each of these, one at least is the case.
    choices: Vec<Vec<Claim<'e>>>,
    /// Whether one of them is `true`, claimed to be false, or the like.
    absurd: bool,
}

/// What bounds speak about.
#[derive(Clone, Copy)]
enum Term<'e> {
    Value(&'e Expr),
    /// The number of rows.
    Count(&'e Quantifier),
}

/// How the values of two expressions may stand to each other.
struct Relation<'e> {
    left: &'e Expr,
    right: &'e Expr,
    op: CompareOp,
}

impl Logic<'_> {
    /// Whether it is certain that claims are not all the case.
    pub(crate) fn contradict(&self, claims: &[Claim<'_>]) -> bool {
        let mut parts = Parts::default();
        claims.iter().for_each(|claim| self.take_apart(*claim, &mut parts));
        self.impossible(&parts, DEEPEST)
    }

    fn take_apart<'e>(&self, claim: Claim<'e>, parts: &mut Parts<'e>) {
        let Claim { condition, holds } = claim;
        let condition = self.unnamed(condition);
        match &condition.kind {
            ExprKind::Not(inner) => self.take_apart(Claim { condition: inner, holds: !holds }, parts),
            ExprKind::Literal(Value::Bool(value)) => parts.absurd |= *value != holds,
            ExprKind::And(all) if holds => self.take_all(all, holds, parts),
            ExprKind::Or(all) if !holds => self.take_all(all, holds, parts),
            ExprKind::Needs { shown, then } => {
                self.take_all(shown, true, parts);
                self.take_apart(Claim { condition: then, holds }, parts);
            }
            ExprKind::And(any) | ExprKind::Or(any) => {
                parts.choices.push(any.iter().map(|condition| Claim { condition, holds }).collect());
            }
            _ => parts.atoms.push(Claim { condition, holds }),
        }
        if let ExprKind::Some(quantifier) = &condition.kind
            && let Some(condition) = &quantifier.condition
            && holds
        {
            self.take_apart(Claim::is_true(condition), parts);
        }
    }

    fn take_all<'e>(&self, all: &'e [Expr], holds: bool, parts: &mut Parts<'e>) {
        all.iter().for_each(|condition| self.take_apart(Claim { condition, holds }, parts));
    }

    fn impossible(&self, parts: &Parts<'_>, depth: usize) -> bool {
        if parts.absurd {
            return true;
        }
        if parts.atoms.len() > MOST {
            return false;
        }
        self.atoms_contradict(&parts.atoms)
            || (depth > 0 && parts.choices.iter().any(|choice| self.no_choice(&parts.atoms, choice, depth)))
    }

    /// Whether none of some claims can be the case together with others.
    fn no_choice(&self, atoms: &[Claim<'_>], choice: &[Claim<'_>], depth: usize) -> bool {
        choice.len() <= MOST
            && choice.iter().all(|claim| {
                let mut parts = Parts { atoms: atoms.to_vec(), ..Parts::default() };
                self.take_apart(*claim, &mut parts);
                self.impossible(&parts, depth - 1)
            })
    }

    fn atoms_contradict(&self, atoms: &[Claim<'_>]) -> bool {
        self.opposed(atoms) || self.out_of_bounds(atoms) || self.unrelated(atoms)
    }

    /// Whether one condition is claimed to be true and to be false.
    fn opposed(&self, atoms: &[Claim<'_>]) -> bool {
        let holding = || atoms.iter().filter(|atom| atom.holds);
        let failing = atoms.iter().filter(|atom| !atom.holds);
        failing.into_iter().any(|a| holding().any(|b| self.same(a.condition, b.condition)))
    }

    /// Whether no value keeps to what is claimed of it.
    fn out_of_bounds(&self, atoms: &[Claim<'_>]) -> bool {
        let bounds: Vec<(Term<'_>, Bound)> = atoms.iter().flat_map(|atom| self.bounds(*atom)).collect();
        bounds.iter().enumerate().any(|(index, (term, _))| {
            let same = |other: &Term<'_>| self.same_term(*term, *other);
            if bounds[..index].iter().any(|(other, _)| same(other)) {
                return false;
            }
            let mut known = self.always(*term);
            known.extend(bounds.iter().filter(|(other, _)| same(other)).map(|(_, bound)| bound.clone()));
            bounds::contradict(&known)
        })
    }

    fn same_term(&self, left: Term<'_>, right: Term<'_>) -> bool {
        match (left, right) {
            (Term::Value(left), Term::Value(right)) => self.same(left, right),
            (Term::Count(left), Term::Count(right)) => self.same_rows(left, right),
            _ => false,
        }
    }

    /// What is true of a value whatever is claimed.
    fn always(&self, term: Term<'_>) -> Vec<Bound> {
        let Term::Value(value) = term else { return vec![Bound::Is(CompareOp::Ge, Value::Int(0))] };
        match (&value.kind, value.ty.kind) {
            (ExprKind::Literal(value), _) => vec![Bound::Is(CompareOp::Eq, value.clone())],
            (_, Kind::Bool) => vec![Bound::OneOf(vec![Value::Bool(false), Value::Bool(true)])],
            (_, Kind::Enum(id)) => {
                let values = (0..).zip(&self.program.enums[id].values);
                vec![Bound::OneOf(values.map(|(position, _)| Value::Enum(position)).collect())]
            }
            _ => Vec::new(),
        }
    }

    /// What a claim says of one value each.
    fn bounds<'e>(&self, atom: Claim<'e>) -> Vec<(Term<'e>, Bound)> {
        let Claim { condition, holds } = atom;
        match &condition.kind {
            ExprKind::Compare { op, left, right } => {
                let (left, right) = (self.unnamed(left), self.unnamed(right));
                let op = claimed(*op, holds);
                match (&left.kind, &right.kind) {
                    (_, ExprKind::Literal(value)) => vec![(Term::Value(left), Bound::Is(op, value.clone()))],
                    (ExprKind::Literal(value), _) => {
                        vec![(Term::Value(right), Bound::Is(op.flipped(), value.clone()))]
                    }
                    _ => Vec::new(),
                }
            }
            ExprKind::Count { quantifier, op, bound } => match &self.unnamed(bound).kind {
                ExprKind::Literal(value) => {
                    vec![(Term::Count(quantifier), Bound::Is(claimed(*op, holds), value.clone()))]
                }
                _ => Vec::new(),
            },
            ExprKind::OneOf { item, list } => self.listed(item, list, holds),
            ExprKind::InPeriod { time, period } if holds && time.ty.kind == Kind::Date => {
                self.days(time, period)
            }
            ExprKind::Field { .. } | ExprKind::Follow { .. } => {
                vec![(Term::Value(condition), Bound::Is(CompareOp::Eq, Value::Bool(holds)))]
            }
            _ => Vec::new(),
        }
    }

    /// That a value is one of a list, or none of it.
    fn listed<'e>(&self, item: &'e Expr, list: &[Expr], holds: bool) -> Vec<(Term<'e>, Bound)> {
        if list.iter().any(|element| !item.ty.kind.equates(element.ty.kind)) {
            return Vec::new();
        }
        let values: Option<Vec<Value>> = list.iter().map(|element| self.literal(element)).collect();
        let (term, Some(values)) = (Term::Value(self.unnamed(item)), values) else { return Vec::new() };
        if holds {
            return vec![(term, Bound::OneOf(values))];
        }
        values.into_iter().map(|value| (term, Bound::Is(CompareOp::Ne, value))).collect()
    }

    /// That a day lies in a period that is written.
    fn days<'e>(&self, day: &'e Expr, period: &Expr) -> Vec<(Term<'e>, Bound)> {
        let Some(Value::Period(Period { start, end })) = self.literal(period) else { return Vec::new() };
        let bound = |op, day_of| (Term::Value(self.unnamed(day)), Bound::Is(op, Value::Date(day_of)));
        vec![bound(CompareOp::Ge, start), bound(CompareOp::Le, end)]
    }

    fn literal(&self, expr: &Expr) -> Option<Value> {
        match &self.unnamed(expr).kind {
            ExprKind::Literal(value) => Some(value.clone()),
            _ => None,
        }
    }

    /// Whether two values are claimed to stand to each other as no two values do.
    fn unrelated(&self, atoms: &[Claim<'_>]) -> bool {
        let relations: Vec<Relation<'_>> = atoms.iter().filter_map(|atom| self.relation(*atom)).collect();
        relations.iter().enumerate().any(|(index, relation)| {
            let own = self.same(relation.left, relation.right).then_some(CompareOp::Eq);
            let earlier = relations[..index].iter().filter_map(|other| self.op_between(relation, other));
            let ops: Vec<CompareOp> = own.into_iter().chain(earlier).chain([relation.op]).collect();
            ORDERS.into_iter().all(|order| ops.iter().any(|op| !op.holds(order)))
        })
    }

    fn relation<'e>(&self, atom: Claim<'e>) -> Option<Relation<'e>> {
        match &atom.condition.kind {
            ExprKind::Compare { op, left, right } => {
                Some(Relation { left, right, op: claimed(*op, atom.holds) })
            }
            _ => None,
        }
    }

    /// The operator of another relation, with the sides of this one, where it is one between the same values.
    fn op_between(&self, relation: &Relation<'_>, other: &Relation<'_>) -> Option<CompareOp> {
        if self.same(relation.left, other.left) && self.same(relation.right, other.right) {
            return Some(other.op);
        }
        let crossed = self.same(relation.left, other.right) && self.same(relation.right, other.left);
        crossed.then(|| other.op.flipped())
    }
}

const ORDERS: [std::cmp::Ordering; 3] =
    [std::cmp::Ordering::Less, std::cmp::Ordering::Equal, std::cmp::Ordering::Greater];

/// The operator that is claimed to hold.
fn claimed(op: CompareOp, holds: bool) -> CompareOp {
    if holds { op } else { op.inverted() }
}
