//! The verdicts of a run, and how those of subjects make that of a rule.

use kijun_ir::{Counts, Findings, IndexVec, Population, RuleId, Verdict};

use crate::{Gap, Snapshot};

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
    /// The subjects in the order of the table; one without a row for a rule about the organisation.
    pub subjects: Vec<SubjectOutcome>,
    /// What is missing of the evidence that says who the subjects are.
    pub population_gaps: Vec<Gap>,
    /// Whether the population is empty, or may be for all that is known.
    pub nobody: bool,
}

/// The verdict of one subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SubjectOutcome {
    /// The row of the population's table; `None` for the organisation as a whole.
    pub row: Option<u32>,
    /// Its verdict.
    pub verdict: Verdict,
}

impl RuleOutcome {
    /// The outcome of a rule from what was found of each row that belongs, or may belong, to its population.
    ///
    /// `findings` come in the order of the table, rows that surely do not belong left out. For a rule about the organisation they are
    /// one, without a row, surely a member.
    pub fn from_findings(
        snapshot: &Snapshot<'_>,
        population: Option<&Population>,
        findings: impl IntoIterator<Item = (Option<u32>, Findings)>,
    ) -> Self {
        let mut subjects = Vec::new();
        let mut members = 0;
        let mut candidates = 0;
        for (row, findings) in findings {
            candidates += 1;
            members += usize::from(findings.member == kijun_ir::Truth::True);
            subjects.extend(Verdict::of_subject(findings).map(|verdict| SubjectOutcome { row, verdict }));
        }
        let population_gaps =
            population.map_or_else(Vec::new, |population| snapshot.population_gaps(&population.rows));
        let or_none = population.is_some_and(|population| population.or_none);
        let empty = match (members, candidates, or_none) {
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
            nobody: members == 0,
        }
    }

    /// How many subjects got each verdict.
    pub fn counts(&self) -> Counts {
        self.subjects.iter().map(|subject| subject.verdict).collect()
    }
}
