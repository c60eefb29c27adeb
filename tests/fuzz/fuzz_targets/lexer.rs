//! Tokens of any text stand in order, apart from each other, on the borders of characters.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut sources = kijun_source::Sources::new();
    let file = sources.add("fuzz.kijun", text);
    let mut end = 0;
    for span in kijun_syntax::tokens(sources.file(file)) {
        let range = span.start as usize..span.end as usize;
        assert!(end <= range.start && range.start < range.end, "{range:?} after {end}");
        assert!(text.get(range.clone()).is_some(), "{range:?} is no part of the text");
        end = range.end;
    }
});
