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
//! * A period holds the days from its first to its last, both included; one whose last day is before its first holds none.
//!   A datetime lies in it where its local day does.
//! * A fact is read *as of* a moment, an instant: that of the quantifier's or the reference's `at` (of a date: its last instant), without one
//!   the last instant of the date of judgement. Where `at` is unknown nothing is known of the rows: no row is read, and none is excluded.
//!   A state is what its sources' last collections at or before the moment show, if these are fresh then; nothing is known of it as of a moment after
//!   the date of judgement. One whose rows carry
//!   their own validity ([`Fact::valid`](crate::Fact)) is what the collections that count on the date of judgement show, whatever the moment:
//!   the analysis adds to a quantifier's condition that the row holds then; following a reference picks the row that holds then.
//!   A relation is derived as of the moment, at which the states that it reads are read. Events, tables and the calendar are the same at every moment.
//! * Following a reference reads the one row with that key as of the moment. Where there is none or there may be more than one, or the key is unknown, the field is unknown.
//! * A quantifier reads the rows of its fact as of the moment (see `kijun_eval::Snapshot`). A row of a relation may itself be only
//!   possible: then its truth is unknown where the condition is true. With `n` rows for which the
//!   condition is true, `u` for which it is unknown, and `covered` when the collections cover the time that was
//!   asked for, or a part of the condition that reads nothing of the row is false, so that it holds for no row whatever is missing:
//!   the count lies between `n` and `n + u`, without upper end unless `covered`, nor where one of the `u` is a row of a relation of
//!   which a cell is unknown, because it may stand for several.
//!   `some` is true if the count is surely at least one, false if it is surely zero, otherwise unknown.
//! * A comparison with a count is true or false where it is so for every count that is possible.
//! * An aggregate is known where `covered` holds, the condition is unknown for no row, and the value is known for every row for which it is true;
//!   otherwise it is unknown. Over no row a sum is zero, a count of distinct values is 0, `min`, `max`, `first` and `latest` are `none`.
//!   `first` and `latest` are the value at the earliest and at the latest event; unknown where events of that time have different values.
//!   A minimum or maximum of values without an order, and a sum beyond the range, are unknown. Only the whole sum must be in range. Of values that are
//!   equal, but written in different ways (a day and 24 hours, 2 and 2.0), the one stands for all that is least unit by unit
//!   (months, days, business days, time of the clock), or has fewer places.
//! * `covered F` is true when the collections of `F` cover the period asked about (the period under audit where none is given) as far as it is due;
//!   otherwise unknown, never false: a missing file does not show that nothing was recorded.
//! * What is *admissible* only where a condition holds is true where it does, otherwise unknown, never false: what somebody says who may not say it
//!   shows neither that it is so nor that it is not.
//! * What *needs* something shown is what follows where all of that is true, otherwise unknown: neither met nor violated, whatever follows would be.
//!   It stands only at the head of a rule's requirement. Asked what it comes to if nothing more happens, before a due date, a requirement is false where
//!   what it needs is: as anything that is not so yet, it may still come.

use kijun_source::{Bilingual, Span};

