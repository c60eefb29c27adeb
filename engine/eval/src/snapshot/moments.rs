//! The moments at which a rule `throughout period` is judged.

use std::collections::BTreeSet;

use jiff::Timestamp;
use kijun_ir::{ExprKind, FactId, FactKind, Rule, calendar};

use super::Snapshot;
use crate::{Column, Held};

impl Snapshot<'_> {
    /// The last instant of each day of the period under audit up to the date of judgement, and every instant between at which what the rule reads may
    /// change otherwise: at which a picture was taken, or a row began or ceased to hold. Of a day with such a change the first instant too: what
    /// there was before the change counts as well, and that nothing was there yet. Ascending.
    pub fn moments(&self, rule: &Rule) -> Vec<Timestamp> {
        let (first, last) = (self.occasion.period_start, self.occasion.period_end.min(self.occasion.today));
        let mut moments = BTreeSet::new();
        let mut day = Some(first).filter(|first| *first <= last);
        while let Some(current) = day {
            moments.insert(self.program.calendar.end_of_day(current));
            day = current.tomorrow().ok().filter(|next| *next <= last);
        }
        let Some(start) = calendar::start_of_day(first, &self.program.calendar.zone) else {
            return Vec::new();
        };
        let end = self.day_after(last);
        let mut changes: Vec<Timestamp> =
            self.states_of(rule).iter().flat_map(|fact| self.changes(*fact)).collect();
        changes.retain(|change| start <= *change && *change < end);
        let zone = &self.program.calendar.zone;
        moments.extend(
            changes
                .iter()
                .filter_map(|change| calendar::start_of_day(calendar::date_of(*change, zone), zone)),
        );
        moments.extend(changes);
        moments.into_iter().collect()
    }

    /// The states that a rule reads, through relations too.
    fn states_of(&self, rule: &Rule) -> BTreeSet<FactId> {
        let mut read: Vec<FactId> = rule.vars.values().map(|binding| binding.fact).collect();
        for expr in rule.exprs() {
            expr.walk(&mut |expr| {
                if let ExprKind::Follow { fact, .. } = &expr.kind {
                    read.push(*fact);
                }
            });
        }
        let through = |fact: FactId| match self.program.facts[fact].kind {
            FactKind::Relation(relation) => self.program.relations[relation].reads.clone(),
            _ => vec![fact],
        };
        let facts = read.into_iter().flat_map(through);
        facts.filter(|fact| self.program.facts[*fact].kind == FactKind::State).collect()
    }

    /// When what a state shows changes within a day.
    fn changes(&self, fact: FactId) -> Vec<Timestamp> {
        let pictures = self.evidence.coverage[fact].iter().flat_map(|source| match &source.held {
            Held::State(pictures) => pictures.iter().map(|taken| taken.at).collect(),
            Held::Log(_) => Vec::new(),
        });
        let mut changes: Vec<Timestamp> = pictures.collect();
        let table = &self.evidence.tables[fact];
        let validity = self.program.facts[fact].valid;
        let ends = validity
            .iter()
            .flat_map(|validity| validity.from.into_iter().chain(validity.until.map(|(field, _)| field)));
        for field in ends {
            let Column::DateTime(instants) = table.column(field) else { continue };
            let known = (0..table.len()).filter(|row| table.is_known(*row, field));
            for instant in known.map(|row| instants[row as usize]) {
                // A row may cease to hold at the instant or after it, so that both sides are looked at.
                let micro = jiff::Span::new().microseconds(1);
                changes.extend(
                    [instant.checked_sub(micro), Ok(instant), instant.checked_add(micro)]
                        .into_iter()
                        .flatten(),
                );
            }
        }
        changes
    }
}
