//! What of a file would change, as a unified difference without context.

/// The difference between two texts of a file, for people and for `patch`.
pub(super) fn difference(path: &str, before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    let mut text = format!("--- {path}\n+++ {path}\n");
    if old.len() == new.len() {
        let mut line = 0;
        while line < old.len() {
            let length = old[line..].iter().zip(&new[line..]).take_while(|(old, new)| old != new).count();
            if length > 0 {
                text.push_str(&hunk((line, &old[line..line + length]), (line, &new[line..line + length])));
            }
            line += length + 1;
        }
        return text;
    }
    let same = |(old, new): &(&&str, &&str)| old == new;
    let start = old.iter().zip(&new).take_while(same).count();
    let end = old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(same).count();
    text.push_str(&hunk((start, &old[start..old.len() - end]), (start, &new[start..new.len() - end])));
    text
}

/// Lines that give way to others; each side begins with its position from 0.
fn hunk((from, old): (usize, &[&str]), (to, new): (usize, &[&str])) -> String {
    // A side without lines names the line before.
    let at = |position: usize, lines: &[&str]| position + usize::from(!lines.is_empty());
    let mut text = format!("@@ -{},{} +{},{} @@\n", at(from, old), old.len(), at(to, new), new.len());
    for (sign, lines) in [('-', old), ('+', new)] {
        for line in lines {
            text.push(sign);
            text.push_str(line);
            if !line.ends_with('\n') {
                text.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_changed_stand_by_themselves() {
        let shown = difference("a", "1\n2\n3\n4\n", "1\nb\n3\nd\n");
        assert_eq!(shown, "--- a\n+++ a\n@@ -2,1 +2,1 @@\n-2\n+b\n@@ -4,1 +4,1 @@\n-4\n+d\n");
    }

    #[test]
    fn lines_that_go_are_taken_out() {
        let shown = difference("a", "1\n2\n3", "1\n3");
        assert_eq!(shown, "--- a\n+++ a\n@@ -2,1 +1,0 @@\n-2\n");
    }
}
