//! Values.

use kijun_ir::{
    AggregateOp, ArithmeticOp, Edge, Expr, ExprKind, FactId, FactKind, FieldId, Function, Kind, ParamValue,
    Template, TemplatePart, Type,
};
use kijun_source::Span;

use super::quantifier::edge;
use super::{NESTING, Place, Writer, date_of, moment, named, optional};

impl Writer<'_> {
    /// A value that is mostly not `none`: the checker would insist, the evaluators must not rely on it.
    pub(crate) fn value(&mut self, kind: Kind, depth: u32) -> Expr {
        let value = self.plain(kind, depth);
        self.filled(value)
    }

    /// A value where the checker does not let `none` through.
    pub(crate) fn required(&mut self, kind: Kind, depth: u32) -> Expr {
        let value = self.value(kind, depth);
        if !value.ty.optional {
            return value;
        }
        let default = self.literal(kind);
        Expr::new(
            ExprKind::Else { value: Box::new(value), default: Box::new(default) },
            kind,
            Span::default(),
        )
    }

    /// The value, mostly with a default where it may be `none`.
    pub(super) fn filled(&mut self, value: Expr) -> Expr {
        if !value.ty.optional || self.choices.chance(12) {
            return value;
        }
        let kind = value.ty.kind;
        let default = if self.choices.chance(20) { self.plain(kind, 0) } else { self.literal(kind) };
        let ty = Type { kind, optional: default.ty.optional };
        let kind = ExprKind::Else { value: Box::new(value), default: Box::new(default) };
        Expr { kind, ty, span: Span::default() }
    }

    /// A value that may be `none`.
    pub(super) fn plain(&mut self, kind: Kind, depth: u32) -> Expr {
        if depth == 0 || self.choices.chance(60) {
            return self.leaf(kind);
        }
        match self.choices.below(8) {
            0..3 => self.follow(kind, depth - 1),
            3 => self.choice(kind, depth - 1),
            4 => named(self.plain(kind, depth - 1)),
            _ => self.computed(kind, depth - 1),
        }
    }

    fn leaf(&mut self, kind: Kind) -> Expr {
        let fields = self.fields_in_scope(kind);
        if !fields.is_empty() && !self.choices.chance(25) {
            let (var, field) = self.choices.pick(&fields);
            return self.field(var, field);
        }
        if self.choices.chance(3) {
            return optional(ExprKind::NoneLiteral, kind);
        }
        let constants = self.constants(kind);
        if constants.is_empty() || self.choices.chance(50) {
            return self.literal(kind);
        }
        self.choices.pick(&constants)
    }

    /// What the run and the parameters say.
    fn constants(&mut self, kind: Kind) -> Vec<Expr> {
        let new = |expr| Expr::new(expr, kind, Span::default());
        let params = self.program.params.iter();
        let params =
            params.filter(|(_, param)| param.kind == kind && matches!(param.value, ParamValue::One(_)));
        let mut constants: Vec<Expr> = params.map(|(id, _)| new(ExprKind::Param(id))).collect();
        let audited = || Expr::new(ExprKind::Period, Kind::Period, Span::default());
        let has_moment = self.place != Place::Today;
        match kind {
            Kind::Date => {
                constants.extend([
                    new(ExprKind::Today),
                    edge(audited(), Edge::Start),
                    edge(audited(), Edge::End),
                ]);
                constants.extend(has_moment.then(|| date_of(moment())));
            }
            Kind::DateTime if has_moment => constants.push(moment()),
            Kind::Period => constants.push(audited()),
            _ => {}
        }
        constants
    }

    /// A field of that kind, of a fact that has a key.
    fn follow(&mut self, kind: Kind, depth: u32) -> Expr {
        let keyed = self.program.facts.iter().filter(|(_, fact)| fact.key.is_some());
        let mut fields: Vec<(FactId, FieldId, Type)> = Vec::new();
        for (fact, declared) in keyed {
            let fits = declared.fields.iter().filter(|(_, field)| field.ty.kind == kind);
            fields.extend(fits.map(|(id, field)| (fact, id, field.ty)));
        }
        if fields.is_empty() {
            return self.leaf(kind);
        }
        let (fact, field, ty) = self.choices.pick(&fields);
        let base = Box::new(self.value(Kind::Ref(fact), depth));
        let at = self.moment_of_following(fact).map(Box::new);
        Expr { kind: ExprKind::Follow { base, fact, field, at }, ty, span: Span::default() }
    }

    fn moment_of_following(&mut self, fact: FactId) -> Option<Expr> {
        if self.program.facts[fact].kind != FactKind::State {
            return None;
        }
        let times = self.times_in_scope();
        if !times.is_empty() && self.choices.chance(50) {
            let (var, at) = self.choices.pick(&times);
            return Some(self.field(var, at));
        }
        match (self.place, self.choices.below(10)) {
            (Place::Today, 0..7) | (_, 9) => None,
            (Place::Throughout | Place::Relation, 0..7) => Some(moment()),
            _ => {
                let kind = self.choices.pick(&[Kind::Date, Kind::DateTime]);
                Some(self.value(kind, 0))
            }
        }
    }

    pub(super) fn choice(&mut self, kind: Kind, depth: u32) -> Expr {
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
        if self.nesting < NESTING && self.choices.chance(25) {
            return self.aggregate(kind, depth);
        }
        match kind {
            Kind::Bool => self.condition(depth),
            Kind::Date => match self.choices.below(4) {
                0 => date_of(self.value(Kind::DateTime, depth)),
                1 => {
                    let which = self.choices.pick(&[Edge::Start, Edge::End]);
                    edge(self.value(Kind::Period, depth), which)
                }
                2 => self.call(kind, depth),
                _ => self.arithmetic(kind, depth),
            },
            Kind::Int if self.choices.chance(40) => self.call(kind, depth),
            Kind::Int | Kind::DateTime | Kind::Decimal | Kind::Duration => self.arithmetic(kind, depth),
            Kind::Text if self.choices.chance(25) => self.call(kind, depth),
            Kind::Text => self.format(depth),
            Kind::Period if self.choices.chance(50) => self.call(kind, depth),
            Kind::Period => {
                let [from, to] = [self.value(Kind::Date, depth), self.value(Kind::Date, depth)].map(Box::new);
                Expr::new(ExprKind::Range { from, to }, kind, Span::default())
            }
            Kind::Ip | Kind::Cidr | Kind::Enum(_) | Kind::Ref(_) => self.leaf(kind),
        }
    }

    /// A function whose value is of that kind; something else where there is none.
    pub(super) fn call(&mut self, kind: Kind, depth: u32) -> Expr {
        let functions: Vec<Function> =
            Function::ALL.into_iter().filter(|function| function.signature().1 == kind).collect();
        if functions.is_empty() {
            return self.leaf(kind);
        }
        let function = self.choices.pick(&functions);
        self.call_of(function, depth)
    }

    /// A call of a function.
    pub(super) fn call_of(&mut self, function: Function, depth: u32) -> Expr {
        let kind = function.signature().1;
        let arguments = function.signature().0.iter().map(|kind| self.value(*kind, depth)).collect();
        Expr::new(ExprKind::Call { function, arguments }, kind, Span::default())
    }

    fn arithmetic(&mut self, kind: Kind, depth: u32) -> Expr {
        use ArithmeticOp::{Add, Mul, Sub};
        let signs = [Add, Sub];
        let numbers = [Add, Sub, Mul];
        let (op, left, right) = match kind {
            Kind::Int => (self.choices.pick(&numbers), kind, kind),
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
            _ => (self.choices.pick(&signs), kind, Kind::Duration),
        };
        let [left, right] = [left, right].map(|kind| Box::new(self.value(kind, depth)));
        Expr::new(ExprKind::Arithmetic { op, left, right }, kind, Span::default())
    }

    fn format(&mut self, depth: u32) -> Expr {
        let parts = (0..self.choices.within(1..4)).map(|_| {
            if self.choices.chance(50) {
                let kind = self.any_kind();
                TemplatePart::Value(self.value(kind, depth))
            } else {
                TemplatePart::Text(self.choices.pick(&["k", "1", " と "]).to_owned())
            }
        });
        let template = Template { parts: parts.collect() };
        Expr::new(ExprKind::Format(template), Kind::Text, Span::default())
    }

    /// A value of that kind that is made of many rows; something else where no event can be read that would have one.
    pub(super) fn aggregate(&mut self, kind: Kind, depth: u32) -> Expr {
        use AggregateOp::{Count, CountDistinct, First, Latest, Max, Min, Sum};
        let ops: &[AggregateOp] = match kind {
            Kind::Int => &[Count, CountDistinct, CountDistinct, Sum, Min, Max, First, Latest],
            Kind::Decimal | Kind::Duration => &[Sum, Sum, Min, Max, First, Latest],
            Kind::Date | Kind::DateTime => &[Min, Max, First, Latest],
            _ => &[First, Latest],
        };
        let op = self.choices.pick(ops);
        let fact = match op {
            First | Latest => self.any_event(),
            _ => Some(self.any_fact()),
        };
        let Some(fact) = fact else { return self.leaf(kind) };
        let quantifier = Box::new(self.quantifier_over(fact, depth));
        self.scope.push(quantifier.var);
        self.nesting += 1;
        let value = match op {
            Count => None,
            CountDistinct => {
                let kind = self.any_kind();
                Some(Box::new(self.value(kind, 1)))
            }
            _ => Some(Box::new(self.value(kind, 1))),
        };
        self.nesting -= 1;
        self.scope.pop();
        let ty = Type { kind, optional: matches!(op, Min | Max | First | Latest) };
        Expr { kind: ExprKind::Aggregate { op, value, quantifier }, ty, span: Span::default() }
    }
}
