//! Where evidence files are read from: a folder, or memory.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use glob::{MatchOptions, Pattern};

/// The files of a workspace. Paths are relative to it, with `/`.
pub trait Files {
    /// The bytes of a file.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// The paths of the files that match a glob pattern, ascending. A folder that cannot be read is an
    /// error: the files in it would be overlooked in silence.
    fn list(&self, pattern: &str) -> io::Result<Vec<String>>;
}

/// `*` and `?` stop at `/` and do not match the dot of a hidden file.
pub(crate) const MATCHING: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

/// Files below a folder.
#[derive(Debug, Clone)]
pub struct DiskFiles {
    root: PathBuf,
}

impl DiskFiles {
    /// The files below `root`, the folder of `kijun.toml`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }
}

impl Files for DiskFiles {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        std::fs::read(self.root.join(path))
    }

    fn list(&self, pattern: &str) -> io::Result<Vec<String>> {
        let root = self.root.to_str().ok_or_else(|| invalid("the workspace's path is not UTF-8"))?;
        let pattern = Path::new(&Pattern::escape(root)).join(pattern);
        let pattern = pattern.to_str().ok_or_else(|| invalid("the pattern is not UTF-8"))?;
        let found = glob::glob_with(pattern, MATCHING).map_err(|error| invalid(error.msg))?;
        let mut paths = Vec::new();
        for path in found {
            let path = path.map_err(io::Error::from)?;
            if path.is_file() {
                paths.push(self.relative(&path)?);
            }
        }
        paths.sort_unstable();
        Ok(paths)
    }
}

impl DiskFiles {
    fn relative(&self, path: &Path) -> io::Result<String> {
        let relative = path.strip_prefix(&self.root).unwrap_or(path);
        let parts: Option<Vec<&str>> = relative.iter().map(std::ffi::OsStr::to_str).collect();
        parts.map(|parts| parts.join("/")).ok_or_else(|| invalid("a file name is not UTF-8"))
    }
}

/// Files in memory, by path.
#[derive(Debug, Clone, Default)]
pub struct MemoryFiles {
    files: BTreeMap<String, Vec<u8>>,
}

impl MemoryFiles {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, or replaces it.
    #[must_use]
    pub fn with(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.to_owned(), bytes.into());
        self
    }
}

impl Files for MemoryFiles {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.files.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn list(&self, pattern: &str) -> io::Result<Vec<String>> {
        let pattern = Pattern::new(pattern).map_err(|error| invalid(error.msg))?;
        Ok(self.files.keys().filter(|path| pattern.matches_with(path, MATCHING)).cloned().collect())
    }
}

fn invalid(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folder_and_memory_agree() {
        let folder = tempfile::tempdir().unwrap();
        let mut memory = MemoryFiles::new();
        for path in ["a/入室-2.csv", "a/入室-1.csv", "a/b/入室-3.csv", "a/.入室-4.csv", "a/other.txt"]
        {
            let full = folder.path().join(path);
            std::fs::create_dir_all(full.parent().unwrap()).unwrap();
            std::fs::write(full, path).unwrap();
            memory = memory.with(path, path);
        }
        let disk = DiskFiles::new(folder.path());
        let found = disk.list("a/入室-*.csv").unwrap();
        assert_eq!(found, ["a/入室-1.csv", "a/入室-2.csv"]);
        assert_eq!(memory.list("a/入室-*.csv").unwrap(), found);
        assert_eq!(disk.list("a/**/入室-*.csv").unwrap(), memory.list("a/**/入室-*.csv").unwrap());
        assert_eq!(disk.list("*/b").unwrap(), Vec::<String>::new());
        assert_eq!(disk.read("a/other.txt").unwrap(), memory.read("a/other.txt").unwrap());
        assert_eq!(disk.read("a/none").unwrap_err().kind(), memory.read("a/none").unwrap_err().kind());
    }
}
