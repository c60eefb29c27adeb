//! Any text can be checked; what has no error is a sound program.
#![no_main]

use kijun_analysis::{Options, Unit, analyze};
use kijun_source::Diagnostic;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut sources = kijun_source::Sources::new();
    let file = sources.add("fuzz.kijun", text);
    let (tree, problems) = kijun_syntax::parse(sources.file(file));
    let options = Options { calendar: kijun_ir::Calendar::japan(), overrides: Vec::new() };
    let analysis = analyze(&[Unit { files: vec![tree], uses: Vec::new() }], &options);
    let all = problems.iter().chain(&analysis.diagnostics);
    if !all.clone().any(Diagnostic::is_error) {
        assert_eq!(kijun_ir::invariants::check(&analysis.program), None);
    }
    for diagnostic in all {
        let drawn = kijun_source::render(diagnostic, &sources, kijun_source::Lang::En, kijun_source::Style::Plain);
        assert!(!drawn.is_empty());
    }
});
