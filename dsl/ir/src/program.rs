//! A checked ruleset: what there is to judge, by which rules, for which duties.

use jiff::civil::Date;
use kijun_source::Span;

use crate::index::{IndexVec, ids};
use crate::{Calendar, Cell, Duration, Expr, Kind, Quantifier, Template, Truth, Type, Value, Verdict};

ids! {
    /// An `enum`.
    EnumId;
    /// Whatever has rows: a `state` or an `event`, which are types of evidence, a `table`, a `relation`, a part of the calendar, the gaps of a log.
    FactId;
    /// A field of a fact; counts from 0 within it.
    FieldId;
    /// A `param`.
    ParamId;
    /// A `section` of a standard.
    SectionId;
    /// A `criterion` of a section.
    CriterionId;
    /// A `duty` of a criterion or a section.
    DutyId;
    /// A `rule`.
    RuleId;
    /// A `relation`.
    RelationId;
    /// An `attest`.
    AttestId;
    /// An `audit`.
    AuditId;
    /// A `catalogue`.
    CatalogueId;
    /// A variable; counts from 0 within its rule.
    VarId;
}

/// A ruleset without an unresolved name, an ill-typed expression or a cycle.
#[derive(Debug, Clone)]
pub struct Program {
    /// The time zone in which instants become days, holidays, the beginning of the fiscal year.
    pub calendar: Calendar,
    /// Standards, in the order of the files.
    pub standards: Vec<Standard>,
    /// Sections of all standards.
    pub sections: IndexVec<SectionId, Section>,
    /// Criteria of all sections.
    pub criteria: IndexVec<CriterionId, Criterion>,
    /// Duties of all sections and criteria.
    pub duties: IndexVec<DutyId, Duty>,
    /// Closed lists of values.
    pub enums: IndexVec<EnumId, Enum>,
    /// Whatever has rows, types of evidence first.
    pub facts: IndexVec<FactId, Fact>,
    /// Derived rows, those that a relation reads before it; the members of a circle stand together.
    pub relations: IndexVec<RelationId, Relation>,
    /// What the text of the standard leaves open.
    pub params: IndexVec<ParamId, Param>,
    /// Rules, in the order of the files; then those that judge the answers to what a person must judge.
    pub rules: IndexVec<RuleId, Rule>,
    /// What a person must judge, in the order of the files.
    pub attests: IndexVec<AttestId, Attest>,
    /// Audits, in the order of the files.
    pub audits: IndexVec<AuditId, Audit>,
    /// The controls of other standards.
    pub catalogues: IndexVec<CatalogueId, Catalogue>,
    /// How duties and controls map to controls.
    pub crosswalks: Vec<Crosswalk>,
    /// Cases for the rules.
    pub tests: Vec<Test>,
}

/// A document of duties, word for word.
#[derive(Debug, Clone)]
pub struct Standard {
    /// Its name in rulesets.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The version of the ruleset that encodes it.
    pub edition: Option<String>,
    /// Its sections in order.
    pub sections: Vec<SectionId>,
    /// Where it is declared.
    pub span: Span,
}

/// A section of a standard.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its number as written: `5`.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// The text before its first criterion, if any.
    pub text: Option<String>,
    /// Duties quoted from that text.
    pub duties: Vec<DutyId>,
    /// Passages of that text that are declared to be no duty.
    pub notes: Vec<Note>,
    /// Its criteria in order.
    pub criteria: Vec<CriterionId>,
    /// Where it is declared.
    pub span: Span,
}

/// A numbered sentence of a standard.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// Its number as written: `5(3)`.
    pub id: String,
    /// The section it belongs to.
    pub section: SectionId,
    /// Its text, word for word.
    pub text: String,
    /// Its duties in order.
    pub duties: Vec<DutyId>,
    /// Passages that are declared to be no duty.
    pub notes: Vec<Note>,
    /// Where it is declared.
    pub span: Span,
}

