//! Text with the places where its lines may or must break.

use std::borrow::Cow;

/// A piece of text that is not yet cut into lines.
pub(super) enum Document<'a> {
    /// Characters without a line break.
    Text(Cow<'a, str>),
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
    /// A comment behind what stands in the line, and the lexeme that it stood behind.
    Trailing(&'a str, usize),
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

    /// Characters without a line break.
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Document::Text(text.into())
    }

    /// One after the other with a space between them.
    pub(super) fn spaced(parts: Vec<Document<'a>>) -> Self {
        let mut spaced = Vec::new();
        for part in parts {
            if !spaced.is_empty() {
                spaced.push(Document::Space(1));
            }
            spaced.push(part);
        }
        Document::Sequence(spaced)
    }

    /// A comment behind something, on a line of its own instead.
    pub(super) fn in_own_line(self) -> Self {
        match self {
            Document::Trailing(comment, _) => Document::OwnLine(comment),
            other => other,
        }
    }

    /// The document with the comment that stood behind that lexeme at its end.
    pub(super) fn with_comment_last(mut self, lexeme: usize) -> Self {
        match self.take_trailing(lexeme) {
            Some(comment) => Document::Sequence(vec![self, Document::Trailing(comment, lexeme)]),
            None => self,
        }
    }

    /// Takes out the comment that the document ends with.
    pub(super) fn take_last_comment(&mut self) -> Option<&'a str> {
        self.take_end().flatten()
    }

    /// What the document ends with: nothing if it is empty, else perhaps a comment, which is taken out.
    fn take_end(&mut self) -> Option<Option<&'a str>> {
        match self {
            Document::Text(text) if text.is_empty() => None,
            Document::Trailing(comment, _) => {
                let comment = *comment;
                *self = Document::nothing();
                Some(Some(comment))
            }
            Document::Sequence(parts) | Document::Fill(parts) => {
                parts.iter_mut().rev().find_map(Document::take_end)
            }
            Document::Indented(_, inner) | Document::Group(inner) => inner.take_end(),
            _ => Some(None),
        }
    }

    /// Takes out the comment that stood behind that lexeme.
    fn take_trailing(&mut self, lexeme: usize) -> Option<&'a str> {
        match self {
            Document::Trailing(comment, at) if *at == lexeme => {
                let comment = *comment;
                *self = Document::nothing();
                Some(comment)
            }
            Document::Sequence(parts) | Document::Fill(parts) => {
                parts.iter_mut().rev().find_map(|part| part.take_trailing(lexeme))
            }
            Document::Indented(_, inner) | Document::Group(inner) => inner.take_trailing(lexeme),
            _ => None,
        }
    }
}
