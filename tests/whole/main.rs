//! Tests of the whole: the example, accidental passes, same bytes, the rules of the house.

mod accidental_pass;
mod example;
mod minato;
mod same_bytes;
mod tidy;
