//! What must hold of every program, checked in tests and debug builds.

use crate::{
    AggregateOp, Binding, Branch, Cell, Expr, ExprKind, Fact, FactId, FactKind, FieldId, Freshness, Index,
    IndexVec, Judged, Kind, ParamValue, Population, Program, Quantifier, Relation, Rule, Template, Trigger,
    Type, VarId,
};

/// The first invariant that the program breaks, in words; `None` when it is sound.
pub fn check(program: &Program) -> Option<String> {
    all(program).err()
}

type Checked = Result<(), String>;

fn all(program: &Program) -> Checked {
    for (id, fact) in program.facts.iter() {
        check_fact(program, id, fact).map_err(|problem| format!("fact `{}`: {problem}", fact.name))?;
    }
    for (id, relation) in program.relations.iter() {
        let name = &program.facts[relation.fact].name;
        ensure(program.facts[relation.fact].kind == FactKind::Relation(id), || {
            format!("relation `{name}` is not that of its fact")
        })?;
        check_relation(program, relation).map_err(|problem| format!("relation `{name}`: {problem}"))?;
    }
    for param in program.params.values() {
        check_param(param.kind, &param.value)
            .map_err(|problem| format!("param `{}`: {problem}", param.name))?;
    }
    for rule in program.rules.values() {
        let problem = |problem| format!("rule `{}`: {problem}", rule.name);
        ensure(!rule.covers.is_empty(), || problem("covers no duty".to_owned()))?;
        check_rule(program, rule).map_err(problem)?;
    }
    for audit in program.audits.values() {
        if let Trigger::After { events, vars, .. } = &audit.trigger {
            let mut scope = Scope::new(program, vars);
            scope.quantifier(events).map_err(|problem| format!("audit `{}`: {problem}", audit.name))?;
        }
    }
    program.tests.iter().try_for_each(|test| {
        let problem = |problem| format!("test `{}`: {problem}", test.label);
        for row in &test.rows {
            check_cells(&program.facts[row.fact], &row.cells).map_err(problem)?;
        }
        for question in &test.questions {
            check_rule(program, &question.rule).map_err(problem)?;
        }
        ensure(!test.expect.is_empty() || !test.questions.is_empty(), || {
            problem("expects nothing".to_owned())
        })
    })
}

fn ensure(holds: bool, problem: impl FnOnce() -> String) -> Checked {
    if holds { Ok(()) } else { Err(problem()) }
}

fn check_fact(program: &Program, id: FactId, fact: &Fact) -> Checked {
    if let FactKind::Event { at } = fact.kind {
        let ty = fact.fields.get(at).map(|field| field.ty);
        let timed = ty.is_some_and(|ty| is_time(ty.kind) && !ty.optional);
        ensure(timed, || "has no required time field".to_owned())?;
    }
    if let Some(key) = fact.key {
        let ty = fact.fields.get(key).map(|field| field.ty);
        ensure(ty == Some(Type::required(Kind::Ref(id))), || "its key is no key".to_owned())?;
    }
    if let Freshness::Param(param) = fact.fresh {
        let param = program.params.get(param);
        let sound = param
            .is_some_and(|param| param.kind == Kind::Duration && matches!(param.value, ParamValue::One(_)));
        ensure(sound, || "the parameter of its freshness is no length of time".to_owned())?;
    }
    if let Some(valid) = fact.valid {
        let kind = |field: FieldId| fact.fields.get(field).map(|field| field.ty.kind);
        let ends = valid.from.into_iter().chain(valid.until.map(|(field, _)| field));
        let sound = ends.into_iter().all(|field| kind(field).is_some_and(is_time))
            && valid.within.into_iter().all(|field| kind(field) == Some(Kind::Period))
            && (valid.within.is_some() != (valid.from.is_some() || valid.until.is_some()))
            && fact.kind == FactKind::State;
        ensure(sound, || "its validity says nothing".to_owned())?;
    }
    for field in fact.fields.values() {
        if let Kind::Ref(target) = field.ty.kind {
            let keyed = program.facts.get(target).is_some_and(|target| target.key.is_some());
            ensure(keyed, || format!("field `{}` refers to no key", field.name))?;
        }
    }
    fact.rows.iter().try_for_each(|row| {
        ensure(fact.kind == FactKind::Table, || "has rows but is no table".to_owned())?;
        ensure(!row.contains(&Cell::Unknown), || "a cell of a table is unknown".to_owned())?;
        check_cells(fact, row)
    })
}

