//! Both evaluators give what the truth tables of the operators say.

#![expect(clippy::expect_used, reason = "a test stops where its premises fail")]

use jiff::Timestamp;
use jiff::civil::{Date, date};
use kijun_eval::{
    Evidence, Held, Occasion, Origin, Outcome, Snapshot, SourceCoverage, Stretch, TableBuilder, Taken,
    evaluate, prove_all,
};
use kijun_ir::truth_tables::{Case, RowExprs, Rows, cases, cell_of};
use kijun_ir::{
    Binding, Calendar, Cell, Class, CompareOp, DutyId, Expr, ExprKind, Fact, FactId, FactKind, Field,
    FieldId, Freshness, Judged, Kind, Population, Program, Quantifier, Rule, Severity, Template, Type, Value,
    VarId, Verdict, calendar,
};
use kijun_source::Span;

const OPERANDS: FactId = FactId(0);
const ROWS: FactId = FactId(1);
const SUBJECT: VarId = VarId(0);
const ROW: VarId = VarId(1);
/// The dates of the rows lie in the period.
const OCCASION: Occasion =
    Occasion { today: date(2026, 4, 30), period_start: date(2026, 4, 1), period_end: date(2026, 4, 30) };

#[test]
fn the_columnar_evaluator_gives_what_the_tables_say() {
    for case in cases() {
        check(&case, |program, evidence| evaluate(&Snapshot::new(program, evidence, OCCASION)));
    }
}

#[test]
fn the_prover_gives_what_the_tables_say() {
    for case in cases() {
        check(&case, |program, evidence| prove_all(&Snapshot::plain(program, evidence, OCCASION)));
    }
}

/// The case as two rules about the one row of operands: whether the value is `none`, and whether it is the one expected.
fn check(case: &Case, judge: impl Fn(&Program, &Evidence) -> Outcome) {
    let mut program = program(case);
    let asked = expr(case);
    let expected = match &case.expected {
        Cell::Known(Value::Bool(_)) | Cell::Unknown if asked.ty.kind == Kind::Bool => {
            program.rules.push(rule(asked));
            vec![truth_verdict(&case.expected)]
        }
        Cell::Known(value) => {
            let literal = Expr::new(ExprKind::Literal(value.clone()), asked.ty.kind, Span::default());
            program.rules.push(rule(is_none(asked.clone())));
            program.rules.push(rule(equal(asked, literal)));
            vec![Verdict::Violated, Verdict::Met]
        }
        Cell::None => {
            program.rules.push(rule(is_none(asked)));
            vec![Verdict::Met]
        }
        Cell::Unknown => {
            program.rules.push(rule(is_none(asked)));
            vec![Verdict::Undetermined]
        }
    };
    let outcome = judge(&program, &evidence(case, &program));
    let given: Vec<Verdict> = outcome.rules.values().map(|rule| rule.verdict).collect();
    assert_eq!(given, expected, "{case:#?}");
}

fn truth_verdict(cell: &Cell) -> Verdict {
    match cell {
        Cell::Known(Value::Bool(true)) => Verdict::Met,
        Cell::Known(Value::Bool(false)) => Verdict::Violated,
        _ => Verdict::Undetermined,
    }
}

fn condition(kind: ExprKind) -> Expr {
    Expr::new(kind, Kind::Bool, Span::default())
}

fn is_none(value: Expr) -> Expr {
    condition(ExprKind::IsNone(Box::new(value)))
}

fn equal(left: Expr, right: Expr) -> Expr {
    condition(ExprKind::Compare { op: CompareOp::Eq, left: Box::new(left), right: Box::new(right) })
}

fn and(left: Expr, right: Expr) -> Expr {
    condition(ExprKind::And(vec![left, right]))
}

fn field(var: VarId, field: u32, kind: Kind) -> Expr {
    let ty = Type { kind, optional: true };
    Expr { kind: ExprKind::Field { var, field: FieldId(field) }, ty, span: Span::default() }
}

/// The expression of a case over the fields of the evidence below.
fn expr(case: &Case) -> Expr {
    let operands = (0..).zip(operand_kinds(case)).map(|(index, kind)| field(SUBJECT, index, kind));
    let rows = case.rows.as_ref().map(row_exprs);
    case.expr(operands.collect(), rows).expect("the operands fit the operator")
}

/// The rows lie in the period, so that their log can cover what is asked.
fn row_exprs(rows: &Rows) -> RowExprs {
    let period = Expr::new(ExprKind::Period, Kind::Period, Span::default());
    let [time, period] = [field(ROW, 0, Kind::Date), period].map(Box::new);
    let in_period = condition(ExprKind::InPeriod { time, period });
    RowExprs {
        rows: Quantifier { var: ROW, fact: ROWS, at: None, condition: None, span: Span::default() },
        condition: and(in_period, field(ROW, 1, Kind::Bool)),
        has: field(ROW, 2, Kind::Bool),
        value: field(ROW, 3, value_kind(rows)),
    }
}

