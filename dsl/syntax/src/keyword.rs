//! The words of the language, in one table.

/// Declares the keywords with their spelling and whether they may name something else.
macro_rules! keywords {
    ($($name:ident $spelling:literal $reserved:literal,)*) => {
        /// A word of the language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Keyword {
            $(
                #[doc = concat!("`", $spelling, "`")]
                $name,
            )*
        }

        impl Keyword {
            /// Every keyword.
            pub const ALL: &'static [Keyword] = &[$(Keyword::$name,)*];

            /// How it is written.
            pub fn spelling(self) -> &'static str {
                match self { $(Keyword::$name => $spelling,)* }
            }

            /// Whether no declaration may be named so: the words of expressions.
            pub fn is_reserved(self) -> bool {
                match self { $(Keyword::$name => $reserved,)* }
            }
        }
    };
}

keywords! {
    Standard "standard" false,
    Issuer "issuer" false,
    Edition "edition" false,
    Section "section" false,
    Criterion "criterion" false,
    Text "text" false,
    Duty "duty" false,
    Note "note" false,
    Enum "enum" false,
    State "state" false,
    Event "event" false,
    At "at" false,
    Key "key" false,
    Personal "personal" false,
    Secret "secret" false,
    Fresh "fresh" false,
    Within "within" false,
    Ref "ref" false,
    Define "define" false,
    Param "param" false,
    Because "because" false,
    Rule "rule" false,
    Covers "covers" false,
    Severity "severity" false,
    For "for" false,
    Each "each" false,
    Require "require" false,
    Excused "excused" false,
    By "by" false,
    Due "due" false,
    Message "message" false,
    Remedy "remedy" false,
    Test "test" false,
    Today "today" false,
    Period "period" false,
    To "to" true,
    Missing "missing" false,
    Stale "stale" false,
    Incomplete "incomplete" false,
    Gap "gap" false,
    Expect "expect" false,
    Unknown "unknown" false,
    And "and" true,
    Or "or" true,
    Not "not" true,
    In "in" true,
    Is "is" true,
    None "none" true,
    Some "some" true,
    No "no" true,
    Count "count" true,
    Where "where" true,
    If "if" true,
    Then "then" true,
    Else "else" true,
    True "true" true,
    False "false" true,
    Starts "starts" false,
    With "with" false,
}

impl Keyword {
    /// The keyword of that spelling.
    pub fn from_spelling(spelling: &str) -> Option<Keyword> {
        Self::ALL.iter().copied().find(|keyword| keyword.spelling() == spelling)
    }

    /// Whether a declaration may begin with it: where reading goes on after a broken one.
    pub fn begins_declaration(self) -> bool {
        matches!(
            self,
            Keyword::Standard
                | Keyword::Enum
                | Keyword::State
                | Keyword::Event
                | Keyword::Define
                | Keyword::Param
                | Keyword::Rule
                | Keyword::Test
        )
    }
}
