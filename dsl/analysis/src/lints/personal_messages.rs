//! Personal fields in messages, which leave the house.

use kijun_ir::Class;
use kijun_source::{Bilingual, Diagnostic, bilingual};

use crate::diagnostics::PERSONAL_SHOWN;
use crate::lints::Linted;
use crate::shown::shown;

pub(super) fn lint(linted: &Linted<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let program = linted.program;
    for rule in program.rules.values() {
        let values = rule.message.values().flat_map(|value| shown(program, &rule.vars, value));
        for (field, expr) in values.filter(|(field, _)| field.class == Class::Personal) {
            let name = &field.name;
            diagnostics.push(
                Diagnostic::new(
                    &PERSONAL_SHOWN,
                    expr.span,
                    bilingual!(
                        "個人情報の項目 `{name}` が文言に出る",
                        "the personal field `{name}` is shown in a message"
                    ),
                )
                .about(&rule.name)
                .help(Bilingual::new(
                    "番号など、個人情報でない項目で示す。出力では伏せ字になる",
                    "name the subject by a field that is not personal; outputs mask this one",
                )),
            );
        }
    }
}
