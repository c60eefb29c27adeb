//! `kijun test`: do the rules do what their tests say?

use kijun_audit::{TestOutcome, Workspace, run_tests};
use kijun_source::{Bilingual, Lang, bilingual};

use crate::arguments::{Arguments, Test};
use crate::exit::Exit;
use crate::output;

pub(crate) fn test(arguments: &Arguments, test: &Test, lang: Lang) -> Exit {
    let Some(workspace) = super::rules(arguments, &test.paths, lang) else { return Exit::Broken };
    if !workspace.is_sound() {
        let errors = workspace.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
        output::diagnostics(errors, &workspace.sources, lang);
        return Exit::Broken;
    }
    let outcomes = run_tests(&workspace.program);
    if outcomes.is_empty() {
        let text = Bilingual::new("事例（test）が一つもない", "there is no test at all");
        output::complain(lang, &text);
        return Exit::Broken;
    }
    for outcome in &outcomes {
        report(&workspace, outcome, lang);
    }
    let failed = outcomes.iter().filter(|outcome| !outcome.failures.is_empty()).count();
    let passed = outcomes.len() - failed;
    output::result(bilingual!("事例 {passed} 件成功、{failed} 件失敗\n", "{passed} tests passed, {failed} failed\n").get(lang));
    if failed > 0 { Exit::Bad } else { Exit::Good }
}

/// Says where a test went wrong; a test that passed says nothing.
fn report(workspace: &Workspace, outcome: &TestOutcome, lang: Lang) {
    if outcome.failures.is_empty() {
        return;
    }
    output::result(&format!("✗ {}（{}）\n", outcome.label, outcome.rule));
    for failure in &outcome.failures {
        let place = workspace.sources.locate(failure.span);
        output::result(&format!("  {place}: {}\n", failure.text.get(lang)));
    }
}
