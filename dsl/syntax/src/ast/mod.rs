//! The tree of a file, as written.

mod expr;
mod function;

use kijun_source::Span;

pub use expr::{AggregateOp, BinaryOp, Expr, ExprKind, Unit};
pub use function::Builtin;

/// A file: its declarations in order.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// In which of the two spellings its keywords are written.
    pub spelling: Spelling,
    /// The declarations.
    pub items: Vec<Item>,
}

/// The two spellings of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Spelling {
    /// `rule … require …`
    #[default]
    English,
    /// `規則 … 要件 …`
    Japanese,
}

/// A declaration.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Where `export` stands, if it does: other rulesets may use the name.
    pub exported: Option<Span>,
    /// What is declared.
    pub kind: ItemKind,
}

/// What is declared.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemKind {
    /// `ruleset`
    Ruleset(Ruleset),
    /// `use`
    Use(Use),
    /// `standard`
    Standard(Standard),
    /// `enum`
    Enum(Enum),
    /// `state` or `event`
    Fact(Fact),
    /// `table`
    Table(Table),
    /// `relation`
    Relation(Relation),
    /// `define`
    Define(Define),
    /// `param`
    Param(Param),
    /// `rule`
    Rule(Box<Rule>),
    /// `attest`
    Attest(Attest),
    /// `audit`
    Audit(Audit),
    /// `catalogue`
    Catalogue(Catalogue),
    /// `crosswalk`
    Crosswalk(Crosswalk),
    /// `test`
    Test(Test),
    /// One that could not be read, with the name that it would have declared.
    Broken(Span, Option<Name>),
}

/// `ruleset NAME version "1.0.0"`: the name and the version of all files of a folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruleset {
    /// Its name.
    pub name: Name,
    /// Its version.
    pub version: Text,
}

/// `use "../facts" version "1"`: the exported names of another file or folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Use {
    /// The path, relative to the file, with `/`.
    pub path: Text,
    /// The version that is wanted: `1` takes any `1.x.y`.
    pub version: Option<Text>,
    /// All of it.
    pub span: Span,
}

/// A name and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A text and where it stands, quotes included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Its characters, escapes resolved.
    pub value: String,
    /// Where it stands.
    pub span: Span,
}

/// `standard NAME "title" { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Standard {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Text,
    /// `issuer "…"`
    pub issuer: Option<Text>,
    /// `edition "…"`
    pub edition: Option<Text>,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// `section "5" "heading" { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its number.
    pub id: Text,
    /// Its heading.
    pub title: Text,
    /// The passage before its first criterion.
    pub passage: Passage,
    /// Its criteria.
    pub criteria: Vec<Criterion>,
}

/// `criterion "5(3)" { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Its number.
    pub id: Text,
    /// Its text with what is quoted from it.
    pub passage: Passage,
}

/// A text of the standard with the duties and notes quoted from it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Passage {
    /// `text "…"`
    pub text: Option<Text>,
    /// `duty a "…"`
    pub duties: Vec<Duty>,
    /// `note "…"`
    pub notes: Vec<Text>,
}

/// `duty a "…"`
#[derive(Debug, Clone, PartialEq)]
pub struct Duty {
    /// Its name within the criterion.
    pub name: Name,
    /// The quotation.
    pub quote: Text,
    /// Whether it has no rules of its own and asks no more than that the criteria of its section are met: `by criteria`.
    pub by_criteria: bool,
}

/// `enum NAME "label" { value "label", … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    /// Its name.
    pub name: Name,
    /// Its label.
    pub label: Text,
    /// Names and labels of its values.
    pub values: Vec<(Name, Text)>,
}

