//! The verdicts of a run, and how those of subjects make that of a rule.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use kijun_ir::{Cell, Counts, FactId, Findings, IndexVec, Rule, RuleId, Truth, Verdict, calendar};
use rustc_hash::FxHashMap;

use crate::{AsOf, Gap, Snapshot, View};

/// The verdicts of all rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// One outcome a rule.
    pub rules: IndexVec<RuleId, RuleOutcome>,
}

/// The verdict of a rule and of each of its subjects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleOutcome {
    /// The verdict of the whole rule.
    pub verdict: Verdict,
    /// The subjects in the order of the table; the organisation alone for a rule about it.
    pub subjects: Vec<SubjectOutcome>,
    /// What is missing of the evidence that says who the subjects are.
    pub population_gaps: Vec<Gap>,
    /// Whether the population is empty, or may be for all that is known.
    pub nobody: bool,
}

/// Who is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The organisation as a whole, judged as of a moment.
    Organisation(AsOf),
    /// A row of the population's fact, judged as of a moment. As of when the row itself is read says [`Snapshot::row_as_of`].
    Row(u32, AsOf),
    /// Two events, the earlier one first.
    Pair(u32, u32),
}

impl Subject {
    /// The row of the population's variable; `None` for the organisation.
    pub fn row(self) -> Option<u32> {
        match self {
            Subject::Organisation(_) => None,
            Subject::Row(row, _) | Subject::Pair(row, _) => Some(row),
        }
    }

    /// As of when it is judged.
    pub fn as_of(self) -> AsOf {
        match self {
            Subject::Organisation(as_of) | Subject::Row(_, as_of) => as_of,
            Subject::Pair(..) => AsOf::Today,
        }
    }
}

/// The verdict of one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectOutcome {
    /// The subject; of a rule judged throughout the period as of the first moment at which it has its verdict.
    pub subject: Subject,
    /// Its verdict.
    pub verdict: Verdict,
    /// Of a rule judged throughout the period: the stretches of days with one verdict, ascending; otherwise none.
    pub spells: Vec<Spell>,
}

/// Days on which a subject has the same verdict: the gravest of each day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spell {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The verdict.
    pub verdict: Verdict,
}

/// What was found of a population as of a moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Each row that belongs, or may belong, to it, with what was found; in the order of the table. For a rule about the organisation it
    /// is one, surely a member.
    pub subjects: Vec<(Subject, Findings)>,
    /// Whether a part of its condition that reads nothing of the row surely fails, so that no row belongs to it, whatever rows are missing.
    pub excludes_all: bool,
}

impl Found {
    /// What is missing of the evidence that says who the subjects are; nothing where there are none, whatever comes.
    fn gaps(&self, snapshot: &Snapshot<'_>, rule: &Rule, moment: Option<Timestamp>) -> Vec<Gap> {
        if self.excludes_all { Vec::new() } else { snapshot.gaps_of_population(rule, moment) }
    }
}

impl RuleOutcome {
    /// The outcome of a rule judged on the date of judgement.
    pub fn at_today(snapshot: &Snapshot<'_>, rule: &Rule, found: Found) -> Self {
        let gaps = found.gaps(snapshot, rule, None);
        let subjects = found.subjects;
        let members = subjects.iter().filter(|(_, findings)| findings.member == Truth::True).count();
        let nobody = Nobody { members, candidates: subjects.len() };
        let judged = subjects.into_iter().filter_map(|(subject, findings)| {
            let verdict = Verdict::of_subject(findings)?;
            Some(SubjectOutcome { subject, verdict, spells: Vec::new() })
        });
        Self::of_subjects(rule, judged.collect(), gaps, nobody)
    }

    /// The outcome of a rule judged throughout the period, from what was found at each of its moments, ascending.
    pub fn throughout(snapshot: &Snapshot<'_>, rule: &Rule, found: Vec<(Timestamp, Found)>) -> Self {
        let mut gaps: Vec<Gap> =
            found.iter().flat_map(|(moment, found)| found.gaps(snapshot, rule, Some(*moment))).collect();
        gaps.sort();
        gaps.dedup();
        let mut nobody = Nobody::default();
        let mut courses = Courses::new(snapshot, rule);
        let unseen = found.is_empty();
        for (moment, found) in found {
            let day = calendar::date_of(moment, &snapshot.program.calendar.zone);
            for (subject, findings) in found.subjects {
                nobody.candidates += 1;
                nobody.members += usize::from(findings.member == Truth::True);
                let Some(verdict) = Verdict::of_subject(findings) else { continue };
                courses.of(subject).add(day, subject, verdict);
            }
        }
        let judged = courses.into_outcomes();
        let outcome = Self::of_subjects(rule, judged, gaps, nobody);
        // A period that has not begun shows nothing, not even that nobody is concerned.
        if unseen { Self { verdict: Verdict::Undetermined, nobody: true, ..outcome } } else { outcome }
    }

