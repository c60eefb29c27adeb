//! The subjects of a rule: rows, pairs of events, parts of the calendar, gaps.

use kijun_ir::{FactKind, FieldId, Judged, Pair, Population, Quantifier};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual};
use kijun_syntax::ast::{self, ClauseKind, Source};

use crate::check::Checker;
use crate::check::narrowing::present_if;
use crate::check::scope::Scope;
use crate::diagnostics::{JUDGED, PAIR};

impl Checker<'_> {
    /// The subjects that a clause names; their variables stay bound.
    pub(super) fn population(
        &mut self,
        scope: &mut Scope,
        clause: &ClauseKind,
        judged: Judged,
        span: Span,
    ) -> Option<Population> {
        let population = match clause {
            ClauseKind::ForEach { rows, or_none } => self.single(scope, rows, *or_none, span),
            ClauseKind::ForEachPair { first, second, fact, by, condition, or_none } => {
                let written = Pairs { first, second, fact, by, condition: condition.as_ref() };
                self.pairs(scope, &written, *or_none, span)
            }
            _ => None,
        }?;
        if judged == Judged::ThroughoutPeriod {
            self.changes_in_time(&population, span)?;
        }
        Some(population)
    }

    fn single(
        &mut self,
        scope: &mut Scope,
        rows: &ast::Rows,
        or_none: bool,
        span: Span,
    ) -> Option<Population> {
        let rows = match &rows.source {
            Source::Gaps { span: place, fact } => self.gap_rows(scope, rows, *place, fact, span),
            Source::Named(_) | Source::Parts { .. } => self.rows(scope, rows, span),
        }?;
        Some(Population { rows, pair: None, or_none })
    }

    /// `for each g in gaps(F) where …`
    fn gap_rows(
        &mut self,
        scope: &mut Scope,
        rows: &ast::Rows,
        place: Span,
        fact: &ast::Name,
        span: Span,
    ) -> Option<Quantifier> {
        let fact = self.gaps(fact, place)?;
        if let Some(at) = &rows.at {
            let at = match at {
                ast::At::Moment(at) => at.span,
                ast::At::AnyTime(span) => *span,
            };
            self.untimed(fact, at);
            return None;
        }
        let var = scope.bind(&rows.var.text, fact);
        let condition = self.subject_condition(scope, rows.condition.as_deref())?;
        Some(Quantifier { var, fact, at: None, condition, span })
    }

    /// `for each pair (a, b) in E by f where …`
    fn pairs(
        &mut self,
        scope: &mut Scope,
        written: &Pairs<'_>,
        or_none: bool,
        span: Span,
    ) -> Option<Population> {
        let fact = self.fact(written.fact)?;
        if !matches!(self.program.facts[fact].kind, FactKind::Event { .. }) {
            let name = &written.fact.text;
            let message = bilingual!(
                "`{name}` は出来事ではないので、前後の組にできない",
                "`{name}` is no event, so that no row follows another"
            );
            let help = Bilingual::new("出来事を対象とする", "take an event");
            self.report(Diagnostic::new(&PAIR, written.fact.span, message).help(help));
            return None;
        }
        let by: Vec<Option<FieldId>> = written.by.iter().map(|name| self.field_named(fact, name)).collect();
        let by = by.into_iter().collect::<Option<Vec<_>>>()?;
        let var = scope.bind(&written.first.text, fact);
        self.is_free(scope, written.second)?;
        let second = scope.bind(&written.second.text, fact);
        let condition = self.subject_condition(scope, written.condition)?;
        let rows = Quantifier { var, fact, at: None, condition, span };
        Some(Population { rows, pair: Some(Pair { second, by }), or_none })
    }

    /// The condition on subjects; what it says of `none` stays noted.
    #[expect(clippy::option_option, reason = "whether it is sound, and whether there is one")]
    fn subject_condition(
        &mut self,
        scope: &mut Scope,
        written: Option<&ast::Expr>,
    ) -> Option<Option<kijun_ir::Expr>> {
        let Some(written) = written else { return Some(None) };
        let condition = self.condition(scope, written)?;
        scope.narrow(present_if(&condition, true));
        Some(Some(condition))
    }

    /// Reports subjects that are no different at another moment.
    fn changes_in_time(&mut self, population: &Population, span: Span) -> Option<()> {
        let fact = &self.program.facts[population.rows.fact];
        if matches!(fact.kind, FactKind::State | FactKind::Relation(_)) && population.pair.is_none() {
            return Some(());
        }
        let name = &fact.name;
        let message = bilingual!(
            "`{name}` は期間を通じて判定できない。一つずつ判定される",
            "`{name}` is not judged throughout the period: each is judged once"
        );
        let help = Bilingual::new(
            "⟦judged throughout period|判定時点 期間全体⟧ を消すか、状態か関係を対象とする",
            "remove ⟦judged throughout period|判定時点 期間全体⟧, or take a state or a relation",
        );
        self.report(Diagnostic::new(&JUDGED, span, message).help(help));
        None
    }
}

/// `pair (first, second) in fact by … where condition`
struct Pairs<'a> {
    first: &'a ast::Name,
    second: &'a ast::Name,
    fact: &'a ast::Name,
    by: &'a [ast::Name],
    condition: Option<&'a ast::Expr>,
}
