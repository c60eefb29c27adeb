//! Judges evidence by a checked program: columns, three-valued truth, coverage, verdicts, proofs.
//!
//! Data flows one way: [`Evidence`] (what was collected) → [`Snapshot`] (what of it counts on the date of
//! judgement) → [`evaluate`] (verdicts, by columns and in parallel) and [`prove`] (one subject, row by row,
//! with the reasons). The two evaluators share nothing but the snapshot and are held together by a property test.
#![deny(clippy::disallowed_methods)]

mod columnar;
mod constant;
mod coverage;
mod decimal_sum;
mod evidence;
mod outcome;
mod prover;
mod snapshot;
mod table;
mod texts;
mod window;
mod written;

pub use columnar::{evaluate, evaluate_rules};
pub use coverage::{Asked, Defect, Gap, GapKind, Held, SourceCoverage, Stretch, Taken};
pub use evidence::{Artifact, Evidence};
pub use outcome::{Found, Outcome, RuleOutcome, Spell, Subject, SubjectOutcome};
pub use prover::{
    Lack, MessagePart, Proof, Reason, RowsRead, Spot, Step, StepKind, cell_text, class_in, class_of,
    class_of_field, evidence_of, message, missing, outcome_at, outcome_of, prove, prove_all, prove_rule,
    prove_value, prove_watched, row_name, subject_name, value_for, value_of, watch_derivations,
};
pub use snapshot::{AsOf, Derivation, DerivedRow, Occasion, Paired, Pairs, Snapshot, View};
pub use table::{Column, Dictionary, Origin, Presence, Table, TableBuilder, TextCodes};
pub use texts::Texts;
pub use window::{Bound, TimeBounds, time_bounds};
