//! Rows: where they come from, as of when they are read, for which of them a condition holds.

use kijun_ir::{CompareOp, Edge, Expr, ExprKind, FactId, FactKind, Function, Kind, Quantifier, VarId};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual};
use kijun_syntax::ast::{self, At, Part, Source};

use crate::check::Checker;
use crate::check::copy::apart;
use crate::check::expr::conjunction;
use crate::check::narrowing::present_if;
use crate::check::scope::{Local, Reading, Scope};
use crate::check::validity::holds_at;
use crate::diagnostics::{AT, EVENT_TIME, GAPS, SHADOWED, TYPE_MISMATCH};

/// The rows of a fact before any condition on them.
pub(super) struct Read {
    pub(super) var: VarId,
    pub(super) fact: FactId,
    pub(super) at: Option<Expr>,
    /// What holds of every row that is read: that it is valid then, that it lies in the period.
    pub(super) always: Vec<Expr>,
}

/// As of when rows are to be read.
enum AsOf {
    /// Nothing is said.
    Unsaid,
    /// `at T`
    Moment(Expr),
    /// `at any time`
    AnyTime(Span),
}

impl Checker<'_> {
    /// The rows of a fact for which a condition holds; the variable stays bound, and what the condition says of `none` stays noted.
    pub(super) fn rows(&mut self, scope: &mut Scope, rows: &ast::Rows, span: Span) -> Option<Quantifier> {
        let Read { var, fact, at, always } = self.read(scope, rows)?;
        let condition = match &rows.condition {
            Some(written) => Some(self.condition(scope, written)?),
            None => None,
        };
        scope.narrow(condition.iter().flat_map(|condition| present_if(condition, true)).collect());
        let condition =
            always.into_iter().chain(condition).fold(None, |all, next| Some(conjunction(all, next)));
        Some(Quantifier { var, fact, at, condition, span })
    }

    /// The rows of a fact; binds the variable.
    pub(super) fn read(&mut self, scope: &mut Scope, rows: &ast::Rows) -> Option<Read> {
        let fact = self.source(&rows.source);
        let free = self.is_free(scope, &rows.var);
        let fact = fact?;
        // The variable of a rule's subject is the first of all, so it is made before what the moment or the period reads.
        let var = scope.variable(&rows.var.text, fact);
        let (at, always) = match &rows.source {
            Source::Parts { part, span, period } => {
                self.no_moment(rows.at.as_ref(), fact)?;
                (None, self.bounds(scope, var, *part, period, *span)?)
            }
            Source::Named(name) => self.as_of(scope, var, fact, rows.at.as_ref(), name.span)?,
            Source::Gaps { .. } => {
                self.no_moment(rows.at.as_ref(), fact)?;
                (None, Vec::new())
            }
        };
        free?;
        scope.define(&rows.var.text, Local::Row(var, fact));
        Some(Read { var, fact, at, always: apart(scope, always) })
    }

    /// The fact whose rows are read. Gaps are no evidence: that none are seen would say nothing.
    fn source(&mut self, source: &Source) -> Option<FactId> {
        match source {
            Source::Named(name) => self.fact(name),
            Source::Parts { part, span, .. } => Some(self.calendar(*part, *span)),
            Source::Gaps { span, .. } => {
                let message = Bilingual::new(
                    "⟦gaps|の欠落⟧ は ⟦for each|対象⟧ の対象としてだけ使える",
                    "⟦gaps|の欠落⟧ stands only in ⟦for each|対象⟧",
                );
                let help = Bilingual::new(
                    "条件の中で記録の抜けを問うには ⟦covered(F)|欠落なし(F)⟧ を使う",
                    "in a condition, ask whether a log is whole by ⟦covered(F)|欠落なし(F)⟧",
                );
                self.report(Diagnostic::new(&GAPS, *span, message).help(help));
                None
            }
        }
    }

    /// The gaps of a log, as the population of a rule.
    pub(super) fn gaps(&mut self, name: &ast::Name, span: Span) -> Option<FactId> {
        let fact = self.fact(name)?;
        if matches!(self.program.facts[fact].kind, FactKind::Event { .. }) {
            return Some(self.gaps_of(fact, span));
        }
        let message =
            Bilingual::new("記録の抜けがあるのは出来事の記録だけである", "only logs of events have gaps");
        let help = Bilingual::new(
            "状態は ⟦fresh within|更新⟧ で鮮度を問う",
            "a state's age is limited by ⟦fresh within|更新⟧",
        );
        self.report(Diagnostic::new(&EVENT_TIME, name.span, message).help(help));
        None
    }

    /// Reports a variable whose name is in use outside.
    pub(super) fn is_free(&mut self, scope: &Scope, var: &ast::Name) -> Option<()> {
        if scope.get(&var.text).is_none() {
            return Some(());
        }
        let name = &var.text;
        let message = bilingual!("`{name}` は外側で使われている", "`{name}` is in use outside");
        self.report(
            Diagnostic::new(&SHADOWED, var.span, message)
                .help(Bilingual::new("別の名前にする", "choose another name")),
        );
        None
    }

    /// That a part of the calendar is one of those that a period touches.
    fn bounds(
        &mut self,
        scope: &mut Scope,
        var: VarId,
        part: Part,
        written: &ast::Expr,
        word: Span,
    ) -> Option<Vec<Expr>> {
        let period = self.value_of(scope, written, Kind::Period)?;
        let span = word.to(written.span);
        let edge = |edge| {
            let kind = ExprKind::Edge { period: Box::new(period.clone()), edge };
            Expr::new(kind, Kind::Date, written.span)
        };
        let part_of = match part {
            Part::Days => None,
            Part::Months => Some(Function::MonthOf),
            Part::Quarters => Some(Function::QuarterOf),
            Part::FiscalYears => Some(Function::FiscalYearOf),
        };
        let first = match part_of {
            None => edge(Edge::Start),
            Some(function) => {
                let call = ExprKind::Call { function, arguments: vec![edge(Edge::Start)] };
                let whole = Box::new(Expr::new(call, Kind::Period, written.span));
                let start = ExprKind::Edge { period: whole, edge: Edge::Start };
                Expr::new(start, Kind::Date, written.span)
            }
        };
        let start = Expr::new(ExprKind::Field { var, field: kijun_ir::FieldId(0) }, Kind::Date, span);
        let bound = |op, left: &Expr, right| {
            let kind = ExprKind::Compare { op, left: Box::new(left.clone()), right: Box::new(right) };
            Expr::new(kind, Kind::Bool, span)
        };
        let mut bounds =
            vec![bound(CompareOp::Ge, &start, first), bound(CompareOp::Le, &start, edge(Edge::End))];
        // A period without a day touches nothing, but the part that holds its first day begins before its last.
        if part != Part::Days && may_hold_none(&period) {
            bounds.push(bound(CompareOp::Le, &edge(Edge::Start), edge(Edge::End)));
        }
        Some(bounds)
    }

    /// As of when the rows of a fact are read, and what holds of every row that is.
    fn as_of(
        &mut self,
        scope: &mut Scope,
        var: VarId,
        fact: FactId,
        written: Option<&At>,
        place: Span,
    ) -> Option<(Option<Expr>, Vec<Expr>)> {
        if !self.may_be_timed(fact) {
            self.no_moment(written, fact)?;
            return Some((None, Vec::new()));
        }
        let as_of = self.moment_written(scope, written)?;
        if let AsOf::Moment(at) = &as_of {
            scope.read_at(var, at.clone());
        }
        let unsaid = match scope.reading {
            Reading::Moment => Some(Expr::new(ExprKind::Moment, Kind::DateTime, place)),
            Reading::Today | Reading::Definition => None,
        };
        let Some(valid) = self.program.facts[fact].valid else {
            return match as_of {
                AsOf::Unsaid => Some((unsaid, Vec::new())),
                AsOf::Moment(at) => Some((Some(at), Vec::new())),
                AsOf::AnyTime(span) => {
                    self.only_last(fact, span);
                    None
                }
            };
        };
        let at = match as_of {
            AsOf::Unsaid => unsaid.unwrap_or_else(|| Expr::new(ExprKind::Today, Kind::Date, place)),
            AsOf::Moment(at) => at,
            AsOf::AnyTime(_) => return Some((None, Vec::new())),
        };
        let span = if at.span.file == place.file { place.to(at.span) } else { place };
        Some((None, holds_at(&self.program.facts[fact], valid, var, &at, span)))
    }

    /// Whether what a fact shows may depend on the moment: a state, or a relation of which that is not known to be otherwise.
    pub(super) fn may_be_timed(&self, fact: FactId) -> bool {
        match self.program.facts[fact].kind {
            FactKind::State => true,
            FactKind::Relation(_) => !self.stratified || self.program.is_timed(fact),
            FactKind::Event { .. } | FactKind::Table | FactKind::Calendar(_) | FactKind::Gaps(_) => false,
        }
    }

    fn moment_written(&mut self, scope: &mut Scope, written: Option<&At>) -> Option<AsOf> {
        match written {
            None => Some(AsOf::Unsaid),
            Some(At::AnyTime(span)) => Some(AsOf::AnyTime(*span)),
            Some(At::Moment(written)) => {
                let at = self.value(scope, written, Some(Kind::Date))?;
                if matches!(at.ty.kind, Kind::Date | Kind::DateTime) {
                    return Some(AsOf::Moment(at));
                }
                let found = self.type_label(at.ty);
                let message = Bilingual::new(
                    format!("日付か日時が要るところに {} がある", found.ja),
                    format!("expected date or datetime, found {}", found.en),
                );
                self.report(Diagnostic::new(&TYPE_MISMATCH, written.span, message));
                None
            }
        }
    }

    /// Reports a moment at what is the same at every moment.
    fn no_moment(&mut self, written: Option<&At>, fact: FactId) -> Option<()> {
        let span = match written {
            None => return Some(()),
            Some(At::AnyTime(span)) => *span,
            Some(At::Moment(at)) => at.span,
        };
        self.untimed(fact, span);
        None
    }

    pub(super) fn untimed(&mut self, fact: FactId, span: Span) {
        let name = &self.program.facts[fact].name;
        let message = bilingual!(
            "`{name}` はいつ見ても同じなので、時点を指定できない",
            "`{name}` is the same at every moment, so that ⟦at|時点⟧ says nothing"
        );
        let help = Bilingual::new(
            "⟦at|時点⟧ を消す。いつの行かは条件で絞る",
            "remove ⟦at|時点⟧; choose rows by a condition on their time",
        );
        self.report(Diagnostic::new(&AT, span, message).help(help));
    }

    /// Reports `at any time` of what does not say itself when its rows hold.
    fn only_last(&mut self, fact: FactId, span: Span) {
        let declared = &self.program.facts[fact];
        let name = &declared.name;
        let message = bilingual!(
            "`{name}` の行は有効期間を持たないので、時点を問わずに読めない",
            "rows of `{name}` carry no validity, so that they cannot be read at any time"
        );
        let help = Bilingual::new(
            "宣言に ⟦valid from … to …|有効 … から … まで⟧ を書くか、⟦at 日付|時点 日付⟧ とする",
            "declare ⟦valid from … to …|有効 … から … まで⟧, or read it ⟦at|時点⟧ a date",
        );
        let diagnostic = Diagnostic::new(&AT, span, message)
            .and(declared.span, Bilingual::new("ここで宣言", "declared here"))
            .help(help);
        self.report(diagnostic);
    }
}

/// Whether a period may end before it begins: one that evidence or a computation gives.
fn may_hold_none(period: &Expr) -> bool {
    !matches!(period.kind, ExprKind::Period | ExprKind::Literal(_) | ExprKind::Call { .. })
}
