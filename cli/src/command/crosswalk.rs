//! `kijun crosswalk`: what duties map to in other standards, and whether all of it is stated.

use kijun_audit::Workspace;
use kijun_pack::crosswalk::{self, Format, Selection};
use kijun_source::{Bilingual, Diagnostic, Lang, bilingual};

use crate::arguments::{Arguments, Crosswalk, CrosswalkAction, ExportFormat};
use crate::exit::Exit;
use crate::output;

/// The warnings of the language about what crosswalks pass over.
const PASSED_OVER: [&str; 2] = ["KJ0417", "KJ0421"];

pub(crate) fn crosswalk(arguments: &Arguments, crosswalk: &Crosswalk, lang: Lang) -> Exit {
    let Some(workspace) = super::sound_rules(arguments, &crosswalk.rules, lang) else { return Exit::Broken };
    let Some(selection) = selection(&workspace, crosswalk, lang) else { return Exit::Broken };
    match &crosswalk.action {
        CrosswalkAction::Show { what } => show(selection, what.as_deref(), lang),
        CrosswalkAction::Check => check(&workspace, selection, lang),
        CrosswalkAction::Export { format } => export(selection, *format, lang),
    }
}

/// What is to be looked at; complains where there is nothing.
fn selection<'a>(workspace: &'a Workspace, crosswalk: &Crosswalk, lang: Lang) -> Option<Selection<'a>> {
    let program = &workspace.program;
    if program.crosswalks.is_empty() {
        let text = Bilingual::new(
            "規則に対応表（crosswalk）がない",
            "the rules have no `crosswalk`, so that there is nothing to look at",
        );
        output::complain(lang, &text);
        return None;
    }
    let Some(name) = &crosswalk.catalogue else { return Some(Selection { program, catalogue: None }) };
    match crosswalk::catalogue(program, name) {
        Ok(catalogue) => Some(Selection { program, catalogue: Some(catalogue) }),
        Err(near) => {
            let text = match near {
                Some(near) => bilingual!(
                    "「{name}」という管理策集はない。「{near}」のことか",
                    "no catalogue is named `{name}`; did you mean `{near}`?"
                ),
                None => bilingual!("「{name}」という管理策集はない", "no catalogue is named `{name}`"),
            };
            output::complain(lang, &text);
            None
        }
    }
}

fn show(selection: Selection<'_>, what: Option<&str>, lang: Lang) -> Exit {
    let Some(what) = what else {
        output::result(&crosswalk::show_all(selection, lang));
        return Exit::Good;
    };
    match crosswalk::find(selection, what) {
        Ok(found) => {
            output::result(&crosswalk::show(selection, &found, lang));
            Exit::Good
        }
        Err(near) => {
            let text = match near {
                Some(near) => bilingual!(
                    "「{what}」という番号の義務も管理策もない。「{near}」のことか",
                    "no duty and no control has the id `{what}`; did you mean `{near}`?"
                ),
                None => bilingual!(
                    "「{what}」という番号の義務も管理策もない",
                    "no duty and no control has the id `{what}`"
                ),
            };
            output::complain(lang, &text);
            Exit::Broken
        }
    }
}

fn check(workspace: &Workspace, selection: Selection<'_>, lang: Lang) -> Exit {
    let review = crosswalk::review(selection, lang);
    output::result(&review.text);
    let passed_over: Vec<&Diagnostic> = passed_over(workspace, selection).collect();
    output::diagnostics(passed_over.iter().copied(), &workspace.sources, lang);
    review.absent.iter().for_each(|text| output::complain(lang, text));
    let problems = passed_over.len() + review.absent.len();
    let (crosswalks, links, unverified) = (review.crosswalks, review.links, review.unverified);
    let summary = bilingual!(
        "対応表 {crosswalks} · 対応 {links}（未確認 {unverified}） · 抜け {problems}\n",
        "crosswalks {crosswalks} · links {links} ({unverified} unverified) · omissions {problems}\n"
    );
    output::result(summary.get(lang));
    if problems == 0 { Exit::Good } else { Exit::Bad }
}

/// Whatever the workspace makes of the lints: an omission is one. Of one catalogue only those of its crosswalks.
fn passed_over<'a>(
    workspace: &'a Workspace,
    selection: Selection<'a>,
) -> impl Iterator<Item = &'a Diagnostic> {
    let crosswalks = selection.program.crosswalks.iter();
    let spans: Vec<_> = crosswalks
        .filter(move |each| selection.catalogue.is_none_or(|only| crosswalk::concerns(each, only)))
        .map(|each| each.span)
        .collect();
    let own = workspace.diagnostics.iter().filter(|found| PASSED_OVER.contains(&found.code.id));
    own.filter(move |found| found.primary.as_ref().is_some_and(|label| spans.contains(&label.span)))
}

fn export(selection: Selection<'_>, format: ExportFormat, lang: Lang) -> Exit {
    let format = match format {
        ExportFormat::Csv => Format::Csv,
        ExportFormat::Json => Format::Json,
        ExportFormat::Md => Format::Markdown,
    };
    match crosswalk::export(selection, format, lang) {
        Ok(text) => {
            output::result(&text);
            Exit::Good
        }
        Err(error) => {
            let text =
                bilingual!("対応表を書き出せない: {error}", "the crosswalks cannot be written: {error}");
            output::complain(lang, &text);
            Exit::Broken
        }
    }
}
