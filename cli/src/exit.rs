//! What the exit code says.

use kijun_ir::Verdict;

/// How an invocation ended. When several apply the gravest counts: broken before violated before undetermined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All met, excused, pending or not applicable; all tests passed; nothing to complain of.
    Good,
    /// Something is violated, a test failed, a check found an error.
    Bad,
    /// No trustworthy answer: usage, configuration, rules that do not check, zero rules or zero evidence.
    Broken,
    /// Nothing violated, something undetermined.
    Undetermined,
}

impl Exit {
    /// What a verdict of the whole means.
    pub(crate) fn of_verdict(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Violated => Exit::Bad,
            Verdict::Undetermined => Exit::Undetermined,
            Verdict::Pending | Verdict::Excused | Verdict::Met | Verdict::NotApplicable => Exit::Good,
        }
    }

    /// `--exit-zero`: softens what was found, never a failure to look.
    pub(crate) fn softened(self) -> Self {
        match self {
            Exit::Bad | Exit::Undetermined | Exit::Good => Exit::Good,
            Exit::Broken => Exit::Broken,
        }
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        std::process::ExitCode::from(match exit {
            Exit::Good => 0,
            Exit::Bad => 1,
            Exit::Broken => 2,
            Exit::Undetermined => 3,
        })
    }
}
