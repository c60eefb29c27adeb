//! The tables as a page that people read.

use super::cases::{ARITHMETIC, COMPARISONS, TIMED, TIMELESS, combinations, edges};
use super::{Case, Operator, Row, Rows};
use crate::{AggregateOp, ArithmeticOp, Cell, Duration, Truth, Value};

const INTRODUCTION: &str = "\
# 真理値表 (Truth tables)

評価器に依らない参照実装から生成した表である。`cargo run -p kijun-ir --example truth_tables > dsl/ir/truth-tables.md` で作り直す。

Generated from a reference implementation that no evaluator shares; write it anew with the command above.

| 表記 | meaning |
| --- | --- |
| 真、偽、不明 | true, false, unknown |
| なし | `none` |
| （1） | この行は条件に当てはまるか不明である: a row for which the condition is unknown |
| ×不明 | この行は条件に当てはまらない: a row for which the condition is false |
| 網羅 | 他に行がないと証拠が示す: the collections cover the time that is asked about |
| 不足 | 証拠に欠けがある: they do not |

型検査を通った規則では、`is none` と `else` のほかに「なし」が演算の対象となることはない。表では不明として扱う。

In a checked program `none` is an operand of `is none` and `else` alone; elsewhere the tables take it for unknown.
";

/// One table: which cases, what names a line, what names a column.
struct Table {
    ja: &'static str,
    en: &'static str,
    operators: Vec<Operator>,
    /// The heads of what names a line.
    heads: &'static [&'static str],
    line: fn(&Case) -> Vec<String>,
    column: fn(&Case) -> String,
}

/// The page.
pub fn page() -> String {
    let cases = combinations();
    let mut page = INTRODUCTION.to_owned();
    for table in tables() {
        let of_table: Vec<&Case> =
            cases.iter().filter(|case| table.operators.contains(&case.operator)).collect();
        page += &section(&table, &of_table);
    }
    page + &section(&table_of_edges(), &edges().iter().collect::<Vec<_>>())
}

fn section(table: &Table, cases: &[&Case]) -> String {
    format!("\n## {} ({})\n\n{}", table.ja, table.en, lines(table, cases))
}

fn tables() -> Vec<Table> {
    let mut tables = tables_of_operands();
    tables.extend(tables_of_rows());
    tables
}

fn tables_of_operands() -> Vec<Table> {
    let table = |ja, en, operators, heads, line, column| Table { ja, en, operators, heads, line, column };
    vec![
        table("否定", "`not a`", vec![Operator::Not], &["a"], first, symbol),
        table("かつ", "`a and b`", vec![Operator::And], &["a \\ b"], first, last),
        table("または", "`a or b`", vec![Operator::Or], &["a \\ b"], first, last),
        table("前提", "`needs a`, `require b`", vec![Operator::Needs], &["a \\ b"], first, last),
        table("場合分け", "`if a then b else c`", vec![Operator::If], &["a", "b \\ c"], but_last, last),
        table("なければ", "`a else b`", vec![Operator::Else], &["a \\ b"], first, last),
        table("空である", "`a is none`", vec![Operator::IsNone], &["a"], first, symbol),
        table("比較", "comparisons", COMPARISONS.map(Operator::Compare).to_vec(), &["a", "b"], all, symbol),
        table("列挙にある", "`a in [b, c]`", vec![Operator::OneOf], &["a", "b \\ c"], but_last, last),
        table("期間にある", "`a in b`, date and period", vec![Operator::InPeriod], &["a \\ b"], first, last),
        table(
            "ネットワークにある",
            "`a in b`, address and network",
            vec![Operator::InCidr],
            &["a \\ b"],
            first,
            last,
        ),
        table("文字列", "texts", vec![Operator::StartsWith, Operator::Contains], &["a", "b"], all, symbol),
        table("四則", "arithmetic", ARITHMETIC.map(Operator::Arithmetic).to_vec(), &["a", "b"], all, symbol),
    ]
}

