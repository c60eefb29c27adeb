//! Values made of the values of many rows: sums, extremes, how many there are, the first and the latest.

use std::cmp::Ordering;

use jiff::Timestamp;
use jiff::civil::Date;
use kijun_ir::{AggregateOp, Cell, Duration, Expr, FieldId, Kind, Value};
use rayon::prelude::*;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::candidates::{Question, Segment, blocks};
use super::expr::value;
use super::frame::Frame;
use super::plan::Plan;
use super::run::Run;
use super::shape::Shape;
use super::vector::{Values, Vector};
use crate::decimal_sum::DecimalSum;
use crate::written::compare_written;

/// So many blocks are evaluated before their values are added up.
const BLOCKS: usize = 16;

/// The kind of the value.
pub(super) fn kind(op: AggregateOp, of: Option<&Expr>) -> Kind {
    match op {
        AggregateOp::Count | AggregateOp::CountDistinct => Kind::Int,
        AggregateOp::Sum | AggregateOp::Min | AggregateOp::Max | AggregateOp::First | AggregateOp::Latest => {
            of.map_or(Kind::Int, |of| of.ty.kind)
        }
    }
}

/// The value of an aggregate that reads nothing of outside, given that the question is covered.
pub(super) fn closed<'r, 'e>(
    run: &Run<'r, 'e>,
    shape: &Shape<'r>,
    plan: &Plan<'e>,
    frame: &Frame<'e>,
    (op, of): (AggregateOp, Option<&'r Expr>),
) -> Cell {
    let question = Question { run, shape, plan, frame };
    let candidates = Segment { position: 0, rows: plan.candidates() };
    let cells = cells(&question, &[candidates], op, of);
    Vector::of_cells(kind(op, of), &cells, &run.snapshot.texts).cell(0, &run.snapshot.texts)
}

/// What is made of the candidates at each position, given that they are all there are.
pub(super) fn cells<'r>(
    question: &Question<'_, 'r, '_>,
    segments: &[Segment<'_>],
    op: AggregateOp,
    of: Option<&'r Expr>,
) -> Vec<Cell> {
    let kind = kind(op, of);
    let mut gathered: Vec<Gathered> = (0..question.frame.len()).map(|_| Gathered::new(op, kind)).collect();
    for blocks in blocks(segments).chunks(BLOCKS) {
        let evaluated: Vec<Evaluated> =
            blocks.par_iter().map(|block| Evaluated::new(question, block, op, of)).collect();
        for block in evaluated {
            block.add_to(question, &mut gathered);
        }
    }
    gathered.into_iter().map(Gathered::cell).collect()
}

/// The rows of a block that count.
#[derive(Debug)]
struct Evaluated {
    /// Positions at which it is not known of a row whether it counts.
    open: Vec<u32>,
    /// The position of each row that surely counts.
    positions: Vec<u32>,
    /// Their values, where they have any.
    values: Option<Vector>,
    /// When they happened, where that matters.
    times: Option<Vector>,
}

impl Evaluated {
    fn new<'r>(
        question: &Question<'_, 'r, '_>,
        block: &[Segment<'_>],
        op: AggregateOp,
        of: Option<&'r Expr>,
    ) -> Self {
        let pairs = question.pairs(block);
        let position = |at: usize| pairs.positions[at];
        let sure = pairs.truths.sure.positions();
        let frame = pairs.frame.select(&sure);
        let time = |field: FieldId| {
            let bound = frame.bound(question.shape.quantifier.var)?;
            Some(Vector::gather(bound.view.table(), field, &bound.rows))
        };
        let is_timed = matches!(op, AggregateOp::First | AggregateOp::Latest);
        let fact = &question.run.snapshot.program.facts[question.shape.quantifier.fact];
        Self {
            open: pairs.truths.sure.or(&pairs.truths.no).not().ones().map(position).collect(),
            positions: sure.iter().map(|at| position(*at as usize)).collect(),
            values: of.map(|of| value(question.run, &frame, of)),
            times: if is_timed { fact.time().and_then(time) } else { None },
        }
    }

    fn add_to(&self, question: &Question<'_, '_, '_>, gathered: &mut [Gathered]) {
        for position in &self.open {
            gathered[*position as usize] = Gathered::Unknown;
        }
        let texts = &question.run.snapshot.texts;
        for (at, position) in self.positions.iter().enumerate() {
            let gathered = &mut gathered[*position as usize];
            match &self.values {
                None => gathered.add_row(),
                Some(values) if gathered.wants_words() && values.known.get(at) => match values.word(at) {
                    Some(word) => gathered.add_word(word),
                    None => gathered.add(values.value(at, texts), None),
                },
                Some(values) => {
                    gathered
                        .add(values.value(at, texts), self.times.as_ref().and_then(|times| time(times, at)));
                }
            }
        }
    }
}

/// When an event happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Time {
    Day(Date),
    Instant(Timestamp),
}

