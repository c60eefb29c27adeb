//! Rows that a condition would be true for, read off the condition. Whether it is, judging shows.

use jiff::Span as Time;
use jiff::civil::Date;
use kijun_eval::{AsOf, Snapshot, Subject, value_for};
use kijun_ir::{
    Branch, Cell, CompareOp, Expr, ExprKind, Fact, FactId, FactKind, FieldId, Kind, Quantifier, Rule, Value,
    VarId, calendar, conjuncts,
};
use kijun_source::Span;

use super::change::Change;

/// So many rows for which the condition of the quantifier that is written there may be true; each way is a list of changes.
pub(super) fn new_rows(
    snapshot: &Snapshot<'_>,
    rule: &Rule,
    subject: Subject,
    span: Span,
    count: usize,
) -> Vec<Vec<Change>> {
    let Some(quantifier) = quantifier_at(rule, span) else { return Vec::new() };
    let maker = Maker { snapshot, rule, subject };
    let wanted: Vec<&Expr> = quantifier.condition.iter().flat_map(conjuncts).collect();
    let fact = &snapshot.program.facts[quantifier.fact];
    match fact.kind {
        FactKind::State | FactKind::Event { .. } => {
            let row = maker.added(quantifier.fact, quantifier.var, &wanted);
            vec![std::iter::repeat_n(row, count).flatten().collect()]
        }
        FactKind::Relation(relation) => {
            let derived = maker.row(quantifier.fact, quantifier.var, &wanted);
            let branches = snapshot.program.relations[relation].branches.iter();
            branches.filter_map(|branch| maker.branch(branch, &derived)).collect()
        }
        FactKind::Table | FactKind::Calendar(_) | FactKind::Gaps(_) => Vec::new(),
    }
}

/// The quantifier that is written there.
fn quantifier_at(rule: &Rule, span: Span) -> Option<&Quantifier> {
    let mut found = rule.excused.iter().find(|quantifier| quantifier.span == span);
    for expr in rule.exprs() {
        expr.walk(&mut |expr| {
            let quantifier = match &expr.kind {
                ExprKind::Some(quantifier)
                | ExprKind::Count { quantifier, .. }
                | ExprKind::Aggregate { quantifier, .. } => Some(&**quantifier),
                _ => None,
            };
            found = found.or(quantifier.filter(|quantifier| quantifier.span == span));
        });
    }
    found
}

/// Makes rows for one subject of a rule.
struct Maker<'a, 'e> {
    snapshot: &'a Snapshot<'e>,
    rule: &'a Rule,
    subject: Subject,
}

impl Maker<'_, '_> {
    /// A further row; where there is one with its key, that one is changed.
    fn added(&self, fact: FactId, var: VarId, wanted: &[&Expr]) -> Vec<Change> {
        let cells = self.row(fact, var, wanted);
        let Some((row, present)) = self.of_key(fact, &cells) else {
            return vec![Change::Add { fact, cells }];
        };
        let cells = self.as_wanted(present.clone(), fact, var, wanted);
        let filled = self.snapshot.program.facts[fact].fields.ids().zip(cells).zip(present);
        let changed = filled.filter(|((_, cell), before)| cell != before);
        changed.map(|((field, cell), _)| Change::Fill { fact, row, field, cell }).collect()
    }

    /// The row that has the key of these cells.
    fn of_key(&self, fact: FactId, cells: &[Cell]) -> Option<(u32, Vec<Cell>)> {
        let declared = &self.snapshot.program.facts[fact];
        let key = declared.key?;
        let view = self.snapshot.view(fact, AsOf::Today)?;
        let cell = |row, field| view.table().cell(&&self.snapshot.texts, row, field);
        let row = *view.rows().iter().find(|row| cell(**row, key) == cells[key.0 as usize])?;
        Some((row, declared.fields.ids().map(|field| cell(row, field)).collect()))
    }

    /// A row like the last one of its fact, changed as the conditions on its variable want it.
    fn row(&self, fact: FactId, var: VarId, wanted: &[&Expr]) -> Vec<Cell> {
        self.as_wanted(self.like_others(fact), fact, var, wanted)
    }

    fn as_wanted(&self, mut cells: Vec<Cell>, fact: FactId, var: VarId, wanted: &[&Expr]) -> Vec<Cell> {
        // What is to be equal settles more than what is to be less.
        let (equal, others): (Vec<&Expr>, Vec<&Expr>) = wanted.iter().partition(|wanted| is_equality(wanted));
        for wanted in others.into_iter().chain(equal) {
            self.satisfy(&mut cells, fact, var, wanted);
        }
        cells
    }

