//! Typed rules as data: the contract of the language and the engine.
//!
//! `analysis` makes a [`Program`], the engine judges evidence by it. A program has no unresolved
//! name, no ill-typed expression and no cycle; [`invariants::check`] says so in tests.
#![deny(clippy::disallowed_methods)]

pub mod calendar;
mod expr;
mod index;
pub mod invariants;
mod program;
mod truth;
mod value;
mod verdict;

pub use expr::{ArithmeticOp, CompareOp, Expr, ExprKind, Quantifier, Template, TemplatePart, conjuncts};
pub use index::{Index, IndexVec};
pub use program::{
    Binding, Class, Clause, Criterion, CriterionId, Duty, DutyId, Enum, EnumId, EnumValue, Expectation, Fact,
    FactId, FactKind, Field, FieldId, Note, Param, ParamId, Population, Program, Rule, RuleId, Section,
    SectionId, Severity, Shortfall, Standard, Test, TestRow, VarId,
};
pub use truth::Truth;
pub use value::{Cell, Duration, Kind, Type, Value};
pub use verdict::{Counts, Findings, Verdict};
