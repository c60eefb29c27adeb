//! Sentences in Japanese, in the plain style of official documents.

mod calendar;
mod condition;
mod rows;
mod statement;
mod value;
mod words;

pub(super) use calendar::audit;
pub(super) use statement::{attest, relation, rule};
pub(super) use value::message;
pub(crate) use words::{duration, literal, param_value, quoted};
