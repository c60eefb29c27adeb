//! Documents to lines.

use unicode_width::UnicodeWidthStr;

use crate::format::WIDTH;
use crate::format::document::Document;

/// The text of a document, with a line break at its end unless it is empty.
pub(super) fn print(document: &Document<'_>) -> String {
    let mut printer = Printer::default();
    printer.print(document, Place { indent: 0, broken: true, tail: 0 });
    if !printer.out.is_empty() {
        printer.out.push('\n');
    }
    printer.out
}

/// The text of a document in one line, however long.
pub(super) fn print_in_line(document: &Document<'_>) -> String {
    let mut printer = Printer::default();
    printer.print(document, Place { indent: 0, broken: false, tail: 0 });
    printer.out
}

/// Where a document is printed.
#[derive(Clone, Copy)]
struct Place {
    /// The column of new lines.
    indent: usize,
    /// Whether the enclosing group is broken.
    broken: bool,
    /// The columns that what follows takes in the same line.
    tail: usize,
}

#[derive(Default)]
struct Printer {
    out: String,
    /// The columns taken, white space that is still to be written included.
    column: usize,
    /// White space that is written only if something follows it in the line.
    spaces: usize,
    at_line_start: bool,
    /// Whether the line ends in a comment, so that nothing may follow in it.
    closed: bool,
    lines: usize,
}

impl Printer {
    fn print(&mut self, document: &Document<'_>, place: Place) {
        match document {
            Document::Text(text) => self.text(text, place.indent),
            Document::Space(count) => self.space(*count),
            Document::Unbroken(text) if !place.broken => self.text(text, place.indent),
            Document::Unbroken(_) | Document::Reserved(_) => {}
            Document::SpaceOrBreak if place.broken => self.new_line(place.indent),
            Document::SpaceOrBreak => self.space(1),
            Document::Break { empty_line } => {
                if *empty_line {
                    self.new_line(place.indent);
                }
                self.new_line(place.indent);
            }
            Document::OwnLine(comment) => {
                if !self.at_line_start {
                    self.new_line(place.indent);
                }
                self.text(comment, place.indent);
                self.closed = true;
            }
            Document::Trailing(comment) => {
                self.space(1);
                self.text(comment, place.indent);
                self.closed = true;
            }
            Document::Sequence(parts) => self.sequence(parts, place),
            Document::Indented(by, inner) => {
                self.print(inner, Place { indent: place.indent + by, ..place });
            }
            Document::Group(inner) => {
                let broken = place.broken && !self.fits(inner, 0, place.tail);
                self.print(inner, Place { broken, ..place });
            }
            Document::Fill(parts) => self.fill(parts, place),
        }
    }

    fn sequence(&mut self, parts: &[Document<'_>], place: Place) {
        let mut tails = Vec::with_capacity(parts.len());
        let mut tail = place.tail;
        for part in parts.iter().rev() {
            tails.push(tail);
            let (width, ended) = lead(part);
            tail = if ended { width } else { width + tail };
        }
        for (part, tail) in parts.iter().zip(tails.into_iter().rev()) {
            self.print(part, Place { tail, ..place });
        }
    }

    fn fill(&mut self, parts: &[Document<'_>], place: Place) {
        let mut alone = false;
        for (index, part) in parts.iter().enumerate() {
            let tail = if index + 1 < parts.len() { 0 } else { place.tail };
            if index > 0 {
                let follows = !place.broken || (!alone && !self.closed && self.fits(part, 1, tail));
                if follows { self.space(1) } else { self.new_line(place.indent) }
            }
            let line = self.lines;
            self.print(part, Place { tail, ..place });
            alone = self.lines != line;
        }
    }

    /// Whether a document fits in the rest of the line, after and before so many other columns.
    fn fits(&self, document: &Document<'_>, before: usize, tail: usize) -> bool {
        match flat(document) {
            Some(Flat { width, closed }) => {
                let tail = if closed { 0 } else { tail };
                self.column + before + width + tail <= WIDTH
            }
            None => false,
        }
    }

    fn text(&mut self, text: &str, indent: usize) {
        if text.is_empty() {
            return;
        }
        if self.closed {
            self.new_line(indent);
        }
        self.out.extend(std::iter::repeat_n(' ', self.spaces));
        self.spaces = 0;
        self.out.push_str(text);
        self.column += text.width();
        self.at_line_start = false;
    }

    fn space(&mut self, count: usize) {
        if !self.at_line_start && !self.closed {
            self.spaces += count;
            self.column += count;
        }
    }

    /// Begins a line, but not the first of the file, which is there already.
    fn new_line(&mut self, indent: usize) {
        if !self.out.is_empty() {
            self.out.push('\n');
            self.lines += 1;
        }
        self.spaces = indent;
        self.column = indent;
        self.at_line_start = true;
        self.closed = false;
    }
}

/// What a document takes in one line.
#[derive(Clone, Copy)]
struct Flat {
    width: usize,
    /// Whether it ends in a comment.
    closed: bool,
}

/// What a document takes in one line; `None` if it needs more than one.
fn flat(document: &Document<'_>) -> Option<Flat> {
    let open = |width| Some(Flat { width, closed: false });
    match document {
        Document::Text(text) => open(text.width()),
        Document::Unbroken(text) => open(text.width()),
        Document::Space(count) | Document::Reserved(count) => open(*count),
        Document::SpaceOrBreak => open(1),
        Document::Break { .. } | Document::OwnLine(_) => None,
        Document::Trailing(_) => Some(Flat { width: 0, closed: true }),
        Document::Sequence(parts) => flat_sequence(parts, 0),
        Document::Fill(parts) => flat_sequence(parts, 1),
        Document::Indented(_, inner) | Document::Group(inner) => flat(inner),
    }
}

fn flat_sequence(parts: &[Document<'_>], between: usize) -> Option<Flat> {
    let mut whole = Flat { width: 0, closed: false };
    for (index, part) in parts.iter().enumerate() {
        let Flat { width, closed } = flat(part)?;
        if whole.closed && (width > 0 || closed) {
            return None;
        }
        let between = if index > 0 { between } else { 0 };
        whole = Flat { width: whole.width + between + width, closed: whole.closed || closed };
        if whole.width > WIDTH {
            return None;
        }
    }
    Some(whole)
}

/// The columns up to the first place where a line may break, and whether there is one.
fn lead(document: &Document<'_>) -> (usize, bool) {
    match document {
        Document::Text(text) => (text.width(), false),
        Document::Space(count) => (*count, false),
        Document::Unbroken(_) | Document::Reserved(_) => (0, false),
        Document::SpaceOrBreak | Document::Break { .. } | Document::OwnLine(_) | Document::Trailing(_) => {
            (0, true)
        }
        Document::Sequence(parts) => lead_of(parts),
        Document::Indented(_, inner) | Document::Group(inner) => lead(inner),
        Document::Fill(parts) => match parts.split_first() {
            Some((first, [])) => lead(first),
            Some((first, _)) => (lead(first).0, true),
            None => (0, false),
        },
    }
}

fn lead_of(parts: &[Document<'_>]) -> (usize, bool) {
    let mut width = 0;
    for part in parts {
        let (more, ended) = lead(part);
        width += more;
        if ended {
            return (width, true);
        }
    }
    (width, false)
}
