//! Expressions over a frame: values as vectors, conditions as truths.

use kijun_ir::{CompareOp, Expr, ExprKind, FactId, FieldId, Truth, Value, calendar};

use super::arithmetic::arithmetic;
use super::bits::Bits;
use super::choice::{choose, or_default};
use super::comparison::compare;
use super::frame::Frame;
use super::quantifier;
use super::reads::has_quantifier;
use super::run::Run;
use super::truths::Truths;
use super::vector::{Values, Vector};

/// No row has this number: what is gathered there is unknown.
const NO_ROW: u32 = u32::MAX;

/// The truth of a condition at each position. A truth value that is `none` is unknown.
pub(super) fn condition(run: &Run<'_>, frame: &Frame, expr: &Expr) -> Truths {
    match &expr.kind {
        ExprKind::Not(inner) => condition(run, frame, inner).not(),
        ExprKind::And(parts) => conjunction(run, frame, parts),
        ExprKind::Or(parts) => disjunction(run, frame, parts),
        ExprKind::Compare { op, left, right } => {
            compare(&run.texts, *op, &value(run, frame, left), &value(run, frame, right))
        }
        ExprKind::OneOf { item, list } => one_of(run, frame, item, list),
        ExprKind::InPeriod(time) => run.period.contains(&value(run, frame, time)),
        ExprKind::IsNone(inner) => {
            let vector = value(run, frame, inner);
            Truths { sure: vector.none, no: vector.known }
        }
        ExprKind::StartsWith { text, prefix } => {
            starts_with(run, &value(run, frame, text), &value(run, frame, prefix))
        }
        ExprKind::Some(quantifier) => match run.plan(quantifier) {
            Some(plan) => quantifier::some(run, frame, plan),
            None => Truths::uniform(frame.len(), Truth::Unknown),
        },
        ExprKind::Count { quantifier, op, bound } => match run.plan(quantifier) {
            Some(plan) => quantifier::count(run, frame, plan, *op, &value(run, frame, bound)),
            None => Truths::uniform(frame.len(), Truth::Unknown),
        },
        ExprKind::Covered(fact) => covered(run, frame, *fact),
        ExprKind::Named { body, .. } => condition(run, frame, body),
        ExprKind::Literal(_)
        | ExprKind::NoneLiteral
        | ExprKind::Today
        | ExprKind::PeriodStart
        | ExprKind::PeriodEnd
        | ExprKind::Param(_)
        | ExprKind::Field { .. }
        | ExprKind::Follow { .. }
        | ExprKind::Arithmetic { .. }
        | ExprKind::DateOf(_)
        | ExprKind::If { .. }
        | ExprKind::Else { .. } => value(run, frame, expr).to_truths(),
    }
}

/// The value of an expression at each position.
pub(super) fn value(run: &Run<'_>, frame: &Frame, expr: &Expr) -> Vector {
    let constant = |value: &Value| Vector::constant(frame.len(), value, &run.texts);
    let occasion = run.snapshot.occasion;
    match &expr.kind {
        ExprKind::Literal(value) => constant(value),
        ExprKind::NoneLiteral => Vector::none(frame.len()),
        ExprKind::Today => constant(&Value::Date(occasion.today)),
        ExprKind::PeriodStart => constant(&Value::Date(occasion.period_start)),
        ExprKind::PeriodEnd => constant(&Value::Date(occasion.period_end)),
        ExprKind::Param(param) => constant(&run.snapshot.program.params[*param].value),
        ExprKind::Field { var, field } => match frame.bound(*var) {
            Some(bound) => Vector::gather(run.snapshot.table(bound.fact), *field, &bound.rows),
            None => Vector::unknown(frame.len()),
        },
        ExprKind::Follow { base, fact, field } => follow(run, &value(run, frame, base), *fact, *field),
        ExprKind::Arithmetic { op, left, right } => {
            let zone = &run.snapshot.program.zone;
            arithmetic(zone, *op, &value(run, frame, left), &value(run, frame, right))
        }
        ExprKind::DateOf(inner) => date_of(run, value(run, frame, inner)),
        ExprKind::If { condition: on, then, otherwise } => {
            choose(&condition(run, frame, on), value(run, frame, then), value(run, frame, otherwise))
        }
        ExprKind::Else { value: optional, default } => {
            or_default(value(run, frame, optional), value(run, frame, default))
        }
        ExprKind::Named { body, .. } => value(run, frame, body),
        ExprKind::Not(_)
        | ExprKind::And(_)
        | ExprKind::Or(_)
        | ExprKind::Compare { .. }
        | ExprKind::OneOf { .. }
        | ExprKind::InPeriod(_)
        | ExprKind::IsNone(_)
        | ExprKind::StartsWith { .. }
        | ExprKind::Some(_)
        | ExprKind::Count { .. }
        | ExprKind::Covered(_) => Vector::from_truths(condition(run, frame, expr)),
    }
}

