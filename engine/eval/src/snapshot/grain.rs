//! How finely what a fact shows depends on the moment, so that equal moments share one view.

use jiff::Timestamp;
use jiff::civil::Date;
use kijun_ir::{Expr, ExprKind, FactId, FactKind, IndexVec, Kind, Program, Relation, RelationId, calendar};

use super::{Shown, Snapshot};
use crate::Held;

/// In what way a relation depends on the moment, beyond which collections of its states count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grain {
    /// Not at all.
    Collections,
    /// By the day.
    Day,
    /// By the instant.
    Instant,
}

/// What two moments must have in common so that a fact shows the same at both.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// Whether the moment has not come yet, so that no picture shows it.
    to_come: bool,
    collections: Vec<Shown>,
    day: Option<Date>,
    instant: Option<Timestamp>,
}

/// The grain of each relation: the finest of its own and of those that it reads.
pub(super) fn grains(program: &Program) -> IndexVec<RelationId, Grain> {
    let own: IndexVec<RelationId, Grain> =
        program.relations.values().map(|relation| own_grain(program, relation)).collect();
    let reached = program.relations.ids().map(|id| {
        let mut finest = own[id];
        let mut seen = vec![id];
        let mut next = 0;
        while let Some(id) = seen.get(next).copied() {
            finest = finest.max(own[id]);
            for read in read_relations(program, &program.relations[id]) {
                if !seen.contains(&read) {
                    seen.push(read);
                }
            }
            next += 1;
        }
        finest
    });
    reached.collect()
}

fn read_relations(program: &Program, relation: &Relation) -> Vec<RelationId> {
    let facts = relation.branches.iter().flat_map(|branch| branch.vars.values()).map(|binding| binding.fact);
    facts
        .filter_map(|fact| match program.facts[fact].kind {
            FactKind::Relation(read) => Some(read),
            _ => None,
        })
        .collect()
}

fn own_grain(program: &Program, relation: &Relation) -> Grain {
    let branches = relation.branches.iter();
    let exprs = branches.flat_map(|branch| {
        let moments = branch.atoms.iter().flat_map(|atom| &atom.at);
        let read = moments.filter(|at| !matches!(at.kind, ExprKind::Moment));
        read.chain(&branch.condition).chain(&branch.yields)
    });
    exprs.map(|expr| grain(program, expr)).max().unwrap_or(Grain::Collections)
}

fn grain(program: &Program, expr: &Expr) -> Grain {
    let finest = |exprs: Vec<&Expr>| {
        exprs.into_iter().map(|expr| grain(program, expr)).max().unwrap_or(Grain::Collections)
    };
    match &expr.kind {
        ExprKind::Moment => Grain::Instant,
        ExprKind::DateOf(inner) if matches!(inner.kind, ExprKind::Moment) => Grain::Day,
        ExprKind::Follow { base, fact, at: Some(at), .. } if matches!(at.kind, ExprKind::Moment) => {
            grain(program, base).max(grain_of_validity(program, *fact))
        }
        ExprKind::Some(quantifier)
        | ExprKind::Count { quantifier, .. }
        | ExprKind::Aggregate { quantifier, .. }
            if quantifier.at.as_ref().is_some_and(|at| matches!(at.kind, ExprKind::Moment)) =>
        {
            finest(expr.children().into_iter().skip(1).collect())
        }
        _ => finest(expr.children()),
    }
}

/// How finely it depends on the moment which row of a state holds.
fn grain_of_validity(program: &Program, fact: FactId) -> Grain {
    let fact = &program.facts[fact];
    let Some(validity) = fact.valid else { return Grain::Collections };
    let ends = validity.from.into_iter().chain(validity.until.map(|(field, _)| field));
    let by_instant = ends.into_iter().any(|field| fact.fields[field].ty.kind == Kind::DateTime);
    if by_instant { Grain::Instant } else { Grain::Day }
}

impl Snapshot<'_> {
    /// The key of what a fact shows at a moment.
    pub(super) fn key(&self, fact: FactId, moment: Timestamp) -> Key {
        let to_come = moment > self.end_of_today();
        let FactKind::Relation(relation) = self.program.facts[fact].kind else {
            return Key { to_come, collections: self.shown(fact, moment), day: None, instant: None };
        };
        let relation_id = relation;
        let relation = &self.program.relations[relation_id];
        if !relation.timed {
            return Key { to_come: false, collections: Vec::new(), day: None, instant: None };
        }
        let timed = relation.reads.iter().filter(|fact| self.program.is_timed(**fact));
        let collections = timed.flat_map(|fact| self.shown(*fact, moment)).collect();
        let grain = self.grains[relation_id];
        let day = calendar::date_of(moment, &self.program.calendar.zone);
        Key {
            to_come,
            collections,
            day: (grain == Grain::Day).then_some(day),
            instant: (grain == Grain::Instant).then_some(moment),
        }
    }

    /// The instants from which on what a fact shows may differ from before, ascending; `None` where that may be any instant.
    pub(crate) fn steps(&self, fact: FactId) -> Option<Vec<Timestamp>> {
        let read = match self.program.facts[fact].kind {
            FactKind::Relation(relation) if self.grains[relation] != Grain::Collections => return None,
            FactKind::Relation(relation) => &self.program.relations[relation].reads[..],
            _ => std::slice::from_ref(&fact),
        };
        let mut steps = vec![self.day_after(self.occasion.today)];
        for fact in read.iter().filter(|fact| self.program.is_timed(**fact)) {
            let pictures = self.evidence.coverage[*fact].iter().flat_map(|source| match &source.held {
                Held::State(pictures) => &pictures[..],
                Held::Log(_) => &[],
            });
            for picture in pictures {
                steps.push(picture.at);
                steps.extend(self.end_of_freshness(*fact, picture.at)?);
            }
        }
        steps.sort_unstable();
        steps.dedup();
        Some(steps)
    }

    /// The first instant at which a picture is too old, if there is any; `None` where that day does not begin once.
    fn end_of_freshness(&self, fact: FactId, taken: Timestamp) -> Option<Option<Timestamp>> {
        let calendar = &self.program.calendar;
        let taken = calendar::date_of(taken, &calendar.zone);
        let last = calendar.add_to_date(taken, self.program.freshness(fact));
        let Some(end) = last.and_then(|last| last.tomorrow().ok()) else { return Some(None) };
        let midnight = calendar.zone.to_ambiguous_timestamp(end.to_datetime(jiff::civil::Time::midnight()));
        (!midnight.is_ambiguous()).then(|| midnight.unambiguous().ok())
    }
}
