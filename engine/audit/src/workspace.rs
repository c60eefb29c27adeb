//! A workspace: `kijun.toml`, the rulesets that it names, and the evidence that it maps.

use std::path::{Path, PathBuf};

use kijun_analysis::{Analysis, Options, Override, Unit, analyze};
use kijun_evidence::{Bindings, Manifest, Setting, SettingValue, bind, parse_manifest};
use kijun_ir::{Calendar, Program};
use kijun_source::{Diagnostic, Sources, Span, bilingual, offer_slips};

use crate::holidays::read_holidays;
use crate::lints::check_settings;
use crate::rulesets::{Rulesets, read_drafted};
use crate::{Drafts, NO_RULES, UNREADABLE_MANIFEST};

/// The name of the file that makes a folder a workspace.
pub const MANIFEST: &str = "kijun.toml";

/// Rules, where evidence comes from, and what is wrong with either.
#[derive(Debug)]
pub struct Workspace {
    /// The folder of `kijun.toml`.
    pub root: PathBuf,
    /// Every file that was read, for diagnostics.
    pub sources: Sources,
    /// The content of `kijun.toml`; `None` for rulesets alone, and where it cannot be read.
    pub manifest: Option<Manifest>,
    /// Where the evidence of each fact comes from.
    pub bindings: Option<Bindings>,
    /// The rules.
    pub program: Program,
    /// What the program was made of.
    pub(crate) written: Written,
    /// What is wrong, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
}

/// The rules as written.
#[derive(Debug)]
pub(crate) struct Written {
    /// The files, by unit.
    pub(crate) units: Vec<Unit>,
    /// The folders that were read as a whole.
    pub(crate) folders: Vec<PathBuf>,
    /// What the workspace says about them.
    pub(crate) options: Options,
}

impl Workspace {
    /// Whether nothing is wrong that keeps it from being judged.
    pub fn is_sound(&self) -> bool {
        !self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// The errors that keep the rules from being read, for those who read no evidence and may be writing `kijun.toml`:
    /// what is wrong with its sources is left out, and that there are facts but no rule yet.
    pub fn errors_of_rules(&self) -> Vec<&Diagnostic> {
        let of_sources =
            |id| self.manifest.is_some() && kijun_evidence::CODES.iter().any(|code| code.id == id);
        let is_aside = |error: &&Diagnostic| error.code.id == NO_RULES.id || of_sources(error.code.id);
        self.diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.is_error())
            .filter(|error| !is_aside(error))
            .collect()
    }
}

/// The nearest folder with a `kijun.toml`, from `start` upwards.
pub fn find_workspace(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| folder.join(MANIFEST).is_file()).map(Path::to_owned)
}

/// Reads a workspace. What is wrong is among its diagnostics.
pub fn open_workspace(root: &Path) -> Workspace {
    draft_workspace(root, &Drafts::default())
}

/// Reads a workspace as it would be with some files changed.
pub fn draft_workspace(root: &Path, drafts: &Drafts) -> Workspace {
    let mut sources = Sources::new();
    let mut diagnostics = Vec::new();
    let manifest = read_manifest(root, drafts, &mut sources, &mut diagnostics);
    diagnostics.extend(manifest.iter().flat_map(check_settings));
    let paths: Vec<(String, Option<Span>)> = manifest
        .iter()
        .flat_map(|manifest| &manifest.workspace.rulesets)
        .map(|path| (path.value.clone(), Some(path.span)))
        .collect();
    let rulesets = read_drafted(root, &paths, drafts, &mut sources, &mut diagnostics);
    let calendar = manifest.as_ref().map(|manifest| calendar_of(root, manifest, &mut diagnostics));
    let options = Options {
        calendar: calendar.unwrap_or_else(Calendar::japan),
        overrides: manifest.iter().flat_map(|manifest| &manifest.params).map(override_of).collect(),
    };
    // Without a manifest there is nothing to say of the rules.
    let suffices = |program: &Program| manifest.is_none() || !program.rules.is_empty();
    let (program, written) = check_rules(rulesets, options, suffices, &mut diagnostics);
    let bindings =
        manifest.as_ref().filter(|_| !diagnostics.iter().any(Diagnostic::is_error)).map(|manifest| {
            let (bindings, mut problems) = bind(manifest, &program);
            diagnostics.append(&mut problems);
            bindings
        });
    finish(&mut diagnostics, &sources);
    Workspace { root: root.to_owned(), sources, manifest, bindings, program, written, diagnostics }
}

