//! Finds and reads the files of rulesets.

use std::path::{Path, PathBuf};

use kijun_source::{Diagnostic, FileId, Sources, Span, bilingual};
use kijun_syntax::ast;

use crate::UNREADABLE_RULESET;

/// The files of a ruleset, read and parsed, in the order of their paths.
#[derive(Debug, Default)]
pub struct Ruleset {
    /// The trees, one a file.
    pub files: Vec<ast::File>,
}

/// Reads every `.kijun` file of the given files and folders (below a folder: all of them, sorted by path).
///
/// `root` is what relative paths are relative to; `places` says where each path was written, for errors.
pub fn read_rulesets(
    root: &Path,
    paths: &[(String, Option<Span>)],
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Ruleset {
    let mut ruleset = Ruleset::default();
    for (path, place) in paths {
        match files_of(&root.join(path)) {
            Ok(found) if found.is_empty() => {
                let message = bilingual!("`{path}` に規則（.kijun）がない", "`{path}` holds no .kijun file");
                diagnostics.push(unreadable(*place, message));
            }
            Ok(found) => {
                for file in found {
                    read_file(&file, &shown(&file, root), *place, sources, diagnostics, &mut ruleset);
                }
            }
            Err(error) => {
                let message = bilingual!("`{path}` を読めない: {error}", "`{path}` cannot be read: {error}");
                diagnostics.push(unreadable(*place, message));
            }
        }
    }
    ruleset
}

fn read_file(
    file: &Path,
    name: &str,
    place: Option<Span>,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
    ruleset: &mut Ruleset,
) {
    if sources.iter().any(|known| known.path == name) {
        return;
    }
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            let message = bilingual!("`{name}` を読めない: {error}", "`{name}` cannot be read: {error}");
            diagnostics.push(unreadable(place, message));
            return;
        }
    };
    let id: FileId = sources.add(name, text.trim_start_matches('\u{feff}'));
    let (tree, mut problems) = kijun_syntax::parse(sources.file(id));
    diagnostics.append(&mut problems);
    ruleset.files.push(tree);
}

fn unreadable(place: Option<Span>, message: kijun_source::Bilingual) -> Diagnostic {
    match place {
        Some(span) => Diagnostic::new(&UNREADABLE_RULESET, span, message),
        None => Diagnostic::without_place(&UNREADABLE_RULESET, message),
    }
    .help(kijun_source::Bilingual::new(
        "規則のあるフォルダか .kijun ファイルを指定する",
        "name a folder with rules, or a .kijun file",
    ))
}

/// The `.kijun` files that a path stands for, sorted.
fn files_of(path: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !std::fs::metadata(path)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?.path();
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|extension| extension == "kijun") {
                found.push(entry);
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// The path as the reader knows it: relative to the root, with `/`.
fn shown(file: &Path, root: &Path) -> String {
    let relative = file.strip_prefix(root).unwrap_or(file);
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/").replacen("//", "/", 1)
}
