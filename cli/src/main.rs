//! The command `kijun`.
fn main() {}
