//! Where questions come from, line by line.

/// What comes next.
pub(super) enum Line {
    /// A line, without its break.
    Text(String),
    /// What was written so far is not to be asked.
    Dropped,
    /// Nothing more.
    End,
}

/// A source of lines.
pub(super) trait Lines {
    /// The next line; `goes_on` where it continues a question.
    fn next(&mut self, goes_on: bool) -> Line;

    /// Remembers a question.
    fn keep(&mut self, question: &str);
}

/// The standard input where it is no terminal: no prompt, no history.
pub(super) struct Piped;

impl Lines for Piped {
    fn next(&mut self, _: bool) -> Line {
        let mut line = String::new();
        match std::io::stdin().read_line(&mut line) {
            Ok(0) | Err(_) => Line::End,
            Ok(_) => Line::Text(line.trim_end_matches(['\n', '\r']).to_owned()),
        }
    }

    fn keep(&mut self, _: &str) {}
}