/// A passage of a standard that is no duty, quoted literally.
#[derive(Debug, Clone)]
pub struct Note {
    /// The quotation.
    pub quote: String,
}

/// The text that a duty is quoted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clause {
    /// The introductory text of a section.
    Section(SectionId),
    /// A criterion.
    Criterion(CriterionId),
}

/// One thing that the standard demands, quoted literally.
#[derive(Debug, Clone)]
pub struct Duty {
    /// The id of its clause and its own: `5(3)a`.
    pub id: String,
    /// The text it is quoted from.
    pub clause: Clause,
    /// The quotation.
    pub quote: String,
    /// Whether the criteria of its section decide it: it asks that all of them are met.
    pub by_criteria: bool,
    /// Where it is declared.
    pub span: Span,
}

/// A closed list of values.
#[derive(Debug, Clone)]
pub struct Enum {
    /// Its name.
    pub name: String,
    /// What people read.
    pub label: String,
    /// Its values in order; a [`Value::Enum`] is a position in them.
    pub values: Vec<EnumValue>,
}

/// One value of an [`Enum`].
#[derive(Debug, Clone)]
pub struct EnumValue {
    /// Its name.
    pub name: String,
    /// What people read, and what evidence may say instead of the name.
    pub label: String,
}

/// A type of evidence.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Its name.
    pub name: String,
    /// What people read.
    pub label: String,
    /// The comment above its declaration.
    pub doc: String,
    /// A picture of a moment, or something that happened.
    pub kind: FactKind,
    /// Its fields in order.
    pub fields: IndexVec<FieldId, Field>,
    /// The field that names a row, of which there is at most one.
    pub key: Option<FieldId>,
    /// Of a state: when a row holds, where rows say so themselves.
    pub valid: Option<Validity>,
    /// For a state: how old a collection may be on the day as of which it is read. For an event: how far the log may lag behind it. What that comes to
    /// is for [`Program::freshness`] to say.
    pub fresh: Freshness,
    /// For how long evidence of it must be kept, where that is declared.
    pub kept: Option<Kept>,
    /// Of a table: its rows, one cell a field.
    pub rows: Vec<Vec<Cell>>,
    /// Where it is declared.
    pub span: Span,
}

/// How fresh evidence must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// A length of time.
    Fixed(Duration),
    /// The value in force of a parameter.
    // INVARIANT: it has one value, a duration.
    Param(ParamId),
}

/// No time at all, until more is said: nothing but what is of the day itself counts.
impl Default for Freshness {
    fn default() -> Self {
        Freshness::Fixed(Duration::default())
    }
}

/// What a fact is in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactKind {
    /// Each collection is a whole picture of one moment.
    State,
    /// Each collection covers a period of time; the field says when a row happened. Its kind is date or datetime and it is required.
    Event {
        /// The field.
        at: FieldId,
    },
    /// Constant rows of the ruleset.
    Table,
    /// Derived rows.
    Relation(RelationId),
    /// The parts of the calendar, each with its first and its last day in the fields 0 (`start`) and 1 (`end`).
    Calendar(Part),
    /// What the collections of an event do not cover of the period under audit, as far as it is due: fields 0 `source`: text, 1 `from`: datetime,
    /// 2 `to`: datetime (the instant after the last), nothing known as unknown.
    Gaps(FactId),
}

/// Parts of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Days.
    Day,
    /// Months.
    Month,
    /// Quarters of fiscal years.
    Quarter,
    /// Fiscal years.
    FiscalYear,
}

/// When the rows of a state hold, by their own fields. At least one of the ends is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// The first day or instant, a date or datetime; `none` in it means since ever.
    pub from: Option<FieldId>,
    /// The end, a date or datetime; `none` in it means for ever.
    pub until: Option<(FieldId, End)>,
    /// A field of kind period that says both; then the others are `None`.
    pub within: Option<FieldId>,
}

