//! The example `examples/hinode`: a small firm whose only evidence are books kept by hand.

use std::ffi::OsString;
use std::path::PathBuf;

use kijun_ir::Verdict;
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

/// The rules about what is done with servers, of which the firm has none and of whose use it keeps no log that anybody vouches for.
const OF_SERVERS: [&str; 4] =
    ["server_used_by_defined", "outsider_work_approved", "outsider_work_ended", "outsider_work_attended"];

/// What vouches for the register of machines in `kijun.toml`.
const REGISTER: &str = "complete = { by = \"社長 見本 太郎\", rows = 3 }";

#[test]
fn that_there_is_no_server_only_a_register_with_a_signature_shows() {
    let program = minato::open(&folder()).program;
    let of_servers = |folder: &std::path::Path| OF_SERVERS.map(|rule| verdicts(&program, folder)[rule]);
    assert_eq!(of_servers(&folder()), [Verdict::NotApplicable; 4]);
    let copy = Copy::of(EXAMPLE);
    let manifest = copy.root().join("kijun.toml");
    let text = std::fs::read_to_string(&manifest).expect("a manifest");
    let (before, register) = text.split_once("fact = \"asset\"\n").expect("the register of machines");
    let unsigned = register.replacen(REGISTER, "complete = false", 1);
    std::fs::write(&manifest, format!("{before}fact = \"asset\"\n{unsigned}")).expect("a manifest");
    assert_eq!(of_servers(&copy.root()), [Verdict::Undetermined; 4]);
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
