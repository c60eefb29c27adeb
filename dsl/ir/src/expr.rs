//! Expressions of a checked program, and what they mean.
//!
//! Every expression has one meaning, which both evaluators share:
//!
//! * A value is a [`Cell`](crate::Cell): known, `none`, or unknown. A condition is a [`Truth`](crate::Truth).
//! * An operator over a cell that is unknown is unknown. An operator over `none` cannot occur in a checked
//!   program outside `is none` and `else`; should it occur, it is unknown. Arithmetic beyond the range is unknown.
//! * `and`, `or`, `not` are Kleene's.
//! * `if` with an unknown condition is unknown unless both branches give the same known value or the same `none`;
//!   the same means equal part by part, so that 1 day and 24 hours are not.
//! * `x in [a, b]` is `x == a or x == b`.
//! * `datetime - datetime` is exact to the microsecond, `date - date` counts days.
//! * `value else default` is the default where the value is `none`, unknown where it is unknown.
//! * Following a reference reads the visible row with that key. Where there is none, or the key is unknown, the field is unknown.
//! * A quantifier reads the visible rows of its fact (see `kijun_eval::Snapshot`). With `n` rows for which the
//!   condition is true, `u` for which it is unknown, and `covered` when the collections cover the time that was
//!   asked for: the count lies between `n` and `n + u`, without upper end unless `covered`.
//!   `some` is true if the count is surely at least one, false if it is surely zero, otherwise unknown.
//! * A comparison with a count is true or false where it is so for every count that is possible.
//! * `covered F` is true when the collections of `F` cover the whole period under audit as far as it is due;
//!   otherwise unknown, never false: a missing file does not show that nothing was recorded.

use kijun_source::Span;

use crate::{FactId, FieldId, Kind, ParamId, Type, Value, VarId};

/// An expression with its type and the text that it was written as.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it computes.
    pub kind: ExprKind,
    /// The type of its value.
    pub ty: Type,
    /// Where it stands in the ruleset.
    pub span: Span,
}

/// What an expression computes.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// A value written in the ruleset.
    Literal(Value),
    /// `none`.
    NoneLiteral,
    /// The date of judgement.
    Today,
    /// The first day of the period under audit.
    PeriodStart,
    /// The last day of the period under audit.
    PeriodEnd,
    /// The value of a parameter.
    Param(ParamId),
    /// A field of the row that a variable stands for.
    Field {
        /// The variable.
        var: VarId,
        /// A field of the variable's fact.
        field: FieldId,
    },
    /// A field of the row that a reference names.
    Follow {
        /// The reference; its kind is `Ref(fact)`.
        base: Box<Expr>,
        /// The fact it refers to.
        fact: FactId,
        /// A field of that fact.
        field: FieldId,
    },
    /// Negation.
    Not(Box<Expr>),
    /// Conjunction of two or more.
    And(Vec<Expr>),
    /// Disjunction of two or more.
    Or(Vec<Expr>),
    /// Comparison of two values of kinds that compare.
    Compare {
        /// The operator.
        op: CompareOp,
        /// Left side.
        left: Box<Expr>,
        /// Right side.
        right: Box<Expr>,
    },
    /// Whether the value equals one of the list.
    OneOf {
        /// The value.
        item: Box<Expr>,
        /// The list.
        list: Vec<Expr>,
    },
    /// Whether a date, or the local date of a datetime, lies in the period under audit, both ends included.
    InPeriod(Box<Expr>),
    /// Whether the value is `none`.
    IsNone(Box<Expr>),
    /// Whether a text starts with another.
    StartsWith {
        /// The text.
        text: Box<Expr>,
        /// What it must start with.
        prefix: Box<Expr>,
    },
    /// Sums, differences and products of numbers, dates and durations.
    Arithmetic {
        /// The operator.
        op: ArithmeticOp,
        /// Left side.
        left: Box<Expr>,
        /// Right side.
        right: Box<Expr>,
    },
    /// The local date of a datetime.
    DateOf(Box<Expr>),
    /// Choice between two values of one kind.
    If {
        /// The condition.
        condition: Box<Expr>,
        /// The value where it holds.
        then: Box<Expr>,
        /// The value where it does not.
        otherwise: Box<Expr>,
    },
    /// The value, or the default where it is `none`.
    Else {
        /// A value that may be `none`.
        value: Box<Expr>,
        /// The default.
        default: Box<Expr>,
    },
    /// Whether there is a row for which the condition holds.
    Some(Box<Quantifier>),
    /// How the number of rows for which the condition holds compares with a number.
    Count {
        /// Which rows are counted.
        quantifier: Box<Quantifier>,
        /// The operator, with the count on the left.
        op: CompareOp,
        /// An integer.
        bound: Box<Expr>,
    },
    /// Whether the collections of a fact cover the period under audit as far as it is due.
    Covered(FactId),
    /// The body of a `define`, with the name by which it was called.
    Named {
        /// The name of the definition.
        name: String,
        /// Its body, parameters replaced by arguments.
        body: Box<Expr>,
    },
}

