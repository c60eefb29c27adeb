//! Writes `truth-tables.md` to the standard output.

use std::io::Write as _;

fn main() -> std::io::Result<()> {
    std::io::stdout().write_all(kijun_ir::truth_tables::page().as_bytes())
}
