//! Which suggestions leave no doubt about what was meant, so that they can be made without asking.

use std::collections::BTreeSet;

use crate::nearest::distance;
use crate::{Diagnostic, Sources, Span, bilingual};

/// Names shorter than this are too easily another name.
const SHORTEST: usize = 5;

/// Adds a fix to each diagnostic whose suggestion can be but a slip of the hand: one letter of the Latin alphabet too
/// many, too few, wrong or swapped, and no other word of the files as near. A number is never a slip: `5(12)b` may be
/// anything.
pub fn offer_slips(diagnostics: &mut [Diagnostic], sources: &Sources) {
    if diagnostics.iter().all(|diagnostic| diagnostic.suggestion.is_none()) {
        return;
    }
    let words: BTreeSet<&str> = sources.iter().flat_map(|file| words(&file.text)).collect();
    for diagnostic in diagnostics {
        if let Some((span, meant)) = slip(diagnostic, sources, &words) {
            let title = bilingual!("`{meant}` に直す", "write `{meant}`");
            *diagnostic = diagnostic.clone().fix(span, meant, title);
        }
    }
}

/// The place of the slip and what was meant.
fn slip(diagnostic: &Diagnostic, sources: &Sources, words: &BTreeSet<&str>) -> Option<(Span, String)> {
    let meant = diagnostic.suggestion.as_deref()?;
    let span = unquoted(diagnostic.span()?, sources);
    let written = sources.slice(span);
    let is_only = |word: &&str| **word == *written || **word == *meant || distance(written, word) > 1;
    let leaves_no_doubt = is_word(written) && is_slip_of(written, meant) && words.iter().all(is_only);
    leaves_no_doubt.then(|| (span, meant.to_owned()))
}

fn is_slip_of(written: &str, meant: &str) -> bool {
    let others = |text: &str| text.chars().filter(|c| !c.is_ascii_alphabetic()).collect::<Vec<_>>();
    let length = written.chars().count().min(meant.chars().count());
    length >= SHORTEST && distance(written, meant) == 1 && others(written) == others(meant)
}

/// What stands between the quotation marks, where there are any.
fn unquoted(span: Span, sources: &Sources) -> Span {
    let written = sources.slice(span);
    if written.len() >= 2 && written.starts_with('"') && written.ends_with('"') {
        return Span { start: span.start + 1, end: span.end - 1, ..span };
    }
    span
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(belongs_to_word)
}

fn belongs_to_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !belongs_to_word(c)).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Code, Level};

    static CODE: Code = Code { id: "KJ9999", level: Level::Error, ja: "試験", en: "test", page: "" };

    /// The text after the fix of a suggestion for the first word of the text, if there is one.
    fn mended(text: &str, meant: &str) -> Option<String> {
        let mut sources = Sources::new();
        let id = sources.add("a.kijun", text);
        let end = text.find(' ').unwrap();
        let found = Diagnostic::new(&CODE, Span::new(id, 0, end), bilingual!("x", "x")).suggest(meant);
        let mut diagnostics = [found];
        offer_slips(&mut diagnostics, &sources);
        let [diagnostic] = diagnostics;
        let fix = diagnostic.fixes.first()?;
        crate::mend(id, text, [fix])
    }

    #[test]
    fn one_letter_is_a_slip() {
        assert_eq!(mended("requier x", "require").as_deref(), Some("require x"));
        assert_eq!(mended("\"employe\" = employee", "employee").as_deref(), Some("\"employee\" = employee"));
    }

    #[test]
    fn what_could_be_meant_is_not_changed() {
        assert_eq!(mended("dat x", "date"), None, "too short");
        assert_eq!(mended("section4 x", "section5"), None, "a number");
        assert_eq!(mended("利用権限者 x", "利用権限"), None, "another word");
        assert_eq!(mended("\"5(12)b\" x", "5(12)a"), None, "an id");
        assert_eq!(mended("asset_b asset_a asset_c", "asset_a"), None, "two are as near");
        assert_eq!(mended("sucseded x", "succeeded"), None, "two letters");
    }
}
