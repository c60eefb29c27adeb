//! One rule: its population in morsels, at each of its moments, and what is found of each subject.

use std::sync::Arc;

use jiff::Timestamp;
use kijun_ir::{CompareOp, Expr, Findings, Judged, Population, Quantifier, Rule, Truth, Value, conjuncts};
use rayon::prelude::*;

use super::bits::Bits;
use super::comparison::compare;
use super::expr::{all_of, condition, conjunction, value};
use super::frame::{Bound, Frame};
use super::moments::Repeats;
use super::plan::truths_of_rows;
use super::quantifier::some;
use super::run::Run;
use super::truths::Truths;
use super::vector::Vector;
use crate::{AsOf, Found, Paired, RuleOutcome, Subject, View};

/// So many rows of the population are judged together.
const MORSEL: usize = 4096;

/// What rules are judged by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judge<'q, 'r, 'e> {
    pub(super) run: &'q Run<'r, 'e>,
    /// What a requirement is asked of as if nothing more happened; for rules with a due date.
    pub(super) so_far: Option<&'q Run<'r, 'e>>,
}

/// Judges all subjects of a rule.
pub(super) fn outcome<'r>(judge: Judge<'_, 'r, '_>, rule: &'r Rule) -> RuleOutcome {
    let run = judge.run;
    match rule.judged {
        Judged::AtToday => RuleOutcome::at_today(run.snapshot, rule, found(judge, rule, None)),
        Judged::ThroughoutPeriod => {
            let found = throughout(judge, rule, &run.snapshot.moments(rule));
            RuleOutcome::throughout(run.snapshot, rule, found)
        }
    }
}

/// What is found at each moment. Where the rule reads nothing that differs from an earlier moment, it is what was found then.
fn throughout<'r>(
    judge: Judge<'_, 'r, '_>,
    rule: &'r Rule,
    moments: &[Timestamp],
) -> Vec<(Timestamp, Found)> {
    let repeats = Repeats::of(judge.run.snapshot, rule, moments);
    let found_at = |moment: &Timestamp| found(judge, rule, Some(*moment));
    let found: Vec<Found> = repeats.distinct.par_iter().map(found_at).collect();
    if found.len() == moments.len() {
        return moments.iter().copied().zip(found).collect();
    }
    let repeated = |(moment, of): (&Timestamp, &usize)| {
        let judged = AsOf::Moment(*moment);
        let Found { subjects, excludes_all } = &found[*of];
        let subjects = subjects.iter().map(|(subject, findings)| (moved(*subject, judged), *findings));
        (*moment, Found { subjects: subjects.collect(), excludes_all: *excludes_all })
    };
    moments.iter().zip(&repeats.of).map(repeated).collect()
}

/// The same subject as of another moment.
fn moved(subject: Subject, judged: AsOf) -> Subject {
    match subject {
        Subject::Organisation(_) => Subject::Organisation(judged),
        Subject::Row(row, _) => Subject::Row(row, judged),
        Subject::Pair(..) => subject,
    }
}

/// What is found of the subjects at a moment, on the date of judgement where `None`.
fn found<'r>(judge: Judge<'_, 'r, '_>, rule: &'r Rule, moment: Option<Timestamp>) -> Found {
    let snapshot = judge.run.snapshot;
    let judged_as_of = moment.map_or(AsOf::Today, AsOf::Moment);
    let moment = moment.unwrap_or_else(|| snapshot.end_of_today());
    let Some(population) = &rule.population else {
        let member = Truths::uniform(1, Truth::True);
        let findings = findings(judge, rule, &Frame::unit(moment), &member).into_iter();
        let subjects = findings.map(|findings| (Subject::Organisation(judged_as_of), findings));
        return Found { subjects: subjects.collect(), excludes_all: false };
    };
    let as_of = snapshot.population_as_of(rule, judged_as_of);
    let Some(view) = snapshot.view(population.rows.fact, as_of) else { return Found::default() };
    let morsels: Vec<Vec<(Subject, Findings)>> = match &population.pair {
        Some(pair) => {
            let pairs = snapshot.pairs(population.rows.fact, &pair.by);
            let morsel = |pairs: &[Paired]| of_pairs(population, pair.second, &view, pairs, moment);
            let judged = |pairs| members(judge, rule, population, &morsel(pairs));
            pairs.all().par_chunks(MORSEL).map(judged).collect()
        }
        None => {
            let morsel = |rows: &[u32]| of_rows(population, &view, rows, judged_as_of, moment);
            let judged = |rows| members(judge, rule, population, &morsel(rows));
            view.rows().par_chunks(MORSEL).map(judged).collect()
        }
    };
    let excludes_all = excludes_all(judge.run, population, moment);
    Found { subjects: morsels.into_iter().flatten().collect(), excludes_all }
}