    fn of_subjects(
        rule: &Rule,
        subjects: Vec<SubjectOutcome>,
        population_gaps: Vec<Gap>,
        nobody: Nobody,
    ) -> Self {
        let or_none = rule.population.as_ref().is_some_and(|population| population.or_none);
        let empty = match (nobody.members, nobody.candidates, or_none) {
            (0, 0, true) => Some(Verdict::NotApplicable),
            (0, _, _) => Some(Verdict::Undetermined),
            _ => None,
        };
        let gap = (!population_gaps.is_empty()).then_some(Verdict::Undetermined);
        let gravest = subjects.iter().map(|subject| subject.verdict).chain(empty).chain(gap).max();
        Self {
            verdict: gravest.unwrap_or(Verdict::Undetermined),
            subjects,
            population_gaps,
            nobody: nobody.members == 0,
        }
    }

    /// How many subjects got each verdict.
    pub fn counts(&self) -> Counts {
        self.subjects.iter().map(|subject| subject.verdict).collect()
    }
}

/// How many subjects there surely are, and how many there may be.
#[derive(Debug, Clone, Copy, Default)]
struct Nobody {
    members: usize,
    candidates: usize,
}

/// By what a subject is the same at different moments: its key, or all its cells where it has none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Identity(Vec<String>);

impl Identity {
    fn of(snapshot: &Snapshot<'_>, fact: FactId, view: &View<'_>, row: u32) -> Self {
        let cell = |field| view.table().cell(&&snapshot.texts, row, field);
        let key = snapshot.program.facts[fact].key.map(cell).filter(|key| *key != Cell::Unknown);
        let cells = key
            .map_or_else(|| snapshot.program.facts[fact].fields.ids().map(cell).collect(), |key| vec![key]);
        Self(cells.iter().map(|cell| format!("{cell:?}")).collect())
    }
}

/// The courses of the subjects of a rule. A row of one view is asked for its identity once, at however many moments it is seen.
#[derive(Debug)]
struct Courses<'s, 'e> {
    snapshot: &'s Snapshot<'e>,
    rule: &'s Rule,
    courses: Vec<Course>,
    of_identity: BTreeMap<Identity, usize>,
    /// By the address of the view, which `views` keeps from being another's, and the row.
    of_row: FxHashMap<(usize, u32), usize>,
    views: FxHashMap<AsOf, Option<Arc<View<'e>>>>,
}

impl<'s, 'e> Courses<'s, 'e> {
    fn new(snapshot: &'s Snapshot<'e>, rule: &'s Rule) -> Self {
        Self {
            snapshot,
            rule,
            courses: Vec::new(),
            of_identity: BTreeMap::new(),
            of_row: FxHashMap::default(),
            views: FxHashMap::default(),
        }
    }

    fn of(&mut self, subject: Subject) -> &mut Course {
        let at = self.position(subject);
        &mut self.courses[at]
    }

    fn position(&mut self, subject: Subject) -> usize {
        let nameless = Identity(Vec::new());
        let (Subject::Row(row, _), Some(population)) = (subject, &self.rule.population) else {
            return self.position_of(nameless);
        };
        let (snapshot, fact) = (self.snapshot, population.rows.fact);
        let as_of = snapshot.row_as_of(self.rule, subject);
        let view = self.views.entry(as_of).or_insert_with(|| snapshot.view(fact, as_of));
        let Some(view) = view.clone() else { return self.position_of(nameless) };
        let key = (Arc::as_ptr(&view).addr(), row);
        if let Some(at) = self.of_row.get(&key) {
            return *at;
        }
        let at = self.position_of(Identity::of(snapshot, fact, &view, row));
        self.of_row.insert(key, at);
        at
    }

    fn position_of(&mut self, identity: Identity) -> usize {
        let next = self.courses.len();
        let at = *self.of_identity.entry(identity).or_insert(next);
        if at == next {
            self.courses.push(Course::default());
        }
        at
    }

    /// By identity.
    fn into_outcomes(mut self) -> Vec<SubjectOutcome> {
        let courses = self.of_identity.values().map(|at| std::mem::take(&mut self.courses[*at]));
        courses.filter_map(Course::outcome).collect()
    }
}

/// The verdicts of one subject over time.
#[derive(Debug, Default)]
struct Course {
    /// The gravest so far, with the subject as it was when it first was so.
    gravest: Option<(Verdict, Subject)>,
    spells: Vec<Spell>,
}

impl Course {
    /// Adds what was found at a moment of a day; days come ascending.
    fn add(&mut self, day: Date, subject: Subject, verdict: Verdict) {
        if self.gravest.is_none_or(|(gravest, _)| gravest < verdict) {
            self.gravest = Some((verdict, subject));
        }
        let mut verdict = verdict;
        if let Some(last) = self.spells.last().copied().filter(|last| last.to == day) {
            verdict = verdict.max(last.verdict);
            self.retract(day);
        }
        match self.spells.last_mut() {
            Some(last) if last.verdict == verdict && last.to.tomorrow().ok() == Some(day) => last.to = day,
            _ => self.spells.push(Spell { from: day, to: day, verdict }),
        }
    }

    /// Takes the last day back.
    fn retract(&mut self, day: Date) {
        let Some(last) = self.spells.pop() else { return };
        if let Some(to) = day.yesterday().ok().filter(|to| last.from <= *to) {
            self.spells.push(Spell { to, ..last });
        }
    }

    fn outcome(self) -> Option<SubjectOutcome> {
        let (verdict, subject) = self.gravest?;
        Some(SubjectOutcome { subject, verdict, spells: self.spells })
    }
}
