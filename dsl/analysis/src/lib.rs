//! Tree to checked program: resolve, check, lower, lint.
