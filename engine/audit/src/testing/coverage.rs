//! Which conditions and verdicts the tests of a rule show.
//!
//! Every condition that the prover evaluates counts, on every row, not only those that a proof keeps. A condition counts where it
//! bears on the verdict: the requirement for subjects only, exceptions and the due date only where the requirement fails, and of the
//! conditions that a row must all fulfil those up to the first that it does not.

use std::collections::BTreeMap;

use kijun_eval::{Proof, evaluate, prove_watched};
use kijun_ir::{CompareOp, Expr, ExprKind, Judged, Program, Quantifier, Rule, RuleId, Truth, Verdict};
use kijun_source::Span;
use rayon::prelude::*;

use super::{Case, ONLY, is_end_of_range, program_of};

/// What the tests of a rule show of it.
#[derive(Debug, Clone)]
pub struct RuleCoverage {
    /// The rule.
    pub rule: RuleId,
    /// Its conditions in the order written, definitions looked through at each place of use.
    pub conditions: Vec<ConditionCoverage>,
    /// The verdicts that it can give, and whether a test shows them.
    pub verdicts: Vec<(Verdict, bool)>,
}

/// What the tests show of one condition.
#[derive(Debug, Clone)]
pub struct ConditionCoverage {
    /// Where it is written.
    pub span: Span,
    /// Where the rule uses the definition that it is written in.
    pub via: Option<Span>,
    /// Which end of a range `x in a to b` it is: `>=` its beginning, `<=` its end.
    pub end: Option<CompareOp>,
    /// What was seen.
    pub seen: Seen,
    /// What it can be, apart from unknown.
    pub possible: Vec<Truth>,
}

/// Which truths were seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// It held.
    pub holds: bool,
    /// It did not hold.
    pub fails: bool,
    /// It was unknown.
    pub unknown: bool,
}

impl Seen {
    fn add(&mut self, truth: Truth) {
        match truth {
            Truth::True => self.holds = true,
            Truth::False => self.fails = true,
            Truth::Unknown => self.unknown = true,
        }
    }

    fn merge(&mut self, other: Seen) {
        self.holds |= other.holds;
        self.fails |= other.fails;
        self.unknown |= other.unknown;
    }

    fn has(self, truth: Truth) -> bool {
        match truth {
            Truth::True => self.holds,
            Truth::False => self.fails,
            Truth::Unknown => self.unknown,
        }
    }
}

impl ConditionCoverage {
    /// What it should have been seen as and was not: true or false. One that has no second way, as `covered`, should be seen
    /// unknown in its stead.
    pub fn unseen(&self) -> Vec<Truth> {
        let instead = (self.possible.len() < 2).then_some(Truth::Unknown);
        self.possible.iter().copied().chain(instead).filter(|truth| !self.seen.has(*truth)).collect()
    }

    /// Whether it was seen both ways.
    pub fn is_seen_both_ways(&self) -> bool {
        self.unseen().is_empty()
    }
}

impl RuleCoverage {
    /// Adds what further cases of the same rule show.
    fn merge(&mut self, other: RuleCoverage) {
        for (condition, further) in self.conditions.iter_mut().zip(other.conditions) {
            condition.seen.merge(further.seen);
        }
        for ((_, is_shown), (_, further)) in self.verdicts.iter_mut().zip(other.verdicts) {
            *is_shown |= further;
        }
    }
}

/// What the tests of each rule show of it, in the order of the rules.
pub fn measure_coverage(program: &Program) -> Vec<RuleCoverage> {
    let rules: Vec<RuleId> = program.rules.ids().collect();
    rules.into_par_iter().map(|rule| measure_rule(program, rule)).collect()
}

fn measure_rule(program: &Program, id: RuleId) -> RuleCoverage {
    let only_rule = program_of(program, program.rules[id].clone());
    let (set, plain): (Vec<Case<'_>>, Vec<Case<'_>>) =
        Case::of_rule(program, id).into_iter().partition(|case| !case.test.params.is_empty());
    let mut coverage = shown(&only_rule, id, &plain);
    for case in set {
        coverage.merge(shown(&case.settled(&only_rule), id, std::slice::from_ref(&case)));
    }
    coverage
}

/// What these cases show of the only rule of a program.
fn shown(only_rule: &Program, id: RuleId, cases: &[Case<'_>]) -> RuleCoverage {
    let rule = &only_rule.rules[ONLY];
    let mut record = Record::new(rule);
    for case in cases {
        record.judge(case, only_rule);
    }
    let conditions = conditions(rule).iter().map(|condition| record.coverage(condition)).collect();
    let verdicts =
        possible_verdicts(rule).into_iter().map(|verdict| (verdict, record.verdicts.contains(&verdict)));
    RuleCoverage { rule: id, conditions, verdicts: verdicts.collect() }
}

/// The part of a rule that an expression belongs to.
#[derive(Clone, Copy)]
enum Part {
    Membership,
    Requirement,
    /// An exception or the due date.
    Relief,
}

impl Part {
    /// Whether this part bears on the verdict of a subject.
    fn bears_on(self, proof: &Proof) -> bool {
        let belongs = proof.findings.member != Truth::False;
        match self {
            Part::Membership => true,
            Part::Requirement => belongs,
            Part::Relief => belongs && proof.findings.require == Truth::False,
        }
    }
}

/// What was seen while the tests of one rule were proved. Expressions are told apart by where they are in memory: the same
/// definition used twice is two conditions.
struct Record<'r> {
    rule: &'r Rule,
    parts: BTreeMap<*const Expr, Part>,
    exprs: BTreeMap<*const Expr, Seen>,
    exceptions: Vec<Seen>,
    due: Seen,
    verdicts: Vec<Verdict>,
}