fn tables_of_rows() -> Vec<Table> {
    let table = |ja, en, operators, heads, line, column| Table { ja, en, operators, heads, line, column };
    vec![
        table(
            "ある、ない",
            "`some`, `no`: what the condition is for each row",
            vec![Operator::Some, Operator::No],
            &["条件", "証拠"],
            conditions,
            symbol,
        ),
        table(
            "すべて",
            "`every`: what the condition is for each row → what it must have",
            vec![Operator::Every],
            &["条件 → 要件"],
            conditions_and_has,
            coverage,
        ),
        table(
            "件数",
            "`count`: what the condition is for each row, and the number n",
            COMPARISONS.map(Operator::Count).to_vec(),
            &["条件", "証拠", "n"],
            conditions_and_bound,
            symbol,
        ),
        table(
            "集計",
            "aggregates: the values of the rows",
            TIMELESS.map(Operator::Aggregate).to_vec(),
            &["値", "証拠"],
            values,
            symbol,
        ),
        table(
            "最初、最新",
            "`first`, `latest`: the values of the rows; → between two events one after the other",
            TIMED.map(Operator::Aggregate).to_vec(),
            &["値", "証拠"],
            values,
            symbol,
        ),
        table("網羅", "`covered`", vec![Operator::Covered], &["証拠"], only_coverage, symbol),
    ]
}

/// What the combinations do not show: values of several units, values out of range.
fn table_of_edges() -> Table {
    Table {
        ja: "単位の異なる長さ、範囲を超える値",
        en: "lengths of several units, values beyond the range",
        operators: Vec::new(),
        heads: &["演算", "値"],
        line: |case| {
            let values = if case.rows.is_some() { rows_text(case, value) } else { all(case).join("、") };
            vec![symbol(case), values]
        },
        column: |_| "結果".to_owned(),
    }
}

/// What stands in the columns of a line.
type Cells = Vec<(String, String)>;

/// The lines of a table; a combination that has no case is left empty.
fn lines(table: &Table, cases: &[&Case]) -> String {
    let mut columns: Vec<String> = Vec::new();
    let mut lines: Vec<(Vec<String>, Cells)> = Vec::new();
    for case in cases {
        let (line, column) = ((table.line)(case), (table.column)(case));
        if !columns.contains(&column) {
            columns.push(column.clone());
        }
        let cell = (column, cell_text(&case.expected));
        match lines.iter_mut().find(|(known, _)| *known == line) {
            Some((_, cells)) => cells.push(cell),
            None => lines.push((line, vec![cell])),
        }
    }
    let heads = table.heads.iter().map(|head| (*head).to_owned());
    let mut text = table_line(heads.chain(columns.iter().cloned()));
    text += &table_line((0..table.heads.len() + columns.len()).map(|_| "---".to_owned()));
    for (line, cells) in lines {
        let cells = columns.iter().map(|column| {
            let found = cells.iter().find(|(known, _)| known == column);
            found.map_or_else(String::new, |(_, cell)| cell.clone())
        });
        text += &table_line(line.into_iter().chain(cells));
    }
    text
}

