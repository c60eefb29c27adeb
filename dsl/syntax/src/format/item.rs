//! The layout of declarations.

use crate::ast::{Define, Enum, Fact, File, Item, Param, Rule, Test, TypeName};
use crate::format::document::Document;
use crate::format::{Gap, INDENT, Reader};
use crate::token::{Symbol, TokenKind};

impl<'a> Reader<'a> {
    /// The declarations of a file with an empty line between them, and the comments at its end.
    pub(super) fn file(&mut self, file: &File) -> Document<'a> {
        let mut parts = Vec::new();
        let mut gap = Gap::Start;
        for item in &file.items {
            parts.push(self.begin_line(gap));
            parts.push(self.item(item));
            gap = Gap::Empty;
        }
        let (comments, _) = self.comments_above(gap);
        parts.extend(comments);
        Document::Sequence(parts)
    }

    fn item(&mut self, item: &Item) -> Document<'a> {
        let mut parts = Vec::new();
        while self.kind_of(self.at) == Some(TokenKind::Doc) {
            parts.push(self.next());
            let is_commented = self.has_comments_above();
            let below = self.begin_line(Gap::Kept);
            parts.push(if is_commented { below } else { Document::Break { empty_line: false } });
        }
        parts.push(match item {
            Item::Standard(_) => self.standard(),
            Item::Enum(item) => self.enumeration(item),
            Item::Fact(item) => self.fact(item),
            Item::Define(item) => self.define(item),
            Item::Param(item) => self.param(item),
            Item::Rule(item) => self.rule(item),
            Item::Test(item) => self.test(item),
            Item::Broken(..) => Document::nothing(),
        });
        Document::Sequence(parts)
    }

    /// So many words and a block of entries that each begin with the word that says how they go on.
    fn headed_block(&mut self, words: usize, entry: impl FnMut(&mut Self) -> Document<'a>) -> Document<'a> {
        let head = self.words(words);
        Document::Sequence(vec![head, Document::Space(1), self.block(entry)])
    }

    fn standard(&mut self) -> Document<'a> {
        self.headed_block(3, |reader| match reader.is_at_word("section") {
            true => reader.section(),
            false => reader.words(2),
        })
    }

    fn section(&mut self) -> Document<'a> {
        self.headed_block(3, |reader| match reader.is_at_word("criterion") {
            true => reader.headed_block(2, Self::passage_entry),
            false => reader.passage_entry(),
        })
    }

    /// `text "…"`, `note "…"` or `duty a "…"`
    fn passage_entry(&mut self) -> Document<'a> {
        let words = if self.is_at_word("duty") { 3 } else { 2 };
        self.words(words)
    }

    /// One value a line, unless the values were written in one line and fit.
    fn enumeration(&mut self, item: &Enum) -> Document<'a> {
        let head = self.words(3);
        if item.values.is_empty() || self.is_broken_behind_brace() {
            let block = self.block(|reader| reader.enum_value(false));
            return Document::Sequence(vec![head, Document::Space(1), block]);
        }
        let open = self.next();
        let mut values = Vec::new();
        for index in 1..=item.values.len() {
            values.push(Document::SpaceOrBreak);
            values.push(self.enum_value(index < item.values.len()));
        }
        values.extend(self.comments_above(Gap::Kept).0);
        let block = vec![open, Document::indented(INDENT, values), Document::SpaceOrBreak, self.next()];
        Document::Sequence(vec![head, Document::Space(1), Document::group(block)])
    }

    /// `value "label"`; a comma only where another follows in the line.
    fn enum_value(&mut self, another: bool) -> Document<'a> {
        let mut parts = vec![self.words(2)];
        if another {
            parts.push(Document::Unbroken(","));
        }
        if self.is_at(Symbol::Comma) {
            parts.push(self.drop_next());
        }
        Document::Sequence(parts)
    }

    fn fact(&mut self, item: &Fact) -> Document<'a> {
        let mut fields = item.fields.iter();
        let words = if item.at.is_some() { 5 } else { 3 };
        self.headed_block(words, |reader| {
            if reader.is_at_word("fresh") && reader.text(reader.at + 1) == "within" {
                return reader.words(4);
            }
            let Some(field) = fields.next() else { return reader.next() };
            let mut parts = Vec::new();
            if field.key.is_some() {
                parts.extend([reader.next(), Document::Space(1)]);
            }
            parts.extend([reader.next(), reader.next(), Document::Space(1), reader.type_name(&field.ty)]);
            if field.class.is_some() {
                parts.extend([Document::Space(1), reader.next()]);
            }
            if field.label.is_some() {
                parts.extend([Document::Space(1), reader.next()]);
            }
            Document::Sequence(parts)
        })
    }

    /// `ref person?`
    fn type_name(&mut self, ty: &TypeName) -> Document<'a> {
        let words = self.words(if ty.reference { 2 } else { 1 });
        if !ty.optional {
            return words;
        }
        Document::Sequence(vec![words, self.next()])
    }

    fn define(&mut self, item: &Define) -> Document<'a> {
        let mut head = vec![self.words(2), self.next()];
        let mut parameters = Vec::new();
        for (_, ty) in &item.parameters {
            let name = vec![self.next(), self.next(), Document::Space(1), self.type_name(ty)];
            parameters.push(self.with_comma(Document::Sequence(name)));
        }
        head.push(Document::indented(INDENT, vec![Document::Fill(parameters)]));
        head.extend([self.next(), Document::Space(1), self.next()]);
        let body = vec![Document::SpaceOrBreak, self.body(&item.body)];
        head.push(Document::group(vec![Document::indented(INDENT, body)]));
        Document::Sequence(head)
    }

    fn param(&mut self, item: &Param) -> Document<'a> {
        let mut parts = vec![self.words(3), self.next(), Document::Space(1), self.type_name(&item.ty)];
        parts.extend([Document::Space(1), self.next(), Document::Space(1)]);
        parts.push(Document::indented(INDENT, vec![self.body(&item.default)]));
        parts.extend([Document::Space(1), self.next()]);
        let rationale = vec![Document::SpaceOrBreak, self.next()];
        parts.push(Document::group(vec![Document::indented(INDENT, rationale)]));
        Document::Sequence(parts)
    }

    fn rule(&mut self, item: &Rule) -> Document<'a> {
        let mut clauses = item.clauses.iter();
        self.headed_block(3, |reader| match clauses.next() {
            Some(clause) => reader.clause(clause),
            None => reader.next(),
        })
    }

    fn test(&mut self, item: &Test) -> Document<'a> {
        let mut clauses = item.clauses.iter();
        self.headed_block(4, |reader| match clauses.next() {
            Some(clause) => reader.test_clause(clause),
            None => reader.next(),
        })
    }
}
