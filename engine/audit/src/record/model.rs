//! What a record holds. Plain data: nothing here computes but counts.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kijun_eval::Spell;
use kijun_ir::{Class, Counts, FactId, Judged, Severity, Verdict};
use kijun_source::Bilingual;

/// The complete result of one run.
#[derive(Debug, Clone)]
pub struct AuditRecord {
    /// Whose evidence was judged.
    pub organisation: String,
    /// First and last day of the period under audit.
    pub period: (Date, Date),
    /// The date of judgement.
    pub today: Date,
    /// The zone in which instants become days.
    pub zone: TimeZone,
    /// The gravest verdict of all standards and rules; undetermined where there are none.
    pub verdict: Verdict,
    /// How many rows of evidence were read, whether or not they counted.
    pub rows: usize,
    /// The standards, in the order of the rulesets.
    pub standards: Vec<StandardRecord>,
    /// The rules, in the order of the rulesets.
    pub rules: Vec<RuleRecord>,
    /// The sources, by fact and in the order of the workspace.
    pub sources: Vec<SourceRecord>,
    /// The parameters in force.
    pub params: Vec<ParamRecord>,
    /// What the run could not see, in sentences.
    pub unseen: Vec<Bilingual>,
}

/// A standard and the verdicts below it.
#[derive(Debug, Clone)]
pub struct StandardRecord {
    /// Its name in rulesets.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The version of the ruleset that encodes it.
    pub edition: Option<String>,
    /// The gravest verdict of its sections.
    pub verdict: Verdict,
    /// Its sections in order.
    pub sections: Vec<SectionRecord>,
}

/// A section of a standard.
#[derive(Debug, Clone)]
pub struct SectionRecord {
    /// Its number as written.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// The text before its first criterion.
    pub text: Option<String>,
    /// The gravest verdict of its duties and criteria.
    pub verdict: Verdict,
    /// Duties quoted from its own text.
    pub duties: Vec<DutyRecord>,
    /// Passages of its own text that are declared to be no duty.
    pub notes: Vec<String>,
    /// Why it is undetermined though nothing below it is.
    pub lacks: Vec<LackRecord>,
    /// Its criteria in order.
    pub criteria: Vec<CriterionRecord>,
}

/// A criterion of a section.
#[derive(Debug, Clone)]
pub struct CriterionRecord {
    /// Its number as written.
    pub id: String,
    /// Its text, word for word.
    pub text: String,
    /// The gravest verdict of its duties.
    pub verdict: Verdict,
    /// Its duties in order.
    pub duties: Vec<DutyRecord>,
    /// Passages that are declared to be no duty.
    pub notes: Vec<String>,
    /// Why it is undetermined though no duty of it is.
    pub lacks: Vec<LackRecord>,
}

/// A duty and the rules that decide it.
#[derive(Debug, Clone)]
pub struct DutyRecord {
    /// Its id.
    pub id: String,
    /// The quotation.
    pub quote: String,
    /// The gravest verdict of its rules, but for observations; undetermined where it has none.
    pub verdict: Verdict,
    /// Positions of its rules among those of the record.
    pub rules: Vec<usize>,
    /// Whether the criteria of its section decide it too.
    pub by_criteria: bool,
    /// Why it is undetermined though no rule says so.
    pub lacks: Vec<LackRecord>,
}

/// A rule and what it found.
#[derive(Debug, Clone)]
pub struct RuleRecord {
    /// Its name in rulesets.
    pub name: String,
    /// What people read.
    pub label: String,
    /// The comment above its declaration.
    pub doc: String,
    /// The ids of the duties that it decides.
    pub covers: Vec<String>,
    /// How grave a violation is.
    pub severity: Severity,
    /// What to do about a violation.
    pub remedy: Option<String>,
    /// Its verdict.
    pub verdict: Verdict,
    /// As of when it was judged.
    pub judged: Judged,
    /// How many subjects got each verdict; exact, however many are explained.
    pub counts: Counts,
    /// Who is judged.
    pub scope: Scope,
    /// Whether the population is empty, or may be for all that is known.
    pub nobody: bool,
    /// What keeps the rule as a whole from being determined: gaps of the population, or nobody in it.
    pub lacks: Vec<LackRecord>,
    /// Every subject that is not met, the gravest first, then in the order of the table.
    pub subjects: Vec<SubjectRecord>,
}

/// Who is judged by a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// The organisation as a whole.
    Organisation,
    /// Rows of a fact.
    Rows(FactName),
}

/// A subject that is not met.
#[derive(Debug, Clone)]
pub struct SubjectRecord {
    /// What people call it.
    pub name: Piece,
    /// Its verdict.
    pub verdict: Verdict,
    /// Of a rule judged throughout the period: the stretches of days with one verdict, ascending; otherwise none.
    pub spells: Vec<Spell>,
    /// What the rule says of it. Empty where undetermined: the message of a rule states a failure, and none was shown.
    pub message: Vec<Piece>,
    /// Whether the verdict was proved for this record; beyond [`super::EXPLAINED_PER_VERDICT`] it is only listed.
    pub explained: bool,
    /// What was missing; empty unless undetermined and explained.
    pub lacks: Vec<LackRecord>,
    /// The rows that the verdict rests on: its own first. Only its own where not explained.
    pub evidence: Vec<EvidenceRow>,
    /// How many more rows it rests on.
    pub evidence_beyond: usize,
}

