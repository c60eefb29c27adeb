//! A failing case as somebody can read it.

use std::fmt::Write;

use kijun_eval::{Held, Stretch, Taken};
use kijun_ir::{
    Branch, Cell, Edge, Expr, ExprKind, Fact, FactKind, Judged, ParamValue, Program, Quantifier, Relation,
    Rule, Template, TemplatePart, Value,
};

use super::Case;
use super::evidence::Draft;

/// The whole case.
pub(crate) fn case(case: &Case) -> String {
    let Case { program, occasion, draft, less, .. } = case;
    let mut text = format!(
        "today {}, period {} to {}, {}, fiscal years from month {}\n",
        occasion.today,
        occasion.period_start,
        occasion.period_end,
        program.calendar.zone.iana_name().unwrap_or("UTC"),
        program.calendar.fiscal_month
    );
    for param in program.params.values() {
        if let ParamValue::One(one) = &param.value {
            let _ = writeln!(text, "{} = {}", param.name, value(one));
        }
    }
    program.relations.values().for_each(|relation| text.push_str(&shown_relation(program, relation)));
    program.rules.values().for_each(|rule| text.push_str(&shown_rule(program, rule)));
    text.push_str(&evidence(program, draft));
    let taken: Vec<&str> = less.taken.iter().map(|loss| loss.words.as_str()).collect();
    let _ = writeln!(text, "less evidence: {taken:?}");
    text
}

fn evidence(program: &Program, draft: &Draft) -> String {
    let mut text = String::new();
    for (id, collected) in draft.facts.iter() {
        let fact = &program.facts[id];
        text.push_str(&declaration(fact));
        for cells in &fact.rows {
            let _ = writeln!(text, "  {}", row(cells));
        }
        for source in &collected.coverage {
            let _ = writeln!(text, "  {}: {}", source.source, held(&source.held));
        }
        for (cells, origin) in &collected.rows {
            let (line, source, collection) = (origin.line, origin.source, origin.collection);
            let _ = writeln!(text, "  line {line} of source{source} [{collection}]: {}", row(cells));
        }
    }
    text
}

fn row(cells: &[Cell]) -> String {
    cells.iter().map(cell).collect::<Vec<_>>().join(", ")
}

fn declaration(fact: &Fact) -> String {
    let kind = match fact.kind {
        FactKind::State => "state".to_owned(),
        FactKind::Event { .. } => "event".to_owned(),
        FactKind::Table => "table".to_owned(),
        FactKind::Relation(_) => "relation".to_owned(),
        FactKind::Calendar(_) => "calendar".to_owned(),
        FactKind::Gaps(log) => format!("gaps of fact{}", log.0),
    };
    let fields = fact.fields.iter().map(|(id, field)| {
        let role = if fact.key == Some(id) {
            "key "
        } else if fact.time() == Some(id) {
            "at "
        } else {
            ""
        };
        format!("{role}f{}: {:?}{}", id.0, field.ty.kind, if field.ty.optional { "?" } else { "" })
    });
    let fields: Vec<String> = fields.collect();
    let valid = fact.valid.map_or(String::new(), |valid| format!(" valid {valid:?}"));
    format!("{kind} {} {{ {} }} fresh {:?}{valid}\n", fact.name, fields.join(", "), fact.fresh)
}

fn held(held: &Held) -> String {
    match held {
        Held::State(pictures) => {
            let shown = |Taken { at, defects }: &Taken| format!("taken at {at} {defects:?}");
            pictures.iter().map(shown).collect::<Vec<_>>().join(", ")
        }
        Held::Log(stretches) => {
            let shown = |Stretch { from, to, defects }: &Stretch| format!("{from} to {to} {defects:?}");
            stretches.iter().map(shown).collect::<Vec<_>>().join(", ")
        }
    }
}

fn shown_relation(program: &Program, relation: &Relation) -> String {
    let name = &program.facts[relation.fact].name;
    let mut text = format!(
        "relation {name} (stratum {}, {}{}) {{\n",
        relation.stratum,
        if relation.recursive { "recursive" } else { "plain" },
        if relation.timed { ", timed" } else { "" }
    );
    for branch in &relation.branches {
        let _ = writeln!(text, "  {}", shown_branch(program, branch));
    }
    text.push_str("}\n");
    text
}

fn shown_branch(program: &Program, branch: &Branch) -> String {
    let atoms: Vec<String> = branch.atoms.iter().map(|atom| quantifier(program, atom)).collect();
    let condition = branch.condition.as_ref().map(|condition| format!(" where {}", expr(program, condition)));
    let yields: Vec<String> = branch.yields.iter().map(|yielded| expr(program, yielded)).collect();
    format!("from {}{} yield {}", atoms.join(", "), condition.unwrap_or_default(), yields.join(", "))
}

fn shown_rule(program: &Program, rule: &Rule) -> String {
    let throughout = if rule.judged == Judged::ThroughoutPeriod { " throughout period" } else { "" };
    let mut text = format!("{}{throughout} {{\n", rule.name);
    if let Some(population) = &rule.population {
        let or_none = if population.or_none { " or none" } else { "" };
        let pair = population.pair.as_ref().map_or(String::new(), |pair| {
            let by: Vec<String> = pair.by.iter().map(|field| format!("f{}", field.0)).collect();
            format!(" paired with x{} by {}", pair.second.0, by.join(", "))
        });
        let _ = writeln!(text, "  for each {}{pair}{or_none}", quantifier(program, &population.rows));
    }
    let (shown, require) = rule.needs();
    for condition in shown {
        let _ = writeln!(text, "  needs {}", expr(program, condition));
    }
    let _ = writeln!(text, "  require {}", expr(program, require));
    for excuse in &rule.excused {
        let _ = writeln!(text, "  excused by {}", quantifier(program, excuse));
    }
    if let Some(due) = &rule.due {
        let _ = writeln!(text, "  due {}", expr(program, due));
    }
    let _ = writeln!(text, "  message {}", template(program, &rule.message));
    text.push_str("}\n");
    text
}

