//! Audits that recur or that events call for.

use std::collections::BTreeSet;

use kijun_ir::{Audit, AuditKind, Auditor, Duration, FactKind, Over, Part, Trigger};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual, nearest};
use kijun_syntax::ast::{self, AuditClauseKind};
use kijun_syntax::vocabulary::{AUDIT_KINDS, AUDITORS, CURRENT_PARTS, PREVIOUS_PARTS};

use crate::check::Checker;
use crate::check::clause::Owner;
use crate::check::schedule::schedule;
use crate::check::scope::{Reading, Scope};
use crate::diagnostics::{NOT_EVENT, UNKNOWN_SCOPE};
use crate::names::suggest;

const KINDS: [(&str, AuditKind); 3] = [
    ("inspection", AuditKind::Inspection),
    ("internal", AuditKind::Internal),
    ("external", AuditKind::External),
];

const WHO: [(&str, Auditor); 3] =
    [("independent", Auditor::Independent), ("external", Auditor::External), ("any", Auditor::Any)];

const PARTS: [(&str, Part); 4] = [
    ("fiscal_year", Part::FiscalYear),
    ("quarter", Part::Quarter),
    ("month", Part::Month),
    ("day", Part::Day),
];

/// A length of time as written, and where.
type Written = (i64, ast::Unit, Span);

pub(super) fn audits(checker: &mut Checker<'_>) {
    let names = checker.names;
    for declared in &names.audits {
        checker.unit = declared.unit;
        let audit = audit(checker, declared.tree);
        audit.map(|audit| checker.program.to_mut().audits.push(audit));
    }
}

/// The clauses of an audit by what they are; the first of each counts.
#[derive(Default)]
struct Clauses<'a> {
    covers: Vec<&'a ast::Text>,
    kind: Option<&'a ast::Name>,
    trigger: Option<&'a AuditClauseKind>,
    over: Option<(bool, &'a ast::Name)>,
    scope: Option<&'a [ast::Text]>,
    auditor: Option<&'a ast::Name>,
    remind: Option<&'a [Written]>,
    report: Option<Written>,
    close: Option<Written>,
}

fn sort<'a>(checker: &mut Checker<'_>, declared: &'a ast::Audit) -> Clauses<'a> {
    let mut clauses = Clauses::default();
    for clause in &declared.clauses {
        let twice = match &clause.kind {
            AuditClauseKind::Covers(texts) => {
                clauses.covers.extend(texts);
                false
            }
            AuditClauseKind::Kind(name) => clauses.kind.replace(name).is_some(),
            AuditClauseKind::Schedule { .. } | AuditClauseKind::After { .. } => {
                second_trigger(checker, &mut clauses, clause);
                false
            }
            AuditClauseKind::Over { previous, part } => clauses.over.replace((*previous, part)).is_some(),
            AuditClauseKind::Scope(texts) => clauses.scope.replace(texts).is_some(),
            AuditClauseKind::Auditor(name) => clauses.auditor.replace(name).is_some(),
            AuditClauseKind::Remind(times) => clauses.remind.replace(times).is_some(),
            AuditClauseKind::Report(amount, unit, span) => {
                clauses.report.replace((*amount, *unit, *span)).is_some()
            }
            AuditClauseKind::Close(amount, unit, span) => {
                clauses.close.replace((*amount, *unit, *span)).is_some()
            }
        };
        if twice {
            let help = Bilingual::new("一つにまとめる", "make one of both");
            checker.clause_twice(clause.span, help);
        }
    }
    clauses
}

/// Notes when the audit takes place; reports where that is said already.
fn second_trigger<'a>(checker: &mut Checker<'_>, clauses: &mut Clauses<'a>, clause: &'a ast::AuditClause) {
    if clauses.trigger.is_none() {
        clauses.trigger = Some(&clause.kind);
        return;
    }
    let help = Bilingual::new(
        "⟦schedule|日程⟧ か ⟦after each|契機⟧ の一つだけを書く。両方が要るなら監査を二つに分ける",
        "write one ⟦schedule|日程⟧ or one ⟦after each|契機⟧; where both are needed, declare two audits",
    );
    checker.clause_twice(clause.span, help);
}

fn audit(checker: &mut Checker<'_>, declared: &ast::Audit) -> Option<Audit> {
    let owner = Owner { ja: "監査", en: "audit", name: &declared.name };
    let clauses = sort(checker, declared);
    let covers = checker.covers(owner, &clauses.covers);
    let kind = match clauses.kind {
        Some(name) => checker.meaning(name, AUDIT_KINDS, &KINDS),
        None => checker.clause_missing(owner, "⟦kind|種別⟧", "⟦kind internal|種別 内部監査⟧"),
    };
    let trigger = match clauses.trigger {
        Some(clause) => trigger(checker, clause),
        None => checker.clause_missing(
            owner,
            "⟦schedule|日程⟧",
            "⟦schedule \"0 0 9 1 10 *\" in \"Asia/Tokyo\"|日程 \"0 0 9 1 10 *\" 標準時 \"Asia/Tokyo\"⟧",
        ),
    };
    let over = match clauses.over {
        Some((previous, part)) => over(checker, previous, part),
        None => {
            checker.clause_missing(owner, "⟦over|対象期間⟧", "⟦over previous fiscal_year|対象期間 前年度⟧")
        }
    };
    let scope = scope(checker, clauses.scope.unwrap_or_default());
    let auditor = match clauses.auditor {
        Some(name) => checker.meaning(name, AUDITORS, &WHO),
        None => checker.clause_missing(owner, "⟦auditor|監査員⟧", "⟦auditor independent|監査員 独立⟧"),
    };
    let remind = remind(checker, clauses.remind.unwrap_or_default());
    let report = clauses.report.map(|written| checker.positive(written));
    let close = clauses.close.map(|written| checker.positive(written));
    Some(Audit {
        name: declared.name.text.clone(),
        label: declared.label.value.clone(),
        doc: declared.doc.clone(),
        covers: covers?,
        kind: kind?,
        trigger: trigger?,
        over: over?,
        scope: scope?,
        auditor: auditor?,
        remind: remind?,
        report_within: sound(report)?,
        close_within: sound(close)?,
        span: declared.name.span,
    })
}

