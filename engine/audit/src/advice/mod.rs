//! What evidence would change a verdict: the shortest list, checked by judging the evidence as it would be with it.

mod answer;
mod change;
mod choice;
mod row;
#[cfg(test)]
mod tests;
mod text;
mod value;
mod world;

use kijun_eval::{Evidence, GapKind, Lack, Reason, Snapshot, Subject};
use kijun_ir::{AttestId, RuleId, Verdict};

pub use text::advice_text;

use self::choice::{Choice, choices};
use self::world::{Identity, World};

/// How often evidence is added to what was added before.
const STAGES: usize = 3;

/// How many ways of supplying a list are tried.
const WAYS: usize = 48;

/// What would change a verdict.
#[derive(Debug)]
pub struct Advice {
    /// The verdict now.
    pub now: Verdict,
    /// Lists of evidence, each on top of those before it.
    pub stages: Vec<Stage>,
}

/// A list of evidence, and what comes of it.
#[derive(Debug)]
pub struct Stage {
    /// The evidence as it is before this, in which the rows of the lacks are counted.
    evidence: Evidence,
    /// What is on the list.
    pub entries: Vec<Entry>,
    /// The verdicts that come out, each with the first way to it.
    pub outcomes: Vec<Outcome>,
    /// Where no other verdict comes out: the way that the next list stands on, with the verdict as it was.
    kept: Option<Outcome>,
}

/// One entry of a list.
#[derive(Debug)]
pub struct Entry {
    /// What is wanted.
    pub wanted: Wanted,
    /// Whether the verdict depends on it.
    pub weight: Weight,
    /// The ways of supplying it; none where it cannot be tried.
    choices: Vec<Choice>,
}

/// What is wanted of the evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// What it lacks.
    Lack(Lack),
    /// An answer to what a person is asked.
    Answer(AttestId),
}

/// Whether a verdict depends on a piece of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Without it the verdict does not come out.
    Needed,
    /// The verdict is the same without it.
    Idle,
    /// It could not be tried.
    Untried,
}

/// A verdict that comes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// For each entry that can be tried, which of its choices.
    chosen: Vec<usize>,
    /// The verdict; `None` where the subject is no longer one.
    pub verdict: Option<Verdict>,
}

/// Looks for what would change the verdict of a subject, or of the population of a rule where none is given.
pub fn advise(snapshot: &Snapshot<'_>, rule: RuleId, subject: Option<Subject>, now: Verdict) -> Advice {
    let world = World::of(snapshot, rule);
    if let Some(stage) = answered(&world, snapshot, rule, now) {
        return Advice { now, stages: vec![stage] };
    }
    let mut advice = Advice { now, stages: Vec::new() };
    let wanted = subject.map(|subject| Identity::of(snapshot, &snapshot.program.rules[rule], subject));
    let (mut evidence, mut verdict) = (snapshot.evidence.clone(), Some(now));
    for _ in 0..STAGES {
        let Some(Verdict::Undetermined | Verdict::Violated) = verdict else { break };
        let Some(mut stage) = stage(&world, evidence, wanted.as_ref(), verdict) else { break };
        let goes_on = stage.outcomes.iter().all(|outcome| is_open(outcome.verdict));
        // What changes nothing by itself may be what the next list stands on: a fresh picture whose rows must be fresh too.
        if stage.outcomes.is_empty() {
            stage.kept = stage.ways().into_iter().next().map(|chosen| Outcome { chosen, verdict });
        }
        let supplied = stage.outcomes.last().or(stage.kept.as_ref()).cloned();
        evidence =
            supplied.as_ref().map_or_else(|| stage.evidence.clone(), |way| stage.supplied(&world, way));
        advice.stages.push(stage);
        let Some(supplied) = supplied.filter(|_| goes_on) else { break };
        verdict = supplied.verdict;
    }
    // Lists behind the last that changes something lead nowhere; the first of them says so.
    let changing = advice.stages.iter().rposition(|stage| !stage.outcomes.is_empty());
    advice.stages.truncate(changing.map_or(1, |last| last + 2));
    advice
}

/// The list with which an answer of today decides what a person is asked; `None` where nobody is asked, or an answer would not do it.
fn answered(world: &World, snapshot: &Snapshot<'_>, rule: RuleId, now: Verdict) -> Option<Stage> {
    let attest = snapshot.program.attest_of(&snapshot.program.rules[rule]).filter(|_| is_open(Some(now)))?;
    let register = world.rule().population.as_ref()?.rows.fact;
    let entries = {
        let snapshot = world.snapshot(snapshot.evidence);
        let lacks = world.population_lacks(&snapshot).into_iter();
        let gaps = lacks.map(|lack| {
            let choices =
                choices(&snapshot, world.rule(), None, &lack).into_iter().map(Choice::beside_another);
            Entry::new(Wanted::Lack(lack), choices.collect())
        });
        let answer = Entry::new(Wanted::Answer(attest), answer::answers(&snapshot, attest, register));
        gaps.chain([answer]).collect::<Vec<_>>()
    };
    let mut stage = Stage::new(snapshot.evidence.clone(), entries);
    stage.try_ways(world, None, Some(now));
    stage.weigh(world, None);
    // No answer arrives without a source that delivers it.
    stage
        .entries
        .iter_mut()
        .filter(|entry| entry.is_without_source())
        .for_each(|entry| entry.weight = Weight::Needed);
    (!stage.outcomes.is_empty()).then_some(stage)
}

/// Whether something may still be wanted for a better verdict.
fn is_open(verdict: Option<Verdict>) -> bool {
    matches!(verdict, Some(Verdict::Undetermined | Verdict::Violated))
}