    fn like_others(&self, fact: FactId) -> Vec<Cell> {
        let declared = &self.snapshot.program.facts[fact];
        let view = self.snapshot.view(fact, AsOf::Today);
        let last = view.as_ref().and_then(|view| Some((view, *view.rows().last()?)));
        let cell = |(id, field): (FieldId, &kijun_ir::Field)| match last {
            Some((view, row)) => view.table().cell(&&self.snapshot.texts, row, id),
            None => self.blank(field.ty.kind),
        };
        let mut cells: Vec<Cell> = declared.fields.iter().map(cell).collect();
        if let Some(key) = declared.key {
            cells[key.0 as usize] = Cell::Known(Value::text("（新しい行）"));
        }
        cells
    }

    /// A value where there is no other row to take one from.
    fn blank(&self, kind: Kind) -> Cell {
        let today = self.snapshot.occasion.today;
        match kind {
            Kind::Text => Cell::Known(Value::text("（新しい値）")),
            Kind::Int => Cell::Known(Value::Int(1)),
            Kind::Bool => Cell::Known(Value::Bool(true)),
            Kind::Date => Cell::Known(Value::Date(today)),
            Kind::DateTime => self.noon(today),
            Kind::Enum(_) => Cell::Known(Value::Enum(0)),
            Kind::Period => Cell::Known(Value::Period(self.snapshot.occasion.period())),
            Kind::Decimal | Kind::Duration | Kind::Ip | Kind::Cidr | Kind::Ref(_) => Cell::Unknown,
        }
    }

    fn noon(&self, day: Date) -> Cell {
        let zone = &self.snapshot.program.calendar.zone;
        let noon = calendar::instant_of(day.at(12, 0, 0, 0), zone);
        noon.map_or(Cell::Unknown, |noon| Cell::Known(Value::DateTime(noon)))
    }

    fn value(&self, expr: &Expr) -> Cell {
        value_for(self.snapshot, self.rule, self.subject, expr)
    }

    /// Makes one condition true, where it is of a form that says how.
    fn satisfy(&self, cells: &mut [Cell], fact: FactId, var: VarId, wanted: &Expr) {
        let declared = &self.snapshot.program.facts[fact];
        match &wanted.kind {
            ExprKind::Compare { op, left, right } => {
                if let Some(field) = field_of(left, var) {
                    self.compare(cells, declared, field, *op, &self.value(right));
                } else if let Some(field) = field_of(right, var) {
                    self.compare(cells, declared, field, op.flipped(), &self.value(left));
                }
            }
            ExprKind::InPeriod { time, period } => {
                if let (Some(field), Cell::Known(Value::Period(period))) =
                    (field_of(time, var), self.value(period))
                {
                    let day = period.end.min(self.snapshot.occasion.today).max(period.start);
                    self.put(cells, declared, field, Value::Date(day));
                }
            }
            ExprKind::OneOf { item, list } => {
                let first = list.first().map(|first| self.value(first));
                if let (Some(field), Some(Cell::Known(value))) = (field_of(item, var), first)
                    && !matches!(value, Value::Cidr(_) if item.ty.kind == Kind::Ip)
                {
                    self.put(cells, declared, field, value);
                }
            }
            ExprKind::IsNone(inner) => {
                if let Some(field) = field_of(inner, var) {
                    cells[field.0 as usize] = Cell::None;
                }
            }
            ExprKind::Not(inner) => match &inner.kind {
                ExprKind::IsNone(inner) => {
                    if let Some(field) = field_of(inner, var)
                        && cells[field.0 as usize] == Cell::None
                    {
                        cells[field.0 as usize] = self.blank(declared.fields[field].ty.kind);
                    }
                }
                _ => {
                    if let Some(field) = field_of(inner, var) {
                        self.put(cells, declared, field, Value::Bool(false));
                    }
                }
            },
            ExprKind::Or(parts) => {
                if let Some(first) = parts.first() {
                    conjuncts(first).into_iter().for_each(|part| self.satisfy(cells, fact, var, part));
                }
            }
            _ => {
                if let Some(field) = field_of(wanted, var) {
                    self.put(cells, declared, field, Value::Bool(true));
                }
            }
        }
    }

