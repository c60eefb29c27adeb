//! Takes evidence away: rows together with what covers them, the value of a cell, the wholeness of a collection, its freshness.
//!
//! What is *not* taken away, because with it a contradiction would go or nothing would be missing:
//!
//! * One of two rows with the same key that may count at one moment, or the key of one of them. A reference to the two is unknown because they
//!   contradict each other, and the one that is left would be believed. Evidence that contradicts is withdrawn whole.
//! * A collection of a state without those before it, which would count in its stead: nobody could know that there was a later one.
//! * Rows of a log that is not due yet (`fresh` says by how much it may lag behind). Without them the log is as complete as it must be.

use jiff::{Timestamp, ToSpan};
use kijun_eval::{Defect, Held, Origin, Stretch};
use kijun_ir::{Cell, Duration, Fact, FactId, FactKind, Freshness, Program, Value, calendar};

use super::choices::Choices;
use super::evidence::{Collected, Draft};
use super::values::Days;

/// Evidence with something taken away. How fresh a collection must be is said by the program.
pub(crate) struct Less {
    pub(crate) program: Program,
    pub(crate) draft: Draft,
    /// What was taken away.
    pub(crate) taken: Vec<Loss>,
}

/// Something that was taken away.
pub(crate) struct Loss {
    pub(crate) fact: FactId,
    /// Whether rows are gone, do not count, or have other cells.
    pub(crate) rows: bool,
    pub(crate) words: String,
}

/// Takes something away at random, so many times at most.
pub(crate) fn less(choices: &mut Choices, program: &Program, days: &Days, draft: &Draft) -> Less {
    let mut less = Less { program: program.clone(), draft: draft.clone(), taken: Vec::new() };
    for _ in 0..choices.within(1..4) {
        let loss = take_away(choices, program, days, &mut less);
        less.taken.extend(loss);
    }
    less
}

fn take_away(choices: &mut Choices, program: &Program, days: &Days, less: &mut Less) -> Option<Loss> {
    let facts: Vec<FactId> = program.facts.ids().filter(|id| program.facts[*id].is_collected()).collect();
    let id = choices.pick(&facts);
    let fact = &program.facts[id];
    let choice = choices.below(10);
    if choice == 9 {
        // What is stale no longer contradicts.
        if contradicts(fact, &less.draft.facts[id]) {
            return None;
        }
        let words = lose_freshness(&mut less.program, id)?;
        return Some(Loss { fact: id, rows: true, words: format!("{}: {words}", fact.name) });
    }
    let collected = &mut less.draft.facts[id];
    let words = match choice {
        0..3 => make_unknown(choices, fact, collected),
        3 | 4 => add_defect(choices, collected),
        _ => match fact.kind {
            FactKind::Event { .. } => {
                let horizon = horizon(program, id, days);
                withdraw_stretch(choices, days, (fact, horizon), collected)
            }
            _ if choices.chance(50) => withdraw_pictures(choices, fact, collected),
            _ => withdraw_rows(choices, fact, collected),
        },
    };
    words.map(|words| Loss {
        fact: id,
        rows: !matches!(choice, 3 | 4),
        words: format!("{}: {words}", fact.name),
    })
}

/// A collection must be fresher than before, a log must be more up to date.
fn lose_freshness(program: &mut Program, id: FactId) -> Option<String> {
    let fresh = program.freshness(id);
    let mut facts: Vec<Fact> = program.facts.values().cloned().collect();
    let fact = &mut facts[id.0 as usize];
    if fresh == Duration::default() {
        return None;
    }
    fact.fresh = Freshness::default();
    program.facts = facts.into_iter().collect();
    Some("must be fresh".to_owned())
}

fn make_unknown(choices: &mut Choices, fact: &Fact, collected: &mut Collected) -> Option<String> {
    let contradicts = contradicts(fact, collected);
    let fields: Vec<_> =
        fact.fields.ids().filter(|field| !(contradicts && fact.key == Some(*field))).collect();
    if collected.rows.is_empty() || fields.is_empty() {
        return None;
    }
    let field = choices.pick(&fields);
    if choices.chance(45) {
        collected.rows.iter_mut().for_each(|(cells, _)| cells[field.0 as usize] = Cell::Unknown);
        return Some(format!("field {} is made unknown", field.0));
    }
    let count = u32::try_from(collected.rows.len()).ok()?;
    let (cells, origin) = &mut collected.rows[choices.below(count) as usize];
    cells[field.0 as usize] = Cell::Unknown;
    Some(format!("field {} of line {} is made unknown", field.0, origin.line))
}

fn add_defect(choices: &mut Choices, collected: &mut Collected) -> Option<String> {
    let count = u32::try_from(collected.coverage.len()).ok().filter(|count| *count > 0)?;
    let source = choices.below(count);
    let held = &mut collected.coverage[source as usize].held;
    let index = match held {
        Held::State(pictures) => choose_index(choices, pictures.len())?,
        Held::Log(stretches) => choose_index(choices, stretches.len())?,
    };
    defects(held, index).push(Defect::NotVouched);
    Some(format!("collection {index} of source{source} gets a defect"))
}

fn choose_index(choices: &mut Choices, count: usize) -> Option<usize> {
    let count = u32::try_from(count).ok().filter(|count| *count > 0)?;
    Some(choices.below(count) as usize)
}

fn defects(held: &mut Held, index: usize) -> &mut Vec<Defect> {
    match held {
        Held::State(pictures) => &mut pictures[index].defects,
        Held::Log(stretches) => &mut stretches[index].defects,
    }
}

