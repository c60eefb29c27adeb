//! A workspace: `kijun.toml`, the rulesets that it names, and the evidence that it maps.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use kijun_analysis::{Options, Override, analyze};
use kijun_evidence::{Bindings, Manifest, Setting, SettingValue, bind, parse_manifest};
use kijun_ir::Program;
use kijun_source::{Diagnostic, Sources, Span, bilingual};

use crate::rulesets::{Ruleset, read_rulesets};
use crate::{NO_RULES, UNREADABLE_MANIFEST};

/// The name of the file that makes a folder a workspace.
pub const MANIFEST: &str = "kijun.toml";

/// The zone of rulesets that are read without a workspace.
pub const DEFAULT_ZONE: &str = "Asia/Tokyo";

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
    /// What is wrong, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
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
    let mut sources = Sources::new();
    let mut diagnostics = Vec::new();
    let manifest = read_manifest(root, &mut sources, &mut diagnostics);
    let paths: Vec<(String, Option<Span>)> = manifest
        .iter()
        .flat_map(|manifest| &manifest.workspace.rulesets)
        .map(|path| (path.value.clone(), Some(path.span)))
        .collect();
    let ruleset = read_rulesets(root, &paths, &mut sources, &mut diagnostics);
    let options = Options {
        zone: manifest.as_ref().map_or_else(default_zone, |manifest| manifest.workspace.time_zone.clone()),
        overrides: manifest.iter().flat_map(|manifest| &manifest.params).map(override_of).collect(),
    };
    // Without a manifest there is nothing to say of the rules.
    let program = check_rules(&ruleset, &options, manifest.is_some(), &mut diagnostics);
    let bindings =
        manifest.as_ref().filter(|_| !diagnostics.iter().any(Diagnostic::is_error)).map(|manifest| {
            let (bindings, mut problems) = bind(manifest, &program);
            diagnostics.append(&mut problems);
            bindings
        });
    Workspace { root: root.to_owned(), sources, manifest, bindings, program, diagnostics }
}

/// Reads rulesets without a workspace: for `kijun check DIR` and `kijun test DIR`.
pub fn open_rulesets(root: &Path, paths: &[String]) -> Workspace {
    let mut sources = Sources::new();
    let mut diagnostics = Vec::new();
    let paths: Vec<(String, Option<Span>)> = paths.iter().map(|path| (path.clone(), None)).collect();
    let ruleset = read_rulesets(root, &paths, &mut sources, &mut diagnostics);
    let options = Options { zone: default_zone(), overrides: Vec::new() };
    let program = check_rules(&ruleset, &options, true, &mut diagnostics);
    Workspace { root: root.to_owned(), sources, manifest: None, bindings: None, program, diagnostics }
}

fn check_rules(
    ruleset: &Ruleset,
    options: &Options,
    demand_rules: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Program {
    let (program, mut problems) = analyze(&ruleset.files, options);
    diagnostics.append(&mut problems);
    if demand_rules && program.rules.is_empty() && !diagnostics.iter().any(Diagnostic::is_error) {
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
    program
}

fn read_manifest(root: &Path, sources: &mut Sources, diagnostics: &mut Vec<Diagnostic>) -> Option<Manifest> {
    match std::fs::read_to_string(root.join(MANIFEST)) {
        Ok(text) => {
            let file = sources.add(MANIFEST, text.trim_start_matches('\u{feff}'));
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
    };
    Override {
        name: setting.name.value.clone(),
        name_span: setting.name.span,
        value,
        value_span: setting.value.span,
    }
}

fn default_zone() -> TimeZone {
    TimeZone::get(DEFAULT_ZONE).unwrap_or(TimeZone::UTC)
}
