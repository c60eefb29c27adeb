//! Which populations are never empty, whatever the evidence and the dates. Of them `or none` says nothing.

use kijun_ir::{
    Cell, CompareOp, Edge, Expr, ExprKind, Fact, FactKind, FieldId, Function, Population, Program, Relation,
    Rule,
};

/// Whether a population surely has a member.
///
/// So it is of a constant table with a row for which the condition holds, of a relation that takes over every row of one, and of
/// the parts of the calendar that the period under audit touches, which has a day.
pub(super) fn is_never_empty(program: &Program, population: &Population) -> bool {
    let fact = &program.facts[population.rows.fact];
    let condition = population.rows.condition.as_ref();
    match fact.kind {
        _ if population.pair.is_some() => false,
        FactKind::Table => fact.rows.iter().any(|row| condition.is_none_or(|all| holds(row, all))),
        FactKind::Relation(relation) => {
            condition.is_none() && takes_over_a_table(program, &program.relations[relation])
        }
        FactKind::Calendar(_) => condition.is_some_and(touches_the_period),
        FactKind::State | FactKind::Event { .. } | FactKind::Gaps(_) => false,
    }
}

/// Whether a condition surely holds of a row of a constant table: it compares its cells with values.
fn holds(row: &[Cell], condition: &Expr) -> bool {
    let is_cell = |value: &Expr, other: &Expr| match (&value.kind, &other.kind) {
        (ExprKind::Field { var: Rule::SUBJECT, field }, ExprKind::Literal(literal)) => {
            row.get(kijun_ir::Index::index(*field)) == Some(&Cell::Known(literal.clone()))
        }
        _ => false,
    };
    match &condition.kind {
        ExprKind::And(parts) => parts.iter().all(|part| holds(row, part)),
        ExprKind::Or(parts) => parts.iter().any(|part| holds(row, part)),
        ExprKind::Compare { op: CompareOp::Eq, left, right } => is_cell(left, right) || is_cell(right, left),
        ExprKind::OneOf { item, list } => list.iter().any(|value| is_cell(item, value)),
        ExprKind::Named { body, .. } => holds(row, body),
        _ => false,
    }
}

/// Whether a relation has a row for each of a constant table that has some.
fn takes_over_a_table(program: &Program, relation: &Relation) -> bool {
    let has_rows = |fact: &Fact| fact.kind == FactKind::Table && !fact.rows.is_empty();
    relation.branches.iter().any(|branch| {
        branch.condition.is_none() && branch.atoms.iter().all(|atom| has_rows(&program.facts[atom.fact]))
    })
}

/// Whether a condition on parts of the calendar is that the period under audit touches them, and nothing else.
fn touches_the_period(condition: &Expr) -> bool {
    let ExprKind::And(bounds) = &condition.kind else { return false };
    let [from, until] = bounds.as_slice() else { return false };
    let bound = |bound: &Expr, wanted: CompareOp| match &bound.kind {
        ExprKind::Compare { op, left, right } if *op == wanted => {
            matches!(left.kind, ExprKind::Field { var: Rule::SUBJECT, field: FieldId(0) })
                .then(|| right.as_ref().clone())
        }
        _ => None,
    };
    let begins = bound(from, CompareOp::Ge).is_some_and(|first| begins_with_the_period(&first));
    begins && bound(until, CompareOp::Le).is_some_and(|last| is_edge_of_the_period(&last, Edge::End))
}

/// Whether a day is the first of the period, or of the part of the calendar that holds it.
fn begins_with_the_period(day: &Expr) -> bool {
    if let ExprKind::Edge { period: part, edge: Edge::Start } = &day.kind
        && let ExprKind::Call {
            function: Function::MonthOf | Function::QuarterOf | Function::FiscalYearOf,
            arguments,
        } = &part.kind
    {
        return arguments.iter().all(|day| is_edge_of_the_period(day, Edge::Start));
    }
    is_edge_of_the_period(day, Edge::Start)
}

fn is_edge_of_the_period(day: &Expr, wanted: Edge) -> bool {
    matches!(&day.kind, ExprKind::Edge { period, edge } if *edge == wanted && period.kind == ExprKind::Period)
}
