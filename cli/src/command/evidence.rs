//! `kijun evidence`: what evidence there is, and what is missing of it. Judges nothing.

use kijun_audit::{Inventory, Stocktaking, take_stock};
use kijun_pack::evidence as shown;
use kijun_source::{Lang, bilingual};

use crate::arguments::{Arguments, Evidence, EvidenceAction, EvidenceFormat, EvidenceWords};
use crate::exit::Exit;
use crate::output;

pub(crate) fn evidence(arguments: &Arguments, evidence: &Evidence, lang: Lang) -> Exit {
    match &evidence.action {
        EvidenceAction::List(words) => list(arguments, words, lang),
        EvidenceAction::Gaps(words) => gaps(arguments, words, lang),
    }
}

fn list(arguments: &Arguments, words: &EvidenceWords, lang: Lang) -> Exit {
    let Some(inventory) = inventory(arguments, words, lang) else { return Exit::Broken };
    let text = match words.format {
        EvidenceFormat::Text => Ok(shown::list(&inventory, lang)),
        EvidenceFormat::Json => shown::list_json(&inventory),
    };
    written(text, Exit::Good, lang)
}

/// Evidence that is missing leaves duties undetermined, and so does this.
fn gaps(arguments: &Arguments, words: &EvidenceWords, lang: Lang) -> Exit {
    let Some(inventory) = inventory(arguments, words, lang) else { return Exit::Broken };
    let text = match words.format {
        EvidenceFormat::Text => Ok(shown::gaps(&inventory, lang, output::width())),
        EvidenceFormat::Json => shown::gaps_json(&inventory),
    };
    let exit = if inventory.gaps.is_empty() { Exit::Good } else { Exit::Undetermined };
    written(text, exit, lang)
}

/// Reads the evidence. What is wrong with it is said, and counts as missing.
fn inventory(arguments: &Arguments, words: &EvidenceWords, lang: Lang) -> Option<Inventory> {
    let mut workspace = super::sound_workspace(arguments, lang)?;
    let occasion = super::occasion_of(&workspace, &words.dates, lang)?;
    let Stocktaking { inventory, diagnostics } = take_stock(&mut workspace, occasion);
    output::diagnostics(&diagnostics, &workspace.sources, lang);
    Some(inventory)
}

fn written(text: Result<String, kijun_pack::Error>, exit: Exit, lang: Lang) -> Exit {
    match text {
        Ok(text) => {
            output::result(&text);
            exit
        }
        Err(error) => {
            let text = bilingual!("一覧を書けない: {error}", "the inventory cannot be written: {error}");
            output::complain(lang, &text);
            Exit::Broken
        }
    }
}
