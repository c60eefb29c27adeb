//! Sentences in simple English, of the same structure. Names of the ruleset are its words: `access_right` is an access right.

mod calendar;
mod condition;
mod quotation;
mod relation;
mod rows;
mod statement;
mod value;
mod words;

pub(super) use calendar::audit;
pub(super) use quotation::quoted;
pub(super) use relation::relation;
pub(super) use statement::{attest, rule};
pub(super) use value::message;
pub(crate) use words::{literal, param_value, words as name};
