//! Makes the evidence of the examples: `kijun-examples [DIR] [--check]`.
//!
//! The people, companies and numbers are invented. The same program makes the same bytes everywhere: all chance comes
//! from a [`random::SplitMix64`] with a fixed seed.

mod areas;
mod attendance;
mod attestations;
mod audits;
mod certificates;
mod company;
mod computers;
mod contracts;
mod days;
mod documents;
mod facility;
mod file;
mod incidents;
mod loans;
mod manifest;
mod media;
mod network;
mod people;
mod random;
mod reports;
mod stores;
mod supervision;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::file::EvidenceFile;
use crate::random::SplitMix64;

const DEFAULT_FOLDER: &str = "examples/minato";
const SEED: u64 = 20_260_401;

fn main() -> ExitCode {
    let (options, folders): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let check = options == ["--check"];
    if folders.len() > 1 || !(check || options.is_empty()) {
        return report("usage: kijun-examples [DIR] [--check]", 2);
    }
    let folder = PathBuf::from(folders.first().map_or(DEFAULT_FOLDER, String::as_str));
    let files = match all_files() {
        Ok(files) => files,
        Err(problem) => return report(&problem, 2),
    };
    let done = if check { compare(&folder, &files) } else { write(&folder, &files) };
    match done {
        Ok(differing) if differing.is_empty() => ExitCode::SUCCESS,
        Ok(differing) => report(&differing.join("\n"), 1),
        Err(error) => report(&error.to_string(), 2),
    }
}

/// Every file of the example but those that people write.
fn all_files() -> Result<Vec<EvidenceFile>, String> {
    let mut random = SplitMix64::new(SEED);
    let mut files = people::files(&mut random);
    let visits = attendance::visits(&mut random);
    let presences = attendance::days(&visits, &mut random);
    files.extend(areas::files(&visits, &presences, &mut random));
    files.extend(computers::files(&presences, &mut random));
    files.extend(network::files(&presences, &mut random));
    files.extend(stores::files(&presences, &mut random));
    let written_out = [
        documents::files(),
        supervision::files(),
        facility::files(),
        media::files(),
        loans::files(),
        contracts::files(),
        incidents::files(),
        audits::files(),
        reports::files(),
        certificates::files(),
        attestations::files(),
    ];
    files.extend(written_out.into_iter().flatten());
    let manifest = manifest::file(&files)?;
    files.push(manifest);
    Ok(files)
}

/// Writes the files. Evidence that is no longer made is removed.
fn write(folder: &Path, files: &[EvidenceFile]) -> io::Result<Vec<String>> {
    for stray in strays(folder, files)? {
        std::fs::remove_file(folder.join(stray))?;
    }
    for file in files {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, &file.bytes)?;
    }
    Ok(Vec::new())
}

/// The paths of the files that are not as they would be written, one line each.
fn compare(folder: &Path, files: &[EvidenceFile]) -> io::Result<Vec<String>> {
    let mut differing = Vec::new();
    for file in files {
        match std::fs::read(folder.join(&file.path)) {
            Ok(bytes) if bytes == file.bytes => {}
            Ok(_) => differing.push(format!("differs: {}", file.path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                differing.push(format!("missing: {}", file.path));
            }
            Err(error) => return Err(error),
        }
    }
    differing.extend(strays(folder, files)?.iter().map(|path| format!("not made: {path}")));
    Ok(differing)
}

/// The files below `evidence` that are not made, by path.
fn strays(folder: &Path, files: &[EvidenceFile]) -> io::Result<Vec<String>> {
    let mut strays = Vec::new();
    let mut folders = vec!["evidence".to_owned()];
    while let Some(within) = folders.pop() {
        let entries = match std::fs::read_dir(folder.join(&within)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let path = format!("{within}/{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else if !files.iter().any(|file| file.path == path) {
                strays.push(path);
            }
        }
    }
    strays.sort();
    Ok(strays)
}

/// Says something on the error stream and ends with this code.
fn report(text: &str, code: u8) -> ExitCode {
    // Where the error stream is closed, the code alone must do.
    let _ = writeln!(io::stderr(), "{text}");
    ExitCode::from(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_files_are_made_twice() {
        let (first, second) = (all_files().unwrap(), all_files().unwrap());
        assert_eq!(first.len(), second.len());
        assert!(first.iter().zip(&second).all(|(a, b)| a.path == b.path && a.bytes == b.bytes));
    }

    #[test]
    fn what_was_written_compares_equal_until_it_is_touched() {
        let folder = std::env::temp_dir().join(format!("kijun-examples-{}", std::process::id()));
        let files = [file::lines("evidence/a/b.jsonl", &["{}".to_owned()])];
        assert_eq!(compare(&folder, &files).unwrap(), ["missing: evidence/a/b.jsonl"]);
        write(&folder, &files).unwrap();
        let untouched = compare(&folder, &files).unwrap();
        std::fs::write(folder.join("evidence/a/b.jsonl"), "{}").unwrap();
        std::fs::write(folder.join("evidence/a/stray"), "").unwrap();
        let touched = compare(&folder, &files).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(untouched, [""; 0]);
        assert_eq!(touched, ["differs: evidence/a/b.jsonl", "not made: evidence/a/stray"]);
    }
}