fn table_line(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

fn first(case: &Case) -> Vec<String> {
    case.operands.iter().take(1).map(cell_text).collect()
}

fn all(case: &Case) -> Vec<String> {
    case.operands.iter().map(cell_text).collect()
}

fn but_last(case: &Case) -> Vec<String> {
    let count = case.operands.len().saturating_sub(1);
    case.operands.iter().take(count).map(cell_text).collect()
}

fn last(case: &Case) -> String {
    case.operands.last().map(cell_text).unwrap_or_default()
}

fn coverage(case: &Case) -> String {
    let covered = case.rows.as_ref().is_some_and(|rows| rows.covered);
    if covered { "網羅".to_owned() } else { "不足".to_owned() }
}

fn only_coverage(case: &Case) -> Vec<String> {
    vec![coverage(case)]
}

fn rows_text(case: &Case, row: impl Fn(&Row) -> String) -> String {
    let rows = case.rows.as_ref().map_or(&[][..], |rows: &Rows| &rows.rows);
    if rows.is_empty() {
        return "行がない".to_owned();
    }
    let ordered = rows.windows(2).any(|pair| pair[0].time < pair[1].time);
    rows.iter().map(row).collect::<Vec<_>>().join(if ordered { " → " } else { "、" })
}

fn conditions(case: &Case) -> Vec<String> {
    vec![rows_text(case, |row| truth_text(row.condition).to_owned()), coverage(case)]
}

fn conditions_and_has(case: &Case) -> Vec<String> {
    let row = |row: &Row| format!("{} → {}", truth_text(row.condition), truth_text(row.has));
    vec![rows_text(case, row)]
}

fn conditions_and_bound(case: &Case) -> Vec<String> {
    conditions(case).into_iter().chain([last(case)]).collect()
}

fn values(case: &Case) -> Vec<String> {
    vec![rows_text(case, value), coverage(case)]
}

/// The value of a row, and whether it counts.
fn value(row: &Row) -> String {
    match row.condition {
        Truth::True => cell_text(&row.value),
        Truth::False => format!("×{}", cell_text(&row.value)),
        Truth::Unknown => format!("（{}）", cell_text(&row.value)),
    }
}

fn symbol(case: &Case) -> String {
    let symbol = match case.operator {
        Operator::Not => "not a",
        Operator::IsNone => "a is none",
        Operator::StartsWith => "a starts with b",
        Operator::Contains => "a contains b",
        Operator::Some => "some",
        Operator::No => "no",
        Operator::Every => "every",
        Operator::Covered => "covered",
        Operator::Compare(op) => return format!("`a {} b`", op.symbol()),
        Operator::Count(op) => return format!("`count {} n`", op.symbol()),
        Operator::Arithmetic(ArithmeticOp::Add) => "a + b",
        Operator::Arithmetic(ArithmeticOp::Sub) => "a - b",
        Operator::Arithmetic(ArithmeticOp::Mul) => "a * b",
        Operator::Aggregate(op) => aggregate_name(op),
        Operator::And => "a and b",
        Operator::Or => "a or b",
        Operator::Needs => "needs a, require b",
        Operator::If => "if a then b else c",
        Operator::Else => "a else b",
        Operator::OneOf => "a in [b, c]",
        Operator::InPeriod | Operator::InCidr => "a in b",
    };
    format!("`{symbol}`")
}

fn aggregate_name(op: AggregateOp) -> &'static str {
    match op {
        AggregateOp::Count => "count",
        AggregateOp::CountDistinct => "count distinct",
        AggregateOp::Sum => "sum",
        AggregateOp::Min => "min",
        AggregateOp::Max => "max",
        AggregateOp::First => "first",
        AggregateOp::Latest => "latest",
    }
}

fn truth_text(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "真",
        Truth::False => "偽",
        Truth::Unknown => "不明",
    }
}

fn cell_text(cell: &Cell) -> String {
    match cell {
        Cell::None => "なし".to_owned(),
        Cell::Unknown => "不明".to_owned(),
        Cell::Known(value) => value_text(value),
    }
}

fn value_text(value: &Value) -> String {
    match value {
        Value::Bool(holds) => truth_text(Truth::from(*holds)).to_owned(),
        Value::Text(text) => format!("「{text}」"),
        Value::Int(value) => value.to_string(),
        Value::Decimal(value) => value.to_string(),
        Value::Date(day) => day.to_string(),
        Value::DateTime(instant) => instant.to_string(),
        Value::Duration(length) => length_text(*length),
        Value::Period(period) => format!("{}〜{}", period.start, period.end),
        Value::Ip(address) => address.to_string(),
        Value::Cidr(network) => network.to_string(),
        Value::Enum(at) => at.to_string(),
    }
}

fn length_text(length: Duration) -> String {
    let hours = length.micros / 3_600_000_000;
    let parts = [
        (i64::from(length.months), "か月"),
        (i64::from(length.business_days), "営業日"),
        (i64::from(length.days), "日"),
        (hours, "時間"),
    ];
    parts.into_iter().filter(|(count, _)| *count != 0).map(|(count, unit)| format!("{count}{unit}")).collect()
}