fn check_cells(fact: &Fact, cells: &[Cell]) -> Checked {
    ensure(cells.len() == fact.fields.len(), || "a row has not one cell a field".to_owned())?;
    for (field, cell) in fact.fields.values().zip(cells) {
        let fits = match cell {
            Cell::Known(value) => value.is_of(field.ty.kind),
            Cell::None => field.ty.optional,
            Cell::Unknown => true,
        };
        ensure(fits, || format!("a cell of `{}` is of another type", field.name))?;
    }
    Ok(())
}

fn check_param(kind: Kind, value: &ParamValue) -> Checked {
    let values = match value {
        ParamValue::One(value) => std::slice::from_ref(value),
        ParamValue::List(values) => values,
    };
    ensure(values.iter().all(|value| value.is_of(kind)), || "a value is of another kind".to_owned())
}

fn is_time(kind: Kind) -> bool {
    matches!(kind, Kind::Date | Kind::DateTime)
}

fn check_relation(program: &Program, relation: &Relation) -> Checked {
    let sorted = relation.reads.windows(2).all(|pair| pair[0] < pair[1]);
    ensure(sorted, || "what it reads is not in order".to_owned())?;
    relation.branches.iter().try_for_each(|branch| check_branch(program, relation, branch))
}

fn check_branch(program: &Program, relation: &Relation, branch: &Branch) -> Checked {
    let mut scope = Scope::new(program, &branch.vars);
    for atom in &branch.atoms {
        ensure(atom.condition.is_none(), || "an atom has a condition of its own".to_owned())?;
        ensure(scope.stratum(atom.fact) <= relation.stratum, || "reads a later relation".to_owned())?;
        scope.rows(atom)?;
    }
    scope.below = Some(relation.stratum);
    branch.condition.iter().try_for_each(|condition| scope.condition(condition))?;
    let fields = &program.facts[relation.fact].fields;
    ensure(fields.len() == branch.yields.len(), || "does not yield one value a field".to_owned())?;
    for (field, value) in fields.values().zip(&branch.yields) {
        scope.expr(value)?;
        ensure(value.ty.kind == field.ty.kind, || format!("yields another kind for `{}`", field.name))?;
    }
    Ok(())
}

fn check_rule(program: &Program, rule: &Rule) -> Checked {
    let mut scope = Scope::new(program, &rule.vars);
    scope.moment = rule.judged == Judged::ThroughoutPeriod;
    if let Some(population) = &rule.population {
        check_population(&mut scope, rule, population)?;
    }
    scope.requirement(rule)?;
    for rows in &rule.excused {
        scope.quantifier(rows)?;
    }
    if let Some(due) = &rule.due {
        scope.moment = false;
        scope.expr(due)?;
        ensure(due.ty == Type::required(Kind::Date), || "is due on no date".to_owned())?;
        scope.moment = rule.judged == Judged::ThroughoutPeriod;
    }
    scope.template(&rule.message)
}

fn check_population(scope: &mut Scope<'_>, rule: &Rule, population: &Population) -> Checked {
    let rows = &population.rows;
    ensure(rows.var == Rule::SUBJECT, || "the subject is not the first variable".to_owned())?;
    let kind = scope.program.facts[rows.fact].kind;
    if rule.judged == Judged::ThroughoutPeriod {
        let changes = matches!(kind, FactKind::State | FactKind::Relation(_)) && population.pair.is_none();
        ensure(changes, || "its subjects are the same at every moment".to_owned())?;
    }
    if let Some(pair) = &population.pair {
        let bound = rule.vars.get(pair.second).is_some_and(|binding| binding.fact == rows.fact);
        let event = matches!(kind, FactKind::Event { .. });
        ensure(bound && event && !pair.by.is_empty(), || "its pairs are none of events".to_owned())?;
        scope.bind(pair.second)?;
    }
    scope.rows(rows)?;
    rows.condition.iter().try_for_each(|condition| scope.condition(condition))
}

/// The variables that an expression may read.
struct Scope<'a> {
    program: &'a Program,
    vars: &'a IndexVec<VarId, Binding>,
    visible: Vec<VarId>,
    /// Whether each variable is bound somewhere already.
    bound: Vec<bool>,
    /// Whether there is a moment other than the date of judgement.
    moment: bool,
    /// The stratum below which relations must be.
    below: Option<u32>,
}

impl<'a> Scope<'a> {
    fn new(program: &'a Program, vars: &'a IndexVec<VarId, Binding>) -> Self {
        let bound = vec![false; vars.len()];
        Self { program, vars, visible: Vec::new(), bound, moment: true, below: None }
    }

    fn stratum(&self, fact: FactId) -> u32 {
        match self.program.facts[fact].kind {
            FactKind::Relation(relation) => self.program.relations[relation].stratum,
            _ => 0,
        }
    }

