//! Finds and reads the files of rulesets, and those that they use.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kijun_analysis::Unit;
use kijun_source::{Bilingual, Diagnostic, FileId, SourceFile, Sources, Span, bilingual};
use kijun_syntax::ast;
use rayon::prelude::*;

use crate::{Drafts, UNREADABLE_RULESET};

/// Reads every `.kijun` file of the given files and folders, and of what they use. Each folder that holds such files is a unit, a file that is
/// named itself is one of its own; below a folder all are read. The order is that of the paths given, then that of their names.
///
/// `root` is what relative paths are relative to; `places` says where each path was written, for errors.
pub fn read_rulesets(
    root: &Path,
    paths: &[(String, Option<Span>)],
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Unit> {
    read_drafted(root, paths, &Drafts::default(), sources, diagnostics).units
}

/// Rulesets as read.
pub(crate) struct Rulesets {
    /// Each folder or lone file.
    pub(crate) units: Vec<Unit>,
    /// The folders that were read as a whole, not those of lone files.
    pub(crate) folders: Vec<PathBuf>,
}

/// The same, as they would be with some files changed.
pub(crate) fn read_drafted(
    root: &Path,
    paths: &[(String, Option<Span>)],
    drafts: &Drafts,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Rulesets {
    let read = Rulesets { units: Vec::new(), folders: Vec::new() };
    let (known, files) = (BTreeMap::new(), BTreeMap::new());
    let mut reader = Reader { root, drafts, sources, diagnostics, read, known, files };
    for (path, place) in paths {
        match groups_of(&root.join(path)) {
            Ok(groups) if groups.is_empty() => reader.report(
                *place,
                bilingual!("`{path}` に規則（.kijun）がない", "`{path}` holds no .kijun file"),
            ),
            Ok(groups) => groups.into_iter().for_each(|group| {
                reader.unit(group, *place);
            }),
            Err(error) => reader.report(
                *place,
                bilingual!("`{path}` を読めない: {error}", "`{path}` cannot be read: {error}"),
            ),
        }
    }
    reader.follow_uses();
    reader.read
}

/// The files of one unit.
struct Group {
    /// The folder, or the lone file.
    path: PathBuf,
    files: Vec<PathBuf>,
}

struct Reader<'a> {
    root: &'a Path,
    drafts: &'a Drafts,
    sources: &'a mut Sources,
    diagnostics: &'a mut Vec<Diagnostic>,
    read: Rulesets,
    /// The unit of each folder or lone file, by its canonical path.
    known: BTreeMap<PathBuf, usize>,
    /// The unit to which each file belongs, by its canonical path.
    files: BTreeMap<PathBuf, usize>,
}

impl Reader<'_> {
    /// Reads a unit unless it is known; returns its position.
    fn unit(&mut self, group: Group, place: Option<Span>) -> Option<usize> {
        let path = group.path.canonicalize().unwrap_or_else(|_| group.path.clone());
        if let Some(known) = self.known.get(&path) {
            return Some(*known);
        }
        let lone = group.files.first().filter(|file| **file == group.path);
        if let Some(known) = lone.and_then(|file| self.files.get(&file.canonicalize().ok()?)) {
            return Some(*known);
        }
        if lone.is_none() {
            self.read.folders.push(group.path.clone());
        }
        let position = self.read.units.len();
        self.known.insert(path, position);
        self.read.units.push(Unit { files: Vec::new(), uses: Vec::new() });
        let files = self.texts(group.files, place);
        let parsed = parsed(self.sources, &files);
        for ((file, _), (tree, mut problems)) in files.into_iter().zip(parsed) {
            self.files.insert(file.canonicalize().unwrap_or(file), position);
            self.diagnostics.append(&mut problems);
            self.read.units[position].files.push(tree);
        }
        Some(position)
    }

    /// Takes the texts of files among the sources; reports those that cannot be read.
    fn texts(&mut self, files: Vec<PathBuf>, place: Option<Span>) -> Vec<(PathBuf, FileId)> {
        let (root, drafts) = (self.root, self.drafts);
        let read = files.into_par_iter().map(|file| {
            let name = shown(&file, root);
            let text = drafts.read(&name, &file).map(Arc::<str>::from);
            (file, name, text)
        });
        let mut found = Vec::new();
        for (file, name, text) in read.collect::<Vec<_>>() {
            match text {
                Ok(text) => found.push((file, self.sources.add(name, text))),
                Err(error) => self.report(
                    place,
                    bilingual!("`{name}` を読めない: {error}", "`{name}` cannot be read: {error}"),
                ),
            }
        }
        found
    }

    /// Reads what the units use, and what that uses, until nothing new comes up.
    fn follow_uses(&mut self) {
        let mut next = 0;
        while next < self.read.units.len() {
            for (path, span) in self.uses_of(next) {
                let used = self.used(&path, span);
                self.read.units[next].uses.extend(used.map(|used| (span, used)));
            }
            next += 1;
        }
    }

    /// The paths of the `use` lines of a unit, each joined to the folder of its file.
    fn uses_of(&self, unit: usize) -> Vec<(PathBuf, Span)> {
        let items = self.read.units[unit].files.iter().flat_map(|file| &file.items);
        let uses = items.filter_map(|item| match &item.kind {
            ast::ItemKind::Use(used) => Some(&used.path),
            _ => None,
        });
        uses.map(|path| {
            let file = PathBuf::from(&self.sources.file(path.span.file).path);
            let folder = self.root.join(file.parent().unwrap_or(Path::new("")));
            (folder.join(&path.value), path.span)
        })
        .collect()
    }

    fn used(&mut self, path: &Path, span: Span) -> Option<usize> {
        let written = self.sources.slice(span).to_owned();
        match group_of(path) {
            Ok(Some(group)) => self.unit(group, Some(span)),
            Ok(None) => {
                self.report(
                    Some(span),
                    bilingual!("{written} に規則（.kijun）がない", "{written} holds no .kijun file"),
                );
                None
            }
            Err(error) => {
                self.report(
                    Some(span),
                    bilingual!("{written} を読めない: {error}", "{written} cannot be read: {error}"),
                );
                None
            }
        }
    }

    fn report(&mut self, place: Option<Span>, message: Bilingual) {
        let diagnostic = match place {
            Some(span) => Diagnostic::new(&UNREADABLE_RULESET, span, message),
            None => Diagnostic::without_place(&UNREADABLE_RULESET, message),
        };
        self.diagnostics.push(diagnostic.help(Bilingual::new(
            "規則のあるフォルダか .kijun ファイルを指定する",
            "name a folder with rules, or a .kijun file",
        )));
    }
}

