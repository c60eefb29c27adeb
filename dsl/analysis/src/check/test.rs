//! Tests: rows, dates and expectations as the engine will see them.

use jiff::civil::Date;
use kijun_ir::{
    Cell, Expectation, FactId, FactKind, Index, Kind, RuleId, Shortfall, Test, TestRow, Type, Value, Verdict,
};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual, nearest};
use kijun_syntax::ast::{self, CellValue, ShortfallKind, TestClause};

use crate::check::{Checker, constant, literal};
use crate::diagnostics::{BAD_VERDICT, CLAUSE_TWICE, TEST_CLAUSE, UNKNOWN_FIELD, UNKNOWN_RULE};
use crate::names::{Entity, suggest};

pub(super) fn tests(checker: &mut Checker<'_>, rules: &[Option<RuleId>]) {
    for declared in checker.names.tests.clone() {
        let test = test(checker, declared, rules);
        checker.program.tests.extend(test);
    }
}

fn test(checker: &mut Checker<'_>, declared: &ast::Test, rules: &[Option<RuleId>]) -> Option<Test> {
    let rule = rule(checker, &declared.rule, rules);
    let mut period = None;
    let mut today = None;
    let mut rows = Vec::new();
    let mut shortfalls = Vec::new();
    let mut expect = Vec::new();
    let mut sound = true;
    for clause in &declared.clauses {
        match clause {
            TestClause::Period(from, to) => {
                let range = range(checker, from, to);
                sound &= range.is_some();
                if period.is_some() {
                    twice(checker, from.span);
                }
                period = range.or(period);
            }
            TestClause::Today(written) => {
                let date = date(checker, written);
                sound &= date.is_some();
                if today.is_some() {
                    twice(checker, written.span);
                }
                today = date.or(today);
            }
            TestClause::Row { fact, cells } => {
                let row = row(checker, fact, cells);
                sound &= row.is_some();
                rows.extend(row);
            }
            TestClause::Shortfall(kind, fact) => {
                let shortfall = shortfall(checker, *kind, fact);
                sound &= shortfall.is_some();
                shortfalls.extend(shortfall);
            }
            TestClause::Gap(fact, from, to) => {
                let gap = gap(checker, fact, from, to);
                sound &= gap.is_some();
                shortfalls.extend(gap);
            }
            TestClause::Expect(expectations) => {
                for written in expectations {
                    let expectation = expectation(checker, written);
                    sound &= expectation.is_some();
                    expect.extend(expectation);
                }
            }
        }
    }
    let span = declared.label.span;
    if period.is_none() && sound {
        demand(
            checker,
            span,
            &Bilingual::new("期間がない", "the period is missing"),
            "period 2026-04-01 to 2027-03-31",
        );
        sound = false;
    }
    if expect.is_empty() && sound {
        demand(checker, span, &Bilingual::new("期待する判定がない", "nothing is expected"), "expect met 1");
        sound = false;
    }
    let (rule, period) = (rule?, period?);
    let test = Test {
        label: declared.label.value.clone(),
        rule,
        today: today.unwrap_or(period.1),
        period,
        rows,
        shortfalls,
        expect,
        span,
    };
    sound.then_some(test)
}

fn rule(checker: &mut Checker<'_>, name: &ast::Name, rules: &[Option<RuleId>]) -> Option<RuleId> {
    if let Some(Entity::Rule(index)) = checker.names.get(&name.text) {
        return rules.get(index).copied().flatten();
    }
    if checker.names.is_broken(&name.text) {
        return None;
    }
    let text = &name.text;
    let message = bilingual!("規則 `{text}` は宣言されていない", "no rule is named `{text}`");
    let near = checker.names.nearest(text, |entity| matches!(entity, Entity::Rule(_)));
    checker.report(suggest(Diagnostic::new(&UNKNOWN_RULE, name.span, message), near));
    None
}

fn demand(checker: &mut Checker<'_>, span: Span, message: &Bilingual, example: &str) {
    let help = bilingual!("`{example}` のように書く", "write `{example}`, for instance");
    checker.report(Diagnostic::new(&TEST_CLAUSE, span, message.clone()).help(help));
}

fn twice(checker: &mut Checker<'_>, span: Span) {
    let message = Bilingual::new("この句は既に書かれている", "this clause is already written");
    checker
        .report(Diagnostic::new(&CLAUSE_TWICE, span, message).help(Bilingual::new("一つにする", "keep one")));
}