    fn bind(&mut self, var: VarId) -> Checked {
        let bound = self.bound.get_mut(var.index()).ok_or_else(|| format!("variable {} is none", var.0))?;
        let twice = std::mem::replace(bound, true);
        ensure(!twice, || format!("variable {} is bound twice", var.0))?;
        self.visible.push(var);
        Ok(())
    }

    /// The rows before their condition; the variable stays visible.
    fn rows(&mut self, rows: &Quantifier) -> Checked {
        let fact = self.vars.get(rows.var).map(|binding| binding.fact);
        ensure(fact == Some(rows.fact), || format!("variable {} is not bound to its fact", rows.var.0))?;
        if let Some(at) = &rows.at {
            self.expr(at)?;
            ensure(is_time(at.ty.kind) && !at.ty.optional, || "reads as of no moment".to_owned())?;
            let timed = self.program.is_timed(rows.fact);
            ensure(timed, || "reads as of a moment what is the same at every moment".to_owned())?;
        }
        self.bind(rows.var)
    }

    fn quantifier(&mut self, rows: &Quantifier) -> Checked {
        self.within(rows, |_| Ok(()))
    }

    /// A quantifier, and what is read with its variable visible.
    fn within(&mut self, rows: &Quantifier, rest: impl FnOnce(&mut Self) -> Checked) -> Checked {
        let gaps = matches!(self.program.facts[rows.fact].kind, FactKind::Gaps(_));
        ensure(!gaps, || "gaps are read outside the population".to_owned())?;
        if let (Some(below), FactKind::Relation(_)) = (self.below, self.program.facts[rows.fact].kind) {
            let earlier = self.stratum(rows.fact) < below;
            ensure(earlier, || "reads a relation of its circle in a condition".to_owned())?;
        }
        let visible = self.visible.len();
        self.rows(rows)?;
        rows.condition.iter().try_for_each(|condition| self.condition(condition))?;
        rest(self)?;
        self.visible.truncate(visible);
        Ok(())
    }

    fn condition(&mut self, expr: &Expr) -> Checked {
        self.expr(expr)?;
        ensure(expr.ty.kind == Kind::Bool, || "a condition is none".to_owned())
    }

    /// A requirement, with what it needs shown: nowhere else may that stand.
    fn requirement(&mut self, rule: &Rule) -> Checked {
        let (shown, then) = rule.needs();
        let needs = matches!(rule.require.kind, ExprKind::Needs { .. });
        ensure(needs != shown.is_empty(), || "needs nothing".to_owned())?;
        ensure(of(&rule.require, Kind::Bool), || "a requirement is no condition".to_owned())?;
        shown.iter().chain([then]).try_for_each(|condition| self.condition(condition))
    }

    fn template(&mut self, template: &Template) -> Checked {
        template.values().try_for_each(|value| self.expr(value))
    }

    fn expr(&mut self, expr: &Expr) -> Checked {
        match &expr.kind {
            ExprKind::Some(rows) => self.quantifier(rows)?,
            ExprKind::Count { quantifier, bound, .. } => {
                self.quantifier(quantifier)?;
                self.expr(bound)?;
            }
            ExprKind::Aggregate { value, quantifier, .. } => {
                self.within(quantifier, |scope| value.iter().try_for_each(|value| scope.expr(value)))?;
            }
            _ => expr.children().into_iter().try_for_each(|child| self.expr(child))?,
        }
        ensure(self.fits(expr), || format!("parts of the wrong kind in {:?}", expr.kind))
    }

