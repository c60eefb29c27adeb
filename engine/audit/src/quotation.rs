//! What is quoted of a rule to its reader, and who puts it in words.

use kijun_eval::{Reason, Snapshot};
use kijun_ir::{Binding, Expr, ExprKind, IndexVec, Kind, Program, Quantifier, Rule, VarId};
use kijun_source::{Bilingual, Sources, Span};

use crate::record::reason_sentence;

/// Puts in words what is written in rules, so that who reads no code can read a proof.
pub trait Wording: Sync {
    /// The words in lines, a list below what it belongs to; `None` where the rules themselves are to be quoted.
    fn words(&self, quoted: &Quoted<'_>) -> Option<Vec<String>>;
}

/// Quotes the rules as they are written.
#[derive(Debug, Clone, Copy)]
pub struct AsWritten;

impl Wording for AsWritten {
    fn words(&self, _: &Quoted<'_>) -> Option<Vec<String>> {
        None
    }
}

/// The rules for the readers of a record, which is in both languages.
#[derive(Clone, Copy)]
pub struct BothWordings<'a> {
    /// Who puts them in words for those who read Japanese.
    pub ja: &'a dyn Wording,
    /// The same for those who read English.
    pub en: &'a dyn Wording,
}

impl BothWordings<'static> {
    /// The rules as they are written, for both.
    pub const AS_WRITTEN: Self = Self { ja: &AsWritten, en: &AsWritten };
}

/// A piece of a rule or of a question, with what a reader knows where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Quoted<'a> {
    /// The program that it belongs to.
    pub program: &'a Program,
    /// The variables that it speaks of.
    pub owner: Owner<'a>,
    /// The piece.
    pub piece: Fragment<'a>,
    /// The row that it is about, where it is about one.
    pub about: Option<VarId>,
}

/// To what a piece belongs.
#[derive(Debug, Clone, Copy)]
pub enum Owner<'a> {
    /// A rule, or a question that is judged as one.
    Rule(&'a Rule),
    /// A question for a value, by its variables and its expression.
    Value(&'a IndexVec<VarId, Binding>, &'a Expr),
}

/// A piece of a rule, as what it is quoted.
#[derive(Debug, Clone, Copy)]
pub enum Fragment<'a> {
    /// What is so or not.
    Condition(&'a Expr),
    /// What has a value, be it yes or no.
    Value(&'a Expr),
    /// Rows that are looked for.
    Rows(&'a Quantifier),
}

/// Where a piece stands: what it is, and the row that it is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    piece: Fragment<'a>,
    about: Option<VarId>,
}

impl<'a> Place<'a> {
    fn of_expr(expr: &'a Expr, about: Option<VarId>) -> Self {
        let piece =
            if expr.ty.kind == Kind::Bool { Fragment::Condition(expr) } else { Fragment::Value(expr) };
        Self { piece, about }
    }

    /// A condition as the value that it is.
    fn as_value(self) -> Self {
        match self.piece {
            Fragment::Condition(expr) => Self { piece: Fragment::Value(expr), ..self },
            Fragment::Value(_) | Fragment::Rows(_) => self,
        }
    }

    /// The rows that a condition asks for, in the place of the condition.
    fn as_rows(self) -> Self {
        match self.piece {
            Fragment::Condition(Expr { kind: ExprKind::Some(rows), .. }) => {
                Self { piece: Fragment::Rows(rows), ..self }
            }
            _ => self,
        }
    }
}

/// The pieces of a rule or of a question, found by where they are written.
///
/// A definition that is used twice is there twice with the same spans; looking first within what was found before tells its uses apart.
#[derive(Clone, Copy)]
pub(crate) struct Quotations<'a> {
    program: &'a Program,
    owner: Owner<'a>,
    sources: &'a Sources,
    wording: &'a dyn Wording,
}

impl<'a> Quotations<'a> {
    pub(crate) fn new(
        program: &'a Program,
        owner: Owner<'a>,
        sources: &'a Sources,
        wording: &'a dyn Wording,
    ) -> Self {
        Self { program, owner, sources, wording }
    }

