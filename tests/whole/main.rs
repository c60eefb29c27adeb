//! Tests of the whole: the example, accidental passes, same bytes, the rules of the house.

#![expect(clippy::expect_used, reason = "a test stops where its premises fail")]

mod accidental_pass;
mod example;
mod minato;
mod same_bytes;
mod tidy;
