//! Text with the places where its lines may or must break.

/// A piece of text that is not yet cut into lines.
pub(super) enum Document<'a> {
    /// Characters without a line break.
    Text(&'a str),
    /// White space in a line; none where the line begins or ends.
    Space(usize),
    /// Characters that are left out where the enclosing [`Document::Group`] is broken.
    Unbroken(&'a str),
    /// A space, or a line break where the enclosing [`Document::Group`] is broken.
    SpaceOrBreak,
    /// A line break.
    Break {
        /// Whether an empty line follows.
        empty_line: bool,
    },
    /// A comment on a line of its own.
    OwnLine(&'a str),
    /// A comment behind what stands in the line.
    Trailing(&'a str),
    /// One after the other.
    Sequence(Vec<Document<'a>>),
    /// The same, with lines that begin further right.
    Indented(usize, Box<Document<'a>>),
    /// In one line if it fits, else broken at each of its own places.
    Group(Box<Document<'a>>),
    /// As many in each line as fit; one that does not fit in a line has its lines for itself.
    Fill(Vec<Document<'a>>),
}

impl<'a> Document<'a> {
    pub(super) fn nothing() -> Self {
        Document::Sequence(Vec::new())
    }

    pub(super) fn indented(by: usize, parts: Vec<Document<'a>>) -> Self {
        Document::Indented(by, Box::new(Document::Sequence(parts)))
    }

    pub(super) fn group(parts: Vec<Document<'a>>) -> Self {
        Document::Group(Box::new(Document::Sequence(parts)))
    }
}
