//! A checked program as text, as short as its meaning allows.

use kijun_ir::{
    AggregateOp, ArithmeticOp, Binding, Branch, Cell, Edge, Expr, ExprKind, FactId, IndexVec, Program,
    Quantifier, Rule, Template, TemplatePart, Test, Value, VarId,
};

/// Prints expressions whose variables are those of one rule or branch.
pub(crate) struct Printer<'a> {
    pub(crate) program: &'a Program,
    pub(crate) vars: &'a IndexVec<VarId, Binding>,
}

/// A rule: population, requirement and the rest, one a line.
pub(crate) fn rule(program: &Program, rule: &Rule) -> String {
    let printer = Printer { program, vars: &rule.vars };
    let mut lines = vec![format!("rule {} {:?}", rule.name, rule.judged)];
    if let Some(population) = &rule.population {
        lines.push(format!("  for {}", printer.rows(&population.rows)));
        if let Some(pair) = &population.pair {
            let fields = &program.facts[population.rows.fact].fields;
            let by: Vec<&str> = pair.by.iter().map(|field| fields[*field].name.as_str()).collect();
            lines.push(format!("  then {} by {}", printer.var(pair.second), by.join(", ")));
        }
    }
    lines.push(format!("  require {}", printer.expr(&rule.require)));
    lines.extend(rule.excused.iter().map(|rows| format!("  excused {}", printer.rows(rows))));
    lines.extend(rule.due.iter().map(|due| format!("  due {}", printer.expr(due))));
    lines.join("\n") + "\n"
}

/// A test: its dates, rows, what is not whole, what is expected.
pub(crate) fn test(program: &Program, test: &Test) -> String {
    let name = |fact: FactId| program.facts[fact].name.as_str();
    let rule = test.rule.map(|rule| program.rules[rule].name.as_str());
    let mut lines =
        vec![format!("test {rule:?} today {} period {} to {}", test.today, test.period.0, test.period.1)];
    for row in &test.rows {
        let cells: Vec<String> = row.cells.iter().map(cell).collect();
        let taken = row.taken.map(|taken| format!(" at {taken}")).unwrap_or_default();
        lines.push(format!("  {} [{}]{taken}", name(row.fact), cells.join(", ")));
    }
    lines.extend(test.empty.iter().map(|(fact, day)| format!("  empty {} at {day}", name(*fact))));
    lines.extend(test.shortfalls.iter().map(|(fact, shortfall)| format!("  {} {shortfall:?}", name(*fact))));
    lines.extend(test.expect.iter().map(|expected| {
        let shown = format!("{expected:?}");
        format!("  expect {}", shown.split(", Span").next().unwrap_or_default())
    }));
    for question in &test.questions {
        let printer = Printer { program, vars: &question.rule.vars };
        lines.push(format!("  expect {:?} {}", question.answer, printer.expr(&question.rule.require)));
    }
    lines.join("\n") + "\n"
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Known(value) => literal(value),
        Cell::None => "none".to_owned(),
        Cell::Unknown => "unknown".to_owned(),
    }
}

/// The relations in the order in which they are derived.
pub(crate) fn relations(program: &Program) -> String {
    let mut lines = Vec::new();
    for relation in program.relations.values() {
        let name = |fact: &FactId| program.facts[*fact].name.as_str();
        let reads: Vec<&str> = relation.reads.iter().map(name).collect();
        let (recursive, timed) = (relation.recursive, relation.timed);
        lines.push(format!(
            "relation {} stratum {} recursive {recursive} timed {timed} reads {}",
            name(&relation.fact),
            relation.stratum,
            reads.join(", ")
        ));
        for field in program.facts[relation.fact].fields.values() {
            lines.push(format!("  field {}: {:?} {:?}", field.name, field.ty.kind, field.class));
        }
        lines.extend(relation.branches.iter().map(|branch| self::branch(program, branch)));
    }
    lines.join("\n") + "\n"
}

fn branch(program: &Program, branch: &Branch) -> String {
    let printer = Printer { program, vars: &branch.vars };
    let atoms: Vec<String> = branch.atoms.iter().map(|atom| printer.rows(atom)).collect();
    let condition = branch.condition.iter().map(|condition| format!(" where {}", printer.expr(condition)));
    let yields: Vec<String> = branch.yields.iter().map(|value| printer.expr(value)).collect();
    format!("  from {}{} yield {}", atoms.join(", "), condition.collect::<String>(), yields.join(", "))
}

