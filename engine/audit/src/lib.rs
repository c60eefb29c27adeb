//! Ties a workspace together: reads it, judges it, records what came out.

mod advice;
mod collected;
mod comments;
mod drafts;
mod explanation;
mod holidays;
mod inquiry;
mod lints;
mod mending;
mod period;
mod quotation;
mod record;
mod respelling;
mod rulesets;
mod run;
mod testing;
mod wanted;
mod workspace;

pub use advice::{Advice, Entry, Outcome, Stage, Wanted, Weight, advice_text, advise};
pub use comments::Comments;
pub use drafts::Drafts;
pub use explanation::{Question, Style, explain, explain_missing};
pub use inquiry::{
    Answer, FoundCell, FoundPlace, FoundRow, FoundRows, Inquiry, LISTED_ROWS, Said, answer, answer_text,
    inquire,
};
pub use kijun_eval::Spell;
pub use lints::{Ignored, Review, review};
pub use mending::{Made, Mended, mend_workspace};
pub use period::{ParsePeriodError, parse_period};
pub use quotation::{AsWritten, BothWordings, Fragment, Owner, Quoted, Wording};
pub use record::*;
pub use respelling::respell;
pub use rulesets::read_rulesets;
pub use run::{Collected, Judgement, Stocktaking, collect, judge, take_stock};
pub use testing::{
    Change, ConditionCoverage, DutyCoverage, Explained, Failure, Fate, MutantName, MutantOutcome, Reasons,
    RelationCoverage, RuleCoverage, RuleMutants, Seen, TestOutcome, Unnoticed, explain_mutants,
    measure_coverage, measure_duties, measure_relations, read_reasons, run_mutants, run_tests,
};
pub use workspace::{
    MANIFEST, Workspace, draft_rulesets, draft_workspace, find_workspace, open_rulesets, open_workspace,
};

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
    /// A list of holidays that cannot be used.
    BAD_HOLIDAYS "KJ0604" Error "祝日の一覧を使えない" "the list of holidays cannot be used";
    /// The run reaches beyond the years whose holidays are known.
    HOLIDAYS_END "KJ0605" Warning "祝日の分からない年に掛かる" "holidays are not known for every year asked about";
    /// A list of holidays that differs from the law.
    HOLIDAYS_DIFFER "KJ0606" Warning "祝日の一覧が法律と違う" "the list of holidays differs from the law";
    /// A code under `[lints]` or `[[ignore]]` that no diagnostic has.
    UNKNOWN_LINT "KJ0611" Error "知らない診断の番号" "no diagnostic has this code";
    /// A code that a workspace may not make less grave.
    NOT_A_LINT "KJ0612" Error "弱められない診断" "a diagnostic that cannot be lowered";
    /// An `[[ignore]]` past its last day.
    IGNORE_RAN_OUT "KJ0613" Warning "期限の切れた無視" "an ignore that has run out";
    /// An `[[ignore]]` that matches nothing.
    IGNORE_UNUSED "KJ0614" Warning "何も無視していない指定" "an ignore that matches nothing";
    /// A `[[survivor]]` that explains no mutant that survives.
    SURVIVOR_STALE "KJ0615" Error "生き残った変異に当たらない理由" "a reason for no mutant that survives";
    /// A `[[survivor]]` of which it is not clear what it explains.
    SURVIVOR_UNCLEAR "KJ0616" Error "一つの変異のものと決まらない理由" "a reason that is not of one mutant alone";
}

/// The codes of what leaves nothing to look at, so that there is no answer to whether the rules are right.
pub static NO_ANSWER: &[&Code] = &[&UNREADABLE_RULESET, &NO_RULES, &UNREADABLE_MANIFEST];

/// The codes of everything that can be wrong with a workspace, for those who explain them.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    let areas = [kijun_syntax::CODES, kijun_analysis::CODES, kijun_evidence::CODES, CODES];
    areas.into_iter().flatten().copied()
}
