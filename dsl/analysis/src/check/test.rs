//! Tests: rows, dates and expectations as the engine will see them.

use jiff::civil::Date;
use kijun_ir::{
    Cell, Expectation, FactId, FactKind, Judged, Kind, ParamId, ParamValue, Question, RuleId, Shortfall,
    Test, TestRow, Value,
};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual};
use kijun_syntax::ast::{self, CellValue, ShortfallKind, TestClause};
use rayon::prelude::*;

use crate::check::expectation::{expectation, question};
use crate::check::{Checker, Lookup, constant, freshness};
use crate::diagnostics::{CLAUSE_TWICE, TEST_CLAUSE, UNKNOWN_RULE};
use crate::names::{Entity, suggest};

/// By declaration, the ids of the rules that are sound, and of those that judge the answers to attestations.
pub(super) struct Judges {
    pub(super) rules: Vec<Option<RuleId>>,
    pub(super) attests: Vec<Option<RuleId>>,
}

impl Judges {
    /// What judges; `None` where it is no rule, `Some(None)` where it is not sound.
    #[expect(clippy::option_option, reason = "whether it judges, and whether it is sound")]
    fn find(&self, entity: Entity) -> Option<Option<RuleId>> {
        match entity {
            Entity::Rule(index) => Some(self.rules.get(index).copied().flatten()),
            Entity::Attest(index) => Some(self.attests.get(index).copied().flatten()),
            _ => None,
        }
    }
}

pub(super) fn tests(checker: &mut Checker<'_>, judges: &Judges) {
    let mut checked = apart(checker, judges);
    let declared = &checker.names.tests;
    for (declared, checked) in declared.iter().zip(&mut checked).filter(|(declared, _)| asks(declared.tree)) {
        checker.unit = declared.unit;
        *checked = test(checker, declared.tree, judges);
    }
    checker.program.to_mut().tests.extend(checked.into_iter().flatten());
}

/// The tests that add nothing to the program, in parallel: most of a ruleset is tests. The others are left out.
fn apart(checker: &mut Checker<'_>, judges: &Judges) -> Vec<Option<Test>> {
    let declared = &checker.names.tests;
    let share = declared.len().div_ceil(rayon::current_num_threads() * SHARES).max(LEAST_SHARE);
    let shares = declared.par_chunks(share).map(|share| {
        let mut diagnostics = Vec::new();
        let mut part = checker.fork(&mut diagnostics);
        let checked = share.iter().map(|declared| {
            part.unit = declared.unit;
            if asks(declared.tree) { None } else { test(&mut part, declared.tree, judges) }
        });
        let checked: Vec<Option<Test>> = checked.collect();
        (checked, part.uses, diagnostics)
    });
    let shares: Vec<_> = shares.collect();
    let mut all = Vec::new();
    for (checked, uses, diagnostics) in shares {
        all.extend(checked);
        if let (Some(all), Some(uses)) = (&mut checker.uses, uses) {
            all.extend(uses);
        }
        checker.diagnostics.extend(diagnostics);
    }
    all
}

/// How many shares there are a thread: tests are not equally long.
const SHARES: usize = 4;

/// How many tests are worth another checker.
const LEAST_SHARE: usize = 64;

/// Whether a test asks a question: that may read parts of the calendar which nothing else reads, so that they are added to the program.
fn asks(test: &ast::Test) -> bool {
    test.clauses.iter().any(|clause| matches!(clause, TestClause::Ask(..)))
}

/// What the clauses of a test say. It is sound while each could be read.
struct Clauses {
    period: Option<(Date, Date)>,
    today: Option<Date>,
    params: Vec<(ParamId, ParamValue)>,
    rows: Vec<TestRow>,
    empty: Vec<(FactId, Date)>,
    shortfalls: Vec<(FactId, Shortfall)>,
    expect: Vec<Expectation>,
    questions: Vec<Question>,
    sound: bool,
}

fn test(checker: &mut Checker<'_>, declared: &ast::Test, judges: &Judges) -> Option<Test> {
    let rule = declared.rule.as_ref().map(|name| rule(checker, name, judges));
    let mut clauses = Clauses {
        period: None,
        today: None,
        params: Vec::new(),
        rows: Vec::new(),
        empty: Vec::new(),
        shortfalls: Vec::new(),
        expect: Vec::new(),
        questions: Vec::new(),
        sound: true,
    };
    let judged = rule.flatten().map(|rule| checker.program.rules[rule].judged);
    for written in &declared.clauses {
        let read = clause(checker, &mut clauses, written, judged);
        clauses.sound &= read.is_some();
    }
    contradictions(checker, declared, &mut clauses);
    complete(checker, declared, &mut clauses);
    let rule = match rule {
        Some(rule) => Some(rule?),
        None => None,
    };
    let period = clauses.period?;
    clauses.sound.then(|| Test {
        label: declared.label.value.clone(),
        rule,
        today: clauses.today.unwrap_or(period.1),
        period,
        params: clauses.params,
        rows: clauses.rows,
        empty: clauses.empty,
        shortfalls: clauses.shortfalls,
        expect: clauses.expect,
        questions: clauses.questions,
        span: declared.label.span,
    })
}

