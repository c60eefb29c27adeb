//! How long it takes to judge and to prove pairs of events that all happened at one instant: `ties [events] [proofs]`.
#![expect(clippy::print_stdout, reason = "it is for this that it is run")]
#![expect(clippy::disallowed_methods, reason = "it measures time")]

use std::time::Instant;

use jiff::Timestamp;
use jiff::civil::date;
use kijun_eval::{
    Evidence, Held, Occasion, Origin, Snapshot, SourceCoverage, Stretch, Subject, TableBuilder, evaluate,
    prove,
};
use kijun_ir::{
    Binding, Calendar, Cell, Class, DutyId, Expr, ExprKind, Fact, FactId, FactKind, Field, FieldId,
    Freshness, Judged, Kind, Pair, Population, Program, Quantifier, Rule, RuleId, Severity, Template, Type,
    Value, VarId,
};
use kijun_source::Span;

const LOG: FactId = FactId(0);
const OCCASION: Occasion =
    Occasion { today: date(2026, 6, 30), period_start: date(2026, 6, 1), period_end: date(2026, 6, 30) };

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse().ok());
    let (events, proofs) = (numbers.next().unwrap_or(2_000), numbers.next().unwrap_or(100) as usize);
    let program = program();
    let evidence = evidence(&program, events);
    let snapshot = Snapshot::new(&program, &evidence, OCCASION);
    let start = Instant::now();
    let outcome = evaluate(&snapshot);
    let subjects = outcome.rules[RuleId(0)].subjects.iter().map(|subject| subject.subject);
    let subjects: Vec<Subject> = subjects.take(proofs).collect();
    println!("{events} events: judged in {:.3} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    for subject in &subjects {
        prove(&snapshot, RuleId(0), *subject);
    }
    println!("{} subjects: proved in {:.3} s", subjects.len(), start.elapsed().as_secs_f64());
}

/// A log, and a rule about each two entries of a person, one after the other.
fn program() -> Program {
    let field = |name: &str, kind| Field {
        name: name.to_owned(),
        label: String::new(),
        ty: Type::required(kind),
        class: Class::Open,
    };
    let log = Fact {
        name: "log".to_owned(),
        label: String::new(),
        doc: String::new(),
        kind: FactKind::Event { at: FieldId(0) },
        fields: [field("at", Kind::DateTime), field("who", Kind::Text)].into_iter().collect(),
        key: None,
        valid: None,
        fresh: Freshness::default(),
        kept: None,
        rows: Vec::new(),
        span: Span::default(),
    };
    let rows = Quantifier { var: VarId(0), fact: LOG, at: None, condition: None, span: Span::default() };
    let pair = Some(Pair { second: VarId(1), by: vec![FieldId(1)] });
    let binding = || Binding { name: String::new(), fact: LOG };
    let rule = Rule {
        name: "rule".to_owned(),
        label: String::new(),
        doc: String::new(),
        covers: vec![DutyId(0)],
        severity: Severity::Minor,
        judged: Judged::AtToday,
        population: Some(Population { rows, pair, or_none: true }),
        require: Expr::new(ExprKind::Literal(Value::Bool(false)), Kind::Bool, Span::default()),
        excused: Vec::new(),
        due: None,
        message: Template::default(),
        remedy: None,
        vars: [binding(), binding()].into_iter().collect(),
        span: Span::default(),
    };
    Program {
        facts: [log].into_iter().collect(),
        rules: [rule].into_iter().collect(),
        ..Program::new(Calendar::japan())
    }
}

/// So many events of one person at one instant.
fn evidence(program: &Program, events: u32) -> Evidence {
    let mut evidence = Evidence::empty(program);
    let mut table = TableBuilder::new(&program.facts[LOG]);
    let cells =
        [Value::DateTime(Timestamp::from_second(1_782_700_000).unwrap_or_default()), Value::text("甲")];
    for line in 1..=events {
        table.push(cells.clone().map(Cell::Known).to_vec(), Origin { line, ..Origin::default() });
    }
    evidence.tables[LOG] = table.finish(&mut evidence.dictionary);
    let whole = Stretch { from: Timestamp::MIN, to: Timestamp::MAX, defects: Vec::new() };
    let held = Held::Log(vec![whole]);
    evidence.coverage[LOG] = vec![SourceCoverage { source: "log".to_owned(), held }];
    evidence
}
