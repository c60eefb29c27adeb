//! Judges one subject row by row, and says why.
//!
//! Plain on purpose: a row for each variable, a loop over the rows for each quantifier, no index. What it
//! computes can be read off the meaning of expressions in `kijun_ir::Expr` line by line.

mod aggregate;
mod condition;
mod derive;
mod missing;
mod name;
mod operator;
mod possible;
mod proof;
mod quantifier;
mod scene;
mod text;
mod value;

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use kijun_ir::{
    Binding, Cell, Expr, Findings, IndexVec, Judged, Population, Rule, RuleId, Truth, VarId, Verdict,
};

pub(crate) use derive::derive;
pub use derive::watch_derivations;
pub use missing::{Lack, Spot, missing};
pub use name::{row_name, subject_name};
pub use possible::evidence_of;
pub use proof::{MessagePart, Proof, Reason, RowsRead, Step, StepKind};
pub use text::{cell_text, class_in, class_of, class_of_field, message};

use self::scene::{Scene, Watch};
use self::value::Operands;
use crate::outcome::Found;
use crate::{AsOf, Outcome, RuleOutcome, Snapshot, Subject};

/// Proves the verdict of one subject of a rule of the program; that of a rule judged throughout the period as of the subject's moment.
pub fn prove(snapshot: &Snapshot<'_>, rule: RuleId, subject: Subject) -> Proof {
    prove_rule(snapshot, &snapshot.program.rules[rule], subject)
}

/// As [`prove`], of a rule that need not be one of the program: a question, with the requirement as what is asked.
pub fn prove_rule(snapshot: &Snapshot<'_>, rule: &Rule, subject: Subject) -> Proof {
    proven(Scene::of_subject(snapshot, rule, subject), rule, subject)
}

/// As [`prove`], and calls `watch` with each condition of the rule each time that it is evaluated, for all rows and not only
/// for those that the proof keeps. Of conditions that must all hold for a row, those behind the first that does not are not evaluated.
pub fn prove_watched(
    snapshot: &Snapshot<'_>,
    rule: RuleId,
    subject: Subject,
    watch: &mut Watch<'_>,
) -> Proof {
    let rule = &snapshot.program.rules[rule];
    proven(Scene::of_subject(snapshot, rule, subject).watched(watch), rule, subject)
}

/// The value of an expression over variables of which none is bound yet, and what was missing of it.
pub fn value_of(
    snapshot: &Snapshot<'_>,
    vars: &IndexVec<VarId, Binding>,
    expr: &Expr,
) -> (Cell, Vec<Reason>) {
    let reading = Scene::new(snapshot, vars, snapshot.end_of_today()).value(expr);
    let mut reasons = possible::explained(snapshot, reading.lacks());
    reasons.sort_unstable();
    reasons.dedup();
    (reading.cell, reasons)
}

/// The value that an expression of a rule has for one subject; unknown where it reads a variable of a quantifier.
pub fn value_for(snapshot: &Snapshot<'_>, rule: &Rule, subject: Subject, expr: &Expr) -> Cell {
    Scene::of_subject(snapshot, rule, subject).value(expr).cell
}

/// The value of an expression over variables of which none is bound yet, as a step: the value is its one operand, and the aggregates
/// in it are its parts. It is unknown where the value is, otherwise true.
pub fn prove_value(snapshot: &Snapshot<'_>, vars: &IndexVec<VarId, Binding>, expr: &Expr) -> Step {
    let mut scene = Scene::new(snapshot, vars, snapshot.end_of_today());
    let mut operands = Operands::default();
    let cell = operands.cell(&mut scene, expr);
    let truth = if cell == Cell::Unknown { Truth::Unknown } else { Truth::True };
    let mut step = operands.step(expr.span, truth);
    possible::explain(snapshot, &mut step);
    step
}

/// The verdicts of all rules, found row by row. Slow; it is what the fast evaluator is held to.
pub fn prove_all(snapshot: &Snapshot<'_>) -> Outcome {
    let rules = snapshot.program.rules.values().map(|rule| outcome_of(snapshot, rule));
    Outcome { rules: rules.collect::<IndexVec<_, _>>() }
}

/// The verdict of a rule and of each of its subjects, found row by row.
pub fn outcome_of(snapshot: &Snapshot<'_>, rule: &Rule) -> RuleOutcome {
    match rule.judged {
        Judged::AtToday => RuleOutcome::at_today(snapshot, rule, found(snapshot, rule, None)),
        Judged::ThroughoutPeriod => outcome_at(snapshot, rule, &snapshot.moments(rule)),
    }
}

/// As [`outcome_of`] a rule judged throughout the period, at these moments alone; they come ascending.
pub fn outcome_at(snapshot: &Snapshot<'_>, rule: &Rule, moments: &[Timestamp]) -> RuleOutcome {
    let found = moments.iter().map(|moment| (*moment, found(snapshot, rule, Some(*moment))));
    RuleOutcome::throughout(snapshot, rule, found.collect())
}

