//! `kijun check --fix`: mends what leaves no doubt, and says what it did.

use std::path::Path;

use jiff::civil::Date;
use kijun_audit::{Made, Workspace, mend_workspace, review};
use kijun_pack::findings::joined;
use kijun_source::{Bilingual, Lang, bilingual};

use super::difference::difference;
use crate::arguments::{Check, CheckFormat};
use crate::command::Target;
use crate::output;

/// Mends the files, or shows how; whether all could be written.
pub(super) fn mend(check: &Check, target: &Target<'_>, before: &Workspace, today: Date, lang: Lang) -> bool {
    let mended = mend_workspace(|drafts| {
        let workspace = target.open(drafts);
        let reported = review(&workspace, today).diagnostics;
        (workspace, reported)
    });
    for (path, text) in mended.drafts.iter() {
        let Some(file) = before.sources.iter().find(|file| file.path == path) else { continue };
        if check.diff {
            let path = joined(&target.folder_from_here(), path);
            output::result(&difference(&path, &file.text, text));
        } else if let Err(reason) = rewrite(&target.folder().join(path), &file.text, text) {
            let Bilingual { ja, en } = reason;
            output::complain(
                lang,
                &bilingual!("`{path}` に書けない: {ja}", "cannot write to `{path}`: {en}"),
            );
            return false;
        }
    }
    if !check.diff {
        say(check, &mended.made, lang);
    }
    true
}

/// Writes a file anew, if it still reads as when its fixes were thought of. A byte order mark stays.
fn rewrite(path: &Path, before: &str, after: &str) -> Result<(), Bilingual> {
    let on_disk = std::fs::read_to_string(path).map_err(|error| output::reason(&error))?;
    let text = on_disk.trim_start_matches('\u{feff}');
    if text != before {
        return Err(Bilingual::new("その間に変更された", "it was changed meanwhile"));
    }
    let mark = &on_disk[..on_disk.len() - text.len()];
    output::rewrite(path, &format!("{mark}{after}")).map_err(|error| output::reason(&error))
}

/// A line for each fix: part of the result where people read it, beside the result otherwise.
fn say(check: &Check, made: &[Made], lang: Lang) {
    for Made { place, code, title: Bilingual { ja, en } } in made {
        let line = bilingual!("直した: {place}: {code} {ja}", "fixed: {place}: {code} {en}");
        match check.format {
            CheckFormat::Human => output::result(&format!("{}\n", line.get(lang))),
            _ => output::note(line.get(lang)),
        }
    }
}
