//! Definitions that use each other in a circle.

use kijun_source::{Bilingual, Diagnostic, bilingual};
use kijun_syntax::ast::{self, Expr, ExprKind};
use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;

use crate::diagnostics::CYCLE;
use crate::names::{Entity, Names};

/// Which definitions stand in a circle, by position; each circle is reported once with its path.
pub(crate) fn circular(names: &Names<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<bool> {
    let mut graph = DiGraph::<usize, ()>::new();
    let nodes: Vec<_> = (0..names.defines.len()).map(|define| graph.add_node(define)).collect();
    for (index, define) in names.defines.iter().enumerate() {
        for used in calls(&define.body) {
            if let Some(Entity::Define(used)) = names.get(&used.text) {
                graph.update_edge(nodes[index], nodes[used], ());
            }
        }
    }
    let mut circular = vec![false; names.defines.len()];
    for component in tarjan_scc(&graph) {
        let alone = component.len() == 1 && !graph.contains_edge(component[0], component[0]);
        if alone {
            continue;
        }
        let mut members: Vec<usize> = component.iter().map(|node| graph[*node]).collect();
        members.sort_unstable();
        for member in &members {
            circular[*member] = true;
        }
        diagnostics.push(report(names, &members));
    }
    circular
}

fn report(names: &Names<'_>, members: &[usize]) -> Diagnostic {
    let path = path(names, members);
    let first = names.defines[members[0]];
    let message = bilingual!("定義が循環している: {path}", "definitions use each other in a circle: {path}");
    let mut diagnostic = Diagnostic::new(&CYCLE, first.name.span, message);
    for member in &members[1..] {
        diagnostic = diagnostic
            .and(names.defines[*member].name.span, Bilingual::new("循環の一部", "part of the circle"));
    }
    diagnostic.help(Bilingual::new("どれか一つを他を使わずに書く", "write one of them without the others"))
}

/// `a → b → a`: from the first member along calls within the circle until it closes.
fn path(names: &Names<'_>, members: &[usize]) -> String {
    let mut steps = vec![members[0]];
    loop {
        let current = steps[steps.len() - 1];
        let next =
            calls(&names.defines[current].body).into_iter().find_map(|used| match names.get(&used.text) {
                Some(Entity::Define(used)) if members.contains(&used) => Some(used),
                _ => None,
            });
        let Some(next) = next else { break };
        let closed = steps.contains(&next);
        steps.push(next);
        if closed {
            break;
        }
    }
    let labels: Vec<&str> = steps.iter().map(|define| names.defines[*define].name.text.as_str()).collect();
    labels.join(" → ")
}

/// The names that an expression calls, in the order written.
pub(crate) fn calls(expr: &Expr) -> Vec<&ast::Name> {
    let mut found = Vec::new();
    collect(expr, &mut found);
    found
}

fn collect<'a>(expr: &'a Expr, found: &mut Vec<&'a ast::Name>) {
    if let ExprKind::Call(name, _) = &expr.kind {
        found.push(name);
    }
    for child in children(expr) {
        collect(child, found);
    }
}

fn children(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::Name(_)
        | ExprKind::Int(_)
        | ExprKind::Decimal(_)
        | ExprKind::Text(_)
        | ExprKind::Date(_)
        | ExprKind::DateTime(..)
        | ExprKind::Duration(..)
        | ExprKind::Bool(_)
        | ExprKind::None => Vec::new(),
        ExprKind::Group(inner)
        | ExprKind::Field(inner, _)
        | ExprKind::Not(inner)
        | ExprKind::Negate(inner)
        | ExprKind::InPeriod(inner)
        | ExprKind::IsNone(inner)
        | ExprKind::IsNotNone(inner) => vec![inner],
        ExprKind::Call(_, arguments) => arguments.iter().collect(),
        ExprKind::Binary(_, left, right)
        | ExprKind::StartsWith(left, right)
        | ExprKind::Else(left, right) => {
            vec![left, right]
        }
        ExprKind::InRange(item, from, to) => vec![item, from, to],
        ExprKind::InList(item, list) => std::iter::once(&**item).chain(list).collect(),
        ExprKind::If(condition, then, otherwise) => vec![condition, then, otherwise],
        ExprKind::Some(rows) | ExprKind::No(rows) | ExprKind::Count(rows) => {
            rows.condition.iter().map(|condition| &**condition).collect()
        }
    }
}
