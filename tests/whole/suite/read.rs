//! Finds the cases of the suite, and reads them as the command does.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use kijun_analysis::{Analysis, NameUse, Options, Unit, analyze, name_uses};
use kijun_audit::read_rulesets;
use kijun_ir::{Calendar, Program};
use kijun_source::{Diagnostic, Sources};
use rayon::prelude::*;

use crate::minato::repository;

/// The folder whose files are one case each, and whose folders are.
const DIAGNOSTICS: &str = "diagnostics";

/// The folder that the others use.
const PRELUDE: &str = "prelude";

/// A folder whose files are read together, or a file that is read alone.
pub(super) struct Case {
    /// Its path below the suite.
    pub(super) path: String,
    /// The folder in which the suite lies.
    root: PathBuf,
    /// Whether it shows what is reported rather than what comes out.
    pub(super) of_diagnostics: bool,
}

/// A case with all that it uses.
pub(super) struct Read {
    pub(super) sources: Sources,
    pub(super) units: Vec<Unit>,
    pub(super) program: Program,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) names: Vec<NameUse>,
}

/// The folder of the suite.
pub(super) fn suite() -> PathBuf {
    repository().join("tests/suite")
}

/// Every case, in the order of their paths.
fn cases() -> Vec<Case> {
    cases_below(&suite())
}

/// Every case with all that it uses, read once for all tests.
pub(super) fn all() -> &'static [(Case, Read)] {
    static ALL: LazyLock<Vec<(Case, Read)>> = LazyLock::new(|| {
        cases()
            .into_par_iter()
            .map(|case| {
                let read = case.read();
                (case, read)
            })
            .collect()
    });
    &ALL
}

/// The cases in which nothing is wrong on purpose.
pub(super) fn sound() -> impl Iterator<Item = &'static Read> {
    let reads = all().iter().map(|(_, read)| read);
    reads.filter(|read| !read.diagnostics.iter().any(Diagnostic::is_error))
}

/// The cases of a suite that lies elsewhere.
pub(super) fn cases_below(root: &Path) -> Vec<Case> {
    let mut cases = Vec::new();
    for topic in entries(root).into_iter().filter(|topic| topic.is_dir() && !topic.ends_with(PRELUDE)) {
        if topic.ends_with(DIAGNOSTICS) {
            cases.extend(entries(&topic).iter().map(|entry| Case::new(root, entry, true)));
        } else {
            folders(&topic).iter().for_each(|folder| cases.push(Case::new(root, folder, false)));
        }
    }
    assert!(cases.len() > 1, "{}: no cases", root.display());
    cases
}

/// The folder and those below it, as far as they hold files of the language.
fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = entries(folder);
    let holds_files = entries.iter().any(|entry| entry.extension().is_some_and(|ending| ending == "kijun"));
    let below = entries.iter().filter(|entry| entry.is_dir()).flat_map(|folder| folders(folder));
    holds_files.then(|| folder.to_owned()).into_iter().chain(below).collect()
}

/// What a folder holds, in the order of the names.
pub(super) fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a readable folder");
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable entry").path()).collect();
    entries.sort_unstable();
    entries
}

impl Case {
    fn new(root: &Path, path: &Path, of_diagnostics: bool) -> Self {
        let below = path.strip_prefix(root).expect("a path below the suite");
        let path = below.to_str().expect("a path in Unicode").to_owned();
        Self { path, root: root.to_owned(), of_diagnostics }
    }

    /// Whether it shows what a code reports, or does not.
    pub(super) fn is_about(&self, code: &str) -> bool {
        self.of_diagnostics && self.path.rsplit('/').next().is_some_and(|name| name.starts_with(code))
    }

    /// Reads and checks it.
    pub(super) fn read(&self) -> Read {
        let (mut sources, mut diagnostics) = (Sources::new(), Vec::new());
        let paths = [(self.path.clone(), None)];
        let units = read_rulesets(&self.root, &paths, &mut sources, &mut diagnostics);
        let options = Options { calendar: Calendar::japan(), overrides: Vec::new() };
        let Analysis { program, diagnostics: found } = analyze(&units, &options);
        let names = name_uses(&units, &options);
        diagnostics.extend(found);
        Read { sources, units, program, diagnostics, names }
    }
}
