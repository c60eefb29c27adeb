//! One rule: its population in morsels, and what is found of each subject.

use kijun_ir::{Findings, Population, Quantifier, Rule, Truth};
use rayon::prelude::*;

use super::bits::Bits;
use super::expr::{condition, value};
use super::frame::Frame;
use super::quantifier::some;
use super::run::Run;
use super::truths::Truths;
use super::vector::Values;
use crate::RuleOutcome;

/// So many rows of the population are judged together.
const MORSEL: usize = 4096;

/// The findings of one subject, with its row if it has one.
type Found = (Option<u32>, Findings);

/// Judges all subjects of a rule.
pub(super) fn outcome(run: &Run<'_>, rule: &Rule) -> RuleOutcome {
    let found: Vec<Vec<Found>> = match &rule.population {
        Some(population) => {
            let rows = run.snapshot.visible(population.rows.fact).par_chunks(MORSEL);
            rows.map(|rows| judge_rows(run, rule, population, rows)).collect()
        }
        None => vec![judge_organisation(run, rule)],
    };
    RuleOutcome::from_findings(run.snapshot, rule.population.as_ref(), found.into_iter().flatten())
}

fn judge_organisation(run: &Run<'_>, rule: &Rule) -> Vec<Found> {
    let member = Truths::uniform(1, Truth::True);
    findings(run, rule, &Frame::unit(), &member).into_iter().map(|findings| (None, findings)).collect()
}

/// The rows that belong, or may belong, to the population, with their findings.
fn judge_rows(run: &Run<'_>, rule: &Rule, population: &Population, rows: &[u32]) -> Vec<Found> {
    let Quantifier { var, fact, condition: filter, .. } = &population.rows;
    let frame = Frame::of_rows(*var, *fact, rows.to_vec());
    let member = match filter {
        Some(filter) => condition(run, &frame, filter),
        None => Truths::uniform(rows.len(), Truth::True),
    };
    let candidates = member.no.not().positions();
    let findings = findings(run, rule, &frame.select(&candidates), &member.select(&candidates));
    let rows = candidates.iter().map(|position| Some(rows[*position as usize]));
    rows.zip(findings).collect()
}

/// Exceptions and the due date are asked for only where the requirement surely does not hold: elsewhere they change nothing.
fn findings(run: &Run<'_>, rule: &Rule, frame: &Frame, member: &Truths) -> Vec<Findings> {
    let require = condition(run, frame, &rule.require);
    let failing = require.no.positions();
    let failed = frame.select(&failing);
    let nowhere = Truths::uniform(failed.len(), Truth::False);
    let excused = rule.excused.iter().fold(nowhere, |any, excuse| any.or(&excused_by(run, &failed, excuse)));
    let excused = excused.scatter(frame.len(), &failing, Truth::False);
    let before_due = before_due(run, rule, &failed).scatter(frame.len(), &failing, Truth::False);
    (0..frame.len())
        .map(|at| Findings {
            member: member.get(at),
            require: require.get(at),
            excused: excused.get(at),
            before_due: before_due.get(at),
        })
        .collect()
}

fn excused_by(run: &Run<'_>, frame: &Frame, excuse: &Quantifier) -> Truths {
    match run.plan(excuse) {
        Some(plan) => some(run, frame, plan),
        None => Truths::uniform(frame.len(), Truth::Unknown),
    }
}

fn before_due(run: &Run<'_>, rule: &Rule, frame: &Frame) -> Truths {
    let Some(due) = &rule.due else { return Truths::uniform(frame.len(), Truth::False) };
    let due = value(run, frame, due);
    let Values::Date(days) = &due.values else { return Truths::uniform(frame.len(), Truth::Unknown) };
    let holds = Bits::from_fn(frame.len(), |at| run.snapshot.occasion.today <= days[at]);
    Truths::where_known(&holds, &due.known)
}
