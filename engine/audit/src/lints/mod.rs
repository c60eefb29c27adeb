//! What `kijun check` reports of a workspace: each diagnostic as grave as `[lints]` has it, without what `[[ignore]]`
//! ignores.

mod settings;

use jiff::civil::Date;
use kijun_evidence::{Ignore, Manifest};
use kijun_source::{Code, Diagnostic, Level, bilingual};

use crate::{IGNORE_RAN_OUT, IGNORE_UNUSED, Workspace};

pub(crate) use settings::check_settings;

/// The diagnostics of a workspace as it wants them.
#[derive(Debug, Clone, Default)]
pub struct Review {
    /// What is to be reported, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
    /// What is not, because the workspace ignores it.
    pub ignored: Vec<Ignored>,
    /// How many are not reported because their lint is off.
    pub off: usize,
}

/// A diagnostic that the workspace ignores.
#[derive(Debug, Clone)]
pub struct Ignored {
    /// The diagnostic.
    pub diagnostic: Diagnostic,
    /// Why.
    pub reason: String,
    /// The last day on which it is ignored.
    pub until: Date,
}

impl Review {
    /// How many diagnostics of a level are reported.
    pub fn count(&self, level: Level) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.level == level).count()
    }
}

/// Reviews what is wrong with a workspace on a day, which decides what is still ignored.
pub fn review(workspace: &Workspace, today: Date) -> Review {
    let mut review = Review::default();
    let Some(manifest) = &workspace.manifest else {
        let is_on = |diagnostic: &&Diagnostic| diagnostic.level != Level::Off;
        review.diagnostics = workspace.diagnostics.iter().filter(is_on).cloned().collect();
        review.off = workspace.diagnostics.len() - review.diagnostics.len();
        return review;
    };
    let mut matched = vec![0_usize; manifest.ignores.len()];
    for diagnostic in &workspace.diagnostics {
        let mut diagnostic = diagnostic.clone();
        diagnostic.level = level(manifest, diagnostic.code);
        let mut in_force = None;
        for (ignore, matched) in manifest.ignores.iter().zip(&mut matched) {
            if covers(ignore, &diagnostic, workspace) {
                *matched += 1;
                in_force = in_force.or((today <= ignore.until.value).then_some(ignore));
            }
        }
        match in_force {
            Some(ignore) => {
                let (reason, until) = (ignore.reason.clone(), ignore.until.value);
                review.ignored.push(Ignored { diagnostic, reason, until });
            }
            None if diagnostic.level == Level::Off => review.off += 1,
            None => review.diagnostics.push(diagnostic),
        }
    }
    // Where there are errors the lints have not looked, so that nothing can be said of what ignores them.
    let have_looked = workspace.is_sound();
    for (ignore, matched) in manifest.ignores.iter().zip(matched) {
        let found = complaint(ignore, matched, today, have_looked);
        let as_set = |found: Diagnostic| Diagnostic { level: level(manifest, found.code), ..found };
        review.diagnostics.extend(found.map(as_set));
    }
    review.diagnostics.sort_by_key(|diagnostic| (diagnostic.span(), diagnostic.code.id));
    review
}

/// How grave the workspace holds a code.
fn level(manifest: &Manifest, code: &Code) -> Level {
    let setting = manifest.lints.iter().find(|setting| setting.code.value == code.id);
    setting
        .filter(|setting| settings::is_allowed(code, setting.level.value))
        .map_or(code.level, |setting| setting.level.value)
}

/// Whether an entry is meant for a diagnostic, be it in force or not.
fn covers(ignore: &Ignore, diagnostic: &Diagnostic, workspace: &Workspace) -> bool {
    let is_in = |path: &str| ignore.file.as_ref().is_none_or(|file| file.value.matches(path));
    let path = diagnostic.span().map_or("", |span| workspace.sources.file(span.file).path.as_str());
    let is_about = ignore.name.as_ref().is_none_or(|name| diagnostic.about.contains(&name.value));
    ignore.code.value == diagnostic.code.id
        && settings::may_be_lowered(diagnostic.code)
        && is_in(path)
        && is_about
}

/// What is to be said of an entry itself.
fn complaint(ignore: &Ignore, matched: usize, today: Date, have_looked: bool) -> Option<Diagnostic> {
    let (code, until) = (&ignore.code.value, ignore.until.value);
    if until < today {
        let message = bilingual!(
            "{code} の無視は {until} で期限が切れた（当てはまるもの {matched} 件）",
            "the ignore of {code} ran out on {until} ({matched} diagnostics match)"
        );
        let help = bilingual!(
            "直して消すか、理由を改めて確かめて `until` を延ばす",
            "mend what it ignored and remove it, or look at the reason again and set a later `until`"
        );
        return Some(Diagnostic::new(&IGNORE_RAN_OUT, ignore.until.span, message).help(help));
    }
    if matched == 0 && have_looked {
        let message =
            bilingual!("この {code} の無視に当てはまるものはない", "this ignore of {code} matches nothing");
        let help = bilingual!(
            "直ったのなら消す。そうでなければ `file` と `name` を確かめる",
            "remove it if the matter is mended; else check `file` and `name`"
        );
        return Some(Diagnostic::new(&IGNORE_UNUSED, ignore.code.span, message).help(help));
    }
    None
}
