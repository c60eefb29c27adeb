//! A small roster with trainings and accesses, and the words to ask about it.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use kijun_ir::{
    AggregateOp, ArithmeticOp, Binding, Branch, Calendar, Cell, Class, CompareOp, Duration, DutyId, Edge,
    End, Enum, EnumId, EnumValue, Expr, ExprKind, Fact, FactId, FactKind, Field, FieldId, Freshness,
    IndexVec, Judged, Kind, Param, ParamId, ParamValue, Part, Period, Population, Program, Quantifier,
    Relation, RelationId, Rule, RuleId, Severity, Template, TemplatePart, Type, Validity, Value, VarId,
};
use kijun_source::Span;

use crate::{
    AsOf, Defect, Evidence, Held, Occasion, Origin, Snapshot, SourceCoverage, Stretch, Subject, TableBuilder,
    Taken,
};

pub(super) const PERSON: FactId = FactId(0);
pub(super) const TRAINING: FactId = FactId(1);
pub(super) const ACCESS: FactId = FactId(2);
/// A state without validity: which group is a part of which.
pub(super) const MEMBER: FactId = FactId(3);
/// A state with validity, its key the person.
pub(super) const RIGHT: FactId = FactId(4);
pub(super) const SITE: FactId = FactId(5);
pub(super) const MONTH: FactId = FactId(6);
/// The gaps of trainings.
pub(super) const HOLE: FactId = FactId(7);
/// Which group is a part of which, directly or through others.
pub(super) const REACH: FactId = FactId(8);
/// A relation of two texts, as a test derives it.
pub(super) const DERIVED: FactId = FactId(9);

pub(super) const ID: FieldId = FieldId(0);
pub(super) const NAME: FieldId = FieldId(1);
pub(super) const JOINED: FieldId = FieldId(2);
pub(super) const LEFT: FieldId = FieldId(3);
pub(super) const AGE: FieldId = FieldId(4);
pub(super) const ACTIVE: FieldId = FieldId(5);
pub(super) const MENTOR: FieldId = FieldId(6);
pub(super) const RANK: FieldId = FieldId(7);

/// Of both events.
pub(super) const AT: FieldId = FieldId(0);
pub(super) const WHO: FieldId = FieldId(1);
/// Of trainings.
pub(super) const HOURS: FieldId = FieldId(2);
/// Of accesses.
pub(super) const DEVICE: FieldId = FieldId(2);
pub(super) const SECRET: FieldId = FieldId(3);

/// Of members, of both relations.
pub(super) const SUB: FieldId = FieldId(0);
pub(super) const SUP: FieldId = FieldId(1);
/// Of rights, behind the person.
pub(super) const FROM: FieldId = FieldId(1);
pub(super) const UNTIL: FieldId = FieldId(2);
pub(super) const LEVEL: FieldId = FieldId(3);
/// Of the parts of the calendar.
pub(super) const START: FieldId = FieldId(0);

/// The variables: the first ones stand for the fact of the same number, the last ones for a fact that has one already.
pub(super) const SUBJECT: VarId = VarId(0);
pub(super) const OTHER: VarId = VarId(1);
pub(super) const THIRD: VarId = VarId(2);
pub(super) const GROUP: VarId = VarId(3);
pub(super) const PERMIT: VarId = VarId(4);
pub(super) const PLACE: VarId = VarId(5);
pub(super) const CHAIN: VarId = VarId(8);
pub(super) const ROW: VarId = VarId(9);
pub(super) const LATER: VarId = VarId(10);

pub(super) const TODAY: Date = date(2026, 6, 30);

/// Every variable, in each rule and each branch.
fn vars() -> IndexVec<VarId, Binding> {
    let facts = (0..10).map(FactId).chain([ACCESS]);
    facts.map(|fact| Binding { name: format!("x{}", fact.0), fact }).collect()
}

fn fact_of(var: VarId) -> FactId {
    vars()[var].fact
}

fn required(kind: Kind) -> Type {
    Type::required(kind)
}

fn optional(kind: Kind) -> Type {
    Type { kind, optional: true }
}

fn fact(name: &str, kind: FactKind, key: Option<FieldId>, fields: &[(&str, Type, Class)]) -> Fact {
    let fields = fields.iter().map(|(name, ty, class)| Field {
        name: (*name).to_owned(),
        label: (*name).to_owned(),
        ty: *ty,
        class: *class,
    });
    Fact {
        name: name.to_owned(),
        label: name.to_owned(),
        doc: String::new(),
        kind,
        fields: fields.collect(),
        key,
        valid: None,
        kept: None,
        rows: Vec::new(),
        fresh: Freshness::Fixed(Duration::days(if kind == FactKind::State { 31 } else { 0 })),
        span: Span::default(),
    }
}

