//! With less evidence nothing looks better.

use std::collections::BTreeMap;

use jiff::Timestamp;
use kijun_eval::{AsOf, Outcome, RuleOutcome, Snapshot, Subject, outcome_at, prove_rule};
use kijun_ir::{
    Binding, Cell, Expr, ExprKind, FactId, FactKind, IndexVec, Judged, Program, Quantifier, Rule, RuleId,
    VarId, Verdict,
};

use super::evidence::Draft;
use super::{Case, views};

/// With less evidence every verdict stays or becomes undetermined, but that a subject may go: withdrawn, or of a time that is no
/// longer known, it leaves a gap, so that its rule is undetermined. If it is no longer known that it belongs to the
/// population, nothing can be said of it where it would be met.
pub(super) fn check(case: &Case, before: &Outcome, after: &Outcome) -> Result<(), String> {
    let with = case.draft.evidence(&case.program);
    let without = case.less.draft.evidence(&case.less.program);
    let with = Snapshot::plain(&case.program, &with, case.occasion);
    let without = Snapshot::plain(&case.less.program, &without, case.occasion);
    for (id, rule) in case.program.rules.iter() {
        let comparison = Comparison { case, id, rule, with: &with, without: &without };
        if depends_on_instant(&case.program, rule) && with.moments(rule) != without.moments(rule) {
            comparison.instants()?;
            continue;
        }
        let (before, after) = (&before.rules[id], &after.rules[id]);
        comparison.rule(before.verdict, after.verdict)?;
        match rule.judged {
            Judged::AtToday => comparison.subjects(before, after)?,
            Judged::ThroughoutPeriod => comparison.days(before, after)?,
        }
    }
    Ok(())
}

struct Comparison<'a> {
    case: &'a Case,
    id: RuleId,
    rule: &'a Rule,
    with: &'a Snapshot<'a>,
    without: &'a Snapshot<'a>,
}

