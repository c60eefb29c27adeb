//! A checked ruleset: what there is to judge, by which rules, for which duties.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use kijun_source::Span;

use crate::index::{IndexVec, ids};
use crate::{Cell, Duration, Expr, Kind, Quantifier, Template, Type, Value, Verdict};

ids! {
    /// An `enum`.
    EnumId;
    /// A `state` or an `event`: a type of evidence.
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
    /// A variable; counts from 0 within its rule.
    VarId;
}

/// A ruleset without an unresolved name, an ill-typed expression or a cycle.
#[derive(Debug, Clone)]
pub struct Program {
    /// The time zone in which instants become days.
    pub zone: TimeZone,
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
    /// Types of evidence.
    pub facts: IndexVec<FactId, Fact>,
    /// What the text of the standard leaves open.
    pub params: IndexVec<ParamId, Param>,
    /// Rules, in the order of the files.
    pub rules: IndexVec<RuleId, Rule>,
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
    /// For a state: how old a collection may be on the date of judgement. For an event: how far the log may lag behind it.
    pub fresh: Duration,
    /// Where it is declared.
    pub span: Span,
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
    /// Its kind: a number, a duration, a text, a choice.
    pub kind: Kind,
    /// The value in force.
    pub value: Value,
    /// Why the default is what it is.
    pub rationale: String,
    /// Whether the workspace set the value.
    pub overridden: bool,
}

/// How grave a violation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// 観察事項.
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
    /// Who is judged; `None` for the organisation as a whole.
    pub population: Option<Population>,
    /// The condition.
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

/// The subjects of a rule: the rows of a fact for which a condition holds.
#[derive(Debug, Clone)]
pub struct Population {
    /// Which rows; the variable is the rule's subject.
    pub rows: Quantifier,
    /// Whether an empty population is all right.
    pub or_none: bool,
}

/// A case for a rule: facts, dates and the verdicts expected.
#[derive(Debug, Clone)]
pub struct Test {
    /// What the case shows.
    pub label: String,
    /// The rule under test.
    pub rule: RuleId,
    /// The date of judgement.
    pub today: Date,
    /// First and last day of the period under audit.
    pub period: (Date, Date),
    /// Rows in the order written.
    pub rows: Vec<TestRow>,
    /// Evidence that is not whole. What is not named here is complete and fresh, also where it has no rows.
    pub shortfalls: Vec<(FactId, Shortfall)>,
    /// What must come out; at least one.
    pub expect: Vec<Expectation>,
    /// The label in the declaration.
    pub span: Span,
}

/// A row of a test.
#[derive(Debug, Clone)]
pub struct TestRow {
    /// The fact.
    pub fact: FactId,
    /// One cell a field. A field that is not written is `none` where it may be, otherwise unknown.
    pub cells: Vec<Cell>,
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
}

impl Fact {
    /// Whether a picture taken on `taken` counts on the date of judgement: neither too old nor of the future.
    pub fn counts_on(&self, taken: Date, today: Date) -> bool {
        let fresh_until = crate::calendar::add_to_date(taken, self.fresh);
        taken <= today && fresh_until.is_some_and(|until| today <= until)
    }

    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<FieldId> {
        self.fields.iter().find(|(_, field)| field.name == name).map(|(id, _)| id)
    }
}

impl Program {
    /// The fact of that name.
    pub fn fact(&self, name: &str) -> Option<FactId> {
        self.facts.iter().find(|(_, fact)| fact.name == name).map(|(id, _)| id)
    }

    /// The rule of that name.
    pub fn rule(&self, name: &str) -> Option<RuleId> {
        self.rules.iter().find(|(_, rule)| rule.name == name).map(|(id, _)| id)
    }

    /// The rules that decide a duty, in the order of the files.
    pub fn rules_of(&self, duty: DutyId) -> impl Iterator<Item = RuleId> {
        self.rules.iter().filter(move |(_, rule)| rule.covers.contains(&duty)).map(|(id, _)| id)
    }

    /// The facts that a rule reads, ascending, each once.
    pub fn facts_of(&self, rule: RuleId) -> Vec<FactId> {
        let rule = &self.rules[rule];
        let mut facts: Vec<FactId> = rule.vars.values().map(|binding| binding.fact).collect();
        for expr in rule.exprs() {
            expr.walk(&mut |expr| match &expr.kind {
                crate::ExprKind::Follow { fact, .. } | crate::ExprKind::Covered(fact) => facts.push(*fact),
                _ => {}
            });
        }
        facts.sort_unstable();
        facts.dedup();
        facts
    }
}

impl Rule {
    /// The variable of the subject.
    pub const SUBJECT: VarId = VarId(0);

    /// Every expression of the rule: population, requirement, exceptions, due date, message.
    pub fn exprs(&self) -> impl Iterator<Item = &Expr> {
        let population = self.population.iter().flat_map(|population| &population.rows.condition);
        let excused = self.excused.iter().flat_map(|quantifier| &quantifier.condition);
        let message = self.message.parts.iter().filter_map(|part| match part {
            crate::TemplatePart::Value(expr) => Some(expr),
            crate::TemplatePart::Text(_) => None,
        });
        population.chain(std::iter::once(&self.require)).chain(excused).chain(&self.due).chain(message)
    }
}