/// Whether the end of a validity belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The last day, or instant, on which the row holds.
    Included,
    /// The first day, or instant, on which it no longer holds.
    Excluded,
}

/// For how long evidence must be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// How long.
    pub length: Duration,
    /// Whether it counts from the end of the contract, not from the collection.
    pub after_contract_end: bool,
}

/// Derived rows: the union of its branches.
///
/// A row is surely there where all atoms' rows surely are, the condition is true and every cell is known or `none`; it is possible where nothing of
/// this is false. Rows of equal cells are one, sure if any is. More rows may be missing where an atom is not covered.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Its rows' type; its kind is [`FactKind::Relation`].
    pub fact: FactId,
    /// The ways in which a row comes to be.
    pub branches: Vec<Branch>,
    /// Whether it reads itself, directly or through others. Then its yields are fields of its atoms or constants, and it is read only as an atom.
    pub recursive: bool,
    /// Its number among the layers that are derived one after the other; the members of a circle have the same.
    pub stratum: u32,
    /// The facts that it reads, directly or through other relations, relations not included; ascending.
    pub reads: Vec<FactId>,
    /// Whether what it reads depends on the moment: whether it reads a state, or `moment` itself.
    pub timed: bool,
}

/// One way in which rows of a relation come to be: a join, a condition, a value a field.
#[derive(Debug, Clone)]
pub struct Branch {
    /// The rows that are joined; none has a condition. Later ones may be read as of a moment that earlier ones say.
    pub atoms: Vec<Quantifier>,
    /// The condition on them.
    pub condition: Option<Expr>,
    /// A value a field of the relation.
    pub yields: Vec<Expr>,
    /// Every variable of the branch.
    pub vars: IndexVec<VarId, Binding>,
    /// Where it stands.
    pub span: Span,
}

/// An obligation that a person must judge.
#[derive(Debug, Clone)]
pub struct Attest {
    /// Its name.
    pub name: String,
    /// What people read.
    pub label: String,
    /// The comment above its declaration.
    pub doc: String,
    /// The duties that it decides; at least one.
    pub covers: Vec<DutyId>,
    /// How grave a negative answer is.
    pub severity: Severity,
    /// What is asked.
    pub question: String,
    /// The roles that may answer; at least one.
    pub answered_by: Vec<String>,
    /// The documents that must be attached.
    pub attach: Vec<String>,
    /// For how long an answer holds.
    pub holds_for: Duration,
    /// What judges the answers: its name, label, duties, severity and place are those of the attestation.
    pub rule: RuleId,
    /// The name in the declaration.
    pub span: Span,
}

/// An audit that recurs, or that events call for.
#[derive(Debug, Clone)]
pub struct Audit {
    /// Its name.
    pub name: String,
    /// What people read.
    pub label: String,
    /// The comment above its declaration.
    pub doc: String,
    /// The duties whose fulfilment it is.
    pub covers: Vec<DutyId>,
    /// What kind of audit it is.
    pub kind: AuditKind,
    /// When it takes place.
    pub trigger: Trigger,
    /// The period under audit.
    pub over: Over,
    /// The clauses under audit by id, `5` or `5(3)`; empty for all.
    pub scope: Vec<String>,
    /// Who may audit.
    pub auditor: Auditor,
    /// How long before it people are reminded, longest first.
    pub remind: Vec<Duration>,
    /// How soon its report is due.
    pub report_within: Option<Duration>,
    /// How soon its findings must be closed.
    pub close_within: Option<Duration>,
    /// The name in the declaration.
    pub span: Span,
}

/// What kind of audit it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditKind {
    /// 点検.
    Inspection,
    /// 内部監査.
    Internal,
    /// 外部監査.
    External,
}

