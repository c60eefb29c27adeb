//! Consecutive events that have some fields in common.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use jiff::Timestamp;
use kijun_ir::{Cell, Duration, FactId, FactKind, FieldId, Kind, Truth, Value, calendar};

use super::{AsOf, Snapshot};
use crate::coverage::log_gaps;
use crate::{Defect, Gap, GapKind, Held, Table};

/// An event and the next one with the same values in some fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Paired {
    /// The earlier one.
    pub first: u32,
    /// The later one.
    pub second: u32,
    /// True where nothing can lie between the two; unknown where something may: the log has a gap there, an event there may belong to
    /// them for all that is known, or the order is not known because several happened at the same time.
    pub truth: Truth,
}

/// The pairs of an event by some fields, and which events may belong to any of them.
#[derive(Debug, Default)]
pub struct Pairs {
    /// INVARIANT: ascending, no two of the same rows.
    pairs: Vec<Paired>,
    loose: Loose,
    words: Words,
}

impl Pairs {
    /// The pairs, ascending by the earlier row, then by the later.
    pub fn all(&self) -> &[Paired] {
        &self.pairs
    }

    /// Whether two rows are a pair.
    pub fn truth(&self, first: u32, second: u32) -> Truth {
        let rows = |pair: &Paired| (pair.first, pair.second);
        // By INVARIANT on Pairs.
        let found = self.pairs.binary_search_by_key(&(first, second), rows);
        found.map_or(Truth::False, |at| self.pairs[at].truth)
    }
}

const MICROS_A_DAY: i64 = 86_400_000_000;

/// A moment of a log with the rows that happened then.
type Tied = (Timestamp, Vec<u32>);

/// By what rows belong together: a number for each value; `None` where it is not known.
type PartialKey = Vec<Option<u64>>;

/// The rows of which it is not known to which chain they belong, with when they happened.
type Loose = Vec<(Timestamp, PartialKey)>;