/// The rows of a fact for which a condition holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantifier {
    /// The variable that stands for the row; bound nowhere else in the rule.
    pub var: VarId,
    /// The fact whose rows are read.
    pub fact: FactId,
    /// The condition; `None` where every row counts.
    pub condition: Option<Expr>,
    /// Where it stands in the ruleset.
    pub span: Span,
}

/// Comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CompareOp {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl CompareOp {
    /// The operator with its sides exchanged: `a < b` is `b > a`.
    #[must_use]
    pub fn flipped(self) -> Self {
        match self {
            CompareOp::Lt => CompareOp::Gt,
            CompareOp::Le => CompareOp::Ge,
            CompareOp::Gt => CompareOp::Lt,
            CompareOp::Ge => CompareOp::Le,
            CompareOp::Eq | CompareOp::Ne => self,
        }
    }

    /// The operator that holds where this one does not: `a < b` is `not (a >= b)`.
    #[must_use]
    pub fn inverted(self) -> Self {
        match self {
            CompareOp::Eq => CompareOp::Ne,
            CompareOp::Ne => CompareOp::Eq,
            CompareOp::Lt => CompareOp::Ge,
            CompareOp::Le => CompareOp::Gt,
            CompareOp::Gt => CompareOp::Le,
            CompareOp::Ge => CompareOp::Lt,
        }
    }

    /// Whether two values in this order satisfy the operator.
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            CompareOp::Eq => order.is_eq(),
            CompareOp::Ne => order.is_ne(),
            CompareOp::Lt => order.is_lt(),
            CompareOp::Le => order.is_le(),
            CompareOp::Gt => order.is_gt(),
            CompareOp::Ge => order.is_ge(),
        }
    }

    /// The operator as written.
    pub fn symbol(self) -> &'static str {
        match self {
            CompareOp::Eq => "==",
            CompareOp::Ne => "!=",
            CompareOp::Lt => "<",
            CompareOp::Le => "<=",
            CompareOp::Gt => ">",
            CompareOp::Ge => ">=",
        }
    }
}

/// Arithmetic. Which kinds go together: numbers with numbers; `date ± duration`, `datetime ± duration`,
/// `duration ± duration`; `date - date` and `datetime - datetime` are durations; `duration * int`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArithmeticOp {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
}

/// A text with expressions in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Template {
    /// Its parts in order.
    pub parts: Vec<TemplatePart>,
}

/// A part of a [`Template`].
#[derive(Debug, Clone, PartialEq)]
pub enum TemplatePart {
    /// Text as written.
    Text(String),
    /// The value of an expression.
    Value(Expr),
}

impl Expr {
    /// An expression that is always there.
    pub fn new(kind: ExprKind, ty: Kind, span: Span) -> Self {
        Self { kind, ty: Type::required(ty), span }
    }

