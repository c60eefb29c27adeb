//! Ties a workspace together: reads it, judges it, records what came out.

mod collected;
mod explanation;
mod period;
mod record;
mod rulesets;
mod run;
mod testing;
mod workspace;

pub use explanation::{Question, explain};
pub use period::{ParsePeriodError, parse_period};
pub use record::*;
pub use rulesets::{Ruleset, read_rulesets};
pub use run::{Collected, Judgement, collect, judge};
pub use testing::{
    Change, ConditionCoverage, Failure, Fate, MutantOutcome, RuleCoverage, RuleMutants, Seen, TestOutcome,
    measure_coverage, run_mutants, run_tests,
};
pub use workspace::{DEFAULT_ZONE, MANIFEST, Workspace, find_workspace, open_rulesets, open_workspace};

use kijun_source::{Code, codes};

codes! {
    /// Every code of this crate.
    pub CODES;
    /// A file or folder of a ruleset that cannot be read.
    UNREADABLE_RULESET "KJ0601" Error "規則集のファイルを読めない" "a file of a ruleset cannot be read";
    /// A ruleset without any rule.
    NO_RULES "KJ0602" Error "規則が一つもない" "there is no rule at all";
    /// A manifest that cannot be read.
    UNREADABLE_MANIFEST "KJ0603" Error "kijun.toml を読めない" "kijun.toml cannot be read";
}

/// The codes of the language, for those who explain them.
pub static LANGUAGE_CODES: &[&[&Code]] = &[kijun_syntax::CODES, kijun_analysis::CODES];
