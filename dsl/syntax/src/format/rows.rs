//! The layout of rows: `x in F at T where …`, `F x、時点 T、…`.

use crate::ast::{At, Branch, Expr, Name, Rows, Source, Spelling};
use crate::format::document::Document;
use crate::format::names::NamePlace;
use crate::format::{INDENT, Reader};
use crate::keyword::Keyword;
use crate::token::Symbol;

impl<'a> Reader<'a> {
    pub(super) fn rows(&mut self, rows: &Rows) -> Document<'a> {
        let atom = self.atom(rows);
        self.with_condition(atom, rows.condition.as_deref())
    }

    /// Rows with the condition on them, if there is one.
    fn with_condition(&mut self, rows: Document<'a>, condition: Option<&Expr>) -> Document<'a> {
        let Some(condition) = condition else { return rows };
        let joint = self.joint(Keyword::Where);
        let condition = Document::indented(INDENT, vec![self.body(condition)]);
        match self.target {
            Spelling::English => Document::Sequence(vec![rows, joint, Document::Space(1), condition]),
            Spelling::Japanese => Document::Sequence(vec![rows, joint, condition]),
        }
    }

    /// What joins a further part to rows: a space and a word in English, `、` and perhaps a word in Japanese.
    pub(super) fn joint(&mut self, keyword: Keyword) -> Document<'a> {
        let sign = match self.source {
            Spelling::English => 0,
            Spelling::Japanese => 1,
        };
        let word = keyword.spelling(self.target);
        let count = sign + self.count(keyword);
        match self.target {
            Spelling::English => {
                let words = self.phrase(count, word);
                Document::Sequence(vec![Document::Space(1), words])
            }
            Spelling::Japanese => self.phrase(count, format!("{}{word}", Symbol::Touten.spelling())),
        }
    }

    /// Rows without their condition.
    fn atom(&mut self, rows: &Rows) -> Document<'a> {
        let mut parts = vec![match &rows.source {
            Source::Named(_) => self.named_rows(),
            Source::Gaps { .. } => self.gaps(),
            Source::Parts { period, .. } => self.parts(period),
        }];
        match &rows.at {
            None => {}
            Some(At::AnyTime(_)) => parts.push(self.joint(Keyword::AtAnyTime)),
            Some(At::Moment(moment)) => {
                parts.extend([self.joint(Keyword::At), Document::Space(1), self.expr(moment)]);
            }
        }
        Document::Sequence(parts)
    }

    /// `x in F`, `F x`
    fn named_rows(&mut self) -> Document<'a> {
        let (var, fact, count) = match self.source {
            Spelling::English => (0, 2, 3),
            Spelling::Japanese => (1, 0, 2),
        };
        let var = self.name_ahead(var, NamePlace::Name);
        let fact = self.name_ahead(fact, NamePlace::Name);
        let text = match self.target {
            Spelling::English => format!("{var} in {fact}"),
            Spelling::Japanese => format!("{fact} {var}"),
        };
        self.phrase(count, text)
    }

    /// `g in gaps(F)`, `F の欠落 g`
    fn gaps(&mut self) -> Document<'a> {
        let (var, fact, count) = match self.source {
            Spelling::English => (0, 4, 6),
            Spelling::Japanese => (2, 0, 3),
        };
        let var = self.name_ahead(var, NamePlace::Name);
        let fact = self.name_ahead(fact, NamePlace::Name);
        let word = Keyword::Gaps.spelling(self.target);
        let text = match self.target {
            Spelling::English => format!("{var} in {word}({fact})"),
            Spelling::Japanese => format!("{fact} {word} {var}"),
        };
        self.phrase(count, text)
    }

    /// `m in months(P)`, `P の各月 m`
    fn parts(&mut self, period: &Expr) -> Document<'a> {
        let (early, before, behind) = match self.source {
            Spelling::English => (Some(self.var_and_word(0, 2)), 4, 1),
            Spelling::Japanese => (None, 0, 2),
        };
        let comments = self.comments(before);
        let period = self.expr(period);
        let (var, word) = early.unwrap_or_else(|| self.var_and_word(1, 0));
        let word = Keyword::from_word(word, self.source).map_or(word, |word| word.spelling(self.target));
        let (head, tail) = match self.target {
            Spelling::English => (format!("{var} in {word}("), ")".to_owned()),
            Spelling::Japanese => (String::new(), format!(" {word} {var}")),
        };
        let period = self.closed(period, behind, Document::text(tail));
        self.opened(comments, Document::text(head), period)
    }

    fn var_and_word(&mut self, var: usize, word: usize) -> (&'a str, &'a str) {
        (self.name_ahead(var, NamePlace::Name), self.text(self.at + word))
    }

    /// `pair (a, b) in E by f, g where …`, `E の前後 (a, b)、f, g ごと、…`, from behind `for each` on.
    pub(super) fn pair(&mut self, by: &[Name], condition: Option<&Expr>) -> Document<'a> {
        let fields = (2 * by.len()).saturating_sub(1);
        let (fact, first, second, by_at, count) = match self.source {
            Spelling::English => (7, 2, 4, 9, 9 + fields),
            Spelling::Japanese => (0, 3, 5, 8, 9 + fields),
        };
        let fact = self.name_ahead(fact, NamePlace::Name);
        let first = self.name_ahead(first, NamePlace::Name);
        let second = self.name_ahead(second, NamePlace::Name);
        let by: Vec<&str> =
            (0..by.len()).map(|index| self.name_ahead(by_at + 2 * index, NamePlace::Field)).collect();
        let by = by.join(", ");
        let text = match self.target {
            Spelling::English => format!("pair ({first}, {second}) in {fact} by {by}"),
            Spelling::Japanese => format!("{fact} の前後 ({first}, {second})、{by} ごと"),
        };
        let head = self.phrase(count, text);
        self.with_condition(head, condition)
    }

    /// `from x in R, y in S where … yield …`: a further line for `yield` if it does not fit.
    pub(super) fn branch(&mut self, branch: &Branch) -> Document<'a> {
        let mut parts = vec![self.keyword(Keyword::From), Document::Space(1)];
        let mut rows = Vec::new();
        for (index, atom) in branch.atoms.iter().enumerate() {
            if index > 0 {
                rows.push(self.separator());
            }
            rows.push(self.atom(atom));
        }
        let rows = self.with_condition(Document::Sequence(rows), branch.condition.as_ref());
        let mut inner = vec![rows, Document::SpaceOrBreak, self.keyword(Keyword::Yield), Document::Space(1)];
        let mut yields = Vec::new();
        for expr in &branch.yields {
            let expr = self.expr(expr);
            yields.push(self.with_comma(expr));
        }
        inner.push(Document::indented(INDENT, vec![Document::Fill(yields)]));
        parts.push(Document::group(vec![Document::indented(INDENT, inner)]));
        Document::Sequence(parts)
    }

    /// What stands between rows.
    fn separator(&mut self) -> Document<'a> {
        match self.target {
            Spelling::English => {
                Document::Sequence(vec![self.phrase(1, Symbol::Comma.spelling()), Document::Space(1)])
            }
            Spelling::Japanese => self.phrase(1, Symbol::Touten.spelling()),
        }
    }
}
