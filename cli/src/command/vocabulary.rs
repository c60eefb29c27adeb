//! What the files of the rules say for people: the comments above definitions, and in which spelling they are written.

use kijun_pack::sentence::{Definitions, InWords};
use kijun_source::{FileId, Lang, SourceFile, Sources};
use kijun_syntax::ast::{ItemKind, Spelling};
use kijun_syntax::{parse, spelling_of_expr};

/// How the rules are said, read once off their files.
pub(super) struct Vocabulary {
    /// The comments above the definitions: a program holds what they mean, not what their writer says of them.
    pub(super) definitions: Definitions,
    japanese: Vec<FileId>,
}

impl Vocabulary {
    /// That of all files of rules, and of the questions among them.
    pub(super) fn of(sources: &Sources) -> Self {
        let mut vocabulary = Self { definitions: Definitions::default(), japanese: Vec::new() };
        for file in sources.iter() {
            let spelling =
                if file.path.ends_with(".kijun") { vocabulary.read(file) } else { spelling_of_expr(file) };
            if spelling == Spelling::Japanese {
                vocabulary.japanese.push(file.id);
            }
        }
        vocabulary
    }

    fn read(&mut self, file: &SourceFile) -> Spelling {
        let (tree, _) = parse(file);
        for item in &tree.items {
            if let ItemKind::Define(define) = &item.kind {
                self.definitions.add(&define.name.text, &define.doc);
            }
        }
        tree.spelling
    }

    /// Who says in a language what is quoted of the rules.
    pub(super) fn in_words(&self, lang: Lang) -> InWords<'_> {
        InWords { definitions: &self.definitions, lang, japanese: &self.japanese }
    }
}
