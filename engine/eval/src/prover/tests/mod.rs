//! Cases made by hand: each kind of expression, each reason, each verdict.

mod aggregates;
mod conditions;
mod emptiness;
mod fixture;
mod missing;
mod moments;
mod names;
mod pairs;
mod quantifiers;
mod relations;
mod values;
mod verdicts;
