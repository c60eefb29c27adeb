//! The command as its user meets it: exit codes, streams, files, and what is said of each mistake.

#![expect(clippy::expect_used, reason = "a test stops where its premises fail")]

mod asking;
mod checks;
mod commands;
mod crosswalks;
mod evidence;
mod mistakes;
mod questions;
mod run;
mod session;
mod testing;
