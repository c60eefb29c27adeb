//! Holds so many programs made at random to what must be true of every file: `format_trees 1000000 [FIRST]`.

#[path = "../tests/format/check.rs"]
mod check;
#[path = "../tests/format/expression.rs"]
mod expression;
#[path = "../tests/format/program.rs"]
mod program;
#[path = "../tests/format/random.rs"]
mod random;

use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse::<u64>().ok());
    let (count, first) = (numbers.next().unwrap_or(10_000), numbers.next().unwrap_or(0));
    let mut in_both = 0;
    for seed in first..first + count {
        in_both += u64::from(check::check_properties(&program::program(&mut random::Random::new(seed))));
    }
    writeln!(std::io::stdout(), "{count} programs, {in_both} of them in both spellings")
}
