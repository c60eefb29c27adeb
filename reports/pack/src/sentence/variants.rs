//! In what the uses of one definition differ: `trained(e, handling)` and `trained(e, cyber)` differ in the topic.
//!
//! A checked program holds the body of a definition with the arguments in the places of the parameters, so that arguments are found by
//! comparing the bodies of its uses.

use kijun_ir::{Expr, Kind};

use super::alike::{Rows, alike, head_alike};
use super::scope::{Note, free_rows};

/// Where an expression stands in another: the positions of children from the outside in.
type Path = Vec<usize>;

/// The values by which a use of a definition differs from the others, each once; none where they cannot be told apart so.
pub(super) fn distinction<'a>(uses: &[Note<'a>], of: &Note<'a>) -> Vec<&'a Expr> {
    let mut same_name = uses.iter().filter(|other| other.name == of.name);
    let Some(first) = same_name.next() else { return Vec::new() };
    let mut paths: Vec<Path> = Vec::new();
    for other in same_name {
        let mut rows: Rows = first.current.zip(other.current).into_iter().collect();
        differences(first.body, other.body, &mut rows, &mut Vec::new(), &mut paths);
    }
    let free = free_rows(of.body);
    let mut said: Vec<&Expr> = Vec::new();
    for path in outermost(&paths) {
        let Some(value) = at(of.body, path) else { continue };
        let sayable = value.ty.kind != Kind::Bool && free_rows(value).iter().all(|row| free.contains(row));
        if sayable && !said.iter().any(|before| alike(before, value)) {
            said.push(value);
        }
    }
    said
}

fn differences(a: &Expr, b: &Expr, rows: &mut Rows, path: &mut Path, found: &mut Vec<Path>) {
    let bound = rows.len();
    let (left, right) = (a.children(), b.children());
    if head_alike(a, b, rows) && left.len() == right.len() {
        for (index, (left, right)) in left.into_iter().zip(right).enumerate() {
            path.push(index);
            differences(left, right, rows, path, found);
            path.pop();
        }
    } else {
        found.push(path.clone());
    }
    rows.truncate(bound);
}

/// The paths that lie in no other, in their order, each once.
fn outermost(paths: &[Path]) -> Vec<&Path> {
    let inside = |path: &Path, other: &Path| path.len() > other.len() && path.starts_with(other);
    let mut kept: Vec<&Path> =
        paths.iter().filter(|path| !paths.iter().any(|other| inside(path, other))).collect();
    kept.sort();
    kept.dedup();
    kept
}

fn at<'a>(expr: &'a Expr, path: &[usize]) -> Option<&'a Expr> {
    match path {
        [] => Some(expr),
        [first, rest @ ..] => at(expr.children().get(*first)?, rest),
    }
}
