//! `kijun check`: are the rules right?

use kijun_source::{Lang, bilingual};

use crate::arguments::{Arguments, Check};
use crate::exit::Exit;
use crate::output;

pub(crate) fn check(arguments: &Arguments, check: &Check, lang: Lang) -> Exit {
    let Some(workspace) = super::rules(arguments, &check.paths, lang) else { return Exit::Broken };
    output::diagnostics(&workspace.diagnostics, &workspace.sources, lang);
    let errors = workspace.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let warnings = workspace.diagnostics.len() - errors;
    let program = &workspace.program;
    let ruled = program.duties.ids().filter(|duty| program.rules_of(*duty).next().is_some()).count();
    let (duties, rules, tests, facts) =
        (program.duties.len(), program.rules.len(), program.tests.len(), program.facts.len());
    let summary = bilingual!(
        "義務 {duties}（規則のあるもの {ruled}） · 規則 {rules} · 事例 {tests} · 証拠の種類 {facts} · エラー {errors} · 注意 {warnings}\n",
        "duties {duties} ({ruled} with rules) · rules {rules} · tests {tests} · facts {facts} · errors {errors} · warnings {warnings}\n"
    );
    output::result(summary.get(lang));
    if errors > 0 { Exit::Bad } else { Exit::Good }
}
