//! Labels that are the names of other things: who reads one means the other.

use kijun_source::{Bilingual, Diagnostic, bilingual};

use crate::diagnostics::MISLEADING_LABEL;
use crate::lints::Linted;

pub(super) fn lint(linted: &Linted<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let names = linted.names;
    for unit in 0..names.units() {
        for (label, labelled, named) in names.misleading_labels(unit) {
            let (text, name) = (&label.value, &names.name(labelled).text);
            let message = bilingual!(
                "`{name}` のラベル `{text}` は、別のものの名前である",
                "`{text}`, the label of `{name}`, is the name of something else"
            );
            let diagnostic = Diagnostic::new(&MISLEADING_LABEL, label.span, message)
                .and(names.name(named).span, Bilingual::new("その名前のもの", "what is named so"))
                .about(name)
                .help(Bilingual::new("ラベルか名前を変える", "change the label or the name"));
            diagnostics.push(diagnostic);
        }
    }
}