impl<'r> Record<'r> {
    fn new(rule: &'r Rule) -> Self {
        let membership = rule.population.iter().flat_map(|population| population.rows.children());
        let relief = rule.excused.iter().flat_map(|quantifier| quantifier.children()).chain(&rule.due);
        let mut parts = BTreeMap::new();
        let tops = membership
            .map(|expr| (expr, Part::Membership))
            .chain([(&rule.require, Part::Requirement)])
            .chain(relief.map(|expr| (expr, Part::Relief)));
        for (top, part) in tops {
            top.walk(&mut |expr| {
                parts.insert(std::ptr::from_ref(expr), part);
            });
        }
        let exceptions = vec![Seen::default(); rule.excused.len()];
        Self { rule, parts, exprs: BTreeMap::new(), exceptions, due: Seen::default(), verdicts: Vec::new() }
    }

    /// Proves every row that may be a subject of a test.
    fn judge(&mut self, case: &Case<'_>, program: &Program) {
        let snapshot = case.snapshot(program);
        let moments = match self.rule.judged {
            Judged::AtToday => vec![None],
            Judged::ThroughoutPeriod => snapshot.moments(self.rule).into_iter().map(Some).collect(),
        };
        for (subject, _) in moments.into_iter().flat_map(|moment| snapshot.candidates(self.rule, moment)) {
            let mut seen: BTreeMap<*const Expr, Seen> = BTreeMap::new();
            let mut watch = |expr: &Expr, truth| seen.entry(std::ptr::from_ref(expr)).or_default().add(truth);
            let proof = prove_watched(&snapshot, ONLY, subject, &mut watch);
            self.add(&proof, &seen);
        }
        self.verdicts.push(evaluate(&snapshot).rules[ONLY].verdict);
    }

    fn add(&mut self, proof: &Proof, seen: &BTreeMap<*const Expr, Seen>) {
        for (expr, seen) in seen {
            if self.parts.get(expr).is_some_and(|part| part.bears_on(proof)) {
                self.exprs.entry(*expr).or_default().merge(*seen);
            }
        }
        if Part::Relief.bears_on(proof) {
            for (exception, step) in self.exceptions.iter_mut().zip(&proof.excused) {
                exception.add(step.truth);
            }
            proof.due.iter().for_each(|step| self.due.add(step.truth));
        }
        self.verdicts.extend(proof.verdict);
    }

    /// What was seen of an expression. A conjunction of which a part failed has failed, also where the prover did not go on to ask.
    fn seen(&self, expr: &Expr) -> Seen {
        let mut seen = self.exprs.get(&std::ptr::from_ref(expr)).copied().unwrap_or_default();
        match &expr.kind {
            ExprKind::And(parts) => seen.fails |= parts.iter().any(|part| self.seen(part).fails),
            ExprKind::Named { body, .. } => seen.merge(self.seen(body)),
            _ => {}
        }
        seen
    }

    fn coverage(&self, condition: &Condition<'_>) -> ConditionCoverage {
        let (seen, possible) = match condition.subject {
            Subject::Expr(expr) => (self.seen(expr), possible(expr)),
            Subject::Exception(index) => (self.exceptions[index], vec![Truth::True, Truth::False]),
            Subject::Due => (self.due, vec![Truth::True, Truth::False]),
        };
        let Condition { span, via, end, .. } = *condition;
        ConditionCoverage { span, via, end, seen, possible }
    }
}

/// A condition of a rule.
struct Condition<'r> {
    subject: Subject<'r>,
    span: Span,
    via: Option<Span>,
    end: Option<CompareOp>,
}

enum Subject<'r> {
    Expr(&'r Expr),
    /// The exception of this position.
    Exception(usize),
    Due,
}

/// Every condition of a rule in the order written.
fn conditions(rule: &Rule) -> Vec<Condition<'_>> {
    let mut finder = Finder { via: None, found: Vec::new() };
    for condition in rule.population.iter().flat_map(|population| &population.rows.condition) {
        finder.judged(condition);
    }
    finder.judged(&rule.require);
    for (index, quantifier) in rule.excused.iter().enumerate() {
        finder.push(Subject::Exception(index), quantifier.span);
        quantifier.condition.iter().for_each(|condition| finder.judged(condition));
    }
    if let Some(due) = &rule.due {
        finder.push(Subject::Due, due.span);
        finder.read(due);
    }
    finder.found
}

