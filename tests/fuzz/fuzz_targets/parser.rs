//! Any text has a tree, and what is wrong with it is said at places of the text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut sources = kijun_source::Sources::new();
    let file = sources.add("fuzz.kijun", text);
    let (_, diagnostics) = kijun_syntax::parse(sources.file(file));
    for diagnostic in &diagnostics {
        let drawn = kijun_source::render(diagnostic, &sources, kijun_source::Lang::Ja, kijun_source::Style::Plain);
        assert!(!drawn.is_empty());
    }
    let _ = kijun_syntax::parse_expr(sources.file(file));
});
