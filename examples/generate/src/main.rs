//! Makes the evidence of the examples.
fn main() {}
