//! `kijun run`: judges the evidence by every rule.

use std::path::Path;

use kijun_audit::{AuditRecord, BothWordings, judge};
use kijun_eval::Occasion;
use kijun_pack::sentence::Vocabulary;
use kijun_source::{Bilingual, Lang, bilingual};

use crate::arguments::{Arguments, Run};
use crate::command::occasion;
use crate::exit::Exit;
use crate::output;

pub(crate) fn run(arguments: &Arguments, run: &Run, lang: Lang) -> Exit {
    let Some(mut workspace) = super::sound_workspace(arguments, lang) else { return Exit::Broken };
    let Some(occasion) = occasion(&workspace, &run.period, &run.as_of, lang) else { return Exit::Broken };
    let Some(formats) = formats(&run.out, lang) else { return Exit::Broken };
    let Some(record) = record(run, &mut workspace, occasion, lang) else { return Exit::Broken };
    if record.rows == 0 {
        output::complain(
            lang,
            &Bilingual::new(
                "証拠が一件も読めなかったので、判定の結果は出さない。`[[source]]` のファイルを確かめる",
                "not one row of evidence could be read, so that there is no result; check the files of `[[source]]`",
            ),
        );
        return Exit::Broken;
    }
    for (path, format) in &formats {
        if !write(path, *format, &record, lang) {
            return Exit::Broken;
        }
    }
    output::result(&kijun_pack::terminal::render(&record, lang, output::width()));
    let exit = Exit::of_verdict(record.verdict);
    if run.exit_zero { exit.softened() } else { exit }
}

/// Judges with as many threads as asked for. What is wrong with the evidence is said, and counts as missing.
fn record(
    run: &Run,
    workspace: &mut kijun_audit::Workspace,
    occasion: Occasion,
    lang: Lang,
) -> Option<AuditRecord> {
    let threads = run.threads.unwrap_or(0);
    let pool = match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool,
        Err(error) => {
            output::complain(
                lang,
                &bilingual!("並列処理を始められない: {error}", "cannot start threads: {error}"),
            );
            return None;
        }
    };
    let vocabulary = Vocabulary::of(&workspace.sources);
    let [ja, en] = [Lang::Ja, Lang::En].map(|lang| vocabulary.in_words(lang));
    let wordings = BothWordings { ja: &ja, en: &en };
    let judgement = pool.install(|| judge(workspace, occasion, wordings));
    output::diagnostics(&judgement.diagnostics, &workspace.sources, lang);
    Some(judgement.record)
}

/// The forms in which a result is written.
#[derive(Debug, Clone, Copy)]
enum Format {
    Html,
    Json,
}

/// The format of each file, by its extension; complains before anything is judged.
fn formats(paths: &[std::path::PathBuf], lang: Lang) -> Option<Vec<(&Path, Format)>> {
    let mut formats = Vec::new();
    for path in paths {
        let format = match path.extension().and_then(|extension| extension.to_str()) {
            Some("html") => Format::Html,
            Some("json") => Format::Json,
            _ => {
                let shown = path.display();
                output::complain(
                    lang,
                    &bilingual!(
                        "`{shown}` の形式が分からない。拡張子は .html か .json",
                        "what format is `{shown}`? the extensions are .html and .json"
                    ),
                );
                return None;
            }
        };
        formats.push((path.as_path(), format));
    }
    Some(formats)
}

fn write(path: &Path, format: Format, record: &AuditRecord, lang: Lang) -> bool {
    let rendered = match format {
        Format::Html => kijun_pack::html::render(record).map_err(|error| Bilingual::same(error.to_string())),
        Format::Json => kijun_pack::json::render(record).map_err(|error| Bilingual::same(error.to_string())),
    };
    let written = rendered.and_then(|text| output::file(path, &text).map_err(|error| output::reason(&error)));
    let Err(reason) = written else { return true };
    let (shown, Bilingual { ja, en }) = (path.display(), reason);
    output::complain(lang, &bilingual!("`{shown}` を書けない: {ja}", "cannot write `{shown}`: {en}"));
    false
}
