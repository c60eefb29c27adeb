//! Expressions over a frame: values as vectors, conditions as truths.

use kijun_ir::{
    CompareOp, Expr, ExprKind, FactId, Kind, ParamId, ParamValue, Period, Truth, Value, calendar,
};

use super::arithmetic::arithmetic;
use super::bits::Bits;
use super::call::call;
use super::choice::{choose, or_default};
use super::comparison::compare;
use super::follow::follow;
use super::frame::Frame;
use super::period::{FixedPeriod, edge, in_periods, range};
use super::quantifier;
use super::reads::{free_vars, has_quantifier, unnamed};
use super::run::Run;
use super::text::{contains, format, matches, starts_with};
use super::truths::Truths;
use super::vector::{Values, Vector};

/// The truth of a condition at each position. A truth value that is `none` is unknown.
pub(super) fn condition<'r, 'e>(run: &Run<'r, 'e>, frame: &Frame<'e>, expr: &'r Expr) -> Truths {
    let texts = &run.snapshot.texts;
    let value = |expr: &'r Expr| value(run, frame, expr);
    match &expr.kind {
        ExprKind::Not(inner) => condition(run, frame, inner).not(),
        ExprKind::And(parts) => all_of(run, frame, parts),
        ExprKind::Or(parts) => disjunction(run, frame, parts),
        ExprKind::Compare { op, left, right } => compare(texts, *op, &value(left), &value(right)),
        ExprKind::OneOf { item, list } => one_of(run, frame, item, list),
        ExprKind::InPeriod { time, period } => in_period(run, frame, time, period),
        ExprKind::InCidr { ip, cidr } => in_cidr(&value(ip), &value(cidr)),
        ExprKind::IsNone(inner) => {
            let vector = value(inner);
            Truths { sure: vector.none, no: vector.known }
        }
        ExprKind::StartsWith { text, prefix } => starts_with(texts, &value(text), &value(prefix)),
        ExprKind::Contains { text, part } => contains(texts, &value(text), &value(part)),
        ExprKind::Matches { text, pattern } => matches(texts, &value(text), pattern),
        ExprKind::Some(quantifier) => quantifier::some(run, frame, quantifier),
        ExprKind::Count { quantifier, op, bound } => {
            quantifier::count(run, frame, quantifier, *op, &value(bound))
        }
        ExprKind::Covered { fact, period } => covered(run, frame, *fact, period.as_deref()),
        ExprKind::Admissible { condition: inner, .. } => {
            let holds = condition(run, frame, inner).sure;
            Truths { no: Bits::none(frame.len()), sure: holds }
        }
        ExprKind::Needs { shown, then } => {
            let shown = all_of(run, frame, shown);
            condition_where(run, frame, then, &shown.sure)
        }
        ExprKind::Named { body, .. } => condition(run, frame, body),
        ExprKind::Literal(_)
        | ExprKind::NoneLiteral
        | ExprKind::Today
        | ExprKind::Period
        | ExprKind::Moment
        | ExprKind::Range { .. }
        | ExprKind::Edge { .. }
        | ExprKind::Param(_)
        | ExprKind::Field { .. }
        | ExprKind::Follow { .. }
        | ExprKind::Format(_)
        | ExprKind::Arithmetic { .. }
        | ExprKind::DateOf(_)
        | ExprKind::Call { .. }
        | ExprKind::If { .. }
        | ExprKind::Else { .. }
        | ExprKind::Aggregate { .. } => value(expr).to_truths(),
    }
}

