//! What is wrong, where, and what to do about it.

use crate::{Bilingual, Span};

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing runs until it is mended.
    Error,
    /// Worth a look; the program runs.
    Warning,
}

/// A kind of diagnostic, declared once beside the code that reports it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// `KJ` and four digits; never translated, never reused.
    pub id: &'static str,
    /// How grave it is.
    pub level: Level,
    /// What it says, in one line of Japanese.
    pub ja: &'static str,
    /// What it says, in one line of English.
    pub en: &'static str,
}

/// A place that a diagnostic points at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is to be seen there; may be empty.
    pub text: Bilingual,
}

/// One thing found wrong in input that people wrote.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Its kind.
    pub code: &'static Code,
    /// What was found.
    pub message: Bilingual,
    /// The place at fault; `None` only where there is no text to point into (a file that is absent).
    pub primary: Option<Label>,
    /// Other places that explain it.
    pub secondary: Vec<Label>,
    /// What to do.
    pub help: Vec<Bilingual>,
}

impl Diagnostic {
    /// A diagnostic that points at `span`.
    pub fn new(code: &'static Code, span: Span, message: Bilingual) -> Self {
        let primary = Some(Label { span, text: Bilingual::default() });
        Self { code, message, primary, secondary: Vec::new(), help: Vec::new() }
    }

    /// A diagnostic about something that has no text: a file that is absent.
    pub fn without_place(code: &'static Code, message: Bilingual) -> Self {
        Self { code, message, primary: None, secondary: Vec::new(), help: Vec::new() }
    }

    /// Says what is to be seen at the place at fault.
    #[must_use]
    pub fn at(mut self, text: Bilingual) -> Self {
        if let Some(primary) = &mut self.primary {
            primary.text = text;
        }
        self
    }

    /// Points at a second place.
    #[must_use]
    pub fn and(mut self, span: Span, text: Bilingual) -> Self {
        self.secondary.push(Label { span, text });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: Bilingual) -> Self {
        self.help.push(text);
        self
    }

    /// Whether nothing may run until this is mended.
    pub fn is_error(&self) -> bool {
        self.code.level == Level::Error
    }

    /// The place at fault, for sorting: files in the order they were read, then offsets.
    pub fn span(&self) -> Option<Span> {
        self.primary.as_ref().map(|label| label.span)
    }
}

/// Declares the codes that a file reports, and the list of them, in one table.
///
/// ```
/// kijun_source::codes! {
///     /// The codes of this file.
///     pub CODES;
///     /// A character that no token begins with.
///     STRAY_CHARACTER "KJ0001" Error "使えない文字がある" "a character has no meaning here";
/// }
/// assert_eq!(CODES[0].id, STRAY_CHARACTER.id);
/// ```
#[macro_export]
macro_rules! codes {
    (
        $(#[$list_doc:meta])* $visibility:vis $list:ident;
        $($(#[$doc:meta])* $name:ident $id:literal $level:ident $ja:literal $en:literal;)*
    ) => {
        $(
            $(#[$doc])*
            pub(crate) static $name: $crate::Code =
                $crate::Code { id: $id, level: $crate::Level::$level, ja: $ja, en: $en };
        )*
        $(#[$list_doc])*
        $visibility static $list: &[&$crate::Code] = &[$(&$name,)*];
    };
}
