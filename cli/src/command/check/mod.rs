//! `kijun check`: are the rules right?

mod difference;
mod mending;

use std::mem::ManuallyDrop;

use jiff::Timestamp;
use jiff::civil::Date;
use kijun_audit::{Drafts, Review, Workspace, review};
use kijun_pack::findings::{Findings, github, json, sarif};
use kijun_source::{Bilingual, Diagnostic, Lang, Level, bilingual};

use crate::arguments::{Arguments, Check, CheckFormat, Deny, LeastLevel};
use crate::command::Target;
use crate::exit::Exit;
use crate::output;

pub(crate) fn check(arguments: &Arguments, check: &Check, lang: Lang) -> Exit {
    let Some(target) = Target::of(arguments, &check.paths, lang) else { return Exit::Broken };
    // The process ends with the command: taking its trees apart would take a tenth of the time.
    let mut workspace = ManuallyDrop::new(target.open(&Drafts::default()));
    let Some(today) = today(check, &workspace, lang) else { return Exit::Broken };
    if check.fix {
        if !mending::mend(check, &target, &workspace, today, lang) {
            return Exit::Broken;
        }
        workspace = ManuallyDrop::new(target.open(&Drafts::default()));
    }
    let review = review(&workspace, today);
    let folder = target.folder_from_here();
    let (sources, program) = (&workspace.sources, &workspace.program);
    let findings = Findings { sources, program, review: &review, today, folder: &folder };
    // A difference is the result by itself.
    if !check.diff && !is_written(check, &findings, lang) {
        return Exit::Broken;
    }
    exit(check, &review)
}

/// The day that decides what is still ignored: the one given, else today where the workspace is.
fn today(check: &Check, workspace: &Workspace, lang: Lang) -> Option<Date> {
    let Some(written) = &check.as_of else {
        let zone = workspace.program.calendar.zone.clone();
        return Some(Timestamp::now().to_zoned(zone).date());
    };
    super::day(written, lang)
}

/// Writes the result in the form asked for; the counts go beside it where the form has no room for them.
fn is_written(check: &Check, findings: &Findings<'_>, lang: Lang) -> bool {
    let rendered = match check.format {
        CheckFormat::Human => {
            output::diagnostics(shown(check, findings.review), findings.sources, lang);
            output::result(&format!("{}\n", summary(findings).get(lang)));
            return true;
        }
        CheckFormat::Github => {
            let review = Review {
                diagnostics: shown(check, findings.review).cloned().collect(),
                ..findings.review.clone()
            };
            output::note(summary(findings).get(lang));
            Ok(github::render(&Findings { review: &review, ..*findings }, lang))
        }
        CheckFormat::Json => json::render(findings),
        CheckFormat::Sarif => sarif::render(findings, lang),
    };
    match &rendered {
        Ok(text) => output::result(text),
        Err(error) => output::complain(lang, &Bilingual::same(error.to_string())),
    }
    rendered.is_ok()
}

/// What is grave enough to be shown.
fn shown<'a>(check: &Check, review: &'a Review) -> impl Iterator<Item = &'a Diagnostic> {
    let least = match check.level {
        LeastLevel::Error => Level::Error,
        LeastLevel::Warning => Level::Warning,
        LeastLevel::Note => Level::Note,
    };
    review.diagnostics.iter().filter(move |diagnostic| diagnostic.level <= least)
}

/// How much was looked at, and how much was found. What is not shown is counted where there is any.
fn summary(findings: &Findings<'_>) -> Bilingual {
    let (program, review) = (findings.program, findings.review);
    let ruled = program.duties.ids().filter(|duty| program.is_decided(*duty)).count();
    let (duties, rules, tests, facts) =
        (program.duties.len(), program.rules.len(), program.tests.len(), program.facts.len());
    let (errors, warnings) = (review.count(Level::Error), review.count(Level::Warning));
    let mut summary = bilingual!(
        "義務 {duties}（規則のあるもの {ruled}） · 規則 {rules} · 事例 {tests} · 証拠の種類 {facts} · エラー {errors} · 注意 {warnings}",
        "duties {duties} ({ruled} with rules) · rules {rules} · tests {tests} · facts {facts} · errors {errors} · warnings {warnings}"
    );
    let mendable = review.diagnostics.iter().filter(|found| !found.fixes.is_empty()).count();
    let more = [
        (review.count(Level::Note), "参考", "notes"),
        (review.ignored.len(), "無視", "ignored"),
        (review.off, "無効", "off"),
        (mendable, "--fix で直せるもの", "mended by --fix"),
    ];
    for (count, ja, en) in more.into_iter().filter(|(count, ..)| *count > 0) {
        summary.ja.push_str(&format!(" · {ja} {count}"));
        summary.en.push_str(&format!(" · {en} {count}"));
    }
    summary
}

/// Nothing to look at is no answer; else what was found decides.
fn exit(check: &Check, review: &Review) -> Exit {
    let could_not_look =
        |found: &Diagnostic| kijun_audit::NO_ANSWER.iter().any(|code| code.id == found.code.id);
    let is_denied = check.deny.contains(&Deny::Warnings) && review.count(Level::Warning) > 0;
    if review.diagnostics.iter().any(could_not_look) {
        Exit::Broken
    } else if review.count(Level::Error) > 0 || is_denied {
        Exit::Bad
    } else {
        Exit::Good
    }
}