    /// The direct parts, quantifiers' conditions included, in the order written.
    pub fn children(&self) -> Vec<&Expr> {
        match &self.kind {
            ExprKind::Literal(_)
            | ExprKind::NoneLiteral
            | ExprKind::Today
            | ExprKind::PeriodStart
            | ExprKind::PeriodEnd
            | ExprKind::Param(_)
            | ExprKind::Field { .. }
            | ExprKind::Covered(_) => Vec::new(),
            ExprKind::Follow { base, .. } => vec![base],
            ExprKind::Not(inner)
            | ExprKind::InPeriod(inner)
            | ExprKind::IsNone(inner)
            | ExprKind::DateOf(inner) => {
                vec![inner]
            }
            ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().collect(),
            ExprKind::Compare { left, right, .. } | ExprKind::Arithmetic { left, right, .. } => {
                vec![left, right]
            }
            ExprKind::OneOf { item, list } => std::iter::once(&**item).chain(list).collect(),
            ExprKind::StartsWith { text, prefix } => vec![text, prefix],
            ExprKind::If { condition, then, otherwise } => vec![condition, then, otherwise],
            ExprKind::Else { value, default } => vec![value, default],
            ExprKind::Some(quantifier) => quantifier.condition.iter().collect(),
            ExprKind::Count { quantifier, bound, .. } => {
                quantifier.condition.iter().chain(std::iter::once(&**bound)).collect()
            }
            ExprKind::Named { body, .. } => vec![body],
        }
    }

    /// The direct parts, in the order of [`Expr::children`], for one who rewrites them.
    pub fn children_mut(&mut self) -> Vec<&mut Expr> {
        match &mut self.kind {
            ExprKind::Literal(_)
            | ExprKind::NoneLiteral
            | ExprKind::Today
            | ExprKind::PeriodStart
            | ExprKind::PeriodEnd
            | ExprKind::Param(_)
            | ExprKind::Field { .. }
            | ExprKind::Covered(_) => Vec::new(),
            ExprKind::Follow { base, .. } => vec![base],
            ExprKind::Not(inner)
            | ExprKind::InPeriod(inner)
            | ExprKind::IsNone(inner)
            | ExprKind::DateOf(inner) => {
                vec![inner]
            }
            ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter_mut().collect(),
            ExprKind::Compare { left, right, .. } | ExprKind::Arithmetic { left, right, .. } => {
                vec![left, right]
            }
            ExprKind::OneOf { item, list } => std::iter::once(&mut **item).chain(list).collect(),
            ExprKind::StartsWith { text, prefix } => vec![text, prefix],
            ExprKind::If { condition, then, otherwise } => vec![condition, then, otherwise],
            ExprKind::Else { value, default } => vec![value, default],
            ExprKind::Some(quantifier) => quantifier.condition.iter_mut().collect(),
            ExprKind::Count { quantifier, bound, .. } => {
                quantifier.condition.iter_mut().chain(std::iter::once(&mut **bound)).collect()
            }
            ExprKind::Named { body, .. } => vec![body],
        }
    }

    /// Calls `visit` on this expression and all below it.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Expr)) {
        visit(self);
        for child in self.children() {
            child.walk(visit);
        }
    }

    /// Whether the value depends on the row that `var` stands for.
    pub fn mentions(&self, var: VarId) -> bool {
        let mut found = false;
        self.walk(&mut |expr| {
            if let ExprKind::Field { var: mentioned, .. } = expr.kind {
                found |= mentioned == var;
            }
        });
        found
    }
}

/// The conditions that must all hold for this one to hold, definitions looked through.
pub fn conjuncts(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::And(parts) => parts.iter().flat_map(conjuncts).collect(),
        ExprKind::Named { body, .. } => conjuncts(body),
        _ => vec![expr],
    }
}
