//! The layout of expressions: lines break before operators, and what a quantifier or a parenthesis holds stands further
//! right.

use kijun_source::Span;

use crate::ast::{AggregateOp, BinaryOp, Expr, ExprKind, Rows, Spelling, Template, TemplatePart};
use crate::format::document::Document;
use crate::format::lexeme::lexemes;
use crate::format::names::NamePlace;
use crate::format::{INDENT, Reader, printer};
use crate::keyword::Keyword;
use crate::{lexer, spelling, text};

impl<'a> Reader<'a> {
    /// An expression that stands among others: its further lines begin further right.
    pub(super) fn expr(&mut self, expr: &Expr) -> Document<'a> {
        match &expr.kind {
            ExprKind::Name(_) => self.named(NamePlace::Value),
            ExprKind::Today => self.keyword(Keyword::Today),
            ExprKind::Period => self.keyword(Keyword::Period),
            ExprKind::Moment => self.keyword(Keyword::Moment),
            ExprKind::Bool(true) => self.keyword(Keyword::True),
            ExprKind::Bool(false) => self.keyword(Keyword::False),
            ExprKind::None => self.keyword(Keyword::None),
            ExprKind::Int(_)
            | ExprKind::Decimal(_)
            | ExprKind::Text(_)
            | ExprKind::Date(_)
            | ExprKind::FiscalYear(_) => self.next(),
            ExprKind::Template(template) => self.template(template),
            ExprKind::DateTime(..) => self.words(2),
            ExprKind::Duration(..) => self.duration(),
            ExprKind::Group(inner) => {
                let open = self.next();
                let indent = if inner.is_quantifier() { 0 } else { INDENT };
                let inner = Document::indented(indent, vec![self.body(inner)]);
                Document::Sequence(vec![open, inner, self.next()])
            }
            ExprKind::Field(..) => self.access(expr),
            ExprKind::Call(_, arguments) => {
                let name = self.named(NamePlace::Call);
                Document::Sequence(vec![name, self.list(arguments)])
            }
            ExprKind::Builtin(function, _, arguments) => {
                let name = self.phrase(1, function.spelling(self.target));
                Document::Sequence(vec![name, self.list(arguments)])
            }
            ExprKind::Covered(_, period) => self.covered(period.as_deref()),
            ExprKind::List(elements) => self.list(elements),
            ExprKind::Not(inner) => self.not(inner),
            ExprKind::Negate(inner) => Document::Sequence(vec![self.next(), self.expr(inner)]),
            ExprKind::Binary(op, left, right) => match precedence(*op) {
                Some(_) => Document::indented(INDENT, vec![self.body(expr)]),
                None => {
                    let left = self.expr(left);
                    let rest =
                        vec![Document::SpaceOrBreak, self.next(), Document::Space(1), self.expr(right)];
                    Document::group(vec![left, Document::indented(INDENT, rest)])
                }
            },
            ExprKind::Range(from, until) => self.range(from, until),
            ExprKind::Else(item, default) => {
                let (item, word) = (self.expr(item), self.keyword(Keyword::Else));
                let default = self.expr(default);
                self.two_sided(item, word, default)
            }
            ExprKind::In(item, right) => self.predicate(item, Keyword::In, |reader| reader.expr(right)),
            ExprKind::StartsWith(item, right) => {
                self.predicate(item, Keyword::StartsWith, |reader| reader.expr(right))
            }
            ExprKind::Contains(item, right) => {
                self.predicate(item, Keyword::Contains, |reader| reader.expr(right))
            }
            ExprKind::Matches(item, ..) => self.predicate(item, Keyword::Matches, Self::next),
            ExprKind::IsNone(item) => self.is_none(item, Keyword::IsNone),
            ExprKind::IsNotNone(item) => self.is_none(item, Keyword::IsNotNone),
            ExprKind::If(condition, then, otherwise) => self.conditional(condition, then, otherwise),
            ExprKind::Some(rows) => self.quantifier(Keyword::Some, rows),
            ExprKind::No(rows) => self.quantifier(Keyword::No, rows),
            ExprKind::Count(rows) => self.quantifier(Keyword::Count, rows),
            ExprKind::Every(rows, body) => {
                let rows = self.quantifier(Keyword::Every, rows);
                let has = self.keyword(Keyword::Has);
                let rest = vec![Document::SpaceOrBreak, has, Document::Space(1), self.body(body)];
                Document::group(vec![rows, Document::indented(INDENT, rest)])
            }
            ExprKind::Aggregate(op, value, rows) => self.aggregate(*op, value, rows),
        }
    }

    /// An expression whose further lines begin where lines begin.
    pub(super) fn body(&mut self, expr: &Expr) -> Document<'a> {
        let level = match &expr.kind {
            ExprKind::Binary(op, ..) => precedence(*op),
            _ => None,
        };
        match level {
            Some(level) => self.chain(level, expr),
            None => self.expr(expr),
        }
    }

    /// Operands of one level, each with the operator before it.
    fn chain(&mut self, level: u8, expr: &Expr) -> Document<'a> {
        let mut operands = Vec::new();
        let mut first = expr;
        while let ExprKind::Binary(op, left, right) = &first.kind
            && precedence(*op) == Some(level)
        {
            operands.push((*op, right));
            first = left;
        }
        let mut parts = vec![self.expr(first)];
        for (op, operand) in operands.into_iter().rev() {
            let operator = match op {
                BinaryOp::And => self.keyword(Keyword::And),
                BinaryOp::Or => self.keyword(Keyword::Or),
                _ => self.next(),
            };
            parts.push(Document::Sequence(vec![operator, Document::Space(1), self.expr(operand)]));
        }
        Document::Fill(parts)
    }

    /// `a.b.c`
    fn access(&mut self, expr: &Expr) -> Document<'a> {
        let mut fields = 0;
        let mut base = expr;
        while let ExprKind::Field(inner, _) = &base.kind {
            fields += 1;
            base = inner;
        }
        let mut parts = vec![self.expr(base)];
        for _ in 0..fields {
            parts.extend([self.next(), self.field_name()]);
        }
        Document::Sequence(parts)
    }

    /// `covered(F)`, `covered(F, PERIOD)`
    fn covered(&mut self, period: Option<&Expr>) -> Document<'a> {
        let mut parts = vec![self.keyword(Keyword::Covered), self.next(), self.name()];
        if let Some(period) = period {
            parts.extend([self.next(), Document::Space(1), self.expr(period)]);
        }
        parts.push(self.next());
        Document::Sequence(parts)
    }

    /// `not x`, `否 x`, and `x でない` where `x` does not reach further to the right than one sees.
    fn not(&mut self, inner: &Expr) -> Document<'a> {
        let in_front = usize::from(self.is_at_keyword(Keyword::Not));
        let comments = self.comments(in_front);
        let said = self.expr(inner);
        let (word, end) = match self.target {
            Spelling::Japanese if is_compact(inner) => ("", Keyword::NotThat.spelling(self.target)),
            target => (Keyword::Not.spelling(target), ""),
        };
        let said = self.closed(said, 1 - in_front, Document::word_behind(end));
        self.opened(comments, Document::word_before(word), said)
    }

    /// `a to b`, `a から b まで`
    fn range(&mut self, from: &Expr, until: &Expr) -> Document<'a> {
        let (from, word, until) = (self.expr(from), self.keyword(Keyword::To), self.expr(until));
        let until = self.closed_by(until, Keyword::Until);
        self.two_sided(from, word, until)
    }

    /// `x in E`, `x が E にある`: what English says between the two, Japanese says behind them.
    fn predicate(
        &mut self,
        item: &Expr,
        keyword: Keyword,
        right: impl FnOnce(&mut Self) -> Document<'a>,
    ) -> Document<'a> {
        let item = self.expr(item);
        let (between, behind) = match self.source {
            Spelling::English => (self.count(keyword), 0),
            Spelling::Japanese => (self.count(Keyword::Subject), self.count(keyword)),
        };
        let (word, end) = match self.target {
            Spelling::English => (keyword, ""),
            Spelling::Japanese => (Keyword::Subject, keyword.spelling(self.target)),
        };
        let word = self.phrase(between, word.spelling(self.target));
        let right = right(self);
        let right = self.closed(right, behind, Document::word_behind(end));
        self.two_sided(item, word, right)
    }

    /// English lines break before the word between two operands, Japanese ones behind it.
    fn two_sided(&self, left: Document<'a>, word: Document<'a>, right: Document<'a>) -> Document<'a> {
        let rest = match self.target {
            Spelling::English => vec![Document::SpaceOrBreak, word, Document::Space(1), right],
            Spelling::Japanese => vec![Document::Space(1), word, Document::SpaceOrBreak, right],
        };
        Document::group(vec![left, Document::indented(INDENT, rest)])
    }

    /// `x is none`, `x が 空である`
    fn is_none(&mut self, item: &Expr, keyword: Keyword) -> Document<'a> {
        let item = self.expr(item);
        let subject = self.count(Keyword::Subject);
        let said = keyword.spelling(self.target);
        let text = match self.target {
            Spelling::English => said.to_owned(),
            Spelling::Japanese => format!("{} {said}", Keyword::Subject.spelling(self.target)),
        };
        let words = self.phrase(subject + self.count(keyword), text);
        Document::Sequence(vec![item, Document::Space(1), words])
    }

    fn conditional(&mut self, condition: &Expr, then: &Expr, otherwise: &Expr) -> Document<'a> {
        let mut parts = vec![self.keyword(Keyword::If), Document::Space(1), self.expr(condition)];
        for (keyword, branch) in [(Keyword::Then, then), (Keyword::Otherwise, otherwise)] {
            parts.push(Document::SpaceOrBreak);
            parts.extend([self.keyword(keyword), Document::Space(1), self.expr(branch)]);
        }
        Document::group(parts)
    }

    fn quantifier(&mut self, keyword: Keyword, rows: &Rows) -> Document<'a> {
        Document::Sequence(vec![self.keyword(keyword), Document::Space(1), self.rows(rows)])
    }

    /// `sum E over ROWS`, `合計 E、ROWS`
    fn aggregate(&mut self, op: AggregateOp, value: &Expr, rows: &Rows) -> Document<'a> {
        let keyword = match op {
            AggregateOp::Sum => Keyword::Sum,
            AggregateOp::Min => Keyword::Min,
            AggregateOp::Max => Keyword::Max,
            AggregateOp::First => Keyword::First,
            AggregateOp::Latest => Keyword::Latest,
            AggregateOp::CountDistinct => Keyword::CountDistinct,
        };
        let mut parts = vec![self.keyword(keyword), Document::Space(1), self.expr(value)];
        parts.push(self.joint(Keyword::Over));
        if self.target == Spelling::English {
            parts.push(Document::Space(1));
        }
        parts.push(self.rows(rows));
        Document::Sequence(parts)
    }

    /// `(a, b)` or `[a, b]`
    fn list(&mut self, elements: &[Expr]) -> Document<'a> {
        let open = self.next();
        let mut parts = Vec::new();
        for element in elements {
            let element = self.expr(element);
            parts.push(self.with_comma(element));
        }
        let elements = Document::indented(INDENT, vec![Document::Fill(parts)]);
        Document::Sequence(vec![open, elements, self.next()])
    }

    /// A text, with what stands between its braces in the layout of expressions.
    pub(super) fn template(&mut self, template: &Template) -> Document<'a> {
        let raw = self.text(self.at);
        let values = template.parts.iter().filter_map(|part| match part {
            TemplatePart::Value(expr) => Some(expr),
            TemplatePart::Text(_) => None,
        });
        let mut printed = String::new();
        let mut end = 0;
        for (range, expr) in text::embedded(raw).into_iter().zip(values) {
            printed.push_str(&raw[end..range.start]);
            let start = template.span.start as usize;
            let span = Span::new(template.span.file, start + range.start, start + range.end);
            self.print_in_text(span, expr, &mut printed);
            end = range.end;
        }
        printed.push_str(&raw[end..]);
        self.phrase(1, printed)
    }

    /// An expression between braces, in one line; the white space next to the braces stays.
    fn print_in_text(&mut self, span: Span, expr: &Expr, printed: &mut String) {
        let (mut tokens, _) = lexer::lex_part(self.file, span.start as usize, span.end as usize);
        spelling::settle(self.file, self.source, &mut tokens);
        let inside = match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => span,
        };
        let lexemes = lexemes(self.file, inside, &tokens);
        let clashes = std::mem::take(&mut self.clashes);
        let mut reader = Reader { lexemes, at: 0, clashes, ..*self };
        let document = reader.expr(expr);
        self.clashes = reader.clashes;
        printed.push_str(self.file.slice(Span { end: inside.start, ..span }));
        printed.push_str(&printer::print_in_line(&document));
        printed.push_str(self.file.slice(Span { start: inside.end, ..span }));
    }
}

/// Whether an expression is one word or closed by brackets, so that what stands behind it is about all of it.
fn is_compact(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Field(base, _) => is_compact(base),
        kind => matches!(
            kind,
            ExprKind::Name(_)
                | ExprKind::Bool(_)
                | ExprKind::Group(_)
                | ExprKind::Call(..)
                | ExprKind::Builtin(..)
                | ExprKind::Covered(..)
        ),
    }
}

/// How tightly the operators bind that follow each other without parentheses; comparisons do not.
fn precedence(op: BinaryOp) -> Option<u8> {
    match op {
        BinaryOp::Or => Some(0),
        BinaryOp::And => Some(1),
        BinaryOp::Add | BinaryOp::Sub => Some(2),
        BinaryOp::Mul => Some(3),
        BinaryOp::Eq | BinaryOp::Ne | BinaryOp::Lt | BinaryOp::Le | BinaryOp::Gt | BinaryOp::Ge => None,
    }
}