/// Reads rulesets without a workspace: for `kijun check DIR` and `kijun test DIR`.
pub fn open_rulesets(root: &Path, paths: &[String]) -> Workspace {
    draft_rulesets(root, paths, &Drafts::default())
}

/// Reads rulesets as they would be with some files changed.
pub fn draft_rulesets(root: &Path, paths: &[String], drafts: &Drafts) -> Workspace {
    let mut sources = Sources::new();
    let mut diagnostics = Vec::new();
    let paths: Vec<(String, Option<Span>)> = paths.iter().map(|path| (path.clone(), None)).collect();
    let rulesets = read_drafted(root, &paths, drafts, &mut sources, &mut diagnostics);
    let options = Options { calendar: Calendar::japan(), overrides: Vec::new() };
    let suffices = |program: &Program| !program.rules.is_empty() || !program.tests.is_empty();
    let (program, written) = check_rules(rulesets, options, suffices, &mut diagnostics);
    finish(&mut diagnostics, &sources);
    let root = root.to_owned();
    Workspace { root, sources, manifest: None, bindings: None, program, written, diagnostics }
}

/// Puts what was found in the order of the files, and offers fixes for what are but slips of the hand.
fn finish(diagnostics: &mut [Diagnostic], sources: &Sources) {
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span(), diagnostic.code.id));
    offer_slips(diagnostics, sources);
}

fn check_rules(
    rulesets: Rulesets,
    options: Options,
    suffices: impl Fn(&Program) -> bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Program, Written) {
    let Rulesets { units, folders } = rulesets;
    let Analysis { program, diagnostics: mut problems } = analyze(&units, &options);
    diagnostics.append(&mut problems);
    if !suffices(&program) && !diagnostics.iter().any(Diagnostic::is_error) {
        let message = bilingual!(
            "規則集に規則が一つもない。判定できるものがない",
            "the rulesets hold no rule, so that there is nothing to judge"
        );
        let help = bilingual!(
            "`[workspace]` の `rulesets` に規則のあるフォルダを書く",
            "name a folder with rules under `rulesets` in `[workspace]`"
        );
        diagnostics.push(Diagnostic::without_place(&NO_RULES, message).help(help));
    }
    (program, Written { units, folders, options })
}

fn read_manifest(
    root: &Path,
    drafts: &Drafts,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Manifest> {
    match drafts.read(MANIFEST, &root.join(MANIFEST)) {
        Ok(text) => {
            let file = sources.add(MANIFEST, text);
            let (manifest, mut problems) = parse_manifest(sources, file);
            diagnostics.append(&mut problems);
            manifest
        }
        Err(error) => {
            let folder = root.display();
            let message = bilingual!(
                "`{folder}` の {MANIFEST} を読めない: {error}",
                "{MANIFEST} in `{folder}` cannot be read: {error}"
            );
            diagnostics.push(Diagnostic::without_place(&UNREADABLE_MANIFEST, message));
            None
        }
    }
}

fn override_of(setting: &Setting) -> Override {
    let value = match &setting.value.value {
        SettingValue::Text(text) | SettingValue::Number(text) => text.clone(),
        SettingValue::Bool(value) => value.to_string(),
        SettingValue::List(texts) => list_of(texts),
    };
    Override {
        name: setting.name.value.clone(),
        name_span: setting.name.span,
        value,
        value_span: setting.value.span,
    }
}

/// A list as the language writes it.
fn list_of(texts: &[String]) -> String {
    let quoted = texts.iter().map(|text| {
        let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('{', "\\{");
        format!("\"{escaped}\"")
    });
    format!("[{}]", quoted.collect::<Vec<_>>().join(", "))
}

/// The calendar that a workspace says: its zone, its holidays, the beginning of its fiscal year.
fn calendar_of(root: &Path, manifest: &Manifest, diagnostics: &mut Vec<Diagnostic>) -> Calendar {
    let japan = Calendar::japan();
    let list = manifest.workspace.holidays.as_ref();
    let holidays = list.and_then(|path| read_holidays(root, path, diagnostics));
    Calendar {
        zone: manifest.workspace.time_zone.clone(),
        holidays: holidays.unwrap_or(japan.holidays),
        fiscal_month: manifest.workspace.fiscal_year_starts,
    }
}
