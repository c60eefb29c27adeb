//! Judges one subject row by row, and says why.
//!
//! Plain on purpose: a row for each variable, a loop over the visible rows for each quantifier, no index. What it
//! computes can be read off the meaning of expressions in `kijun_ir::Expr` line by line.

mod condition;
mod operator;
mod proof;
mod quantifier;
mod text;
mod value;

#[cfg(test)]
mod tests;

use kijun_ir::{Expr, Findings, IndexVec, Population, Rule, RuleId, Truth, Value, Verdict};

pub use proof::{MessagePart, Proof, Reason, Step, StepKind};
pub use text::{cell_text, class_of, message, row_name};

use crate::{Outcome, RuleOutcome, Snapshot};

/// Proves the verdict of one row of a rule's population; `row` is `None` for a rule about the organisation.
pub fn prove(snapshot: &Snapshot<'_>, rule: RuleId, row: Option<u32>) -> Proof {
    prove_watched(snapshot, rule, row, &mut |_, _| {})
}

/// As [`prove`], and calls `watch` with each condition of the rule each time that it is evaluated, for all rows and not only
/// for those that the proof keeps. Of conditions that must all hold for a row, those behind the first that does not are not evaluated.
pub fn prove_watched(
    snapshot: &Snapshot<'_>,
    rule: RuleId,
    row: Option<u32>,
    watch: &mut dyn FnMut(&Expr, Truth),
) -> Proof {
    let id = rule;
    let rule = &snapshot.program.rules[id];
    let mut scene = Scene { watch: Some(watch), ..Scene::new(snapshot, rule, row) };
    let member = membership(rule).map(|condition| scene.condition(condition));
    let require = scene.condition(&rule.require);
    let excused: Vec<Step> = rule.excused.iter().map(|quantifier| scene.some(quantifier)).collect();
    let due = rule.due.as_ref().map(|due| scene.before_due(due));
    let findings = Findings {
        member: member.as_ref().map_or(Truth::True, |step| step.truth),
        require: require.truth,
        excused: excused.iter().map(|step| step.truth).fold(Truth::False, Truth::or),
        before_due: due.as_ref().map_or(Truth::False, |step| step.truth),
    };
    let row = rule.population.as_ref().and(row);
    Proof { rule: id, row, verdict: Verdict::of_subject(findings), findings, member, require, excused, due }
}

/// The verdicts of all rules, found row by row. Slow; it is what the fast evaluator is held to.
pub fn prove_all(snapshot: &Snapshot<'_>) -> Outcome {
    let rules = snapshot.program.rules.iter().map(|(id, rule)| {
        let findings =
            candidates(snapshot, rule).into_iter().map(|row| (row, prove(snapshot, id, row).findings));
        RuleOutcome::from_findings(snapshot, rule.population.as_ref(), findings)
    });
    Outcome { rules: rules.collect::<IndexVec<_, _>>() }
}

/// The rows that belong, or may belong, to the rule's population.
fn candidates(snapshot: &Snapshot<'_>, rule: &Rule) -> Vec<Option<u32>> {
    let Some(Population { rows, .. }) = &rule.population else { return vec![None] };
    let visible = snapshot.visible(rows.fact).iter().copied().map(Some);
    let belongs = |row: &Option<u32>| {
        let truth =
            membership(rule).map(|condition| Scene::new(snapshot, rule, *row).condition(condition).truth);
        truth != Some(Truth::False)
    };
    visible.filter(belongs).collect()
}

fn membership(rule: &Rule) -> Option<&Expr> {
    rule.population.as_ref()?.rows.condition.as_ref()
}

/// Who wants to know of each condition that is evaluated, and what it came to.
type Watch<'a> = dyn FnMut(&Expr, Truth) + 'a;

/// What an expression is read in: the evidence, the rule, and the row that each bound variable stands for.
struct Scene<'a> {
    snapshot: &'a Snapshot<'a>,
    rule: &'a Rule,
    rows: IndexVec<kijun_ir::VarId, Option<u32>>,
    watch: Option<&'a mut Watch<'a>>,
}

impl<'a> Scene<'a> {
    /// The scene of one subject; no quantifier is entered yet.
    fn new(snapshot: &'a Snapshot<'a>, rule: &'a Rule, subject: Option<u32>) -> Self {
        let mut rows: IndexVec<_, _> = rule.vars.ids().map(|_| None).collect();
        if let Some(Population { rows: quantifier, .. }) = &rule.population {
            rows[quantifier.var] = subject;
        }
        Self { snapshot, rule, rows, watch: None }
    }

    /// Whether the day of judgement is not after the due date.
    fn before_due(&mut self, due: &Expr) -> Step {
        let mut operands = value::Operands::default();
        let last = operands.read(self, due);
        let today = Value::Date(self.snapshot.occasion.today);
        let order = last.map(|last| operands.order(&today, &last));
        operands.step(due.span, order.flatten().map(std::cmp::Ordering::is_le).into())
    }
}
