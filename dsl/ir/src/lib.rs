//! Typed rules as data: the contract of the language and the engine.
//!
//! `analysis` makes a [`Program`], the engine judges evidence by it. A program has no unresolved
//! name, no ill-typed expression and no cycle; [`invariants::check`] says so in tests.
#![deny(clippy::disallowed_methods)]

pub mod calendar;
mod expr;
mod function;
mod holidays;
mod index;
pub mod invariants;
pub mod network;
mod pattern;
mod period;
mod program;
mod reading;
mod setting;
mod truth;
pub mod truth_tables;
mod value;
mod verdict;

pub use calendar::Calendar;
pub use expr::{
    AggregateOp, ArithmeticOp, CompareOp, Edge, Expr, ExprKind, Quantifier, Template, TemplatePart, conjuncts,
};
pub use function::Function;
pub use holidays::{HolidayDifference, HolidayListError, HolidayListProblem, Holidays};
pub use index::{Index, IndexVec};
pub use pattern::{Pattern, PatternError};
pub use period::PeriodError;
pub use program::{
    Attest, AttestId, Audit, AuditId, AuditKind, Auditor, Binding, Branch, Catalogue, CatalogueId, Class,
    Clause, Control, Criterion, CriterionId, Crosswalk, CrosswalkSide, Duty, DutyId, End, Enum, EnumId,
    EnumValue, Expectation, Fact, FactId, FactKind, Field, FieldId, Freshness, Judged, Kept, Link, Note,
    Over, Pair, Param, ParamId, ParamValue, Part, Population, Program, Question, Relation, RelationId, Rule,
    RuleId, Section, SectionId, Severity, Shortfall, Standard, Strength, Test, TestRow, Trigger, Validity,
    VarId,
};
pub use truth::Truth;
pub use value::{Cell, Duration, Kind, Period, Type, Value};
pub use verdict::{Counts, Findings, Verdict};
