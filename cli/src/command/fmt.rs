//! `kijun fmt`: the one layout of the rules.

use std::path::{Path, PathBuf};

use kijun_audit::{open_workspace, read_rulesets};
use kijun_source::{Bilingual, Diagnostic, Lang, SourceFile, Sources, bilingual};

use crate::arguments::{Arguments, Fmt};
use crate::exit::Exit;
use crate::output;

pub(crate) fn fmt(arguments: &Arguments, fmt: &Fmt, lang: Lang) -> Exit {
    let Some((root, paths)) = places(arguments, &fmt.paths, lang) else { return Exit::Broken };
    let paths: Vec<_> = paths.into_iter().map(|path| (path, None)).collect();
    let (mut sources, mut diagnostics) = (Sources::new(), Vec::new());
    read_rulesets(&root, &paths, &mut sources, &mut diagnostics);
    output::diagnostics(&diagnostics, &sources, lang);
    let mut is_broken = diagnostics.iter().any(Diagnostic::is_error);
    let mut differing = 0;
    for file in sources.iter() {
        let Some(formatted) = kijun_syntax::format(file).filter(|formatted| **formatted != *file.text) else {
            continue;
        };
        differing += 1;
        if fmt.check {
            report(file, &formatted, lang);
        } else {
            is_broken |= !is_rewritten(file, &root, &formatted, lang);
        }
    }
    let files = sources.iter().count();
    let summary = match fmt.check {
        true => bilingual!(
            "ファイル {files} · 整っていないもの {differing}\n",
            "files {files} · not formatted {differing}\n"
        ),
        false => bilingual!(
            "ファイル {files} · 整えたもの {differing}\n",
            "files {files} · formatted {differing}\n"
        ),
    };
    output::result(summary.get(lang));
    match (is_broken, fmt.check && differing > 0) {
        (true, _) => Exit::Broken,
        (false, true) => Exit::Bad,
        (false, false) => Exit::Good,
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
    match rewrite(&root.join(path), formatted) {
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

/// Replaces the contents of a file, behind its links and with the permissions that it has.
fn rewrite(path: &Path, contents: &str) -> std::io::Result<()> {
    let path = std::fs::canonicalize(path)?;
    let permissions = std::fs::metadata(&path)?.permissions();
    output::file(&path, contents)?;
    std::fs::set_permissions(&path, permissions)
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
