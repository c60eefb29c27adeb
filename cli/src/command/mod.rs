//! One file a command.

mod check;
mod explain;
mod fmt;
mod graph;
mod run;
mod schema;
mod test;

use std::path::{Path, PathBuf};

use kijun_audit::{ParsePeriodError, Workspace, find_workspace, open_rulesets, open_workspace, parse_period};
use kijun_eval::Occasion;
use kijun_evidence::SourceTable;
use kijun_pack::{Catalogue, Delivery};
use kijun_source::{Bilingual, Diagnostic, Lang, bilingual};

use crate::arguments::{Arguments, Command, Language};
use crate::exit::Exit;
use crate::output;

/// Does what the command line says.
pub(crate) fn dispatch(arguments: &Arguments) -> Exit {
    let lang = match arguments.lang {
        Language::Ja => Lang::Ja,
        Language::En => Lang::En,
    };
    match &arguments.command {
        Command::Check(check) => check::check(arguments, check, lang),
        Command::Test(test) => test::test(arguments, test, lang),
        Command::Run(run) => run::run(arguments, run, lang),
        Command::Fmt(fmt) => fmt::fmt(arguments, fmt, lang),
        Command::Explain(explain) => explain::explain(arguments, explain, lang),
        Command::Schema(schema) => schema::schema(arguments, schema, lang),
        Command::Graph(graph) => graph::graph(arguments, graph, lang),
    }
}

/// The folder of the workspace: the one named, or the nearest upwards. Complains where there is none.
fn workspace_folder(arguments: &Arguments, lang: Lang) -> Option<PathBuf> {
    if let Some(folder) = &arguments.workspace {
        return Some(folder.clone());
    }
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let found = find_workspace(&here);
    if found.is_none() {
        output::complain(
            lang,
            &Bilingual::new(
                "kijun.toml が見つからない。ワークスペースのフォルダで実行するか、--workspace で指定する",
                "there is no kijun.toml here or above; run in a workspace, or name one with --workspace",
            ),
        );
    }
    found
}

/// The rules that a command is about: those of the given paths, else those of the workspace.
fn rules(arguments: &Arguments, paths: &[String], lang: Lang) -> Option<Workspace> {
    if paths.is_empty() {
        return workspace_folder(arguments, lang).map(|folder| open_workspace(&folder));
    }
    Some(open_rulesets(Path::new(""), paths))
}

/// The workspace, if nothing is wrong with it that keeps it from being judged; otherwise says what is.
fn sound_workspace(arguments: &Arguments, lang: Lang) -> Option<Workspace> {
    let workspace = open_workspace(&workspace_folder(arguments, lang)?);
    if workspace.is_sound() {
        return Some(workspace);
    }
    let errors: Vec<&Diagnostic> =
        workspace.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).collect();
    output::diagnostics(errors.iter().copied(), &workspace.sources, lang);
    let count = errors.len();
    output::complain(
        lang,
        &bilingual!("誤りが {count} 件あるので判定しない", "{count} errors, so that nothing is judged"),
    );
    None
}

/// The rules, if nothing is wrong with them, for commands that read no evidence; otherwise says what is.
fn sound_rules(arguments: &Arguments, paths: &[String], lang: Lang) -> Option<Workspace> {
    let workspace = rules(arguments, paths, lang)?;
    let errors = workspace.errors_of_rules();
    if errors.is_empty() {
        return Some(workspace);
    }
    output::diagnostics(errors, &workspace.sources, lang);
    None
}

/// What evidence the rules want, and which sources of the workspace deliver it.
fn catalogue(workspace: &Workspace) -> Catalogue<'_> {
    let mut catalogue = Catalogue { program: &workspace.program, deliveries: None };
    let delivery = |source: &SourceTable| {
        let fact = catalogue.fact(&source.fact.as_ref()?.value)?;
        Some(Delivery { source: source.name.value.clone(), fact })
    };
    let deliveries =
        workspace.manifest.as_ref().map(|manifest| manifest.sources.iter().filter_map(delivery).collect());
    catalogue.deliveries = deliveries;
    catalogue
}

/// The dates of a run, as written on the command line.
fn occasion(workspace: &Workspace, period: &str, as_of: &str, lang: Lang) -> Option<Occasion> {
    let first_month = workspace.manifest.as_ref().map_or(4, |manifest| manifest.workspace.fiscal_year_starts);
    let (period_start, period_end) = match parse_period(period, first_month) {
        Ok(period) => period,
        Err(error) => {
            let text = match error {
                ParsePeriodError::Form => bilingual!(
                    "期間「{period}」が読めない。2026年度、令和8年度、2026-04..2027-03 のように書く",
                    "cannot read the period `{period}`; write 2026年度, 令和8年度 or 2026-04..2027-03"
                ),
                ParsePeriodError::Backwards => {
                    bilingual!(
                        "期間「{period}」は終わりが始まりより前にある",
                        "the period `{period}` ends before it begins"
                    )
                }
            };
            output::complain(lang, &text);
            return None;
        }
    };
    let Ok(today) = as_of.parse() else {
        output::complain(
            lang,
            &bilingual!(
                "基準日「{as_of}」が読めない。2026-11-23 のように書く",
                "cannot read the date `{as_of}`; write 2026-11-23"
            ),
        );
        return None;
    };
    if today < period_start {
        output::complain(
            lang,
            &bilingual!(
                "基準日 {today} は期間の始まり {period_start} より前なので、判定できることがない",
                "the date of judgement {today} is before the period begins on {period_start}, so that there is nothing to judge"
            ),
        );
        return None;
    }
    Some(Occasion { today, period_start, period_end })
}