/// `state NAME "label" { … }` or `event NAME "label" at FIELD { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// The comment above.
    pub doc: String,
    /// Its name.
    pub name: Name,
    /// Its label.
    pub label: Text,
    /// Of an event: the field that says when it happened.
    pub at: Option<Name>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// `valid from FIELD to FIELD`, `valid from FIELD before FIELD`
    pub valid: Option<Validity>,
    /// `fresh within DURATION`, `fresh within PARAM`
    pub fresh: Option<Fresh>,
    /// `kept for DURATION`, `kept for DURATION after contract end`
    pub kept: Option<Kept>,
}

/// `fresh within DURATION`, `fresh within PARAM`
#[derive(Debug, Clone, PartialEq)]
pub struct Fresh {
    /// How old a collection may be, or how far a log may lag.
    pub within: Freshness,
    /// All of it.
    pub span: Span,
}

/// How fresh evidence must be.
#[derive(Debug, Clone, PartialEq)]
pub enum Freshness {
    /// `31 days`
    Length(i64, Unit),
    /// The name of a parameter.
    Param(Name),
}

/// `valid from FIELD to FIELD`, `valid from FIELD before FIELD`, `valid in FIELD`
#[derive(Debug, Clone, PartialEq)]
pub struct Validity {
    /// From which day or instant on a row holds.
    pub from: Option<Name>,
    /// Until when.
    pub until: Option<(End, Name)>,
    /// The field of type `period` that says both.
    pub within: Option<Name>,
    /// All of it.
    pub span: Span,
}

/// Whether the end of a validity belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// `to`: the last day on which it holds.
    Included,
    /// `before`: the first day on which it no longer holds.
    Excluded,
}

/// `kept for DURATION after contract end`
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// How long.
    pub length: (i64, Unit),
    /// Whether it counts from the end of the contract, not from the collection.
    pub after_contract_end: bool,
    /// All of it.
    pub span: Span,
}

/// `table NAME "label" { key id: text … row { id: "…" } … }`: constant rows that belong to the ruleset.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The comment above.
    pub doc: String,
    /// Its name.
    pub name: Name,
    /// Its label.
    pub label: Text,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// `{ field: value, … }` with the place of the word before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Where `row`, or the fact's name, stands.
    pub span: Span,
    /// The cells.
    pub cells: Vec<(Name, CellValue)>,
}

/// `relation NAME "label" (field: TYPE "label", …) { from … yield … }`: derived rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// The comment above.
    pub doc: String,
    /// Its name.
    pub name: Name,
    /// Its label; its name where there is none.
    pub label: Option<Text>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Its branches: the relation is their union.
    pub branches: Vec<Branch>,
}

/// `from x in R, y in S where … yield …`
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// The rows that are joined; none of them has a condition of its own.
    pub atoms: Vec<Rows>,
    /// The condition on all of them.
    pub condition: Option<Expr>,
    /// A value a field of the relation.
    pub yields: Vec<Expr>,
    /// Where `from` stands.
    pub span: Span,
}

/// `attest NAME "label" { … }`: an obligation that a person must judge.
#[derive(Debug, Clone, PartialEq)]
pub struct Attest {
    /// The comment above.
    pub doc: String,
    /// Its name.
    pub name: Name,
    /// Its label.
    pub label: Text,
    /// Its clauses in the order written.
    pub clauses: Vec<AttestClause>,
}

/// A clause of an `attest`, with the place of its keyword.
#[derive(Debug, Clone, PartialEq)]
pub struct AttestClause {
    /// Where its first word stands.
    pub span: Span,
    /// What it says.
    pub kind: AttestClauseKind,
}

/// What a clause of an `attest` says.
#[derive(Debug, Clone, PartialEq)]
pub enum AttestClauseKind {
    /// `covers "3(4)a", …`
    Covers(Vec<Text>),
    /// `severity major`
    Severity(Name),
    /// `question "…"`
    Question(Text),
    /// `answered by "総括保護管理者", …`
    AnsweredBy(Vec<Text>),
    /// `attach "監督記録", …`
    Attach(Vec<Text>),
    /// `holds for DURATION`
    HoldsFor(i64, Unit, Span),
}