struct Finder<'r> {
    via: Option<Span>,
    found: Vec<Condition<'r>>,
}

impl<'r> Finder<'r> {
    fn push(&mut self, subject: Subject<'r>, span: Span) {
        self.found.push(Condition { subject, span, via: self.via, end: None });
    }

    /// An expression that stands as a condition.
    fn judged(&mut self, expr: &'r Expr) {
        match &expr.kind {
            ExprKind::Literal(_) => {}
            ExprKind::Named { body, .. } => self.within(expr.span, |finder| finder.judged(body)),
            // `no x in …` and `is not none` are conditions of their own; `not …` is its part turned round.
            ExprKind::Not(inner) if inner.span == expr.span => {
                self.push(Subject::Expr(expr), expr.span);
                self.parts(inner);
            }
            ExprKind::Not(inner) => self.judged(inner),
            ExprKind::And(parts) | ExprKind::Or(parts) => {
                if parts.iter().any(|part| part.span != expr.span) {
                    self.push(Subject::Expr(expr), expr.span);
                }
                for part in parts {
                    if is_end_of_range(part, parts) { self.end(part) } else { self.judged(part) }
                }
            }
            _ => {
                self.push(Subject::Expr(expr), expr.span);
                self.parts(expr);
            }
        }
    }

    /// One end of a range.
    fn end(&mut self, expr: &'r Expr) {
        let end = match expr.kind {
            ExprKind::Compare { op, .. } => Some(op),
            _ => None,
        };
        let (subject, span, via) = (Subject::Expr(expr), expr.span, self.via);
        self.found.push(Condition { subject, span, via, end });
        self.parts(expr);
    }

    /// The conditions inside one.
    fn parts(&mut self, expr: &'r Expr) {
        match &expr.kind {
            ExprKind::Some(quantifier) => self.rows(quantifier),
            ExprKind::Count { quantifier, bound, .. } => {
                self.rows(quantifier);
                self.read(bound);
            }
            ExprKind::Aggregate { quantifier, value, .. } => {
                self.rows(quantifier);
                value.iter().for_each(|value| self.read(value));
            }
            ExprKind::If { condition, then, otherwise } => {
                self.judged(condition);
                self.read(then);
                self.read(otherwise);
            }
            _ => expr.children().into_iter().for_each(|child| self.read(child)),
        }
    }

    /// The moment as of which rows are read, and their condition.
    fn rows(&mut self, quantifier: &'r Quantifier) {
        quantifier.at.iter().for_each(|at| self.read(at));
        quantifier.condition.iter().for_each(|condition| self.judged(condition));
    }

    /// An expression that is read for its value.
    fn read(&mut self, expr: &'r Expr) {
        match &expr.kind {
            ExprKind::Named { body, .. } => self.within(expr.span, |finder| finder.read(body)),
            ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Compare { .. }
            | ExprKind::OneOf { .. }
            | ExprKind::InPeriod { .. }
            | ExprKind::InCidr { .. }
            | ExprKind::IsNone(_)
            | ExprKind::StartsWith { .. }
            | ExprKind::Contains { .. }
            | ExprKind::Matches { .. }
            | ExprKind::Some(_)
            | ExprKind::Count { .. }
            | ExprKind::Covered { .. } => self.judged(expr),
            _ => self.parts(expr),
        }
    }

    /// Looks into the body of a definition that is used at `span`. Of definitions within definitions the rule's own use counts.
    fn within(&mut self, span: Span, look: impl FnOnce(&mut Self)) {
        let outer = self.via;
        self.via = outer.or(Some(span));
        look(self);
        self.via = outer;
    }
}

/// What a condition can be, apart from unknown: `covered` is never false.
fn possible(expr: &Expr) -> Vec<Truth> {
    [Truth::True, Truth::False].into_iter().filter(|truth| can_be(expr, *truth)).collect()
}

fn can_be(expr: &Expr, truth: Truth) -> bool {
    match &expr.kind {
        ExprKind::Covered { .. } => truth == Truth::True,
        ExprKind::Not(inner) => can_be(inner, truth.not()),
        ExprKind::Named { body, .. } => can_be(body, truth),
        ExprKind::And(parts) if truth == Truth::False => parts.iter().any(|part| can_be(part, truth)),
        ExprKind::Or(parts) if truth == Truth::True => parts.iter().any(|part| can_be(part, truth)),
        ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().all(|part| can_be(part, truth)),
        _ => true,
    }
}

/// The verdicts that a rule can give.
fn possible_verdicts(rule: &Rule) -> Vec<Verdict> {
    let fails = can_be(&rule.require, Truth::False);
    let is_possible = |verdict: &Verdict| match verdict {
        Verdict::Met => can_be(&rule.require, Truth::True),
        Verdict::Violated => fails,
        Verdict::Undetermined => true,
        Verdict::Pending => fails && rule.due.is_some(),
        Verdict::Excused => fails && !rule.excused.is_empty(),
        Verdict::NotApplicable => rule.population.as_ref().is_some_and(|population| population.or_none),
    };
    Verdict::ALL.into_iter().filter(is_possible).collect()
}
