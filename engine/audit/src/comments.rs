//! What the files of the rules say for people: the comments above definitions, and in which spelling they are written.

use kijun_source::{FileId, SourceFile, Sources};
use kijun_syntax::ast::{ItemKind, Spelling};
use kijun_syntax::{parse, spelling_of_expr};

/// What files say beside what they mean: a program holds what definitions mean, not what their writer says of them.
#[derive(Debug, Clone, Default)]
pub struct Comments {
    /// The names of definitions with the comments above them, in the order of the files.
    pub definitions: Vec<(String, String)>,
    /// The files that are written in the Japanese spelling.
    pub japanese: Vec<FileId>,
}

impl Comments {
    /// Those of all files of rules, and of the questions among them.
    pub fn of(sources: &Sources) -> Self {
        let mut comments = Self::default();
        for file in sources.iter() {
            let spelling =
                if file.path.ends_with(".kijun") { comments.read(file) } else { spelling_of_expr(file) };
            if spelling == Spelling::Japanese {
                comments.japanese.push(file.id);
            }
        }
        comments
    }

    fn read(&mut self, file: &SourceFile) -> Spelling {
        let (tree, _) = parse(file);
        for item in tree.items {
            if let ItemKind::Define(define) = item.kind {
                self.definitions.push((define.name.text, define.doc));
            }
        }
        tree.spelling
    }
}
