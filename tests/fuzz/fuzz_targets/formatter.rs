//! Whatever reads well is laid out once and for all, reads as before, and goes through the other spelling unharmed.
#![no_main]

use kijun_syntax::ast::Spelling;
use kijun_syntax::{Names, format, format_as};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut sources = kijun_source::Sources::new();
    let mut add = |text: &str| {
        let id = sources.add("fuzz.kijun", text);
        sources.file(id).clone()
    };
    let file = add(text);
    let Some(once) = format(&file) else { return };
    let formatted = add(&once);
    assert_eq!(format(&formatted).as_deref(), Some(once.as_str()), "formatting twice is formatting once");
    let own = kijun_syntax::parse(&formatted).0.spelling;
    let other = if own == Spelling::English { Spelling::Japanese } else { Spelling::English };
    let Ok(translated) = format_as(&formatted, other, &Names::default()) else { return };
    let there = add(&translated);
    assert_eq!(format(&there).as_deref(), Some(translated.as_str()), "the other spelling is laid out");
    assert!(kijun_syntax::parse(&there).1.is_empty(), "the other spelling reads well");
});
