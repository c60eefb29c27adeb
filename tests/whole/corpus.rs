//! Texts that fuzzing came upon: each still reads, lays out and checks without a panic, and laying out twice is laying out once.

use std::path::Path;

use kijun_analysis::{Options, Unit, analyze};
use kijun_source::Sources;

#[test]
fn what_fuzzing_came_upon_does_no_harm() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut seen = 0;
    for folder in std::fs::read_dir(corpus).expect("the corpus") {
        for file in std::fs::read_dir(folder.expect("a folder").path()).expect("the texts of a target") {
            let path = file.expect("a text").path();
            let bytes = std::fs::read(&path).expect("a text");
            check(&String::from_utf8_lossy(&bytes));
            seen += 1;
        }
    }
    assert!(seen > 100, "the corpus is not there");
}

fn check(text: &str) {
    let mut sources = Sources::new();
    let file = sources.add("corpus.kijun", text);
    let (tree, _) = kijun_syntax::parse(sources.file(file));
    let options = Options { calendar: kijun_ir::Calendar::japan(), overrides: Vec::new() };
    let _ = analyze(&[Unit { files: vec![tree], uses: Vec::new() }], &options);
    if let Some(once) = kijun_syntax::format(sources.file(file)) {
        let formatted = sources.add("formatted.kijun", once.as_str());
        assert_eq!(kijun_syntax::format(sources.file(formatted)), Some(once));
    }
}
