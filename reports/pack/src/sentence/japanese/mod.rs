//! Sentences in Japanese, in the plain style of official documents.

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
pub(crate) use words::{duration, literal, param_value, quoted as in_brackets};