fn facts() -> IndexVec<FactId, Fact> {
    let open = Class::Open;
    let person = Kind::Ref(PERSON);
    let roster = [
        ("id", required(person), open),
        ("name", required(Kind::Text), Class::Personal),
        ("joined", required(Kind::Date), open),
        ("left", optional(Kind::Date), open),
        ("age", required(Kind::Int), open),
        ("active", required(Kind::Bool), open),
        ("mentor", optional(person), open),
        ("rank", required(Kind::Enum(EnumId(0))), open),
    ];
    let trainings = [
        ("at", required(Kind::Date), open),
        ("who", required(person), open),
        ("hours", required(Kind::Decimal), open),
    ];
    let accesses = [
        ("at", required(Kind::DateTime), open),
        ("who", required(person), open),
        ("device", required(Kind::Text), open),
        ("secret", required(Kind::Text), Class::Secret),
    ];
    let text = required(Kind::Text);
    let pair = [("sub", text, open), ("sup", text, open)];
    let rights = [
        ("who", required(Kind::Ref(RIGHT)), open),
        ("from", required(Kind::Date), open),
        ("until", optional(Kind::Date), open),
        ("level", required(Kind::Int), open),
    ];
    let sites = [("name", required(Kind::Ref(SITE)), open), ("network", required(Kind::Cidr), open)];
    let days = [("start", required(Kind::Date), open), ("end", required(Kind::Date), open)];
    let instant = required(Kind::DateTime);
    let holes = [("source", text, open), ("from", instant, open), ("to", instant, open)];
    let mut right = fact("right", FactKind::State, Some(FieldId(0)), &rights);
    right.valid = Some(Validity { from: Some(FROM), until: Some((UNTIL, End::Included)), within: None });
    let mut site = fact("site", FactKind::Table, Some(FieldId(0)), &sites);
    let network = |text: &str| Cell::Known(Value::Cidr(text.parse().unwrap()));
    site.rows = vec![vec![self::text("本社"), network("10.0.0.0/8")]];
    [
        fact("person", FactKind::State, Some(ID), &roster),
        fact("training", FactKind::Event { at: AT }, None, &trainings),
        fact("access", FactKind::Event { at: AT }, None, &accesses),
        fact("member", FactKind::State, None, &pair),
        right,
        site,
        fact("month", FactKind::Calendar(Part::Month), None, &days),
        fact("hole", FactKind::Gaps(TRAINING), None, &holes),
        fact("reach", FactKind::Relation(RelationId(0)), None, &pair),
        fact("derived", FactKind::Relation(RelationId(1)), None, &pair),
    ]
    .into_iter()
    .collect()
}

/// A member is part of a group; what is part of a part is part of the whole.
fn reach() -> Relation {
    let joined = equal(field(GROUP, SUP), field(CHAIN, SUB));
    let direct = branch(vec![now(GROUP)], None, [field(GROUP, SUB), field(GROUP, SUP)]);
    let further = branch(vec![now(GROUP), now(CHAIN)], Some(joined), [field(GROUP, SUB), field(CHAIN, SUP)]);
    Relation {
        fact: REACH,
        branches: vec![direct, further],
        recursive: true,
        stratum: 0,
        reads: vec![MEMBER],
        timed: true,
    }
}

/// The rows of a variable's fact as of the moment of the derivation.
pub(super) fn now(var: VarId) -> Quantifier {
    Quantifier { at: Some(moment()), ..quantifier(var, fact_of(var), None) }
}

/// The rows of a variable's fact, which does not depend on the moment.
pub(super) fn every(var: VarId) -> Quantifier {
    quantifier(var, fact_of(var), None)
}

pub(super) fn branch(atoms: Vec<Quantifier>, condition: Option<Expr>, yields: [Expr; 2]) -> Branch {
    Branch { atoms, condition, yields: yields.to_vec(), vars: vars(), span: Span::default() }
}

/// A rule about every person whose requirement is `require`.
pub(super) fn rule(require: Expr) -> Rule {
    Rule {
        name: "rule".to_owned(),
        label: "rule".to_owned(),
        doc: String::new(),
        covers: vec![DutyId(0)],
        severity: Severity::Minor,
        judged: Judged::AtToday,
        population: Some(population(None)),
        require,
        excused: Vec::new(),
        due: None,
        message: Template::default(),
        remedy: None,
        vars: vars(),
        span: Span::default(),
    }
}

