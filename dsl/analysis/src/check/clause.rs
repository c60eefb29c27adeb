//! What the clauses of rules, attestations and audits have in common.

use kijun_ir::{Duration, DutyId};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual, nearest};
use kijun_syntax::ast;
use kijun_syntax::vocabulary::Vocabulary;

use crate::check::{Checker, literal};
use crate::diagnostics::{BLANK, CLAUSE_MISSING, CLAUSE_TWICE, NOT_POSITIVE, UNKNOWN_WORD};
use crate::names::suggest;
use crate::words::SPELLINGS;

/// A declaration whose clauses are read, as messages call it.
#[derive(Clone, Copy)]
pub(super) struct Owner<'a> {
    pub(super) ja: &'static str,
    pub(super) en: &'static str,
    pub(super) name: &'a ast::Name,
}

impl Checker<'_> {
    /// Reports a clause that a declaration must have.
    pub(super) fn clause_missing<T>(&mut self, owner: Owner<'_>, clause: &str, example: &str) -> Option<T> {
        let Owner { ja, en, name: ast::Name { text: name, span } } = owner;
        let message = bilingual!("{ja} `{name}` に {clause} がない", "{en} `{name}` has no {clause}");
        let help = bilingual!("{example} を書く", "write {example}");
        self.report(Diagnostic::new(&CLAUSE_MISSING, *span, message).help(help));
        None
    }

    /// Reports a clause that is written already.
    pub(super) fn clause_twice(&mut self, span: Span, help: Bilingual) {
        let message = Bilingual::new("この句は既に書かれている", "this clause is already written");
        self.report(Diagnostic::new(&CLAUSE_TWICE, span, message).help(help));
    }

    /// The duties that a declaration covers; reports where there are none.
    pub(super) fn covers(&mut self, owner: Owner<'_>, texts: &[&ast::Text]) -> Option<Vec<DutyId>> {
        if texts.is_empty() {
            return self.clause_missing(owner, "⟦covers|根拠⟧", "⟦covers \"5(3)a\"|根拠 \"5(3)a\"⟧");
        }
        let duties: Vec<Option<DutyId>> = texts.iter().map(|text| self.duty(text)).collect();
        duties.into_iter().collect()
    }

    /// A length of time; reports one that is none, or too long.
    pub(super) fn positive(&mut self, (amount, unit, span): (i64, ast::Unit, Span)) -> Option<Duration> {
        let length = literal::in_range(self, literal::duration(amount, unit), span)?;
        if amount > 0 {
            return Some(length);
        }
        let message = Bilingual::new("長さが正でない", "this length of time is not positive");
        let help = Bilingual::new("1 以上の数を書く", "write a number of at least 1");
        self.report(Diagnostic::new(&NOT_POSITIVE, span, message).help(help));
        None
    }

    /// A text that says something; reports one that is blank.
    pub(super) fn said(&mut self, text: &ast::Text) -> Option<String> {
        let said = text.value.trim();
        if !said.is_empty() {
            return Some(said.to_owned());
        }
        let message = Bilingual::new("何も書かれていない", "nothing is written here");
        let help = Bilingual::new("文字列の中身を書く", "write the text");
        self.report(Diagnostic::new(&BLANK, text.span, message).help(help));
        None
    }

    /// As [`Checker::said`], of several.
    pub(super) fn all_said(&mut self, texts: &[ast::Text]) -> Option<Vec<String>> {
        let said: Vec<Option<String>> = texts.iter().map(|text| self.said(text)).collect();
        said.into_iter().collect()
    }

    /// What a word of a closed list means; reports one that is not in it.
    pub(super) fn meaning<T: Copy>(
        &mut self,
        written: &ast::Name,
        words: Vocabulary,
        meanings: &[(&str, T)],
    ) -> Option<T> {
        let word = written.text.as_str();
        let known = meanings.iter().find(|(english, _)| *english == word);
        if known.is_none() {
            self.unknown_word(written, &[("", words)]);
        }
        known.map(|(_, meaning)| *meaning)
    }

    /// Reports a word that is in none of the lists that may stand here, each after the words that English writes before it.
    pub(super) fn unknown_word(&mut self, written: &ast::Name, lists: &[(&str, Vocabulary)]) {
        let word = &written.text;
        let message = bilingual!("`{word}` はここに書けない", "`{word}` has no meaning here");
        let words = |spelling| lists.iter().flat_map(move |(_, list)| list.words(spelling));
        let near = nearest(word, SPELLINGS.into_iter().flat_map(words));
        let pairs = lists.iter().flat_map(|(before, list)| {
            let [english, japanese] = SPELLINGS.map(|spelling| list.words(spelling));
            english.zip(japanese).map(move |(english, japanese)| format!("⟦{before}{english}|{japanese}⟧"))
        });
        let pairs: Vec<String> = pairs.collect();
        let help = Bilingual::new(
            format!("書けるのは {}", pairs.join("、")),
            format!("what may stand here: {}", pairs.join(", ")),
        );
        self.report(suggest(Diagnostic::new(&UNKNOWN_WORD, written.span, message), near).help(help));
    }
}
