//! Circles: what uses itself, directly or through others.

use kijun_source::{Bilingual, Diagnostic, bilingual};
use kijun_syntax::ast::{self, Expr, ExprKind};
use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;

use crate::diagnostics::CYCLE;
use crate::names::{Entity, Names};

/// The strongly connected components of a graph given by what each node uses, those that a component uses before it, the members of each ascending.
pub(crate) fn components(uses: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut graph = DiGraph::<usize, ()>::new();
    let nodes: Vec<_> = (0..uses.len()).map(|node| graph.add_node(node)).collect();
    for (node, used) in uses.iter().enumerate() {
        for used in used {
            graph.update_edge(nodes[node], nodes[*used], ());
        }
    }
    let sorted = |component: Vec<petgraph::graph::NodeIndex>| {
        let mut members: Vec<usize> = component.into_iter().map(|node| graph[node]).collect();
        members.sort_unstable();
        members
    };
    tarjan_scc(&graph).into_iter().map(sorted).collect()
}

/// Whether the members of a component use themselves.
pub(crate) fn is_circle(uses: &[Vec<usize>], component: &[usize]) -> bool {
    component.len() > 1 || uses[component[0]].contains(&component[0])
}

/// A shortest way within a component from one member to another, both included, along one use at least.
pub(crate) fn way(uses: &[Vec<usize>], component: &[usize], from: usize, to: usize) -> Vec<usize> {
    let mut ways = vec![vec![from]];
    let mut seen = Vec::new();
    let mut next = 0;
    while let Some(way) = ways.get(next).cloned() {
        next += 1;
        for used in &uses[way[way.len() - 1]] {
            let longer = || way.iter().copied().chain([*used]).collect();
            if *used == to {
                return longer();
            }
            if component.contains(used) && !seen.contains(used) {
                seen.push(*used);
                ways.push(longer());
            }
        }
    }
    vec![from, to]
}

/// The definitions, those that a definition calls before it, circles left out; each circle is reported once with its path.
pub(crate) fn definitions(names: &Names<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<usize> {
    let uses: Vec<Vec<usize>> = names
        .defines
        .iter()
        .map(|define| {
            let called = calls(&define.tree.body).into_iter();
            called.filter_map(|name| match names.get(define.unit, &name.text) {
                Some(Entity::Define(used)) => Some(used),
                _ => None,
            })
        })
        .map(Iterator::collect)
        .collect();
    let mut order = Vec::new();
    for component in components(&uses) {
        if is_circle(&uses, &component) {
            diagnostics.push(report(names, &uses, &component));
        } else {
            order.extend(component);
        }
    }
    order
}

fn report(names: &Names<'_>, uses: &[Vec<usize>], members: &[usize]) -> Diagnostic {
    let name = |define: usize| &names.defines[define].tree.name;
    let first = members[0];
    let steps: Vec<&str> =
        way(uses, members, first, first).into_iter().map(|define| name(define).text.as_str()).collect();
    let path = steps.join(" → ");
    let message = bilingual!("定義が循環している: {path}", "definitions use each other in a circle: {path}");
    let mut diagnostic = Diagnostic::new(&CYCLE, name(first).span, message);
    for member in &members[1..] {
        diagnostic = diagnostic.and(name(*member).span, Bilingual::new("循環の一部", "part of the circle"));
    }
    diagnostic.help(Bilingual::new("どれか一つを他を使わずに書く", "write one of them without the others"))
}

/// The names that an expression calls, in the order written.
fn calls(expr: &Expr) -> Vec<&ast::Name> {
    let mut found = Vec::new();
    collect(expr, &mut found);
    found
}

fn collect<'a>(expr: &'a Expr, found: &mut Vec<&'a ast::Name>) {
    if let ExprKind::Call(name, _) = &expr.kind {
        found.push(name);
    }
    for child in expr.children() {
        collect(child, found);
    }
}
