//! What counts as of which moment, and what may be missing between what is there.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use kijun_ir::{
    Branch, Calendar, Cell, Class, CompareOp, Duration, DutyId, Expr, ExprKind, Fact, FactId, FactKind,
    Field, FieldId, Freshness, Judged, Kind, Pair, Population, Program, Quantifier, Relation, RelationId,
    Rule, Severity, Template, Truth, Type, Value, VarId,
};
use kijun_source::Span;

use super::{AsOf, Derivation, DerivedRow, Occasion, Paired, Snapshot};
use crate::{
    Defect, Evidence, Gap, GapKind, Held, Origin, SourceCoverage, Stretch, Subject, TableBuilder, Taken,
};

const FACT: FactId = FactId(0);
const FIRST: VarId = VarId(0);
const SECOND: VarId = VarId(1);
const TODAY: Date = date(2026, 6, 30);
const OCCASION: Occasion =
    Occasion { today: TODAY, period_start: date(2026, 6, 29), period_end: date(2026, 6, 30) };

/// Fields 0 `at`, and 1 `who`.
fn fact(kind: FactKind, time: Kind) -> Fact {
    let field = |name: &str, kind| Field {
        name: name.to_owned(),
        label: String::new(),
        ty: Type::required(kind),
        class: Class::Open,
    };
    Fact {
        name: "fact".to_owned(),
        label: String::new(),
        doc: String::new(),
        kind,
        fields: [field("at", time), field("who", Kind::Text)].into_iter().collect(),
        key: None,
        valid: None,
        fresh: Freshness::default(),
        kept: None,
        rows: Vec::new(),
        span: Span::default(),
    }
}

fn program(facts: Vec<Fact>) -> Program {
    Program { facts: facts.into_iter().collect(), ..Program::new(Calendar::japan()) }
}

/// A rule about the rows of the fact that `binds` so many variables to it.
fn rule(judged: Judged, rows: Quantifier, pair: Option<Pair>) -> Rule {
    let binding = kijun_ir::Binding { name: String::new(), fact: FACT };
    Rule {
        name: "rule".to_owned(),
        label: String::new(),
        doc: String::new(),
        covers: vec![DutyId(0)],
        severity: Severity::Minor,
        judged,
        population: Some(Population { rows, pair, or_none: true }),
        require: Expr::new(ExprKind::Literal(Value::Bool(true)), Kind::Bool, Span::default()),
        excused: Vec::new(),
        due: None,
        message: Template::default(),
        remedy: None,
        vars: [binding.clone(), binding].into_iter().collect(),
        span: Span::default(),
    }
}

fn all_rows(condition: Option<Expr>) -> Quantifier {
    Quantifier { var: FIRST, fact: FACT, at: None, condition, span: Span::default() }
}

/// `first.at`.
fn first_at() -> Box<Expr> {
    let kind = ExprKind::Field { var: FIRST, field: FieldId(0) };
    Box::new(Expr::new(kind, Kind::DateTime, Span::default()))
}

/// `first.at in period`.
fn in_period() -> Expr {
    let period = Expr::new(ExprKind::Period, Kind::Period, Span::default());
    let kind = ExprKind::InPeriod { time: first_at(), period: Box::new(period) };
    Expr::new(kind, Kind::Bool, Span::default())
}

/// `first.at == …`.
fn just_at(time: &str) -> Expr {
    let limit = ExprKind::Literal(Value::DateTime(at(time)));
    let right = Box::new(Expr::new(limit, Kind::DateTime, Span::default()));
    let kind = ExprKind::Compare { op: CompareOp::Eq, left: first_at(), right };
    Expr::new(kind, Kind::Bool, Span::default())
}

fn at(text: &str) -> Timestamp {
    format!("{text}:00+09:00").parse().unwrap()
}

fn text(text: &str) -> Cell {
    Cell::Known(Value::text(text))
}

fn instant(time: &str) -> Cell {
    Cell::Known(Value::DateTime(at(time)))
}

fn evidence(program: &Program, rows: &[[Cell; 2]], held: Held) -> Evidence {
    let mut evidence = Evidence::empty(program);
    let mut table = TableBuilder::new(&program.facts[FACT]);
    for (line, cells) in (1..).zip(rows) {
        table.push(cells.to_vec(), Origin { line, ..Origin::default() });
    }
    evidence.tables[FACT] = table.finish(&mut evidence.dictionary);
    evidence.coverage[FACT] = vec![SourceCoverage { source: "source".to_owned(), held }];
    evidence
}

fn log(from: &str, to: &str) -> Held {
    Held::Log(vec![Stretch { from: at(from), to: at(to), defects: Vec::new() }])
}

fn gap(kind: GapKind) -> Gap {
    Gap { fact: FACT, source: Some("source".to_owned()), kind }
}

fn log_of_both_days() -> Held {
    log("2026-06-29T00:00", "2026-07-01T00:00")
}

const PAIR: Pair = Pair { second: SECOND, by: Vec::new() };