/// The value of an expression at each position.
pub(super) fn value<'r, 'e>(run: &Run<'r, 'e>, frame: &Frame<'e>, expr: &'r Expr) -> Vector {
    let constant = |value: &Value| Vector::constant(frame.len(), value, &run.snapshot.texts);
    let program = run.snapshot.program;
    let occasion = run.snapshot.occasion;
    let value = |expr: &'r Expr| value(run, frame, expr);
    match &expr.kind {
        ExprKind::Literal(value) => constant(value),
        ExprKind::NoneLiteral => Vector::none(frame.len()),
        ExprKind::Today => constant(&Value::Date(occasion.today)),
        ExprKind::Period => constant(&Value::Period(occasion.period())),
        ExprKind::Moment => constant(&Value::DateTime(frame.moment)),
        ExprKind::Range { from, to } => range(&value(from), &value(to)),
        ExprKind::Edge { period, edge: which } => edge(&value(period), *which),
        ExprKind::Param(param) => match &program.params[*param].value {
            ParamValue::One(value) => constant(value),
            ParamValue::List(_) => Vector::unknown(frame.len()),
        },
        ExprKind::Field { var, field } => match frame.bound(*var) {
            Some(bound) => Vector::gather(bound.view.table(), *field, &bound.rows),
            None => Vector::unknown(frame.len()),
        },
        ExprKind::Follow { base, fact, field, at } => {
            follow(run, frame, &value(base), *fact, *field, at.as_deref())
        }
        ExprKind::Format(template) => format(run, frame, template),
        ExprKind::Arithmetic { op, left, right } => {
            arithmetic(&program.calendar, *op, &value(left), &value(right))
        }
        ExprKind::DateOf(inner) => date_of(run, value(inner)),
        ExprKind::Call { function, arguments } => {
            let arguments: Vec<Vector> = arguments.iter().map(value).collect();
            call(run.snapshot, *function, &arguments, frame.len())
        }
        ExprKind::If { condition: on, then, otherwise } => {
            choose(&condition(run, frame, on), value(then), value(otherwise))
        }
        ExprKind::Else { value: optional, default } => or_default(value(optional), value(default)),
        ExprKind::Aggregate { op, value, quantifier } => {
            quantifier::aggregate(run, frame, *op, value.as_deref(), quantifier)
        }
        ExprKind::Named { body, .. } => value(body),
        ExprKind::Not(_)
        | ExprKind::And(_)
        | ExprKind::Or(_)
        | ExprKind::Compare { .. }
        | ExprKind::OneOf { .. }
        | ExprKind::InPeriod { .. }
        | ExprKind::InCidr { .. }
        | ExprKind::IsNone(_)
        | ExprKind::StartsWith { .. }
        | ExprKind::Contains { .. }
        | ExprKind::Matches { .. }
        | ExprKind::Some(_)
        | ExprKind::Count { .. }
        | ExprKind::Covered { .. }
        | ExprKind::Admissible { .. }
        | ExprKind::Needs { .. } => Vector::from_truths(condition(run, frame, expr)),
    }
}

/// Whether all of the conditions hold.
pub(super) fn all_of<'r, 'e>(run: &Run<'r, 'e>, frame: &Frame<'e>, parts: &'r [Expr]) -> Truths {
    let parts: Vec<&Expr> = parts.iter().collect();
    conjunction(run, frame, Truths::uniform(frame.len(), Truth::True), &parts)
}

