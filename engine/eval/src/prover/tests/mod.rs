//! Cases made by hand: each kind of expression, each reason, each verdict.

mod conditions;
mod fixture;
mod names;
mod quantifiers;
mod values;
mod verdicts;
