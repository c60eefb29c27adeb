//! A failing case as somebody can read it.

use std::fmt::Write;

use kijun_eval::{Held, Stretch, Taken};
use kijun_ir::{Cell, Expr, ExprKind, Fact, FactKind, Program, Quantifier, Rule, Value};

use super::Case;
use super::evidence::Draft;

/// The whole case.
pub(crate) fn case(case: &Case) -> String {
    let Case { program, occasion, draft, taken, .. } = case;
    let mut text = format!(
        "today {}, period {} to {}, {}\n",
        occasion.today,
        occasion.period_start,
        occasion.period_end,
        program.zone.iana_name().unwrap_or("UTC")
    );
    for param in program.params.values() {
        let _ = writeln!(text, "{} = {}", param.name, value(&param.value));
    }
    for rule in program.rules.values() {
        text.push_str(&shown_rule(program, rule));
    }
    text.push_str(&evidence(program, draft));
    let _ = writeln!(text, "less evidence: {taken:?}");
    text
}

fn evidence(program: &Program, draft: &Draft) -> String {
    let mut text = String::new();
    for (id, collected) in draft.facts.iter() {
        text.push_str(&declaration(&program.facts[id]));
        for source in &collected.coverage {
            let _ = writeln!(text, "  {}: {}", source.source, held(&source.held));
        }
        for (cells, origin) in &collected.rows {
            let cells: Vec<String> = cells.iter().map(cell).collect();
            let _ = writeln!(text, "  line {} of source{}: {}", origin.line, origin.source, cells.join(", "));
        }
    }
    text
}

fn declaration(fact: &Fact) -> String {
    let (kind, at) = match fact.kind {
        FactKind::State => ("state", None),
        FactKind::Event { at } => ("event", Some(at)),
    };
    let fields = fact.fields.iter().map(|(id, field)| {
        let role = if fact.key == Some(id) {
            "key "
        } else if at == Some(id) {
            "at "
        } else {
            ""
        };
        format!("{role}f{}: {:?}{}", id.0, field.ty.kind, if field.ty.optional { "?" } else { "" })
    });
    let fields: Vec<String> = fields.collect();
    format!("{kind} {} {{ {} }} fresh {:?}\n", fact.name, fields.join(", "), fact.fresh)
}

fn held(held: &Held) -> String {
    match held {
        Held::State(None) => "nothing".to_owned(),
        Held::State(Some(Taken { at, defects })) => format!("taken at {at} {defects:?}"),
        Held::Log(stretches) => {
            let shown = |Stretch { from, to, defects }: &Stretch| format!("{from} to {to} {defects:?}");
            stretches.iter().map(shown).collect::<Vec<_>>().join(", ")
        }
    }
}

fn shown_rule(program: &Program, rule: &Rule) -> String {
    let mut text = format!("{} {{\n", rule.name);
    if let Some(population) = &rule.population {
        let or_none = if population.or_none { " or none" } else { "" };
        let _ = writeln!(text, "  for each {}{or_none}", quantifier(program, &population.rows));
    }
    let _ = writeln!(text, "  require {}", expr(program, &rule.require));
    for excuse in &rule.excused {
        let _ = writeln!(text, "  excused by {}", quantifier(program, excuse));
    }
    if let Some(due) = &rule.due {
        let _ = writeln!(text, "  due {}", expr(program, due));
    }
    text.push_str("}\n");
    text
}

fn quantifier(program: &Program, quantifier: &Quantifier) -> String {
    let condition = quantifier.condition.as_ref().map(|condition| expr(program, condition));
    let fact = &program.facts[quantifier.fact].name;
    let rows = format!("x{} in {fact}", quantifier.var.0);
    condition.map_or_else(|| rows.clone(), |condition| format!("{rows} where {condition}"))
}

fn expr(program: &Program, shown: &Expr) -> String {
    let one = |inner: &Expr| expr(program, inner);
    let list = |parts: &[Expr], word: &str| parts.iter().map(one).collect::<Vec<_>>().join(word);
    match &shown.kind {
        ExprKind::Literal(literal) => value(literal),
        ExprKind::NoneLiteral => "none".to_owned(),
        ExprKind::Today => "today".to_owned(),
        ExprKind::PeriodStart => "period.start".to_owned(),
        ExprKind::PeriodEnd => "period.end".to_owned(),
        ExprKind::Param(param) => program.params[*param].name.clone(),
        ExprKind::Field { var, field } => format!("x{}.f{}", var.0, field.0),
        ExprKind::Follow { base, fact, field } => {
            format!("({} -> {}).f{}", one(base), program.facts[*fact].name, field.0)
        }
        ExprKind::Not(inner) => format!("not ({})", one(inner)),
        ExprKind::And(parts) => format!("({})", list(parts, " and ")),
        ExprKind::Or(parts) => format!("({})", list(parts, " or ")),
        ExprKind::Compare { op, left, right } => format!("{} {} {}", one(left), op.symbol(), one(right)),
        ExprKind::OneOf { item, list: items } => format!("{} in [{}]", one(item), list(items, ", ")),
        ExprKind::InPeriod(inner) => format!("{} in period", one(inner)),
        ExprKind::IsNone(inner) => format!("{} is none", one(inner)),
        ExprKind::StartsWith { text, prefix } => format!("{} starts with {}", one(text), one(prefix)),
        ExprKind::Arithmetic { op, left, right } => format!("({} {op:?} {})", one(left), one(right)),
        ExprKind::DateOf(inner) => format!("date({})", one(inner)),
        ExprKind::If { condition, then, otherwise } => {
            format!("(if {} then {} else {})", one(condition), one(then), one(otherwise))
        }
        ExprKind::Else { value, default } => format!("({} else {})", one(value), one(default)),
        ExprKind::Some(rows) => format!("some [{}]", quantifier(program, rows)),
        ExprKind::Count { quantifier: rows, op, bound } => {
            format!("count [{}] {} {}", quantifier(program, rows), op.symbol(), one(bound))
        }
        ExprKind::Covered(fact) => format!("covered {}", program.facts[*fact].name),
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
        other => format!("{other:?}"),
    }
}
