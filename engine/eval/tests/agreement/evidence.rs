//! Generates evidence: rows with what may be wrong with them, collections with what they may lack.

use kijun_eval::{Defect, Evidence, Held, Origin, SourceCoverage, Stretch, TableBuilder, Taken};
use kijun_ir::{
    Cell, Expr, ExprKind, Fact, FactId, FactKind, FieldId, IndexVec, Program, Quantifier, Rule, Value,
};

use super::choices::Choices;
use super::values::Days;

/// Evidence as it is before it stands in tables.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) facts: IndexVec<FactId, Collected>,
}

/// What was collected of one fact.
#[derive(Clone)]
pub(crate) struct Collected {
    /// The rows, in any order. Within a fact no two have the same line.
    pub(crate) rows: Vec<(Vec<Cell>, Origin)>,
    pub(crate) coverage: Vec<SourceCoverage>,
}

/// A fact has fewer rows than this, but now and then one of a size that fills more than one word, block or morsel.
const FEW: u32 = 7;
const MANY: [u32; 6] = [70, 70, 140, 140, 1_000, 20_000];

/// So many times the prover may read a row in one case.
const PATIENCE: u64 = 200_000;

impl Draft {
    /// Random evidence for a program.
    pub(crate) fn generate(choices: &mut Choices, program: &Program, days: &Days) -> Self {
        let counts = counts(choices, program);
        let mut facts = IndexVec::new();
        for (id, fact) in program.facts.iter() {
            let careful = !choices.chance(40);
            facts.push(Collector { choices, fact, days, careful }.collect(counts[id]));
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

/// How many rows each fact has. A large number is halved until the rules do not take too long by it.
fn counts(choices: &mut Choices, program: &Program) -> IndexVec<FactId, u32> {
    let large = choices.below(150).checked_sub(145);
    let count = |id: FactId| if large == Some(id.0) { choices.pick(&MANY) } else { choices.below(FEW) };
    let mut counts: IndexVec<FactId, u32> = program.facts.ids().map(count).collect();
    while let Some(large) = program.facts.ids().find(|id| counts[*id] > FEW) {
        if program.rules.values().map(|rule| reads(rule, &counts)).sum::<u64>() < PATIENCE {
            break;
        }
        counts[large] /= 2;
    }
    counts
}

/// How often a rule reads a row, about.
fn reads(rule: &Rule, counts: &IndexVec<FactId, u32>) -> u64 {
    let subject: u64 = rule.exprs().map(|expr| reads_of(expr, counts)).sum();
    let excuses: u64 = rule.excused.iter().map(|excuse| rows_of(excuse, counts)).sum();
    let subjects = rule.population.as_ref().map_or(1, |population| rows_of(&population.rows, counts));
    subjects.saturating_mul(1 + subject.saturating_add(excuses))
}

fn rows_of(quantifier: &Quantifier, counts: &IndexVec<FactId, u32>) -> u64 {
    let condition = quantifier.condition.as_ref().map_or(0, |condition| reads_of(condition, counts));
    u64::from(counts[quantifier.fact]).saturating_mul(1 + condition)
}

fn reads_of(expr: &Expr, counts: &IndexVec<FactId, u32>) -> u64 {
    match &expr.kind {
        ExprKind::Some(quantifier) => rows_of(quantifier, counts),
        ExprKind::Count { quantifier, bound, .. } => rows_of(quantifier, counts) + reads_of(bound, counts),
        _ => expr.children().into_iter().map(|child| reads_of(child, counts)).sum(),
    }
}

/// Collects one fact, in three cases of five without any lapse.
struct Collector<'a> {
    choices: &'a mut Choices,
    fact: &'a Fact,
    days: &'a Days,
    careful: bool,
}

impl Collector<'_> {
    fn collect(&mut self, count: u32) -> Collected {
        let sources = if self.lapse(10) { 0 } else { self.choices.pick(&[1, 1, 1, 1, 2, 2, 3]) };
        let coverage: Vec<SourceCoverage> = (0..sources)
            .map(|source| SourceCoverage { source: format!("source{source}"), held: self.held() })
            .collect();
        let unique = !self.lapse(50);
        let rows = (0..count).map(|line| {
            let origin = Origin { source: self.choices.below(sources.max(1)), artifact: 0, line: line + 1 };
            (self.row(unique.then_some(line)), origin)
        });
        let rows = rows.collect();
        Collected { rows, coverage }
    }

    /// Whether something goes wrong that does in so many of a hundred cases.
    fn lapse(&mut self, percent: u32) -> bool {
        !self.careful && self.choices.chance(percent)
    }

    /// The cells of a row. Its key is drawn like any reference, or made of its line where that is given.
    fn row(&mut self, line: Option<u32>) -> Vec<Cell> {
        let fact = self.fact;
        let cells = fact.fields.iter().map(|(id, field)| {
            if self.lapse(if is_lead(fact, id) { 4 } else { 10 }) {
                return Cell::Unknown;
            }
            let is_none = if field.ty.optional { self.choices.chance(30) } else { self.lapse(2) };
            match line {
                _ if is_none => Cell::None,
                Some(line) if fact.key == Some(id) => Cell::Known(Value::text(&format!("k{line}"))),
                _ => Cell::Known(self.days.value(self.choices, field.ty.kind)),
            }
        });
        cells.collect()
    }

    fn held(&mut self) -> Held {
        match self.fact.kind {
            FactKind::State => {
                if self.lapse(8) {
                    return Held::State(None);
                }
                let ages: &[i64] = if self.careful { &[0, 0, 1, 3] } else { &[0, 0, 2, 3, -1, 31, 40] };
                let at = self.days.start(-self.choices.pick(ages));
                Held::State(Some(Taken { at, defects: self.defects() }))
            }
            FactKind::Event { .. } => Held::Log(self.stretches()),
        }
    }

    fn stretches(&mut self) -> Vec<Stretch> {
        if !self.lapse(80) {
            let to = self.days.start(self.choices.pick(&[1, 1, 3]));
            return vec![Stretch { from: jiff::Timestamp::MIN, to, defects: Vec::new() }];
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