/// A piece of text about a subject, and who may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Who may see it.
    pub class: Class,
}

/// A row of evidence, led back to the file that it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRow {
    /// What it is to the verdict.
    pub role: Role,
    /// The fact.
    pub fact: FactName,
    /// What people call the row.
    pub name: Piece,
    /// The source.
    pub source: String,
    /// The file, relative to the workspace.
    pub path: String,
    /// The line on which the row begins, from 1.
    pub line: u32,
    /// SHA-256 of the file.
    pub sha256: String,
    /// When the file was collected.
    pub collected_at: Timestamp,
}

/// What a row of evidence is to a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The subject itself.
    Subject,
    /// A row that a condition read and for which it holds, or may hold.
    Witness,
    /// A row of an exception.
    Exception,
}

/// A fact by name and label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactName {
    /// Its name in rulesets.
    pub name: String,
    /// What people read.
    pub label: String,
}

/// A piece of evidence, or of the rules, that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LackRecord {
    /// In what way.
    pub kind: Lack,
    /// The fact, where it is evidence.
    pub fact: Option<FactName>,
    /// The source, where one is at fault.
    pub source: Option<String>,
    /// The time, where one is missing.
    pub span: Option<TimeSpan>,
    /// All of it in a sentence. Never holds the value of a personal field.
    pub sentence: Bilingual,
}

/// A half-open stretch of time; without a beginning where `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeSpan {
    /// The first instant.
    pub from: Option<Timestamp>,
    /// The instant after the last.
    pub to: Timestamp,
}

/// In what way something is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lack {
    /// No source delivers the fact.
    NoSource,
    /// The source has delivered nothing.
    NoCollection,
    /// The last picture is too old, or of the future.
    Stale,
    /// A collection may lack rows.
    Defect,
    /// No collection covers a stretch of time.
    Uncollected,
    /// A cell that must hold a value does not.
    MissingValue,
    /// A reference names no row that counts.
    Dangling,
    /// A derived row may or may not be there.
    Derived,
    /// Which of two events came first is not known.
    Simultaneous,
    /// It is not known which events belong together.
    Unpaired,
    /// It is not known as of when something is asked.
    NoMoment,
    /// What was said does not count.
    Inadmissible,
    /// What must be shown before a requirement can be judged is not.
    NotShown,
    /// It reaches beyond the calendar, or beyond the years whose holidays are known.
    BeyondCalendar,
    /// A value has no place in its type's range.
    OutOfRange,
    /// Nobody is in the population, or may be.
    Nobody,
    /// No rule decides a duty.
    NoRule,
    /// No duty is quoted from a text.
    NoDuty,
    /// The evidence does not suffice, and the proof names no piece.
    Unnamed,
}

/// A source and what it holds.
#[derive(Debug, Clone)]
pub struct SourceRecord {
    /// Its name in the workspace.
    pub name: String,
    /// The fact that it delivers.
    pub fact: FactName,
    /// How fresh its collections must be: `31日`, `「台帳の鮮度」（31日）`.
    pub fresh: Bilingual,
    /// What its collections cover.
    pub coverage: Vec<CoverageRecord>,
    /// What it lacks over the period under audit, as far as that is due.
    pub gaps: Vec<LackRecord>,
    /// Its files, by path.
    pub collections: Vec<CollectionRecord>,
}

/// What a collection covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CoverageRecord {
    /// A moment.
    Taken {
        /// The moment.
        at: Timestamp,
        /// Why it may lack rows; empty where it is whole.
        defects: Vec<Bilingual>,
    },
    /// A half-open stretch of time.
    Covers {
        /// The first instant.
        from: Timestamp,
        /// The instant after the last.
        to: Timestamp,
        /// Why it may lack rows; empty where it is whole.
        defects: Vec<Bilingual>,
    },
}

/// One file that was imported. Made by whoever ran the import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionRecord {
    /// The source.
    pub source: String,
    /// The fact.
    pub fact: FactId,
    /// The file, relative to the workspace, with `/`.
    pub path: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal; empty where it could not be read.
    pub sha256: String,
    /// When it was collected.
    pub collected_at: Timestamp,
    /// What it covers, as the workspace says; the defects are those of this file.
    pub coverage: Option<CoverageRecord>,
    /// How many rows were accepted.
    pub rows: usize,
    /// The rows that were not, by line.
    pub rejected: Vec<RejectedRow>,
    /// Who vouches that nothing is missing; `None` where nobody does.
    pub vouched: Option<Vouched>,
    /// Columns of the file that no field reads.
    pub unread_columns: Vec<String>,
    /// Optional fields that no column fills: every cell is unknown.
    pub unfilled_fields: Vec<String>,
    /// What else a reader must know: that the file could not be read, rows outside the days that it covers, a later picture that
    /// counts in its place, rows that contradict others. No sentence holds the value of a personal field.
    pub notes: Vec<Bilingual>,
}

