//! Audits that anybody may carry out.

use kijun_ir::{AuditKind, Auditor};
use kijun_source::{Bilingual, Diagnostic, bilingual};

use crate::diagnostics::ANY_AUDITOR;
use crate::lints::Linted;

/// An inspection is done by those who do the work; an audit is not.
pub(super) fn lint(linted: &Linted<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let audits = linted.program.audits.values();
    for audit in audits.filter(|audit| audit.auditor == Auditor::Any && audit.kind != AuditKind::Inspection) {
        let name = &audit.name;
        let message = bilingual!(
            "監査 `{name}` は監査員の独立を求めていない",
            "audit `{name}` asks for no independence"
        );
        let (ja, en) = match audit.kind {
            AuditKind::External => ("⟦auditor external|監査員 外部⟧", "⟦auditor external|監査員 外部⟧"),
            AuditKind::Internal | AuditKind::Inspection => {
                ("⟦auditor independent|監査員 独立⟧", "⟦auditor independent|監査員 独立⟧")
            }
        };
        let help = Bilingual::new(format!("{ja} とする"), format!("write {en}"));
        diagnostics.push(Diagnostic::new(&ANY_AUDITOR, audit.span, message).about(name).help(help));
    }
}
