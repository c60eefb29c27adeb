//! Parameters that do not say why their default is what it is.

use kijun_source::{Bilingual, Diagnostic, bilingual};

use crate::diagnostics::NO_RATIONALE;
use crate::lints::Linted;

pub(super) fn lint(linted: &Linted<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for param in linted.names.params.iter().map(|declared| declared.tree) {
        if param.rationale.value.trim().is_empty() {
            let name = &param.name.text;
            let message =
                bilingual!("パラメータ `{name}` の理由がない", "parameter `{name}` gives no reason");
            let help = Bilingual::new(
                "基準のどの文言をどう読んで、この値としたかを書く",
                "say how the words of the standard were read to give this value",
            );
            diagnostics
                .push(Diagnostic::new(&NO_RATIONALE, param.rationale.span, message).about(name).help(help));
        }
    }
}