/// `audit NAME "label" { … }`: an audit that recurs, or that an event calls for.
#[derive(Debug, Clone, PartialEq)]
pub struct Audit {
    /// The comment above.
    pub doc: String,
    /// Its name.
    pub name: Name,
    /// Its label.
    pub label: Text,
    /// Its clauses in the order written.
    pub clauses: Vec<AuditClause>,
}

/// A clause of an `audit`, with the place of its keyword.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditClause {
    /// Where its first word stands.
    pub span: Span,
    /// What it says.
    pub kind: AuditClauseKind,
}

/// What a clause of an `audit` says.
#[derive(Debug, Clone, PartialEq)]
pub enum AuditClauseKind {
    /// `covers "9a", …`
    Covers(Vec<Text>),
    /// `kind inspection | internal | external`; the name is the English one in either spelling.
    Kind(Name),
    /// `schedule "0 0 9 1 10 *" in "Asia/Tokyo"`
    Schedule {
        /// The cron expression: second, minute, hour, day, month, day of the week.
        cron: Text,
        /// The zone.
        zone: Text,
    },
    /// `after each FACT [where …] within DURATION`: each such event calls for one.
    After {
        /// Which events.
        rows: Rows,
        /// How soon.
        within: (i64, Unit, Span),
    },
    /// `over previous fiscal_year`: the period under audit. The name is `fiscal_year`, `quarter`, `month` or `day`.
    Over {
        /// Whether `previous` stands before it; otherwise the current one.
        previous: bool,
        /// The part of the calendar.
        part: Name,
    },
    /// `scope all` (no texts) or `scope "5(1)", …`
    Scope(Vec<Text>),
    /// `auditor independent | external | any`; the name is the English one in either spelling.
    Auditor(Name),
    /// `remind 30 days, 7 days before`
    Remind(Vec<(i64, Unit, Span)>),
    /// `report within DURATION`
    Report(i64, Unit, Span),
    /// `close findings within DURATION`
    Close(i64, Unit, Span),
}

/// `catalogue NAME "title" { control "A.5.15" "アクセス制御" … }`: the controls of another standard.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalogue {
    /// The comment above.
    pub doc: String,
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Text,
    /// Its controls.
    pub controls: Vec<Control>,
}

/// `control "A.5.15" "アクセス制御" "access control" unverified`
#[derive(Debug, Clone, PartialEq)]
pub struct Control {
    /// Its identifier.
    pub id: Text,
    /// Its short title.
    pub title: Text,
    /// Its short title in English.
    pub english: Option<Text>,
    /// Where `unverified` stands, if it does.
    pub unverified: Option<Span>,
}

/// `crosswalk STANDARD to CATALOGUE { "5(3)a" -> "A.5.15" full, … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Crosswalk {
    /// The comment above.
    pub doc: String,
    /// The standard, or the catalogue, whose duties or controls stand on the left.
    pub from: Name,
    /// The catalogue whose controls stand on the right.
    pub to: Name,
    /// Its lines.
    pub entries: Vec<CrosswalkEntry>,
}

/// A line of a crosswalk.
#[derive(Debug, Clone, PartialEq)]
pub enum CrosswalkEntry {
    /// `"5(3)a" -> "A.5.15" full, "A.8.3" partial "basis" unverified`
    Mapped {
        /// The duty, or the control of the left catalogue.
        from: Text,
        /// What it maps to; none where it is declared to map to nothing (`-> none`).
        targets: Vec<CrosswalkTarget>,
    },
    /// `none -> "A.5.7", "A.5.23"`: controls to which nothing on the left maps.
    Unanswered(Vec<Text>),
}

/// `"A.5.15" full "basis" unverified`
#[derive(Debug, Clone, PartialEq)]
pub struct CrosswalkTarget {
    /// The control.
    pub control: Text,
    /// `full`, `partial` or `supports`; the English word in either spelling.
    pub strength: Name,
    /// On what the link rests.
    pub basis: Option<Text>,
    /// Where `unverified` stands, if it does.
    pub unverified: Option<Span>,
}

