//! Expressions, as written.

use kijun_source::Span;

use super::{Builtin, Name, Rows, Template};

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it says.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

impl Expr {
    /// Whether it reads rows: `some …`, `no …`, `every …`, `count …`, `sum … over …`.
    pub fn is_quantifier(&self) -> bool {
        matches!(
            self.kind,
            ExprKind::Some(_)
                | ExprKind::No(_)
                | ExprKind::Every(..)
                | ExprKind::Count(_)
                | ExprKind::Aggregate(..)
        )
    }

    /// The expressions that it is directly made of, in the order written.
    pub fn children(&self) -> Vec<&Expr> {
        match &self.kind {
            ExprKind::Name(_)
            | ExprKind::Today
            | ExprKind::Period
            | ExprKind::Moment
            | ExprKind::Int(_)
            | ExprKind::Decimal(_)
            | ExprKind::Text(_)
            | ExprKind::Date(_)
            | ExprKind::DateTime(..)
            | ExprKind::FiscalYear(_)
            | ExprKind::Duration(..)
            | ExprKind::Bool(_)
            | ExprKind::None => Vec::new(),
            ExprKind::Template(template) => template.values().collect(),
            ExprKind::Group(inner)
            | ExprKind::Field(inner, _)
            | ExprKind::Not(inner)
            | ExprKind::Negate(inner)
            | ExprKind::IsNone(inner)
            | ExprKind::IsNotNone(inner)
            | ExprKind::Matches(inner, ..) => vec![inner],
            ExprKind::Covered(_, period) => period.iter().map(|period| &**period).collect(),
            ExprKind::Call(_, parts) | ExprKind::Builtin(_, _, parts) | ExprKind::List(parts) => {
                parts.iter().collect()
            }
            ExprKind::Binary(_, left, right)
            | ExprKind::Range(left, right)
            | ExprKind::In(left, right)
            | ExprKind::StartsWith(left, right)
            | ExprKind::Contains(left, right)
            | ExprKind::Else(left, right) => vec![left, right],
            ExprKind::If(condition, then, otherwise) => vec![condition, then, otherwise],
            ExprKind::Some(rows) | ExprKind::No(rows) | ExprKind::Count(rows) => rows.children(),
            ExprKind::Every(rows, has) => rows.children().into_iter().chain([&**has]).collect(),
            ExprKind::Aggregate(_, value, rows) => std::iter::once(&**value).chain(rows.children()).collect(),
        }
    }
}

/// What an expression says.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// A variable, a parameter, an enum's value.
    Name(String),
    /// `today`
    Today,
    /// `period`: the period under audit.
    Period,
    /// `moment`: the instant that is judged in a rule `throughout period`, or at which a relation is read.
    Moment,
    /// `42`
    Int(i64),
    /// `0.5`
    Decimal(String),
    /// `"…"`
    Text(String),
    /// `"… {expression} …"`
    Template(Template),
    /// `2026-04-01` or `令和8年4月1日`, as written
    Date(String),
    /// `2026-04-01 10:00`
    DateTime(String, String),
    /// `2026年度` or `令和8年度`, as written
    FiscalYear(String),
    /// `31 days`
    Duration(i64, Unit),
    /// `true`, `false`
    Bool(bool),
    /// `none`
    None,
    /// `(…)`
    Group(Box<Expr>),
    /// `a.person`
    Field(Box<Expr>, Name),
    /// `employed(p, today)`
    Call(Name, Vec<Expr>),
    /// `date(a.at)`: a function of the language, with the place of its name
    Builtin(Builtin, Span, Vec<Expr>),
    /// `covered(F)`, `covered(F, PERIOD)`
    Covered(Name, Option<Box<Expr>>),
    /// `not …`
    Not(Box<Expr>),
    /// `- …`
    Negate(Box<Expr>),
    /// `a and b`, `a == b`, `a + b`
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `a to b`: both ends included
    Range(Box<Expr>, Box<Expr>),
    /// `["a", "b"]`
    List(Vec<Expr>),
    /// `x in period`, `x in a to b`, `x in ["a", "b"]`, `address in network`
    In(Box<Expr>, Box<Expr>),
    /// `x is none`
    IsNone(Box<Expr>),
    /// `x is not none`
    IsNotNone(Box<Expr>),
    /// `x starts with y`
    StartsWith(Box<Expr>, Box<Expr>),
    /// `x contains y`
    Contains(Box<Expr>, Box<Expr>),
    /// `x matches /…/`: the pattern between the slashes, as written, and its place
    Matches(Box<Expr>, String, Span),
    /// `x else y`
    Else(Box<Expr>, Box<Expr>),
    /// `if c then a else b`
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `some x in F where …`
    Some(Box<Rows>),
    /// `no x in F where …`
    No(Box<Rows>),
    /// `every x in F where … has …`
    Every(Box<Rows>, Box<Expr>),
    /// `count x in F where …`
    Count(Box<Rows>),
    /// `sum x.amount over x in F where …`
    Aggregate(AggregateOp, Box<Expr>, Box<Rows>),
}

/// What is made of the values of many rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AggregateOp {
    /// `sum`
    Sum,
    /// `min`
    Min,
    /// `max`
    Max,
    /// `first`: the value at the earliest event
    First,
    /// `latest`: the value at the latest event
    Latest,
    /// `count distinct`
    CountDistinct,
}

/// Operators with two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the operators")]
pub enum BinaryOp {
    Or,
    And,
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    Add,
    Sub,
    Mul,
}

/// Units of durations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the units")]
pub enum Unit {
    Years,
    Months,
    Weeks,
    Days,
    BusinessDays,
    Hours,
    Minutes,
    Seconds,
}