/// The next list; `None` where there is nothing to add.
fn stage(
    world: &World,
    evidence: Evidence,
    wanted: Option<&Identity>,
    before: Option<Verdict>,
) -> Option<Stage> {
    let entries = {
        let snapshot = world.snapshot(&evidence);
        let (lacks, subject) = match wanted {
            Some(wanted) => {
                let subject = world.find(&snapshot, wanted)?;
                (kijun_eval::missing(&snapshot, World::RULE, subject.subject), Some(subject.subject))
            }
            None => (world.population_lacks(&snapshot), None),
        };
        let entry = |lack: Lack| {
            let choices = choices(&snapshot, world.rule(), subject, &lack);
            Entry::new(Wanted::Lack(lack), choices)
        };
        lacks.into_iter().map(entry).collect::<Vec<_>>()
    };
    if entries.is_empty() {
        return None;
    }
    let mut stage = Stage::new(evidence, entries);
    stage.try_ways(world, wanted, before);
    stage.weigh(world, wanted);
    Some(stage)
}

impl Stage {
    /// A list of which nothing was tried yet.
    fn new(evidence: Evidence, entries: Vec<Entry>) -> Self {
        Self { evidence, entries, outcomes: Vec::new(), kept: None }
    }

    /// Tries the ways of supplying the list, and keeps the first to each verdict that is another one than before.
    fn try_ways(&mut self, world: &World, wanted: Option<&Identity>, before: Option<Verdict>) {
        for chosen in self.ways() {
            let verdict = self.verdict(world, wanted, &chosen, None);
            let is_known = self.outcomes.iter().any(|outcome| outcome.verdict == verdict);
            if verdict != before && !is_known {
                self.outcomes.push(Outcome { chosen, verdict });
            }
        }
        self.outcomes.sort_by_key(|outcome| outcome.verdict);
    }

    /// The combinations of choices, the first choices of all first.
    fn ways(&self) -> Vec<Vec<usize>> {
        let counts: Vec<usize> = self.tried().map(|entry| entry.choices.len()).collect();
        let all: usize = counts.iter().fold(1, |all, count| all.saturating_mul(*count));
        let way = |number: usize| {
            let mut rest = number;
            let digit = |count: &usize| {
                let chosen = rest % count;
                rest /= count;
                chosen
            };
            counts.iter().map(digit).collect()
        };
        if counts.is_empty() { Vec::new() } else { (0..all.min(WAYS)).map(way).collect() }
    }

    fn tried(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| !entry.choices.is_empty())
    }

    /// Says of each entry whether a verdict changes without it.
    fn weigh(&mut self, world: &World, wanted: Option<&Identity>) {
        let Some(Outcome { chosen, verdict }) = self.outcomes.first().cloned() else { return };
        if chosen.len() < 2 {
            return;
        }
        let idle: Vec<bool> = (0..chosen.len())
            .map(|left_out| self.verdict(world, wanted, &chosen, Some(left_out)) == verdict)
            .collect();
        let tried = self.entries.iter_mut().filter(|entry| !entry.choices.is_empty());
        for (entry, idle) in tried.zip(idle) {
            entry.weight = if idle { Weight::Idle } else { Weight::Needed };
        }
        // Of two that do the same, each may be left out, but not both.
        if self.entries.iter().all(|entry| entry.weight != Weight::Needed) {
            let tried = self.entries.iter_mut().filter(|entry| !entry.choices.is_empty());
            tried.for_each(|entry| entry.weight = Weight::Needed);
        }
    }

    /// The evidence with the list supplied.
    fn supplied(&self, world: &World, outcome: &Outcome) -> Evidence {
        self.with(world, &outcome.chosen, None)
    }

    fn with(&self, world: &World, chosen: &[usize], left_out: Option<usize>) -> Evidence {
        let supplied = self.tried().zip(chosen).enumerate().filter(|(index, _)| Some(*index) != left_out);
        let changes = supplied.flat_map(|(_, (entry, choice))| &entry.choices[*choice].changes);
        world.changed(&self.evidence, &changes.cloned().collect::<Vec<_>>())
    }

    fn verdict(
        &self,
        world: &World,
        wanted: Option<&Identity>,
        chosen: &[usize],
        left_out: Option<usize>,
    ) -> Option<Verdict> {
        let evidence = self.with(world, chosen, left_out);
        let snapshot = world.snapshot(&evidence);
        match wanted {
            Some(wanted) => world.find(&snapshot, wanted).map(|found| found.verdict),
            None => Some(world.judged(&snapshot).verdict),
        }
    }
}

impl Entry {
    /// An entry on which the verdict depends until it is found that it does not.
    fn new(wanted: Wanted, choices: Vec<Choice>) -> Self {
        let weight = if choices.is_empty() { Weight::Untried } else { Weight::Needed };
        Self { wanted, weight, choices }
    }

    /// What is missing, where that is the lack.
    pub fn reason(&self) -> Option<&Reason> {
        match &self.wanted {
            Wanted::Lack(Lack::Missing(reason)) => Some(reason),
            Wanted::Lack(_) | Wanted::Answer(_) => None,
        }
    }

    /// Whether it is that no source delivers something.
    fn is_without_source(&self) -> bool {
        matches!(self.reason(), Some(Reason::Gap(gap)) if gap.kind == GapKind::NoSource)
    }

    /// Whether nothing that the evidence shows would have to be otherwise.
    fn is_missing(&self) -> bool {
        self.reason().is_some() || matches!(self.wanted, Wanted::Answer(_))
    }
}
