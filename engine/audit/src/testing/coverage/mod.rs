//! Which conditions and verdicts the tests of a ruleset show.
//!
//! Every condition that the prover evaluates counts, on every row, not only those that a proof keeps. A condition counts where it
//! bears on the verdict: the requirement for subjects only, exceptions and the due date only where the requirement fails, and of the
//! conditions that a row must all fulfil those up to the first that it does not.

mod conditions;
mod duties;
mod relations;

use std::collections::BTreeMap;

use kijun_eval::{Proof, evaluate, prove_watched};
use kijun_ir::{CompareOp, Expr, ExprKind, Judged, Program, Rule, RuleId, Truth, Verdict};
use kijun_source::Span;
use rayon::prelude::*;

pub use self::duties::{DutyCoverage, measure_duties};
pub use self::relations::{RelationCoverage, measure_relations};

use self::conditions::{Condition, Subject};
use super::{Case, ONLY, program_of};

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
    let conditions = conditions::of_rule(rule).iter().map(|condition| record.coverage(condition)).collect();
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
    parts: BTreeMap<usize, Part>,
    exprs: Exprs,
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
                parts.insert(address(expr), part);
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
            let mut seen = Exprs::new();
            let mut watch = |expr: &Expr, truth| seen.entry(address(expr)).or_default().add(truth);
            let proof = prove_watched(&snapshot, ONLY, subject, &mut watch);
            self.add(&proof, &seen);
        }
        self.verdicts.push(evaluate(&snapshot).rules[ONLY].verdict);
    }

    fn add(&mut self, proof: &Proof, seen: &Exprs) {
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

    fn coverage(&self, condition: &Condition<'_>) -> ConditionCoverage {
        let (seen, possible) = match condition.subject {
            Subject::Expr(expr) => (seen(&self.exprs, expr), possible(expr)),
            Subject::Exception(index) => (self.exceptions[index], vec![Truth::True, Truth::False]),
            Subject::Due => (self.due, vec![Truth::True, Truth::False]),
        };
        let Condition { span, via, end, .. } = *condition;
        ConditionCoverage { span, via, end, seen, possible }
    }
}

/// What was seen of expressions, by where they are in memory.
type Exprs = BTreeMap<usize, Seen>;

fn address(expr: &Expr) -> usize {
    std::ptr::from_ref(expr).addr()
}

/// What was seen of an expression. A conjunction of which a part failed has failed, also where the prover did not go on to ask.
fn seen(exprs: &Exprs, expr: &Expr) -> Seen {
    let mut all = exprs.get(&address(expr)).copied().unwrap_or_default();
    match &expr.kind {
        ExprKind::And(parts) => all.fails |= parts.iter().any(|part| seen(exprs, part).fails),
        ExprKind::Named { body, .. } => all.merge(seen(exprs, body)),
        _ => {}
    }
    all
}

/// What a condition can be, apart from unknown: `covered` is never false.
fn possible(expr: &Expr) -> Vec<Truth> {
    [Truth::True, Truth::False].into_iter().filter(|truth| can_be(expr, *truth)).collect()
}

fn can_be(expr: &Expr, truth: Truth) -> bool {
    match &expr.kind {
        ExprKind::Covered { .. } | ExprKind::Admissible { .. } => truth == Truth::True,
        ExprKind::Not(inner) => can_be(inner, truth.not()),
        ExprKind::Named { body, .. } => can_be(body, truth),
        ExprKind::Needs { shown, then } => {
            shown.iter().all(|condition| can_be(condition, Truth::True)) && can_be(then, truth)
        }
        ExprKind::And(parts) if truth == Truth::False => parts.iter().any(|part| can_be(part, truth)),
        ExprKind::Or(parts) if truth == Truth::True => parts.iter().any(|part| can_be(part, truth)),
        ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().all(|part| can_be(part, truth)),
        _ => true,
    }
}

/// Whether what a rule needs may surely not be shown.
fn may_lack_needs(rule: &Rule) -> bool {
    let (shown, _) = rule.needs();
    shown.iter().any(|condition| can_be(condition, Truth::False))
}

/// The verdicts that a rule can give.
fn possible_verdicts(rule: &Rule) -> Vec<Verdict> {
    let fails = can_be(&rule.require, Truth::False);
    let is_possible = |verdict: &Verdict| match verdict {
        Verdict::Met => can_be(&rule.require, Truth::True),
        Verdict::Violated => fails,
        Verdict::Undetermined => true,
        Verdict::Pending => (fails || may_lack_needs(rule)) && rule.due.is_some(),
        Verdict::Excused => fails && !rule.excused.is_empty(),
        Verdict::NotApplicable => rule.population.as_ref().is_some_and(|population| population.or_none),
    };
    Verdict::ALL.into_iter().filter(is_possible).collect()
}