    /// Whether the parts of an expression are of the kinds that it takes, and its type is what they make.
    fn fits(&self, expr: &Expr) -> bool {
        let kind = expr.ty.kind;
        let facts = &self.program.facts;
        match &expr.kind {
            ExprKind::Literal(value) => value.is_of(kind),
            ExprKind::NoneLiteral => expr.ty.optional,
            ExprKind::Today => kind == Kind::Date,
            ExprKind::Period => kind == Kind::Period,
            ExprKind::Moment => kind == Kind::DateTime && self.moment,
            ExprKind::Range { from, to } => {
                of(from, Kind::Date) && of(to, Kind::Date) && kind == Kind::Period
            }
            ExprKind::Edge { period, .. } => of(period, Kind::Period) && kind == Kind::Date,
            ExprKind::Param(param) => {
                let param = &self.program.params[*param];
                param.kind == kind && matches!(param.value, ParamValue::One(_))
            }
            ExprKind::Field { var, field } => {
                let field = self.vars.get(*var).and_then(|binding| facts[binding.fact].fields.get(*field));
                self.visible.contains(var) && field.is_some_and(|field| field.ty.kind == kind)
            }
            ExprKind::Follow { base, fact, field, at } => {
                let field = facts[*fact].fields.get(*field);
                let state = facts[*fact].kind == FactKind::State;
                of(base, Kind::Ref(*fact))
                    && field.is_some_and(|field| field.ty.kind == kind)
                    && at.iter().all(|at| is_time(at.ty.kind) && state)
            }
            ExprKind::Not(inner) => of(inner, Kind::Bool) && kind == Kind::Bool,
            ExprKind::And(parts) | ExprKind::Or(parts) => {
                parts.len() > 1 && parts.iter().all(|part| of(part, Kind::Bool)) && kind == Kind::Bool
            }
            ExprKind::Compare { left, right, .. } => {
                left.ty.kind.equates(right.ty.kind) && kind == Kind::Bool
            }
            ExprKind::OneOf { item, list } => {
                let item = item.ty.kind;
                let fits = |element: Kind| item.equates(element) || (item, element) == (Kind::Ip, Kind::Cidr);
                list.iter().all(|element| fits(element.ty.kind)) && kind == Kind::Bool
            }
            ExprKind::InPeriod { time, period } => {
                is_time(time.ty.kind) && of(period, Kind::Period) && kind == Kind::Bool
            }
            ExprKind::InCidr { ip, cidr } => of(ip, Kind::Ip) && of(cidr, Kind::Cidr) && kind == Kind::Bool,
            ExprKind::IsNone(_) | ExprKind::Some(_) => kind == Kind::Bool,
            ExprKind::StartsWith { text: left, prefix: right }
            | ExprKind::Contains { text: left, part: right } => {
                is_text(left) && is_text(right) && kind == Kind::Bool
            }
            ExprKind::Matches { text, .. } => is_text(text) && kind == Kind::Bool,
            ExprKind::Format(_) => kind == Kind::Text,
            ExprKind::Arithmetic { .. } => true,
            ExprKind::DateOf(instant) => of(instant, Kind::DateTime) && kind == Kind::Date,
            ExprKind::Call { function, arguments } => {
                let (kinds, value) = function.signature();
                kinds.len() == arguments.len()
                    && arguments.iter().zip(kinds).all(|(argument, kind)| of(argument, *kind))
                    && kind == value
            }
            ExprKind::If { condition, then, otherwise } => {
                of(condition, Kind::Bool) && of(then, kind) && of(otherwise, kind)
            }
            ExprKind::Else { value, default } => of(value, kind) && default.ty.kind.equates(kind),
            ExprKind::Count { bound, .. } => of(bound, Kind::Int) && kind == Kind::Bool,
            ExprKind::Aggregate { op, value, quantifier } => {
                self.aggregate(*op, value.as_deref(), quantifier.fact, expr.ty)
            }
            ExprKind::Covered { fact, period } => {
                let event = matches!(facts[*fact].kind, FactKind::Event { .. });
                event && period.iter().all(|period| of(period, Kind::Period)) && kind == Kind::Bool
            }
            ExprKind::Admissible { condition, .. } => of(condition, Kind::Bool) && kind == Kind::Bool,
            ExprKind::Needs { .. } => false,
            ExprKind::Named { body, param, .. } => {
                let is_list = matches!(body.kind, ExprKind::OneOf { .. });
                of(body, kind) && (param.is_none() || is_list)
            }
        }
    }

    fn aggregate(&self, op: AggregateOp, value: Option<&Expr>, fact: FactId, ty: Type) -> bool {
        let Some(value) = value.map(|value| value.ty.kind) else {
            return op == AggregateOp::Count && ty == Type::required(Kind::Int);
        };
        match op {
            AggregateOp::Count => false,
            AggregateOp::CountDistinct => ty == Type::required(Kind::Int),
            AggregateOp::Sum => {
                matches!(value, Kind::Int | Kind::Decimal | Kind::Duration) && ty == Type::required(value)
            }
            AggregateOp::Min | AggregateOp::Max => value.is_ordered() && ty.kind == value && ty.optional,
            AggregateOp::First | AggregateOp::Latest => {
                let event = matches!(self.program.facts[fact].kind, FactKind::Event { .. });
                event && ty.kind == value
            }
        }
    }
}

fn of(expr: &Expr, kind: Kind) -> bool {
    expr.ty.kind == kind
}

fn is_text(expr: &Expr) -> bool {
    matches!(expr.ty.kind, Kind::Text | Kind::Ref(_))
}
