//! Generates rules: every kind of expression, in the shapes that people write and in shapes that nobody would.

use kijun_ir::{
    ArithmeticOp, Binding, CompareOp, DutyId, Expr, ExprKind, FactId, FactKind, FieldId, IndexVec, Kind,
    Population, Program, Quantifier, Rule, Severity, Template, TemplatePart, Type, Value, VarId,
};
use kijun_source::Span;

use super::choices::Choices;
use super::values::{self, Days};

/// Quantifiers stand in quantifiers no deeper than this.
const NESTING: usize = 2;

/// A rule over the facts of `program`.
pub(crate) fn rule(choices: &mut Choices, program: &Program, days: &Days) -> Rule {
    let mut writer = Writer { choices, program, days, vars: IndexVec::new(), scope: Vec::new(), nesting: 0 };
    let population = (!writer.choices.chance(20)).then(|| {
        let rows = writer.quantifier(1);
        let or_none = writer.choices.chance(40);
        writer.scope.push(rows.var);
        Population { rows, or_none }
    });
    let require = writer.condition(3);
    let excuses = writer.choices.pick(&[0, 0, 0, 1, 1, 2]);
    let excused = (0..excuses).map(|_| writer.quantifier(1)).collect();
    let due = writer.choices.chance(35).then(|| writer.value(Kind::Date, 1));
    let message = Template { parts: vec![TemplatePart::Value(writer.condition(1))] };
    Rule {
        name: format!("rule{}", program.rules.len()),
        label: String::new(),
        doc: String::new(),
        covers: vec![DutyId(0)],
        severity: Severity::Minor,
        population,
        require,
        excused,
        due,
        message,
        remedy: None,
        vars: writer.vars,
        span: Span::default(),
    }
}

struct Writer<'a> {
    choices: &'a mut Choices,
    program: &'a Program,
    days: &'a Days,
    vars: IndexVec<VarId, Binding>,
    scope: Vec<VarId>,
    nesting: usize,
}

fn condition(kind: ExprKind) -> Expr {
    Expr::new(kind, Kind::Bool, Span::default())
}

fn compare(op: CompareOp, left: Expr, right: Expr) -> Expr {
    condition(ExprKind::Compare { op, left: Box::new(left), right: Box::new(right) })
}

const EQUALITY: [CompareOp; 3] = [CompareOp::Eq, CompareOp::Eq, CompareOp::Ne];
const ORDER: [CompareOp; 6] =
    [CompareOp::Eq, CompareOp::Ge, CompareOp::Le, CompareOp::Lt, CompareOp::Gt, CompareOp::Ne];
const BOUNDS: [CompareOp; 5] = [CompareOp::Ge, CompareOp::Le, CompareOp::Gt, CompareOp::Lt, CompareOp::Eq];