impl Comparison<'_> {
    fn rule(&self, before: Verdict, after: Verdict) -> Result<(), String> {
        // A log that covers less has more gaps, each of which may violate a rule about them.
        let fails_more = self.is_about_gaps() && after == Verdict::Violated;
        if after == before || after == Verdict::Undetermined || fails_more {
            return Ok(());
        }
        Err(format!("with less evidence {:?} goes from {before:?} to {after:?}", self.id))
    }

    fn subjects(&self, before: &RuleOutcome, after: &RuleOutcome) -> Result<(), String> {
        if self.is_about_gaps() {
            return Ok(());
        }
        let old = verdicts(self.with, self.rule, before);
        let new = verdicts(self.without, self.rule, after);
        for (name, verdict) in &new {
            let (verdict, _) = verdict;
            let was = old.get(name).map(|(was, _)| was);
            if *verdict != Verdict::Undetermined && was != Some(verdict) {
                return Err(format!(
                    "with less evidence {name:?} of {:?} goes from {was:?} to {verdict:?}",
                    self.id
                ));
            }
        }
        for (name, (verdict, as_of)) in old {
            if verdict != Verdict::Met && !new.contains_key(&name) && self.is_left(&name, as_of) {
                return Err(format!("with less evidence {name:?} of {:?}, {verdict:?}, is none", self.id));
            }
        }
        Ok(())
    }

    /// Of a rule that compares the instant, as of the instants at which it is judged with less evidence.
    ///
    /// A rule is judged where a picture was taken, too, and at no other instant within a day. Without the picture nobody looks there, so that what
    /// the rule says of that instant alone (it is not yet noon, say) goes with it, though nothing looks better where one looks. The whole
    /// period can be compared as of the instants that are left: no others come to be.
    fn instants(&self) -> Result<(), String> {
        let (before, left) = (self.with.moments(self.rule), self.without.moments(self.rule));
        if let Some(new) = left.iter().find(|moment| !before.contains(moment)) {
            return Err(format!("with less evidence {:?} is judged at {new} for the first time", self.id));
        }
        let old = outcome_at(self.with, self.rule, &left);
        let new = outcome_at(self.without, self.rule, &left);
        self.rule(old.verdict, new.verdict)?;
        self.days(&old, &new)?;
        if self.has_other_subjects() {
            return Ok(());
        }
        for moment in left {
            let old = judged_at(self.with, self.rule, moment);
            for (name, verdict) in judged_at(self.without, self.rule, moment) {
                let was = old.get(&name);
                if verdict != Verdict::Undetermined && was != Some(&verdict) {
                    return Err(format!(
                        "with less evidence {name:?} of {:?} goes from {was:?} to {verdict:?} at {moment}",
                        self.id
                    ));
                }
            }
        }
        Ok(())
    }

    /// Whether what was taken away is of the rows that are judged.
    fn has_other_subjects(&self) -> bool {
        let population = self.rule.population.as_ref();
        let made_of =
            population.map_or_else(Vec::new, |population| through(&self.case.program, population.rows.fact));
        self.case.less.taken.iter().any(|loss| loss.rows && made_of.contains(&loss.fact))
    }

    /// Day by day, where the subjects themselves are the same.
    fn days(&self, before: &RuleOutcome, after: &RuleOutcome) -> Result<(), String> {
        if self.has_other_subjects() {
            return Ok(());
        }
        let old = spells(self.with, self.rule, before);
        for ((name, day), verdict) in spells(self.without, self.rule, after) {
            let was = old.get(&(name.clone(), day));
            if verdict != Verdict::Undetermined && was != Some(&verdict) {
                return Err(format!(
                    "with less evidence {name:?} of {:?} goes from {was:?} to {verdict:?} on {day}",
                    self.id
                ));
            }
        }
        Ok(())
    }

    fn fact(&self) -> Option<FactId> {
        self.rule.population.as_ref().map(|population| population.rows.fact)
    }

    fn is_about_gaps(&self) -> bool {
        let kind = self.fact().map(|fact| self.case.program.facts[fact].kind);
        matches!(kind, Some(FactKind::Gaps(_)))
    }

    /// Whether the one row that a subject was is still there and counts.
    fn is_left(&self, name: &Name, as_of: AsOf) -> bool {
        let (Some(fact), Name::Line(line)) = (self.fact(), name) else {
            return matches!(name, Name::Organisation);
        };
        let draft: &Draft = &self.case.less.draft;
        let Some(view) = self.without.view(fact, as_of) else { return false };
        let counts = view.rows().iter().any(|row| view.table().origin(*row).line == *line);
        counts && draft.facts[fact].rows.iter().any(|(_, origin)| origin.line == *line)
    }
}

/// By what a subject is the same whatever the order of the table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    Organisation,
    Line(u32),
    Lines(u32, u32),
    /// Of rows that are no evidence, and of what is judged at many moments: the key, or all cells.
    Cells(String),
}

impl Name {
    fn of(snapshot: &Snapshot<'_>, rule: &Rule, subject: Subject) -> Self {
        let Some(population) = &rule.population else { return Name::Organisation };
        let fact = population.rows.fact;
        let Some(view) = snapshot.view(fact, snapshot.row_as_of(rule, subject)) else {
            return Name::Organisation;
        };
        let line = |row: u32| view.table().origin(row).line;
        let declared = &snapshot.program.facts[fact];
        match subject {
            Subject::Organisation(_) => Name::Organisation,
            Subject::Pair(first, second) => Name::Lines(line(first), line(second)),
            Subject::Row(row, _) if declared.is_collected() && rule.judged == Judged::AtToday => {
                Name::Line(line(row))
            }
            Subject::Row(row, _) => {
                let cells = views::cells(snapshot, fact, &view, row);
                let key = declared.key.map(|key| cells[key.0 as usize].clone());
                let cells = key.filter(|key| *key != Cell::Unknown).map_or(cells, |key| vec![key]);
                Name::Cells(format!("{cells:?}"))
            }
        }
    }
}

/// The verdicts, each with the moment as of which its subject was there.
fn verdicts(snapshot: &Snapshot<'_>, rule: &Rule, outcome: &RuleOutcome) -> BTreeMap<Name, (Verdict, AsOf)> {
    let subjects = outcome.subjects.iter();
    let named = subjects.map(|subject| {
        let name = Name::of(snapshot, rule, subject.subject);
        (name, (subject.verdict, subject.subject.as_of()))
    });
    named.collect()
}

