//! Runs the command in an environment of which nothing leaks in.

use std::path::{Path, PathBuf};
use std::process::Command;

/// What the user gets.
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Answer {
    /// All of it, for a snapshot.
    pub(crate) fn shown(&self) -> String {
        format!("exit {}\n--- stdout\n{}--- stderr\n{}", self.code, self.stdout, self.stderr)
    }
}

/// The folder of the repository.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate lies in the repository").to_owned()
}

/// Runs `kijun` in a folder with an environment of its own.
pub(crate) fn kijun_in(folder: &Path, environment: &[(&str, &str)], arguments: &[&str]) -> Answer {
    let output = Command::new(env!("CARGO_BIN_EXE_kijun"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(environment.iter().copied())
        .output()
        .expect("the command starts");
    Answer {
        code: output.status.code().expect("the command ends by itself"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// Runs `kijun` in the repository.
pub(crate) fn kijun(arguments: &[&str]) -> Answer {
    kijun_in(&repository(), &[], arguments)
}

/// The words that judge the example, and more.
pub(crate) fn judged<'a>(workspace: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut words = vec!["run", "--workspace", workspace, "--period", "2026年度", "--as-of", "2026-11-23"];
    words.extend(more);
    words
}

/// A copy of the example and the rulesets in a folder that goes away with it.
pub(crate) struct Copy(tempfile::TempDir);

impl Copy {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for part in ["examples/minato", "rulesets"] {
            copy_below(&repository().join(part), &folder.path().join(part));
        }
        Self(folder)
    }

    /// A copy of whose rulesets one duty, 8a, has no rule.
    pub(crate) fn without_section8() -> Self {
        let copy = Self::new();
        for file in ["section8.kijun", "section8.test.kijun"] {
            std::fs::remove_file(copy.root().join("rulesets/anzen-kanri").join(file))
                .expect("a file to remove");
        }
        copy
    }

    /// The folder that stands for the repository.
    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }

    /// Replaces a text that must stand once in a file of UTF-8.
    pub(crate) fn replace(&self, file: &str, from: &str, to: &str) {
        let path = self.root().join(file);
        let text = std::fs::read_to_string(&path).expect("a file of UTF-8");
        assert_eq!(text.matches(from).count(), 1, "{file}: {from:?} stands once");
        std::fs::write(&path, text.replace(from, to)).expect("a file to write");
    }

    /// Changes the bytes of a file.
    pub(crate) fn change(&self, file: &str, change: impl FnOnce(Vec<u8>) -> Vec<u8>) {
        let path = self.root().join(file);
        let bytes = std::fs::read(&path).expect("a file to change");
        std::fs::write(&path, change(bytes)).expect("a file to write");
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
