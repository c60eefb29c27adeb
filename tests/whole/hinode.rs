//! The example `examples/hinode`: a small firm whose only evidence are books kept by hand.

use std::ffi::OsString;
use std::path::PathBuf;

use kijun_source::Lang;

use crate::accidental_pass::{is_better, verdicts};
use crate::minato::{self, Copy};

const EXAMPLE: &str = "examples/hinode";
const BOOKS: &str = "帳簿";

fn folder() -> PathBuf {
    minato::repository().join(EXAMPLE)
}

/// The file names of the books.
fn books() -> Vec<OsString> {
    let entries = std::fs::read_dir(folder().join(BOOKS)).expect("a readable folder");
    let mut names: Vec<OsString> = entries.map(|entry| entry.expect("an entry").file_name()).collect();
    names.sort_unstable();
    names
}

#[test]
fn the_screen_of_a_small_firm() {
    let record = minato::record(&folder());
    insta::assert_snapshot!(kijun_pack::terminal::render(&record, Lang::Ja, 120));
}

#[test]
fn a_lost_book_never_looks_better() {
    let workspace = minato::open(&folder());
    let before = verdicts(&workspace.program, &folder());
    for book in books() {
        let copy = Copy::of(EXAMPLE);
        std::fs::remove_file(copy.root().join(BOOKS).join(&book)).expect("a book to remove");
        let after = verdicts(&workspace.program, &copy.root());
        for (rule, verdict) in &before {
            let after = after[rule];
            assert!(!is_better(*verdict, after), "without {book:?}: {rule} {verdict:?} → {after:?}");
        }
    }
}