/// When an audit takes place.
#[derive(Debug, Clone)]
pub enum Trigger {
    /// At the times of a cron expression with seconds, in a zone.
    Schedule {
        /// Second, minute, hour, day, month, day of the week; sound.
        cron: String,
        /// The name of the zone.
        zone: String,
    },
    /// After each of these events, within a time. The variables are those of the quantifier's condition.
    After {
        /// The events.
        events: Quantifier,
        /// Every variable.
        vars: IndexVec<VarId, Binding>,
        /// How soon.
        within: Duration,
    },
}

/// The period under audit, from the day on which the audit takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Over {
    /// The part of the calendar.
    pub part: Part,
    /// Whether the one before the current.
    pub previous: bool,
}

/// Who may audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auditor {
    /// Somebody independent of what is audited.
    Independent,
    /// Another organisation.
    External,
    /// Anybody.
    Any,
}

/// The controls of another standard.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The comment above its declaration.
    pub doc: String,
    /// Its controls in order.
    pub controls: Vec<Control>,
    /// The name in the declaration.
    pub span: Span,
}

/// One control of a [`Catalogue`].
#[derive(Debug, Clone)]
pub struct Control {
    /// Its identifier.
    pub id: String,
    /// Its short title.
    pub title: String,
    /// Its short title in English.
    pub english: Option<String>,
    /// Whether nobody has checked it against its source.
    pub unverified: bool,
}

/// How the duties of a standard, or the controls of a catalogue, map to the controls of a catalogue.
#[derive(Debug, Clone)]
pub struct Crosswalk {
    /// What stands on the left.
    pub from: CrosswalkSide,
    /// The catalogue on the right.
    pub to: CatalogueId,
    /// Its links in the order written.
    pub links: Vec<Link>,
    /// The ids on the left that are declared to map to nothing.
    pub unmapped: Vec<String>,
    /// The controls on the right to which nothing is declared to map.
    pub unanswered: Vec<String>,
    /// Where it is declared.
    pub span: Span,
}

/// What stands on the left of a crosswalk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CrosswalkSide {
    /// The duties of a standard, by its position.
    Standard(usize),
    /// The controls of a catalogue.
    Catalogue(CatalogueId),
}

/// One link of a crosswalk.
#[derive(Debug, Clone)]
pub struct Link {
    /// The duty or the control.
    pub from: String,
    /// The control that it maps to.
    pub control: String,
    /// How far.
    pub strength: Strength,
    /// On what the link rests.
    pub basis: Option<String>,
    /// Whether nobody has checked it against its source.
    pub unverified: bool,
}

/// How far a duty does what a control demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// All of it.
    Full,
    /// A part of it.
    Partial,
    /// It helps.
    Supports,
}

/// A field of a fact.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What people read.
    pub label: String,
    /// The type of its values.
    pub ty: Type,
    /// Who may see it.
    pub class: Class,
}

/// Who may see the values of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Anyone who may see the result.
    Open,
    /// Masked in everything that leaves the house.
    Personal,
    /// Never printed.
    Secret,
}

/// A point that the text of the standard leaves open.
#[derive(Debug, Clone)]
pub struct Param {
    /// Its name.
    pub name: String,
    /// What people read.
    pub label: String,
    /// Its kind: a number, a duration, a text, a choice; of a list, that of its elements.
    pub kind: Kind,
    /// The value in force.
    pub value: ParamValue,
    /// Why the default is what it is.
    pub rationale: String,
    /// Whether the workspace set the value.
    pub overridden: bool,
}

/// The value of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum ParamValue {
    /// One value.
    One(Value),
    /// A list, which stands only on the right of `in`.
    List(Vec<Value>),
}

/// How grave a violation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// 観察事項: a weak sign. It is shown beside the verdict of the duty and does not weigh on it.
    Observation,
    /// 軽微な不適合.
    Minor,
    /// 重大な不適合.
    Major,
}

