//! Patterns of texts.

use regex::Regex;

/// A regular expression that the whole of a text must match; a part is not enough, so that a forgotten `$` lets nothing pass.
#[derive(Debug, Clone)]
pub struct Pattern {
    source: String,
    regex: Regex,
}

/// Why a text is no pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PatternError(String);

impl Pattern {
    /// Compiles a regular expression of the `regex` crate's syntax.
    ///
    /// ```
    /// let number = kijun_ir::Pattern::new("E[0-9]{4}").unwrap();
    /// assert!(number.matches("E0012") && !number.matches("XE0012"));
    /// ```
    ///
    /// # Errors
    ///
    /// Where it is no regular expression, or one that is too large.
    pub fn new(source: &str) -> Result<Self, PatternError> {
        // On its own first, so that `a)(b` is refused, which only the wrapping would make whole.
        Regex::new(source).map_err(|error| PatternError(error.to_string()))?;
        let whole = format!("^(?:{source})$");
        let regex = Regex::new(&whole).map_err(|error| PatternError(error.to_string()))?;
        Ok(Self { source: source.to_owned(), regex })
    }

    /// What a list written in one text matches where it names something: its names stand between commas, semicolons or line breaks.
    ///
    /// ```
    /// let record = kijun_ir::Pattern::list_with("監督記録").unwrap();
    /// assert!(record.matches("指導の写し、監督記録") && !record.matches("監督記録なし"));
    /// ```
    ///
    /// # Errors
    ///
    /// Where the name is too long.
    pub fn list_with(name: &str) -> Result<Self, PatternError> {
        const BETWEEN: &str = "[、,，;；\\r\\n]";
        let name = regex::escape(name);
        Self::new(&format!("(?s)(?:.*{BETWEEN})?\\s*{name}\\s*(?:{BETWEEN}.*)?"))
    }

    /// The regular expression as written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether the whole text matches.
    pub fn matches(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}
