//! Rules that no test shows.

use std::collections::BTreeSet;

use kijun_ir::RuleId;
use kijun_source::{Diagnostic, bilingual};

use crate::diagnostics::RULE_WITHOUT_TEST;
use crate::lints::Linted;

pub(super) fn lint(linted: &Linted<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let program = linted.program;
    let tested: BTreeSet<RuleId> = program.tests.iter().filter_map(|test| test.rule).collect();
    for (id, rule) in program.rules.iter() {
        // How answers to attestations are judged is the language's own.
        if !tested.contains(&id) && program.attest_of(rule).is_none() {
            let name = &rule.name;
            diagnostics.push(
                Diagnostic::new(
                    &RULE_WITHOUT_TEST,
                    rule.span,
                    bilingual!("規則 `{name}` に事例がない", "rule `{name}` has no test"),
                )
                .about(name)
                .help(bilingual!(
                    "`test \"…\" for {name} {{ … }}` を書く",
                    "write `test \"…\" for {name} {{ … }}`"
                )),
            );
        }
    }
}
