//! The sources with what they cover, what they lack and the files that they delivered.

use kijun_eval::{AsOf, Gap, Held, Snapshot, SourceCoverage};
use kijun_ir::{FactId, FactKind};

use super::lack::{defect, of_gap};
use super::words::{fact_name, freshness};
use super::{CollectionRecord, CoverageRecord, LackRecord, SourceRecord};

/// The sources of all facts, each with its fact. A collection whose source no fact knows makes a source of its own, so that no file is
/// left out.
pub(super) fn sources(
    snapshot: &Snapshot<'_>,
    collections: Vec<CollectionRecord>,
) -> Vec<(FactId, SourceRecord)> {
    let mut sources: Vec<(FactId, SourceRecord)> = Vec::new();
    for (fact, coverage) in snapshot.evidence.coverage.iter() {
        let gaps = gaps(snapshot, fact);
        for source in coverage {
            let own = gaps.iter().filter(|gap| gap.source.as_ref() == Some(&source.source));
            let lacks = own.map(|gap| of_gap(snapshot, gap)).collect();
            let covered = held(source);
            sources.push((fact, empty(snapshot, fact, &source.source, covered, lacks)));
        }
    }
    let mut collections = collections;
    collections.sort_by(|a, b| {
        (a.fact, &a.source, &a.path, &a.sha256).cmp(&(b.fact, &b.source, &b.path, &b.sha256))
    });
    for mut collection in collections {
        collection.rejected.sort_by(|a, b| (a.line, &a.column).cmp(&(b.line, &b.column)));
        let belongs = |(fact, source): &(FactId, SourceRecord)| {
            *fact == collection.fact && source.name == collection.source
        };
        let position = sources.iter().position(belongs).unwrap_or_else(|| {
            let stray = empty(snapshot, collection.fact, &collection.source, Vec::new(), Vec::new());
            sources.push((collection.fact, stray));
            sources.len() - 1
        });
        sources[position].1.collections.push(collection);
    }
    sources
}

/// What is missing of a fact, as the whole period under audit asks for it.
fn gaps(snapshot: &Snapshot<'_>, fact: FactId) -> Vec<Gap> {
    match snapshot.program.facts[fact].kind {
        FactKind::Event { .. } => snapshot.covered_gaps(fact, None),
        FactKind::State => snapshot.quantifier_gaps(fact, AsOf::Today, None),
        FactKind::Table | FactKind::Relation(_) | FactKind::Calendar(_) | FactKind::Gaps(_) => Vec::new(),
    }
}

fn empty(
    snapshot: &Snapshot<'_>,
    fact: FactId,
    name: &str,
    coverage: Vec<CoverageRecord>,
    gaps: Vec<LackRecord>,
) -> SourceRecord {
    SourceRecord {
        name: name.to_owned(),
        fact: fact_name(snapshot.program, fact),
        fresh: freshness(snapshot.program, fact),
        coverage,
        gaps,
        collections: Vec::new(),
    }
}

/// What a source holds, in the order of time.
fn held(source: &SourceCoverage) -> Vec<CoverageRecord> {
    match &source.held {
        Held::State(taken) => taken
            .iter()
            .map(|taken| CoverageRecord::Taken {
                at: taken.at,
                defects: taken.defects.iter().copied().map(defect).collect(),
            })
            .collect(),
        Held::Log(stretches) => {
            let mut stretches: Vec<_> = stretches.iter().collect();
            stretches.sort_by_key(|stretch| (stretch.from, stretch.to, stretch.defects.clone()));
            stretches
                .into_iter()
                .map(|stretch| CoverageRecord::Covers {
                    from: stretch.from,
                    to: stretch.to,
                    defects: stretch.defects.iter().copied().map(defect).collect(),
                })
                .collect()
        }
    }
}
