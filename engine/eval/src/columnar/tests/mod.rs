//! The columnar evaluator held to the meaning of expressions, with and without indexes, on any number of threads.

mod connectives;
mod generated;
mod quantifiers;
mod rules;
mod values;
mod world;
