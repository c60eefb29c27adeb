//! The tree of a file, as written.

use kijun_source::Span;

/// A file: its declarations in order.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// The declarations.
    pub items: Vec<Item>,
}

/// A declaration.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// `standard`
    Standard(Standard),
    /// `enum`
    Enum(Enum),
    /// `state` or `event`
    Fact(Fact),
    /// `define`
    Define(Define),
    /// `param`
    Param(Param),
    /// `rule`
    Rule(Box<Rule>),
    /// `test`
    Test(Test),
    /// One that could not be read, with the name that it would have declared.
    Broken(Span, Option<Name>),
}

/// A name and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A text and where it stands, quotes included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Its characters, escapes resolved.
    pub value: String,
    /// Where it stands.
    pub span: Span,
}

/// `standard NAME "title" { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Standard {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Text,
    /// `issuer "…"`
    pub issuer: Option<Text>,
    /// `edition "…"`
    pub edition: Option<Text>,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// `section "5" "heading" { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its number.
    pub id: Text,
    /// Its heading.
    pub title: Text,
    /// The passage before its first criterion.
    pub passage: Passage,
    /// Its criteria.
    pub criteria: Vec<Criterion>,
}

/// `criterion "5(3)" { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Its number.
    pub id: Text,
    /// Its text with what is quoted from it.
    pub passage: Passage,
}

/// A text of the standard with the duties and notes quoted from it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Passage {
    /// `text "…"`
    pub text: Option<Text>,
    /// `duty a "…"`
    pub duties: Vec<Duty>,
    /// `note "…"`
    pub notes: Vec<Text>,
}

/// `duty a "…"`
#[derive(Debug, Clone, PartialEq)]
pub struct Duty {
    /// Its name within the criterion.
    pub name: Name,
    /// The quotation.
    pub quote: Text,
}

/// `enum NAME "label" { value "label", … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    /// Its name.
    pub name: Name,
    /// Its label.
    pub label: Text,
    /// Names and labels of its values.
    pub values: Vec<(Name, Text)>,
}

/// `state NAME "label" { … }` or `event NAME "label" at FIELD { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// The comment above.
    pub doc: String,
    /// Its name.
    pub name: Name,
    /// Its label.
    pub label: Text,
    /// Of an event: the field that says when it happened.
    pub at: Option<Name>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// `fresh within DURATION`
    pub fresh: Option<(i64, Unit, Span)>,
}

/// `key id: text personal "label"`
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Where `key` stands, if it does.
    pub key: Option<Span>,
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: TypeName,
    /// `personal` or `secret`.
    pub class: Option<Class>,
    /// Its label.
    pub label: Option<Text>,
}

/// Who may see a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// `personal`
    Personal,
    /// `secret`
    Secret,
}

/// A type as written: `text`, `ref person`, `date?`.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeName {
    /// Whether `ref` stands before the name.
    pub reference: bool,
    /// The name.
    pub name: Name,
    /// Whether `?` stands behind it.
    pub optional: bool,
}

/// `define NAME(parameters) = expression`
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    /// Its name.
    pub name: Name,
    /// Names and types of its parameters.
    pub parameters: Vec<(Name, TypeName)>,
    /// Its body.
    pub body: Expr,
}

/// `param NAME "label": TYPE = expression because "rationale"`
#[derive(Debug, Clone, PartialEq)]
pub struct Param {
    /// Its name.
    pub name: Name,
    /// Its label.
    pub label: Text,
    /// Its type.
    pub ty: TypeName,
    /// Its default.
    pub default: Expr,
    /// Why the default is what it is.
    pub rationale: Text,
}

/// `rule NAME "label" { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// The comment above.
    pub doc: String,
    /// Its name.
    pub name: Name,
    /// Its label.
    pub label: Text,
    /// Its clauses in the order written.
    pub clauses: Vec<Clause>,
}

/// A clause of a rule, with the place of its keyword.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Where its first word stands.
    pub span: Span,
    /// What it says.
    pub kind: ClauseKind,
}

