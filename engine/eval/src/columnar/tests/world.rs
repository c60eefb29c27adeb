//! A small world for tests: facts of every kind, expressions over them, evidence row by row.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use kijun_ir::{
    Binding, Branch, Calendar, Cell, Class, CompareOp, Duration, DutyId, End, EnumId, Expr, ExprKind, Fact,
    FactId, FactKind, Field, FieldId, Freshness, IndexVec, Judged, Kind, Param, ParamId, ParamValue, Part,
    Population, Program, Quantifier, Relation, RelationId, Rule, RuleId, Severity, Template, Truth, Type,
    Validity, Value, VarId, Verdict,
};
use kijun_source::Span;

use crate::columnar::derive::derive_by;
use crate::columnar::evaluate_by;
use crate::columnar::run::Strategy;
use crate::{
    AsOf, Derivation, DerivedRow, Evidence, Held, Occasion, Origin, Outcome, Snapshot, SourceCoverage,
    Stretch, TableBuilder, Taken,
};

/// A state.
pub(super) const PERSON: FactId = FactId(0);
/// An event, timed to the instant.
pub(super) const ENTRY: FactId = FactId(1);
/// An event, timed to the day.
pub(super) const SESSION: FactId = FactId(2);
/// A state whose rows say themselves when they hold.
pub(super) const PERMIT: FactId = FactId(3);
/// The months.
pub(super) const MONTH: FactId = FactId(4);
/// A table.
pub(super) const AREA: FactId = FactId(5);
/// A relation of persons, of the first stratum.
pub(super) const LINK: FactId = FactId(6);
/// A relation of persons and numbers, of the second stratum unless it is in a circle with the other.
pub(super) const TALLY: FactId = FactId(7);
/// What the log of entries does not cover.
pub(super) const HOLE: FactId = FactId(8);

pub(super) const LEVEL: Kind = Kind::Enum(EnumId(0));

/// A parameter that is the list of the texts `A-1` and `B-1`.
pub(super) const DOORS: ParamId = ParamId(0);

/// The fields of the facts with their kinds; all may be `none` but the times of events.
pub(super) const FIELDS: [&[(&str, Kind)]; 9] = [
    &[
        ("id", Kind::Ref(PERSON)),
        ("boss", Kind::Ref(PERSON)),
        ("left", Kind::Date),
        ("grade", Kind::Int),
        ("trusted", Kind::Bool),
        ("level", LEVEL),
        ("pay", Kind::Decimal),
        ("term", Kind::Duration),
        ("since", Kind::DateTime),
        ("weight", Kind::Int),
        ("name", Kind::Text),
    ],
    &[
        ("at", Kind::DateTime),
        ("who", Kind::Ref(PERSON)),
        ("door", Kind::Text),
        ("number", Kind::Int),
        ("day", Kind::Date),
        ("ok", Kind::Bool),
        ("level", LEVEL),
        ("weight", Kind::Int),
        ("from", Kind::Ip),
        ("within", Kind::Period),
        ("permit", Kind::Ref(PERMIT)),
        ("length", Kind::Duration),
        ("price", Kind::Decimal),
    ],
    &[("on", Kind::Date), ("who", Kind::Ref(PERSON)), ("topic", Kind::Text), ("passed", Kind::Bool)],
    &[
        ("id", Kind::Ref(PERMIT)),
        ("who", Kind::Ref(PERSON)),
        ("from", Kind::Date),
        ("until", Kind::Date),
        ("number", Kind::Int),
    ],
    &[("start", Kind::Date), ("end", Kind::Date)],
    &[("name", Kind::Text), ("net", Kind::Cidr), ("number", Kind::Int)],
    &[("from", Kind::Ref(PERSON)), ("to", Kind::Ref(PERSON))],
    &[("who", Kind::Ref(PERSON)), ("number", Kind::Int)],
    &[("source", Kind::Text), ("from", Kind::DateTime), ("to", Kind::DateTime)],
];

pub(super) const TODAY: Date = date(2026, 4, 20);

/// Rules and the evidence that they judge.
#[derive(Debug)]
pub(super) struct World {
    pub(super) program: Program,
    /// The rows of evidence, each with the position of the collection that shows it.
    pub(super) rows: Vec<(FactId, u32, Vec<Cell>)>,
    pub(super) coverage: IndexVec<FactId, Vec<SourceCoverage>>,
    pub(super) occasion: Occasion,
}

