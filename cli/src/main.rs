//! The command `kijun`.

mod arguments;
mod command;
mod exit;
mod output;

use clap::Parser;

use crate::arguments::Arguments;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    let arguments = Arguments::parse();
    command::dispatch(&arguments).into()
}
