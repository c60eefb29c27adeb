//! Every combination of operands and rows that the tables show.

use jiff::civil::{Date, date};

use super::{Case, Operator, Row, Rows, cell_of, reference};
use crate::{AggregateOp, ArithmeticOp, Cell, CompareOp, Duration, Period, Truth, Value, network};

const TRUTHS: [Truth; 3] = [Truth::True, Truth::False, Truth::Unknown];

/// All comparisons.
pub(super) const COMPARISONS: [CompareOp; 6] =
    [CompareOp::Eq, CompareOp::Ne, CompareOp::Lt, CompareOp::Le, CompareOp::Gt, CompareOp::Ge];
/// All arithmetic.
pub(super) const ARITHMETIC: [ArithmeticOp; 3] = [ArithmeticOp::Add, ArithmeticOp::Sub, ArithmeticOp::Mul];
/// What is made of values without regard to their time.
pub(super) const TIMELESS: [AggregateOp; 5] =
    [AggregateOp::Count, AggregateOp::CountDistinct, AggregateOp::Sum, AggregateOp::Min, AggregateOp::Max];
/// What is made of the value at a time.
pub(super) const TIMED: [AggregateOp; 2] = [AggregateOp::First, AggregateOp::Latest];

/// All cases, by operator.
pub fn cases() -> Vec<Case> {
    combinations().into_iter().chain(edges()).collect()
}

/// Every operator over every combination of operands or rows.
pub(super) fn combinations() -> Vec<Case> {
    let mut cases = connectives();
    cases.extend(choices());
    cases.extend(comparisons());
    cases.extend(membership());
    cases.extend(texts());
    cases.extend(arithmetic());
    cases.extend(quantifiers());
    cases.extend(aggregates());
    cases
}

/// Operators over values of several units, and over values whose sum may be out of range.
pub(super) fn edges() -> Vec<Case> {
    let covered = |op, values: &[Cell]| {
        let rows = values.iter().map(|value| row(Truth::True, value.clone())).collect();
        case(Operator::Aggregate(op), Vec::new(), Some(Rows { rows, covered: true }))
    };
    let (month, months, days) = (length(MONTH), length(Duration::months(2)), length(DAYS));
    vec![
        case(Operator::If, vec![Cell::Unknown, length(DAY), length(HOURS)], None),
        covered(AggregateOp::Min, &[month.clone(), days.clone()]),
        covered(AggregateOp::Max, &[month.clone(), days]),
        covered(AggregateOp::Min, &[month.clone(), months.clone()]),
        covered(AggregateOp::Max, &[month, months]),
        covered(AggregateOp::Sum, &[int(i64::MAX), int(1)]),
        covered(AggregateOp::Sum, &[int(i64::MAX), int(1), int(-1)]),
    ]
}

fn case(operator: Operator, operands: Vec<Cell>, rows: Option<Rows>) -> Case {
    let mut case = Case { operator, operands, rows, expected: Cell::Unknown };
    case.expected = reference::outcome(&case);
    case
}

fn int(value: i64) -> Cell {
    Cell::Known(Value::Int(value))
}

fn length(duration: Duration) -> Cell {
    Cell::Known(Value::Duration(duration))
}

fn text(text: &str) -> Cell {
    Cell::Known(Value::text(text))
}

fn truths() -> Vec<Cell> {
    TRUTHS.map(cell_of).to_vec()
}

/// Two values, `none` and unknown.
fn cells() -> Vec<Cell> {
    vec![int(1), int(2), Cell::None, Cell::Unknown]
}

/// Every way to take one of each list.
fn product(lists: &[Vec<Cell>]) -> Vec<Vec<Cell>> {
    lists.iter().fold(vec![Vec::new()], |taken, list| {
        let with = |taken: &Vec<Cell>, cell: &Cell| taken.iter().chain([cell]).cloned().collect();
        taken.iter().flat_map(|taken| list.iter().map(move |cell| with(taken, cell))).collect()
    })
}

fn over(operators: &[Operator], lists: &[Vec<Cell>]) -> Vec<Case> {
    let combinations = product(lists);
    let mut cases = Vec::new();
    for operator in operators {
        cases.extend(combinations.iter().map(|operands| case(*operator, operands.clone(), None)));
    }
    cases
}

fn connectives() -> Vec<Case> {
    let mut cases = over(&[Operator::Not], &[truths()]);
    cases.extend(over(&[Operator::And, Operator::Or, Operator::Needs], &[truths(), truths()]));
    cases
}

fn choices() -> Vec<Case> {
    let mut cases = over(&[Operator::If], &[truths(), cells(), cells()]);
    cases.extend(over(&[Operator::Else], &[vec![int(1), Cell::None, Cell::Unknown], cells()]));
    cases.extend(over(&[Operator::IsNone], &[vec![int(1), Cell::None, Cell::Unknown]]));
    cases
}

const DAY: Duration = Duration::days(1);
const HOURS: Duration = Duration::seconds(24 * 60 * 60);
const MONTH: Duration = Duration::months(1);
const DAYS: Duration = Duration::days(30);

