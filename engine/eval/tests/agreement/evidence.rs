//! Generates evidence: rows with what may be wrong with them, collections with what they may lack.

use jiff::{Timestamp, ToSpan};
use kijun_eval::{Defect, Evidence, Held, Occasion, Origin, SourceCoverage, Stretch, TableBuilder, Taken};
use kijun_ir::{Cell, Fact, FactId, FactKind, FieldId, IndexVec, Program, Value};

use super::choices::Choices;
use super::cost;
use super::values::Days;

/// Evidence as it is before it stands in tables.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) facts: IndexVec<FactId, Collected>,
}

/// What was collected of one fact.
#[derive(Clone, Default)]
pub(crate) struct Collected {
    /// The rows, in any order. Within a fact no two have the same line.
    pub(crate) rows: Vec<(Vec<Cell>, Origin)>,
    pub(crate) coverage: Vec<SourceCoverage>,
}

/// How many rows a fact has: mostly enough that somebody is judged and rows lie between others.
const FEW: [u32; 9] = [0, 1, 2, 2, 3, 3, 4, 5, 6];
/// What is paired has more.
const PAIRED: [u32; 6] = [2, 3, 4, 5, 6, 6];
/// Now and then one has a size that fills more than one word, block or morsel.
const MANY: [u32; 6] = [70, 70, 140, 140, 1_000, 20_000];

/// So many times the prover may read a row in one case, and where rows are few.
const PATIENCE: u64 = 60_000;
pub(crate) const LITTLE_PATIENCE: u64 = 4_000;

impl Draft {
    /// Random evidence for a program.
    pub(crate) fn generate(
        choices: &mut Choices,
        program: &Program,
        days: &Days,
        occasion: Occasion,
    ) -> Self {
        let counts = counts(choices, program, occasion);
        let mut facts = IndexVec::new();
        for (id, fact) in program.facts.iter() {
            if !fact.is_collected() {
                facts.push(Collected::default());
                continue;
            }
            let careful = !choices.chance(28);
            let many = counts[id] > FEW[FEW.len() - 1];
            facts.push(Collector { choices, fact, days, careful, many, lines: 0 }.collect(counts[id]));
        }
        Self { facts }
    }

    /// The evidence with its rows pushed in the order in which they stand.
    pub(crate) fn evidence(&self, program: &Program) -> Evidence {
        let mut evidence = Evidence::empty(program);
        for (id, collected) in self.facts.iter() {
            let mut table = TableBuilder::new(&program.facts[id]);
            for (cells, origin) in &collected.rows {
                table.push(cells.clone(), *origin);
            }
            evidence.tables[id] = table.finish(&mut evidence.dictionary);
            evidence.coverage[id] = collected.coverage.clone();
        }
        evidence
    }

    /// The same evidence in another order of rows.
    pub(crate) fn shuffled(&self, choices: &mut Choices) -> Draft {
        let mut shuffled = self.clone();
        for id in self.facts.ids() {
            shuffled.facts[id].rows = choices.shuffled(self.facts[id].rows.clone());
        }
        shuffled
    }
}

/// How many rows each fact has, of a state in each collection. The largest number is halved until rules and relations do not take too long by it.
fn counts(choices: &mut Choices, program: &Program, occasion: Occasion) -> IndexVec<FactId, u32> {
    let large = choices.below(150).checked_sub(145);
    let count = |id: FactId| {
        let sizes: &[u32] = match large {
            Some(large) if large == id.0 => &MANY,
            _ if is_paired(program, id) => &PAIRED,
            _ => &FEW,
        };
        choices.pick(sizes)
    };
    let mut counts: IndexVec<FactId, u32> = program.facts.ids().map(count).collect();
    let patience =
        if counts.values().any(|count| *count > FEW[FEW.len() - 1]) { PATIENCE } else { LITTLE_PATIENCE };
    while cost::reads(program, occasion, &counts) > patience {
        let largest = program.facts.ids().max_by_key(|id| counts[*id]).filter(|id| counts[*id] > 0);
        let Some(largest) = largest else { break };
        counts[largest] /= 2;
    }
    counts
}

fn is_paired(program: &Program, fact: FactId) -> bool {
    let mut populations = program.rules.values().filter_map(|rule| rule.population.as_ref());
    populations.any(|population| population.pair.is_some() && population.rows.fact == fact)
}

/// Collects one fact, in three cases of four without any lapse.
struct Collector<'a> {
    choices: &'a mut Choices,
    fact: &'a Fact,
    days: &'a Days,
    careful: bool,
    many: bool,
    lines: u32,
}

