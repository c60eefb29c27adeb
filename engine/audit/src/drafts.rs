//! Texts that stand for those on the disk: what an editor holds, what fixes would write.

use std::collections::BTreeMap;

/// Files by their path as diagnostics show it, each with the text that counts instead of the one on the disk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drafts(BTreeMap<String, String>);

impl Drafts {
    /// Sets the text of a file.
    pub fn set(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.0.insert(path.into(), text.into());
    }

    /// The text of a file, if it is not that on the disk.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// All of them, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text of a file: the draft, else what is on the disk, without a byte order mark.
    pub(crate) fn read(&self, path: &str, on_disk: &std::path::Path) -> std::io::Result<String> {
        if let Some(draft) = self.get(path) {
            return Ok(draft.to_owned());
        }
        let mut text = std::fs::read_to_string(on_disk)?;
        let marks = text.len() - text.trim_start_matches('\u{feff}').len();
        text.drain(..marks);
        Ok(text)
    }
}
