//! Files and positions in them.

use std::sync::Arc;

/// A file among the [`Sources`] of one invocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u32);

/// A range of bytes in one file: `start` included, `end` excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A range of bytes in `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        Self { file, start: offset(start), end: offset(end) }
    }

    /// The smallest span that holds both. Both must lie in the same file.
    pub fn to(self, other: Span) -> Span {
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The empty span just behind this one: where something is missing.
    pub fn after(self) -> Span {
        Span { start: self.end, ..self }
    }
}

/// Byte offsets are 32 bits wide; what lies beyond 4 GiB is pointed at by its end.
fn offset(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

/// A position as people count: lines and columns from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// One file: its name as the reader knows it, and its text as UTF-8.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The handle by which spans name it.
    pub id: FileId,
    /// The path as shown to the reader, relative to the workspace, with `/`.
    pub path: String,
    /// The text, decoded to UTF-8 whatever the encoding of the bytes was.
    pub text: Arc<str>,
}

impl SourceFile {
    /// The text under a span; empty where the span does not lie in this file.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Where a byte offset lies. Offsets beyond the end count as the end.
    pub fn line_column(&self, byte: u32) -> LineColumn {
        let mut end = (byte as usize).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &self.text[..end];
        let line = before.bytes().filter(|byte| *byte == b'\n').count();
        let column = before.rsplit('\n').next().map_or(0, |tail| tail.chars().count());
        LineColumn { line: offset(line + 1), column: offset(column + 1) }
    }

    /// The span of line `line` (from 1), without its line break; the empty end of the file if there is none.
    pub fn line_span(&self, line: u32) -> Span {
        let mut start = 0;
        for (index, text) in self.text.split_inclusive('\n').enumerate() {
            if index + 1 == line as usize {
                return Span::new(self.id, start, start + text.trim_end_matches(['\n', '\r']).len());
            }
            start += text.len();
        }
        Span::new(self.id, self.text.len(), self.text.len())
    }
}

/// All files of one invocation, in the order in which they were added.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// No files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file and returns its handle.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(offset(self.files.len()));
        self.files.push(SourceFile { id, path: path.into(), text: text.into() });
        id
    }

    /// The file behind a handle. The handle must come from these sources.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The files in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter()
    }

    /// The text under a span.
    pub fn slice(&self, span: Span) -> &str {
        self.file(span.file).slice(span)
    }

    /// `path:line:column` of the start of a span.
    pub fn locate(&self, span: Span) -> String {
        let file = self.file(span.file);
        let at = file.line_column(span.start);
        format!("{}:{}:{}", file.path, at.line, at.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let mut sources = Sources::new();
        let id = sources.add("a.kijun", "規則 x\n  対象 y\n");
        let start = "規則 x\n  ".len();
        assert_eq!(sources.locate(Span::new(id, start, start + 6)), "a.kijun:2:3");
        assert_eq!(sources.slice(Span::new(id, start, start + 6)), "対象");
    }

    #[test]
    fn line_spans_leave_out_the_break() {
        let mut sources = Sources::new();
        let id = sources.add("a.csv", "甲,1\r\n乙,2\r\n");
        let file = sources.file(id);
        assert_eq!(file.slice(file.line_span(2)), "乙,2");
        assert_eq!(file.slice(file.line_span(9)), "");
    }
}