/// The verdicts at one moment of a rule judged throughout the period.
fn judged_at(snapshot: &Snapshot<'_>, rule: &Rule, moment: Timestamp) -> BTreeMap<Name, Verdict> {
    let subjects = snapshot.candidates(rule, Some(moment)).into_iter();
    let judged = subjects.filter_map(|(subject, _)| {
        let verdict = prove_rule(snapshot, rule, subject).verdict?;
        Some((Name::of(snapshot, rule, subject), verdict))
    });
    judged.collect()
}

fn spells(
    snapshot: &Snapshot<'_>,
    rule: &Rule,
    outcome: &RuleOutcome,
) -> BTreeMap<(Name, jiff::civil::Date), Verdict> {
    let mut days = BTreeMap::new();
    for subject in &outcome.subjects {
        let name = Name::of(snapshot, rule, subject.subject);
        for spell in &subject.spells {
            let spelled = std::iter::successors(Some(spell.from), |day| day.tomorrow().ok());
            for day in spelled.take_while(|day| *day <= spell.to) {
                days.insert((name.clone(), day), spell.verdict);
            }
        }
    }
    days
}

/// The types of evidence that a fact's rows are made of.
fn through(program: &Program, fact: FactId) -> Vec<FactId> {
    match program.facts[fact].kind {
        FactKind::Relation(relation) => program.relations[relation].reads.clone(),
        _ => vec![fact],
    }
}

/// Whether what a rule judged throughout the period comes to may change at other instants than those at which it is judged: whether it
/// compares the moment with more than days and the validity of rows.
fn depends_on_instant(program: &Program, rule: &Rule) -> bool {
    let of_rule = Instants { program, vars: &rule.vars };
    let reads_relation =
        |binding: &Binding| matches!(program.facts[binding.fact].kind, FactKind::Relation(_));
    let of_relations = || {
        program.relations.values().flat_map(|relation| &relation.branches).any(|branch| {
            let instants = Instants { program, vars: &branch.vars };
            branch.atoms.iter().any(|atom| instants.in_rows(atom))
                || branch.condition.iter().chain(&branch.yields).any(|expr| instants.within(expr))
        })
    };
    rule.judged == Judged::ThroughoutPeriod
        && (rule.exprs().any(|expr| of_rule.within(expr))
            || (rule.vars.values().any(reads_relation) && of_relations()))
}

/// Looks for the moment where more than its day, or what there is at that moment, matters.
struct Instants<'a> {
    program: &'a Program,
    vars: &'a IndexVec<VarId, Binding>,
}

impl Instants<'_> {
    fn within(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Moment => true,
            ExprKind::DateOf(inner) if is_moment(inner) => false,
            ExprKind::Compare { left, right, .. } if is_moment(right) && self.is_validity(left) => false,
            ExprKind::InPeriod { time, period } if is_moment(time) => self.within(period),
            ExprKind::Follow { base, at: Some(at), .. } if is_moment(at) => self.within(base),
            ExprKind::Some(quantifier) => self.in_rows(quantifier),
            ExprKind::Count { quantifier, bound, .. } => self.in_rows(quantifier) || self.within(bound),
            ExprKind::Aggregate { quantifier, value, .. } => {
                self.in_rows(quantifier) || value.as_ref().is_some_and(|value| self.within(value))
            }
            _ => expr.children().into_iter().any(|child| self.within(child)),
        }
    }

    fn in_rows(&self, quantifier: &Quantifier) -> bool {
        let at = quantifier.at.as_ref().filter(|at| !is_moment(at));
        at.into_iter().chain(&quantifier.condition).any(|expr| self.within(expr))
    }

    /// Whether it is an end of the validity of a row; at these instants the rule is judged.
    fn is_validity(&self, expr: &Expr) -> bool {
        let ExprKind::Field { var, field } = &expr.kind else { return false };
        let fact = &self.program.facts[self.vars[*var].fact];
        fact.valid.is_some_and(|validity| {
            validity.from == Some(*field) || validity.until.is_some_and(|(until, _)| until == *field)
        })
    }
}

fn is_moment(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Moment)
}
