//! What collections cover, and what is missing where they do not.

use jiff::Timestamp;
use kijun_ir::FactId;

/// What one source of a fact holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceCoverage {
    /// The name of the source in `kijun.toml`.
    pub source: String,
    /// Its collections.
    pub held: Held,
}

/// The collections of a source, as far as they matter for coverage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// Of a state: its collections, ascending; the rows say by their origin which of them shows them.
    State(Vec<Taken>),
    /// Of an event: one stretch a collection, in any order.
    Log(Vec<Stretch>),
}

/// A picture of a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The moment.
    pub at: Timestamp,
    /// Why it may lack rows; empty where it is whole.
    pub defects: Vec<Defect>,
}

/// A half-open stretch of time that a collection of events covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Its first instant.
    pub from: Timestamp,
    /// The instant after its last.
    pub to: Timestamp,
    /// Why it may lack rows; empty where it is whole.
    pub defects: Vec<Defect>,
}

/// Why a collection may lack rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Defect {
    /// So many rows could not be read.
    Rejected(usize),
    /// The number of rows is not the one that was vouched for.
    RowCount {
        /// The number vouched for.
        vouched: usize,
        /// The number found, rejected rows included.
        found: usize,
    },
    /// It is not known when so many events happened (two sources contradict each other), so that they count nowhere.
    Undated(usize),
    /// Nobody vouches that nothing is missing.
    NotVouched,
    /// A file of it is not there or cannot be read, so that nothing of it counts.
    Unusable,
}

/// The time about which a quantifier asks: half-open, without an end where `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The first instant.
    pub from: Option<Timestamp>,
    /// The instant after the last.
    pub to: Option<Timestamp>,
}

/// A piece of the evidence that was asked for and is not there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gap {
    /// The fact.
    pub fact: FactId,
    /// The source; `None` where the fact has none.
    pub source: Option<String>,
    /// What is missing.
    pub kind: GapKind,
}

/// In what way evidence is missing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GapKind {
    /// No source delivers the fact.
    NoSource,
    /// The source has delivered nothing.
    NoCollection,
    /// The last picture, taken then, is older than the fact's `fresh within` allows.
    Stale(Timestamp),
    /// The first picture was taken then, after the moment asked about.
    Later(Timestamp),
    /// A collection may lack rows.
    Defect(Defect),
    /// It is not known of so many events with which others they belong together.
    Unpaired(usize),
    /// The moment as of which it is asked is not known, or has not come.
    NoMoment,
    /// The moment as of which it is asked is after the date of judgement.
    Ahead,
    /// The question reaches beyond the stretch of the calendar that a run looks at, or the holidays that it knows.
    BeyondCalendar,
    /// No collection covers this stretch; without a beginning where `None`.
    Uncollected {
        /// Its first instant.
        from: Option<Timestamp>,
        /// The instant after its last.
        to: Timestamp,
    },
}

/// The gaps of a log over a half-open question, ascending: what whole stretches do not cover,
/// and the defects of those that lie in what is left.
pub(crate) fn log_gaps(stretches: &[Stretch], from: Option<Timestamp>, to: Timestamp) -> Vec<GapKind> {
    let mut whole: Vec<(Timestamp, Timestamp)> = stretches
        .iter()
        .filter(|stretch| stretch.defects.is_empty())
        .map(|stretch| (stretch.from, stretch.to))
        .collect();
    whole.sort_unstable();
    let mut holes = Vec::new();
    let mut reached = from;
    for (start, end) in whole.into_iter().filter(|(start, _)| *start < to) {
        if reached.is_none_or(|reached| start > reached) {
            holes.push((reached, start));
        }
        reached = Some(reached.map_or(end, |reached| reached.max(end)));
    }
    if reached.is_none_or(|reached| reached < to) {
        holes.push((reached, to));
    }
    holes.into_iter().flat_map(|(from, to)| explain_hole(stretches, from, to)).collect()
}

/// A hole is a defect where a defective collection spans all of it, otherwise uncollected.
fn explain_hole(stretches: &[Stretch], from: Option<Timestamp>, to: Timestamp) -> Vec<GapKind> {
    let spans = |stretch: &&Stretch| from.is_some_and(|from| stretch.from <= from) && stretch.to >= to;
    let mut defects: Vec<Defect> =
        stretches.iter().filter(spans).flat_map(|stretch| stretch.defects.clone()).collect();
    defects.sort_unstable();
    defects.dedup();
    if defects.is_empty() {
        return vec![GapKind::Uncollected { from, to }];
    }
    defects.into_iter().map(GapKind::Defect).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn stretch(from: i64, to: i64, defects: Vec<Defect>) -> Stretch {
        Stretch { from: at(from), to: at(to), defects }
    }

    fn hole(from: i64, to: i64) -> GapKind {
        GapKind::Uncollected { from: Some(at(from)), to: at(to) }
    }

    #[test]
    fn stretches_that_touch_cover() {
        let log = [stretch(10, 20, vec![]), stretch(0, 10, vec![])];
        assert_eq!(log_gaps(&log, Some(at(0)), at(20)), []);
        assert_eq!(log_gaps(&log, Some(at(0)), at(21)), [hole(20, 21)]);
        assert_eq!(log_gaps(&log, None, at(20)), [GapKind::Uncollected { from: None, to: at(0) }]);
        assert_eq!(log_gaps(&[], Some(at(0)), at(1)), [hole(0, 1)]);
    }

    #[test]
    fn holes_are_named_one_by_one() {
        let log = [stretch(0, 5, vec![]), stretch(7, 9, vec![]), stretch(12, 30, vec![])];
        assert_eq!(log_gaps(&log, Some(at(2)), at(20)), [hole(5, 7), hole(9, 12)]);
    }

    #[test]
    fn a_stretch_after_the_question_covers_nothing() {
        assert_eq!(log_gaps(&[stretch(20, 30, vec![])], Some(at(0)), at(10)), [hole(0, 10)]);
        let log = [stretch(0, 5, vec![]), stretch(20, 30, vec![])];
        assert_eq!(log_gaps(&log, Some(at(0)), at(10)), [hole(5, 10)]);
        let before = [stretch(0, 5, vec![]), stretch(5, 9, vec![])];
        assert_eq!(log_gaps(&before, Some(at(20)), at(30)), [hole(20, 30)]);
    }

    #[test]
    fn a_defective_collection_covers_nothing_and_says_why() {
        let log = [stretch(0, 10, vec![Defect::Rejected(2)]), stretch(10, 20, vec![])];
        assert_eq!(log_gaps(&log, Some(at(0)), at(20)), [GapKind::Defect(Defect::Rejected(2))]);
    }
}