/// One obligation, decided over evidence.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its name.
    pub name: String,
    /// What people read.
    pub label: String,
    /// The comment above its declaration.
    pub doc: String,
    /// The duties it decides; at least one.
    pub covers: Vec<DutyId>,
    /// How grave a violation is.
    pub severity: Severity,
    /// As of when it is judged.
    pub judged: Judged,
    /// Who is judged; `None` for the organisation as a whole.
    pub population: Option<Population>,
    /// The condition; what it needs shown stands at its head.
    pub require: Expr,
    /// Exceptions; any one excuses the subject.
    pub excused: Vec<Quantifier>,
    /// The last day on which the condition need not hold yet; a date.
    pub due: Option<Expr>,
    /// What is said of a subject that violates the rule.
    pub message: Template,
    /// What to do about a violation.
    pub remedy: Option<String>,
    /// Every variable of the rule.
    pub vars: IndexVec<VarId, Binding>,
    /// The name in the declaration.
    pub span: Span,
}

/// A variable and the fact whose rows it stands for.
#[derive(Debug, Clone)]
pub struct Binding {
    /// The name as written.
    pub name: String,
    /// The fact.
    pub fact: FactId,
}

/// As of when a rule is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Judged {
    /// On the date of judgement.
    #[default]
    AtToday,
    /// At each moment of the period under audit up to the date of judgement at which what it reads may have changed.
    ThroughoutPeriod,
}

/// The subjects of a rule: the rows of a fact for which a condition holds.
#[derive(Debug, Clone)]
pub struct Population {
    /// Which rows; the variable is the rule's subject, of pairs the earlier of the two, and the condition is on both.
    pub rows: Quantifier,
    /// Where subjects are pairs of events.
    pub pair: Option<Pair>,
    /// Whether an empty population is all right.
    pub or_none: bool,
}

/// How the events of a fact are paired: each with the next that has the same values in some fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The variable of the later event.
    pub second: VarId,
    /// The fields that the two have in common; at least one.
    pub by: Vec<FieldId>,
}

/// A case: facts, dates and what is expected of a rule or of conditions.
#[derive(Debug, Clone)]
pub struct Test {
    /// What the case shows.
    pub label: String,
    /// The rule under test; `None` where conditions are asked.
    pub rule: Option<RuleId>,
    /// The date of judgement.
    pub today: Date,
    /// First and last day of the period under audit.
    pub period: (Date, Date),
    /// Parameters that have another value here than elsewhere.
    pub params: Vec<(ParamId, ParamValue)>,
    /// Rows in the order written.
    pub rows: Vec<TestRow>,
    /// Pictures of states that show no row, by the day on which they were taken.
    pub empty: Vec<(FactId, Date)>,
    /// Evidence that is not whole. What is not named here is complete and fresh, also where it has no rows.
    pub shortfalls: Vec<(FactId, Shortfall)>,
    /// What must come out.
    pub expect: Vec<Expectation>,
    /// Conditions, and what each must come to. With the expectations they are at least one.
    pub questions: Vec<Question>,
    /// The label in the declaration.
    pub span: Span,
}

/// A condition that a test or a person asks of the evidence.
#[derive(Debug, Clone)]
pub struct Question {
    /// The condition as the requirement of a rule about the organisation that covers no duty.
    pub rule: Rule,
    /// What it must come to.
    pub answer: Truth,
}

/// A row of a test.
#[derive(Debug, Clone)]
pub struct TestRow {
    /// The fact.
    pub fact: FactId,
    /// One cell a field. A field that is not written is `none` where it may be, otherwise unknown.
    pub cells: Vec<Cell>,
    /// When the picture that shows it was taken; on the date of judgement where `None`.
    pub taken: Option<Date>,
    /// Where it is written.
    pub span: Span,
}

/// In what way the evidence of a test is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortfall {
    /// Nothing was collected.
    Missing,
    /// The collection is older than it may be (a state).
    Stale,
    /// Nobody vouches that nothing is missing.
    Incomplete,
    /// Nothing covers these days (an event), both ends included.
    Gap(Date, Date),
}