fn time(times: &Vector, at: usize) -> Option<Time> {
    match &times.values {
        Values::Date(days) if times.known.get(at) => Some(Time::Day(days[at])),
        Values::DateTime(instants) if times.known.get(at) => Some(Time::Instant(instants[at])),
        _ => None,
    }
}

/// What has been made of the rows so far; they come ascending.
#[derive(Debug)]
enum Gathered {
    /// Something was not known.
    Unknown,
    Count(usize),
    Distinct {
        words: FxHashSet<u64>,
        lengths: FxHashSet<Measures>,
        values: FxHashSet<Value>,
    },
    Sum(Sum),
    Extreme {
        wanted: Ordering,
        found: Option<Value>,
    },
    /// Of lengths of time one may be shorter in months and longer in days, so that there may be no extreme. `limit` is what would be it.
    ExtremeLength {
        wanted: Ordering,
        limit: Option<Measures>,
        found: Option<Value>,
    },
    Timed {
        wanted: Ordering,
        found: Option<(Time, Value)>,
        is_same: bool,
    },
}

impl Gathered {
    fn new(op: AggregateOp, kind: Kind) -> Self {
        let extreme = |wanted| match kind {
            Kind::Duration => Gathered::ExtremeLength { wanted, limit: None, found: None },
            _ => Gathered::Extreme { wanted, found: None },
        };
        let timed = |wanted| Gathered::Timed { wanted, found: None, is_same: true };
        match op {
            AggregateOp::Count => Gathered::Count(0),
            AggregateOp::CountDistinct => Gathered::Distinct {
                words: FxHashSet::default(),
                lengths: FxHashSet::default(),
                values: FxHashSet::default(),
            },
            AggregateOp::Sum => Sum::zero(kind).map_or(Gathered::Unknown, Gathered::Sum),
            AggregateOp::Min => extreme(Ordering::Less),
            AggregateOp::Max => extreme(Ordering::Greater),
            AggregateOp::First => timed(Ordering::Less),
            AggregateOp::Latest => timed(Ordering::Greater),
        }
    }

    fn wants_words(&self) -> bool {
        matches!(self, Gathered::Distinct { .. })
    }

    fn add_word(&mut self, word: u64) {
        if let Gathered::Distinct { words, .. } = self {
            words.insert(word);
        }
    }

    /// Adds a row that is counted without having a value.
    fn add_row(&mut self) {
        match self {
            Gathered::Count(count) => *count += 1,
            _ => *self = Gathered::Unknown,
        }
    }

    fn add(&mut self, value: Option<Value>, time: Option<Time>) {
        let known = value.is_some_and(|value| self.take(value, time));
        if !known {
            *self = Gathered::Unknown;
        }
    }

    /// Whether what is made of the rows is still known with this value.
    fn take(&mut self, value: Value, time: Option<Time>) -> bool {
        match self {
            Gathered::Unknown => return false,
            Gathered::Count(count) => *count += 1,
            Gathered::Distinct { lengths, values, .. } => match value {
                Value::Duration(length) => {
                    lengths.insert(measures(length));
                }
                value => {
                    values.insert(value);
                }
            },
            Gathered::Sum(sum) => match sum.plus(&value) {
                Some(more) => *sum = more,
                None => return false,
            },
            Gathered::Extreme { wanted, found } => match found {
                None => *found = Some(value),
                Some(best) => match value.compare(best) {
                    Some(order) if order == *wanted => *best = value,
                    Some(Ordering::Equal) => keep_first_written(best, value),
                    Some(_) => {}
                    None => return false,
                },
            },
            Gathered::ExtremeLength { wanted, limit, found } => {
                let Value::Duration(length) = value else { return false };
                let measures = measures(length);
                let further = limit.map_or(measures, |limit| extremes(*wanted, limit, measures));
                if *limit != Some(further) {
                    *found = None;
                }
                *limit = Some(further);
                if measures == further {
                    match found {
                        Some(found) => keep_first_written(found, value),
                        None => *found = Some(value),
                    }
                }
            }
            Gathered::Timed { wanted, found, is_same } => {
                let Some(time) = time else { return false };
                match found {
                    Some((best, _)) if time.cmp(best) == wanted.reverse() => {}
                    Some((best, same)) if time == *best => {
                        *is_same &= value.compare(same) == Some(Ordering::Equal);
                        keep_first_written(same, value);
                    }
                    _ => (*found, *is_same) = (Some((time, value)), true),
                }
            }
        }
        true
    }

