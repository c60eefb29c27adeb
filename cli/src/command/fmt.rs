//! `kijun fmt`: the one layout of the rules, in either spelling.

use std::path::{Path, PathBuf};

use kijun_audit::{Drafts, open_workspace, read_rulesets, respell};
use kijun_source::{Bilingual, Diagnostic, Lang, SourceFile, Sources, bilingual};
use kijun_syntax::ast::Spelling;

use crate::arguments::{Arguments, Fmt, Language};
use crate::command::Target;
use crate::exit::Exit;
use crate::output;

pub(crate) fn fmt(arguments: &Arguments, fmt: &Fmt, lang: Lang) -> Exit {
    let wanted = match fmt.spelling {
        None => laid_out(arguments, fmt, lang),
        Some(spelling) => respelled(arguments, fmt, spelling, lang),
    };
    let Some(Wanted { root, mut files, mut is_broken }) = wanted else { return Exit::Broken };
    // What a ruleset uses from elsewhere is read with it, but was not named.
    files.retain(|(file, _)| is_below(&root.join(&file.path), &fmt.paths));
    let differing: Vec<_> = files.iter().filter(|(file, text)| **text != *file.text).collect();
    for (file, text) in &differing {
        if fmt.check {
            report(file, text, lang);
        } else {
            is_broken |= !is_rewritten(file, &root, text, lang);
        }
    }
    output::result(summary(files.len(), differing.len(), fmt.check).get(lang));
    match (is_broken, fmt.check && !differing.is_empty()) {
        (true, _) => Exit::Broken,
        (false, true) => Exit::Bad,
        (false, false) => Exit::Good,
    }
}

/// Files of rules, each with the text that it should have.
struct Wanted {
    /// What their paths are relative to.
    root: PathBuf,
    /// The files in order; one that cannot be read is to stay as it is.
    files: Vec<(SourceFile, String)>,
    /// Whether one of them cannot be read.
    is_broken: bool,
}

/// Each file in the layout of the language and in its own spelling. What is wrong with one does not hold up the others.
fn laid_out(arguments: &Arguments, fmt: &Fmt, lang: Lang) -> Option<Wanted> {
    let (root, paths) = places(arguments, &fmt.paths, lang)?;
    let paths: Vec<_> = paths.into_iter().map(|path| (path, None)).collect();
    let (mut sources, mut diagnostics) = (Sources::new(), Vec::new());
    read_rulesets(&root, &paths, &mut sources, &mut diagnostics);
    output::diagnostics(&diagnostics, &sources, lang);
    let text = |file: &SourceFile| kijun_syntax::format(file).unwrap_or_else(|| file.text.to_string());
    let files = sources.iter().map(|file| (file.clone(), text(file))).collect();
    Some(Wanted { root, files, is_broken: diagnostics.iter().any(Diagnostic::is_error) })
}

/// All files in a spelling, or none where something keeps one from it.
fn respelled(arguments: &Arguments, fmt: &Fmt, spelling: Language, lang: Lang) -> Option<Wanted> {
    let target = Target::of(arguments, &fmt.paths, lang)?;
    let workspace = target.open(&Drafts::default());
    let spelling = match spelling {
        Language::Ja => Spelling::Japanese,
        Language::En => Spelling::English,
    };
    let respelled = respell(&workspace, spelling);
    let drafts = match respelled {
        Ok(drafts) => drafts,
        Err(problems) => {
            output::diagnostics(&problems, &workspace.sources, lang);
            output::complain(
                lang,
                &Bilingual::new(
                    "表記を変えられないので、どのファイルも書き換えない",
                    "the spelling cannot be changed; no file was written",
                ),
            );
            return None;
        }
    };
    let files = workspace.sources.iter();
    let files = files.filter_map(|file| Some((file.clone(), drafts.get(&file.path)?.to_owned()))).collect();
    Some(Wanted { root: workspace.root, files, is_broken: false })
}

/// Whether a file lies in one of the places that were named; any does where none was.
fn is_below(file: &Path, places: &[String]) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    places.is_empty() || places.iter().any(|place| real(file).starts_with(real(Path::new(place))))
}

fn summary(files: usize, differing: usize, check: bool) -> Bilingual {
    match check {
        true => bilingual!(
            "ファイル {files} · 整っていないもの {differing}\n",
            "files {files} · not formatted {differing}\n"
        ),
        false => bilingual!(
            "ファイル {files} · 整えたもの {differing}\n",
            "files {files} · formatted {differing}\n"
        ),
    }
}

/// The paths to format and what they are relative to: those given, else the rulesets of the workspace.
fn places(arguments: &Arguments, paths: &[String], lang: Lang) -> Option<(PathBuf, Vec<String>)> {
    if !paths.is_empty() {
        return Some((PathBuf::new(), paths.to_vec()));
    }
    let workspace = open_workspace(&super::workspace_folder(arguments, lang)?);
    let Some(manifest) = workspace.manifest else {
        output::diagnostics(&workspace.diagnostics, &workspace.sources, lang);
        return None;
    };
    let paths: Vec<String> = manifest.workspace.rulesets.into_iter().map(|path| path.value).collect();
    if paths.is_empty() {
        output::complain(
            lang,
            &Bilingual::new("kijun.toml に規則のフォルダがない", "kijun.toml names no folder with rules"),
        );
        return None;
    }
    Some((workspace.root, paths))
}

/// Writes the file anew and says so; complains where it cannot.
fn is_rewritten(file: &SourceFile, root: &Path, formatted: &str, lang: Lang) -> bool {
    let path = &file.path;
    match output::rewrite(&root.join(path), formatted) {
        Ok(()) => output::result(bilingual!("整えた: {path}\n", "formatted: {path}\n").get(lang)),
        Err(error) => {
            output::complain(
                lang,
                &bilingual!("`{path}` に書けない: {error}", "cannot write to `{path}`: {error}"),
            );
            return false;
        }
    }
    true
}

/// Shows the first line that differs.
fn report(file: &SourceFile, formatted: &str, lang: Lang) {
    let (mut written, mut wanted) = (file.text.split('\n'), formatted.split('\n'));
    for line in 1_usize.. {
        let pair = (written.next(), wanted.next());
        if pair.0 == pair.1 {
            continue;
        }
        let path = &file.path;
        output::result(
            bilingual!("{path}:{line}: 整っていない\n", "{path}:{line}: not formatted\n").get(lang),
        );
        for (sign, line) in [("-", pair.0), ("+", pair.1)] {
            if let Some(line) = line {
                output::result(&format!("  {sign} {}\n", with_visible_end(line)));
            }
        }
        return;
    }
}

/// The line with marks for the white space at its end.
fn with_visible_end(line: &str) -> String {
    let visible = line.trim_end();
    let rest = line[visible.len()..].chars().count();
    format!("{visible}{}", "·".repeat(rest))
}
