//! Writes every file of the suite and of the rulesets in the other spelling and back, with its names as they are: the same
//! bytes. What becomes of the names is told where the rules are understood, see [`super::spelling`].

use std::io::Write;
use std::path::{Path, PathBuf};

use kijun_source::{SourceFile, Sources};
use kijun_syntax::ast::Spelling;
use kijun_syntax::{Names, format_as};

use super::assert_none;
use super::read::{entries, suite};
use crate::minato::repository;

/// Of ten files, how many must be compared at least; the others are wrong on purpose.
const LEAST_OF_TEN: usize = 9;

/// What becomes of a file.
enum Outcome {
    /// It does not parse, is not laid out, or has a name that is a word of the other spelling.
    Refused,
    /// It is the same again.
    Same,
    /// It is not.
    Differs(String),
}

#[test]
fn every_file_comes_back_from_the_other_spelling_byte_for_byte() {
    let files: Vec<PathBuf> =
        [suite(), repository().join("rulesets")].iter().flat_map(|it| below(it)).collect();
    let (mut compared, mut failures) = (0, Vec::new());
    for path in &files {
        match outcome(path) {
            Outcome::Refused => continue,
            Outcome::Same => {}
            Outcome::Differs(line) => failures.push(format!("{}: {line}", path.display())),
        }
        compared += 1;
    }
    let all = files.len();
    writeln!(std::io::stdout(), "{compared} of {all} files compared").expect("a place for the figures");
    assert!(
        compared * 10 >= all * LEAST_OF_TEN,
        "{compared} of {all} files: the formatter refuses the others"
    );
    assert_none(failures);
}

/// The files of the language below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let (folders, files): (Vec<_>, Vec<_>) = entries(folder).into_iter().partition(|entry| entry.is_dir());
    let files = files.into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "kijun"));
    files.chain(folders.iter().flat_map(|folder| below(folder))).collect()
}

fn outcome(path: &Path) -> Outcome {
    let text = std::fs::read_to_string(path).expect("a readable file");
    let own = kijun_syntax::parse(&file(&text)).0.spelling;
    if written(&text, own).as_deref() != Some(text.as_str()) {
        return Outcome::Refused;
    }
    let Some(there) = written(&text, own.other()) else { return Outcome::Refused };
    match written(&there, own) {
        Some(back) if back == text => Outcome::Same,
        back => Outcome::Differs(first_difference(&text, &back.unwrap_or_default())),
    }
}

/// A text in a spelling, unless the formatter refuses that.
fn written(text: &str, spelling: Spelling) -> Option<String> {
    format_as(&file(text), spelling, &Names::new()).ok()
}

fn file(text: &str) -> SourceFile {
    let mut sources = Sources::new();
    let id = sources.add("file.kijun", text);
    sources.file(id).clone()
}

/// The first line that comes back otherwise.
pub(super) fn first_difference(before: &str, back: &str) -> String {
    let (mut before, mut back) = (before.split('\n'), back.split('\n'));
    loop {
        let pair = (before.next(), back.next());
        match pair {
            (None, None) => return "no difference".to_owned(),
            (before, back) if before != back => {
                return format!(
                    "comes back otherwise\n- {}\n+ {}\n",
                    before.unwrap_or("(end)"),
                    back.unwrap_or("(end)")
                );
            }
            _ => {}
        }
    }
}
