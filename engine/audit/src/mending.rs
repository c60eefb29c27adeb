//! Makes all fixes that leave no doubt, without writing a file.

use kijun_source::{Bilingual, Diagnostic, FileId, Fix, mend};

use crate::{Drafts, Workspace};

/// A fix shows what the next one is needed for, but a text that asks for more rounds than this is not being mended.
const ROUNDS: usize = 10;

/// What mending came to.
#[derive(Debug, Clone, Default)]
pub struct Mended {
    /// The files that it changed.
    pub drafts: Drafts,
    /// What it did, in order.
    pub made: Vec<Made>,
}

/// A fix that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Where, as `path:line:column` of the text before.
    pub place: String,
    /// The code of what it mended.
    pub code: &'static str,
    /// What it did.
    pub title: Bilingual,
}

/// Makes the fixes of what is reported, round by round, as long as there are any.
///
/// `open` reads the workspace with some files as drafted, and says what is reported of it. A fix after which some
/// file has more of one kind that cannot be read than before is not made.
pub fn mend_workspace(open: impl Fn(&Drafts) -> (Workspace, Vec<Diagnostic>)) -> Mended {
    let mut mended = Mended::default();
    let (mut workspace, mut reported) = open(&mended.drafts);
    for _ in 0..ROUNDS {
        let chosen = apart(&reported);
        let all = Round { workspace: &workspace, fixes: &chosen };
        // Where one of them is at fault, the others may do.
        let fixes =
            if all.is_sound(&mended.drafts, &open) { chosen } else { all.sound_ones(&mended.drafts, &open) };
        let round = Round { workspace: &workspace, fixes: &fixes };
        let Some(drafts) = round.drafts(&mended.drafts).filter(|drafts| *drafts != mended.drafts) else {
            break;
        };
        mended.drafts = drafts;
        mended.made.extend(fixes.iter().map(|chosen| round.made(chosen)));
        (workspace, reported) = open(&mended.drafts);
    }
    mended
}

/// A diagnostic and the fix that is chosen for it.
type Chosen<'a> = (&'a Diagnostic, &'a Fix);

/// The first fix of each diagnostic, where it touches none chosen before.
fn apart(reported: &[Diagnostic]) -> Vec<Chosen<'_>> {
    let mut chosen: Vec<Chosen<'_>> = Vec::new();
    for diagnostic in reported {
        let Some(fix) = diagnostic.fixes.first() else { continue };
        if !chosen.iter().any(|(_, other)| other.overlaps(fix)) {
            chosen.push((diagnostic, fix));
        }
    }
    chosen
}

/// Fixes that are made together in a text of the workspace.
struct Round<'a> {
    workspace: &'a Workspace,
    fixes: &'a [Chosen<'a>],
}

impl<'a> Round<'a> {
    /// The drafts with the fixes made; `None` where one does not fit its text.
    fn drafts(&self, before: &Drafts) -> Option<Drafts> {
        let mut drafts = before.clone();
        for file in self.workspace.sources.iter() {
            let text = mend(file.id, &file.text, self.fixes.iter().map(|(_, fix)| *fix))?;
            if text != *file.text {
                drafts.set(file.path.as_str(), text);
            }
        }
        Some(drafts)
    }

    /// Whether no file has more of one kind that cannot be read than before.
    fn is_sound(&self, before: &Drafts, open: &impl Fn(&Drafts) -> (Workspace, Vec<Diagnostic>)) -> bool {
        let Some(drafts) = self.drafts(before) else { return false };
        let (after, _) = open(&drafts);
        self.workspace.sources.iter().all(|file| {
            let same = after.sources.iter().find(|other| other.path == file.path);
            same.is_some_and(|same| {
                is_within(&unreadable(&after, same.id), &unreadable(self.workspace, file.id))
            })
        })
    }

    /// The fixes that are sound together, tried one after the other.
    fn sound_ones(
        &self,
        before: &Drafts,
        open: &impl Fn(&Drafts) -> (Workspace, Vec<Diagnostic>),
    ) -> Vec<Chosen<'a>> {
        let mut kept: Vec<Chosen<'a>> = Vec::new();
        for fix in self.fixes {
            kept.push(*fix);
            if !(Round { workspace: self.workspace, fixes: &kept }).is_sound(before, open) {
                kept.pop();
            }
        }
        kept
    }

    fn made(&self, (diagnostic, fix): &Chosen<'_>) -> Made {
        let place =
            fix.edits.first().map(|edit| self.workspace.sources.locate(edit.span)).unwrap_or_default();
        Made { place, code: diagnostic.code.id, title: fix.title.clone() }
    }
}

/// The codes of what of a file cannot be read, sorted, as often as they are reported.
fn unreadable(workspace: &Workspace, file: FileId) -> Vec<&'static str> {
    let is_there = |diagnostic: &&Diagnostic| diagnostic.span().is_some_and(|span| span.file == file);
    let is_syntax = |id: &&str| {
        let mut codes = kijun_syntax::CODES.iter().chain(kijun_evidence::SYNTAX_CODES);
        codes.any(|code| code.id == *id)
    };
    let ids = workspace.diagnostics.iter().filter(is_there).map(|diagnostic| diagnostic.code.id);
    let mut ids: Vec<&str> = ids.filter(is_syntax).collect();
    ids.sort_unstable();
    ids
}

/// Whether no code is in the first list more often than in the second; both are sorted.
fn is_within(after: &[&str], before: &[&str]) -> bool {
    let count = |ids: &[&str], id: &str| ids.iter().filter(|other| **other == id).count();
    after.iter().all(|id| count(after, id) <= count(before, id))
}
