//! Writes every case in the other spelling and back, labels for names: the same bytes, the same outcome.

use std::path::Path;

use kijun_source::{Diagnostic, SourceFile};
use kijun_syntax::ast::{File, Spelling};
use kijun_syntax::{Names, format_as};
use rayon::prelude::*;

use super::bytes::first_difference;
use super::read::{Case, Read, all, cases_below, suite};
use super::{drawn, unmet};

/// What sound cases come to on the way to the other spelling and back.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) failures: Vec<String>,
    /// How many files are compared with what they were.
    pub(super) same: usize,
    /// How many are compared with what they were in the words of their spelling: a case may use a label in the English
    /// spelling, or a name in the Japanese one.
    pub(super) in_own_words: usize,
}

/// Writes the sound cases in the other spelling and back; `copy` is an empty folder.
pub(super) fn outcome(copy: &Path) -> Outcome {
    let there = copy.join("there");
    let turned: Vec<Vec<String>> = all().par_iter().map(|(_, read)| turn(read, &there)).collect();
    copy_folder(&suite().join("prelude"), &there.join("prelude"));
    let back: Vec<Outcome> = cases_below(&there).par_iter().map(returned).collect();
    let turned = Outcome { failures: turned.concat(), ..Outcome::default() };
    back.into_iter().fold(turned, |mut whole, part| {
        whole.failures.extend(part.failures);
        whole.same += part.same;
        whole.in_own_words += part.in_own_words;
        whole
    })
}

/// Whether something of a case is wrong on purpose.
fn is_sound(read: &Read) -> bool {
    !read.diagnostics.iter().any(Diagnostic::is_error)
}

/// The names that cannot stand in the other spelling.
pub(super) fn clashes(read: &Read) -> Vec<Diagnostic> {
    if !is_sound(read) {
        return Vec::new();
    }
    let clashes =
        files(read).into_iter().filter_map(|(tree, file)| written(read, tree.spelling.other(), file).err());
    clashes.flatten().collect()
}

/// Writes the files of a case in the other spelling.
fn turn(read: &Read, there: &Path) -> Vec<String> {
    if !is_sound(read) || !clashes(read).is_empty() {
        return Vec::new();
    }
    let mut failures = Vec::new();
    for (tree, file) in files(read) {
        match written(read, tree.spelling.other(), file) {
            Ok(text) => write(&there.join(&file.path), &text),
            Err(found) => failures.push(format!("{}: {}", file.path, drawn(read, &found))),
        }
    }
    failures
}

/// What a case in the other spelling comes to otherwise, and what of it does not become again what it was.
fn returned(case: &Case) -> Outcome {
    let read = case.read();
    if !is_sound(&read) {
        let errors = read.diagnostics.iter().filter(|found| found.is_error());
        let failure = format!("{} in the other spelling:\n{}", case.path, drawn(&read, errors));
        return Outcome { failures: vec![failure], ..Outcome::default() };
    }
    let mut outcome = Outcome { failures: unmet(&read), ..Outcome::default() };
    let same = |(original, _): &&(Case, Read)| original.path == case.path;
    let (_, original) = all().iter().find(same).expect("the same cases");
    for (tree, file) in files(&read) {
        let before = original.sources.iter().find(|before| before.path == file.path).expect("the same files");
        let spelling = tree.spelling.other();
        let wanted = written(original, spelling, before).unwrap_or_default();
        let back = written(&read, spelling, file).unwrap_or_default();
        match wanted == *before.text {
            true => outcome.same += 1,
            false => outcome.in_own_words += 1,
        }
        if back != wanted {
            outcome.failures.push(format!("{}: {}", file.path, first_difference(&wanted, &back)));
        }
    }
    outcome
}

/// How many files there are in the sound cases, without the prelude.
pub(super) fn count() -> usize {
    let sound = all().iter().map(|(_, read)| read).filter(|read| is_sound(read));
    sound.map(|read| files(read).len()).sum()
}

/// The files of a case with their trees, without the prelude.
fn files(read: &Read) -> Vec<(&File, &SourceFile)> {
    let trees = read.units.iter().flat_map(|unit| &unit.files);
    let files = trees.zip(read.sources.iter());
    files.filter(|(_, file)| !file.path.starts_with("prelude/")).collect()
}

/// A file in a spelling, with the names that go with it.
fn written(read: &Read, spelling: Spelling, file: &SourceFile) -> Result<String, Vec<Diagnostic>> {
    let of_file = read.names.iter().filter(|name| name.span.file == file.id);
    let word = |name: &kijun_analysis::NameUse| match spelling {
        Spelling::English => name.english.to_string(),
        Spelling::Japanese => name.japanese.to_string(),
    };
    let names: Names = of_file.map(|name| (name.span, word(name))).collect();
    format_as(file, spelling, &names)
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a folder for the copy");
    std::fs::write(path, text).expect("a file that can be written");
}

fn copy_folder(from: &Path, to: &Path) {
    for file in super::read::entries(from) {
        let text = std::fs::read_to_string(&file).expect("a readable file");
        write(&to.join(file.file_name().expect("a file")), &text);
    }
}