impl World {
    /// No rows, whole evidence. The engine has to stand more than the checker lets pass: the program need not keep the invariants.
    pub(super) fn new(rules: Vec<Rule>) -> Self {
        let program = program(rules);
        let occasion =
            Occasion { today: TODAY, period_start: date(2026, 4, 1), period_end: date(2026, 4, 30) };
        let log = || Held::Log(vec![stretch("2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z")]);
        let state = || Held::State(vec![taken("2026-04-20T00:00:00Z")]);
        let held = [state(), log(), log(), state()].map(|held| vec![source(held)]);
        let none = program.facts.ids().skip(held.len()).map(|_| Vec::new());
        let coverage = held.into_iter().chain(none).collect();
        Self { program, rows: Vec::new(), coverage, occasion }
    }

    /// Adds a row, its cells by name; those not named are `none`.
    #[must_use]
    pub(super) fn row(self, fact: FactId, cells: &[(&str, Cell)]) -> Self {
        self.row_of(fact, 0, cells)
    }

    /// As [`World::row`], in one of several collections.
    #[must_use]
    pub(super) fn row_of(mut self, fact: FactId, collection: u32, cells: &[(&str, Cell)]) -> Self {
        let mut row = vec![Cell::None; FIELDS[fact.0 as usize].len()];
        for (name, cell) in cells {
            row[field_id(fact, name).0 as usize] = cell.clone();
        }
        self.rows.push((fact, collection, row));
        self
    }

    /// The state of persons was taken at these moments.
    #[must_use]
    pub(super) fn persons_taken(mut self, moments: &[&str]) -> Self {
        self.coverage[PERSON] = vec![source(Held::State(moments.iter().map(|at| taken(at)).collect()))];
        self
    }

    /// The rows of the table.
    #[must_use]
    pub(super) fn areas(mut self, rows: Vec<Vec<Cell>>) -> Self {
        self.program.facts[AREA].rows = rows;
        self
    }

    /// Derives a relation by these branches.
    #[must_use]
    pub(super) fn relation(mut self, fact: FactId, branches: Vec<Branch>) -> Self {
        let FactKind::Relation(id) = self.program.facts[fact].kind else { return self };
        let mut atoms = branches.iter().flat_map(|branch| &branch.atoms);
        self.program.relations[id].recursive = atoms.any(|atom| atom.fact == fact);
        self.program.relations[id].branches = branches;
        self
    }

    /// Puts the two relations into one circle.
    #[must_use]
    pub(super) fn in_a_circle(mut self) -> Self {
        for id in self.program.relations.ids() {
            self.program.relations[id].recursive = true;
            self.program.relations[id].stratum = 0;
        }
        self
    }

    /// The log of entries covers this alone.
    #[must_use]
    pub(super) fn entries_cover(mut self, from: &str, to: &str) -> Self {
        self.coverage[ENTRY] = vec![source(Held::Log(vec![stretch(from, to)]))];
        self
    }

    pub(super) fn evidence(&self) -> Evidence {
        let mut evidence = Evidence::empty(&self.program);
        let facts = self.program.facts.iter();
        let tables = facts.map(|(id, fact)| {
            let mut table = TableBuilder::new(fact);
            for (line, (_, collection, cells)) in (1..).zip(self.rows.iter().filter(|(fact, ..)| *fact == id))
            {
                table.push(cells.clone(), Origin { source: 0, collection: *collection, artifact: 0, line });
            }
            table.finish(&mut evidence.dictionary)
        });
        evidence.tables = tables.collect();
        evidence.coverage = self.coverage.clone();
        evidence
    }

    /// The outcome, by index and without one alike.
    pub(super) fn outcome(&self) -> Outcome {
        let evidence = self.evidence();
        let snapshot = Snapshot::new(&self.program, &evidence, self.occasion);
        let plain = Snapshot::with(&self.program, &evidence, self.occasion, exhaustively);
        let outcome = evaluate_by(&snapshot, Strategy::Indexed);
        assert_eq!(outcome, evaluate_by(&plain, Strategy::Exhaustive));
        for fact in [LINK, TALLY] {
            assert_eq!(rows_of(&snapshot, fact, AsOf::Today), rows_of(&plain, fact, AsOf::Today));
        }
        outcome
    }

