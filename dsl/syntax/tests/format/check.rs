//! What must be true of every file: formatting is stable, loses neither tree nor comment, and the two spellings turn
//! into each other.

use kijun_source::{SourceFile, Sources};
use kijun_syntax::Names;
use kijun_syntax::ast::Spelling;

/// A file of that text.
pub(crate) fn file(text: &str) -> SourceFile {
    let mut sources = Sources::new();
    let id = sources.add("a.kijun", text);
    sources.file(id).clone()
}

/// The text in the layout of the language; it must parse.
pub(crate) fn format(text: &str) -> String {
    kijun_syntax::format(&file(text)).unwrap_or_else(|| {
        let (_, diagnostics) = kijun_syntax::parse(&file(text));
        panic!("does not parse: {diagnostics:?}\n{text}")
    })
}

/// The text in a spelling, or nothing if a name in it is a word of that spelling.
pub(crate) fn spell(text: &str, spelling: Spelling) -> Option<String> {
    match kijun_syntax::format_as(&file(text), spelling, &Names::new()) {
        Ok(formatted) => Some(formatted),
        Err(diagnostics) => {
            assert!(diagnostics.iter().all(|it| it.code.id == "KJ0008"), "{diagnostics:?}\n{text}");
            None
        }
    }
}

/// The spelling of a text and its tree, without the places of its parts.
fn tree(text: &str) -> (Spelling, String) {
    let (tree, _) = kijun_syntax::parse(&file(text));
    let printed = format!("{:?}", tree.items);
    let mut parts = printed.split("Span {");
    let first = parts.next().unwrap_or("").to_owned();
    let placeless =
        parts.fold(first, |placeless, part| placeless + part.split_once('}').map_or("", |(_, rest)| rest));
    (tree.spelling, placeless)
}

/// The comments of a text in sorted order.
fn comments(text: &str) -> Vec<&str> {
    let mut comments: Vec<&str> = text.lines().filter_map(comment).map(str::trim_end).collect();
    comments.sort_unstable();
    comments
}

/// The comment of a line: behind the first `//` that no text holds.
fn comment(line: &str) -> Option<&str> {
    let (mut in_text, mut escaped) = (false, false);
    for (at, c) in line.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if in_text => escaped = true,
            '"' => in_text = !in_text,
            '/' if !in_text && line[at..].starts_with("//") => return Some(&line[at..]),
            _ => {}
        }
    }
    None
}

/// Holds a text that parses to everything that must be true of its formatted form. Says whether it can also be written
/// in the other spelling.
pub(crate) fn check_properties(text: &str) -> bool {
    let once = format(text);
    let (spelling, tree_of_text) = tree(text);
    assert_same(&format(&once), &once, "not stable", text);
    assert_tree(&once, spelling, &tree_of_text, text);
    assert_eq!(comments(&once), comments(text), "other comments, from:\n{text}\nto:\n{once}");
    let Some(other) = spell(&once, spelling.other()) else { return false };
    if tree_of_text == "[]" {
        return false;
    }
    assert_tree(&other, spelling.other(), &tree_of_text, &once);
    assert_same(&format(&other), &other, "the other spelling is not stable", &once);
    assert_eq!(comments(&other), comments(text), "other comments, from:\n{once}\nto:\n{other}");
    let Some(back) = spell(&other, spelling) else { panic!("no way back, from:\n{once}\nto:\n{other}") };
    assert_same(&back, &once, "comes back otherwise", &other);
    true
}

/// Two texts are the same; where they are not, the first line that differs says so best.
fn assert_same(left: &str, right: &str, what: &str, from: &str) {
    let differ = left.lines().zip(right.lines()).find(|(left, right)| left != right);
    assert!(left == right, "{what}: {differ:?}, from:\n{from}\nto:\n{left}\nand:\n{right}");
}

/// A text has that spelling and that tree.
fn assert_tree(text: &str, spelling: Spelling, expected: &str, from: &str) {
    let (found_spelling, found) = tree(text);
    let same = found.bytes().zip(expected.bytes()).take_while(|(left, right)| left == right).count();
    let tail = |tree: &str| {
        String::from_utf8_lossy(&tree.as_bytes()[same.min(tree.len())..]).chars().take(60).collect::<String>()
    };
    let differ = (tail(&found), tail(expected));
    assert!(
        found_spelling == spelling && found == expected,
        "another tree: {differ:?}, from:\n{from}\nto:\n{text}"
    );
}
