//! Where words go: results to the standard output, all else to the standard error; files whole or not at all.

use std::io::{IsTerminal, Write};
use std::path::Path;

use kijun_source::{Bilingual, Diagnostic, Lang, Sources, Style, render};

/// Writes a result. A closed pipe is the reader's choice, not an error.
pub(crate) fn result(text: &str) {
    let _ = anstream::stdout().write_all(text.as_bytes());
}

/// Writes a result that is no text, byte by byte.
pub(crate) fn bytes(bytes: &[u8]) {
    let _ = std::io::stdout().write_all(bytes);
}

/// Says something that is not the result.
pub(crate) fn note(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Says what went wrong with the invocation itself.
pub(crate) fn complain(lang: Lang, text: &Bilingual) {
    match lang {
        Lang::Ja => note(&format!("エラー: {}", text.ja)),
        Lang::En => note(&format!("error: {}", text.en)),
    }
}

/// Draws diagnostics, in their order.
pub(crate) fn diagnostics<'a>(
    diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
    sources: &Sources,
    lang: Lang,
) {
    let style = if std::io::stderr().is_terminal() { Style::Coloured } else { Style::Plain };
    for diagnostic in diagnostics {
        note(&render(diagnostic, sources, lang, style));
    }
}

/// Why a file could not be written, without the name of the unfinished one.
pub(crate) fn reason(error: &std::io::Error) -> Bilingual {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => Bilingual::new("そのフォルダがない", "there is no such folder"),
        ErrorKind::PermissionDenied => Bilingual::new("書き込む権限がない", "permission denied"),
        ErrorKind::IsADirectory => Bilingual::new("同じ名前のフォルダがある", "it is a folder"),
        ErrorKind::NotADirectory => {
            Bilingual::new("フォルダのはずの所にファイルがある", "a file is where a folder should be")
        }
        ErrorKind::ReadOnlyFilesystem => {
            Bilingual::new("読み取り専用の場所である", "the file system is read-only")
        }
        ErrorKind::StorageFull => Bilingual::new("空き容量がない", "no space is left"),
        kind => Bilingual::same(kind.to_string()),
    }
}

/// Writes a file by renaming a finished one over it, so that it appears whole or not at all.
pub(crate) fn file(path: &Path, contents: &str) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut unfinished = tempfile::NamedTempFile::new_in(folder)?;
    unfinished.write_all(contents.as_bytes())?;
    unfinished.as_file().sync_all()?;
    readable_by_others(unfinished.as_file())?;
    unfinished.persist(path)?;
    Ok(())
}

/// Replaces the contents of a file, behind its links and with the permissions that it has.
pub(crate) fn rewrite(path: &Path, contents: &str) -> std::io::Result<()> {
    let path = std::fs::canonicalize(path)?;
    let permissions = std::fs::metadata(&path)?.permissions();
    file(&path, contents)?;
    std::fs::set_permissions(&path, permissions)
}

/// A temporary file is its owner's alone; a report is an ordinary file.
#[cfg(unix)]
fn readable_by_others(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_others(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

/// The columns of the terminal as it says them itself; of a file or a pipe, always those of a wide page.
pub(crate) fn width() -> usize {
    const PAGE: usize = 120;
    let columns = std::io::stdout().is_terminal().then(|| std::env::var("COLUMNS").ok()).flatten();
    columns.and_then(|columns| columns.parse().ok()).unwrap_or(PAGE)
}