/// What is found of the subjects that belong, or may belong, to the population as of a moment, that of a rule judged throughout the period.
fn found(snapshot: &Snapshot<'_>, rule: &Rule, moment: Option<Timestamp>) -> Found {
    let as_of = moment.unwrap_or_else(|| snapshot.end_of_today());
    let candidates = snapshot.candidates(rule, moment).into_iter();
    let findings = candidates.filter_map(|(subject, there)| {
        let mut scene = Scene::new(snapshot, &rule.vars, as_of);
        scene.bind_subject(snapshot, rule, subject);
        let belongs = membership(rule).map_or(Truth::True, |condition| scene.condition(condition).truth);
        let surely_not = there.and(belongs) == Truth::False;
        (!surely_not).then(|| (subject, judge(&mut scene, rule, subject, there).findings))
    });
    Found { subjects: findings.collect(), excludes_all: excludes_all(snapshot, rule, moment) }
}

/// Whether a part of the population's condition that reads nothing of the subject surely fails.
fn excludes_all(snapshot: &Snapshot<'_>, rule: &Rule, moment: Option<Timestamp>) -> bool {
    let Some(population) = &rule.population else { return false };
    let judged = moment.map_or(AsOf::Today, AsOf::Moment);
    if snapshot.view(population.rows.fact, snapshot.population_as_of(rule, judged)).is_none() {
        return false;
    }
    let moment = moment.unwrap_or_else(|| snapshot.end_of_today());
    let paired = population.pair.as_ref().map(|pair| pair.second);
    Scene::new(snapshot, &rule.vars, moment).excludes_all(&population.rows, paired)
}

/// The proof of a subject, with what its lacks go back to.
fn proven(mut scene: Scene<'_, '_>, rule: &Rule, subject: Subject) -> Proof {
    let snapshot = scene.snapshot;
    let there = is_there(snapshot, rule, subject);
    let mut proof = judge(&mut scene, rule, subject, there);
    for step in proof.steps_mut() {
        possible::explain(snapshot, step);
    }
    proof
}

/// The verdict of a subject that is `there` apart from the population's condition.
fn judge(scene: &mut Scene<'_, '_>, rule: &Rule, subject: Subject, there: Truth) -> Proof {
    let belongs = membership(rule).map(|condition| scene.condition(condition));
    let member = match &rule.population {
        Some(Population { rows, .. }) => {
            Step::both(rows.span, scene.subject_there(rule, subject, there), belongs)
        }
        None => None,
    };
    let require = scene.condition(&rule.require);
    let excused: Vec<Step> = rule.excused.iter().map(|quantifier| scene.some(quantifier)).collect();
    let due = rule.due.as_ref().map(|due| scene.before_due(due));
    let findings = Findings {
        member: member.as_ref().map_or(there, |step| step.truth),
        require: require.truth,
        excused: excused.iter().map(|step| step.truth).fold(Truth::False, Truth::or),
        before_due: due.as_ref().map_or(Truth::False, |step| step.truth),
        so_far: Truth::Unknown,
    };
    let findings = Findings { so_far: so_far(scene.snapshot, rule, subject, findings), ..findings };
    Proof { subject, verdict: Verdict::of_subject(findings), findings, member, require, excused, due }
}

/// What an unknown requirement comes to if nothing more happens, before the due date: false too where what it needs is surely not shown.
fn so_far(snapshot: &Snapshot<'_>, rule: &Rule, subject: Subject, findings: Findings) -> Truth {
    if (findings.require, findings.before_due) != (Truth::Unknown, Truth::True) {
        return Truth::Unknown;
    }
    let so_far = snapshot.so_far();
    let mut scene = Scene::of_subject_in(&so_far, snapshot, rule, subject);
    let (shown, _) = rule.needs();
    if shown.iter().any(|condition| scene.condition(condition).truth == Truth::False) {
        return Truth::False;
    }
    scene.condition(&rule.require).truth
}

/// Whether a subject is there, before the population's condition is asked.
fn is_there(snapshot: &Snapshot<'_>, rule: &Rule, subject: Subject) -> Truth {
    match (subject, &rule.population) {
        (Subject::Row(row, _), Some(population)) => {
            let view = snapshot.view(population.rows.fact, snapshot.row_as_of(rule, subject));
            view.map_or(Truth::Unknown, |view| view.truth(row))
        }
        (Subject::Pair(first, second), Some(Population { rows, pair: Some(pair), .. })) => {
            snapshot.pairs(rows.fact, &pair.by).truth(first, second)
        }
        _ => Truth::True,
    }
}

fn membership(rule: &Rule) -> Option<&Expr> {
    rule.population.as_ref()?.rows.condition.as_ref()
}
