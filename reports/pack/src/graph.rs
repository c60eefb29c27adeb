//! Which evidence decides which duty: sources → facts → relations → rules → duties as a graph, in the order of the rulesets.

use kijun_ir::{DutyId, FactId, FactKind, Index, RuleId};
use kijun_source::{Bilingual, Lang};

use crate::catalogue::Catalogue;
use crate::mask::plain;

/// The language that a graph is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Mermaid, as many wikis and code hosts draw it.
    Mermaid,
    /// DOT of Graphviz.
    Dot,
}

/// The graph as text.
pub fn render(catalogue: &Catalogue<'_>, format: Format, lang: Lang) -> String {
    let graph = Graph { groups: groups(catalogue, lang), edges: edges(catalogue) };
    match format {
        Format::Mermaid => mermaid(&graph),
        Format::Dot => dot(&graph),
    }
}

struct Graph {
    groups: Vec<Group>,
    edges: Vec<(String, String)>,
}

/// Nodes of one kind.
struct Group {
    id: &'static str,
    title: String,
    nodes: Vec<Node>,
}

struct Node {
    id: String,
    lines: Vec<String>,
    /// Whether nothing leads here: a duty that no rule decides, a fact that no source delivers.
    is_bare: bool,
}

fn groups(catalogue: &Catalogue<'_>, lang: Lang) -> Vec<Group> {
    let group = |id, title: Bilingual, nodes| Group { id, title: title.get(lang).to_owned(), nodes };
    let sources = catalogue.deliveries.as_ref().map(|deliveries| {
        let nodes = deliveries.iter().enumerate();
        let nodes = nodes.map(|(at, delivery)| node(source(at), [&delivery.source], false)).collect();
        group("sources", Bilingual::new("系統", "sources"), nodes)
    });
    let groups = [
        group("facts", Bilingual::new("証拠", "facts"), facts(catalogue)),
        group("relations", Bilingual::new("関係", "relations"), relations(catalogue)),
        group("rules", Bilingual::new("規則", "rules"), rules(catalogue)),
        group("duties", Bilingual::new("義務", "duties"), duties(catalogue)),
    ];
    sources.into_iter().chain(groups).filter(|group| !group.nodes.is_empty()).collect()
}

fn facts(catalogue: &Catalogue<'_>) -> Vec<Node> {
    let undelivered = |id| catalogue.sources(id).is_some_and(|sources| sources.is_empty());
    let facts = catalogue.facts();
    facts.map(|(id, declared)| node(fact(id), [&declared.label, &declared.name], undelivered(id))).collect()
}

/// What the rules derive or bring with them: relations and tables.
fn relations(catalogue: &Catalogue<'_>) -> Vec<Node> {
    let facts = catalogue.program.facts.iter();
    let own = facts.filter(|(_, fact)| matches!(fact.kind, FactKind::Relation(_) | FactKind::Table));
    own.map(|(id, declared)| node(fact(id), [&declared.label, &declared.name], false)).collect()
}

fn rules(catalogue: &Catalogue<'_>) -> Vec<Node> {
    let rules = catalogue.program.rules.iter();
    rules.map(|(id, declared)| node(rule(id), [&declared.label, &declared.name], false)).collect()
}

fn duties(catalogue: &Catalogue<'_>) -> Vec<Node> {
    let undecided = |id| !catalogue.program.is_decided(id);
    let duties = catalogue.program.duties.iter();
    duties
        .map(|(id, declared)| node(duty(id), [&declared.id, &shortened(&declared.quote)], undecided(id)))
        .collect()
}

fn node<const N: usize>(id: String, lines: [&String; N], is_bare: bool) -> Node {
    Node { id, lines: lines.map(|line| plain(line)).to_vec(), is_bare }
}

