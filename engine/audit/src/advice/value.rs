//! Values that a cell might hold: those that a rule compares with, those of other rows, those about the dates of the run.

use jiff::civil::Date;
use kijun_eval::Snapshot;
use kijun_ir::{Cell, Expr, ExprKind, FactId, FieldId, Kind, ParamValue, Rule, Value};
use rust_decimal::Decimal;

/// How many values of other rows are tried.
const OTHERS: u32 = 12;

/// Values of the type of a field, the likeliest first, each once.
pub(super) fn candidates(snapshot: &Snapshot<'_>, rule: &Rule, fact: FactId, field: FieldId) -> Vec<Cell> {
    let ty = snapshot.program.facts[fact].fields[field].ty;
    let mut values = written(snapshot, rule, ty.kind);
    values.extend(usual(snapshot, ty.kind));
    let mut cells: Vec<Cell> = Vec::new();
    let none = ty.optional.then_some(Cell::None);
    let known = values.into_iter().map(Cell::Known).chain(of_other_rows(snapshot, fact, field, ty.kind));
    for cell in known.chain(none) {
        if !cells.contains(&cell) {
            cells.push(cell);
        }
    }
    cells
}

/// The values of a kind that the rule writes.
fn written(snapshot: &Snapshot<'_>, rule: &Rule, kind: Kind) -> Vec<Value> {
    let mut values = Vec::new();
    let mut collect = |expr: &Expr| match &expr.kind {
        ExprKind::Literal(value) if expr.ty.kind == kind => values.push(value.clone()),
        ExprKind::Param(param) if expr.ty.kind == kind => match &snapshot.program.params[*param].value {
            ParamValue::One(value) => values.push(value.clone()),
            ParamValue::List(list) => values.extend(list.iter().cloned()),
        },
        _ => {}
    };
    for expr in rule.exprs() {
        expr.walk(&mut collect);
    }
    values
}

/// The values that any cell of a kind may hold.
fn usual(snapshot: &Snapshot<'_>, kind: Kind) -> Vec<Value> {
    match kind {
        Kind::Bool => vec![Value::Bool(true), Value::Bool(false)],
        Kind::Enum(list) => {
            let count = u16::try_from(snapshot.program.enums[list].values.len()).unwrap_or(u16::MAX);
            (0..count).map(Value::Enum).collect()
        }
        Kind::Int => [0, 1, 2, 1_000_000].map(Value::Int).to_vec(),
        Kind::Decimal => [0, 1, 1_000_000].map(|number| Value::Decimal(Decimal::from(number))).to_vec(),
        Kind::Date => days(snapshot).into_iter().map(Value::Date).collect(),
        Kind::DateTime => {
            let zone = &snapshot.program.calendar.zone;
            let noons = days(snapshot).into_iter();
            let noons = noons.filter_map(|day| kijun_ir::calendar::instant_of(day.at(12, 0, 0, 0), zone));
            noons.map(Value::DateTime).collect()
        }
        Kind::Ref(fact) => keys(snapshot, fact),
        Kind::Text | Kind::Duration | Kind::Period | Kind::Ip | Kind::Cidr => Vec::new(),
    }
}

/// Days about the date of judgement and the ends of the period, and far ones.
fn days(snapshot: &Snapshot<'_>) -> Vec<Date> {
    let occasion = snapshot.occasion;
    let near = [occasion.today, occasion.period_start, occasion.period_end];
    let around = |day: Date| [Some(day), day.yesterday().ok(), day.tomorrow().ok()];
    let far = [Date::new(2000, 1, 1), Date::new(2100, 1, 1)];
    near.into_iter().flat_map(around).flatten().chain(far.into_iter().flatten()).collect()
}

/// Keys of rows that a reference may name.
fn keys(snapshot: &Snapshot<'_>, fact: FactId) -> Vec<Value> {
    let Some(key) = snapshot.program.facts[fact].key else { return Vec::new() };
    let cells = of_other_rows(snapshot, fact, key, Kind::Text);
    cells
        .into_iter()
        .filter_map(|cell| if let Cell::Known(value) = cell { Some(value) } else { None })
        .collect()
}

/// The first values of a field in the evidence, or in the table of the ruleset.
fn of_other_rows(snapshot: &Snapshot<'_>, fact: FactId, field: FieldId, kind: Kind) -> Vec<Cell> {
    let Some(view) = snapshot.view(fact, kijun_eval::AsOf::Today) else { return Vec::new() };
    let mut cells = Vec::new();
    for row in view.rows() {
        let cell = view.table().cell(&&snapshot.texts, *row, field);
        if matches!(cell, Cell::Known(_)) && !cells.contains(&cell) {
            cells.push(cell);
        }
        if cells.len() >= OTHERS as usize || kind == Kind::Bool {
            break;
        }
    }
    cells
}