    fn compare(&self, cells: &mut [Cell], declared: &Fact, field: FieldId, op: CompareOp, other: &Cell) {
        let Cell::Known(other) = other else { return };
        let holds = match &cells[field.0 as usize] {
            Cell::Known(value) => value.compare(other).is_some_and(|order| op.holds(order)),
            Cell::None | Cell::Unknown => false,
        };
        if holds {
            return;
        }
        let value = match op {
            CompareOp::Eq | CompareOp::Le | CompareOp::Ge => Some(other.clone()),
            CompareOp::Lt => next_to(other, -1),
            CompareOp::Gt | CompareOp::Ne => next_to(other, 1),
        };
        if let Some(value) = value {
            self.put(cells, declared, field, value);
        }
    }

    /// Puts a value into a field; a day into one of instants as its noon.
    fn put(&self, cells: &mut [Cell], declared: &Fact, field: FieldId, value: Value) {
        cells[field.0 as usize] = match (declared.fields[field].ty.kind, &value) {
            (Kind::DateTime, Value::Date(day)) => self.noon(*day),
            (Kind::Date, Value::DateTime(at)) => {
                Cell::Known(Value::Date(calendar::date_of(*at, &self.snapshot.program.calendar.zone)))
            }
            _ => Cell::Known(value),
        };
    }

    /// The rows that a branch of a relation would derive a row from; `None` where it reads other relations.
    fn branch(&self, branch: &Branch, derived: &[Cell]) -> Option<Vec<Change>> {
        let wanted: Vec<&Expr> = branch.condition.iter().flat_map(conjuncts).collect();
        let mut rows: Vec<(VarId, FactId, Vec<Cell>)> = Vec::new();
        for atom in &branch.atoms {
            self.snapshot.program.facts[atom.fact].is_collected().then_some(())?;
            rows.push((atom.var, atom.fact, self.row(atom.fact, atom.var, &wanted)));
        }
        for (yielded, cell) in branch.yields.iter().zip(derived) {
            for (var, _, cells) in &mut rows {
                if let Some(field) = field_of(yielded, *var) {
                    cells[field.0 as usize] = cell.clone();
                }
            }
        }
        for _ in 0..rows.len() {
            wanted.iter().for_each(|wanted| join(&mut rows, wanted));
        }
        Some(rows.into_iter().map(|(_, fact, cells)| Change::Add { fact, cells }).collect())
    }
}

/// Makes what two rows are joined by the same, as in the one that was made first.
fn join(rows: &mut [(VarId, FactId, Vec<Cell>)], wanted: &Expr) {
    let ExprKind::Compare { op: CompareOp::Eq, left, right } = &wanted.kind else { return };
    let place = |expr: &Expr| {
        let found = rows.iter().enumerate();
        found.filter_map(|(index, (var, _, _))| Some((index, field_of(expr, *var)?))).next()
    };
    let (Some(left), Some(right)) = (place(left), place(right)) else { return };
    let (from, to) = if left.0 <= right.0 { (left, right) } else { (right, left) };
    let cell = rows[from.0].2[from.1.0 as usize].clone();
    rows[to.0].2[to.1.0 as usize] = cell;
}

fn is_equality(wanted: &Expr) -> bool {
    matches!(&wanted.kind, ExprKind::Compare { op: CompareOp::Eq, .. })
}

/// The field of the variable that an expression is, the day of one looked through.
fn field_of(expr: &Expr, var: VarId) -> Option<FieldId> {
    match &expr.kind {
        ExprKind::Field { var: found, field } if *found == var => Some(*field),
        ExprKind::DateOf(inner) | ExprKind::Named { body: inner, .. } => field_of(inner, var),
        ExprKind::Else { value, .. } => field_of(value, var),
        _ => None,
    }
}

/// The next value up or down.
fn next_to(value: &Value, step: i64) -> Option<Value> {
    match value {
        Value::Int(number) => number.checked_add(step).map(Value::Int),
        Value::Date(day) => day.checked_add(Time::new().days(step)).ok().map(Value::Date),
        Value::DateTime(at) => at.checked_add(Time::new().minutes(step)).ok().map(Value::DateTime),
        Value::Text(text) => Some(Value::text(&format!("{text}（別）"))),
        Value::Bool(value) => Some(Value::Bool(!value)),
        _ => None,
    }
}
