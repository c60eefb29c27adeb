//! Tests of the whole: the language's own cases, the example, accidental passes, same bytes, the rules of the house.

#![expect(clippy::expect_used, reason = "a test stops where its premises fail")]

mod accidental_pass;
mod advice;
mod corpus;
mod example;
mod hinode;
mod minato;
mod reference;
mod same_bytes;
mod suite;
mod tidy;
