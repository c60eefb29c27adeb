//! Judges evidence by a checked program: columns, three-valued truth, coverage, verdicts, proofs.
//!
//! Data flows one way: [`Evidence`] (what was collected) → [`Snapshot`] (what of it counts on the date of
//! judgement) → [`evaluate`] (verdicts, by columns and in parallel) and [`prove`] (one subject, row by row,
//! with the reasons). The two evaluators share nothing but the snapshot and are held together by a property test.
#![deny(clippy::disallowed_methods)]

mod columnar;
mod constant;
mod coverage;
mod evidence;
mod outcome;
mod prover;
mod snapshot;
mod table;
mod window;

pub use columnar::evaluate;
pub use coverage::{Asked, Defect, Gap, GapKind, Held, SourceCoverage, Stretch, Taken};
pub use evidence::{Artifact, Evidence};
pub use outcome::{Outcome, RuleOutcome, SubjectOutcome};
pub use prover::{
    MessagePart, Proof, Reason, Step, StepKind, cell_text, class_of, message, prove, prove_all,
    prove_watched, row_name,
};
pub use snapshot::{Occasion, Snapshot};
pub use table::{Column, Dictionary, Origin, Presence, Table, TableBuilder};
pub use window::{Bound, TimeBounds, time_bounds};
