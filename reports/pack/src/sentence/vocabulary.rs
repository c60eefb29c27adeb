//! How the rules are said, by what their files say for people.

use kijun_audit::Comments;
use kijun_source::{FileId, Lang, Sources};

use super::{Definitions, InWords};

/// How the rules are said, read once off their files.
#[derive(Debug)]
pub struct Vocabulary {
    /// What people read of definitions.
    pub definitions: Definitions,
    japanese: Vec<FileId>,
}

impl Vocabulary {
    /// That of all files of rules, and of the questions among them.
    pub fn of(sources: &Sources) -> Self {
        let Comments { definitions: comments, japanese } = Comments::of(sources);
        let mut definitions = Definitions::default();
        for (name, comment) in &comments {
            definitions.add(name, comment);
        }
        Self { definitions, japanese }
    }

    /// Who says in a language what is quoted of the rules.
    pub fn in_words(&self, lang: Lang) -> InWords<'_> {
        InWords { definitions: &self.definitions, lang, japanese: &self.japanese }
    }
}