/// What a clause of a rule says.
#[derive(Debug, Clone, PartialEq)]
pub enum ClauseKind {
    /// `covers "5(3)a", …`
    Covers(Vec<Text>),
    /// `severity major`
    Severity(Name),
    /// `for each x in F where … or none`
    ForEach {
        /// Which rows.
        rows: Rows,
        /// Whether `or none` follows.
        or_none: bool,
    },
    /// `require …`
    Require(Expr),
    /// `excused by x in F where …`
    Excused(Rows),
    /// `due …`
    Due(Expr),
    /// `message "…"`
    Message(Template),
    /// `remedy "…"`
    Remedy(Text),
}

/// `x in F where …`
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// The variable.
    pub var: Name,
    /// The fact.
    pub fact: Name,
    /// The condition.
    pub condition: Option<Box<Expr>>,
}

/// A text with expressions in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// Its parts.
    pub parts: Vec<TemplatePart>,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// A part of a template.
#[derive(Debug, Clone, PartialEq)]
pub enum TemplatePart {
    /// Characters.
    Text(String),
    /// `{expression}`
    Value(Expr),
}

/// `test "label" for RULE { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// What it shows.
    pub label: Text,
    /// The rule under test.
    pub rule: Name,
    /// Its clauses in the order written.
    pub clauses: Vec<TestClause>,
}

/// A clause of a test.
#[derive(Debug, Clone, PartialEq)]
pub enum TestClause {
    /// `today DATE`
    Today(Expr),
    /// `period DATE to DATE`
    Period(Expr, Expr),
    /// `FACT { field: value, … }`
    Row {
        /// The fact.
        fact: Name,
        /// The cells.
        cells: Vec<(Name, CellValue)>,
    },
    /// `missing F`, `stale F`, `incomplete F`
    Shortfall(ShortfallKind, Name),
    /// `gap F DATE to DATE`
    Gap(Name, Expr, Expr),
    /// `expect met 1, violated "甲"`
    Expect(Vec<Expectation>),
}

/// A value in a row of a test.
#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// A literal.
    Expr(Expr),
    /// `unknown`: the cell was empty where it must not be.
    Unknown(Span),
}

/// In what way evidence of a test is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShortfallKind {
    /// `missing`
    Missing,
    /// `stale`
    Stale,
    /// `incomplete`
    Incomplete,
}

/// `violated`, `violated 1` or `violated "甲", "乙"`
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// The verdict.
    pub verdict: Name,
    /// How many subjects.
    pub count: Option<usize>,
    /// Which subjects.
    pub subjects: Vec<Text>,
    /// All of it.
    pub span: Span,
}

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it says.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

impl Expr {
    /// Whether it is `some …`, `no …` or `count …`.
    pub fn is_quantifier(&self) -> bool {
        matches!(self.kind, ExprKind::Some(_) | ExprKind::No(_) | ExprKind::Count(_))
    }
}

/// What an expression says.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// A variable, a parameter, an enum's value, `today`, `period`.
    Name(String),
    /// `42`
    Int(i64),
    /// `0.5`
    Decimal(String),
    /// `"…"`
    Text(String),
    /// `2026-04-01`
    Date(String),
    /// `2026-04-01 10:00`
    DateTime(String, String),
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
    /// `not …`
    Not(Box<Expr>),
    /// `- …`
    Negate(Box<Expr>),
    /// `a and b`, `a == b`, `a + b`
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `x in a to b`
    InRange(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `x in ["a", "b"]`
    InList(Box<Expr>, Vec<Expr>),
    /// `x in period`
    InPeriod(Box<Expr>),
    /// `x is none`
    IsNone(Box<Expr>),
    /// `x is not none`
    IsNotNone(Box<Expr>),
    /// `x starts with y`
    StartsWith(Box<Expr>, Box<Expr>),
    /// `x else y`
    Else(Box<Expr>, Box<Expr>),
    /// `if c then a else b`
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `some x in F where …`
    Some(Rows),
    /// `no x in F where …`
    No(Rows),
    /// `count x in F where …`
    Count(Rows),
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
    Hours,
    Minutes,
    Seconds,
}

impl Unit {
    /// The unit of that name, singular or plural.
    pub fn from_name(name: &str) -> Option<Unit> {
        Some(match name {
            "year" | "years" => Unit::Years,
            "month" | "months" => Unit::Months,
            "week" | "weeks" => Unit::Weeks,
            "day" | "days" => Unit::Days,
            "hour" | "hours" => Unit::Hours,
            "minute" | "minutes" => Unit::Minutes,
            "second" | "seconds" => Unit::Seconds,
            _ => return None,
        })
    }
}
