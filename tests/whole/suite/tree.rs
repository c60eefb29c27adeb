//! What a tree is made of, by the names of its kinds.

use kijun_syntax::ast::{
    AggregateOp, Answer, At, AttestClauseKind, AuditClauseKind, BinaryOp, ClauseKind, Expr, ExprKind,
    ItemKind, Judged, Part, Rows, ShortfallKind, Source, TestClause, Unit,
};

/// Gives each variant of a type a name, and lists the names; a variant without one does not compile.
macro_rules! kinds {
    ($($name_of:ident $all:ident $type:ty { $($pattern:pat => $name:literal,)* })*) => {$(
        pub(super) const $all: &[&str] = &[$($name,)*];

        pub(super) fn $name_of(kind: &$type) -> &'static str {
            match kind { $($pattern => $name,)* }
        }
    )*};
}

kinds! {
    expression EXPRESSIONS ExprKind {
        ExprKind::Name(_) => "a name",
        ExprKind::Today => "`today`",
        ExprKind::Period => "`period`",
        ExprKind::Moment => "`moment`",
        ExprKind::Int(_) => "an integer",
        ExprKind::Decimal(_) => "a decimal",
        ExprKind::Text(_) => "a text",
        ExprKind::Template(_) => "a text with expressions",
        ExprKind::Date(_) => "a date",
        ExprKind::DateTime(..) => "a datetime",
        ExprKind::FiscalYear(_) => "a fiscal year",
        ExprKind::Duration(..) => "a duration",
        ExprKind::Bool(_) => "`true` or `false`",
        ExprKind::None => "`none`",
        ExprKind::Group(_) => "parentheses",
        ExprKind::Field(..) => "a field",
        ExprKind::Call(..) => "a call of a definition",
        ExprKind::Builtin(..) => "a call of a function",
        ExprKind::Covered(..) => "`covered`",
        ExprKind::Not(_) => "`not`",
        ExprKind::Negate(_) => "the sign `-`",
        ExprKind::Binary(..) => "an operator with two sides",
        ExprKind::Range(..) => "`a to b`",
        ExprKind::List(_) => "a list",
        ExprKind::In(..) => "`in`",
        ExprKind::IsNone(_) => "`is none`",
        ExprKind::IsNotNone(_) => "`is not none`",
        ExprKind::StartsWith(..) => "`starts with`",
        ExprKind::Contains(..) => "`contains`",
        ExprKind::Matches(..) => "`matches`",
        ExprKind::Else(..) => "`else`",
        ExprKind::If(..) => "`if`",
        ExprKind::Some(_) => "`some`",
        ExprKind::No(_) => "`no`",
        ExprKind::Every(..) => "`every`",
        ExprKind::Count(_) => "`count`",
        ExprKind::Aggregate(..) => "an aggregate",
    }
    operator OPERATORS BinaryOp {
        BinaryOp::Or => "`or`",
        BinaryOp::And => "`and`",
        BinaryOp::Eq => "`==`",
        BinaryOp::Ne => "`!=`",
        BinaryOp::Lt => "`<`",
        BinaryOp::Le => "`<=`",
        BinaryOp::Gt => "`>`",
        BinaryOp::Ge => "`>=`",
        BinaryOp::Add => "`+`",
        BinaryOp::Sub => "`-`",
        BinaryOp::Mul => "`*`",
    }
    aggregate AGGREGATES AggregateOp {
        AggregateOp::Sum => "`sum`",
        AggregateOp::Min => "`min`",
        AggregateOp::Max => "`max`",
        AggregateOp::First => "`first`",
        AggregateOp::Latest => "`latest`",
        AggregateOp::CountDistinct => "`count distinct`",
    }
    source SOURCES Source {
        Source::Named(_) => "rows of a name",
        Source::Parts { part: Part::Days, .. } => "`days`",
        Source::Parts { part: Part::Months, .. } => "`months`",
        Source::Parts { part: Part::Quarters, .. } => "`quarters`",
        Source::Parts { part: Part::FiscalYears, .. } => "`fiscal_years`",
        Source::Gaps { .. } => "`gaps`",
    }
    moment MOMENTS At {
        At::Moment(_) => "`at`",
        At::AnyTime(_) => "`at any time`",
    }
    unit UNITS Unit {
        Unit::Years => "years",
        Unit::Months => "months",
        Unit::Weeks => "weeks",
        Unit::Days => "days",
        Unit::BusinessDays => "business days",
        Unit::Hours => "hours",
        Unit::Minutes => "minutes",
        Unit::Seconds => "seconds",
    }
    item ITEMS ItemKind {
        ItemKind::Ruleset(_) => "`ruleset`",
        ItemKind::Use(_) => "`use`",
        ItemKind::Standard(_) => "`standard`",
        ItemKind::Enum(_) => "`enum`",
        ItemKind::Fact(_) => "`state` or `event`",
        ItemKind::Table(_) => "`table`",
        ItemKind::Relation(_) => "`relation`",
        ItemKind::Define(_) => "`define`",
        ItemKind::Param(_) => "`param`",
        ItemKind::Rule(_) => "`rule`",
        ItemKind::Attest(_) => "`attest`",
        ItemKind::Audit(_) => "`audit`",
        ItemKind::Catalogue(_) => "`catalogue`",
        ItemKind::Crosswalk(_) => "`crosswalk`",
        ItemKind::Test(_) => "`test`",
        ItemKind::Broken(..) => "a broken declaration",
    }
    clause CLAUSES ClauseKind {
        ClauseKind::Covers(_) => "`covers`",
        ClauseKind::Severity(_) => "`severity`",
        ClauseKind::Judged(Judged::AtToday) => "`judged at today`",
        ClauseKind::Judged(Judged::ThroughoutPeriod) => "`judged throughout period`",
        ClauseKind::ForEach { or_none: false, .. } => "`for each`",
        ClauseKind::ForEach { or_none: true, .. } => "`for each … or none`",
        ClauseKind::ForEachPair { or_none: false, .. } => "`for each pair`",
        ClauseKind::ForEachPair { or_none: true, .. } => "`for each pair … or none`",
        ClauseKind::Needs(_) => "`needs`",
        ClauseKind::Require(_) => "`require`",
        ClauseKind::Excused(_) => "`excused by`",
        ClauseKind::Due(_) => "`due`",
        ClauseKind::Message(_) => "`message`",
        ClauseKind::Remedy(_) => "`remedy`",
    }
    attest_clause ATTEST_CLAUSES AttestClauseKind {
        AttestClauseKind::Covers(_) => "`covers` of `attest`",
        AttestClauseKind::Severity(_) => "`severity` of `attest`",
        AttestClauseKind::Question(_) => "`question`",
        AttestClauseKind::AnsweredBy(_) => "`answered by`",
        AttestClauseKind::Attach(_) => "`attach`",
        AttestClauseKind::HoldsFor(..) => "`holds for`",
    }
    audit_clause AUDIT_CLAUSES AuditClauseKind {
        AuditClauseKind::Covers(_) => "`covers` of `audit`",
        AuditClauseKind::Kind(_) => "`kind`",
        AuditClauseKind::Schedule { .. } => "`schedule`",
        AuditClauseKind::After { .. } => "`after each`",
        AuditClauseKind::Over { previous: true, .. } => "`over previous`",
        AuditClauseKind::Over { previous: false, .. } => "`over`",
        AuditClauseKind::Scope(_) => "`scope`",
        AuditClauseKind::Auditor(_) => "`auditor`",
        AuditClauseKind::Remind(_) => "`remind`",
        AuditClauseKind::Report(..) => "`report`",
        AuditClauseKind::Close(..) => "`close findings`",
    }
    test_clause TEST_CLAUSES TestClause {
        TestClause::Today(_) => "`today` of a test",
        TestClause::Period(..) => "`period` of a test",
        TestClause::Param(..) => "`param` of a test",
        TestClause::Row { at: None, .. } => "a row of a test",
        TestClause::Row { at: Some(_), .. } => "a row of a test `at` a day",
        TestClause::Empty(..) => "`empty`",
        TestClause::Shortfall(ShortfallKind::Missing, _) => "`missing`",
        TestClause::Shortfall(ShortfallKind::Stale, _) => "`stale`",
        TestClause::Shortfall(ShortfallKind::Incomplete, _) => "`incomplete`",
        TestClause::Gap(..) => "`gap`",
        TestClause::Expect(_) => "`expect` a verdict",
        TestClause::Ask(Answer::True, _) => "`expect true`",
        TestClause::Ask(Answer::False, _) => "`expect false`",
        TestClause::Ask(Answer::Unknown, _) => "`expect unknown`",
    }
}

/// What an expression is, by the names of its kinds; its parts are left out.
pub(super) fn names_of(expr: &Expr) -> Vec<&'static str> {
    let more = match &expr.kind {
        ExprKind::Binary(op, ..) => Some(operator(op)),
        ExprKind::Aggregate(op, ..) => Some(aggregate(op)),
        ExprKind::Duration(_, of) => Some(unit(of)),
        ExprKind::Builtin(function, ..) => Some(function.spelling(kijun_syntax::ast::Spelling::English)),
        _ => None,
    };
    let rows = rows_of(expr).into_iter().flat_map(names_of_rows);
    std::iter::once(expression(&expr.kind)).chain(more).chain(rows).collect()
}

/// What rows are, by the names of their kinds.
pub(super) fn names_of_rows(rows: &Rows) -> Vec<&'static str> {
    std::iter::once(source(&rows.source)).chain(rows.at.as_ref().map(moment)).collect()
}

fn rows_of(expr: &Expr) -> Option<&Rows> {
    match &expr.kind {
        ExprKind::Some(rows)
        | ExprKind::No(rows)
        | ExprKind::Count(rows)
        | ExprKind::Every(rows, _)
        | ExprKind::Aggregate(_, _, rows) => Some(rows),
        _ => None,
    }
}
