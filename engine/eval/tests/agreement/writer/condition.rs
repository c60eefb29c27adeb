//! Conditions.

use kijun_ir::{AggregateOp, CompareOp, Expr, ExprKind, Function, Kind, Pattern, Value};
use kijun_source::Bilingual;

use super::super::values;
use super::{NESTING, Writer, compare, condition, known, named};

const EQUALITY: [CompareOp; 3] = [CompareOp::Eq, CompareOp::Eq, CompareOp::Ne];
const ORDER: [CompareOp; 6] =
    [CompareOp::Eq, CompareOp::Ge, CompareOp::Le, CompareOp::Lt, CompareOp::Gt, CompareOp::Ne];

impl Writer<'_> {
    /// A condition in which other conditions stand no deeper than `depth`.
    pub(crate) fn condition(&mut self, depth: u32) -> Expr {
        if self.choices.chance(5) {
            return named(self.condition(depth.saturating_sub(1)));
        }
        if depth == 0 {
            return self.simple_condition();
        }
        let below = depth - 1;
        match self.choices.below(22) {
            0..4 => self.simple_condition(),
            4..6 => condition(ExprKind::Not(Box::new(self.condition(below)))),
            6..8 => condition(ExprKind::And(self.conditions(below))),
            8..10 => condition(ExprKind::Or(self.conditions(below))),
            10..15 if self.nesting < NESTING => condition(ExprKind::Some(Box::new(self.quantifier(below)))),
            15..18 if self.nesting < NESTING => self.count(below),
            18..20 if self.nesting < NESTING => self.about_aggregate(below),
            20 => self.choice(Kind::Bool, below),
            _ => self.comparison(1),
        }
    }

    fn conditions(&mut self, depth: u32) -> Vec<Expr> {
        (0..self.choices.within(2..4)).map(|_| self.condition(depth)).collect()
    }

    fn simple_condition(&mut self) -> Expr {
        match self.choices.below(21) {
            20 => self.admissible(),
            0 => self.plain(Kind::Bool, 0),
            1 | 2 => self.in_period(),
            3 => {
                let kind = self.any_kind();
                let value = self.plain(kind, 1);
                condition(ExprKind::IsNone(Box::new(value)))
            }
            4 => self.about_text(),
            5 => self.matches(),
            6 | 7 => self.one_of(),
            8 => self.covered(),
            9 => self.in_network(),
            10 => self.optional_comparison(),
            11 | 12 => self.about_function(),
            _ => self.comparison(1),
        }
    }

    fn in_period(&mut self) -> Expr {
        let kind = self.choices.pick(&[Kind::Date, Kind::DateTime]);
        let [time, period] = [self.value(kind, 1), self.value(Kind::Period, 1)].map(Box::new);
        condition(ExprKind::InPeriod { time, period })
    }

    /// What any of the functions comes to.
    fn about_function(&mut self) -> Expr {
        let function = self.choices.pick(&Function::ALL);
        let value = self.call_of(function, 1);
        match value.ty.kind {
            Kind::Bool => value,
            Kind::Period => {
                let time = Box::new(self.value(Kind::Date, 1));
                condition(ExprKind::InPeriod { time, period: Box::new(value) })
            }
            kind => {
                let op = self.operator(kind);
                let other = self.value(kind, 1);
                compare(op, value, other)
            }
        }
    }

    fn in_network(&mut self) -> Expr {
        let [ip, cidr] = [self.value(Kind::Ip, 1), self.value(Kind::Cidr, 1)].map(Box::new);
        condition(ExprKind::InCidr { ip, cidr })
    }

    fn about_text(&mut self) -> Expr {
        let text = Box::new(self.value(Kind::Text, 1));
        let part = if self.choices.chance(20) {
            self.value(Kind::Text, 0)
        } else {
            known(values::part(self.choices), Kind::Text)
        };
        let part = Box::new(part);
        condition(if self.choices.chance(50) {
            ExprKind::StartsWith { text, prefix: part }
        } else {
            ExprKind::Contains { text, part }
        })
    }

    fn matches(&mut self) -> Expr {
        let text = Box::new(self.value(Kind::Text, 1));
        let pattern = Pattern::new(values::pattern(self.choices)).expect("a pattern");
        condition(ExprKind::Matches { text, pattern })
    }

    fn one_of(&mut self) -> Expr {
        let kind = self.any_kind();
        let item = self.value(kind, 1);
        let list = (0..self.choices.within(1..4))
            .map(|_| if self.choices.chance(20) { self.value(kind, 0) } else { self.literal(kind) });
        let list = list.collect();
        condition(ExprKind::OneOf { item: Box::new(item), list })
    }

    fn covered(&mut self) -> Expr {
        let Some(fact) = self.any_event() else { return self.comparison(0) };
        let period = self.choices.chance(60).then(|| Box::new(self.value(Kind::Period, 1)));
        condition(ExprKind::Covered { fact, period })
    }

    fn admissible(&mut self) -> Expr {
        let (demand, demanded) = (Bilingual::same("署名"), Box::new(self.comparison(1)));
        condition(ExprKind::Admissible { demand, condition: demanded })
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
        let fact = self.any_relation().filter(|_| self.choices.chance(30)).unwrap_or_else(|| self.any_fact());
        let quantifier = Box::new(self.quantifier_over(fact, depth));
        let op = self.choices.pick(&ORDER);
        let bound = Box::new(self.number());
        condition(ExprKind::Count { quantifier, op, bound })
    }

    /// A number with which counts are compared.
    fn number(&mut self) -> Expr {
        if self.choices.chance(25) {
            return self.value(Kind::Int, 1);
        }
        known(Value::Int(i64::from(self.choices.below(5)) - 1), Kind::Int)
    }

    /// What many rows come to, compared with something, or whether there is such a value.
    fn about_aggregate(&mut self, depth: u32) -> Expr {
        let kinds = [Kind::Int, Kind::Int, Kind::Decimal, Kind::Date, Kind::DateTime, Kind::Duration];
        let kind = if self.choices.chance(40) { self.any_kind() } else { self.choices.pick(&kinds) };
        let aggregate = self.aggregate(kind, depth);
        if aggregate.ty.optional && self.choices.chance(30) {
            return condition(ExprKind::IsNone(Box::new(aggregate)));
        }
        let is_count = |op: &AggregateOp| matches!(op, AggregateOp::Count | AggregateOp::CountDistinct);
        let counts = matches!(&aggregate.kind, ExprKind::Aggregate { op, .. } if is_count(op));
        let other = if counts { self.number() } else { self.value(kind, 1) };
        let op = self.operator(kind);
        compare(op, self.filled(aggregate), other)
    }
}