/// Notes what a clause says; `None` where it could not be read.
fn clause(
    checker: &mut Checker<'_>,
    clauses: &mut Clauses,
    written: &TestClause,
    judged: Option<Judged>,
) -> Option<()> {
    match written {
        TestClause::Period(from, to) => {
            if clauses.period.is_some() {
                twice(checker, from.span);
            }
            clauses.period = Some(range(checker, from, to)?);
        }
        TestClause::Today(written) => {
            if clauses.today.is_some() {
                twice(checker, written.span);
            }
            clauses.today = Some(date(checker, written)?);
        }
        TestClause::Param(name, value) => {
            let (param, setting) = constant::setting(checker, name, value)?;
            if clauses.params.iter().any(|(given, _)| *given == param) {
                twice(checker, name.span);
            }
            freshness::setting(checker, param, &setting, value.span);
            clauses.params.push((param, setting));
        }
        TestClause::Row { fact, cells, at } => clauses.rows.push(row(checker, fact, cells, at.as_ref())?),
        TestClause::Empty(fact, at) => clauses.empty.push((state(checker, fact)?, date(checker, at)?)),
        TestClause::Shortfall(kind, fact) => clauses.shortfalls.push(shortfall(checker, *kind, fact)?),
        TestClause::Gap(fact, from, to) => clauses.shortfalls.push(gap(checker, fact, from, to)?),
        TestClause::Expect(expectations) => {
            let read: Vec<Option<Expectation>> =
                expectations.iter().map(|written| expectation(checker, written, judged)).collect();
            clauses.expect.extend(read.into_iter().collect::<Option<Vec<_>>>()?);
        }
        TestClause::Ask(answer, asked) => clauses.questions.push(question(checker, *answer, asked)?),
    }
    Some(())
}

/// Reports evidence that is said not to be there, or to be too old, and is there all the same: the verdict would rest on one of the two, and
/// its reader would think of the other.
fn contradictions(checker: &mut Checker<'_>, declared: &ast::Test, clauses: &mut Clauses) {
    for written in &declared.clauses {
        let TestClause::Shortfall(kind, name) = written else { continue };
        let entity = checker.names.get(checker.unit, &name.text);
        let Some(fact) = entity.and_then(|entity| checker.names.fact_id(entity)) else { continue };
        let mut rows = clauses.rows.iter().filter(|row| row.fact == fact);
        let is_empty = clauses.empty.iter().any(|(empty, _)| *empty == fact);
        let found = match kind {
            ShortfallKind::Missing => rows.next().map(|row| row.span),
            ShortfallKind::Stale => rows.find(|row| row.taken.is_some()).map(|row| row.span),
            ShortfallKind::Incomplete => continue,
        };
        if found.is_some() || is_empty {
            checker.report(contradiction(*kind, name, found));
            clauses.sound = false;
        }
    }
}

/// `found` is the row; where there is none, it is a picture that shows no row.
fn contradiction(kind: ShortfallKind, name: &ast::Name, found: Option<Span>) -> Diagnostic {
    let text = &name.text;
    let (message, help) = if kind == ShortfallKind::Missing {
        (
            bilingual!("`{text}` は未収集なのに、行か写しがある", "`{text}` is missing, and yet it is there"),
            Bilingual::new(
                "行を消す。漏れがありうるだけなら ⟦incomplete F|不完全 F⟧ と書く",
                "remove the rows; where rows may only be lacking, write ⟦incomplete F|不完全 F⟧",
            ),
        )
    } else {
        (
            bilingual!(
                "`{text}` は期限切れなのに、日付のある写しがある",
                "`{text}` is stale, and yet a picture of it has a day"
            ),
            Bilingual::new(
                "⟦stale|期限切れ⟧ を消して古い日付を書くか、⟦at|時点⟧ の日付を消す",
                "remove ⟦stale|期限切れ⟧ and write an old day, or remove the days after ⟦at|時点⟧",
            ),
        )
    };
    let diagnostic = Diagnostic::new(&TEST_CLAUSE, name.span, message).help(help);
    match found {
        Some(row) => diagnostic.and(row, Bilingual::new("その行", "the row")),
        None => diagnostic,
    }
}

/// Reports what a test must say and does not.
fn complete(checker: &mut Checker<'_>, declared: &ast::Test, clauses: &mut Clauses) {
    if !clauses.sound {
        return;
    }
    let span = declared.label.span;
    let (message, example) = if clauses.period.is_none() {
        (
            Bilingual::new("期間がない", "the period is missing"),
            "⟦period 2026-04-01 to 2027-03-31|期間 2026-04-01 から 2027-03-31 まで⟧",
        )
    } else if declared.rule.is_none() && !clauses.expect.is_empty() {
        (
            Bilingual::new("どの規則の判定かが書かれていない", "it is not said which rule is to be judged"),
            "⟦test \"…\" for 規則|試験 \"…\" 対象 規則⟧",
        )
    } else if clauses.expect.is_empty() && clauses.questions.is_empty() {
        let example = if declared.rule.is_some() {
            "⟦expect met 1|期待 適合 1⟧"
        } else {
            "⟦expect true 条件|期待 成立 条件⟧"
        };
        (Bilingual::new("期待する判定がない", "nothing is expected"), example)
    } else {
        return;
    };
    demand(checker, span, &message, example);
    clauses.sound = false;
}

