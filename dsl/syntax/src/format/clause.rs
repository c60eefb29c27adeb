//! The layout of what rules and tests hold.

use crate::ast::{CellValue, Clause, ClauseKind, Expectation, Expr, Name, TestClause};
use crate::format::document::Document;
use crate::format::{Gap, INDENT, Reader};
use crate::token::{Symbol, TokenKind};

/// The column of what the clauses of a rule say, behind their first words.
const SAID: usize = "for each ".len();

/// The same for the dates of a test.
const DATES: usize = "period ".len();

impl<'a> Reader<'a> {
    /// A clause of a rule: what it says stands in one column with that of the others.
    pub(super) fn clause(&mut self, clause: &Clause) -> Document<'a> {
        match &clause.kind {
            ClauseKind::Covers(texts) => {
                let word = self.padded_word(SAID);
                let mut parts = Vec::new();
                for _ in texts {
                    let text = self.next();
                    parts.push(self.with_comma(text));
                }
                Document::Sequence(vec![word, Document::indented(SAID, vec![Document::Fill(parts)])])
            }
            ClauseKind::Severity(_) | ClauseKind::Message(_) | ClauseKind::Remedy(_) => {
                Document::Sequence(vec![self.padded_word(SAID), self.next()])
            }
            ClauseKind::ForEach { rows, or_none } => {
                let mut parts = vec![self.words(2), Document::Space(1), self.rows(rows)];
                if *or_none {
                    parts.extend([Document::Break { empty_line: false }, self.words(2)]);
                }
                Document::Sequence(parts)
            }
            ClauseKind::Require(expr) | ClauseKind::Due(expr) => {
                let word = self.padded_word(SAID);
                Document::Sequence(vec![word, self.said(expr)])
            }
            ClauseKind::Excused(rows) => {
                Document::Sequence(vec![self.words(2), Document::Space(1), self.rows(rows)])
            }
        }
    }

    /// An expression in the column of the clauses. A quantifier needs the room: its body stands at the left.
    fn said(&mut self, expr: &Expr) -> Document<'a> {
        let column = if expr.is_quantifier() { 0 } else { SAID };
        Document::indented(column, vec![self.body(expr)])
    }

    /// The next word, and space up to a column.
    fn padded_word(&mut self, column: usize) -> Document<'a> {
        let space = column.saturating_sub(self.text(self.at).len());
        Document::Sequence(vec![self.next(), Document::Space(space)])
    }

    pub(super) fn test_clause(&mut self, clause: &TestClause) -> Document<'a> {
        match clause {
            TestClause::Today(date) => {
                let word = self.padded_word(DATES);
                Document::Sequence(vec![word, self.expr(date)])
            }
            TestClause::Period(from, to) => {
                let word = self.padded_word(DATES);
                Document::Sequence(vec![word, self.dates(from, to)])
            }
            TestClause::Row { cells, .. } => self.row(cells),
            TestClause::Shortfall(..) => self.words(2),
            TestClause::Gap(_, from, to) => {
                let words = self.words(2);
                Document::Sequence(vec![words, Document::Space(1), self.dates(from, to)])
            }
            TestClause::Expect(expectations) => self.expect(expectations),
        }
    }

    /// `DATE to DATE`
    fn dates(&mut self, from: &Expr, to: &Expr) -> Document<'a> {
        let from = self.expr(from);
        Document::Sequence(vec![from, Document::Space(1), self.next(), Document::Space(1), self.expr(to)])
    }

    /// `FACT { field: value, … }`: one cell a line if it was written so, else as many in a line as fit.
    fn row(&mut self, cells: &[(Name, CellValue)]) -> Document<'a> {
        let mut parts = vec![self.next(), Document::Space(1)];
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
        let mut parts = vec![self.next(), self.next(), Document::Space(1)];
        parts.push(match value {
            CellValue::Expr(expr) => self.expr(expr),
            CellValue::Unknown(_) => self.next(),
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
        let word = self.next();
        let mut parts = Vec::new();
        for expectation in expectations {
            let operands = expectation.subjects.len() + usize::from(expectation.count.is_some());
            let first = self.words(1 + operands.min(1));
            parts.push(self.with_comma(first));
            for _ in 1..operands {
                let subject = self.next();
                parts.push(self.with_comma(subject));
            }
        }
        let expected = Document::indented(INDENT, vec![Document::Fill(parts)]);
        Document::Sequence(vec![word, Document::Space(1), expected])
    }
}
