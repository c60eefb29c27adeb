//! `kijun test --mutate`: the small changes of rules that no test notices.

use kijun_audit::{Change, Fate, MutantOutcome, RuleMutants, Workspace, run_mutants};
use kijun_source::{Bilingual, Lang, bilingual};

use super::{Share, excerpt};
use crate::output;

/// Says which mutants survive; whether enough were noticed and none broke the evaluator.
pub(super) fn mutation(workspace: &Workspace, threshold: Option<u8>, lang: Lang) -> bool {
    let rules = run_mutants(&workspace.program);
    for rule in &rules {
        report(workspace, rule, lang);
    }
    let fates: Vec<Fate> = rules.iter().flat_map(|rule| &rule.mutants).map(|mutant| mutant.fate).collect();
    let count = |fate| fates.iter().filter(|other| **other == fate).count();
    let share = Share { reached: count(Fate::Noticed), all: fates.len() };
    let (all, noticed, percent) = (share.all, share.reached, share.percent());
    let summary = bilingual!(
        "変異 {all} 個、気付いた {noticed} 個（{percent} %）\n",
        "mutants {all}, noticed {noticed} ({percent} %)\n"
    );
    output::result(summary.get(lang));
    let panicked = count(Fate::Panicked);
    if panicked > 0 {
        let text = bilingual!(
            "{panicked} 個の変異の判定が異常終了した（kijun の不具合）",
            "judging {panicked} mutants panicked: a defect of kijun"
        );
        output::complain(lang, &text);
    }
    share.reaches(threshold, &Bilingual::new("変異", "mutants"), lang) && panicked == 0
}

/// The mutants of one rule that no test noticed; nothing where there is none.
fn report(workspace: &Workspace, mutants: &RuleMutants, lang: Lang) {
    let mut unnoticed = mutants.mutants.iter().filter(|mutant| mutant.fate != Fate::Noticed).peekable();
    if unnoticed.peek().is_none() {
        return;
    }
    let rule = &workspace.program.rules[mutants.rule];
    output::result(&format!("{}（{}）\n", rule.name, rule.label));
    for mutant in unnoticed {
        output::result(&diff(workspace, mutant, lang));
    }
}

/// Where a rule was changed, the condition, and what of it became what.
fn diff(workspace: &Workspace, mutant: &MutantOutcome, lang: Lang) -> String {
    let sources = &workspace.sources;
    let (place, text) = (sources.locate(mutant.span), excerpt(sources, mutant.condition));
    let change = match &mutant.change {
        Change::Replaced { from, to } if from.is_empty() => {
            bilingual!("`{to}` を加える", "`{to}` added")
        }
        Change::Replaced { from, to } if to.is_empty() => {
            bilingual!("`{from}` を除く", "`{from}` removed")
        }
        Change::Replaced { from, to } => bilingual!("`{from}` → `{to}`", "`{from}` → `{to}`"),
        Change::Dropped if mutant.span == mutant.condition => Bilingual::new("除く", "dropped"),
        Change::Dropped => {
            let part = excerpt(sources, mutant.span);
            bilingual!("`{part}` を除く", "`{part}` dropped")
        }
        Change::Negated => Bilingual::new("否定する", "negated"),
    };
    let panicked = match mutant.fate {
        Fate::Panicked => Bilingual::new("（異常終了）", " (panicked)"),
        Fate::Noticed | Fate::Survived => Bilingual::new("", ""),
    };
    format!("  {place}: {text}\n    {}{}\n", change.get(lang), panicked.get(lang))
}