/// The persons for which a condition holds.
pub(super) fn population(condition: Option<Expr>) -> Population {
    Population { rows: quantifier(SUBJECT, PERSON, condition), pair: None, or_none: false }
}

/// As [`rule`], about the rows of another fact.
pub(super) fn rule_about(fact: FactId, require: Expr) -> Rule {
    let mut rule = rule(require);
    rule.population = Some(Population { rows: quantifier(SUBJECT, fact, None), ..population(None) });
    rule.vars[SUBJECT].fact = fact;
    rule
}

/// A field of a subject that is a row of another fact than the person.
pub(super) fn field_of(fact: FactId, field: FieldId) -> Expr {
    let ty = facts()[fact].fields[field].ty;
    Expr { kind: ExprKind::Field { var: SUBJECT, field }, ty, span: Span::default() }
}

/// As [`rule`], about the organisation.
pub(super) fn general(require: Expr) -> Rule {
    Rule { population: None, ..rule(require) }
}

fn program(rule: Rule, derived: &[Branch]) -> Program {
    let values = [("staff", "一般"), ("head", "責任者")];
    let values = values.map(|(name, label)| EnumValue { name: name.to_owned(), label: label.to_owned() });
    let limit = Param {
        name: "limit".to_owned(),
        label: "limit".to_owned(),
        kind: Kind::Int,
        value: ParamValue::One(Value::Int(2)),
        rationale: String::new(),
        overridden: false,
    };
    let derived = Relation {
        fact: DERIVED,
        branches: derived.to_vec(),
        recursive: false,
        stratum: 1,
        reads: vec![PERSON, TRAINING, ACCESS, MEMBER],
        timed: true,
    };
    Program {
        calendar: Calendar::japan(),
        standards: Vec::new(),
        sections: IndexVec::new(),
        criteria: IndexVec::new(),
        duties: IndexVec::new(),
        enums: [Enum { name: "rank".to_owned(), label: "職位".to_owned(), values: values.to_vec() }]
            .into_iter()
            .collect(),
        facts: facts(),
        relations: [reach(), derived].into_iter().collect(),
        params: [limit].into_iter().collect(),
        rules: [rule].into_iter().collect(),
        attests: IndexVec::new(),
        audits: IndexVec::new(),
        catalogues: IndexVec::new(),
        crosswalks: Vec::new(),
        tests: Vec::new(),
    }
}

pub(super) fn text(text: &str) -> Cell {
    Cell::Known(Value::text(text))
}

pub(super) fn int(number: i64) -> Cell {
    Cell::Known(Value::Int(number))
}

pub(super) fn day(text: &str) -> Cell {
    Cell::Known(Value::Date(text.parse().unwrap()))
}

pub(super) fn instant(text: &str) -> Cell {
    Cell::Known(Value::DateTime(text.parse().unwrap()))
}

/// A person who joined in 2020, is 30 and still there.
pub(super) fn person(id: &str) -> Vec<Cell> {
    let joined = day("2020-04-01");
    let rank = Cell::Known(Value::Enum(1));
    vec![
        text(id),
        text("架空 一郎"),
        joined,
        Cell::None,
        int(30),
        Cell::Known(Value::Bool(true)),
        Cell::None,
        rank,
    ]
}

pub(super) fn training(at: &str, who: &str) -> Vec<Cell> {
    vec![day(at), text(who), Cell::Known(Value::Decimal(rust_decimal::Decimal::new(15, 1)))]
}

pub(super) fn access(at: &str, who: &str, device: &str) -> Vec<Cell> {
    vec![instant(at), text(who), text(device), text("秘密")]
}

pub(super) fn member(sub: &str, sup: &str) -> Vec<Cell> {
    vec![text(sub), text(sup)]
}

pub(super) fn right(who: &str, from: &str, until: Cell, level: i64) -> Vec<Cell> {
    vec![text(who), day(from), until, int(level)]
}

/// Evidence under construction: complete and fresh unless said otherwise.
#[derive(Clone)]
pub(super) struct World {
    /// By fact: rows with the position of their collection.
    rows: Vec<Vec<(Vec<Cell>, u32)>>,
    held: Vec<Option<Held>>,
    derived: Vec<Branch>,
}

impl World {
    pub(super) fn new(people: &[Vec<Cell>]) -> Self {
        let roster = Held::State(vec![taken("2026-06-29T15:00:00Z", vec![])]);
        let log = Held::Log(vec![stretch("2000-01-01", "2026-07-01", vec![])]);
        let held = [&roster, &log, &log, &roster, &roster].map(|held| Some(held.clone()));
        let nothing = Self { rows: vec![Vec::new(); 5], held: held.to_vec(), derived: Vec::new() };
        nothing.with(PERSON, people)
    }