/// The trees of files, in their order. The longest are parsed first, so that no thread is left alone with one of them in the end.
fn parsed(sources: &Sources, files: &[(PathBuf, FileId)]) -> Vec<(ast::File, Vec<Diagnostic>)> {
    let mut longest_first: Vec<(usize, &SourceFile)> =
        files.iter().map(|(_, id)| sources.file(*id)).enumerate().collect();
    longest_first.sort_by_key(|(_, file)| Reverse(file.text.len()));
    let parse = |(position, file)| (position, kijun_syntax::parse(file));
    let mut parsed: Vec<_> = longest_first.into_iter().par_bridge().map(parse).collect();
    parsed.sort_unstable_by_key(|(position, _)| *position);
    parsed.into_iter().map(|(_, parsed)| parsed).collect()
}

/// The units that a path stands for: the folder itself and those below it that hold rules, or the file.
fn groups_of(path: &Path) -> io::Result<Vec<Group>> {
    let mut groups: Vec<Group> = group_of(path)?.into_iter().collect();
    if std::fs::metadata(path)?.is_dir() {
        let mut folders = std::fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
        folders.sort_by_key(std::fs::DirEntry::path);
        for folder in folders.into_iter().map(|entry| entry.path()).filter(|entry| entry.is_dir()) {
            groups.extend(groups_of(&folder)?);
        }
    }
    Ok(groups)
}

/// The unit of a folder, without those below it, or of a file; `None` where a folder holds no rules itself.
fn group_of(path: &Path) -> io::Result<Option<Group>> {
    if !std::fs::metadata(path)?.is_dir() {
        return Ok(Some(Group { path: path.to_owned(), files: vec![path.to_owned()] }));
    }
    let entries = std::fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
    let rules =
        |file: &PathBuf| file.is_file() && file.extension().is_some_and(|extension| extension == "kijun");
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).filter(rules).collect();
    files.sort_unstable();
    Ok((!files.is_empty()).then(|| Group { path: path.to_owned(), files }))
}

/// The path as the reader knows it: relative to the root, with `/`, without `.` and what `..` takes back.
pub(crate) fn shown(file: &Path, root: &Path) -> String {
    let relative = file.strip_prefix(root).unwrap_or(file);
    let mut parts: Vec<String> = Vec::new();
    for part in relative.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir if parts.last().is_some_and(|last| last != "..") => {
                parts.pop();
            }
            part => parts.push(part.as_os_str().to_string_lossy().into_owned()),
        }
    }
    parts.join("/").replacen("//", "/", 1)
}
