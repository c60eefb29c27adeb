//! Sound rulesets for parts of the language, and what to replace in them for each mistake.

pub(crate) mod audits;
pub(crate) mod lints;

/// A code, what to replace in the sound ruleset, and by what; a code with several cases has the others under its number and a letter.
pub(crate) type Case = (&'static str, &'static str, &'static str);
