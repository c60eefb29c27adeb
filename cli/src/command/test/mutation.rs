//! `kijun test --mutate`: the small changes of rules that no test notices, and the reasons that the rulesets give for them.

use kijun_audit::{
    Explained, Fate, Reasons, Unnoticed, Workspace, explain_mutants, read_reasons, run_mutants,
};
use kijun_ir::RuleId;
use kijun_source::{Bilingual, Diagnostic, Lang, bilingual};

use super::Share;
use crate::arguments::{DenyMutants, Test};
use crate::exit::Exit;
use crate::output;

/// Says which mutants survive and why: whether enough were noticed, and none broke the evaluator. A reason that cannot be
/// read, or that explains no mutant, leaves no answer.
pub(super) fn mutation(workspace: &mut Workspace, test: &Test, lang: Lang) -> Exit {
    let reasons = read_reasons(workspace);
    if !is_sound(workspace, &reasons.diagnostics, lang) {
        return Exit::Broken;
    }
    judged(workspace, test, &reasons, lang)
}

/// Says what is wrong with the reasons; whether nothing is.
fn is_sound(workspace: &Workspace, diagnostics: &[Diagnostic], lang: Lang) -> bool {
    output::diagnostics(diagnostics, &workspace.sources, lang);
    !diagnostics.iter().any(Diagnostic::is_error)
}

fn judged(workspace: &Workspace, test: &Test, reasons: &Reasons, lang: Lang) -> Exit {
    let rules = run_mutants(&workspace.program);
    let Explained { unnoticed, diagnostics } = explain_mutants(workspace, &rules, reasons);
    let (explained, unexplained): (Vec<_>, Vec<_>) =
        unnoticed.iter().partition(|unnoticed| unnoticed.reason.is_some());
    report(workspace, &unexplained, lang);
    report(workspace, &explained, lang);
    let fates: Vec<Fate> = rules.iter().flat_map(|rule| &rule.mutants).map(|mutant| mutant.fate).collect();
    let count = |fate| fates.iter().filter(|other| **other == fate).count();
    let share = Share { reached: count(Fate::Noticed), all: fates.len() };
    let (all, noticed, percent) = (share.all, share.reached, share.percent());
    let (left, given, lacking) = (unnoticed.len(), explained.len(), unexplained.len());
    let summary = bilingual!(
        "変異 {all} 個、気付いた {noticed} 個（{percent} %）\n生き残り {left}、理由あり {given}、理由なし {lacking}\n",
        "mutants {all}, noticed {noticed} ({percent} %)\nsurvivors {left}, with a reason {given}, without {lacking}\n"
    );
    output::result(summary.get(lang));
    let is_sound = is_sound(workspace, &diagnostics, lang);
    let works = none_panicked(count(Fate::Panicked), lang);
    let suffices = share.reaches(test.threshold, &Bilingual::new("変異", "mutants"), lang);
    let is_told = !test.deny.contains(&DenyMutants::Unexplained) || all_explained(lacking, lang);
    match (is_sound, works && suffices && is_told) {
        (false, _) => Exit::Broken,
        (true, false) => Exit::Bad,
        (true, true) => Exit::Good,
    }
}

/// Complains of mutants that broke the evaluator; whether there is none.
fn none_panicked(panicked: usize, lang: Lang) -> bool {
    if panicked > 0 {
        let text = bilingual!(
            "{panicked} 個の変異の判定が異常終了した（kijun の不具合）",
            "judging {panicked} mutants panicked: a defect of kijun"
        );
        output::complain(lang, &text);
    }
    panicked == 0
}

/// Complains of survivors without a reason; whether there is none.
fn all_explained(lacking: usize, lang: Lang) -> bool {
    if lacking > 0 {
        let text = bilingual!(
            "理由のない生き残りが {lacking} 個ある。事例を書くか、`survivors.toml` に理由を書く",
            "{lacking} survivors have no reason: write a test, or the reason in `survivors.toml`"
        );
        output::complain(lang, &text);
    }
    lacking == 0
}

/// The mutants below the headings of their rules.
fn report(workspace: &Workspace, unnoticed: &[&Unnoticed], lang: Lang) {
    let mut heading: Option<RuleId> = None;
    for unnoticed in unnoticed {
        if heading != Some(unnoticed.rule) {
            heading = Some(unnoticed.rule);
            let rule = &workspace.program.rules[unnoticed.rule];
            output::result(&format!("{}（{}）\n", rule.name, rule.label));
        }
        output::result(&shown(workspace, unnoticed, lang));
    }
}

/// Where a rule was changed, the condition, what of it became what, and why no test notices.
fn shown(workspace: &Workspace, unnoticed: &Unnoticed, lang: Lang) -> String {
    let place = workspace.sources.locate(unnoticed.mutant.span);
    let (condition, change) = (&unnoticed.name.condition, unnoticed.name.change.get(lang));
    let number = unnoticed.name.nth.map(|nth| bilingual!("（nth = {nth}）", " (nth = {nth})"));
    let nth = number.as_ref().map_or("", |number| number.get(lang));
    let panicked = match unnoticed.mutant.fate {
        Fate::Panicked => Bilingual::new("（異常終了）", " (panicked)"),
        Fate::Noticed | Fate::Survived => Bilingual::same(String::new()),
    };
    let why = match &unnoticed.reason {
        Some(reason) => bilingual!("理由: {reason}", "reason: {reason}"),
        None => bilingual!("✗ 理由がない", "✗ no reason"),
    };
    let (panicked, why) = (panicked.get(lang), why.get(lang));
    format!("  {place}: {condition}\n    {change}{nth}{panicked}\n    {why}\n")
}
