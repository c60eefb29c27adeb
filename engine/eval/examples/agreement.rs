//! Compares the evaluators on many generated cases: `agreement [cases] [first seed]`.
#![expect(clippy::print_stdout, reason = "it is for this that it is run")]

#[path = "../tests/agreement/mod.rs"]
mod agreement;

use std::process::ExitCode;

use kijun_ir::Verdict;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<u64>());
    let mut next = |default| arguments.next().unwrap_or(Ok(default));
    let (Ok(cases), Ok(first)) = (next(10_000), next(0)) else {
        println!("usage: agreement [cases] [first seed]");
        return ExitCode::FAILURE;
    };
    std::panic::set_hook(Box::new(|_| {}));
    match agreement::run(first, cases) {
        Err(difference) => {
            println!("{difference}");
            ExitCode::FAILURE
        }
        Ok(seen) => {
            println!("{cases} cases agree\n{seen}");
            let never = Verdict::ALL.into_iter().filter(|verdict| seen.rules(*verdict) == 0);
            never.for_each(|verdict| println!("never seen: {}", verdict.name()));
            seen.absent().iter().for_each(|label| println!("never seen: {label}"));
            ExitCode::SUCCESS
        }
    }
}
