//! Questions from a terminal: edited, completed, remembered.

use std::path::PathBuf;

use kijun_source::{Lang, bilingual};
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::Validator;
use rustyline::{Config, Context, Editor, Helper};

use super::completion::Words;
use super::line::{Line, Lines};
use crate::output;

/// How many questions are remembered.
const REMEMBERED: usize = 1000;

/// The terminal.
pub(super) struct Terminal {
    editor: Editor<Completion, FileHistory>,
    /// Where questions are remembered, if they are.
    history: Option<PathBuf>,
}

impl Terminal {
    /// Complains where the terminal cannot be used.
    pub(super) fn open(words: Words, remembers: bool, lang: Lang) -> Option<Self> {
        let config = Config::builder().max_history_size(REMEMBERED).map(rustyline::config::Builder::build);
        let editor = config.and_then(|config| {
            let history = FileHistory::with_config(&config);
            Editor::with_history(config, history)
        });
        let mut editor = match editor {
            Ok(editor) => editor,
            Err(error) => {
                let text = bilingual!("端末を使えない: {error}", "the terminal cannot be used: {error}");
                output::complain(lang, &text);
                return None;
            }
        };
        editor.set_helper(Some(Completion(words)));
        let history = if remembers { history_file() } else { None };
        if let Some(history) = &history {
            // The first time there is none.
            let _ = editor.load_history(history);
        }
        Some(Self { editor, history })
    }
}

impl Lines for Terminal {
    fn next(&mut self, goes_on: bool) -> Line {
        match self.editor.readline(if goes_on { "   … " } else { "基準> " }) {
            Ok(line) => Line::Text(line),
            Err(ReadlineError::Interrupted) => Line::Dropped,
            Err(_) => Line::End,
        }
    }

    fn keep(&mut self, question: &str) {
        let is_new = self.editor.add_history_entry(question).unwrap_or(false);
        if let (true, Some(history)) = (is_new, &self.history) {
            // That a question is not remembered is no reason not to answer it.
            let _ = self.editor.append_history(history);
        }
    }
}

/// The file in the user's folder for state; never in the workspace. None where there is no such folder.
fn history_file() -> Option<PathBuf> {
    let given = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let state = given("XDG_STATE_HOME").or_else(|| Some(given("HOME")?.join(".local/state")))?;
    let folder = state.join("kijun");
    std::fs::create_dir_all(&folder).ok()?;
    Some(folder.join("history"))
}

/// Completes words for the editor.
struct Completion(Words);

impl Completer for Completion {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        position: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        Ok(self.0.complete(line, position))
    }
}

impl Hinter for Completion {
    type Hint = String;
}

impl Highlighter for Completion {}
impl Validator for Completion {}
impl Helper for Completion {}