/// The pairs by `who` with how sure they are, and what is missing of them.
fn pairs(condition: Expr, rows: &[[Cell; 2]], held: Held) -> (Vec<(u32, u32, Truth)>, Vec<Gap>) {
    let program = program(vec![fact(FactKind::Event { at: FieldId(0) }, Kind::DateTime)]);
    let evidence = evidence(&program, rows, held);
    let snapshot = Snapshot::new(&program, &evidence, OCCASION);
    let pair = Pair { by: vec![FieldId(1)], ..PAIR };
    let rule = rule(Judged::AtToday, all_rows(Some(condition)), Some(pair));
    let found = snapshot.candidates(&rule, None).into_iter().map(|(subject, truth)| match subject {
        Subject::Pair(first, second) => (first, second, truth),
        other => panic!("{other:?} is no pair"),
    });
    (found.collect(), snapshot.gaps_of_population(&rule, None))
}

const MORNING: &str = "2026-06-29T08:00";
const NOON: &str = "2026-06-29T12:00";
const EVENING: &str = "2026-06-30T20:00";

#[test]
fn an_event_that_may_lie_between_makes_a_pair_unknown() {
    let whole = log_of_both_days;
    let [a, c] = [[instant(MORNING), text("甲")], [instant(EVENING), text("甲")]];
    let rows = |between: Cell| [a.clone(), [instant(NOON), between], c.clone()];
    assert_eq!(pairs(in_period(), &rows(text("乙")), whole()), (vec![(0, 2, Truth::True)], Vec::new()));
    let unpaired = Gap { source: None, ..gap(GapKind::Unpaired(1)) };
    assert_eq!(
        pairs(in_period(), &rows(Cell::Unknown), whole()),
        (vec![(0, 2, Truth::Unknown)], vec![unpaired])
    );
    assert_eq!(pairs(in_period(), &rows(Cell::None), whole()).0, [(0, 2, Truth::True)]);
}

#[test]
fn the_later_event_of_a_pair_may_be_missing() {
    // The earlier one lies in the period, or just in the morning; the later one may have happened until now.
    let rows = [[instant(MORNING), text("甲")]];
    for condition in [in_period(), just_at(MORNING)] {
        let missing = GapKind::Uncollected { from: Some(at(EVENING)), to: at("2026-07-01T00:00") };
        assert_eq!(pairs(condition, &rows, log("2026-06-29T00:00", EVENING)).1, [gap(missing)]);
    }
    assert_eq!(pairs(in_period(), &rows, log("2026-06-29T00:00", "2026-07-01T00:00")).1, []);
}

#[test]
fn a_log_without_a_source_pairs_nothing_for_sure() {
    let program = program(vec![fact(FactKind::Event { at: FieldId(0) }, Kind::DateTime)]);
    let rows = [[instant(MORNING), text("甲")], [instant(EVENING), text("甲")]];
    let mut evidence = evidence(&program, &rows, log(MORNING, EVENING));
    evidence.coverage[FACT].clear();
    let snapshot = Snapshot::new(&program, &evidence, OCCASION);
    assert_eq!(snapshot.pairs(FACT, &[FieldId(1)]).all()[0].truth, Truth::Unknown);
}

#[test]
fn events_of_a_day_are_covered_when_all_of_the_day_is() {
    let program = program(vec![fact(FactKind::Event { at: FieldId(0) }, Kind::Date)]);
    let day = |day| [Cell::Known(Value::Date(day)), text("甲")];
    let rows = [day(date(2026, 6, 29)), day(TODAY)];
    let truth = |to: &str| {
        let evidence = evidence(&program, &rows, log("2026-06-29T00:00", to));
        Snapshot::new(&program, &evidence, OCCASION).pairs(FACT, &[FieldId(1)]).all()[0].truth
    };
    assert_eq!(truth("2026-07-01T00:00"), Truth::True);
    // In the rest of the day another may have happened.
    assert_eq!(truth("2026-06-30T12:00"), Truth::Unknown);
}

#[test]
fn equal_lengths_in_other_words_are_the_same_chain() {
    let mut log = fact(FactKind::Event { at: FieldId(0) }, Kind::DateTime);
    log.fields[FieldId(1)].ty.kind = Kind::Duration;
    let program = program(vec![log]);
    let length = |length| Cell::Known(Value::Duration(length));
    let rows = [
        [instant(MORNING), length(Duration::days(1))],
        [instant(EVENING), length(Duration::seconds(86_400))],
    ];
    let evidence = evidence(&program, &rows, log_of_both_days());
    let snapshot = Snapshot::new(&program, &evidence, OCCASION);
    let pairs = snapshot.pairs(FACT, &[FieldId(1)]);
    assert_eq!(pairs.all(), [Paired { first: 0, second: 1, truth: Truth::True }]);
    assert_eq!([pairs.truth(0, 1), pairs.truth(1, 0)], [Truth::True, Truth::False]);
}

fn pictures(times: &[&str]) -> Held {
    Held::State(times.iter().map(|time| Taken { at: at(time), defects: Vec::<Defect>::new() }).collect())
}