/// What a test expects.
#[derive(Debug, Clone, PartialEq)]
pub enum Expectation {
    /// The verdict of the whole rule.
    Rule(Verdict, Span),
    /// So many subjects with this verdict.
    Count(Verdict, usize, Span),
    /// Exactly these subjects, by key, with this verdict.
    Subjects(Verdict, Vec<String>, Span),
    /// This subject, or the organisation, with this verdict on exactly these days, both ends included, among others.
    Between(Verdict, Option<String>, (Date, Date), Span),
}

impl Fact {
    /// Whether sources deliver it: a state or an event.
    pub fn is_collected(&self) -> bool {
        matches!(self.kind, FactKind::State | FactKind::Event { .. })
    }

    /// The field by which rows have an order in time: when an event happened, when a part of the calendar begins.
    pub fn time(&self) -> Option<FieldId> {
        match self.kind {
            FactKind::Event { at } => Some(at),
            FactKind::Calendar(_) => Some(FieldId(0)),
            FactKind::State | FactKind::Table | FactKind::Relation(_) | FactKind::Gaps(_) => None,
        }
    }

    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<FieldId> {
        self.fields.iter().find(|(_, field)| field.name == name).map(|(id, _)| id)
    }
}

impl Program {
    /// A program without declarations.
    pub fn new(calendar: Calendar) -> Self {
        Self {
            calendar,
            standards: Vec::new(),
            sections: IndexVec::new(),
            criteria: IndexVec::new(),
            duties: IndexVec::new(),
            enums: IndexVec::new(),
            facts: IndexVec::new(),
            relations: IndexVec::new(),
            params: IndexVec::new(),
            rules: IndexVec::new(),
            attests: IndexVec::new(),
            audits: IndexVec::new(),
            catalogues: IndexVec::new(),
            crosswalks: Vec::new(),
            tests: Vec::new(),
        }
    }

    /// The fact of that name.
    pub fn fact(&self, name: &str) -> Option<FactId> {
        self.facts.iter().find(|(_, fact)| fact.name == name).map(|(id, _)| id)
    }

    /// The rule of that name.
    pub fn rule(&self, name: &str) -> Option<RuleId> {
        self.rules.iter().find(|(_, rule)| rule.name == name).map(|(id, _)| id)
    }

    /// Whether what a fact shows depends on the moment as of which it is read, other than by conditions on its fields.
    pub fn is_timed(&self, fact: FactId) -> bool {
        let fact = &self.facts[fact];
        match fact.kind {
            FactKind::State => fact.valid.is_none(),
            FactKind::Relation(relation) => self.relations[relation].timed,
            FactKind::Event { .. } | FactKind::Table | FactKind::Calendar(_) | FactKind::Gaps(_) => false,
        }
    }

    /// What a person must judge, where a rule, or a changed copy of it, judges the answers to it.
    pub fn attest_of(&self, rule: &Rule) -> Option<AttestId> {
        self.attests.iter().find(|(_, attest)| attest.span == rule.span).map(|(id, _)| id)
    }

    /// The rules that decide a duty, in the order of the files.
    pub fn rules_of(&self, duty: DutyId) -> impl Iterator<Item = RuleId> {
        self.rules.iter().filter(move |(_, rule)| rule.covers.contains(&duty)).map(|(id, _)| id)
    }

    /// Whether rules, or the criteria of its section, decide a duty. What only observes decides nothing.
    pub fn is_decided(&self, duty: DutyId) -> bool {
        let weighs = |rule: RuleId| self.rules[rule].severity != Severity::Observation;
        self.duties[duty].by_criteria || self.rules_of(duty).any(weighs)
    }

