//! A small roster with trainings and accesses, and the words to ask about it.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use kijun_ir::{
    ArithmeticOp, Binding, Cell, Class, CompareOp, Duration, DutyId, Enum, EnumId, EnumValue, Expr, ExprKind,
    Fact, FactId, FactKind, Field, FieldId, IndexVec, Kind, Param, ParamId, Population, Program, Quantifier,
    Rule, RuleId, Severity, Template, Type, Value, VarId,
};
use kijun_source::Span;

use crate::{
    Defect, Evidence, Held, Occasion, Origin, Snapshot, SourceCoverage, Stretch, TableBuilder, Taken,
};

pub(super) const PERSON: FactId = FactId(0);
pub(super) const TRAINING: FactId = FactId(1);
pub(super) const ACCESS: FactId = FactId(2);

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

pub(super) const SUBJECT: VarId = VarId(0);
pub(super) const OTHER: VarId = VarId(1);
pub(super) const THIRD: VarId = VarId(2);

pub(super) const TODAY: Date = date(2026, 6, 30);

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
        fresh: if kind == FactKind::State { Duration::days(31) } else { Duration::days(0) },
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
    [
        fact("person", FactKind::State, Some(ID), &roster),
        fact("training", FactKind::Event { at: AT }, None, &trainings),
        fact("access", FactKind::Event { at: AT }, None, &accesses),
    ]
    .into_iter()
    .collect()
}

/// A rule about every person whose requirement is `require`.
pub(super) fn rule(require: Expr) -> Rule {
    let vars = [("p", PERSON), ("x", TRAINING), ("y", ACCESS)];
    Rule {
        name: "rule".to_owned(),
        label: "rule".to_owned(),
        doc: String::new(),
        covers: vec![DutyId(0)],
        severity: Severity::Minor,
        population: Some(Population { rows: quantifier(SUBJECT, PERSON, None), or_none: false }),
        require,
        excused: Vec::new(),
        due: None,
        message: Template::default(),
        remedy: None,
        vars: vars.map(|(name, fact)| Binding { name: name.to_owned(), fact }).into_iter().collect(),
        span: Span::default(),
    }
}

pub(super) fn program(rule: Rule) -> Program {
    let values = [("staff", "一般"), ("head", "責任者")];
    let values = values.map(|(name, label)| EnumValue { name: name.to_owned(), label: label.to_owned() });
    let limit = Param {
        name: "limit".to_owned(),
        label: "limit".to_owned(),
        kind: Kind::Int,
        value: Value::Int(2),
        rationale: String::new(),
        overridden: false,
    };
    Program {
        zone: TimeZone::get("Asia/Tokyo").unwrap(),
        standards: Vec::new(),
        sections: IndexVec::new(),
        criteria: IndexVec::new(),
        duties: IndexVec::new(),
        enums: [Enum { name: "rank".to_owned(), label: "職位".to_owned(), values: values.to_vec() }]
            .into_iter()
            .collect(),
        facts: facts(),
        params: [limit].into_iter().collect(),
        rules: [rule].into_iter().collect(),
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

/// Evidence under construction: complete and fresh unless said otherwise.
pub(super) struct World {
    pub(super) rows: [Vec<Vec<Cell>>; 3],
    pub(super) held: [Option<Held>; 3],
}

impl World {
    pub(super) fn new(people: &[Vec<Cell>]) -> Self {
        let roster =
            Held::State(Some(Taken { at: "2026-06-29T15:00:00Z".parse().unwrap(), defects: vec![] }));
        let log = Held::Log(vec![stretch("2000-01-01", "2026-07-01", vec![])]);
        Self {
            rows: [people.to_vec(), Vec::new(), Vec::new()],
            held: [Some(roster), Some(log.clone()), Some(log)],
        }
    }

    pub(super) fn with(mut self, fact: FactId, rows: &[Vec<Cell>]) -> Self {
        self.rows[fact.0 as usize].extend(rows.iter().cloned());
        self
    }

    pub(super) fn holding(mut self, fact: FactId, held: Option<Held>) -> Self {
        self.held[fact.0 as usize] = held;
        self
    }

    fn evidence(&self, program: &Program) -> Evidence {
        let mut evidence = Evidence::empty(program);
        for (fact, declared) in program.facts.iter() {
            let mut table = TableBuilder::new(declared);
            for (row, line) in self.rows[fact.0 as usize].iter().zip(1..) {
                table.push(row.clone(), Origin { source: 0, artifact: 0, line });
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
        let program = program(rule);
        assert_eq!(kijun_ir::invariants::check(&program), None);
        let evidence = self.evidence(&program);
        let occasion =
            Occasion { today: TODAY, period_start: date(2026, 4, 1), period_end: date(2027, 3, 31) };
        look(&Snapshot::new(&program, &evidence, occasion))
    }

    /// The proof of the first person.
    pub(super) fn prove(&self, rule: Rule) -> crate::Proof {
        self.see(rule, |snapshot| crate::prove(snapshot, RuleId(0), Some(0)))
    }
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
        Value::Enum(_) => Kind::Enum(EnumId(0)),
    };
    Expr::new(ExprKind::Literal(value), kind, Span::default())
}

pub(super) fn length(duration: Duration) -> Expr {
    literal(Cell::Known(Value::Duration(duration)))
}

/// A field of the subject, a training `x` or an access `y`.
pub(super) fn field(var: VarId, field: FieldId) -> Expr {
    let fact = FactId(var.0);
    let ty = facts()[fact].fields[field].ty;
    Expr { kind: ExprKind::Field { var, field }, ty, span: Span::default() }
}

pub(super) fn follow(base: Expr, field: FieldId) -> Expr {
    let ty = facts()[PERSON].fields[field].ty;
    Expr { kind: ExprKind::Follow { base: Box::new(base), fact: PERSON, field }, ty, span: Span::default() }
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
    Quantifier { var, fact, condition, span: Span::default() }
}

pub(super) fn some(var: VarId, condition: Expr) -> Expr {
    let quantifier = quantifier(var, FactId(var.0), Some(condition));
    self::condition(ExprKind::Some(Box::new(quantifier)))
}

pub(super) fn count(var: VarId, condition: Expr, op: CompareOp, bound: Expr) -> Expr {
    let quantifier = quantifier(var, FactId(var.0), Some(condition));
    self::condition(ExprKind::Count { quantifier: Box::new(quantifier), op, bound: Box::new(bound) })
}
