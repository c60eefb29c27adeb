//! One file a command.

mod asking;
mod check;
mod crosswalk;
mod doc;
mod eval;
mod evidence;
mod explain;
mod fmt;
mod graph;
mod repl;
mod run;
mod schema;
mod test;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use kijun_audit::{
    Drafts, ParsePeriodError, Workspace, draft_rulesets, draft_workspace, find_workspace, open_workspace,
    parse_period,
};
use kijun_eval::Occasion;
use kijun_evidence::SourceTable;
use kijun_pack::{Catalogue, Delivery};
use kijun_source::{Bilingual, Diagnostic, Lang, bilingual};

use crate::arguments::{Arguments, Command, Dates, Language};
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
        Command::Eval(eval) => eval::eval(arguments, eval, lang),
        Command::Repl(repl) => repl::repl(arguments, repl, lang),
        Command::Schema(schema) => schema::schema(arguments, schema, lang),
        Command::Evidence(evidence) => evidence::evidence(arguments, evidence, lang),
        Command::Graph(graph) => graph::graph(arguments, graph, lang),
        Command::Doc(doc) => doc::doc(arguments, doc, lang),
        Command::Crosswalk(crosswalk) => crosswalk::crosswalk(arguments, crosswalk, lang),
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

/// What a command about rules looks at.
enum Target<'a> {
    /// The workspace in a folder.
    Workspace(PathBuf),
    /// Rulesets by themselves, by their paths.
    Rulesets(&'a [String]),
}

impl<'a> Target<'a> {
    /// The given paths, else the workspace. Complains where there is none.
    fn of(arguments: &Arguments, paths: &'a [String], lang: Lang) -> Option<Self> {
        match paths {
            [] => workspace_folder(arguments, lang).map(Target::Workspace),
            paths => Some(Target::Rulesets(paths)),
        }
    }

    /// Reads it, as it would be with some files changed.
    fn open(&self, drafts: &Drafts) -> Workspace {
        match self {
            Target::Workspace(folder) => draft_workspace(folder, drafts),
            Target::Rulesets(paths) => draft_rulesets(Path::new(""), paths, drafts),
        }
    }

    /// The folder that its paths are relative to.
    fn folder(&self) -> &Path {
        match self {
            Target::Workspace(folder) => folder,
            Target::Rulesets(_) => Path::new(""),
        }
    }

    /// The same folder seen from the current one, with `/`; empty where it is the current one.
    fn folder_from_here(&self) -> String {
        let here = std::env::current_dir().and_then(std::fs::canonicalize).unwrap_or_default();
        let folder =
            std::fs::canonicalize(here.join(self.folder())).unwrap_or_else(|_| self.folder().to_owned());
        let common =
            here.components().zip(folder.components()).take_while(|(one, other)| one == other).count();
        let up = here.components().skip(common).map(|_| "..".to_owned());
        let down =
            folder.components().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
        up.chain(down).collect::<Vec<_>>().join("/")
    }
}

/// The rules that a command is about: those of the given paths, else those of the workspace.
fn rules(arguments: &Arguments, paths: &[String], lang: Lang) -> Option<Workspace> {
    Target::of(arguments, paths, lang).map(|target| target.open(&Drafts::default()))
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

/// The dates of a question: those given, else today where the workspace is, and the fiscal year of that day.
fn occasion_of(workspace: &Workspace, dates: &Dates, lang: Lang) -> Option<Occasion> {
    let calendar = &workspace.program.calendar;
    let today = match &dates.as_of {
        Some(written) => written.clone(),
        None => Timestamp::now().to_zoned(calendar.zone.clone()).date().to_string(),
    };
    let period = match &dates.period {
        Some(written) => written.clone(),
        None => {
            let year = calendar.fiscal_year_of(day(&today, lang)?)?;
            format!("{}..{}", year.start, year.end)
        }
    };
    occasion(workspace, &period, &today, lang)
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
    let today = day(as_of, lang)?;
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

/// A day as written on the command line; complains where it cannot be read.
fn day(written: &str, lang: Lang) -> Option<Date> {
    let day = written.parse().ok();
    if day.is_none() {
        output::complain(
            lang,
            &bilingual!(
                "基準日「{written}」が読めない。2026-11-23 のように書く",
                "cannot read the date `{written}`; write 2026-11-23"
            ),
        );
    }
    day
}
