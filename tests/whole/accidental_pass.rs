//! No evidence that is spoiled makes a verdict better: every source of the example, in every way.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kijun_audit::Workspace;
use kijun_eval::{Snapshot, evaluate};
use kijun_ir::{Program, Verdict};
use kijun_source::Sources;
use rayon::prelude::*;

use crate::minato::{self, Copy, OCCASION};

/// The ways in which an export goes wrong.
#[derive(Debug, Clone, Copy)]
enum Spoil {
    /// The files are not there.
    Remove,
    /// The files are there, and hold nothing.
    Empty,
    /// Only the header is left: the query found nothing.
    HeaderOnly,
    /// The second half of the lines is missing.
    CutLines,
    /// The second half of the bytes is missing, so that the last line ends anywhere.
    CutBytes,
    /// It was taken two years ago.
    Stale,
    /// The first row has fields too many, or is no JSON. (A line further down may be part of a text in quotation marks.)
    BreakRow,
    /// UTF-8 where CP932 is declared, CP932 where UTF-8 is.
    Reencode,
    /// Nobody vouches for it.
    Unvouched,
}

const SPOILS: [Spoil; 9] = [
    Spoil::Remove,
    Spoil::Empty,
    Spoil::HeaderOnly,
    Spoil::CutLines,
    Spoil::CutBytes,
    Spoil::Stale,
    Spoil::BreakRow,
    Spoil::Reencode,
    Spoil::Unvouched,
];

/// The verdict of each rule over the evidence below `root`, mapped by the `kijun.toml` there. The rules are those of the
/// example as it is.
pub(crate) fn verdicts(program: &Program, root: &Path) -> BTreeMap<String, Verdict> {
    let mut sources = Sources::new();
    let manifest = std::fs::read_to_string(root.join("kijun.toml")).expect("a manifest");
    let file = sources.add("kijun.toml", manifest);
    let (manifest, _) = kijun_evidence::parse_manifest(&sources, file);
    let (bindings, _) = kijun_evidence::bind(&manifest.expect("a manifest that reads well"), program);
    let files = kijun_evidence::DiskFiles::new(root);
    let (evidence, _, _) = kijun_evidence::import(program, &bindings, &files, OCCASION.today, &mut sources);
    let outcome = evaluate(&Snapshot::new(program, &evidence, OCCASION));
    program.rules.iter().map(|(id, rule)| (rule.name.clone(), outcome.rules[id].verdict)).collect()
}

/// A source of the example: its name, its files, whether it is CP932.
struct Source {
    name: String,
    files: Vec<PathBuf>,
    cp932: bool,
}

fn sources(workspace: &Workspace) -> Vec<Source> {
    let manifest = workspace.manifest.as_ref().expect("the example has a manifest");
    let list = |pattern: &str| {
        let files = kijun_evidence::DiskFiles::new(&workspace.root);
        kijun_evidence::Files::list(&files, pattern).expect("a readable folder")
    };
    manifest
        .sources
        .iter()
        .map(|source| {
            let path = &source.path.as_ref().expect("a source has a path").value;
            let files: Vec<PathBuf> = list(&path.glob()).into_iter().map(PathBuf::from).collect();
            assert!(!files.is_empty(), "{} has no files", source.name.value);
            let cp932 = source.encoding == kijun_evidence::Encoding::Cp932;
            Source { name: source.name.value.clone(), files, cp932 }
        })
        .collect()
}

/// Spoils a source. `None` where this cannot be done to it: a file of ASCII only is the same in both encodings.
fn spoil(root: &Path, source: &Source, spoil: Spoil) -> Option<()> {
    if let Spoil::Stale | Spoil::Unvouched = spoil {
        edit_manifest(root, &source.name, |line| match spoil {
            Spoil::Stale if line.starts_with("collected") => {
                Some("collected = \"2024-11-20 08:00\"".to_owned())
            }
            Spoil::Unvouched if line.starts_with("complete") => Some("complete = false".to_owned()),
            _ => None,
        });
        return Some(());
    }
    let mut changed = false;
    for file in &source.files {
        let path = root.join(file);
        if matches!(spoil, Spoil::Remove) {
            std::fs::remove_file(&path).expect("a file to remove");
            changed = true;
            continue;
        }
        let before = std::fs::read(&path).expect("a file to spoil");
        let after = spoiled(&before, spoil, source.cp932);
        changed |= before != after;
        std::fs::write(&path, after).expect("a file to write");
    }
    changed.then_some(())
}