/// Withdraws some rows of a collection, which thereby has a defect.
fn withdraw_rows(choices: &mut Choices, fact: &Fact, collected: &mut Collected) -> Option<String> {
    if contradicts(fact, collected) {
        return None;
    }
    let source = choose_index(choices, collected.coverage.len())?;
    let Held::State(pictures) = &mut collected.coverage[source].held else { return None };
    let picture = choose_index(choices, pictures.len())?;
    pictures[picture].defects.push(Defect::Rejected(1));
    let mut lines = Vec::new();
    collected.rows.retain(|(_, origin)| {
        let of_it = origin.source as usize == source && origin.collection as usize == picture;
        let withdrawn = of_it && choices.chance(50);
        lines.extend(withdrawn.then_some(origin.line));
        !withdrawn
    });
    Some(format!("lines {lines:?} of collection {picture} of source{source} are withdrawn"))
}

/// Withdraws the first collections of a source with their rows, or all of all sources where rows contradict each other.
fn withdraw_pictures(choices: &mut Choices, fact: &Fact, collected: &mut Collected) -> Option<String> {
    let count = u32::try_from(collected.coverage.len()).ok().filter(|count| *count > 0)?;
    if contradicts(fact, collected) || choices.chance(20) {
        for source in &mut collected.coverage {
            source.held = Held::State(Vec::new());
        }
        collected.rows.clear();
        return Some("all collections are withdrawn".to_owned());
    }
    let source = choices.below(count);
    let Held::State(pictures) = &mut collected.coverage[source as usize].held else { return None };
    let first = u32::try_from(pictures.len()).ok().filter(|count| *count > 0)?;
    let first = choices.within(1..first + 1);
    pictures.drain(..first as usize);
    collected.rows.retain(|(_, origin)| origin.source != source || origin.collection >= first);
    for (_, origin) in collected.rows.iter_mut().filter(|(_, origin)| origin.source == source) {
        origin.collection -= first;
    }
    Some(format!("the first {first} collections of source{source} are withdrawn"))
}

/// Withdraws some days of a log with the rows that happened then.
fn withdraw_stretch(
    choices: &mut Choices,
    days: &Days,
    (fact, horizon): (&Fact, Timestamp),
    collected: &mut Collected,
) -> Option<String> {
    if contradicts(fact, collected) {
        return None;
    }
    let chosen = choose_sources(choices, collected)?;
    let (from, to) = match event(choices, fact, collected, days).filter(|_| choices.chance(50)) {
        Some(event) => around(choices, event),
        None => {
            let from = days.start(choices.pick(&[-2, -1, 0, -10, -30, -60, -1000]));
            (from, days.start(choices.pick(&[1, 0, -1, -2, -20])))
        }
    };
    let to = to.min(horizon);
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

/// When any one of the events happened.
fn event(choices: &mut Choices, fact: &Fact, collected: &Collected, days: &Days) -> Option<Timestamp> {
    let index = choose_index(choices, collected.rows.len())?;
    time(fact, &collected.rows[index].0, days)
}

/// A stretch that begins or ends at an instant, or just beside it.
fn around(choices: &mut Choices, at: Timestamp) -> (Timestamp, Timestamp) {
    let beside = [0, 0, 0, -1, 1, -1_000_000, 1_000_000];
    let [before, after] = [choices.pick(&beside), choices.pick(&beside)];
    let (from, to) =
        choices.pick(&[(0, 1), (0, 86_400_000_000), (-86_400_000_000, 1), (0, i64::from(u32::MAX) * 1_000)]);
    let moved = |micros: i64| at.checked_add(micros.microseconds()).unwrap_or(at);
    (moved(from + before), moved(to + after))
}

/// What is left of a stretch.
fn without(stretch: &Stretch, from: Timestamp, to: Timestamp) -> Vec<Stretch> {
    let before = Stretch { to: stretch.to.min(from), ..stretch.clone() };
    let after = Stretch { from: stretch.from.max(to), ..stretch.clone() };
    [before, after].into_iter().filter(|stretch| stretch.from < stretch.to).collect()
}

fn choose_sources(choices: &mut Choices, collected: &Collected) -> Option<Vec<u32>> {
    let count = u32::try_from(collected.coverage.len()).ok().filter(|count| *count > 0)?;
    if choices.chance(50) {
        return Some((0..count).collect());
    }
    Some(vec![choices.below(count)])
}

/// Whether two rows have the same key and may count at one moment.
fn contradicts(fact: &Fact, collected: &Collected) -> bool {
    let Some(key) = fact.key else { return false };
    let key = |row: &(Vec<Cell>, Origin)| row.0[key.0 as usize].clone();
    let mut known: Vec<(Value, Origin)> = collected
        .rows
        .iter()
        .filter_map(|row| match key(row) {
            Cell::Known(value) => Some((value, row.1)),
            _ => None,
        })
        .collect();
    known.sort_by(|a, b| a.0.compare(&b.0).unwrap_or(std::cmp::Ordering::Equal).then(a.1.cmp(&b.1)));
    let of_one_key = known.chunk_by(|a, b| a.0 == b.0);
    of_one_key.into_iter().any(|rows| {
        rows.iter().enumerate().any(|(index, (_, a))| {
            rows[..index].iter().any(|(_, b)| a.source != b.source || a.collection == b.collection)
        })
    })
}

/// The first instant of the time at which a row happened, if it is known.
fn time(fact: &Fact, cells: &[Cell], days: &Days) -> Option<Timestamp> {
    let FactKind::Event { at } = fact.kind else { return None };
    match &cells[at.0 as usize] {
        Cell::Known(Value::DateTime(instant)) => Some(*instant),
        Cell::Known(Value::Date(date)) => calendar::start_of_day(*date, &days.calendar.zone),
        _ => None,
    }
}

/// Up to where a log must reach.
fn horizon(program: &Program, fact: FactId, days: &Days) -> Timestamp {
    days.start(1 - i64::from(program.freshness(fact).days))
}