    /// The rows of a relation as of today, derived with and without indexes alike.
    pub(super) fn derived(&self, fact: FactId) -> Derivation {
        let evidence = self.evidence();
        let snapshot = Snapshot::new(&self.program, &evidence, self.occasion);
        let plain = Snapshot::with(&self.program, &evidence, self.occasion, exhaustively);
        let derivation = rows_of(&snapshot, fact, AsOf::Today);
        assert_eq!(derivation, rows_of(&plain, fact, AsOf::Today));
        derivation
    }

    /// The verdicts of the subjects of the first rule.
    pub(super) fn verdicts(&self) -> Vec<Verdict> {
        let outcome = self.outcome();
        outcome.rules[RuleId(0)].subjects.iter().map(|subject| subject.verdict).collect()
    }

    /// What the requirement of the first rule is for each subject.
    pub(super) fn truths(&self) -> Vec<Truth> {
        let truth = |verdict| match verdict {
            Verdict::Met => Truth::True,
            Verdict::Violated => Truth::False,
            _ => Truth::Unknown,
        };
        self.verdicts().into_iter().map(truth).collect()
    }
}

fn exhaustively(snapshot: &Snapshot<'_>, group: &[RelationId], moment: Timestamp) -> Vec<Derivation> {
    derive_by(snapshot, group, moment, Strategy::Exhaustive)
}

/// What a relation shows as of a moment, in the order of its table.
pub(super) fn rows_of(snapshot: &Snapshot<'_>, fact: FactId, as_of: AsOf) -> Derivation {
    let view = snapshot.view(fact, as_of).unwrap();
    let row = |row: &u32| DerivedRow {
        cells: snapshot.program.facts[fact]
            .fields
            .ids()
            .map(|field| view.table().cell(&&snapshot.texts, *row, field))
            .collect(),
        sure: view.truth(*row) == Truth::True,
        support: view.support(*row).to_vec(),
    };
    Derivation { rows: view.rows().iter().map(row).collect(), gaps: view.gaps().to_vec() }
}

fn source(held: Held) -> SourceCoverage {
    SourceCoverage { source: "invented".to_owned(), held }
}

pub(super) fn taken(at: &str) -> Taken {
    Taken { at: at.parse().unwrap(), defects: Vec::new() }
}

pub(super) fn stretch(from: &str, to: &str) -> Stretch {
    Stretch { from: from.parse().unwrap(), to: to.parse().unwrap(), defects: Vec::new() }
}

fn program(rules: Vec<Rule>) -> Program {
    let doors = [Value::text("A-1"), Value::text("B-1")];
    Program {
        calendar: Calendar::japan(),
        standards: Vec::new(),
        sections: IndexVec::new(),
        criteria: IndexVec::new(),
        duties: IndexVec::new(),
        enums: IndexVec::new(),
        facts: facts(),
        relations: [(0, LINK), (1, TALLY)]
            .into_iter()
            .map(|(stratum, fact)| no_relation(stratum, fact))
            .collect(),
        params: [Param {
            name: "doors".to_owned(),
            label: String::new(),
            kind: Kind::Text,
            value: ParamValue::List(doors.to_vec()),
            rationale: String::new(),
            overridden: false,
        }]
        .into_iter()
        .collect(),
        rules: rules.into_iter().collect(),
        attests: IndexVec::new(),
        audits: IndexVec::new(),
        catalogues: IndexVec::new(),
        crosswalks: Vec::new(),
        tests: Vec::new(),
    }
}

fn facts() -> IndexVec<FactId, Fact> {
    let event = FactKind::Event { at: FieldId(0) };
    let key = Some(FieldId(0));
    let permit = Fact {
        valid: Some(Validity {
            from: Some(FieldId(2)),
            until: Some((FieldId(3), End::Included)),
            within: None,
        }),
        ..fact(PERMIT, FactKind::State, key)
    };
    let facts = [
        fact(PERSON, FactKind::State, key),
        fact(ENTRY, event, None),
        fact(SESSION, event, None),
        permit,
        fact(MONTH, FactKind::Calendar(Part::Month), None),
        fact(AREA, FactKind::Table, None),
        fact(LINK, FactKind::Relation(RelationId(0)), None),
        fact(TALLY, FactKind::Relation(RelationId(1)), None),
        fact(HOLE, FactKind::Gaps(ENTRY), None),
    ];
    facts.into_iter().collect()
}

