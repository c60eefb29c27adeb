//! What the cases showed: verdicts, and of each construct what the conditions in which it stands came to.

use std::collections::BTreeMap;
use std::fmt;

use kijun_eval::Outcome;
use kijun_ir::{
    AggregateOp, ArithmeticOp, Counts, Edge, Expr, ExprKind, FactId, FactKind, Function, Judged, Program,
    Quantifier, Truth, Verdict,
};

/// How often a condition came to false, unknown and true.
type Came = [u64; 3];

/// What was seen so far.
#[derive(Default)]
pub(crate) struct Seen {
    rules: BTreeMap<&'static str, Counts>,
    /// The rules that were undetermined only because nobody was there to be judged.
    nobody: BTreeMap<&'static str, u64>,
    pub(crate) subjects: Counts,
    constructs: BTreeMap<String, Came>,
    derived: BTreeMap<&'static str, Came>,
    /// The relations and populations that have no further row although something is missing of what they are made of.
    closed: BTreeMap<&'static str, u64>,
}

impl Seen {
    /// The sum of two.
    pub(crate) fn and(mut self, other: Seen) -> Seen {
        for verdict in Verdict::ALL {
            (0..other.subjects.get(verdict)).for_each(|_| self.subjects.add(verdict));
            for (shape, counts) in &other.rules {
                let sum = self.rules.entry(shape).or_default();
                (0..counts.get(verdict)).for_each(|_| sum.add(verdict));
            }
        }
        for (shape, count) in other.nobody {
            *self.nobody.entry(shape).or_default() += count;
        }
        for (label, came) in other.constructs {
            add(self.constructs.entry(label).or_default(), came);
        }
        for (label, came) in other.derived {
            add(self.derived.entry(label).or_default(), came);
        }
        for (label, count) in other.closed {
            *self.closed.entry(label).or_default() += count;
        }
        self
    }

    /// Counts what has no further row although something is missing of what it is made of.
    pub(super) fn closed(&mut self, label: &'static str) {
        *self.closed.entry(label).or_default() += 1;
    }

    /// Counts the verdicts of a case.
    pub(super) fn outcome(&mut self, program: &Program, outcome: &Outcome) {
        for (id, judged) in outcome.rules.iter() {
            let shape = shape(program, &program.rules[id]);
            self.rules.entry(shape).or_default().add(judged.verdict);
            let is_empty = judged.subjects.is_empty() && judged.population_gaps.is_empty();
            if is_empty && judged.verdict == Verdict::Undetermined {
                *self.nobody.entry(shape).or_default() += 1;
            }
            judged.subjects.iter().for_each(|subject| self.subjects.add(subject.verdict));
        }
    }

    /// Counts a condition that was evaluated, and the values that stand in it.
    pub(super) fn condition(&mut self, program: &Program, expr: &Expr, truth: Truth) {
        let mut labels = Vec::new();
        label(program, expr, &mut labels);
        labels.sort();
        labels.dedup();
        for label in labels {
            self.constructs.entry(label).or_default()[truth as usize] += 1;
        }
    }

    /// Counts a derived row: sure, possible; or that there is none.
    pub(super) fn derived(&mut self, label: &'static str, truth: Truth) {
        self.derived.entry(label).or_default()[truth as usize] += 1;
    }

    /// How many rules had a verdict.
    pub(crate) fn rules(&self, verdict: Verdict) -> usize {
        self.rules.values().map(|counts| counts.get(verdict)).sum()
    }

    /// The constructs that did not occur.
    pub(crate) fn absent(&self) -> Vec<String> {
        self.lacking(|came| came.iter().sum::<u64>() == 0)
    }

    /// The constructs that have not come to each of the truths that they may come to.
    fn one_sided(&self) -> Vec<String> {
        self.lacking(|came| came.contains(&0))
    }

    fn lacking(&self, lacks: impl Fn(&[u64]) -> bool) -> Vec<String> {
        let constructs = expected().into_iter().filter(|label| {
            let came = self.constructs.get(label).copied().unwrap_or_default();
            // Coverage is never denied.
            lacks(if label.starts_with("covered") || label == "admissible" { &came[1..] } else { &came })
        });
        let derived = ["relation", "circle"].into_iter().filter(|label| {
            let came = self.derived.get(label).copied().unwrap_or_default();
            lacks(&came)
        });
        let derived = derived.map(|label| format!("rows of a {label}: none, possible, sure"));
        let closed = ["relation", "circle", "population"].into_iter();
        let never = closed.filter(|label| lacks(&[self.closed.get(label).copied().unwrap_or_default()]));
        let closed = never.map(|label| format!("a {label} without further rows whatever is missing"));
        constructs.chain(derived).chain(closed).collect()
    }
}

