//! Verdicts, and how those of subjects add up.

use kijun_source::Bilingual;

use crate::Truth;

/// What is said of a subject, a rule, a duty, a criterion, a section or a standard.
///
/// The order is that of gravity: the verdict of a whole is the greatest of its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// An empty population that the rule allows.
    NotApplicable,
    /// The evidence shows that the requirement holds.
    Met,
    /// Not met, and a valid exception covers it.
    Excused,
    /// Not met yet, and the due date has not come.
    Pending,
    /// The evidence does not suffice.
    Undetermined,
    /// The evidence shows that the requirement does not hold.
    Violated,
}

/// What the conditions of a rule are for one subject of its population.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Findings {
    /// Whether the subject belongs to the population. Never false.
    pub member: Truth,
    /// The requirement.
    pub require: Truth,
    /// Whether an exception covers it; false where the rule has none.
    pub excused: Truth,
    /// Whether the due date has not passed; false where the rule has none.
    pub before_due: Truth,
    /// What an unknown requirement would be if nothing more happened from the date of judgement on: false too where what it needs is surely not shown.
    /// Asked before the due date only, else unknown.
    pub so_far: Truth,
}

impl Verdict {
    /// All verdicts in the order in which people read them: what conforms first.
    pub const ALL: [Verdict; 6] = [
        Verdict::Met,
        Verdict::Violated,
        Verdict::Undetermined,
        Verdict::Pending,
        Verdict::Excused,
        Verdict::NotApplicable,
    ];

    /// The verdict on one subject; `None` where it cannot be said that the subject belongs to the
    /// population, and it would be met if it did.
    ///
    /// An unknown requirement stays undetermined even where an exception or a due date might cover
    /// it: whether there is anything to cover is not known. Only where nothing but the future is missing, or what it needs is not shown, it does not hold
    /// so far, and no exception may cover it, is it pending: what a month asks for may still come until its end.
    pub fn of_subject(findings: Findings) -> Option<Verdict> {
        let verdict = match (findings.require, findings.excused, findings.before_due) {
            (Truth::True, _, _) => Verdict::Met,
            (Truth::Unknown, Truth::False, Truth::True) if findings.so_far == Truth::False => {
                Verdict::Pending
            }
            (Truth::Unknown, _, _) => Verdict::Undetermined,
            (Truth::False, Truth::True, _) => Verdict::Excused,
            (Truth::False, Truth::Unknown, _) => Verdict::Undetermined,
            (Truth::False, Truth::False, Truth::True) => Verdict::Pending,
            (Truth::False, Truth::False, Truth::Unknown) => Verdict::Undetermined,
            (Truth::False, Truth::False, Truth::False) => Verdict::Violated,
        };
        match findings.member {
            Truth::True => Some(verdict),
            Truth::False => None,
            Truth::Unknown => (verdict != Verdict::Met).then_some(Verdict::Undetermined),
        }
    }

    /// The name in rulesets and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::NotApplicable => "not_applicable",
            Verdict::Met => "met",
            Verdict::Excused => "excused",
            Verdict::Pending => "pending",
            Verdict::Undetermined => "undetermined",
            Verdict::Violated => "violated",
        }
    }

    /// The verdict of that name.
    pub fn from_name(name: &str) -> Option<Verdict> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }

    /// What people read.
    pub fn label(self) -> Bilingual {
        match self {
            Verdict::NotApplicable => Bilingual::new("対象外", "not applicable"),
            Verdict::Met => Bilingual::new("適合", "met"),
            Verdict::Excused => Bilingual::new("例外適用", "excused"),
            Verdict::Pending => Bilingual::new("期限前", "pending"),
            Verdict::Undetermined => Bilingual::new("判定不能", "undetermined"),
            Verdict::Violated => Bilingual::new("不適合", "violated"),
        }
    }

    /// The sign before a line.
    pub fn sign(self) -> char {
        match self {
            Verdict::NotApplicable => '－',
            Verdict::Met => '✓',
            Verdict::Excused => '⚑',
            Verdict::Pending => '…',
            Verdict::Undetermined => '?',
            Verdict::Violated => '✗',
        }
    }
}

/// How many subjects got each verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts([usize; 6]);

impl Counts {
    /// Counts one more.
    pub fn add(&mut self, verdict: Verdict) {
        self.0[verdict as usize] += 1;
    }

    /// How many got this verdict.
    pub fn get(&self, verdict: Verdict) -> usize {
        self.0[verdict as usize]
    }

    /// How many there are in all.
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }
}

impl FromIterator<Verdict> for Counts {
    fn from_iter<Iter: IntoIterator<Item = Verdict>>(verdicts: Iter) -> Self {
        let mut counts = Counts::default();
        for verdict in verdicts {
            counts.add(verdict);
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUTHS: [Truth; 3] = [Truth::False, Truth::Unknown, Truth::True];

    fn all_findings() -> impl Iterator<Item = Findings> {
        TRUTHS.into_iter().flat_map(|member| {
            TRUTHS.into_iter().flat_map(move |require| {
                TRUTHS.into_iter().flat_map(move |excused| {
                    TRUTHS.into_iter().flat_map(move |before_due| {
                        let so_far = if require == Truth::Unknown { &TRUTHS[..] } else { &TRUTHS[1..2] };
                        so_far.iter().map(move |so_far| Findings {
                            member,
                            require,
                            excused,
                            before_due,
                            so_far: *so_far,
                        })
                    })
                })
            })
        })
    }

    /// Replaces one finding by unknown, in each possible way. What is not met by all that there is to come is not met so far.
    fn with_less_evidence(findings: Findings) -> [Findings; 6] {
        let so_far = if findings.require == Truth::Unknown { findings.so_far } else { findings.require };
        [
            Findings { require: Truth::Unknown, so_far, ..findings },
            Findings { member: Truth::Unknown, ..findings },
            Findings { require: Truth::Unknown, ..findings },
            Findings { excused: Truth::Unknown, ..findings },
            Findings { before_due: Truth::Unknown, ..findings },
            Findings { so_far: Truth::Unknown, ..findings },
        ]
    }

    #[test]
    fn less_evidence_never_looks_better() {
        for findings in all_findings().filter(|findings| findings.member != Truth::False) {
            let before = Verdict::of_subject(findings);
            for less in with_less_evidence(findings) {
                let after = Verdict::of_subject(less);
                assert!(
                    after == before
                        || after == Some(Verdict::Undetermined)
                        || (after.is_none() && before == Some(Verdict::Met)),
                    "{findings:?} gives {before:?}, {less:?} gives {after:?}"
                );
            }
        }
    }

    #[test]
    fn only_a_shown_failure_is_violated() {
        for findings in all_findings() {
            let violated = Verdict::of_subject(findings) == Some(Verdict::Violated);
            let shown = findings
                == Findings {
                    member: Truth::True,
                    require: Truth::False,
                    excused: Truth::False,
                    before_due: Truth::False,
                    so_far: Truth::Unknown,
                };
            assert_eq!(violated, shown, "{findings:?}");
        }
    }
}