#[test]
fn what_was_before_a_picture_is_looked_at_too() {
    let program = program(vec![fact(FactKind::State, Kind::DateTime)]);
    let rule = rule(Judged::ThroughoutPeriod, all_rows(None), None);
    let moments = |times: &[&str]| {
        let evidence = evidence(&program, &[], pictures(times));
        Snapshot::new(&program, &evidence, OCCASION).moments(&rule)
    };
    let ends = ["2026-06-29", "2026-06-30"]
        .map(|day| at(&format!("{day}T23:59")) + jiff::Span::new().microseconds(59_999_999));
    assert_eq!(moments(&[]), ends);
    // Without the first moment nobody would notice that the state of the morning is not known.
    assert_eq!(moments(&[NOON]), [at("2026-06-29T00:00"), at(NOON), ends[0], ends[1]]);
}

#[test]
fn a_picture_says_nothing_of_the_time_before() {
    let program = program(vec![fact(FactKind::State, Kind::DateTime)]);
    let evidence = evidence(&program, &[], pictures(&[NOON]));
    let snapshot = Snapshot::new(&program, &evidence, OCCASION);
    let gaps = |time: &str| snapshot.view(FACT, AsOf::Moment(at(time))).unwrap().gaps().to_vec();
    assert_eq!(gaps(MORNING), [gap(GapKind::Later(at(NOON)))]);
    assert_eq!(gaps(NOON), []);
    assert_eq!(gaps(EVENING), [gap(GapKind::Stale(at(NOON)))]);
}

#[test]
fn no_picture_shows_what_will_be() {
    let mut state = fact(FactKind::State, Kind::DateTime);
    state.fresh = Freshness::Fixed(Duration::days(31));
    let program = program(vec![state]);
    let evidence = evidence(&program, &[], pictures(&[NOON, "2026-07-05T12:00"]));
    let snapshot = Snapshot::new(&program, &evidence, OCCASION);
    let is_known = |time: &str| snapshot.view(FACT, AsOf::Moment(at(time))).is_some();
    assert!(is_known(EVENING) && !is_known("2026-07-01T00:00") && !is_known("2026-07-06T00:00"));
    let gaps = snapshot.quantifier_gaps(FACT, AsOf::Moment(at("2026-07-01T00:00")), None);
    assert_eq!(gaps, [Gap { source: None, ..gap(GapKind::Ahead) }]);
}

/// Derives two rows, of one of which a cell is not known.
fn two_rows(_: &Snapshot<'_>, group: &[RelationId], _: Timestamp) -> Vec<Derivation> {
    let row = |who: Cell, sure| DerivedRow { cells: vec![instant(NOON), who], sure, support: Vec::new() };
    let rows = vec![row(text("甲"), true), row(Cell::Unknown, false)];
    group.iter().map(|_| Derivation { rows: rows.clone(), gaps: Vec::new() }).collect()
}

#[test]
fn a_derived_row_with_an_unknown_cell_may_be_several() {
    let mut program = program(vec![fact(FactKind::Relation(RelationId(0)), Kind::DateTime)]);
    let branches: Vec<Branch> = Vec::new();
    let relation =
        Relation { fact: FACT, branches, recursive: false, stratum: 0, reads: Vec::new(), timed: false };
    program.relations.push(relation);
    let evidence = Evidence::empty(&program);
    let snapshot = Snapshot::with(&program, &evidence, OCCASION, two_rows);
    let view = snapshot.view(FACT, AsOf::Today).unwrap();
    let shown: Vec<_> = view.rows().iter().map(|row| (view.truth(*row), view.may_be_several(*row))).collect();
    assert_eq!(shown, [(Truth::Unknown, true), (Truth::True, false)]);
}

#[test]
fn derived_rows_with_equal_decimals_are_one_in_one_form() {
    let literal = |number: &str| {
        let value = Value::Decimal(number.parse().unwrap());
        Expr::new(ExprKind::Literal(value), Kind::Decimal, Span::default())
    };
    let branch = |number| Branch {
        atoms: vec![all_rows(None)],
        condition: None,
        yields: vec![literal(number)],
        vars: [kijun_ir::Binding { name: String::new(), fact: FACT }].into_iter().collect(),
        span: Span::default(),
    };
    for numbers in [["1", "1.0"], ["1.00", "1"], ["1.0", "1.00"]] {
        let mut program = program(vec![fact(FactKind::Event { at: FieldId(0) }, Kind::DateTime)]);
        let fact = program.facts.push(fact(FactKind::Relation(RelationId(0)), Kind::DateTime));
        let branches = numbers.map(branch).to_vec();
        let relation =
            Relation { fact, branches, recursive: false, stratum: 0, reads: vec![FACT], timed: false };
        program.relations.push(relation);
        let rows = [[instant(MORNING), text("甲")], [instant(EVENING), text("甲")]];
        let evidence = evidence(&program, &rows, log_of_both_days());
        let snapshot = Snapshot::new(&program, &evidence, OCCASION);
        for derive in [crate::prover::derive, crate::columnar::derive] {
            let derived = derive(&snapshot, &[RelationId(0)], snapshot.end_of_today());
            let cells: Vec<String> = derived[0].rows.iter().map(|row| format!("{:?}", row.cells)).collect();
            assert_eq!(cells, ["[Known(Decimal(1))]"], "{numbers:?}");
        }
    }
}
