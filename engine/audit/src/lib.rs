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
pub use testing::{Failure, TestOutcome, run_tests};
pub use workspace::{DEFAULT_ZONE, MANIFEST, Workspace, find_workspace, open_rulesets, open_workspace};

use kijun_source::{Code, Level};

/// A file or folder of a ruleset that cannot be read.
pub(crate) static UNREADABLE_RULESET: Code = Code {
    id: "KJ0601",
    level: Level::Error,
    ja: "規則集のファイルを読めない",
    en: "a file of a ruleset cannot be read",
};

/// A ruleset without any rule.
pub(crate) static NO_RULES: Code =
    Code { id: "KJ0602", level: Level::Error, ja: "規則が一つもない", en: "there is no rule at all" };

/// A manifest that cannot be read.
pub(crate) static UNREADABLE_MANIFEST: Code =
    Code { id: "KJ0603", level: Level::Error, ja: "kijun.toml を読めない", en: "kijun.toml cannot be read" };

/// The codes of the language, for those who explain them.
pub static LANGUAGE_CODES: &[&[&Code]] = &[kijun_syntax::CODES, kijun_analysis::CODES];

/// Every code of this crate.
pub static CODES: &[&Code] = &[&UNREADABLE_RULESET, &NO_RULES, &UNREADABLE_MANIFEST];
