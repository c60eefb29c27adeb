//! The controls of other standards.

use std::collections::BTreeMap;

use kijun_ir::{Catalogue, Control};
use kijun_source::{Bilingual, Diagnostic, Span, bilingual};
use kijun_syntax::ast;

use crate::check::Checker;
use crate::diagnostics::DUPLICATE_CONTROL;

/// Checks every catalogue; its id is its position among the declarations.
pub(super) fn catalogues(checker: &mut Checker<'_>) {
    let names = checker.names;
    for declared in &names.catalogues {
        checker.unit = declared.unit;
        let tree = declared.tree;
        let controls = controls(checker, &tree.controls);
        checker.program.to_mut().catalogues.push(Catalogue {
            name: tree.name.text.clone(),
            title: tree.title.value.clone(),
            doc: tree.doc.clone(),
            controls,
            span: tree.name.span,
        });
    }
}

/// The controls; reports an id that two have.
fn controls(checker: &mut Checker<'_>, declared: &[ast::Control]) -> Vec<Control> {
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    let mut controls = Vec::new();
    for control in declared {
        if let Some(other) = first.get(control.id.value.as_str()) {
            let id = &control.id.value;
            let message = bilingual!("管理策 {id} は既にある", "there is a control {id} already");
            checker.report(
                Diagnostic::new(&DUPLICATE_CONTROL, control.id.span, message)
                    .and(*other, Bilingual::new("最初の管理策", "the first"))
                    .help(Bilingual::new("番号を改めるか、どちらかを消す", "correct the id, or remove one")),
            );
            continue;
        }
        first.insert(&control.id.value, control.id.span);
        controls.push(Control {
            id: control.id.value.clone(),
            title: control.title.value.clone(),
            english: control.english.as_ref().map(|english| english.value.clone()),
            unverified: control.unverified.is_some(),
        });
    }
    controls
}