impl Writer<'_> {
    /// A condition in which other conditions stand no deeper than `depth`.
    fn condition(&mut self, depth: u32) -> Expr {
        if self.choices.chance(5) {
            let body = self.condition(depth.saturating_sub(1));
            return condition(ExprKind::Named { name: "define".to_owned(), body: Box::new(body) });
        }
        if depth == 0 {
            return self.simple_condition();
        }
        let below = depth - 1;
        match self.choices.below(20) {
            0..4 => self.simple_condition(),
            4..6 => condition(ExprKind::Not(Box::new(self.condition(below)))),
            6..8 => condition(ExprKind::And(self.conditions(below))),
            8..10 => condition(ExprKind::Or(self.conditions(below))),
            10..15 if self.nesting < NESTING => condition(ExprKind::Some(Box::new(self.quantifier(below)))),
            15..18 if self.nesting < NESTING => self.count(below),
            18 => self.choice(Kind::Bool, below),
            _ => self.comparison(1),
        }
    }

    fn conditions(&mut self, depth: u32) -> Vec<Expr> {
        (0..self.choices.within(2..4)).map(|_| self.condition(depth)).collect()
    }

    fn simple_condition(&mut self) -> Expr {
        match self.choices.below(12) {
            0 => self.plain(Kind::Bool, 0),
            1 => {
                let kind = self.choices.pick(&[Kind::Date, Kind::DateTime]);
                let time = self.value(kind, 1);
                condition(ExprKind::InPeriod(Box::new(time)))
            }
            2 => {
                let kind = self.any_kind();
                let value = self.plain(kind, 1);
                condition(ExprKind::IsNone(Box::new(value)))
            }
            3 => self.starts_with(),
            4 => self.one_of(),
            5 => condition(ExprKind::Covered(self.any_fact())),
            6 => self.optional_comparison(),
            _ => self.comparison(1),
        }
    }

    fn starts_with(&mut self) -> Expr {
        let text = self.value(Kind::Text, 1);
        let prefix = if self.choices.chance(20) {
            self.value(Kind::Text, 0)
        } else {
            Expr::new(ExprKind::Literal(values::prefix(self.choices)), Kind::Text, Span::default())
        };
        condition(ExprKind::StartsWith { text: Box::new(text), prefix: Box::new(prefix) })
    }

    fn one_of(&mut self) -> Expr {
        let kind = self.any_kind();
        let item = self.value(kind, 1);
        let list = (0..self.choices.within(1..4))
            .map(|_| if self.choices.chance(20) { self.value(kind, 0) } else { self.literal(kind) });
        let list = list.collect();
        condition(ExprKind::OneOf { item: Box::new(item), list })
    }

    fn comparison(&mut self, depth: u32) -> Expr {
        let kind = self.any_kind();
        let other = match kind {
            Kind::Int if self.choices.chance(20) => Kind::Decimal,
            Kind::Decimal if self.choices.chance(20) => Kind::Int,
            Kind::Ref(_) if self.choices.chance(30) => Kind::Text,
            kind => kind,
        };
        let op = self.operator(kind);
        let (left, right) = (self.value(kind, depth), self.value(other, depth));
        compare(op, left, right)
    }

    /// `field is none or field < …`.
    fn optional_comparison(&mut self) -> Expr {
        let kind = self.any_kind();
        let value = self.plain(kind, 0);
        let op = self.operator(kind);
        let other = self.value(kind, 1);
        let is_none = condition(ExprKind::IsNone(Box::new(value.clone())));
        condition(ExprKind::Or(vec![is_none, compare(op, value, other)]))
    }

    fn operator(&mut self, kind: Kind) -> CompareOp {
        if kind.is_ordered() { self.choices.pick(&ORDER) } else { self.choices.pick(&EQUALITY) }
    }

    fn count(&mut self, depth: u32) -> Expr {
        let quantifier = Box::new(self.quantifier(depth));
        let op = self.choices.pick(&ORDER);
        let bound = if self.choices.chance(25) {
            self.value(Kind::Int, 1)
        } else {
            let number = i64::from(self.choices.below(5)) - 1;
            Expr::new(ExprKind::Literal(Value::Int(number)), Kind::Int, Span::default())
        };
        condition(ExprKind::Count { quantifier, op, bound: Box::new(bound) })
    }

    /// The rows of a fact: usually joined to what is in scope, and bounded in time where it is an event.
    fn quantifier(&mut self, depth: u32) -> Quantifier {
        let fact = self.any_fact();
        let var = self.vars.push(Binding { name: format!("x{}", self.vars.len()), fact });
        let limit = self.time_limit(fact, var);
        self.nesting += 1;
        self.scope.push(var);
        let mut parts: Vec<Expr> = Vec::new();
        parts.extend(limit);
        while self.choices.chance(if parts.is_empty() { 60 } else { 25 }) {
            parts.extend(self.join(var));
        }
        if self.choices.chance(45) {
            let residual = self.condition(depth);
            parts.push(residual);
        }
        self.scope.pop();
        self.nesting -= 1;
        let parts = self.choices.shuffled(parts);
        Quantifier { var, fact, condition: self.conjunction(parts), span: Span::default() }
    }

    fn conjunction(&mut self, mut parts: Vec<Expr>) -> Option<Expr> {
        if parts.len() < 2 {
            return parts.pop();
        }
        if parts.len() > 2 && self.choices.chance(20) {
            let rest = parts.split_off(1);
            parts.push(condition(ExprKind::And(rest)));
        }
        Some(condition(ExprKind::And(parts)))
    }

    /// A bound of the time of an event, by what is in scope outside the quantifier.
    fn time_limit(&mut self, fact: FactId, var: VarId) -> Option<Expr> {
        let FactKind::Event { at } = self.program.facts[fact].kind else { return None };
        let time = self.field(var, at);
        let by_date = time.ty.kind == Kind::DateTime && self.choices.chance(40);
        let time = if by_date {
            Expr::new(ExprKind::DateOf(Box::new(time)), Kind::Date, Span::default())
        } else {
            time
        };
        match self.choices.below(10) {
            0..3 => Some(condition(ExprKind::InPeriod(Box::new(time)))),
            3..8 => {
                let op = self.choices.pick(&BOUNDS);
                let limit = self.value(time.ty.kind, 1);
                Some(if self.choices.chance(30) {
                    compare(op, limit, time)
                } else {
                    compare(op, time, limit)
                })
            }
            _ => None,
        }
    }

    /// A field of the row that equals something in scope.
    fn join(&mut self, var: VarId) -> Option<Expr> {
        let fields: Vec<FieldId> = self.program.facts[self.vars[var].fact].fields.ids().collect();
        let field = self.choices.pick(&fields);
        let field = self.field(var, field);
        let outer: Vec<VarId> = self.scope.iter().copied().filter(|outer| *outer != var).collect();
        let mut candidates = Vec::new();
        for outer in outer {
            let declared = &self.program.facts[self.vars[outer].fact];
            let fits = declared.fields.iter().filter(|(_, other)| other.ty.kind.equates(field.ty.kind));
            candidates.extend(fits.map(|(id, _)| (outer, id)));
        }
        let other = if candidates.is_empty() || self.choices.chance(15) {
            self.value(field.ty.kind, 1)
        } else {
            let (outer, id) = self.choices.pick(&candidates);
            self.field(outer, id)
        };
        let (left, right) = if self.choices.chance(50) { (other, field) } else { (field, other) };
        Some(compare(CompareOp::Eq, left, right))
    }

    fn any_fact(&mut self) -> FactId {
        let facts: Vec<FactId> = self.program.facts.ids().collect();
        self.choices.pick(&facts)
    }

    /// A kind, mostly one that a field in scope has.
    fn any_kind(&mut self) -> Kind {
        let facts = self.scope.iter().map(|var| &self.program.facts[self.vars[*var].fact]);
        let kinds: Vec<Kind> =
            facts.flat_map(|fact| fact.fields.values().map(|field| field.ty.kind)).collect();
        if kinds.is_empty() || self.choices.chance(10) {
            let kinds = [
                Kind::Int,
                Kind::Date,
                Kind::Text,
                Kind::DateTime,
                Kind::Duration,
                Kind::Decimal,
                Kind::Bool,
            ];
            return self.choices.pick(&kinds);
        }
        self.choices.pick(&kinds)
    }

    fn field(&self, var: VarId, field: FieldId) -> Expr {
        let ty = self.program.facts[self.vars[var].fact].fields[field].ty;
        Expr { kind: ExprKind::Field { var, field }, ty, span: Span::default() }
    }

    fn literal(&mut self, kind: Kind) -> Expr {
        let value = self.days.value(self.choices, kind);
        Expr::new(ExprKind::Literal(value), kind, Span::default())
    }

    /// A value that is mostly not `none`: the checker would insist, the evaluators must not rely on it.
    fn value(&mut self, kind: Kind, depth: u32) -> Expr {
        let value = self.plain(kind, depth);
        if !value.ty.optional || self.choices.chance(30) {
            return value;
        }
        let default = if self.choices.chance(20) { self.plain(kind, 0) } else { self.literal(kind) };
        let ty = Type { kind, optional: default.ty.optional };
        let kind = ExprKind::Else { value: Box::new(value), default: Box::new(default) };
        Expr { kind, ty, span: Span::default() }
    }

    /// A value that may be `none`.
    fn plain(&mut self, kind: Kind, depth: u32) -> Expr {
        if depth == 0 || self.choices.chance(60) {
            return self.leaf(kind);
        }
        match self.choices.below(6) {
            0 | 1 => self.follow(kind, depth - 1),
            2 => self.choice(kind, depth - 1),
            3 => {
                let body = self.plain(kind, depth - 1);
                let ty = body.ty;
                let kind = ExprKind::Named { name: "define".to_owned(), body: Box::new(body) };
                Expr { kind, ty, span: Span::default() }
            }
            _ => self.computed(kind, depth - 1),
        }
    }

    fn leaf(&mut self, kind: Kind) -> Expr {
        let fields: Vec<(VarId, FieldId)> = self.fields_in_scope(kind);
        if !fields.is_empty() && !self.choices.chance(25) {
            let (var, field) = self.choices.pick(&fields);
            return self.field(var, field);
        }
        if self.choices.chance(3) {
            let ty = Type { kind, optional: true };
            return Expr { kind: ExprKind::NoneLiteral, ty, span: Span::default() };
        }
        let params = self.program.params.iter().filter(|(_, param)| param.kind == kind);
        let mut constants: Vec<ExprKind> = params.map(|(id, _)| ExprKind::Param(id)).collect();
        if kind == Kind::Date {
            constants.extend([ExprKind::Today, ExprKind::PeriodStart, ExprKind::PeriodEnd]);
        }
        if constants.is_empty() || self.choices.chance(50) {
            return self.literal(kind);
        }
        Expr::new(self.choices.pick(&constants), kind, Span::default())
    }

    fn fields_in_scope(&self, kind: Kind) -> Vec<(VarId, FieldId)> {
        let mut found = Vec::new();
        for var in &self.scope {
            let fields = self.program.facts[self.vars[*var].fact].fields.iter();
            found.extend(fields.filter(|(_, field)| field.ty.kind == kind).map(|(id, _)| (*var, id)));
        }
        found
    }

    /// A field of that kind, of a fact that has a key.
    fn follow(&mut self, kind: Kind, depth: u32) -> Expr {
        let keyed = self.program.facts.iter().filter(|(_, fact)| fact.key.is_some());
        let mut fields = Vec::new();
        for (fact, declared) in keyed {
            let fits = declared.fields.iter().filter(|(_, field)| field.ty.kind == kind);
            fields.extend(fits.map(|(id, field)| (fact, id, field.ty)));
        }
        if fields.is_empty() {
            return self.leaf(kind);
        }
        let (fact, field, ty) = self.choices.pick(&fields);
        let base = Box::new(self.value(Kind::Ref(fact), depth));
        Expr { kind: ExprKind::Follow { base, fact, field }, ty, span: Span::default() }
    }

    fn choice(&mut self, kind: Kind, depth: u32) -> Expr {
        let test = self.condition(depth);
        let (then, otherwise) = if kind == Kind::Bool {
            (self.condition(depth), self.condition(depth))
        } else {
            (self.plain(kind, depth), self.plain(kind, depth))
        };
        let ty = Type { kind, optional: then.ty.optional || otherwise.ty.optional };
        let [condition, then, otherwise] = [test, then, otherwise].map(Box::new);
        Expr { kind: ExprKind::If { condition, then, otherwise }, ty, span: Span::default() }
    }

    /// A value that is computed from others.
    fn computed(&mut self, kind: Kind, depth: u32) -> Expr {
        use ArithmeticOp::{Add, Mul, Sub};
        let signs = [Add, Sub];
        let numbers = [Add, Sub, Mul];
        let (op, left, right) = match kind {
            Kind::Bool => return self.condition(depth),
            Kind::Date if self.choices.chance(40) => {
                let inner = self.value(Kind::DateTime, depth);
                return Expr::new(ExprKind::DateOf(Box::new(inner)), Kind::Date, Span::default());
            }
            Kind::Date | Kind::DateTime => (self.choices.pick(&signs), kind, Kind::Duration),
            Kind::Int => (self.choices.pick(&numbers), Kind::Int, Kind::Int),
            Kind::Decimal => {
                let sides = [(kind, kind), (Kind::Int, kind), (kind, Kind::Int)];
                let (left, right) = self.choices.pick(&sides);
                (self.choices.pick(&numbers), left, right)
            }
            Kind::Duration => self.choices.pick(&[
                (Sub, Kind::Date, Kind::Date),
                (Sub, Kind::DateTime, Kind::DateTime),
                (Add, kind, kind),
                (Sub, kind, kind),
                (Mul, kind, Kind::Int),
            ]),
            Kind::Text | Kind::Enum(_) | Kind::Ref(_) => return self.leaf(kind),
        };
        let [left, right] = [left, right].map(|kind| Box::new(self.value(kind, depth)));
        Expr::new(ExprKind::Arithmetic { op, left, right }, kind, Span::default())
    }
}
