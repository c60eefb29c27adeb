//! The formatter: what it does to a file by hand, to the rulesets, and to programs made at random.
//! Whatever it is given, formatting twice equals formatting once, neither the tree nor a comment is lost, and each
//! spelling turns into the other and back.

mod check;
mod expression;
mod layout;
mod program;
mod properties;
mod random;
mod soup;
mod spelling;