    /// The variables of the pieces.
    pub(crate) fn vars(&self) -> &'a IndexVec<VarId, Binding> {
        match self.owner {
            Owner::Rule(rule) => &rule.vars,
            Owner::Value(vars, _) => vars,
        }
    }

    /// All expressions, from the outside in.
    pub(crate) fn exprs(&self) -> Vec<&'a Expr> {
        match self.owner {
            Owner::Rule(rule) => rule.exprs().collect(),
            Owner::Value(_, expr) => vec![expr],
        }
    }

    /// The outermost piece that is written there, within another one if that has one.
    pub(crate) fn find(&self, within: Option<Place<'a>>, span: Span) -> Option<Place<'a>> {
        within.and_then(|place| within_place(place, span)).or_else(|| self.anywhere(span))
    }

    fn anywhere(&self, span: Span) -> Option<Place<'a>> {
        let rule = match self.owner {
            Owner::Value(_, expr) => return within_expr(expr, None, span),
            Owner::Rule(rule) => rule,
        };
        let single = rule.population.as_ref().filter(|population| population.pair.is_none());
        let subject = single.map(|population| population.rows.var);
        let members = rule.population.iter().flat_map(|population| population.rows.children());
        let rest = std::iter::once(&rule.require).chain(&rule.due);
        let mut own = members.chain(rest).filter_map(|expr| within_expr(expr, subject, span));
        own.next().or_else(|| rule.excused.iter().find_map(|rows| within_rows(rows, None, span)))
    }

    /// A value in words.
    pub(crate) fn value_said(&self, place: Option<Place<'a>>, span: Span) -> String {
        self.said(place.map(Place::as_value), span).concat()
    }

    /// The rows that are looked for by what is written there.
    pub(crate) fn rows_said(&self, span: Span) -> String {
        self.said(self.find(None, span).map(Place::as_rows), span).concat()
    }

    /// What made a condition unknown.
    pub(crate) fn reason(&self, snapshot: &Snapshot<'_>, reason: &Reason) -> Bilingual {
        reason_sentence(snapshot, reason, &|span| Bilingual::same(self.condition_said(span)))
    }

    /// A condition in one line.
    pub(crate) fn condition_said(&self, span: Span) -> String {
        self.said(self.find(None, span), span).concat()
    }

    /// In words, in lines; as it is written where there are none for it.
    pub(crate) fn said(&self, place: Option<Place<'a>>, span: Span) -> Vec<String> {
        let words = place.and_then(|place| {
            let Place { piece, about } = place;
            self.wording.words(&Quoted { program: self.program, owner: self.owner, piece, about })
        });
        words.unwrap_or_else(|| vec![one_line(self.sources.slice(span))])
    }
}

fn within_place<'a>(place: Place<'a>, span: Span) -> Option<Place<'a>> {
    match place.piece {
        Fragment::Condition(expr) | Fragment::Value(expr) => within_expr(expr, place.about, span),
        Fragment::Rows(rows) => within_rows(rows, place.about, span),
    }
}

fn within_expr(expr: &Expr, about: Option<VarId>, span: Span) -> Option<Place<'_>> {
    // What is needed and what is required stand in one place: there the requirement alone is quoted.
    if expr.span == span && !matches!(expr.kind, ExprKind::Needs { .. }) {
        return Some(Place::of_expr(expr, about));
    }
    match &expr.kind {
        ExprKind::Some(rows) => within_rows(rows, about, span),
        ExprKind::Count { quantifier, bound, .. } => {
            within_rows(quantifier, about, span).or_else(|| within_expr(bound, about, span))
        }
        ExprKind::Aggregate { quantifier, value, .. } => within_rows(quantifier, about, span)
            .or_else(|| value.as_deref().and_then(|value| within_expr(value, Some(quantifier.var), span))),
        _ => expr.children().into_iter().find_map(|child| within_expr(child, about, span)),
    }
}

fn within_rows(rows: &Quantifier, about: Option<VarId>, span: Span) -> Option<Place<'_>> {
    if rows.span == span {
        return Some(Place { piece: Fragment::Rows(rows), about });
    }
    rows.children().find_map(|child| within_expr(child, Some(rows.var), span))
}

/// A text in one line, white space folded.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
