//! `kijun.toml`: written by hand in `kijun.toml.in`, with the numbers of rows filled in.

use crate::file::EvidenceFile;

const TEMPLATE: &str = include_str!("../kijun.toml.in");

/// The manifest, in which `{rows PATH}` became the number of rows of the file and `{rows PREFIX*}` a table of them by
/// file name. The error names a path that fits no file.
pub(crate) fn file(files: &[EvidenceFile]) -> Result<EvidenceFile, String> {
    let mut text = String::new();
    let mut rest = TEMPLATE;
    while let Some((before, after)) = rest.split_once("{rows ") {
        let (path, following) = after.split_once('}').ok_or("`{rows` is not closed")?;
        text += before;
        text += &rows(path, files)?;
        rest = following;
    }
    text += rest;
    Ok(EvidenceFile { path: "kijun.toml".to_owned(), bytes: text.into_bytes(), rows: 0 })
}

fn rows(path: &str, files: &[EvidenceFile]) -> Result<String, String> {
    let missing = || format!("kijun.toml.in: no file is made for `{path}`");
    let Some(prefix) = path.strip_suffix('*') else {
        let file = files.iter().find(|file| file.path == path).ok_or_else(missing)?;
        return Ok(file.rows.to_string());
    };
    let counts: Vec<String> = files
        .iter()
        .filter(|file| file.path.starts_with(prefix))
        .map(|file| format!("\"{}\" = {}", name(&file.path), file.rows))
        .collect();
    if counts.is_empty() {
        return Err(missing());
    }
    Ok(format!("{{ {} }}", counts.join(", ")))
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