/// What is known already, and all of the parts. Parts that ask quantifiers come last, and only where the others leave the answer open.
pub(super) fn conjunction<'r, 'e>(
    run: &Run<'r, 'e>,
    frame: &Frame<'e>,
    already: Truths,
    parts: &[&'r Expr],
) -> Truths {
    let (costly, cheap): (Vec<&Expr>, Vec<&Expr>) = parts.iter().partition(|part| has_quantifier(part));
    let mut all = already;
    for part in cheap {
        all = all.and(&condition(run, frame, part));
    }
    for part in costly {
        let open = all.no.not();
        all = all.and(&condition_where(run, frame, part, &open));
    }
    all
}

fn disjunction<'r, 'e>(run: &Run<'r, 'e>, frame: &Frame<'e>, parts: &'r [Expr]) -> Truths {
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
fn condition_where<'r, 'e>(run: &Run<'r, 'e>, frame: &Frame<'e>, expr: &'r Expr, asked: &Bits) -> Truths {
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

fn one_of<'r, 'e>(run: &Run<'r, 'e>, frame: &Frame<'e>, item: &'r Expr, list: &'r [Expr]) -> Truths {
    let texts = &run.snapshot.texts;
    let of_addresses = item.ty.kind == Kind::Ip;
    let item = value(run, frame, item);
    // Nothing is one of an empty list, not even what is unknown.
    let mut any = Truths::uniform(frame.len(), Truth::False);
    for element in list {
        if of_addresses && element.ty.kind == Kind::Cidr {
            any = any.or(&in_cidr(&item, &value(run, frame, element)));
            continue;
        }
        let elements = match unnamed(element).kind {
            ExprKind::Param(param) => values_of(run, param),
            _ => &[],
        };
        if elements.is_empty() && !is_list(run, element) {
            any = any.or(&compare(texts, CompareOp::Eq, &item, &value(run, frame, element)));
        }
        for element in elements {
            let element = Vector::constant(frame.len(), element, texts);
            any = any.or(&compare(texts, CompareOp::Eq, &item, &element));
        }
    }
    any
}

/// The values of a parameter that is a list.
fn values_of<'e>(run: &Run<'_, 'e>, param: ParamId) -> &'e [Value] {
    match &run.snapshot.program.params[param].value {
        ParamValue::List(values) => values,
        ParamValue::One(_) => &[],
    }
}

fn is_list(run: &Run<'_, '_>, expr: &Expr) -> bool {
    let ExprKind::Param(param) = unnamed(expr).kind else { return false };
    matches!(run.snapshot.program.params[param].value, ParamValue::List(_))
}

fn in_period<'r, 'e>(run: &Run<'r, 'e>, frame: &Frame<'e>, time: &'r Expr, period: &'r Expr) -> Truths {
    let time = value(run, frame, time);
    if matches!(unnamed(period).kind, ExprKind::Period) {
        return run.period.contains(&time);
    }
    let zone = &run.snapshot.program.calendar.zone;
    if free_vars(period).is_empty() {
        return match only_period(&value(run, &Frame::unit(frame.moment), period)) {
            Some(period) => FixedPeriod::new(period, zone).contains(&time),
            None => Truths::uniform(frame.len(), Truth::Unknown),
        };
    }
    in_periods(&time, &value(run, frame, period), zone)
}

/// The value at the first position.
fn only_period(periods: &Vector) -> Option<Period> {
    match &periods.values {
        Values::Period(values) if periods.known.get(0) => values.first().copied(),
        _ => None,
    }
}

fn in_cidr(ip: &Vector, cidr: &Vector) -> Truths {
    let (Values::Ip(addresses), Values::Cidr(networks)) = (&ip.values, &cidr.values) else {
        return Truths::uniform(ip.len(), Truth::Unknown);
    };
    let holds = Bits::from_fn(addresses.len(), |at| networks[at].contains(&addresses[at]));
    Truths::where_known(&holds, &ip.known.and(&cidr.known))
}

fn covered<'r, 'e>(run: &Run<'r, 'e>, frame: &Frame<'e>, fact: FactId, period: Option<&'r Expr>) -> Truths {
    let is_covered = |period| match run.snapshot.covered_gaps(fact, period).is_empty() {
        true => Truth::True,
        false => Truth::Unknown,
    };
    let Some(period) = period else { return Truths::uniform(frame.len(), is_covered(None)) };
    if free_vars(period).is_empty() {
        let period = only_period(&value(run, &Frame::unit(frame.moment), period));
        let truth = period.map_or(Truth::Unknown, |period| is_covered(Some(period)));
        return Truths::uniform(frame.len(), truth);
    }
    let periods = value(run, frame, period);
    let Values::Period(values) = &periods.values else {
        return Truths::uniform(frame.len(), Truth::Unknown);
    };
    let mut known = rustc_hash::FxHashMap::default();
    Truths::from_fn(frame.len(), |at| match periods.known.get(at) {
        true => *known.entry(values[at]).or_insert_with(|| is_covered(Some(values[at]))),
        false => Truth::Unknown,
    })
}

fn date_of(run: &Run<'_, '_>, instants: Vector) -> Vector {
    let Values::DateTime(values) = &instants.values else { return Vector::unknown(instants.len()) };
    let zone = &run.snapshot.program.calendar.zone;
    let days = values.iter().map(|instant| calendar::date_of(*instant, zone)).collect();
    Vector::known(Values::Date(days), instants.known)
}