/// What a clause says that need not be there; `None` where it is wrong.
#[expect(clippy::option_option, reason = "whether it is sound, and whether it is there")]
fn sound<T>(clause: Option<Option<T>>) -> Option<Option<T>> {
    match clause {
        Some(None) => None,
        Some(Some(said)) => Some(Some(said)),
        None => Some(None),
    }
}

fn trigger(checker: &mut Checker<'_>, clause: &AuditClauseKind) -> Option<Trigger> {
    match clause {
        AuditClauseKind::Schedule { cron, zone } => schedule(checker, cron, zone),
        AuditClauseKind::After { rows, within } => after(checker, rows, *within),
        _ => None,
    }
}

/// `after each i in incident where … within 14 days`
fn after(checker: &mut Checker<'_>, rows: &ast::Rows, within: Written) -> Option<Trigger> {
    let mut scope = Scope::reading(Reading::Today);
    let within = checker.positive(within);
    let events = checker.rows(&mut scope, rows, rows.var.span)?;
    let fact = &checker.program.facts[events.fact];
    if !matches!(fact.kind, FactKind::Event { .. }) {
        let name = &fact.name;
        let message = bilingual!(
            "`{name}` は出来事ではないので、監査の契機にならない",
            "`{name}` is no event, so that no audit can follow it"
        );
        let help = Bilingual::new(
            "出来事の後に行うか、⟦schedule|日程⟧ を書く",
            "name an event, or write a ⟦schedule|日程⟧",
        );
        let place = match &rows.source {
            ast::Source::Named(name) => name.span,
            ast::Source::Parts { span, .. } | ast::Source::Gaps { span, .. } => *span,
        };
        checker.report(Diagnostic::new(&NOT_EVENT, place, message).help(help));
        return None;
    }
    Some(Trigger::After { events, vars: std::mem::take(&mut scope.vars), within: within? })
}

fn over(checker: &mut Checker<'_>, previous: bool, written: &ast::Name) -> Option<Over> {
    let part = PARTS.iter().find(|(english, _)| *english == written.text);
    if part.is_none() {
        checker.unknown_word(written, &[("", CURRENT_PARTS), ("previous ", PREVIOUS_PARTS)]);
    }
    part.map(|(_, part)| Over { part: *part, previous })
}

/// The clauses under audit; reports those that are in no standard of this unit or of those that it uses.
fn scope(checker: &mut Checker<'_>, texts: &[ast::Text]) -> Option<Vec<String>> {
    if texts.is_empty() {
        return Some(Vec::new());
    }
    let known = visible_ids(checker);
    let mut unknown = Vec::new();
    for text in texts.iter().filter(|text| !known.contains(&text.value)) {
        let id = &text.value;
        let message = bilingual!("{id} は基準にない", "nothing in the standard has the id {id}");
        let near = nearest(id, known.iter().map(String::as_str));
        let help = Bilingual::new(
            "章、項、義務の番号か、⟦all|すべて⟧ を書く",
            "write the id of a section, a criterion or a duty, or ⟦all|すべて⟧",
        );
        unknown.push(suggest(Diagnostic::new(&UNKNOWN_SCOPE, text.span, message), near).help(help));
    }
    let sound = unknown.is_empty();
    unknown.into_iter().for_each(|diagnostic| checker.report(diagnostic));
    sound.then(|| texts.iter().map(|text| text.value.clone()).collect())
}

/// The ids of sections, criteria and duties that this unit sees.
fn visible_ids(checker: &Checker<'_>) -> BTreeSet<String> {
    let names = checker.names;
    let units: BTreeSet<usize> = names.uses(checker.unit).chain([checker.unit]).collect();
    let standards = names.standards.iter().filter(|standard| units.contains(&standard.unit));
    let sections = standards.flat_map(|standard| &standard.tree.sections);
    let clauses = sections.flat_map(|section| {
        let criteria = section.criteria.iter().map(|criterion| &criterion.id.value);
        std::iter::once(&section.id.value).chain(criteria)
    });
    let duties = units.iter().filter_map(|unit| checker.duties.get(*unit)).flat_map(|duties| duties.keys());
    clauses.chain(duties).cloned().collect()
}

/// When people are reminded, the longest time before it first, each once.
fn remind(checker: &mut Checker<'_>, written: &[Written]) -> Option<Vec<Duration>> {
    let times: Vec<Option<Duration>> = written.iter().map(|time| checker.positive(*time)).collect();
    let mut times = times.into_iter().collect::<Option<Vec<Duration>>>()?;
    times.sort_by_key(|time| std::cmp::Reverse(estimate(*time)));
    times.dedup();
    Some(times)
}

/// About how many microseconds a length of time is: months and business days have no length of their own.
fn estimate(length: Duration) -> i128 {
    let days = i128::from(length.days) * 86_400_000_000;
    let months = i128::from(length.months) * 2_629_746_000_000;
    let business_days = i128::from(length.business_days) * 120_960_000_000;
    days + months + business_days + i128::from(length.micros)
}
