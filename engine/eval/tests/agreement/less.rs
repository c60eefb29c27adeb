//! Takes evidence away: rows together with what covers them, the value of a cell, the wholeness of a collection.
//!
//! What is *not* taken away, because with it a contradiction would go or nothing would be missing:
//!
//! * One of two rows with the same key, or the key of one of them. A reference to the two is unknown because they contradict
//!   each other, and the one that is left would be believed. Evidence that contradicts is withdrawn whole.
//! * Rows of a log that is not due yet (`fresh` says by how much it may lag behind). Without them the log is as complete as it must be.
//! * The time of an event after the date of judgement. The row is not visible while it has that time.

use jiff::Timestamp;
use kijun_eval::{Defect, Held, Stretch};
use kijun_ir::{Cell, Fact, FactId, FactKind, Program, Value, calendar};

use super::choices::Choices;
use super::evidence::{Collected, Draft};
use super::values::Days;

/// Takes something away at random and says what; `None` where it is nothing.
pub(crate) fn take_away(
    choices: &mut Choices,
    program: &Program,
    days: &Days,
    draft: &mut Draft,
) -> Option<String> {
    let facts: Vec<FactId> = program.facts.ids().collect();
    let id = choices.pick(&facts);
    let fact = &program.facts[id];
    let collected = &mut draft.facts[id];
    let what = match choices.below(4) {
        0 => make_unknown(choices, fact, collected),
        1 => add_defect(choices, collected),
        _ => match fact.kind {
            FactKind::State => withdraw_picture(choices, fact, collected),
            FactKind::Event { .. } => withdraw_stretch(choices, days, fact, collected),
        },
    };
    what.map(|what| format!("{}: {what}", fact.name))
}

fn make_unknown(choices: &mut Choices, fact: &Fact, collected: &mut Collected) -> Option<String> {
    let contradicts = contradicts(fact, collected);
    let fields: Vec<_> =
        fact.fields.ids().filter(|field| !(contradicts && fact.key == Some(*field))).collect();
    if collected.rows.is_empty() || fields.is_empty() {
        return None;
    }
    let field = choices.pick(&fields);
    let count = u32::try_from(collected.rows.len()).ok()?;
    let (cells, origin) = &mut collected.rows[choices.below(count) as usize];
    cells[field.0 as usize] = Cell::Unknown;
    Some(format!("field {} of line {} is made unknown", field.0, origin.line))
}

fn add_defect(choices: &mut Choices, collected: &mut Collected) -> Option<String> {
    let count = u32::try_from(collected.coverage.len()).ok().filter(|count| *count > 0)?;
    let source = &mut collected.coverage[choices.below(count) as usize];
    let name = &source.source;
    let defects = match &mut source.held {
        Held::State(taken) => &mut taken.as_mut()?.defects,
        Held::Log(stretches) => {
            let count = u32::try_from(stretches.len()).ok().filter(|count| *count > 0)?;
            &mut stretches[choices.below(count) as usize].defects
        }
    };
    defects.push(Defect::NotVouched);
    Some(format!("a collection of {name} gets a defect"))
}

/// Withdraws the collection of one source with its rows, or of all where rows contradict each other.
fn withdraw_picture(choices: &mut Choices, fact: &Fact, collected: &mut Collected) -> Option<String> {
    let chosen = choose_sources(choices, fact, collected)?;
    for source in &chosen {
        collected.coverage[*source as usize].held = Held::State(None);
    }
    collected.rows.retain(|(_, origin)| !chosen.contains(&origin.source));
    Some(format!("sources {chosen:?} are withdrawn"))
}

/// Withdraws some days of a log with the rows that happened then.
fn withdraw_stretch(
    choices: &mut Choices,
    days: &Days,
    fact: &Fact,
    collected: &mut Collected,
) -> Option<String> {
    if contradicts(fact, collected) {
        return None;
    }
    let chosen = choose_sources(choices, fact, collected)?;
    let due = horizon(fact, days);
    let from = days.start(choices.pick(&[-2, -1, 0, -10, -30, -60, -1000]));
    let to = days.start(choices.pick(&[1, 0, -1, -2, -20])).min(due);
    if from >= to {
        return None;
    }
    for source in &chosen {
        if let Held::Log(stretches) = &mut collected.coverage[*source as usize].held {
            *stretches = stretches.iter().flat_map(|stretch| without(stretch, from, to)).collect();
        }
    }
    collected.rows.retain(|(cells, origin)| {
        let happened = time(fact, cells, days).is_some_and(|at| from <= at && at < to);
        !(happened && chosen.contains(&origin.source))
    });
    Some(format!("{from} to {to} of sources {chosen:?} is withdrawn"))
}

/// What is left of a stretch.
fn without(stretch: &Stretch, from: Timestamp, to: Timestamp) -> Vec<Stretch> {
    let before = Stretch { to: stretch.to.min(from), ..stretch.clone() };
    let after = Stretch { from: stretch.from.max(to), ..stretch.clone() };
    [before, after].into_iter().filter(|stretch| stretch.from < stretch.to).collect()
}

fn choose_sources(choices: &mut Choices, fact: &Fact, collected: &Collected) -> Option<Vec<u32>> {
    let count = u32::try_from(collected.coverage.len()).ok().filter(|count| *count > 0)?;
    if contradicts(fact, collected) || choices.chance(50) {
        return Some((0..count).collect());
    }
    Some(vec![choices.below(count)])
}

/// Whether two rows have the same key.
fn contradicts(fact: &Fact, collected: &Collected) -> bool {
    let Some(key) = fact.key else { return false };
    let keys: Vec<&Cell> = collected.rows.iter().map(|(cells, _)| &cells[key.0 as usize]).collect();
    let known = |cell: &&Cell| matches!(cell, Cell::Known(_));
    keys.iter().enumerate().any(|(index, cell)| known(cell) && keys[..index].contains(cell))
}

/// The first instant of the time at which a row happened, if it is known.
fn time(fact: &Fact, cells: &[Cell], days: &Days) -> Option<Timestamp> {
    let FactKind::Event { at } = fact.kind else { return None };
    match &cells[at.0 as usize] {
        Cell::Known(Value::DateTime(instant)) => Some(*instant),
        Cell::Known(Value::Date(date)) => calendar::start_of_day(*date, &days.zone),
        _ => None,
    }
}

/// Up to where a log must reach.
fn horizon(fact: &Fact, days: &Days) -> Timestamp {
    days.start(1 - i64::from(fact.fresh.days))
}
