//! Pieces of rules in words, for those who read a proof.

use kijun_audit::{Fragment, Owner, Quoted, Wording};
use kijun_source::{FileId, Lang};

use super::scope::{Names, Scope};
use super::{Definitions, Speaker, english, japanese};

/// Says a piece of a rule as the document says it. In English the rules are quoted as they are written, unless that is in Japanese.
#[derive(Debug, Clone, Copy)]
pub struct InWords<'a> {
    /// What people read of definitions.
    pub definitions: &'a Definitions,
    /// The language of the reader.
    pub lang: Lang,
    /// The files that are written in the Japanese spelling.
    pub japanese: &'a [FileId],
}

impl Wording for InWords<'_> {
    fn words(&self, quoted: &Quoted<'_>) -> Option<Vec<String>> {
        let span = match quoted.piece {
            Fragment::Condition(expr) | Fragment::Value(expr) => expr.span,
            Fragment::Rows(rows) => rows.span,
        };
        let is_read = self.lang == Lang::En && !self.japanese.contains(&span.file);
        (!is_read).then(|| Speaker::new(quoted.program, self.definitions, self.lang).quoted(quoted))
    }
}

impl<'a> Speaker<'a> {
    /// The words for a piece of a rule, in lines. What definitions mean stands below in the proof, and needs no note.
    fn quoted(&self, quoted: &Quoted<'a>) -> Vec<String> {
        let names = match quoted.owner {
            Owner::Rule(rule) => Names::of_rule(self.program, self.definitions, rule),
            Owner::Value(vars, _) => Names::of_all(self.program, self.definitions, vars),
        };
        let mut scope = Scope::new(names, quoted.about);
        let said = match self.lang {
            Lang::Ja => japanese::quoted(&mut scope, quoted.piece),
            Lang::En => english::quoted(&mut scope, quoted.piece),
        };
        said.without_notes().lines(self.lang)
    }
}