fn no_relation(stratum: u32, fact: FactId) -> Relation {
    let reads = vec![PERSON, ENTRY, SESSION, PERMIT];
    Relation { fact, branches: Vec::new(), recursive: false, stratum, reads, timed: true }
}

fn fact(id: FactId, kind: FactKind, key: Option<FieldId>) -> Fact {
    let is_time = |index: usize| matches!(kind, FactKind::Event { at } if at.0 as usize == index);
    let field = |(index, (name, kind)): (usize, &(&str, Kind))| Field {
        name: (*name).to_owned(),
        label: (*name).to_owned(),
        ty: Type { kind: *kind, optional: !is_time(index) },
        class: Class::Open,
    };
    Fact {
        name: format!("fact{}", id.0),
        label: String::new(),
        doc: String::new(),
        kind,
        fields: FIELDS[id.0 as usize].iter().enumerate().map(field).collect(),
        key,
        valid: None,
        fresh: Freshness::Fixed(Duration::days(if key.is_some() { 31 } else { 0 })),
        kept: None,
        rows: Vec::new(),
        span: Span::default(),
    }
}

/// A way in which rows of a relation come to be. The variables are those of the atoms, 0, 1, 2 …
pub(super) fn branch(atoms: &[FactId], condition: Option<Expr>, yields: Vec<Expr>) -> Branch {
    let atom = |(var, fact): (u32, &FactId)| quantifier(VarId(var), *fact, None);
    let mut vars: IndexVec<VarId, Binding> = IndexVec::new();
    for fact in atoms.iter().chain(&[PERSON, ENTRY]) {
        vars.push(Binding { name: "x".to_owned(), fact: *fact });
    }
    Branch { atoms: (0..).zip(atoms).map(atom).collect(), condition, yields, vars, span: Span::default() }
}

/// The facts of the variables of a rule other than its subject.
const OTHERS: [FactId; 12] =
    [PERSON, ENTRY, SESSION, PERSON, ENTRY, SESSION, PERMIT, LINK, TALLY, MONTH, AREA, HOLE];

/// A rule about each row of `population`, the variable 0, or about the organisation.
pub(super) fn rule(population: Option<FactId>, require: Expr) -> Rule {
    let mut vars = IndexVec::new();
    for fact in population.into_iter().chain(OTHERS) {
        vars.push(Binding { name: "x".to_owned(), fact });
    }
    Rule {
        name: "rule".to_owned(),
        label: String::new(),
        doc: String::new(),
        covers: vec![DutyId(0)],
        severity: Severity::Major,
        judged: Judged::AtToday,
        population: population.map(|fact| Population {
            rows: quantifier(VarId(0), fact, None),
            pair: None,
            or_none: false,
        }),
        require,
        excused: Vec::new(),
        due: None,
        message: Template::default(),
        remedy: None,
        vars,
        span: Span::default(),
    }
}

/// The subject of a rule with a population.
pub(super) const SUBJECT: VarId = VarId(0);
/// A variable for a row of `PERSON` in a rule with a population.
pub(super) const P: VarId = VarId(1);
/// A variable for a row of `ENTRY` in a rule with a population.
pub(super) const E: VarId = VarId(2);
/// A variable for a row of `PERMIT` in a rule with a population.
pub(super) const G: VarId = VarId(7);
/// A variable for a row of `LINK` in a rule with a population.
pub(super) const L: VarId = VarId(8);
/// A variable for a row of `TALLY` in a rule with a population.
pub(super) const T: VarId = VarId(9);
/// A variable for a row of `MONTH` in a rule with a population.
pub(super) const M: VarId = VarId(10);
/// A variable for a row of `AREA` in a rule with a population.
pub(super) const A: VarId = VarId(11);

