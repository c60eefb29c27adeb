//! A program by another reading: the value of a parameter, wherever rules and relations have it.

use crate::{Expr, ExprKind, Index, IndexVec, Kind, ParamId, ParamValue, Program, Relation, Rule, Value};

impl Program {
    /// Gives a parameter another value of its kind. The elements of a list stand in the conditions that ask for it, and are replaced there.
    pub fn set_param(&mut self, param: ParamId, value: ParamValue) {
        if let ParamValue::List(values) = &value {
            let list = List { param, kind: self.params[param].kind, values };
            each(&mut self.rules, |rule| list.replace_in_rule(rule));
            each(&mut self.relations, |relation| list.replace_in_relation(relation));
        }
        self.params[param].value = value;
    }
}

fn each<I: Index, T>(items: &mut IndexVec<I, T>, mut change: impl FnMut(&mut T)) {
    for at in 0..items.len() {
        change(&mut items[I::from_index(at)]);
    }
}

/// What a list is to be.
struct List<'a> {
    param: ParamId,
    kind: Kind,
    values: &'a [Value],
}

impl List<'_> {
    fn replace_in_rule(&self, rule: &mut Rule) {
        let population = rule.population.iter_mut().flat_map(|population| population.rows.children_mut());
        let excused = rule.excused.iter_mut().flat_map(|quantifier| quantifier.children_mut());
        let judged = population.chain([&mut rule.require]).chain(excused).chain(&mut rule.due);
        judged.chain(rule.message.values_mut()).for_each(|expr| self.replace(expr));
    }

    fn replace_in_relation(&self, relation: &mut Relation) {
        for branch in &mut relation.branches {
            let atoms = branch.atoms.iter_mut().flat_map(|atom| atom.children_mut());
            atoms.chain(&mut branch.condition).chain(&mut branch.yields).for_each(|expr| self.replace(expr));
        }
    }

    fn replace(&self, expr: &mut Expr) {
        let place = expr.span;
        if let ExprKind::Named { param: Some(param), body, .. } = &mut expr.kind
            && *param == self.param
            && let ExprKind::OneOf { list, .. } = &mut body.kind
        {
            let place = list.first().map_or(place, |first| first.span);
            let element = |value: &Value| Expr::new(ExprKind::Literal(value.clone()), self.kind, place);
            *list = self.values.iter().map(element).collect();
        }
        expr.children_mut().into_iter().for_each(|child| self.replace(child));
    }
}