/// `key id: text personal "label"`
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Where `key` stands, if it does.
    pub key: Option<Span>,
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: TypeName,
    /// `personal` or `secret`.
    pub class: Option<Class>,
    /// Its label.
    pub label: Option<Text>,
}

/// Who may see a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// `personal`
    Personal,
    /// `secret`
    Secret,
}

/// A type as written: `text`, `ref person`, `date?`, `[text]`.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeName {
    /// Whether it is a list, `[…]`: of parameters only.
    pub list: bool,
    /// Whether `ref` stands before the name.
    pub reference: bool,
    /// The name. That of a type of the language is the English one in either spelling.
    pub name: Name,
    /// Whether `?` stands behind it.
    pub optional: bool,
}

/// `define NAME(parameters) = expression`
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    /// The comment above.
    pub doc: String,
    /// Its name.
    pub name: Name,
    /// Names and types of its parameters.
    pub parameters: Vec<(Name, TypeName)>,
    /// Its body.
    pub body: Expr,
}

/// `param NAME "label": TYPE = expression because "rationale"`
#[derive(Debug, Clone, PartialEq)]
pub struct Param {
    /// Its name.
    pub name: Name,
    /// Its label.
    pub label: Text,
    /// Its type.
    pub ty: TypeName,
    /// Its default.
    pub default: Expr,
    /// Why the default is what it is.
    pub rationale: Text,
}

/// `rule NAME "label" { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// The comment above.
    pub doc: String,
    /// Its name.
    pub name: Name,
    /// Its label.
    pub label: Text,
    /// Its clauses in the order written.
    pub clauses: Vec<Clause>,
}

/// A clause of a rule, with the place of its keyword.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Where its first word stands.
    pub span: Span,
    /// What it says.
    pub kind: ClauseKind,
}

/// What a clause of a rule says.
#[derive(Debug, Clone, PartialEq)]
pub enum ClauseKind {
    /// `covers "5(3)a", …`
    Covers(Vec<Text>),
    /// `severity major`
    Severity(Name),
    /// `judged at today`, `judged throughout period`
    Judged(Judged),
    /// `for each x in F where … or none`
    ForEach {
        /// Which rows.
        rows: Rows,
        /// Whether `or none` follows.
        or_none: bool,
    },
    /// `for each pair (a, b) in E by FIELD, … where … or none`
    ForEachPair {
        /// The earlier of the two.
        first: Name,
        /// The later of the two.
        second: Name,
        /// The event.
        fact: Name,
        /// The fields that the two have in common.
        by: Vec<Name>,
        /// The condition.
        condition: Option<Expr>,
        /// Whether `or none` follows.
        or_none: bool,
    },
    /// `needs …`: what must be shown before the requirement can be judged.
    Needs(Expr),
    /// `require …`
    Require(Expr),
    /// `excused by x in F where …`
    Excused(Rows),
    /// `due …`
    Due(Expr),
    /// `message "…"`
    Message(Template),
    /// `remedy "…"`
    Remedy(Text),
}

/// When a rule is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// `at today`
    AtToday,
    /// `throughout period`
    ThroughoutPeriod,
}

/// `x in F where …`, `x in F at T where …`
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// The variable.
    pub var: Name,
    /// Where the rows come from.
    pub source: Source,
    /// As of when they are read.
    pub at: Option<At>,
    /// The condition.
    pub condition: Option<Box<Expr>>,
}

impl Rows {
    /// The expressions that say which rows are meant: the period that they are parts of, the moment, the condition.
    pub fn children(&self) -> Vec<&Expr> {
        let period = match &self.source {
            Source::Parts { period, .. } => Some(&**period),
            Source::Named(_) | Source::Gaps { .. } => None,
        };
        let at = match &self.at {
            Some(At::Moment(at)) => Some(&**at),
            Some(At::AnyTime(_)) | None => None,
        };
        period.into_iter().chain(at).chain(self.condition.as_deref()).collect()
    }
}