fn comparisons() -> Vec<Case> {
    let operators = COMPARISONS.map(Operator::Compare);
    let mut cases = over(&operators, &[cells(), cells()]);
    for (left, right) in
        [(DAY, HOURS), (MONTH, DAYS), (MONTH, Duration::months(2)), (Duration::business_days(1), DAY)]
    {
        cases.extend(over(&operators, &[vec![length(left)], vec![length(right)]]));
    }
    cases
}

fn membership() -> Vec<Case> {
    let mut cases = over(&[Operator::OneOf], &[cells(), cells(), cells()]);
    let day = |month, day| Cell::Known(Value::Date(date(2026, month, day)));
    let period = |start, end| Cell::Known(Value::Period(Period { start, end }));
    let times = vec![day(3, 31), day(4, 1), day(4, 30), day(5, 1), Cell::None, Cell::Unknown];
    let (first, last) = (date(2026, 4, 1), date(2026, 4, 30));
    let periods = vec![period(first, last), period(last, first), Cell::None, Cell::Unknown];
    cases.extend(over(&[Operator::InPeriod], &[times, periods]));
    let address = |text| network::parse_address(text).map_or(Cell::Unknown, |ip| Cell::Known(Value::Ip(ip)));
    let network =
        |text| network::parse_network(text).map_or(Cell::Unknown, |net| Cell::Known(Value::Cidr(net)));
    let addresses =
        vec![address("10.255.0.1"), address("11.0.0.1"), address("::1"), Cell::None, Cell::Unknown];
    let networks = vec![network("10.0.0.0/8"), network("::/0"), Cell::None, Cell::Unknown];
    cases.extend(over(&[Operator::InCidr], &[addresses, networks]));
    cases
}

fn texts() -> Vec<Case> {
    let wholes = vec![text("甲乙"), Cell::None, Cell::Unknown];
    let parts = vec![text("甲"), text("乙"), text("丙"), Cell::None, Cell::Unknown];
    over(&[Operator::StartsWith, Operator::Contains], &[wholes, parts])
}

fn arithmetic() -> Vec<Case> {
    let operators = ARITHMETIC.map(Operator::Arithmetic);
    let mut cases = over(&operators, &[cells(), cells()]);
    cases.extend(over(&operators, &[vec![int(i64::MAX)], vec![int(2), int(-2)]]));
    cases
}

/// Every way to take up to two of some rows, in no order.
fn up_to_two(rows: &[Row]) -> Vec<Vec<Row>> {
    let mut taken = vec![Vec::new()];
    taken.extend(rows.iter().map(|row| vec![row.clone()]));
    for (at, first) in rows.iter().enumerate() {
        taken.extend(rows[at..].iter().map(|second| vec![first.clone(), second.clone()]));
    }
    taken
}

fn over_rows(operators: &[Operator], operands: &[Vec<Cell>], rows: &[Vec<Row>]) -> Vec<Case> {
    let mut cases = Vec::new();
    for operator in operators {
        for rows in rows {
            for covered in [true, false] {
                for operands in product(operands) {
                    cases.push(case(*operator, operands, Some(Rows { rows: rows.clone(), covered })));
                }
            }
        }
    }
    cases
}

const FIRST: Date = date(2026, 4, 1);
const SECOND: Date = date(2026, 4, 2);

fn row(condition: Truth, value: Cell) -> Row {
    Row { condition, has: Truth::True, value, time: FIRST }
}

fn quantifiers() -> Vec<Case> {
    let rows = up_to_two(&TRUTHS.map(|truth| row(truth, int(1))));
    let mut cases = over_rows(&[Operator::Some, Operator::No], &[], &rows);
    let bounds = vec![int(0), int(1), int(2), Cell::Unknown];
    cases.extend(over_rows(&COMPARISONS.map(Operator::Count), &[bounds], &rows));
    let with_has =
        TRUTHS.iter().flat_map(|condition| TRUTHS.map(|has| Row { has, ..row(*condition, int(1)) }));
    cases.extend(over_rows(&[Operator::Every], &[], &up_to_two(&with_has.collect::<Vec<_>>())));
    cases.extend(over_rows(&[Operator::Covered], &[], &[Vec::new()]));
    cases
}

fn aggregates() -> Vec<Case> {
    let rows = valued_rows();
    let mut cases = over_rows(&TIMELESS.map(Operator::Aggregate), &[], &up_to_two(&rows));
    cases.extend(over_rows(&TIMED.map(Operator::Aggregate), &[], &timed_rows(&rows)));
    cases
}

/// Rows that count with either value or one that is not known, that may count, and that do not.
fn valued_rows() -> Vec<Row> {
    let counted = [int(1), int(2), Cell::Unknown].map(|value| row(Truth::True, value));
    counted.into_iter().chain([row(Truth::Unknown, int(1)), row(Truth::False, Cell::Unknown)]).collect()
}

/// Up to two rows, one after the other in each order, or both at once.
fn timed_rows(rows: &[Row]) -> Vec<Vec<Row>> {
    let mut taken = up_to_two(rows);
    for first in rows {
        taken.extend(rows.iter().map(|second| vec![first.clone(), Row { time: SECOND, ..second.clone() }]));
    }
    taken
}
