//! The example `examples/minato`, as it is and as copies that a test may spoil.

use std::path::{Path, PathBuf};

use jiff::civil::date;
use kijun_audit::{AuditRecord, BothWordings, Workspace, judge, open_workspace};
use kijun_eval::Occasion;
use kijun_pack::sentence::Vocabulary;
use kijun_source::{Lang, Style, render};

/// The dates of the README.
pub(crate) const OCCASION: Occasion =
    Occasion { today: date(2026, 11, 23), period_start: date(2026, 4, 1), period_end: date(2027, 3, 31) };

/// The folder of the repository.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate lies in the repository").to_owned()
}

/// The folder of the example.
pub(crate) fn folder() -> PathBuf {
    repository().join("examples/minato")
}

/// Opens a workspace that must be sound.
pub(crate) fn open(root: &Path) -> Workspace {
    let workspace = open_workspace(root);
    let errors = workspace.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    let drawn: String =
        errors.map(|error| render(error, &workspace.sources, Lang::Ja, Style::Plain)).collect();
    assert!(workspace.is_sound(), "{drawn}");
    workspace
}

/// Judges a workspace that must be sound.
pub(crate) fn record(root: &Path) -> AuditRecord {
    let mut workspace = open(root);
    let vocabulary = Vocabulary::of(&workspace.sources);
    let [ja, en] = [Lang::Ja, Lang::En].map(|lang| vocabulary.in_words(lang));
    judge(&mut workspace, OCCASION, BothWordings { ja: &ja, en: &en }).record
}

/// A copy of an example in a folder that goes away with it.
pub(crate) struct Copy {
    folder: tempfile::TempDir,
    example: &'static str,
}

impl Copy {
    pub(crate) fn new() -> Self {
        Self::of("examples/minato")
    }

    /// A copy of the example in this folder of the repository.
    pub(crate) fn of(example: &'static str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy_below(&repository().join(example), &folder.path().join(example));
        copy_below(&repository().join("rulesets"), &folder.path().join("rulesets"));
        Self { folder, example }
    }

    /// The folder of the workspace.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join(self.example)
    }
}

fn copy_below(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a readable folder") {
        let entry = entry.expect("a readable entry").path();
        let target = to.join(entry.file_name().expect("an entry has a name"));
        if entry.is_dir() {
            copy_below(&entry, &target);
        } else {
            std::fs::copy(&entry, &target).expect("a copy");
        }
    }
}
