//! The committed tables are those that the reference implementation gives.

#[test]
fn the_page_is_up_to_date() {
    let committed = include_str!("../truth-tables.md");
    let differs = committed
        .lines()
        .zip(kijun_ir::truth_tables::page().lines())
        .find_map(|(committed, made)| (committed != made).then(|| (committed.to_owned(), made.to_owned())));
    let command = "cargo run -p kijun-ir --example truth_tables > dsl/ir/truth-tables.md";
    assert_eq!(differs, None, "run `{command}` and read the difference");
    assert_eq!(
        committed.len(),
        kijun_ir::truth_tables::page().len(),
        "run `{command}` and read the difference"
    );
}