/// Whether a part of the population's condition that reads nothing of the subject surely fails.
fn excludes_all<'r>(run: &Run<'r, '_>, population: &'r Population, moment: Timestamp) -> bool {
    let second = population.pair.as_ref().map(|pair| pair.second);
    let is_outside = |part: &&Expr| {
        !part.mentions(population.rows.var) && !second.is_some_and(|second| part.mentions(second))
    };
    let parts = population.rows.condition.iter().flat_map(conjuncts);
    let outside: Vec<&Expr> = parts.filter(is_outside).collect();
    conjunction(run, &Frame::unit(moment), Truths::uniform(1, Truth::True), &outside).no.get(0)
}

/// Some of those who may be judged.
struct Morsel<'e> {
    frame: Frame<'e>,
    subjects: Vec<Subject>,
    /// Whether they are there.
    there: Truths,
}

fn of_rows<'e>(
    population: &Population,
    view: &Arc<View<'e>>,
    rows: &[u32],
    judged: AsOf,
    moment: Timestamp,
) -> Morsel<'e> {
    Morsel {
        frame: Frame::of_rows(moment, Bound::new(population.rows.var, view, rows.to_vec())),
        subjects: rows.iter().map(|row| Subject::Row(*row, judged)).collect(),
        there: truths_of_rows(view, rows),
    }
}

fn of_pairs<'e>(
    population: &Population,
    second: kijun_ir::VarId,
    view: &Arc<View<'e>>,
    pairs: &[Paired],
    moment: Timestamp,
) -> Morsel<'e> {
    let bound = |var, row: fn(&Paired) -> u32| Bound::new(var, view, pairs.iter().map(row).collect());
    let frame = Frame::of_rows(moment, bound(population.rows.var, |pair| pair.first));
    Morsel {
        frame: frame.with(bound(second, |pair| pair.second)),
        subjects: pairs.iter().map(|pair| Subject::Pair(pair.first, pair.second)).collect(),
        there: Truths::from_fn(pairs.len(), |at| pairs[at].truth),
    }
}

/// Those who belong, or may belong, to the population, with what is found of them.
fn members<'r, 'e>(
    judge: Judge<'_, 'r, 'e>,
    rule: &'r Rule,
    population: &'r Population,
    morsel: &Morsel<'e>,
) -> Vec<(Subject, Findings)> {
    let member = match &population.rows.condition {
        Some(filter) => morsel.there.and(&condition(judge.run, &morsel.frame, filter)),
        None => morsel.there.clone(),
    };
    let candidates = member.no.not().positions();
    let findings = findings(judge, rule, &morsel.frame.select(&candidates), &member.select(&candidates));
    candidates.iter().map(|position| morsel.subjects[*position as usize]).zip(findings).collect()
}

/// Exceptions are asked for only where the requirement does not hold, at least so far, the due date also where it is unknown: elsewhere they
/// change nothing.
fn findings<'r, 'e>(
    judge: Judge<'_, 'r, 'e>,
    rule: &'r Rule,
    frame: &Frame<'e>,
    member: &Truths,
) -> Vec<Findings> {
    let run = judge.run;
    let require = condition(run, frame, &rule.require);
    let before_due = before_due(run, rule, frame);
    let so_far = so_far(judge, rule, frame, &require.unknown().and(&before_due.sure));
    let failing = require.no.or(&so_far.no).positions();
    let failed = frame.select(&failing);
    let nowhere = Truths::uniform(failed.len(), Truth::False);
    let excuse = |excuse: &'r Quantifier| some(run, &failed, excuse);
    let excused = rule.excused.iter().fold(nowhere, |any, quantifier| any.or(&excuse(quantifier)));
    let excused = excused.scatter(frame.len(), &failing, Truth::False);
    (0..frame.len())
        .map(|at| Findings {
            member: member.get(at),
            require: require.get(at),
            excused: excused.get(at),
            before_due: before_due.get(at),
            so_far: so_far.get(at),
        })
        .collect()
}

/// What the requirement comes to if nothing more happens, at the positions asked for: false too where what it needs is surely not shown. Unknown elsewhere.
fn so_far<'r, 'e>(judge: Judge<'_, 'r, 'e>, rule: &'r Rule, frame: &Frame<'e>, asked: &Bits) -> Truths {
    let positions = asked.positions();
    match judge.so_far.filter(|_| !positions.is_empty()) {
        Some(run) => {
            let asked = frame.select(&positions);
            let (shown, _) = rule.needs();
            let Truths { sure, no } = condition(run, &asked, &rule.require);
            let truths = Truths { sure, no: no.or(&all_of(run, &asked, shown).no) };
            truths.scatter(frame.len(), &positions, Truth::Unknown)
        }
        None => Truths::uniform(frame.len(), Truth::Unknown),
    }
}

/// Whether the day of the moment at which it is judged is not after the due date.
fn before_due<'r, 'e>(run: &Run<'r, 'e>, rule: &'r Rule, frame: &Frame<'e>) -> Truths {
    let Some(due) = &rule.due else { return Truths::uniform(frame.len(), Truth::False) };
    let day = kijun_ir::calendar::date_of(frame.moment, &run.snapshot.program.calendar.zone);
    let day = Vector::constant(frame.len(), &Value::Date(day), &run.snapshot.texts);
    compare(&run.snapshot.texts, CompareOp::Le, &day, &value(run, frame, due))
}
