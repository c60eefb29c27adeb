//! The columnar evaluator held to the meaning of expressions, with and without indexes, on any number of threads.

mod aggregates;
mod connectives;
mod emptiness;
mod generated;
mod moments;
mod quantifiers;
mod relations;
mod rules;
mod values;
mod world;