fn spoiled(bytes: &[u8], spoil: Spoil, cp932: bool) -> Vec<u8> {
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    match spoil {
        Spoil::Empty => Vec::new(),
        // A file without header keeps nothing.
        Spoil::HeaderOnly if bytes.starts_with(b"{") => Vec::new(),
        Spoil::HeaderOnly => lines[..1].concat(),
        Spoil::CutLines => lines[..lines.len() / 2].concat(),
        Spoil::CutBytes => bytes[..bytes.len() / 2].to_vec(),
        Spoil::BreakRow => {
            let mut lines: Vec<Vec<u8>> = lines.into_iter().map(<[u8]>::to_vec).collect();
            lines[1].splice(0..0, *b"?,\t?,");
            lines.concat()
        }
        Spoil::Reencode if cp932 => encoding_rs::SHIFT_JIS.decode(bytes).0.into_owned().into_bytes(),
        Spoil::Reencode => {
            let text = std::str::from_utf8(bytes).expect("a UTF-8 file");
            encoding_rs::SHIFT_JIS.encode(text.trim_start_matches('\u{feff}')).0.into_owned()
        }
        Spoil::Remove | Spoil::Stale | Spoil::Unvouched => bytes.to_vec(),
    }
}

/// Replaces a line in the `[[source]]` of that name.
fn edit_manifest(root: &Path, source: &str, edit: impl Fn(&str) -> Option<String>) {
    let path = root.join("kijun.toml");
    let text = std::fs::read_to_string(&path).expect("a manifest");
    let mut inside = false;
    let mut edited = 0;
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.starts_with("[[source]]") {
            inside = false;
        }
        inside |= line == format!("name = \"{source}\"");
        match edit(line).filter(|_| inside) {
            Some(other) => {
                edited += 1;
                lines.push(other);
            }
            None => lines.push(line.to_owned()),
        }
    }
    assert_eq!(edited, 1, "{source} has one such line");
    std::fs::write(&path, lines.join("\n")).expect("a manifest to write");
}

/// Whether a verdict looks better than it did. Only what was as good before may be good after.
pub(crate) fn is_better(before: Verdict, after: Verdict) -> bool {
    after != before && after < Verdict::Undetermined
}

/// `met→undetermined 3, violated→undetermined 1`
fn moves(before: &BTreeMap<String, Verdict>, after: &BTreeMap<String, Verdict>) -> String {
    let mut moves: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (rule, verdict) in before {
        if after[rule] != *verdict {
            *moves.entry((verdict.name(), after[rule].name())).or_default() += 1;
        }
    }
    let words = moves.iter().map(|((from, to), count)| format!("{from}→{to} {count}"));
    let text = words.collect::<Vec<_>>().join(", ");
    if text.is_empty() { "no change".to_owned() } else { text }
}

#[test]
fn spoiled_evidence_never_looks_better() {
    let workspace = minato::open(&minato::folder());
    let program = &workspace.program;
    let before = verdicts(program, &minato::folder());
    let sources = sources(&workspace);
    let cases: Vec<(&Source, Spoil)> =
        sources.iter().flat_map(|source| SPOILS.map(|way| (source, way))).collect();
    let table: Vec<String> =
        cases.into_par_iter().map(|(source, way)| line(program, &before, source, way)).collect();
    insta::assert_snapshot!(table.join("\n"));
}

/// Spoils one source in one way: a line of the table, if nothing looks better.
fn line(program: &Program, before: &BTreeMap<String, Verdict>, source: &Source, way: Spoil) -> String {
    let copy = Copy::new();
    if spoil(&copy.root(), source, way).is_none() {
        return format!("{} | {way:?} | same bytes", source.name);
    }
    let after = verdicts(program, &copy.root());
    for (rule, verdict) in before {
        let after = after[rule];
        assert!(!is_better(*verdict, after), "{} {way:?}: {rule} {verdict:?} → {after:?}", source.name);
    }
    format!("{} | {way:?} | {}", source.name, moves(before, &after))
}