impl Collector<'_> {
    fn collect(&mut self, count: u32) -> Collected {
        let sources = if self.lapse(10) { 0 } else { self.choices.pick(&[1, 1, 1, 1, 2, 2, 3]) };
        let unique = !self.lapse(50);
        let mut collected = Collected::default();
        for source in 0..sources {
            let held = self.held();
            let name = format!("source{source}");
            collected.coverage.push(SourceCoverage { source: name, held });
        }
        let shares = self.shares(count, sources.max(1));
        let mut first = 0;
        for (source, share) in (0..).zip(shares) {
            let pictures = match collected.coverage.get(source as usize).map(|coverage| &coverage.held) {
                Some(Held::State(pictures)) => u32::try_from(pictures.len()).unwrap_or(1),
                _ => 1,
            };
            let keys = unique.then_some(first..first + share);
            self.rows(source, pictures, share, keys, &mut collected.rows);
            first += share;
        }
        collected
    }

    /// So many rows spread over the sources.
    fn shares(&mut self, count: u32, sources: u32) -> Vec<u32> {
        let mut shares = vec![0; sources as usize];
        for _ in 0..count {
            shares[self.choices.below(sources) as usize] += 1;
        }
        shares
    }

    /// The rows of a source: of a state in each of its collections, most of them as the one before showed them.
    fn rows(
        &mut self,
        source: u32,
        pictures: u32,
        count: u32,
        keys: Option<std::ops::Range<u32>>,
        rows: &mut Vec<(Vec<Cell>, Origin)>,
    ) {
        let mut before: Vec<Vec<Cell>> = Vec::new();
        // A source without a collection may have rows all the same: they count nowhere.
        for collection in 0..pictures.max(u32::from(self.choices.chance(10))) {
            let mut shown = Vec::new();
            for index in 0..count {
                if collection > 0 && self.choices.chance(15) {
                    continue;
                }
                let kept = before.get(index as usize).cloned().filter(|_| self.choices.chance(60));
                let number = keys.as_ref().map(|keys| keys.start + index);
                let cells = kept.unwrap_or_else(|| self.row(number));
                self.lines += 1;
                let artifact = self.choices.below(2);
                rows.push((cells.clone(), Origin { source, collection, artifact, line: self.lines }));
                shown.push(cells);
            }
            before = shown;
        }
    }

    /// Whether something goes wrong that does in so many of a hundred cases.
    fn lapse(&mut self, percent: u32) -> bool {
        !self.careful && self.choices.chance(percent)
    }

    /// The cells of a row. Its key is drawn like any reference, or made of its number where that is given.
    fn row(&mut self, number: Option<u32>) -> Vec<Cell> {
        let fact = self.fact;
        let cells = fact.fields.iter().map(|(id, field)| {
            if self.lapse(if is_lead(fact, id) { 4 } else { 10 }) {
                return Cell::Unknown;
            }
            let is_none = if field.ty.optional { self.choices.chance(30) } else { self.lapse(2) };
            match number {
                _ if is_none => Cell::None,
                Some(number) if fact.key == Some(id) => Cell::Known(Value::text(&format!("k{number}"))),
                _ if fact.time() == Some(id) => Cell::Known(self.days.time(self.choices, field.ty.kind)),
                _ => Cell::Known(self.days.value(self.choices, field.ty.kind)),
            }
        });
        cells.collect()
    }

    fn held(&mut self) -> Held {
        match self.fact.kind {
            FactKind::Event { .. } => Held::Log(self.stretches()),
            _ => Held::State(self.pictures()),
        }
    }

    /// The collections of a state; of one with many rows only the last.
    fn pictures(&mut self) -> Vec<Taken> {
        if self.lapse(8) {
            return Vec::new();
        }
        let ages: &[i64] = if self.careful { &[0, 0, 1, 3] } else { &[0, 0, 2, 3, -1, 31, 40] };
        let mut times = vec![self.days.start(-self.choices.pick(ages))];
        let more: &[u32] = if self.many { &[0] } else { &[0, 0, 1, 1, 2] };
        for _ in 0..self.choices.pick(more) {
            let day = self.days.start(-self.choices.pick(&[0, 1, 2, 3, 4, 5, 8, 31, 40]));
            times.push(self.hour(day));
        }
        if !self.many {
            times.extend(self.earlier_pictures());
        }
        times.sort_unstable();
        times.dedup();
        times.into_iter().map(|at| Taken { at, defects: self.defects() }).collect()
    }

    /// What rules ask of an earlier moment is mostly shown: as of the beginning of the period, several times on one of its days.
    fn earlier_pictures(&mut self) -> Vec<Timestamp> {
        let mut times = Vec::new();
        let start = self.days.period.start;
        if self.choices.chance(50) {
            let ago = self.choices.pick(&[0, 0, 1, 2]);
            times.push(self.days.start_of(start.checked_sub(ago.days()).unwrap_or(start)));
        }
        if self.choices.chance(40) {
            let day = self.days.start_of(start);
            times.extend([self.hour(day), self.hour(day)]);
        }
        if self.choices.chance(25) {
            times.push(self.days.start(-self.choices.pick(&[5, 10, 20, 31])));
        }
        times
    }

    /// An hour of a day that begins then.
    fn hour(&mut self, day: Timestamp) -> Timestamp {
        day.checked_add(self.choices.pick(&[0, 10, 15]).hours()).unwrap_or(day)
    }

    fn stretches(&mut self) -> Vec<Stretch> {
        if !self.lapse(80) {
            let to = self.days.start(self.choices.pick(&[1, 1, 3]));
            return vec![Stretch { from: Timestamp::MIN, to, defects: Vec::new() }];
        }
        let count = self.choices.below(4);
        let stretches = (0..count).map(|_| {
            let from = self.choices.pick(&[-1000, -60, -30, -10, -3]);
            let to = self.choices.pick(&[1, 2, 0, -1, -10, -20]).max(from + 1);
            Stretch { from: self.days.start(from), to: self.days.start(to), defects: self.defects() }
        });
        stretches.collect()
    }

    fn defects(&mut self) -> Vec<Defect> {
        if !self.lapse(20) {
            return Vec::new();
        }
        let row_count = Defect::RowCount { vouched: 3, found: 2 };
        vec![self.choices.pick(&[Defect::NotVouched, Defect::Rejected(1), row_count])]
    }
}

/// Whether the field is the key or the time.
fn is_lead(fact: &Fact, field: FieldId) -> bool {
    fact.key == Some(field) || fact.kind == FactKind::Event { at: field }
}
