//! The evidence of a test.

use jiff::civil::Date;
use kijun_eval::{Artifact, Defect, Evidence, Held, Origin, SourceCoverage, Stretch, TableBuilder, Taken};
use kijun_ir::{FactId, FactKind, Program, Shortfall, Test, calendar};

/// The evidence of a test: its rows, complete and fresh but for what it says is not.
pub(super) fn evidence(program: &Program, test: &Test) -> Evidence {
    let mut evidence = Evidence::empty(program);
    let taken_at = calendar::start_of_day(test.today, &program.zone).unwrap_or_default();
    evidence.artifacts = vec![Artifact {
        source: "test".to_owned(),
        path: "test".to_owned(),
        sha256: String::new(),
        collected_at: taken_at,
    }];
    let mut builders: Vec<TableBuilder> = program.facts.values().map(TableBuilder::new).collect();
    for (index, row) in test.rows.iter().enumerate() {
        let line = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let origin = Origin { source: 0, artifact: 0, line };
        if let Some(builder) = builders.get_mut(kijun_ir::Index::index(row.fact)) {
            builder.push(row.cells.clone(), origin);
        }
    }
    let dictionary = &mut evidence.dictionary;
    evidence.tables = builders.into_iter().map(|builder| builder.finish(dictionary)).collect();
    evidence.coverage = program
        .facts
        .ids()
        .map(|fact| vec![SourceCoverage { source: "test".to_owned(), held: held(program, test, fact) }])
        .collect();
    evidence
}

fn held(program: &Program, test: &Test, fact: FactId) -> Held {
    let shortfalls: Vec<Shortfall> =
        test.shortfalls.iter().filter(|(short, _)| *short == fact).map(|(_, shortfall)| *shortfall).collect();
    let missing = shortfalls.contains(&Shortfall::Missing);
    let defects =
        if shortfalls.contains(&Shortfall::Incomplete) { vec![Defect::NotVouched] } else { Vec::new() };
    match program.facts[fact].kind {
        FactKind::State if missing => Held::State(None),
        FactKind::State => {
            let stale = shortfalls.contains(&Shortfall::Stale);
            let day = if stale { day_too_old(program, test.today, fact) } else { test.today };
            Held::State(calendar::start_of_day(day, &program.zone).map(|at| Taken { at, defects }))
        }
        FactKind::Event { .. } if missing => Held::Log(Vec::new()),
        FactKind::Event { .. } => Held::Log(stretches(program, test.today, &shortfalls, &defects)),
    }
}

/// The last day on which a collection is too old to count.
fn day_too_old(program: &Program, today: Date, fact: FactId) -> Date {
    let fresh = program.facts[fact].fresh;
    let mut day =
        fresh.checked_neg().and_then(|back| calendar::add_to_date(today, back)).unwrap_or(Date::MIN);
    while calendar::add_to_date(day, fresh).is_some_and(|until| until >= today) {
        match day.yesterday() {
            Ok(before) => day = before,
            Err(_) => break,
        }
    }
    day
}

/// A log from the beginning of time to the end of the date of judgement, but for its gaps.
fn stretches(program: &Program, today: Date, shortfalls: &[Shortfall], defects: &[Defect]) -> Vec<Stretch> {
    let start_of = |day: Date| calendar::start_of_day(day, &program.zone).unwrap_or_default();
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