/// Where rows come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// A state, an event, a table or a relation.
    Named(Name),
    /// `months(period)`: the parts of the calendar that a period touches.
    Parts {
        /// Which parts.
        part: Part,
        /// Where the word stands.
        span: Span,
        /// The period.
        period: Box<Expr>,
    },
    /// `gaps(F)`: what the collections of an event do not cover of the period under audit.
    Gaps {
        /// Where `gaps` stands.
        span: Span,
        /// The event.
        fact: Name,
    },
}

/// Parts of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the parts")]
pub enum Part {
    Days,
    Months,
    Quarters,
    FiscalYears,
}

/// As of when the rows of a state or a relation are read.
#[derive(Debug, Clone, PartialEq)]
pub enum At {
    /// `at T`: a date or a datetime.
    Moment(Box<Expr>),
    /// `at any time`: rows that no longer or not yet hold included.
    AnyTime(Span),
}

/// A text with expressions in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// Its parts.
    pub parts: Vec<TemplatePart>,
    /// Where it stands, quotes included.
    pub span: Span,
}

impl Template {
    /// The expressions in it, in order.
    pub fn values(&self) -> impl Iterator<Item = &Expr> {
        self.parts.iter().filter_map(|part| match part {
            TemplatePart::Value(expr) => Some(expr),
            TemplatePart::Text(_) => None,
        })
    }
}

/// A part of a template.
#[derive(Debug, Clone, PartialEq)]
pub enum TemplatePart {
    /// Characters.
    Text(String),
    /// `{expression}`
    Value(Expr),
}

/// `test "label" for RULE { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// What it shows.
    pub label: Text,
    /// The rule under test; `None` where conditions are asked.
    pub rule: Option<Name>,
    /// Its clauses in the order written.
    pub clauses: Vec<TestClause>,
}

/// A clause of a test.
#[derive(Debug, Clone, PartialEq)]
pub enum TestClause {
    /// `today DATE`
    Today(Expr),
    /// `period DATE to DATE`
    Period(Expr, Expr),
    /// `param NAME = VALUE`
    Param(Name, Expr),
    /// `FACT { field: value, … }`, `FACT { … } at DATE`
    Row {
        /// The fact.
        fact: Name,
        /// The cells.
        cells: Vec<(Name, CellValue)>,
        /// When the picture that shows the row was taken; with the date of judgement where it is not said.
        at: Option<Expr>,
    },
    /// `empty FACT at DATE`: a picture without rows.
    Empty(Name, Expr),
    /// `missing F`, `stale F`, `incomplete F`
    Shortfall(ShortfallKind, Name),
    /// `gap F DATE to DATE`
    Gap(Name, Expr, Expr),
    /// `expect met 1, violated "甲"`
    Expect(Vec<Expectation>),
    /// `expect true EXPR`, `expect false EXPR`, `expect unknown EXPR`
    Ask(Answer, Expr),
}

/// What a condition is expected to come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the answers")]
pub enum Answer {
    True,
    False,
    Unknown,
}

/// A value in a row of a test.
#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// A literal.
    Expr(Expr),
    /// `unknown`: the cell was empty where it must not be.
    Unknown(Span),
}

/// In what way evidence of a test is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShortfallKind {
    /// `missing`
    Missing,
    /// `stale`
    Stale,
    /// `incomplete`
    Incomplete,
}

/// `violated`, `violated 1`, `violated "甲", "乙"`, or `violated "甲" from DATE to DATE`
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// The verdict; the English word in either spelling.
    pub verdict: Name,
    /// How many subjects.
    pub count: Option<usize>,
    /// Which subjects.
    pub subjects: Vec<Text>,
    /// The first and the last day of the stretch on which the one subject, or the organisation, has the verdict.
    pub between: Option<(Box<Expr>, Box<Expr>)>,
    /// All of it.
    pub span: Span,
}