fn add(sum: &mut Came, came: Came) {
    sum.iter_mut().zip(came).for_each(|(sum, came)| *sum += came);
}

impl fmt::Display for Seen {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (shape, counts) in &self.rules {
            write!(out, "{shape:>24}")?;
            for verdict in Verdict::ALL {
                write!(out, "  {} {}", counts.get(verdict), verdict.name())?;
            }
            writeln!(
                out,
                "; undetermined for nobody {}",
                self.nobody.get(shape).copied().unwrap_or_default()
            )?;
        }
        write!(out, "{:>24}", "subjects")?;
        for verdict in Verdict::ALL {
            write!(out, "  {} {}", self.subjects.get(verdict), verdict.name())?;
        }
        writeln!(out, "\n{:>32} {:>10} {:>10} {:>10}", "", "false", "unknown", "true")?;
        for (label, [no, unknown, yes]) in &self.constructs {
            writeln!(out, "{label:>32} {no:>10} {unknown:>10} {yes:>10}")?;
        }
        for (label, [none, possible, sure]) in &self.derived {
            writeln!(out, "rows of a {label}: {none} times none, {possible} possible, {sure} sure")?;
        }
        for (label, count) in &self.closed {
            writeln!(out, "a {label} without further rows whatever is missing: {count} times")?;
        }
        for label in self.one_sided() {
            writeln!(out, "not seen false, unknown and true: {label}")?;
        }
        Ok(())
    }
}

/// What kind of subjects a rule has.
fn shape(program: &Program, rule: &kijun_ir::Rule) -> &'static str {
    let Some(population) = &rule.population else {
        return if rule.judged == Judged::AtToday { "organisation" } else { "organisation throughout" };
    };
    match (program.facts[population.rows.fact].kind, rule.judged) {
        (FactKind::State, Judged::AtToday) => "state",
        (FactKind::State, Judged::ThroughoutPeriod) => "state throughout",
        (FactKind::Relation(_), Judged::AtToday) => "relation",
        (FactKind::Relation(_), Judged::ThroughoutPeriod) => "relation throughout",
        (FactKind::Event { .. }, _) if population.pair.is_some() => "pairs",
        (FactKind::Event { .. }, _) => "event",
        (FactKind::Table, _) => "table",
        (FactKind::Calendar(_), _) => "calendar",
        (FactKind::Gaps(_), _) => "gaps",
    }
}

/// The names of an expression and of the values in it, down to the conditions that are counted for themselves.
fn label(program: &Program, expr: &Expr, labels: &mut Vec<String>) {
    labels.extend(own_label(expr));
    labels.extend(rows_label(program, expr));
    for child in expr.children() {
        if !is_condition(child) {
            label(program, child, labels);
        }
    }
}

fn is_condition(expr: &Expr) -> bool {
    expr.ty.kind == kijun_ir::Kind::Bool
        && !matches!(expr.kind, ExprKind::Field { .. } | ExprKind::Follow { .. })
}