/// The kinds of the operands; one that is nowhere known has that of another.
fn operand_kinds(case: &Case) -> Vec<Kind> {
    use kijun_ir::truth_tables::Operator;
    let known: Vec<Option<Kind>> = case.operands.iter().map(kind_of).collect();
    let any = known.iter().flatten().next().copied();
    let kind_at = |index: usize| match (case.operator, index) {
        (Operator::Not | Operator::And | Operator::Or | Operator::Needs, _) | (Operator::If, 0) => Kind::Bool,
        (Operator::If, _) => known[1].or(known[2]).unwrap_or(Kind::Int),
        (Operator::InPeriod, 0) => Kind::Date,
        (Operator::InPeriod, _) => Kind::Period,
        (Operator::InCidr, 0) => Kind::Ip,
        (Operator::InCidr, _) => Kind::Cidr,
        (Operator::StartsWith | Operator::Contains, _) => Kind::Text,
        _ => any.unwrap_or(Kind::Int),
    };
    (0..known.len()).map(kind_at).collect()
}

fn value_kind(rows: &Rows) -> Kind {
    rows.rows.iter().find_map(|row| kind_of(&row.value)).unwrap_or(Kind::Int)
}

fn kind_of(cell: &Cell) -> Option<Kind> {
    let Cell::Known(value) = cell else { return None };
    Some(match value {
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
        Value::Enum(_) => panic!("no table has values of an enum"),
    })
}

fn program(case: &Case) -> Program {
    let operands = operand_kinds(case);
    let value = case.rows.as_ref().map_or(Kind::Int, value_kind);
    let rows = [Kind::Date, Kind::Bool, Kind::Bool, value];
    let event = FactKind::Event { at: FieldId(0) };
    Program {
        facts: [fact("operands", FactKind::State, &operands), fact("rows", event, &rows)]
            .into_iter()
            .collect(),
        ..Program::new(Calendar::japan())
    }
}

fn fact(name: &str, kind: FactKind, kinds: &[Kind]) -> Fact {
    let fields = (0..).zip(kinds).map(|(index, field)| Field {
        name: "field".to_owned(),
        label: String::new(),
        ty: Type { kind: *field, optional: kind != FactKind::Event { at: FieldId(index) } },
        class: Class::Open,
    });
    Fact {
        name: name.to_owned(),
        label: String::new(),
        doc: String::new(),
        kind,
        fields: fields.collect(),
        key: None,
        valid: None,
        fresh: Freshness::default(),
        kept: None,
        rows: Vec::new(),
        span: Span::default(),
    }
}

/// The rule that each row of operands satisfies a condition.
fn rule(require: Expr) -> Rule {
    let rows = Quantifier { var: SUBJECT, fact: OPERANDS, at: None, condition: None, span: Span::default() };
    let binding = |fact| Binding { name: String::new(), fact };
    Rule {
        name: "rule".to_owned(),
        label: String::new(),
        doc: String::new(),
        covers: vec![DutyId(0)],
        severity: Severity::Minor,
        judged: Judged::AtToday,
        population: Some(Population { rows, pair: None, or_none: false }),
        require,
        excused: Vec::new(),
        due: None,
        message: Template::default(),
        remedy: None,
        vars: [binding(OPERANDS), binding(ROWS)].into_iter().collect(),
        span: Span::default(),
    }
}

fn start_of(day: Date) -> Timestamp {
    calendar::start_of_day(day, &Calendar::japan().zone).expect("midnight")
}

/// One row of operands, and the rows of the case with a log that covers the period or not.
fn evidence(case: &Case, program: &Program) -> Evidence {
    let mut evidence = Evidence::empty(program);
    let taken = Taken { at: start_of(OCCASION.today), defects: Vec::new() };
    put(program, &mut evidence, OPERANDS, std::slice::from_ref(&case.operands), Held::State(vec![taken]));
    let Some(rows) = &case.rows else { return evidence };
    let cells = rows.rows.iter().map(|row| {
        let time = Cell::Known(Value::Date(row.time));
        vec![time, cell_of(row.condition), cell_of(row.has), row.value.clone()]
    });
    let cells: Vec<Vec<Cell>> = cells.collect();
    let to = if rows.covered { date(2026, 5, 1) } else { date(2026, 4, 20) };
    let stretch = Stretch { from: start_of(OCCASION.period_start), to: start_of(to), defects: Vec::new() };
    put(program, &mut evidence, ROWS, &cells, Held::Log(vec![stretch]));
    evidence
}

fn put(program: &Program, evidence: &mut Evidence, fact: FactId, rows: &[Vec<Cell>], held: Held) {
    let mut table = TableBuilder::new(&program.facts[fact]);
    for (line, cells) in (1..).zip(rows) {
        table.push(cells.clone(), Origin { line, ..Origin::default() });
    }
    evidence.tables[fact] = table.finish(&mut evidence.dictionary);
    evidence.coverage[fact] = vec![SourceCoverage { source: "source".to_owned(), held }];
}