pub(super) fn field_id(fact: FactId, name: &str) -> FieldId {
    let fields = FIELDS[fact.0 as usize];
    let index = fields.iter().position(|(field, _)| *field == name).unwrap();
    FieldId(u32::try_from(index).unwrap())
}

pub(super) fn field(var: VarId, fact: FactId, name: &str) -> Expr {
    let id = field_id(fact, name);
    new(ExprKind::Field { var, field: id }, FIELDS[fact.0 as usize][id.0 as usize].1)
}

pub(super) fn new(kind: ExprKind, ty: Kind) -> Expr {
    Expr::new(kind, ty, Span::default())
}

pub(super) fn truth(kind: ExprKind) -> Expr {
    new(kind, Kind::Bool)
}

pub(super) fn literal(value: Value) -> Expr {
    let kind = match value {
        Value::Text(_) => Kind::Text,
        Value::Int(_) => Kind::Int,
        Value::Decimal(_) => Kind::Decimal,
        Value::Bool(_) => Kind::Bool,
        Value::Date(_) => Kind::Date,
        Value::DateTime(_) => Kind::DateTime,
        Value::Duration(_) => Kind::Duration,
        Value::Period(_) => Kind::Period,
        Value::Ip(_) => Kind::Ip,
        Value::Cidr(_) => Kind::Cidr,
        Value::Enum(_) => LEVEL,
    };
    new(ExprKind::Literal(value), kind)
}

pub(super) fn int(value: i64) -> Expr {
    literal(Value::Int(value))
}

pub(super) fn compare(left: Expr, op: CompareOp, right: Expr) -> Expr {
    truth(ExprKind::Compare { op, left: Box::new(left), right: Box::new(right) })
}

pub(super) fn eq(left: Expr, right: Expr) -> Expr {
    compare(left, CompareOp::Eq, right)
}

pub(super) fn and<const N: usize>(parts: [Expr; N]) -> Expr {
    truth(ExprKind::And(parts.into()))
}

pub(super) fn or<const N: usize>(parts: [Expr; N]) -> Expr {
    truth(ExprKind::Or(parts.into()))
}

pub(super) fn not(inner: Expr) -> Expr {
    truth(ExprKind::Not(Box::new(inner)))
}

/// Whether an entry lies in the period: without a bound no log covers the question.
pub(super) fn in_period(var: VarId) -> Expr {
    within(field(var, ENTRY, "at"), new(ExprKind::Period, Kind::Period))
}

/// Whether a time lies in a period.
pub(super) fn within(time: Expr, period: Expr) -> Expr {
    truth(ExprKind::InPeriod { time: Box::new(time), period: Box::new(period) })
}

pub(super) fn moment() -> Expr {
    new(ExprKind::Moment, Kind::DateTime)
}

pub(super) fn date_of(inner: Expr) -> Expr {
    new(ExprKind::DateOf(Box::new(inner)), Kind::Date)
}

pub(super) fn quantifier(var: VarId, fact: FactId, condition: Option<Expr>) -> Quantifier {
    Quantifier { var, fact, at: None, condition, span: Span::default() }
}

pub(super) fn some(var: VarId, fact: FactId, condition: Expr) -> Expr {
    truth(ExprKind::Some(Box::new(quantifier(var, fact, Some(condition)))))
}

pub(super) fn count(var: VarId, fact: FactId, condition: Expr, op: CompareOp, bound: Expr) -> Expr {
    let quantifier = Box::new(quantifier(var, fact, Some(condition)));
    truth(ExprKind::Count { quantifier, op, bound: Box::new(bound) })
}

pub(super) fn known_text(text: &str) -> Cell {
    Cell::Known(Value::Text(Arc::from(text)))
}

pub(super) fn known_int(value: i64) -> Cell {
    Cell::Known(Value::Int(value))
}

pub(super) fn known_day(day: Date) -> Cell {
    Cell::Known(Value::Date(day))
}

pub(super) fn known_instant(at: &str) -> Cell {
    Cell::Known(Value::DateTime(at.parse().unwrap()))
}

/// The cell of a truth value.
pub(super) fn cell(truth: Truth) -> Cell {
    match truth {
        Truth::True => Cell::Known(Value::Bool(true)),
        Truth::False => Cell::Known(Value::Bool(false)),
        Truth::Unknown => Cell::Unknown,
    }
}