fn own_label(expr: &Expr) -> Option<String> {
    Some(match &expr.kind {
        ExprKind::Literal(_) => "literal".to_owned(),
        ExprKind::NoneLiteral => "none".to_owned(),
        ExprKind::Today => "today".to_owned(),
        ExprKind::Period => "period".to_owned(),
        ExprKind::Moment => "moment".to_owned(),
        ExprKind::Range { .. } => "range".to_owned(),
        ExprKind::Edge { edge, .. } => edge_label(*edge).to_owned(),
        ExprKind::Param(_) => "param".to_owned(),
        ExprKind::Field { .. } => "field".to_owned(),
        ExprKind::Follow { at: None, .. } => "follow".to_owned(),
        ExprKind::Follow { at: Some(_), .. } => "follow at".to_owned(),
        ExprKind::Not(_) => "not".to_owned(),
        ExprKind::And(_) => "and".to_owned(),
        ExprKind::Or(_) => "or".to_owned(),
        ExprKind::Compare { op, .. } => op.symbol().to_owned(),
        ExprKind::OneOf { .. } => "in list".to_owned(),
        ExprKind::InPeriod { .. } => "in period".to_owned(),
        ExprKind::InCidr { .. } => "in cidr".to_owned(),
        ExprKind::IsNone(_) => "is none".to_owned(),
        ExprKind::StartsWith { .. } => "starts with".to_owned(),
        ExprKind::Contains { .. } => "contains".to_owned(),
        ExprKind::Matches { .. } => "matches".to_owned(),
        ExprKind::Format(_) => "format".to_owned(),
        ExprKind::Arithmetic { op, .. } => arithmetic_label(*op).to_owned(),
        ExprKind::DateOf(_) => "date of".to_owned(),
        ExprKind::Call { function, .. } => format!("call {function:?}"),
        ExprKind::If { .. } => "if".to_owned(),
        ExprKind::Else { .. } => "else".to_owned(),
        ExprKind::Some(_) => "some".to_owned(),
        ExprKind::Count { op, .. } => format!("count {}", op.symbol()),
        ExprKind::Aggregate { op, .. } => aggregate_label(*op),
        ExprKind::Covered { period: None, .. } => "covered".to_owned(),
        ExprKind::Covered { period: Some(_), .. } => "covered period".to_owned(),
        ExprKind::Admissible { .. } => "admissible".to_owned(),
        ExprKind::Needs { .. } => "needs".to_owned(),
        ExprKind::Named { .. } => "named".to_owned(),
    })
}

fn edge_label(edge: Edge) -> &'static str {
    match edge {
        Edge::Start => "start of",
        Edge::End => "end of",
    }
}

fn arithmetic_label(op: ArithmeticOp) -> &'static str {
    match op {
        ArithmeticOp::Add => "+",
        ArithmeticOp::Sub => "-",
        ArithmeticOp::Mul => "*",
    }
}

fn aggregate_label(op: AggregateOp) -> String {
    format!("aggregate {op:?}")
}

/// Whose rows are read, and whether as of a moment that is said.
fn rows_label(program: &Program, expr: &Expr) -> Option<String> {
    let quantifier: &Quantifier = match &expr.kind {
        ExprKind::Some(quantifier)
        | ExprKind::Count { quantifier, .. }
        | ExprKind::Aggregate { quantifier, .. } => quantifier,
        _ => return None,
    };
    let at = if quantifier.at.is_some() { " at" } else { "" };
    Some(format!("rows of a {}{at}", fact_label(program, quantifier.fact)))
}

fn fact_label(program: &Program, fact: FactId) -> &'static str {
    let fact = &program.facts[fact];
    match fact.kind {
        FactKind::State if fact.valid.is_some() => "state with validity",
        FactKind::State => "state",
        FactKind::Event { .. } => "event",
        FactKind::Table => "table",
        FactKind::Relation(relation) if program.relations[relation].recursive => "circle",
        FactKind::Relation(_) => "relation",
        FactKind::Calendar(_) => "calendar",
        FactKind::Gaps(_) => "log's gaps",
    }
}

/// Every construct. A new one that is not generated is missing here or in what was seen.
fn expected() -> Vec<String> {
    let plain = [
        "literal",
        "none",
        "today",
        "period",
        "moment",
        "range",
        "start of",
        "end of",
        "param",
        "field",
        "follow",
        "follow at",
        "not",
        "and",
        "or",
        "==",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        "in list",
        "in period",
        "in cidr",
        "is none",
        "starts with",
        "contains",
        "matches",
        "format",
        "+",
        "-",
        "*",
        "date of",
        "if",
        "else",
        "some",
        "count ==",
        "count !=",
        "count <",
        "count <=",
        "count >",
        "count >=",
        "covered",
        "covered period",
        "admissible",
        "needs",
        "named",
        "rows of a state",
        "rows of a state at",
        "rows of a state with validity",
        "rows of a event",
        "rows of a table",
        "rows of a relation",
        "rows of a relation at",
        "rows of a circle",
        "rows of a circle at",
        "rows of a calendar",
    ];
    use AggregateOp::{Count, CountDistinct, First, Latest, Max, Min, Sum};
    let aggregates = [Count, CountDistinct, Sum, Min, Max, First, Latest].map(aggregate_label);
    let calls = Function::ALL.map(|function| format!("call {function:?}"));
    plain.map(str::to_owned).into_iter().chain(aggregates).chain(calls).collect()
}
