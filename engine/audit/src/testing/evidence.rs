//! The evidence of a test.

use jiff::civil::Date;
use kijun_eval::{Artifact, Defect, Evidence, Held, Origin, SourceCoverage, Stretch, TableBuilder, Taken};
use kijun_ir::{FactId, FactKind, Program, Shortfall, Test, calendar};

/// The evidence of a test: its rows, complete and fresh but for what it says is not. The program has the parameters as the test sets them: they may say
/// how fresh evidence must be.
pub(super) fn evidence(program: &Program, test: &Test) -> Evidence {
    let mut evidence = Evidence::empty(program);
    let taken_at = calendar::start_of_day(test.today, &program.calendar.zone).unwrap_or_default();
    evidence.artifacts = vec![Artifact {
        source: "test".to_owned(),
        path: "test".to_owned(),
        sha256: String::new(),
        collected_at: taken_at,
    }];
    let mut builders: Vec<TableBuilder> = program.facts.values().map(TableBuilder::new).collect();
    for (line, row) in (1..).zip(&test.rows) {
        let collection =
            pictures(test, row.fact).iter().position(|day| *day == row.taken.unwrap_or(test.today));
        let collection = collection.and_then(|position| u32::try_from(position).ok()).unwrap_or(0);
        let origin = Origin { source: 0, collection, artifact: 0, line };
        if let Some(builder) = builders.get_mut(kijun_ir::Index::index(row.fact)) {
            builder.push(row.cells.clone(), origin);
        }
    }
    let dictionary = &mut evidence.dictionary;
    evidence.tables = builders.into_iter().map(|builder| builder.finish(dictionary)).collect();
    let source = |held| SourceCoverage { source: "test".to_owned(), held };
    let coverage =
        program.facts.ids().map(|fact| held(program, test, fact).map(source).into_iter().collect());
    evidence.coverage = coverage.collect();
    evidence
}

/// The days on which pictures of a state were taken, ascending: with the date of judgement, unless rows say otherwise.
fn pictures(test: &Test, fact: FactId) -> Vec<Date> {
    let taken = test.rows.iter().filter(|row| row.fact == fact).map(|row| row.taken.unwrap_or(test.today));
    let empty = test.empty.iter().filter(|(empty, _)| *empty == fact).map(|(_, day)| *day);
    let mut days: Vec<Date> = taken.chain(empty).collect();
    if days.is_empty() {
        days.push(test.today);
    }
    days.sort_unstable();
    days.dedup();
    days
}

/// What is held of a fact; `None` where no source delivers it.
fn held(program: &Program, test: &Test, fact: FactId) -> Option<Held> {
    let shortfalls: Vec<Shortfall> =
        test.shortfalls.iter().filter(|(short, _)| *short == fact).map(|(_, shortfall)| *shortfall).collect();
    let missing = shortfalls.contains(&Shortfall::Missing);
    let defects =
        if shortfalls.contains(&Shortfall::Incomplete) { vec![Defect::NotVouched] } else { Vec::new() };
    Some(match program.facts[fact].kind {
        FactKind::State if missing => Held::State(Vec::new()),
        FactKind::State => {
            let stale = shortfalls.contains(&Shortfall::Stale);
            let days =
                if stale { vec![day_too_old(program, test.today, fact)] } else { pictures(test, fact) };
            let moments =
                days.into_iter().filter_map(|day| calendar::start_of_day(day, &program.calendar.zone));
            Held::State(moments.map(|at| Taken { at, defects: defects.clone() }).collect())
        }
        FactKind::Event { .. } if missing => Held::Log(Vec::new()),
        FactKind::Event { .. } => Held::Log(stretches(program, test.today, &shortfalls, &defects)),
        FactKind::Table | FactKind::Relation(_) | FactKind::Calendar(_) | FactKind::Gaps(_) => return None,
    })
}

/// The last day on which a collection is too old to count.
fn day_too_old(program: &Program, today: Date, fact: FactId) -> Date {
    let fresh = program.freshness(fact);
    let mut day =
        fresh.checked_neg().and_then(|back| program.calendar.add_to_date(today, back)).unwrap_or(Date::MIN);
    while program.calendar.add_to_date(day, fresh).is_some_and(|until| until >= today) {
        match day.yesterday() {
            Ok(before) => day = before,
            Err(_) => break,
        }
    }
    day
}

/// A log from the beginning of time to the end of the date of judgement, but for its gaps.
fn stretches(program: &Program, today: Date, shortfalls: &[Shortfall], defects: &[Defect]) -> Vec<Stretch> {
    let start_of = |day: Date| calendar::start_of_day(day, &program.calendar.zone).unwrap_or_default();
    let after = |day: Date| day.tomorrow().map(start_of).unwrap_or_default();
    let mut gaps: Vec<(Date, Date)> = shortfalls
        .iter()
        .filter_map(|shortfall| match shortfall {
            Shortfall::Gap(from, to) => Some((*from, *to)),
            Shortfall::Missing | Shortfall::Stale | Shortfall::Incomplete => None,
        })
        .collect();
    gaps.sort_unstable();
    let mut from = jiff::Timestamp::MIN;
    let mut stretches = Vec::new();
    for (first, last) in gaps {
        if start_of(first) > from {
            stretches.push(Stretch { from, to: start_of(first), defects: defects.to_vec() });
        }
        from = from.max(after(last));
    }
    if after(today) > from {
        stretches.push(Stretch { from, to: after(today), defects: defects.to_vec() });
    }
    stretches
}