fn rule(checker: &mut Checker<'_>, name: &ast::Name, judges: &Judges) -> Option<RuleId> {
    let found = match checker.lookup(&name.text, name.span) {
        Lookup::Found(_) if checker.names.is_broken(checker.unit, &name.text) => Some(None),
        Lookup::Found(entity) => judges.find(entity).inspect(|_| checker.note(entity, name.span)),
        Lookup::Settled => Some(None),
        Lookup::Missing => None,
    };
    match found {
        Some(rule) => rule,
        None => {
            let text = &name.text;
            let message = bilingual!("規則 `{text}` は宣言されていない", "no rule is named `{text}`");
            let near = checker.names.nearest(checker.unit, text, |entity| judges.find(entity).is_some());
            checker.report(suggest(Diagnostic::new(&UNKNOWN_RULE, name.span, message), near));
            None
        }
    }
}

pub(super) fn demand(checker: &mut Checker<'_>, span: Span, message: &Bilingual, example: &str) {
    let help = bilingual!("{example} のように書く", "write {example}, for instance");
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
pub(super) fn range(checker: &mut Checker<'_>, from: &ast::Expr, to: &ast::Expr) -> Option<(Date, Date)> {
    let (first, last) = (date(checker, from), date(checker, to));
    let (first, last) = (first?, last?);
    if first > last {
        checker.ends_before(from.span.to(to.span));
        return None;
    }
    Some((first, last))
}

fn row(
    checker: &mut Checker<'_>,
    name: &ast::Name,
    cells: &[(ast::Name, CellValue)],
    at: Option<&ast::Expr>,
) -> Option<TestRow> {
    let fact = evidence(checker, name)?;
    let absent = |ty: kijun_ir::Type| if ty.optional { Cell::None } else { Cell::Unknown };
    let cells = constant::cells(checker, fact, cells, absent);
    let taken = match at {
        Some(at) if checker.program.facts[fact].kind != FactKind::State => {
            let message = Bilingual::new(
                "出来事には、いつの台帳かを書けない",
                "a row of a log stands in no picture that was taken on a day",
            );
            demand(checker, at.span, &message, "⟦F { … } at 2026-04-01|F { … } 時点 2026-04-01⟧");
            return None;
        }
        Some(at) => Some(date(checker, at)?),
        None => None,
    };
    Some(TestRow { fact, cells: cells?, taken, span: name.span })
}

/// A type of evidence; reports what is no evidence.
fn evidence(checker: &mut Checker<'_>, name: &ast::Name) -> Option<FactId> {
    let fact = checker.fact(name)?;
    if checker.program.facts[fact].is_collected() {
        return Some(fact);
    }
    let text = &name.text;
    let message = bilingual!(
        "`{text}` の行は証拠ではなく、規則集が定める",
        "rows of `{text}` are no evidence: the ruleset makes them"
    );
    demand(checker, name.span, &message, "⟦F { … }|F { … }⟧");
    None
}

/// A state; reports what is none.
fn state(checker: &mut Checker<'_>, name: &ast::Name) -> Option<FactId> {
    let fact = evidence(checker, name)?;
    if checker.program.facts[fact].kind == FactKind::State {
        return Some(fact);
    }
    let message = Bilingual::new(
        "出来事の記録は、行がなければ空である",
        "a log without rows is empty: nothing is to be said",
    );
    demand(checker, name.span, &message, "⟦empty F at 2026-04-01|空 F 時点 2026-04-01⟧");
    None
}

fn shortfall(
    checker: &mut Checker<'_>,
    kind: ShortfallKind,
    name: &ast::Name,
) -> Option<(FactId, Shortfall)> {
    let fact = evidence(checker, name)?;
    let state = checker.program.facts[fact].kind == FactKind::State;
    match kind {
        ShortfallKind::Missing => Some((fact, Shortfall::Missing)),
        ShortfallKind::Incomplete => Some((fact, Shortfall::Incomplete)),
        ShortfallKind::Stale if state => Some((fact, Shortfall::Stale)),
        ShortfallKind::Stale => {
            let message = Bilingual::new(
                "出来事の記録は ⟦stale|期限切れ⟧ にならない",
                "a log of events cannot be stale",
            );
            demand(
                checker,
                name.span,
                &message,
                "⟦gap F 2026-04-03 to 2026-04-05|欠落 F 2026-04-03 から 2026-04-05 まで⟧",
            );
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
    let fact = evidence(checker, name)?;
    let (from, to) = range(checker, from, to)?;
    if checker.program.facts[fact].kind == FactKind::State {
        let message = Bilingual::new("状態に記録の抜けはない", "a state has no gaps in time");
        demand(checker, name.span, &message, "⟦stale F|期限切れ F⟧");
        return None;
    }
    Some((fact, Shortfall::Gap(from, to)))
}