    pub(super) fn with(self, fact: FactId, rows: &[Vec<Cell>]) -> Self {
        self.with_collection(fact, 0, rows)
    }

    /// Rows that the collection at this position shows.
    pub(super) fn with_collection(mut self, fact: FactId, collection: u32, rows: &[Vec<Cell>]) -> Self {
        self.rows[fact.0 as usize].extend(rows.iter().map(|row| (row.clone(), collection)));
        self
    }

    pub(super) fn holding(mut self, fact: FactId, held: Option<Held>) -> Self {
        self.held[fact.0 as usize] = held;
        self
    }

    /// A relation of two texts beside the evidence.
    pub(super) fn deriving(mut self, branches: Vec<Branch>) -> Self {
        self.derived = branches;
        self
    }

    fn evidence(&self, program: &Program) -> Evidence {
        let mut evidence = Evidence::empty(program);
        for (fact, declared) in program.facts.iter().take(self.rows.len()) {
            let mut table = TableBuilder::new(declared);
            for ((row, collection), line) in self.rows[fact.0 as usize].iter().zip(1..) {
                table.push(row.clone(), Origin { source: 0, collection: *collection, artifact: 0, line });
            }
            evidence.tables[fact] = table.finish(&mut evidence.dictionary);
            let held = self.held[fact.0 as usize].clone();
            evidence.coverage[fact] =
                held.map(|held| SourceCoverage { source: declared.name.clone(), held }).into_iter().collect();
        }
        evidence
    }

    /// Looks at the evidence by the rule.
    pub(super) fn see<T>(&self, rule: Rule, look: impl FnOnce(&Snapshot<'_>) -> T) -> T {
        let program = program(rule, &self.derived);
        assert_eq!(kijun_ir::invariants::check(&program), None);
        let evidence = self.evidence(&program);
        let occasion =
            Occasion { today: TODAY, period_start: date(2026, 4, 1), period_end: date(2027, 3, 31) };
        look(&Snapshot::plain(&program, &evidence, occasion))
    }

    /// The proof of the first person, or of the organisation.
    pub(super) fn prove(&self, rule: Rule) -> crate::Proof {
        let subject = first(&rule);
        self.see(rule, |snapshot| crate::prove(snapshot, RuleId(0), subject))
    }
}

/// The first row of the population, or the organisation.
pub(super) fn first(rule: &Rule) -> Subject {
    match rule.population {
        Some(_) => Subject::Row(0, AsOf::Today),
        None => Subject::Organisation(AsOf::Today),
    }
}

/// A picture taken at an instant.
pub(super) fn taken(at: &str, defects: Vec<Defect>) -> Taken {
    Taken { at: at.parse().unwrap(), defects }
}

/// From the beginning of one day to that of another, in Tokyo.
pub(super) fn stretch(from: &str, to: &str, defects: Vec<Defect>) -> Stretch {
    let zone = TimeZone::get("Asia/Tokyo").unwrap();
    let start = |day: &str| kijun_ir::calendar::start_of_day(day.parse().unwrap(), &zone).unwrap();
    Stretch { from: start(from), to: start(to), defects }
}

pub(super) fn condition(kind: ExprKind) -> Expr {
    Expr::new(kind, Kind::Bool, Span::default())
}

pub(super) fn literal(cell: Cell) -> Expr {
    let Cell::Known(value) = cell else { panic!("a literal is known") };
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
        Value::Enum(_) => Kind::Enum(EnumId(0)),
    };
    Expr::new(ExprKind::Literal(value), kind, Span::default())
}

pub(super) fn length(duration: Duration) -> Expr {
    literal(Cell::Known(Value::Duration(duration)))
}

/// A field of what a variable stands for.
pub(super) fn field(var: VarId, field: FieldId) -> Expr {
    let ty = facts()[fact_of(var)].fields[field].ty;
    Expr { kind: ExprKind::Field { var, field }, ty, span: Span::default() }
}

pub(super) fn follow(base: Expr, field: FieldId) -> Expr {
    follow_at(base, PERSON, field, None)
}

/// A field of the row of `fact` that a reference names as of a moment.
pub(super) fn follow_at(base: Expr, fact: FactId, field: FieldId, at: Option<Expr>) -> Expr {
    let ty = facts()[fact].fields[field].ty;
    let kind = ExprKind::Follow { base: Box::new(base), fact, field, at: at.map(Box::new) };
    Expr { kind, ty, span: Span::default() }
}

/// A value as people read it.
pub(super) fn as_text(expr: Expr) -> Expr {
    let template = Template { parts: vec![TemplatePart::Value(expr)] };
    Expr::new(ExprKind::Format(template), Kind::Text, Span::default())
}

