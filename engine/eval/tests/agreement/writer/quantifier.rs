//! The rows of a fact: as of when they are read, and which of them are meant.

use kijun_ir::{
    CompareOp, Edge, End, Expr, ExprKind, FactId, FactKind, FieldId, Function, Kind, Part, Quantifier, VarId,
};
use kijun_source::Span;

use super::{Place, Writer, all, compare, condition, date_of, moment};

const BOUNDS: [CompareOp; 5] = [CompareOp::Ge, CompareOp::Le, CompareOp::Gt, CompareOp::Lt, CompareOp::Eq];

impl Writer<'_> {
    /// The rows of any fact: usually joined to what is in scope, and bounded in time where they have one.
    pub(crate) fn quantifier(&mut self, depth: u32) -> Quantifier {
        let fact = self.any_fact();
        self.quantifier_over(fact, depth)
    }

    /// The rows of a fact for which a condition holds.
    pub(crate) fn quantifier_over(&mut self, fact: FactId, depth: u32) -> Quantifier {
        let at = self.moment_of_reading(fact);
        self.rows(fact, at, depth)
    }

    /// The rows of a population: as of when it is read depends on no row, and throughout the period it is mostly the moment.
    pub(crate) fn population_rows(&mut self, fact: FactId) -> Quantifier {
        let at = match self.place {
            _ if !self.program.is_timed(fact) => None,
            Place::Throughout => match self.choices.below(10) {
                0..2 => None,
                2..4 => Some(self.required(Kind::Date, 0)),
                _ => Some(moment()),
            },
            _ => self.choices.chance(15).then(|| self.required(Kind::Date, 0)),
        };
        // Mostly all rows are meant, or all of a time, so that somebody is judged.
        if self.choices.chance(55) {
            let var = self.bind(fact);
            let outside = self.outside(1);
            let limits = outside.into_iter().chain(self.limits(fact, var)).collect();
            return Quantifier { var, fact, at, condition: all(limits), span: Span::default() };
        }
        self.rows(fact, at, 1)
    }

    /// The earlier events of pairs: mostly those of the period, or those until a day or an instant that is the same for all.
    pub(crate) fn paired_rows(&mut self, fact: FactId) -> Quantifier {
        let time = self.program.facts[fact].time().filter(|_| self.choices.chance(40));
        let Some(at) = time else { return self.population_rows(fact) };
        let var = self.bind(fact);
        let time = self.field(var, at);
        let limit = self.literal(time.ty.kind);
        let op = self.choices.pick(&[CompareOp::Le, CompareOp::Lt, CompareOp::Eq]);
        let beginning = if self.choices.chance(30) {
            self.beginning(var, at)
        } else {
            let [time, period] = [self.field(var, at), audited()].map(Box::new);
            condition(ExprKind::InPeriod { time, period })
        };
        let parts = self.choices.shuffled(vec![compare(op, time, limit), beginning]);
        Quantifier { var, fact, at: None, condition: all(parts), span: Span::default() }
    }

    /// Now and then a condition that reads nothing of the rows whose variables are not in scope yet: where it fails, there are none, whatever is
    /// missing.
    fn outside(&mut self, depth: u32) -> Option<Expr> {
        self.choices.chance(8).then(|| self.condition(depth))
    }

    /// As [`Writer::outside`], of the rows in scope.
    pub(crate) fn outside_all(&mut self, depth: u32) -> Option<Expr> {
        let scope = std::mem::take(&mut self.scope);
        let outside = self.outside(depth);
        self.scope = scope;
        outside
    }

    fn rows(&mut self, fact: FactId, at: Option<Expr>, depth: u32) -> Quantifier {
        let var = self.bind(fact);
        self.nesting += 1;
        let outside = self.outside(depth.saturating_sub(1));
        let mut parts = self.limits(fact, var);
        let lead = parts.len();
        self.scope.push(var);
        parts.extend(outside);
        while self.choices.chance(if parts.is_empty() { 60 } else { 25 }) {
            parts.push(self.join(var));
        }
        if self.choices.chance(45) {
            let residual = self.condition(depth);
            parts.push(residual);
        }
        self.scope.pop();
        self.nesting -= 1;
        // Of many rows those that are not meant are left out first, as the analysis writes it.
        let parts = if self.is_many(fact) {
            let rest = parts.split_off(lead);
            parts.into_iter().chain(self.choices.shuffled(rest)).collect()
        } else {
            self.choices.shuffled(parts)
        };
        Quantifier { var, fact, at, condition: self.conjunction(parts), span: Span::default() }
    }

    fn is_many(&self, fact: FactId) -> bool {
        matches!(self.program.facts[fact].kind, FactKind::Calendar(_))
    }

    fn conjunction(&mut self, mut parts: Vec<Expr>) -> Option<Expr> {
        if parts.len() > 2 && self.choices.chance(20) {
            let rest = parts.split_off(1);
            parts.push(condition(ExprKind::And(rest)));
        }
        all(parts)
    }

    /// As of when a fact is read whose rows depend on it.
    pub(crate) fn moment_of_reading(&mut self, fact: FactId) -> Option<Expr> {
        if !self.program.is_timed(fact) {
            return None;
        }
        match (self.place, self.choices.below(10)) {
            (Place::Today, 0..5) | (_, 9) => None,
            (Place::Throughout | Place::Relation, 0..6) => Some(moment()),
            _ => Some(self.time(1)),
        }
    }

    /// A moment, which may not be `none`: mostly that of an event in scope.
    pub(super) fn time(&mut self, depth: u32) -> Expr {
        let times = self.times_in_scope();
        if !times.is_empty() && self.choices.chance(60) {
            let (var, at) = self.choices.pick(&times);
            return self.field(var, at);
        }
        let kind = self.choices.pick(&[Kind::Date, Kind::DateTime]);
        self.required(kind, depth)
    }

    /// In what time a row must lie: by its validity, by when it happened.
    pub(crate) fn limits(&mut self, fact: FactId, var: VarId) -> Vec<Expr> {
        let mut limits = self.validity(fact, var);
        limits.extend(self.time_limits(fact, var));
        limits
    }

    /// That a row which says when it holds does so at a moment, as the analysis says it.
    fn validity(&mut self, fact: FactId, var: VarId) -> Vec<Expr> {
        let Some(validity) = self.program.facts[fact].valid else { return Vec::new() };
        if self.choices.chance(15) {
            return Vec::new();
        }
        let at = match (self.place, self.choices.below(10)) {
            (Place::Today, 0..6) => Expr::new(ExprKind::Today, Kind::Date, Span::default()),
            (Place::Throughout | Place::Relation, 0..7) => moment(),
            // It stands in several places, so that it binds no variable.
            _ => self.time(0),
        };
        let mut parts = Vec::new();
        if let Some(field) = validity.from {
            let (limit, at) = alike(self.field(var, field), at.clone());
            parts.push(self.unless_none(var, field, compare(CompareOp::Le, limit, at)));
        }
        if let Some((field, end)) = validity.until {
            let until_the_end = at.ty.kind == Kind::Date && self.field(var, field).ty.kind == Kind::DateTime;
            let (limit, at) = alike(self.field(var, field), at.clone());
            let op = if end == End::Included && !until_the_end { CompareOp::Ge } else { CompareOp::Gt };
            parts.push(self.unless_none(var, field, compare(op, limit, at)));
        }
        if let Some(field) = validity.within {
            let [time, period] = [at, self.field(var, field)].map(Box::new);
            parts.push(self.unless_none(var, field, condition(ExprKind::InPeriod { time, period })));
        }
        parts
    }

    fn unless_none(&self, var: VarId, field: FieldId, holds: Expr) -> Expr {
        let limit = self.field(var, field);
        if !limit.ty.optional {
            return holds;
        }
        let is_none = condition(ExprKind::IsNone(Box::new(limit)));
        condition(ExprKind::Or(vec![is_none, holds]))
    }

    /// Bounds of the time of a row, by what is in scope outside the quantifier.
    fn time_limits(&mut self, fact: FactId, var: VarId) -> Vec<Expr> {
        match self.program.facts[fact].kind {
            FactKind::Event { at } => self.limits_of_event(var, at),
            FactKind::Calendar(part) if !self.choices.chance(10) => self.parts_of_period(part, var),
            _ => Vec::new(),
        }
    }

    /// No log reaches back without end, so that what has an end mostly has a beginning too.
    fn limits_of_event(&mut self, var: VarId, at: FieldId) -> Vec<Expr> {
        let limit = self.time_limit(var, at);
        let is_open = limit.as_ref().is_none_or(|limit| matches!(limit.kind, ExprKind::Compare { .. }));
        let beginning = (is_open && self.choices.chance(60)).then(|| self.beginning(var, at));
        limit.into_iter().chain(beginning).collect()
    }

    /// From when on events are meant.
    fn beginning(&mut self, var: VarId, at: FieldId) -> Expr {
        let time = self.field(var, at);
        let limit = self.literal(time.ty.kind);
        compare(self.choices.pick(&[CompareOp::Ge, CompareOp::Gt]), time, limit)
    }

    /// Who is judged and what relations are made of can only be known of bounds that are the same for every row, so that these are more frequent there.
    fn time_limit(&mut self, var: VarId, at: FieldId) -> Option<Expr> {
        let time = self.field(var, at);
        let by_date = time.ty.kind == Kind::DateTime && self.choices.chance(40);
        let time = if by_date { date_of(time) } else { time };
        if (self.scope.is_empty() || self.place == Place::Relation) && self.choices.chance(70) {
            let [time, period] = [time, audited()].map(Box::new);
            return Some(condition(ExprKind::InPeriod { time, period }));
        }
        match self.choices.below(10) {
            0..3 => {
                let by_value = self.choices.chance(40);
                let period = if by_value { self.value(Kind::Period, 1) } else { audited() };
                let [time, period] = [time, period].map(Box::new);
                Some(condition(ExprKind::InPeriod { time, period }))
            }
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

    /// `x in months(period)`, as the analysis says it.
    fn parts_of_period(&mut self, part: Part, var: VarId) -> Vec<Expr> {
        let by_value = self.choices.chance(25);
        let period = if by_value { self.value(Kind::Period, 0) } else { audited() };
        let function = match part {
            Part::Day => None,
            Part::Month => Some(Function::MonthOf),
            Part::Quarter => Some(Function::QuarterOf),
            Part::FiscalYear => Some(Function::FiscalYearOf),
        };
        let first = edge(period.clone(), Edge::Start);
        let first = function.map_or(first.clone(), |function| {
            let call = ExprKind::Call { function, arguments: vec![first] };
            edge(Expr::new(call, Kind::Period, Span::default()), Edge::Start)
        });
        let start = self.field(var, FieldId(0));
        let from = compare(CompareOp::Ge, start.clone(), first);
        vec![from, compare(CompareOp::Le, start, edge(period, Edge::End))]
    }

    /// A field of the row that equals something in scope.
    pub(crate) fn join(&mut self, var: VarId) -> Expr {
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
        compare(CompareOp::Eq, left, right)
    }
}

/// The period under audit.
fn audited() -> Expr {
    Expr::new(ExprKind::Period, Kind::Period, Span::default())
}

pub(super) fn edge(period: Expr, edge: Edge) -> Expr {
    Expr::new(ExprKind::Edge { period: Box::new(period), edge }, Kind::Date, Span::default())
}

/// Two times as dates where one of them is.
fn alike(a: Expr, b: Expr) -> (Expr, Expr) {
    match (a.ty.kind, b.ty.kind) {
        (Kind::Date, Kind::DateTime) => (a, date_of(b)),
        (Kind::DateTime, Kind::Date) => (date_of(a), b),
        _ => (a, b),
    }
}
