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
    /// Columns that the enclosing [`Document::Group`] takes in one line, though nothing stands in them.
    Reserved(usize),
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

    /// A word and the space behind it; nothing where there is no word.
    pub(super) fn word_before(word: &'static str) -> Self {
        match word {
            "" => Document::nothing(),
            word => Document::Sequence(vec![Document::text(word), Document::Space(1)]),
        }
    }

    /// A word and the space before it; nothing where there is no word.
    pub(super) fn word_behind(word: &'static str) -> Self {
        match word {
            "" => Document::nothing(),
            word => Document::Sequence(vec![Document::Space(1), Document::text(word)]),
        }
    }

    /// Takes out the comments in lines of their own that the document begins with.
    pub(super) fn take_first_comments(&mut self) -> Vec<&'a str> {
        let mut comments = Vec::new();
        self.take_start(&mut comments);
        comments
    }

    /// Takes out the comments that the document begins with. Says whether there is nothing else in it.
    fn take_start(&mut self, comments: &mut Vec<&'a str>) -> bool {
        match self {
            Document::Text(text) => text.is_empty(),
            Document::OwnLine(comment) => {
                comments.push(*comment);
                *self = Document::nothing();
                true
            }
            Document::Sequence(parts) | Document::Fill(parts) => {
                parts.iter_mut().all(|part| part.take_start(comments))
            }
            Document::Indented(_, inner) | Document::Group(inner) => inner.take_start(comments),
            _ => false,
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
            Document::Trailing(comment) => {
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
}