pub(super) fn none(kind: Kind) -> Expr {
    Expr { kind: ExprKind::NoneLiteral, ty: optional(kind), span: Span::default() }
}

pub(super) fn moment() -> Expr {
    Expr::new(ExprKind::Moment, Kind::DateTime, Span::default())
}

pub(super) fn period() -> Expr {
    Expr::new(ExprKind::Period, Kind::Period, Span::default())
}

/// The days from one to another.
pub(super) fn days(from: &str, to: &str) -> Cell {
    Cell::Known(Value::Period(Period { start: from.parse().unwrap(), end: to.parse().unwrap() }))
}

pub(super) fn edge(period: Expr, edge: Edge) -> Expr {
    Expr::new(ExprKind::Edge { period: Box::new(period), edge }, Kind::Date, Span::default())
}

pub(super) fn in_period(time: Expr, period: Expr) -> Expr {
    condition(ExprKind::InPeriod { time: Box::new(time), period: Box::new(period) })
}

/// An aggregate over the rows of a variable's fact.
pub(super) fn aggregate(op: AggregateOp, value: Option<Expr>, var: VarId, condition: Option<Expr>) -> Expr {
    let counted = matches!(op, AggregateOp::Count | AggregateOp::CountDistinct);
    let kind = if counted { Kind::Int } else { value.as_ref().unwrap().ty.kind };
    let optional = !counted && op != AggregateOp::Sum;
    let quantifier = Box::new(quantifier(var, fact_of(var), condition));
    let kind_of = ExprKind::Aggregate { op, value: value.map(Box::new), quantifier };
    Expr { kind: kind_of, ty: Type { kind, optional }, span: Span::default() }
}

pub(super) fn compare(left: Expr, op: CompareOp, right: Expr) -> Expr {
    condition(ExprKind::Compare { op, left: Box::new(left), right: Box::new(right) })
}

pub(super) fn equal(left: Expr, right: Expr) -> Expr {
    compare(left, CompareOp::Eq, right)
}

pub(super) fn arithmetic(left: Expr, op: ArithmeticOp, right: Expr, kind: Kind) -> Expr {
    let parts = ExprKind::Arithmetic { op, left: Box::new(left), right: Box::new(right) };
    Expr::new(parts, kind, Span::default())
}

pub(super) fn either(condition: Expr, then: Expr, otherwise: Expr) -> Expr {
    let ty = Type { kind: then.ty.kind, optional: then.ty.optional || otherwise.ty.optional };
    let [condition, then, otherwise] = [condition, then, otherwise].map(Box::new);
    Expr { kind: ExprKind::If { condition, then, otherwise }, ty, span: Span::default() }
}

pub(super) fn default(value: Expr, default: Expr) -> Expr {
    let ty = default.ty;
    let kind = ExprKind::Else { value: Box::new(value), default: Box::new(default) };
    Expr { kind, ty, span: Span::default() }
}

pub(super) fn not(inner: Expr) -> Expr {
    condition(ExprKind::Not(Box::new(inner)))
}

pub(super) fn is_none(inner: Expr) -> Expr {
    condition(ExprKind::IsNone(Box::new(inner)))
}

pub(super) fn all(parts: Vec<Expr>) -> Expr {
    condition(ExprKind::And(parts))
}

pub(super) fn any(parts: Vec<Expr>) -> Expr {
    condition(ExprKind::Or(parts))
}

pub(super) fn param() -> Expr {
    Expr::new(ExprKind::Param(ParamId(0)), Kind::Int, Span::default())
}

pub(super) fn quantifier(var: VarId, fact: FactId, condition: Option<Expr>) -> Quantifier {
    Quantifier { var, fact, at: None, condition, span: Span::default() }
}

pub(super) fn some(var: VarId, condition: Expr) -> Expr {
    let quantifier = quantifier(var, fact_of(var), Some(condition));
    self::condition(ExprKind::Some(Box::new(quantifier)))
}

/// Whether there is such a row as of a moment.
pub(super) fn some_at(var: VarId, at: Expr, condition: Expr) -> Expr {
    let quantifier = Quantifier { at: Some(at), ..quantifier(var, fact_of(var), Some(condition)) };
    self::condition(ExprKind::Some(Box::new(quantifier)))
}

pub(super) fn count(var: VarId, condition: Expr, op: CompareOp, bound: Expr) -> Expr {
    let quantifier = quantifier(var, fact_of(var), Some(condition));
    self::condition(ExprKind::Count { quantifier: Box::new(quantifier), op, bound: Box::new(bound) })
}
