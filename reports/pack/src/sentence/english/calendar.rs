//! Audits, and when they take place.

use kijun_ir::{Audit, AuditKind, Auditor, Trigger};

use super::rows::noun;
use super::statement::notes;
use super::words::{duration, joined, part};
use crate::sentence::rows::rows;
use crate::sentence::scope::Scope;
use crate::sentence::tree::{Phrase, Statement, phrase};

/// When an audit takes place, what it looks at, who does it and what follows.
pub(crate) fn audit<'a>(scope: &mut Scope<'a>, audit: &'a Audit) -> Statement {
    let kind = match audit.kind {
        AuditKind::Inspection => "The inspection",
        AuditKind::Internal => "The internal audit",
        AuditKind::External => "The external audit",
    };
    let of = part(audit.over.part);
    let mut sentences = vec![
        when(scope, &audit.trigger, kind),
        looked_at(audit, of).into(),
        match audit.scope.as_slice() {
            [] => "It covers the whole standard.".into(),
            clauses => format!("It covers {}.", joined(clauses, "and")).into(),
        },
        match audit.auditor {
            Auditor::Independent => "The auditor is independent of what is audited.",
            Auditor::External => "The auditor is of another organisation.",
            Auditor::Any => "Anybody may audit.",
        }
        .into(),
    ];
    if !audit.remind.is_empty() {
        let days: Vec<String> = audit.remind.iter().map(|length| duration(*length)).collect();
        sentences.push(format!("People are reminded {} before it.", joined(&days, "and")).into());
    }
    if let Some(within) = audit.report_within {
        sentences.push(format!("Its report is due within {}.", duration(within)).into());
    }
    if let Some(within) = audit.close_within {
        sentences.push(format!("Its findings are closed within {}.", duration(within)).into());
    }
    let notes = notes(scope);
    Statement { sentences, notes }
}

fn when<'a>(scope: &mut Scope<'a>, trigger: &'a Trigger, kind: &str) -> Phrase {
    match trigger {
        Trigger::Schedule { cron, zone } => format!(
            "{kind} takes place by the schedule “{cron}” (second, minute, hour, day, month, weekday; {zone})."
        )
        .into(),
        Trigger::After { events, within, .. } => {
            let read = rows(&scope.names, events);
            phrase![
                format!("{kind} takes place within {} of each ", duration(*within)),
                noun(scope, &read),
                "."
            ]
        }
    }
}

fn looked_at(audit: &Audit, part: &str) -> String {
    if audit.over.previous {
        format!("It looks at the {part} before that of the day on which it takes place.")
    } else {
        format!("It looks at the {part} of the day on which it takes place.")
    }
}
