//! The layout of the texts of standards: `ruleset`, `use`, `standard`, `catalogue`, `crosswalk`.

use crate::ast::{Catalogue, Crosswalk, CrosswalkEntry, CrosswalkTarget, Use};
use crate::format::document::Document;
use crate::format::{INDENT, Reader};
use crate::keyword::Keyword;
use crate::vocabulary::STRENGTHS;

impl<'a> Reader<'a> {
    /// `ruleset NAME version "1.0.0"`
    pub(super) fn ruleset(&mut self) -> Document<'a> {
        Document::spaced(vec![
            self.keyword(Keyword::Ruleset),
            self.name(),
            self.keyword(Keyword::Version),
            self.next(),
        ])
    }

    /// `use "../facts" version "1"`
    pub(super) fn import(&mut self, item: &Use) -> Document<'a> {
        let mut parts = vec![self.keyword(Keyword::Use), self.next()];
        if item.version.is_some() {
            parts.extend([self.keyword(Keyword::Version), self.next()]);
        }
        Document::spaced(parts)
    }

    pub(super) fn standard(&mut self) -> Document<'a> {
        let head = self.heading(Keyword::Standard);
        self.headed_block(head, |reader| {
            if !reader.is_at_keyword(Keyword::Section) {
                return reader.labelled(&[Keyword::Issuer, Keyword::Edition]);
            }
            let head = Document::spaced(vec![reader.keyword(Keyword::Section), reader.next(), reader.next()]);
            reader.headed_block(head, Self::section_entry)
        })
    }

    fn section_entry(&mut self) -> Document<'a> {
        if !self.is_at_keyword(Keyword::Criterion) {
            return self.passage_entry();
        }
        let head = Document::spaced(vec![self.keyword(Keyword::Criterion), self.next()]);
        self.headed_block(head, Self::passage_entry)
    }

    /// `text "…"`, `note "…"` or `duty a "…"`
    fn passage_entry(&mut self) -> Document<'a> {
        if !self.is_at_keyword(Keyword::Duty) {
            return self.labelled(&[Keyword::Text, Keyword::Note]);
        }
        let word = self.keyword(Keyword::Duty);
        let name = match self.is_at_text() {
            true => self.next(),
            false => self.name(),
        };
        let mut parts = vec![word, name, self.next()];
        if self.is_at_keyword(Keyword::ByCriteria) {
            parts.push(self.keyword(Keyword::ByCriteria));
        }
        Document::spaced(parts)
    }

    /// One of the keywords and a text.
    fn labelled(&mut self, keywords: &[Keyword]) -> Document<'a> {
        let here = keywords.iter().find(|keyword| self.is_at_keyword(**keyword));
        let word = match here {
            Some(keyword) => self.keyword(*keyword),
            None => self.next(),
        };
        Document::spaced(vec![word, self.next()])
    }

    pub(super) fn catalogue(&mut self, item: &Catalogue) -> Document<'a> {
        let head = self.heading(Keyword::Catalogue);
        let mut controls = item.controls.iter();
        self.headed_block(head, |reader| {
            let mut parts = vec![reader.keyword(Keyword::Control), reader.next(), reader.next()];
            let control = controls.next();
            if control.is_some_and(|control| control.english.is_some()) {
                parts.push(reader.next());
            }
            if control.is_some_and(|control| control.unverified.is_some()) {
                parts.push(reader.keyword(Keyword::Unverified));
            }
            Document::spaced(parts)
        })
    }

    pub(super) fn crosswalk(&mut self, item: &Crosswalk) -> Document<'a> {
        let head = Document::spaced(vec![
            self.keyword(Keyword::Crosswalk),
            self.name(),
            self.keyword(Keyword::To),
            self.name(),
        ]);
        let mut entries = item.entries.iter();
        self.headed_block(head, |reader| match entries.next() {
            Some(CrosswalkEntry::Mapped { targets, .. }) => reader.mapped(targets),
            Some(CrosswalkEntry::Unanswered(controls)) => reader.unanswered(controls.len()),
            None => reader.next(),
        })
    }

    /// `none -> "A.5.7", …`
    fn unanswered(&mut self, count: usize) -> Document<'a> {
        let head = Document::spaced(vec![self.keyword(Keyword::None), self.next()]);
        let mut controls = Vec::new();
        for _ in 0..count {
            let control = self.next();
            controls.push(self.with_comma(control));
        }
        let controls = Document::indented(INDENT, vec![Document::Fill(controls)]);
        Document::spaced(vec![head, controls])
    }

    /// `"5(3)a" -> "A.5.15" full, …`
    fn mapped(&mut self, targets_of: &[CrosswalkTarget]) -> Document<'a> {
        let head = self.words(2);
        if targets_of.is_empty() {
            return Document::spaced(vec![head, self.keyword(Keyword::None)]);
        }
        let mut targets = Vec::new();
        for target in targets_of {
            let target = self.crosswalk_target(target);
            targets.push(self.with_comma(target));
        }
        let targets = Document::indented(INDENT, vec![Document::Fill(targets)]);
        Document::spaced(vec![head, targets])
    }

    /// `"A.5.15" full "basis" unverified`
    fn crosswalk_target(&mut self, target: &CrosswalkTarget) -> Document<'a> {
        let mut parts = vec![self.next(), self.word_of(STRENGTHS)];
        if target.basis.is_some() {
            parts.push(self.next());
        }
        if target.unverified.is_some() {
            parts.push(self.keyword(Keyword::Unverified));
        }
        Document::spaced(parts)
    }
}
