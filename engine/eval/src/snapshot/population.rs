//! Who may be judged by a rule.

use jiff::Timestamp;
use kijun_ir::{ExprKind, Rule, Truth};

use super::{AsOf, Paired, Snapshot};
use crate::{Gap, Subject};

impl Snapshot<'_> {
    /// The subjects of a rule before its population's condition is asked, each with whether it is surely there; in the order of the table. `moment` is
    /// that of a rule judged throughout the period.
    pub fn candidates(&self, rule: &Rule, moment: Option<Timestamp>) -> Vec<(Subject, Truth)> {
        let judged = moment.map_or(AsOf::Today, AsOf::Moment);
        let Some(population) = &rule.population else {
            return vec![(Subject::Organisation(judged), Truth::True)];
        };
        let fact = population.rows.fact;
        if let Some(pair) = &population.pair {
            let pairs = self.pairs(fact, &pair.by);
            let subject = |pair: &Paired| (Subject::Pair(pair.first, pair.second), pair.truth);
            return pairs.all().iter().map(subject).collect();
        }
        let Some(view) = self.view(fact, self.population_as_of(rule, judged)) else { return Vec::new() };
        view.rows().iter().map(|row| (Subject::Row(*row, judged), view.truth(*row))).collect()
    }

    /// What is missing of the evidence that says who the subjects are.
    pub fn gaps_of_population(&self, rule: &Rule, moment: Option<Timestamp>) -> Vec<Gap> {
        let Some(population) = &rule.population else { return Vec::new() };
        if let Some(pair) = &population.pair {
            return self.gaps_of_pairs(&population.rows, pair);
        }
        let judged = moment.map_or(AsOf::Today, AsOf::Moment);
        self.population_gaps_as_of(&population.rows, self.population_as_of(rule, judged))
    }

    /// As of when the row is read that a subject is: that at which it is judged, unless the population says so itself.
    pub fn row_as_of(&self, rule: &Rule, subject: Subject) -> AsOf {
        match subject {
            Subject::Organisation(judged) | Subject::Row(_, judged) => self.population_as_of(rule, judged),
            Subject::Pair(..) => AsOf::Today,
        }
    }

    /// As of when the population is read.
    pub(crate) fn population_as_of(&self, rule: &Rule, judged: AsOf) -> AsOf {
        let at = rule.population.as_ref().and_then(|population| population.rows.at.as_ref());
        match at.map(|at| &at.kind) {
            None | Some(ExprKind::Moment) => judged,
            Some(_) => at.map_or(judged, |at| self.as_of(&self.constant(at))),
        }
    }
}
