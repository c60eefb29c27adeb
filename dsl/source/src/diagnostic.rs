//! What is wrong, where, and what to do about it.

use crate::{Bilingual, Edit, Fix, Span, bilingual};

/// How grave a diagnostic is; the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing runs until it is mended.
    Error,
    /// Worth a look; the program runs.
    Warning,
    /// Worth knowing; nothing need be done.
    Note,
    /// Not shown unless a workspace asks for it.
    Off,
}

impl Level {
    /// All levels, the gravest first.
    pub const ALL: [Level; 4] = [Level::Error, Level::Warning, Level::Note, Level::Off];

    /// As it is written in `kijun.toml` and read by programs.
    pub fn name(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
            Level::Off => "off",
        }
    }
}

/// A kind of diagnostic, declared once beside the code that reports it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// `KJ` and four digits; never translated, never reused.
    pub id: &'static str,
    /// How grave it is where no workspace says otherwise.
    pub level: Level,
    /// What it says, in one line of Japanese.
    pub ja: &'static str,
    /// What it says, in one line of English.
    pub en: &'static str,
    /// The text of its page, for [`Page::parse`](crate::Page::parse).
    pub page: &'static str,
}

impl Code {
    /// What it says, in one line.
    pub fn title(&self) -> Bilingual {
        Bilingual::new(self.ja, self.en)
    }
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
    /// How grave it is here: as its code says, or as the workspace has it.
    pub level: Level,
    /// What was found.
    pub message: Bilingual,
    /// The place at fault; `None` only where there is no text to point into (a file that is absent).
    pub primary: Option<Label>,
    /// Other places that explain it.
    pub secondary: Vec<Label>,
    /// What to do.
    pub help: Vec<Bilingual>,
    /// The names by which a workspace may ignore it: of the rule, the duty, the fact that it is about.
    pub about: Vec<String>,
    /// The name that was probably meant by what stands at the place at fault.
    pub suggestion: Option<String>,
    /// Changes that mend it, each by itself, without a doubt about what was meant.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// A diagnostic that points at `span`.
    pub fn new(code: &'static Code, span: Span, message: Bilingual) -> Self {
        let primary = Some(Label { span, text: Bilingual::default() });
        Self { primary, ..Self::without_place(code, message) }
    }

    /// A diagnostic about something that has no text: a file that is absent.
    pub fn without_place(code: &'static Code, message: Bilingual) -> Self {
        Self {
            code,
            level: code.level,
            message,
            primary: None,
            secondary: Vec::new(),
            help: Vec::new(),
            about: Vec::new(),
            suggestion: None,
            fixes: Vec::new(),
        }
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

    /// Says which name was probably meant by what stands at the place at fault.
    #[must_use]
    pub fn suggest(mut self, name: &str) -> Self {
        self.suggestion = Some(name.to_owned());
        self.help(bilingual!("`{name}` のことか", "did you mean `{name}`?"))
    }

    /// Names what it is about, so that a workspace may ignore it by that name.
    #[must_use]
    pub fn about(mut self, name: impl Into<String>) -> Self {
        self.about.push(name.into());
        self
    }

    /// Says what text, in the place of `span`, mends it without a doubt about what was meant.
    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>, title: Bilingual) -> Self {
        self.fixes.push(Fix { title, edits: vec![Edit { span, text: text.into() }] });
        self
    }

    /// Whether nothing may run until this is mended.
    pub fn is_error(&self) -> bool {
        self.level == Level::Error
    }

    /// The place at fault, for sorting: files in the order they were read, then offsets.
    pub fn span(&self) -> Option<Span> {
        self.primary.as_ref().map(|label| label.span)
    }
}

/// Declares the codes that a file reports, and the list of them, in one table.
///
/// Each code has a page, `pages/KJ0000.md` beside the `Cargo.toml` of the crate that declares it; a code without one
/// does not compile. `dsl/source/pages/KJ0000.md`, the page of this example, shows the layout.
///
/// ```
/// kijun_source::codes! {
///     /// The codes of this file.
///     pub CODES;
///     /// A code that shows how codes are declared.
///     EXAMPLE "KJ0000" Error "診断の頁の書き方" "how a page is written";
/// }
/// assert_eq!(CODES[0].id, EXAMPLE.id);
/// ```
#[macro_export]
macro_rules! codes {
    (
        $(#[$list_doc:meta])* $visibility:vis $list:ident;
        $($(#[$doc:meta])* $name:ident $id:literal $level:ident $ja:literal $en:literal;)*
    ) => {
        $(
            $(#[$doc])*
            pub(crate) static $name: $crate::Code = $crate::Code {
                id: $id,
                level: $crate::Level::$level,
                ja: $ja,
                en: $en,
                page: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/pages/", $id, ".md")),
            };
        )*
        $(#[$list_doc])*
        $visibility static $list: &[&$crate::Code] = &[$(&$name,)*];
    };
}
