//! Rules in a spelling: keywords, and the names whose labels are names too.

use kijun_analysis::{NameUse, name_uses};
use kijun_source::Diagnostic;
use kijun_syntax::ast::Spelling;
use kijun_syntax::{Names, format_as};

use crate::{Drafts, MANIFEST, Workspace};

/// Every file of the rules in a spelling and in the layout of the language, whether that changes it or not.
///
/// # Errors
///
/// What is wrong with the rules: unless every name of them is understood, none can be called otherwise. Names that are
/// words of the language in that spelling.
pub fn respell(workspace: &Workspace, spelling: Spelling) -> Result<Drafts, Vec<Diagnostic>> {
    let errors: Vec<Diagnostic> = workspace.errors_of_rules().into_iter().cloned().collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let written = &workspace.written;
    let names = names(&name_uses(&written.units, &written.options), spelling);
    let (mut drafts, mut refused) = (Drafts::default(), Vec::new());
    for file in workspace.sources.iter().filter(|file| file.path != MANIFEST) {
        match format_as(file, spelling, &names) {
            Ok(text) => drafts.set(file.path.as_str(), text),
            Err(problems) => refused.extend(problems),
        }
    }
    if refused.is_empty() { Ok(drafts) } else { Err(refused) }
}

fn names(uses: &[NameUse], spelling: Spelling) -> Names {
    let word = |used: &NameUse| match spelling {
        Spelling::English => used.english.to_string(),
        Spelling::Japanese => used.japanese.to_string(),
    };
    uses.iter().map(|used| (used.span, word(used))).collect()
}
