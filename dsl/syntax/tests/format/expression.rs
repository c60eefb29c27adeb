//! Expressions made at random, and the rows in them.

use kijun_syntax::Keyword;
use kijun_syntax::ast::Builtin;

use crate::program::{NAMES, Program};

const COMPARISONS: &[&str] = &["==", "!=", "<", "<=", ">", ">="];
const FIELDS: &[&str] = &["a", "端末", "period", "sum", "合計", "none", "かつ", "start"];

impl Program<'_> {
    pub(crate) fn literal(&mut self) {
        match self.random.below(14) {
            0 => self.push("42"),
            1 => self.push("0.50"),
            2 => self.push("2026-04-01"),
            3 => {
                self.push("2026-04-01");
                self.push("10:00:30");
            }
            4 => self.duration(),
            5 => self.word(Keyword::True),
            6 => self.word(Keyword::False),
            // `or none` ends the population of a rule.
            7 if !self.is_behind(Keyword::Or) => self.word(Keyword::None),
            8 => self.push("令和8年4月1日"),
            9 => {
                let year = self.random.pick(&["2026年度", "令和元年度"]);
                self.push(year);
            }
            10 => self.template(),
            11 => {
                let word = self.random.pick(&[Keyword::Today, Keyword::Period, Keyword::Moment]);
                self.word(word);
            }
            12 => self.text(),
            _ => self.name(),
        }
    }

    fn is_behind(&self, keyword: Keyword) -> bool {
        self.tokens.last().map(String::as_str) == keyword.words(self.spelling).last()
    }

    /// A text with expressions in it.
    pub(crate) fn template(&mut self) {
        let english = [r#""{a.b}が{ c }""#, r#""{a  and b in period}: \{ {not x.y}""#, r#""{31 days}""#];
        let japanese =
            [r#""{a.b}が{ c }""#, r#""{a  かつ b が 期間  にある}: \{ {x.y でない}""#, r#""{31日}""#];
        let template = self.random.pick(if self.is_english() { &english } else { &japanese });
        self.push(template);
    }

    pub(crate) fn rows(&mut self, depth: usize) {
        self.atom(depth);
        self.condition(depth);
    }

    pub(crate) fn condition(&mut self, depth: usize) {
        if depth > 0 && !self.random.one_in(4) {
            if !self.is_english() {
                self.push("、");
            }
            self.word(Keyword::Where);
            self.expr(depth - 1);
        }
    }

    /// Rows without a condition.
    pub(crate) fn atom(&mut self, depth: usize) {
        if self.is_english() {
            self.name();
            self.word(Keyword::In);
            self.source(depth);
        } else {
            self.source(depth);
            self.name();
        }
        let word = match self.random.below(6) {
            0 => Keyword::At,
            1 => Keyword::AtAnyTime,
            _ => return,
        };
        if !self.is_english() {
            self.push("、");
        }
        self.word(word);
        if word == Keyword::At {
            self.sum(depth.saturating_sub(1));
        }
    }

    fn source(&mut self, depth: usize) {
        match self.random.below(6) {
            0 => {
                let part = self.random.pick(&[
                    Keyword::Days,
                    Keyword::Months,
                    Keyword::Quarters,
                    Keyword::FiscalYears,
                ]);
                self.around(part, |program| {
                    program.enclosed(|program| program.expr(depth.saturating_sub(1)))
                });
            }
            1 => self.around(Keyword::Gaps, Self::name),
            _ => self.name(),
        }
    }

    /// `word(inner)`, `inner word`
    fn around(&mut self, word: Keyword, inner: impl FnOnce(&mut Self)) {
        if self.is_english() {
            self.word(word);
            self.push("(");
            inner(self);
            self.push(")");
        } else {
            inner(self);
            self.word(word);
        }
    }

    /// What stands in brackets, where an `else` ends no branch.
    fn enclosed(&mut self, inner: impl FnOnce(&mut Self)) {
        let in_branch = std::mem::replace(&mut self.in_branch, false);
        inner(self);
        self.in_branch = in_branch;
    }

    /// An expression of any kind.
    pub(crate) fn expr(&mut self, depth: usize) {
        if depth == 0 {
            return self.literal();
        }
        match self.random.below(12) {
            0..4 => {
                let word = self.random.pick(&[Keyword::And, Keyword::Or]);
                for index in 0..2 + self.random.below(4) {
                    if index > 0 {
                        self.word(word);
                    }
                    self.negation(depth - 1);
                }
            }
            4 => {
                let word = self.random.pick(&[Keyword::Some, Keyword::No, Keyword::Count]);
                self.word(word);
                self.rows(depth);
            }
            5 => {
                self.word(Keyword::Every);
                self.rows(depth);
                self.word(Keyword::Has);
                self.expr(depth - 1);
            }
            6 => self.aggregate(depth),
            7 => self.conditional(depth),
            _ => self.comparison(depth - 1),
        }
    }

    /// A comparison, denied now and then.
    fn negation(&mut self, depth: usize) {
        let is_denied = self.random.one_in(5);
        let is_behind = is_denied && !self.is_english() && self.random.one_in(2);
        if is_denied && !is_behind {
            self.word(Keyword::Not);
        }
        self.comparison(depth);
        if is_behind {
            self.word(Keyword::NotThat);
        }
    }

    fn aggregate(&mut self, depth: usize) {
        let word = self.random.pick(&[
            Keyword::Sum,
            Keyword::Min,
            Keyword::Max,
            Keyword::First,
            Keyword::Latest,
            Keyword::CountDistinct,
        ]);
        self.word(word);
        self.sum(depth - 1);
        if self.is_english() {
            self.word(Keyword::Over);
        } else {
            self.push("、");
        }
        self.rows(depth);
    }

    fn conditional(&mut self, depth: usize) {
        self.word(Keyword::If);
        self.enclosed(|program| program.expr(depth - 1));
        self.word(Keyword::Then);
        let in_branch = std::mem::replace(&mut self.in_branch, true);
        self.expr(depth - 1);
        self.in_branch = in_branch;
        self.word(Keyword::Otherwise);
        self.expr(depth - 1);
    }

    fn group(&mut self, depth: usize) {
        self.push("(");
        self.enclosed(|program| program.expr(depth));
        self.push(")");
    }

    fn comparison(&mut self, depth: usize) {
        self.range(depth);
        match self.random.below(10) {
            0 => self.is_none(Keyword::IsNone),
            1 => self.is_none(Keyword::IsNotNone),
            2 => self.predicate(Keyword::StartsWith, |program| program.range(depth)),
            3 => self.predicate(Keyword::Contains, |program| program.range(depth)),
            4 | 5 => self.predicate(Keyword::In, |program| program.range(depth)),
            6 => self.predicate(Keyword::Matches, |program| {
                let pattern = program.random.pick(&[r"/^a\/b$/", "/[0-9]+ 甲/", "/.*/"]);
                program.push(pattern);
            }),
            7 => {}
            _ => {
                let operator = self.random.pick(COMPARISONS);
                self.push(operator);
                self.range(depth);
            }
        }
    }

    fn is_none(&mut self, keyword: Keyword) {
        self.word(Keyword::Subject);
        self.word(keyword);
    }

    fn predicate(&mut self, keyword: Keyword, right: impl FnOnce(&mut Self)) {
        if self.is_english() {
            self.word(keyword);
            right(self);
        } else {
            self.word(Keyword::Subject);
            right(self);
            self.word(keyword);
        }
    }

    fn range(&mut self, depth: usize) {
        self.defaulted(depth);
        if self.random.one_in(6) {
            self.word(Keyword::To);
            self.defaulted(depth);
            self.word(Keyword::Until);
        }
    }

    fn defaulted(&mut self, depth: usize) {
        self.sum(depth);
        if !self.in_branch && self.random.one_in(6) {
            self.word(Keyword::Else);
            self.sum(depth);
        }
    }

    pub(crate) fn sum(&mut self, depth: usize) {
        self.operand(depth);
        while self.random.one_in(6) {
            let operator = self.random.pick(&["+", "-", "*"]);
            self.push(operator);
            if self.random.one_in(6) {
                self.push("-");
            }
            self.operand(depth);
        }
    }

    fn operand(&mut self, depth: usize) {
        match self.random.below(9) {
            0 | 1 => {
                self.push("a");
                for _ in 0..=self.random.below(3) {
                    self.push(".");
                    let field = self.random.pick(FIELDS);
                    self.push(field);
                }
            }
            2 | 3 if depth > 0 => self.call(depth),
            4 if depth > 0 => self.group(depth - 1),
            5 if depth > 0 => {
                self.push("[");
                self.list(0, |program| program.enclosed(|program| program.expr(depth - 1)));
                self.push("]");
            }
            _ => self.literal(),
        }
    }

    fn call(&mut self, depth: usize) {
        if self.random.one_in(3) {
            self.word(Keyword::Covered);
            self.push("(");
            self.name();
            if self.random.one_in(2) {
                self.push(",");
                self.enclosed(|program| program.expr(depth - 1));
            }
            return self.push(")");
        }
        let function = match self.random.one_in(2) {
            true => self.random.pick(Builtin::ALL).spelling(self.spelling),
            false => self.random.pick(NAMES),
        };
        self.push(function);
        self.push("(");
        self.list(0, |program| program.enclosed(|program| program.expr(depth - 1)));
        self.push(")");
    }
}
