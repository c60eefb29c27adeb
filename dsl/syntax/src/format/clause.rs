//! The layout of what rules and tests hold.

use unicode_width::UnicodeWidthStr;

use crate::ast::{
    Answer, CellValue, Clause, ClauseKind, Expectation, Expr, Judged, Name, ShortfallKind, Spelling,
    TestClause,
};
use crate::format::document::Document;
use crate::format::names::NamePlace;
use crate::format::{Gap, INDENT, Reader};
use crate::keyword::Keyword;
use crate::token::{Symbol, TokenKind};
use crate::vocabulary::{SEVERITIES, VERDICTS};

/// The column of what the clauses of a rule say, behind their first words: `for each `, `判定時点 `.
const SAID: usize = 9;

/// The same for the dates of a test: `period `, `判定日 `.
const DATES: usize = 7;

impl<'a> Reader<'a> {
    /// A clause of a rule: what it says stands in one column with that of the others.
    pub(super) fn clause(&mut self, clause: &Clause) -> Document<'a> {
        match &clause.kind {
            ClauseKind::Covers(texts) => self.texts(Keyword::Covers, SAID, texts.len()),
            ClauseKind::Severity(_) => {
                let word = self.padded(Keyword::Severity, SAID);
                Document::Sequence(vec![word, self.word_of(SEVERITIES)])
            }
            ClauseKind::Judged(judged) => {
                let word = self.padded(Keyword::Judged, SAID);
                let when = match judged {
                    Judged::AtToday => Keyword::AtToday,
                    Judged::ThroughoutPeriod => Keyword::ThroughoutPeriod,
                };
                Document::Sequence(vec![word, self.keyword(when)])
            }
            ClauseKind::Message(template) => {
                let word = self.padded(Keyword::Message, SAID);
                Document::Sequence(vec![word, self.template(template)])
            }
            ClauseKind::Remedy(_) => {
                let word = self.padded(Keyword::Remedy, SAID);
                Document::Sequence(vec![word, self.next()])
            }
            ClauseKind::ForEach { rows, or_none } => {
                let parts = vec![self.padded(Keyword::ForEach, SAID), self.rows(rows)];
                self.with_or_none(parts, *or_none)
            }
            ClauseKind::ForEachPair { by, condition, or_none, .. } => {
                let parts = vec![self.padded(Keyword::ForEach, SAID), self.pair(by, condition.as_ref())];
                self.with_or_none(parts, *or_none)
            }
            ClauseKind::Needs(expr) => self.said(Keyword::Needs, expr),
            ClauseKind::Require(expr) => self.said(Keyword::Require, expr),
            ClauseKind::Due(expr) => self.said(Keyword::Due, expr),
            ClauseKind::Excused(rows) => {
                let word = self.padded(Keyword::ExcusedBy, SAID);
                Document::Sequence(vec![word, self.rows(rows)])
            }
        }
    }

    /// A population, and that it may be empty: on a line of its own in English.
    fn with_or_none(&mut self, mut parts: Vec<Document<'a>>, or_none: bool) -> Document<'a> {
        if or_none {
            let joint = match self.source {
                Spelling::English => 0,
                Spelling::Japanese => 1,
            };
            let count = joint + self.count(Keyword::OrNone);
            let word = Keyword::OrNone.spelling(self.target);
            match self.target {
                Spelling::English => {
                    parts.extend([Document::Break { empty_line: false }, self.phrase(count, word)]);
                }
                Spelling::Japanese => {
                    let words = self.phrase(count, format!("{}{word}", Symbol::Touten.spelling()));
                    parts.push(Document::indented(INDENT, vec![words]));
                }
            }
        }
        Document::Sequence(parts)
    }

    /// An expression in the column of the clauses. A quantifier needs the room: its body stands at the left.
    fn said(&mut self, keyword: Keyword, expr: &Expr) -> Document<'a> {
        let word = self.padded(keyword, SAID);
        let column = if expr.is_quantifier() { 0 } else { SAID };
        Document::Sequence(vec![word, Document::indented(column, vec![self.body(expr)])])
    }

    /// A keyword, and space up to a column.
    pub(super) fn padded(&mut self, keyword: Keyword, column: usize) -> Document<'a> {
        let space = column.saturating_sub(keyword.spelling(self.target).width()).max(1);
        Document::Sequence(vec![self.keyword(keyword), Document::Space(space)])
    }

    /// A keyword and so many texts in a column.
    pub(super) fn texts(&mut self, keyword: Keyword, column: usize, count: usize) -> Document<'a> {
        let word = self.padded(keyword, column);
        let mut parts = Vec::new();
        for _ in 0..count {
            let text = self.next();
            parts.push(self.with_comma(text));
        }
        Document::Sequence(vec![word, Document::indented(column, vec![Document::Fill(parts)])])
    }

    pub(super) fn test_clause(&mut self, clause: &TestClause) -> Document<'a> {
        match clause {
            TestClause::Today(date) => {
                let word = self.padded(Keyword::Today, DATES);
                Document::Sequence(vec![word, self.expr(date)])
            }
            TestClause::Period(from, until) => {
                let word = self.padded(Keyword::Period, DATES);
                Document::Sequence(vec![word, self.dates(from, until)])
            }
            TestClause::Param(_, value) => {
                let word = self.padded(Keyword::Param, DATES);
                let setting = Document::spaced(vec![self.name(), self.next(), self.expr(value)]);
                Document::Sequence(vec![word, setting])
            }
            TestClause::Row { cells, at, .. } => {
                let name = self.fact_of_row();
                let row = self.row(name, cells);
                self.with_moment(row, at.as_ref())
            }
            TestClause::Empty(_, at) => {
                let words = Document::spaced(vec![self.keyword(Keyword::Empty), self.name()]);
                self.with_moment(words, Some(at))
            }
            TestClause::Shortfall(kind, _) => {
                let keyword = match kind {
                    ShortfallKind::Missing => Keyword::Missing,
                    ShortfallKind::Stale => Keyword::Stale,
                    ShortfallKind::Incomplete => Keyword::Incomplete,
                };
                Document::spaced(vec![self.keyword(keyword), self.name()])
            }
            TestClause::Gap(_, from, until) => {
                let words = Document::spaced(vec![self.keyword(Keyword::Gap), self.name()]);
                Document::spaced(vec![words, self.dates(from, until)])
            }
            TestClause::Expect(expectations) => self.expect(expectations),
            TestClause::Ask(answer, expr) => {
                let answer = match answer {
                    Answer::True => Keyword::Holds,
                    Answer::False => Keyword::Fails,
                    Answer::Unknown => Keyword::Unknown,
                };
                let words = vec![self.keyword(Keyword::Expect), self.keyword(answer)];
                let asked = Document::indented(INDENT, vec![self.expr(expr)]);
                Document::spaced(words.into_iter().chain([asked]).collect())
            }
        }
    }

    /// The name of the fact of a row; the clause before may end with a number.
    fn fact_of_row(&mut self) -> Document<'a> {
        let mut before = self.at.saturating_sub(1);
        if self.text(before) == Keyword::Until.spelling(Spelling::Japanese) {
            before = before.saturating_sub(1);
        }
        match self.kind_of(before) {
            Some(TokenKind::Int) => self.named(NamePlace::BehindNumber),
            _ => self.name(),
        }
    }

    /// `… at DATE`
    fn with_moment(&mut self, row: Document<'a>, at: Option<&Expr>) -> Document<'a> {
        match at {
            Some(at) => Document::spaced(vec![row, self.keyword(Keyword::At), self.expr(at)]),
            None => row,
        }
    }

    /// `DATE to DATE`, `DATE から DATE まで`
    fn dates(&mut self, from: &Expr, until: &Expr) -> Document<'a> {
        let dates = Document::spaced(vec![self.expr(from), self.keyword(Keyword::To), self.expr(until)]);
        self.closed_by(dates, Keyword::Until)
    }

    /// `FACT { field: value, … }`: one cell a line if it was written so, else as many in a line as fit.
    pub(super) fn row(&mut self, head: Document<'a>, cells: &[(Name, CellValue)]) -> Document<'a> {
        let mut parts = vec![head, Document::Space(1)];
        let mut cells = cells.iter();
        if cells.len() == 0 || self.is_broken_behind_brace() {
            parts.push(self.block(|reader| match cells.next() {
                Some((_, value)) => Document::Sequence(vec![reader.cell(value), reader.last_comma()]),
                None => reader.next(),
            }));
            return Document::Sequence(parts);
        }
        parts.extend([self.next(), Document::Space(1)]);
        let cells = cells.map(|(_, value)| self.cell(value)).collect();
        let mut inner = vec![Document::Fill(cells), self.last_comma()];
        inner.extend(self.comments_above(Gap::Kept).0);
        parts.extend([Document::indented(INDENT, inner), Document::Space(1), self.next()]);
        Document::Sequence(parts)
    }

    /// `field: value` with its comma, unless that is the last thing in the row.
    fn cell(&mut self, value: &CellValue) -> Document<'a> {
        let mut parts = vec![self.field_name(), self.next(), Document::Space(1)];
        parts.push(match value {
            CellValue::Expr(expr) => self.expr(expr),
            CellValue::Unknown(_) => self.keyword(Keyword::Unknown),
        });
        let cell = Document::Sequence(parts);
        if self.is_at_last_comma() { cell } else { self.with_comma(cell) }
    }

    /// What remains of a comma that nothing follows: its comments.
    fn last_comma(&mut self) -> Document<'a> {
        if self.is_at_last_comma() { self.drop_next() } else { Document::nothing() }
    }

    fn is_at_last_comma(&self) -> bool {
        self.is_at(Symbol::Comma) && self.kind_of(self.at + 1) == Some(TokenKind::Symbol(Symbol::CloseBrace))
    }

    /// `expect met 1, violated "甲"`
    fn expect(&mut self, expectations: &[Expectation]) -> Document<'a> {
        let word = self.keyword(Keyword::Expect);
        let mut parts = Vec::new();
        for expectation in expectations {
            let operands = expectation.subjects.len() + usize::from(expectation.count.is_some());
            let mut first = vec![self.word_of(VERDICTS)];
            if operands > 0 {
                first.push(self.next());
            }
            let mut said = Document::spaced(first);
            for _ in 1..operands {
                parts.push(self.with_comma(said));
                said = self.next();
            }
            if let Some((from, until)) = &expectation.between {
                said = self.between(said, from, until);
            }
            parts.push(self.with_comma(said));
        }
        let expected = Document::indented(INDENT, vec![Document::Fill(parts)]);
        Document::Sequence(vec![word, Document::Space(1), expected])
    }

    /// `… from DATE to DATE`, `…、DATE から DATE まで`
    fn between(&mut self, said: Document<'a>, from: &Expr, until: &Expr) -> Document<'a> {
        let (word, space) = match self.target {
            Spelling::English => (Keyword::Since.spelling(self.target), 1),
            Spelling::Japanese => (Symbol::Touten.spelling(), 0),
        };
        let word = self.phrase(1, word);
        let dates = self.dates(from, until);
        Document::Sequence(vec![said, Document::Space(space), word, Document::Space(space), dates])
    }
}
