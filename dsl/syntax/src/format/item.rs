//! The layout of declarations.

use unicode_width::UnicodeWidthStr;

use crate::ast::{
    Attest, Audit, Class, Define, Enum, Fact, Field, File, Item, ItemKind, Param, Relation, Rule, Spelling,
    Table, Test,
};
use crate::format::document::Document;
use crate::format::names::NamePlace;
use crate::format::{Gap, INDENT, Reader};
use crate::keyword::Keyword;
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
        if item.exported.is_some() {
            parts.extend([self.keyword(Keyword::Export), Document::Space(1)]);
        }
        parts.push(match &item.kind {
            ItemKind::Ruleset(_) => self.ruleset(),
            ItemKind::Use(item) => self.import(item),
            ItemKind::Standard(_) => self.standard(),
            ItemKind::Enum(tree) => self.enumeration(tree, item.exported.is_some()),
            ItemKind::Fact(item) => self.fact(item),
            ItemKind::Table(item) => self.table(item),
            ItemKind::Relation(item) => self.relation(item),
            ItemKind::Define(item) => self.define(item),
            ItemKind::Param(item) => self.param(item),
            ItemKind::Rule(item) => self.rule(item),
            ItemKind::Attest(item) => self.attest(item),
            ItemKind::Audit(item) => self.audit(item),
            ItemKind::Catalogue(item) => self.catalogue(item),
            ItemKind::Crosswalk(item) => self.crosswalk(item),
            ItemKind::Test(item) => self.test(item),
            ItemKind::Broken(..) => Document::nothing(),
        });
        Document::Sequence(parts)
    }

    /// `KEYWORD NAME "label"`
    pub(super) fn heading(&mut self, keyword: Keyword) -> Document<'a> {
        Document::spaced(vec![self.keyword(keyword), self.name(), self.next()])
    }

    pub(super) fn is_at_text(&self) -> bool {
        self.kind_of(self.at) == Some(TokenKind::Text)
    }

    /// One value a line, unless the values were written in one line and fit, in either spelling: so they are written in one
    /// line or in several in both.
    fn enumeration(&mut self, item: &Enum, exported: bool) -> Document<'a> {
        let words = self.words_before_brace(exported);
        let head = self.heading(Keyword::Enum);
        if item.values.is_empty() || self.is_broken_behind_brace() {
            return self.headed_block(head, |reader| reader.enum_value(false));
        }
        let open = self.next();
        let mut values = Vec::new();
        for index in 1..=item.values.len() {
            values.push(Document::SpaceOrBreak);
            values.push(self.enum_value(index < item.values.len()));
        }
        values.extend(self.comments_above(Gap::Kept).0);
        let reserved = Document::Reserved(self.narrower(&words));
        let values = Document::indented(INDENT, values);
        let block = vec![reserved, open, values, Document::SpaceOrBreak, self.next()];
        Document::Sequence(vec![head, Document::Space(1), Document::group(block)])
    }

    /// The words of an enum that comes next which stand in the line of its brace: no comment is between.
    fn words_before_brace(&self, exported: bool) -> Vec<Keyword> {
        // The word, a name and a label stand before it.
        let brace = self.at + 3;
        let export = exported.then(|| (Keyword::Export, self.at.saturating_sub(1)));
        let words = export.into_iter().chain([(Keyword::Enum, self.at)]);
        words.filter(|(_, at)| self.is_in_one_line(*at, brace)).map(|(word, _)| word).collect()
    }

    /// By how many columns the words of keywords are narrower than in the other spelling.
    fn narrower(&self, keywords: &[Keyword]) -> usize {
        let width =
            |spelling| keywords.iter().map(|keyword| keyword.spelling(spelling).width()).sum::<usize>();
        width(self.target.other()).saturating_sub(width(self.target))
    }

    /// `value "label"`; a comma only where another follows in the line.
    fn enum_value(&mut self, another: bool) -> Document<'a> {
        let mut parts = vec![Document::spaced(vec![self.name(), self.next()])];
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
        let mut head = vec![self.heading(if item.at.is_some() { Keyword::Event } else { Keyword::State })];
        if item.at.is_some() {
            head.extend([self.keyword(Keyword::At), self.field_name()]);
        }
        self.headed_block(Document::spaced(head), |reader| reader.fact_entry(&mut fields))
    }

    /// A field, or what is said of all rows. Where that is said twice, the tree holds the last, so it is read anew.
    fn fact_entry(&mut self, fields: &mut std::slice::Iter<'_, Field>) -> Document<'a> {
        if self.begins_field() {
            return match fields.next() {
                Some(field) => self.field(field),
                None => self.next(),
            };
        }
        if self.is_at_keyword(Keyword::FreshWithin) {
            return self.fresh();
        }
        if self.is_at_keyword(Keyword::KeptFor) {
            return self.kept();
        }
        self.validity()
    }

    /// Whether a field begins here: `name:` or `key name:`.
    fn begins_field(&self) -> bool {
        let named = |at: usize| self.kind_of(at + 1) == Some(TokenKind::Symbol(Symbol::Colon));
        named(self.at) || self.is_at_keyword(Keyword::Key) && named(self.at + 1)
    }

    /// `key id: text personal "label"`
    fn field(&mut self, field: &Field) -> Document<'a> {
        let mut parts = Vec::new();
        if field.key.is_some() {
            parts.push(self.keyword(Keyword::Key));
        }
        let name = vec![self.field_name(), self.next(), Document::Space(1), self.type_name(&field.ty)];
        parts.push(Document::Sequence(name));
        match field.class {
            Some(Class::Personal) => parts.push(self.keyword(Keyword::Personal)),
            Some(Class::Secret) => parts.push(self.keyword(Keyword::Secret)),
            None => {}
        }
        if field.label.is_some() {
            parts.push(self.next());
        }
        Document::spaced(parts)
    }

    /// `fresh within 31 days`, `更新 31日以内`; `fresh within PARAM`, `更新 PARAM 以内`
    fn fresh(&mut self) -> Document<'a> {
        let word = Keyword::FreshWithin.spelling(self.target);
        let head = self.count(Keyword::FreshWithin);
        let is_length = self.kind_of(self.at + head) == Some(TokenKind::Int);
        let (limit, count) = match is_length {
            true => self.duration_ahead(head),
            false => (self.name_ahead(head, NamePlace::Name).to_owned(), 1),
        };
        let behind = match self.source {
            Spelling::English => 0,
            Spelling::Japanese => self.count(Keyword::Within),
        };
        let within = Keyword::Within.spelling(self.target);
        let text = match (self.target, is_length) {
            (Spelling::English, _) => format!("{word} {limit}"),
            (Spelling::Japanese, true) => format!("{word} {limit}{within}"),
            (Spelling::Japanese, false) => format!("{word} {limit} {within}"),
        };
        self.phrase(head + count + behind, text)
    }

    /// `kept for 1 year after contract end`, `保存 契約終了後 1年`
    fn kept(&mut self) -> Document<'a> {
        let (kept, after) = (Keyword::KeptFor, Keyword::AfterContractEnd);
        let head = self.count(kept);
        let after_word = after.words(self.source).next();
        let is_after = |ahead: usize| Some(self.text(self.at + ahead)) == after_word;
        let (is_after, ahead) = match self.source {
            Spelling::English => (is_after(head + self.duration_ahead(head).1), head),
            Spelling::Japanese => (is_after(head), head + usize::from(is_after(head))),
        };
        let (duration, count) = self.duration_ahead(ahead);
        let (kept, after_words) = (kept.spelling(self.target), after.spelling(self.target));
        let text = match (is_after, self.target) {
            (false, _) => format!("{kept} {duration}"),
            (true, Spelling::English) => format!("{kept} {duration} {after_words}"),
            (true, Spelling::Japanese) => format!("{kept} {after_words} {duration}"),
        };
        let after = if is_after { self.count(after) } else { 0 };
        self.phrase(head + count + after, text)
    }

    /// `valid from F to G`, `有効 F から G まで`, and the like
    fn validity(&mut self) -> Document<'a> {
        let ends = match self.source {
            Spelling::English => self.english_ends(),
            Spelling::Japanese => self.japanese_ends(),
        };
        let mut words = vec![Keyword::Valid.spelling(self.target)];
        let mut say = |keyword: Keyword, ahead: usize| {
            let name = self.name_ahead(ahead, NamePlace::Field);
            match self.target {
                Spelling::English if keyword == Keyword::Until => words.extend(["to", name]),
                Spelling::English => words.extend([keyword.spelling(self.target), name]),
                Spelling::Japanese => words.extend([name, keyword.spelling(self.target)]),
            }
        };
        for (keyword, ahead) in &ends {
            say(*keyword, *ahead);
        }
        self.phrase(1 + 2 * ends.len(), words.join(" "))
    }

    /// The words of a validity with how far ahead their names stand.
    fn english_ends(&self) -> Vec<(Keyword, usize)> {
        let keyword = |ahead: usize| match self.text(self.at + ahead) {
            _ if self.kind_of(self.at + ahead + 1) == Some(TokenKind::Symbol(Symbol::Colon)) => None,
            "in" => Some(Keyword::During),
            "from" => Some(Keyword::Since),
            "to" => Some(Keyword::Until),
            "before" => Some(Keyword::Before),
            _ => None,
        };
        let first = keyword(1).map(|first| (first, 2));
        let goes_on = matches!(first, Some((Keyword::Since, _)));
        let second =
            keyword(3).filter(|second| goes_on && matches!(second, Keyword::Until | Keyword::Before));
        first.into_iter().chain(second.map(|second| (second, 4))).collect()
    }

    /// The same, where the words stand behind the names.
    fn japanese_ends(&self) -> Vec<(Keyword, usize)> {
        let keyword = |ahead: usize| {
            let words = [Keyword::During, Keyword::Since, Keyword::Until, Keyword::Before];
            let word = self.text(self.at + ahead);
            let is_field = self.kind_of(self.at + ahead) == Some(TokenKind::Symbol(Symbol::Colon));
            words.into_iter().find(|keyword| !is_field && keyword.spelling(self.source) == word)
        };
        let first = keyword(2).map(|first| (first, 1));
        let goes_on = matches!(first, Some((Keyword::Since, _)))
            && self.kind_of(self.at + 3) == Some(TokenKind::Word)
            && self.kind_of(self.at + 5) != Some(TokenKind::Symbol(Symbol::Colon));
        let second =
            keyword(4).filter(|second| goes_on && matches!(second, Keyword::Until | Keyword::Before));
        first.into_iter().chain(second.map(|second| (second, 3))).collect()
    }

    fn table(&mut self, item: &Table) -> Document<'a> {
        let head = self.heading(Keyword::Table);
        let (mut fields, mut rows) = (item.fields.iter(), item.rows.iter());
        self.headed_block(head, |reader| {
            if reader.begins_field() {
                return match fields.next() {
                    Some(field) => reader.field(field),
                    None => reader.next(),
                };
            }
            let word = reader.keyword(Keyword::Row);
            match rows.next() {
                Some(row) => reader.row(word, &row.cells),
                None => word,
            }
        })
    }

    fn relation(&mut self, item: &Relation) -> Document<'a> {
        let mut head = vec![self.keyword(Keyword::Relation), Document::Space(1), self.name()];
        if item.label.is_some() {
            head.extend([Document::Space(1), self.next(), Document::Space(1)]);
        }
        head.push(self.next());
        let mut fields = Vec::new();
        for field in &item.fields {
            let field = self.field(field);
            fields.push(self.with_comma(field));
        }
        head.extend([Document::indented(INDENT, vec![Document::Fill(fields)]), self.next()]);
        let mut branches = item.branches.iter();
        self.headed_block(Document::Sequence(head), |reader| match branches.next() {
            Some(branch) => reader.branch(branch),
            None => reader.next(),
        })
    }

    fn define(&mut self, item: &Define) -> Document<'a> {
        let mut head = vec![self.keyword(Keyword::Define), Document::Space(1), self.name(), self.next()];
        let mut parameters = Vec::new();
        for (_, ty) in &item.parameters {
            let name = vec![self.name(), self.next(), Document::Space(1), self.type_name(ty)];
            parameters.push(self.with_comma(Document::Sequence(name)));
        }
        head.push(Document::indented(INDENT, vec![Document::Fill(parameters)]));
        head.extend([self.next(), Document::Space(1), self.next()]);
        let body = vec![Document::SpaceOrBreak, self.body(&item.body)];
        head.push(Document::group(vec![Document::indented(INDENT, body)]));
        Document::Sequence(head)
    }

    fn param(&mut self, item: &Param) -> Document<'a> {
        let mut parts =
            vec![self.heading(Keyword::Param), self.next(), Document::Space(1), self.type_name(&item.ty)];
        parts.extend([Document::Space(1), self.next(), Document::Space(1)]);
        parts.push(Document::indented(INDENT, vec![self.body(&item.default)]));
        parts.extend([Document::Space(1), self.keyword(Keyword::Because)]);
        let rationale = vec![Document::SpaceOrBreak, self.next()];
        parts.push(Document::group(vec![Document::indented(INDENT, rationale)]));
        Document::Sequence(parts)
    }

    fn rule(&mut self, item: &Rule) -> Document<'a> {
        let head = self.heading(Keyword::Rule);
        let mut clauses = item.clauses.iter();
        self.headed_block(head, |reader| match clauses.next() {
            Some(clause) => reader.clause(clause),
            None => reader.next(),
        })
    }

    fn attest(&mut self, item: &Attest) -> Document<'a> {
        let head = self.heading(Keyword::Attest);
        let mut clauses = item.clauses.iter();
        self.headed_block(head, |reader| match clauses.next() {
            Some(clause) => reader.attest_clause(clause),
            None => reader.next(),
        })
    }

    fn audit(&mut self, item: &Audit) -> Document<'a> {
        let head = self.heading(Keyword::Audit);
        let mut clauses = item.clauses.iter();
        self.headed_block(head, |reader| match clauses.next() {
            Some(clause) => reader.audit_clause(clause),
            None => reader.next(),
        })
    }

    fn test(&mut self, item: &Test) -> Document<'a> {
        let mut head = vec![self.keyword(Keyword::Test), self.next()];
        if item.rule.is_some() {
            head.extend([self.keyword(Keyword::For), self.name()]);
        }
        let mut clauses = item.clauses.iter();
        self.headed_block(Document::spaced(head), |reader| match clauses.next() {
            Some(clause) => reader.test_clause(clause),
            None => reader.next(),
        })
    }
}