    fn cell(self) -> Cell {
        let count = |count: usize| i64::try_from(count).ok().map(Value::Int);
        let known = |value: Option<Value>| value.map_or(Cell::Unknown, Cell::Known);
        let or_none = |value: Option<Value>| value.map_or(Cell::None, Cell::Known);
        match self {
            Gathered::Unknown
            | Gathered::ExtremeLength { limit: Some(_), found: None, .. }
            | Gathered::Timed { is_same: false, .. } => Cell::Unknown,
            Gathered::Count(rows) => known(count(rows)),
            Gathered::Distinct { words, lengths, values } => {
                known(count(words.len() + lengths.len() + values.len()))
            }
            Gathered::Sum(sum) => known(sum.value()),
            Gathered::Extreme { found, .. } | Gathered::ExtremeLength { found, .. } => or_none(found),
            Gathered::Timed { found, .. } => or_none(found.map(|(_, value)| value)),
        }
    }
}

/// Of two equal values the one that is first as it is written.
fn keep_first_written(best: &mut Value, other: Value) {
    if compare_written(&other, best).is_lt() {
        *best = other;
    }
}

/// The months, the business days, and the microseconds of days and time: lengths of which these are equal are equal.
type Measures = [i128; 3];

fn measures(length: Duration) -> Measures {
    let micros = i128::from(length.days) * 86_400_000_000 + i128::from(length.micros);
    [length.months.into(), length.business_days.into(), micros]
}

/// The least, or the greatest, of each.
fn extremes(wanted: Ordering, a: Measures, b: Measures) -> Measures {
    std::array::from_fn(|at| if a[at].cmp(&b[at]) == wanted { a[at] } else { b[at] })
}

/// A sum so far: wider than what is asked for, so that only the whole must be in range.
#[derive(Debug, Clone, Copy)]
enum Sum {
    Int(i128),
    Decimal(DecimalSum),
    Duration { months: i64, days: i64, business_days: i64, micros: i128 },
}

impl Sum {
    fn zero(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Int => Some(Sum::Int(0)),
            Kind::Decimal => Some(Sum::Decimal(DecimalSum::default())),
            Kind::Duration => Some(Sum::Duration { months: 0, days: 0, business_days: 0, micros: 0 }),
            _ => None,
        }
    }

    fn plus(self, value: &Value) -> Option<Self> {
        Some(match (self, value) {
            (Sum::Int(sum), Value::Int(value)) => Sum::Int(sum + i128::from(*value)),
            (Sum::Decimal(sum), Value::Decimal(value)) => Sum::Decimal(sum.plus(*value)),
            (Sum::Decimal(sum), Value::Int(value)) => Sum::Decimal(sum.plus(Decimal::from(*value))),
            (Sum::Duration { months, days, business_days, micros }, Value::Duration(value)) => {
                Sum::Duration {
                    months: months + i64::from(value.months),
                    days: days + i64::from(value.days),
                    business_days: business_days + i64::from(value.business_days),
                    micros: micros + i128::from(value.micros),
                }
            }
            _ => return None,
        })
    }

    fn value(self) -> Option<Value> {
        Some(match self {
            Sum::Int(sum) => Value::Int(i64::try_from(sum).ok()?),
            Sum::Decimal(sum) => Value::Decimal(sum.value()?),
            Sum::Duration { months, days, business_days, micros } => Value::Duration(Duration {
                months: i32::try_from(months).ok()?,
                days: i32::try_from(days).ok()?,
                business_days: i32::try_from(business_days).ok()?,
                micros: i64::try_from(micros).ok()?,
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIME: Time = Time::Day(jiff::civil::date(2026, 4, 10));

    /// What all orders of three values come to.
    fn check(op: AggregateOp, values: [Value; 3], expected: &str) {
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let kind = if matches!(values[0], Value::Duration(_)) { Kind::Duration } else { Kind::Decimal };
            let mut gathered = Gathered::new(op, kind);
            order.iter().for_each(|at| gathered.add(Some(values[*at].clone()), Some(TIME)));
            assert_eq!(format!("{:?}", gathered.cell()), expected, "{op:?} of {values:?}");
        }
    }

    #[test]
    fn of_equal_values_the_first_as_it_is_written_stands_for_all() {
        let lengths = [Duration::days(1), Duration::seconds(86_400), Duration::days(1)].map(Value::Duration);
        let decimals = ["2.0", "2", "2.00"].map(|number| Value::Decimal(number.parse().unwrap()));
        for op in [AggregateOp::Min, AggregateOp::Max, AggregateOp::First, AggregateOp::Latest] {
            check(op, lengths.clone(), &format!("{:?}", Cell::Known(lengths[1].clone())));
            check(op, decimals.clone(), "Known(Decimal(2))");
        }
    }

    #[test]
    fn a_sum_of_decimals_depends_on_no_order() {
        let numbers = [Decimal::MAX, Decimal::ONE, Decimal::NEGATIVE_ONE].map(Value::Decimal);
        check(AggregateOp::Sum, numbers, &format!("Known(Decimal({}))", Decimal::MAX));
        let numbers = [Decimal::MAX, Decimal::ONE, Decimal::ZERO].map(Value::Decimal);
        check(AggregateOp::Sum, numbers, "Unknown");
    }
}
