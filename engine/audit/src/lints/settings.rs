//! Which codes a workspace may make more or less grave.

use kijun_evidence::{Located, Manifest};
use kijun_source::{Code, Diagnostic, Level, bilingual, nearest};

use crate::{IGNORE_RAN_OUT, IGNORE_UNUSED, NOT_A_LINT, UNKNOWN_LINT, codes};

/// Whether a code may be reported as of this level.
pub(super) fn is_allowed(code: &Code, level: Level) -> bool {
    !speaks_of_evidence(code) && (level <= code.level || may_be_lowered(code))
}

/// Whether a code may be less grave than it is, or be ignored. An error may not, for nothing could be judged; nor may what
/// is said of evidence, for silence would read as evidence; nor what is said of ignoring itself.
pub(super) fn may_be_lowered(code: &Code) -> bool {
    let speaks_of_ignoring = [IGNORE_RAN_OUT.id, IGNORE_UNUSED.id].contains(&code.id);
    code.level != Level::Error && !speaks_of_evidence(code) && !speaks_of_ignoring
}

fn speaks_of_evidence(code: &Code) -> bool {
    kijun_evidence::FINDING_CODES.iter().any(|finding| finding.id == code.id)
}

/// What is wrong with `[lints]` and `[[ignore]]`, as far as it depends on no date.
pub(crate) fn check_settings(manifest: &Manifest) -> Vec<Diagnostic> {
    let lints = manifest.lints.iter().map(|setting| (&setting.code, Some(setting.level.value)));
    let ignores = manifest.ignores.iter().map(|ignore| (&ignore.code, None));
    lints.chain(ignores).filter_map(|(code, level)| check_code(code, level)).collect()
}

/// What is wrong with giving a code a level, or with ignoring it where there is none.
fn check_code(written: &Located<String>, level: Option<Level>) -> Option<Diagnostic> {
    let id = &written.value;
    let Some(code) = codes().find(|code| code.id == id) else {
        let message = bilingual!("`{id}` という診断はない", "no diagnostic has the code `{id}`");
        let diagnostic = Diagnostic::new(&UNKNOWN_LINT, written.span, message);
        return Some(match nearest(id, codes().map(|code| code.id)) {
            Some(near) => diagnostic.suggest(near),
            None => diagnostic,
        });
    };
    if level.map_or_else(|| may_be_lowered(code), |level| is_allowed(code, level)) {
        return None;
    }
    let message = if speaks_of_evidence(code) {
        bilingual!(
            "{id} は証拠について言うことなので、重さを変えたり無視したりできない",
            "{id} speaks of evidence and can be neither set nor ignored"
        )
    } else if code.level == Level::Error {
        bilingual!(
            "{id} は誤りなので、弱めたり無視したりできない",
            "{id} is an error and can be neither lowered nor ignored"
        )
    } else {
        bilingual!(
            "{id} は無視そのものについて言うことなので、弱めたり無視したりできない",
            "{id} speaks of ignoring itself and can be neither lowered nor ignored"
        )
    };
    let help =
        bilingual!("何が言われているかは `kijun explain {id}`", "`kijun explain {id}` says what it is about");
    Some(Diagnostic::new(&NOT_A_LINT, written.span, message).help(help))
}