/// What leads where, in the order of the groups.
fn edges(catalogue: &Catalogue<'_>) -> Vec<(String, String)> {
    let program = catalogue.program;
    let deliveries = catalogue.deliveries.iter().flatten().enumerate();
    let delivered = deliveries.map(|(at, delivery)| (source(at), fact(delivery.fact)));
    let derived = program.relations.values().flat_map(|relation| {
        shown(catalogue, relation.direct_reads()).map(|read| (fact(read), fact(relation.fact)))
    });
    let read = program.rules.iter().flat_map(|(id, declared)| {
        shown(catalogue, declared.reads()).map(move |read| (fact(read), rule(id)))
    });
    let decided = program
        .rules
        .iter()
        .flat_map(|(id, declared)| declared.covers.iter().map(move |covered| (rule(id), duty(*covered))));
    delivered.chain(derived).chain(read).chain(decided).collect()
}

/// What of the facts read the graph shows: not the calendar; of the gaps of a log the log.
fn shown(catalogue: &Catalogue<'_>, read: Vec<FactId>) -> impl Iterator<Item = FactId> {
    let shown = read.into_iter().filter_map(|fact| match catalogue.program.facts[fact].kind {
        FactKind::Calendar(_) => None,
        FactKind::Gaps(log) => Some(log),
        FactKind::State | FactKind::Event { .. } | FactKind::Table | FactKind::Relation(_) => Some(fact),
    });
    let mut shown: Vec<FactId> = shown.collect();
    shown.sort_unstable();
    shown.dedup();
    shown.into_iter()
}

fn source(position: usize) -> String {
    format!("source{position}")
}

fn fact(id: FactId) -> String {
    format!("fact{}", id.index())
}

fn rule(id: RuleId) -> String {
    format!("rule{}", id.index())
}

fn duty(id: DutyId) -> String {
    format!("duty{}", id.index())
}

/// A quotation as far as a node has room for it.
fn shortened(quote: &str) -> String {
    const MOST: usize = 24;
    let mut chars = quote.chars();
    let start: String = chars.by_ref().take(MOST).collect();
    if chars.next().is_some() { start + "…" } else { start }
}

fn mermaid(graph: &Graph) -> String {
    let mut lines = vec!["flowchart LR".to_owned()];
    for group in &graph.groups {
        lines.push(format!("  subgraph {}[\"{}\"]", group.id, mermaid_text(&group.title)));
        for node in &group.nodes {
            let label: Vec<String> = node.lines.iter().map(|line| mermaid_text(line)).collect();
            let class = if node.is_bare { ":::bare" } else { "" };
            lines.push(format!("    {}[\"{}\"]{class}", node.id, label.join("<br>")));
        }
        lines.push("  end".to_owned());
    }
    lines.extend(graph.edges.iter().map(|(from, to)| format!("  {from} --> {to}")));
    lines.push("  classDef bare stroke-dasharray:4 3".to_owned());
    lines.join("\n") + "\n"
}

/// Mermaid has no escape within quotation marks but entities of its own.
fn mermaid_text(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '"' => escaped.push_str("#quot;"),
            '#' | '<' | '>' | '&' | '`' | '\\' => escaped.push_str(&format!("#{};", u32::from(c))),
            c => escaped.push(c),
        }
    }
    escaped
}

fn dot(graph: &Graph) -> String {
    let mut lines = vec![
        "digraph kijun {".to_owned(),
        "  rankdir=LR;".to_owned(),
        "  node [shape=box, fontname=\"sans-serif\"];".to_owned(),
    ];
    for group in &graph.groups {
        lines.push(format!("  subgraph cluster_{} {{", group.id));
        lines.push(format!("    label=\"{}\";", dot_text(&group.title)));
        for node in &group.nodes {
            let label: Vec<String> = node.lines.iter().map(|line| dot_text(line)).collect();
            let style = if node.is_bare { ", style=dashed" } else { "" };
            lines.push(format!("    {} [label=\"{}\"{style}];", node.id, label.join("\\n")));
        }
        lines.push("  }".to_owned());
    }
    lines.extend(graph.edges.iter().map(|(from, to)| format!("  {from} -> {to};")));
    lines.push("}".to_owned());
    lines.join("\n") + "\n"
}

fn dot_text(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