impl Printer<'_> {
    fn var(&self, var: VarId) -> String {
        format!("{}{}", self.vars[var].name, var.0)
    }

    pub(crate) fn rows(&self, rows: &Quantifier) -> String {
        let fact = &self.program.facts[rows.fact].name;
        let at = rows.at.iter().map(|at| format!(" at {}", self.expr(at))).collect::<String>();
        let condition = rows.condition.iter().map(|condition| format!(" where {}", self.expr(condition)));
        format!("{} in {fact}{at}{}", self.var(rows.var), condition.collect::<String>())
    }

    fn list(&self, parts: &[Expr], between: &str) -> String {
        let parts: Vec<String> = parts.iter().map(|part| self.expr(part)).collect();
        parts.join(between)
    }

    pub(crate) fn expr(&self, expr: &Expr) -> String {
        match &expr.kind {
            ExprKind::Literal(value) => literal(value),
            ExprKind::NoneLiteral => "none".to_owned(),
            ExprKind::Today => "today".to_owned(),
            ExprKind::Period => "period".to_owned(),
            ExprKind::Moment => "moment".to_owned(),
            ExprKind::Range { from, to } => format!("({} to {})", self.expr(from), self.expr(to)),
            ExprKind::Edge { period, edge: Edge::Start } => format!("{}.start", self.expr(period)),
            ExprKind::Edge { period, edge: Edge::End } => format!("{}.end", self.expr(period)),
            ExprKind::Param(param) => format!("${}", self.program.params[*param].name),
            ExprKind::Field { var, field } => {
                let fact = &self.program.facts[self.vars[*var].fact];
                format!("{}.{}", self.var(*var), fact.fields[*field].name)
            }
            ExprKind::Follow { base, fact, field, at } => {
                let at = at.iter().map(|at| format!("@{}", self.expr(at))).collect::<String>();
                format!("{}{at}→{}", self.expr(base), self.program.facts[*fact].fields[*field].name)
            }
            ExprKind::Not(inner) => format!("not {}", self.expr(inner)),
            ExprKind::And(parts) => format!("({})", self.list(parts, " and ")),
            ExprKind::Or(parts) => format!("({})", self.list(parts, " or ")),
            ExprKind::Compare { op, left, right } => {
                format!("{} {} {}", self.expr(left), op.symbol(), self.expr(right))
            }
            ExprKind::OneOf { item, list } => format!("{} in [{}]", self.expr(item), self.list(list, ", ")),
            ExprKind::InPeriod { time, period } => format!("{} in {}", self.expr(time), self.expr(period)),
            ExprKind::InCidr { ip, cidr } => format!("{} in net {}", self.expr(ip), self.expr(cidr)),
            ExprKind::IsNone(value) => format!("{} is none", self.expr(value)),
            ExprKind::StartsWith { text, prefix } => {
                format!("{} starts with {}", self.expr(text), self.expr(prefix))
            }
            ExprKind::Contains { text, part } => format!("{} contains {}", self.expr(text), self.expr(part)),
            ExprKind::Matches { text, pattern } => {
                format!("{} matches /{}/", self.expr(text), pattern.source())
            }
            ExprKind::Format(template) => self.template(template),
            ExprKind::Arithmetic { op, left, right } => {
                let sign = match op {
                    ArithmeticOp::Add => "+",
                    ArithmeticOp::Sub => "-",
                    ArithmeticOp::Mul => "*",
                };
                format!("({} {sign} {})", self.expr(left), self.expr(right))
            }
            ExprKind::DateOf(instant) => format!("date({})", self.expr(instant)),
            ExprKind::Call { function, arguments } => format!("{function:?}({})", self.list(arguments, ", ")),
            ExprKind::If { condition, then, otherwise } => {
                let [condition, then, otherwise] = [condition, then, otherwise].map(|part| self.expr(part));
                format!("if {condition} then {then} else {otherwise}")
            }
            ExprKind::Else { value, default } => {
                format!("({} else {})", self.expr(value), self.expr(default))
            }
            ExprKind::Some(rows) => format!("some({})", self.rows(rows)),
            ExprKind::Count { quantifier, op, bound } => {
                format!("count({}) {} {}", self.rows(quantifier), op.symbol(), self.expr(bound))
            }
            ExprKind::Aggregate { op: AggregateOp::Count, quantifier, .. } => {
                format!("count({})", self.rows(quantifier))
            }
            ExprKind::Aggregate { op, value, quantifier } => {
                let value = value.iter().map(|value| self.expr(value)).collect::<String>();
                format!("{op:?}({value} over {})", self.rows(quantifier))
            }
            ExprKind::Covered { fact, period } => {
                let period = period.iter().map(|period| format!(", {}", self.expr(period)));
                format!("covered({}{})", self.program.facts[*fact].name, period.collect::<String>())
            }
            ExprKind::Admissible { condition, .. } => format!("admissible({})", self.expr(condition)),
            ExprKind::Needs { shown, then } => {
                let shown: Vec<String> = shown.iter().map(|condition| self.expr(condition)).collect();
                format!("needs({} => {})", shown.join(", "), self.expr(then))
            }
            ExprKind::Named { name, body, .. } => format!("{name}⟨{}⟩", self.expr(body)),
        }
    }

    fn template(&self, template: &Template) -> String {
        let part = |part: &TemplatePart| match part {
            TemplatePart::Text(text) => text.clone(),
            TemplatePart::Value(expr) => format!("{{{}}}", self.expr(expr)),
        };
        format!("\"{}\"", template.parts.iter().map(part).collect::<String>())
    }
}

fn literal(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("{text:?}"),
        Value::Int(number) => number.to_string(),
        Value::Decimal(number) => format!("{number}d"),
        Value::Bool(value) => value.to_string(),
        Value::Date(date) => date.to_string(),
        Value::DateTime(instant) => instant.to_string(),
        Value::Duration(length) => {
            format!("{}m{}d{}b{}us", length.months, length.days, length.business_days, length.micros)
        }
        Value::Period(period) => format!("{}..{}", period.start, period.end),
        Value::Ip(address) => address.to_string(),
        Value::Cidr(network) => network.to_string(),
        Value::Enum(index) => format!("#{index}"),
    }
}
