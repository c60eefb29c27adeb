//! Compares the evaluators on many generated cases: `agreement [cases] [first seed]`.
#![expect(clippy::print_stdout, reason = "it is for this that it is run")]

#[path = "../tests/agreement/mod.rs"]
mod agreement;

use std::process::ExitCode;

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
            println!("{cases} cases agree");
            for verdict in kijun_ir::Verdict::ALL {
                let (rules, subjects) = (seen.rules.get(verdict), seen.subjects.get(verdict));
                println!("{:>16} {rules:>8} rules {subjects:>9} subjects", verdict.name());
            }
            ExitCode::SUCCESS
        }
    }
}
