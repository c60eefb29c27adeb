//! What of an evidence file a diagnostic may show.
//!
//! Excerpts show whole lines. So the text that they are taken from keeps only the names of the columns and the
//! cells of open fields; what is personal, secret, or read by no field is covered.

use std::ops::Range;

use kijun_ir::Class;

/// A text with covered parts. Lines stay where they are.
#[derive(Debug)]
pub(super) struct Masked {
    pub(super) text: String,
    /// Positions behind covered parts, in the given text and in this one, ascending.
    shifts: Vec<(usize, usize)>,
}

impl Masked {
    /// Covers parts of a text: `cells` ascending and apart, each with its class, `None` where the column is read by no field.
    pub(super) fn new(text: &str, cells: Vec<(Range<usize>, Option<Class>)>) -> Self {
        let mut masked = Self { text: String::with_capacity(text.len()), shifts: Vec::new() };
        let mut copied = 0;
        for (range, class) in cells {
            let Some(part) = text.get(range.clone()) else { continue };
            let covered = match class {
                Some(Class::Open) => continue,
                Some(Class::Personal) | None => cover(part, |_| Some('*')),
                // The length of a secret says something too.
                Some(Class::Secret) => format!("***{}", cover(part, |_| None)),
            };
            masked.text.push_str(&text[copied..range.start]);
            masked.text.push_str(&covered);
            copied = range.end;
            masked.shifts.push((copied, masked.text.len()));
        }
        masked.text.push_str(&text[copied..]);
        masked
    }

    /// Where a range of the given text lies in this one.
    pub(super) fn range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.position(range.start);
        start..self.position(range.end).max(start)
    }

    fn position(&self, position: usize) -> usize {
        let behind = self.shifts.partition_point(|(given, _)| *given <= position);
        let (given, here) = behind.checked_sub(1).map_or((0, 0), |last| self.shifts[last]);
        let mut found = (here + (position - given)).min(self.text.len());
        while !self.text.is_char_boundary(found) {
            found -= 1;
        }
        found
    }
}

/// Replaces every character, except that line breaks stay.
fn cover(part: &str, replace: impl Fn(char) -> Option<char>) -> String {
    part.chars()
        .filter_map(|char| if matches!(char, '\n' | '\r') { Some(char) } else { replace(char) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covered_text_keeps_lines_and_places() {
        let text = "id,氏名,鍵,on\n1,架空 一郎,opensesame,x\n";
        let at = |part: &str| {
            let start = text.find(part).unwrap();
            start..start + part.len()
        };
        let cells = vec![
            (at("1,").start..at("1,").start + 1, Some(Class::Open)),
            (at("架空 一郎"), Some(Class::Personal)),
            (at("opensesame"), Some(Class::Secret)),
            (at("x"), Some(Class::Open)),
        ];
        let masked = Masked::new(text, cells);
        assert_eq!(masked.text, "id,氏名,鍵,on\n1,*****,***,x\n");
        for (part, shown) in [("x", "x"), ("架空 一郎", "*****"), ("opensesame", "***"), ("氏名", "氏名")]
        {
            assert_eq!(&masked.text[masked.range(at(part))], shown);
        }
    }
}