use crate::{FactId, FieldId, Function, Kind, ParamId, Pattern, Type, Value, VarId};

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
    /// The period under audit.
    Period,
    /// The moment as of which a rule `throughout period` is judged or a relation is derived; elsewhere the last instant of the date of judgement.
    Moment,
    /// The period from one date to another.
    Range {
        /// Its first day.
        from: Box<Expr>,
        /// Its last day.
        to: Box<Expr>,
    },
    /// The first or the last day of a period.
    Edge {
        /// The period.
        period: Box<Expr>,
        /// Which of the two.
        edge: Edge,
    },
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
        /// As of when: a date or a datetime; the date of judgement where `None`.
        at: Option<Box<Expr>>,
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
    /// Whether the value equals one of the list. An address, whether it lies in one of its networks.
    OneOf {
        /// The value.
        item: Box<Expr>,
        /// The list.
        list: Vec<Expr>,
    },
    /// Whether a date, or the local date of a datetime, lies in a period.
    InPeriod {
        /// The date or datetime.
        time: Box<Expr>,
        /// The period.
        period: Box<Expr>,
    },
    /// Whether an address lies in a network.
    InCidr {
        /// The address.
        ip: Box<Expr>,
        /// The network.
        cidr: Box<Expr>,
    },
    /// Whether the value is `none`.
    IsNone(Box<Expr>),
    /// Whether a text starts with another.
    StartsWith {
        /// The text.
        text: Box<Expr>,
        /// What it must start with.
        prefix: Box<Expr>,
    },
    /// Whether a text contains another.
    Contains {
        /// The text.
        text: Box<Expr>,
        /// What it must contain.
        part: Box<Expr>,
    },
    /// Whether the whole of a text matches a pattern.
    Matches {
        /// The text.
        text: Box<Expr>,
        /// The pattern.
        pattern: Pattern,
    },
    /// A text made of others and of values; unknown where a value is unknown or `none`.
    Format(Template),
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
    /// A function of values, unknown where an argument is.
    Call {
        /// The function.
        function: Function,
        /// Its arguments, of the kinds that it takes.
        arguments: Vec<Expr>,
    },
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
    /// A value made of the values of many rows.
    Aggregate {
        /// What is made of them.
        op: AggregateOp,
        /// The value of a row, which is there wherever the condition is true; `None` where the rows themselves are counted.
        value: Option<Box<Expr>>,
        /// Which rows.
        quantifier: Box<Quantifier>,
    },
    /// Whether the collections of an event cover a period as far as it is due.
    Covered {
        /// The event.
        fact: FactId,
        /// The period; the one under audit where `None`.
        period: Option<Box<Expr>>,
    },
    /// Whether what was said counts: true where the condition holds, otherwise unknown.
    Admissible {
        /// What is demanded, as a noun phrase.
        demand: Bilingual,
        /// The condition.
        condition: Box<Expr>,
    },
    /// What follows, where it is shown what must be before that can be judged; otherwise unknown.
    Needs {
        /// What must be shown, in the order written; at least one.
        shown: Vec<Expr>,
        /// The requirement.
        then: Box<Expr>,
    },
    /// The body of a `define`, with the name by which it was called; or that a value is one of a list, with the parameter that is the list.
    Named {
        /// The name of the definition or the parameter.
        name: String,
        /// The parameter. Its body is [`ExprKind::OneOf`], with the values in force.
        param: Option<ParamId>,
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
    /// As of when: a date or a datetime; the date of judgement where `None`. Only of a state whose rows carry no validity, and of a
    /// relation that reads states.
    pub at: Option<Expr>,
    /// The condition; `None` where every row counts.
    pub condition: Option<Expr>,
    /// Where it stands in the ruleset.
    pub span: Span,
}

/// The ends of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edge {
    /// The first day.
    Start,
    /// The last day.
    End,
}

/// What is made of the values of many rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AggregateOp {
    /// How many rows there are, an integer; it has no value.
    Count,
    /// How many different values there are, an integer.
    CountDistinct,
    /// The sum of numbers or durations.
    Sum,
    /// The least.
    Min,
    /// The greatest.
    Max,
    /// The value at the earliest event.
    First,
    /// The value at the latest event.
    Latest,
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

impl Quantifier {
    /// The moment as of which it reads, and its condition.
    pub fn children(&self) -> impl Iterator<Item = &Expr> {
        self.at.iter().chain(&self.condition)
    }

    /// As [`Quantifier::children`], for one who rewrites them.
    pub fn children_mut(&mut self) -> impl Iterator<Item = &mut Expr> {
        self.at.iter_mut().chain(&mut self.condition)
    }
}

impl Template {
    /// The expressions in it, in order.
    pub fn values(&self) -> impl Iterator<Item = &Expr> {
        self.parts.iter().filter_map(|part| match part {
            TemplatePart::Value(expr) => Some(expr),
            TemplatePart::Text(_) => None,
        })
    }

    /// As [`Template::values`], for one who rewrites them.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Expr> {
        self.parts.iter_mut().filter_map(|part| match part {
            TemplatePart::Value(expr) => Some(expr),
            TemplatePart::Text(_) => None,
        })
    }
}

impl Expr {
    /// An expression that is always there.
    pub fn new(kind: ExprKind, ty: Kind, span: Span) -> Self {
        Self { kind, ty: Type::required(ty), span }
    }

