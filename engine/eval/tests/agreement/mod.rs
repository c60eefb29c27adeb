//! Random programs and evidence, and what must hold of their verdicts.

#![expect(clippy::expect_used, reason = "a test stops where its premises fail")]

mod check;
mod choices;
mod cost;
mod evidence;
mod facts;
mod improvement;
mod less;
mod programs;
mod relations;
mod rules;
mod seen;
mod show;
mod values;
mod views;
mod writer;

use std::sync::atomic::{AtomicU64, Ordering};

use kijun_eval::Occasion;
use kijun_ir::Program;
use rayon::ThreadPoolBuilder;

use self::choices::Choices;
use self::evidence::Draft;
use self::less::Less;
use self::values::Days;

pub(crate) use self::seen::Seen;

/// So many programs are drawn anew.
const TRIES: u32 = 4;

/// A program, evidence for it, and the same evidence with something taken away.
struct Case {
    program: Program,
    occasion: Occasion,
    draft: Draft,
    /// In another order of rows.
    shuffled: Draft,
    less: Less,
}

/// How thoroughly a case is looked at.
#[derive(Clone, Copy)]
struct Depth {
    /// Whether pools of several sizes are tried.
    threads: bool,
    /// Whether every subject is proved on its own, and what its conditions come to is counted.
    proofs: bool,
}

impl Depth {
    fn of(seed: u64) -> Self {
        Self { threads: seed.is_multiple_of(16), proofs: seed.is_multiple_of(2) }
    }
}

impl Case {
    fn generate(choices: &mut Choices) -> Self {
        let (days, occasion) = programs::occasion(choices);
        let program = affordable(choices, &days, occasion);
        let draft = Draft::generate(choices, &program, &days, occasion);
        let less = less::less(choices, &program, &days, &draft);
        let shuffled = draft.shuffled(choices);
        Self { program, occasion, draft, shuffled, less }
    }
}

/// A program that does not read parts of the calendar all too often.
fn affordable(choices: &mut Choices, days: &Days, occasion: Occasion) -> Program {
    let mut program = programs::program(choices, days, occasion);
    for _ in 0..TRIES {
        let one_row = program.facts.ids().map(|_| 1).collect();
        if cost::reads(&program, occasion, &one_row) <= evidence::LITTLE_PATIENCE {
            break;
        }
        program = programs::program(choices, days, occasion);
    }
    program
}

/// Checks the cases of so many seeds from `first` on; the error is the smallest failing case that was found, in words.
///
/// Each thread is a pool of one, so that a case is judged where it is made and none waits by beginning another.
pub(crate) fn run(first: u64, cases: u64) -> Result<Seen, String> {
    let next = AtomicU64::new(first);
    let seeds = || {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        (seed < first + cases).then_some(seed)
    };
    let work = || {
        let pool = ThreadPoolBuilder::new().num_threads(1).build().map_err(|error| error.to_string())?;
        pool.install(|| {
            let mut seen = Seen::default();
            while let Some(seed) = seeds() {
                if let Err(difference) = run_one(seed, &mut seen) {
                    next.store(u64::MAX / 2, Ordering::Relaxed);
                    return Err(difference);
                }
            }
            Ok(seen)
        })
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let results =
            workers.into_iter().map(|worker| worker.join().unwrap_or_else(|_| Err("a panic".to_owned())));
        results.reduce(|a, b| Ok(a?.and(b?))).unwrap_or_else(|| Ok(Seen::default()))
    })
}

fn run_one(seed: u64, seen: &mut Seen) -> Result<(), String> {
    let mut choices = Choices::random(seed);
    let case = Case::generate(&mut choices);
    let depth = Depth::of(seed);
    let Err(first) = check::check(&case, depth, seen) else { return Ok(()) };
    let failure = |case: &Case| check::check(case, depth, &mut Seen::default()).err();
    let fails = |tape: &[u32]| failure(&Case::generate(&mut Choices::replay(tape))).is_some();
    let tape = choices::shrink(choices.into_tape(), fails);
    let smallest = Case::generate(&mut Choices::replay(&tape));
    let difference = failure(&smallest).unwrap_or(first);
    Err(format!("seed {seed}: {difference}\n{}", show::case(&smallest)))
}
