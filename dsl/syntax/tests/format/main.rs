//! The formatter: what it does to a file by hand, to the rulesets, and to programs made at random.
//! Whatever it is given, formatting twice equals formatting once, and neither the tree nor a comment is lost.

mod layout;
mod program;
mod properties;
mod random;

use kijun_source::{SourceFile, Sources};

/// A file of that text.
fn file(text: &str) -> SourceFile {
    let mut sources = Sources::new();
    let id = sources.add("a.kijun", text);
    sources.file(id).clone()
}

/// The text in the layout of the language; it must parse.
fn format(text: &str) -> String {
    kijun_syntax::format(&file(text)).unwrap_or_else(|| {
        let (_, diagnostics) = kijun_syntax::parse(&file(text));
        panic!("does not parse: {diagnostics:?}\n{text}")
    })
}

/// The tree without the places of its parts.
fn tree(text: &str) -> String {
    let (tree, _) = kijun_syntax::parse(&file(text));
    let printed = format!("{tree:?}");
    let mut parts = printed.split("Span {");
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |placeless, part| placeless + part.split_once('}').map_or("", |(_, rest)| rest))
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

/// Holds a text that parses to everything that must be true of its formatted form.
fn check_properties(text: &str) {
    let once = format(text);
    assert_eq!(format(&once), once, "not stable, from:\n{text}");
    assert_eq!(tree(&once), tree(text), "another tree, from:\n{text}\nto:\n{once}");
    assert_eq!(comments(&once), comments(text), "other comments, from:\n{text}\nto:\n{once}");
}