    /// How fresh a type of evidence must be, by the parameters in force.
    pub fn freshness(&self, fact: FactId) -> Duration {
        match self.facts[fact].fresh {
            Freshness::Fixed(length) => length,
            Freshness::Param(param) => match &self.params[param].value {
                ParamValue::One(Value::Duration(length)) => *length,
                // By INVARIANT on Freshness it is a duration; were it none, nothing but what is of today would count.
                ParamValue::One(_) | ParamValue::List(_) => Duration::default(),
            },
        }
    }

    /// Whether a picture taken on `taken` counts on a day, that of judgement for instance: neither too old nor of the future.
    pub fn counts_on(&self, fact: FactId, taken: Date, today: Date) -> bool {
        let fresh_until = self.calendar.add_to_date(taken, self.freshness(fact));
        taken <= today && fresh_until.is_some_and(|until| today <= until)
    }

    /// The types of evidence that a rule reads, through relations too, ascending, each once.
    pub fn facts_of(&self, rule: RuleId) -> Vec<FactId> {
        let read = self.rules[rule].reads().into_iter();
        let mut facts: Vec<FactId> = read.flat_map(|fact| self.evidence_of(fact)).collect();
        facts.sort_unstable();
        facts.dedup();
        facts
    }

    /// The types of evidence that a fact's rows are made of.
    pub(crate) fn evidence_of(&self, fact: FactId) -> Vec<FactId> {
        match self.facts[fact].kind {
            FactKind::State | FactKind::Event { .. } => vec![fact],
            FactKind::Relation(relation) => {
                let read = self.relations[relation].reads.iter();
                read.flat_map(|fact| self.evidence_of(*fact)).collect()
            }
            FactKind::Gaps(log) => vec![log],
            FactKind::Table | FactKind::Calendar(_) => Vec::new(),
        }
    }
}

impl Rule {
    /// The variable of the subject.
    pub const SUBJECT: VarId = VarId(0);

    /// The facts that the rule itself reads, ascending, each once.
    pub fn reads(&self) -> Vec<FactId> {
        facts_read(&self.vars, self.exprs())
    }

    /// What must be shown before the requirement is judged, and the requirement without it.
    pub fn needs(&self) -> (&[Expr], &Expr) {
        match &self.require.kind {
            crate::ExprKind::Needs { shown, then } => (shown, then),
            _ => (&[], &self.require),
        }
    }

    /// Every expression of the rule: population, requirement, exceptions, due date, message.
    pub fn exprs(&self) -> impl Iterator<Item = &Expr> {
        let population = self.population.iter().flat_map(|population| population.rows.children());
        let excused = self.excused.iter().flat_map(|quantifier| quantifier.children());
        let judged = population.chain(std::iter::once(&self.require)).chain(excused).chain(&self.due);
        judged.chain(self.message.values())
    }
}

impl Relation {
    /// The facts that the relation itself reads, ascending, each once.
    pub fn direct_reads(&self) -> Vec<FactId> {
        let branches = self.branches.iter();
        let mut facts: Vec<FactId> =
            branches.flat_map(|branch| facts_read(&branch.vars, branch.exprs())).collect();
        facts.sort_unstable();
        facts.dedup();
        facts
    }
}

impl Branch {
    /// Every expression of the branch: moments, condition, yields.
    pub fn exprs(&self) -> impl Iterator<Item = &Expr> {
        let moments = self.atoms.iter().flat_map(|atom| atom.children());
        moments.chain(&self.condition).chain(&self.yields)
    }
}

/// The facts that variables stand for and that expressions follow or ask about.
fn facts_read<'a>(vars: &IndexVec<VarId, Binding>, exprs: impl Iterator<Item = &'a Expr>) -> Vec<FactId> {
    let mut read: Vec<FactId> = vars.values().map(|binding| binding.fact).collect();
    for expr in exprs {
        expr.walk(&mut |expr| match &expr.kind {
            crate::ExprKind::Follow { fact, .. } | crate::ExprKind::Covered { fact, .. } => read.push(*fact),
            _ => {}
        });
    }
    read.sort_unstable();
    read.dedup();
    read
}