    /// The direct parts in the order written: of a quantifier the moment as of which it reads and its condition.
    pub fn children(&self) -> Vec<&Expr> {
        match &self.kind {
            ExprKind::Literal(_)
            | ExprKind::NoneLiteral
            | ExprKind::Today
            | ExprKind::Period
            | ExprKind::Moment
            | ExprKind::Param(_)
            | ExprKind::Field { .. } => Vec::new(),
            ExprKind::Range { from: left, to: right }
            | ExprKind::InPeriod { time: left, period: right }
            | ExprKind::InCidr { ip: left, cidr: right }
            | ExprKind::StartsWith { text: left, prefix: right }
            | ExprKind::Contains { text: left, part: right }
            | ExprKind::Compare { left, right, .. }
            | ExprKind::Arithmetic { left, right, .. }
            | ExprKind::Else { value: left, default: right } => vec![left, right],
            ExprKind::Follow { base, at, .. } => std::iter::once(&**base).chain(at.as_deref()).collect(),
            ExprKind::Edge { period: inner, .. }
            | ExprKind::Matches { text: inner, .. }
            | ExprKind::Not(inner)
            | ExprKind::IsNone(inner)
            | ExprKind::DateOf(inner)
            | ExprKind::Admissible { condition: inner, .. }
            | ExprKind::Named { body: inner, .. } => vec![inner],
            ExprKind::And(parts) | ExprKind::Or(parts) | ExprKind::Call { arguments: parts, .. } => {
                parts.iter().collect()
            }
            ExprKind::OneOf { item, list } => std::iter::once(&**item).chain(list).collect(),
            ExprKind::Needs { shown, then } => shown.iter().chain([&**then]).collect(),
            ExprKind::Format(template) => template.values().collect(),
            ExprKind::If { condition, then, otherwise } => vec![condition, then, otherwise],
            ExprKind::Some(quantifier) => quantifier.children().collect(),
            ExprKind::Count { quantifier, bound, .. } => {
                quantifier.children().chain(std::iter::once(&**bound)).collect()
            }
            ExprKind::Aggregate { value, quantifier, .. } => {
                quantifier.children().chain(value.as_deref()).collect()
            }
            ExprKind::Covered { period, .. } => period.iter().map(|period| &**period).collect(),
        }
    }

    /// The direct parts, in the order of [`Expr::children`], for one who rewrites them.
    pub fn children_mut(&mut self) -> Vec<&mut Expr> {
        match &mut self.kind {
            ExprKind::Literal(_)
            | ExprKind::NoneLiteral
            | ExprKind::Today
            | ExprKind::Period
            | ExprKind::Moment
            | ExprKind::Param(_)
            | ExprKind::Field { .. } => Vec::new(),
            ExprKind::Range { from: left, to: right }
            | ExprKind::InPeriod { time: left, period: right }
            | ExprKind::InCidr { ip: left, cidr: right }
            | ExprKind::StartsWith { text: left, prefix: right }
            | ExprKind::Contains { text: left, part: right }
            | ExprKind::Compare { left, right, .. }
            | ExprKind::Arithmetic { left, right, .. }
            | ExprKind::Else { value: left, default: right } => vec![left, right],
            ExprKind::Follow { base, at, .. } => {
                std::iter::once(&mut **base).chain(at.as_deref_mut()).collect()
            }
            ExprKind::Edge { period: inner, .. }
            | ExprKind::Matches { text: inner, .. }
            | ExprKind::Not(inner)
            | ExprKind::IsNone(inner)
            | ExprKind::DateOf(inner)
            | ExprKind::Admissible { condition: inner, .. }
            | ExprKind::Named { body: inner, .. } => vec![inner],
            ExprKind::And(parts) | ExprKind::Or(parts) | ExprKind::Call { arguments: parts, .. } => {
                parts.iter_mut().collect()
            }
            ExprKind::OneOf { item, list } => std::iter::once(&mut **item).chain(list).collect(),
            ExprKind::Needs { shown, then } => shown.iter_mut().chain([&mut **then]).collect(),
            ExprKind::Format(template) => template.values_mut().collect(),
            ExprKind::If { condition, then, otherwise } => vec![condition, then, otherwise],
            ExprKind::Some(quantifier) => quantifier.children_mut().collect(),
            ExprKind::Count { quantifier, bound, .. } => {
                quantifier.children_mut().chain(std::iter::once(&mut **bound)).collect()
            }
            ExprKind::Aggregate { value, quantifier, .. } => {
                quantifier.children_mut().chain(value.as_deref_mut()).collect()
            }
            ExprKind::Covered { period, .. } => period.iter_mut().map(|period| &mut **period).collect(),
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