/// Who vouches that a collection is complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vouched {
    /// The person, as the workspace names them.
    pub by: String,
    /// For how many rows.
    pub rows: usize,
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedRow {
    /// The line on which it begins, from 1.
    pub line: u32,
    /// The column at fault, where one is.
    pub column: Option<String>,
    /// The value at fault; not open where its field is not, or where nobody has said which field it fills.
    pub value: Option<Piece>,
    /// Why, without the value.
    pub reason: Bilingual,
}

/// A parameter in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParamRecord {
    /// Its name in rulesets.
    pub name: String,
    /// What people read.
    pub label: String,
    /// Its value.
    pub value: Bilingual,
    /// Why the default is what it is.
    pub rationale: String,
    /// Whether the workspace set it.
    pub overridden: bool,
}

impl DutyRecord {
    /// Whether nothing decides it: it has no rule, or only such as observe.
    pub fn is_undecided(&self) -> bool {
        self.lacks.iter().any(|lack| lack.kind == Lack::NoRule)
    }
}

impl RuleRecord {
    /// Whether the rule only observes: what it finds is a weak sign, and no nonconformity of the duties that it covers.
    pub fn is_observation(&self) -> bool {
        self.severity == Severity::Observation
    }
}

impl AuditRecord {
    /// How many rules got each verdict, but for observations.
    pub fn rule_counts(&self) -> Counts {
        self.rules.iter().filter(|rule| !rule.is_observation()).map(|rule| rule.verdict).collect()
    }

    /// How many rules that only observe got each verdict.
    pub fn observation_counts(&self) -> Counts {
        self.rules.iter().filter(|rule| rule.is_observation()).map(|rule| rule.verdict).collect()
    }

    /// How many criteria got each verdict.
    pub fn criterion_counts(&self) -> Counts {
        self.sections().flat_map(|section| &section.criteria).map(|criterion| criterion.verdict).collect()
    }

    /// How many duties got each verdict, those of sections included.
    pub fn duty_counts(&self) -> Counts {
        self.sections().flat_map(SectionRecord::all_duties).map(|duty| duty.verdict).collect()
    }

    /// How many subjects got a verdict, over all rules.
    pub fn subjects(&self, verdict: Verdict) -> usize {
        self.rules.iter().map(|rule| rule.counts.get(verdict)).sum()
    }

    /// How many subjects an exception excused, over all rules.
    pub fn exceptions(&self) -> usize {
        self.subjects(Verdict::Excused)
    }

    /// How many rows were rejected, over all files.
    pub fn rejected(&self) -> usize {
        let files = self.sources.iter().flat_map(|source| &source.collections);
        files.map(|file| file.rejected.len()).sum()
    }

    /// The sections of all standards.
    pub fn sections(&self) -> impl Iterator<Item = &SectionRecord> {
        self.standards.iter().flat_map(|standard| &standard.sections)
    }
}

impl SectionRecord {
    /// Its own duties, then those of its criteria.
    pub fn all_duties(&self) -> impl Iterator<Item = &DutyRecord> {
        self.duties.iter().chain(self.criteria.iter().flat_map(|criterion| &criterion.duties))
    }
}

impl RuleRecord {
    /// How many subjects there are.
    pub fn population(&self) -> usize {
        self.counts.total()
    }
}

impl Piece {
    /// A text that anyone may see.
    pub fn open(text: impl Into<String>) -> Self {
        Self { text: text.into(), class: Class::Open }
    }
}

impl Role {
    /// What people read.
    pub fn label(self) -> Bilingual {
        match self {
            Role::Subject => Bilingual::new("対象", "subject"),
            Role::Witness => Bilingual::new("条件に関わる証拠", "evidence of a condition"),
            Role::Exception => Bilingual::new("例外の根拠", "exception"),
        }
    }

    /// The name in results.
    pub fn name(self) -> &'static str {
        match self {
            Role::Subject => "subject",
            Role::Witness => "witness",
            Role::Exception => "exception",
        }
    }
}

impl Lack {
    /// The name in results.
    pub fn name(self) -> &'static str {
        match self {
            Lack::NoSource => "no_source",
            Lack::NoCollection => "no_collection",
            Lack::Stale => "stale",
            Lack::Defect => "defect",
            Lack::Uncollected => "uncollected",
            Lack::MissingValue => "missing_value",
            Lack::Dangling => "dangling",
            Lack::Derived => "derived",
            Lack::Simultaneous => "simultaneous",
            Lack::Unpaired => "unpaired",
            Lack::NoMoment => "no_moment",
            Lack::Inadmissible => "inadmissible",
            Lack::NotShown => "not_shown",
            Lack::BeyondCalendar => "beyond_calendar",
            Lack::OutOfRange => "out_of_range",
            Lack::Nobody => "nobody",
            Lack::NoRule => "no_rule",
            Lack::NoDuty => "no_duty",
            Lack::Unnamed => "unnamed",
        }
    }
}