fn date(checker: &mut Checker<'_>, written: &ast::Expr) -> Option<Date> {
    match constant::value(checker, written, Kind::Date)? {
        Value::Date(date) => Some(date),
        _ => None,
    }
}

/// First and last day, in this order.
fn range(checker: &mut Checker<'_>, from: &ast::Expr, to: &ast::Expr) -> Option<(Date, Date)> {
    let range = (date(checker, from)?, date(checker, to)?);
    if range.0 <= range.1 {
        return Some(range);
    }
    let message = Bilingual::new("期間の終わりが始まりより前にある", "the range ends before it begins");
    checker.report(
        Diagnostic::new(&TEST_CLAUSE, from.span.to(to.span), message)
            .help(Bilingual::new("順序を入れ替える", "exchange the two")),
    );
    None
}

fn row(checker: &mut Checker<'_>, fact: &ast::Name, cells: &[(ast::Name, CellValue)]) -> Option<TestRow> {
    let span = fact.span;
    let fact = checker.fact(fact)?;
    let types: Vec<Type> = checker.program.facts[fact].fields.values().map(|field| field.ty).collect();
    let mut row: Vec<Cell> =
        types.iter().map(|ty| if ty.optional { Cell::None } else { Cell::Unknown }).collect();
    let mut sound = true;
    for (name, value) in cells {
        let Some(field) = checker.program.facts[fact].field(&name.text) else {
            let declared = &checker.program.facts[fact];
            let (owner, text) = (&declared.name, &name.text);
            let message = bilingual!("`{owner}` に項目 `{text}` はない", "`{owner}` has no field `{text}`");
            let near = nearest(text, declared.fields.values().map(|field| field.name.as_str()));
            let diagnostic = suggest(Diagnostic::new(&UNKNOWN_FIELD, name.span, message), near);
            checker.report(diagnostic);
            sound = false;
            continue;
        };
        let cell = match value {
            CellValue::Unknown(_) => Some(Cell::Unknown),
            CellValue::Expr(written) => constant::cell(checker, written, types[field.index()]),
        };
        sound &= cell.is_some();
        row[field.index()] = cell.unwrap_or(Cell::Unknown);
    }
    sound.then_some(TestRow { fact, cells: row, span })
}

fn shortfall(
    checker: &mut Checker<'_>,
    kind: ShortfallKind,
    name: &ast::Name,
) -> Option<(FactId, Shortfall)> {
    let fact = checker.fact(name)?;
    let state = checker.program.facts[fact].kind == FactKind::State;
    match kind {
        ShortfallKind::Missing => Some((fact, Shortfall::Missing)),
        ShortfallKind::Incomplete => Some((fact, Shortfall::Incomplete)),
        ShortfallKind::Stale if state => Some((fact, Shortfall::Stale)),
        ShortfallKind::Stale => {
            let message =
                Bilingual::new("出来事の記録は `stale` にならない", "a log of events cannot be stale");
            demand(checker, name.span, &message, "gap F 2026-04-03 to 2026-04-05");
            None
        }
    }
}

fn gap(
    checker: &mut Checker<'_>,
    name: &ast::Name,
    from: &ast::Expr,
    to: &ast::Expr,
) -> Option<(FactId, Shortfall)> {
    let fact = checker.fact(name)?;
    let (from, to) = range(checker, from, to)?;
    if checker.program.facts[fact].kind == FactKind::State {
        let message = Bilingual::new("状態に記録の抜けはない", "a state has no gaps in time");
        demand(checker, name.span, &message, "stale F");
        return None;
    }
    Some((fact, Shortfall::Gap(from, to)))
}

fn expectation(checker: &mut Checker<'_>, written: &ast::Expectation) -> Option<Expectation> {
    let name = &written.verdict.text;
    let Some(verdict) = Verdict::from_name(name) else {
        let message = bilingual!("判定 `{name}` はない", "there is no verdict `{name}`");
        let near = nearest(name, Verdict::ALL.map(Verdict::name));
        let list = Verdict::ALL.map(Verdict::name).join(", ");
        checker.report(
            suggest(Diagnostic::new(&BAD_VERDICT, written.verdict.span, message), near)
                .help(bilingual!("判定は {list}", "verdicts are {list}")),
        );
        return None;
    };
    let subjects: Vec<String> = written.subjects.iter().map(|text| literal::normal(&text.value)).collect();
    Some(match written.count {
        Some(count) => Expectation::Count(verdict, count, written.span),
        None if subjects.is_empty() => Expectation::Rule(verdict, written.span),
        None => Expectation::Subjects(verdict, subjects, written.span),
    })
}
