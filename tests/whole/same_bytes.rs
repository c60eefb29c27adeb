//! The same input gives the same bytes, whatever the threads and the order of the rows.

use std::path::Path;

use kijun_audit::AuditRecord;
use kijun_source::Lang;
use serde_json::Value;

use crate::minato::{self, Copy};

/// Everything that a reader receives.
fn outputs(record: &AuditRecord) -> [String; 3] {
    [
        kijun_pack::html::render(record).expect("a page"),
        kijun_pack::json::render(record).expect("JSON"),
        kijun_pack::terminal::render(record, Lang::Ja, 120),
    ]
}

#[test]
fn threads_do_not_matter() {
    let with_threads = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| outputs(&minato::record(&minato::folder())))
    };
    let one = with_threads(1);
    assert_eq!(one, with_threads(2));
    assert_eq!(one, with_threads(8));
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let before = minato::record(&minato::folder());
    let copy = Copy::new();
    shuffle_below(&copy.root().join("evidence"));
    let after = minato::record(&copy.root());
    assert_ne!(outputs(&before), outputs(&after), "lines and hashes of the files have changed");
    assert_eq!(without_places(&before), without_places(&after));
}

/// The result without what names a place in a file or the file's content.
fn without_places(record: &AuditRecord) -> Value {
    let text = kijun_pack::json::render(record).expect("JSON");
    let mut value = serde_json::from_str(&text).expect("valid JSON");
    strip(&mut value);
    value
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for place in ["line", "sha256"] {
                fields.remove(place);
            }
            fields.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        Value::String(text) => *text = without_lines(text),
        _ => {}
    }
}

/// The text without the line of a file that it names in brackets: `(evidence/a.csv:12)`.
fn without_lines(text: &str) -> String {
    let mut pieces = text.split(':');
    let mut kept = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let rest = piece.trim_start_matches(|c: char| c.is_ascii_digit());
        let names_line = rest.len() < piece.len() && rest.starts_with([')', '）']);
        kept.push(':');
        kept += if names_line { rest } else { piece };
    }
    kept
}

fn shuffle_below(folder: &Path) {
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            shuffle_below(&path);
        } else {
            let bytes = std::fs::read(&path).expect("a file");
            std::fs::write(&path, shuffled(&bytes)).expect("a shuffled file");
        }
    }
}

/// The rows in another order, the header in its place. A record with line breaks in quotation marks stays whole.
fn shuffled(bytes: &[u8]) -> Vec<u8> {
    let mut records: Vec<Vec<u8>> = vec![Vec::new()];
    let mut quoted = false;
    let json = bytes.starts_with(b"{");
    for byte in bytes {
        records.last_mut().expect("never empty").push(*byte);
        quoted ^= *byte == b'"' && !json;
        if *byte == b'\n' && !quoted {
            records.push(Vec::new());
        }
    }
    records.retain(|record| !record.is_empty());
    let header = usize::from(!json);
    // The order of another linear congruence each time would do as well; any fixed permutation will.
    let rows = &mut records[header..];
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    for index in (1..rows.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from(state >> 33).expect("31 bits") % (index + 1);
        rows.swap(index, other);
    }
    records.concat()
}
