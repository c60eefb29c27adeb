//! Changes to a text that mend what a diagnostic says, and how they are made together.

use crate::{Bilingual, FileId, Span};

/// A text in the place of another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edit {
    /// What is replaced; an empty span is a place to put something in.
    pub span: Span,
    /// By what.
    pub text: String,
}

/// A change that mends one diagnostic. All its edits belong together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fix {
    /// What it does.
    pub title: Bilingual,
    /// The edits.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// Whether some edit of one touches what an edit of the other replaces.
    pub fn overlaps(&self, other: &Fix) -> bool {
        let touch = |left: Span, right: Span| {
            left.file == right.file && left.start <= right.end && right.start <= left.end
        };
        self.edits.iter().any(|edit| other.edits.iter().any(|another| touch(edit.span, another.span)))
    }
}

/// The text of a file with the edits of the fixes that lie in it. No two fixes may overlap.
///
/// `None` where an edit does not lie between two characters of the text.
pub fn mend<'a>(file: FileId, text: &str, fixes: impl IntoIterator<Item = &'a Fix>) -> Option<String> {
    let edits = fixes.into_iter().flat_map(|fix| &fix.edits).filter(|edit| edit.span.file == file);
    let mut edits: Vec<&Edit> = edits.collect();
    edits.sort_unstable();
    let mut mended = String::new();
    let mut done = 0;
    for edit in edits {
        mended.push_str(text.get(done..edit.span.start as usize)?);
        mended.push_str(&edit.text);
        done = edit.span.end as usize;
    }
    mended.push_str(text.get(done..)?);
    Some(mended)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fix(start: usize, end: usize, text: &str) -> Fix {
        let edit = Edit { span: Span::new(FileId(0), start, end), text: text.to_owned() };
        Fix { title: Bilingual::default(), edits: vec![edit] }
    }

    #[test]
    fn edits_are_made_in_the_order_of_the_text() {
        let text = "規則 a ｛ b ｝";
        let fixes = [fix(15, 18, "}"), fix(9, 12, "{")];
        assert_eq!(mend(FileId(0), text, &fixes).as_deref(), Some("規則 a { b }"));
        assert_eq!(mend(FileId(1), text, &fixes).as_deref(), Some(text));
        assert_eq!(mend(FileId(0), text, &[fix(1, 2, "x")]), None);
    }

    #[test]
    fn fixes_that_touch_overlap() {
        assert!(fix(0, 3, "x").overlaps(&fix(3, 4, "y")));
        assert!(!fix(0, 3, "x").overlaps(&fix(4, 5, "y")));
    }
}