/// Parts that ask quantifiers come last, and only where the others leave the answer open.
fn conjunction(run: &Run<'_>, frame: &Frame, parts: &[Expr]) -> Truths {
    let (costly, cheap): (Vec<&Expr>, Vec<&Expr>) = parts.iter().partition(|part| has_quantifier(part));
    let mut all = Truths::uniform(frame.len(), Truth::True);
    for part in cheap {
        all = all.and(&condition(run, frame, part));
    }
    for part in costly {
        let open = all.no.not();
        all = all.and(&condition_where(run, frame, part, &open));
    }
    all
}

fn disjunction(run: &Run<'_>, frame: &Frame, parts: &[Expr]) -> Truths {
    let (costly, cheap): (Vec<&Expr>, Vec<&Expr>) = parts.iter().partition(|part| has_quantifier(part));
    let mut any = Truths::uniform(frame.len(), Truth::False);
    for part in cheap {
        any = any.or(&condition(run, frame, part));
    }
    for part in costly {
        let open = any.sure.not();
        any = any.or(&condition_where(run, frame, part, &open));
    }
    any
}

/// The truth of a condition at the positions asked for; unknown elsewhere.
fn condition_where(run: &Run<'_>, frame: &Frame, expr: &Expr, asked: &Bits) -> Truths {
    match asked.count() {
        0 => Truths::uniform(frame.len(), Truth::Unknown),
        count if count == frame.len() => condition(run, frame, expr),
        _ => {
            let positions = asked.positions();
            let truths = condition(run, &frame.select(&positions), expr);
            truths.scatter(frame.len(), &positions, Truth::Unknown)
        }
    }
}

fn one_of(run: &Run<'_>, frame: &Frame, item: &Expr, list: &[Expr]) -> Truths {
    let item = value(run, frame, item);
    let nothing = Truths { sure: Bits::none(frame.len()), no: item.known.clone() };
    list.iter().fold(nothing, |any, element| {
        any.or(&compare(&run.texts, CompareOp::Eq, &item, &value(run, frame, element)))
    })
}

fn starts_with(run: &Run<'_>, text: &Vector, prefix: &Vector) -> Truths {
    let (Values::Text(texts), Values::Text(prefixes)) = (&text.values, &prefix.values) else {
        return Truths::uniform(text.len(), Truth::Unknown);
    };
    let known = text.known.and(&prefix.known);
    let starts = |at: usize| run.texts.text(texts[at]).starts_with(&**run.texts.text(prefixes[at]));
    let holds = Bits::from_fn(known.len(), |at| known.get(at) && starts(at));
    Truths::where_known(&holds, &known)
}

fn covered(run: &Run<'_>, frame: &Frame, fact: FactId) -> Truths {
    let gapless = run.snapshot.period_gaps(fact).is_empty();
    Truths::uniform(frame.len(), if gapless { Truth::True } else { Truth::Unknown })
}

fn follow(run: &Run<'_>, base: &Vector, fact: FactId, field: FieldId) -> Vector {
    let Values::Text(codes) = &base.values else { return Vector::unknown(base.len()) };
    let row = |at: usize| base.known.get(at).then(|| run.snapshot.row_of_key(fact, codes[at])).flatten();
    let rows: Vec<u32> = (0..base.len()).map(|at| row(at).unwrap_or(NO_ROW)).collect();
    Vector::gather(run.snapshot.table(fact), field, &rows)
}

fn date_of(run: &Run<'_>, instants: Vector) -> Vector {
    let Values::DateTime(values) = &instants.values else { return Vector::unknown(instants.len()) };
    let zone = &run.snapshot.program.zone;
    let days = values.iter().map(|instant| calendar::date_of(*instant, zone)).collect();
    Vector::known(Values::Date(days), instants.known)
}