fn quantifier(program: &Program, quantifier: &Quantifier) -> String {
    let fact = &program.facts[quantifier.fact].name;
    let at = quantifier.at.as_ref().map(|at| format!(" at {}", expr(program, at)));
    let condition =
        quantifier.condition.as_ref().map(|condition| format!(" where {}", expr(program, condition)));
    format!("x{} in {fact}{}{}", quantifier.var.0, at.unwrap_or_default(), condition.unwrap_or_default())
}

fn template(program: &Program, template: &Template) -> String {
    let parts = template.parts.iter().map(|part| match part {
        TemplatePart::Text(text) => text.clone(),
        TemplatePart::Value(inner) => format!("{{{}}}", expr(program, inner)),
    });
    format!("\"{}\"", parts.collect::<String>())
}

fn expr(program: &Program, shown: &Expr) -> String {
    let one = |inner: &Expr| expr(program, inner);
    let list = |parts: &[Expr], word: &str| parts.iter().map(one).collect::<Vec<_>>().join(word);
    match &shown.kind {
        ExprKind::Literal(literal) => value(literal),
        ExprKind::NoneLiteral => "none".to_owned(),
        ExprKind::Today => "today".to_owned(),
        ExprKind::Period => "period".to_owned(),
        ExprKind::Moment => "moment".to_owned(),
        ExprKind::Range { from, to } => format!("({} to {})", one(from), one(to)),
        ExprKind::Edge { period, edge: Edge::Start } => format!("{}.start", one(period)),
        ExprKind::Edge { period, edge: Edge::End } => format!("{}.end", one(period)),
        ExprKind::Param(param) => program.params[*param].name.clone(),
        ExprKind::Field { var, field } => format!("x{}.f{}", var.0, field.0),
        ExprKind::Follow { base, fact, field, at } => {
            let at = at.as_ref().map_or(String::new(), |at| format!(" at {}", one(at)));
            format!("({} -> {}{at}).f{}", one(base), program.facts[*fact].name, field.0)
        }
        ExprKind::Not(inner) => format!("not ({})", one(inner)),
        ExprKind::And(parts) => format!("({})", list(parts, " and ")),
        ExprKind::Or(parts) => format!("({})", list(parts, " or ")),
        ExprKind::Compare { op, left, right } => format!("{} {} {}", one(left), op.symbol(), one(right)),
        ExprKind::OneOf { item, list: items } => format!("{} in [{}]", one(item), list(items, ", ")),
        ExprKind::InPeriod { time, period } => format!("{} in {}", one(time), one(period)),
        ExprKind::InCidr { ip, cidr } => format!("{} in {}", one(ip), one(cidr)),
        ExprKind::IsNone(inner) => format!("{} is none", one(inner)),
        ExprKind::StartsWith { text, prefix } => format!("{} starts with {}", one(text), one(prefix)),
        ExprKind::Contains { text, part } => format!("{} contains {}", one(text), one(part)),
        ExprKind::Matches { text, pattern } => format!("{} matches /{}/", one(text), pattern.source()),
        ExprKind::Format(parts) => template(program, parts),
        ExprKind::Arithmetic { op, left, right } => format!("({} {op:?} {})", one(left), one(right)),
        ExprKind::DateOf(inner) => format!("date({})", one(inner)),
        ExprKind::Call { function, arguments } => format!("{function:?}({})", list(arguments, ", ")),
        ExprKind::If { condition, then, otherwise } => {
            format!("(if {} then {} else {})", one(condition), one(then), one(otherwise))
        }
        ExprKind::Else { value, default } => format!("({} else {})", one(value), one(default)),
        ExprKind::Some(rows) => format!("some [{}]", quantifier(program, rows)),
        ExprKind::Count { quantifier: rows, op, bound } => {
            format!("count [{}] {} {}", quantifier(program, rows), op.symbol(), one(bound))
        }
        ExprKind::Aggregate { op, value, quantifier: rows } => {
            let value = value.as_ref().map_or(String::new(), |value| format!("{} of ", one(value)));
            format!("{op:?}({value}[{}])", quantifier(program, rows))
        }
        ExprKind::Covered { fact, period } => {
            let period = period.as_ref().map_or(String::new(), |period| format!(", {}", one(period)));
            format!("covered({}{period})", program.facts[*fact].name)
        }
        ExprKind::Admissible { condition, .. } => format!("admissible({})", one(condition)),
        ExprKind::Needs { shown, then } => format!("(needs {} then {})", list(shown, ", "), one(then)),
        ExprKind::Named { body, .. } => format!("define({})", one(body)),
    }
}

fn cell(shown: &Cell) -> String {
    match shown {
        Cell::Known(known) => value(known),
        Cell::None => "none".to_owned(),
        Cell::Unknown => "?".to_owned(),
    }
}

fn value(shown: &Value) -> String {
    match shown {
        Value::Text(text) => format!("{text:?}"),
        Value::Date(date) => date.to_string(),
        Value::DateTime(instant) => instant.to_string(),
        Value::Period(period) => format!("{}..{}", period.start, period.end),
        other => format!("{other:?}"),
    }
}