impl Snapshot<'_> {
    /// The pairs of an event by these fields. A row with `none` in one of the fields is in no pair. They are found once: of many events at one
    /// instant there are very many.
    pub fn pairs(&self, fact: FactId, by: &[FieldId]) -> Arc<Pairs> {
        let key = (fact, by.to_vec());
        let already = self.paired.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        already.unwrap_or_else(|| {
            let found = Arc::new(self.find_pairs(fact, by));
            // Two threads may have found the same; all get the first.
            let mut paired = self.paired.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(paired.entry(key).or_insert(found))
        })
    }

    fn find_pairs(&self, fact: FactId, by: &[FieldId]) -> Pairs {
        let FactKind::Event { at } = self.program.facts[fact].kind else { return Pairs::default() };
        let Some(view) = self.view(fact, AsOf::Today) else { return Pairs::default() };
        let table = view.table();
        let mut chains: BTreeMap<Vec<u64>, Vec<Tied>> = BTreeMap::new();
        let mut loose = Loose::new();
        let mut words = Words::default();
        for row in view.rows() {
            let Some(time) = self.instant_of(table, *row, at) else { continue };
            let Some(key) = self.key_of(table, *row, by, &mut |value| Some(words.number(value))) else {
                continue;
            };
            let Some(known) = key.iter().copied().collect() else {
                loose.push((time, key));
                continue;
            };
            let chain = chains.entry(known).or_default();
            match chain.last_mut() {
                Some((last, tied)) if *last == time => tied.push(*row),
                _ => chain.push((time, vec![*row])),
            }
        }
        let mut pairs: Vec<Paired> = Vec::new();
        for (key, chain) in &chains {
            let joining: Vec<Timestamp> = may_join(&loose, key).collect();
            pairs.extend(self.pairs_of(fact, chain, &joining));
        }
        pairs.sort_unstable();
        Pairs { pairs, loose, words }
    }

    /// Why further pairs may exist from one instant until another: events that may belong to any of the chains.
    pub(super) fn unpaired(
        &self,
        fact: FactId,
        by: &[FieldId],
        from: Option<Timestamp>,
        to: Timestamp,
    ) -> Option<Gap> {
        let at = self.program.facts[fact].time()?;
        let view = self.view(fact, AsOf::Today)?;
        let is_unknown =
            |row: u32| by.iter().any(|field| view.table().cell(&&self.texts, row, *field) == Cell::Unknown);
        let is_meant = |row: u32| {
            let time = self.instant_of(view.table(), row, at);
            time.is_some_and(|time| from.is_none_or(|from| from <= time) && time < to)
        };
        let count = view.rows().iter().filter(|row| is_unknown(**row) && is_meant(**row)).count();
        (count > 0).then_some(Gap { fact, source: None, kind: GapKind::Unpaired(count) })
    }

    /// The pairs of a chain, which further events may join at some instants.
    fn pairs_of(&self, fact: FactId, chain: &[Tied], joining: &[Timestamp]) -> Vec<Paired> {
        let mut pairs = Vec::new();
        for (_, tied) in chain {
            let among = tied.iter().flat_map(|first| tied.iter().map(move |second| (*first, *second)));
            let among = among.filter(|(first, second)| first != second);
            pairs.extend(among.map(|(first, second)| Paired { first, second, truth: Truth::Unknown }));
        }
        for [(from, earlier), (to, later)] in chain.array_windows() {
            let joined = joining.iter().any(|time| from <= time && time <= to);
            let alone = earlier.len() == 1 && later.len() == 1 && !joined;
            let truth = if alone && self.gaps_from_to(fact, *from, *to).is_empty() {
                Truth::True
            } else {
                Truth::Unknown
            };
            for first in earlier {
                pairs.extend(later.iter().map(|second| Paired { first: *first, second: *second, truth }));
            }
        }
        pairs
    }

    /// Why something may lie between two events that are paired by these fields: what is missing of the log between them, and how many events
    /// there may belong to them for all that is known.
    pub fn gaps_between(&self, fact: FactId, by: &[FieldId], first: u32, second: u32) -> Vec<Gap> {
        let FactKind::Event { at } = self.program.facts[fact].kind else { return Vec::new() };
        let Some(view) = self.view(fact, AsOf::Today) else { return Vec::new() };
        let table = view.table();
        let time = |row| self.instant_of(table, row, at);
        let (Some(from), Some(to)) = (time(first), time(second)) else { return Vec::new() };
        let pairs = self.pairs(fact, by);
        let key = self.key_of(table, first, by, &mut |value| pairs.words.known(value)).unwrap_or_default();
        let key: Vec<u64> = key.into_iter().flatten().collect();
        let joining = may_join(&pairs.loose, &key).filter(|time| from <= *time && *time <= to).count();
        let mut gaps = self.gaps_from_to(fact, from, to);
        gaps.extend((joining > 0).then_some(Gap { fact, source: None, kind: GapKind::Unpaired(joining) }));
        gaps
    }

    /// What any source of a log lacks of the stretch from one event to another, both included: of days all of the last.
    fn gaps_from_to(&self, fact: FactId, from: Timestamp, to: Timestamp) -> Vec<Gap> {
        let end = if self.happens_by_day(fact) {
            self.day_after(calendar::date_of(to, &self.program.calendar.zone))
        } else {
            to.checked_add(jiff::Span::new().microseconds(1)).unwrap_or(to)
        };
        let sources = &self.evidence.coverage[fact];
        if sources.is_empty() {
            return vec![Gap { fact, source: None, kind: GapKind::NoSource }];
        }
        let gaps = sources.iter().zip(0..).flat_map(|(source, index)| {
            let holes = match &source.held {
                Held::Log(stretches) => log_gaps(stretches, Some(from), end),
                Held::State(_) => vec![GapKind::NoCollection],
            };
            let undated = self.undated[fact].get(&index).copied().map(Defect::Undated);
            let kinds = holes.into_iter().chain(undated.map(GapKind::Defect));
            kinds.map(|kind| Gap { fact, source: Some(source.source.clone()), kind })
        });
        gaps.collect()
    }

    fn happens_by_day(&self, fact: FactId) -> bool {
        let fact = &self.program.facts[fact];
        fact.time().is_some_and(|at| fact.fields[at].ty.kind == Kind::Date)
    }

    /// When an event happened, a day as its first instant.
    fn instant_of(&self, table: &Table, row: u32, at: FieldId) -> Option<Timestamp> {
        match table.cell(&&self.texts, row, at) {
            Cell::Known(Value::DateTime(instant)) => Some(instant),
            Cell::Known(Value::Date(day)) => calendar::start_of_day(day, &self.program.calendar.zone),
            _ => None,
        }
    }

    /// The chain of a row; `None` where it belongs to none.
    fn key_of(
        &self,
        table: &Table,
        row: u32,
        by: &[FieldId],
        number: &mut dyn FnMut(Value) -> Option<u64>,
    ) -> Option<PartialKey> {
        let cells = by.iter().map(|field| match table.cell(&&self.texts, row, *field) {
            Cell::Known(value) => Some(number(value)),
            Cell::Unknown => Some(None),
            Cell::None => None,
        });
        cells.collect()
    }
}

/// When events happened that may belong to the chain of a key.
fn may_join<'l>(loose: &'l Loose, key: &'l [u64]) -> impl Iterator<Item = Timestamp> + 'l {
    loose.iter().filter(|(_, known)| fits(known, key)).map(|(time, _)| *time)
}

/// Whether nothing that is known of a key is otherwise.
fn fits(known: &PartialKey, key: &[u64]) -> bool {
    known.iter().zip(key).all(|(known, key)| known.is_none_or(|known| known == *key))
}

/// Numbers for values, in the order of their first sight. Values that are equal in another form (1.0 and 1.00, a day and 24 hours) get the same.
#[derive(Debug, Default)]
struct Words {
    numbers: rustc_hash::FxHashMap<Value, u64>,
}

impl Words {
    fn number(&mut self, value: Value) -> u64 {
        let next = self.numbers.len() as u64;
        *self.numbers.entry(in_one_form(value)).or_insert(next)
    }

    /// The number of a value that was seen.
    fn known(&self, value: Value) -> Option<u64> {
        self.numbers.get(&in_one_form(value)).copied()
    }
}

/// The same length with as many days as its clock time makes; as it is where there are too many.
fn in_days(length: Duration) -> Duration {
    let days = length.micros.div_euclid(MICROS_A_DAY);
    let all = i32::try_from(days).ok().and_then(|days| length.days.checked_add(days));
    all.map_or(length, |days| Duration { days, micros: length.micros.rem_euclid(MICROS_A_DAY), ..length })
}

fn in_one_form(value: Value) -> Value {
    match value {
        Value::Decimal(number) => Value::Decimal(number.normalize()),
        Value::Duration(length) => Value::Duration(in_days(length)),
        other => other,
    }
}
